"""Rows of CSV and TSV; what cannot be read of a table costs one row, not those behind it."""

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, Any

from bitext.errors import CorpusError
from bitext.reading import budget
from bitext.reading.encoding import decode
from bitext.reading.problems import Fault, RecordError, fault

Row = dict[str, Any]

#: Enough of a table to tell its encoding.
_HEAD = 200_000
#: Characters of a CSV table that are read again in search of the next whole row; then the rest is given up.
_READ_AGAIN = 4 * budget.LARGEST
#: The line in which Excel names the delimiter, before the header.
_NAMED = re.compile(r'\ufeff?"?sep=(.)"?\r?')
#: A cell may hold a whole page.
csv.field_size_limit(2**31 - 1)


def delimited(
    stream: IO[bytes], delimiter: str | None, encoding: str | None, problems: list[Fault]
) -> Iterator[Row]:
    """Yield the rows of a table whose cells stand between delimiters; None is told from its first line."""
    head = stream.read(_HEAD)
    if not head.strip():
        raise RecordError("the file is empty", "empty")
    decoded = decode(head, encoding)
    stream.seek(0)
    first = decoded.text.split("\n", 1)[0]
    named = _NAMED.fullmatch(first)
    if named:
        delimiter = named[1]
    elif delimiter is None:
        delimiter = max(",;\t|", key=first.count)
    name = "utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding
    with io.TextIOWrapper(stream, encoding=name, errors="replace", newline="") as text:
        if named:
            text.readline()
        yield from _csv(text, delimiter, problems, 2 if named else 1)


class _Lines:
    """The lines of a table, which can be read again from the second line of a record on.

    Attributes:
        number: of the first line of the record.
        read_again: characters that were read more than once.
    """

    def __init__(self, text: io.TextIOWrapper, first_line: int = 1) -> None:
        self._text = text
        self._ahead: list[str] = []  # to be given again, last line first
        self._given: list[str] = []  # of this record
        self._size = 0
        self.number = first_line
        self.read_again = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.pop() if self._ahead else self._text.readline(budget.LARGEST + 1)
        if not line:
            raise StopIteration
        self._given.append(line)
        self._size += len(line)
        if self._size > budget.LARGEST:
            while not line.endswith(("\n", "\r")) and line:  # the rest of an endless line
                line = self._text.readline(budget.LARGEST)
            raise budget.too_large(self._size)
        return line

    def next_record(self) -> None:
        """Forget the lines of the record."""
        self.number += len(self._given)
        self._given, self._size = [], 0

    def again(self) -> None:
        """Give all lines of the record again but the first."""
        rest = self._given[1:]
        self.read_again += sum(map(len, rest))
        self._ahead += reversed(rest)
        self._given = self._given[:1]
        self.next_record()


def _csv(text: io.TextIOWrapper, delimiter: str, problems: list[Fault], first_line: int = 1) -> Iterator[Row]:
    """Yield the rows; after a row that cannot be read, be it for a stray quotation mark, those behind it."""
    source = _Lines(text, first_line)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
    except (StopIteration, csv.Error, RecordError) as error:
        raise CorpusError(f"broken table: {error or 'no header'}") from None
    if len(set(header)) < len(header):
        raise CorpusError(f"broken table: a column name stands twice in {header}")
    lost = False
    while True:
        source.next_record()
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, RecordError) as error:
            kind, said = fault(error) if isinstance(error, RecordError) else ("broken", str(error))
            if source.read_again > _READ_AGAIN:
                problems.append(
                    (kind, f"broken table near line {source.number}: {said}; the rest was not read")
                )
                return
            problems.append((kind, f"broken table near line {source.number}: {said}; row left out"))
            source.again()
            reader, lost = csv.reader(source, delimiter=delimiter, strict=True), True
            continue
        if len(row) > len(header) or (lost and 0 < len(row) < len(header)):
            number = source.number
            problems.append(
                ("broken", f"line {number}: {len(row)} cells, the header has {len(header)}; row left out")
            )
        elif row:
            lost = False
            yield dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))
