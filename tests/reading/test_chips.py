"""The sample corpus is read exactly: metadata, language, text, and nothing but the text."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import bitext
from tests import CHIPS

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def corpus() -> bitext.Corpus:
    return bitext.read(CHIPS)


@cache
def articles() -> pd.DataFrame:
    return corpus().articles.set_index("article")


def test_every_article_is_read_once_and_nothing_else() -> None:
    assert sorted(articles().index) == sorted(case["path"] for case in cases("chips.tsv"))
    assert corpus().problems.empty


@pytest.mark.parametrize("case", cases("chips.tsv"), ids=lambda case: case["path"])
def test_metadata_language_and_script_are_exact(case: dict[str, str]) -> None:
    row = articles().loc[case["path"]]
    names = ["outlet", "lang", "script", "title", "author", "url", "editor"]
    assert {name: row[name] for name in names} == {name: case[name] for name in names}
    assert row["date"].date().isoformat() == case["date"]


@pytest.mark.parametrize("case", cases("chips_sentences.tsv"), ids=lambda case: case["path"])
def test_the_text_is_whole_to_the_character(case: dict[str, str]) -> None:
    text = articles().loc[case["path"], "text"]
    assert case["first"] in text
    assert text.endswith(case["last"])
    assert len(text.split("\n")) == int(case["paragraphs"])
    assert len("".join(text.split())) == int(case["characters"])


def test_no_furniture_is_left() -> None:
    left = defaultdict(list)
    for case in cases("chips_furniture.tsv"):
        text, line = articles().loc[case["path"], "text"], case["line"]
        if line in text.split("\n") or (len(line) > 6 and line in text):
            left[case["path"]].append(line)
    assert not left


def test_what_was_removed_stands_in_the_document_at_its_offsets() -> None:
    sources = articles()["file"]
    checked = 0
    for row in corpus().removed.itertuples():
        path = Path(sources[row.article])
        if path.suffix not in (".md", ".txt"):
            continue  # the documents of tables are cells
        data = path.read_bytes()
        try:
            raw = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raw = data.decode("gb18030")
        raw = raw.replace("\r\n", "\n")
        piece = "".join(raw[row.start : row.end].split())
        first, last = "".join(row.text.split())[0], "".join(row.text.split())[-1]
        assert (piece[0], piece[-1]) == (first, last), (row.article, row.kind, piece[:40], row.text[:40])
        checked += 1
    assert checked > 60
