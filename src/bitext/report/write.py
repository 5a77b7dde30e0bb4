"""Tables to files: whole or not at all, with the run record beside them."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pandas as pd

from bitext.errors import BitextError

FORMATS = ("csv", "jsonl", "parquet")

#: First characters that make a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside *path*; put it in place at the end, or leave nothing if anything fails.

    Examples:
        >>> folder = Path(tempfile.mkdtemp())
        >>> with whole_file(folder / "a.txt") as draft:
        ...     _ = draft.write_text("all of it")
        >>> (folder / "a.txt").read_text(), len(list(folder.iterdir()))
        ('all of it', 1)
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Half a name: a Chinese character takes three of the 255 bytes that a name may have.
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise type(error)(error.errno, f"cannot write {str(path)!r}: {error.strerror}") from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        # mkstemp makes files for the owner alone; a result is as readable as any file the user makes.
        umask = os.umask(0)
        os.umask(umask)
        draft.chmod(0o666 & ~umask)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_table(
    table: pd.DataFrame, path: str | Path, *, format: str | None = None, spreadsheet: bool = False
) -> None:
    """Write *table* to *path*, and its run record (``attrs["run"]``) to ``<path>.run.json``.

    Args:
        table: any table of bitext.
        path: where to; folders are made.
        format: "csv", "jsonl" or "parquet"; None takes it from the ending of *path*.
        spreadsheet: put an apostrophe before text cells that a spreadsheet would run as a formula
            (those that begin with ``= + - @``). The cells then differ from the data by that apostrophe.

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
    if spreadsheet:
        table = without_formulas(table)
    with whole_file(path) as draft:
        writers[chosen](table, draft)
    if "run" in table.attrs:
        write_json(table.attrs["run"], path.with_name(path.name + ".run.json"))


def without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Return *table* with an apostrophe before every text cell that begins like a formula.

    Examples:
        >>> without_formulas(pd.DataFrame({"a": ["=1+1", "x"]}))["a"].tolist()
        ["'=1+1", 'x']
    """
    safe = table.copy()
    safe.attrs = table.attrs
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = [
                f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
                for cell in safe[column]
            ]
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
