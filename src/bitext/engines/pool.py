"""Run one pure function over batches: in this process, or in several."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from bitext.errors import BitextError

A = TypeVar("A")
B = TypeVar("B")


def run(function: Callable[[A], B], batches: Iterable[A], workers: int = 1) -> Iterator[B]:
    """Yield `function(batch)` for each batch, in the order of the batches, whatever *workers* is.

    Args:
        function: pure and picklable (a function of a module, or a `functools.partial` of one).
        batches: consumed as needed: at most two per worker are under way.
        workers: 1 runs here; more start that many processes ("spawn", the same on every platform).

    Examples:
        >>> list(run(len, ["ab", "c"]))
        [2, 1]
    """
    if workers < 1:
        raise BitextError(f"workers must be at least 1, not {workers}")
    if workers == 1:
        yield from map(function, batches)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[Future[B]] = deque()
        for batch in batches:
            waiting.append(pool.submit(function, batch))
            if len(waiting) >= 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
