"""Candidate pairs for large corpora: MinHash with banding, and shared rare shingles.

Both grow in line with the number of texts. MinHash bands find texts that are alike as wholes (Broder 1997;
Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, ch. 3). A short text inside a long one is not alike
as a whole, so a sample of the rarer shingles adds what two texts have in common in any part.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bitext.arrays import Hashes, Ints
from bitext.copies.shingles import BITS, SIZE, ShingleSets, batches, shingle_sets, spans

#: Numbers in a signature: the standard error of an estimated similarity is at most 1 / (2 sqrt(128)) = .044.
PERMUTATIONS = 128
#: Numbers in a band. 32 bands of 4 find a pair of Jaccard similarity s with probability 1 - (1 - s**4)**32:
#: .87 at .5, .99 at .6, and .0003 at .1.
ROWS = 4
#: One shingle in so many goes into the sample.
_SAMPLE = 16
#: A group is linked to its first member and each member to so many neighbours: linear, however large a group.
_WINDOW = 6
#: A sampled shingle in more texts than this is a set phrase or furniture, no sign of copying.
_MAX_SPREAD = 40

Signatures = npt.NDArray[np.uint32]


def signatures(sets: ShingleSets, permutations: int = PERMUTATIONS) -> Signatures:
    """Return a MinHash signature for each text: uint32, texts by *permutations* (a power of two).

    One permutation is cut into bins, each bin gives its smallest hash (Li, Owen & Zhang 2012), and an empty
    bin borrows from the next one that is not (Shrivastava & Li 2014). All signatures of an empty text are 0.

    Examples:
        >>> sets = shingle_sets(["the chips act was adopted", "The Chips Act was adopted!"])
        >>> similarity(*signatures(sets))
        1.0
    """
    width = int(permutations).bit_length() - 1
    n = len(sets.sizes)
    slot = (sets.values >> np.uint64(BITS - width)).astype(np.int64)
    place = sets.owners() * permutations + slot
    first = np.flatnonzero(np.diff(place, prepend=-1))  # values ascend, so the first in a bin is its minimum
    table = np.zeros(n * permutations, dtype=np.uint32)
    filled = np.zeros(n * permutations, dtype=bool)
    table[place[first]] = (sets.values[first] >> np.uint64(BITS - width - 32)).astype(np.uint32)
    filled[place[first]] = True
    return _borrow(table.reshape(n, permutations), filled.reshape(n, permutations))


def similarity(a: Signatures, b: Signatures) -> float:
    """Estimate the Jaccard similarity of two texts from their signatures."""
    return float(np.mean(a == b))


def _borrow(table: Signatures, filled: npt.NDArray[np.bool_]) -> Signatures:
    """Fill empty bins from the next filled one to the right, around the end; mix in the distance."""
    width = table.shape[1]
    places = np.where(np.hstack((filled, filled)), np.arange(2 * width), 2 * width)
    source = np.minimum.accumulate(places[:, ::-1], axis=1)[:, ::-1][:, :width]
    distance = (source - np.arange(width)).astype(np.uint32)
    borrowed = np.take_along_axis(table, source % width, axis=1) + distance * np.uint32(0x9E3779B1)
    borrowed[~filled.any(axis=1)] = 0
    return borrowed


class Sketches(NamedTuple):
    """What is kept of texts to find candidates: 512 bytes each, and half a byte per shingle.

    Attributes:
        table: a signature for each text.
        sample: one shingle in 16 of each, one text after the other.
        sizes: number of them in each text.
    """

    table: Signatures
    sample: Hashes
    sizes: Ints

    @classmethod
    def of(cls, texts: Sequence[str], size: int = SIZE) -> Self:
        """Return the sketches of *texts*, made in batches that bound the memory of one step."""
        parts = [_sketched(batch, size) for batch in batches(texts)]
        return cls.joined([cls(*part) for part in parts])

    @classmethod
    def joined(cls, parts: Sequence["Sketches"]) -> Self:
        """Put sketches one after the other."""
        none = (
            np.zeros((0, PERMUTATIONS), dtype=np.uint32),
            np.zeros(0, dtype=np.uint64),
            np.zeros(0, dtype=np.int64),
        )
        return cls(*(np.concatenate(columns) for columns in zip(none, *parts, strict=True)))

    def ordered(self, order: Ints) -> "Sketches":
        """Return the sketches of some texts in another order."""
        bounds = np.concatenate(([0], np.cumsum(self.sizes)))
        return Sketches(
            self.table[order], self.sample[spans(bounds[order], self.sizes[order])], self.sizes[order]
        )


def _sketched(texts: Sequence[str], size: int) -> tuple[Signatures, Hashes, Ints]:
    sets = shingle_sets(texts, size)
    sampled = sets.values % np.uint64(_SAMPLE) == 0
    sizes = np.bincount(sets.owners()[sampled], minlength=len(texts)).astype(np.int64)
    return signatures(sets), sets.values[sampled], sizes


def candidates(sketches: Sketches, threshold: float) -> tuple[Ints, Ints]:
    """Return pairs (first < second) worth a closer look, in a time that grows with the number of texts.

    Texts should come in order of time: in groups of many copies each is linked to the first of the group.

    Examples:
        >>> text = "the chips act was adopted by the council"
        >>> [pair.tolist() for pair in candidates(Sketches.of([text, "unlike", text]), 0.5)]
        [[0], [2]]
    """
    n = len(sketches.table)
    found = _band_pairs(sketches.table), _sample_pairs(sketches.sample, sketches.sizes, threshold)
    keys = np.unique(np.concatenate(found))
    return keys // max(n, 1), keys % max(n, 1)


def _band_pairs(table: Signatures) -> Ints:
    """Link texts that agree in all rows of some band; texts without shingles are all 0 and left out."""
    n = len(table)
    present = np.flatnonzero(table.any(axis=1))
    found = [np.zeros(0, dtype=np.int64)]
    for at in range(0, table.shape[1], ROWS):
        value = np.zeros(len(present), dtype=np.uint64)
        for row in range(at, at + ROWS):
            value = value * np.uint64(0x9E3779B97F4A7C15) + table[present, row]
            value ^= value >> np.uint64(29)
        found.append(np.unique(_links(value, present, n)))
    return np.unique(np.concatenate(found))


def _sample_pairs(values: Hashes, sizes: Ints, threshold: float) -> Ints:
    """Link texts that share at least half as many sampled shingles as the threshold asks for."""
    n = len(sizes)
    owner = np.repeat(np.arange(n), sizes)
    _, group, spread = np.unique(values, return_inverse=True, return_counts=True)
    rare = (spread[group] > 1) & (spread[group] <= _MAX_SPREAD)
    keys, shared = np.unique(_links(group[rare].astype(np.uint64), owner[rare], n), return_counts=True)
    smaller = np.minimum(sizes[keys // n], sizes[keys % n])
    return np.asarray(keys[shared >= 0.5 * threshold * smaller], dtype=np.int64)


def _links(group: Hashes, owner: Ints, n: int) -> Ints:
    """Link each member of a group to the group's first and to its neighbours; keys are first * n + second."""
    order = np.lexsort((owner, group))
    group, owner = group[order], owner[order]
    if not len(owner):
        return np.zeros(0, dtype=np.int64)
    new = np.concatenate(([True], group[1:] != group[:-1]))
    head = np.maximum.accumulate(np.where(new, np.arange(len(group)), 0))
    far = np.arange(len(group)) - head > _WINDOW
    found = [owner[head[far]] * n + owner[far]]
    for step in range(1, _WINDOW + 1):
        same = group[step:] == group[:-step]
        found.append(owner[:-step][same] * n + owner[step:][same])
    return np.concatenate(found)
