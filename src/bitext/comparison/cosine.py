"""The cosine of two groups, corrected for the size of their samples, its interval, its level by chance."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from bitext.arrays import Floats
from bitext.comparison.profile import Profiles, Summed, jsd_parts, shares, t_quantile
from bitext.record import generator
from bitext.statistics.clusters import added

#: Units are left out in this many turns for the standard error.
_TURNS = 50
#: Exchanges of labels computed at a time, and those of which the divergence is taken.
_BLOCK = 50
_DIVERGENCES = 20


class Side:
    """A group: weighted totals, and what its units' products with themselves add up to.

    Attributes:
        total: weighted hits of each term.
        self_products: sum over units of the squared length of their weighted hits.
        units: how many.
        matrix: units × terms, weighted; None where only sums are known.
    """

    def __init__(
        self, total: Floats, self_products: float, units: int, matrix: sparse.csr_array | None = None
    ) -> None:
        self.total, self.self_products, self.units, self.matrix = total, self_products, units, matrix

    @classmethod
    def of_group(cls, profiles: Profiles | Summed, totals: Floats, group: int, weight: Floats) -> "Side":
        """Take the units of one group."""
        if isinstance(profiles, Summed):
            squares = float((profiles.squares[group] * weight**2).sum())
            return cls(totals[group] * weight, squares, int(profiles.sizes[group]))
        matrix = profiles.units_of(group)
        return cls.of_units(sparse.csr_array(matrix.multiply(weight[None, :])))

    @classmethod
    def of_units(cls, matrix: sparse.csr_array) -> "Side":
        """Sum up units × terms."""
        total = np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
        return cls(total, float((matrix.data**2).sum()), matrix.shape[0], matrix)

    @property
    def length2(self) -> float:
        """Squared length of the mean unit, without products of a unit with itself."""
        whole = float((self.total**2).sum())
        if self.units < 2:
            return whole
        return (whole - self.self_products) / (self.units * (self.units - 1))


def cosine(one: Side, other: Side) -> float:
    """Return the corrected cosine; NaN where no two units of a group share a term."""
    product = float((one.total * other.total).sum())
    if one.units < 2 or other.units < 2:  # nothing to correct by
        length = float(np.sqrt((one.total**2).sum() * (other.total**2).sum()))
        return product / length if length else float("nan")
    length = one.length2 * other.length2
    if length <= 0:
        return float("nan") if product else 0.0
    return product / (one.units * other.units) / float(np.sqrt(length))


def interval(sides: tuple[Side, Side], estimate: float, alpha: float, seed: int) -> tuple[float, float]:
    """Return the jackknife interval: units of both groups are left out in turns, on the scale of artanh."""
    values = []
    for left in _left_out(sides, seed):
        value = cosine(*left)
        values.append(np.arctanh(np.clip(value, -_INSIDE, _INSIDE)))
    turns = len(values)
    known = np.array(values)[np.isfinite(values)]
    if len(known) < turns or not np.isfinite(estimate):
        return float("nan"), float("nan")
    error = float(np.sqrt((turns - 1) / turns * ((known - known.mean()) ** 2).sum()))
    middle = float(np.arctanh(np.clip(estimate, -_INSIDE, _INSIDE)))
    half = t_quantile(min(turns, *(side.units for side in sides)), alpha) * error
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


#: A cosine at or above this has no finite artanh worth speaking of.
_INSIDE = 0.995


def _left_out(sides: tuple[Side, Side], seed: int) -> Iterator[tuple[Side, Side]]:
    """Yield both sides without the units of each turn; every unit is left out once."""
    rng = generator(seed)
    turns = min(_TURNS, max(side.units for side in sides))
    turn = [rng.permutation(side.units) % turns for side in sides]
    parts = []
    for side, number in zip(sides, turn, strict=True):
        assert side.matrix is not None
        squares = np.asarray(side.matrix.multiply(side.matrix).sum(axis=1)).ravel()
        totals = (added(number, height=turns) @ side.matrix).toarray()
        own = np.bincount(number, squares, minlength=turns)
        parts.append((totals, own, np.bincount(number, minlength=turns)))
    for k in range(turns):
        yield tuple(  # type: ignore[misc]
            Side(side.total - totals[k], side.self_products - own[k], side.units - int(size[k]))
            for side, (totals, own, size) in zip(sides, parts, strict=True)
        )


def exchanged(
    sides: tuple[Side, Side], weight: Floats, replicates: int, seed: int
) -> tuple[float, float, float]:
    """Exchange the labels of the units of a pair: mean cosine, p of the cosine, and mean divergence."""
    one, other = sides
    assert one.matrix is not None
    assert other.matrix is not None
    units = sparse.csr_array(sparse.vstack([one.matrix, other.matrix]))
    used = np.flatnonzero(np.bincount(units.indices, minlength=units.shape[1]))
    columns = sparse.csr_array(units[:, used].T)  # terms × units
    squares = np.asarray(units.multiply(units).sum(axis=1)).ravel()
    total2 = float(squares.sum())
    n, m = one.units, other.units
    rng = generator(seed, 1)
    observed, found = cosine(one, other), []
    divergences: list[float] = []
    plain = 1 / weight[used]
    for start in range(0, replicates, _BLOCK):
        width = min(_BLOCK, replicates - start)
        labels = np.zeros((n + m, width))
        for column in range(width):
            labels[rng.permutation(n + m)[:n], column] = 1
        first = np.asarray(columns @ labels)
        second = np.asarray(columns @ (1 - labels))
        own = squares @ labels
        product = np.einsum("ij,ij->j", first, second)
        length = (np.einsum("ij,ij->j", first, first) - own) / (n * (n - 1))
        length *= (np.einsum("ij,ij->j", second, second) - (total2 - own)) / (m * (m - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append(np.where(length > 0, product / (n * m) / np.sqrt(length), np.nan))
        for column in range(min(width, _DIVERGENCES - len(divergences))):
            p, q = (shares(side[:, column] * plain) for side in (first, second))
            divergences.append(float(jsd_parts(p, q).sum()))
    values = np.concatenate(found)
    as_unlike = int((~(values > observed * (1 + 1e-9))).sum())
    return float(np.nanmean(values)), (1 + as_unlike) / (1 + replicates), float(np.mean(divergences))
