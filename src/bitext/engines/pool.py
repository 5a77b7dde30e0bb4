"""Processes that each run one function over batches, and stop cleanly whatever happens to them.

The standard executor fails as a whole when one of its processes dies, and cannot say over what. Here each
worker has pipes of its own, so the caller knows what a dead worker held: the batch goes to a new worker, and
if that dies too, the batch is halved until the item that kills is found and named. A worker ends when its
pipe closes, so none outlives the caller, however that ends.

One pool stays when it is not needed any more, and the next call finds workers that have started and have
loaded what they need. They end after a minute without work, and with the caller.
"""

import atexit
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, TypeVar

from bitext.engines import wire, worker
from bitext.engines.process import AHEAD, Process, Task
from bitext.errors import BitextError, WorkerError

A = TypeVar("A")
B = TypeVar("B")

#: Workers in a row that may end before they have started.
_FAILED_STARTS = 3
#: Bytes that a worker may hold when it begins with another function, and while nobody needs it: one that
#: holds more (what work leaves behind, in holes that are never filled) makes room for a new one.
_HELD, HELD_IDLE = 400_000_000, 200_000_000


def run(function: Callable[[A], B], batches: Iterable[A], workers: int = 1) -> Iterator[B]:
    """Yield `function(batch)` for each batch, in the order of the batches, whatever *workers* is.

    Args:
        function: pure and picklable (a function of a module, or a `functools.partial` of one). It is sent to
            each worker once.
        batches: consumed as needed; a list or tuple can be halved to find the item that kills a worker.
        workers: 1 runs here, and so does a single batch; more run in that many processes.

    Raises:
        WorkerError: a worker died twice over the same item, or *function* raised what is no BitextError.
        BitextError: *workers* is below 1; or what *function* raised, if that is a BitextError.

    Examples:
        >>> list(run(len, ["ab", "c"]))
        [2, 1]
    """
    if workers < 1:
        raise BitextError(f"workers must be at least 1, not {workers}")
    source = iter(batches)
    first = list(islice(source, 2)) if workers > 1 else []
    if len(first) < 2:
        yield from map(function, chain(first, source))
        return
    with borrowed(workers) as pool:
        yield from pool.run(function, chain(first, source))


class Pool:
    """Workers, what each of them holds, and the results that wait for their turn.

    The workers stay for several functions, one after the other: what they have loaded they keep.

    Attributes:
        size: how many there are at most.
        settings: what workers inherit when they start, and cannot be told later.
        sound: nobody was interrupted half way, so that the pool can be used again.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.settings = _settings()
        self.sound = True
        self._inbox: queue.SimpleQueue[tuple[Process, wire.Message | None]] = queue.SimpleQueue()
        self._workers: list[Process] = []
        self._lesson: worker.Lesson
        self._failed_starts = 0

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The numbers of its processes."""
        return [process.pid for process in self._workers]

    def run(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield `function(batch)` for each batch, in order; see `run`."""
        self._lesson = worker.Lesson.of(function)
        again: deque[Task] = deque()
        before, self.sound = self.sound, False
        self.shed(_HELD)
        try:
            for process in self._workers:
                process.teach(self._lesson)
            yield from self._results(enumerate(batches), again)
            self.sound = before and not self._lesson.main  # the caller's script may be another one next time
        finally:
            if not self.sound:  # given up half way: nobody will ask for these answers
                self.close()

    def _results(self, source: Iterator[tuple[int, A]], again: deque[Task]) -> Iterator[Any]:
        ready: dict[int, tuple[bool, Any]] = {}
        due = 0
        while True:
            # Results that come early wait for their turn; reading far ahead would hold the whole corpus.
            # What comes back from a dead worker goes first: the others may be waiting for it.
            while (again or len(ready) < AHEAD * self.size) and (free := self._free()) is not None:
                task = again.popleft() if again else next((Task(*item) for item in source), None)
                if task is None:
                    break
                self._give(free, task, again)
            if not any(process.held for process in self._workers) and not again and not ready:
                return
            for task, answer in self._collect(again):
                ready[task.number] = answer
            while due in ready:
                failed, result = ready.pop(due)
                if failed:  # in its turn: always the first failure, whoever was faster
                    raise result
                yield result
                due += 1

    def close(self) -> None:
        """End all workers, at once."""
        for process in self._workers:
            process.hang_up()
        for process in self._workers:
            process.end()
        self._workers.clear()

    def shed(self, most: int) -> None:
        """End the workers that hold more than *most* bytes of memory; new ones start when they are needed."""
        heavy = [process for process in self._workers if process.held_memory > most]
        for process in heavy:
            process.hang_up()
        for process in heavy:
            process.end()
            self._workers.remove(process)

    def shrink(self, size: int) -> None:
        """Have *size* workers at most."""
        self.size = size
        for process in self._workers[size:]:
            process.end()
        del self._workers[size:]

    def _free(self) -> Process | None:
        """Return the worker that has least to do, a new one while all are busy and fewer than asked for."""
        process = min(self._workers, key=lambda one: len(one.held), default=None)
        if (process is None or process.held) and len(self._workers) < self.size:
            return self._start()
        return process if process and process.free else None

    def _start(self) -> Process:
        if worker.importing_main():
            raise WorkerError(
                "a script is imported anew by the workers that run its functions: put what it does under "
                "`if __name__ == '__main__':`"
            )
        process = Process(self._inbox)
        self._workers.append(process)
        process.teach(self._lesson)
        return process

    def _give(self, process: Process, task: Task, again: deque[Task]) -> None:
        try:
            process.give(task)
        except OSError:  # dead before it could begin with this one
            again.appendleft(process.held.pop())
            self._bury(process, again)

    def _collect(self, again: deque[Task]) -> Iterator[tuple[Task, tuple[bool, Any]]]:
        """Wait for workers and yield their answers; take back the batches of those that died."""
        messages = [self._wait()]
        while not self._inbox.empty():
            messages.append(self._inbox.get())
        for process, message in messages:
            if process not in self._workers:  # buried before
                continue
            if message is None:
                self._bury(process, again)
                continue
            self._failed_starts = 0
            yield process.held.popleft(), message.value()

    def _wait(self) -> tuple[Process, wire.Message | None]:
        while True:
            try:
                return self._inbox.get(timeout=1)
            except queue.Empty:  # on Windows, Ctrl-C is seen between two waits
                continue

    def _bury(self, process: Process, again: deque[Task]) -> None:
        """A worker has ended: put back what it held; the first of that was under way."""
        self._workers.remove(process)
        code, held = process.end(), process.held
        if not process.ready:
            self._failed_starts += 1
            if self._failed_starts > _FAILED_STARTS:
                raise WorkerError(f"worker processes end as they start (exit code {code}); see the messages")
        elif held and code:  # 0: it had nothing to do for so long that it went
            held[0].deaths += 1
            if held[0].deaths > 1:
                name = self._culprit(held[0].batch)
                raise WorkerError(f"a worker died (exit code {code}) over {name}, twice")
        again.extendleft(reversed(held))

    def _culprit(self, batch: Any) -> str:
        """Halve the batch in workers of its own until the item that kills is alone; return its name."""
        while isinstance(batch, Sequence) and not isinstance(batch, str) and len(batch) > 1:
            middle = len(batch) // 2
            first, second = batch[:middle], batch[middle:]
            if self._survives(first):
                if self._survives(second):
                    return f"a batch of {len(batch)} items that do no harm one by one (out of memory?)"
                batch = second
            else:
                batch = first
        return worker.name(batch)

    def _survives(self, batch: object) -> bool:
        inbox: queue.SimpleQueue[tuple[Process, wire.Message | None]] = queue.SimpleQueue()
        process = Process(inbox)
        try:
            process.teach(self._lesson)
            process.give(Task(0, batch))
            return inbox.get()[1] is not None
        except OSError:
            return False
        finally:
            process.end()


class _Kept:
    """The pool that nobody uses at the moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: Pool | None = None
        self._owner = 0

    def take(self, size: int) -> Pool | None:
        """Return the pool, if there is one and a new one would be no different."""
        with self._lock:
            if self._pool is None or self._owner != os.getpid():  # of another process: this one was forked
                return None
            pool, self._pool = self._pool, None
        if pool.settings != _settings():
            pool.close()
            return None
        pool.shrink(size)
        return pool

    def put(self, pool: Pool) -> None:
        """Keep *pool* for the next caller."""
        pool.shed(HELD_IDLE)
        with self._lock:
            if self._owner != os.getpid():
                self._pool = None
            pool, self._pool, self._owner = self._pool, pool, os.getpid()  # type: ignore[assignment]
        if pool is not None:
            pool.close()

    def end(self) -> None:
        """End the pool that is kept."""
        pool = self.take(1)
        if pool is not None:
            pool.close()


_KEPT = _Kept()
atexit.register(_KEPT.end)


@contextmanager
def borrowed(size: int) -> Iterator[Pool]:
    """Give the pool that was kept, or a new one, and keep it for the next caller."""
    pool = _KEPT.take(size) or Pool(size)
    try:
        yield pool
    finally:
        if pool.sound:
            _KEPT.put(pool)
        else:
            pool.close()


def release() -> None:
    """End the workers that wait for more work; they would end by themselves after a minute.

    Examples:
        >>> release()
    """
    _KEPT.end()


def _settings() -> dict[str, str]:
    return dict(os.environ)
