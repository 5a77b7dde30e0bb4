"""Clusters as units: worked by hand, one outlet against itself, and sides that lie apart in time."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import sparse

import bitext
from bitext import Counts, TableError
from bitext.statistics.clusters import Clustered, clustered
from tests.builders import bursty, counts_of


def test_variance_of_the_log_ratio_with_clusters_on_both_sides_by_hand() -> None:
    x = np.array([3, 1, 2, 4, 0, 2], dtype=np.float64)
    length = np.array([10, 12, 8, 20, 9, 11], dtype=np.float64)
    target = np.array([True, True, True, False, False, False])
    cluster = np.array([0, 1, 1, 0, 1, 2])
    found = clustered(sparse.csr_array(x[:, None]), length, (target, ~target), cluster)
    rate = [x[side].sum() / length[side].sum() for side in (target, ~target)]
    parts = np.zeros((2, 3))
    for i in range(6):
        side = 0 if target[i] else 1
        parts[side, cluster[i]] += (x[i] - rate[side] * length[i]) / x[target == target[i]].sum()
    a, b = parts
    assert found.target.relative[0] == pytest.approx(2 / 1 * (a[:2] ** 2).sum())
    assert found.reference.relative[0] == pytest.approx(3 / 2 * (b**2).sum())
    assert found.covariance[0] == pytest.approx(3 / 2 * (a * b).sum())


def test_deviations_of_one_story_that_cancel_by_chance_are_no_certainty() -> None:
    # Story 0 has nearly all hits of both sides, and as many on either: over stories alone nothing varies.
    x = np.array([12, 0, 1, 0, 0, 0, 6, 6, 0, 0, 0, 1], dtype=np.float64)
    length = np.full(12, 100.0)
    target = np.arange(12) < 6
    story = np.array([0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8])
    matrix = sparse.csr_array(x[:, None])
    over_stories = clustered(matrix, length, (target, ~target), story)
    over_articles = clustered(matrix, length, (target, ~target), np.arange(12))

    def variance(found: Clustered) -> float:
        both = found.target.relative + found.reference.relative
        both = both - 2 * np.minimum(found.covariance, found.most)
        return float(both[0])

    assert variance(over_stories) == pytest.approx(variance(over_articles))


def with_events(rng: np.random.Generator, days: int, per_day: int) -> Counts:
    """One outlet whose words come in events: each day has rates of its own."""
    rates = 10.0 ** rng.uniform(-3.5, -2, 300)
    rows, dates = [], []
    for day in range(days):
        own = rates * rng.gamma(0.5, 2, len(rates))
        rows.append(rng.poisson(own * 300, (per_day, len(rates))))
        dates += [str(pd.Timestamp("2031-03-03") + pd.Timedelta(days=day))] * per_day
    table = np.concatenate(rows)
    return counts_of(table, ["A"] * len(table), lengths=np.full(len(table), 3000), dates=dates)


def split(counts: Counts, target: npt.NDArray[np.bool_]) -> Counts:
    articles = counts.articles.assign(outlet=np.where(target, "A", "B"))
    return Counts(counts.matrix, articles, counts.terms, counts.lengths)


def false(table: pd.DataFrame) -> float:
    return float((table["p"].dropna() < 0.05).mean())


def test_days_dealt_to_two_sides_differ_at_the_rate_of_chance_only_with_the_day_as_unit() -> None:
    rng = np.random.default_rng(3)
    by_article, by_day = [], []
    for _ in range(6):
        counts = with_events(rng, 56, 6)
        counts = split(counts, (rng.random(56) < 0.5).repeat(6))
        by_article.append(false(bitext.keyness(counts, target="A", measures=["g2"])))
        table = bitext.keyness(counts, target="A", measures=["g2"], cluster="day")
        by_day.append(false(table))
    assert np.mean(by_article) > 0.2
    assert 0.025 <= np.mean(by_day) <= 0.065


@pytest.mark.parametrize(("test", "replicates"), [("bootstrap", 300), ("permutation", 999)])
def test_clusters_are_drawn_and_exchanged_whole(
    test: Literal["bootstrap", "permutation"], replicates: int
) -> None:
    rng = np.random.default_rng(8)
    by_article, by_day = [], []
    for _ in range(4):
        counts = with_events(rng, 56, 6)
        counts = split(counts, (rng.random(56) < 0.5).repeat(6))
        made = {"target": "A", "measures": ["g2"], "test": test, "replicates": replicates}
        by_article.append(false(bitext.keyness(counts, **made)))  # type: ignore[arg-type]
        by_day.append(false(bitext.keyness(counts, cluster="day", **made)))  # type: ignore[arg-type]
    assert np.mean(by_article) > 0.15
    assert 0.02 <= np.mean(by_day) <= 0.075


def test_each_article_as_a_cluster_is_the_bootstrap_over_articles_up_to_chance() -> None:
    counts = split(with_events(np.random.default_rng(9), 56, 4), np.arange(224) % 2 == 0)
    alone = Counts(
        counts.matrix, counts.articles.assign(own=[f"u{i}" for i in range(224)]), counts.terms, counts.lengths
    )
    one, other = (
        bitext.keyness(alone, target="A", test="bootstrap", replicates=2000, cluster=cluster).set_index(
            "term"
        )
        for cluster in (None, "own")
    )
    width = [table["log_ratio_high"] - table["log_ratio_low"] for table in (one, other)]
    often = one["n_target"] >= 30
    assert (width[1] / width[0])[often].median() == pytest.approx(1, abs=0.05)


def test_sides_of_one_stretch_of_time_each_have_no_p_and_the_note_says_why() -> None:
    counts = with_events(np.random.default_rng(4), 42, 5)
    counts = split(counts, np.arange(210) < 105)
    table = bitext.keyness(counts, target="A", measures=["g2"], cluster="day")
    assert table["p"].isna().all()
    assert table["note"].str.contains("own stretch of time").all()


def test_no_hit_in_weeks_of_both_is_not_called_no_hit() -> None:
    """Where weeks are weighted, hits in weeks that the other side lacks count nothing, but there are some."""
    weeks = np.repeat(np.arange(6), 20)  # A is hardly in weeks 3 to 5, B in week 0 not at all
    side = np.where(weeks == 0, "A", np.where((np.arange(120) % 5 == 0) == (weeks > 2), "A", "B"))
    counts = np.ones((120, 2), dtype=int) * 9
    counts[:, 1] = (side == "A") & (np.arange(120) % 3 == 0) & (weeks == 0) | (side == "B") & (weeks > 0)
    days = [
        str(pd.Timestamp("2031-03-03") + pd.Timedelta(days=day)) for day in weeks * 7 + np.arange(120) % 7
    ]
    made = counts_of(counts, side, dates=days)
    row = bitext.keyness(made, target="A", cluster="day").set_index("term").loc["t00001"]
    assert "weeks weighted alike" in row["note"]
    assert row["n_target"] > 0
    assert "no hit in the target in weeks of both: no lower limit" in row["note"]


def test_sides_that_lie_unequally_in_time_are_weighted_by_week_and_say_so() -> None:
    rng = np.random.default_rng(5)
    found, naive = [], []
    for _ in range(5):
        counts = with_events(rng, 56, 8)
        counts = split(counts, rng.random(448) < np.where(np.arange(448) // 56 % 2, 0.85, 0.15))
        table = bitext.keyness(counts, target="A", measures=["g2", "log_ratio"], cluster="day")
        assert table["note"].str.contains("weeks weighted alike").all()
        assert "log_ratio_crude" in table
        assert table.attrs["run"]["parameters"]["units"][0]["in_time"] == "weights"
        found.append(false(table))
        naive.append(false(bitext.keyness(counts, target="A", measures=["g2"])))
    assert np.mean(found) <= 0.085
    assert np.mean(naive) > 0.15


def test_a_difference_is_still_found_with_days_as_units() -> None:
    rng = np.random.default_rng(6)
    counts = with_events(rng, 56, 8)
    target = rng.random(448) < 0.5
    table = counts.matrix.toarray()
    table[np.ix_(target, np.arange(30))] = rng.binomial(table[np.ix_(target, np.arange(30))] * 4, 1.0)
    planted = counts_of(table, np.where(target, "A", "B").tolist(), lengths=np.full(448, 3000),
                        dates=counts.articles["date"].astype(str).tolist())  # fmt: skip
    found = bitext.keyness(planted, target="A", measures=["g2"], cluster="day").set_index("term")
    assert (found.loc[[f"t{i:05}" for i in range(30)], "q"] < 0.05).mean() > 0.8


def test_one_article_of_ten_is_no_evidence_against_five_hundred() -> None:
    # one of ten articles has the word 19 times, 27 of 500 once or twice: p was .0005
    table = np.zeros((510, 2), dtype=int)
    table[:, 1] = 5
    table[0, 0] = 19
    table[10:37, 0] = [1 + i % 2 for i in range(27)]
    counts = counts_of(table, ["A"] * 10 + ["B"] * 500, lengths=np.full(510, 400))
    row = bitext.keyness(counts, target="A").set_index("term").loc["t00000"]
    permuted = bitext.keyness(counts, target="A", test="permutation", replicates=4999).set_index("term")
    # The closed form is not exact where one article holds nearly all hits; it was wrong by 34, it is by 4.
    assert permuted.loc["t00000", "p"] / 5 < row["p"] < 0.05


def test_small_sides_find_less_than_one_in_a_thousand_at_that_level() -> None:
    rates = 10.0 ** np.random.default_rng(1).uniform(-4, -2, 3000)
    found = []
    for seed in range(3):
        counts = bursty(np.random.default_rng(seed), [10, 500], rates)
        found.append(bitext.keyness(counts, target="A", measures=["g2"])["p"].dropna())
    p = pd.concat(found)
    assert (p < 0.001).mean() <= 0.001
    assert 0.03 <= (p < 0.05).mean() <= 0.07


def test_groups_are_pooled_and_the_label_says_so() -> None:
    counts = counts_of([[2, 1], [3, 2], [1, 5], [0, 4]] * 5, list("ABCD") * 5)
    table = bitext.keyness(counts, target=("A", "B"), reference=["C", "D"])
    assert table[["target", "reference"]].drop_duplicates().to_numpy().tolist() == [["A + B", "C + D"]]
    articles = counts.articles.assign(outlet=list("ttrr") * 5)
    pooled = Counts(counts.matrix, articles, counts.terms, counts.lengths)
    expected = bitext.keyness(pooled, target="t")
    assert np.array_equal(table["g2"], expected["g2"])
    assert np.allclose(table["p"], expected["p"], equal_nan=True)
    with pytest.raises(TableError, match="unknown outlet 'X'"):
        bitext.keyness(counts, target=("A", "X"))
    with pytest.raises(TableError, match="both 'B'"):
        bitext.keyness(counts, target=("A", "B"), reference="B")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"alpha": 5}, "alpha=5"),
        ({"smoothing": -1}, "smoothing=-1"),
        ({"strata": "outlet"}, "strata=.'outlet'."),
        ({"cluster": "day", "test": "permutation", "strata": "week"}, "cluster='day'"),
        ({"cluster": "story"}, "bitext.stories"),
    ],
)
def test_settings_that_mean_nothing_are_refused(settings: dict[str, object], message: str) -> None:
    counts = counts_of([[2, 1], [3, 2]] * 5, list("AB") * 5, dates=["2031-03-03"] * 10)
    with pytest.raises(TableError, match=message):
        bitext.keyness(counts, target="A", **settings)  # type: ignore[arg-type]
