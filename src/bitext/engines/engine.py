"""Where batches run: in this process, in a pool of processes, or on a Dask cluster.

Every engine does the same two things: `map` gives the result of a pure function for each batch, in order;
`reduce` adds the results up as a `Reduction` says. So the answer is the same for every engine, however the
input was divided and whatever came first.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, Protocol, TypeVar

from bitext.engines.pool import HELD_IDLE, borrowed
from bitext.engines.reduction import Done, Reduction, add_up
from bitext.errors import BitextError

A = TypeVar("A")
B = TypeVar("B")

ENGINES = ("serial", "processes", "dask")


class Engine(Protocol):
    """What all engines can do."""

    @property
    def here(self) -> bool:
        """Whether all work is done on this machine, and sees its files."""

    def map(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield the result of *function* for each batch, in order."""

    def reduce(
        self, reduction: Reduction[A, B, Any], batches: Iterable[A], done: Done | None = None
    ) -> B | None:
        """Return all partial results as one, not finalized; None where there is no batch."""

    def rest(self) -> None:
        """Let go of what only the work done so far needed: memory is wanted elsewhere."""


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
        ...     engine.reduce(Reduction(len, sum), ["ab", "c"])
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

    def reduce(
        self, reduction: Reduction[A, B, Any], batches: Iterable[A], done: Done | None = None
    ) -> B | None:
        """Return all partial results as one."""
        return add_up(self.map(reduction.chunk, batches), reduction.aggregate, done)

    def rest(self) -> None:
        """Nothing is held."""


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

    def reduce(
        self, reduction: Reduction[A, B, Any], batches: Iterable[A], done: Done | None = None
    ) -> B | None:
        """Return all partial results as one."""
        return add_up(self.map(reduction.chunk, batches), reduction.aggregate, done)

    def rest(self) -> None:
        """End the workers that hold much; new ones start when they are needed."""
        self._pool.shed(HELD_IDLE)
