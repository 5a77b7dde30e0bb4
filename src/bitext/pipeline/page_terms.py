"""What the page shows of words and concepts: which of them, and their sums per group over all articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Floats, Ints
from bitext.comparison.keyness import dispersion
from bitext.concepts.lookup import ConceptTable
from bitext.corpus.drawn import rooms
from bitext.counting.counts import Counts
from bitext.counting.exact_sums import FIELDS
from bitext.counting.grouped_counts import GroupedCounts
from bitext.pipeline import dispersion_pass as spread
from bitext.pipeline.dispersion_pass import DispersionSums, Words
from bitext.pipeline.first_pass import Forms
from bitext.tokens.grouping import group_values

#: Words and concepts on the page, all together.
TERMS = 5000
#: Words of each group that are on the page whatever their number: those that set it apart most.
TELLING = 12
#: Forms of a concept that are named, in each language.
FORMS = 8

Terms = npt.NDArray[np.object_]


class ConceptWords(NamedTuple):
    """By which words the concepts of a table are named."""

    counted: Forms
    table: ConceptTable


@dataclass(frozen=True)
class PageTerms:
    """The words of one language on the page, or the concepts.

    Attributes:
        name: "zh", "en" or "concept".
        terms: those on the page, sorted.
        of: how many there are beside them and with them.
        sums: sums by group, of these terms (and maybe more).
        even: DPnorm of each cell of *sums*.
        article: for each cell the code of an article with the term, see `bitext.pipeline.dispersion_pass`.
        forms: for each concept, flat: language of the article, form, n; ... Empty for words.
        concepts: for each word the number of the concept that it is a form of most often; -1 for none.
    """

    name: str
    terms: Terms
    of: int
    sums: GroupedCounts
    even: Floats
    article: Ints
    forms: list[list[str | int]]
    concepts: list[int]


def chosen(words: Mapping[str, GroupedCounts], concepts: Counts) -> dict[str, Terms]:
    """Return the terms on the page: of each language and of the concepts those in most articles, sorted."""
    held = {lang: (sums.terms, holders(sums)) for lang, sums in words.items() if len(sums.terms)}
    if len(concepts.terms):
        articles = np.bincount(concepts.matrix.indices, minlength=len(concepts.terms))
        held["concept"] = (concepts.terms, articles)
    room = rooms({name: len(terms) for name, (terms, _) in held.items()}, TERMS)
    return {name: _largest(terms, articles, room[name]) for name, (terms, articles) in held.items()}


def with_telling(shown: Mapping[str, Terms], table: pd.DataFrame) -> dict[str, Terms]:
    """Return *shown* with the words of each group that head the *table* of keyness, sorted."""
    if "term" not in table:
        return dict(shown)
    heads = table[(table["reference"] == "(rest)") & (table["g2"] > 0)]
    heads = heads[heads.groupby(["lang", "target"]).cumcount() < TELLING]
    telling = {str(lang): rows["term"].tolist() for lang, rows in heads.groupby("lang")}
    return {lang: np.array(sorted({*terms, *telling.get(lang, ())}), object) for lang, terms in shown.items()}


def holders(sums: GroupedCounts) -> Ints:
    """Return the articles that hold each term, of all groups."""
    found = np.zeros(len(sums.terms), np.int64)
    np.add.at(found, sums.cells % max(len(sums.terms), 1), sums.sums[:, FIELDS.index("articles")])
    return found


def _largest(terms: Terms, articles: Ints, room: int) -> Terms:
    """Return the terms that stand in most articles, sorted."""
    order = np.lexsort((np.arange(len(articles)), -articles))[:room]
    return terms[np.sort(order)]


def of_words(
    words: Words,
    found: DispersionSums,
    even: Floats,
    terms: Terms,
    of: int,
    forms: ConceptWords,
    concepts: Terms,
) -> PageTerms:
    """Return the unit of one language; *concepts* are those on the page."""
    return PageTerms(
        words.lang, terms, of, words.sums, even, found.article, [], _concepts_of(forms, terms, concepts)
    )


def of_concepts(counts: Counts, by: str, terms: Terms, forms: ConceptWords) -> PageTerms:
    """Return the unit of the concepts."""
    columns = dispersion.positions(counts.terms, terms)
    part = Counts(counts.matrix[:, columns], counts.articles, terms, counts.lengths, counts.unit)
    sums = GroupedCounts.of(part, by)
    values = group_values(counts.articles, by)[by].to_numpy()
    width = max(len(sums.terms), 1)
    place = dispersion.positions(terms, sums.terms)
    even = np.full(len(sums.cells), np.nan)
    for row, key in enumerate(sums.keys):
        start, stop = np.searchsorted(sums.cells, (row * width, (row + 1) * width))
        mine = values == key[0]
        norm = dispersion.from_articles(part.matrix[mine], part.lengths[mine])["dp_norm"]
        even[start:stop] = norm[place][sums.cells[start:stop] % width]
    everything = np.arange(len(counts.articles), dtype=np.int64)
    code = spread.codes(counts.articles["article"], everything)
    article = spread.lowest(part, sums, code)
    return PageTerms("concept", terms, len(counts.terms), sums, even, article, _forms(forms, terms), [])


def cells(unit: PageTerms, names: Sequence[str]) -> dict[str, list[Any]]:
    """Return articles and tokens of each group, and per term the counts of its groups.

    ``cells`` holds for each term, flat: group, n, articles; group, ...
    """
    sums = unit.sums
    number = [names.index(key[0]) for key in sums.keys]
    sizes: list[list[int] | None] = [None] * len(names)
    for row, group in enumerate(number):
        if sums.sizes[row, 1]:
            sizes[group] = sums.sizes[row, :2].tolist()
    place = {term: i for i, term in enumerate(unit.terms)}
    at = np.array([place.get(term, -1) for term in sums.terms], np.int64)
    rows, term = np.divmod(sums.cells, max(len(sums.terms), 1))
    fields = [sums.sums[:, FIELDS.index(name)] for name in ("n", "articles")]
    table = np.stack([np.array(number, np.int64)[rows], *fields], axis=1)
    found: list[list[int]] = [[] for _ in unit.terms]
    for i, values in zip(at[term].tolist(), table.tolist(), strict=True):
        if i >= 0:
            found[i] += values
    return {"sizes": sizes, "cells": found}


def _forms(forms: ConceptWords, terms: Terms) -> list[list[str | int]]:
    """Return for each concept the forms that occur most, flat."""
    table = forms.table
    place = {term: i for i, term in enumerate(terms)}
    parts = []
    for lang, (codes, n) in forms.counted.forms.items():
        concept, form = np.divmod(codes, len(table.forms))
        text = [table.forms[number].text for number in form]
        parts.append(pd.DataFrame({"concept": concept, "lang": lang, "text": text, "n": n}))
    found: list[list[str | int]] = [[] for _ in terms]
    if not parts:
        return found
    sizes = pd.concat(parts).groupby(["concept", "lang", "text"])["n"].sum().reset_index()
    sizes = sizes.sort_values(["concept", "lang", "n", "text"], ascending=[True, True, False, True])
    sizes = sizes.groupby(["concept", "lang"]).head(FORMS)
    shown = (sizes[name].tolist() for name in ("concept", "lang", "text", "n"))
    for concept, written, text, n in zip(*shown, strict=True):
        at = place.get(table.labels[concept])
        if at is not None:
            found[at] += [written, text, n]
    return found


def _concepts_of(forms: ConceptWords, terms: Terms, concepts: Terms) -> list[int]:
    """Return for each word the number of the concept that it is a form of most often; -1 for none."""
    labels = forms.table.labels
    place = {label: i for i, label in enumerate(concepts)}
    best: dict[str, tuple[int, int]] = {}
    for (word, concept), n in forms.counted.words.items():
        best[word] = min(best.get(word, (0, 0)), (-n, concept))
    return [place.get(labels[best[term][1]], -1) if term in best else -1 for term in terms]
