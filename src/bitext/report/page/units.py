"""What the page knows of each word and concept: sums per group, from which any two groups can be compared,
and the places where it stands.

The sums are those of `bitext.tokens.moments`; the page computes with the formulas of
`bitext.comparison.effects`, so that it shows the numbers that `bitext.keyness` gives for the same pair.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.comparison import dispersion
from bitext.report.page.texts import Texts
from bitext.text.kinds import WORD
from bitext.tokens.concepts import ConceptHits, ConceptTable, find_concepts
from bitext.tokens.count import count
from bitext.tokens.counts import Counts
from bitext.tokens.grouping import group_values
from bitext.tokens.moments import FIELDS, Moments
from bitext.tokens.tokens import Tokens

if TYPE_CHECKING:
    from bitext.report.compare import Comparison

#: Words and concepts on the page, all together.
TERMS = 5000
#: Concordance lines on the page, and at most of one term in one group.
LINES = 100_000
LINES_OF_TERM = 12
#: Forms of a concept that are named, in each language.
FORMS = 8

LANGUAGES = ("zh", "en")

Ints = npt.NDArray[np.int64]


def units(result: "Comparison", names: list[str], texts: Texts) -> list[dict[str, Any]]:
    """Return the words of each language and the concepts, each with sums per group and concordance lines."""
    tokens, by = result.tokens, result.by
    least = int(result.run.get("parameters", {}).get("min_articles", 2))
    terms = count(tokens)
    counted = {lang: terms.select(lang=lang).supported(least) for lang in LANGUAGES}
    counted = {lang: counts for lang, counts in counted.items() if len(counts) and len(counts.terms)}
    concepts = count(tokens, unit="concept", min_articles=least)
    if len(concepts.terms):
        counted["concept"] = concepts
    room = _rooms({name: len(counts.terms) for name, counts in counted.items()}, TERMS)
    hits = find_concepts(tokens)
    groups = _group_numbers(tokens.articles, by, names)
    made = []
    for name, counts in counted.items():
        chosen = _largest(counts, room[name])
        places = _concept_places(hits, chosen) if name == "concept" else _word_places(tokens, name, chosen)
        unit = {"unit": name, "terms": chosen.tolist(), "of": len(counts.terms)}
        unit |= _sums(counts, chosen, by, names)
        unit["lines"] = _lines(places, tokens, groups, texts, len(chosen), LINES * room[name] // TERMS)
        if name == "concept":
            unit["forms"] = _forms(tokens, hits, chosen)
            unit["labels"] = _labels(unit["terms"], unit["forms"])
        made.append(unit)
    if made and made[-1]["unit"] == "concept":
        for unit in made[:-1]:
            unit["concept"] = _concept_of(tokens, hits, unit["terms"], made[-1]["terms"])
    return made


def _rooms(sizes: dict[str, int], room: int) -> dict[str, int]:
    """Deal *room* evenly; what one does not need goes to the others."""
    rooms: dict[str, int] = {}
    for done, (name, size) in enumerate(sorted(sizes.items(), key=lambda item: item[1])):
        rooms[name] = min(size, (room - sum(rooms.values())) // (len(sizes) - done))
    return rooms


def _largest(counts: Counts, room: int) -> npt.NDArray[np.object_]:
    """Return the terms that stand in most articles, sorted."""
    articles = np.bincount(counts.matrix.indices, minlength=len(counts.terms))
    order = np.lexsort((np.arange(len(articles)), -articles))[:room]
    return counts.terms[np.sort(order)]


def _group_numbers(articles: pd.DataFrame, by: str, names: list[str]) -> Ints:
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[value] for value in group_values(articles, by)[by]], dtype=np.int64)


def _sums(counts: Counts, chosen: npt.NDArray[np.object_], by: str, names: list[str]) -> dict[str, Any]:
    """Return articles, tokens and squared lengths of each group, and per term the sums of its groups.

    ``cells`` holds for each term, flat: group, n, articles, squares, products, 1000 × DPnorm; group, ...
    """
    moments = Moments.of(counts, by)
    number = [names.index(key[0]) for key in moments.keys]
    sizes: list[list[int] | None] = [None] * len(names)
    for row, group in enumerate(number):
        if moments.sizes[row, 1]:
            sizes[group] = moments.sizes[row].tolist()
    field = {name: moments.sums[:, i] for i, name in enumerate(FIELDS)}
    cells: list[list[int]] = [[] for _ in chosen]
    place = {term: i for i, term in enumerate(chosen)}
    spread = _spread(counts, moments, by)
    rows, term = np.divmod(moments.cells, max(len(moments.terms), 1))
    columns = (rows, term, field["n"], field["articles"], field["squares"], field["products"])
    for group, column, n, articles, squares, products in zip(*(c.tolist() for c in columns), strict=True):
        at = place.get(moments.terms[column])
        if at is not None:
            even = spread[group][column]
            cells[at] += [
                number[group],
                n,
                articles,
                squares,
                products,
                -1 if np.isnan(even) else round(1000 * float(even)),
            ]
    return {"sizes": sizes, "cells": cells}


def _spread(counts: Counts, moments: Moments, by: str) -> list[npt.NDArray[np.float64]]:
    """Return DPnorm of each term of *moments* in each of its groups."""
    values = group_values(counts.articles, by)[by].to_numpy()
    use = dispersion.positions(counts.terms, moments.terms)
    found = []
    for key in moments.keys:
        rows = values == key[0]
        found.append(dispersion.from_articles(counts.matrix[rows], counts.lengths[rows])["dp_norm"][use])
    return found


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
    places: tuple[Ints, Ints, Ints], tokens: Tokens, groups: Ints, texts: Texts, size: int, room: int
) -> list[list[int]]:
    """Return for each term the places that the page can show, flat: article, start, end - start; ...

    Every group has its share; places in different articles and in articles whose text is in the page come
    first. While there is *room*: the first place of every term, then the second, common terms before rare.
    """
    term, first, last = places
    article = tokens.article()[first] if len(first) else np.zeros(0, np.int64)
    again = _count_on(np.lexsort((first, article, term)), term * len(groups) + article)
    group = term * (int(groups.max(initial=0)) + 1) + groups[article]
    order = np.lexsort((first, again, ~texts.whole[article], group))
    rank = _count_on(order, group)
    spread = np.bincount(term[again == 0], minlength=size)
    kept = np.flatnonzero(rank < LINES_OF_TERM)
    kept = kept[np.lexsort((first[kept], -spread[term[kept]], rank[kept]))][:room]
    there = texts.take(texts.place(article[kept], tokens.sentence[first[kept]].astype(np.int64)))
    kept = kept[there]
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


def _forms(tokens: Tokens, hits: ConceptHits, chosen: npt.NDArray[np.object_]) -> list[list[Any]]:
    """Return for each concept the forms that occur, flat: language of the article, form, n; ..."""
    table = ConceptTable.default()
    place = {term: i for i, term in enumerate(chosen)}
    lang = tokens.articles["lang"].to_numpy()[tokens.article()[hits.first]]
    frame = pd.DataFrame({"concept": hits.concept, "form": hits.form, "lang": lang})
    counted = frame.groupby(["concept", "lang", "form"]).size().rename("n").reset_index()
    counted["text"] = [table.forms[form].text for form in counted["form"]]
    sizes = counted.groupby(["concept", "lang", "text"])["n"].sum().reset_index()
    sizes = sizes.sort_values(["concept", "lang", "n", "text"], ascending=[True, True, False, True])
    sizes = sizes.groupby(["concept", "lang"]).head(FORMS)
    found: list[list[Any]] = [[] for _ in chosen]
    shown = (sizes[name].tolist() for name in ("concept", "lang", "text", "n"))
    for concept, written, text, n in zip(*shown, strict=True):
        at = place.get(hits.labels[concept])
        if at is not None:
            found[at] += [written, text, n]
    return found


def _labels(terms: list[str], forms: list[list[Any]]) -> list[list[str]]:
    """Return what the page calls each concept in Chinese and in English, "" where the table has no form.

    The form that is the concept's id (china: China) or else the one that these texts use most.
    """
    table = ConceptTable.default()
    known: dict[tuple[str, bool], list[str]] = {}
    for form in table.forms:
        for number in form.concepts:
            known.setdefault((table.labels[number], form.text.isascii()), []).append(form.text)
    labels = []
    for term, flat in zip(terms, forms, strict=True):
        pair = []
        for english in (False, True):
            possible = known.get((term, english), [])
            same = [text for text in possible if text.lower() == term.replace("_", " ")]
            used = [text for text in flat[1::3] if text.isascii() == english]
            pair.append(next(iter([*same, *used, *possible]), ""))
        labels.append(pair)
    return labels


def _concept_of(tokens: Tokens, hits: ConceptHits, terms: list[str], concepts: list[str]) -> list[int]:
    """Return for each word the number of the concept that it is a form of most often; -1 for none."""
    place = {label: i for i, label in enumerate(concepts)}
    single = np.flatnonzero(hits.first == hits.last)
    frame = pd.DataFrame({"term": tokens.term[hits.first[single]], "concept": hits.concept[single]})
    sizes = frame.groupby(["term", "concept"]).size().rename("n").reset_index()
    sizes = sizes.sort_values(["term", "n", "concept"], ascending=[True, False, True]).drop_duplicates("term")
    found = {
        tokens.types[term]: place.get(hits.labels[concept], -1)
        for term, concept in zip(sizes["term"], sizes["concept"], strict=True)
    }
    return [found.get(term, -1) for term in terms]
