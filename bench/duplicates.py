"""How time and memory of `duplicates` grow: invented articles, 600 characters each, a tenth of them copies.

Run: python bench/duplicates.py [10000 100000] [--scan]: all articles in memory, or batches from a file.
Each size runs in a process of its own, whose largest memory is shown.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bitext import Corpus, schema
from tests.copies.synthetic import news


def frame(n: int) -> pd.DataFrame:
    dates = pd.date_range("2031-01-01", periods=n, freq="min")
    made = pd.DataFrame({"article": [str(i) for i in range(n)], "date": dates, "text": news(n, copies=0.1)})
    made["outlet"] = [f"outlet {i % 7}" for i in range(n)]
    made["title"] = [f"Title {i}" for i in range(n)]
    return made


def write(n: int, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in frame(n).to_dict("records"):
            file.write(json.dumps({**row, "date": str(row["date"])}, ensure_ascii=False) + "\n")


def in_memory(n: int) -> None:
    corpus = Corpus(frame(n).reindex(columns=list(schema.ARTICLES), fill_value=""))
    start = time.process_time()
    show(n, bitext.duplicates(corpus, exact=False), time.process_time() - start)


def in_batches(n: int, path: Path) -> None:
    start = time.process_time()
    table = bitext.duplicates(bitext.scan(path), exact=False)
    show(n, table, time.process_time() - start)


def show(n: int, table: pd.DataFrame, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n:>7} articles: {seconds:6.1f} s of processor time, {len(table)} in groups, peak {peak:.0f} MB")


def run(target: object, *args: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=target, args=args)  # type: ignore[arg-type]
    process.start()
    process.join()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--scan", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        for n in asked.sizes:
            if asked.scan:
                path = Path(folder, "news.jsonl")
                run(write, n, path)
                run(in_batches, n, path)
            else:
                run(in_memory, n)
