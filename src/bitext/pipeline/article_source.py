"""Where a comparison gets its articles: all of them in memory, or a `Scan`, batch by batch.

Both answer the same two questions: the merged result of a job over all articles, and the tokens of single
articles. So all tables are made by the same code, and are the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd

from bitext import schema
from bitext.arrays import Ints
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import ConceptHits, ConceptTable, find_concepts
from bitext.copies.duplicates import duplicates
from bitext.corpus.corpus import Corpus
from bitext.corpus.kept_texts import KeptTexts
from bitext.corpus.scan import Progress, Scan
from bitext.counting.count import count
from bitext.counting.counts import Counts
from bitext.counting.phrasing import phrasing
from bitext.engines import engine as engines
from bitext.engines.memory import give_back, lean
from bitext.engines.reduction import Reduction, together
from bitext.errors import CorpusError
from bitext.pipeline import closely
from bitext.pipeline.closely import Closely
from bitext.pipeline.found_names import Pairs, found_names, given, table_with, words_of_run
from bitext.pipeline.kept_parts import CountedBatch, KeptParts, Parts, gathered, held, keep
from bitext.record import fingerprint
from bitext.tokenizing.dictionary import WithLearnt, resolve
from bitext.tokenizing.tokenize import knowing, tokenize
from bitext.tokenizing.windows import over_windows
from bitext.tokens.tokens import Tokens

B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")

#: Bytes of input in a batch at most: reading stance makes many objects, which are gone after the batch.
#: Half as much costs a sixth more processor time.
PORTION = 2_000_000

#: Spans of stance that are kept of a scan, of each feature and voice in each group.
SPANS = 100


class BatchAnalysis:
    """Articles with their tokens, and what several features need of them, made once."""

    def __init__(
        self,
        corpus: Corpus,
        tokens: Tokens,
        counting: Mapping[str, Any],
        pairs: Pairs = (),
        closely: Closely | None = None,
    ) -> None:
        self.corpus, self.tokens, self._counting = corpus, tokens, counting
        self.table, self._closely = table_with(pairs), closely

    @cached_property
    def terms(self) -> Counts:
        """The counts of words."""
        return count(self.tokens, **self._counting)

    @property
    def counted(self) -> CountedBatch:
        """The counts of words, with the place of the articles."""
        return CountedBatch(self.terms, self.tokens.first)

    @cached_property
    def hits(self) -> ConceptHits:
        """Where concepts stand."""
        own = self.table is ConceptTable.default() and self.closely is self.tokens
        return self.annotations.concepts if own else find_concepts(self.tokens, self.table)

    @cached_property
    def closely(self) -> Tokens:
        """The articles that are read for who says what."""
        if self._closely is None:
            return self.tokens
        return self.tokens.select(self._closely.drawn(self.tokens.articles))

    @cached_property
    def annotations(self) -> Annotations:
        """Who says what, and the spans of stance."""
        return Annotations.of(self.closely)


#: Name → what is taken of batches.
Batched = Mapping[str, Reduction[BatchAnalysis, Any, Any]]


class ArticleSource(Protocol):
    """All articles of a comparison."""

    def reduce(self, reduction: Reduction[BatchAnalysis, B, C], settings: str) -> C:
        """Return *reduction* over all articles; *settings* are all that decides what it takes of a batch."""

    def gather(self, reductions: Batched, rows: frozenset[str], settings: str) -> Parts:
        """Return what several reductions give; those in *rows* have rows for every article."""

    def reduce_counts(self, reduction: Reduction[CountedBatch, B, C], settings: str) -> C:
        """Return *reduction* over the counts of words, when the articles were gone through once."""

    #: Spans of stance that are kept of each feature and voice in each group; None is all.
    spans: int | None
    #: Whether articles come some at a time.
    divided: bool
    #: Names in both languages that the texts give, and that are concepts of the run.
    pairs: Pairs
    #: Which articles are read for who says what; None is all.
    closely: Closely | None

    @property
    def terms(self) -> Counts | None:
        """The counts of words, where all articles are held."""

    def sample(self, places: Ints) -> tuple[Corpus, Tokens]:
        """Return the articles at these *places* in reading order (at least these), with their tokens."""

    def each(self, parts: Iterable[tuple[Ints, D]], function: Callable[[Tokens, D], B]) -> Iterator[B]:
        """Yield ``function(tokens, more)`` for the articles in these rows of the table of articles."""

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
    divided = False
    closely: Closely | None = None

    def __init__(
        self,
        corpus: Corpus,
        tokenizing: Mapping[str, Any],
        counting: Mapping[str, Any],
        workers: int = 1,
        *,
        extend: bool = False,
    ) -> None:
        if not len(corpus):
            raise CorpusError("the corpus holds no article: there is nothing to compare")
        settings = {**tokenizing, "words": words_of_run(tokenizing, corpus.articles["outlet"].tolist())}
        learn = settings.pop("learn", False)
        tokens = tokenize(corpus, workers=workers, **settings)
        found = found_names(tokens, learn=learn, extend=extend)
        if found.words:
            dictionary = settings.get("dictionary", "default")
            tokens = knowing(tokens, found.words, dictionary, settings["words"])
        self.pairs = found.pairs
        self._batch = BatchAnalysis(corpus, tokens, counting, found.pairs)
        self.problems, self.run = corpus.problems, corpus.run

    @property
    def terms(self) -> Counts | None:
        """The counts of words."""
        return self._batch.terms

    def reduce(self, reduction: Reduction[BatchAnalysis, B, C], _: str) -> C:
        """Return the result for everything."""
        return reduction(self._batch)

    def gather(self, reductions: Batched, _: frozenset[str], __: str) -> Parts:
        """Return the results for everything."""
        return held(together(reductions)(self._batch))

    def reduce_counts(self, reduction: Reduction[CountedBatch, B, C], _: str) -> C:
        """Return the result for everything."""
        return reduction(self._batch.counted)

    def sample(self, _: Ints) -> tuple[Corpus, Tokens]:
        """Return everything."""
        return self._batch.corpus, self._batch.tokens

    def each(self, parts: Iterable[tuple[Ints, D]], function: Callable[[Tokens, D], B]) -> Iterator[B]:
        """Yield the result for each part; all articles are there each time."""
        return (function(self._batch.tokens, more) for _, more in parts)

    def duplicates(self) -> pd.DataFrame:
        """Return the table of copies."""
        return duplicates(self._batch.corpus)


class Batches:
    """A scan: read twice, and single articles a third time."""

    spans: int | None = SPANS
    divided = True
    terms: Counts | None = None

    def __init__(
        self,
        scan: Scan,
        tokenizing: Mapping[str, Any],
        counting: Mapping[str, Any],
        progress: Progress | None = None,
        *,
        extend: bool = False,
    ) -> None:
        self._scan, self._progress, self._counting = scan.in_portions(PORTION), progress, counting
        self._kept_parts: KeptParts | None = None
        #: All articles, without texts; known when they have been read.
        self.listed = schema.empty(schema.ARTICLES)
        settings = {**scan.tokenizing, **given(tokenizing)}
        if not len(scan.tokenizing.get("words", ())):
            settings["words"] = words_of_run(settings, list(scan.outlets(progress)))
        learn = settings.pop("learn", False)
        ready = tokenize(self._scan, **settings)
        found = found_names(ready, learn=learn, extend=extend)
        if found.words:
            settings["words"] = WithLearnt(settings["words"], found.words)
            ready = tokenize(self._scan, **settings)
        self.pairs = found.pairs
        self.closely = Closely.of(scan.number(progress), scan.outlets(progress), closely.CLOSELY)
        self._settings = dict(ready.tokenizing)
        if counting.get("unit") == "phrase":
            self._counting = {**counting, "phrasing": phrasing(ready, progress)}
        give_back()  # what learning held

    def reduce(self, reduction: Reduction[BatchAnalysis, B, C], settings: str) -> C:
        """Return the result over all batches."""
        kept = self._files()
        folder = kept.folder if kept else None
        view = partial(_analysis, self._settings, self._counting, self.pairs, self.closely, folder)
        task = lean(reduction.of(view))
        return self._scan.reduce(task, key=f"{settings} {self._tokenizing}", progress=self._progress)

    def gather(self, reductions: Batched, rows: frozenset[str], settings: str) -> Parts:
        """Return the results over all batches; *rows* wait in files, unless a cache keeps results."""
        return gathered(self._files(), reductions, rows, lambda those: self.reduce(together(those), settings))

    def _files(self) -> KeptParts | None:
        """Return the folder that workers of this machine write to; None where a cache keeps what they do."""
        if self._kept_parts is None and self._scan.cache is None:
            with engines.start(self._scan.engine, self._scan.workers) as engine:
                self._kept_parts = KeptParts() if engine.here else None
        return self._kept_parts

    def reduce_counts(self, reduction: Reduction[CountedBatch, B, C], settings: str) -> C:
        """Return the result over the counts of all batches: kept in files, unless a cache keeps results."""
        if self._kept_parts is not None:
            with engines.start(self._scan.engine, self._scan.workers) as engine:
                found = self._kept_parts.reduce(engine, reduction, self._progress)
            if found is not None:
                return found
        return self.reduce(reduction.of(attrgetter("counted")), settings)

    def sample(self, places: Ints) -> tuple[Corpus, Tokens]:
        """Return the articles at *places*."""
        corpus = self._scan.articles(places)
        return corpus, tokenize(corpus, **self._settings)

    def each(self, parts: Iterable[tuple[Ints, D]], function: Callable[[Tokens, D], B]) -> Iterator[B]:
        """Yield the result for each part, in order; workers on this machine read its texts from files."""
        with engines.start(self._scan.engine, self._scan.workers) as engine:
            if not engine.here:
                yield from (function(self.sample(rows)[1], more) for rows, more in parts)
                return
            yield from over_windows(engine, self.listed, self._kept, parts, function, self._settings)
            engine.rest()

    @cached_property
    def _kept(self) -> KeptTexts:
        return KeptTexts(self._scan, self._progress)

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
        counting = {**self._counting, "stopwords": self._counting.get("stopwords", ())}
        parts = (entries, sorted(others.items()), sorted(counting.items()), self.pairs, self.closely)
        return fingerprint([repr(part) for part in parts])


def _analysis(
    settings: Mapping[str, Any],
    counting: Mapping[str, Any],
    pairs: Pairs,
    read: Closely | None,
    folder: Path | None,
    corpus: Corpus,
) -> BatchAnalysis:
    batch = BatchAnalysis(corpus, tokenize(corpus, **settings), counting, pairs, read)
    if folder is not None:
        keep(folder, batch.counted)
    return batch
