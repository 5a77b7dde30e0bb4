"""Sentences of one story → its statements and their rows: who says, holds, or only comes near each."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from bitext.arrays import Floats, Ints, Labels
from bitext.events.statements.pairing.features import FEATURES
from bitext.events.statements.pairing.grouping import printed_once, statements_of
from bitext.events.statements.pairing.held import Held, held
from bitext.events.statements.pairing.pairs import SentencePairs, containment, find_pairs
from bitext.events.statements.pairing.score import Scored, score
from bitext.events.statements.units.sentences import Sentences
from bitext.text.quantities import Quantity, agree

#: What a sentence has to do with a statement, the closest first.
RELATIONS = ("says", "carries", "in part", "nearest")
#: Relations that make an outlet a carrier.
CARRYING = RELATIONS[:2]
#: Hours between two articles from which on they may give the figures of different days.
_ANOTHER_DAY = 18.0
#: What a pair that is parted counts at most: nobody can say.
SURELY_NOT = 0.5


class Statements(NamedTuple):
    """The statements of one story; a statement bears the number of its first sentence.

    Attributes:
        carrier: for each sentence the row of the article that it counts for.
        statement, sentence, relation, score: a row for each sentence that says, carries or partly holds a
            statement, and for each outlet the nearest sentence of those that do not (-1: none is near);
            *relation* indexes `RELATIONS`.
        outlet: of the rows "nearest" the number of the outlet, else -1.
        containment: of the rows "nearest", else NaN.
        clause: of rows that carry or partly hold a statement the clause that does, else and if unknown -1.
    """

    carrier: Ints
    statement: Ints
    sentence: Ints
    relation: Ints
    score: Floats
    outlet: Ints
    containment: Floats
    clause: Ints


def find_statements(sentences: Sentences, hours: Floats, outlet: Ints, vectors: Floats | None) -> Statements:
    """Return the statements of one story.

    Args:
        sentences: of the articles of one story.
        hours: for each of them the earliest hour at which it can have been published; NaN where unknown.
        outlet: for each of them the number of its outlet.
        vectors: of an encoder, one of length 1 for each sentence, or None.
    """
    pairs = find_pairs(sentences, vectors)
    found = _other_days(score(pairs, encoder=vectors is not None), pairs, hours)
    group = statements_of(sentences, pairs, found)
    carrier = printed_once(sentences, pairs)
    n = len(group)
    links = _holding(group, held(sentences, pairs, found, encoder=vectors is not None))
    longer, shorter = links.longer, links.shorter
    carried = np.append(np.arange(n), longer)
    statement = np.append(group, shorter)
    near, sentence, number, probability = _nearest(
        statement, carried, carrier, outlet, (group, pairs, found.probability)
    )
    relation = np.concatenate((np.zeros(n), np.where(links.whole, 1, 2), np.full(len(near), 3)))
    return Statements(
        carrier,
        np.append(statement, near),
        np.append(carried, sentence),
        relation.astype(np.int64),
        np.concatenate((_own_scores(group, pairs, found), links.probability, probability)),
        np.append(np.full(n + len(longer), -1), number),
        np.append(np.full(n + len(longer), np.nan), _contained(sentences, outlet, group)[near, number]),
        np.concatenate((np.full(n, -1), links.clause, np.full(len(near), -1))),
    )


def _other_days(found: Scored, pairs: SentencePairs, hours: Floats) -> Scored:
    """Part sentences whose figures conflict and whose articles lie a day apart: another day's count."""
    apart = ~(np.abs(hours[pairs.first] - hours[pairs.second]) < _ANOTHER_DAY)
    apart &= ~(np.isnan(hours[pairs.first]) & np.isnan(hours[pairs.second]))
    other = apart & (pairs.features[:, FEATURES.index("conflict")] > 0)
    return found._replace(
        probability=np.where(other, np.minimum(found.probability, SURELY_NOT), found.probability),
        linked=found.linked & ~other,
        same=found.same & ~other,
    )


def _own_scores(group: Ints, pairs: SentencePairs, found: Scored) -> Floats:
    """Return each sentence's highest probability with another of its statement; 1 where it is alone."""
    inside = group[pairs.first] == group[pairs.second]
    best = np.zeros(len(group))
    for side in (pairs.first, pairs.second):
        np.maximum.at(best, side[inside], found.probability[inside])
    return np.where(np.bincount(group, minlength=len(group))[group] == 1, 1.0, best)


def _holding(group: Ints, links: Held) -> Held:
    """Return what each sentence holds of each other statement, in place of single sentences of it."""
    key = links.longer * len(group) + group[links.shorter]
    order = np.lexsort((links.clause, -links.probability, ~links.whole, key))
    order = order[group[links.longer[order]] != group[links.shorter[order]]]
    best = order[np.diff(key[order], prepend=-1) != 0]
    return Held(
        links.longer[best],
        group[links.shorter[best]],
        links.probability[best],
        links.whole[best],
        links.clause[best],
    )


def _nearest(
    statement: Ints, sentence: Ints, carrier: Ints, outlet: Ints, compared: tuple[Ints, SentencePairs, Floats]
) -> tuple[Ints, Ints, Ints, Floats]:
    """Return for statements of two carriers and more the nearest sentence of every outlet that lacks it.

    Args:
        statement, sentence: what says or holds what.
        carrier, outlet: of each sentence.
        compared: the statement that each sentence says, all pairs of sentences, and their probability.

    Returns:
        Statement, nearest sentence (-1: none is near), outlet, probability.
    """
    group, pairs, probability = compared
    n, outlets = len(group), np.unique(outlet)
    code = np.unique(carrier, return_inverse=True)[1]  # at most one for each sentence
    carriers = np.bincount(np.unique(statement * n + code[sentence]) // n, minlength=n)
    wanted = np.flatnonzero(carriers >= 2)
    size = int(outlets.max(initial=0)) + 1
    lacking = np.setdiff1d(
        (wanted[:, None] * size + outlets[None, :]).ravel(), statement * size + outlet[sentence]
    )
    # Both directions of every pair: the statement of one side, the sentence of the other.
    one = group[np.append(pairs.first, pairs.second)]
    other = np.append(pairs.second, pairs.first)
    scores = np.tile(probability, 2)
    order = np.lexsort((other, -scores))
    cells, first = np.unique((one * size + outlet[other])[order], return_index=True)
    at = np.minimum(np.searchsorted(cells, lacking), max(len(cells) - 1, 0))
    near = np.isin(lacking, cells)
    best = order[first[at[near]]]
    sentences, likely = np.full(len(lacking), -1), np.zeros(len(lacking))
    sentences[near], likely[near] = other[best], scores[best]
    return lacking // size, sentences, lacking % size, likely


def _contained(sentences: Sentences, outlet: Ints, group: Ints) -> Floats:
    """Return statements × outlets: how much of its sentences stands anywhere in the outlet's articles.

    The mean over the statement's sentences of one language; of two languages the one of which there is more.
    At least `_BY_FIGURE` where a figure of the statement stands in the articles: "about 62% of these things"
    may say in other words what no word of it gives away.
    """
    shares = containment(sentences, outlet)
    best = np.zeros(shares.shape)
    for lang in np.unique(sentences.lang.astype(str)).tolist():
        of = np.flatnonzero(sentences.lang == lang)
        total, size = np.zeros(shares.shape), np.bincount(group[of], minlength=len(group))
        np.add.at(total, group[of], shares[of])
        best = np.maximum(best, total / np.maximum(size, 1)[:, None])
    printed: dict[int, list[Quantity]] = {}
    for number, row in zip(outlet.tolist(), sentences.figures, strict=True):
        printed.setdefault(number, []).extend(filter(_tells, row))
    for statement, row in zip(group.tolist(), sentences.figures, strict=True):
        for figure in filter(_tells, row):
            for number, known in printed.items():
                if any(other.unit == figure.unit and agree(figure, other) for other in known):
                    best[statement, number] = max(best[statement, number], _BY_FIGURE)
    return best


#: Containment of a statement of which a figure stands in an outlet's articles.
_BY_FIGURE = 0.5
#: Smaller counts stand everywhere, and so do days and years.
_COUNTS_FROM = 13
_EVERYWHERE = ("", "date", "calendar_year")


def _tells(figure: Quantity) -> bool:
    return figure.value >= _COUNTS_FROM and figure.unit not in _EVERYWHERE


def rows_of(
    found: Statements, places: pd.DataFrame, clauses: pd.DataFrame, articles: Labels, outlets: Labels
) -> pd.DataFrame:
    """Return the table of statements, ordered by story and statement, the closest relation first.

    Args:
        found: the statements of all stories, by the numbers of all sentences.
        places: one row per sentence (`sentence_places`), with its story.
        clauses: one row per clause (`clause_places`).
        articles: identifiers of all articles.
        outlets: names of all outlets, in the order of their numbers.
    """
    nothing = found.sentence < 0
    table = places.iloc[np.maximum(found.sentence, 0)].reset_index(drop=True)
    table["story"] = places["story"].to_numpy()[found.statement]
    table = table.assign(statement=found.statement, score=found.score, containment=found.containment)
    table["carrier"] = articles[found.carrier[np.maximum(found.sentence, 0)]]
    table["relation"] = np.array(RELATIONS, dtype=object)[found.relation]
    known = found.outlet >= 0
    table["outlet"] = np.where(known, outlets[found.outlet], table["outlet"].to_numpy(dtype=object))
    table["part_start"], table["part_end"] = table["start"], table["end"]
    holds = np.isin(found.relation, (RELATIONS.index("carries"), RELATIONS.index("in part")))
    table.loc[holds, "polarity"] = ""
    held = np.flatnonzero(holds & (found.clause >= 0))
    own = clauses.iloc[found.clause[held]]
    for name in ("part_start", "part_end", "polarity"):
        table.loc[held, name] = own[name].to_numpy()
    texts = ["article", "text", "voice", "source", "polarity", "names", "carrier", "lang", "precision"]
    table.loc[nothing, texts] = ""
    table.loc[nothing, ["sentence", "start", "end", "part_start", "part_end"]] = -1
    table.loc[nothing, ["instant", "latest"]] = pd.NaT
    table["order"] = found.relation
    keys = ["story", "statement", "order", "instant", "outlet", "article", "start"]
    result: pd.DataFrame = table.sort_values(keys, kind="stable", ignore_index=True).drop(columns="order")
    return result


def joined(parts: Sequence[tuple[Statements, Ints, Ints]], size: int) -> Statements:
    """Return the statements of all stories in one.

    Args:
        parts: the statements of each story, and which sentences and clauses of all its own ones are.
        size: number of all sentences.
    """
    carrier = np.zeros(size, dtype=np.int64)
    columns: dict[str, list[Any]] = {}
    for found, sentences, clauses in parts:
        carrier[sentences] = found.carrier
        numbered = found._replace(
            statement=sentences[found.statement],
            sentence=np.where(found.sentence < 0, -1, sentences[np.maximum(found.sentence, 0)]),
            clause=np.where(found.clause < 0, -1, clauses[np.maximum(found.clause, 0)]),
        )
        for name in Statements._fields[1:]:
            columns.setdefault(name, []).append(getattr(numbered, name))
    return Statements(carrier, **{name: np.concatenate(values) for name, values in columns.items()})
