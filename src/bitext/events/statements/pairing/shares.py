"""Rows of sparse tables → how alike two of them are, and how much of one stands in the other."""

import numpy as np
from scipy import sparse

from bitext.arrays import Floats, Ints


def rare(table: sparse.csr_array) -> Floats:
    """Return log(1 + rows / rows with it) for each column: what all say, says little."""
    spread = np.bincount(table.indices, minlength=table.shape[1])
    return np.asarray(np.log1p(table.shape[0] / np.maximum(spread, 1)), dtype=np.float64)


def weighed(table: sparse.csr_array, weights: Floats | None = None) -> sparse.csr_array:
    """Multiply each column by its weight; by how rare it is in the table where none is given."""
    weights = rare(table) if weights is None else weights
    return sparse.csr_array(
        (table.data * weights[table.indices], table.indices, table.indptr), shape=table.shape
    )


def unit_rows(table: sparse.csr_array) -> sparse.csr_array:
    """Divide every row by its length."""
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(length, 1e-12)) @ table)


def cosines(table: sparse.csr_array) -> Floats:
    """Return the cosine of every row with every row."""
    unit = unit_rows(table)
    return np.asarray((unit @ unit.T).todense(), dtype=np.float64)


def common(one: sparse.csr_array, other: sparse.csr_array, rows: Ints, others: Ints) -> Floats:
    """Return for each pair of rows the weight of the columns that both have (the geometric mean of both)."""
    roots = [
        sparse.csr_array((np.sqrt(table.data), table.indices, table.indptr), shape=table.shape)
        for table in (one, other)
    ]
    return dots(roots[0], roots[1], rows, others)


def dots(one: sparse.csr_array, other: sparse.csr_array, rows: Ints, others: Ints) -> Floats:
    """Return the product of each row of *one* with the row of *other* beside it."""
    return np.asarray(one[rows].multiply(other[others]).sum(axis=1), dtype=np.float64).ravel()


def inside(one: sparse.csr_array, other: sparse.csr_array, rows: Ints, others: Ints) -> Floats:
    """Return for each pair the share of the second row's weight that is in the first, and the reverse."""
    both = common(one, other, rows, others)
    sizes = (
        np.maximum(np.asarray(table.sum(axis=1)).ravel(), 1e-12)[at]
        for table, at in ((other, others), (one, rows))
    )
    return np.column_stack([both / size for size in sizes])


def of_smaller(one: sparse.csr_array, other: sparse.csr_array, rows: Ints, others: Ints) -> Floats:
    """Return for each pair the share of the smaller row's columns (of 0 or 1) that the other row has."""
    sizes = [np.asarray(table.sum(axis=1)).ravel() for table in (one, other)]
    least = np.minimum(sizes[0][rows], sizes[1][others])
    return np.asarray(dots(one, other, rows, others) / np.maximum(least, 1.0), dtype=np.float64)
