"""Intervals and degrees of freedom that several comparisons use."""

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.arrays import Floats


def wilson(
    hits: npt.ArrayLike, size: npt.ArrayLike, alpha: float = 0.05, *, few: bool = False
) -> tuple[Floats, Floats]:
    """Return the Wilson interval of a share; NaN where *size* is 0.

    *few*: with Student's quantile for size − 1 degrees of freedom in place of the normal one.

    Source:
        Wilson (1927).

    Examples:
        >>> low, high = wilson(2, 10)
        >>> low.round(4).item(), high.round(4).item()
        (0.0567, 0.5098)
    """
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(size, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        z2 = (special.stdtrit(n - 1, 1 - alpha / 2) if few else special.ndtri(1 - alpha / 2)) ** 2
        middle = (k + z2 / 2) / (n + z2)
        half = np.sqrt(z2) / (n + z2) * np.sqrt(k * (n - k) / n + z2 / 4)
        low = np.where(n > 0, np.where(k == 0, 0, middle - half), np.nan)
        high = np.where(n > 0, np.where(k == n, 1, middle + half), np.nan)
    return low, high


def welch_freedom(one: Floats, free1: Floats | int, other: Floats, free2: Floats | int) -> Floats:
    """Return the degrees of freedom of the sum of two variances; NaN where both are 0.

    Args:
        one, other: the variances of two estimates.
        free1, free2: the degrees of freedom of each, such as units − 1.

    Source:
        Satterthwaite (1946), Welch (1947).

    Examples:
        >>> variance = np.ones(1)
        >>> welch_freedom(variance, 4, variance, 4).tolist()
        [8.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return (one + other) ** 2 / (one**2 / free1 + other**2 / free2)
