"""Two sides, a numerator and a denominator per unit → p and standard error of the difference of ratios."""

from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Floats
from bitext.statistics.permutation_tail import Powers, cumulants_of_exchange, luck, two_tails


class RatioSide(NamedTuple):
    """Numerators and denominators of one side: units × measures."""

    top: Floats
    bottom: Floats


class RatioTest(NamedTuple):
    """What exchanging labels between units says, per measure.

    Attributes:
        p: two-sided; NaN where the units do not vary.
        error: standard error of the difference of the ratios if there is none.
    """

    p: Floats
    error: Floats


def exchange_ratios(one: RatioSide, other: RatioSide) -> RatioTest:
    """Test whether two ratios of sums differ, by exchange of the labels of units (Pearson type III).

    A side without a hit needs no variance of its own: the variance is that of all units about the common
    ratio.

    Examples:
        >>> one, other = (RatioSide(np.array(top)[:, None], np.full((10, 1), 100.0)) for top in (
        ...     [0.0] * 10, [0.0, 3.0, 1.0, 2.0, 0.0, 4.0, 1.0, 2.0, 3.0, 1.0]))
        >>> exchange_ratios(one, other).p.round(3).tolist()
        [0.003]
    """
    top, bottom = (np.stack([a.sum(axis=0), b.sum(axis=0)]) for a, b in zip(one, other, strict=True))
    rate = _over(top.sum(axis=0), bottom.sum(axis=0))
    powers = _powers(one) + _powers(other)
    variance, third = cumulants_of_exchange(powers, rate, len(one.top), len(other.top))
    surplus = top[0] - rate * bottom[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        p = two_tails(surplus / np.sqrt(variance), third / variance**1.5)
        error = np.sqrt(variance) * (1 / bottom[0] + 1 / bottom[1])
    p = np.maximum(p, _least_p(one, other, surplus > 0))
    return RatioTest(np.where(variance > 0, p, np.nan), error)


def _least_p(one: RatioSide, other: RatioSide, higher: npt.NDArray[np.bool_]) -> Floats:
    """Return the least p of exchanging labels; 0 for numerators with a sign, which no unit "holds".

    See `bitext.statistics.permutation_tail.luck`; *higher* says where the first side has the higher ratio.
    """
    held = np.where(higher, (one.top != 0).sum(axis=0), (other.top != 0).sum(axis=0))
    units, whole = len(one.top) + len(other.top), one.bottom.sum(axis=0) + other.bottom.sum(axis=0)
    shares = (
        np.minimum(len(side.top) / units, _over(side.bottom.sum(axis=0), whole)) for side in (one, other)
    )
    signed = (one.top < 0).any(axis=0) | (other.top < 0).any(axis=0)
    return np.where(signed, 0.0, luck(held, units, np.where(higher, *shares)))


#: With fewer arrangements of the units than this, none has p < .05.
_ARRANGEMENTS = 20


def no_arrangement(one: int, other: int) -> str:
    """Return why so many units a side can have no p; "" where they can.

    Examples:
        >>> no_arrangement(2, 2), no_arrangement(30, 1), no_arrangement(10, 12)
        ('no p: of 2 and 2 units no arrangement has p < .05', '', '')
    """
    if one + other < _ARRANGEMENTS and comb(one + other, one) < _ARRANGEMENTS:
        return f"no p: of {one} and {other} units no arrangement has p < .05"
    return ""


def linearised_error(one: RatioSide, other: RatioSide, shared: tuple[npt.ArrayLike, npt.ArrayLike]) -> Floats:
    """Return the standard error of the difference of two ratios over units.

    Args:
        one, other: the sides.
        shared: rows of *one* and of *other* that are one cluster with articles on both sides.

    Source:
        Cochran (1977), 6.3; Liang & Zeger (1986) for clusters.
    """
    parts = []
    for side in (one, other):
        total = side.bottom.sum(axis=0)
        apart = side.top - _over(side.top.sum(axis=0), total) * side.bottom
        parts.append(apart / np.maximum(total, 1e-300))
    a, b = parts
    factor = [len(part) / max(len(part) - 1, 1) for part in parts]
    variance = factor[0] * (a**2).sum(axis=0) + factor[1] * (b**2).sum(axis=0)
    in_one, in_other = (np.asarray(rows, dtype=np.int64) for rows in shared)
    variance -= 2 * min(factor) * (a[in_one] * b[in_other]).sum(axis=0)
    return np.asarray(np.sqrt(np.maximum(variance, 0)))


def _powers(side: RatioSide) -> Powers:
    x, length = side.top, side.bottom
    products = (x**2, x * length, length**2, x**3, x**2 * length, x * length**2, length**3)
    return Powers(*(np.asarray(values.sum(axis=0)) for values in products))


def _over(top: Floats, bottom: Floats) -> Floats:
    return np.asarray(np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0))
