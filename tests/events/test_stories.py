"""Stories: invented examples, the project's own corpus exactly, and a hand-labelled week of real news."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

import bitext
from tests.shared import needs_shared
from tests.week import week

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"


def labels(name: str) -> dict[str, str]:
    """Return path -> story of a file of cases; an article that stands alone gets a name of its own."""
    return {
        row["path"]: f"alone: {row['path']}" if row["story"] in ("", "-") else row["story"]
        for row in case_rows(name)
    }


def case_rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def b_cubed(found: npt.NDArray[np.object_], wanted: npt.NDArray[np.object_]) -> tuple[float, float, float]:
    """Return precision, recall and F1 (Bagga & Baldwin 1998)."""
    same_found = found[:, None] == found[None, :]
    same_wanted = wanted[:, None] == wanted[None, :]
    both = (same_found & same_wanted).sum(axis=1)
    precision = float(np.mean(both / same_found.sum(axis=1)))
    recall = float(np.mean(both / same_wanted.sum(axis=1)))
    return precision, recall, 2 * precision * recall / (precision + recall)


def test_b_cubed_of_a_case_worked_by_hand() -> None:
    found = np.array(["x", "x", "y"], dtype=object)
    wanted = np.array(["a", "b", "b"], dtype=object)
    precision, recall, _ = b_cubed(found, wanted)
    assert precision == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)
    assert recall == pytest.approx((1 + 1 / 2 + 1 / 2) / 3)


def corpus(rows: list[tuple[str, str, str, str]]) -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "date", "title", "text"]))


#: An invented bridge closes; an invented bank cuts its rate. Each in Chinese (both scripts) and English.
BRIDGE = [
    (
        "甲",
        "2031-03-01",
        "青川大桥因裂缝封闭",
        "青川大桥周一封闭，工程师在桥墩上发现三条裂缝，修复需要45天，耗资2.3亿元。",
    ),
    (
        "乙",
        "2031-03-01",
        "青川大橋封閉 發現裂縫",
        "工程師在橋墩發現裂縫後，青川大橋週一封閉，估計修復45天，費用2.3億元。",
    ),
    (
        "Post",
        "2031-03-02",
        "Qingchuan Bridge shut over cracks",
        "Engineers found cracks, and the bridge was shut on "
        "Monday. Repairs take 45 days and cost 230 million yuan.",
    ),
]
BANK = [
    (
        "甲",
        "2031-03-01",
        "央行下调利率",
        "央行宣布下调基准利率25个基点，以支持出口企业，分析师此前并未预期。",
    ),
    ("乙", "2031-03-02", "央行減息", "央行宣布下調基準利率25個基點，分析師感到意外，出口企業表示歡迎。"),
    (
        "Post",
        "2031-03-03",
        "Central bank cuts its key rate",
        "The central bank cut its key interest rate by 25 basis "
        "points to help exporters, which analysts had not expected.",
    ),
]


def test_two_events_in_three_outlets_and_two_languages() -> None:
    table = bitext.stories(bitext.tokenize(corpus(BRIDGE + BANK)))
    assert table.groupby("story")["title"].apply(set).tolist() == [
        {row[2] for row in BRIDGE},
        {row[2] for row in BANK},
    ]
    first = table[table["first"]]
    assert first.groupby("story")["outlet"].apply(list).tolist() == [["甲", "乙"], ["甲"]]
    assert table["hours"].tolist()[2] == 24.0
    assert table["similarity"].between(0, 1).all()


def test_who_was_first_is_open_where_the_earliest_date_holds_no_time() -> None:
    dates = ["2031-03-01", "2031-03-01 18:00", "2031-03-02 07:00"]
    timed = [(row[0], date, *row[2:]) for row, date in zip(BRIDGE, dates, strict=True)]
    table = bitext.stories(bitext.tokenize(corpus(timed + BANK)))
    assert table.loc[table["story"] == 0, "first"].tolist() == [True, True, False]
    exact = [(row[0], f"{row[1][:10]} 09:00", *row[2:]) for row in timed]
    table = bitext.stories(bitext.tokenize(corpus(exact + BANK)))
    assert table.loc[table["title"].isin([row[2] for row in BRIDGE]), "first"].tolist() == [True, True, False]


def test_the_same_words_weeks_apart_are_another_story() -> None:
    later = [(outlet, date.replace("-03-", "-04-"), title, text) for outlet, date, title, text in BRIDGE[:2]]
    table = bitext.stories(bitext.tokenize(corpus(BRIDGE[:2] + later + BANK)))
    bridge = table[table["title"].str.startswith("青川")]
    assert bridge.groupby("story").size().tolist() == [2, 2]


def test_min_group_size_1_keeps_what_stands_alone_without_a_similarity() -> None:
    tokens = bitext.tokenize(corpus([*BRIDGE[:2], BANK[0]]))
    assert len(bitext.stories(tokens)) == 2
    table = bitext.stories(tokens, min_group_size=1)
    assert len(table) == 3
    assert table["similarity"].isna().tolist() == [False, False, True]


def test_without_dates_time_plays_no_part() -> None:
    undated = [(outlet, "", title, text) for outlet, _, title, text in BRIDGE + BANK]
    table = bitext.stories(bitext.tokenize(corpus(undated)))
    assert table["story"].nunique() == 2
    assert table["hours"].isna().all()
    assert not table["first"].any()


@pytest.mark.parametrize("rows", [[], BRIDGE[:1], [("甲", "2031-03-01", "", "")] * 3])
def test_nothing_to_join_gives_an_empty_table_with_all_columns(rows: list[tuple[str, str, str, str]]) -> None:
    table = bitext.stories(bitext.tokenize(corpus(rows)))
    assert table.empty
    assert "similarity" in table.columns
    made = corpus(rows)
    assert bitext.coverage(table, made).empty


@pytest.mark.parametrize(
    ("option", "value"), [("days", 0.0), ("threshold", 0.0), ("threshold", 1.0), ("min_group_size", 0)]
)
def test_options_out_of_range_are_refused(option: str, value: float) -> None:
    tokens = bitext.tokenize(corpus(BRIDGE))
    with pytest.raises(bitext.BitextError, match=option):
        bitext.stories(tokens, **{option: value})  # type: ignore[arg-type]


def test_counts_of_terms_or_of_other_articles_are_no_concepts() -> None:
    tokens = bitext.tokenize(corpus(BRIDGE))
    with pytest.raises(bitext.TableError, match="unit 'concept'"):
        bitext.stories(tokens, concept_counts=bitext.count(tokens))
    other = bitext.count(bitext.tokenize(corpus(BANK[:2])), unit="concept")
    with pytest.raises(bitext.TableError, match="same articles"):
        bitext.stories(tokens, concept_counts=other)


def test_counts_of_concepts_are_taken() -> None:
    tokens = bitext.tokenize(corpus(BRIDGE + BANK))
    table = bitext.stories(tokens, concept_counts=bitext.count(tokens, unit="concept"))
    assert table["story"].nunique() == 2


def test_the_sample_corpus_exactly() -> None:
    wanted = labels("chips.tsv")
    tokens = bitext.tokenize(bitext.read(ROOT / "corpora" / "chips"))
    table = bitext.stories(tokens, min_group_size=1)
    found = table.groupby("story")["article"].apply(frozenset)
    expected = pd.Series(wanted).groupby(wanted).groups
    assert set(found) == {frozenset(members) for members in expected.values()}


def test_the_order_of_the_articles_does_not_matter() -> None:
    made = bitext.read(ROOT / "corpora" / "chips")
    shuffled = made.articles.sample(frac=1, random_state=np.random.RandomState(2)).reset_index(drop=True)
    groups = [
        bitext.stories(bitext.tokenize(bitext.Corpus(articles))).groupby("story")["article"].apply(frozenset)
        for articles in (made.articles, shuffled)
    ]
    assert set(groups[0]) == set(groups[1])


@needs_shared
def test_the_labelled_week() -> None:
    wanted = labels("stories_week.tsv")
    table = bitext.stories(bitext.tokenize(week()), min_group_size=1)
    table = table[table["article"].isin(wanted)]
    story = table["article"].map(wanted)
    halves = table["article"].map({row["path"]: row["half"] for row in case_rows("stories_week.tsv")})
    assert len(table) == len(wanted)
    assert story[~story.str.startswith("alone")].nunique() >= 60
    assert table.loc[~story.str.startswith("alone"), "outlet"].nunique() >= 5
    everything = pd.Series(True, index=table.index)
    for half in (halves == "0", halves == "1", everything):  # half 0 served to set thresholds, half 1 did not
        part = half.to_numpy()
        *_, f1 = b_cubed(table["story"].to_numpy(dtype=object)[part], story.to_numpy(dtype=object)[part])
        assert f1 >= 0.85
