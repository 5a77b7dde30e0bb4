"""What breaks and what waits: hostile files, turned bits, copies, dictionaries."""

import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import bitext
from bitext.engines import store
from measure.figure import Figure
from tests import test_linear_time as linear
from tests.engines.processes import descendants, left
from tests.fuzz import hostile
from tests.reading.articles import articles, write

#: Hostile files; `BITEXT_FUZZ` makes them fewer.
FILES = int(os.environ.get("BITEXT_FUZZ", "20000"))
#: The first seed: those below were looked at while faults were mended.
FIRST = 1_000_000
FLIPS = 1000
SLOWEST = 20.0
#: Characters of a text of one pattern, and of another.
SHORT, LONG = 20_000, 80_000
#: Stages that take longest get so many times less.
SLOW_PART = 4
#: Moments at which a run is stopped, in each way.
STOPS = int(os.environ.get("BITEXT_STOPS", "30"))
#: Articles of a run that is stopped.
STOPPED = 40


def figures() -> Iterator[Figure]:
    """Yield the figures of issue "nothing breaks"."""
    yield from _files()
    yield from _flips()
    yield from _copies()
    yield from _dictionaries()
    yield from _patterns()
    yield from _stops()


def _files() -> Iterator[Figure]:
    uncaught = lost = slow = failed = 0
    for seed in range(FIRST, FIRST + FILES):
        name, data = hostile(seed)
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / name).write_bytes(data)
            began = time.process_time()
            try:
                corpus = bitext.read(place)
            except bitext.CorpusError as error:  # not one article: the message is the row
                failed += bool(re.search(r"\d failed: ", str(error)))
            except Exception:
                uncaught += 1
            else:
                lost += not len(corpus) + len(corpus.problems)
                failed += "failed" in set(corpus.problems["kind"])
            slow += time.process_time() - began > SLOWEST
    for what, value in (
        ("errors that ended the run", uncaught),
        ("files lost without a row in problems", lost),
        (f"files over {SLOWEST:.0f} s", slow),
        ("files with an error that nobody expected, caught at the boundary", failed),
    ):
        yield _count(f"Hostile files: {what}", "tests/fuzz.py", FILES, value)


def _count(what: str, data: str, n: int, value: float) -> Figure:
    return Figure(what, data, "whole", n, value, 0, "lower", aim=0, digits=0)


def _flips() -> Iterator[Figure]:
    draw = random.Random(20)
    frame = pd.DataFrame(
        {"text": ["The plant opened.", "工厂开工。"], "date": "2024-05-01"}
    )  # A plant begins.
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    with tempfile.TemporaryDirectory() as place:
        cached, saved = Path(place) / "cached", Path(place) / "saved"
        store.write(cached, {"texts": ["The plant opened."] * 50, "numbers": np.arange(100)})
        tokens.save(saved)
        columns = [path for path in saved.iterdir() if path.name != "manifest.json"]
        for what, paths in (
            ("cache", [cached]),
            ("saved tokens", columns),
            ("manifest", [saved / "manifest.json"]),
        ):
            missed = sum(not _noticed(draw.choice(paths), saved, draw) for _ in range(FLIPS))
            yield _count(f"Bit flips that nobody notices: {what}", "made here", FLIPS, missed)


def _noticed(path: Path, saved: Path, draw: random.Random) -> bool:
    before = path.read_bytes()
    data = bytearray(before)
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)
    try:
        _ = store.read(path) if path.parent != saved else bitext.Tokens.load(saved)
    except bitext.BitextError:
        return True
    finally:
        path.write_bytes(before)
    return False


def _copies() -> Iterator[Figure]:
    text = (
        "The plant opened on Monday, officials said, after a delay of two years over permits and water. " * 20
    )
    frame = pd.DataFrame({"text": [text] * 4000, "outlet": [f"Outlet {n % 7}" for n in range(4000)]})
    corpus = bitext.Corpus.from_frame(frame)
    began = time.process_time()
    bitext.duplicates(corpus)
    seconds = time.process_time() - began
    what = "Seconds of the processor for duplicates of 4,000 identical texts"
    yield Figure(what, "made here", "whole", 4000, seconds, 0.5, "lower", aim=1.0, digits=2)


def _dictionaries() -> Iterator[Figure]:
    frame = pd.DataFrame({"text": ["芯片法案通过。"]})  # The chips act passes.
    corpus = bitext.Corpus.from_frame(frame)
    sizes = []
    for number in range(60):
        bitext.tokenize(corpus, words=[f"法案{chr(0x4E00 + number)}"])  # "act", and another character
        sizes.append(_memory())
    grown = sizes[-1] - sizes[19]
    what = "Growth of memory from the 20th to the 60th user dictionary, MB"
    yield Figure(what, "made here", "whole", 60, grown, 10, "lower", aim=5, digits=0)


def _memory() -> float:
    """Return the memory of this process in MB: now where the system says it, else its peak."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


def _patterns() -> Iterator[Figure]:
    """Yield how many stages take more of a text four times as long than its length explains."""
    patterns = [*linear.SOME, *linear.MORE]
    number, over, longest = 0, 0, 0.0
    for unit in patterns:
        for of, part in ((linear.stages, 1), (linear.further, SLOW_PART)):
            for name, before, took in linear.times(unit, SHORT // part, LONG // part, of):
                number += 1
                longest = max(longest, took * part)
                if took >= max(linear.MARGIN * LONG / SHORT * before, linear.NOTHING):
                    over += 1
                    print(f"  {name} over {unit!r}: {before:.2f} s, then {took:.2f} s")
    what = f"Patterns × stages whose time grows more than linearly, {len(patterns)} patterns"
    yield _count(what, "tests/test_linear_time.py", number, over)
    what = f"Longest time of a stage over {LONG:,} characters of a pattern, s"
    yield Figure(what, "tests/test_linear_time.py", "whole", number, longest, 10, "lower", digits=1)


def _stops() -> Iterator[Figure]:
    """Yield how many runs stopped at random moments end in another way than whole or with nothing."""
    draw = random.Random(20)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        news = write(articles(STOPPED), place / "news.jsonl")
        began = time.perf_counter()
        _compare(news, place / "whole").wait()
        lasts = time.perf_counter() - began
        whole = _contents(place / "whole")
        for sign, name in ((signal.SIGKILL, "kill -9"), (signal.SIGINT, "Ctrl-C")):
            at = place / name
            at.mkdir()
            faults = done = 0
            for number in range(STOPS):
                found = _stopped(news, at, sign, draw.uniform(0.02, 1.05) * lasts, whole)
                faults += found != ""
                done += (at / "out").is_dir()
                if found:
                    print(f"  {name} {number}: {found}")
                if number % 2:  # else the next writes over what was there
                    shutil.rmtree(at / "out", ignore_errors=True)
            time.sleep(3.1)  # drafts that were touched just now may be somebody's
            _compare(news, at / "out").communicate()
            faults += _contents(at / "out") != whole or len(list(at.iterdir())) != 1
            what = (
                f"Runs of compare stopped by {name} that are not whole or absent, or leave something behind"
            )
            note = f"in {done} of them the folder was there, whole"
            yield Figure(what, "made here", "whole", STOPS, faults, 0, "lower", aim=0, digits=0, note=note)


def _compare(news: Path, out: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "bitext", "compare", news, "--batches", "--workers", "2", "-o", out]
    environment = {**os.environ, "TMPDIR": str(out.parent)}
    return subprocess.Popen(
        list(map(str, words)),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _stopped(news: Path, place: Path, sign: signal.Signals, after: float, whole: dict[str, bytes]) -> str:
    """Stop a run after so many seconds; return what is wrong, or ""."""
    process = _compare(news, place / "out")
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    workers = descendants(process.pid)
    process.send_signal(sign)
    _, said = process.communicate(timeout=120)
    if orphans := left(workers, 20):
        return f"processes stay: {orphans}"
    if (place / "out").exists() and _contents(place / "out") != whole:
        return f"the folder is neither whole nor absent: {sorted(_contents(place / 'out'))}"
    if sign == signal.SIGINT and process.returncode not in (0, 130, -sign):
        return f"ends with {process.returncode}: {said[-300:]}"
    # Who is killed cannot clear up: the next run does.
    litter = [path.name for path in place.iterdir() if path.name != "out"] if sign == signal.SIGINT else []
    return f"leaves {litter}" if litter else ""


def _contents(folder: Path) -> dict[str, bytes]:
    """Return the tables of a comparison."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".csv"}
