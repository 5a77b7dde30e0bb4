"""Coverage and omissions, with chances worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest

import bitext


def example() -> tuple[bitext.Corpus, pd.DataFrame]:
    """Four outlets; A and B cover a story on two days, C (4 articles) and D (none in these days) do not."""
    rows = [("A", "2031-03-01 08:00"), ("A", "2031-03-02 09:00"), ("B", "2031-03-01 11:00")]
    rows += [("C", "2031-03-01")] * 2 + [("C", "2031-03-02")] * 2 + [("D", "2031-03-09"), ("B", "2031-03-09")]
    frame = pd.DataFrame(rows, columns=["outlet", "date"]).assign(text="x")
    corpus = bitext.Corpus.from_frame(frame)
    found = corpus.articles.iloc[:3].assign(
        story=0, name="bridge", first=[True, False, False], hours=[0.0, 25.0, 3.0]
    )
    return corpus, found


def test_silence_is_judged_by_volume() -> None:
    corpus, found = example()
    table = bitext.coverage(found, corpus).set_index("outlet")
    assert table["n"].to_dict() == {"A": 2, "B": 1, "C": 0, "D": 0}
    assert table["volume"].to_dict() == {"A": 2, "B": 1, "C": 4, "D": 0}
    assert (table["articles"] == 7).all()
    assert (table["outlets"] == 2).all()
    # two outlets covered it: neither of two articles drawn from seven is one of C's four: 3/7 * 2/6
    assert table["p"]["C"] == pytest.approx(3 / 7 * 2 / 6)
    assert table["p"]["D"] == 1.0
    assert table["note"].to_dict() == {
        "A": "",
        "B": "",
        "C": "by volume alone",
        "D": "no article in these days",
    }
    assert table[["p", "q"]].loc[["A", "B"]].isna().all(axis=None)
    assert table["expected"]["C"] == pytest.approx(3 * 4 / 7)
    assert table["first"].to_dict() == {"A": True, "B": False, "C": False, "D": False}
    assert table["hours"]["B"] == 3.0
    assert math.isnan(table["hours"]["C"])


def test_stories_without_a_date_have_no_chance_level() -> None:
    corpus, found = example()
    table = bitext.coverage(found.assign(date=pd.NaT), corpus)
    assert table["p"].isna().all()
    assert (table["note"] == "no date").all()


def test_a_story_of_articles_that_the_corpus_lacks_is_refused() -> None:
    corpus, found = example()
    with pytest.raises(bitext.TableError, match="lacks 3 articles"):
        bitext.coverage(found.assign(article=["x", "y", "z"]), corpus)


def tokens() -> bitext.Tokens:
    texts = {
        "A": "The bridge cracked. Engineers blame the contractor.",
        "B": "The bridge cracked. The contractor denies it. The contractor is calm.",
        "C": "The bridge cracked in the night.",
    }
    frame = pd.DataFrame(
        {"outlet": list(texts), "text": list(texts.values()), "date": "2031-03-01", "lang": "en"}
    )
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


def test_what_peers_mention_and_an_outlet_leaves_out() -> None:
    made = tokens()
    found = made.articles.assign(story=0, name="bridge")
    table = bitext.omitted_words(found, bitext.count(made))
    assert table["outlet"].tolist() == ["C"]
    row = table.iloc[0]
    assert row["term"] == "contractor"
    assert (row["peers"], row["peers_total"], row["articles_peers"]) == (2, 2, 2)
    # two peers' articles of 7 + 11 words mention it; C has 6 words
    assert row["expected"] == pytest.approx(2 / 18 * 6)
    assert np.isnan(row["p"])
    assert row["note"] == "too few terms to learn from"


def many(seed: int = 1) -> tuple[bitext.Corpus, pd.DataFrame]:
    """Sixty stories of six outlets; all cover most of them, by chance, but Z never covers the last twelve."""
    rng = np.random.default_rng(seed)
    rows = []
    for story in range(60):
        appeal = 0.95 if story >= 48 else rng.uniform(0.3, 0.95)
        for outlet in "UVWXYZ":
            covered = rng.random() < appeal and not (outlet == "Z" and story >= 54)
            rows += [(outlet, story, covered)] * (1 + int(rng.random() < 0.3))
    frame = pd.DataFrame(rows, columns=["outlet", "story", "covered"])
    frame["date"] = pd.Timestamp("2031-03-01") + pd.to_timedelta(frame["story"], unit="D")
    frame["text"] = "x"
    corpus = bitext.Corpus.from_frame(frame[["outlet", "date", "text"]])
    chosen = frame["covered"].to_numpy()
    found = corpus.articles[chosen].assign(
        story=frame["story"][chosen].to_numpy(), name="", first=True, hours=0.0
    )
    return corpus, found


def test_a_silence_that_stands_out_has_a_small_p_and_others_have_not() -> None:
    corpus, found = many()
    table = bitext.coverage(found, corpus)
    silent = table[table["p"].notna()]
    odd = silent[(silent["outlet"] == "Z") & (silent["story"] >= 54)]
    assert len(odd) == 6
    assert odd["p"].median() < 0.25  # five of six outlets cover it, and Z covers two thirds of the others
    others = silent.drop(odd.index)
    assert others["p"].median() > 0.33
    assert (others["p"] < 0.05).mean() < 0.05
    assert (silent["note"] == "").mean() > 0.9


def test_p_of_omitted_words_is_no_matter_of_length_alone() -> None:
    # Forty stories; each outlet uses each of a story's six words with chance .8, whatever its length.
    rng = np.random.default_rng(3)
    rows = []
    for story in range(40):
        for outlet in "ABCD":
            said = [f"word{story:02}{chr(97 + k) * 3}" for k in range(6) if rng.random() < 0.8]
            length = int(rng.choice([6, 60]))
            said += [f"fill{i}" for i in rng.integers(0, 900, length)]
            rows.append((outlet, story, " ".join(said)))
    frame = pd.DataFrame(rows, columns=["outlet", "story", "text"])
    corpus = bitext.Corpus.from_frame(frame[["outlet", "text"]])
    found = corpus.articles.assign(story=frame["story"].to_numpy(), name="")
    table = bitext.omitted_words(found, bitext.count(bitext.tokenize(corpus)))
    table = table[table["term"].str.startswith("word")]
    assert len(table) > 60
    assert table["p"].min() > 0.03  # with e to the minus expected, half were below .001
    assert 0.15 < table["p"].median() < 0.45


def test_a_word_that_other_stories_never_lack_is_missed_more_than_one_they_often_lack() -> None:
    # Both words stand in two of three articles: "mill" in all of two stories of three, "quay" by chance.
    # In the last story D has neither, and all others have both.
    rng = np.random.default_rng(5)
    rows = []
    for story in range(40):
        for outlet in "ABCD":
            said = [f"fill{i}" for i in rng.integers(0, 900, rng.integers(10, 60))]
            last = story == 39
            said += ["mill"] * (outlet != "D" if last else story % 3 > 0)
            said += ["quay"] * (outlet != "D" if last else rng.random() < 0.67)
            rows.append((outlet, story, " ".join(said)))
    frame = pd.DataFrame(rows, columns=["outlet", "story", "text"])
    corpus = bitext.Corpus.from_frame(frame[["outlet", "text"]])
    found = corpus.articles.assign(story=frame["story"].to_numpy(), name="")
    table = bitext.omitted_words(found, bitext.count(bitext.tokenize(corpus)))
    last = table[(table["story"] == 39) & (table["outlet"] == "D")].set_index("term")["p"]
    assert last["mill"] < 0.6 * last["quay"]


def test_terms_are_compared_within_a_language_concepts_across() -> None:
    made = tokens()
    found = made.articles.assign(story=0, name="bridge")
    found.loc[found["outlet"] == "C", "lang"] = "zh"
    assert bitext.omitted_words(found, bitext.count(made)).empty


def test_an_unknown_outlet_is_named() -> None:
    made = tokens()
    found = made.articles.assign(story=0, name="bridge")
    with pytest.raises(bitext.TableError, match="unknown outlet 'E'"):
        bitext.omitted_words(found, bitext.count(made), outlet="E")
    assert bitext.omitted_words(found, bitext.count(made), outlet="A").empty


def test_an_article_that_reports_another_side_of_the_story_is_counted_apart() -> None:
    corpus, found = example()
    table = bitext.coverage(found.assign(central=[1.0, 0.2, 0.4]), corpus).set_index("outlet")
    assert table["n"].to_dict() == {"A": 2, "B": 1, "C": 0, "D": 0}
    assert table["reports"].to_dict() == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert bitext.coverage(found, corpus)["reports"].tolist() == [2, 1, 0, 0]
