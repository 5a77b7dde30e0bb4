"""Numbers for groups of articles: ratio of sums, and an interval from resampling the articles."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import stdtrit

from bitext.arrays import Floats
from bitext.record import generator
from bitext.stances.measures import BOUNDS, Measure

#: Weights (replicates × articles) that are held at once.
_CELLS = 2_000_000
#: Fewer hits, or fewer articles, make a number that the next batch of news can overturn.
STABLE = 10
ONE_ARTICLE = "not estimable: one article"


def bootstrap_sums(sums: Floats | sparse.csr_array, *, replicates: int, seed: int) -> Floats:
    """Draw articles with replacement and add up their sums: replicates × columns.

    Args:
        sums: articles × columns, in an order that does not depend on how the articles were read.
        replicates: how many samples.
        seed: the same seed gives the same samples.
    """
    rng = generator(seed)
    count = sums.shape[0]
    parts: list[Floats] = []
    block = max(_CELLS // max(count, 1), 1)
    for start in range(0, replicates, block):
        width = min(block, replicates - start)
        drawn = rng.integers(0, count, size=(width, count)) + count * np.arange(width)[:, None]
        weights = np.bincount(drawn.ravel(), minlength=width * count).reshape(width, count)
        parts.append(weights.astype(float) @ sums)  # of floats: the product of integers is not accelerated
    return np.concatenate(parts)


def dependence(cited: Floats | sparse.csr_array, *, replicates: int, seed: int) -> tuple[float, float]:
    """Return the share of the most cited outlet among all citations of outlets, and its standard error.

    *cited* holds articles × outlets.
    """

    def largest(sums: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            shares: Floats = sums.max(axis=-1) / sums.sum(axis=-1)
        return shares

    if not cited.shape[1] or not cited.sum():
        return float("nan"), float("nan")
    if cited.shape[0] == 1:
        return float(largest(cited.sum(axis=0))), float("nan")
    samples = largest(bootstrap_sums(cited, replicates=replicates, seed=seed))
    return float(largest(cited.sum(axis=0))), float(np.nanstd(samples, ddof=1))


def ratios(top: Floats, bottom: Floats, measures: list[Measure]) -> Floats:
    """Return the value of each measure (last axis); NaN where its denominator is zero."""
    constant = np.array([measure.constant for measure in measures])
    factor = np.array([measure.factor for measure in measures])
    with np.errstate(divide="ignore", invalid="ignore"):
        values: Floats = factor * top / np.where(bottom > 0, bottom + constant, np.nan)
    return values


def estimate(
    measures: list[Measure], rows: npt.NDArray[np.int64], *, replicates: int, seed: int
) -> dict[str, Floats]:
    """Estimate every measure over the articles *rows*.

    Returns:
        Arrays with one value per measure: ``value se low high hits articles``. The interval is value ± t·SE
        with n − 1 degrees of freedom at 95 %, SE the standard deviation over bootstrap samples; NaN with a
        single article.
    """
    top = np.stack([measure.top[rows] for measure in measures], axis=1)
    bottom = np.stack([measure.bottom[rows] for measure in measures], axis=1)
    hits = np.stack([measure.hits[rows] for measure in measures], axis=1)
    value = ratios(top.sum(axis=0), bottom.sum(axis=0), measures)
    if len(rows) > 1:
        both = bootstrap_sums(np.concatenate((top, bottom), axis=1), replicates=replicates, seed=seed)
        samples = ratios(both[:, : len(measures)], both[:, len(measures) :], measures)
        known = np.isfinite(samples)
        with np.errstate(invalid="ignore"):
            mean = np.where(known, samples, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
            spread = np.where(known, (samples - mean) ** 2, 0).sum(axis=0) / np.maximum(
                known.sum(axis=0) - 1, 1
            )
        se = np.where(np.isfinite(value), np.sqrt(spread), np.nan)
        half = stdtrit(len(rows) - 1, 0.975) * se
    else:
        se = half = np.full(len(measures), np.nan)
    bounds = np.array([BOUNDS[measure.unit] for measure in measures])
    # No hit at all: every sample is zero, which says nothing about the width.
    nothing = (hits.sum(axis=0) == 0) & (value == 0)
    se, half = np.where(nothing, np.nan, se), np.where(nothing, np.nan, half)
    return {
        "value": value,
        "se": se,
        "low": np.maximum(value - half, bounds[:, 0]),
        "high": np.minimum(value + half, bounds[:, 1]),
        "hits": hits.sum(axis=0),
        "articles": (hits > 0).sum(axis=0).astype(float),
    }
