"""A temporary folder that goes with whoever asked for it, and those that a killed process left."""

import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

_PREFIX = "bitext-"
#: Held open and locked as long as the folder is in use: the system lets go of it, however the process ends.
_LOCK = "in-use"
#: Whether the system has locks of files that it lets go of by itself.
HAS_LOCKS = find_spec("fcntl") is not None


def folder(owner: object) -> Path:
    """Make a temporary folder that is removed when nobody can ask for *owner* any more."""
    _sweep(Path(tempfile.gettempdir()))
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR)
    locked(lock)
    weakref.finalize(owner, _let_go, path, lock)
    return path


def _let_go(path: Path, lock: int) -> None:
    with suppress(OSError):
        os.close(lock)
    removed(path)


def removed(path: Path) -> None:
    """Remove a file or a folder, if it is there; a Ctrl-C that comes meanwhile is heard when it is gone."""
    try:
        _remove(path)
    except KeyboardInterrupt:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _sweep(place: Path) -> None:
    """Remove the folders of processes that were killed: nobody holds their locks."""
    for lock in place.glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError):
            handle = os.open(lock, os.O_RDWR)
            try:
                if locked(handle):
                    removed(lock.parent)
            finally:
                os.close(handle)


def locked(handle: int) -> bool:
    """Take the lock, and say whether it was free; False where the system has no such locks."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True
