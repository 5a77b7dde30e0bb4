"""How the time of `duplicates` grows: invented articles, 600 characters each, a tenth of them copies.

Run: python bench/duplicates.py [10000 100000]
"""

import resource
import sys
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bitext import Corpus, schema
from tests.corpus.synthetic import news


def corpus(n: int) -> Corpus:
    dates = pd.date_range("2031-01-01", periods=n, freq="min")
    frame = pd.DataFrame({"article": [str(i) for i in range(n)], "date": dates, "text": news(n, copies=0.1)})
    frame["outlet"] = [f"outlet {i % 7}" for i in range(n)]
    return Corpus(frame.reindex(columns=list(schema.ARTICLES), fill_value=""))


def main(sizes: list[int]) -> None:
    before = None
    for n in sizes:
        made = corpus(n)
        start = time.perf_counter()
        table = bitext.duplicates(made, exact=False)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        growth = f", {seconds / before:.1f} times the time of the size before" if before else ""
        print(f"{n:>7} articles: {seconds:6.1f} s, {len(table)} in groups, peak {peak:.0f} MB{growth}")
        before = seconds


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [10_000, 100_000])
