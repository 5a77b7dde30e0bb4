"""The result of a job for one batch: computed, or taken from the cache where nothing has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bitext.corpus.batches import Place, corpus, load, recall
from bitext.corpus.corpus import Corpus
from bitext.engines import store
from bitext.reading.splits import Reading
from bitext.record import fingerprint

Job = Callable[[Corpus], Any]


@dataclass(frozen=True)
class Outcome:
    """A partial result (None: no article), and the files of the cache that were found damaged."""

    value: Any
    damaged: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Task:
    """A job with all that a worker needs to do it for a batch.

    Attributes:
        reading: how batches are read.
        furniture: of each outlet, the lines that are furniture.
        only: articles in this language; "" all.
        job: what is to be done.
        key: hash of the job's settings; "" where its results are not to be kept.
        folder: where results are kept.
    """

    reading: Reading
    furniture: Mapping[str, frozenset[int]]
    only: str
    job: Job
    key: str = ""
    folder: Path | None = None

    def __call__(self, place: Place) -> Outcome:
        """Do the job for one batch."""
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

    def _done(self, place: Place) -> Any:
        lang = self.reading.options.lang
        articles = corpus(load(place, self.reading), self.furniture, lang, self.only, place.first)
        return self.job(articles) if len(articles) else None

    def _key(self, place: Place) -> str:
        """Hash what decides the result: the batch, its place in the input, its furniture, the job."""
        lines = [(outlet, sorted(self.furniture.get(outlet, ()))) for outlet in sorted(place.outlets)]
        return fingerprint([place.key, str(place.first), repr(lines), self.only, self.key])


@dataclass(frozen=True)
class Merge:
    """Joins outcomes by the *merge* of their values."""

    merge: Callable[[Sequence[Any]], Any]

    def __call__(self, parts: Sequence[Outcome]) -> Outcome:
        """Return all outcomes as one."""
        values = [part.value for part in parts if part.value is not None]
        damaged = frozenset().union(*(part.damaged for part in parts))
        return Outcome(self.merge(values) if values else None, damaged)
