"""Tables on a terminal, with Chinese columns aligned."""

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Literal

import pandas as pd

#: Columns that go first where a terminal is too narrow, the least wanted first; then those at the right.
_LEAST_WANTED = (
    *(
        "url",
        "source_start",
        "source_end",
        "phrase_start",
        "phrase_end",
        "editor",
        "script",
        "saga",
        "indirect_words",
        "direct_words",
    ),
    *(
        "se",
        "p",
        "sentence_share",
        "z",
        "jaccard",
        "instant",
        "precision",
        "idf",
        "tfidf",
        "variants",
        "author",
    ),
)
#: A text column is at least so wide, or as wide as its longest cell.
_NARROWEST = 12
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
#: Findings of a kind that a terminal shows.
_FINDINGS = 3


def show(table: pd.DataFrame, stream: IO[str] | None = None, *, title: str = "", rows: int = 200) -> None:
    """Print *table*, at most *rows* rows: fitted to a terminal, into a pipe plain cells between tabs.

    Where a terminal is too narrow, columns are left out and named; a cell is wrapped, never cut.
    """
    stream = stream or sys.stdout
    head = table.head(rows)
    cells = [[cell_text(cell) for cell in record] for record in head.itertuples(index=False)]
    names = [str(name) for name in table.columns]
    if stream.isatty():
        _grid(table, names, cells, stream, title)
    else:
        if title:
            print(title, file=stream)
        for line in (names, *cells):
            print("\t".join(line), file=stream)
        print(file=stream)
    if len(table) > rows:
        print(f"... {len(table) - rows} more rows; write them to a file with -o", file=stream)


def _grid(table: pd.DataFrame, names: list[str], cells: list[list[str]], stream: IO[str], title: str) -> None:
    """Print the table as wide as the terminal is."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    numbers = [
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)
        for dtype in table.dtypes
    ]
    longest = [max((cell_len(line[i]) for line in cells), default=0) for i in range(len(names))]
    narrowest = [
        max(*map(cell_len, name.split() or [""]), length if number else min(length, _NARROWEST), 1)
        for name, length, number in zip(names, longest, numbers, strict=True)
    ]
    kept, left = fitting(names, narrowest, console.width)
    grid = Table(title=Text(title) if title else None, box=box.SIMPLE_HEAD, title_justify="left")
    for i in kept:
        justify: Literal["left", "right"] = "right" if numbers[i] else "left"
        grid.add_column(
            names[i], justify=justify, overflow="fold", no_wrap=numbers[i], min_width=narrowest[i]
        )
    for line in cells:
        grid.add_row(*(Text(line[i]) for i in kept))
    console.print(grid)
    if left:
        console.print(Text(f"left out for want of width: {', '.join(left)}; -o FILE has all"))


def fitting(names: Sequence[str], widths: Sequence[int], width: int) -> tuple[list[int], list[str]]:
    """Return the places of the columns that fit, and the names of those that do not.

    Examples:
        >>> fitting(["outlet", "url", "n"], [10, 40, 3], 30)
        ([0, 2], ['url'])
    """
    kept = list(range(len(names)))
    # Two blanks and a line beside each column, and one at the end.
    while len(kept) > 2 and sum(widths[i] + 3 for i in kept) + 1 > width:
        unwanted = [i for i in kept[1:] if names[i] in _LEAST_WANTED]
        kept.remove(min(unwanted, key=lambda i: _LEAST_WANTED.index(names[i])) if unwanted else kept[-1])
    return kept, [name for i, name in enumerate(names) if i not in kept]


def show_findings(table: pd.DataFrame, stream: IO[str] | None = None) -> None:
    """Print the findings of a comparison as sentences, the strongest of each kind."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = stream or sys.stdout
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    marks = _MARKS if encoding.startswith("utf") else _PLAIN_MARKS
    place = table.groupby("kind", sort=False).cumcount()
    shown = table.assign(place=place)[place < _FINDINGS]
    legend = "   ".join(f"{mark} {strength}" for strength, mark in marks.items())
    grid = Table.grid(padding=(0, 1))
    for _ in range(3):
        grid.add_column(overflow="fold")
    terminal = stream.isatty()
    if not terminal:
        print(f"WHAT WAS FOUND\t{legend}", file=stream)
    for _, row in shown.iterrows():
        lead = str(row["kind"]).capitalize() if row["place"] == 0 else ""
        note = f" ({row['note']})" if str(row["note"]).startswith("only ") else ""
        sentence = f"{cell_text(row['en'])}{note}"
        if terminal:
            grid.add_row(Text(lead), Text(marks[row["strength"]]), Text(sentence))
        else:
            print(f"{row['kind']}\t{marks[row['strength']]}\t{sentence}", file=stream)
    more = len(table) - len(shown)
    closing = f"... {more} more findings; all stand in findings.csv (-o FOLDER)" if more else ""
    if terminal:
        console = Console(file=stream, highlight=False)
        console.print(Text(f"WHAT WAS FOUND   {legend}"))
        console.print(grid)
        console.print(Text(closing))
    else:
        print(closing, file=stream)


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
