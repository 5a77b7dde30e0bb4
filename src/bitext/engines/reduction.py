"""What every feature is: a function of one batch, how such results add up, and the table of the sum.

The words are Dask's (`dask.bag.Bag.reduction`, `dask.dataframe.Aggregation`). One batch that holds everything
takes the same road as a thousand on a cluster, so no result depends on how the input was divided.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar, cast

A = TypeVar("A", contravariant=True)
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")

#: Partial results that are aggregated at once. More save work, fewer save memory.
FAN_IN = 16

#: Told the number of each batch, and its result, when that has come.
Done = Callable[[int, Any], None]


def itself(value: Any) -> Any:
    """Return the value: where the sum is the result."""
    return value


@dataclass(frozen=True)
class Reduction(Generic[A, B, C]):
    """A computation over batches.

    Attributes:
        chunk: batch → partial result: pure and picklable (a function of a module, or a `partial` of one).
        aggregate: list of partial results → one partial result: associative, commutative and exact, so that
            batches may be divided and come in any way; of a single one it changes nothing that is seen.
        finalize: partial result of everything → result; runs once, in the caller's process.

    Examples:
        >>> longest = Reduction(len, max, "{} items".format)
        >>> longest([1, 2, 3])
        '3 items'
        >>> longest.finalize(add_up(map(longest.chunk, [[1], [2, 3]]), longest.aggregate))
        '2 items'
    """

    chunk: Callable[[A], B]
    aggregate: Callable[[Sequence[B]], B]
    finalize: Callable[[B], C] = itself

    def __call__(self, batch: A) -> C:
        """Return the result for a batch that is everything."""
        return self.finalize(self.chunk(batch))

    def of(self, view: Callable[[D], A]) -> "Reduction[D, B, C]":
        """Return the reduction of batches in which *view* finds what this one needs; *view* is picklable."""
        return Reduction(partial(_chunk_of, self.chunk, view), self.aggregate, self.finalize)

    def ending(self, finalize: Callable[[B], D]) -> "Reduction[A, B, D]":
        """Return the reduction with another end."""
        return cast("Reduction[A, B, D]", replace(self, finalize=finalize))  # type: ignore[arg-type]


def _chunk_of(chunk: Callable[[A], B], view: Callable[[D], A], batch: D) -> B:
    return chunk(view(batch))


def by_place(parts: Iterable[Mapping[int, D]]) -> dict[int, D]:
    """Aggregate results that batches give under their places: place of the batch → its result."""
    return {place: result for part in parts for place, result in part.items()}


def together(
    reductions: Mapping[str, Reduction[A, Any, Any]],
) -> Reduction[A, dict[str, Any], dict[str, Any]]:
    """Return one reduction that does several in one pass: name → partial result.

    Each is finalized by its own `finalize`, when it is needed: what it leaves behind can be let go.
    """
    chunks = {name: reduction.chunk for name, reduction in reductions.items()}
    aggregates = {name: reduction.aggregate for name, reduction in reductions.items()}
    return Reduction(partial(_chunk_each, chunks), partial(_aggregate_each, aggregates))


def _chunk_each(chunks: Mapping[str, Callable[[A], Any]], batch: A) -> dict[str, Any]:
    return {name: chunk(batch) for name, chunk in chunks.items()}


def _aggregate_each(
    aggregates: Mapping[str, Callable[[Sequence[Any]], Any]], parts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {name: aggregate([part[name] for part in parts]) for name, aggregate in aggregates.items()}


def add_up(results: Iterable[B], aggregate: Callable[[Sequence[B]], B], done: Done | None = None) -> B | None:
    """Aggregate results as they come, equals with equals: each takes part in few sums, and few are held.

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
            result = aggregate(full)
            level += 1
    left: list[Any] = [result for held in levels for result in held]
    if not left:
        return None
    return left[0] if len(left) == 1 else aggregate(left)
