"""Copies in a scan are those found with all articles in memory, however it is divided."""

import itertools
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.copies import fingerprints as traces
from bitext.copies import pairs
from bitext.engines.reduction import by_place
from tests import CHIPS
from tests.copies.synthetic import news
from tests.reading.articles import write

OUTLETS = ["晨报", "晚报", "周刊"]


def with_copies(number: int, seed: int) -> list[dict[str, str]]:
    """Articles of which a third are copies or excerpts; some without date, several of one date."""
    draw = random.Random(seed)
    rows = []
    for index, text in enumerate(news(number, copies=0.35, seed=seed, length=300)):
        day = draw.choice(["", *(f"2031-03-{draw.randint(1, 9):02}" for _ in range(9))])
        body = text + f"价格上涨{draw.randint(1, 99)}元，{draw.randint(1, 99)}点，{draw.randint(1, 99)}箱。"
        rows.append({"outlet": draw.choice(OUTLETS), "title": f"题 {index}", "date": day, "text": body})
    return rows


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(with_copies(150, 3), tmp_path_factory.mktemp("copies") / "a.jsonl")


@pytest.mark.parametrize("exact", [True, False, None])
@pytest.mark.parametrize("size", [2000, 20_000])
def test_a_scan_gives_the_tables_of_reading_at_once(path: Path, exact: bool | None, size: int) -> None:
    corpus = bitext.read(path)
    scan = bitext.scan(path, size=size)
    expected = bitext.duplicates(corpus, exact=exact)
    assert len(expected) > 40
    assert {"origin", "near", "partial"} <= set(expected["kind"])
    found = bitext.duplicates(scan, exact=exact)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    assert found.attrs["run"]["parameters"] == expected.attrs["run"]["parameters"]
    pd.testing.assert_frame_equal(
        bitext.duplicate_pairs(scan, exact=exact, threshold=0.3),
        bitext.duplicate_pairs(corpus, exact=exact, threshold=0.3),
        check_exact=True,
    )


@pytest.mark.parametrize("seed", range(3))
def test_random_division_changes_nothing(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    rows = with_copies(80, seed)
    cuts = [0, *sorted(draw.sample(range(1, 80), 3)), 80]
    paths = [
        write(rows[a:b], tmp_path / f"{i}{draw.choice(['.csv', '.jsonl', '.jsonl.gz'])}")
        for i, (a, b) in enumerate(itertools.pairwise(cuts))
    ]
    expected = bitext.duplicates(bitext.read(*paths), exact=False)
    found = bitext.duplicates(bitext.scan(*paths, size=draw.randint(100, 9000)), exact=False)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_few_articles_at_once_change_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = bitext.duplicates(bitext.read(path), exact=False)
    asked = []
    detail = traces.detail
    monkeypatch.setattr(pairs, "_AT_ONCE", 5)
    monkeypatch.setattr(
        traces, "detail", lambda places, batch: asked.append(len(places)) or detail(places, batch)
    )
    pd.testing.assert_frame_equal(bitext.duplicates(bitext.read(path), exact=False), expected)
    assert len(asked) > 5
    assert sum(asked) < 150  # each candidate once, and only candidates
    pd.testing.assert_frame_equal(bitext.duplicates(bitext.scan(path, size=900), exact=False), expected)


def test_more_articles_than_are_compared_exactly(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "EXACT_UP_TO", 149)
    corpus, scan = bitext.read(path), bitext.scan(path, size=900)
    found = bitext.duplicates(scan)
    assert found.attrs["run"]["parameters"]["exact"] is False
    pd.testing.assert_frame_equal(found, bitext.duplicates(corpus), check_exact=True)
    # The limit holds for the articles that are compared, not for those that were read.
    chinese = corpus.select((corpus.articles["lang"] == "zh").to_numpy())
    monkeypatch.setattr(pairs, "EXACT_UP_TO", len(chinese))
    part = bitext.duplicates(scan.select(lang="zh"))
    assert part.attrs["run"]["parameters"]["exact"] is True
    pd.testing.assert_frame_equal(part, bitext.duplicates(chinese), check_exact=True)


@pytest.mark.parametrize("exact", [True, False])
def test_processes_and_the_sample_corpus(exact: bool) -> None:
    expected = bitext.duplicates(bitext.read(CHIPS), exact=exact)
    found = bitext.duplicates(bitext.scan(CHIPS, size=5000, workers=2), exact=exact)
    assert len(expected) > 3
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_nothing_to_find_gives_the_empty_table(tmp_path: Path) -> None:
    path = write([{"outlet": "甲", "title": "", "date": "", "text": "单篇短文"}], tmp_path / "a.jsonl")
    for exact in (True, False, None):
        found = bitext.duplicates(bitext.scan(path), exact=exact)
        pd.testing.assert_frame_equal(found, bitext.duplicates(bitext.read(path), exact=exact))
        assert found.empty


def test_partial_results_join_in_any_order() -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame(with_copies(40, 1)))
    parts = []
    for first in range(0, 40, 8):
        chosen = (np.arange(40) >= first) & (np.arange(40) < first + 8)
        part = corpus.select(chosen)
        parts.append(traces.sketch(bitext.Corpus(part.articles, first=first)))
    whole = traces.Sketch.joined(traces.sketch(corpus))
    for order in ([0, 1, 2, 3, 4], [3, 1, 4, 0, 2]):
        merged = by_place([by_place([parts[i] for i in order[:2]]), *(parts[i] for i in order[2:])])
        joined = traces.Sketch.joined(merged)
        assert np.array_equal(joined.place, whole.place)
        for column, other in zip(joined.sketches, whole.sketches, strict=True):
            assert np.array_equal(column, other)
