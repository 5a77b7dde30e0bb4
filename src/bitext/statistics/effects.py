"""Effect, interval and p with the article as the unit: the log ratio of two rates.

A rate is a ratio of sums over articles, hits over tokens. Its variance is linearised (the ratio estimator of
survey sampling): ``n / (n - 1) * sum((x - r * L)**2) / N**2``, from sums alone. Terms cluster in articles, so
the number of articles that hold the term, not the number of articles, gives the degrees of freedom: measured
on bursty simulated documents (tests/comparison/test_effects.py) this keeps p < .05 near 5 % of true nulls,
where n - 1 degrees of freedom let up to 10 % through.

With few articles that hold the term the normal theory fails, on real news towards too few rejections. There
the counts are divided by the design effect and compared as two Poisson counts.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.counting.exact_sums import FIELDS, Ints

Floats = npt.NDArray[np.float64]

#: A side with fewer articles that hold the term gets the interval for counts: its variance is badly known.
SPARSE = 5

#: A comparison needs as many articles with the term, on both sides together. With four, dealt evenly, no
#: arrangement of the articles has p < .05.
MIN_HOLDERS = 5
FEW_HOLDERS = f"in fewer than {MIN_HOLDERS} articles"


@dataclass(frozen=True)
class Side:
    """The sums of one side: scalars for the side, arrays with one value per term.

    Attributes:
        size: articles.
        tokens: tokens of all articles.
        n, holders: hits, and articles that hold the term, per term.
        spread: variance of the hits of the whole side about its rate, ``n/(n-1) * sum((x - rL)**2)``.
        strata: in how many groups of articles the rate was estimated apart.
    """

    size: int
    tokens: float
    n: Floats
    holders: Floats
    spread: Floats
    strata: int = 1

    @classmethod
    def of(cls, sizes: Ints, sums: Ints, scale: int = 1) -> "Side":
        """Take one side of `GroupedCounts`: *sizes* (articles, tokens, squares), *sums* (terms × FIELDS)."""
        size, tokens, squares = (int(value) for value in sizes)
        field = dict(zip(FIELDS, sums.T, strict=True))
        n = field["n"].astype(np.float64)
        spread = residual(field["squares"], field["products"], squares, n / tokens if tokens else n * np.nan)
        factor = size / (size - 1) if size > 1 else np.nan
        holders = field["articles"].astype(np.float64)
        return cls(size, tokens / scale, n / scale, holders, spread * factor / scale**2)

    @property
    def rate(self) -> Floats:
        """Hits per token."""
        return np.asarray(self.n / self.tokens if self.tokens else np.full(len(self.n), np.nan))

    @property
    def relative(self) -> Floats:
        """Variance of the natural logarithm of the rate."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.spread / self.n**2)

    @property
    def freedom(self) -> Floats:
        """Degrees of freedom of `spread`."""
        return np.asarray(np.maximum(np.minimum(self.size - self.strata, self.holders - 1), 0.5))


@dataclass(frozen=True)
class Effect:
    """Natural log ratios with interval and p; NaN where not estimable, and the reason in *note*."""

    low: Floats
    high: Floats
    p: Floats
    note: npt.NDArray[np.object_]


def residual(squares: npt.ArrayLike, products: npt.ArrayLike, length2: npt.ArrayLike, rate: Floats) -> Floats:
    """Return ``sum((x - rate * L)**2)`` over articles from sums of x², x·L and L²; never negative."""
    value = (
        np.asarray(squares, float) - 2 * rate * np.asarray(products, float) + rate**2 * np.asarray(length2)
    )
    return np.asarray(np.maximum(value, 0))


def compare(
    target: Side,
    reference: Side,
    *,
    alpha: float = 0.05,
    min_group_size: int = 5,
    variance: Floats | None = None,
    estimate: Floats | None = None,
    share: Floats | None = None,
) -> Effect:
    """Compare the rates of two sides, term by term.

    Where both sides have the term in `SPARSE` articles or more: ``ln(r1/r2) ± t * se``, t with
    Welch-Satterthwaite degrees of freedom. Elsewhere, one-sided zeros included: the conditional interval of
    two Poisson counts (Jeffreys's for the binomial share), after both counts are divided by the design effect
    (how many times the variance over articles exceeds that of independent tokens; 1 where articles do not
    vary at all). It is open to one end where a side has no hit. p is at least the chance of the rarest
    arrangement of the articles (`rarest`), and the interval holds 0 where that chance is alpha or more.

    Args:
        target, reference: the two sides.
        alpha: 1 - level of the interval.
        min_group_size: a side with fewer articles gives NaN.
        variance: variance of the log ratio from elsewhere (the bootstrap), used in place of the linearised.
        estimate: natural log ratio, where it is not that of the sides' rates (in strata).
        share: part of the hits that the target should have if rates were equal, where it is not its part of
            the tokens (in strata).

    Source:
        Cochran (1977), Sampling techniques, for the ratio estimator; Korn & Graubard (1998) for counts
        divided by the design effect; Brown, Cai & DasGupta (2001) for Jeffreys's interval.
    """
    usual_low, usual_high, usual_p = _wald(target, reference, alpha, variance, estimate)
    count_low, count_high, count_p = _counts(target, reference, alpha, share)
    still = np.nan_to_num(target.spread) + np.nan_to_num(reference.spread) == 0
    sparse = (np.minimum(target.holders, reference.holders) < SPARSE) | still
    low = np.where(sparse, count_low, usual_low)
    high = np.where(sparse, count_high, usual_high)
    p = np.where(sparse, count_p, usual_p)
    note = notes(target, reference, min_group_size)
    empty = note != ""
    note[~empty & still] = "no variation between articles: tokens taken as independent"
    note[~empty & (reference.n == 0)] = "no hit in the reference: no upper limit"
    note[~empty & (target.n == 0)] = "no hit in the target: no lower limit"
    # A test over articles cannot be surer than the rarest arrangement of the articles that hold the term.
    floor = rarest(target, reference)
    p = np.maximum(p, floor)
    unsure = (floor >= alpha) & ((low > 0) | (high < 0))
    low, high = np.where(unsure & (low > 0), 0, low), np.where(unsure & (high < 0), 0, high)
    note[~empty & unsure] = f"in too few articles for p < {alpha:g}"
    for array in (low, high, p):
        array[empty] = np.nan
    return Effect(low, high, p, note)


def rarest(target: Side, reference: Side) -> Floats:
    """Return how likely chance deals the articles so that the side with the higher rate has the most it can.

    That side then has all articles with the term (hypergeometric), or, if it has no room for so many, those
    with the most hits: one of all arrangements.

    Examples:
        >>> one = Side(7, 700.0, np.array([17.0]), np.array([7.0]), np.array([4.0]))
        >>> other = Side(20, 2000.0, np.array([0.0]), np.array([0.0]), np.array([0.0]))
        >>> (1 / rarest(one, other)).round().item()  # 27 choose 7
        888030.0
    """
    articles, holders = target.size + reference.size, target.holders + reference.holders
    higher = target.n * reference.tokens >= reference.n * target.tokens
    room = np.where(higher, target.size, reference.size)
    free = np.maximum(room - holders, 0)  # places that articles without the term take, any of them
    return np.asarray(
        np.exp(_log_choose(np.maximum(articles - holders, free), free) - _log_choose(articles, room))
    )


def _log_choose(n: npt.ArrayLike, k: npt.ArrayLike) -> Floats:
    top, part = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    return np.asarray(special.gammaln(top + 1) - special.gammaln(part + 1) - special.gammaln(top - part + 1))


def notes(target: Side, reference: Side, min_group_size: int) -> npt.NDArray[np.object_]:
    """Return why a comparison is not estimable, "" where it is."""
    note = np.full(len(target.n), "", dtype=object)
    note[target.holders + reference.holders < MIN_HOLDERS] = FEW_HOLDERS
    for name, side in (("reference", reference), ("target", target)):
        if side.size < max(min_group_size, 2):
            note[:] = f"too few articles in the {name}: {side.size}, at least {max(min_group_size, 2)} needed"
    return note


def rate_interval(side: Side, *, alpha: float = 0.05, min_group_size: int = 5) -> tuple[Floats, Floats]:
    """Return the interval of each rate, per token: the exact one of a Poisson count, for clustered hits.

    The count is divided by the design effect, which is widened by ``(t / z)**2`` because it is estimated. No
    hit at all gives 0 and ``-ln(alpha / 2)`` hits.

    Source:
        Garwood (1936) for the count; Korn & Graubard (1998) for the design effect and its degrees of freedom.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.maximum(side.freedom, 3)  # below, t widens a pair of hits to a range without meaning
        wider = (special.stdtrit(freedom, 1 - alpha / 2) / special.ndtri(1 - alpha / 2)) ** 2
        effect = np.where(side.n > 0, np.maximum(side.spread / side.n, 1) * wider, 1)
        count = side.n / effect
        low = np.where(count > 0, special.gammaincinv(count, alpha / 2), 0) * effect / side.tokens
        high = special.gammainccinv(count + 1, alpha / 2) * effect / side.tokens
    if side.size < max(min_group_size, 2):
        low, high = np.full_like(low, np.nan), np.full_like(high, np.nan)
    return low, np.minimum(high, 1)


def _wald(
    target: Side, reference: Side, alpha: float, variance: Floats | None, estimate: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Return limits and p from the logarithm's standard error and t."""
    one, other = target.relative, reference.relative
    with np.errstate(divide="ignore", invalid="ignore"):
        total = one + other
        freedom = total**2 / (one**2 / target.freedom + other**2 / reference.freedom)
        error = np.sqrt(total if variance is None else variance)
        if estimate is None:
            estimate = np.log(target.rate / reference.rate)
        half = special.stdtrit(freedom, 1 - alpha / 2) * error
        p = 2 * special.stdtr(freedom, -np.abs(estimate) / error)
    return estimate - half, estimate + half, p


def _counts(
    target: Side, reference: Side, alpha: float, share: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Return limits and p of the conditional binomial share, counts divided by the design effect."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.nan_to_num(target.spread) + np.nan_to_num(reference.spread)
        effect = np.maximum(spread / (target.n + reference.n), 1)
        a, c = target.n / effect + 0.5, reference.n / effect + 0.5
        if share is None:
            share = np.full(len(a), target.tokens / (target.tokens + reference.tokens))
        scale = np.log1p(-share) - np.log(share)
        # betaincinv(c, a, tail) is one minus the upper quantile of beta(a, c), without loss of digits.
        low, rest = special.betaincinv(a, c, alpha / 2), special.betaincinv(c, a, alpha / 2)
        lower = np.where(target.n > 0, np.log(low) - np.log1p(-low) + scale, -np.inf)
        upper = np.where(reference.n > 0, np.log1p(-rest) - np.log(rest) + scale, np.inf)
        over = np.where(target.n > 0, special.betainc(a, c, share), 1)
        under = np.where(reference.n > 0, special.betainc(c, a, 1 - share), 1)
    return lower, upper, np.minimum(2 * np.minimum(over, under), 1)
