"""The time of stories and statements: a month, its halves, a week of 1,000 articles, one story of 40.

Run: python bench/events.py [--rounds 3]

On `news_november` (see tests/shared.py). Shown is processor time, of the best round. The aims: 4,000 articles
into stories in 5 s, as long per article in a month as in half of it; the statements of 40 articles in .3 s,
all tables of statements of 1,000 articles of a week in 20 s.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from bench.measure import markdown
from bench.stance import best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    from tests.shared import DATA

    tokens = bitext.tokenize(bitext.read(DATA / "news_november.jsonl.gz", text="raw"))
    order = np.argsort(tokens.articles["date"].to_numpy(), kind="stable")
    rows = []
    for name, chosen in (("half a month", order[: len(order) // 2]), ("a month", order)):
        part = tokens.select(np.isin(np.arange(len(order)), chosen))
        seconds, found = best(lambda part=part: bitext.stories(part), rounds)  # type: ignore[misc]
        rows.append((f"stories of {name}", f"{len(chosen):,}", f"{seconds:.2f}"))
    week = set(tokens.articles["article"].iloc[order[1500:2500]])
    of_week = found[found["article"].isin(week)]
    largest = found[found["story"] == found.groupby("story").size().idxmax()].iloc[:40]
    for name, table in (("one story", largest), ("a week", of_week)):
        seconds, said = best(lambda table=table: bitext.statements(tokens, table), rounds)  # type: ignore[misc]
        number = len(table) if table is largest else 1000
        rows.append((f"statements of {name}", f"{number:,}", f"{seconds:.2f}"))
    seconds, _ = best(lambda: _left_out(said), rounds)
    rows.append(("omissions and omission_rates of the week", "1,000", f"{seconds:.2f}"))
    print(markdown(("step", "articles", "processor s"), rows))


def _left_out(said: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return bitext.omissions(said), bitext.omission_rates(said)


if __name__ == "__main__":
    main()
