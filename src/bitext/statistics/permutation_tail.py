"""Sums of powers → p: the tail of the permutation distribution, without drawing a single permutation.

If labels are exchanged between units (articles, or clusters of them), the hits of one side beyond what its
tokens would have at the common rate have mean 0, and a variance and a skewness that follow from sums of
powers over the units. A gamma distribution with these three moments stands for all permutations: exact enough
in the tail where one side is small and the normal distribution is wrong by a factor of ten.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.arrays import Floats

#: Below this skewness a gamma distribution is a normal one for all that doubles can tell.
_SYMMETRIC = 1e-3


@dataclass(frozen=True)
class Powers:
    """Sums over units with x hits and L tokens: arrays with one value per term."""

    x2: Floats
    xl: Floats
    l2: Floats | float
    x3: Floats
    x2l: Floats
    xl2: Floats
    l3: Floats | float

    def __add__(self, other: "Powers") -> "Powers":
        return Powers(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def residual2(self, rate: Floats) -> Floats:
        """Return ``sum((x - rate * L)**2)``; never negative."""
        return np.asarray(np.maximum(self.x2 - 2 * rate * self.xl + rate**2 * self.l2, 0), dtype=np.float64)

    def residual3(self, rate: Floats) -> Floats:
        """Return ``sum((x - rate * L)**3)``."""
        return np.asarray(
            self.x3 - 3 * rate * self.x2l + 3 * rate**2 * self.xl2 - rate**3 * self.l3, dtype=np.float64
        )


def cumulants_of_exchange(
    powers: Powers, rate: Floats, size1: npt.ArrayLike, size2: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Return variance and third cumulant of a side's surplus of hits if labels are exchanged between units.

    Args:
        powers: sums over the units of both sides.
        rate: hits per token of both sides together.
        size1, size2: units of the side that is asked for, and of the other; NaN where there are fewer than 3.

    Source:
        Finite population cumulants of a sample sum: Cochran (1977), Sampling techniques; a Pearson type III
        distribution for permutations: Mielke & Berry (2007), Permutation methods.
    """
    one, other = np.asarray(size1, dtype=np.float64), np.asarray(size2, dtype=np.float64)
    n = one + other
    n = np.where(n < 3, np.nan, n)
    variance = one * other / (n - 1) * powers.residual2(rate) / n
    third = one * other * (other - one) / ((n - 1) * (n - 2)) * powers.residual3(rate) / n
    return np.asarray(variance), np.asarray(third)


def two_tails(z: Floats, skewness: Floats) -> Floats:
    """Return the probability that a standardised gamma variable is as far from 0 as *z*, to either side.

    Examples:
        >>> two_tails(np.array([1.96, 1.96]), np.array([0.0, 1.0])).round(3).tolist()
        [0.05, 0.045]
    """
    distance, bend = np.abs(np.asarray(z, dtype=np.float64)), np.abs(np.asarray(skewness, dtype=np.float64))
    shape = 4 / np.maximum(bend, _SYMMETRIC) ** 2
    reach = distance * np.sqrt(shape)
    upper = special.gammaincc(shape, shape + reach)
    lower = special.gammainc(shape, np.maximum(shape - reach, 0))
    p = np.where(bend < _SYMMETRIC, 2 * special.ndtr(-distance), upper + lower)
    return np.asarray(np.where(np.isnan(z) | np.isnan(skewness), np.nan, np.minimum(p, 1)))


def luck(holders: npt.ArrayLike, units: npt.ArrayLike, share: npt.ArrayLike) -> Floats:
    """Return how likely chance deals a side as many of the units with the most hits as it has with any.

    A side that has its hits from *holders* of all *units* would have no fewer, had it got those with the most
    hits instead. Whatever the moments of exchanging labels say, nothing is surer than that this is no chance
    (hypergeometric): one unit that has all hits is on a side with the chance of *share*.

    Args:
        holders: units of the side with a hit.
        units: of both sides.
        share: the side's part of the units; or, where it is less, its part of the tokens, since a short
            unit has hits more rarely.

    Examples:
        >>> luck([1, 2, 7], [510, 510, 27], [10 / 510, 10 / 510, 7 / 27]).round(7).tolist()
        [0.0196078, 0.0003467, 1.1e-06]
    """
    held, every, part = (np.asarray(values, dtype=np.float64) for values in (holders, units, share))
    room = np.maximum(part * every, held)
    return np.asarray(np.exp(_log_choose(every - held, room - held) - _log_choose(every, room)))


def _log_choose(top: Floats, part: Floats) -> Floats:
    return np.asarray(special.gammaln(top + 1) - special.gammaln(part + 1) - special.gammaln(top - part + 1))
