"""What batches of a scan gave, in mapped files until needed: counts of words, rows per article."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from bitext.corpus.scan import Progress
from bitext.counting.counts import Counts
from bitext.engines import scratch, store
from bitext.engines.engine import Engine
from bitext.engines.memory import give_back, lean
from bitext.engines.reduction import Reduction, add_up, itself

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")

#: Partial results by name, each behind a function that brings it: what is not asked for any more is let go.
Parts = dict[str, Callable[[], Any]]


class CountedBatch(NamedTuple):
    """Articles with the counts of their words; *first* articles stand before them."""

    counts: Counts
    first: int


class KeptParts:
    """A temporary folder of what batches gave, which goes with this object."""

    def __init__(self) -> None:
        self.folder = scratch.folder(self)

    def reduce(
        self, engine: Engine, reduction: Reduction[CountedBatch, B, C], progress: Progress | None
    ) -> C | None:
        """Return the result of *reduction* over the counts that were kept; None where none were."""
        engine.rest()  # what reading articles needs; adding up needs less
        files = sorted(self.folder.glob("counts-*"))
        task: Reduction[Path, B, B] = lean(Reduction(partial(_of_file, reduction.chunk), reduction.aggregate))
        sizes = [int(file.name.rpartition("-")[2]) for file in files]
        tell = progress or (lambda articles: None)
        found = engine.reduce(task, files, lambda number, _: tell(sizes[number]))
        return None if found is None else reduction.finalize(found)

    def filed(
        self, name: str, reduction: Reduction[A, B, C], first: Callable[[A], int]
    ) -> Reduction[A, list[str], list[str]]:
        """Return the reduction that writes its chunks to files, where they are computed; it gives the files.

        Args:
            name: of the files.
            reduction: what is taken of a batch.
            first: batch → how many articles stand before it: done twice, it has the same file.
        """
        return Reduction(partial(_filed, reduction.chunk, first, self.folder / name), _sorted)

    def read(self, reduction: Reduction[Any, B, Any], files: list[str]) -> B | None:
        """Return the sum of what *files* hold, and remove them."""
        found = add_up(map(_taken, files), reduction.aggregate)
        give_back()
        return found


def gathered(
    kept: KeptParts | None,
    reductions: Mapping[str, Reduction[A, Any, Any]],
    rows: frozenset[str],
    reduce: Callable[[Mapping[str, Reduction[A, Any, Any]]], dict[str, Any]],
) -> Parts:
    """Return the partial results of *reductions*: those in *rows* from files, where there is a folder.

    Args:
        kept: the folder.
        reductions: name → what is taken of batches.
        rows: names of those that have rows for every article.
        reduce: goes through all batches once, for all reductions: name → partial result.
    """
    if kept is None:
        return held(reduce(reductions))
    first = attrgetter("tokens.first")
    parts = reduce(
        {name: kept.filed(name, one, first) if name in rows else one for name, one in reductions.items()}
    )
    found = held({name: part for name, part in parts.items() if name not in rows})
    return found | {name: partial(kept.read, reductions[name], parts[name]) for name in rows & set(parts)}


def held(parts: Mapping[str, Any]) -> Parts:
    """Return partial results that are in memory."""
    return {name: partial(itself, part) for name, part in parts.items()}


def keep(folder: Path, batch: CountedBatch) -> None:
    """Write the counts of a batch to a file of its own."""
    plain = replace(batch.counts, run={}, coverage=None, prominence=None)
    size = len(plain.articles)
    store.write(folder / f"counts-{batch.first:010d}-{size}", CountedBatch(plain, batch.first))


def _of_file(chunk: Callable[[CountedBatch], B], file: Path) -> B:
    return chunk(store.read(file, mapped=True))


def _filed(chunk: Callable[[A], Any], first: Callable[[A], int], stem: Path, batch: A) -> list[str]:
    file = stem.with_name(f"{stem.name}-{first(batch):010d}")
    store.write(file, chunk(batch))
    return [str(file)]


def _sorted(parts: Sequence[list[str]]) -> list[str]:
    return sorted(file for part in parts for file in part)


def _taken(file: str) -> Any:
    value = store.read(Path(file))  # not mapped: a file that is kept mapped keeps a descriptor open
    Path(file).unlink()
    return value
