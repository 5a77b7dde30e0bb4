"""One side of a comparison, a term at a time: hits, tokens and their variance over units, from sums alone.

A rate is a ratio of sums over units (articles, or clusters of them), hits over tokens. Its variance is
linearised, the ratio estimator of survey sampling: ``n / (n - 1) * sum((x - r * L)**2) / N**2``.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.arrays import Floats, Ints
from bitext.counting.exact_sums import CUBE, FIELDS, LENGTH3
from bitext.statistics.permutation_tail import Powers


@dataclass(frozen=True)
class Side:
    """The sums of one side: scalars for the side, arrays with one value per term.

    Attributes:
        size: units: articles, or clusters of them.
        tokens: tokens of all units.
        n, holders: hits, and units that hold the term, per term.
        spread: variance of the hits of the whole side about its rate, ``n/(n-1) * sum((x - rL)**2)``.
        strata: in how many groups of articles the rate was estimated apart.
        powers: sums of powers over the units, for the permutation distribution; None: not known.
    """

    size: int
    tokens: float
    n: Floats
    holders: Floats
    spread: Floats
    strata: int = 1
    powers: Powers | None = None

    @classmethod
    def of(cls, sizes: Ints, sums: Ints, scale: int = 1) -> "Side":
        """Take one side of `GroupedCounts`: *sizes* (as there) and *sums* (terms × FIELDS)."""
        size, tokens, squares, cubes = (int(value) for value in sizes)
        field = dict(zip(FIELDS, sums.T.astype(np.float64), strict=True))
        powers = Powers(
            field["squares"] / scale**2,
            field["products"] / scale**2,
            squares / scale**2,
            field["cubes"] / CUBE,
            field["squares_length"] / CUBE,
            field["products_length"] / CUBE,
            cubes * LENGTH3,
        )
        return cls.summed(size, tokens / scale, field["n"] / scale, field["articles"], powers)

    @classmethod
    def summed(cls, size: int, tokens: float, n: Floats, holders: Floats, powers: Powers) -> "Side":
        """Make a side from sums over its units."""
        rate = n / tokens if tokens else n * np.nan
        factor = size / (size - 1) if size > 1 else np.nan
        return cls(size, tokens, n, holders, powers.residual2(rate) * factor, powers=powers)

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


def residual(squares: npt.ArrayLike, products: npt.ArrayLike, length2: npt.ArrayLike, rate: Floats) -> Floats:
    """Return ``sum((x - rate * L)**2)`` over articles from sums of x², x·L and L²; never negative."""
    value = (
        np.asarray(squares, float) - 2 * rate * np.asarray(products, float) + rate**2 * np.asarray(length2)
    )
    return np.asarray(np.maximum(value, 0))


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
