"""Sentences of one story → its statements and their rows: who says, holds, or only comes near each."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from bitext.arrays import Bools, Floats, Ints, Labels
from bitext.attribution.annotations import Annotations
from bitext.corpus.clock import Clock
from bitext.events.statements.grouping import held, printed_once, statements_of
from bitext.events.statements.names import names_in
from bitext.events.statements.pairs import FEATURES, SentencePairs, containment, find_pairs
from bitext.events.statements.score import Scored, score
from bitext.events.statements.sentences import Sentences
from bitext.text.quantities import Quantity, agree
from bitext.tokens.tokens import Tokens

#: What a sentence has to do with a statement, the closest first.
RELATIONS = ("says", "carries", "in part", "nearest")
#: Relations that make an outlet a carrier.
CARRYING = RELATIONS[:2]
#: Verbs that say of their content that it is not so, or may not be.
_POLARITY = {"deny": "denied", "say_doubting": "doubted"}

#: Hours between two articles from which on they may give the figures of different days.
_ANOTHER_DAY = 18.0
#: What a pair that is parted counts at most: nobody can say.
SURELY_NOT = 0.5


def sentence_places(tokens: Tokens, sentences: Sentences, story: Ints) -> pd.DataFrame:
    """Return one row per sentence: its article, place, text, voice, source, polarity, names and instant.

    Args:
        tokens: all articles.
        sentences: of these articles.
        story: of each article.
    """
    articles = tokens.articles.iloc[sentences.article].reset_index(drop=True)
    texts = tokens.articles[tokens.field].tolist()
    spans = zip(sentences.article.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    table = articles[["article", "outlet", "lang"]].copy()
    table["sentence"], table["start"], table["end"] = sentences.sentence, sentences.start, sentences.end
    table["text"] = [texts[row][start:end] for row, start, end in spans]
    clock = Clock.of(tokens.articles)
    for name, times in (("instant", clock.low), ("latest", clock.high)):
        dates = pd.Series(pd.to_datetime(times, unit="us")).where(clock.known)
        table[name] = dates.iloc[sentences.article].reset_index(drop=True)
    table["precision"] = clock.precision[sentences.article]
    reading = Annotations.of(tokens)
    table["voice"], table["source"], table["polarity"] = _spoken(reading, sentences)
    table["names"] = names_in(reading, sentences, story)
    return table


def _spoken(reading: Annotations, sentences: Sentences) -> tuple[list[str], list[str], list[str]]:
    """Return voice, source and polarity of each sentence: of the event that most of its words are in."""
    heard, words = reading.voices, reading.view.words
    after = sentences.last + 1
    counted = np.append(0, np.cumsum(words))
    reported = np.append(0, np.cumsum(words & (heard.depth > 0)))
    all_words = counted[after] - counted[sentences.first]
    share = (reported[after] - reported[sentences.first]) / np.maximum(all_words, 1)
    negations = np.append(0, np.cumsum(_negation_marks(reading)))
    odd = (negations[after] - negations[sentences.first]) % 2 == 1
    voice, source, polarity = [], [], []
    columns = (sentences.first, sentences.last, share, odd)
    for first, last, much, negated in zip(*(column.tolist() for column in columns), strict=True):
        owners = heard.owner[first : last + 1]
        owners = owners[owners >= 0]
        event = int(np.bincount(owners).argmax()) if len(owners) else -1
        spoken = much > 0.5 and event >= 0
        voice.append("source" if spoken else "outlet")
        source.append(reading.sources[event].name if spoken else "")
        feature = heard.events[event].feature if spoken else ""
        polarity.append(_POLARITY.get(feature, "negated" if negated else ""))
    return voice, source, polarity


def _negation_marks(reading: Annotations) -> Ints:
    """Return how many negations begin at each token."""
    hits = reading.hits
    marks = np.zeros(len(reading.view.words), dtype=np.int64)
    if "negation" in hits.names:
        np.add.at(marks, hits.first[hits.feature == hits.names.index("negation")], 1)
    return marks


class Statements(NamedTuple):
    """The statements of one story; a statement bears the number of its first sentence.

    Attributes:
        carrier: for each sentence the row of the article that it counts for.
        statement, sentence, relation, score: a row for each sentence that says, carries or partly holds a
            statement, and for each outlet the nearest sentence of those that do not (-1: none is near);
            *relation* indexes `RELATIONS`.
        outlet: of the rows "nearest" the number of the outlet, else -1.
        containment: of the rows "nearest", else NaN.
    """

    carrier: Ints
    statement: Ints
    sentence: Ints
    relation: Ints
    score: Floats
    outlet: Ints
    containment: Floats


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
    longer, shorter, holds, whole = _holding(group, pairs, found)
    carried = np.append(np.arange(n), longer)
    statement = np.append(group, shorter)
    near, sentence, number, probability = _nearest(
        statement, carried, carrier, outlet, (group, pairs, found.probability)
    )
    relation = np.concatenate((np.zeros(n), np.where(whole, 1, 2), np.full(len(near), 3)))
    return Statements(
        carrier,
        np.append(statement, near),
        np.append(carried, sentence),
        relation.astype(np.int64),
        np.concatenate((_own_scores(group, pairs, found), holds, probability)),
        np.append(np.full(n + len(longer), -1), number),
        np.append(np.full(n + len(longer), np.nan), _contained(sentences, outlet, group)[near, number]),
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


def _holding(group: Ints, pairs: SentencePairs, found: Scored) -> tuple[Ints, Ints, Floats, Bools]:
    """Return each sentence that holds another statement: sentence, statement, score, whether all of it."""
    links = held(pairs, found)
    other = group[links.longer] != group[links.shorter]
    key = links.longer[other] * len(group) + group[links.shorter[other]]
    keys, row = np.unique(key, return_inverse=True)
    best, whole = np.zeros(len(keys)), np.zeros(len(keys), dtype=bool)
    np.maximum.at(best, row, links.probability[other])
    np.logical_or.at(whole, row, links.whole[other])
    return keys // len(group), keys % len(group), best, whole


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
    parts: Sequence[tuple[int, Ints, Statements]], places: pd.DataFrame, articles: Labels, outlets: Labels
) -> pd.DataFrame:
    """Return the table of statements, ordered by story and statement, the closest relation first.

    Args:
        parts: each story's number, the rows of its sentences in *places*, and its statements.
        places: one row per sentence (`sentence_places`).
        articles: identifiers of all articles.
        outlets: names of all outlets, in the order of their numbers.
    """
    story, statement, sentence, carrier = (
        np.concatenate(column)
        for column in zip(*(_numbered(number, rows, found) for number, rows, found in parts), strict=True)
    )
    relation, probability, outlet, contained = (
        np.concatenate([getattr(found, name) for *_, found in parts])
        for name in ("relation", "score", "outlet", "containment")
    )
    nothing = sentence < 0
    table = places.iloc[np.maximum(sentence, 0)].reset_index(drop=True)
    table = table.assign(story=story, statement=statement, score=probability, containment=contained)
    table["carrier"] = articles[carrier]
    table["relation"] = np.array(RELATIONS, dtype=object)[relation]
    table["outlet"] = np.where(outlet >= 0, outlets[outlet], table["outlet"].to_numpy(dtype=object))
    texts = ["article", "text", "voice", "source", "polarity", "names", "carrier", "lang", "precision"]
    table.loc[nothing, texts] = ""
    table.loc[nothing, ["sentence", "start", "end"]] = -1
    table.loc[nothing, ["instant", "latest"]] = pd.NaT
    table["order"] = relation
    keys = ["story", "statement", "order", "instant", "outlet", "article", "start"]
    result: pd.DataFrame = table.sort_values(keys, kind="stable", ignore_index=True).drop(columns="order")
    return result


def _numbered(story: int, rows: Ints, found: Statements) -> tuple[Ints, Ints, Ints, Ints]:
    """Return story, statement and sentence of each row, as numbers in all sentences, and its carrier."""
    place = np.maximum(found.sentence, 0)
    sentence = np.where(found.sentence < 0, -1, rows[place])
    return np.full(len(place), story), rows[found.statement], sentence, found.carrier[place]
