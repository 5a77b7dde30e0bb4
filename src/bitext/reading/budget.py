"""How much one record may take: bytes, characters, and time of the processor."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from bitext.reading.problems import RecordError

#: No article is larger (bytes of a file, characters of a cell): a dump or a log, not a text to analyse.
LARGEST = 20_000_000
#: Nor a line of JSON Lines: escapes make up to six bytes of a character.
LARGEST_LINE = 4 * LARGEST
#: JSON that is no list of lines is read whole, and takes ten times its bytes.
LARGEST_JSON = 200_000_000
#: Seconds of the processor for one record; an article takes a few thousandths.
SECONDS = 8.0


def too_large(size: int, most: int = LARGEST) -> RecordError:
    """Return the error for a record of so many characters or bytes."""
    return RecordError(
        f"not read: one document of {size:,} or more characters; the most is {most:,}. Split it", "too large"
    )


@contextmanager
def limited(seconds: float | None = None) -> Iterator[None]:
    """Raise `RecordError` in the block when it takes more *seconds* of this process' user time.

    Python can be interrupted by a timer in its main thread and where the system has one (not on Windows);
    elsewhere the block runs to its end, and the error comes then: what took too long is not used anywhere.
    """
    most = SECONDS if seconds is None else seconds
    timer = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    began = time.thread_time()
    if timer:
        timer = signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)  # else somebody uses it
    if timer:
        before = signal.signal(signal.SIGVTALRM, _stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        yield
    finally:
        if timer:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
    if time.thread_time() - began > most:
        raise _too_slow()


def _stop(_: int, __: FrameType | None) -> None:
    raise _too_slow()


def _too_slow() -> RecordError:
    return RecordError("not read: it takes more time of the processor than a record may", "too slow")
