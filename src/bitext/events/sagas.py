"""Stories → sagas: a long affair falls into stories, each with its own events, that belong together."""

import numpy as np
from scipy import sparse

from bitext.arrays import Ints
from bitext.events.linkage import Links, agglomerate
from bitext.events.vectors import Vectors

#: Stories are parts of one saga if their words and what languages share have so much in common, on average
#: over the pairs of its stories, and if no more than this many days lie between two of them.
ALIKE = 0.4
DAYS = 10.0
#: What the mean of a few pairs must reach beyond that.
_CAUTION = 0.05
#: Weight of words against what languages share.
_WORDS = 0.6


def sagas(vectors: Vectors, groups: Ints) -> Ints:
    """Return for each article the number of the saga that its group is part of.

    Groups of two articles and more are compared by the cosine of the sums of their vectors.
    """
    size = np.bincount(groups, minlength=int(groups.max(initial=-1)) + 1)
    chosen = np.flatnonzero(size >= 2)
    place = np.full(len(size), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(place[groups] >= 0)
    if not len(chosen):
        return groups.copy()
    shape = (len(chosen), len(groups))
    belongs = sparse.csr_array((np.ones(len(rows)), (place[groups[rows]], rows)), shape=shape)
    total = _cosines(belongs @ vectors.terms) * _WORDS + _cosines(belongs @ vectors.shared) * (1 - _WORDS)
    found = sparse.triu(total, 1).tocoo()
    first, last = np.full(len(chosen), np.inf), np.full(len(chosen), -np.inf)
    dated = rows[~np.isnan(vectors.days[rows])]
    np.minimum.at(first, place[groups[dated]], vectors.days[dated])
    np.maximum.at(last, place[groups[dated]], vectors.days[dated])
    gap = np.maximum(first[found.row] - last[found.col], first[found.col] - last[found.row])
    near = (found.data >= ALIKE / 2) & ~(gap > DAYS)
    pairs = Links(
        found.row[near].astype(np.int64), found.col[near].astype(np.int64), np.asarray(found.data[near])
    )
    joined = agglomerate(len(chosen), pairs, threshold=ALIKE, caution=_CAUTION)
    parts = groups.copy()
    parts[rows] = chosen[joined][place[groups[rows]]]
    return parts


def _cosines(sums: sparse.csr_array) -> sparse.csr_array:
    length = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    unit = sparse.csr_array(sparse.diags_array(1.0 / np.maximum(length, 1e-12)) @ sums)
    return sparse.csr_array(unit @ unit.T)
