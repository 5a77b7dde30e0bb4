"""Copies weighted or left out in a scan: the sums are those of counting everything at once."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.counting.grouped_counts import GroupedCounts
from tests.reading.articles import articles, write


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles; a dozen are printed again, by other outlets and by their own."""
    rows = articles(60, 5)
    again = [{**row, "outlet": rows[i + 1]["outlet"], "date": "2024-03-20"} for i, row in enumerate(rows[:9])]
    again += [{**row, "date": "2024-03-21"} for row in rows[:3]]
    return write(rows + again, tmp_path_factory.mktemp("copies") / "a.jsonl")


@pytest.mark.parametrize("copies", ["keep", "weight", "collapse"])
@pytest.mark.parametrize("size", [1000, 1_000_000])
def test_sums_are_those_of_counting_at_once(path: Path, copies: str, size: int) -> None:
    counts = bitext.count(bitext.tokenize(bitext.read(path)), copies=copies, min_articles=2)
    found = bitext.count(bitext.scan(path, size=size), copies=copies, min_articles=2).group(
        ["lang", "outlet"]
    )
    assert found == GroupedCounts.of(counts, ["lang", "outlet"])
    assert found.run["parameters"]["copies"] == copies
    tokens = {"keep": 1, "weight": 0.9, "collapse": 0.99}[copies] * bitext.count(
        bitext.scan(path)
    ).group().tokens.sum()
    assert found.tokens.sum() <= tokens


def test_tables_are_equal_with_two_workers(path: Path) -> None:
    counts = bitext.count(bitext.tokenize(bitext.read(path)), copies="weight").select(lang="zh")
    scan = bitext.scan(path, size=4000, workers=2).select(lang="zh")
    weighted = bitext.count(scan, copies="weight")
    found = bitext.keywords(weighted)
    pd.testing.assert_frame_equal(found, bitext.keywords(counts), check_exact=True)
    assert not found.equals(bitext.keywords(scan))
    settings = {"test": None, "measures": ["g2", "log_ratio"]}
    table = bitext.keyness(weighted, **settings)
    pd.testing.assert_frame_equal(table, bitext.keyness(counts, **settings), check_exact=True)


def test_no_copy_at_all_leaves_whole_numbers(tmp_path: Path) -> None:
    path = write(articles(10), tmp_path / "a.jsonl")
    found = bitext.count(bitext.scan(path, size=1000), copies="weight").group()
    assert found.scale == 1
    assert found == bitext.count(bitext.scan(path)).group()


def test_an_unknown_treatment_of_copies_is_refused_at_once(path: Path) -> None:
    with pytest.raises(bitext.BitextError, match="unknown treatment of copies 'drop'"):
        bitext.count(bitext.scan(path), copies="drop")


def test_a_counted_scan_is_no_tokens(path: Path) -> None:
    with pytest.raises(bitext.ScanError, match="is counted"):
        bitext.stance(bitext.count(bitext.scan(path)))
