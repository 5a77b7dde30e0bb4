"""Where batches run: in this process, in a pool of processes, or on a Dask cluster.

Every engine does the same two things: `map` gives the result of a pure function for each batch, in order;
`fold` adds the results up by a `merge` that is associative and commutative. So the answer is the same for
every engine, however the input was divided and whatever came first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, Protocol, TypeVar

from bitext.engines.pool import borrowed
from bitext.errors import BitextError

A = TypeVar("A")
B = TypeVar("B")

ENGINES = ("serial", "processes", "dask")

#: Partial results that are merged at once. More save work, fewer save memory.
FAN_IN = 16

Merge = Callable[[Sequence[B]], B]

#: Told the number of each batch, and its result, when that has come.
Done = Callable[[int, Any], None]


class Engine(Protocol):
    """What all engines can do."""

    @property
    def here(self) -> bool:
        """Whether all work is done on this machine, and sees its files."""

    def map(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield the result of *function* for each batch, in order."""

    def fold(
        self, function: Callable[[A], B], batches: Iterable[A], merge: Merge[B], done: Done | None = None
    ) -> B | None:
        """Return all results as one; None where there is no batch."""


def check(engine: object, workers: int) -> None:
    """Say which engine or number of workers is not accepted."""
    if isinstance(engine, str) and engine not in ENGINES:
        raise BitextError.unknown("engine", engine, [*ENGINES, "a dask.distributed.Client"])
    if workers < 1:
        raise BitextError(f"workers must be at least 1, not {workers}")


def start(engine: object = None, workers: int = 1) -> AbstractContextManager[Engine]:
    """Return the engine, to be used in a ``with`` block that ends it.

    Args:
        engine: "serial", "processes", "dask" (an existing `dask.distributed.Client` of this process, else a
            `LocalCluster`), or a Client. None is "processes" where there are two workers or more.
        workers: processes; a Client that exists has its own number.

    Raises:
        BitextError: another engine, *workers* below 1, or Dask is not installed.

    Examples:
        >>> with start("serial") as engine:
        ...     engine.fold(len, ["ab", "c"], sum)
        3
    """
    check(engine, workers)
    if isinstance(engine, Serial | Processes):
        return nullcontext(engine)
    if engine is None:
        engine = "processes" if workers > 1 else "serial"
    if engine == "serial":
        return Serial()
    if engine == "processes":
        return Processes(workers)
    from bitext.engines.cluster import Cluster

    if isinstance(engine, Cluster):
        return nullcontext(engine)
    return Cluster(None if engine == "dask" else engine, workers)


class Serial:
    """Everything in this process."""

    here = True

    def __enter__(self) -> "Serial":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield the results, one batch after the other."""
        return map(function, batches)

    def fold(
        self, function: Callable[[A], B], batches: Iterable[A], merge: Merge[B], done: Done | None = None
    ) -> B | None:
        """Return all results as one."""
        return add_up(self.map(function, batches), merge, done)


class Processes:
    """A pool of processes that stay for all that is asked of it."""

    here = True

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._open = ExitStack()

    def __enter__(self) -> "Processes":
        self._pool = self._open.enter_context(borrowed(self._workers))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def map(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield the results in the order of the batches."""
        return self._pool.run(function, batches)

    def fold(
        self, function: Callable[[A], B], batches: Iterable[A], merge: Merge[B], done: Done | None = None
    ) -> B | None:
        """Return all results as one."""
        return add_up(self.map(function, batches), merge, done)


def add_up(results: Iterable[B], merge: Merge[B], done: Done | None = None) -> B | None:
    """Merge results as they come, equals with equals: each takes part in few merges, and few are held.

    Examples:
        >>> add_up([1, 2, 3], sum)
        6
    """
    levels: list[list[B]] = []
    for number, result in enumerate(results):
        if done:
            done(number, result)
        level = 0
        while True:
            if level == len(levels):
                levels.append([])
            levels[level].append(result)
            if len(levels[level]) < FAN_IN:
                break
            full, levels[level] = levels[level], []
            result = merge(full)
            level += 1
    left: list[Any] = [result for held in levels for result in held]
    if not left:
        return None
    return left[0] if len(left) == 1 else merge(left)
