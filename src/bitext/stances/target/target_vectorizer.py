"""What a text says around a target whose name is masked: features for one classifier of all targets."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer

from bitext.arrays import Floats
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import ConceptTable
from bitext.stances.from_texts import tokens_of
from bitext.stances.target.judging_words import judging_words, kinds, valences
from bitext.stances.target.sides import sides, toward
from bitext.text.encoder import Encoder, resolve, unit_vectors
from bitext.tokens.phrases import Phrases

#: Words on either side of the target that are features with their place.
_NEAR, _NEARER = 5, 3
#: How much the sums of valences, and the vectors of an encoder, weigh beside the words.
_WEIGHT, _VECTOR_WEIGHT = 0.1, 0.5
_MASK = "TARGET"
#: How an encoder sees the target: as some party, whichever it is.
_SOMEBODY = {"zh": "某方", "en": "X"}

#: A text, a target, and the offset of the mention that is meant; -1 means all mentions.
Aim = tuple[str, str, int]


class AimedVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Words around a masked target by place and by clause, valences, and deeds with the side of the target.

    Args:
        min_df: leave out features of fewer texts.
        encoder: None, "default" or an object with ``encode``: adds vectors of the text, and of sentence,
            clause and what stands left and right of the target in its sentence, the target masked.

    Examples:
        >>> pairs = [("计划失败，甲公司受到批评。", "甲公司", -1), ("乙公司获得成功。", "乙公司", -1)]
        >>> AimedVectorizer(min_df=1).fit_transform(pairs).shape[0]
        2
    """

    def __init__(self, min_df: int = 2, encoder: Any = None) -> None:
        self.min_df = min_df
        self.encoder = encoder

    def fit(self, pairs: Sequence[Aim], y: object = None) -> Self:  # noqa: ARG002
        """Learn vocabulary and scales from (text, target, start) *pairs*; *y* is ignored."""
        self.fit_transform(pairs)
        return self

    def fit_transform(
        self,
        pairs: Sequence[Aim],
        y: object = None,  # noqa: ARG002
    ) -> sparse.csr_matrix:
        """Learn from *pairs*, and return their features; *y* is ignored."""
        features, numbers, vectors = self._described(pairs)
        self.words_ = TfidfVectorizer(
            analyzer=_split, sublinear_tf=True, min_df=min(self.min_df, len(features)), lowercase=False
        )
        matrix = self.words_.fit_transform(features)
        spread = numbers.std(axis=0)
        self.scale_ = np.where(spread > 0, spread, 1.0)
        return self._joined(matrix, numbers, vectors)

    def transform(self, pairs: Sequence[Aim]) -> sparse.csr_matrix:
        """Return the features of *pairs*."""
        features, numbers, vectors = self._described(pairs)
        return self._joined(self.words_.transform(features), numbers, vectors)

    def _described(self, pairs: Sequence[Aim]) -> tuple[list[str], Floats, Floats]:
        """Return the named features of each pair, joined by line breaks, its sums, and its vectors."""
        texts = list(dict.fromkeys(text for text, _, _ in pairs))
        place = {text: number for number, text in enumerate(texts)}
        around = TargetContexts(texts, sorted({target for _, target, _ in pairs}))
        aims = [(place[text], target, start) for text, target, start in pairs]
        features = ["\n".join(around.features(*aim)) or _MASK for aim in aims]
        numbers = np.array([around.numbers(*aim) for aim in aims])
        encoder = resolve(self.encoder)
        if encoder is None:
            return features, numbers, np.zeros((len(aims), 0))
        return features, numbers, _vectors(encoder, [around.pieces(*aim) for aim in aims])

    def _joined(self, matrix: sparse.csr_matrix, numbers: Floats, vectors: Floats) -> sparse.csr_matrix:
        parts = [matrix, sparse.csr_matrix(_WEIGHT * numbers / self.scale_)]
        return sparse.hstack([*parts, sparse.csr_matrix(_VECTOR_WEIGHT * vectors)]).tocsr()


def _vectors(encoder: Encoder, pieces: Sequence[Sequence[str]]) -> Floats:
    """Return the vectors of the pieces of each pair side by side, each different piece encoded once."""
    whole = list(dict.fromkeys(piece for row in pieces for piece in row))
    place = {piece: number for number, piece in enumerate(whole)}
    number = np.array([[place[piece] for piece in row] for row in pieces])
    return np.asarray(unit_vectors(encoder, whole)[number].reshape(len(pieces), -1))


def _split(text: str) -> list[str]:
    return text.split("\n")


class TargetContexts:
    """The texts with their clauses, sentences, valences and deeds, and where each target stands."""

    def __init__(self, texts: Sequence[str], targets: Sequence[str]) -> None:
        tokens = tokens_of(texts)
        self.texts = texts
        self.reading = Annotations.of(tokens)
        self.view = self.reading.view
        self.value = valences(self.reading)
        self.bounds = tokens.bounds
        self.words = [tokens.types[term] for term in tokens.term.tolist()]
        self.sign = np.sign(self.value).astype(int)
        self.clause = self._sums(self.view.clause)
        self.sentence = self._sums(self.view.sentence)
        self.article = np.bincount(self.view.article, weights=self.value, minlength=len(texts))
        hits = Phrases.compile(targets, tokens.tokenizer).find(tokens)
        self.hits = self._hits()
        self.kinds = _kinds()
        self.spans: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
        for number, (phrase, first, last) in enumerate(
            zip(*(column.tolist() for column in hits), strict=True)
        ):
            key = (int(self.view.article[first]), targets[phrase])
            self.spans.setdefault(key, []).append((first, last + 1, number))
        words = judging_words(self.reading)
        found = sides(self.reading, words, hits.first, hits.last)
        self.said = toward(words, found, len(hits.first))
        self.deeds: list[list[str]] = [[] for _ in hits.first]
        names = list(kinds())
        columns = (found.mention, words.kind[found.word], found.patient, found.same, found.others)
        for mention, kind, patient, same, others in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            side = f"{names[kind]}={'to' if patient else 'by'}{'' if same else ' far'}"
            self.deeds[mention] += [f"w={side}", f"x={side}{' others' if others else ''}"]

    def _sums(self, number: npt.NDArray[np.int64]) -> Floats:
        size = int(number.max(initial=-1)) + 1
        return np.bincount(number, weights=self.value, minlength=size).astype(float)

    def _hits(self) -> dict[int, list[tuple[int, str]]]:
        """Return for each clause the hits of the stance features: first token and feature."""
        hits = self.reading.hits
        found: dict[int, list[tuple[int, str]]] = {}
        clauses = self.view.clause[hits.first].tolist()
        for clause, first, number in zip(clauses, hits.first.tolist(), hits.feature.tolist(), strict=True):
            found.setdefault(clause, []).append((first, hits.names[number]))
        return found

    def _spans(self, row: int, target: str, start: int) -> list[tuple[int, int, int]]:
        """Return the mentions of a target in text *row*, or the one at *start*."""
        spans = self.spans.get((row, target), [])
        return [span for span in spans if self.view.tokens.start[span[0]] == start] or spans

    def numbers(self, row: int, target: str, start: int = -1) -> list[float]:
        """Return the sums of valences in the clauses, the sentences and the text, and how often it stands."""
        spans = self._spans(row, target, start)
        clauses = {int(self.view.clause[first]) for first, _, _ in spans}
        sentences = {int(self.view.sentence[first]) for first, _, _ in spans}
        near = float(sum(self.clause[clause] for clause in clauses))
        wide = float(sum(self.sentence[sentence] for sentence in sentences))
        said = float(sum(self.said[number] for _, _, number in spans))
        signs = [float(np.sign(near)), float(np.sign(wide))]
        limits = [max(-3.0, min(3.0, near)), max(0.0, min(3.0, near)), max(-3.0, min(0.0, near))]
        deeds = [said, max(0.0, min(2.0, said)), max(-2.0, min(0.0, said))]
        return [near, wide, float(self.article[row]), *signs, *limits, *deeds, float(len(spans))]

    def pieces(self, row: int, target: str, start: int = -1) -> list[str]:
        """Return what an encoder reads: text, sentence, left and right of the target in it, and clause."""
        text, spans = self.texts[row], self._spans(row, target, start)
        if not spans:
            return [text] * 5
        first, end, _ = spans[0]
        tokens, (low, high) = self.view.tokens, self.bounds[row : row + 2].tolist()
        begin, stop = int(tokens.start[first]), int(tokens.end[end - 1])
        somebody = _SOMEBODY.get(str(self.view.lang[row]), _SOMEBODY["en"])
        found = [text]
        for number in (self.view.sentence, self.view.clause):
            open_, close = _run(number, first, low, high)
            left = text[int(tokens.start[open_]) : begin]
            right = text[stop : max(int(tokens.end[close - 1]), stop)]
            found.append(f"{left}{somebody}{right}")
            found += [left or " ", right or " "] if number is self.view.sentence else []
        return found

    def features(self, row: int, target: str, start: int = -1) -> Iterator[str]:
        """Yield the named features of a target in text *row*."""
        low, high = int(self.bounds[row]), int(self.bounds[row + 1])
        spans = self._spans(row, target, start)
        for first, end, number in spans:
            yield from self._mention(first, end, low, high)
            yield from self.deeds[number]
        yield f"kind={self.kinds.get(target, '')}"
        yield f"mentions={min(len(spans), 4)}"
        yield f"article={_sign(self.article[row])}"
        own = {place for first, end, _ in spans for place in range(first, end)}
        yield from (f"d={self.words[place]}" for place in range(low, high) if place not in own)

    def _mention(self, first: int, end: int, low: int, high: int) -> Iterator[str]:
        clause, sentence = self.view.clause, self.view.sentence
        begin, stop = _run(clause, first, low, high)
        left, right = self.words[begin:first], self.words[end:stop]
        yield from (f"c={word}" for word in (*left, *right))
        yield from (f"l={word}" for word in left[-_NEAR:])
        yield from (f"r={word}" for word in right[:_NEAR])
        yield from (f"l{place}={word}" for place, word in enumerate(reversed(left[-_NEARER:])))
        yield from (f"r{place}={word}" for place, word in enumerate(right[:_NEARER]))
        line = [*left, _MASK, *right]
        yield from (f"b={one}_{two}" for one, two in pairwise(line))
        for place in (*range(begin, first), *range(end, stop)):
            if self.sign[place]:
                yield f"p={self.sign[place]}"
                yield f"p{'r' if place >= end else 'l'}={self.sign[place]}"
                yield f"v={round(self.value[place])}"
        for place, name in self.hits.get(int(clause[first]), ()):
            yield f"f={name}"
            yield f"f{'r' if place >= end else 'l' if place < first else 'o'}={name}"
        yield f"clause={_sign(self.clause[clause[first]])}"
        yield f"sentence={_sign(self.sentence[sentence[first]])}"
        begin, stop = _run(sentence, first, low, high)
        yield from (f"s={word}" for word in (*self.words[begin:first], *self.words[end:stop]))
        yield f"opens={first == low}"
        yield f"begins={clause[first] != clause[first - 1] if first > low else True}"
        yield f"quarter={4 * (first - low) // max(high - low, 1)}"
        yield f"reported={self.reading.voices.depth[first] > 0}"


@cache
def _kinds() -> dict[str, str]:
    """Return what each name is: a country, a person, a company, ..."""
    table = ConceptTable.default()
    return {form.text: table.kinds[form.concepts[0]] for form in table.forms if form.concepts}


def _run(number: npt.NDArray[np.int64], place: int, low: int, high: int) -> tuple[int, int]:
    """Return where the clause or sentence of *place* begins and ends."""
    begin, stop = place, place + 1
    while begin > low and number[begin - 1] == number[place]:
        begin -= 1
    while stop < high and number[stop] == number[place]:
        stop += 1
    return begin, stop


def _sign(value: float) -> str:
    return "+" if value > 0 else "-" if value < 0 else "0"
