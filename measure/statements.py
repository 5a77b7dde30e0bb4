"""Statements: labelled pairs of sentences of shared stories, and translations hidden among documents."""

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

import bitext
from bitext.arrays import Bools, Floats
from bitext.events.statements.pairing.features import FEATURES
from bitext.events.statements.pairing.grouping import mutual_best
from bitext.events.statements.pairing.pairs import SentencePairs, find_pairs
from bitext.events.statements.pairing.score import score
from bitext.events.statements.units.sentences import Sentences
from bitext.text.encoder import Encoder, resolve, unit_vectors
from bitext.text.scripts.convert import to_simplified
from measure.figure import Figure, half
from measure.statement_labels import RELATED, STRICT, agreement, rows_of, settled
from tests.shared import article_key, jsonl, tsv

LABELS = Path(__file__).parents[1] / "tests" / "cases" / "statement_pairs.tsv"
EVENTS, EVENT_PAIRS = (LABELS.with_name(f"statement_{name}.tsv") for name in ("events", "event_pairs"))
CELLS = LABELS.with_name("omission_cells.tsv")
#: How often the names of outlets are dealt.
DEALS = 300
DAYS = tuple(f"2020-11-{day:02d}" for day in range(8, 13))
_LETTERS = re.compile(r"[\W_]+")
#: Sentence pairs of a parallel text that make a document, and documents among which it is hidden.
SIZE, OTHERS = 20, 4
#: Share of a document's sentences whose counterpart is taken away, in Chinese and in English.
GAPS = (0.6, 0.3)


def digest(sentence: str) -> str:
    """Name a sentence by a hash of its letters in simplified characters."""
    letters = _LETTERS.sub("", to_simplified(sentence)).lower()
    return hashlib.sha256(letters.encode()).hexdigest()[:12]


def _days() -> tuple[list[dict[str, str]], bitext.Tokens]:
    """Return the records and the tokens of five days of news."""
    records = [row for row in jsonl("news_november.jsonl.gz") if any(day in row["path"] for day in DAYS)]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [row["raw"] for row in records]}))
    assert len(records) == len(corpus), "an article was lost in reading"
    return records, bitext.tokenize(corpus)


def _spoken(sentences: Sentences, texts: list[str]) -> list[str]:
    """Return each sentence as it stands in its article."""
    spans = zip(sentences.article.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    return [texts[row][start:end] for row, start, end in spans]


#: Vectors of sentences that were encoded before: documents are hidden among others again and again.
_ENCODED: dict[str, Floats] = {}


def _pairs(sentences: Sentences, spoken: list[str], encoder: Encoder | None) -> SentencePairs:
    if encoder is None:
        return find_pairs(sentences)
    if new := sorted(set(spoken) - _ENCODED.keys()):
        _ENCODED.update(zip(new, unit_vectors(encoder, new), strict=True))
    return find_pairs(sentences, np.array([_ENCODED[text] for text in spoken]))


class Labelled(NamedTuple):
    """Labelled pairs: features (0 where a pair shares too little to be a candidate), label, candidate."""

    features: Floats
    label: npt.NDArray[np.str_]
    candidate: Bools
    lost: int


def labelled(part: str, encoder: Encoder | None = None) -> Labelled:
    """Return the labelled pairs of one half, with the features that they have in their story."""
    wanted = [row for row in rows_of(LABELS) if row["half"] == part]
    records, tokens = _days()
    keys = [article_key(row["path"]) for row in records]
    row_of = {key: row for row, key in enumerate(keys)}
    stories = bitext.stories(tokens)
    names = tokens.articles["article"].tolist()
    story_of = dict(zip(stories["article"], stories["story"], strict=True))
    sentences = Sentences.of(tokens)
    texts = tokens.articles["text"].tolist()
    features, labels, candidate, lost = [], [], [], 0
    known: dict[frozenset[int], tuple[Sentences, SentencePairs, list[str]]] = {}
    for row in wanted:
        ends = [row_of[row[f"article_{side}"]] for side in "ab"]
        of = {story_of.get(names[end], -1) for end in ends}
        members = frozenset(
            number for number, name in enumerate(names) if len(of) == 1 and story_of.get(name) in of - {-1}
        ) or frozenset(ends)
        if members not in known:
            own = sentences.take(np.flatnonzero(np.isin(sentences.article, sorted(members))))
            spoken = _spoken(own, texts)
            known[members] = own, _pairs(own, spoken, encoder), [digest(text) for text in spoken]
        own, pairs, hashes = known[members]
        at = [
            [i for i, name in enumerate(hashes) if name == row[f"sentence_{side}"] and own.article[i] == end]
            for side, end in zip("ab", ends, strict=True)
        ]
        if not (at[0] and at[1]):
            lost += 1
            continue
        low, high = sorted((at[0][0], at[1][0]))
        found = np.flatnonzero((pairs.first == low) & (pairs.second == high))
        features.append(pairs.features[found[0]] if len(found) else np.zeros(len(FEATURES)))
        candidate.append(bool(len(found)))
        labels.append(settled(row))
    return Labelled(np.array(features), np.array(labels), np.array(candidate), lost)


class Event(NamedTuple):
    """The pairs of sentences of one event, with their label: "" where nobody read them."""

    sentences: Sentences
    pairs: SentencePairs
    label: npt.NDArray[np.str_]


def _ends(row: dict[str, str]) -> list[tuple[str, str]]:
    return [(row[f"article_{side}"], row[f"sentence_{side}"]) for side in "ab"]


def events(part: str, encoder: Encoder | None = None) -> Iterator[Event]:
    """Yield the events of one half of which pairs were labelled that are English, or in two languages."""
    labels = {frozenset(_ends(row)): settled(row) for row in rows_of(EVENT_PAIRS)}
    members: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(EVENTS):
        if row["half"] == part:
            members.setdefault((row["data"], row["event"]), []).append(row["article"])
    for (data, _), wanted in members.items():
        records = _records(data)
        frame = pd.DataFrame([records[name] for name in wanted])
        tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        sentences = Sentences.of(tokens)
        spoken = _spoken(sentences, tokens.articles["text"].tolist())
        pairs = _pairs(sentences, spoken, encoder)
        articles = [wanted[row] for row in sentences.article.tolist()]
        names = list(zip(articles, map(digest, spoken), strict=True))
        label = [
            labels.get(frozenset((names[a], names[b])), "")
            for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
        ]
        yield Event(sentences, pairs, np.array(label, dtype=str))


@cache
def _records(data: str) -> dict[str, dict[str, str]]:
    """Return the columns of each article of a file by the article's key."""
    if data == "news_english":
        kept = ("text", "title", "outlet", "date")
        return {
            article_key(row["url"]): {name: row[name] for name in kept} for row in jsonl(f"{data}.jsonl.gz")
        }
    return {article_key(row["path"]): {"text": row["raw"]} for row in jsonl(f"{data}.jsonl.gz")}


class Translated(NamedTuple):
    """Pairs of a Chinese and an English sentence in hiding: whether one translates the other, and where."""

    pairs: SentencePairs
    sentences: Sentences
    true: Bools
    line: npt.NDArray[np.int64]
    total: int


def documents(part: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the parallel texts of one half, cut into documents of `SIZE` pairs."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for name in ("parallel_zh_en.tsv.gz", "parallel_zh_en_more.tsv.gz"):
        sets: dict[str, list[tuple[str, str]]] = {}
        for row in tsv(name):
            sets.setdefault(row["set"], []).append(
                (row["zh"].replace("\n", " "), row["en"].replace("\n", " "))
            )
        for key, rows in sets.items():
            starts = range(0, len(rows) - SIZE + 1, SIZE)
            found.extend((f"{key}:{at}", rows[at : at + SIZE]) for at in starts)
    return [document for document in found if half(document[0]) == part]


def translated(
    part: str, *, gaps: bool, most: int | None = None, encoder: Encoder | None = None
) -> Iterator[Translated]:
    """Yield each document's Chinese sentences among the English ones of its own and `OTHERS` others."""
    rng = random.Random(1)
    held = documents(part)
    texts, identity = [], []
    for key, rows in held[:most]:
        others = rng.sample([document for document in held if document[0] != key], OTHERS)
        sides = []
        for side, share in enumerate(GAPS):
            kept = [n for n in range(SIZE) if not gaps or rng.random() >= share]
            rng.shuffle(kept)
            sides.append(kept)
            texts.append("\n".join(rows[n][side] for n in kept))
        identity.append(sides)
        texts.extend("\n".join(en for _, en in other) for _, other in others)
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))
    tokens = bitext.tokenize(corpus)
    sentences = Sentences.of(tokens)
    bodies = tokens.articles["text"].tolist()
    for number, sides in enumerate(identity):
        begin = number * (OTHERS + 2)
        own = sentences.take(
            np.flatnonzero((sentences.article >= begin) & (sentences.article < begin + OTHERS + 2))
        )
        places = zip(own.article.tolist(), own.start.tolist(), strict=True)
        line = np.array([bodies[row].count("\n", 0, start) for row, start in places], dtype=np.int64)
        side = own.article - begin
        identified = np.array(
            [sides[s][n] if s < 2 and n < len(sides[s]) else -1 for s, n in zip(side, line, strict=True)]
        )
        pairs = _pairs(own, _spoken(own, bodies), encoder)
        true = (identified[pairs.first] == identified[pairs.second]) & (side[pairs.first] == 0)
        true &= (side[pairs.second] == 1) & (identified[pairs.first] >= 0)
        yield Translated(pairs, own, true, identified, len(set(sides[0]) & set(sides[1])))


def recall_at(
    precision: float, part: str, *, gaps: bool, encoder: Encoder | None = None
) -> tuple[float, int]:
    """Return the share of hidden translations that are found at this precision, and how many there are."""
    probability, right, key, total = [], [], [], 0
    for number, found in enumerate(translated(part, gaps=gaps, encoder=encoder)):
        scored = score(found.pairs, encoder=encoder is not None)
        best = found.pairs.across & mutual_best(found.sentences, found.pairs, scored)
        total += found.total
        probability.append(scored.probability[best])
        right.append(found.true[best])
        key.append(number * 1000 + found.line[found.pairs.first[best]])
    return _recall(
        np.concatenate(probability), np.concatenate(right), np.concatenate(key), total, precision
    ), total


def _recall(
    probability: Floats, right: Bools, key: npt.NDArray[np.int64], total: int, precision: float
) -> float:
    order = np.argsort(-probability, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    if not len(enough):
        return 0.0
    found = order[: enough[-1] + 1]
    # A sentence divided at a semicolon is one translation.
    return len(np.unique(key[found][right[found]])) / total


def figures() -> Iterable[Figure]:
    """Yield the figures of statements."""
    for gaps, use, aim in (
        (False, None, 0.83),
        (True, None, 0.65),
        (False, "default", 0.97),
        (True, "default", 0.93),
    ):
        value, total = recall_at(0.95, "reported", gaps=gaps, encoder=resolve(use))
        words = "60% and 30% taken away" if gaps else "every sentence has one"
        yield Figure(
            f"translated sentences found at precision .95, {words}{', with encoder' if use else ''}",
            "parallel_zh_en",
            "reported",
            total,
            value,
            margin=0.02,
            aim=aim,
            label="" if gaps or use else "translated sentences found among five documents at precision .95",
            note="documents of 20 sentence pairs, order shuffled, position not used",
        )
    yield from agreement("pairs of Chinese sentences", "tests/cases/statement_pairs.tsv", rows_of(LABELS))
    kinds = {row["article"]: row["data"] for row in rows_of(EVENTS)}
    for kind, data in (
        ("pairs of English sentences", "news_english"),
        ("pairs of a Chinese and an English sentence", "news_multi_outlet"),
    ):
        rows = (row for row in rows_of(EVENT_PAIRS) if kinds[row["article_a"]] == data)
        yield from agreement(kind, "tests/cases/statement_event_pairs.tsv", rows)
    yield from _labelled_figures()
    for use in (None, "default"):
        yield from _event_figures(resolve(use))
    yield from _omission_figures()


def _recall_at(probability: Floats, right: Bools, precision: float = 0.92) -> float:
    order = np.argsort(-probability, kind="stable")
    found = np.cumsum(right[order])
    enough = np.flatnonzero(found / np.arange(1, len(order) + 1) >= precision)
    return float(found[enough[-1]] / right.sum()) if len(enough) else 0.0


def _labelled_figures() -> Iterator[Figure]:
    pairs = labelled("reported")
    empty = np.zeros(len(pairs.label), dtype=np.int64)
    none = np.zeros(len(empty), dtype=bool)
    shape = SentencePairs(empty, empty, none, none, pairs.features, np.zeros((len(empty), 2)))
    scored = score(shape)
    probability = np.where(pairs.candidate, scored.probability, 0.0)
    linked = pairs.candidate & scored.linked
    related = np.isin(pairs.label, RELATED)
    strict = np.isin(pairs.label, STRICT)
    data = "news_november, tests/cases/statement_pairs.tsv"
    n = len(pairs.label)
    lost = f"{pairs.lost} labelled pairs could not be found again" if pairs.lost else ""
    note = f"balanced over bands of similarity, read twice. {lost}".strip()
    rows = (
        ("linked pairs of Chinese sentences that state something in common", related[linked].mean(), 0.92),
        ("pairs that state something in common that are linked", linked[related].mean(), 0.70),
        ("same, or one holds the other: recall at precision .92", _recall_at(probability, strict), 0.70),
    )
    for what, value, aim in rows:
        yield Figure(what, data, "reported", n, float(value), margin=0.03, aim=aim, note=note)


def _event_figures(encoder: Encoder | None) -> Iterator[Figure]:
    """Yield how well pairs of English sentences, and pairs in two languages, of real events are told."""
    found: dict[bool, list[tuple[Floats, npt.NDArray[np.str_], Bools, Bools]]] = {False: [], True: []}
    for event in events("reported", encoder):
        scored = score(event.pairs, encoder=encoder is not None)
        kept = event.label != ""
        best = mutual_best(event.sentences, event.pairs, scored) | ~event.pairs.across
        for across, rows in found.items():
            of = kept & (event.pairs.across == across)
            rows.append((scored.probability[of], event.label[of], best[of], scored.linked[of]))
    for across, rows in found.items():
        probability, label, best, linked = (np.concatenate(column) for column in zip(*rows, strict=True))
        related, strict = np.isin(label, RELATED), np.isin(label, STRICT)
        linked &= best
        words = "a Chinese and an English sentence" if across else "two English sentences"
        use = ", with encoder" if encoder else ""
        data = f"{'news_multi_outlet' if across else 'news_english'}, tests/cases/statement_event_pairs.tsv"
        level = 0.90 if across else 0.92
        aims = (0.90, 0.60 if encoder else 0.35) if across else (None, None)
        rest = {
            "margin": 0.1,
            "note": f"{int(strict.sum())} of the pairs are the same or hold one another; read twice",
        }
        if linked.any():
            precision = float(related[linked].mean())
            what = f"linked pairs of {words} of one event that state something in common{use}"
            yield Figure(what, data, "reported", int(linked.sum()), precision, aim=aims[0], **rest)
        kept = np.where(best, probability, 0.0)
        if across:
            # As with the linked pairs: what states something in common is no error, though it is not sought.
            order = np.argsort(-kept, kind="stable")
            enough = np.flatnonzero(np.cumsum(related[order]) / np.arange(1, len(order) + 1) >= level)
            held = strict[order][: enough[-1] + 1].sum() / strict.sum() if len(enough) else 0.0
            what = f"{words} that are the same, or one holds the other, found where {level:.2f} of the pairs "
            what += f"state something in common{use}"
            yield Figure(what, data, "reported", len(label), float(held), **rest)
        recall = _recall_at(kept, strict, level)
        what = f"{words} that are the same, or one holds the other: recall at precision {level:.2f}{use}"
        said = (
            "the same told anew in the other language, real news: found at precision .90, without an encoder"
        )
        label_of = said if across and not encoder else ""
        yield Figure(what, data, "reported", len(label), recall, aim=aims[1], label=label_of, **rest)


def _omission_figures() -> Iterator[Figure]:
    """Yield how many cells that were read are right, and how often chance finds silence beyond chance."""
    tokens = _days()[1]
    stories = bitext.stories(tokens)
    rows = bitext.statements(tokens, stories)
    table = bitext.omissions(rows)
    left_out = table[table["verdict"] == "omitted"]
    found = {
        (outlet, digest(zh or en))
        for outlet, zh, en in zip(left_out["outlet"], left_out["zh"], left_out["en"], strict=True)
    }
    cells = rows_of(CELLS)
    cells = [row for row in cells if half(row["sentence"]) == "reported"]
    kept = [row for row in cells if (row["outlet"], row["sentence"]) in found]
    yield Figure(
        "omissions that are true, read against the outlet's articles",
        "news_november, tests/cases/omission_cells.tsv",
        "reported",
        len(kept),
        float(np.mean([row["true"] == "yes" for row in kept])),
        margin=0.04,
        aim=0.88,
        label="statements listed as left out by an outlet that it really lacks",
        note=f"{len(cells)} cells were read, by one reader; {len(kept)} of them are still listed",
    )
    yield Figure(
        "outlets called silent beyond chance (p < .05) when outlets are dealt anew within stories",
        "news_november",
        "whole",
        DEALS * rows["outlet"].nunique(),
        _silent_by_chance(rows),
        margin=0.03,
        better="lower",
        aim=0.05,
    )


def _silent_by_chance(rows: pd.DataFrame) -> float:
    """Return how often p is below .05 where the names of outlets are dealt to the articles of each story."""
    articles = rows.loc[rows["article"] != "", ["story", "article", "outlet"]].drop_duplicates("article")
    hits, tests = 0, 0
    for deal in range(DEALS):
        # A random order within each story: the outlets, in their own order, meet other articles.
        mixed = articles.sample(frac=1.0, random_state=deal).sort_values("story", kind="stable")
        new = dict(zip(mixed["article"], articles.sort_values("story", kind="stable")["outlet"], strict=True))
        carried = rows[rows["relation"] != "nearest"]
        again = carried.assign(outlet=carried["article"].map(new))
        p = bitext.omission_rates(again, permutations=199, seed=deal)["p"].dropna()
        hits, tests = hits + int((p < 0.05).sum()), tests + len(p)
    return hits / max(tests, 1)
