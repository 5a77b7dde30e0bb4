import numpy as np
import pandas as pd
import pytest

import bitext
from bitext import Counts, GroupedCounts, TableError
from bitext.statistics.resample import permutation_p, smallest_p
from tests.builders import counts_of

MONTHS = ["2021-01-15", "2021-02-15"]


def two_months(rng: np.random.Generator, per: dict[tuple[str, int], int], rate: dict[int, float]) -> Counts:
    """Articles of outlets A and B in two months; the rate of the term depends on the month alone."""
    rows, outlets, dates = [], [], []
    for (outlet, month), size in per.items():
        rows.append(rng.negative_binomial(2, 2 / (2 + rate[month]), (size, 400)))
        outlets += [outlet] * size
        dates += [MONTHS[month]] * size
    return counts_of(np.concatenate(rows), outlets, dates=dates, lengths=[500] * len(outlets))


def test_a_difference_that_is_only_the_month_vanishes_within_months() -> None:
    # A writes in the month in which everybody uses the terms five times as often.
    sizes = {("A", 0): 10, ("A", 1): 40, ("B", 0): 40, ("B", 1): 10}
    counts = two_months(np.random.default_rng(0), sizes, {0: 1, 1: 5})
    crude = bitext.keyness(counts, target="A")
    within = bitext.keyness(counts, target="A", strata="month")
    assert crude["log_ratio"].median() > 0.9
    assert (crude["p"] < 0.05).mean() > 0.9
    assert abs(within["log_ratio"].median()) < 0.05
    assert 0.03 <= (within["p"] < 0.05).mean() <= 0.07
    assert ((within["log_ratio_low"] <= 0) & (within["log_ratio_high"] >= 0)).mean() == pytest.approx(
        0.95, abs=0.02
    )
    assert np.array_equal(within["log_ratio_crude"].sort_values(), crude["log_ratio"].sort_values())


def test_many_small_strata_keep_their_level() -> None:
    # One article of each outlet per story, as in matched events: the strata carry no variance of their own.
    rng = np.random.default_rng(4)
    stories, level = 30, rng.gamma(2, 1, (30, 300))
    table = np.concatenate([rng.poisson(level), rng.poisson(level)])
    counts = counts_of(table, ["A"] * stories + ["B"] * stories, lengths=[300] * 2 * stories)
    counts.articles["story"] = [f"s{i}" for i in range(stories)] * 2
    within = bitext.keyness(counts, target="A", strata="story")
    assert (within["p"] < 0.05).mean() <= 0.06  # on the wide side
    drawn = bitext.keyness(counts, target="A", strata="story", test="permutation", replicates=999)
    assert 0.03 <= (drawn["p"] < 0.05).mean() <= 0.08


def test_mantel_haenszel_by_hand() -> None:
    # Month 1: A 4 in 100 tokens, B 2 in 100; month 2: A 3 in 100, B 3 in 300.
    counts = counts_of(
        [[4], [2], [3], [3]], "ABAB", lengths=[100, 100, 100, 300], dates=[*MONTHS[:1] * 2, *MONTHS[1:] * 2]
    )
    row = bitext.keyness(counts, target="A", strata="month", min_group_size=1).iloc[0]
    # weights 50 and 75; rates .04, .02 and .03, .01: A = 4.25, B = 1.75
    smoothed = np.log2((4.25 / 125 * 200 + 0.5) / 200.5) - np.log2((1.75 / 125 * 400 + 0.5) / 400.5)
    assert row["log_ratio"] == pytest.approx(smoothed)
    odds = (4 * 98 / 200 + 3 * 297 / 400) / (2 * 96 / 200 + 3 * 97 / 400)
    assert row["odds_ratio_mh"] == pytest.approx(odds)
    gap = 4 - 6 / 2 + 3 - 6 / 4
    variance = 100 * 100 * 6 * 194 / (200**2 * 199) + 100 * 300 * 6 * 394 / (400**2 * 399)
    assert row["cmh"] == pytest.approx(gap**2 / variance)


def test_one_stratum_is_no_stratum() -> None:
    counts = two_months(np.random.default_rng(1), {("A", 0): 20, ("B", 0): 25}, {0: 3})
    plain = bitext.keyness(counts, target="A").set_index("term").sort_index()
    within = bitext.keyness(counts, target="A", strata="month").set_index("term").sort_index()
    for name in ("log_ratio", "odds_ratio", "p", "log_ratio_low"):
        other = "odds_ratio_mh" if name == "odds_ratio" else name
        assert np.allclose(plain[name], within[other], atol=1e-9), name


def test_swapping_sides_flips_the_stratified_sign() -> None:
    sizes = {("A", 0): 10, ("A", 1): 12, ("B", 0): 14, ("B", 1): 9}
    counts = two_months(np.random.default_rng(2), sizes, {0: 1, 1: 3})
    there = bitext.keyness(counts, target="A", reference="B", strata="month").set_index("term").sort_index()
    back = bitext.keyness(counts, target="B", reference="A", strata="month").set_index("term").sort_index()
    assert np.allclose(there["log_ratio"], -back["log_ratio"])
    assert np.allclose(there["cmh"], -back["cmh"])
    assert np.allclose(there["p"], back["p"])


def test_strata_that_one_side_lacks_do_not_count() -> None:
    sizes = {("A", 0): 20, ("B", 0): 20, ("B", 1): 20}
    counts = two_months(np.random.default_rng(3), sizes, {0: 2, 1: 9})
    both = bitext.keyness(counts, target="A", strata="month").set_index("term").sort_index()
    first = counts.select((counts.articles["date"] == MONTHS[0]).to_numpy())
    alone = bitext.keyness(first, target="A", strata="month").set_index("term").sort_index()
    pd.testing.assert_series_equal(both["log_ratio"], alone["log_ratio"])
    assert both["n_reference"].sum() > alone["n_reference"].sum()


def test_strata_over_batches() -> None:
    sizes = {("A", 0): 10, ("A", 1): 12, ("B", 0): 14, ("B", 1): 9}
    counts = two_months(np.random.default_rng(2), sizes, {0: 1, 1: 3})
    part = np.arange(len(counts.articles)) % 3
    grouped = GroupedCounts.merge(
        [GroupedCounts.of(counts.select(part == i), ["outlet", "month"]) for i in range(3)]
    )
    one = bitext.keyness(counts, target="A", strata="month")
    other = bitext.keyness(grouped, target="A", strata="month")
    assert one["p"].equals(other["p"])
    with pytest.raises(TableError, match="'week'"):
        bitext.keyness(grouped, target="A", strata="week")


def test_labels_move_only_within_strata() -> None:
    # Month 1 holds only A, month 2 only B: nothing can be exchanged.
    counts = counts_of([[5]] * 6 + [[1]] * 6, "A" * 6 + "B" * 6)
    strata = np.array([0] * 6 + [1] * 6)
    target = (counts.articles["outlet"] == "A").to_numpy()
    p, draws = permutation_p(counts.matrix, counts.lengths, target, strata, replicates=99, seed=0)
    assert (p[0], draws) == (1, 99)
    assert smallest_p(target, strata) == 1


def test_smallest_p_of_matched_pairs() -> None:
    # five stories, one article of each outlet: 2 / 2**5
    assert smallest_p(np.array([True, False] * 5), np.repeat(np.arange(5), 2)) == 0.0625
    assert smallest_p(np.array([True] * 4 + [False] * 4), np.zeros(8, dtype=int)) == pytest.approx(2 / 70)
    assert smallest_p(np.array([True] * 3 + [False] * 4), np.zeros(7, dtype=int)) == pytest.approx(1 / 35)


def test_a_side_without_the_term_has_an_open_interval_within_strata() -> None:
    table = np.array([[3, 9], [4, 8], [5, 9], [0, 8], [0, 9], [0, 7]] * 2)
    counts = counts_of(table, "AAABBB" * 2, dates=[MONTHS[0]] * 6 + [MONTHS[1]] * 6)
    row = bitext.keyness(counts, target="A", strata="month").set_index("term").loc["t00000"]
    assert np.isfinite(row[["log_ratio", "odds_ratio_mh", "cmh"]].astype(float)).all()
    assert row["log_ratio_low"] > 0
    assert row["log_ratio_high"] == np.inf
    assert row["p"] < 0.01
