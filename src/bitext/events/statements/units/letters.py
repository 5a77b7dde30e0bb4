"""Characters of sentences → which runs of neighbouring ones stand in each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Bools, Ints

_HAN = (0x3400, 0x9FFF)
Points = npt.NDArray[np.uint32]


def is_han(points: Points) -> Bools:
    """Mark the Chinese characters."""
    return (points >= _HAN[0]) & (points <= _HAN[1])


def is_letter(points: Points) -> Bools:
    """Mark the Latin letters."""
    lower = points | 0x20
    return ((lower >= ord("a")) & (lower <= ord("z"))) | ((points >= 0xC0) & (points < 0x250))


def runs(
    points: Points, english: Bools, widths: tuple[int, int], rows: Sequence[tuple[Ints, int]]
) -> list[sparse.csr_array]:
    """Return tables with 1 where a row holds a run of letters: the first width in Chinese, else the second.

    Args:
        points: the characters, simplified.
        english: those of English articles.
        widths: characters of a run.
        rows: ways to divide the text: the row of each character, rising, and the number of rows. All tables
            have the columns of the first one, whose rows hold those of the others.
    """
    small, digit = is_letter(points), (points >= ord("0")) & (points <= ord("9"))
    # A name in Latin letters is one word of a Chinese sentence, however many letters it has.
    kept = np.flatnonzero(is_han(points) | digit | (small & english))
    code, english = points[kept].astype(np.uint64), english[kept]
    code = np.where(small[kept], code | np.uint64(0x20), code)
    keys: list[npt.NDArray[np.uint64]] = []
    places: list[Ints] = []
    for width, wanted in zip(widths, (~english, english), strict=True):
        size = max(len(code) - width + 1, 0)
        key = np.zeros(size, dtype=np.uint64)
        for offset in range(width):
            key = key * np.uint64(0x1F123BB5) + code[offset : size + offset]
        first, last = rows[0][0][kept][:size], rows[0][0][kept][width - 1 :]
        at = np.flatnonzero((first == last) & wanted[:size])
        keys.append(key[at])
        places.append(np.column_stack((at, at + width - 1)))
    labels, column = np.unique(np.concatenate(keys), return_inverse=True)
    ends = np.concatenate(places)
    tables = []
    for row, size in rows:
        first, last = (row[kept][ends[:, side]] for side in (0, 1))
        inside = first == last
        tables.append(cells(first[inside], column[inside], (size, max(len(labels), 1))))
    return tables


def cells(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    """Return a CSR array with 1 in every cell that is named."""
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    table.data[:] = 1.0
    return table
