"""Pairs of outlets, over all articles and over the stories that both cover."""

import math

import numpy as np
import pandas as pd
import pytest

import bitext

HEDGED = "The plan may fail. Perhaps it will rain. "
PLAIN = "The plan will start. Then there is rain. "


def made(per_outlet: int) -> bitext.Tokens:
    rows = [
        {"outlet": outlet, "text": text * (2 + number % 3) + f"Day {number}."}
        for outlet, text in (("A", HEDGED), ("B", PLAIN))
        for number in range(per_outlet)
    ]
    return bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame(rows)))


def hedge(table: pd.DataFrame) -> pd.Series:
    return table[(table["feature"] == "hedge") & (table["voice"] == "outlet")].iloc[0]


def test_unmatched() -> None:
    got = hedge(bitext.stance_differences(made(12)))
    assert (got["target"], got["reference"]) == ("A", "B")
    assert got["difference"] == pytest.approx(got["value_target"] - got["value_reference"])
    assert 0 < got["low"] < got["difference"] < got["high"]
    assert got["p"] <= got["q"] <= 1
    assert got["group_size_target"] == got["group_size_reference"] == 12


def test_one_article_is_not_estimable() -> None:
    got = hedge(bitext.stance_differences(made(1)))
    assert math.isnan(got["p"])
    assert got["note"] == "not estimable: one article"


def stories(tokens: bitext.Tokens, per_outlet: int) -> pd.DataFrame:
    names = tokens.articles["article"].tolist()
    return pd.DataFrame({"article": names, "story": list(range(per_outlet)) * 2})


def test_few_stories_cannot_reach_significance() -> None:
    """Five stories that all differ the same way: p is 2/32, and the note says that no less is possible."""
    tokens = made(5)
    got = hedge(bitext.stance_differences(tokens, stories=stories(tokens, 5)))
    assert got["stories"] == 5
    assert got["p"] == pytest.approx(2 / 32)
    assert got["note"] == "5 stories cannot reach p < .05 (smallest 0.062)"
    assert got["d_z"] > 0


def test_many_stories() -> None:
    tokens = made(20)
    got = hedge(bitext.stance_differences(tokens, stories=stories(tokens, 20), permutations=2000))
    assert got["p"] == pytest.approx(1 / 2001)
    assert got["note"] == ""


def test_no_common_story() -> None:
    tokens = made(3)
    table = stories(tokens, 3)
    table.loc[3:, "story"] += 100
    got = hedge(bitext.stance_differences(tokens, stories=table))
    assert math.isnan(got["p"])
    assert got["note"] == "not estimable: 0 common stories"


def test_equal_outlets_are_seldom_told_apart() -> None:
    """Outlets drawn from one population: about one p in twenty falls below .05."""
    rng = np.random.default_rng(5)
    below = 0
    for _ in range(40):
        texts = [HEDGED * rng.integers(1, 4) + PLAIN * rng.integers(1, 9) for _ in range(24)]
        frame = pd.DataFrame({"text": texts, "outlet": ["A", "B"] * 12})
        tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        below += hedge(bitext.stance_differences(tokens, replicates=200))["p"] < 0.05
    assert below <= 6


def test_languages_are_not_compared() -> None:
    frame = pd.DataFrame({"text": [HEDGED, HEDGED, "可能。", "也许。"], "outlet": ["A", "A", "B", "B"]})
    table = bitext.stance_differences(bitext.tokenize(bitext.Corpus.from_frame(frame)))
    assert len(table) == 0
    assert list(table.columns)[:3] == ["target", "reference", "lang"]


def test_errors() -> None:
    with pytest.raises(bitext.TableError, match="unknown voice 'mine'"):
        bitext.stance_differences(made(2), voice="mine")
    with pytest.raises(bitext.TableError, match="table of stories lacks the columns"):
        bitext.stance_differences(made(2), stories=pd.DataFrame({"article": []}))


def side_texts(with_may: int, without: int) -> list[str]:
    return ["It may rain."] * with_may + ["It will rain."] * without


def test_ten_texts_without_a_hit_say_little_against_five_hundred_of_which_few_have_one() -> None:
    texts = side_texts(0, 10) + side_texts(65, 435)
    frame = pd.DataFrame({"text": texts, "outlet": ["A"] * 10 + ["B"] * 500})
    table = bitext.stance_differences(bitext.tokenize(bitext.Corpus.from_frame(frame)), replicates=100)
    row = table[table["feature"] == "hedge"].iloc[0]
    assert 0.1 < row["p"] < 0.4  # it was 9e-17
    assert row["low"] < 0 < row["high"]


def test_with_clusters_the_days_are_the_units() -> None:
    # One outlet hedges on some days, in all its articles of the day; so does the other.
    rng = np.random.default_rng(1)
    rows = []
    for day in range(40):
        hedged = rng.random(2) < 0.5
        for outlet, may in zip("AB", hedged, strict=True):
            text = "It may rain." if may else "It will rain."
            rows += [
                (outlet, f"2031-03-{day % 28 + 1:02}" if day < 28 else f"2031-04-{day - 27:02}", text)
            ] * 6
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "date", "text"])))
    tables = {name: bitext.stance_differences(tokens, cluster=name, replicates=50) for name in (None, "day")}
    width = {}
    for name, table in tables.items():
        row = table[table["feature"] == "hedge"].iloc[0]
        width[name] = row["high"] - row["low"]
    assert width["day"] > 1.7 * width[None]
