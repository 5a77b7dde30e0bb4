"""The Scan object: articles that are read batch by batch, and never held all at once."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.corpus.batches import corpus, index_portion, load, some
from bitext.corpus.cached_task import Aggregate, CachedTask
from bitext.corpus.corpus import Corpus
from bitext.corpus.first_pass import FirstPass, Known, PortionIndex, all_problems, in_input_order
from bitext.corpus.read import nothing_read
from bitext.engines import engine as engines
from bitext.engines import scratch, store
from bitext.engines.engine import Engine
from bitext.engines.reduction import Reduction
from bitext.errors import CorpusError, LanguageError, ScanError
from bitext.reading.paths import Inputs
from bitext.reading.problems import Problem
from bitext.reading.splits import ReadOptions, divide

if TYPE_CHECKING:
    from bitext import GroupedCounts

B = TypeVar("B")
C = TypeVar("C")

Progress = Callable[[int], None]

#: Bytes of input in a portion, at most.
LARGEST = 2_000_000
#: Bytes of a cache at most: what was not used for longest goes.
CACHE = 10_000_000_000


@dataclass
class _Memory:
    """What the first pass over the input brought; all scans made of one share it."""

    learnt: FirstPass | None = None
    damaged: frozenset[str] = frozenset()

    def folder(self) -> Path:
        """Make a temporary folder that goes when nobody can ask for it any more."""
        return scratch.folder(self)


@dataclass(frozen=True)
class Scan:
    """Articles to be read when they are needed, a batch at a time.

    Functions that accept a `Scan` read it twice: once to learn which lines recur in an outlet's articles
    (they are furniture, and no batch alone can tell), and once to do their work. Between the two, parsed
    articles lie in a temporary folder, or in *cache*. Results are those of `bitext.read`, to the last bit.

    Attributes:
        inputs: the files.
        reading: how they are read.
        engine: "serial", "processes", "dask", a Dask client, or None (processes, where workers > 1).
        workers: number of processes.
        cache: folder for parsed batches and partial results that outlast the process; None keeps none.
        size: bytes of input in a portion.
        lang: only the articles in this language; "" all.
        tokenizing: arguments of `bitext.tokenize`, if `bitext.tokenize(scan, ...)` made this.
        counting: arguments of `bitext.count`, if `bitext.count(scan, ...)` made this.
        run: the run record.
    """

    inputs: Inputs
    reading: ReadOptions
    engine: Any = None
    workers: int = 1
    cache: Path | None = None
    size: int = LARGEST
    lang: str = ""
    tokenizing: Mapping[str, Any] = field(default_factory=dict)
    counting: Mapping[str, Any] | None = None
    run: Mapping[str, Any] = field(default_factory=dict)
    _memory: _Memory = field(default_factory=_Memory, repr=False, compare=False)

    def __repr__(self) -> str:
        facts = [f"{len(self.inputs.files):,} files"]
        if self._memory.learnt:
            facts.append(f"{sum(place.articles for place in self._places()):,} articles")
        facts.append(f"{self.workers} workers" if self.workers > 1 else "")
        return schema.describe("Scan", facts)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            raise AttributeError(name) if name.startswith("_") else ScanError.lacking(name, dir(self))

    def select(self, *, lang: str) -> Self:
        """Return the scan of the articles in one language, "zh" or "en"."""
        if lang not in schema.LANGUAGES:
            raise LanguageError.unknown("language", lang, schema.LANGUAGES)
        return replace(self, lang=lang)

    def group(
        self, by: str | Sequence[str] = "outlet", *, progress: Progress | None = None
    ) -> "GroupedCounts":
        """Count batch by batch, with the settings of `bitext.count`: the sums of each group and term.

        Args:
            by: column(s) of the articles, or "day", "week", "month", "quarter", "year".
            progress: called with the number of articles done since the last call.
        """
        from bitext.counting.scanned import group_scan

        return group_scan(self, by, progress)

    def on(self, engine: object = None, workers: int | None = None) -> Self:
        """Return the same scan for another engine or number of workers; None leaves it."""
        engines.check(engine or self.engine, workers or self.workers)
        return replace(self, engine=engine or self.engine, workers=workers or self.workers)

    def in_portions(self, largest: int) -> Self:
        """Return the scan in portions of at most so many bytes, unless it was read or has a cache."""
        fixed = self._memory.learnt is not None or self.cache is not None
        return self if fixed else replace(self, size=min(self.size, largest))

    @contextmanager
    def started(self) -> Iterator[Self]:
        """Start the engine, and yield the scan on it: several reductions in the block share its workers."""
        with engines.start(self.engine, self.workers) as engine:
            yield replace(self, engine=engine)

    def number(self, progress: Progress | None = None) -> int:
        """Return the number of articles, in all languages; reads them, unless that was done before."""
        with engines.start(self.engine, self.workers) as engine:
            self._learn(engine, progress or (lambda articles: None))
        return sum(place.articles for place in self._places())

    @property
    def problems(self) -> pd.DataFrame:
        """What could not be read, columns `schema.PROBLEMS`; known when the scan was used once."""
        rows = list(self.inputs.problems)
        if learnt := self._memory.learnt:
            rows += all_problems(learnt)
            damaged = learnt.damaged | self._memory.damaged
            rows += [Problem(str(self.cache), "broken", f"{text}; made anew") for text in sorted(damaged)]
        return pd.DataFrame(rows, columns=list(schema.PROBLEMS))

    def reduce(
        self,
        reduction: Reduction[Corpus, B, C],
        *,
        rows: npt.NDArray[np.int64] | None = None,
        key: str = "",
        progress: Progress | None = None,
    ) -> C:
        """Return the result of *reduction* over all batches.

        Args:
            reduction: what is taken from a batch, how that adds up, and what comes of the sum. Its `chunk`
                gets the `Corpus` of one batch, which holds at least one article, and whose `first` says how
                many articles stand before it; `aggregate` has to be picklable, too.
            rows: only the batches that hold one of these articles, named by `Corpus.first` plus row.
            key: all that decides the result of a chunk beside the articles, as text: then a *cache* keeps
                it, and another run does only what has changed.
            progress: called with the number of articles that were done since the last call, in each pass.

        Raises:
            CorpusError: there is no article at all.

        Examples:
            >>> from bitext.engines.reduction import Reduction
            >>> import bitext
            >>> from pathlib import Path
            >>> from tempfile import TemporaryDirectory
            >>> with TemporaryDirectory() as folder:
            ...     _ = Path(folder, "a.txt").write_text("The plant opened.")
            ...     _ = Path(folder, "b.txt").write_text("It closed.")
            ...     bitext.scan(folder).reduce(Reduction(len, sum))
            2
        """
        tell, began = progress or (lambda articles: None), time.time()
        with engines.start(self.engine, self.workers) as engine:
            learnt = self._learn(engine, tell)
            places = [place for place in self._places() if _holds(place, rows)]
            known = Known.of(learnt)
            task = CachedTask(self.reading, known, self.lang, reduction.chunk, key, self.cache)
            outcome = engine.reduce(
                Reduction(task, Aggregate(reduction.aggregate)),
                places,
                lambda number, _: tell(places[number].articles),
            )
        if self.cache is not None:
            store.tidy(self.cache, "*.bitext", CACHE, began)
        if outcome is not None:
            self._memory.damaged |= outcome.damaged
        if outcome is None or outcome.value is None:
            if any(place.articles for place in places):
                raise CorpusError(f"no article left to work on in language {self.lang!r}")
            raise nothing_read(self.problems.itertuples(index=False, name=None))
        return reduction.finalize(outcome.value)

    def outlets(self, progress: Progress | None = None) -> dict[str, int]:
        """Return all outlets, sorted, and their articles; reads everything once, if that was not done."""
        if self._memory.learnt is None:
            with engines.start(self.engine, self.workers) as engine:
                self._learn(engine, progress or (lambda articles: None))
        known = Known.of(self._memory.learnt or FirstPass())
        sizes: Counter[str] = Counter()
        for place in self._places():
            for name, number in zip(known.spelled(place.outlets), place.outlets.values(), strict=True):
                sizes[name] += number
        return dict(sorted(sizes.items()))

    def articles(self, places: npt.NDArray[np.int64]) -> Corpus:
        """Return single articles in one corpus, by their *places* in reading order (see `Tokens.places`)."""
        known = Known.of(self._memory.learnt or FirstPass())
        frames = []
        for place in self._places():
            rows = places[(places >= place.first) & (places < place.first + place.articles)] - place.first
            if len(rows):
                batch = load(place, self.reading)
                if self.lang:  # rows are those of the articles in this language
                    whole = corpus(batch, known, self.reading.options.lang, self.lang).articles
                    frames.append(whole.iloc[np.sort(rows)])
                else:
                    frames.append(
                        corpus(some(batch, np.sort(rows)), known, self.reading.options.lang).articles
                    )
        articles = pd.concat(frames, ignore_index=True) if frames else schema.empty(schema.ARTICLES)
        return Corpus(articles, run=self.run)

    def _places(self) -> list[PortionIndex]:
        return in_input_order(self._memory.learnt) if self._memory.learnt else []

    def _learn(self, engine: Engine, tell: Progress) -> FirstPass:
        if self._memory.learnt is None:
            folder = self.cache
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            elif engine.here:  # workers elsewhere do not see a folder of this machine: they read again
                folder = self._memory.folder()
            index = partial(index_portion, self.reading, folder, self.cache is not None)
            portions = enumerate(divide(self.inputs, self.reading, self.size))
            found = engine.reduce(
                Reduction(index, FirstPass.merge),
                portions,
                lambda _, new: tell(sum(place.articles for place in new.places.values())),
            )
            self._memory.learnt = found or FirstPass()
        return self._memory.learnt


def _holds(place: PortionIndex, rows: npt.NDArray[np.int64] | None) -> bool:
    return rows is None or bool(np.any((rows >= place.first) & (rows < place.first + place.articles)))
