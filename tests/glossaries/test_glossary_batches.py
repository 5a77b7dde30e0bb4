"""The glossary of a scan is that of reading everything at once, however it is divided."""

import itertools
import random
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.glossaries.glossary import reduction
from tests import CHIPS
from tests.reading.articles import articles, write

#: Names, among them such that the counts over all articles decide: 新秀索拉里斯 ends in 索拉里斯.
GIVEN = [
    "行业巨头阿斯麦（ASML）表示。",
    "索拉里斯（Zorblat）到。",
    "今天，索拉里斯（Zorblat）说。",
    "新秀索拉里斯（Zorblat）说，索拉里斯（Zorblat）。",
    "峰会由七大工业国集团（G7）召开。",
    "部长会见了布雷顿（Thierry Breton）。",
]


def with_names(number: int, seed: int) -> list[dict[str, str]]:
    draw = random.Random(seed)
    rows = articles(number, seed)
    for row in rows:
        if draw.random() < 0.6:
            row["text"] += "\n" + "".join(draw.choices(GIVEN, k=draw.randint(1, 3)))
    return rows


def tables(tokens: object) -> list[pd.DataFrame]:
    return [
        bitext.glossary(tokens),  # type: ignore[arg-type]
        bitext.glossary(tokens, min_articles=2, min_confidence=0.8),  # type: ignore[arg-type]
        bitext.glossary(tokens, evidence=True),  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize("size", [500, 20_000])
def test_a_scan_gives_the_tables_of_reading_at_once(size: int, tmp_path: Path) -> None:
    path = write(with_names(60, 1), tmp_path / "a.jsonl")
    expected = tables(bitext.tokenize(bitext.read(path)))
    assert len(expected[0]) >= 4
    assert expected[0]["articles"].max() > 3
    for table, wanted in zip(tables(bitext.scan(path, size=size)), expected, strict=True):
        pd.testing.assert_frame_equal(table, wanted, check_exact=True)


def test_processes_and_the_sample_corpus(tmp_path: Path) -> None:
    expected = bitext.glossary(bitext.tokenize(bitext.read(CHIPS)))
    found = bitext.glossary(bitext.scan(CHIPS, size=5000, workers=2))
    assert len(expected) > 5
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


@pytest.mark.parametrize("seed", range(4))
def test_partial_results_add_up_in_any_order(seed: int) -> None:
    draw = random.Random(seed)
    corpus = bitext.Corpus.from_frame(pd.DataFrame(with_names(30, seed)))
    cuts = [0, *sorted(draw.sample(range(1, 30), 3)), 30]
    numbers = pd.Series(range(30))
    task = reduction()
    chunk, add, finalize = task.chunk, task.aggregate, task.finalize
    parts = [
        chunk(bitext.tokenize(corpus.select((numbers >= a) & (numbers < b))))
        for a, b in itertools.pairwise(cuts)
    ]
    draw.shuffle(parts)
    whole = chunk(bitext.tokenize(corpus))
    assert add([add(parts[:2]), add(parts[2:])]).names == add(parts).names == whole.names
    assert len(finalize(whole)) > 1


def test_no_name_at_all_gives_the_empty_table(tmp_path: Path) -> None:
    path = write(articles(5), tmp_path / "a.jsonl")
    for table, wanted in zip(
        tables(bitext.scan(path)), tables(bitext.tokenize(bitext.read(path))), strict=True
    ):
        assert table.empty
        pd.testing.assert_frame_equal(table, wanted)
