"""Path → a draft beside it, put in place when it is written to the end: all or nothing."""

import ctypes
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bitext.engines.scratch import HAS_LOCKS, locked
from bitext.record import checksum

#: The list of what was written into a folder, with checksums; it is the last to come.
FILES = "files.json"
#: Ending of drafts.
_DRAFT = ".part"
#: Half a name: a Chinese character takes three of the 255 bytes that a name may have.
_NAME = 40
#: Seconds after which a draft that nobody holds was left by a process that was killed.
_STALE = 3.0


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside *path*; put it in place at the end, or leave nothing if anything fails.

    Examples:
        >>> folder = Path(tempfile.mkdtemp())
        >>> with whole_file(folder / "a.txt") as draft:
        ...     _ = draft.write_text("all of it")
        >>> (folder / "a.txt").read_text(), len(list(folder.iterdir()))
        ('all of it', 1)
    """
    path = Path(path)
    with _draft(path, folder=False) as draft:
        yield draft
        # mkstemp makes files for the owner alone; a result is as readable as any file the user makes.
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """Give a temporary folder beside *path*; at the end put all its files there, or none if anything fails.

    A new folder, and one that holds only what an earlier run wrote, appears in one step, where the system can
    exchange two folders. Else files are put in place one by one: those that an earlier run left there and
    this one does not write are removed, unless they were changed since. Meanwhile the list of them, `FILES`,
    is absent: a folder with it is whole.

    Examples:
        >>> folder = Path(tempfile.mkdtemp()) / "out"
        >>> for names in ("ab", "b"):
        ...     with whole_folder(folder) as draft:
        ...         _ = [(draft / name).write_text(name) for name in names]
        >>> sorted(path.name for path in folder.iterdir())
        ['b', 'files.json']
    """
    path = Path(path)
    with _draft(path, folder=True) as draft:
        yield draft
        made = {file.name: checksum(file) for file in sorted(draft.iterdir()) if file.name != FILES}
        (draft / FILES).write_text(
            json.dumps({"files": made}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        draft.chmod(path.stat().st_mode & 0o7777 if path.is_dir() else 0o777 & ~_umask())
        if not _exchanged(draft, path):
            _one_by_one(draft, path, made)


def _exchanged(draft: Path, path: Path) -> bool:
    """Put *draft* in the place of *path* in one step; False where that cannot be, and nothing is changed."""
    if not path.exists():
        with suppress(OSError):  # somebody was faster
            draft.rename(path)
            return True
        return False
    before = _listed(path / FILES)
    names = {file.name for file in path.iterdir()} if path.is_dir() and not path.is_symlink() else None
    # A folder with something of the user's in it stays itself, and so does one that somebody works in.
    own = names is not None and names == {*before, FILES} and path.resolve() not in _here()
    if not own or any(checksum(path / name) != written for name, written in before.items()):
        return False
    return _exchange(draft, path)


def _here() -> list[Path]:
    """Return the working folder and all around it."""
    with suppress(OSError):
        here = Path.cwd()
        return [here, *here.parents]
    return []


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform in ("linux", "darwin") else None
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):  # Linux; -100 is the working folder, 2 is RENAME_EXCHANGE
        return bool(libc.renameat2(-100, first, -100, second, 2) == 0)
    if hasattr(libc, "renamex_np"):  # macOS; 2 is RENAME_SWAP
        return bool(libc.renamex_np(first, second, 2) == 0)
    return False


def _one_by_one(draft: Path, path: Path, made: dict[str, str]) -> None:
    path.mkdir(exist_ok=True)
    before = _listed(path / FILES)
    (path / FILES).unlink(missing_ok=True)
    for name, written in before.items():
        if name not in made and (path / name).is_file() and checksum(path / name) == written:
            (path / name).unlink()
    for name in [*made, FILES]:
        (draft / name).replace(path / name)


@contextmanager
def _draft(path: Path, *, folder: bool) -> Iterator[Path]:
    """Give a new file or folder beside *path*, which is gone at the end; clear away what killed runs left."""
    prefix = f".{path.name[:_NAME]}."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent, prefix)
        if folder:
            draft = Path(tempfile.mkdtemp(prefix=prefix, suffix=_DRAFT, dir=path.parent))
        else:
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=_DRAFT, dir=path.parent)
            os.close(handle)
            draft = Path(name)
    except OSError as error:
        raise type(error)(error.errno, f"cannot write {str(path)!r}: {error.strerror}") from error
    lock = _locked(draft)
    try:
        yield draft
    finally:
        if lock is not None:
            os.close(lock)
        if folder:
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


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
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _locked(path: Path) -> int | None:
    """Take the lock of a draft and return it, open; None where it is taken or the system has none."""
    if not HAS_LOCKS:  # Windows, which opens no folder either
        return None
    handle = os.open(path, os.O_RDONLY)
    if locked(handle):
        return handle
    os.close(handle)
    return None


def _listed(path: Path) -> dict[str, str]:
    """Return name and checksum of the files that an earlier run wrote."""
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {name: str(files[name]) for name in files if Path(name).name == name}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
