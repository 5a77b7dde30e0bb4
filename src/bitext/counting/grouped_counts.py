"""Sums from which comparisons are computed: per group and term, additive over articles.

A batch of articles becomes a `GroupedCounts`, and two `GroupedCounts` become one by addition: exactly, see
`bitext.counting.exact_sums`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import repeat
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from bitext import schema
from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.counting.counts import WEIGHT_UNITS, Counts, refuse_mixed_languages
from bitext.counting.exact_sums import FIELDS, POWERS, add_up, join, of_groups, sizes_of_groups, whole
from bitext.errors import TableError
from bitext.tokens.grouping import Key, codes, columns


@dataclass(frozen=True)
class GroupedCounts:
    """Additive sums per group and term.

    Attributes:
        by: the columns that make the groups.
        keys: the groups, sorted; each a tuple with one text per column of *by*.
        terms: object array of str, sorted (but see `merge`).
        sizes: int64, groups × 4: articles (that hold tokens), tokens, sums of squared and (in units of
            `LENGTH3`) cubed lengths.
        cells: int64, sorted: group number × len(terms) + term number, of every pair that occurs.
        sums: int64, cells × `FIELDS`.
        unit: "term" or "concept".
        langs: languages of the articles that hold tokens.
        scale: hits and tokens are in units of 1 / scale: 1, or for weighted articles `WEIGHT_UNITS`.
        run: the run record; it makes no difference to equality.

    Examples:
        >>> import pandas as pd
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": ["1", "2", "3"], "outlet": ["A", "B", "A"]})
        >>> table = sparse.csr_array(np.array([[2, 0], [1, 1], [0, 3]]))
        >>> counts = Counts(table, articles, np.array(["x", "y"], dtype=object), np.array([10, 20, 30]))
        >>> both = GroupedCounts.of(counts)
        >>> both.column("n").tolist()
        [[2, 3], [1, 1]]
        >>> parts = [GroupedCounts.of(counts.select(rows)) for rows in ([0, 1, 1], [1, 0, 0])]
        >>> GroupedCounts.merge(parts) == both
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
    @checked
    def of(cls, counts: Counts, by: str | Sequence[str] = "outlet") -> "GroupedCounts":
        """Sum *counts* over the articles of each group; terms that occur nowhere are left out."""
        names = columns(by)
        number, keys = codes(counts.articles, names)
        scale = WEIGHT_UNITS if counts.matrix.dtype.kind == "f" else 1
        matrix, lengths = whole(counts, scale)
        sizes = sizes_of_groups(lengths, number, len(keys), scale)
        cells, sums = of_groups(matrix, lengths, number, scale)
        langs: frozenset[str] = frozenset()
        if "lang" in counts.articles:
            langs = frozenset(counts.articles.loc[lengths > 0, "lang"]) & frozenset(schema.LANGUAGES)
        found = cls(names, keys, counts.terms, sizes, cells, sums, counts.unit, langs, scale, counts.run)
        return found.supported(1).ordered()

    @classmethod
    @checked
    def merge(cls, parts: Iterable[Self], *, ordered: bool = True) -> Self:
        """Add parts up. The order does not matter; parts must be grouped by the same columns.

        Args:
            parts: what is to be added; nothing is changed in them.
            ordered: sort the terms. Where the result is to be merged again that can wait: see `ordered`.

        Raises:
            TableError: no part, parts of different grouping or unit, or a sum beyond 64 bits.
        """
        held = list(parts)
        for part in held:
            if not isinstance(part, GroupedCounts):
                raise TableError(
                    f"parts must hold GroupedCounts, not {part!r:.60}; write count(...).group(by)"
                )
        found = sorted(held, key=lambda part: -len(part.terms))
        if not found:
            raise TableError("there is nothing to merge; give at least one GroupedCounts")
        kinds = sorted({(part.unit, part.by, part.scale) for part in found})
        if len(kinds) > 1:
            raise TableError(f"only sums of one unit, grouping and scale can be merged; given: {kinds}")
        keys = sorted({key for part in found for key in part.keys})
        place = {key: i for i, key in enumerate(keys)}
        number: dict[str, int] = {}
        columns = [_numbered(number, part.terms.tolist()) for part in found]
        sizes = np.zeros((len(keys), 4), dtype=np.int64)
        cells = []
        for part, column in zip(found, columns, strict=True):
            rows = np.array([place[key] for key in part.keys], dtype=np.int64)
            sizes[rows] += part.sizes
            cells.append(rows[part._group] * len(number) + column[part._term])
        cell, total = join(cells, [part.sums for part in found])
        merged = replace(
            found[0],
            keys=tuple(keys),
            terms=np.array(list(number), dtype=object),
            sizes=sizes,
            cells=cell,
            sums=total,
            langs=frozenset().union(*(part.langs for part in found)),
        )
        return merged.ordered() if ordered else merged

    def ordered(self) -> Self:
        """Return the same sums with the terms sorted."""
        names = self.terms.tolist()
        arranged = sorted(names)
        if arranged == names:
            return self
        place = dict(zip(arranged, range(len(names)), strict=True))
        number = np.fromiter(map(place.__getitem__, names), np.int64, len(names))
        cells, sums = add_up(self._group * len(names) + number[self._term], self.sums)
        return replace(self, terms=np.array(arranged, dtype=object), cells=cells, sums=sums)

    def __getstate__(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}  # nothing that is computed anew

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GroupedCounts):
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

    def in_units(self, scale: int) -> "GroupedCounts":
        """Return the same sums in units of 1 / *scale*, a multiple of their own scale."""
        factor = scale // self.scale
        sizes = self.sizes * np.array([1, factor, factor**2, 1])
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

    @checked
    def regroup(self, by: Sequence[str]) -> "GroupedCounts":
        """Return the sums by some of the columns that make the groups."""
        unknown = [name for name in by if name not in self.by]
        if unknown:
            raise TableError.unknown("column to group by", unknown[0], self.by)
        pick = [self.by.index(name) for name in by]
        return self._keyed(tuple(by), [tuple(key[i] for i in pick) for key in self.keys])

    def renamed(self, column: str, names: Mapping[str, str]) -> "GroupedCounts":
        """Return the sums with groups renamed in one column; those of one name become one."""
        at = self.by.index(column)
        keys = [(*key[:at], names.get(key[at], key[at]), *key[at + 1 :]) for key in self.keys]
        return self._keyed(self.by, keys)

    def _keyed(self, by: tuple[str, ...], short: Sequence[Key]) -> "GroupedCounts":
        """Return the sums under the keys *short*, one for each of the groups."""
        keys = sorted(set(short))
        place = {key: i for i, key in enumerate(keys)}
        rows = np.array([place[key] for key in short], dtype=np.int64)
        sizes = np.zeros((len(keys), 4), dtype=np.int64)
        np.add.at(sizes, rows, self.sizes)
        cells, sums = add_up(rows[self._group] * len(self.terms) + self._term, self.sums)
        return replace(self, by=by, keys=tuple(keys), sizes=sizes, cells=cells, sums=sums)

    @checked
    def of_language(self, lang: str, by: Sequence[str] | None = None) -> "GroupedCounts":
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

    @checked
    def supported(self, min_articles: int) -> "GroupedCounts":
        """Return the sums of the terms that stand in at least *min_articles* articles of all groups."""
        found = np.zeros(len(self.terms), dtype=np.int64)
        np.add.at(found, self._term, self.sums[:, FIELDS.index("articles")])
        return self.only(np.flatnonzero(found >= max(min_articles, 1)))

    def only(self, used: Ints) -> "GroupedCounts":
        """Return the sums of some terms, by their places; sizes stay those of the groups."""
        if len(used) == len(self.terms):
            return self
        number = np.full(len(self.terms), -1, dtype=np.int64)
        number[used] = np.arange(len(used))
        keep = number[self._term] >= 0
        cells = self._group[keep] * len(used) + number[self._term[keep]]
        return replace(self, terms=self.terms[used], cells=cells, sums=self.sums[keep])


def _numbered(number: dict[str, int], terms: list[str]) -> Ints:
    """Return the numbers of different *terms*, giving the next ones to those that have none."""
    found = np.fromiter(map(number.get, terms, repeat(-1)), np.int64, len(terms))
    fresh = np.flatnonzero(found < 0)
    found[fresh] = np.arange(len(number), len(number) + len(fresh))
    number.update(zip([terms[i] for i in fresh.tolist()], found[fresh].tolist(), strict=True))
    return found


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
