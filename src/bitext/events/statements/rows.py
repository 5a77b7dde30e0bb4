"""Sentences of one story → the rows of its statements: who says, holds, or only comes near each of them."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.attribution.annotations import Reading
from bitext.corpus.clock import Clock
from bitext.events.statements.grouping import held, printed_once, statements_of
from bitext.events.statements.pairs import FEATURES, Pairs, containment, find_pairs
from bitext.events.statements.score import Scored, score
from bitext.events.statements.sentences import Sentences
from bitext.tokens.tokens import Tokens

#: What a sentence has to do with a statement, the closest first.
RELATIONS = ("says", "carries", "in part", "nearest")
#: Verbs that say of their content that it is not so, or may not be.
_POLARITY = {"deny": "denied", "say_doubting": "doubted"}

#: Hours between two articles from which on they may give the figures of different days.
_ANOTHER_DAY = 18.0
#: What a pair that is parted counts at most: nobody can say.
SURELY_NOT = 0.5

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def sentence_places(tokens: Tokens, sentences: Sentences) -> pd.DataFrame:
    """Return one row per sentence: its article, place, text, voice, source, polarity and instant."""
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
    table["voice"], table["source"], table["polarity"] = _spoken(Reading.of(tokens), sentences)
    return table


def _spoken(reading: Reading, sentences: Sentences) -> tuple[list[str], list[str], list[str]]:
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


def _negation_marks(reading: Reading) -> Ints:
    """Return how many negations begin at each token."""
    hits = reading.hits
    marks = np.zeros(len(reading.view.words), dtype=np.int64)
    if "negation" in hits.names:
        np.add.at(marks, hits.first[hits.feature == hits.names.index("negation")], 1)
    return marks


def story_rows(sentences: Sentences, places: pd.DataFrame, vectors: Floats | None) -> pd.DataFrame:
    """Return the rows of one story; a statement bears the number of its first sentence.

    Args:
        sentences: of the articles of one story.
        places: their rows of `sentence_places`.
        vectors: of an encoder, one of length 1 for each sentence, or None.
    """
    pairs = find_pairs(sentences, vectors)
    found = _other_days(score(pairs, encoder=vectors is not None), pairs, places)
    group = statements_of(sentences, pairs, found)
    carrier = _carriers(sentences, places, pairs)
    places = places.assign(carrier=carrier)
    says = places.assign(statement=group, relation="says", score=_own_scores(group, pairs, found))
    rows = pd.concat([says, _holding(places, group, pairs, found)], ignore_index=True)
    near = _nearest(rows, places, group, pairs, found)
    near["containment"] = _contained(near, sentences, places, group)
    rows = pd.concat([rows.assign(containment=np.nan), near], ignore_index=True)
    rows["order"] = rows["relation"].map(RELATIONS.index)
    keys = ["statement", "order", "instant", "outlet", "article", "start"]
    return rows.sort_values(keys, kind="stable", ignore_index=True).drop(columns="order")


def _other_days(found: Scored, pairs: Pairs, places: pd.DataFrame) -> Scored:
    """Part sentences whose figures conflict and whose articles lie a day apart: another day's count."""
    hours = places["instant"].to_numpy().astype("datetime64[s]").astype(np.int64) / 3600.0
    apart = np.abs(hours[pairs.first] - hours[pairs.second]) >= _ANOTHER_DAY
    other = apart & (pairs.features[:, FEATURES.index("conflict")] > 0)
    return found._replace(
        probability=np.where(other, np.minimum(found.probability, SURELY_NOT), found.probability),
        same=found.same & ~other,
    )


def _carriers(sentences: Sentences, places: pd.DataFrame, pairs: Pairs) -> list[str]:
    """Return the article that each sentence counts for: articles that print one text count for its first."""
    names = dict(zip(sentences.article.tolist(), places["article"], strict=True))
    return [names[row] for row in printed_once(sentences, pairs).tolist()]


def _own_scores(group: Ints, pairs: Pairs, found: Scored) -> Floats:
    """Return each sentence's highest probability with another of its statement; 1 where it is alone."""
    inside = group[pairs.first] == group[pairs.second]
    best = np.zeros(len(group))
    for side in (pairs.first, pairs.second):
        np.maximum.at(best, side[inside], found.probability[inside])
    return np.where(np.bincount(group, minlength=len(group))[group] == 1, 1.0, best)


def _holding(places: pd.DataFrame, group: Ints, pairs: Pairs, found: Scored) -> pd.DataFrame:
    """Return a row for each sentence that holds the statement of another."""
    longer, shorter, probability, whole = held(pairs, found)
    links = pd.DataFrame(
        {"sentence_row": longer, "statement": group[shorter], "score": probability, "whole": whole}
    )
    links = links[group[links["sentence_row"]] != links["statement"]]
    best = links.groupby(["statement", "sentence_row"], as_index=False).agg({"score": "max", "whole": "any"})
    rows = places.iloc[best["sentence_row"]].reset_index(drop=True)
    relation = np.where(best["whole"], "carries", "in part")
    held_rows: pd.DataFrame = rows.assign(statement=best["statement"], relation=relation, score=best["score"])
    return held_rows


def _nearest(
    rows: pd.DataFrame, places: pd.DataFrame, group: Ints, pairs: Pairs, found: Scored
) -> pd.DataFrame:
    """Return for statements of two carriers and more the nearest sentence of every outlet that lacks it."""
    outlets, outlet = np.unique(places["outlet"].to_numpy(dtype=str), return_inverse=True)
    carriers = rows.groupby("statement")["carrier"].nunique()
    wanted = carriers.index[carriers >= 2].to_numpy(dtype=np.int64)
    has = set(zip(rows["statement"].tolist(), rows["outlet"].tolist(), strict=True))
    # Both directions of every pair: the statement of one side, the sentence of the other.
    statement = group[np.concatenate((pairs.first, pairs.second))]
    sentence = np.concatenate((pairs.second, pairs.first))
    table = pd.DataFrame(
        {
            "statement": statement,
            "sentence_row": sentence,
            "number": outlet[sentence],
            "score": np.tile(found.probability, 2),
        }
    )
    table = table[table["statement"].isin(wanted)]
    table = table.sort_values(["score", "sentence_row"], ascending=[False, True], kind="stable")
    best = table.drop_duplicates(["statement", "number"]).set_index(["statement", "number"])
    lacking = [
        (one, number)
        for one in wanted.tolist()
        for number, name in enumerate(outlets.tolist())
        if (one, name) not in has
    ]
    found_at = best.reindex(pd.MultiIndex.from_tuples(lacking, names=["statement", "number"])).reset_index()
    at = found_at["sentence_row"].fillna(-1).to_numpy(dtype=np.int64)
    near = places.iloc[np.maximum(at, 0)].reset_index(drop=True) if len(at) else places.iloc[:0]
    nothing = at < 0
    near.loc[nothing, ["article", "text", "voice", "source", "polarity", "carrier", "lang"]] = ""
    near.loc[nothing, ["sentence", "start", "end"]] = -1
    near.loc[nothing, ["instant", "latest"]] = pd.NaT
    return near.assign(
        outlet=[outlets[number] for _, number in lacking],
        statement=found_at["statement"].astype(np.int64),
        relation="nearest",
        score=found_at["score"].fillna(0.0),
    )


def _contained(near: pd.DataFrame, sentences: Sentences, places: pd.DataFrame, group: Ints) -> Floats:
    """Return for each row how much of its statement's sentences stands anywhere in its outlet's articles.

    The mean over the statement's sentences of one language; of two languages the one of which there is more.
    """
    outlets, outlet = np.unique(places["outlet"].to_numpy(dtype=str), return_inverse=True)
    shares = containment(sentences, outlet)
    number = np.searchsorted(outlets, near["outlet"].to_numpy(dtype=str))
    best = np.zeros(len(near))
    for lang in np.unique(sentences.lang.astype(str)).tolist():
        of = np.flatnonzero(sentences.lang == lang)
        total, size = np.zeros((len(group), len(outlets))), np.bincount(group[of], minlength=len(group))
        np.add.at(total, group[of], shares[of])
        mean = total / np.maximum(size, 1)[:, None]
        best = np.maximum(best, mean[near["statement"].to_numpy(dtype=np.int64), number])
    return best
