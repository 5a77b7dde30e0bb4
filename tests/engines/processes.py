"""Looking for processes in /proc, which is Linux's."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

linux = pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="looks for processes in /proc, which is Linux's"
)


def descendants(root: int | None = None) -> list[int]:
    """Return the living descendants of a process, by default of this one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = [root or os.getpid()]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return [pid for pid in found[1:] if alive(pid)]


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def left(pids: Iterable[int], seconds: float = 5) -> list[int]:
    """Return those of *pids* that are still alive after that time; wait no longer than needed."""
    deadline = time.monotonic() + seconds
    while (found := [pid for pid in pids if alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found
