"""Published and independently computed values for every formula; the source stands beside each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bitext.comparison.keyness import measures

# Test table of the R package corpora 0.6 (S. Evert), lemmas of two corpora, family of 20,109 candidates:
# f1, f2, G2, LogRatio, LRC at 95 %.
N1, N2, FAMILY = 1177, 341805, 20109
CORPORA = [
    (8, 0, 90.8496587769634, 12.268767582826236, 6.020852025191708),
    (94, 749, 489.76319835728026, 5.193762497849106, 4.381928713757714),
    (194, 5030, 606.2248579801969, 3.4884449999466205, 2.9572647016605624),
    (411, 13, 4711.916499175445, 13.11116585983405, 11.530551300033963),
]


@pytest.mark.parametrize(("f1", "f2", "g2", "log_ratio", "lrc"), CORPORA)
def test_corpora_rows(f1: int, f2: int, g2: float, log_ratio: float, lrc: float) -> None:
    table = (f1, N1, f2, N2)
    assert measures.g2(*table) == pytest.approx(g2, abs=1e-9)
    assert measures.log_ratio(*table) == pytest.approx(log_ratio, abs=1e-9)
    low, high = measures.poisson_interval(*table, family=FAMILY)
    assert measures.lrc(low, high) == pytest.approx(lrc, abs=1e-9)


def test_corpora_significance_cut_off() -> None:
    assert stats.chi2.isf(0.05 / FAMILY, 1) == pytest.approx(22.176920338806916, abs=1e-9)


# The test toy of quanteda.textstats: "b" 7 of 10 against 2 of 9. Williams is divided by q = 1.0795332; the
# package multiplies chi2 by it and labels Yates as Williams, so true values were computed apart.
QUANTEDA = [
    ("chi2", None, 4.337160),
    ("chi2", "yates", 2.632438),
    ("chi2", "williams", 4.017626),
    ("g2", None, 4.534939),
    ("g2", "yates", 2.702844),
    ("g2", "williams", 4.200833),
]


@pytest.mark.parametrize(("name", "correction", "value"), QUANTEDA)
def test_quanteda_toy(name: str, correction: str | None, value: float) -> None:
    formula = getattr(measures, name)
    assert formula(7, 10, 2, 9, correction=correction) == pytest.approx(value, abs=1e-6)
    assert formula(2, 9, 7, 10, correction=correction) == pytest.approx(-value, abs=1e-6)


def test_yates_is_applied_whatever_the_expected_counts() -> None:
    # R: chisq.test(matrix(c(30, 970, 12, 988), 2)), expected counts above 5; quanteda leaves Yates out there.
    assert measures.chi2(30, 1000, 12, 1000) == pytest.approx(7.879761, abs=1e-6)
    assert measures.chi2(30, 1000, 12, 1000, correction="yates") == pytest.approx(7.028552, abs=1e-6)


def test_quanteda_order_of_terms() -> None:
    # "a3 b2 c6 d e f g h2" against "a2 b c2 d4 e f h"
    one = dict(zip("abcdefgh", [3, 2, 6, 1, 1, 1, 1, 2], strict=True))
    other = dict(zip("abcdefgh", [2, 1, 2, 4, 1, 1, 0, 1], strict=True))
    sizes = sum(one.values()), sum(other.values())
    score = {term: measures.g2(one[term], sizes[0], other[term], sizes[1]).item() for term in one}
    assert sorted(one, key=lambda term: (-score[term], term)) == list("cgbhaefd")


PUBLISHED = [
    # gathered by the tests of Wordless from the papers named
    ("pct_diff", (206523, 959641, 178174, 1562358), 88.7),  # Gabrielatos & Marchi (2011)
    ("odds_ratio", (16217, 2796938, 735, 2087946), 16.6),  # Pojanapunya & Watson Todd (2018)
    ("simple_maths", (35, 112289776, 263, 1559716979), 1.1224),  # Kilgarriff (2009), Sketch Engine
    ("difference_coefficient", (18, 1e6, 35, 1e6), -0.32),  # Hofland & Johansson (1982)
]


@pytest.mark.parametrize(("name", "table", "value"), PUBLISHED)
def test_published_effect_sizes(name: str, table: tuple[float, ...], value: float) -> None:
    digits = len(str(value).split(".")[1])
    assert getattr(measures, name)(*table).round(digits) == value


def test_published_g2_and_chi2() -> None:
    # the four cells (10, 0, 3, 31764) and (3, 0, 0, 31774), (1, 3, 3, 1) of Wordless's tests
    assert measures.g2(10, 10, 3, 3 + 31764).round(2) == 167.23
    assert measures.chi2(3, 3, 0, 31774).round() == 31777
    assert measures.chi2(1, 4, 3, 4, correction="yates") == pytest.approx(-0.5)


def test_published_g2_of_a_keyword() -> None:
    # Gries, "Not just frequency" (2026), supplement: "faith" 43 times in Brown D, 68 in the rest
    assert measures.g2(43, 43 + 34547, 68, 68 + 978821).round(4) == 147.0412


def test_published_delta_p() -> None:
    # Gries (2013), cells 5610, 168938, 2257, 10233063 through Wordless
    a, b, c, d = 5610, 168938, 2257, 10233063
    assert measures.delta_p(a, a + b, c, c + d).round(4) == 0.0319
    assert measures.delta_p(a, a + c, b, b + d).round(4) == 0.6969


def test_scattertext_log_odds() -> None:
    # scattertext test_logOddsUninformativePriorScore.py, alpha .01 per term; 2-term z of ConvoKit on the same
    y1, y2 = np.array([1, 5, 1, 9]), np.array([100, 510, 100, 199])
    delta, z2, z4 = measures.log_odds(y1, y1.sum(), y2, y2.sum(), prior=0.01, prior_total=0.04)
    assert delta == pytest.approx([-0.60953205, -1.03457665, -0.60953205, 1.52010051], abs=1e-8)
    assert z4 == pytest.approx([-0.58984491, -1.90568407, -0.58984491, 2.98306431], abs=1e-8)
    assert z2 == pytest.approx([-0.60950219, -2.30440513, -0.60950219, 4.46292517], abs=1e-8)
    y1, y2 = np.array([1, 5, 2, 7, 10]), np.array([10, 10, 1, 5, 10])
    _, _, z4 = measures.log_odds(y1, y1.sum(), y2, y2.sum(), prior=0.01, prior_total=0.05)
    assert z4 == pytest.approx([-2.04658541, -0.69089186, 0.88679092, 1.33998368, 0.99444074], abs=1e-8)


SIGNED = ["g2", "chi2", "log_ratio", "difference_coefficient", "delta_p"]
count = st.integers(0, 400)
size = st.integers(401, 10**6)


@given(count, count, size, size)
def test_swapping_target_and_reference_flips_the_sign(f1: int, f2: int, n1: int, n2: int) -> None:
    for name in SIGNED:
        formula = getattr(measures, name)
        there, back = formula(f1, n1, f2, n2), formula(f2, n2, f1, n1)
        assert there == pytest.approx(-back, nan_ok=True, abs=1e-9), name
    assert measures.odds_ratio(f1, n1, f2, n2) * measures.odds_ratio(f2, n2, f1, n1) == pytest.approx(1)
    low, high = measures.poisson_interval(f1, n1, f2, n2)
    back_low, back_high = measures.poisson_interval(f2, n2, f1, n1)
    assert (low, high) == (pytest.approx(-back_high), pytest.approx(-back_low))
    prior = (f1 + f2) / (n1 + n2) * 100 + 1e-9
    one = measures.log_odds(f1, n1, f2, n2, prior=prior, prior_total=100)
    other = measures.log_odds(f2, n2, f1, n1, prior=prior, prior_total=100)
    assert np.array(one) == pytest.approx(-np.array(other), abs=1e-9)


@given(count, count, size, size)
def test_scores_of_a_count_are_finite_where_one_side_has_it(f1: int, f2: int, n1: int, n2: int) -> None:
    for name in [*SIGNED, "pct_diff", "odds_ratio", "simple_maths"]:
        if f1 + f2:
            assert np.isfinite(getattr(measures, name)(f1, n1, f2, n2)), name


def test_a_term_that_occurs_nowhere_shows_no_difference() -> None:
    assert measures.g2(0, 100, 0, 100) == 0
    assert measures.chi2(0, 100, 0, 100) == 0
    assert measures.log_ratio(0, 100, 0, 100) == 0


def test_exact_interval_holds_its_level() -> None:
    # Given f1 + f2 = 60 and a true log ratio of 0, f1 is binomial(60, 1/2): sum the chance of being covered.
    f1 = np.arange(61)
    low, high = measures.poisson_interval(f1, 1000, 60 - f1, 1000)
    covered = stats.binom.pmf(f1, 60, 0.5)[(low <= 0) & (high >= 0)].sum()
    assert 0.95 <= covered <= 0.98
