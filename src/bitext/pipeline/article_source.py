"""Where a comparison gets its articles: all of them in memory, or a `Scan`, batch by batch.

Both answer the same two questions: the merged result of a job over all articles, and the tokens of single
articles. So all tables are made by the same code, and are the same.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.attribution.annotations import Reading
from bitext.concepts.lookup import ConceptHits, find_concepts
from bitext.copies.duplicates import duplicates
from bitext.corpus.corpus import Corpus
from bitext.corpus.scan import Progress, Scan
from bitext.counting.count import count
from bitext.counting.counts import Counts
from bitext.engines.memory import lean
from bitext.engines.reduction import Reduction
from bitext.errors import CorpusError
from bitext.record import fingerprint
from bitext.tokenizing.dictionary import resolve
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

B = TypeVar("B")
C = TypeVar("C")

#: Bytes of input in a batch at most: reading stance makes many objects, which are gone after the batch.
PORTION = 1_000_000

#: Spans of stance that are kept of a scan, of each feature and voice in each group.
SPANS = 100

Ints = npt.NDArray[np.int64]


class BatchAnalysis:
    """Articles with their tokens, and what several features need of them, made once."""

    def __init__(self, corpus: Corpus, tokens: Tokens) -> None:
        self.corpus, self.tokens = corpus, tokens

    @cached_property
    def terms(self) -> Counts:
        """The counts of words."""
        return count(self.tokens)

    @cached_property
    def hits(self) -> ConceptHits:
        """Where concepts stand."""
        return find_concepts(self.tokens)

    @cached_property
    def annotations(self) -> Reading:
        """Who says what, and the spans of stance."""
        return Reading.of(self.tokens)


class ArticleSource(Protocol):
    """All articles of a comparison."""

    def reduce(self, reduction: Reduction[BatchAnalysis, B, C], settings: str) -> C:
        """Return *reduction* over all articles; *settings* are all that decides what it takes of a batch."""

    #: Spans of stance that are kept of each feature and voice in each group; None is all.
    spans: int | None

    @property
    def terms(self) -> Counts | None:
        """The counts of words, where all articles are held."""

    def sample(self, places: Ints) -> tuple[Corpus, Tokens]:
        """Return the articles at these *places* in reading order (at least these), with their tokens."""

    def duplicates(self) -> pd.DataFrame:
        """Return the table of copies."""

    @property
    def problems(self) -> pd.DataFrame:
        """What could not be read."""

    @property
    def run(self) -> Mapping[str, Any]:
        """The run record of reading."""


class InMemory:
    """A corpus: one batch."""

    spans: int | None = None

    def __init__(self, corpus: Corpus, workers: int = 1) -> None:
        if not len(corpus):
            raise CorpusError("the corpus holds no article: there is nothing to compare")
        words = own_names(corpus.articles["outlet"].tolist())
        self._batch = BatchAnalysis(corpus, tokenize(corpus, words=words, workers=workers))
        self.problems, self.run = corpus.problems, corpus.run

    @property
    def terms(self) -> Counts | None:
        """The counts of words."""
        return self._batch.terms

    def reduce(self, reduction: Reduction[BatchAnalysis, B, C], _: str) -> C:
        """Return the result for everything."""
        return reduction(self._batch)

    def sample(self, _: Ints) -> tuple[Corpus, Tokens]:
        """Return everything."""
        return self._batch.corpus, self._batch.tokens

    def duplicates(self) -> pd.DataFrame:
        """Return the table of copies."""
        return duplicates(self._batch.corpus)


class Batches:
    """A scan: read twice, and single articles a third time."""

    spans: int | None = SPANS
    terms: Counts | None = None

    def __init__(self, scan: Scan, progress: Progress | None = None) -> None:
        self._scan, self._progress = scan.in_portions(PORTION), progress
        self._settings = dict(scan.tokenizing)
        if not len(self._settings.get("words", ())):
            self._settings["words"] = own_names(scan.outlets(progress))

    def reduce(self, reduction: Reduction[BatchAnalysis, B, C], settings: str) -> C:
        """Return the result over all batches."""
        task = lean(reduction.of(partial(_analysis, self._settings)))
        return self._scan.reduce(task, key=f"{settings} {self._tokenizing}", progress=self._progress)

    def sample(self, places: Ints) -> tuple[Corpus, Tokens]:
        """Return the articles at *places*."""
        corpus = self._scan.articles(places)
        return corpus, tokenize(corpus, **self._settings)

    def duplicates(self) -> pd.DataFrame:
        """Return the table of copies."""
        return duplicates(self._scan, progress=self._progress)

    @property
    def problems(self) -> pd.DataFrame:
        """What could not be read."""
        return self._scan.problems

    @property
    def run(self) -> Mapping[str, Any]:
        """The run record of the scan."""
        return self._scan.run

    @cached_property
    def _tokenizing(self) -> str:
        """Return a hash of how words are cut."""
        entries, _ = resolve(self._settings.get("dictionary", "default"), self._settings["words"])
        others = {
            name: self._settings[name] for name in self._settings if name not in ("dictionary", "words")
        }
        return fingerprint([repr(entries), repr(sorted(others.items()))])


def own_names(outlets: Sequence[str]) -> list[str]:
    """Return the names of outlets that join the dictionary: torn in two, they would head every table.

    Examples:
        >>> own_names(["晨报", "The Post", "晨\\x00报"])
        ['晨报']
    """
    return sorted(name for name in set(outlets) if name.isprintable() and not name.isascii())


def _analysis(settings: Mapping[str, Any], corpus: Corpus) -> BatchAnalysis:
    return BatchAnalysis(corpus, tokenize(corpus, **settings))
