"""Effect, interval and p with the article as the unit: the log ratio of two rates.

A rate is a ratio of sums over articles, hits over tokens. Its variance is linearised (the ratio estimator of
survey sampling): ``n / (n - 1) * sum((x - r * L)**2) / N**2``, from sums alone. Terms cluster in articles, so
the number of articles that hold the term, not the number of articles, gives the degrees of freedom: measured
on bursty simulated documents (tests/statistics/test_effects.py) this keeps p < .05 near 5 % of true nulls,
where n - 1 degrees of freedom let up to 10 % through.

Where one side is small, or few of its articles hold the term, the normal theory fails: one article among ten
that uses a word 19 times made p = .0005. There p is the tail of the permutation distribution
(`bitext.statistics.permutation_tail`). The unit is the article or, where articles come in clusters (those of
a day, of a story), the cluster; a cluster may have articles on both sides, which then vary together.
"""

from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.arrays import Bools, Floats
from bitext.errors import TableError
from bitext.statistics.intervals import welch_freedom
from bitext.statistics.permutation_tail import cumulants_of_exchange, luck, two_tails
from bitext.statistics.sides import Side

#: A side with fewer articles that hold the term gets the interval for counts: its variance is badly known.
SPARSE = 5

#: With fewer units on a side, or less than this share of all, p is taken from the permutation distribution.
SMALL = 30
SMALL_SHARE = 0.2

#: A comparison needs as many articles with the term, on both sides together. With four, dealt evenly, no
#: arrangement of the articles has p < .05.
MIN_HOLDERS = 5
FEW_HOLDERS = f"in fewer than {MIN_HOLDERS} articles"

#: The limit of an interval that p says does not hold 0, although its standard error would have it do so.
_APART = 1e-6

#: With fewer arrangements of the units than this, none has p < .05.
_ARRANGEMENTS = 20


@dataclass(frozen=True)
class Effect:
    """Natural log ratios with interval and p; NaN where not estimable, and the reason in *note*."""

    low: Floats
    high: Floats
    p: Floats
    note: npt.NDArray[np.object_]

    def without(self, reasons: npt.NDArray[np.object_]) -> "Effect":
        """Return the effect with NaN wherever there is a reason (not "") for it, which becomes the note."""
        gone = reasons != ""
        low, high, p = (np.where(gone, np.nan, values) for values in (self.low, self.high, self.p))
        return Effect(low, high, p, np.where(gone, reasons, self.note))


def compare(
    target: Side,
    reference: Side,
    *,
    alpha: float = 0.05,
    min_group_size: int = 5,
    variance: Floats | None = None,
    estimate: Floats | None = None,
    share: Floats | None = None,
    covariance: Floats | None = None,
    exchanged: Floats | None = None,
    least: Floats | None = None,
    units: str = "articles",
) -> Effect:
    """Compare the rates of two sides, term by term.

    Where both sides have the term in `SPARSE` units or more: ``ln(r1/r2) ± t * se``, t with
    Welch-Satterthwaite degrees of freedom. Elsewhere, one-sided zeros included: the conditional interval of
    two Poisson counts (Jeffreys's for the binomial share), after both counts are divided by the design effect
    (how many times the variance over units exceeds that of independent tokens; 1 where units do not
    vary at all). It is open to one end where a side has no hit. There, and everywhere if a side has fewer
    than `SMALL` units or `SMALL_SHARE` of them, p is that of exchanging labels between units, and the
    interval is widened or narrowed until it agrees with p about 0. p is at least the chance that the side
    with the higher rate has the units which it has its hits from (`least_p`).

    Args:
        target, reference: the two sides.
        alpha: 1 - level of the interval.
        min_group_size: a side with fewer units gives NaN.
        variance: variance of the log ratio from elsewhere (the bootstrap), used in place of the linearised.
        estimate: natural log ratio, where it is not that of the sides' rates (in strata).
        share: part of the hits that the target should have if rates were equal, where it is not its part of
            the tokens (in strata).
        covariance: of the logarithms of both rates, where clusters have articles on both sides.
        exchanged: p of exchanging labels, where it is not that of `exchange` (in strata).
        least: the least p, where it is not `least_p` (in strata).
        units: what the units are called in notes.

    Source:
        Cochran (1977), Sampling techniques, for the ratio estimator; Liang & Zeger (1986) for clusters as
        units; Korn & Graubard (1998) for counts divided by the design effect; Brown, Cai & DasGupta (2001)
        for Jeffreys's interval.
    """
    usual_low, usual_high, usual_p = _wald(target, reference, alpha, variance, estimate, covariance)
    still = np.nan_to_num(target.spread) + np.nan_to_num(reference.spread) == 0
    sparse = (np.minimum(target.holders, reference.holders) < SPARSE) | still
    low, high, p = usual_low, usual_high, usual_p
    low[sparse], high[sparse], p[sparse] = _counts(target, reference, alpha, share, sparse)
    if exchanged is None:
        exchanged = exchange(target, reference)
    use = ~still & ~np.isnan(exchanged) & (sparse | few(target.size, reference.size))
    p = np.where(use, exchanged, p)
    low, high = agreeing(low, high, p, alpha, use)
    note = notes(target, reference, min_group_size, units)
    empty = note != ""
    note[~empty & still] = f"no variation between {units}: tokens taken as independent"
    note[~empty & (reference.n == 0)] = "no hit in the reference: no upper limit"
    note[~empty & (target.n == 0)] = "no hit in the target: no lower limit"
    # No test over units can be surer than the luck of having those that hold the term.
    floor = least_p(target, reference) if least is None else least
    p = np.maximum(p, floor)
    unsure = (floor >= alpha) & ((low > 0) | (high < 0))
    low, high = np.where(unsure & (low > 0), 0, low), np.where(unsure & (high < 0), 0, high)
    note[~empty & unsure] = f"in too few {units} for p < {alpha:g}"
    for array in (low, high, p):
        array[empty] = np.nan
    return Effect(low, high, p, note)


def check_alpha(alpha: float) -> None:
    """Refuse an *alpha* that is no level of error.

    Raises:
        TableError: it does not lie between 0 and 1.
    """
    if not 0 < alpha < 1:
        raise TableError(f"alpha={alpha!r}; use 1 - level of the interval, between 0 and 1, such as 0.05")


def few(size1: int, size2: int) -> bool:
    """Return whether the smaller side is too small for the normal distribution."""
    smaller = min(size1, size2)
    return smaller < SMALL or smaller < SMALL_SHARE * (size1 + size2)


def exchange(target: Side, reference: Side) -> Floats:
    """Return the two-sided p of each term of exchanging labels between units; NaN without sums of powers."""
    if target.powers is None or reference.powers is None:
        return np.full(len(target.n), np.nan)
    rate = (target.n + reference.n) / (target.tokens + reference.tokens)
    powers = target.powers + reference.powers
    variance, third = cumulants_of_exchange(powers, rate, target.size, reference.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return two_tails((target.n - rate * target.tokens) / np.sqrt(variance), third / variance**1.5)


def agreeing(low: Floats, high: Floats, p: Floats, alpha: float, where: Bools) -> tuple[Floats, Floats]:
    """Move the limit nearer to 0, so that the interval holds 0 exactly where p is alpha or more."""
    sure = p < alpha
    with np.errstate(invalid="ignore"):
        above = low + high > 0  # the middle lies above 0; an open end decides by itself
    low = np.where(where & above, np.where(sure, np.maximum(low, _APART), np.minimum(low, 0)), low)
    high = np.where(where & ~above, np.where(sure, np.minimum(high, -_APART), np.maximum(high, 0)), high)
    return low, high


def least_p(target: Side, reference: Side) -> Floats:
    """Return the least p that exchanging labels can have, by the units that hold the term on the fuller side.

    Examples:
        >>> one = Side(7, 700.0, np.array([17.0]), np.array([7.0]), np.array([4.0]))
        >>> other = Side(20, 2000.0, np.array([0.0]), np.array([0.0]), np.array([0.0]))
        >>> (1 / least_p(one, other)).round().item()  # 27 choose 7
        888030.0
    """
    higher = target.n * reference.tokens >= reference.n * target.tokens
    held = np.where(higher, target.holders, reference.holders)
    units, tokens = target.size + reference.size, target.tokens + reference.tokens
    shares = [min(side.size / max(units, 1), side.tokens / max(tokens, 1)) for side in (target, reference)]
    return luck(held, units, np.where(higher, *shares))


def notes(
    target: Side, reference: Side, min_group_size: int, units: str = "articles"
) -> npt.NDArray[np.object_]:
    """Return why a comparison is not estimable, "" where it is."""
    note = np.full(len(target.n), "", dtype=object)
    note[target.holders + reference.holders < MIN_HOLDERS] = FEW_HOLDERS.replace("articles", units)
    for name, side in (("reference", reference), ("target", target)):
        if side.size < max(min_group_size, 2):
            note[:] = f"too few {units} in the {name}: {side.size}, at least {max(min_group_size, 2)} needed"
    together = target.size + reference.size
    if together < _ARRANGEMENTS and comb(together, target.size) < _ARRANGEMENTS:
        note[:] = f"not estimable: of {target.size} and {reference.size} {units} no arrangement has p < .05"
    return note


def _wald(
    target: Side,
    reference: Side,
    alpha: float,
    variance: Floats | None,
    estimate: Floats | None,
    covariance: Floats | None,
) -> tuple[Floats, Floats, Floats]:
    """Return limits and p from the logarithm's standard error and t."""
    one, other = target.relative, reference.relative
    with np.errstate(divide="ignore", invalid="ignore"):
        total = one + other
        if covariance is not None:
            total = np.maximum(total - 2 * covariance, 1e-12)
        freedom = welch_freedom(one, target.freedom, other, reference.freedom)
        error = np.sqrt(total if variance is None else variance)
        if estimate is None:
            estimate = np.log(target.rate / reference.rate)
        half = special.stdtrit(freedom, 1 - alpha / 2) * error
        p = 2 * special.stdtr(freedom, -np.abs(estimate) / error)
    return estimate - half, estimate + half, p


def _counts(
    target: Side, reference: Side, alpha: float, share: Floats | None, use: Bools
) -> tuple[Floats, Floats, Floats]:
    """Return limits and p of the conditional binomial share of the terms *use*.

    Counts are divided by the design effect. Rare terms have the same few counts: each is worked out once.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (np.nan_to_num(target.spread) + np.nan_to_num(reference.spread))[use]
        effect = np.maximum(spread / (target.n + reference.n)[use], 1)
        hits = np.stack((target.n[use], reference.n[use]))
    if share is None:
        share = np.full(len(target.n), target.tokens / (target.tokens + reference.tokens))
    cases = np.stack((*hits, effect, share[use]))
    order = np.lexsort(cases)
    new = np.append(True, (np.diff(cases[:, order]) != 0).any(axis=0))[: len(order)]
    row = np.empty(len(order), dtype=np.int64)
    row[order] = np.cumsum(new) - 1
    low, high, p = _conditional(alpha, *cases[:, order[new]])
    return low[row], high[row], p[row]


def _conditional(
    alpha: float, n_target: Floats, n_reference: Floats, effect: Floats, share: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return limits and p of Jeffreys's binomial share for two counts that share a design effect."""
    with np.errstate(divide="ignore", invalid="ignore"):
        a, c = n_target / effect + 0.5, n_reference / effect + 0.5
        scale = np.log1p(-share) - np.log(share)
        # betaincinv(c, a, tail) is one minus the upper quantile of beta(a, c), without loss of digits.
        low, rest = special.betaincinv(a, c, alpha / 2), special.betaincinv(c, a, alpha / 2)
        lower = np.where(n_target > 0, np.log(low) - np.log1p(-low) + scale, -np.inf)
        upper = np.where(n_reference > 0, np.log1p(-rest) - np.log(rest) + scale, np.inf)
        over = np.where(n_target > 0, special.betainc(a, c, share), 1)
        under = np.where(n_reference > 0, special.betainc(c, a, 1 - share), 1)
    return lower, upper, np.minimum(2 * np.minimum(over, under), 1)
