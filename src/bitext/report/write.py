"""Tables to files: whole or not at all, with the run record beside them."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pandas as pd

from bitext.errors import BitextError

FORMATS = ("csv", "jsonl", "parquet")

#: What makes a spreadsheet take a cell for a formula, also in the full-width characters of Chinese input;
#: white space before it is skipped by some.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
#: The list of what was written into a folder, with checksums; it is the last to come.
FILES = "files.json"


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


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """Give a temporary folder beside *path*; at the end put all its files there, or none if anything fails.

    Files that an earlier run left there and this one does not write are removed, unless they were changed
    since. While files are put in place the list of them, `FILES`, is absent: a folder with it is whole.

    Examples:
        >>> folder = Path(tempfile.mkdtemp()) / "out"
        >>> for names in ("ab", "b"):
        ...     with whole_folder(folder) as draft:
        ...         _ = [(draft / name).write_text(name) for name in names]
        >>> sorted(path.name for path in folder.iterdir())
        ['b', 'files.json']
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent))
    except OSError as error:
        raise type(error)(error.errno, f"cannot write {str(path)!r}: {error.strerror}") from error
    try:
        yield draft
        made = {file.name: _checksum(file) for file in sorted(draft.iterdir()) if file.name != FILES}
        write_json({"files": made}, draft / FILES)
        path.mkdir(exist_ok=True)
        before = _listed(path / FILES)
        (path / FILES).unlink(missing_ok=True)
        for name, checksum in before.items():
            if name not in made and (path / name).is_file() and _checksum(path / name) == checksum:
                (path / name).unlink()
        for name in [*made, FILES]:
            (draft / name).replace(path / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _listed(path: Path) -> dict[str, str]:
    """Return name and checksum of the files that an earlier run wrote."""
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {name: str(files[name]) for name in files if Path(name).name == name}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
        write_json(table.attrs["run"], path.with_name(path.name + ".run.json"))


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
            safe.isetitem(place, [_harmless(cell) for cell in safe.iloc[:, place]])
    safe.columns = pd.Index([_harmless(name) for name in safe.columns])
    return safe


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


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
