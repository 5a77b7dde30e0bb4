"""Messages between processes: a pickle and, beside it, the arrays that it holds, over a pipe.

Arrays are written from where they lie and read to where they stay (pickle protocol 5): no copy is made of
them on either side.
"""

import pickle
import struct
from collections.abc import Sequence
from io import FileIO
from typing import Any

#: Arrays below this size, in bytes, go into the pickle: a message of their own would cost more.
_SMALL = 16_384
_LENGTH = struct.Struct("<Q")


class Message:
    """A value that has come, as bytes: whoever needs it unpacks it, in the thread that suits.

    Examples:
        >>> Message(*pack([1, 2])).value()
        [1, 2]
    """

    def __init__(self, head: bytes | bytearray, *arrays: Any) -> None:
        self._head = head
        self._arrays = arrays

    def value(self) -> Any:
        """Return what was sent."""
        return pickle.loads(self._head, buffers=self._arrays)


def pack(value: object) -> list[bytes | memoryview]:
    """Return the parts of which the message for *value* is made."""
    arrays: list[pickle.PickleBuffer] = []

    def keep(buffer: pickle.PickleBuffer) -> bool:
        if buffer.raw().nbytes < _SMALL:
            return True
        arrays.append(buffer)
        return False

    head = pickle.dumps(value, protocol=5, buffer_callback=keep)
    return [head, *(buffer.raw() for buffer in arrays)]


def send(pipe: FileIO, parts: Sequence[bytes | memoryview]) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads any more.
    """
    lengths = (len(parts), *(memoryview(part).nbytes for part in parts))
    _write(pipe, b"".join(map(_LENGTH.pack, lengths)))
    for part in parts:
        _write(pipe, part)


def receive(pipe: FileIO) -> Message | None:
    """Read a message; None where the other side has ended, be it in the middle of one."""
    try:
        number = _LENGTH.unpack(_read(pipe, _LENGTH.size))[0]
        lengths = [_LENGTH.unpack(_read(pipe, _LENGTH.size))[0] for _ in range(number)]
        return Message(*[_read(pipe, length) for length in lengths])
    except (EOFError, OSError):
        return None


def _write(pipe: FileIO, data: bytes | memoryview) -> None:
    left = memoryview(data)
    while len(left):
        left = left[pipe.write(left) :]


def _read(pipe: FileIO, length: int) -> bytearray:
    data = bytearray(length)
    left = memoryview(data)
    while len(left):
        got = pipe.readinto(left)
        if not got:
            raise EOFError
        left = left[got:]
    return data
