"""Rows of table files, one after the other: a table larger than memory can be read."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast

from bitext.errors import CorpusError
from bitext.reading.encoding import decode
from bitext.reading.remote import File

Row = dict[str, Any]

#: Tables with one JSON object in each line: they can be divided between any two lines.
LINES = (".jsonl", ".ndjson")

#: Enough of a table to tell its encoding.
_HEAD = 200_000
#: A cell may hold a whole page.
csv.field_size_limit(2**31 - 1)


def of_file(path: File, kind: str, encoding: str | None, problems: list[str]) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of each row of the table at *path*; what cannot be read goes to *problems*.

    *kind* is the ending of the file. Rows are numbered from 1, those of JSON Lines by their line.

    Raises:
        CorpusError: the file is empty, binary, or broken from its start.
    """
    if kind == ".parquet":
        yield from enumerate(parquet(path), start=1)
        return
    with open_binary(path) as stream:
        try:
            if kind in LINES:
                yield from json_lines(stream, encoding, problems)
            elif kind == ".json":
                yield from enumerate(_json(decode(stream.read(), encoding).text), start=1)
            else:
                delimiter = "\t" if kind == ".tsv" else None
                yield from enumerate(_delimited(stream, delimiter, encoding, problems), start=1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            problems.append(f"broken gzip file: {error}; rows up to there were read")


def open_binary(path: File) -> IO[bytes]:
    """Open a file, unpacking gzip, whatever its name says."""
    stream = path.open("rb")
    if stream.peek(2)[:2] != b"\x1f\x8b":
        return stream
    unpacked = gzip.GzipFile(fileobj=stream)
    unpacked.myfileobj = cast(Any, stream)  # closed with it
    return cast(IO[bytes], unpacked)


def json_lines(
    lines: Iterable[bytes], encoding: str | None, problems: list[str], first: int = 1
) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of each line that is a JSON object; *first* is the number of the first line."""
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            row = json.loads(line if encoding is None else line.decode(encoding, "replace"))
        except UnicodeDecodeError:
            try:
                row = json.loads(decode(line).text)
            except ValueError as error:
                problems.append(f"line {number} is not JSON: {error}")
                continue
        except ValueError as error:
            problems.append(f"line {number} is not JSON: {error}")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            problems.append(f"line {number} holds a {type(row).__name__}, not an object")


def _json(content: str) -> Iterator[Row]:
    try:
        data = json.loads(content)
    except ValueError as error:
        raise CorpusError(f"not JSON: {error}") from error
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), [data])
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise CorpusError("JSON, but not a list of objects")
    yield from data


def _delimited(
    stream: IO[bytes], delimiter: str | None, encoding: str | None, problems: list[str]
) -> Iterator[Row]:
    head = stream.read(_HEAD)
    if not head.strip():
        raise CorpusError("the file is empty")
    decoded = decode(head, encoding)
    stream.seek(0)
    if delimiter is None:
        first = decoded.text.split("\n", 1)[0]
        delimiter = max(",;\t|", key=first.count)
    name = "utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding
    with io.TextIOWrapper(stream, encoding=name, errors="replace", newline="") as lines:
        yield from _csv(csv.reader(lines, delimiter=delimiter, strict=True), problems)


def _csv(reader: Any, problems: list[str]) -> Iterator[Row]:
    try:
        header = [cell.strip() for cell in next(reader)]
    except (StopIteration, csv.Error) as error:
        raise CorpusError(f"broken table: {error or 'no header'}") from None
    if len(set(header)) < len(header):
        raise CorpusError(f"broken table: a column name stands twice in {header}")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"broken table near line {reader.line_num}: {error}; the rest was not read")
            return
        if len(row) > len(header):
            problems.append(
                f"line {reader.line_num}: {len(row)} cells, the header has {len(header)}; row left out"
            )
        elif row:
            yield dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))


def parquet(path: File, groups: Sequence[int] | None = None) -> Iterator[Row]:
    """Yield the rows of a Parquet file, or of some of its row *groups*.

    Raises:
        CorpusError: pyarrow is not installed, or the file is broken.
    """
    with parquet_file(path) as table:
        for batch in table.iter_batches(row_groups=None if groups is None else list(groups)):
            yield from batch.to_pylist()


@contextmanager
def parquet_file(path: File) -> Iterator[Any]:
    """Open a Parquet file; errors say what is wrong with it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise CorpusError.extra("Parquet", "arrow") from None
    try:
        with ExitStack() as open_files:
            # Arrow reads a path of this machine itself, and faster.
            source = path if isinstance(path, Path) else open_files.enter_context(path.open("rb"))
            yield open_files.enter_context(pyarrow.parquet.ParquetFile(source))
    except (pyarrow.ArrowException, OSError) as error:
        raise CorpusError(f"broken Parquet file: {error}") from error
