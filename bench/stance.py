"""The time of `evidence` and `stance` beside that of tokenising the same articles.

Run: python bench/stance.py [PATH...] [--articles N] [--rounds 3]

PATH is anything that `bitext.read` takes; without one, the shared news (see tests/shared.py). Shown is
processor time: of the first time for tokenising, of the best round for the other steps. The aim: evidence in
1.5 times the tokenising.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bench.measure import markdown

Made = TypeVar("Made")


def best(step: Callable[[], Made], rounds: int) -> tuple[float, Made]:
    """Return the best processor time of *step* in seconds, and what it made last."""
    seconds: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        made = step()
        seconds.append(time.process_time() - start)
    return min(seconds), made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--articles", type=int, help="take that many, drawn at random with seed 0")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.paths:
        corpus = bitext.read(*arguments.paths)
    else:
        from tests.shared import DATA

        corpus = bitext.read(DATA / "news_multi_outlet.jsonl.gz", text="raw")
    if arguments.articles and arguments.articles < len(corpus):
        rows = np.zeros(len(corpus), dtype=bool)
        rows[np.random.default_rng(0).choice(len(corpus), arguments.articles, replace=False)] = True
        corpus = corpus.select(rows)
    few = np.arange(len(corpus)) < 20
    bitext.evidence(bitext.tokenize(corpus.select(few)))  # dictionaries and lists are loaded once
    # Nobody tokenises the same articles twice: the first time counts, before the tokenizer knows the words.
    tokenising, tokens = best(lambda: bitext.tokenize(corpus), 1)
    print(f"{len(corpus)} articles, {len(tokens):,} tokens\n")
    steps: dict[str, Callable[[], object]] = {
        "evidence": lambda: bitext.evidence(tokens),
        "attributions": lambda: bitext.attributions(tokens),
        "stance, a row per article": lambda: bitext.stance_by_article(tokens),
        "stance by outlet, 1,000 samples": lambda: bitext.stance(tokens, by="outlet"),
        "polarity toward 中国": lambda: bitext.polarity(tokens, toward="中国"),
    }
    rows = [("tokenize", f"{tokenising:.2f}", "1.00")]
    for name, step in steps.items():
        seconds, _ = best(step, arguments.rounds)
        rows.append((name, f"{seconds:.2f}", f"{seconds / tokenising:.2f}"))
    print(markdown(("step", "processor s", "times tokenising"), rows))


if __name__ == "__main__":
    main()
