"""Keyness formulas on two counts and two corpus sizes; one function each, over whole arrays.

Every function takes `f1, n1, f2, n2`: occurrences in and tokens of the target, then of the reference. They
know nothing of articles: intervals and tests that do are in `effects`. Positive is overuse by the target.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.arrays import Floats

Numbers = npt.ArrayLike


def g2(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers, *, correction: str | None = None) -> Floats:
    """Return the log-likelihood ratio G² of the whole 2 × 2 table, with the sign of the difference.

    ``2 * sum(o * ln(o / e))`` over the four cells (term or not, target or reference). *correction* is "yates"
    (each cell half a count nearer to its expectation) or "williams" (divided by Williams's q).

    Source:
        Dunning (1993); Yates (1934) and Williams (1976) for the corrections.

    Examples:
        >>> g2([7, 2], [10, 9], [2, 7], [9, 10]).round(6).tolist()
        [4.534939, -4.534939]
        >>> g2(7, 10, 2, 9, correction="williams").round(6).item()
        4.200833
    """
    observed, expected = _cells(f1, n1, f2, n2)
    if correction == "yates":
        observed = _yates(observed, expected)
    score = 2 * special.xlogy(observed, np.where(observed > 0, _over(observed, expected), 1)).sum(axis=0)
    if correction == "williams":
        score = score / _williams_q(f1, n1, f2, n2)
    return np.asarray(sign(f1, n1, f2, n2) * np.maximum(score, 0))


def chi2(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers, *, correction: str | None = None) -> Floats:
    """Return Pearson's χ² of the whole 2 × 2 table, with the sign of the difference.

    Source:
        Pearson (1900); Yates (1934); Williams (1976).

    Examples:
        >>> chi2(7, 10, 2, 9).round(5).item(), chi2(7, 10, 2, 9, correction="yates").round(6).item()
        (4.33716, 2.632438)
    """
    observed, expected = _cells(f1, n1, f2, n2)
    if correction == "yates":
        observed = _yates(observed, expected)
    score = np.where(expected > 0, _over((observed - expected) ** 2, expected), 0).sum(axis=0)
    if correction == "williams":
        score = score / _williams_q(f1, n1, f2, n2)
    return np.asarray(sign(f1, n1, f2, n2) * score)


def log_ratio(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return the binary logarithm of the ratio of the rates, half a count added to every number.

    1 is twice as frequent, -1 half as frequent. A zero on one side stays finite.

    Source:
        Hardie (2014), Log Ratio; smoothing of Evert (2022), Measuring keyness.

    Examples:
        >>> log_ratio(8, 1177, 0, 341805).round(9).item()
        12.268767583
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    return np.asarray(np.log2((a + 0.5) / (b + 0.5)) - np.log2((c + 0.5) / (d + 0.5)))


def poisson_interval(
    f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers, *, alpha: float = 0.05, family: int = 1
) -> tuple[Floats, Floats]:
    """Return the exact interval of the log ratio if tokens were independent: lower and upper limit.

    Given f1 + f2, f1 is binomial; the Clopper-Pearson limits of its share are turned into limits of the
    ratio, at level ``1 - alpha / family`` (Bonferroni). -inf or inf where one side has no occurrence.

    Source:
        Evert (2022), Measuring keyness; Clopper & Pearson (1934).
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    tail = alpha / family / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(a > 0, special.betaincinv(a, c + 1, tail), 0)
        high_rest = np.where(c > 0, special.betaincinv(c, a + 1, tail), 0)
        scale = np.log2(d) - np.log2(b)
        lower = np.log2(low) - np.log2(1 - low) + scale
        upper = np.log2(1 - high_rest) - np.log2(high_rest) + scale
    return np.asarray(lower), np.asarray(upper)


def lrc(low: Numbers, high: Numbers) -> Floats:
    """Return the limit of an interval of the log ratio that is nearest to 0, and 0 if 0 is inside.

    Examples:
        >>> low, high = poisson_interval(8, 1177, 0, 341805, family=20109)
        >>> lrc(low, high).round(9).item()
        6.020852025
    """
    lower, upper = _float(low, high)
    return np.where(
        lower > 0, lower, np.where(upper < 0, upper, np.where(np.isnan(lower + upper), np.nan, 0))
    )


def pct_diff(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return by how many percent the target's rate is above (or below) the reference's.

    -100 is absence from the target. Where the reference has none, half an occurrence is put there.

    Source:
        Gabrielatos & Marchi (2011), who put 1e-18 in place of a zero.

    Examples:
        >>> pct_diff(206523, 959641, 178174, 1562358).round(1).item()
        88.7
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    reference = np.where((c == 0) & (a > 0), 0.5, c) / d
    return 100 * _over(a / b - np.where(a > 0, reference, c / d), reference)


def odds_ratio(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return the ratio of the odds of the term; above 1 is overuse by the target.

    Where a cell of the 2 × 2 table is zero, half a count is added to all four (Haldane-Anscombe).

    Source:
        Pojanapunya & Watson Todd (2018); Haldane (1956), Anscombe (1956).

    Examples:
        >>> odds_ratio(16217, 2796938, 735, 2087946).round(1).item()
        16.6
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    cells = np.stack([a, b - a, c, d - c])
    cells = cells + np.where((cells == 0).any(axis=0), 0.5, 0)
    return np.asarray(_over(cells[0] * cells[3], cells[1] * cells[2]))


def simple_maths(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers, *, smoothing: float = 1) -> Floats:
    """Return the ratio of rates per million, *smoothing* added to both: larger favours frequent words.

    Source:
        Kilgarriff (2009), Simple maths for keywords.

    Examples:
        >>> simple_maths(35, 112289776, 263, 1559716979).round(4).item()
        1.1224
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    return np.asarray((1e6 * a / b + smoothing) / (1e6 * c / d + smoothing))


def difference_coefficient(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return the difference of the rates over their sum, from -1 (only reference) to 1 (only target).

    Source:
        Hofland & Johansson (1982).

    Examples:
        >>> difference_coefficient(18, 1e6, 35, 1e6).round(2).item()
        -0.32
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    return _over(a / b - c / d, a / b + c / d)


def delta_p(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return how much likelier a token is the term in the target than in the reference, from -1 to 1.

    Source:
        Gries (2013), 50-something years of work on collocations; Ellis (2007).
    """
    a, b, c, d = _float(f1, n1, f2, n2)
    return np.asarray(a / b - c / d)


def log_odds(
    f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers, *, prior: Numbers, prior_total: Numbers
) -> tuple[Floats, Floats, Floats]:
    """Return the log-odds ratio with a Dirichlet prior, and its z-score with two and with four terms.

    *prior* is the pseudo-count of the term on either side, *prior_total* the sum of all pseudo-counts. The
    variance with two terms, ``1/(f1+a) + 1/(f2+a)``, is the approximation of the paper
    and of most programs; the one with four terms adds the rest of both corpora and gives a smaller z.

    Source:
        Monroe, Colaresi & Quinn (2008), Fightin' words.

    Examples:
        >>> delta, z2, z4 = log_odds([1, 9], 16, [100, 199], 909, prior=0.01, prior_total=0.04)
        >>> delta.round(8).tolist(), z2.round(8).tolist(), z4.round(8).tolist()
        ([-0.60953205, 1.52010051], [-0.60950219, 4.46292517], [-0.58984491, 2.98306431])
    """
    a, b, c, d, alpha, total = _float(f1, n1, f2, n2, prior, prior_total)
    a, c = a + alpha, c + alpha
    rest1, rest2 = b + total - a, d + total - c
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(a / rest1) - np.log(c / rest2)
        short = 1 / a + 1 / c
        full = short + 1 / rest1 + 1 / rest2
        return np.asarray(delta), np.asarray(delta / np.sqrt(short)), np.asarray(delta / np.sqrt(full))


def sign(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return 1 where the target's rate is higher, -1 where the reference's is, 0 where they are equal."""
    a, b, c, d = _float(f1, n1, f2, n2)
    return np.asarray(np.sign(a * d - c * b))


def _float(*arrays: Numbers) -> list[Floats]:
    return [np.asarray(array, dtype=np.float64) for array in arrays]


def _over(numerator: Numbers, denominator: Numbers) -> Floats:
    """Divide; undefined is NaN, without a warning."""
    above, below = _float(numerator, denominator)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below == 0, np.nan, above / below)


def _cells(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> tuple[Floats, Floats]:
    """Return observed and expected counts of the 2 × 2 table, cells first."""
    a, b, c, d = np.broadcast_arrays(*_float(f1, n1, f2, n2))
    observed = np.stack([a, c, b - a, d - c])
    share = _over(a + c, b + d)
    return observed, np.stack([b * share, d * share, b * (1 - share), d * (1 - share)])


def _yates(observed: Floats, expected: Floats) -> Floats:
    """Move each cell towards its expectation by half a count, and never past it."""
    gap = observed - expected
    return np.asarray(observed - np.sign(gap) * np.minimum(0.5, np.abs(gap)))


def _williams_q(f1: Numbers, n1: Numbers, f2: Numbers, n2: Numbers) -> Floats:
    """Return Williams's divisor for a 2 × 2 table with marginals n1, n2 and f1 + f2, the rest."""
    a, b, c, d = _float(f1, n1, f2, n2)
    total, term = b + d, a + c
    columns = _over(total, b) + _over(total, d) - 1
    rows = _over(total, term) + _over(total, total - term) - 1
    return np.asarray(1 + columns * rows / (6 * total))
