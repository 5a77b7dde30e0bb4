"""Concepts across languages: the table's bias is measured, taken out, and never sold as a difference."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import bitext
from bitext.comparison.across_languages.calibration import TIERS, default_calibration
from bitext.comparison.across_languages.correction import UNRELIABLE, UNTOLD
from bitext.errors import TableError
from measure import concepts as measured
from tests.shared import needs_shared

#: Twice as often in Chinese; as often; not to be relied on.
CALIBRATION = pd.DataFrame(
    {
        "concept": ["bias", "even", "poor"],
        "k": [1.0, 0.0, 0.0],
        "error": [0.1, 0.1, 0.1],
        "tier": ["corrected", "reliable", "unreliable"],
    }
)


def counts(langs: str = "zh en", articles: int = 100, seed: int = 5) -> bitext.Counts:
    """Make two outlets; `bias` is twice as frequent in the first, `poor` four times, `even` as frequent."""
    one, other = langs.split()
    draw = np.random.default_rng(seed)
    rates = np.array([[4, 2, 8]] * articles + [[2, 2, 2]] * articles)
    frame = pd.DataFrame(
        {
            "article": [f"{number:03}" for number in range(2 * articles)],
            "outlet": ["A"] * articles + ["B"] * articles,
            "lang": [one] * articles + [other] * articles,
        }
    )
    terms = np.array(["bias", "even", "poor"], dtype=object)
    table = sparse.csr_array(draw.poisson(rates).astype(np.int32))
    return bitext.Counts(table, frame, terms, np.full(2 * articles, 100), "concept")


def test_what_the_table_finds_twice_as_often_in_chinese_is_no_difference() -> None:
    plain = bitext.keyness(counts(), target="A", calibration=False).set_index("term")
    table = bitext.keyness(counts(), target="A", calibration=CALIBRATION).set_index("term")
    assert plain.loc["bias", "q"] < 0.05
    assert table.loc["bias", "q"] > 0.05
    assert table.loc["bias", "log_ratio"] == pytest.approx(plain.loc["bias", "log_ratio"] - 1, abs=0.01)
    assert table.loc["bias", "n_target"] == plain.loc["bias", "n_target"]
    assert table.loc["bias", ["k", "tier"]].tolist() == [1.0, "corrected"]


def test_an_unreliable_concept_has_no_p_and_says_why() -> None:
    table = bitext.keyness(counts(), target="A", calibration=CALIBRATION).set_index("term")
    assert np.isnan(table.loc["poor", "p"])
    assert np.isnan(table.loc["poor", "q"])
    assert table.loc["poor", "support"] == 0
    assert table.loc["poor", "note"] == UNRELIABLE


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_within_one_language_nothing_changes(lang: str) -> None:
    same = counts(f"{lang} {lang}")
    for function, settings in (
        (bitext.keyness, {"target": "A"}),
        (bitext.shift, {"target": "A"}),
        (bitext.similarity, {}),
    ):
        pd.testing.assert_frame_equal(
            function(same, calibration=CALIBRATION, **settings),
            function(same, calibration=False, **settings),
            check_like=True,
        )


def test_two_outlets_of_one_language_are_compared_as_counted_beside_others_in_another() -> None:
    one, other = counts(), counts("zh zh", seed=6)
    frame = pd.concat([one.articles, other.articles.assign(outlet=["C"] * 100 + ["D"] * 100)])
    frame["article"] = [f"{number:03}" for number in range(len(frame))]
    mixed = bitext.Counts(
        sparse.vstack([one.matrix, other.matrix]).tocsr(),
        frame.reset_index(drop=True),
        one.terms,
        np.concatenate((one.lengths, other.lengths)),
        "concept",
    )
    sides = {"target": "C", "reference": "D"}
    told = bitext.keyness(mixed, calibration=CALIBRATION, **sides)
    plain = bitext.keyness(mixed, calibration=False, **sides)
    pd.testing.assert_frame_equal(told.drop(columns=["k", "tier"]), plain)
    assert set(told["k"]) == {0.0}
    assert set(told["tier"]) == {""}
    pd.testing.assert_frame_equal(
        bitext.shift(mixed, calibration=CALIBRATION, **sides), bitext.shift(mixed, calibration=False, **sides)
    )
    alike, counted = (
        bitext.similarity(mixed, calibration=use, replicates=19).set_index(["target", "reference"])
        for use in (CALIBRATION, False)
    )
    same, across = ("C", "D"), ("B", "C")
    numbers = [name for name in counted if name != "q"]  # q is adjusted for all pairs
    pd.testing.assert_series_equal(alike.loc[same, numbers], counted.loc[same, numbers])
    assert alike.loc[across, "jsd"] != counted.loc[across, "jsd"]
    tiers = ["reliable", "corrected", "unknown", "left_out"]
    assert alike.loc[same, tiers].isna().all()
    assert alike.loc[across, tiers].sum() == pytest.approx(1)
    assert alike.loc[across, "left_out"] > 0
    assert not set(tiers) & set(counted)


def test_what_is_not_known_of_a_factor_widens_interval_and_p() -> None:
    unsure = CALIBRATION.assign(error=1.0)
    sure = bitext.keyness(counts(seed=8), target="A", calibration=CALIBRATION.assign(k=0.0))
    wide = bitext.keyness(counts(seed=8), target="A", calibration=unsure.assign(k=0.0))
    one, other = (table.set_index("term").loc["bias"] for table in (sure, wide))
    assert other["p"] > one["p"]
    assert other["log_ratio_low"] < one["log_ratio_low"] < one["log_ratio"]


def test_sums_that_tell_languages_apart_give_the_same_as_articles() -> None:
    whole = bitext.keyness(counts(), target="A", calibration=CALIBRATION).set_index("term").sort_index()
    sums = counts().group(["outlet", "lang"])
    table = bitext.keyness(sums, target="A", calibration=CALIBRATION).set_index("term").sort_index()
    for column in ("n_target", "log_ratio", "log_ratio_low", "log_ratio_high", "p", "g2", "k"):
        assert table[column].to_numpy() == pytest.approx(whole[column].to_numpy(), rel=1e-3, nan_ok=True)


def test_sums_that_do_not_are_not_tested() -> None:
    table = bitext.keyness(counts().group("outlet"), target="A", calibration=CALIBRATION)
    assert table["p"].isna().all()
    assert table["note"].str.contains(UNTOLD.split(";")[0]).all()
    alike = bitext.similarity(counts().group("outlet"), calibration=CALIBRATION)
    assert alike["note"].str.contains(UNTOLD.split(";")[0]).all()


def test_shift_and_similarity_take_the_factor_out() -> None:
    plain = bitext.shift(counts(), target="A", calibration=False).set_index("term")
    table = bitext.shift(counts(), target="A", calibration=CALIBRATION).set_index("term")
    assert table.loc["bias", "rate_target"] < plain.loc["bias", "rate_target"]
    assert table.loc["poor", "tier"] == "unreliable"
    ends = ["contribution_low", "contribution_high"]
    assert table.loc["poor", ends].isna().all()
    assert table.loc["bias", ends].notna().all()
    biased, even = (
        bitext.similarity(counts(), calibration=use, replicates=19)["jsd"][0] for use in (False, CALIBRATION)
    )
    assert even < biased / 10


def test_what_peers_say_in_another_language_is_expected_by_the_factor() -> None:
    frame = pd.DataFrame(
        {
            "outlet": ["甲", "乙", "丙", "D"],  # chips, a ban
            "text": ["芯片禁令。", "芯片禁令。", "禁令。", "A ban."],
        }
    )
    corpus = bitext.Corpus.from_frame(frame)
    found = corpus.articles[["article", "outlet", "lang"]].assign(story=0, name="x", first=False, hours=0.0)
    use = pd.DataFrame({"concept": ["chip"], "k": [1.0], "error": [0.1], "tier": ["corrected"]})
    concepts = bitext.count(bitext.tokenize(corpus), unit="concept")
    plain, table = (
        bitext.omitted_words(found, concepts, calibration=each, min_share=0.4).set_index(["outlet", "term"])
        for each in (False, use)
    )
    assert table.loc[("丙", "chip"), "tier"] == "corrected"  # of its peers one writes English
    assert table.loc[("D", "chip"), "expected"] == pytest.approx(plain.loc[("D", "chip"), "expected"] / 2)
    assert plain["tier"].tolist() == [""] * len(plain)


def test_calibrate_measures_factor_and_partners() -> None:
    pairs = pd.DataFrame(
        {  # chips; a ban on chips
            "zh": ["芯片芯片", "芯片芯片禁令"] * 40,
            "en": ["The chip is here", "A ban on the chip is here"] * 40,
            "document": [f"{number // 4}" for number in range(80)],
        }
    )
    table = bitext.calibrate(pairs).set_index("concept")
    rate = (160 / 200) / (80 / 440)  # hits over words, Chinese over English
    assert table.loc["chip", ["n_zh", "n_en"]].tolist() == [160, 80]
    assert table.loc["chip", "k"] == pytest.approx(np.log2(rate), abs=0.4)
    assert table.loc["ban", ["partner_zh", "partner_en"]].tolist() == [1.0, 1.0]
    assert table.loc["semiconductor", "tier"] == "unknown"
    assert set(table["tier"]) <= set(TIERS)
    assert ((table["k_low"] < table["k"]) & (table["k"] < table["k_high"])).all()


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (pd.DataFrame({"zh": ["芯片"]}), "en"),
        (pd.DataFrame({"zh": ["芯片"], "en": ["chip"]}), "at least 2 documents"),
        ("nowhere.tsv", "no such file"),
    ],
)
def test_pairs_that_say_nothing_are_refused(pairs: pd.DataFrame | str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        bitext.calibrate(pairs)
    with pytest.raises(TableError, match="calibration=True"):
        bitext.keyness(counts(), calibration=True)


def test_the_packaged_calibration_has_a_row_for_every_concept() -> None:
    table = default_calibration()
    assert table["concept"].tolist() == list(bitext.ConceptTable.default().labels)
    assert table[["k", "error"]].notna().all(axis=None)
    assert set(table["tier"]) == set(TIERS)


@needs_shared
def test_the_same_news_in_two_languages_does_not_differ() -> None:
    tables = measured.same_content()
    assert (tables["q"] < 0.05).mean() <= 0.01
    assert not (tables["q"] < 0.05)[tables["tier"] == "unreliable"].any()


def test_an_article_of_one_word_holds_no_more_hits_than_words() -> None:
    rare = CALIBRATION.assign(k=[-1.0, 0.0, 0.0])  # Chinese hits count twice
    table = sparse.csr_array(np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]], np.int32))
    frame = pd.DataFrame({"article": ["1", "2", "3"], "outlet": ["A", "A", "B"], "lang": ["zh", "zh", "en"]})
    terms = np.array(["bias", "even", "poor"], dtype=object)
    found = bitext.Counts(table, frame, terms, np.array([1, 9, 9]), "concept")
    assert len(bitext.keyness(found, target="A", calibration=rare, min_group_size=1))
