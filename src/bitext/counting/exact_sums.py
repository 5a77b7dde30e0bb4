"""What is kept for each pair of group and term, in whole numbers, and how it adds up.

All sums are integers, so the result is the same to the last bit whatever the batches and their order. Sums of
fractions are kept as integers too: each article's rate is rounded once, to a multiple of 2**-31, before it is
squared and added. The square has up to 62 bits and is added in two halves.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Ints
from bitext.counting.counts import Counts
from bitext.errors import TableError

#: Sums kept for each (group, term): occurrences, their squares, their product with the article's length,
#: articles with the term; the rate x/L in units of 1 / SCALE; its square in units of 1 / SCALE and, what is
#: left, of 1 / SCALE²; -(x/L) ln(x/L) in units of 1 / FINE; and, for the skewness of a sum, x³, x²L and xL²
#: in units of 1 / CUBE.
FIELDS = (
    *("n", "squares", "products", "articles", "rate", "rate2_high", "rate2_low", "entropy"),
    *("cubes", "squares_length", "products_length"),
)

#: The power of a weight that each of them holds (rates hold none: weighting an article leaves its rate; third
#: powers are kept in natural units, in which those of weights would not fit).
POWERS = np.array([1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0])

#: Units of the fixed-point sums. They leave room for 4,000 million articles, and 180 million in which every
#: twentieth token is the term.
_BITS = 31
SCALE = 1 << _BITS
FINE = 1 << 38
#: Units of third powers; of a cubed length, which is larger, one unit is this many tokens³.
CUBE = 1 << 6
LENGTH3 = 1 << 10
#: By what the sums of each field, in natural units otherwise, have to be divided.
UNITS = np.array([1] * 8 + [CUBE] * 3)


def whole(counts: Counts, scale: int) -> tuple[sparse.csr_array, Ints]:
    """Return hits and lengths as whole numbers of 1 / scale.

    Raises:
        TableError: they are not multiples of it.
    """
    if scale == 1:
        return counts.matrix, counts.lengths.astype(np.int64)
    data, lengths = np.rint(counts.matrix.data * scale), np.rint(counts.lengths * scale)
    if not np.allclose(data, counts.matrix.data * scale, rtol=0, atol=1e-3):
        raise TableError("counts must be whole numbers, or weighted by Counts.weighted")
    matrix = sparse.csr_array(
        (data.astype(np.int64), counts.matrix.indices, counts.matrix.indptr), shape=counts.matrix.shape
    )
    return matrix, lengths.astype(np.int64)


def sizes_of_groups(lengths: Ints, group: Ints, groups: int, scale: int = 1) -> Ints:
    """Sum articles, tokens, squared and cubed lengths (in units of `LENGTH3`) by group: groups × 4.

    An article without tokens (a page of links, say) is none: it could not have held any term.

    Examples:
        >>> sizes_of_groups(np.array([32, 64, 0]), np.array([0, 0, 0]), 1).tolist()
        [[2, 96, 5120, 288]]
    """
    sizes = np.zeros((groups, 4), dtype=np.int64)
    cubes = np.rint((lengths / scale) ** 3 / LENGTH3).astype(np.int64)
    for column, value in enumerate(((lengths > 0).astype(np.int64), lengths, lengths**2, cubes)):
        np.add.at(sizes[:, column], group, value)
    return sizes


def of_groups(matrix: sparse.csr_array, lengths: Ints, group: Ints, scale: int = 1) -> tuple[Ints, Ints]:
    """Sum each field over the articles of each group.

    Args:
        matrix: hits, articles × terms.
        lengths: tokens of each article.
        group: number of the group of each article.
        scale: hits and lengths are in units of 1 / scale.

    Returns:
        The cells that occur, group × terms of the matrix + term, in order; and their sums, cells × `FIELDS`.

    Raises:
        TableError: more hits than tokens, or a sum beyond 64 bits.

    Examples:
        >>> hits = sparse.csr_array(np.array([[2, 0], [1, 0], [0, 3]]))
        >>> cells, sums = of_groups(hits, np.array([10, 20, 30]), np.array([0, 0, 1]))
        >>> cells.tolist(), sums[:, :4].tolist()
        ([0, 3], [[3, 5, 40, 2], [3, 9, 90, 1]])
    """
    x = matrix.data.astype(np.int64)
    entries = np.diff(matrix.indptr)
    length = np.repeat(lengths, entries)
    if np.any(length < x):
        raise TableError(
            "an article has more hits of one term than its length; lengths must count every token"
        )
    cells = np.repeat(group * matrix.shape[1], entries) + matrix.indices
    if not x.all():
        cells, x, length = cells[x > 0], x[x > 0], length[x > 0]
    order = _order(cells)
    cells, x, length = cells[order], x[order], length[order]
    last = np.flatnonzero(np.diff(cells, append=-1))
    sums = np.empty((len(last), len(FIELDS)), dtype=np.int64)
    for column, values in enumerate(_fields(x, length, scale)):
        sums[:, column] = np.diff(
            np.cumsum(values)[last], prepend=0
        )  # exact, wherever the total wraps around
    return cells[last], _checked(sums)


def add_up(cells: Ints, sums: Ints) -> tuple[Ints, Ints]:
    """Sort by cell and add the rows of equal cells.

    Examples:
        >>> [part.tolist() for part in add_up(np.array([5, 2, 5]), np.array([[1], [2], [3]]))]
        [[2, 5], [[2], [4]]]
    """
    if not len(cells):
        return cells, sums
    order = np.argsort(cells, kind="stable")
    cells, sums = cells[order], sums[order]
    first = np.flatnonzero(np.diff(cells, prepend=-1))
    return cells[first], _checked(np.add.reduceat(sums, first, axis=0))


def join(cells: Sequence[Ints], sums: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Add parts up in each of which a cell stands once; part by part, so that no copy is made of all sums.

    Args:
        cells: the cells of each part, in any order.
        sums: the sums of each part, cells × `FIELDS`.

    Returns:
        All cells, in order, and their sums.

    Raises:
        TableError: a sum beyond 64 bits.

    Examples:
        >>> cells, sums = [np.array([5, 2]), np.array([5])], [np.array([[1], [2]]), np.array([[3]])]
        >>> [found.tolist() for found in join(cells, sums)]
        [[2, 5], [[2], [4]]]
    """
    together = np.concatenate(cells)
    order = _order(together)
    together = together[order]
    first = np.diff(together, prepend=-1) != 0
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    total = np.zeros((np.count_nonzero(first), sums[0].shape[1]), dtype=np.int64)
    done = 0
    for rows in sums:
        total[place[done : done + len(rows)]] += rows
        done += len(rows)
    return together[first], _checked(total)


def _fields(x: Ints, length: Ints, scale: int) -> Iterator[Ints]:
    """Yield the FIELDS of single entries, one by one: all at once take seven times the memory."""
    yield x
    yield x * x
    yield x * length
    yield np.ones_like(x)
    rate = x / length
    unit = np.rint(rate * SCALE).astype(np.int64)
    yield unit
    square = unit * unit
    yield square >> _BITS
    yield square & (SCALE - 1)
    yield np.rint(-rate * np.log(rate) * FINE).astype(np.int64)
    hits, tokens = x / scale, length / scale
    yield np.rint(hits**3 * CUBE).astype(np.int64)
    yield np.rint(hits**2 * tokens * CUBE).astype(np.int64)
    yield np.rint(hits * tokens**2 * CUBE).astype(np.int64)


def _order(cells: Ints) -> npt.NDArray[np.intp]:
    """Return the stable order of whole numbers from 0, by digits of 16 bits: much faster than comparing."""
    largest = int(cells.max(initial=0))
    order = np.argsort(cells.astype(np.uint16), kind="stable")
    for shift in range(16, largest.bit_length(), 16):
        digit = (cells >> shift).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
    return order


def _checked(sums: Ints) -> Ints:
    if np.any(sums < 0):
        raise TableError("a sum is beyond 64 bits; split the corpus")
    return sums
