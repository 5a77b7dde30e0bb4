"""Stance, evidence and naming over batches are those of all articles at once, to the last bit."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bitext
from bitext.engines.reduction import Reduction
from bitext.names import naming
from bitext.stances import evidence, stance
from bitext.stances.target import polarity as target
from tests import CHIPS
from tests.reading.articles import articles, write

CUES = [{"lang": "en", "feature": "own", "type": "literal", "cue": "chip", "note": ""}]
#: Every way to ask that a Scan answers.
CALLS: dict[str, Callable[[Any], pd.DataFrame]] = {
    "stance by article": bitext.stance_by_article,
    "stance by outlet": partial(bitext.stance, by="outlet", replicates=50),
    "stance by month": partial(
        bitext.stance, by=["lang", "month"], cluster="author", cues=CUES, replicates=9
    ),
    "polarity": partial(bitext.polarity, toward=["china", "美国"], replicates=50),
    "polarity by article": partial(bitext.polarity, toward="china", by="article"),
    "attributions": bitext.attributions,
    "differences": partial(bitext.stance_differences, replicates=20),
    "evidence": partial(bitext.evidence, toward="china"),
    "evidence of a feature": partial(bitext.evidence, feature=["hedge", "scare"], cues=CUES),
    "evidence, top": partial(bitext.evidence, top=2, by=["outlet", "month"]),
    "naming": bitext.naming,
    "naming by month": partial(bitext.naming, by=["lang", "month"], voice=False, parts=["title", "text"]),
}

TARGETS = ["china", "美国"]
#: The same calls as reductions.
REDUCTIONS: dict[str, Reduction[bitext.Tokens, Any, pd.DataFrame]] = {
    "naming": naming.reduction(),
    "stance by outlet": stance.reduction(by="outlet", replicates=50),
    "polarity": target.reduction(targets=["iran", *TARGETS], replicates=50).ending(
        target.reduction(targets=TARGETS, replicates=50).finalize
    ),
    "evidence, top": evidence.reduction(top=2, by=["outlet", "month"]),
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


@pytest.mark.parametrize("seed", range(3))
def test_random_division_changes_nothing(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    chips = bitext.read(CHIPS).articles[["outlet", "title", "date", "text"]]
    rows = chips.assign(date=chips["date"].astype(str)).to_dict("records")[seed::2] + articles(9)
    draw.shuffle(rows)
    cuts = sorted(draw.sample(range(1, len(rows)), 3))
    paths = [
        write(rows[a:b], tmp_path / f"{i}{draw.choice(['.csv', '.jsonl', '.parquet'])}")
        for i, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(rows)], strict=True))
    ]
    tokens = bitext.tokenize(bitext.read(*paths))
    scan = bitext.scan(*paths, size=draw.randint(4_000, 20_000))
    for name in list(CALLS)[seed::3]:
        same(CALLS[name](scan), CALLS[name](tokens))


@pytest.mark.parametrize("seed", range(2))
def test_partial_results_merge_in_any_order(seed: int, at_once: dict[str, pd.DataFrame]) -> None:
    draw = random.Random(seed)
    batches = bitext.scan(CHIPS, size=9000).reduce(Reduction(listed, joined))
    for name, reduction in REDUCTIONS.items():
        parts = [reduction.chunk(tokens) for tokens in batches]
        while len(parts) > 1:
            draw.shuffle(parts)
            some = draw.randint(2, len(parts))
            parts = [reduction.aggregate(parts[:some]), *parts[some:]]
        same(reduction.finalize(parts[0]), at_once[name])


def listed(corpus: bitext.Corpus) -> list[bitext.Tokens]:
    return [bitext.tokenize(corpus)]


def joined(parts: list[list[bitext.Tokens]]) -> list[bitext.Tokens]:
    return [tokens for part in parts for tokens in part]


@pytest.mark.slow
def test_two_processes_agree(at_once: dict[str, pd.DataFrame]) -> None:
    scan = bitext.scan(CHIPS, size=30_000, workers=2)
    for name in ("naming", "stance by outlet", "evidence, top"):
        same(CALLS[name](scan), at_once[name])


def test_dask_agrees(at_once: dict[str, pd.DataFrame]) -> None:
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        scan = bitext.scan(CHIPS, size=60_000, engine=client)
        for name in ("naming", "stance by outlet"):
            same(CALLS[name](scan), at_once[name])


def test_a_reading_of_tokens_does_not_fit_a_scan() -> None:
    from bitext.attribution.annotations import Annotations

    reading = Annotations.of(bitext.tokenize(bitext.read(CHIPS / "README.md")))
    with pytest.raises(bitext.BitextError, match="use True or False"):
        bitext.naming(bitext.scan(CHIPS), voice=reading)
