"""One worker as the caller sees it: a process at the other end of two pipes."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from bitext.engines import wire, worker

#: Batches given out and not yet back, per worker: one to work on and one to go on with.
AHEAD = 2
#: Bytes of a pipe, where the system lets us choose.
_PIPE = 1 << 20
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from bitext.engines.worker import serve; serve()"
#: One thread for each worker: they share the processor's cores among themselves.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(eq=False)
class Task:
    """A batch, its number in the order of the answers, and how many workers have died over it."""

    number: int
    batch: Any
    deaths: int = 0


class Process:
    """A worker process, what it knows and what it holds.

    Attributes:
        held: the tasks it was given and has not answered, oldest first.
        ready: whether it has started to the end.
    """

    def __init__(self, inbox: "queue.SimpleQueue[tuple[Process, wire.Message | None]]") -> None:
        self.held: deque[Task] = deque()
        self.ready = False
        self._lesson: worker.Lesson | None = None
        path = [place for place in sys.path if isinstance(place, str)]
        environment = {**dict.fromkeys(_THREADS, "1"), **os.environ}
        with _uninterrupted():
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, *path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                env=environment,
            )
        questions, answers = self._process.stdin, self._process.stdout
        assert isinstance(questions, FileIO)
        assert isinstance(answers, FileIO)
        self._questions, self._answers = questions, answers
        _widen(questions, answers)
        self._listener = threading.Thread(target=self._listen, args=(inbox,), daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def held_memory(self) -> int:
        """Bytes of memory that it holds and shares with no file; 0 where the system does not tell."""
        try:
            _, resident, shared, *_ = Path(f"/proc/{self.pid}/statm").read_text().split()
        except (OSError, ValueError):
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")

    @property
    def free(self) -> bool:
        """Whether it can be given one more task."""
        return len(self.held) < AHEAD

    def teach(self, lesson: worker.Lesson) -> None:
        """Send the function, if it is another one; a worker that is dead is found out later."""
        if lesson != self._lesson:
            self._lesson = lesson
            with suppress(OSError):
                wire.send(self._questions, wire.pack(lesson))

    def give(self, task: Task) -> None:
        """Send a batch.

        Raises:
            OSError: the worker is dead; the task counts as held.
        """
        self.held.append(task)
        wire.send(self._questions, wire.pack((task.batch,)))

    def hang_up(self) -> None:
        """Let the worker know that nobody needs it any more; it ends by itself."""
        with suppress(OSError):
            self._questions.close()

    def end(self) -> int:
        """Wait until it has ended, for a while, or make it; return its exit code."""
        self.hang_up()
        try:
            code = self._process.wait(timeout=worker.GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._listener.join(timeout=worker.GRACE)
        self._answers.close()
        return code

    def _listen(self, inbox: "queue.SimpleQueue[tuple[Process, wire.Message | None]]") -> None:
        """Take answers in as they come, so that no worker waits to answer; None says that it has ended."""
        if wire.receive(self._answers) is not None:
            self.ready = True
            while (message := wire.receive(self._answers)) is not None:
                inbox.put((self, message))
        inbox.put((self, None))


def _widen(*pipes: FileIO) -> None:
    """Make pipes larger: fewer changes from one process to the other."""
    try:
        import fcntl

        for pipe in pipes:
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    except (ImportError, AttributeError, OSError):  # not Linux, or no larger ones for this user
        pass


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
