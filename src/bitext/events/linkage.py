"""Which articles are close in time and content, and what groups they form."""

import heapq
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Floats, Ints

#: Similarities below this are taken for 0: they say nothing, and there are very many of them.
FLOOR = 0.05
#: Up to this many days apart articles are compared in full; then similarity fades to 0 at the window's end.
_FULL_DAYS = 1.0
_BLOCK = 256
#: Short texts say little of what they could, so two of them share less than their story has in common. The
#: cosine is divided by sqrt(r_a * r_b), where r = n / (n + 300) for n tokens, relative to a text of 450:
#: Spearman's correction for attenuation. Below 100 tokens chance would be corrected, too.
_HALF_SAID = 300.0
_TYPICAL = 450.0
_SHORTEST = 100.0
_MOST_SAID = _SHORTEST / (_SHORTEST + _HALF_SAID) * (_TYPICAL + _HALF_SAID) / _TYPICAL
#: Shared words, effective number, that a similarity within a language must rest on to count in full.
_ENOUGH_WORDS = 5.0
#: Shared things that a similarity across languages must rest on to count in full.
_ENOUGH = 4.0
#: Two articles of one outlet are less likely to report one event: it says so once, and uses the same words
#: for the next event of the kind.
_OWN_OUTLET = 0.85
#: Reports of one form on several events (a day's markets, a day's cases) differ in their figures. Where both
#: articles have so many and share less than this part of the fewer ones, similarity counts for less.
_FIGURES = 4
_SHARED_FIGURES = 0.1
_OTHER_FIGURES = 0.6
#: Weight of an encoder's cosine in that of two languages; .1 to .2 were best on half of the labelled week.
MEANING = 0.15


class Vectors(NamedTuple):
    """What articles are compared by; rows have length 1 (or 0).

    Attributes:
        terms: TF-IDF of words; articles of different languages have no column in common.
        shared: TF-IDF of what languages share: concepts, Latin names, figures.
        lang: number of each article's language.
        days: publication in days (float); NaN where unknown.
        length: tokens in each article.
        events: `terms` without the names of places.
        outlet: number of each article's outlet; -1 where it has no name.
        figures: which figures each article gives (0 and 1).
        meaning: vectors of an encoder, rows of length 1; None without one.
    """

    terms: sparse.csr_array
    shared: sparse.csr_array
    lang: Ints
    days: Floats
    length: Ints
    events: sparse.csr_array
    outlet: Ints
    figures: sparse.csr_array
    meaning: npt.NDArray[np.float64] | None = None


class Links(NamedTuple):
    """Pairs of articles, first < second, with their similarity."""

    first: Ints
    second: Ints
    similarity: Floats


def links(vectors: Vectors, *, window: float, shared_weight: float, across: float) -> Links:
    """Return the similarity of all pairs of articles within *window* days of each other.

    Within a language: (1 - shared_weight) * cosine of terms + shared_weight * cosine of shared things.
    Between languages: across * cosine of shared things, less where few of them make it up. Both fade linearly
    from one day apart to the window's end; an article without a date is compared with all. Cosines are
    corrected for short texts; within a language they count for less where few words beside places make them
    up, where both articles are of one outlet, and where their figures differ.
    """
    order = np.argsort(np.where(np.isnan(vectors.days), -np.inf, vectors.days), kind="stable")
    parts = [
        _block(vectors, rows, columns, window, shared_weight, across)
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
        end = len(order) if at < undated else int(np.searchsorted(days[undated:], reach, "left")) + undated
        yield order[at:to], order[at : max(end, to)]


def _block(
    vectors: Vectors, rows: Ints, columns: Ints, window: float, shared_weight: float, across: float
) -> tuple[Ints, Ints, Floats]:
    within = sparse.csr_array(vectors.terms[rows] @ vectors.terms[columns].T) * (1.0 - shared_weight)
    within.sort_indices()
    common = (vectors.shared[rows] @ vectors.shared[columns].T).tocsr()
    common.sort_indices()
    place = common.tocoo()
    same = vectors.lang[rows[place.row]] == vectors.lang[columns[place.col]]
    factor = np.where(same, shared_weight, across * _breadth(vectors.shared, rows, columns, common))
    if vectors.meaning is not None:
        other = np.flatnonzero(~same)
        left, right = (vectors.meaning[of[at[other]]] for of, at in ((rows, place.row), (columns, place.col)))
        alike = np.maximum(np.einsum("ij,ij->i", left, right), 0.0)
        common.data[other] = (1 - MEANING) * common.data[other] + MEANING * alike
    common.data *= factor
    total = (within + common).tocoo()
    # Rows stand at the head of columns: a pair inside the run comes twice, and is kept where col > row.
    once = (total.col > total.row) & (total.data >= FLOOR * _MOST_SAID)
    a, b, cosine = rows[total.row[once]], columns[total.col[once]], total.data[once]
    apart = np.abs(vectors.days[a] - vectors.days[b])
    fade = np.clip((window - apart) / max(window - _FULL_DAYS, 1e-9), 0.0, 1.0)
    said = _said(vectors.length)
    similarity = np.minimum(cosine / np.sqrt(said[a] * said[b]), 1.0) * np.where(np.isnan(apart), 1.0, fade)
    near = similarity >= FLOOR
    a, b, similarity = a[near], b[near], similarity[near]
    alike = np.flatnonzero(vectors.lang[a] == vectors.lang[b])
    similarity[alike] *= _one_event(vectors, a[alike], b[alike])
    keep = similarity >= FLOOR
    a, b = a[keep], b[keep]
    return np.minimum(a, b), np.maximum(a, b), np.asarray(similarity[keep], dtype=np.float64)


def _one_event(vectors: Vectors, a: Ints, b: Ints) -> Floats:
    """Return by how much less the likeness of articles *a* and *b* of one language speaks for one event."""
    own = (vectors.outlet[a] == vectors.outlet[b]) & (vectors.outlet[a] >= 0)
    number = np.diff(vectors.figures.indptr)
    fewer = np.minimum(number[a], number[b])
    other = (fewer >= _FIGURES) & (_dot(vectors.figures, vectors.figures, a, b) < _SHARED_FIGURES * fewer)
    found = _several(vectors.events, a, b) * np.where(own, _OWN_OUTLET, 1.0)
    return np.asarray(found * np.where(other, _OTHER_FIGURES, 1.0), dtype=np.float64)


def _breadth(shared: sparse.csr_array, rows: Ints, columns: Ints, cosines: sparse.csr_array) -> Floats:
    """Return how far each cosine rests on several shared things, 0 to 1.

    With the contributions c of all shared things to a cosine, ``sum(c)**2 / sum(c**2)`` is their effective
    number (inverse Simpson index). One rare word in common ("Model") is no story, four are enough.
    """
    squares = shared.power(2)
    total = (squares[rows] @ squares[columns].T).tocsr()  # has an entry wherever the cosines have one
    total.sort_indices()
    effective = cosines.data**2 / np.maximum(total.data, 1e-300)
    return np.asarray(np.minimum(effective / _ENOUGH, 1.0), dtype=np.float64)


def _several(events: sparse.csr_array, a: Ints, b: Ints) -> Floats:
    """Return how far articles *a* and *b* share several words beside the names of places, 0 to 1.

    Effective number of the shared words that make up the cosine, as in `_breadth`: a country and a common
    verb are no event.
    """
    squares = events.power(2)
    first, second = _dot(events, events, a, b), _dot(squares, squares, a, b)
    found = np.minimum(first**2 / np.maximum(second, 1e-300) / _ENOUGH_WORDS, 1.0)
    return np.asarray(found, dtype=np.float64)


def _dot(one: sparse.csr_array, other: sparse.csr_array, a: Ints, b: Ints) -> Floats:
    """Return the inner products of rows *a* of one table with rows *b* of the other."""
    if not len(a):
        return np.zeros(0)
    return np.asarray(one[a].multiply(other[b]).sum(axis=1), dtype=np.float64).ravel()


def _said(length: Ints) -> Floats:
    """Return how much of its story a text of each length says, relative to one of typical length."""
    n = np.maximum(length, _SHORTEST)
    return np.asarray(n / (n + _HALF_SAID) * (_TYPICAL + _HALF_SAID) / _TYPICAL, dtype=np.float64)


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
