"""Processes that each run one function over batches, and stop cleanly whatever happens to them.

The standard executor fails as a whole when one of its processes dies, and cannot say over what. Here each
worker has its own pipe, so the parent knows what a dead worker held: the batch goes to a new worker, and if
that dies too, the batch is halved until the item that kills is found and named. A worker ends when its pipe
closes, so none outlives the parent, however that ends.
"""

import multiprocessing
import pickle
import queue
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from bitext.errors import BitextError

A = TypeVar("A")
B = TypeVar("B")

#: Batches given out and not yet back, per worker: one to work on and one to go on with.
AHEAD = 2


class WorkerError(BitextError):
    """A worker process died, or its function raised; the message names the item it was working on."""

    __module__ = "bitext"


def run(function: Callable[[A], B], batches: Iterable[A], workers: int = 1) -> Iterator[B]:
    """Yield `function(batch)` for each batch, in the order of the batches, whatever *workers* is.

    Args:
        function: pure and picklable (a function of a module, or a `functools.partial` of one). It is sent to
            each worker once.
        batches: consumed as needed; a list or tuple can be halved to find the item that kills a worker.
        workers: 1 runs here; more start that many processes ("spawn", the same on every platform).

    Raises:
        WorkerError: a worker died twice over the same item.
        BitextError: *workers* is below 1; or what *function* raised, if that is a BitextError.

    Examples:
        >>> list(run(len, ["ab", "c"]))
        [2, 1]
    """
    if workers < 1:
        raise BitextError(f"workers must be at least 1, not {workers}")
    if workers == 1:
        yield from map(function, batches)
        return
    with Pool(workers) as pool:
        yield from pool.run(function, batches)


@dataclass
class _Task(Generic[A]):
    number: int
    batch: A
    deaths: int = 0


class Pool:
    """Workers, what each of them holds, and the results that wait for their turn.

    The workers stay for several functions, one after the other: what they have loaded they keep.
    """

    def __init__(self, workers: int) -> None:
        self._payload = b""
        self._context = multiprocessing.get_context("spawn")
        self._size = workers
        self._held: dict[Connection, deque[_Task[Any]]] = {}
        self._process: dict[Connection, BaseProcess] = {}

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
        """Yield `function(batch)` for each batch, in order; see `run`."""
        self._payload = pickle.dumps(function)
        for connection in list(self._held):
            self._teach(connection)
        again: deque[_Task[Any]] = deque()
        try:
            yield from self._results(enumerate(batches), again)
        finally:
            if any(self._held.values()):  # given up half way: nobody will ask for these answers
                self.close()

    def _teach(self, connection: Connection) -> None:
        """Send the function; a worker that is dead is found out when it is given a batch."""
        with suppress(OSError):
            connection.send((_FUNCTION, self._payload))

    def _results(self, source: Iterator[tuple[int, A]], again: deque[_Task[Any]]) -> Iterator[Any]:
        ready: dict[int, Any] = {}
        due = 0
        while True:
            # Results that come early wait for their turn; reading far ahead would hold the whole corpus.
            # What comes back from a dead worker goes first: the others may be waiting for it.
            while (again or len(ready) < AHEAD * self._size) and (free := self._free()) is not None:
                task = again.popleft() if again else next((_Task(*item) for item in source), None)
                if task is None:
                    break
                self._give(free, task, again)
            if not any(self._held.values()) and not again and not ready:
                return
            for task, result in self._collect(again):
                ready[task.number] = result
            while due in ready:
                yield ready.pop(due)
                due += 1

    def close(self) -> None:
        """End all workers, at once."""
        for connection, process in self._process.items():
            connection.close()
            process.terminate()
        for process in self._process.values():
            process.join()
        self._process.clear()
        self._held.clear()

    def _free(self) -> Connection | None:
        """Return the worker that has least to do, a new one while there are fewer than asked for."""
        if len(self._held) < self._size:
            return self._start()
        connection = min(self._held, key=lambda worker: len(self._held[worker]))
        return connection if len(self._held[connection]) < AHEAD else None

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        with _uninterrupted():
            process.start()
        theirs.close()
        self._process[ours] = process
        self._held[ours] = deque()
        self._teach(ours)
        return ours

    def _give(self, connection: Connection, task: _Task[Any], again: deque[_Task[Any]]) -> None:
        self._held[connection].append(task)
        try:
            connection.send((_BATCH, task.batch))
        except OSError:
            self._bury(connection, again)

    def _collect(self, again: deque[_Task[Any]]) -> Iterator[tuple[_Task[Any], Any]]:
        """Wait for workers and yield what they bring; take back the batches of those that died."""
        for connection in wait(list(self._held)):
            assert isinstance(connection, Connection)
            try:
                failed, result = connection.recv()
            except (EOFError, OSError):
                self._bury(connection, again)
                continue
            task = self._held[connection].popleft()
            if failed:
                raise result
            yield task, result

    def _bury(self, connection: Connection, again: deque[_Task[Any]]) -> None:
        """A worker died: put back what it held; the first of that was under way."""
        process, held = self._process.pop(connection), self._held.pop(connection)
        connection.close()
        process.join()
        if held:
            held[0].deaths += 1
            if held[0].deaths > 1:
                name = self._culprit(held[0].batch)
                raise WorkerError(f"a worker died (exit code {process.exitcode}) over {name}, twice")
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
        return _name(batch)

    def _survives(self, batch: object) -> bool:
        connection = self._start()
        try:
            connection.send((_BATCH, batch))
            connection.recv()
        except (EOFError, OSError):
            return False
        finally:
            process = self._process.pop(connection)
            del self._held[connection]
            connection.close()
            process.terminate()
            process.join()
        return True


def _name(item: object) -> str:
    """Say which item it is: the start of what it holds."""
    while isinstance(item, Sequence) and not isinstance(item, str) and item:
        item = item[0]
    return repr(item)[:200]


def _work(connection: Connection) -> None:
    """Answer batches until the pipe closes. An interrupt is the parent's business: it ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A thread takes batches in, so that the parent never waits to send while this process waits to send.
    waiting: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, waiting), daemon=True).start()
    function: Callable[[Any], Any] | None = None
    while (message := waiting.get())[0] != _CLOSED:
        kind, batch = message
        if kind == _FUNCTION:
            function = pickle.loads(batch)
            continue
        assert function is not None
        try:
            connection.send(_answer(function, batch))
        except OSError:
            return


def _answer(function: Callable[[Any], Any], batch: Any) -> tuple[bool, Any]:
    """Return whether the function failed, and its result or the error."""
    try:
        return False, function(batch)
    except BitextError as error:
        return True, error
    except Exception as error:
        where = "".join(traceback.format_exception(error)[-2:]).strip()
        return True, WorkerError(f"a worker failed over {_name(batch)}: {where}")


#: What a message to a worker is.
_FUNCTION, _BATCH, _CLOSED = "function", "batch", "closed"


def _receive(connection: Connection, waiting: "queue.SimpleQueue[tuple[str, Any]]") -> None:
    try:
        while True:
            waiting.put(connection.recv())
    except (EOFError, OSError):
        waiting.put((_CLOSED, None))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C while a process starts: it inherits that, and never prints a traceback of its own."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
