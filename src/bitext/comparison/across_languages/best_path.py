"""Sentences of both sides of a document, as vectors → the best way to pair them in order."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Floats, Ints

#: Sentences of both sides that may make one pair, most likely first.
_PAIRS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
#: Leaving a sentence alone, on the one side or on the other.
_ALONE, _ALONE_OTHER = len(_PAIRS), len(_PAIRS) + 1
_MOVES = (*_PAIRS, (1, 0), (0, 1))
#: What a pair must be worth beyond leaving its sentences alone, and what each further sentence costs it.
_LEAST, _FURTHER = 0.02, 0.1
#: Weight of how unlikely the lengths of both sides are, in squared standard deviations up to so many.
_LENGTH, _FAR = 0.01, 9.0
#: Variance of the length of an English sentence per character of it (Gale & Church 1993).
_VARIANCE = 6.8
#: Sentences by which a pair may lie off the diagonal, so that time grows with length and not with its square.
REACH = 200

#: Sentences from, to on both sides, and their cosine.
Pair = tuple[tuple[int, int], tuple[int, int], float]


def best_path(
    left: sparse.csr_array, right: sparse.csr_array, expected: Floats, length: Floats
) -> list[Pair]:
    """Return the pairs of the best way through a document (dynamic programming).

    Args:
        left: one row per sentence of the one side.
        right: the same of the other.
        expected: how long the other side of each of the first sentences should be.
        length: how long each of the other sentences is.

    Of equal ways the one with a pair is taken. Of documents with more than `REACH` sentences only pairs so
    near to the diagonal are looked at.
    """
    rows, columns = left.shape[0], right.shape[0]
    reach = max(REACH, -(-columns // max(rows, 1)))
    middle = np.arange(rows + 1) * columns // max(rows, 1)
    low, high = np.maximum(middle - reach, 0), np.minimum(middle + reach, columns)
    size = max(1, 2 * REACH * rows // max(rows, columns, 1))
    # Of this row and the three that a pair may reach; each with a margin for pairs beyond the last sentence.
    best = np.full((4, columns + 4), -np.inf)
    move = np.zeros((4, columns + 4), np.int8)
    best[0, 0] = 0.0
    taken: list[npt.NDArray[np.int8]] = []
    for i in range(rows + 1):
        here, codes = best[i % 4], move[i % 4]
        a, z = int(low[i]), int(high[i]) + 1
        reached = np.maximum.accumulate(here[a:z])  # leaving a sentence alone is worth nothing
        codes[a + 1 : z][reached[:-1] > here[a + 1 : z]] = _ALONE_OTHER
        taken.append(codes[a:z].copy())
        if i == rows:
            break
        if i % size == 0:
            first, block = (
                a,
                _worths(
                    left, right, expected, length, slice(i, i + size), slice(a, high[min(i + size, rows)])
                ),
            )
        for code, (down, along) in enumerate(_MOVES[:_ALONE_OTHER]):
            gained = reached if code == _ALONE else reached + block[code][i % size, a - first : z - first]
            place = slice(a + along, z + along)
            target, known = best[(i + down) % 4][place], move[(i + down) % 4][place]
            better = (gained > target) | ((gained == target) & (code < known))
            target[better], known[better] = gained[better], code
        here[: z + 3] = -np.inf
    return _back(taken, low, left, right)


def _back(
    taken: list[npt.NDArray[np.int8]], low: Ints, left: sparse.csr_array, right: sparse.csr_array
) -> list[Pair]:
    """Return the pairs of the way that ends with the last sentences."""
    found: list[Pair] = []
    i, j = left.shape[0], right.shape[0]
    while i or j:
        code = int(taken[i][j - low[i]])
        down, along = _MOVES[code]
        i, j = i - down, j - along
        if code < _ALONE:
            cosine = _cosine(_summed(left, i, down), _summed(right, j, along))
            found.append(((i, i + down), (j, j + along), cosine))
    return found[::-1]


def _summed(rows: sparse.csr_array, start: int, size: int) -> Floats:
    return np.asarray(rows[start : start + size].sum(axis=0)).ravel()


def _cosine(one: Floats, other: Floats) -> float:
    norms = max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-12)
    return min(max(float(one @ other) / norms, 0.0), 1.0)


def _worths(
    left: sparse.csr_array,
    right: sparse.csr_array,
    expected: Floats,
    length: Floats,
    rows: slice,
    columns: slice,
) -> list[Floats]:
    """Return, for each kind of pair, what it is worth from each of these rows and columns on.

    A column more than asked for stands at the end, and -inf where a side has not so many sentences.
    """
    most = max(max(pair) for pair in _PAIRS) - 1
    here, there = (slice(part.start, part.stop + most) for part in (rows, columns))
    one, other = left[here], right[there]
    used = np.union1d(one.indices, other.indices)  # few of all: concepts and words of these sentences
    one, other = one[:, used].toarray(), other[:, used].toarray()
    wanted, given = expected[here, None], length[there, None]
    shape = (rows.stop - rows.start, columns.stop - columns.start + 1)
    found = []
    for down, along in _PAIRS:
        worth = np.full(shape, -np.inf)
        part = _worth(
            *(_runs(side, down) for side in (one, wanted)), *(_runs(side, along) for side in (other, given))
        )
        part = part[: shape[0], : shape[1]]
        worth[: part.shape[0], : part.shape[1]] = part - _FURTHER * (down + along - 2)
        found.append(worth)
    return found


def _worth(one: npt.NDArray[Any], wanted: Floats, other: npt.NDArray[Any], given: Floats) -> Floats:
    norms = [np.linalg.norm(side, axis=1) for side in (one, other)]
    cosine = (one @ other.T) / np.maximum(np.outer(*norms), 1e-12)
    far = (wanted - given.T) ** 2 / (_VARIANCE * np.maximum(wanted + given.T, 1.0) / 2)
    worth: Floats = cosine - _LEAST - _LENGTH * np.minimum(far, _FAR)
    return worth


def _runs(rows: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """Return the sums of *size* rows that follow each other."""
    number = max(len(rows) - size + 1, 0)
    return np.asarray(sum(rows[at : at + number] for at in range(size)))
