"""What a text says around a target whose name is masked: features for one classifier of all targets."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer

from bitext.arrays import Floats
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import ConceptTable
from bitext.stances.from_texts import tokens_of
from bitext.stances.target.clauses import valences
from bitext.tokens.phrases import Phrases

#: Words on either side of the target that are features with their place.
_NEAR, _NEARER = 5, 3
#: How much the sums of valences weigh beside the words.
_WEIGHT = 0.1
_MASK = "TARGET"


class AimedVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Words around a masked target, by place and by clause, with their valences.

    Examples:
        >>> pairs = [("计划失败，甲公司受到批评。", "甲公司"), ("乙公司获得成功。", "乙公司")]
        >>> AimedVectorizer(min_df=1).fit_transform(pairs).shape[0]
        2
    """

    def __init__(self, min_df: int = 2) -> None:
        self.min_df = min_df

    def fit(self, pairs: Sequence[tuple[str, str]], y: object = None) -> Self:  # noqa: ARG002
        """Learn vocabulary and scales from (text, target) *pairs*; *y* is ignored."""
        self.fit_transform(pairs)
        return self

    def fit_transform(
        self,
        pairs: Sequence[tuple[str, str]],
        y: object = None,  # noqa: ARG002
    ) -> sparse.csr_matrix:
        """Learn from *pairs*, and return their features; *y* is ignored."""
        features, numbers = _describe(pairs)
        self.words_ = TfidfVectorizer(
            analyzer=_split, sublinear_tf=True, min_df=min(self.min_df, len(features)), lowercase=False
        )
        matrix = self.words_.fit_transform(features)
        spread = numbers.std(axis=0)
        self.scale_ = np.where(spread > 0, spread, 1.0)
        return self._joined(matrix, numbers)

    def transform(self, pairs: Sequence[tuple[str, str]]) -> sparse.csr_matrix:
        """Return the features of *pairs*."""
        features, numbers = _describe(pairs)
        return self._joined(self.words_.transform(features), numbers)

    def _joined(self, matrix: sparse.csr_matrix, numbers: Floats) -> sparse.csr_matrix:
        return sparse.hstack([matrix, sparse.csr_matrix(_WEIGHT * numbers / self.scale_)]).tocsr()


def _split(text: str) -> list[str]:
    return text.split("\n")


def _describe(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], Floats]:
    """Return the named features of each pair, joined by line breaks, and its sums of valences."""
    texts = list(dict.fromkeys(text for text, _ in pairs))
    place = {text: number for number, text in enumerate(texts)}
    around = TargetContexts(texts, sorted({target for _, target in pairs}))
    features = ["\n".join(around.features(place[text], target)) or _MASK for text, target in pairs]
    numbers = np.array([around.numbers(place[text], target) for text, target in pairs])
    return features, numbers


class TargetContexts:
    """The texts with their clauses, sentences and valences, and where each target stands."""

    def __init__(self, texts: Sequence[str], targets: Sequence[str]) -> None:
        tokens = tokens_of(texts)
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
        self.spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for phrase, first, last in zip(*(column.tolist() for column in hits), strict=True):
            key = (int(self.view.article[first]), targets[phrase])
            self.spans.setdefault(key, []).append((first, last + 1))

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

    def numbers(self, row: int, target: str) -> list[float]:
        """Return the sums of valences in the clauses, the sentences and the text, and how often it stands."""
        spans = self.spans.get((row, target), [])
        clauses = {int(self.view.clause[first]) for first, _ in spans}
        sentences = {int(self.view.sentence[first]) for first, _ in spans}
        near = float(sum(self.clause[clause] for clause in clauses))
        wide = float(sum(self.sentence[sentence] for sentence in sentences))
        signs = [float(np.sign(near)), float(np.sign(wide))]
        limits = [max(-3.0, min(3.0, near)), max(0.0, min(3.0, near)), max(-3.0, min(0.0, near))]
        return [near, wide, float(self.article[row]), *signs, *limits, float(len(spans))]

    def features(self, row: int, target: str) -> Iterator[str]:
        """Yield the named features of a target in text *row*."""
        low, high = int(self.bounds[row]), int(self.bounds[row + 1])
        spans = self.spans.get((row, target), [])
        for first, end in spans:
            yield from self._mention(first, end, low, high)
        yield f"kind={self.kinds.get(target, '')}"
        yield f"mentions={min(len(spans), 4)}"
        yield f"article={_sign(self.article[row])}"
        own = {place for first, end in spans for place in range(first, end)}
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
