"""Shares of speech and how sure they are, with the article as the unit."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from bitext.arrays import Floats


class Shares(NamedTuple):
    """Shares with their standard errors and 95 % intervals; NaN where they cannot be estimated."""

    share: Floats
    se: Floats
    low: Floats
    high: Floats


def shares(part: Floats, squares: Floats, products: Floats, whole: float, whole2: float, n: int) -> Shares:
    """Return ratios of sums over articles, by the linearised variance of a ratio.

    SE² = n/(n − 1) · Σ(x − r·y)² / (Σy)², x the words of a source in an article and y those of all sources
    (Cochran, Sampling Techniques, 1977, section 6.4); the interval is r ± t(n − 1) · SE, within 0 and 1.

    Args:
        part: Σx of each source.
        squares: Σx² of each.
        products: Σx·y of each.
        whole, whole2: Σy and Σy².
        n: articles in the group, those in which nobody speaks included.

    Examples:
        >>> x, y = np.array([5.0, 0.0, 4.0]), np.array([10.0, 8.0, 12.0])
        >>> found = shares(x.sum()[None], (x**2).sum()[None], (x * y).sum()[None], y.sum(), (y**2).sum(), 3)
        >>> found.share.round(2), found.se.round(3)
        (array([0.3]), array([0.129]))
    """
    if whole <= 0:
        nothing = np.full(len(part), np.nan)
        return Shares(nothing, nothing, nothing, nothing)
    share = part / whole
    if n < 2:
        nothing = np.full(len(part), np.nan)
        return Shares(share, nothing, nothing, nothing)
    left = np.maximum(squares - 2 * share * products + share**2 * whole2, 0)
    se = np.sqrt(n / (n - 1) * left) / whole
    half = float(stdtrit(n - 1, 0.975)) * se
    return Shares(share, se, np.maximum(share - half, 0), np.minimum(share + half, 1))


def over_articles(ids: npt.NDArray[np.integer], place: npt.NDArray[Any], words: Floats, size: int) -> Shares:
    """Return the share of each id in all words, with its interval over *size* articles (or clusters)."""
    number = int(ids.max()) + 1
    _, article = np.unique(place, return_inverse=True)
    whole = np.bincount(article, words).astype(float)
    # One source may have several rows in an article.
    pairs, inverse = np.unique(ids.astype(np.int64) << 32 | article, return_inverse=True)
    x = np.bincount(inverse.ravel(), words).astype(float)
    owner, at = pairs >> 32, pairs & 0xFFFFFFFF
    return shares(
        np.bincount(owner, x, number).astype(float),
        np.bincount(owner, x**2, number).astype(float),
        np.bincount(owner, x * whole[at], number).astype(float),
        float(whole.sum()),
        float((whole**2).sum()),
        size,
    )


def effective_number(counts: npt.ArrayLike) -> float:
    """Return how many equally frequent sources would be as diverse: 1 / Σp² (Laakso and Taagepera, 1979).

    Examples:
        >>> effective_number([5, 5]), round(effective_number([8, 1, 1]), 2)
        (2.0, 1.52)
        >>> effective_number([])
        nan
    """
    held = np.asarray(counts, dtype=np.float64)
    total = held.sum()
    return float(total**2 / (held**2).sum()) if total > 0 else float("nan")
