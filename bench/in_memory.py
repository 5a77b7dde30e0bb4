"""Clean articles in memory: tokenise, count, keyness in one process; two processes; what threads could gain.

Run: python -m bench.in_memory [--articles 20000]; needs the shared news (see tests/shared.py). On a busy
machine the clock says little of two workers, so that a bound is given, too: the processor seconds of one
process over half of those that two workers and the caller take together. Threads gain only where the
interpreter's lock is free, which is while Chinese is cut in C: the bound for two threads follows from the
share of that (Amdahl's law).
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bench import salted
from bench.measure import markdown
from bitext.engines import pool
from bitext.text.chinese import cutter

#: Articles over which a process warms up, and its workers start.
_WARM = 3000


def clean(number: int) -> bitext.Corpus:
    """Return so many salted articles, read from clean rows."""
    tokens = salted.base()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clean.jsonl"
        salted.write(tokens, -(-number // len(tokens.articles)), path, salted.exponent(tokens))
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[:number]
        path.write_text("".join(lines), encoding="utf-8")
        return bitext.read(path)


def timed(step: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return the result of *step*, its processor seconds in this process, and the seconds on the clock."""
    began, clock = time.process_time(), time.perf_counter()
    result = step()
    return result, time.process_time() - began, time.perf_counter() - clock


def workers_time() -> float:
    """Return the processor seconds of the workers that wait; 0 where the system does not say."""
    kept = pool._KEPT._pool
    found = 0.0
    for pid in kept.pids if kept else []:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return 0.0
        found += (int(fields[11]) + int(fields[12])) / 100
    return found


class _Watched:
    """A segmenter in C, and how long it cut without the lock."""

    spent = 0.0

    def __init__(self, segmenter: Any) -> None:
        self._segmenter = segmenter

    def cut(self, points: Any, hmm: bool) -> Any:
        began = time.thread_time()
        try:
            return self._segmenter.cut(points, hmm)
        finally:
            _Watched.spent += time.thread_time() - began


def unlocked(corpus: bitext.Corpus) -> float:
    """Return the share of tokenising, 0 to 1, that holds no lock: cutting Chinese in C."""
    made = cutter._native
    cutter._native = lambda words: _Watched(made(words))
    try:
        _, total, _ = timed(lambda: bitext.tokenize(corpus, words=["暖机词"]))  # a word: another segmenter
    finally:
        cutter._native = made
    return _Watched.spent / total


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    asked = parser.parse_args()
    corpus = clean(asked.articles)
    warm = bitext.Corpus(corpus.articles.head(_WARM))
    outlet = str(corpus.articles.loc[corpus.articles["lang"] == "zh", "outlet"].value_counts().index[0])
    bitext.keyness(bitext.count(bitext.tokenize(warm)).select(lang="zh"), target=outlet)
    tokens, cut, clock_one = timed(lambda: bitext.tokenize(corpus))
    counts, counted, _ = timed(lambda: bitext.count(tokens))
    _, compared, _ = timed(lambda: bitext.keyness(counts.select(lang="zh"), target=outlet))
    _, every, _ = timed(lambda: bitext.keyness(counts.select(lang="zh")))
    bitext.tokenize(warm, workers=2)
    before = workers_time()
    _, caller, clock_two = timed(lambda: bitext.tokenize(corpus, workers=2))
    workers = workers_time() - before
    share = unlocked(corpus)
    rows = [
        ("tokenise", f"{cut:.2f} s", ""),
        ("count", f"{counted:.2f} s", ""),
        ("keyness of one outlet against the rest", f"{compared:.2f} s", ""),
        ("the three together", f"{cut + counted + compared:.2f} s", "<= 3.5"),
        ("keyness of all outlets", f"{every:.2f} s", ""),
        ("tokenise, two workers / one, by the clock", f"{clock_one / clock_two:.2f}", ">= 1.7"),
        (
            f"the same, bound by processor time (caller {caller:.2f} s, workers {workers:.2f} s)",
            f"{2 * cut / (caller + workers):.2f}",
            ">= 1.7",
        ),
        (
            f"two threads / one: bound, where {share:.0%} of the time is without the lock",
            f"{1 / (1 - share / 2):.2f}",
            "",
        ),
    ]
    print(f"{len(corpus):,} clean articles, {len(tokens):,} tokens; processor seconds\n")
    print(markdown(("step", "measured", "aim"), rows))


if __name__ == "__main__":
    main()
