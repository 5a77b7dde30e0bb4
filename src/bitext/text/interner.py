"""Numbers for slices of a text: equal slices alike, in the order in which they first come.

Millions of words are numbered at a time without a Python object for any of them: by the C extension where it
was built, otherwise by a dictionary of strings. Both give the same numbers.
"""

from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints, Points
from bitext.text.scripts.detect import code_points, string

try:
    from bitext.text import _native
except ImportError:  # no compiler when bitext was installed
    _native = None  # type: ignore[assignment]

Ids = npt.NDArray[np.int32]


def by_first_use(numbers: npt.NDArray[np.integer], count: int) -> tuple[Ints, Ids]:
    """Return which of *count* numbers are used, in the order of their first use, and the places in that.

    Examples:
        >>> used, place = by_first_use(np.array([2, 0, 2]), 4)
        >>> used.tolist(), place.tolist()
        ([2, 0], [0, 1, 0])
    """
    first = np.full(count, len(numbers), dtype=np.int64)
    # Of several values for one place numpy keeps the last: written backwards, the first use.
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    used = np.flatnonzero(first < len(numbers))
    used = used[np.argsort(first[used])]
    renumbered = np.zeros(count, dtype=np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    return used, renumbered[numbers]


class Interner(Protocol):
    """What both kinds can do."""

    def __len__(self) -> int:
        """Return how many different slices have been numbered."""

    def number(self, points: Points, starts: Ints, ends: Ints) -> Ids:
        """Return the number of each slice `points[start:end]`; new ones get the next numbers."""

    def slices(self, first: int) -> tuple[Points, Ints]:
        """Return the slices numbered *first* and up, end to end, and their bounds."""


def interner() -> Interner:
    """Return the faster of the two.

    Examples:
        >>> from bitext.text.scripts.detect import code_points, string
        >>> words = interner()
        >>> words.number(code_points("芯片芯"), np.array([0, 1, 2]), np.array([1, 2, 3])).tolist()
        [0, 1, 0]
        >>> texts(*words.slices(1))
        ['片']
    """
    return PlainInterner() if _native is None else NativeInterner()


class NativeInterner:
    """A hash table over code points, in C."""

    def __init__(self) -> None:
        self._known = _native.Interner()

    def __len__(self) -> int:
        return len(self._known)

    def number(self, points: Points, starts: Ints, ends: Ints) -> Ids:
        """Return the number of each slice; see `Interner`."""
        ids = np.empty(len(starts), dtype=np.int32)
        self._known.number(points, np.ascontiguousarray(starts), np.ascontiguousarray(ends), ids)
        return ids

    def slices(self, first: int) -> tuple[Points, Ints]:
        """Return the slices from *first* on; see `Interner`."""
        points, bounds = self._known.slices(first)
        edges = np.frombuffer(bounds, dtype=np.int64)
        return np.frombuffer(points, dtype=np.uint32), edges - edges[0]


class PlainInterner:
    """A dictionary of strings."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._known)

    def number(self, points: Points, starts: Ints, ends: Ints) -> Ids:
        """Return the number of each slice; see `Interner`."""
        text, known = string(points), self._known
        pieces = [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        fresh = [piece for piece in dict.fromkeys(pieces) if piece not in known]
        known.update(zip(fresh, range(len(known), len(known) + len(fresh)), strict=True))
        return np.fromiter(map(known.__getitem__, pieces), np.int32, len(pieces))

    def slices(self, first: int) -> tuple[Points, Ints]:
        """Return the slices from *first* on; see `Interner`."""
        fresh = list(self._known)[first:]
        bounds = np.zeros(len(fresh) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, fresh), np.int64, len(fresh)), out=bounds[1:])
        return code_points("".join(fresh)), bounds


def texts(points: Points, bounds: Ints) -> list[str]:
    """Return slices laid end to end as strings."""
    text, edges = string(points), bounds.tolist()
    return [text[a:b] for a, b in pairwise(edges)]
