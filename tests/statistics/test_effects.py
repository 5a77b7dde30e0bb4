"""The tests of the tests: do p-values and intervals hold what they say, on documents that cluster?"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import stats

import bitext
from bitext import Counts, GroupedCounts
from bitext.comparison.keyness import measures
from bitext.statistics.effects import compare
from bitext.statistics.ratio_difference import RatioSide, exchange_ratios
from bitext.statistics.sides import Side, rate_interval, residual
from tests.builders import bursty, counts_of

#: Terms of one simulation: rates from 1 in 10,000 tokens to 1.6 in 100.
RATES = 10.0 ** np.random.default_rng(11).uniform(-4, -1.8, 4000)


def sides(counts: Counts) -> tuple[Side, Side]:
    grouped = GroupedCounts.of(counts)
    return tuple(Side.of(grouped.sizes[i], grouped.of_group(i)) for i in range(2))  # type: ignore[return-value]


def simulate(sizes: tuple[int, int], shape: float, ratio: float, seed: int) -> list[Counts]:
    return [
        bursty(np.random.default_rng([seed, i]), sizes, RATES, shape=shape, ratio=ratio) for i in range(3)
    ]


def occurring(counts: Counts) -> npt.NDArray[np.float64]:
    """Rates of the terms that occur: the columns of the sums."""
    return RATES[np.flatnonzero(np.bincount(counts.matrix.indices, minlength=len(RATES)))]


@pytest.mark.parametrize("sizes", [(10, 10), (12, 60), (50, 50)])
@pytest.mark.parametrize("shape", [0.3, 1.0])
def test_p_is_below_five_percent_in_five_percent_of_true_nulls(sizes: tuple[int, int], shape: float) -> None:
    found, tokens = [], []
    for counts in simulate(sizes, shape, 1, 1):
        target, reference = sides(counts)
        p = compare(target, reference).p
        found.append(p[~np.isnan(p)] < 0.05)
        g2 = measures.g2(target.n, target.tokens, reference.n, reference.tokens)
        tokens.append((stats.chi2.sf(np.abs(g2), 1) < 0.05)[~np.isnan(p)])
    # With ten articles on either side the test is conservative: few arrangements, and each is discrete.
    assert 0.025 <= np.concatenate(found).mean() <= 0.07
    assert np.concatenate(tokens).mean() >= 0.15  # what counting tokens as independent would have claimed


@pytest.mark.parametrize("sizes", [(10, 10), (20, 20), (50, 50), (100, 20)])
@pytest.mark.parametrize("ratio", [1.0, 3.0])
@pytest.mark.parametrize("shape", [0.3, 1.0])
def test_intervals_of_the_log_ratio_cover_the_truth(
    sizes: tuple[int, int], ratio: float, shape: float
) -> None:
    covered = []
    for counts in simulate(sizes, shape, ratio, 2):
        effect = compare(*sides(counts))
        known = ~np.isnan(effect.low)
        covered.append(((effect.low <= np.log(ratio)) & (effect.high >= np.log(ratio)))[known])
    # Up to .98 with ten articles on either side, where the test is conservative, too.
    assert 0.92 <= np.concatenate(covered).mean() <= (0.98 if sizes == (10, 10) else 0.97)


@pytest.mark.parametrize("size", [10, 20, 50, 200])
def test_intervals_of_rates_cover_the_truth(size: int) -> None:
    covered = []
    for counts in simulate((size, 5), 1.0, 1, 3):
        target, _ = sides(counts)
        low, high = rate_interval(target)
        truth = occurring(counts)
        frequent = target.n >= 10
        covered.append(((low <= truth) & (truth <= high))[frequent])
        assert ((low <= target.rate) & (target.rate <= high)).all()
    assert 0.92 <= np.concatenate(covered).mean() <= 0.97


def test_linearised_variance_by_hand() -> None:
    # x = 2, 4, 0 in articles of 10, 20, 30 tokens: r = .1, residuals 1, 2, -3; 14 * 3/2
    assert residual([20], [100], 1400, np.array([0.1])) == pytest.approx([14])
    counts = counts_of([[2], [4], [0], [1]], "AAAB", lengths=[10, 20, 30, 40])
    target, _ = sides(counts)
    assert target.spread == pytest.approx([21])
    assert target.rate == pytest.approx([0.1])
    assert target.freedom == pytest.approx([1])  # two articles hold the term


def test_without_clustering_the_variance_is_the_poisson_one() -> None:
    rng = np.random.default_rng(0)
    counts = counts_of(rng.poisson(4, (4000, 30)), ["A"] * 2000 + ["B"] * 2000, lengths=[500] * 4000)
    target, _ = sides(counts)
    assert (target.spread / target.n).mean() == pytest.approx(1, abs=0.02)


def test_no_p_is_below_the_chance_of_the_rarest_arrangement() -> None:
    # 7 of 7 articles against 0 of 20: one of 27 choose 7 arrangements
    table = [[2 + i % 2, 9] for i in range(7)] + [[0, 8 + i % 3] for i in range(20)]
    row = bitext.keyness(counts_of(table, "A" * 7 + "B" * 20), target="A").set_index("term").loc["t00000"]
    assert 1 / 888030 <= row["p"] < 1e-4
    # A term in 6 articles, all of a side that has four fifths of them: no arrangement is below .05.
    table = [[4 if i < 6 else 0, 9 + i % 2] for i in range(40)] + [[0, 8 + i % 3] for i in range(10)]
    row = bitext.keyness(counts_of(table, "A" * 40 + "B" * 10), target="A").set_index("term").loc["t00000"]
    assert row["p"] > 0.2
    assert row["log_ratio_low"] <= 0


def test_a_word_of_one_article_is_no_surer_than_the_side_that_the_article_fell_on() -> None:
    # 19 times in one of ten, once or twice in 27 of 500 articles: moments say .005, chance says 10 in 510.
    held = [1 + i % 2 if i < 27 else 0 for i in range(500)]
    table = [[19, 200]] + [[0, 200]] * 9 + [[n, 200 + n % 3] for n in held]
    length = [300] * 510
    counts = counts_of(table, "A" * 10 + "B" * 500, lengths=length)
    for test in ("linearised", "bootstrap"):
        row = bitext.keyness(counts, target="A", test=test).set_index("term").loc["t00000"]
        assert 0.015 < row["p"] < 0.05
    # Two of ten articles are another matter: 1 in 2,900.
    table[1] = [19, 200]
    row = (
        bitext.keyness(counts_of(table, "A" * 10 + "B" * 500, lengths=length), target="A")
        .set_index("term")
        .loc["t00000"]
    )
    assert row["p"] < 0.001


def test_of_few_articles_the_bootstrap_has_the_p_of_exchanging_labels() -> None:
    # Drawing among ten articles says as little of how articles vary as their variance does.
    counts = simulate((10, 120), 0.5, 1, 3)[0]
    drawn, moments = (
        bitext.keyness(counts, target="A", measures=["g2"], test=test, replicates=replicates)
        for test, replicates in (("bootstrap", 50), ("linearised", None))
    )
    pd.testing.assert_series_equal(drawn["p"], moments["p"])


def test_within_strata_the_chance_is_that_of_the_stratum() -> None:
    # The word stands in one article of A, in a month in which A has one of 41: not 11 of 71.
    held = [1 if i < 12 else 0 for i in range(40)]
    table = [[9, 200]] + [[n, 200] for n in held] + [[0, 200 + i % 3] for i in range(30)]
    counts = counts_of(table, "A" + "B" * 40 + "A" * 10 + "B" * 20, lengths=[300] * 71)
    months = ["2031-03-03"] * 41 + ["2031-04-03"] * 30
    dated = replace(counts, articles=counts.articles.assign(date=pd.to_datetime(months)))
    row = bitext.keyness(dated, target="A", strata="month").set_index("term").loc["t00000"]
    assert 1 / 43 < row["p"] < 0.05


def test_the_chance_of_one_article_is_the_least_p_of_ratios_too() -> None:
    top = np.concatenate([[9.0], np.zeros(9), np.ones(20), np.zeros(280)])[:, None]
    length = np.full((310, 1), 300.0)
    sides = RatioSide(top[:10], length[:10]), RatioSide(top[10:], length[10:])
    assert exchange_ratios(*sides).p[0] == pytest.approx(10 / 310)
    assert exchange_ratios(*sides[::-1]).p[0] == pytest.approx(10 / 310)


@pytest.mark.parametrize(("sizes", "level"), [((10, 10), 0.01), ((12, 60), 0.01), ((50, 50), 0.001)])
def test_small_p_values_are_as_rare_as_they_say(sizes: tuple[int, int], level: float) -> None:
    found = np.concatenate([compare(*sides(counts)).p for counts in simulate(sizes, 0.5, 1, 5)])
    assert (found[~np.isnan(found)] < level).mean() <= 1.6 * level


def test_interval_and_p_agree() -> None:
    for counts in simulate((15, 12), 0.5, 1.5, 4):
        effect = compare(*sides(counts), alpha=0.05)
        known = ~np.isnan(effect.p)
        outside = (effect.low > 0) | (effect.high < 0)
        assert np.array_equal(outside[known], (effect.p < 0.05)[known])


def test_the_unit_is_the_article_not_the_token() -> None:
    # The same 60 hits, in one article or in all: only the second is evidence about the outlet.
    one = np.zeros((40, 2), dtype=int)
    one[0, 0], one[20:, 0] = 60, 1
    spread = one.copy()
    spread[:20, 0] = 3
    for table, significant in ((one, False), (spread, True)):
        table[:, 1] = 5 + np.arange(40) % 3
        row = (
            bitext.keyness(counts_of(table, "A" * 20 + "B" * 20), target="A").set_index("term").loc["t00000"]
        )
        assert row["n_target"] == 60
        assert row["g2"] > 20
        assert (row["p"] < 0.05) == significant
