"""Real articles one by one give what they give together: no table depends on how the input was divided."""

from collections.abc import Callable
from itertools import islice

import pandas as pd
import pytest

import bitext
from bitext.tokens.tokens import Tokens
from tests.shared import jsonl, needs_shared

#: Every so many articles of the shared news are taken, and so many in all.
STEP, MOST = 23, 100


def cells(tokens: Tokens, unit: str) -> pd.DataFrame:
    counts = bitext.count(tokens, unit=unit)
    filled = counts.matrix.tocoo()
    article = tokens.articles["article"].to_numpy()[filled.row]
    table = pd.DataFrame({"article": article, "term": counts.terms[filled.col], "n": filled.data})
    return table[table["n"] > 0]


def named(tokens: Tokens) -> pd.DataFrame:
    table = bitext.naming(tokens, by="article")
    return table.loc[
        table["n"] > 0, ["article", "referent", "place", "voice", "label", "n", "of", "surfaces"]
    ]


TABLES: dict[str, Callable[[Tokens], pd.DataFrame]] = {
    "terms": lambda tokens: cells(tokens, "term"),
    "concepts": lambda tokens: cells(tokens, "concept"),
    "evidence": bitext.evidence,
    "attributions": bitext.attributions,
    "naming": named,
}


@pytest.fixture(scope="module")
def both() -> tuple[Tokens, list[Tokens]]:
    """Return tokens of all, and of each article."""
    records = islice(jsonl("news_multi_outlet.jsonl.gz"), 0, STEP * MOST, STEP)
    table = pd.DataFrame({"article": f"a{i}", "text": record["raw"]} for i, record in enumerate(records))
    corpus = bitext.Corpus.from_frame(table)
    alone = [corpus.select(corpus.articles["article"] == name) for name in corpus.articles["article"]]
    return bitext.tokenize(corpus), [bitext.tokenize(one) for one in alone]


@needs_shared
@pytest.mark.parametrize("name", TABLES)
def test_articles_one_by_one_give_what_they_give_together(
    both: tuple[Tokens, list[Tokens]], name: str
) -> None:
    whole, alone = both
    together = TABLES[name](whole)
    apart = pd.concat([found for one in alone if len(found := TABLES[name](one))], ignore_index=True)
    assert len(apart) > 20
    order = [column for column in together if together[column].dtype == object or column in ("start", "end")]
    key = [column for column in together.columns if column in {"article", "start", "term", *order}]
    pd.testing.assert_frame_equal(
        together.sort_values(key, kind="stable", ignore_index=True),
        apart[together.columns.tolist()].sort_values(key, kind="stable", ignore_index=True),
        check_dtype=False,
        check_categorical=False,
    )
