"""What runs in a process of a pool: it learns a function, and answers batches until it is not needed.

It is started by ``python -c``, not by `multiprocessing`, and imports what the function needs and nothing
else: not the caller's script, with all that stands at its top.
"""

import _thread
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import FileIO
from typing import Any, NamedTuple

from bitext.engines import wire
from bitext.errors import BitextError, WorkerError

#: Seconds after which a worker without work ends by itself, with exit code 0.
IDLE = 60.0
#: Seconds that work under way may take to come to its end when nobody waits for it any more.
GRACE = 5.0

Function = Callable[[Any], Any]


class Lesson(NamedTuple):
    """What a worker has to know before it gets a batch.

    Attributes:
        function: the pickled function.
        path: where modules are found.
        folder: the folder in which relative paths begin.
        main: how to import the caller's script, for a function that is defined in it; otherwise empty.
    """

    function: bytes
    path: tuple[str, ...]
    folder: str
    main: Mapping[str, str]

    @classmethod
    def of(cls, function: Function) -> "Lesson":
        """Describe *function* as it is here and now."""
        payload = pickle.dumps(function)
        folder = ""
        with suppress(OSError):  # the folder is gone
            folder = os.getcwd()  # noqa: PTH109
        path = tuple(place for place in sys.path if isinstance(place, str))
        return cls(payload, path, folder, _main() if b"__main__" in payload else {})

    def learn(self) -> Function:
        """Return the function, in the process that is to run it."""
        sys.path[:] = self.path
        with suppress(OSError):
            os.chdir(self.folder)
        if self.main:
            _import_main(self.main)
        function: Function = pickle.loads(self.function)
        return function


def _main() -> dict[str, str]:
    from multiprocessing import spawn

    data = spawn.get_preparation_data("worker")
    return {key: str(value) for key, value in data.items() if key.startswith("init_main")}


def _import_main(main: Mapping[str, str]) -> None:
    """Import the caller's script as multiprocessing does, and let nothing in it start workers meanwhile."""
    from multiprocessing import spawn

    process = multiprocessing.current_process()
    process._inheriting = True  # type: ignore[attr-defined]
    try:
        spawn.prepare(dict(main))
    finally:
        del process._inheriting  # type: ignore[attr-defined]


def importing_main() -> bool:
    """Say whether this is a worker that imports the caller's script, which must not start others."""
    return getattr(multiprocessing.current_process(), "_inheriting", False)


def serve() -> None:
    """Answer what comes on standard input, on standard output; the whole life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the caller's business: it ends its workers
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that drafts of files are removed
    questions, answers = FileIO(os.dup(0), "r"), FileIO(os.dup(1), "w")
    _redirect()
    code = 1
    try:
        _answer_all(questions, answers)
        code = 0
    except OSError:  # nobody reads the answers
        pass
    finally:
        os._exit(code)  # at once: nothing here needs to be taken apart first


def _redirect() -> None:
    """Let nothing that runs here use the pipes by mistake; what is printed goes to the messages."""
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)


def _answer_all(questions: FileIO, answers: FileIO) -> None:
    waiting: queue.SimpleQueue[wire.Message | None] = queue.SimpleQueue()
    # A thread takes questions in, so that the caller never waits to ask while this process waits to answer.
    threading.Thread(target=_listen, args=(questions, waiting), daemon=True).start()
    wire.send(answers, wire.pack("ready"))
    function: Function | None = None
    while True:
        try:
            message = waiting.get(timeout=IDLE)
        except queue.Empty:
            return
        if message is None:
            return
        question = message.value()
        if isinstance(question, Lesson):
            function = _learned(question)
        elif function is not None:
            wire.send(answers, _answer(function, question[0]))


def _listen(questions: FileIO, waiting: "queue.SimpleQueue[wire.Message | None]") -> None:
    while (message := wire.receive(questions)) is not None:
        waiting.put(message)
    waiting.put(None)
    if hasattr(signal, "pthread_kill"):  # wakes the main thread where it sleeps
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    else:
        _thread.interrupt_main(signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def _learned(lesson: Lesson) -> Function:
    """Return the function; where it cannot be had, one that says so over the first batch."""
    try:
        return lesson.learn()
    except Exception as error:
        return partial(_fail, f"a worker cannot load what it is to do: {_last(error)}")


def _fail(message: str, _: object) -> None:
    raise WorkerError(message)


def _answer(function: Function, batch: Any) -> list[bytes | memoryview]:
    """Return the message that says whether the function failed, and its result or the error."""
    try:
        return wire.pack((False, named(function, batch)))
    except BitextError as error:
        return wire.pack((True, error))
    except Exception as error:  # the result cannot be sent
        return wire.pack((True, WorkerError(f"a worker failed over {name(batch)}: {_last(error)}")))


def named(function: Function, batch: Any) -> Any:
    """Return the result of the function; what it raises is an error of bitext, and says over what."""
    try:
        return function(batch)
    except BitextError:
        raise
    except Exception as error:
        raise WorkerError(f"a worker failed over {name(batch)}: {_last(error)}") from None


def _last(error: Exception) -> str:
    return "".join(traceback.format_exception(error)[-2:]).strip()


def name(item: object) -> str:
    """Say which item it is: the start of what it holds.

    Examples:
        >>> name([["a", "b"], ["c"]])
        "'a'"
    """
    while isinstance(item, Sequence) and not isinstance(item, str) and item:
        item = item[0]
    return repr(item)[:200]
