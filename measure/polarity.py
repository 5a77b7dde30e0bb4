"""Polarity toward a target: annotated passages, rules and classifier."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import numpy as np
from sklearn.metrics import f1_score

from bitext.attribution.annotations import Annotations
from bitext.stances.from_texts import tokens_of
from bitext.stances.target.classifier import StanceClassifier
from bitext.stances.target.clauses import clauses, said_of
from bitext.stances.target.judging_words import judging_words
from measure.figure import Figure, half
from tests.shared import jsonl, tsv

DATA = {"zh": ("Chinese", "stance_target_zh_news"), "en": ("English", "stance_target_en_news")}
#: Aims for the rules and for the classifier.
AIMS = {"zh": (0.54, 0.60), "en": (0.60, 0.68)}


class Judged(NamedTuple):
    """One annotated mention.

    Attributes:
        text: the passage.
        target: the name as it stands there.
        polarity: −1, 0 or 1.
        start: offset of the mention.
        document: what must not be torn between learning and reporting.
    """

    text: str
    target: str
    polarity: int
    start: int
    document: str


def judged(which: str) -> dict[str, list[Judged]]:
    """Read the annotated mentions of one half by language."""
    found = {"zh": list(_chinese()), "en": list(_english())}
    return {lang: [row for row in rows if half(row.text) == which] for lang, rows in found.items()}


def _english() -> Iterator[Judged]:
    for row in jsonl("stance_target_en_news.jsonl.gz"):
        text, document = str(row["sentence_normalized"]), "_".join(str(row["primary_gid"]).split("_")[:3])
        for target in row["targets"]:  # type: ignore[attr-defined]
            polarity = int(float(target["polarity"]) / 2) - 2
            yield Judged(text, target["mention"], polarity, int(target["from"]), document)


def _chinese() -> Iterator[Judged]:
    """Yield the rows with the place of the mention: rows of a passage stand in its order, or in reverse.

    A name that stands twice in a passage has two rows, often with two labels. Of 908 passages to build on,
    785 follow that order without exception.
    """
    for text, group in groupby(tsv("stance_target_zh_news.tsv.gz"), key=lambda row: row["text"]):
        rows = list(group)
        starts = mention_starts(text, [row["target"] for row in rows])
        for row, start in zip(rows, starts, strict=True):
            yield Judged(text, row["target"], int(row["polarity"]), start, text)


def mention_starts(text: str, names: list[str]) -> list[int]:
    """Return where each of *names* stands, if they were written down as they come or from behind.

    Examples:
        >>> mention_starts("甲见乙，甲走", ["甲", "乙", "甲"]), mention_starts("甲见乙，甲走", ["甲", "乙"])
        ([0, 2, 4], [0, 2])
    """
    places = [_all(text, name) for name in names]
    forward, backward = _chain(places), _chain(places[::-1])[::-1]
    chosen = max(forward, backward, key=lambda chain: sum(place is not None for place in chain))
    used = {(name, place) for name, place in zip(names, chosen, strict=True) if place is not None}
    found = []
    for name, place, all_places in zip(names, chosen, places, strict=True):
        free = [start for start in all_places if (name, start) not in used] or all_places
        found.append(free[0] if place is None else place)
        used.add((name, found[-1]))
    return found


def _all(text: str, name: str) -> list[int]:
    return [start for start in range(len(text)) if text.startswith(name, start)]


def _chain(places: list[list[int]]) -> list[int | None]:
    """Return the longest choice of places that goes up; None where a name has none in it."""
    ends: list[tuple[int, int, int, int]] = []  # length, place, index of the one before, name
    for number, choices in enumerate(places):
        for place in choices:
            fitting = [
                (length, -index)
                for index, (length, at, _, name) in enumerate(ends)
                if name < number and at < place
            ]
            length, index = max(fitting, default=(0, 1))
            ends.append((length + 1, place, -index, number))
    chosen: list[int | None] = [None] * len(places)
    index = max(range(len(ends)), key=lambda index: (ends[index][0], -index), default=-1)
    while index >= 0:
        _, place, before, number = ends[index]
        chosen[number] = place
        index = before
    return chosen


class Read(NamedTuple):
    """The passages as the rules see them, and where the annotated mentions stand."""

    reading: Annotations
    article: np.ndarray
    first: np.ndarray
    last: np.ndarray


def read(rows: list[Judged], lang: str) -> Read:
    """Apply the rules to the passages of *rows*."""
    texts = list(dict.fromkeys(row.text for row in rows))
    place = {text: number for number, text in enumerate(texts)}
    article = np.array([place[row.text] for row in rows])
    reading = Annotations.of(tokens_of(texts, lang=lang))
    start = np.array([row.start for row in rows])
    end = start + np.array([len(row.target) for row in rows])
    first = reading.view.token_at(article, start)
    return Read(reading, article, first, np.maximum(reading.view.token_ending(article, end), first))


def by_mention(seen: Read) -> np.ndarray:
    """Return the sign of what the rules read toward each annotated mention."""
    words = judging_words(seen.reading)
    return np.sign(said_of(seen.reading, words, seen.first, seen.last)).astype(int)


def by_name(rows: list[Judged], seen: Read) -> np.ndarray:
    """Return the sign of the sum over all clauses of the passage that hold the name."""
    words = judging_words(seen.reading)
    about = {
        name: clauses(seen.reading, name, concepts=False, words=words) for name in {r.target for r in rows}
    }
    sums = [
        about[row.target].score[about[row.target].row == article].sum()
        for row, article in zip(rows, seen.article.tolist(), strict=True)
    ]
    return np.sign(np.array(sums)).astype(int)


def learned(lang: str, encoder: str | None) -> np.ndarray:
    """Return what a classifier says of the reported mentions that saw no document that they come from."""
    reported = judged("reported")[lang]
    seen = {row.document for row in reported}
    built = [row for row in judged("built")[lang] if row.document not in seen]
    model = StanceClassifier(mode="masked", calibrate=False, encoder=encoder)
    model.fit([(row.text, row.target, row.start) for row in built], [row.polarity for row in built])
    return model.predict([(row.text, row.target, row.start) for row in reported]).astype(int)


def figures() -> Iterator[Figure]:
    """Yield all figures of this area."""
    for lang, rows in judged("reported").items():
        gold = np.array([row.polarity for row in rows])
        rules, classifier = AIMS[lang]
        seen = read(rows, lang)
        note = "whole passages in one half; the name as annotated, found literally, all its clauses"
        yield _figure(lang, "by rules", gold, by_name(rows, seen), rules, note)
        note = "the clause of the annotated mention; two of one name can have two labels"
        yield _figure(lang, "by rules, each mention", gold, by_mention(seen), rules, note)
        note = "learned from the built half, no document in both halves"
        yield _figure(lang, "by the classifier", gold, learned(lang, None), classifier, note)
        found = learned(lang, "default")
        yield _figure(lang, "by the classifier with an encoder", gold, found, classifier, note)


def _figure(lang: str, what: str, gold: np.ndarray, found: np.ndarray, aim: float, note: str) -> Figure:
    language, data = DATA[lang]
    value = float(f1_score(gold, found, average="macro"))
    what = f"{language}: polarity toward a target {what}, macro-F1"
    return Figure(what, data, "reported", len(gold), value, 0.01, aim=aim, note=note)
