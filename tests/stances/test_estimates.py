"""Rates per article and per group, their intervals, and what may be compared."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bitext
from bitext.attribution.annotations import Annotations
from bitext.stances.article_counts import RATES
from bitext.stances.calibration import calibrated, factors, rank_groups, shown
from bitext.stances.estimates import bootstrap_sums, dependence
from bitext.stances.target.judging_words import valences


def tokens(texts: list[str], outlets: list[str] | str = "A", **more: list[str]) -> bitext.Tokens:
    frame = pd.DataFrame({"text": texts, "outlet": outlets, **more})
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


def row(table: pd.DataFrame, feature: str, voice: str = "outlet", **where: str) -> pd.Series:
    found = table[(table["feature"] == feature) & (table["voice"] == voice)]
    for column, value in where.items():
        found = found[found[column] == value]
    assert len(found) == 1
    return found.iloc[0]


HEDGED = "The plan may fail. Perhaps it will not. Nobody knows the day."
PLAIN = "The plan failed. It was raining. Everybody went home early."


def test_ratio_of_sums() -> None:
    """The rate is hits over words of all articles, not the mean of the articles' rates."""
    texts = [
        "It may rain.",
        "The ship left the port of the old town on a bright morning in the month of June.",
    ]
    table = bitext.stance(tokens(texts), by="outlet")
    got = row(table, "hedge")
    assert got["value"] == pytest.approx(1000 * 1 / got["words"])
    assert (got["hits"], got["articles"], got["group_size"]) == (1, 1, 2)


def test_one_article_is_not_estimable() -> None:
    got = row(bitext.stance(tokens([HEDGED]), by="outlet"), "hedge")
    assert got["value"] > 0
    assert math.isnan(got["low"])
    assert math.isnan(got["se"])
    assert got["note"] == "not estimable: one article"
    assert not got["stable"]


def test_interval_is_bootstrap_se_times_t() -> None:
    table = bitext.stance(tokens([HEDGED, PLAIN, HEDGED]), by="outlet")
    got = row(table, "hedge")
    assert got["high"] - got["value"] == pytest.approx(4.302653 * got["se"], rel=1e-5)
    assert got["low"] >= 0


def test_intervals_cover_as_they_promise() -> None:
    """Articles drawn from a known population: 95 % intervals hold its rate in 88 to 99 of 100 samples."""
    rng = np.random.default_rng(3)
    truth, covered = 20.0, 0
    for trial in range(200):
        words = rng.integers(100, 400, 20).astype(float)
        hits = rng.poisson(truth * words / 1000 * rng.gamma(4, 1 / 4, 20)).astype(float)
        from bitext.stances.estimates import estimate
        from bitext.stances.measures import PER_THOUSAND, Measure

        measure = Measure("x", "outlet", PER_THOUSAND, hits, words, hits, factor=1000.0)
        got = estimate([measure], np.arange(20), replicates=300, seed=trial)
        covered += bool(got["low"][0] <= truth <= got["high"][0])
    assert 176 <= covered <= 198


def test_stable_needs_ten_hits_and_ten_articles() -> None:
    assert not row(bitext.stance(tokens([HEDGED] * 9), by="outlet"), "hedge")["stable"]
    assert row(bitext.stance(tokens([f"{HEDGED} {n}" for n in range(10)]), by="outlet"), "hedge")["stable"]


def test_no_hit_has_no_interval() -> None:
    got = row(bitext.stance(tokens([PLAIN] * 3), by="outlet"), "outgroup")
    assert got["value"] == 0
    assert math.isnan(got["high"])
    assert got["note"] == "no hit: no interval"


def test_voices_have_their_own_words() -> None:
    text = "The mayor said: “It may rain and it may snow.” The day was long."
    table = bitext.stance(tokens([text]), by="outlet")
    outlet, source, both = (row(table, "hedge", voice) for voice in ("outlet", "source", "all"))
    assert (outlet["hits"], source["hits"], both["hits"]) == (0, 2, 2)
    assert both["words"] == outlet["words"] + source["words"]
    assert 0 < row(table, "source_share", "all")["value"] < 1


def test_languages_are_never_mixed() -> None:
    table = bitext.stance(tokens(["It may rain.", "可能下雨。"]), by="outlet")
    assert set(table["lang"]) == {"en", "zh"}
    assert set(table["group_size"]) == {1}


def test_z_is_within_language() -> None:
    texts = [HEDGED, PLAIN] * 6 + ["可能下雨，也许下雪。天气很冷。"] * 3
    outlets = ["A", "B"] * 6 + ["C"] * 3
    table = bitext.stance(tokens([f"{text} " * 6 for text in texts], outlets), by="outlet")
    assert row(table, "hedge", outlet="A")["z"] > 0 > row(table, "hedge", outlet="B")["z"]
    # Three equal articles are their own reference: there is no spread to measure in.
    assert math.isnan(row(table, "hedge", outlet="C")["z"])


def test_the_same_bytes_in_any_order() -> None:
    texts = [f"{text} {n}" for n, text in enumerate([HEDGED, PLAIN, HEDGED, "It must rain."])]
    made = tokens(texts)
    turned = bitext.tokenize(bitext.Corpus(made.articles.iloc[::-1].reset_index(drop=True)))
    pd.testing.assert_frame_equal(bitext.stance(made, by="outlet"), bitext.stance(turned, by="outlet"))


def test_clusters_are_drawn_together() -> None:
    """Five copies of a story are one story; of four authors how much authors differ is not known."""
    texts = [f"{text} {n}" for text in (HEDGED, PLAIN) * 3 for n in range(5)]
    authors = [name for name in "uvwxyz" for _ in range(5)]
    made = tokens(texts, author=authors)
    single = row(bitext.stance(made, by="outlet"), "hedge")
    grouped = row(bitext.stance(made, by="outlet", cluster="author"), "hedge")
    assert grouped["value"] == pytest.approx(single["value"])
    assert grouped["se"] > single["se"]
    few = row(bitext.stance(tokens(texts[:20], author=authors[:20]), by="outlet", cluster="author"), "hedge")
    assert np.isnan(few["low"])
    assert few["note"] == "not estimable: 4 clusters, at least 5 needed"
    with pytest.raises(bitext.TableError, match="unknown grouping column 'event'"):
        bitext.stance(made, by="outlet", cluster="event")


def test_dependence_on_one_outlet() -> None:
    text = "据路透社报道，工厂停产。据路透社报道，工人回家。据新华社报道，市长来访。"
    table = bitext.stance(tokens([text, text]), by="outlet")
    got = row(table, "single_outlet_dependence", "all")
    assert got["value"] == pytest.approx(2 / 3)
    assert got["hits"] == 6
    assert math.isnan(dependence(np.zeros((3, 0)), replicates=10, seed=0)[0])


def test_stance_by_article_has_one_row_per_article() -> None:
    table = bitext.stance_by_article(tokens([HEDGED, PLAIN]))
    assert table["article"].tolist() == ["0", "1"]
    assert {f"{name}_{voice}" for name in RATES for voice in ("outlet", "source", "all")} <= set(
        table.columns
    )
    assert table["hedge_outlet"].tolist()[1] == 0
    assert table["hedge_source"].isna().all()


def test_empty_articles_break_nothing() -> None:
    made = tokens(["x", HEDGED])
    empty = made.where(np.zeros(len(made), dtype=bool))
    table = bitext.stance(empty, by="outlet")
    counted = table[table["feature"] != "quote_share"]  # of characters, which are still there
    assert counted["value"].isna().all()
    assert set(counted["note"]) == {"undefined: nothing to divide by"}
    assert len(bitext.evidence(empty)) == 0
    assert len(bitext.attributions(empty)) == 0


@given(st.integers(1, 6), st.integers(0, 5))
def test_bootstrap_keeps_totals_of_constant_columns(count: int, seed: int) -> None:
    samples = bootstrap_sums(np.ones((count, 1)), replicates=7, seed=seed)
    assert samples.ravel().tolist() == [count] * 7


# --- across languages ---


def test_tiers_and_factors_are_data() -> None:
    known = factors()
    assert known["attribution", "all"]["tier"] == "A"
    assert {
        name
        for name in ("say_doubting", "directive", "anon_source", "outgroup")
        if known[name, "all"]["tier"] == "C"
    }
    assert {(name, voice) for name in RATES for voice in ("outlet", "source", "all")} <= set(known)


def test_calibrated_rates() -> None:
    k = float(factors()["negation", "outlet"]["k"])
    table = pd.DataFrame(
        {
            "lang": ["zh", "en", "en"],
            "feature": ["negation", "negation", "directive"],
            "voice": "outlet",
            "unit": "per 1,000 words",
            "value": [10.0, 10.0, 10.0],
        }
    )
    got = calibrated(table)["calibrated"].tolist()
    assert got[:2] == [10.0, pytest.approx(10 / k)]
    assert math.isnan(got[2])


def test_shares_are_calibrated_too_and_stay_shares() -> None:
    row = {"lang": "en", "feature": "quote_share", "voice": "all", "unit": "share"}
    table = pd.DataFrame([{**row, "value": 0.2}, {**row, "value": 1.0}])
    k = float(factors()["quote_share", "all"]["k"])
    assert calibrated(table)["calibrated"].tolist() == pytest.approx([0.2 / k, min(1 / k, 1)])


def test_ranking_across_languages_needs_a_comparable_feature() -> None:
    table = bitext.stance(tokens(["It must not rain.", "他敦促政府不得加税。"], ["A", "B"]), by="outlet")
    ranked = rank_groups(table, "negation", voice="all")
    assert ranked["rank"].tolist() == [1, 2]
    with pytest.raises(bitext.LanguageError, match=r"'directive' in voice 'outlet' cannot .* tier C"):
        rank_groups(table, "directive")
    assert rank_groups(table, "directive", lang="zh")["outlet"].tolist() == ["B"]
    with pytest.raises(bitext.TableError, match=r"unknown feature 'hedges'.*did you mean 'hedge'"):
        rank_groups(table, "hedges")
    with pytest.raises(bitext.LanguageError, match="unknown language 'de'"):
        rank_groups(table, "hedge", lang="de")
    with pytest.raises(bitext.TableError, match="unknown voice 'mine'"):
        rank_groups(table, "hedge", voice="mine")


def test_features_whose_hits_are_too_often_wrong_are_known_and_not_shown() -> None:
    table = bitext.stance(tokens(["It may rain.", "他可能否认。"], ["A", "B"]), by="outlet")
    known = table.dropna(subset="hit_precision")
    assert known["hit_precision"].between(0, 1).all()
    assert ((table["hits_read"] > 0) == table["hit_precision"].notna()).all()
    hidden = table.loc[~shown(table), ["feature", "lang"]].drop_duplicates()
    assert {tuple(row) for row in hidden.itertuples(index=False)} == {
        ("engagement", "zh"),
        ("scare", "en"),
    }


def test_a_topic_is_no_evaluation_but_weighs_toward_a_target() -> None:
    text = tokens(["The answer to the epidemic was incompetent."], ["A"])
    found = bitext.evidence(text, feature=["eval_neg", "eval_pos"])
    assert found["surface"].tolist() == ["incompetent"]
    assert np.count_nonzero(valences(Annotations.of(text))) == 2


def test_stories_are_units_of_stance_and_an_article_in_none_stands_for_itself() -> None:
    texts = [f"{text} {n}" for text in (HEDGED, PLAIN) for n in range(5)]
    made = tokens(texts, author=["x"] * 5 + ["", "", "", "", ""])
    names = made.articles["article"].tolist()
    stories = pd.DataFrame({"article": names[:5], "story": 0})
    by_story = bitext.stance(made, by="outlet", cluster=stories)
    by_author = bitext.stance(made, by="outlet", cluster="author")
    assert row(by_story, "hedge")["se"] == row(by_author, "hedge")["se"]
    assert row(by_story, "hedge")["se"] > row(bitext.stance(made, by="outlet"), "hedge")["se"]
    assert by_story.attrs["run"]["parameters"]["cluster"] == "story"
