"""Rows of table files, one after the other: a table larger than memory can be read."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from bitext.reading import budget, packed
from bitext.reading.encoding import decode, wide
from bitext.reading.formats import nested_json
from bitext.reading.problems import Fault, RecordError, fault
from bitext.reading.remote import File
from bitext.reading.tables.delimited import Row, delimited
from bitext.reading.tables.parquet import parquet

#: Enough of a table to tell its encoding.
_HEAD = 200_000
#: Tables with one JSON object in each line: they can be divided between any two lines.
LINES = (".jsonl", ".jl", ".ndjson")


def of_file(path: File, kind: str, encoding: str | None, problems: list[Fault]) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of each row of the table at *path*; what cannot be read goes to *problems*.

    *kind* is the ending of the file. Rows are numbered from 1, those of JSON Lines by their line.

    Raises:
        CorpusError: the file is empty, binary, or broken from its start.
    """
    if kind == ".parquet":
        yield from parquet(path, problems)
        return
    with open_binary(path) as stream:
        try:
            if kind in LINES:
                yield from json_lines(stream, encoding, problems)
            elif kind == ".json":
                content = decode(_all_of(stream), encoding).text
                yield from enumerate(nested_json.rows(content, problems), start=1)
            else:
                delimiter = "\t" if kind == ".tsv" else None
                yield from enumerate(delimited(stream, delimiter, encoding, problems), start=1)
        except packed.ERRORS as error:
            problems.append(("broken", f"{fault(error)[1]}; rows up to there were read"))


def encoding_of(path: File, encoding: str | None) -> str:
    """Return the encoding of a table; "" where its format says it."""
    if suffix(path) == ".parquet":
        return ""
    with open_binary(path) as stream:
        return decode(stream.read(_HEAD), encoding).encoding


def suffix(path: File) -> str:
    """Return the ending that says what a file is, without .gz, .bz2 and .xz, in lower case.

    Examples:
        >>> suffix(Path("news.JSONL.gz")), suffix(Path("page"))
        ('.jsonl', '')
    """
    return Path(packed.bare(path.name.lower())).suffix


def open_binary(path: File) -> IO[bytes]:
    """Open a file; what is packed is unpacked, whatever its name says."""
    return packed.unpacked(path.open("rb"))


def _all_of(stream: IO[bytes]) -> bytes:
    data = stream.read(budget.LARGEST_JSON + 1)
    if len(data) > budget.LARGEST_JSON:
        raise RecordError(
            f"JSON of more than {budget.LARGEST_JSON:,} bytes in one piece; write JSON Lines (.jsonl)",
            "too large",
        )
    return data


def lines(stream: IO[bytes], problems: list[Fault], first: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each line; one that is longer than a record may be goes to *problems*."""
    number = first - 1
    while line := stream.readline(budget.LARGEST_LINE + 1):
        number += 1
        if len(line) > budget.LARGEST_LINE:
            problems.append(_row(number, budget.too_large(len(line), budget.LARGEST_LINE), "line"))
            while line and not line.endswith(b"\n"):
                line = stream.readline(budget.LARGEST_LINE)
            continue
        yield number, line


def json_lines(
    stream: IO[bytes], encoding: str | None, problems: list[Fault], first: int = 1
) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of each line that is a JSON object; *first* is the number of the first line."""
    if name := wide(stream, encoding):  # a line feed is more than one byte: decode before dividing
        text = io.TextIOWrapper(stream, encoding=name, errors="replace")
        try:
            yield from json_lines(cast(IO[bytes], _Encoded(text)), "utf-8", problems, first)
        finally:
            text.detach()  # the stream is closed by who opened it
        return
    for number, line in lines(stream, problems, first):
        if not line.strip():
            continue
        try:
            row = _object(line, encoding)
        except ValueError as error:
            problems.append(("broken", f"line {number} is not JSON: {error}"))
        except Exception as error:
            problems.append(_row(number, error, "line"))
        else:
            if isinstance(row, dict):
                yield number, nested_json.flat(row)
            else:
                problems.append(("broken", f"line {number} holds a {type(row).__name__}, not an object"))


def _object(line: bytes, encoding: str | None) -> Any:
    if encoding is not None:
        return nested_json.loads(line.decode(encoding, "replace"))
    try:
        return nested_json.loads(line)
    except UnicodeDecodeError:
        return nested_json.loads(decode(line).text)


def _row(number: int, error: Exception, what: str = "row") -> Fault:
    """Return the problem of one row.

    Examples:
        >>> _row(3, RecursionError())
        ('too deep', 'row 3: nested too deeply to be read')
    """
    kind, text = fault(error)
    return kind, f"{what} {number}: {text}"


class _Encoded:
    """Lines of text as lines of UTF-8."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def readline(self, size: int) -> bytes:
        return self._text.readline(size).lstrip("\ufeff").encode("utf-8", "replace")
