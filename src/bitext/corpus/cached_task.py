"""A partial result of one batch: computed, or taken from the cache where nothing has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bitext.corpus.batches import corpus, load, recall
from bitext.corpus.corpus import Corpus
from bitext.corpus.first_pass import Known, PortionIndex
from bitext.engines import store
from bitext.reading.splits import ReadOptions
from bitext.record import fingerprint


@dataclass(frozen=True)
class Outcome:
    """A partial result (None: no article), and the files of the cache that were found damaged."""

    value: Any
    damaged: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CachedTask:
    """A function of a corpus, with all that a worker needs to call it for a batch.

    Attributes:
        reading: how batches are read.
        known: what a batch owes to all others.
        only: articles in this language; "" all.
        chunk: what is to be done.
        key: hash of its settings; "" where its results are not to be kept.
        folder: where results are kept.
    """

    reading: ReadOptions
    known: Known
    only: str
    chunk: Callable[[Corpus], Any]
    key: str = ""
    folder: Path | None = None

    def __call__(self, place: PortionIndex) -> Outcome:
        """Do it for one batch."""
        if not place.articles:
            return Outcome(None)
        if not (self.key and self.folder and place.key):
            return Outcome(self._done(place))
        file = self.folder / f"part-{self._key(place)}.bitext"
        kept, damaged = recall(file)
        if kept is None:
            kept = Outcome(self._done(place))
            store.write(file, kept)
        return Outcome(kept.value, damaged)

    def _done(self, place: PortionIndex) -> Any:
        lang = self.reading.options.lang
        articles = corpus(load(place, self.reading), self.known, lang, self.only, place.first)
        return self.chunk(articles) if len(articles) else None

    def _key(self, place: PortionIndex) -> str:
        """Hash what decides the result: the batch, its place, its furniture and clocks, what is done."""
        names = sorted(self.known.spelled(sorted(place.outlets)))
        lines = [(outlet, sorted(self.known.furniture.get(outlet, ()))) for outlet in names]
        clocks = [self.known.clocks.get(outlet, "") for outlet in names]
        owed = repr((lines, names, self.known.further, clocks))
        return fingerprint([place.key, str(place.first), owed, self.only, self.key])


@dataclass(frozen=True)
class Aggregate:
    """Joins outcomes by the *aggregate* of their values."""

    aggregate: Callable[[Sequence[Any]], Any]

    def __call__(self, parts: Sequence[Outcome]) -> Outcome:
        """Return all outcomes as one."""
        values = [part.value for part in parts if part.value is not None]
        damaged = frozenset().union(*(part.damaged for part in parts))
        return Outcome(self.aggregate(values) if values else None, damaged)
