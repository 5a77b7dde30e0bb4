"""What finding concepts costs beside tokenising the same text, in one run.

A quarter is the limit. Run: ``python -m bench.concepts [FILE.jsonl.gz ...]``; without files the sample
corpus is used, many times over.
"""

import gc
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bench.measure import markdown
from bitext.concepts.lookup import ConceptTable, find_concepts

ROUNDS = 5
ENOUGH = 3_000_000


def texts(paths: list[str]) -> bitext.Corpus:
    """Read the files; repeat a small corpus until there is enough to measure."""
    corpus = bitext.read(*(paths or [str(Path(__file__).parents[1] / "corpora" / "chips")]))
    characters = int(corpus.articles["text"].str.len().sum())
    times = max(1, ENOUGH // max(characters, 1)) if not paths else 1
    articles = corpus.articles.loc[corpus.articles.index.repeat(times)].reset_index(drop=True)
    return bitext.Corpus(articles.assign(article=[str(number) for number in range(len(articles))]))


def measure(corpus: bitext.Corpus) -> dict[str, object]:
    """Time both steps by turns, so that both see the same machine; the median of the rounds counts."""
    tokens = bitext.tokenize(corpus)
    find_concepts(tokens)
    seconds: dict[str, list[float]] = {"tokenize": [], "find": []}
    for _ in range(ROUNDS):
        gc.collect()
        start = perf_counter()
        tokens = bitext.tokenize(corpus)
        middle = perf_counter()
        hits = find_concepts(tokens)
        seconds["tokenize"].append(middle - start)
        seconds["find"].append(perf_counter() - middle)
    cut, found = median(seconds["tokenize"]), median(seconds["find"])
    return {
        "characters": int(corpus.articles["text"].str.len().sum()),
        "tokens": len(tokens),
        "forms": len(ConceptTable.default().forms),
        "hits": len(hits.first),
        "seconds_tokenize": round(cut, 3),
        "seconds_find": round(found, 3),
        "ratio": round(found / cut, 3),
    }


if __name__ == "__main__":
    measured = measure(texts(sys.argv[1:]))
    print(markdown(tuple(measured), [tuple(measured.values())]))
