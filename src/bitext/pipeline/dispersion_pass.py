"""The second pass: how evenly words are spread over articles, and in which article each can be read.

The deviation of proportions needs a word's total before it can add up articles, so it cannot be had in one
pass. It is added up in whole numbers of 1 / UNIT: the same result for every division into batches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from bitext.arrays import Floats, Ints
from bitext.corpus.drawn import hashed
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.engines.reduction import Reduction
from bitext.pipeline.first_pass import counted
from bitext.pipeline.kept_parts import CountedBatch
from bitext.tokens.grouping import group_values

#: Sums of deviations are in units of 1 / UNIT; they lie between -1 and 1.
UNIT = 1 << 52

#: An article's code: a hash of its identifier, then its place in reading order.
_PLACE_BITS = 40
_NONE = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Words:
    """The words of one language that are looked at again.

    Attributes:
        lang: language of the articles.
        sums: their sums by group; `GroupedCounts.cells` says in which groups each occurs.
    """

    lang: str
    sums: GroupedCounts


@dataclass(frozen=True)
class DispersionSums:
    """Sums over articles, for each cell of `Words.sums`.

    Attributes:
        deviation: sum of ``|x / f - L / N| - L / N`` over the articles with the word, in 1 / UNIT.
        article: lowest code of an article with the word: always the same article, and one that many words
            share, because the order of codes is the same for all.
    """

    deviation: Ints
    article: Ints


def reduction(
    words: Sequence[Words], repeats: frozenset[str] = frozenset()
) -> Reduction[CountedBatch, list[DispersionSums], list[DispersionSums]]:
    """Return the spread of *words*, language by language, over batches, without the articles *repeats*."""
    return Reduction(partial(_chunk, words, repeats), _aggregate)


def _chunk(words: Sequence[Words], repeats: frozenset[str], batch: CountedBatch) -> list[DispersionSums]:
    articles = batch.counts.articles
    code = codes(articles["article"], batch.first + np.arange(len(articles), dtype=np.int64))
    kept = counted(articles, repeats)
    terms = batch.counts.select(kept)
    return [add_deviations(part, terms, code[kept]) for part in words]


def add_deviations(words: Words, terms: Counts, code: Ints) -> DispersionSums:
    """Add up the deviations of the articles of one batch."""
    sums, counts = words.sums, terms.select(lang=words.lang)
    row, at, x = _entries(counts, sums)
    group = sums.cells[at] // max(len(sums.terms), 1)
    share = counts.lengths[row] / sums.sizes[group, 1]
    change = np.abs(x / sums.sums[at, 0] - share) - share
    deviation = np.zeros(len(sums.cells), np.int64)
    np.add.at(deviation, at, np.rint(change * UNIT).astype(np.int64))
    mine = (terms.articles["lang"] == words.lang).to_numpy()
    return DispersionSums(deviation, lowest(counts, sums, code[mine]))


def lowest(counts: Counts, sums: GroupedCounts, code: Ints) -> Ints:
    """Return for each cell of *sums* the lowest *code* of an article that has the term."""
    row, at, _ = _entries(counts, sums)
    found = np.full(len(sums.cells), _NONE)
    np.minimum.at(found, at, code[row])
    return found


def _entries(counts: Counts, sums: GroupedCounts) -> tuple[Ints, Ints, Ints]:
    """Return the article, the cell (its place in `sums.cells`) and the hits of every entry of *counts*."""
    place = {term: i for i, term in enumerate(sums.terms)}
    column = np.fromiter((place.get(term, -1) for term in counts.terms), np.int64, len(counts.terms))
    number = {key[0]: i for i, key in enumerate(sums.keys)}
    values = group_values(counts.articles, sums.by)[sums.by[0]]
    group = np.fromiter((number[value] for value in values), np.int64, len(values))
    term = column[counts.matrix.indices]
    row = np.repeat(np.arange(len(group)), np.diff(counts.matrix.indptr))
    use = term >= 0
    row, x = row[use], counts.matrix.data[use].astype(np.int64)
    at = np.searchsorted(sums.cells, group[row] * max(len(sums.terms), 1) + term[use])
    return row, at, x


def _aggregate(parts: Sequence[list[DispersionSums]]) -> list[DispersionSums]:
    return [
        DispersionSums(
            np.sum([spread.deviation for spread in spreads], axis=0),
            np.min([spread.article for spread in spreads], axis=0),
        )
        for spreads in zip(*parts, strict=True)
    ]


def dp(words: Words, spread: DispersionSums, least: Mapping[str, int]) -> tuple[Floats, Floats]:
    """Return DP and DPnorm of each cell; *least* is the length of each group's shortest article with words.

    Source:
        Gries (2008); Lijffijt & Gries (2012). See `bitext.dispersion`.
    """
    sums = words.sums
    found = np.clip((spread.deviation / UNIT + 1) / 2, 0, 1)
    shortest = np.array([least.get(key[0], 0) for key in sums.keys], dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = (1 - shortest / sums.sizes[:, 1])[sums.cells // max(len(sums.terms), 1)]
        norm = np.where(room > 0, np.clip(found / room, 0, 1), np.nan)
    return found, norm


def shortest(articles: pd.DataFrame, by: str, lang: str) -> dict[str, int]:
    """Return of each group the words of its shortest article in *lang* that has any."""
    mine = articles[(articles["lang"] == lang) & (articles["words"] > 0)]
    least = mine["words"].groupby(group_values(mine, by)[by]).min()
    return {str(name): int(words) for name, words in least.items()}


def codes(names: pd.Series, places: Ints) -> Ints:
    """Return the codes of articles: in the order of a hash of their identifiers, which is no order at all."""
    return hashed(names) << _PLACE_BITS | places


def place(code: Ints) -> Ints:
    """Return the places of articles from their codes."""
    return code & ((1 << _PLACE_BITS) - 1)


def words_of(lang: str, sums: GroupedCounts, wanted: Sequence[str]) -> Words:
    """Return *wanted* words of a language, as far as they occur."""
    chosen = set(wanted)
    used = np.flatnonzero(np.fromiter((term in chosen for term in sums.terms), bool, len(sums.terms)))
    return Words(lang, replace(sums.only(used), run={}))


def fill(table: pd.DataFrame, words: Words, dp: Floats, norm: Floats) -> None:
    """Set the columns `dp` and `dispersion` of a table of keyness in the rows of one language.

    Small groups that the table has put together have none: they were looked at one by one.
    """
    sums = words.sums
    rows = np.flatnonzero((table["lang"] == words.lang).to_numpy())
    group = {key[0]: i for i, key in enumerate(sums.keys)}
    term = {name: i for i, name in enumerate(sums.terms)}
    targets, terms = table["target"].iloc[rows], table["term"].iloc[rows]
    cell = np.array(
        [group.get(a, -1) * len(sums.terms) + term[b] for a, b in zip(targets, terms, strict=True)], np.int64
    )
    at = np.minimum(np.searchsorted(sums.cells, cell), max(len(sums.cells) - 1, 0))
    known = sums.cells[at] == cell if len(sums.cells) else np.zeros(len(cell), bool)
    for column, values in (("dp", dp), ("dispersion", norm)):
        cells = table[column].to_numpy(dtype=np.float64, copy=True)
        cells[rows[known]] = values[at[known]]
        table[column] = cells
