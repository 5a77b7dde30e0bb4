"""Titles lose the names of sites and columns around them, and nothing else."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.reading.cleaning import titles

BODY = "The plant opened on Monday, officials said, and {} others follow."


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("远声网 | 矿石出口受限", ["远声网"], "矿石出口受限"),  # a site | ore exports limited
        ("矿石出口受限_远声网", ["远声网"], "矿石出口受限"),
        ("矿石出口受限-远声网", ["远声网"], "矿石出口受限"),
        ("Ore exports fall - The Meridian Ledger", ["The Meridian Ledger"], "Ore exports fall"),
        ("Ore exports fall | Trade | Ledger", ["ledger"], "Ore exports fall | Trade"),
        ("法广 - 油价上涨", [], "油价上涨"),  # RFI, known - oil price rises
        ("访谈录 | 学者谈矿石", ["远声网"], "访谈录 | 学者谈矿石"),  # interviews | a scholar on ore
        ("Morning briefing | Ledger", ["Morning briefing", "Ledger"], "Morning briefing"),
        ("Ledger | 5 March 2031", ["Ledger"], "Ledger | 5 March 2031"),  # nothing but a date would be left
        ("油价将上涨—消息人士", [], "油价将上涨—消息人士"),  # oil to rise—sources
        ("snake_case and well-known", ["well"], "snake_case and well-known"),
    ],
)
def test_only_names_of_the_site_go(title: str, names: list[str], expected: str) -> None:
    assert titles.of_site(title, names)[0] == expected


def test_what_goes_of_a_title_has_its_place_in_the_document() -> None:
    raw = "<title>Ledger | Ore exports fall</title>"
    title, start, removed = titles.of_site("Ledger | Ore exports fall", ["Ledger"], raw.index("Ledger"))
    assert raw[start : start + len(title)] == title
    assert [raw[piece.start : piece.end].strip() for piece in removed] == ["Ledger |"]


def frame() -> pd.DataFrame:
    """Return titles of two outlets: one puts its short name behind them, an agency a dash and its sources."""
    rows = [
        ("远声网", f"{what} | 远声新闻", BODY.format(what))
        for what in ("矿石出口受限", "工厂开工", "部长会谈")
    ]
    rows += [("Wire", f"Oil {what} - sources", BODY.format(what)) for what in ("rises", "falls", "flows")]
    rows += [("Wire", f"Grain {what}", BODY.format(f"grain {what}")) for what in map(str, range(20, 40))]
    return pd.DataFrame(rows, columns=["outlet", "title", "text"])


def test_a_recurring_affix_goes_from_the_titles_of_a_table() -> None:
    corpus = bitext.Corpus.from_frame(frame())
    assert corpus.articles["title"].tolist()[:4] == [
        "矿石出口受限",
        "工厂开工",
        "部长会谈",
        "Oil rises - sources",
    ]
    assert corpus.removed["text"].tolist() == ["| 远声新闻"] * 3
    assert set(corpus.removed["kind"]) == {"section"}


def test_files_and_a_scan_lose_the_same_affixes(tmp_path: Path) -> None:
    for number, row in frame().iterrows():
        page = (
            f"<title>{row.title}</title><meta property=og:site_name content='{row.outlet}'><p>{row.text}</p>"
        )
        (tmp_path / f"{number:02}.html").write_text(page, encoding="utf-8")
    whole, scan = bitext.read(tmp_path), bitext.scan(tmp_path)
    again = scan.articles(np.arange(scan.number()))
    assert whole.articles.equals(again.articles)
    assert "工厂开工" in set(whole.articles["title"])
    raw = (tmp_path / "00.html").read_text(encoding="utf-8")
    row = whole.removed.query("kind == 'section'").iloc[0]
    assert raw[row.start : row.end].strip() == row.text == "| 远声新闻"


def test_a_first_line_that_repeats_the_bare_title_goes_too() -> None:
    table = frame()
    table["text"] = table["title"].str.partition(" | ")[0] + "\n" + table["text"]
    texts = bitext.Corpus.from_frame(table).articles["text"]
    assert texts[0] == BODY.format("矿石出口受限")
