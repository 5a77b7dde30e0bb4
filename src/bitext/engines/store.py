"""Files of intermediate results: whole or not there, and never used when damaged or put in another's place.

A file is a line that names the format, a checksum of the rest, and an npz of numpy (without pickle): arrays,
and JSON that says what they are, for which key, by which version. See `bitext.engines.plain`.
"""

import io
import json
import os
import tempfile
import time
import zipfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from bitext.engines import plain
from bitext.errors import BitextError

_MAGIC = b"bitext partial 4\n"
_CHECK = 32
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
    np.savez(stream, header, *encoder.arrays)
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


def read(path: Path) -> Any:
    """Return what was written.

    Raises:
        DamagedError: the file is cut off, changed, of another version, or was written under another name;
            the message names it.
        FileNotFoundError: there is none.
    """
    data = path.read_bytes()
    start = len(_MAGIC) + _CHECK
    if not data.startswith(_MAGIC):
        raise DamagedError(f"{path} is no file of this version of bitext")
    body = memoryview(data)[start:]
    if blake2b(body, digest_size=_CHECK).digest() != data[len(_MAGIC) : start]:
        raise DamagedError(f"{path} is damaged: its checksum does not fit")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as held:
            header, *arrays = (held[f"arr_{number}"] for number in range(len(held.files)))
        tree = json.loads(header.tobytes().decode("utf-8", "surrogatepass"))
        if tree["key"] == path.name:
            return plain.decode(tree["value"], arrays)
    except plain.StrangeError as error:
        raise DamagedError(f"{path} {error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, ImportError, zipfile.BadZipFile) as error:
        # The checksum fits: another version of a class, not a broken file.
        raise DamagedError(f"{path} cannot be read: {error}") from error
    raise DamagedError(f"{path} was written as {tree['key']!r}: a file in another's place")


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
