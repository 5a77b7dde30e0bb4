"""Attribution on annotated news: English by others, Chinese by us. Prints its table with -s."""

import csv
import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.attribution.annotations import Annotations
from bitext.stances.from_texts import tokens_of
from tests import shared

GOLD_ZH = Path(__file__).parents[1] / "cases" / "attribution_zh.tsv"


def report(name: str, right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{name:34} precision {precision:.3f}  recall {recall:.3f}  F {f:.3f}")
    return precision, recall, f


def built_on(name: str) -> bool:
    """Say whether the article belongs to the half that the rules were built on."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


def spans(places: str) -> list[tuple[int, int]]:
    return [tuple(map(int, place.split())) for place in places.split(";")]  # type: ignore[misc]


class Marks:
    """Which characters of an article are cue and content."""

    def __init__(self, size: int) -> None:
        self.cue = np.zeros(size, dtype=bool)
        self.content = np.zeros(size, dtype=bool)

    def touched(self, start: int, end: int) -> bool:
        return bool(self.cue[start:end].any() or self.content[start:end].any())


@pytest.fixture(scope="module")
def english() -> dict[str, tuple[float, float, float]]:
    if not shared.DATA.is_dir():
        pytest.skip("the shared news data is absent")
    articles = [row for row in shared.jsonl("attribution_en.jsonl.gz") if not built_on(row["name"])]
    tokens = tokens_of([row["text"] for row in articles], lang="en")
    reading = Annotations.of(tokens)
    gold = [Marks(len(row["text"])) for row in articles]
    cues: list[list[list[tuple[int, int]]]] = [[] for _ in articles]
    for number, row in enumerate(articles):
        for kind, places in row["spans"]:
            for start, end in spans(places):
                if kind == "Cue":
                    gold[number].cue[start:end] = True
                elif kind == "Content":
                    gold[number].content[start:end] = True
            if kind == "Cue":
                cues[number].append(spans(places))
    ours = [Marks(len(row["text"])) for row in articles]
    right = wrong = 0
    for event in reading.voices.events:
        for start, end in event.contents:
            ours[event.row].content[start:end] = True
        if event.feature != "quote":
            start, end = int(tokens.start[event.first]), int(tokens.end[event.last])
            ours[event.row].cue[start:end] = True
            hit = bool(gold[event.row].cue[start:end].any())
            inside = bool(gold[event.row].content[start:end].all())  # there the annotation has no cues
            right, wrong = right + hit, wrong + (not hit and not inside)
    found = sum(any(ours[n].cue[a:b].any() for a, b in cue) for n, part in enumerate(cues) for cue in part)
    total = sum(map(len, cues))
    print(f"\n{len(articles)} English articles of the half that the rules never saw")
    table = {"sentence": report("a sentence attributes", *_sentences(reading, gold, ours))}
    precision, _, _ = report("cue: ours that is one", right, wrong, 0)
    _, recall, _ = report("cue: theirs that we find", found, 0, total - found)
    table["cue"] = (precision, recall, 0.0)
    table["content"] = report("characters of content", *_characters(articles, gold, ours))
    report("quotations of 4 words and more", *_quotes(reading, gold, reading.voices.speech), 0)
    table["quote"] = report(
        "of them those with a cue or colon", *_quotes(reading, gold, reading.voices.direct), 0
    )
    return table


def _sentences(reading: Annotations, gold: list[Marks], ours: list[Marks]) -> tuple[int, int, int]:
    view, counts = reading.view, [0, 0, 0]
    for first, stop in zip(view.first, view.first[1:], strict=False):
        row = int(view.article[first])
        start, end = int(view.tokens.start[first]), int(view.tokens.end[stop - 1])
        theirs, mine = gold[row].touched(start, end), ours[row].touched(start, end)
        counts[0] += theirs and mine
        counts[1] += mine and not theirs
        counts[2] += theirs and not mine
    return counts[0], counts[1], counts[2]


def _characters(articles: list[dict[str, str]], gold: list[Marks], ours: list[Marks]) -> tuple[int, int, int]:
    counts = np.zeros(3, dtype=int)
    for row, theirs, mine in zip(articles, gold, ours, strict=True):
        solid = np.array([not character.isspace() for character in row["text"]])
        a, b = theirs.content & solid, mine.content & solid
        counts += [(a & b).sum(), (b & ~a).sum(), (a & ~b).sum()]
    return int(counts[0]), int(counts[1]), int(counts[2])


def _quotes(reading: Annotations, gold: list[Marks], wanted: np.ndarray) -> tuple[int, int]:
    right = wrong = 0
    for (row, quote), chosen in zip(reading.voices.quotes, wanted, strict=True):
        inner = reading.view.text(row, quote.inner_start, quote.inner_end)
        if chosen and len(inner.split()) >= 4:
            attributed = gold[row].content[quote.inner_start : quote.inner_end].mean() > 0.5
            right, wrong = right + attributed, wrong + (not attributed)
    return right, wrong


@shared.needs_shared
def test_english_sentences(english: dict[str, tuple[float, float, float]]) -> None:
    assert english["sentence"][2] >= 0.78


@shared.needs_shared
def test_english_cues(english: dict[str, tuple[float, float, float]]) -> None:
    precision, recall, _ = english["cue"]
    assert precision >= 0.84
    assert recall >= 0.68


@shared.needs_shared
def test_english_content(english: dict[str, tuple[float, float, float]]) -> None:
    assert english["content"][2] >= 0.70


@shared.needs_shared
def test_english_quotations(english: dict[str, tuple[float, float, float]]) -> None:
    assert english["quote"][0] >= 0.97


@shared.needs_shared
def test_chinese_sentences(tmp_path: Path) -> None:
    """Sentences are looked up by their fingerprint where an offset has moved."""
    gold: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    with GOLD_ZH.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            gold[row["article"]][row["fingerprint"]] = row
    keys, texts = [], []
    for record in shared.jsonl("news_multi_outlet.jsonl.gz"):
        if (key := shared.article_key(record["path"])) in gold:
            keys.append(key)
            texts.append(record["raw"])
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts}), lang="zh")
    reading = Annotations.of(bitext.tokenize(corpus))
    view = reading.view
    covered = [Marks(len(text)) for text in view.texts]
    for event in reading.voices.events:
        first, last = event.first, event.last
        covered[event.row].cue[view.tokens.start[first] : view.tokens.end[last]] = True
        for start, end in event.contents:
            covered[event.row].content[start:end] = True
    right = wrong = missed = found = 0
    rows = [int(name) for name in view.tokens.articles["article"]]
    for first, stop in zip(view.first, view.first[1:], strict=False):
        row = int(view.article[first])
        start, end = int(view.tokens.start[first]), int(view.tokens.end[stop - 1])
        mark = hashlib.sha256(view.text(row, start, end).encode()).hexdigest()[:8]
        theirs = gold[keys[rows[row]]].get(mark)
        if theirs is None:
            continue
        found += 1
        attributed, mine = theirs["attributed"] == "1", covered[row].touched(start, end)
        right += attributed and mine
        wrong += mine and not attributed
        missed += attributed and not mine
    total = sum(map(len, gold.values()))
    print(f"\n{len(texts)} Chinese articles, {found} of {total} sentences found again")
    precision, recall, _ = report("a sentence attributes", right, wrong, missed)
    assert found >= 0.95 * total
    assert precision >= 0.88
    assert recall >= 0.70
