"""Path → a draft beside it, put in place when it is written to the end: all or nothing."""

import ctypes
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bitext.engines.drafts import draft
from bitext.record import checksum

#: The list of what was written into a folder, with checksums; it is the last to come.
FILES = "files.json"


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside *path*; put it in place at the end, or leave nothing if anything fails.

    Examples:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> with whole_file(folder / "a.txt") as draft:
        ...     _ = draft.write_text("all of it")
        >>> (folder / "a.txt").read_text(), len(list(folder.iterdir()))
        ('all of it', 1)
    """
    path = Path(path)
    with draft(path, folder=False) as work:
        yield work
        # mkstemp makes files for the owner alone; a result is as readable as any file the user makes.
        work.chmod(0o666 & ~_umask())
        work.replace(path)


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """Give a temporary folder beside *path*; at the end put all its files there, or none if anything fails.

    A new folder, and one that holds only what an earlier run wrote, appears in one step, where the system can
    exchange two folders. Else files are put in place one by one: those that an earlier run left there and
    this one does not write are removed, unless they were changed since. Meanwhile the list of them, `FILES`,
    is absent: a folder with it is whole.

    Examples:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp()) / "out"
        >>> for names in ("ab", "b"):
        ...     with whole_folder(folder) as draft:
        ...         _ = [(draft / name).write_text(name) for name in names]
        >>> sorted(path.name for path in folder.iterdir())
        ['b', 'files.json']
    """
    path = Path(path)
    with draft(path, folder=True) as work:
        yield work
        made = {file.name: checksum(file) for file in sorted(work.iterdir()) if file.name != FILES}
        (work / FILES).write_text(
            json.dumps({"files": made}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        work.chmod(path.stat().st_mode & 0o7777 if path.is_dir() else 0o777 & ~_umask())
        if not _exchanged(work, path):
            _one_by_one(work, path, made)


def _exchanged(work: Path, path: Path) -> bool:
    """Put *work* in the place of *path* in one step; False where that cannot be, and nothing is changed."""
    if not path.exists():
        with suppress(OSError):  # somebody was faster
            work.rename(path)
            return True
        return False
    before = _listed(path / FILES)
    names = {file.name for file in path.iterdir()} if path.is_dir() and not path.is_symlink() else None
    # A folder with something of the user's in it stays itself, and so does one that somebody works in.
    own = names is not None and names == {*before, FILES} and path.resolve() not in _here()
    if not own or any(checksum(path / name) != written for name, written in before.items()):
        return False
    return _exchange(work, path)


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


def _one_by_one(work: Path, path: Path, made: dict[str, str]) -> None:
    path.mkdir(exist_ok=True)
    before = _listed(path / FILES)
    (path / FILES).unlink(missing_ok=True)
    for name, written in before.items():
        if name not in made and (path / name).is_file() and checksum(path / name) == written:
            (path / name).unlink()
    for name in [*made, FILES]:
        (work / name).replace(path / name)


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
