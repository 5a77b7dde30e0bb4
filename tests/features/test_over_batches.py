"""Stance, evidence and naming over batches are those of all articles at once, to the last bit."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bitext
from tests.corpus.articles import articles, write

CHIPS = Path(__file__).parents[2] / "corpora" / "chips"

#: Every way to ask that a Scan answers.
CALLS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "naming": bitext.naming,
    "naming by month": partial(bitext.naming, by=["lang", "month"], voice=False, parts=["title", "text"]),
}


@pytest.fixture(scope="module")
def at_once() -> dict[str, pd.DataFrame]:
    tokens = bitext.tokenize(bitext.read(CHIPS))
    return {name: call(tokens) for name, call in CALLS.items()}


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    assert len(expected)


@pytest.mark.parametrize("name", CALLS)
def test_batches_of_single_articles_change_nothing(name: str, at_once: dict[str, pd.DataFrame]) -> None:
    same(CALLS[name](bitext.scan(CHIPS, size=9000)), at_once[name])


def rows_of_chips() -> list[dict[str, str]]:
    found = bitext.read(CHIPS).articles[["outlet", "title", "date", "text"]]
    return found.assign(date=found["date"].astype(str)).to_dict("records") + articles(30)


@pytest.mark.parametrize("seed", range(2))
def test_random_division_changes_nothing(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    rows = rows_of_chips()
    draw.shuffle(rows)
    cuts = sorted(draw.sample(range(1, len(rows)), 3))
    paths = [
        write(rows[a:b], tmp_path / f"{i}{draw.choice(['.csv', '.jsonl', '.parquet'])}")
        for i, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(rows)], strict=True))
    ]
    tokens = bitext.tokenize(bitext.read(*paths))
    scan = bitext.scan(*paths, size=draw.randint(4_000, 20_000))
    for call in CALLS.values():
        same(call(scan), call(tokens))


@pytest.mark.slow
def test_two_processes_agree(at_once: dict[str, pd.DataFrame]) -> None:
    scan = bitext.scan(CHIPS, size=30_000, workers=2)
    same(bitext.naming(scan), at_once["naming"])


def test_dask_agrees(at_once: dict[str, pd.DataFrame]) -> None:
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        same(bitext.naming(bitext.scan(CHIPS, size=60_000, engine=client)), at_once["naming"])


def test_a_reading_of_tokens_does_not_fit_a_scan() -> None:
    from bitext.features.stance.reading import Reading

    reading = Reading.of(bitext.tokenize(bitext.read(CHIPS / "README.md")))
    with pytest.raises(bitext.BitextError, match="use True or False"):
        bitext.naming(bitext.scan(CHIPS), voice=reading)
