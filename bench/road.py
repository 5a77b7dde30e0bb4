"""The main road: articles in, table of keywords out. Whole processes at growing sizes, stages, and the peers.

Run: python -m bench.road [--large]; needs the shared news (see tests/shared.py).
"""

import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bench import salted
from bench.measure import Grown, markdown, markdown_row, python, run, typical
from bitext.counting.grouped_counts import GroupedCounts
from tests.shared import DATA

BITEXT = Path(sys.executable).parent / "bitext"
#: Articles on which the peers and the stages are timed.
SAMPLE = 400


def main(large: bool = False) -> list[Grown]:
    """Print all tables; return the runs of growing size."""
    tokens = salted.base()
    power = salted.exponent(tokens)
    words = len(tokens) / len(tokens.articles)
    print(f"{len(tokens.articles):,} articles, {len(tokens):,} tokens, types grow as tokens ** {power:.2f}\n")
    with tempfile.TemporaryDirectory() as folder:
        print(stages(tokens, Path(folder)), "\n")
        peers, peer = _peers(tokens)
        print(peers, "\n")
        sizes = (1, 2, 4, 8, 32) if large else (1, 2, 4, 8)
        grown = growth(tokens, power, sizes, Path(folder), words, peer)
    print(starts())
    return grown


def stages(tokens: "bitext.Tokens", folder: Path) -> str:
    """Time each step in this process, warm: processor seconds, so that a busy machine matters less."""
    raw, clean = folder / "raw.jsonl", folder / "clean.jsonl"
    with gzip.open(DATA / "news_multi_outlet.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw.write_text("".join(list(lines)[:: len(tokens.articles) // SAMPLE]), encoding="utf-8")
    corpus = bitext.read(raw)
    found = corpus.articles[["outlet", "title", "text"]].to_dict("records")
    clean.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), encoding="utf-8")
    cut = bitext.tokenize(corpus)
    counts = bitext.count(cut)
    steps: list[tuple[str, Callable[[], Any], int]] = [
        ("read raw pages", lambda: bitext.read(raw), raw.stat().st_size),
        ("read clean rows", lambda: bitext.read(clean), clean.stat().st_size),
        ("tokenize", lambda: bitext.tokenize(corpus), clean.stat().st_size),
        ("count", lambda: bitext.count(cut), clean.stat().st_size),
        ("sums per group", lambda: GroupedCounts.of(counts), clean.stat().st_size),
    ]
    rows = []
    for name, step, size in steps:
        seconds = _seconds(step)
        rows.append(
            (
                name,
                f"{seconds / len(corpus) * 1e3:.3f}",
                f"{size / seconds / 1e6:.1f}",
                f"{len(cut) / seconds:,.0f}",
            )
        )
    return markdown(("step, one process, warm", "ms per article", "MB/s", "tokens/s"), rows)


def _peers(tokens: "bitext.Tokens") -> tuple[str, float]:
    """Time what people use today, and what is underneath; return the table and seconds per article."""
    import jieba
    import rjieba
    from sklearn.feature_extraction.text import CountVectorizer

    texts = tokens.articles["text"].tolist()[:: len(tokens.articles) // SAMPLE]
    jieba.initialize()
    rjieba.cut(texts[0])
    vectorizer = CountVectorizer(tokenizer=jieba.lcut, token_pattern=None)
    pipeline = _seconds(lambda: vectorizer.fit_transform(texts), times=3)
    engine = _seconds(lambda: [rjieba.cut(text) for text in texts], times=3)
    rows = [
        ("CountVectorizer(tokenizer=jieba.lcut)", f"{pipeline / len(texts) * 1e3:.2f}"),
        ("rjieba.cut alone", f"{engine / len(texts) * 1e3:.3f}"),
    ]
    return markdown(("peer, one process, warm", "ms per article"), rows), pipeline / len(texts)


def _seconds(step: Callable[[], Any], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.process_time()
        step()
        found.append(time.process_time() - start)
    return median(found)


def growth(
    tokens: "bitext.Tokens",
    power: float,
    sizes: tuple[int, ...],
    folder: Path,
    words: float,
    peer: float,
) -> list[Grown]:
    """Time `bitext keywords` over more and more articles, as whole processes; print the table."""
    head = (
        "size", "articles", "workers", "s", "ms per article", "processor ms per article", "MB/s", "tokens/s",
        "peak MB", "times jieba + scikit-learn", "times one worker",
    )  # fmt: skip
    print(markdown(head, []))
    run([BITEXT, "keywords", DATA / "seeds", "--workers", "2"])  # modules are compiled once
    grown = []
    for copies in sizes:
        path = folder / f"{copies}.jsonl"
        size = salted.write(tokens, copies, path, power)
        articles = copies * len(tokens.articles)
        for workers in (1, 2):
            took = run([BITEXT, "keywords", path, "--workers", str(workers), "-o", path.with_suffix(".csv")])
            grown.append(Grown(articles, workers, took))
            one = next(row.run for row in grown if row.articles == articles)
            cells = (
                f"{copies}x",
                f"{articles:,}",
                workers,
                f"{took.seconds:.1f}",
                f"{took.seconds / articles * 1e3:.3f}",
                f"{took.processor / articles * 1e3:.3f}",
                f"{size / took.seconds / 1e6:.1f}",
                f"{articles * words / took.seconds:,.0f}",
                f"{took.peak:.0f}",
                f"{peer * articles / took.seconds:.1f}",
                f"{one.seconds / took.seconds:.2f}",
            )
            print(markdown_row(cells))
        path.unlink()
    return grown


def starts() -> str:
    """Time the start of whole processes."""
    both = typical(python("import pandas, sklearn"))
    rows = []
    for name, command in (
        ("bitext --help", [BITEXT, "--help"]),
        ("import bitext", python("import bitext")),
        ("python alone", python("pass")),
        ("import pandas, sklearn", python("import pandas, sklearn")),
        ("bitext keywords, three articles", [BITEXT, "keywords", DATA / "seeds", "--format", "csv"]),
    ):
        took = typical(command)
        rows.append(
            (name, f"{took.seconds:.2f}", f"{took.processor:.2f}", f"{took.processor / both.processor:.2f}")
        )
    return markdown(("start of a process", "s", "processor s", "times importing pandas, sklearn"), rows)


if __name__ == "__main__":
    main("--large" in sys.argv[1:])
