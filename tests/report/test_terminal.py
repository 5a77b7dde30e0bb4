"""Tables on terminals of 80, 100 and 120 columns, in pipes, and in other encodings."""

import io
import re

import pandas as pd
import pytest
from rich.cells import cell_len

import bitext
from bitext.report import terminal
from bitext.report.grid import units, wrap

WIDTHS = (80, 100, 120)
#: Words up to this width are not broken.
UNBROKEN = 20


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(table: pd.DataFrame, width: int, monkeypatch: pytest.MonkeyPatch, title: str = "") -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = Terminal()
    terminal.show(table, stream, title=title)
    return stream.getvalue().split("\n")


@pytest.fixture(scope="module")
def tables(chips: bitext.Comparison) -> dict[str, pd.DataFrame]:
    """Every table of a comparison, and those of its first look."""
    looks = {f"first look: {title}": table for title, table in chips.overview(top=10)}
    return {**{name: table.head(60) for name, table in chips.tables.items()}, **looks}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_table_is_wider_than_the_terminal_and_none_breaks_a_word(
    tables: dict[str, pd.DataFrame], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, table in tables.items():
        lines = shown(table, width, monkeypatch, title=name)
        assert max(map(cell_len, lines)) <= width, name
        text = "\n".join(lines)
        left = re.search(r"left out for want of width: ([^;]*)", " ".join(text.split()))
        absent = left.group(1).split(", ") if left else []
        for column in table.columns:
            cells = [terminal.cell_text(cell) for cell in table[column]]
            if column in absent or not any(cells) or column in ("left", "right"):
                continue
            whole = [unit for cell in cells for unit in units(cell) if cell_len(unit) <= UNBROKEN]
            words = {word for unit in whole for word in re.findall(r"[A-Za-z]+", unit)}
            assert [word for word in words if word not in text] == [], (name, column)


@pytest.mark.parametrize("width", WIDTHS)
def test_findings_fit_a_terminal(
    chips: bitext.Comparison, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = Terminal()
    terminal.show_findings(chips.findings, stream)
    lines = stream.getvalue().split("\n")
    assert max(map(cell_len, lines)) <= width
    told = " ".join(stream.getvalue().split())
    first = chips.findings["en"].iloc[0]
    assert "".join(first.split()) in "".join(told.split())


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "cp1252", "big5"])
def test_columns_stay_straight_where_the_terminal_lacks_the_characters(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Other(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "80")
    # 嶼光社: an outlet; 台灣, "Taiwan"
    table = pd.DataFrame(
        {"outlet": ["嶼光社", "The Meridian Ledger"], "term": ["台灣", "café"], "n": [12, 7]}
    )
    stream = Other(io.BytesIO(), encoding=encoding)
    terminal.show(table, stream)
    stream.flush()
    lines = stream.buffer.getvalue().decode(encoding).split("\n")  # type: ignore[attr-defined]
    rows = [line for line in lines if line.endswith((" n", "12", "7"))]
    assert len({cell_len(line) for line in rows}) == 1
    assert len(rows) == 3


def test_columns_without_a_value_are_not_shown_and_repeated_cells_at_the_left_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = pd.DataFrame({"outlet": ["A", "A", "B"], "agency": ["", "", ""], "term": ["x", "y", "y"]})
    lines = shown(table, 80, monkeypatch)
    assert lines[0].split() == ["outlet", "term"]
    assert [line.split() for line in lines[2:5]] == [["A", "x"], ["y"], ["B", "y"]]


def test_the_least_wanted_columns_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"outlet": "A" * 18, "url": "u" * 18, "title": "t" * 18, "script": "s" * 18, "note": "n" * 18}
    lines = shown(pd.DataFrame([row]), 80, monkeypatch)
    assert lines[0].split() == ["outlet", "title", "script", "note"]
    lines = shown(pd.DataFrame([row]), 60, monkeypatch)
    assert lines[0].split() == ["outlet", "title", "note"]


def test_a_concordance_keeps_a_row_a_line_and_says_where_it_cuts(
    chips: bitext.Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = bitext.kwic(chips.tokens, "中国")[["outlet", "left", "keyword", "right"]]  # "China"
    lines = shown(table, 80, monkeypatch)
    assert len([line for line in lines if re.search("中[国國]", line)]) >= len(table)
    assert all(cell_len(line) <= 80 for line in lines)
    assert any("…" in line for line in lines)


def test_closing_marks_stay_with_what_they_close() -> None:
    # "He said: this is what was called a 'response'."
    for width in range(16, 40):
        for line in wrap("他说：“这就是所谓的‘回应’（response）。”", width)[1:]:
            assert line[0] not in "”’）。：", (width, line)


def test_a_message_is_broken_at_words_and_a_path_in_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    path = "/a/folder/with/a/very/long/name/that/goes/on/report.html"
    lines = terminal.message_lines(f"bitext: the page to look at: {path} and more", Terminal())
    assert lines[0] == "bitext: the page to look at:"
    assert path in "".join(lines)
    assert terminal.message_lines("one " * 30, io.StringIO()) == ["one " * 30]


def test_a_pipe_gets_every_column_and_plain_cells(tables: dict[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        stream = io.StringIO()
        terminal.show(table, stream)
        lines = stream.getvalue().rstrip("\n").split("\n")
        assert lines[0].split("\t") == list(table.columns), name
        assert {line.count("\t") for line in lines} == {len(table.columns) - 1}, name
