"""Counts of words of a scan's batches, in files from the first pass to the second: nothing is cut again."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from bitext.corpus.scan import Progress
from bitext.counting.counts import Counts
from bitext.engines import scratch, store
from bitext.engines.engine import Engine
from bitext.engines.memory import lean
from bitext.engines.reduction import Reduction

B = TypeVar("B")
C = TypeVar("C")


class CountedBatch(NamedTuple):
    """Articles with the counts of their words; *first* articles stand before them."""

    counts: Counts
    first: int


class KeptCounts:
    """A temporary folder of counted batches, which goes with this object."""

    def __init__(self) -> None:
        self.folder = scratch.folder(self)

    def reduce(
        self, engine: Engine, reduction: Reduction[CountedBatch, B, C], progress: Progress | None
    ) -> C | None:
        """Return the result of *reduction* over what was kept; None where nothing was."""
        files = sorted(self.folder.glob("counts-*"))
        task: Reduction[Path, B, B] = lean(Reduction(partial(_of_file, reduction.chunk), reduction.aggregate))
        sizes = [int(file.name.rpartition("-")[2]) for file in files]
        tell = progress or (lambda articles: None)
        found = engine.reduce(task, files, lambda number, _: tell(sizes[number]))
        return None if found is None else reduction.finalize(found)


def keep(folder: Path, batch: CountedBatch) -> None:
    """Write a batch to a file of its own."""
    plain = replace(batch.counts, run={}, coverage=None, prominence=None)
    size = len(plain.articles)
    store.write(folder / f"counts-{batch.first:010d}-{size}", CountedBatch(plain, batch.first))


def _of_file(chunk: Callable[[CountedBatch], B], file: Path) -> B:
    return chunk(store.read(file))
