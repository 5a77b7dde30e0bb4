"""Which articles are close in time and content, and what groups they form."""

import heapq
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse

from bitext.arrays import Floats, Ints
from bitext.events.same_event import probability
from bitext.events.vectors import Vectors

#: Probabilities below this are taken for 0: there are very many of them.
FLOOR = 0.05
#: Pairs that share less than this (mean of both cosines) are not looked at.
_LEAST = 0.03
_BLOCK = 256


class Links(NamedTuple):
    """Pairs of articles, first < second, with their similarity."""

    first: Ints
    second: Ints
    similarity: Floats


def links(vectors: Vectors, *, window: float) -> Links:
    """Return how likely each pair of articles within *window* days reports one event, where it may.

    Articles of one language are compared by words and by what languages share, articles of two languages by
    the shared things alone (`bitext.events.same_event`); an article without a date is compared with all.
    """
    order = np.argsort(np.where(np.isnan(vectors.days), -np.inf, vectors.days), kind="stable")
    near = crowd(vectors.days, window)
    parts = [
        _block(vectors, rows, columns, window, near)
        for rows, columns in _blocks(vectors.days[order], order, window)
    ]
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Links(nothing, nothing, np.zeros(0))
    first, second, similarity = (np.concatenate(column) for column in zip(*parts, strict=True))
    ascending = np.lexsort((second, first))
    return Links(first[ascending], second[ascending], similarity[ascending])


def crowd(days: Floats, window: float) -> float:
    """Return how many articles lie within *window* days of an article, itself included, on average.

    Examples:
        >>> import numpy as np
        >>> crowd(np.array([0.0, 1.0, 9.0, np.nan]), window=3.0)
        3.0
    """
    dated = np.sort(days[~np.isnan(days)])
    undated = len(days) - len(dated)
    near = np.searchsorted(dated, dated + window, "right") - np.searchsorted(dated, dated - window, "left")
    return float((near.sum() + undated * (len(days) + len(dated))) / max(len(days), 1))


def _blocks(days: Floats, order: Ints, window: float) -> Iterator[tuple[Ints, Ints]]:
    """Yield runs of articles and all articles at or after them that are near enough; undated come first."""
    undated = int(np.isnan(days).sum())
    for at in range(0, len(order), _BLOCK):
        to = min(at + _BLOCK, len(order))
        dated_to = to if to > undated else undated
        reach = days[dated_to - 1] + window if to > undated else np.inf
        end = (
            len(order)
            if at < undated
            else int(np.searchsorted(days[undated:], reach + 1e-6, "left")) + undated
        )
        yield order[at:to], order[at : max(end, to)]


def _block(
    vectors: Vectors, rows: Ints, columns: Ints, window: float, crowd: float
) -> tuple[Ints, Ints, Floats]:
    words = (vectors.terms[rows] @ vectors.terms[columns].T).tocsr()
    common = (vectors.shared[rows] @ vectors.shared[columns].T).tocsr()
    for table in (words, common):
        table.sort_indices()
    either = (words + common).tocoo()
    # Rows stand at the head of columns: a pair inside the run comes twice, and is kept where col > row.
    row, col = either.coords
    a, b = rows[row], columns[col]
    near = (col > row) & (either.data >= 2 * _LEAST) & ~(np.abs(vectors.days[a] - vectors.days[b]) > window)
    row, col, a, b = row[near], col[near], a[near], b[near]
    found = probability(vectors, a, b, _at(words, row, col), _at(common, row, col), crowd, FLOOR)
    keep = found >= FLOOR
    a, b = a[keep], b[keep]
    return np.minimum(a, b), np.maximum(a, b), found[keep]


def _at(table: sparse.csr_array, row: Ints, col: Ints) -> Floats:
    """Return the values of *table* in these places."""
    return np.asarray(table[row, col], dtype=np.float64) if len(row) else np.zeros(0)


def agglomerate(n: int, pairs: Links, *, threshold: float, caution: float) -> Ints:
    """Join *n* articles into groups, most similar first, and return each article's group.

    Two groups of sizes a and b are joined while the mean similarity of their a * b pairs is at least
    ``threshold + caution / sqrt(a * b)``: a mean over few pairs has to be higher to be believed. (Average
    linkage, Sokal & Michener 1958, with a margin that shrinks as the standard error of the mean does.)

    Returns:
        For each article the smallest number of an article in its group.

    Examples:
        >>> import numpy as np
        >>> pairs = Links(np.array([0, 1]), np.array([1, 2]), np.array([0.9, 0.3]))
        >>> agglomerate(4, pairs, threshold=0.1, caution=0.08).tolist()
        [0, 0, 2, 3]
    """
    near: list[dict[int, float]] = [{} for _ in range(n)]
    for a, b, value in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True
    ):
        near[a][b] = near[b][a] = value
    groups = _Groups(near, threshold, caution)
    for a in range(n):
        groups.offer(a, later_only=True)
    groups.join_all()
    return groups.labels()


def parted(groups: Ints, pairs: Links, days: Floats, window: float) -> Ints:
    """Part groups that articles without a date alone hold together: their others lie in times far apart.

    An article without a date is compared with all, and may be like a protest of 2014 and one of 2019. It
    stays with those that it is most like.

    Args:
        groups: of each article the smallest number of an article in its group.
        pairs: how likely two articles report one event.
        days: when each was published; NaN where unknown.
        window: days between two articles from which on they were not compared.

    Examples:
        >>> pairs = Links(np.array([0, 1]), np.array([1, 2]), np.array([0.6, 0.9]))
        >>> parted(np.array([0, 0, 0]), pairs, np.array([0.0, np.nan, 90.0]), window=6.0).tolist()
        [0, 1, 1]
    """
    dated = np.flatnonzero(~np.isnan(days))
    dated = dated[np.lexsort((days[dated], groups[dated]))]
    same = np.diff(groups[dated]) == 0
    far = same & (np.diff(days[dated]) > window)
    if not far.any():
        return groups
    part = np.full(len(groups), -1, dtype=np.int64)
    part[dated] = np.append(0, np.cumsum(~same | far)) + 1
    torn = np.isin(groups, groups[dated[1:][far]])
    size = np.bincount(part[dated])
    for article in np.flatnonzero(np.isnan(days) & torn).tolist():
        ends = ((pairs.first, pairs.second), (pairs.second, pairs.first))
        beside = [(other[one == article], pairs.similarity[one == article]) for one, other in ends]
        other, likely = (np.concatenate(column) for column in zip(*beside, strict=True))
        known = (part[other] > 0) & (groups[other] == groups[article]) & ~np.isnan(days[other])
        if known.any():
            total = np.bincount(part[other[known]], likely[known], minlength=len(size))
            part[article] = int(np.argmax(total / np.maximum(size, 1)))
    found = groups.copy()
    for group in np.unique(groups[torn]).tolist():
        rows = np.flatnonzero(groups == group)
        for number in np.unique(part[rows]).tolist():
            inside = rows[part[rows] == number]
            found[inside] = inside if number < 0 else inside.min()
    return found


class _Groups:
    """Groups of articles under way; a group bears the number of its smallest member."""

    def __init__(self, near: list[dict[int, float]], threshold: float, caution: float) -> None:
        self.near = near  # for each group: sum of similarities to each neighbouring group
        self.threshold = threshold
        self.caution = caution
        self.members = [[a] for a in range(len(near))]
        self.version = [0] * len(near)
        self.heap: list[tuple[float, int, int, int, int]] = []

    def offer(self, a: int, *, later_only: bool = False) -> None:
        """Put the pairs of group *a* that may be joined on the heap."""
        for b, total in self.near[a].items():
            if later_only and b < a:
                continue
            size = len(self.members[a]) * len(self.members[b])
            score = total / size - self.caution / float(np.sqrt(size))
            if score >= self.threshold:
                low, high = min(a, b), max(a, b)
                heapq.heappush(self.heap, (-score, low, high, self.version[low], self.version[high]))

    def join_all(self) -> None:
        while self.heap:
            _, a, b, version_a, version_b = heapq.heappop(self.heap)
            if (self.version[a], self.version[b]) == (version_a, version_b):
                self._join(a, b)
                self.offer(a)

    def _join(self, a: int, b: int) -> None:
        self.members[a] += self.members[b]
        self.members[b] = []
        self.version[a] += 1
        self.version[b] = -1  # no pair on the heap has it: the group is gone
        self.near[a].pop(b)
        for other, total in self.near[b].items():
            if other != a:
                del self.near[other][b]
                self.near[a][other] = self.near[other][a] = self.near[a].get(other, 0.0) + total
        self.near[b] = {}

    def labels(self) -> Ints:
        found = np.zeros(len(self.members), dtype=np.int64)
        for group, members in enumerate(self.members):
            found[members] = group
        return found
