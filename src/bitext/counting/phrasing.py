"""Tokens → what unit="phrase" counts: phrases, words that are only parts of them, how each is shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Ints
from bitext.corpus.corpus import Corpus
from bitext.corpus.drawn import drawn
from bitext.corpus.scan import Progress, Scan
from bitext.counting.phrases import SUBSUMED, held
from bitext.engines.reduction import Reduction, by_place
from bitext.record import fingerprint
from bitext.text.scripts.detect import code_points
from bitext.text.tokenizer import EN, WORD
from bitext.tokenizing.over_batches import reduced
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.phrases import Phrases
from bitext.tokens.tokens import Tokens

#: Articles that phrases are looked for in, at most: so many are held in memory for it.
SAMPLED = 5_000
#: Occurrences of a phrase, at least.
MIN_COUNT = 3
#: Upper-case letters are told apart in so many first characters.
_LETTERS = 60


@dataclass(frozen=True)
class Phrasing:
    """What is counted for unit="phrase".

    Attributes:
        phrases: as the vocabulary writes them.
        parts: words that are left out, because four in five of their occurrences, in all forms that are shown
            as one, stand in one phrase.
        labels: term of the vocabulary -> how it is shown, where that differs: the case in which an English
            word or phrase is written most often, and the most frequent of its inflections.
    """

    phrases: tuple[str, ...]
    parts: frozenset[str]
    labels: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Phrasing({len(self.phrases):,} phrases, {fingerprint(self.phrases)[:12]})"


class Sample(NamedTuple):
    """Articles that phrases are looked for in: place of a batch -> its part of them."""

    articles: Mapping[int, pd.DataFrame]
    run: Mapping[str, Any]


def phrasing(source: Tokens | Scan, progress: Progress | None = None) -> Phrasing:
    """Find the phrases of all articles, or of a sample of `SAMPLED` of them drawn by a hash."""
    if isinstance(source, Scan):
        share = SAMPLED / max(source.number(progress), 1)
        settings = dict(source.tokenizing)
        task: Reduction[Tokens, Sample, Corpus] = Reduction(_sample, _join, _corpus)
        corpus, _ = reduced(source, task, progress, share)
        return of_tokens(tokenize(corpus, **settings))
    share = SAMPLED / max(len(source.articles), 1)
    return of_tokens(source.select(drawn(source.articles["article"], share)) if share < 1 else source)


def _sample(tokens: Tokens) -> Sample:
    return Sample({tokens.first: tokens.articles}, tokens.run)


def _join(parts: Sequence[Sample]) -> Sample:
    return Sample(by_place(part.articles for part in parts), parts[0].run)


def _corpus(sample: Sample) -> Corpus:
    return Corpus(pd.concat([sample.articles[first] for first in sorted(sample.articles)], ignore_index=True))


def of_tokens(tokens: Tokens) -> Phrasing:
    """Find the phrases of *tokens*, and how words and phrases are written."""
    table = held(tokens, MIN_COUNT).sort_values("phrase", ignore_index=True)
    phrases = tuple(table["phrase"])
    hits = Phrases.compile(phrases, tokens.tokenizer).find(tokens)
    words = np.flatnonzero((tokens.kind == WORD) & (tokens.lang == EN))
    latin = tokens.lang[hits.first] == EN
    names = [*tokens.types, *phrases]
    number = np.concatenate((tokens.term[words], hits.phrase[latin] + len(tokens.types)))
    first, last = np.concatenate((words, hits.first[latin])), np.concatenate((words, hits.last[latin]))
    written, n = _written(tokens, number, first, last)
    shown = {names[i]: text for i, text in written.items()}
    labels = _labels(shown, {names[i]: count for i, count in n.items()})
    return Phrasing(phrases, _parts(tokens, table, labels), labels)


def _parts(tokens: Tokens, table: pd.DataFrame, labels: Mapping[str, str]) -> frozenset[str]:
    """Return the words that are shown nowhere but in one phrase: all forms of *chip* or none."""
    types = tokens.types.tolist()
    n = np.bincount(tokens.term[tokens.kind == WORD], minlength=len(types))
    words, phrases = Counter[str](), Counter[str]()
    for word, count in zip(types, n.tolist(), strict=True):
        words[labels.get(word, word)] += count
    for phrase, count in zip(table["phrase"], table["n"].tolist(), strict=True):
        phrases[labels.get(phrase, phrase)] += count
    gone = set()
    for phrase, span in zip(table["phrase"], table["span"], strict=True):
        inside = phrases[labels.get(phrase, phrase)]
        shown = {labels.get(word, word) for word in span}
        gone |= {word for word in shown if inside >= SUBSUMED * words[word]}
    return frozenset(word for word in types if labels.get(word, word) in gone)


def _written(tokens: Tokens, number: Ints, first: Ints, last: Ints) -> tuple[dict[int, str], dict[int, int]]:
    """Return how each numbered term is written most often, and how often it occurs.

    What opens a sentence counts only where there is nothing else: its first letter is a capital anyway.
    """
    texts = tokens.articles[tokens.field].tolist()
    offsets = np.concatenate(([0], np.cumsum([len(text) + 1 for text in texts])))
    points = code_points("\n".join(texts))
    seen, place = np.unique(points, return_inverse=True)
    upper = np.array([chr(point).isupper() for point in seen.tolist()], bool)[place]
    base = offsets[tokens.article()[first]]
    start, size = base + tokens.start[first], tokens.end[last] - tokens.start[first]
    capitals = np.zeros(len(first), dtype=np.int64)
    for step in range(min(int(size.max(initial=0)), _LETTERS)):
        inside = np.flatnonzero(size > step)
        capitals[inside] |= upper[start[inside] + step].astype(np.int64) << step
    order = np.lexsort((capitals, number))
    number, capitals, first = number[order], capitals[order], first[order]
    start, size = start[order], size[order]
    new = np.flatnonzero((np.diff(number, prepend=-1) != 0) | (np.diff(capitals, prepend=-1) != 0))
    opens = np.diff(tokens.sentence_keys(), prepend=-1) != 0
    n = np.diff(new, append=len(number))
    inner = np.add.reduceat(~opens[first], new) if len(new) else n
    best = np.lexsort((capitals[new], -n, -inner, number[new]))
    best = best[np.diff(number[new][best], prepend=-1) != 0]
    text = "\n".join(texts)
    spans = zip(number[new[best]].tolist(), start[new[best]].tolist(), size[new[best]].tolist(), strict=True)
    written = {term: " ".join(text[a : a + length].split()) for term, a, length in spans}
    values, totals = np.unique(number, return_counts=True)
    return written, dict(zip(values.tolist(), totals.tolist(), strict=True))


def _labels(written: Mapping[str, str], n: Mapping[str, int]) -> dict[str, str]:
    """Return how each term is shown: as it is written, forms of one word under the most frequent one.

    Forms are joined where all are written with a capital, or none is: Gates is a name, gates are not.

    Examples:
        >>> _labels({"chip": "chip", "chips": "chips", "nato": "NATO"}, {"chip": 1, "chips": 4, "nato": 2})
        {'chip': 'chips', 'nato': 'NATO'}
    """
    forms: dict[tuple[str, bool], list[str]] = {}
    for term, text in written.items():
        last = text.rpartition(" ")[2]
        if last[-1:].islower():
            forms.setdefault((_base(term), last[0].isupper()), []).append(term)
    best = {term: max(terms, key=lambda form: (n[form], form)) for terms in forms.values() for term in terms}
    shown = {term: _plain(best.get(term, term), written[best.get(term, term)]) for term in written}
    return {term: text for term, text in shown.items() if text != term}


def _plain(term: str, text: str) -> str:
    """Return *text* with straight apostrophes, and without the possessive that the vocabulary takes off."""
    text = text.replace("’", "'")
    return text if term.endswith("'s") else text.removesuffix("'s")


@cache
def _base(term: str) -> str:
    """Return the base form of an English word, or of a phrase by its last word.

    -ing and -ed are left: trading and united are words of their own.

    Examples:
        >>> _base("export controls"), _base("said"), _base("trading"), _base("news")
        ('export control', 'say', 'trading', 'news')
    """
    from simplemma import lemmatize

    head, space, word = term.rpartition(" ")
    if not word.isalpha() or word.endswith(("ing", "ed")):
        return term
    base = lemmatize(word, "en")
    same = base[:2].lower() == word[:2]  # better is not joined with good
    return f"{head}{space}{base.lower() if same else word}"


def relabelled(
    names: npt.NDArray[np.object_], columns: Ints, labels: Mapping[str, str]
) -> tuple[npt.NDArray[np.object_], Ints]:
    """Return the labels under which columns are shown, each once, and the column of each occurrence."""
    number: dict[str, int] = {}
    place = np.fromiter(
        (number.setdefault(labels.get(name, name), len(number)) for name in names), np.int64, len(names)
    )
    found = np.empty(len(number), dtype=object)
    found[:] = list(number)
    return found, place[columns]


def with_phrases(
    tokens: Tokens, found: Phrasing, labels: npt.NDArray[np.object_], rows: Ints, columns: Ints, at: Ints
) -> tuple[npt.NDArray[np.object_], Ints, Ints, Ints]:
    """Add the phrases to the words that were found; return labels, rows, columns and first tokens.

    A word counts wherever it stands, in a phrase, too; those that stand nowhere else are left out.
    """
    hits = Phrases.compile(found.phrases, tokens.tokenizer).find(tokens)
    gone = _are(labels, found.parts)
    keep = ~gone[columns] if len(labels) else np.zeros(0, bool)
    names = np.concatenate((labels, np.array(found.phrases, dtype=object)))
    row = np.concatenate((rows[keep], tokens.article()[hits.first]))
    column = np.concatenate((columns[keep], hits.phrase + len(labels)))
    first = np.concatenate((at[keep], hits.first))
    used = np.bincount(column, minlength=len(names)) > 0
    column, names = (np.cumsum(used) - 1)[column], names[used]
    names, column = relabelled(names, column, found.labels)
    return names, row, column, first


def _are(labels: Iterable[str], words: frozenset[str]) -> npt.NDArray[np.bool_]:
    names = list(labels)
    return np.fromiter((name in words for name in names), bool, len(names))
