"""Path → a new, empty file or folder beside it, which is gone at the end unless it was put in place."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bitext.engines.scratch import HAS_LOCKS, locked, removed

#: Ending of drafts.
_DRAFT = ".part"
#: Half a name: a Chinese character takes three of the 255 bytes that a name may have.
_NAME = 40
#: Seconds after which a draft that nobody holds was left by a process that was killed.
_STALE = 3.0


@contextmanager
def draft(path: Path, *, folder: bool) -> Iterator[Path]:
    """Give a new file or folder beside *path*, which is gone at the end; clear away what killed runs left."""
    prefix = f".{path.name[:_NAME]}."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent, prefix)
        if folder:
            made = Path(tempfile.mkdtemp(prefix=prefix, suffix=_DRAFT, dir=path.parent))
        else:
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=_DRAFT, dir=path.parent)
            os.close(handle)
            made = Path(name)
    except OSError as error:
        raise type(error)(error.errno, f"cannot write {str(path)!r}: {error.strerror}") from error
    lock = _locked(made)
    try:
        yield made
    finally:
        if lock is not None:
            os.close(lock)
        removed(made)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove the drafts of processes that were killed: nobody holds their locks."""
    for path in folder.iterdir():
        # A draft of a draft has one more dot in front.
        if not (path.name.endswith(_DRAFT) and f".{path.name.lstrip('.')}".startswith(prefix)):
            continue
        with suppress(OSError):
            if time.time() - path.stat().st_mtime < _STALE or (lock := _locked(path)) is None:
                continue
            os.close(lock)
            removed(path)


def _locked(path: Path) -> int | None:
    """Take the lock of a draft and return it, open; None where it is taken or the system has none."""
    if not HAS_LOCKS:  # Windows, which opens no folder either
        return None
    handle = os.open(path, os.O_RDONLY)
    if locked(handle):
        return handle
    os.close(handle)
    return None
