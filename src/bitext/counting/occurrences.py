"""Which article uses which term where, as arrays, and the table of counts made of them."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Floats, Ints, Labels
from bitext.tokens.phrases import join
from bitext.tokens.tokens import Tokens


def occurrences(
    tokens: Tokens, counted: npt.NDArray[np.bool_], stop: npt.NDArray[np.bool_], low: int, high: int
) -> tuple[Labels, Ints, Ints, Ints]:
    """Return column labels, and row, column and first token of every run of *low* to *high* counted tokens.

    Args:
        tokens: the tokens.
        counted: which of them may stand in a run.
        stop: which types may not begin or end one.
        low: the shortest run.
        high: the longest.
    """
    labels: list[Labels] = []
    rows: list[Ints] = []
    columns: list[Ints] = []
    places: list[Ints] = []
    width = 0
    for size in range(low, high + 1):
        first = _beginnings(tokens, counted, stop, size)
        names, ids = _single(tokens, first) if size == 1 else _runs(tokens, first, size)
        labels.append(names)
        rows.append(np.repeat(np.arange(len(tokens.articles)), per_article(first, tokens.bounds)))
        columns.append(ids + width)
        places.append(first)
        width += len(names)
    return np.concatenate(labels), np.concatenate(rows), np.concatenate(columns), np.concatenate(places)


def greatest(matrix: sparse.csr_array, rows: Ints, columns: Ints, values: Floats) -> sparse.csr_array:
    """Return a table of the same cells as *matrix*, made of *rows* and *columns*: the greatest value of each.

    Examples:
        >>> row, column = np.array([0, 0, 1]), np.array([1, 1, 0])
        >>> greatest(table(row, column, (2, 2)), row, column, np.array([0.5, 0.2, 0.9])).toarray().tolist()
        [[0.0, 0.5], [0.9, 0.0]]
    """
    order = np.lexsort((-values, columns, rows))
    new = (np.diff(rows[order], prepend=-1) != 0) | (np.diff(columns[order], prepend=-1) != 0)
    return sparse.csr_array((values[order][new], matrix.indices, matrix.indptr), shape=matrix.shape)


def per_article(positions: Ints, bounds: Ints) -> Ints:
    """Return how many of the sorted *positions* lie in each article."""
    return np.diff(np.searchsorted(positions, bounds))


def table(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    """Count pairs of row and column: a CSR array of int32, its indices sorted and each there once.

    Examples:
        >>> table(np.array([1, 0, 1]), np.array([2, 0, 2]), (2, 3)).toarray().tolist()
        [[1, 0, 0], [0, 0, 2]]
    """
    bits = shape[1].bit_length()
    keys = rows << bits
    keys |= columns
    keys.sort()
    new = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(new, append=len(keys)).astype(np.int32)
    cells = keys[new]
    indices = (cells & ((1 << bits) - 1)).astype(np.int32)
    edges = np.searchsorted(cells, np.arange(shape[0] + 1) << bits).astype(np.int32)
    matrix = sparse.csr_array((counts, indices, edges), shape=shape)
    matrix.has_canonical_format = True
    return matrix


def _beginnings(
    tokens: Tokens, counted: npt.NDArray[np.bool_], stop: npt.NDArray[np.bool_], size: int
) -> Ints:
    """Return the first tokens of the runs of *size* tokens that lie in one sentence."""
    if size == 1:
        return np.flatnonzero(counted & ~stop[tokens.term])
    first = np.flatnonzero(counted[: max(len(counted) - size + 1, 0)])
    opens = np.diff(tokens.sentence, prepend=-1) != 0
    opens[tokens.bounds[:-1][tokens.bounds[:-1] < len(opens)]] = True
    whole = np.ones(len(first), dtype=np.bool_)
    for step in range(1, size):
        whole &= counted[first + step] & ~opens[first + step]
    first = first[whole]
    return first[~stop[tokens.term[first]] & ~stop[tokens.term[first + size - 1]]]


def _single(tokens: Tokens, first: Ints) -> tuple[Labels, Ints]:
    """Number the types that stand at *first*: no need to sort all occurrences."""
    term = tokens.term[first]
    used = np.bincount(term, minlength=len(tokens.types)) > 0
    return tokens.types[used], (np.cumsum(used) - 1)[term]


def _runs(tokens: Tokens, first: Ints, size: int) -> tuple[Labels, Ints]:
    """Number the distinct runs of *size* tokens that begin at *first*, and name them."""
    key = tokens.term[first].astype(np.int64)
    for step in range(1, size):
        # Renumber before each step, so that the pair always fits into 64 bits.
        _, key = np.unique(key, return_inverse=True)
        key = key * len(tokens.types) + tokens.term[first + step]
    _, example, ids = np.unique(key, return_index=True, return_inverse=True)
    grid = tokens.term[first[example][:, None] + np.arange(size)]
    names = np.empty(len(grid), object)
    names[:] = [join(tokens.types[row]) for row in grid]
    return names, ids
