"""Comparison within strata (month, story, section): Mantel-Haenszel sums over strata, article as the unit."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from bitext.comparison import measures
from bitext.comparison.effects import MIN_HITS, MIN_HOLDERS, SPARSE, Effect, residual
from bitext.comparison.moments import FIELDS, Ints, Moments, add_up

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Stratified:
    """One side in the strata that both sides share; cells are (stratum, term) pairs that occur.

    Attributes:
        sizes: strata × 3 (articles, tokens, squared lengths).
        stratum, term: of each cell.
        sums: cells × FIELDS.
    """

    sizes: Ints
    stratum: Ints
    term: Ints
    sums: Ints

    def field(self, name: str) -> Floats:
        """Return one of the sums per cell."""
        return self.sums[:, FIELDS.index(name)].astype(np.float64)


@dataclass(frozen=True)
class MantelHaenszel:
    """What comparing within strata gives, per term.

    Attributes:
        log_ratio: binary logarithm of the Mantel-Haenszel rate ratio.
        effect: its interval and p, in natural logarithms.
        odds_ratio: the Mantel-Haenszel odds ratio.
        cmh: the Cochran-Mantel-Haenszel χ² (tokens as units), with the sign of the difference.
        strata: how many strata both sides share.
    """

    log_ratio: Floats
    effect: Effect
    odds_ratio: Floats
    cmh: Floats
    strata: int


def mantel_haenszel(
    moments: Moments, in_target: Bools, in_reference: Bools, strata: Ints, *, alpha: float, min_articles: int
) -> MantelHaenszel:
    """Compare two sides within strata.

    The rate ratio is ``A / B`` with ``A = sum(w * r1)``, ``B = sum(w * r2)`` over strata, ``w = N1 N2 / (N1 +
    N2)``; the variance of its logarithm adds the linearised variances of the rates within strata. A stratum
    where a side has one article has no variance of its own: that article is set against the side's overall
    rate, which errs on the wide side.

    Args:
        moments: sums by group and stratum together.
        in_target, in_reference: which of its groups belong to which side.
        strata: number of each group's stratum, from 0.
        alpha: 1 - level of the interval.
        min_articles: a side with fewer articles in the shared strata gives NaN.

    Source:
        Mantel & Haenszel (1959); Rothman, Greenland & Lash (2008) for the rate ratio; Cochran (1954).
    """
    width = len(moments.terms)
    one = _side(moments, in_target, strata)
    other = _side(moments, in_reference, strata)
    n1, n2 = one.sizes[:, 1].astype(float), other.sizes[:, 1].astype(float)
    shared = (n1 > 0) & (n2 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(shared, n1 * n2 / (n1 + n2), 0.0)
    a, spread1, free1, hits1, holders1 = _standardise(one, weight, width)
    b, spread2, free2, hits2, holders2 = _standardise(other, weight, width)
    tokens1, tokens2 = n1[shared].sum(), n2[shared].sum()
    total = weight.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = measures.log_ratio(a / total * tokens1, tokens1, b / total * tokens2, tokens2)
        v1, v2 = spread1 / a**2, spread2 / b**2
        freedom = (v1 + v2) ** 2 / (v1**2 / free1 + v2**2 / free2)
        error = np.sqrt(v1 + v2)
        estimate = np.log(a / b)
        half = special.stdtrit(freedom, 1 - alpha / 2) * error
        p = 2 * special.stdtr(freedom, -np.abs(estimate) / error)
    note = np.full(width, "", dtype=object)
    note[np.isnan(p)] = "no variation between articles"
    note[np.minimum(holders1, holders2) < SPARSE] = (
        "too few articles with the term on one side; try test='permutation'"
    )
    note[(hits1 + hits2 < MIN_HITS) | (holders1 + holders2 < MIN_HOLDERS)] = "too few hits"
    for name, side in (("reference", other), ("target", one)):
        size = int(side.sizes[shared, 0].sum())
        if size < max(min_articles, 2):
            note[:] = f"too few articles in the {name} in shared strata: {size}"
    gone = note != ""
    low, high, p = (np.where(gone, np.nan, value) for value in (estimate - half, estimate + half, p))
    odds, cmh = _tables(one, other, shared, n1, n2, width)
    return MantelHaenszel(log_ratio, Effect(low, high, p, note), odds, cmh, int(shared.sum()))


def _side(moments: Moments, chosen: Bools, strata: Ints) -> Stratified:
    """Add up the groups of one side within each stratum."""
    sizes = np.zeros((int(strata.max()) + 1, 3), dtype=np.int64)
    np.add.at(sizes, strata[chosen], moments.sizes[chosen])
    width = max(len(moments.terms), 1)
    group, term = np.divmod(moments.cells, width)
    use = chosen[group]
    cells, sums = add_up(strata[group[use]] * width + term[use], moments.sums[use])
    return Stratified(sizes, cells // width, cells % width, sums)


def _standardise(
    side: Stratified, weight: Floats, width: int
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return per term the weighted sum of rates, its variance, degrees of freedom, hits and holders."""
    articles, tokens, squares = (side.sizes[:, i].astype(float) for i in range(3))
    use = weight > 0
    cell = use[side.stratum]
    stratum, term = side.stratum[cell], side.term[cell]
    x, x2, xl, holders = (side.field(name)[cell] for name in FIELDS[:4])

    def add(value: Floats) -> Floats:
        return np.asarray(np.bincount(term, value, minlength=width), dtype=np.float64)

    scale = np.divide(weight, tokens, out=np.zeros_like(weight), where=tokens > 0)
    hits, held = add(x), add(holders)
    overall = hits / max(tokens[use].sum(), 1)
    lonely = use & (articles == 1)
    factor = np.divide(articles, articles - 1, out=np.ones_like(articles), where=articles > 1)
    alone = lonely[stratum]
    rate = np.where(alone, overall[term], x / tokens[stratum])
    own = residual(x2, xl, np.where(alone, 0, squares[stratum]), np.where(alone, 0, rate))
    own = np.where(alone, x2 - 2 * rate * xl, own)
    variance = add(scale[stratum] ** 2 * factor[stratum] * own)
    variance += overall**2 * (scale[lonely] ** 2 * squares[lonely]).sum()
    plain = use & (articles > 1)
    freedom = np.maximum(np.minimum(articles[use].sum() - plain.sum() + 1, held) - 1, 0.5)
    return add(scale[stratum] * x), np.maximum(variance, 0), freedom, hits, held


def _tables(
    one: Stratified, other: Stratified, shared: Bools, n1: Floats, n2: Floats, width: int
) -> tuple[Floats, Floats]:
    """Return the Mantel-Haenszel odds ratio and the signed Cochran-Mantel-Haenszel χ²."""
    keys = [side.stratum * width + side.term for side in (one, other)]
    cells = np.unique(np.concatenate(keys)) if width else np.zeros(0, dtype=np.int64)
    cells = cells[shared[cells // max(width, 1)]]
    found = []
    for key, side in zip(keys, (one, other), strict=True):
        hits = np.zeros(len(cells))
        keep = shared[side.stratum]
        hits[np.searchsorted(cells, key[keep])] = side.field("n")[keep]
        found.append(hits)
    (a, c), stratum, term = found, cells // max(width, 1), cells % max(width, 1)
    b, d = n1[stratum], n2[stratum]
    both = b + d

    def add(value: Floats) -> Floats:
        return np.asarray(np.bincount(term, value, minlength=width), dtype=np.float64)

    with np.errstate(divide="ignore", invalid="ignore"):
        odds = add(a * (d - c) / both) / add(c * (b - a) / both)
        gap = add(a - (a + c) * b / both)
        variance = add(b * d * (a + c) * (both - a - c) / (both**2 * (both - 1)))
        cmh = np.sign(gap) * gap**2 / variance
    return odds, cmh
