"""Effect, interval and p with the article as the unit: the log ratio of two rates.

A rate is a ratio of sums over articles, hits over tokens. Its variance is linearised (the ratio estimator of
survey sampling): ``n / (n - 1) * sum((x - r * L)**2) / N**2``, from sums alone. Terms cluster in articles, so
the number of articles that hold the term, not the number of articles, gives the degrees of freedom: measured
on bursty simulated documents (tests/comparison/test_effects.py) this keeps p < .05 near 5 % of true nulls,
where n - 1 degrees of freedom let up to 10 % through.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.comparison.moments import FIELDS, Ints

Floats = npt.NDArray[np.float64]

#: A side with fewer articles that hold the term gets the exact interval: its variance cannot be estimated.
SPARSE = 3

#: A comparison needs as many hits, and as many articles with the term, on both sides together.
MIN_HITS = 5
MIN_HOLDERS = 3


@dataclass(frozen=True)
class Side:
    """The sums of one side: scalars for the side, arrays with one value per term.

    Attributes:
        size: articles.
        tokens: tokens of all articles.
        n, holders: hits, and articles that hold the term, per term.
        spread: variance of the hits of the whole side about its rate, ``n/(n-1) * sum((x - rL)**2)``.
    """

    size: int
    tokens: int
    n: Floats
    holders: Floats
    spread: Floats

    @classmethod
    def of(cls, sizes: Ints, sums: Ints) -> "Side":
        """Take one side from `Moments`: *sizes* (articles, tokens, squares) and *sums* (terms × FIELDS)."""
        size, tokens, squares = (int(value) for value in sizes)
        field = dict(zip(FIELDS, sums.T, strict=True))
        n = field["n"].astype(np.float64)
        spread = residual(field["squares"], field["products"], squares, n / tokens if tokens else n * np.nan)
        factor = size / (size - 1) if size > 1 else np.nan
        return cls(size, tokens, n, field["articles"].astype(np.float64), spread * factor)

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
        return np.asarray(np.maximum(np.minimum(self.size, self.holders) - 1, 0.5))


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
    min_articles: int = 5,
    variance: Floats | None = None,
) -> Effect:
    """Compare the rates of two sides, term by term.

    Where both sides have the term in `SPARSE` articles or more: ``ln(r1/r2) ± t * se``, t with
    Welch-Satterthwaite degrees of freedom. Elsewhere, one-sided zeros included: the exact conditional
    interval of two Poisson counts, after both counts are divided by the design effect (how many times the
    variance over articles exceeds that of independent tokens; 1 where articles do not vary at all). It is
    open to one end where a side has no hit.

    Args:
        target, reference: the two sides.
        alpha: 1 - level of the interval.
        min_articles: a side with fewer articles gives NaN.
        variance: variance of the log ratio from elsewhere (the bootstrap), used in place of the linearised.
    """
    usual_low, usual_high, usual_p = _wald(target, reference, alpha, variance)
    exact_low, exact_high, exact_p = _exact(target, reference, alpha)
    still = np.nan_to_num(target.spread) + np.nan_to_num(reference.spread) == 0
    sparse = (np.minimum(target.holders, reference.holders) < SPARSE) | still
    low = np.where(sparse, exact_low, usual_low)
    high = np.where(sparse, exact_high, usual_high)
    p = np.where(sparse, exact_p, usual_p)
    note = notes(target, reference, min_articles)
    empty = note != ""
    note[~empty & still] = "no variation between articles: tokens taken as independent"
    note[~empty & (reference.n == 0)] = "no hit in the reference: no upper limit"
    note[~empty & (target.n == 0)] = "no hit in the target: no lower limit"
    for array in (low, high, p):
        array[empty] = np.nan
    return Effect(low, high, p, note)


def notes(target: Side, reference: Side, min_articles: int) -> npt.NDArray[np.object_]:
    """Return why a comparison is not estimable, "" where it is."""
    note = np.full(len(target.n), "", dtype=object)
    note[(target.n + reference.n < MIN_HITS) | (target.holders + reference.holders < MIN_HOLDERS)] = (
        "too few hits"
    )
    for name, side in (("reference", reference), ("target", target)):
        if side.size < max(min_articles, 2):
            note[:] = f"too few articles in the {name}: {side.size}, at least {max(min_articles, 2)} needed"
    return note


def rate_interval(side: Side, *, alpha: float = 0.05, min_articles: int = 5) -> tuple[Floats, Floats]:
    """Return the interval of each rate, per token: ``r * exp(± t * se)``, exact where the term is sparse.

    The exact interval (Garwood's for a Poisson count, divided by the design effect) starts at 0 for 0 hits.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        half = special.stdtrit(side.freedom, 1 - alpha / 2) * np.sqrt(side.relative)
        effect = np.where(side.n > 0, np.maximum(side.spread / side.n, 1), 1)
        count = side.n / effect
        low = np.where(count > 0, special.gammaincinv(count, alpha / 2), 0) * effect / side.tokens
        high = special.gammainccinv(count + 1, alpha / 2) * effect / side.tokens
        usual = side.holders >= SPARSE
        low = np.where(usual, side.rate * np.exp(-half), low)
        high = np.where(usual, side.rate * np.exp(half), high)
    if side.size < max(min_articles, 2):
        low, high = np.full_like(low, np.nan), np.full_like(high, np.nan)
    return low, np.minimum(high, 1)


def _wald(
    target: Side, reference: Side, alpha: float, variance: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Return limits and p from the logarithm's standard error and t."""
    one, other = target.relative, reference.relative
    with np.errstate(divide="ignore", invalid="ignore"):
        total = one + other
        freedom = total**2 / (one**2 / target.freedom + other**2 / reference.freedom)
        error = np.sqrt(total if variance is None else variance)
        estimate = np.log(target.rate / reference.rate)
        half = special.stdtrit(freedom, 1 - alpha / 2) * error
        p = 2 * special.stdtr(freedom, -np.abs(estimate) / error)
    return estimate - half, estimate + half, p


def _exact(target: Side, reference: Side, alpha: float) -> tuple[Floats, Floats, Floats]:
    """Return limits and p of the conditional binomial, counts divided by the design effect."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.nan_to_num(target.spread) + np.nan_to_num(reference.spread)
        effect = np.maximum(spread / (target.n + reference.n), 1)
        a, c = target.n / effect, reference.n / effect
        scale = np.log(reference.tokens) - np.log(target.tokens)
        share = target.tokens / (target.tokens + reference.tokens)
        low = np.where(a > 0, special.betaincinv(a, c + 1, alpha / 2), 0)
        other = np.where(c > 0, special.betaincinv(c, a + 1, alpha / 2), 0)
        over = np.where(a > 0, special.betainc(a, c + 1, share), 1)
        under = np.where(c > 0, special.betainc(c, a + 1, 1 - share), 1)
        lower = np.log(low) - np.log1p(-low) + scale
        upper = np.log1p(-other) - np.log(other) + scale
    return lower, upper, np.minimum(2 * np.minimum(over, under), 1)
