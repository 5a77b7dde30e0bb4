"""Sums from which comparisons are computed: per group and term, additive over articles.

A batch of articles becomes a `Moments`, and two `Moments` become one by addition. All sums are integers, so
the result is the same to the last bit whatever the batches and their order. Sums of fractions are kept as
integers too: each article's rate is rounded once, to a multiple of 2**-31, before it is squared and added.
The square has up to 62 bits and is added in two halves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.errors import TableError
from bitext.tokens.counts import LANGUAGES, WEIGHT_UNITS, Counts, refuse_mixed_languages
from bitext.tokens.grouping import Key, codes, columns

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Sums kept for each (group, term): occurrences, their squares, their product with the article's length,
#: articles with the term; the rate x/L in units of 1 / SCALE; its square in units of 1 / SCALE and, what is
#: left, of 1 / SCALE²; and -(x/L) ln(x/L) in units of 1 / FINE.
FIELDS = ("n", "squares", "products", "articles", "rate", "rate2_high", "rate2_low", "entropy")

#: The power of a weight that each of them holds (rates hold none: weighting an article leaves its rate).
POWERS = np.array([1, 2, 2, 0, 0, 0, 0, 0])

#: Units of the fixed-point sums. They leave room for 4,000 million articles, and 180 million in which every
#: twentieth token is the term.
SCALE = 1 << 31
FINE = 1 << 38


@dataclass(frozen=True)
class Moments:
    """Additive sums per group and term.

    Attributes:
        by: the columns that make the groups.
        keys: the groups, sorted; each a tuple with one text per column of *by*.
        terms: object array of str, sorted.
        sizes: int64, groups × 3: articles, tokens, sum of squared lengths.
        cells: int64, sorted: group number × len(terms) + term number, of every pair that occurs.
        sums: int64, cells × `FIELDS`.
        unit: "term" or "concept".
        langs: languages of the articles that hold tokens.
        scale: hits and tokens are in units of 1 / scale: 1, or for weighted articles `WEIGHT_UNITS`.
        run: the run record; it makes no difference to equality.

    Examples:
        >>> import pandas as pd
        >>> articles = pd.DataFrame({"article": ["1", "2", "3"], "outlet": ["A", "B", "A"]})
        >>> table = sparse.csr_array(np.array([[2, 0], [1, 1], [0, 3]]))
        >>> counts = Counts(table, articles, np.array(["x", "y"], dtype=object), np.array([10, 20, 30]))
        >>> both = Moments.of(counts)
        >>> both.column("n").tolist()
        [[2, 3], [1, 1]]
        >>> parts = [Moments.of(counts.select(rows)) for rows in ([0, 1, 1], [1, 0, 0])]
        >>> Moments.merge(parts) == both
        True
    """

    by: tuple[str, ...]
    keys: tuple[Key, ...]
    terms: npt.NDArray[np.object_]
    sizes: Ints
    cells: Ints
    sums: Ints
    unit: str = "term"
    langs: frozenset[str] = frozenset()
    scale: int = 1
    run: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Counts, by: str | Sequence[str] = "outlet") -> Self:
        """Sum *counts* over the articles of each group; terms that occur nowhere are left out."""
        names = columns(by)
        number, keys = codes(counts.articles, names)
        scale = WEIGHT_UNITS if counts.matrix.dtype.kind == "f" else 1
        matrix, lengths = whole(counts, scale)
        sizes = np.zeros((len(keys), 3), dtype=np.int64)
        for column, value in enumerate((np.ones_like(lengths), lengths, lengths**2)):
            np.add.at(sizes[:, column], number, value)
        used = np.flatnonzero(np.bincount(counts.matrix.indices, minlength=len(counts.terms)))
        used = used[np.argsort(counts.terms[used], kind="stable")]
        cells, sums = _cells(matrix, lengths, number, len(keys))
        cells, sums = _renumber(cells, sums, len(counts.terms), used, np.arange(len(keys)))
        langs: frozenset[str] = frozenset()
        if "lang" in counts.articles:
            langs = frozenset(counts.articles.loc[lengths > 0, "lang"]) & frozenset(LANGUAGES)
        return cls(names, keys, counts.terms[used], sizes, cells, sums, counts.unit, langs, scale, counts.run)

    @classmethod
    def merge(cls, parts: Iterable[Self]) -> Self:
        """Add parts up. The order does not matter; parts must be grouped by the same columns.

        Raises:
            TableError: no part, parts of different grouping or unit, or a sum beyond 64 bits.
        """
        found = list(parts)
        if not found:
            raise TableError("there is nothing to merge; give at least one Moments")
        kinds = sorted({(part.unit, part.by, part.scale) for part in found})
        if len(kinds) > 1:
            raise TableError(f"only sums of one unit, grouping and scale can be merged; given: {kinds}")
        keys = sorted({key for part in found for key in part.keys})
        place = {key: i for i, key in enumerate(keys)}
        names = sorted(set().union(*(part.terms for part in found)))
        number = dict(zip(names, range(len(names)), strict=True))
        terms = np.array(names, dtype=object)
        sizes = np.zeros((len(keys), 3), dtype=np.int64)
        cells, sums = [], []
        for part in found:
            rows = np.array([place[key] for key in part.keys], dtype=np.int64)
            sizes[rows] += part.sizes
            column = np.fromiter(map(number.__getitem__, part.terms), np.int64, len(part.terms))
            group, term = np.divmod(part.cells, max(len(part.terms), 1))
            cells.append(rows[group] * len(terms) + column[term])
            sums.append(part.sums)
        cell, total = add_up(np.concatenate(cells), np.concatenate(sums))
        langs = frozenset().union(*(part.langs for part in found))
        first = found[0]
        return cls(
            first.by, tuple(keys), terms, sizes, cell, total, first.unit, langs, first.scale, first.run
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Moments):
            return NotImplemented
        facts, arrays = ("by", "keys", "unit", "langs", "scale"), ("terms", "sizes", "cells", "sums")
        same = all(getattr(self, name) == getattr(other, name) for name in facts)
        return same and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in arrays)

    __hash__ = None  # type: ignore[assignment]

    @property
    def articles(self) -> Ints:
        """Articles of each group."""
        return self.sizes[:, 0]

    @property
    def tokens(self) -> Floats:
        """Tokens of each group, as weighted."""
        return np.asarray(self.sizes[:, 1] / self.scale, dtype=np.float64)

    def hits(self, sums: Ints) -> npt.NDArray[np.int64] | Floats:
        """Return occurrences from rows of sums: whole numbers, unless articles are weighted."""
        return sums[:, 0] if self.scale == 1 else np.asarray(sums[:, 0] / self.scale)

    @cached_property
    def _group(self) -> Ints:
        return self.cells // max(len(self.terms), 1)

    @cached_property
    def _term(self) -> Ints:
        return self.cells % max(len(self.terms), 1)

    def in_units(self, scale: int) -> "Moments":
        """Return the same sums in units of 1 / *scale*, a multiple of their own scale."""
        factor = scale // self.scale
        sizes = self.sizes * np.array([1, factor, factor**2])
        weight = np.array([factor ** int(power) for power in POWERS])
        return replace(self, sizes=sizes, sums=self.sums * weight, scale=scale)

    def require_one_language(self) -> None:
        """Raise LanguageError if terms of several languages were summed."""
        if self.unit != "concept":
            refuse_mixed_languages(self.langs)

    def total(self, chosen: npt.NDArray[np.bool_]) -> Ints:
        """Return the sums over the groups where *chosen* is true: terms × `FIELDS`."""
        if int(chosen.sum()) == 1:
            return self.of_group(int(np.flatnonzero(chosen)[0]))
        use = chosen[self._group]
        result = np.zeros((len(self.terms), len(FIELDS)), dtype=np.int64)
        term, sums = self._term[use], self.sums[use]
        for column in range(len(FIELDS)):
            np.add.at(result[:, column], term, sums[:, column])
        return result

    def occurring(self, chosen: npt.NDArray[np.bool_]) -> int:
        """Return how many terms occur in the groups where *chosen* is true."""
        return int(np.count_nonzero(np.bincount(self._term[chosen[self._group]], minlength=1)))

    def of_group(self, row: int) -> Ints:
        """Return the sums of one group: terms × `FIELDS`."""
        start, stop = np.searchsorted(self.cells, np.array([row, row + 1]) * len(self.terms))
        result = np.zeros((len(self.terms), len(FIELDS)), dtype=np.int64)
        result[self._term[start:stop]] = self.sums[start:stop]
        return result

    def places(self, terms: Sequence[str] | str) -> Ints:
        """Return where *terms* stand among the terms; see `places`."""
        return places(self.terms, terms, self.unit)

    def column(self, field: str) -> Ints:
        """Return one of `FIELDS` as a dense array, groups × terms."""
        result = np.zeros((len(self.keys), len(self.terms)), dtype=np.int64)
        result[self._group, self._term] = self.sums[:, FIELDS.index(field)]
        return result

    def regroup(self, by: Sequence[str]) -> "Moments":
        """Return the sums by some of the columns that make the groups."""
        unknown = [name for name in by if name not in self.by]
        if unknown:
            raise TableError.unknown("column to group by", unknown[0], self.by)
        pick = [self.by.index(name) for name in by]
        short = [tuple(key[i] for i in pick) for key in self.keys]
        keys = sorted(set(short))
        place = {key: i for i, key in enumerate(keys)}
        rows = np.array([place[key] for key in short], dtype=np.int64)
        sizes = np.zeros((len(keys), 3), dtype=np.int64)
        np.add.at(sizes, rows, self.sizes)
        cells, sums = add_up(rows[self._group] * len(self.terms) + self._term, self.sums)
        return replace(self, by=tuple(by), keys=tuple(keys), sizes=sizes, cells=cells, sums=sums)

    def of_language(self, lang: str, by: Sequence[str] | None = None) -> "Moments":
        """Return the sums of the articles in one language, grouped *by* these columns; None: all but `lang`.

        Raises:
            TableError: they are not grouped by `lang`.
        """
        if "lang" not in self.by:
            raise TableError(f"sums by {list(self.by)} do not tell languages apart; count by 'lang', too")
        at = self.by.index("lang")
        rows = np.array([key[at] == lang for key in self.keys], dtype=bool)
        number = np.cumsum(rows) - 1
        chosen = rows[self._group]
        part = replace(
            self,
            keys=tuple(key for key, keep in zip(self.keys, rows, strict=True) if keep),
            sizes=self.sizes[rows],
            cells=number[self._group[chosen]] * len(self.terms) + self._term[chosen],
            sums=self.sums[chosen],
            langs=self.langs & {lang},
        )
        return part.supported(1).regroup([name for name in self.by if name != "lang"] if by is None else by)

    def supported(self, min_articles: int) -> "Moments":
        """Return the sums of the terms that stand in at least *min_articles* articles of all groups."""
        found = np.zeros(len(self.terms), dtype=np.int64)
        np.add.at(found, self._term, self.sums[:, FIELDS.index("articles")])
        return self.only(np.flatnonzero(found >= max(min_articles, 1)))

    def only(self, used: Ints) -> "Moments":
        """Return the sums of some terms, by their places; sizes stay those of the groups."""
        if len(used) == len(self.terms):
            return self
        number = np.full(len(self.terms), -1, dtype=np.int64)
        number[used] = np.arange(len(used))
        keep = number[self._term] >= 0
        cells = self._group[keep] * len(used) + number[self._term[keep]]
        return replace(self, terms=self.terms[used], cells=cells, sums=self.sums[keep])


def places(known: npt.NDArray[np.object_], wanted: Sequence[str] | str, unit: str) -> Ints:
    """Return where the *wanted* terms stand in *known*, each once.

    Raises:
        TableError: one of them is not counted.

    Examples:
        >>> places(np.array(["chip", "ban"], dtype=object), ["ban"], "term").tolist()
        [1]
    """
    place = {term: i for i, term in enumerate(known)}
    names = [wanted] if isinstance(wanted, str) else list(dict.fromkeys(wanted))
    for term in names:
        if term not in place:
            near = get_close_matches(term, list(known), n=3)
            hint = f"; the nearest are {near}" if near else ""
            raise TableError(f"unknown {unit} {term!r}; {len(place)} are counted{hint}")
    return np.array([place[term] for term in names], dtype=np.int64)


def only(counts: Counts, columns: Ints) -> Counts:
    """Return *counts* with these columns alone; lengths stay those of the whole articles."""
    return replace(counts, matrix=sparse.csr_array(counts.matrix[:, columns]), terms=counts.terms[columns])


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


def _cells(matrix: sparse.csr_array, lengths: Ints, number: Ints, n_groups: int) -> tuple[Ints, Ints]:
    """Sum each field over the articles of each group, by one sparse product per field."""
    n_articles, n_terms = matrix.shape
    belongs = sparse.csr_array(
        (np.ones(n_articles, dtype=np.int64), (number, np.arange(n_articles))), shape=(n_groups, n_articles)
    )
    x = matrix.data.astype(np.int64)
    length = np.repeat(lengths, np.diff(matrix.indptr))
    if np.any(length < x):
        raise TableError(
            "an article has more hits of one term than its length; lengths must count every token"
        )
    # The product drops cells that sum to zero; one is added to each entry, and taken off again, to keep them.
    pattern = _product(belongs, matrix, np.ones_like(x))
    entries = pattern.data
    group = np.repeat(np.arange(n_groups, dtype=np.int64), np.diff(pattern.indptr))
    sums = [_product(belongs, matrix, field + 1).data - entries for field in _fields(x, length)]
    cells = group * n_terms + pattern.indices.astype(np.int64)
    table = np.stack(sums, axis=1) if len(cells) else np.zeros((0, len(FIELDS)), dtype=np.int64)
    keep = table[:, 0] > 0
    return cells[keep], table[keep]


def _fields(x: Ints, length: Ints) -> Iterator[Ints]:
    """Yield the FIELDS of single entries, one by one: all at once take seven times the memory."""
    yield x
    yield x * x
    yield x * length
    yield (x > 0).astype(np.int64)
    rate = x / length
    unit = np.rint(rate * SCALE).astype(np.int64)
    yield unit
    yield unit**2 // SCALE
    yield unit**2 % SCALE
    yield np.rint(-rate * np.log(np.where(x > 0, rate, 1.0)) * FINE).astype(np.int64)


def _product(belongs: sparse.csr_array, matrix: sparse.csr_array, data: Ints) -> sparse.csr_array:
    """Return belongs @ (matrix with other *data*), its indices in order."""
    product = belongs @ sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    product.sort_indices()
    return product


def _renumber(cells: Ints, sums: Ints, width: int, used: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Number the cells anew for the terms *used*, in that order."""
    column = np.zeros(width, dtype=np.int64)
    column[used] = np.arange(len(used))
    group, term = np.divmod(cells, max(width, 1))
    return add_up(rows[group] * len(used) + column[term], sums)


def add_up(cells: Ints, sums: Ints) -> tuple[Ints, Ints]:
    """Sort by cell and add the rows of equal cells."""
    if not len(cells):
        return cells, sums
    order = np.argsort(cells, kind="stable")
    cells, sums = cells[order], sums[order]
    first = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1])))
    total = np.add.reduceat(sums, first, axis=0)
    if np.any(total < 0):
        raise TableError("a sum is beyond 64 bits; split the corpus")
    return cells[first], total
