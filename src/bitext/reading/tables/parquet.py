"""Rows of Parquet files."""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bitext.errors import CorpusError
from bitext.reading.problems import Fault, fault
from bitext.reading.remote import File
from bitext.reading.tables.delimited import Row

#: How a Parquet file begins.
PARQUET = b"PAR1"


def parquet(
    path: File | io.BytesIO, problems: list[Fault], groups: Sequence[int] | None = None, first: int = 1
) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of the rows of a Parquet file, or of some of its row *groups*.

    A value that Python cannot hold (a date out of range, bytes that are no text) is left out, and goes to
    *problems*.

    Raises:
        CorpusError: pyarrow is not installed, or the file is broken.
    """
    number = first
    with parquet_file(path) as table:
        for batch in table.iter_batches(row_groups=None if groups is None else list(groups)):
            try:
                found = batch.to_pylist()
            except Exception:
                found = _row_by_row(batch, number, problems)
            yield from enumerate(found, start=number)
            number += len(found)


def _row_by_row(batch: Any, first: int, problems: list[Fault]) -> list[Row]:
    found = []
    for place in range(batch.num_rows):
        row = {}
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            try:
                row[name] = column[place].as_py()
            except Exception as error:
                problems.append(("broken", f"row {first + place}: {name!r} left out: {fault(error)[1]}"))
        found.append(row)
    return found


@contextmanager
def parquet_file(path: File | io.BytesIO) -> Iterator[Any]:
    """Open a Parquet file; errors say what is wrong with it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise CorpusError.extra("Parquet", "arrow") from None
    try:
        with ExitStack() as open_files:
            # Arrow reads a path of this machine itself, and faster.
            source: Any = path
            if not isinstance(path, Path | io.BytesIO):
                source = open_files.enter_context(path.open("rb"))
            yield open_files.enter_context(pyarrow.parquet.ParquetFile(source))
    except (pyarrow.ArrowException, OSError) as error:
        raise CorpusError(f"broken Parquet file: {error}") from error
