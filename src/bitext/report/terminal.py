"""Tables on a terminal, with Chinese columns aligned."""

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import pandas as pd

from bitext.report.grid import lines_of, wrap

_MARKS = {
    "beyond chance": "●",
    "counted": "■",
    "cannot tell": "?",
    "may be chance": "◐",
    "too few to tell": "○",
}
_PLAIN_MARKS = {
    "beyond chance": "[+]",
    "counted": "[#]",
    "cannot tell": "[?]",
    "may be chance": "[~]",
    "too few to tell": "[.]",
}
#: Places before the mark of a finding: the longest question is "left out".
_LEAD = 8
#: Findings of a kind that a terminal shows.
_FINDINGS = 3


def show(table: pd.DataFrame, stream: IO[str] | None = None, *, title: str = "", rows: int = 200) -> None:
    """Print *table*, at most *rows* rows: fitted to a terminal, into a pipe plain cells between tabs.

    Where a terminal is too narrow, columns are left out and named; a cell is wrapped at words, or cut with an
    ellipsis where it is an end of a concordance.
    """
    stream = stream or sys.stdout
    head = table.head(rows)
    cells = [[cell_text(cell) for cell in record] for record in head.itertuples(index=False)]
    names = [str(name) for name in table.columns]
    if stream.isatty():
        for line in _grid(table, names, cells, stream, title):
            print(line, file=stream)
    else:
        if title:
            print(title, file=stream)
        for row in (names, *cells):
            print("\t".join(row), file=stream)
        print(file=stream)
    if len(table) > rows:
        print(f"... {len(table) - rows} more rows; write them to a file with -o", file=stream)


def _grid(
    table: pd.DataFrame, names: Sequence[str], cells: Sequence[Sequence[str]], stream: IO[str], title: str
) -> list[str]:
    """Return the lines of a table as wide as the terminal is, with its title and what has no room."""
    width, unicode = width_of(stream), _unicode(stream)
    numbers = [
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)
        for dtype in table.dtypes
    ]
    shown = [[_encodable(cell, stream) for cell in row] for row in cells]
    heads = [_encodable(name, stream) for name in names]
    rule = "─" if unicode else "-"
    lines, left = lines_of(heads, shown, numbers, width, rule=rule, unicode=unicode)
    found = [*(wrap(_encodable(title, stream), width) if title else []), *lines, ""]
    if left:
        told = f"left out for want of width: {', '.join(left)}; -o has all"
        found[-1:] = [*wrap(told, width, whole_words=True), ""]
    return found


def width_of(stream: IO[str]) -> int:
    """Return how many places a line of the terminal has."""
    from rich.console import Console

    return Console(file=stream).width


def message_lines(message: str, stream: IO[str]) -> list[str]:
    """Return a message in the lines of a terminal, broken at words; as it is where *stream* is none."""
    lines = message.split("\n")
    if not stream.isatty():
        return lines
    width = width_of(stream)
    return [part for line in lines for part in wrap(line, width, whole_words=True)]


def _unicode(stream: IO[str]) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def _encodable(text: str, stream: IO[str]) -> str:
    """Return the text as a terminal of another encoding shows it: characters that it lacks by their numbers.

    The numbers are wider than the characters, so that they have to be known before columns are laid out.
    """
    if _unicode(stream) or text.isascii():
        return text
    encoding = str(getattr(stream, "encoding", "ascii"))
    return text.encode(encoding, "backslashreplace").decode(encoding)


def show_findings(table: pd.DataFrame, stream: IO[str] | None = None) -> None:
    """Print the findings of a comparison as sentences, the strongest of each kind."""
    stream = stream or sys.stdout
    marks = _MARKS if _unicode(stream) else _PLAIN_MARKS
    place = table.groupby("kind", sort=False).cumcount()
    shown = table.assign(place=place)[place < _FINDINGS]
    legend = [f"{mark} {strength}" for strength, mark in marks.items()]
    terminal = stream.isatty()
    width = width_of(stream) if terminal else 0
    if terminal:
        print("WHAT WAS FOUND", file=stream)
        print("\n".join(wrap("  ".join(legend), width)), file=stream)
    else:
        print(f"WHAT WAS FOUND\t{'   '.join(legend)}", file=stream)
    mark_width = max(map(len, marks.values()))
    for _, row in shown.iterrows():
        note = f" ({row['note']})" if str(row["note"]).startswith("only ") else ""
        sentence = f"{cell_text(row['en'])}{note}"
        mark = marks[row["strength"]]
        if not terminal:
            print(f"{row['kind']}\t{mark}\t{sentence}", file=stream)
            continue
        lead = str(row["kind"]).capitalize() if row["place"] == 0 else ""
        indent = _LEAD + mark_width + 2
        for number, line in enumerate(wrap(_encodable(sentence, stream), width - indent)):
            head = f"{lead:<{_LEAD}} {mark:<{mark_width}} " if number == 0 else " " * indent
            print(head + line, file=stream)
    more = len(table) - len(shown)
    print(
        f"... {more} more findings; all with -o FOLDER, then: bitext findings FOLDER" if more else "",
        file=stream,
    )
    if terminal and more:
        print(file=stream)


def cell_text(cell: object) -> str:
    """Return a cell as people read it: four significant digits, dates without an empty time, "" for nothing.

    Examples:
        >>> [cell_text(cell) for cell in (3, 0.000123456, float("nan"), pd.Timestamp("2024-03-07"), "芯片")]
        ['3', '0.0001235', '', '2024-03-07', '芯片']
    """
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, float):
        return "" if math.isnan(cell) else f"{cell:.4g}"
    if isinstance(cell, pd.Timestamp):
        return cell.strftime("%Y-%m-%d" if cell == cell.normalize() else "%Y-%m-%d %H:%M")
    return "".join(character if character.isprintable() else " " for character in str(cell))


@contextmanager
def progress(label: str, stream: IO[str] | None = None) -> Iterator[Callable[[int], None]]:
    """Give a callback that counts on by so many and shows it on standard error, if that is a terminal."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as bars:
        task = bars.add_task(label, total=None)
        yield lambda done: bars.advance(task, done)
