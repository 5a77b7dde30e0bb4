"""Which texts share how many shingles: exactly, in sparse matrices."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from bitext.arrays import Floats, Ints
from bitext.copies.shingles import BITS, ShingleSets

#: Pairs and their shingles that are compared at once; pairs fit the 16 bits above those of a hash.
_BATCH_PAIRS = 1 << (64 - BITS)
_BATCH_SHINGLES = 4_000_000


class TextPairs(NamedTuple):
    """Pairs of texts, first < second, in ascending order.

    Attributes:
        first: number of a text.
        second: number of a later one.
        shared: shingles that both have.
    """

    first: Ints
    second: Ints
    shared: Ints

    def jaccard(self, sizes: Ints) -> Floats:
        """Return shared / (all that either has), 0 to 1."""
        union = sizes[self.first] + sizes[self.second] - self.shared
        return np.asarray(self.shared / union, dtype=np.float64)

    def containment(self, sizes: Ints) -> Floats:
        """Return shared / (all that the smaller has), 0 to 1."""
        smaller = np.minimum(sizes[self.first], sizes[self.second])
        return np.asarray(self.shared / smaller, dtype=np.float64)


def pairs_exact(sets: ShingleSets, threshold: float) -> TextPairs:
    """Return all pairs of which the smaller text has at least *threshold* of its shingles in the larger.

    Nothing is missed (up to hash collisions). Most texts are ruled out before anything is multiplied: if more
    than 1 - threshold of a text's shingles occur in no other text, no other text can contain it.
    """
    common, sizes = _common(sets), sets.sizes
    needed = np.asarray(threshold * sizes, dtype=np.float64)
    candidates = np.flatnonzero((np.diff(common.indptr) >= needed) & (sizes > 0))
    transposed = common.T.tocsr()
    found = [_contained(common, transposed, rows, needed) for rows in _blocks(candidates)]
    small, large, shared = (np.concatenate(column).astype(np.int64) for column in zip(*found, strict=True))
    return ordered(small, large, shared, len(sizes))


def pairs_verified(sets: ShingleSets, first: Ints, second: Ints, threshold: float) -> TextPairs:
    """Count what the candidate pairs share and keep those that reach *threshold* (containment)."""
    shared = np.zeros(len(first), dtype=np.int64)
    held = np.cumsum(sets.sizes[first] + sets.sizes[second])
    at = 0
    while at < len(first):
        limit = held[at - 1] + _BATCH_SHINGLES if at else _BATCH_SHINGLES
        end = min(max(int(np.searchsorted(held, limit)), at + 1), at + _BATCH_PAIRS, len(first))
        shared[at:end] = _shared(sets.take(first[at:end]), sets.take(second[at:end]))
        at = end
    smaller = np.minimum(sets.sizes[first], sets.sizes[second])
    keep = (shared >= threshold * smaller) & (smaller > 0)
    return ordered(first[keep], second[keep], shared[keep], len(sets.sizes))


def _shared(left: ShingleSets, right: ShingleSets) -> Ints:
    """Return how many values the first sets of both share, the second, and so on."""
    keys = np.concatenate(
        [(sets.owners().astype(np.uint64) << np.uint64(BITS)) | sets.values for sets in (left, right)]
    )
    keys.sort(kind="stable")  # two runs in order: they are merged
    twice = keys[:-1][keys[1:] == keys[:-1]]
    return np.bincount((twice >> np.uint64(BITS)).astype(np.int64), minlength=len(left.sizes))


def _common(sets: ShingleSets) -> sparse.csr_array:
    """Texts by the shingles that more texts than one have, 1 where a text has a shingle.

    Most shingles stand in one text only: they are left out before anything else is made of them.
    """
    ordered = np.sort(sets.values)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    del ordered
    columns = np.empty(len(sets.values), dtype=np.int32)
    for start in range(0, len(columns), _BATCH_SHINGLES):
        part = sets.values[start : start + _BATCH_SHINGLES]
        at = np.searchsorted(shared, part)
        known = shared[np.minimum(at, len(shared) - 1)] == part if len(shared) else np.zeros(len(part), bool)
        columns[start : start + len(part)] = np.where(known, at, -1)
    kept = columns >= 0
    bounds = np.concatenate(([0], np.cumsum(kept)))[sets.bounds]
    columns = columns[kept]
    shape = (len(sets.sizes), max(len(shared), 1))
    return sparse.csr_array((np.ones(len(columns), dtype=np.int32), columns, bounds), shape=shape)


def _blocks(rows: Ints, size: int = 500) -> list[Ints]:
    return [rows[at : at + size] for at in range(0, max(len(rows), 1), size)]


def _contained(
    common: sparse.csr_array, transposed: sparse.csr_array, rows: Ints, needed: Floats
) -> tuple[Ints, Ints, Ints]:
    """Return (small, large, shared) for texts *rows* that have what they need in another text."""
    products = (common[rows] @ transposed).tocoo()
    small, large = rows[products.row], products.col.astype(np.int64)
    keep = (products.data >= needed[small]) & (small != large)
    return small[keep], large[keep], products.data[keep].astype(np.int64)


def ordered(a: Ints, b: Ints, shared: Ints, n: int) -> TextPairs:
    """Return the pairs in ascending order, one of (a, b) and (b, a)."""
    first, second = np.minimum(a, b), np.maximum(a, b)
    _, index = np.unique(first * n + second, return_index=True)
    return TextPairs(first[index], second[index], shared[index])
