"""The first pass of a comparison: what is taken from every batch of articles, and how batches add up.

Features bring their own `Reduction`; what only a comparison needs stands here. Sums are for groups and held;
what has rows for every article (`ROWS`) waits in files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext import schema
from bitext.arrays import Bools, Ints
from bitext.concepts.lookup import ConceptTable
from bitext.counting.counts import Counts
from bitext.counting.exact_sums import add_up
from bitext.counting.grouped_counts import GroupedCounts
from bitext.engines.reduction import Reduction, by_place
from bitext.glossaries import glossary
from bitext.names import naming
from bitext.pipeline.article_source import BatchAnalysis
from bitext.speakers import speech
from bitext.stances import evidence, stance
from bitext.stances.target import polarity as target
from bitext.tokens.grouping import group_values

#: What has rows for every article, and waits in files until its table is made.
ROWS = frozenset({"articles", "concepts", "removed", "speech", "stance", "toward"})

#: Characters of removed pieces that a comparison keeps; beyond, they are only counted.
REMOVED_CHARACTERS = 20_000_000


def reductions(
    by: str, *, spans: int | None, seed: int, repeats: frozenset[str] = frozenset()
) -> dict[str, Reduction[BatchAnalysis, Any, Any]]:
    """Return all that the first pass takes of the articles, by name.

    Args:
        by: the column that makes the groups.
        spans: spans of stance that are kept of each feature and voice in each group; None is all.
        seed: for the intervals of stance.
        repeats: articles whose words do not count, because their outlet had printed the text before.
    """
    closely, annotations = attrgetter("closely"), attrgetter("annotations")
    return {
        "sums": Reduction(partial(word_sums, by, repeats), GroupedCounts.merge),
        "concepts": Reduction(concepts, by_place),
        "forms": Reduction(forms, _add_forms),
        "articles": Reduction(articles, by_place, table_of_articles),
        "removed": Reduction(partial(removed, by), add_removed, table_of_removed),
        "stance": stance.reduction(by=by, seed=seed).of(annotations),
        "evidence": evidence.reduction(by=by, top=spans).of(annotations),
        "toward": Reduction(partial(toward, by), target.reduction(targets=(), by=by).aggregate),
        "speech": speech.reduction(by=by).of(annotations),
        "naming": naming.reduction(by=by).of(annotations),
        "glossary": glossary.reduction().of(closely),
    }


def word_sums(by: str, repeats: frozenset[str], batch: BatchAnalysis) -> GroupedCounts:
    """Sum the counts of words by language and group, without *repeats*."""
    return GroupedCounts.of(without(batch.terms, repeats), ["lang"] if by == "lang" else ["lang", by])


def without(counts: Counts, repeats: frozenset[str]) -> Counts:
    """Return the counts of the articles that are no *repeats*."""
    return counts.select(counted(counts.articles, repeats)) if repeats else counts


def counted(articles: pd.DataFrame, repeats: frozenset[str]) -> Bools:
    """Say of each article whether it is none of *repeats*: looked up one by one, as these are many more."""
    return np.array([name not in repeats for name in articles["article"].tolist()], dtype=bool)


class ConceptRows(NamedTuple):
    """Concepts of articles: a sparse matrix, articles × concepts of the table, and the articles' words."""

    ends: Ints
    concepts: npt.NDArray[np.unsignedinteger[Any]]
    n: npt.NDArray[np.unsignedinteger[Any]]
    lengths: Ints


def concepts(batch: BatchAnalysis) -> dict[int, ConceptRows]:
    """Count the concepts of each article."""
    hits, tokens = batch.hits, batch.tokens
    article = tokens.article()[hits.first]
    shape = (len(tokens.articles), len(hits.labels))
    matrix = sparse.csr_array((np.ones(len(article), np.int32), (article, hits.concept)), shape=shape)
    matrix.sum_duplicates()
    ends = matrix.indptr[1:].astype(np.int64)
    # The smallest integers that hold the numbers: this is kept of every article.
    n = matrix.data.astype(np.min_scalar_type(int(matrix.data.max(initial=0))))
    numbers = matrix.indices.astype(np.min_scalar_type(len(hits.labels)))
    return {tokens.first: ConceptRows(ends, numbers, n, batch.terms.lengths)}


def counted_concepts(rows: Mapping[int, ConceptRows], articles: pd.DataFrame, table: ConceptTable) -> Counts:
    """Return the counts of the concepts of *table* in all *articles*, as `bitext.count` does."""
    parts = [rows[first] for first in sorted(rows)]
    sizes = np.cumsum([0, *(len(part.n) for part in parts)])
    ends = [part.ends + before for part, before in zip(parts, sizes, strict=False)]
    labels = np.array(table.labels, dtype=object)
    matrix = sparse.csr_array(
        (
            np.concatenate([part.n for part in parts]).astype(np.int32),
            np.concatenate([part.concepts for part in parts]).astype(np.int32),
            np.concatenate([[0], *ends]),
        ),
        shape=(len(articles), len(labels)),
    )
    lengths = np.concatenate([part.lengths for part in parts])
    return Counts(matrix, articles, labels, lengths, "concept").sorted()


class Forms(NamedTuple):
    """By which words concepts are named.

    Attributes:
        forms: language -> concept and form, as one number; and how often.
        words: (word, concept) -> how often that word alone is a form of the concept.
    """

    forms: Mapping[str, tuple[Ints, Ints]]
    words: Mapping[tuple[str, int], int]


def forms(batch: BatchAnalysis) -> Forms:
    """Count the forms of concepts, by language of the article."""
    hits, tokens = batch.hits, batch.tokens
    width = len(batch.table.forms)
    lang = tokens.articles["lang"].to_numpy()[tokens.article()[hits.first]]
    code = hits.concept.astype(np.int64) * width + hits.form
    found = {str(name): _counted(code[lang == name]) for name in np.unique(lang.astype(str))}
    alone = np.flatnonzero(hits.first == hits.last)
    pairs, n = _counted(
        tokens.term[hits.first[alone]].astype(np.int64) * len(hits.labels) + hits.concept[alone]
    )
    term, concept = np.divmod(pairs, len(hits.labels))
    words = zip(tokens.types[term], concept.tolist(), strict=True)
    return Forms(found, dict(zip(words, n.tolist(), strict=True)))


def _counted(codes: Ints) -> tuple[Ints, Ints]:
    values, n = np.unique(codes, return_counts=True)
    return values.astype(np.int64), n.astype(np.int64)


def _add_forms(parts: Sequence[Forms]) -> Forms:
    langs = sorted({lang for part in parts for lang in part.forms})
    total = {}
    for lang in langs:
        found = [part.forms[lang] for part in parts if lang in part.forms]
        codes, n = add_up(
            np.concatenate([c for c, _ in found]), np.concatenate([n for _, n in found])[:, None]
        )
        total[lang] = (codes, n.ravel())
    return Forms(total, _add([part.words for part in parts]))


def _add(parts: Sequence[Mapping[Any, int]]) -> dict[Any, int]:
    total: dict[Any, int] = {}
    for part in parts:
        for key, n in part.items():
            total[key] = total.get(key, 0) + n
    return total


def articles(batch: BatchAnalysis) -> dict[int, pd.DataFrame]:
    """Return the table of articles without their texts, with the words of each."""
    table = batch.corpus.articles.drop(columns="text").assign(words=batch.terms.lengths)
    return {batch.tokens.first: table}


def table_of_articles(parts: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Return the table of all articles in order, with a column ``words``."""
    return pd.concat([parts[first] for first in sorted(parts)], ignore_index=True)


class RemovedSample(NamedTuple):
    """What cleaning took out.

    Attributes:
        pieces: place of a batch -> its pieces, as `schema.REMOVED`.
        sizes: place of a batch -> characters of its pieces.
        cut: place of the first batch whose pieces are only counted; None where all are here.
        counts: (kind, group) -> pieces; ``characters``: the same in characters.
    """

    pieces: Mapping[int, pd.DataFrame]
    sizes: Mapping[int, int]
    cut: int | None
    counts: Mapping[tuple[str, str], int]
    characters: Mapping[tuple[str, str], int]


def removed(by: str, batch: BatchAnalysis) -> RemovedSample:
    """Take the pieces that cleaning removed, and count them by kind and group."""
    table, corpus = batch.corpus.removed, batch.corpus
    group = dict(zip(corpus.articles["article"], group_values(corpus.articles, by)[by], strict=True))
    counts: dict[tuple[str, str], int] = {}
    characters: dict[tuple[str, str], int] = {}
    columns = (table[name].tolist() for name in ("article", "kind", "text"))
    for article, kind, text in zip(*columns, strict=True):
        key = (kind, group.get(article, ""))
        counts[key] = counts.get(key, 0) + 1
        characters[key] = characters.get(key, 0) + len(text)
    pieces = table[list(schema.REMOVED)]
    first = batch.tokens.first
    return RemovedSample({first: pieces}, {first: sum(characters.values())}, None, counts, characters)


def add_removed(parts: Sequence[RemovedSample]) -> RemovedSample:
    """Keep the pieces of the first batches, as far as they fit: the same ones however batches are merged."""
    sizes = by_place(part.sizes for part in parts)
    cuts = [part.cut for part in parts if part.cut is not None]
    total = 0
    for first in sorted(sizes):
        total += sizes[first]
        # The first batch stays whatever its size: a corpus in memory is one batch.
        if total > REMOVED_CHARACTERS and total > sizes[first]:
            cuts.append(first)
            break
    cut = min(cuts, default=None)
    kept = {first: size for first, size in sizes.items() if cut is None or first < cut}
    pieces = {first: rows for part in parts for first, rows in part.pieces.items() if first in kept}
    return RemovedSample(
        pieces,
        kept,
        cut,
        _add([part.counts for part in parts]),
        _add([part.characters for part in parts]),
    )


def table_of_removed(found: RemovedSample) -> pd.DataFrame:
    """Return the table of what was removed."""
    parts = [found.pieces[first] for first in sorted(found.pieces)]
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    table = table.astype({"start": "int64", "end": "int64"})
    return table.sort_values(["article", "start", "end"], kind="stable", ignore_index=True)


def countries() -> list[str]:
    """Return the ids of the countries in the table of concepts, sorted."""
    table = ConceptTable.default()
    rows = zip(table.labels, table.kinds, table.named, strict=True)
    return sorted(label for label, kind, is_named in rows if is_named and kind == "country")


def toward(by: str, batch: BatchAnalysis) -> target.Mentions:
    """Sum up the clauses about countries; which of them count is known when all articles are read."""
    there = set(batch.hits.labels[np.unique(batch.hits.concept)])
    every = countries()
    named = [name for name in every if name in there] or every[:1]
    found = target.reduction(targets=named, by=by).chunk(batch.annotations)
    table = found.found
    table = table.assign(toward=pd.Index(every).get_indexer(pd.Index(table["toward"]))).astype(_SMALL)
    return replace(found, found=table.reset_index(drop=True))


#: Types of the columns of `target.Mentions.found` while they are kept; a target is its number in `countries`.
_SMALL = {
    "toward": "int16",
    "place": "int64",
    "voice": "int8",
    "clauses": "int32",
    "total": "float64",
    "positive": "int32",
    "negative": "int32",
}


def mentions(found: target.Mentions, chosen: Sequence[str]) -> target.Mentions:
    """Return the clauses about the *chosen* countries, under their names."""
    every = countries()
    table = found.found
    table = table[table["toward"].isin([every.index(name) for name in chosen])]
    names = [every[number] for number in table["toward"]]
    return replace(found, found=table.assign(toward=names))
