"""Measuring whole processes: seconds on the clock and of processor, peak memory with all children."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    """What one run of a command took; `peak` in MB, shared pages counted once."""

    seconds: float
    processor: float
    peak: float


class Grown(NamedTuple):
    """A run over so many articles with so many workers."""

    articles: int
    workers: int
    run: Run


def run(command: Sequence[str | Path]) -> Run:
    """Run a command to its end and measure it with all processes that it starts.

    Raises:
        RuntimeError: it failed.
    """
    start = time.perf_counter()
    # Compiled modules are kept, as on any user's machine: some test environments say otherwise.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        list(map(str, command)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    peak = 0.0
    children = os.times()
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, _tree(process.pid))))
        time.sleep(0.2)
    seconds = time.perf_counter() - start
    after = os.times()
    used = after.children_user + after.children_system - children.children_user - children.children_system
    if process.returncode:
        raise RuntimeError(f"{command} failed: {process.stderr.read() if process.stderr else ''}")
    return Run(seconds, used, peak)


def python(code: str) -> list[str]:
    """Return the command that runs *code* in a fresh interpreter."""
    return [sys.executable, "-c", code]


def typical(command: Sequence[str | Path], times: int = 5) -> Run:
    """Run a command several times and return the medians."""
    runs = [run(command) for _ in range(times)]
    return Run(*(median(values) for values in zip(*runs, strict=True)))


def _tree(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _memory(pid: int) -> float:
    """Return the proportional set size of a process in MB: pages shared by n processes count 1/n in each."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0")
    return int(line.split()[1]) / 1024


def markdown(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    return "\n".join([markdown_row(head), f"|{'---|' * len(head)}", *map(markdown_row, rows)])


def markdown_row(cells: Sequence[object]) -> str:
    """Return one row of a table in Markdown."""
    return f"| {' | '.join(map(str, cells))} |"
