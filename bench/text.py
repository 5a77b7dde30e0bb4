"""The text layer beside its peers, in one run on the same articles: ratios of medians.

Run: python bench/text.py [--runs 5] [--articles 0]  (0: all shared articles; `make bench` runs it, too)
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import jieba
import pandas as pd
import rjieba
from opencc import OpenCC
from sklearn.feature_extraction.text import CountVectorizer

import bitext
from bitext import Corpus, schema
from bitext.engines import pool
from bitext.glossaries import before, transliteration
from bitext.text import tokenizer
from bitext.text.chinese import cutter
from bitext.text.scripts.convert import to_simplified
from bitext.tokenizing.dictionary import resolve
from bitext.tokens.tokens import Tokens
from tests import shared

Row = tuple[str, str, str, str]


def bodies(limit: int) -> list[str]:
    """Return the bodies of the shared articles, as the reader cleans them."""
    corpus = bitext.read(shared.DATA / "news_multi_outlet.jsonl.gz")
    texts = corpus.articles["text"].tolist()
    return texts[:limit] if limit else texts


def corpus_of(texts: list[str]) -> Corpus:
    frame = pd.DataFrame({"article": [str(i) for i in range(len(texts))], "text": texts})
    return Corpus(frame.reindex(columns=list(schema.ARTICLES), fill_value=""))


def race(
    runs: int, clock: Callable[[], float] = time.process_time, **contestants: Callable[[], Any]
) -> dict[str, float]:
    """Run each in turn, *runs* times over, so that a slow moment of the machine hits all; return medians.

    Measured is processor time, so that other programs on the machine do not count.
    """
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, run in contestants.items():
            gc.collect()
            start = clock()
            run()
            times[name].append(clock() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def forget() -> None:
    """Make the tokenizer forget all words it has seen: every run meets its text for the first time."""
    for segmenter in tokenizer._LOCAL.__dict__.get("segmenters", {}).values():
        segmenter.forget()


def forget_learnt() -> None:
    """Make the process forget what learning words left behind, too: segmenters with them, names compared."""
    tokenizer._LOCAL.__dict__.pop("segmenters", None)
    cutter._segmenter.cache_clear()
    transliteration.gain.cache_clear()
    transliteration.plain.cache_clear()
    before.concepts_in.cache_clear()
    bitext.tokenize(corpus_of(["暖机 warm up"]))
    forget()


def learning(texts: list[str], runs: int) -> list[Row]:
    """Measure what a first pass for names and terms adds, with nothing kept from the run before."""
    corpus = corpus_of(texts)
    times: dict[bool, list[float]] = {False: [], True: []}
    bitext.tokenize(corpus_of(texts[:3]), learn=True)
    for _ in range(runs):
        for learn, found in times.items():
            forget_learnt()
            gc.collect()
            start = time.process_time()
            bitext.tokenize(corpus, learn=learn)
            found.append(time.process_time() - start)
    plain, learnt = (statistics.median(times[learn]) for learn in (False, True))
    return [ratio("tokenise, learn=True / learn=False", learnt, plain, "<= 1.25 x its time")]


def speed(texts: list[str], runs: int) -> list[Row]:
    corpus = corpus_of(texts)
    jieba.setLogLevel("WARNING")
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = tempfile.mkdtemp()
    segmenter.initialize()
    engine = rjieba.Jieba()
    bitext.tokenize(corpus_of(["暖机 warm up"]))

    def counted(workers: int = 1) -> None:
        forget()
        bitext.count(bitext.tokenize(corpus, workers=workers), stopwords=None)

    def peer() -> None:
        CountVectorizer(tokenizer=segmenter.lcut, token_pattern=None).fit_transform(texts)

    times = race(
        runs,
        peer=peer,
        engine=lambda: [engine.cut(text) for text in texts],
        tokens=lambda: (forget(), bitext.tokenize(corpus)),
        counts=counted,
    )
    wall = race(min(runs, 3), time.perf_counter, peer=peer)
    wall["two"] = statistics.median(_two_processes(lambda: counted(2)) for _ in range(runs))
    peer_time, engine_time = times["peer"], times["engine"]
    return [
        ratio("tokenise + count / CountVectorizer(jieba.lcut)", peer_time, times["counts"], ">= 18 x faster"),
        ratio(
            "the same, two processes that have started, by the clock",
            wall["peer"],
            wall["two"],
            ">= 20 x faster",
        ),
        ratio("tokenise + count / rjieba.cut alone", times["counts"], engine_time, "<= 1 x its time"),
        ratio("tokenise / rjieba.cut alone", times["tokens"], engine_time, ""),
    ]


def _two_processes(step: Callable[[], Any]) -> float:
    """Return the seconds of *step* with workers that have started, but have met none of its words."""
    pool.release()
    tokenize = partial(tokenizer.tokenize_batch, tokenizer.Tokenizer(words=resolve("default")[0]))
    list(pool.run(tokenize, [["暖机 warm up"]] * 8, 2))
    gc.collect()
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def conversion(texts: list[str], runs: int) -> list[Row]:
    reference = OpenCC("t2s")
    rows = []
    for script, aim in (("Hant", ">= 15 x faster"), ("Hans", ">= 40 x faster")):
        chosen = [text for text in texts if bitext_script(text) == script][:400]
        times = race(
            runs,
            peer=lambda chosen=chosen: [reference.convert(text) for text in chosen],
            ours=lambda chosen=chosen: [to_simplified(text) for text in chosen],
        )
        rows.append(
            ratio(f"t2s of {script} / opencc-python-reimplemented", times["peer"], times["ours"], aim)
        )
    return rows


def bitext_script(text: str) -> str:
    from bitext.text.scripts.detect import script

    return script(text)


def growth(texts: list[str], runs: int) -> list[Row]:
    half = texts[::2]
    whole = [*half, *half]
    long = "\n".join(texts)
    long = (long * (20_000_000 // (len(long.encode()) or 1) + 1))[: 20_000_000 // 3]
    size = len(long) // len(half) + 1
    small = [long[at : at + size] for at in range(0, len(long), size)]

    def timed(texts: list[str]) -> Callable[[], None]:
        corpus = corpus_of(texts)
        return lambda: (forget(), bitext.tokenize(corpus))[0]

    times = race(runs, half=timed(half), whole=timed(whole), long=timed([long]), small=timed(small))
    return [
        ratio("twice the articles / once", times["whole"], times["half"], "<= 2.1 x the time"),
        ratio("one article of 20 MB / small ones", times["long"], times["small"], "<= 1 x the time"),
    ]


def memory() -> list[Row]:
    """Measure the growth of a fresh process that holds the texts, once and four times over.

    The first row includes what any run needs: dictionary, lists, compiled patterns. The difference of both
    is what the text itself asks for.
    """
    once, four = map(_peak, (1, 4))
    more = (four.peak - once.peak) / (four.text - once.text)
    return [
        ("bytes a token, all columns", f"{once.each:.1f}", f"{once.tokens:,} tokens", "<= 24"),
        ("peak of tokenise / size of the text", *_shown(once), "<= 3"),
        ("the same, four times the articles", *_shown(four), "<= 3"),
        ("growth of the peak / growth of the text", f"{more:.1f}", "", ""),
    ]


class Peak(NamedTuple):
    """Megabytes of text, and by how much the process grew at most over it; size of the tokens."""

    text: float
    peak: float
    tokens: int
    each: float


def _shown(peak: Peak) -> tuple[str, str]:
    return f"{peak.peak / peak.text:.1f}", f"{peak.peak:.0f} / {peak.text:.0f} MB"


def _peak(times: int) -> Peak:
    command = [sys.executable, __file__, "--peak", str(times)]
    return Peak(**json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def measure_peak(texts: list[str]) -> Peak:
    """Tokenise *texts* in this process, which has done nothing else."""
    texts = ["".join(text) for text in map(list, texts)]  # no text is there twice
    corpus = corpus_of(texts)
    gc.collect()
    before = largest()
    tokens = bitext.tokenize(corpus)
    peak = largest() - before
    each = column_bytes(tokens) / max(len(tokens), 1)
    return Peak(sum(map(sys.getsizeof, texts)) / 1e6, peak, len(tokens), each)


def largest() -> float:
    """Return the largest memory of this process so far, in MB; `getrusage` would count its parent's, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def column_bytes(tokens: Tokens) -> int:
    columns = ("term", "start", "end", "sentence", "kind", "lang", "bounds")
    return sum(getattr(tokens, name).nbytes for name in columns)


def ratio(what: str, above: float, below: float, aim: str) -> Row:
    return what, f"{above / below:.2f}", f"{above:.3f} / {below:.3f} s", aim


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, default=0, help="the first so many only; 0: all")
    parser.add_argument("--peak", type=int, help="only the memory of tokenising them so many times over")
    options = parser.parse_args(arguments)
    if not shared.DATA.is_dir():
        sys.exit(f"bench/text.py needs the shared news data at {shared.DATA}")
    texts = bodies(options.articles)
    if options.peak:
        print(json.dumps(measure_peak(texts * options.peak)._asdict()))
        return
    print(f"{len(texts):,} articles, {sum(map(len, texts)):,} characters; medians of {options.runs} runs")
    print("| what | ratio | measured | aim |\n|---|---|---|---|")
    parts = (
        memory,
        lambda: conversion(texts, options.runs),
        lambda: speed(texts, options.runs),
        lambda: learning(texts, options.runs),
        lambda: growth(texts, options.runs),
    )
    for part in parts:
        for row in part():
            print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
