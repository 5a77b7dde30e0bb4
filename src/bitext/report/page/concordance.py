"""What the page knows of each word and concept: how often each group has it, and where it stands."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Ints
from bitext.concepts.concept_names import concept_names
from bitext.concepts.lookup import ConceptHits, ConceptTable
from bitext.pipeline.page_terms import TERMS, PageTerms, cells
from bitext.report.page.texts import Texts
from bitext.text.kinds import WORD
from bitext.tokens.tokens import Tokens

#: Concordance lines on the page, and at most of one term in one group.
LINES = 100_000
LINES_OF_TERM = 40

#: Words of groups: (unit, word, group number).
Words = Collection[tuple[str, str, int]]


def units(
    shown: Sequence[PageTerms],
    tokens: Tokens,
    hits: ConceptHits,
    groups: Ints,
    table: ConceptTable | None,
    names: list[str],
    texts: Texts,
    wanted: Words,
) -> list[dict[str, Any]]:
    """Return the words of each language and the concepts, each with sums per group and concordance lines."""
    made = []
    for unit in shown:
        places = _places(unit, tokens, hits)
        found = {"unit": unit.name, "terms": unit.terms.tolist(), "of": unit.of, **cells(unit, names)}
        room = LINES * len(unit.terms) // TERMS
        asked = _asked(unit, wanted, int(groups.max(initial=0)) + 1)
        found["lines"] = _lines(places, tokens, groups, texts, asked, room)
        if unit.name == "concept":
            found["forms"] = unit.forms
            found["labels"] = _labels(found["terms"], unit.forms, table)
        elif shown[-1].name == "concept":
            found["concept"] = unit.concepts
        made.append(found)
    return made


def reserve(
    shown: Sequence[PageTerms],
    tokens: Tokens,
    hits: ConceptHits,
    groups: Ints,
    texts: Texts,
    wanted: Words,
) -> None:
    """Take a sentence for each word of a group that is *wanted*: (unit, word, group)."""
    count = int(groups.max(initial=0)) + 1
    for unit in shown:
        term, first, _ = _places(unit, tokens, hits)
        article = tokens.article()[first] if len(first) else np.zeros(0, np.int64)
        key = term * count + groups[article]
        asked = np.flatnonzero(_asked(unit, wanted, count).ravel()[key])
        asked = asked[np.lexsort((first[asked], ~texts.whole[article[asked]], key[asked]))]
        asked = asked[np.unique(key[asked], return_index=True)[1]]
        texts.take(texts.place(article[asked], tokens.sentence[first[asked]].astype(np.int64)))


def _asked(unit: PageTerms, wanted: Words, groups: int) -> Bools:
    """Return which words of which groups are wanted, terms × groups."""
    asked = np.zeros((len(unit.terms), groups), dtype=bool)
    place = {term: i for i, term in enumerate(unit.terms)}
    for name, term, group in wanted:
        if name == unit.name and term in place:
            asked[place[term], group] = True
    return asked


def _places(unit: PageTerms, tokens: Tokens, hits: ConceptHits) -> tuple[Ints, Ints, Ints]:
    if unit.name == "concept":
        return _concept_places(hits, unit.terms)
    return _word_places(tokens, unit.name, unit.terms)


def _word_places(tokens: Tokens, lang: str, chosen: npt.NDArray[np.object_]) -> tuple[Ints, Ints, Ints]:
    """Return term number, first and last token of every occurrence in articles of *lang*."""
    place = {term: i for i, term in enumerate(chosen)}
    number = np.fromiter((place.get(word, -1) for word in tokens.types), np.int64, len(tokens.types))
    written = (tokens.articles["lang"] == lang).to_numpy()[tokens.article()]
    found = np.flatnonzero(written & (tokens.kind == WORD) & (number[tokens.term] >= 0))
    return number[tokens.term[found]], found, found


def _concept_places(hits: ConceptHits, chosen: npt.NDArray[np.object_]) -> tuple[Ints, Ints, Ints]:
    place = {term: i for i, term in enumerate(chosen)}
    number = np.fromiter((place.get(label, -1) for label in hits.labels), np.int64, len(hits.labels))
    found = np.flatnonzero(number[hits.concept] >= 0)
    return number[hits.concept[found]], hits.first[found], hits.last[found]


def _lines(
    places: tuple[Ints, Ints, Ints], tokens: Tokens, groups: Ints, texts: Texts, asked: Bools, room: int
) -> list[list[int]]:
    """Return for each term the places that the page can show, flat: article, start, end - start; ...

    Every group has its share; places in different articles and in articles whose text is in the page come
    first. While there is *room*: the first place of every term, then the second, common terms before rare.
    The first place of a row that is *asked* for stays, as an address, where its sentence has no room.
    """
    term, first, last = places
    size = len(asked)
    article = tokens.article()[first] if len(first) else np.zeros(0, np.int64)
    again = _count_on(np.lexsort((first, article, term)), term * len(groups) + article)
    group = term * asked.shape[1] + groups[article]
    order = np.lexsort((first, again, ~texts.whole[article], group))
    rank = _count_on(order, group)
    spread = np.bincount(term[again == 0], minlength=size)
    kept = np.flatnonzero(rank < LINES_OF_TERM)
    kept = kept[np.lexsort((first[kept], -spread[term[kept]], rank[kept]))][:room]
    there = texts.take(texts.place(article[kept], tokens.sentence[first[kept]].astype(np.int64)))
    kept = kept[there | ((rank[kept] == 0) & asked.ravel()[group[kept]])]
    kept = kept[np.lexsort((first[kept], term[kept]))]
    lines: list[list[int]] = [[] for _ in range(size)]
    start = tokens.start[first[kept]]
    columns = (term[kept], article[kept], start, tokens.end[last[kept]] - start)
    for number, row, begin, length in zip(*(column.tolist() for column in columns), strict=True):
        lines[number] += [row, begin, length]
    return lines


def _count_on(order: Ints, key: Ints) -> Ints:
    """Return for each item how many of the same key stand before it in *order*; equal keys are adjacent."""
    if not len(order):
        return np.zeros(0, np.int64)
    sorted_key = key[order]
    new = np.concatenate(([True], sorted_key[1:] != sorted_key[:-1]))
    start = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - start
    return rank


def _labels(terms: list[str], forms: list[list[Any]], table: ConceptTable | None) -> list[list[str]]:
    """Return what the page calls each concept in Chinese and in English, "" where the table has no form."""
    used = {term: flat[1::3] for term, flat in zip(terms, forms, strict=True)}
    named = concept_names(terms, table, used)
    return [list(named[term]) for term in terms]
