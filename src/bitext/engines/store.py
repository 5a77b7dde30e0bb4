"""Files of intermediate results: whole or not there, and never used when damaged or put in another's place.

A file is a line that names the format, a checksum of the rest, and arrays as numpy writes them (without
pickle), the first of them JSON that says what the others are, for which key, by which version. See
`bitext.engines.plain`. Each array begins at a multiple of 64 bytes, so that a file can be mapped into memory.
"""

import io
import json
import mmap
import os
import tempfile
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.engines import plain
from bitext.errors import BitextError

_MAGIC = b"bitext partial 5".ljust(31) + b"\n"
_CHECK = 32
#: Arrays begin at multiples of so many bytes, as numpy's own headers have it.
_ALIGNED = 64
#: Bytes that hold the header of any array that `bitext.engines.plain` makes.
_HEAD = 1024
#: Ending of what was not written to its end.
DRAFT = ".part"
#: Seconds after which nobody works on a draft any more: writing one takes less than one.
_STALE = 3600.0


class DamagedError(BitextError):
    """A file of intermediate results is not what was written."""

    __module__ = "bitext"


def write(path: Path, value: object) -> None:
    """Write *value*, in place only when all of it is on disk; the file's name is its key.

    Raises:
        BitextError: the disk is full or the folder cannot be written, and nothing is left behind; or *value*
            holds what is no plain data (see `bitext.engines.plain`).
    """
    encoder = plain.ValueEncoder()
    try:
        tree = json.dumps({"key": path.name, "value": encoder.encode(value)}, ensure_ascii=False)
    except plain.StrangeError as error:
        raise BitextError(f"intermediate results cannot be kept in a file: {error}") from None
    stream = io.BytesIO()
    header = np.frombuffer(tree.encode("utf-8", "surrogatepass"), np.uint8)
    for array in (header, *encoder.arrays):
        np.lib.format.write_array(stream, array, allow_pickle=False)
        stream.write(bytes(-stream.tell() % _ALIGNED))
    data = stream.getbuffer()
    draft = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=DRAFT, dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC)
            file.write(blake2b(data, digest_size=_CHECK).digest())
            file.write(data)
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BitextError(f"intermediate results cannot be kept in {path.parent}: {reason}") from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def read(path: Path, *, mapped: bool = False) -> Any:
    """Return what was written.

    Args:
        path: of the file.
        mapped: arrays are parts of the file, which the system reads as they are used and may drop again;
            only where nobody else writes into it. What is changed in them is changed in memory alone.

    Raises:
        DamagedError: the file is cut off, changed, of another version, or was written under another name;
            the message names it.
        FileNotFoundError: there is none.
    """
    data = _mapped(path) if mapped and os.name != "nt" else bytearray(path.read_bytes())
    start = len(_MAGIC) + _CHECK
    if data[: len(_MAGIC)] != _MAGIC:
        raise DamagedError(f"{path} is no file of this version of bitext")
    with memoryview(data)[start:] as body:
        if blake2b(body, digest_size=_CHECK).digest() != data[len(_MAGIC) : start]:
            raise DamagedError(f"{path} is damaged: its checksum does not fit")
    try:
        header, *arrays = _arrays(data, start)
        tree = json.loads(header.tobytes().decode("utf-8", "surrogatepass"))
        if tree["key"] == path.name:
            return plain.decode(tree["value"], arrays)
    except plain.StrangeError as error:
        raise DamagedError(f"{path} {error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        # The checksum fits: another version of a class, not a broken file.
        raise DamagedError(f"{path} cannot be read: {error}") from error
    raise DamagedError(f"{path} was written as {tree['key']!r}: a file in another's place")


def _mapped(path: Path) -> mmap.mmap | bytearray:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return bytearray()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)


def _arrays(data: mmap.mmap | bytearray, start: int) -> list[npt.NDArray[Any]]:
    """Return the arrays of a file, without a copy of what they hold."""
    found: list[npt.NDArray[Any]] = []
    while start < len(data):
        head = io.BytesIO(data[start : start + _HEAD])
        if np.lib.format.read_magic(head) != (1, 0):
            raise ValueError("an array of another version of numpy's format")
        shape, by_column, kind = np.lib.format.read_array_header_1_0(head)
        found.append(np.ndarray(shape, kind, data, start + head.tell(), order="F" if by_column else "C"))
        size = head.tell() + found[-1].nbytes
        start += size + -size % _ALIGNED
    return found


def used(path: Path) -> None:
    """Note that a file was used now: those that were not go first."""
    with suppress(OSError):  # of another user
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def tidy(folder: Path, pattern: str, most: int, since: float) -> int:
    """Remove drafts of runs that were killed, and the files that were not used for longest.

    Args:
        folder: where the files are.
        pattern: of their names.
        most: bytes that may stay.
        since: files used after this time (as of `time.time`) stay in any case.

    Returns:
        Bytes that were removed.
    """
    found, removed = [], 0
    for path in folder.iterdir():
        try:
            state = path.stat()
            if (
                path.name.endswith(DRAFT)
                and path.name.startswith(".")
                and state.st_mtime < time.time() - _STALE
            ):
                path.unlink()
                removed += state.st_size
            elif path.match(pattern):
                found.append((state.st_atime, path.name, state.st_size))
        except OSError:  # gone meanwhile, or not ours
            continue
    size = sum(weight for _, _, weight in found)
    for last, name, weight in sorted(found):
        if size <= most or last >= since:
            break
        (folder / name).unlink(missing_ok=True)
        size -= weight
        removed += weight
    return removed
