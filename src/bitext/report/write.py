"""Tables to files: whole or not at all, with the run record beside them."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pandas as pd

from bitext.errors import BitextError
from bitext.report.whole import whole_file

FORMATS = ("csv", "jsonl", "parquet")

#: What makes a spreadsheet take a cell for a formula, also in the full-width characters of Chinese input;
#: white space before it is skipped by some.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
#: A path from the root of a machine: /home, ~/desk, C:\\Users, \\\\server.
_ROOTED = re.compile(r"/[^/\s]+/|~|[A-Za-z]:[\\/]|\\\\")


def write_table(
    table: pd.DataFrame, path: str | Path, *, format: str | None = None, spreadsheet: bool | None = None
) -> None:
    """Write *table* to *path*, and its run record (``attrs["run"]``) to ``<path>.run.json``.

    Args:
        table: any table of bitext.
        path: where to; folders are made.
        format: "csv", "jsonl" or "parquet"; None takes it from the ending of *path*.
        spreadsheet: put an apostrophe before text cells and names of columns that a spreadsheet would run as
            a formula (those that begin with ``= + - @``). The cells then differ from the data by that
            apostrophe. None does so in CSV, which people open by a click, and not elsewhere.

    Raises:
        BitextError: unknown format, or Parquet without the package pyarrow.
        OSError: the file cannot be written; nothing of it is left then.
    """
    path = Path(path)
    chosen = format or path.suffix.removeprefix(".")
    writers: dict[str, Callable[[pd.DataFrame, Path], None]] = {
        "csv": _write_csv,
        "jsonl": _write_jsonl,
        "parquet": _write_parquet,
    }
    if chosen not in writers:
        raise BitextError.unknown("format", chosen, FORMATS)
    if spreadsheet or (spreadsheet is None and chosen == "csv"):
        table = without_formulas(table)
    with whole_file(path) as draft:
        writers[chosen](table, draft)
    if "run" in table.attrs:
        write_json(without_paths(table.attrs["run"]), path.with_name(path.name + ".run.json"))


def without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Return *table* with an apostrophe before every text cell and column name that begins like a formula.

    Examples:
        >>> without_formulas(pd.DataFrame({"a": ["=1+1", "x", "＝1"], "n": [1, 2, -3]})).values.tolist()
        [["'=1+1", 1], ['x', 2], ["'＝1", -3]]
    """
    safe = table.copy()
    safe.attrs = table.attrs
    for place, kind in enumerate(safe.dtypes):
        if pd.api.types.is_object_dtype(kind) or pd.api.types.is_string_dtype(kind):
            # A list of cells: to go through an Arrow column itself makes an object of each cell, slowly.
            cells = safe.iloc[:, place].to_numpy(dtype=object).tolist()
            safe.isetitem(place, pd.array([_harmless(cell) for cell in cells], dtype=object))
    safe.columns = pd.Index([_harmless(name) for name in safe.columns])
    return safe


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell of a written table without the apostrophe that `without_formulas` put before it.

    Examples:
        >>> unguarded("'=1"), unguarded("'－5度"), unguarded("'tis")
        ('=1', '－5度', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell


def without_paths(content: Any) -> Any:
    """Return a run record or its like without the folders of this machine: a path keeps its last name.

    Examples:
        >>> without_paths({"input": "/home/me/desk/week.csv", "n": 3, "also": "corpora/chips"})
        {'input': 'week.csv', 'n': 3, 'also': 'corpora/chips'}
    """
    if isinstance(content, dict):
        return {key: without_paths(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [without_paths(value) for value in content]
    if isinstance(content, Path) or (isinstance(content, str) and _ROOTED.match(content)):
        return re.split(r"[/\\]", str(content).rstrip("/\\"))[-1]
    return content


def shareable(table: pd.DataFrame) -> pd.DataFrame:
    """Return *table* with the files in its column ``file`` named from the folder that they have in common.

    Examples:
        >>> shareable(pd.DataFrame({"file": ["/home/me/a/1.txt", "/home/me/b/2.txt"]}))["file"].tolist()
        ['a/1.txt', 'b/2.txt']
    """
    if "file" not in table:
        return table
    rooted = table["file"].map(lambda one: isinstance(one, str) and bool(_ROOTED.match(one)))
    if not rooted.any():
        return table
    names = [str(name).replace("\\", "/") for name in table.loc[rooted, "file"]]
    folder = os.path.commonpath([Path(name).parent.as_posix() for name in names])
    safe = table.copy()
    safe.attrs = table.attrs
    safe.loc[rooted, "file"] = [os.path.relpath(name, folder).replace(os.sep, "/") for name in names]
    return safe


def write_json(content: Any, path: str | Path) -> None:
    """Write *content* as indented JSON, keys in their order, other types as text."""
    with whole_file(path) as draft:
        draft.write_text(
            json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8"
        )


def dump(table: pd.DataFrame, stream: IO[str], format: str) -> None:
    """Write *table* as csv or jsonl to an open text stream (standard output)."""
    if format == "csv":
        table.to_csv(stream, index=False, lineterminator="\n")
    elif format == "jsonl":
        table.to_json(stream, orient="records", lines=True, force_ascii=False, date_format="iso")
    else:
        raise BitextError(f"format {format!r} cannot be written to the terminal; name a file with -o")


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    # The mark at the start tells spreadsheets that UTF-8 follows; readers of CSV skip it.
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_jsonl(table: pd.DataFrame, path: Path) -> None:
    table.to_json(path, orient="records", lines=True, force_ascii=False, date_format="iso")


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    try:
        table.to_parquet(path, index=False)
    except ImportError as error:
        raise BitextError.extra("Parquet", "arrow") from error
