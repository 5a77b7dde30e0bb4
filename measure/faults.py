"""What breaks and what waits: hostile files, turned bits, copies, dictionaries."""

import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import bitext
from bitext.engines import store
from measure.figure import Figure
from tests.fuzz import hostile

#: Hostile files; `BITEXT_FUZZ` makes them fewer.
FILES = int(os.environ.get("BITEXT_FUZZ", "20000"))
#: The first seed: those below were looked at while faults were mended.
FIRST = 1_000_000
FLIPS = 1000
SLOWEST = 20.0


def figures() -> Iterator[Figure]:
    """Yield the figures of issue "nothing breaks"."""
    yield from _files()
    yield from _flips()
    yield from _copies()
    yield from _dictionaries()


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
                failed += " failed: " in str(error)
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
