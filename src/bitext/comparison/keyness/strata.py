"""Comparison within strata (month, story, section): Mantel-Haenszel sums over strata, article as the unit."""

from dataclasses import dataclass

import numpy as np

from bitext.arrays import Bools, Floats, Ints
from bitext.comparison.keyness import measures
from bitext.counting.exact_sums import FIELDS, LENGTH3, POWERS, UNITS, add_up
from bitext.counting.grouped_counts import GroupedCounts
from bitext.statistics.effects import Effect, compare
from bitext.statistics.permutation_tail import Powers, cumulants_of_exchange, luck, two_tails
from bitext.statistics.sides import Side, residual


@dataclass(frozen=True)
class Stratified:
    """One side in the strata that both sides share; cells are (stratum, term) pairs that occur.

    Attributes:
        sizes: strata × 4 (articles, tokens, squared and cubed lengths).
        stratum, term: of each cell.
        sums: cells × FIELDS, in natural units.
    """

    sizes: Floats
    stratum: Ints
    term: Ints
    sums: Floats

    def field(self, name: str) -> Floats:
        """Return one of the sums per cell."""
        return np.asarray(self.sums[:, FIELDS.index(name)])


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
    grouped: GroupedCounts,
    in_target: Bools,
    in_reference: Bools,
    strata: Ints,
    *,
    alpha: float,
    min_group_size: int,
) -> MantelHaenszel:
    """Compare two sides within strata.

    The rate ratio is ``A / B`` with ``A = sum(w * r1)``, ``B = sum(w * r2)`` over strata, ``w = N1 N2 / (N1 +
    N2)``; the variance of its logarithm adds the linearised variances of the rates within strata. A stratum
    where a side has one article has no variance of its own: that article is set against the side's overall
    rate, which errs on the wide side. Where few articles hold the term, counts are compared as in `compare`,
    given how many of the hits each stratum would put on either side.

    Args:
        grouped: sums by group and stratum together.
        in_target, in_reference: which of its groups belong to which side.
        strata: number of each group's stratum, from 0.
        alpha: 1 - level of the interval.
        min_group_size: a side with fewer articles in the shared strata gives NaN.

    Source:
        Mantel & Haenszel (1959); Rothman, Greenland & Lash (2008) for the rate ratio; Cochran (1954).
    """
    width = len(grouped.terms)
    one = _side(grouped, in_target, strata)
    other = _side(grouped, in_reference, strata)
    n1, n2 = one.sizes[:, 1], other.sizes[:, 1]
    shared = (n1 > 0) & (n2 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(shared, n1 * n2 / (n1 + n2), 0.0)
    a, target = _standardise(one, weight, width)
    b, reference = _standardise(other, weight, width)
    odds, cmh, share = _tables(one, other, shared, n1, n2, width)
    with np.errstate(divide="ignore", invalid="ignore"):
        per = [x / weight.sum() * side.tokens for x, side in ((a, target), (b, reference))]
        log_ratio = measures.log_ratio(per[0], target.tokens, per[1], reference.tokens)
        estimate = np.log(a / b)
    effect = compare(
        target,
        reference,
        alpha=alpha,
        min_group_size=min_group_size,
        estimate=estimate,
        share=share,
        exchanged=_exchange(one, other, shared, width),
        least=_least_p(one, other, shared, estimate),
    )
    return MantelHaenszel(log_ratio, effect, odds, cmh, int(shared.sum()))


def _side(grouped: GroupedCounts, chosen: Bools, strata: Ints) -> Stratified:
    """Add up the groups of one side within each stratum."""
    sizes = np.zeros((int(strata.max()) + 1, 4), dtype=np.int64)
    np.add.at(sizes, strata[chosen], grouped.sizes[chosen])
    width = max(len(grouped.terms), 1)
    group, term = np.divmod(grouped.cells, width)
    use = chosen[group]
    cells, sums = add_up(strata[group[use]] * width + term[use], grouped.sums[use])
    scale = float(grouped.scale)
    return Stratified(
        sizes / [1, scale, scale**2, 1 / LENGTH3], cells // width, cells % width, sums / scale**POWERS / UNITS
    )


def _standardise(side: Stratified, weight: Floats, width: int) -> tuple[Floats, Side]:
    """Return the weighted sum of rates per term, and the side with the variance that this sum has."""
    articles, tokens, squares, _ = side.sizes.T
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
    total = add(scale[stratum] * x)
    # As a variance of hits, so that spread / hits**2 is the relative variance of the weighted sum.
    spread = np.maximum(variance, 0) * np.divide(hits, total, out=np.zeros(width), where=total > 0) ** 2
    strata = max(int((use & (articles > 1)).sum()), 1)
    return total, Side(int(articles[use].sum()), float(tokens[use].sum()), hits, held, spread, strata)


def _exchange(one: Stratified, other: Stratified, shared: Bools, width: int) -> Floats:
    """Return p if labels are exchanged between the articles of each stratum (Pearson type III)."""
    cells, found = _aligned(one, other, shared, width)
    stratum, term = cells // max(width, 1), cells % max(width, 1)
    (n1, size1, powers1), (n2, size2, powers2) = (
        (sums[:, 0], side.sizes[stratum, 0], _powers(sums, side.sizes[stratum]))
        for sums, side in zip(found, (one, other), strict=True)
    )
    tokens1, tokens2 = one.sizes[stratum, 1], other.sizes[stratum, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (n1 + n2) / (tokens1 + tokens2)
        variance, third = cumulants_of_exchange(powers1 + powers2, rate, size1, size2)
        parts = (n1 - rate * tokens1, np.nan_to_num(variance), np.nan_to_num(third))
        surplus, spread, skew = (np.bincount(term, values, minlength=width) for values in parts)
        return two_tails(surplus / np.sqrt(spread), skew / spread**1.5)


def _least_p(one: Stratified, other: Stratified, shared: Bools, estimate: Floats) -> Floats:
    """Return the least p of exchanging labels within strata; see `bitext.statistics.effects.least_p`."""
    width = len(estimate)
    cells, found = _aligned(one, other, shared, width)
    stratum, term = cells // max(width, 1), cells % max(width, 1)
    higher = np.nan_to_num(estimate, posinf=1, neginf=-1)[term] >= 0
    held = np.where(higher, *(sums[:, FIELDS.index("articles")] for sums in found))
    both = one.sizes[stratum] + other.sizes[stratum]
    shares = (side.sizes[stratum, :2] / np.maximum(both[:, :2], 1) for side in (one, other))
    chance = luck(held, both[:, 0], np.where(higher, *(share.min(axis=1) for share in shares)))
    return np.asarray(np.exp(np.bincount(term, np.log(chance), minlength=width)))


def _powers(sums: Floats, sizes: Floats) -> Powers:
    x2, xl, x3, x2l, xl2 = (
        sums[:, FIELDS.index(name)]
        for name in ("squares", "products", "cubes", "squares_length", "products_length")
    )
    return Powers(x2, xl, sizes[:, 2], x3, x2l, xl2, sizes[:, 3])


def _aligned(one: Stratified, other: Stratified, shared: Bools, width: int) -> tuple[Ints, list[Floats]]:
    """Return the cells of either side in the shared strata, and for each side the sums of all of them."""
    keys = [side.stratum * width + side.term for side in (one, other)]
    cells = np.unique(np.concatenate(keys)) if width else np.zeros(0, dtype=np.int64)
    cells = cells[shared[cells // max(width, 1)]]
    found = []
    for key, side in zip(keys, (one, other), strict=True):
        sums = np.zeros((len(cells), side.sums.shape[1]))
        keep = shared[side.stratum]
        sums[np.searchsorted(cells, key[keep])] = side.sums[keep]
        found.append(sums)
    return cells, found


def _tables(
    one: Stratified, other: Stratified, shared: Bools, n1: Floats, n2: Floats, width: int
) -> tuple[Floats, Floats, Floats]:
    """Return the Mantel-Haenszel odds ratio, the signed Cochran-Mantel-Haenszel χ² and the expected share."""
    cells, found = _aligned(one, other, shared, width)
    a, c = (sums[:, FIELDS.index("n")] for sums in found)
    stratum, term = cells // max(width, 1), cells % max(width, 1)
    b, d = n1[stratum], n2[stratum]
    both = b + d

    def add(value: Floats) -> Floats:
        return np.asarray(np.bincount(term, value, minlength=width), dtype=np.float64)

    with np.errstate(divide="ignore", invalid="ignore"):
        expected = add((a + c) * b / both)
        share = expected / add(a + c)
        gap = add(a) - expected
        for_target, for_reference = add(a * (d - c) / both), add(c * (b - a) / both)
        # Half a hit, divided as expected, keeps the ratio finite where a side has none.
        half = np.where((for_target == 0) | (for_reference == 0), 0.5, 0)
        odds = (for_target + half * (1 - share)) / (for_reference + half * share)
        variance = add(b * d * (a + c) * (both - a - c) / (both**2 * (both - 1)))
        cmh = np.sign(gap) * gap**2 / variance
    return odds, cmh, share
