"""Whatever goes wrong half way: the answer is complete and equal, or there is a clear error and no litter."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import bitext
from bitext.engines import pool
from bitext.engines.reduction import Reduction
from tests.engines.processes import descendants, left, linux
from tests.reading.articles import articles, write

#: Random moments at which a worker is killed, and a run interrupted.
ROUNDS = 30


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(articles(300), tmp_path_factory.mktemp("news") / "news.jsonl")


@pytest.fixture(scope="module")
def expected(news: Path) -> "bitext.GroupedCounts":
    return bitext.count(bitext.scan(news)).group()


def kill_a_worker(after: float) -> None:
    time.sleep(after)
    if children := descendants():
        os.kill(random.choice(children), signal.SIGKILL)


def count_while_a_worker_is_killed(news: Path, after: float) -> "bitext.GroupedCounts":
    pool.release()  # a worker may be killed while it starts, too
    killer = threading.Thread(target=kill_a_worker, args=(after,))
    killer.start()
    try:
        return bitext.count(bitext.scan(news, workers=2, size=4000)).group()
    finally:
        killer.join()


@linux
def test_a_killed_worker_changes_nothing(news: Path, expected: "bitext.GroupedCounts") -> None:
    assert count_while_a_worker_is_killed(news, random.uniform(0.2, 2)) == expected
    pool.release()
    assert not left(descendants())


@linux
@pytest.mark.slow
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_worker_killed_at_any_moment_changes_nothing(
    news: Path, expected: "bitext.GroupedCounts", round_: int
) -> None:
    assert count_while_a_worker_is_killed(news, random.Random(round_).uniform(0, 6)) == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_an_error_and_leaves_nothing(
    news: Path,
    expected: "bitext.GroupedCounts",
    small_disk: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with pytest.raises(bitext.BitextError, match="No space left"):
        bitext.count(bitext.scan(news, cache=small_disk, size=20_000)).group()
    assert not list(small_disk.glob("*.part"))
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(small_disk))
        with pytest.raises(bitext.BitextError, match="No space left"):
            bitext.count(bitext.scan(news, size=20_000)).group()
    assert bitext.count(bitext.scan(news, cache=tmp_path / "elsewhere", size=20_000)).group() == expected


def test_a_table_on_a_full_disk_leaves_no_part(small_disk: Path) -> None:
    import pandas as pd

    from bitext.report.write import write_table

    with pytest.raises(OSError, match="No space left"):
        write_table(pd.DataFrame({"a": ["x" * 1000] * 200}), small_disk / "a.csv")
    assert not list(small_disk.iterdir())


def test_what_a_broken_gzip_file_holds_up_to_there_is_counted_and_the_break_named(
    news: Path, tmp_path: Path
) -> None:
    path = tmp_path / "news.jsonl.gz"
    data = gzip.compress(news.read_bytes())
    path.write_bytes(data[: len(data) // 2])
    scan = bitext.scan(path, size=5000)
    found = bitext.count(scan).group()
    at_once = bitext.read(path)
    assert found.articles.sum() == len(at_once) > 50
    assert "broken packed file" in " ".join(scan.problems["problem"])


def test_a_crash_leaves_a_cache_that_the_next_run_goes_on_with(
    news: Path, expected: "bitext.GroupedCounts", tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(ZeroDivisionError):
        bitext.scan(news, cache=cache, size=20_000).reduce(Reduction(crash, sum))
    made = {file.name: file.stat().st_mtime_ns for file in cache.iterdir()}
    assert len(made) > 2
    assert bitext.count(bitext.scan(news, cache=cache, size=20_000)).group() == expected
    assert {file.name: file.stat().st_mtime_ns for file in cache.iterdir()} == made


def crash(corpus: bitext.Corpus) -> int:
    return 1 // 0


def interrupt(news: Path, folder: Path, after: float) -> tuple[int, str, list[int]]:
    """Run the command with two workers, interrupt it; return status, messages, and processes left."""
    # A signal that comes before main() is Python's own business: the command is interrupted while it works.
    environment = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "bitext", "keywords", str(news), "--workers", "2"]
    with subprocess.Popen(
        [*command, "-o", str(folder / "table.csv")], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        time.sleep(after)
        group = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=60)
    return process.returncode, messages, left(group)


@cache
def whole_table(news: Path) -> bytes:
    """Return the table that a run writes which nobody interrupts."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        command = [sys.executable, "-m", "bitext", "keywords", str(news), "-o", str(table)]
        subprocess.run(command, check=True, capture_output=True)
        return table.read_bytes()


def check_interrupted(news: Path, folder: Path, after: float) -> None:
    status, messages, orphans = interrupt(news, folder, after)
    assert not orphans
    written = {path.name for path in folder.iterdir()}
    if status == 0:  # it was done before
        assert written == {"table.csv", "table.csv.run.json"}
        return
    assert status in (130, -signal.SIGINT)
    # Each file is whole or not there, the record never without its table, and no temporary folder stays:
    # the interrupt may come before the first, between the two, or after both.
    assert written in (set(), {"table.csv"}, {"table.csv", "table.csv.run.json"})
    if "table.csv" in written:
        assert (folder / "table.csv").read_bytes() == whole_table(news)
    if "table.csv.run.json" in written:
        assert json.loads((folder / "table.csv.run.json").read_text("utf-8"))
    assert status == -signal.SIGINT or "stopped" in messages or "KeyboardInterrupt" in messages


@linux
def test_an_interrupt_stops_cleanly(news: Path, tmp_path: Path) -> None:
    check_interrupted(news, tmp_path, 3)


@linux
@pytest.mark.slow
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_interrupt_at_any_moment_stops_cleanly(news: Path, tmp_path: Path, round_: int) -> None:
    check_interrupted(news, tmp_path, random.Random(round_).uniform(0.05, 8))
    again = [sys.executable, "-m", "bitext", "keywords", str(news), "-o", str(tmp_path / "table.csv")]
    assert subprocess.run(again, check=False, capture_output=True).returncode == 0
