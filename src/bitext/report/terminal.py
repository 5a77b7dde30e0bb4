"""Tables on a terminal, with Chinese columns aligned."""

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

import pandas as pd


def show(table: pd.DataFrame, stream: IO[str] | None = None, *, title: str = "", rows: int = 200) -> None:
    """Print *table* to *stream* (standard output), at most *rows* rows, and say how many are left out."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = stream or sys.stdout
    # Into a pipe a table must not be cut to an imagined width.
    console = Console(file=stream, width=None if stream.isatty() else 2000, highlight=False)
    grid = Table(title=Text(title) if title else None, box=box.SIMPLE_HEAD, title_justify="left")
    for name in table.columns:
        number = pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_bool_dtype(table[name])
        grid.add_column(str(name), justify="right" if number else "left", overflow="fold", no_wrap=number)
    for record in table.head(rows).itertuples(index=False):
        grid.add_row(*(Text(cell_text(cell)) for cell in record))
    console.print(grid)
    if len(table) > rows:
        console.print(Text(f"... {len(table) - rows} more rows; write them to a file with -o"))


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
