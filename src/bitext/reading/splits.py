"""Inputs → portions: what one worker reads at a time. Large tables are divided, small files go together.

A portion says where its part of the input is, so that the worker reads it, and only carries the data itself
where a file cannot be read from the middle (.gz, CSV, JSON). Where the input is divided changes no result.
JSON Lines are divided by bytes, without a look: a line belongs to the portion in which it begins, and how
many lines stand before a portion is known when all have been read.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from typing import IO

from bitext.errors import CorpusError
from bitext.reading import budget, inputs, packed, remote
from bitext.reading.documents import Asked, Document, Options
from bitext.reading.encoding import wide
from bitext.reading.paths import TABLES, Inputs
from bitext.reading.problems import Fault, Problem, fault
from bitext.reading.remote import File, Remote
from bitext.reading.tables import columns, rows
from bitext.reading.tables.columns import Columns
from bitext.reading.tables.delimited import Row
from bitext.reading.tables.parquet import parquet, parquet_file

#: Files in a portion at most: opening a file costs, too.
MOST_FILES = 500
#: Bytes of a page whose size a server does not say.
_PAGE = 50_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What all portions are read with: see `bitext.read`."""

    asked: Asked = field(default_factory=Asked)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the input.

    Attributes:
        files: (path, identifier stem) of the files it is made of.
        columns: what the columns are; set where the portion is a piece of one table.
        start, end: bytes of that piece, in JSON Lines; its rows are counted from 1.
        first: number of its first row.
        groups: row groups of that piece, in Parquet.
        content: the bytes of the piece themselves, where a file cannot be read from the middle.
        documents: the documents themselves, where only reading from the start tells them apart.
        problems: what was wrong with the file of such documents.
    """

    files: tuple[tuple[File, str], ...]
    columns: Columns | None = None
    start: int = 0
    end: int = 0
    first: int = 1
    groups: tuple[int, ...] = ()
    content: bytes | None = None
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        more = f" and {len(self.files) - 1} more files" if len(self.files) > 1 else ""
        rows = f" from row {self.first} on" if self.columns or self.documents else ""
        rows = f" from byte {self.start:,} on" if self.end else rows
        return f"{self.files[0][0]}{rows}{more}"

    def __len__(self) -> int:
        return len(self.documents) or len(self.files)

    def __getitem__(self, part: slice) -> "Portion":
        """Return a part of the portion, so that a pool can find the file that kills a worker."""
        if self.documents:
            return Portion(self.files, documents=self.documents[part])
        return Portion(self.files[part])


def divide(found: Inputs, reading: ReadOptions, size: int) -> Iterator[Portion]:
    """Divide the input into portions of about *size* bytes, in order."""
    small: list[tuple[File, str]] = []
    held = 0
    for path, stem in found.files:
        weight = _weight(path, size)
        if weight > size and rows.suffix(path) in TABLES:
            if small:
                yield Portion(tuple(small))
                small, held = [], 0
            yield from _table(path, stem, found, reading, size)
            continue
        small.append((path, stem))
        held += weight
        if held >= size or len(small) >= MOST_FILES:
            yield Portion(tuple(small))
            small, held = [], 0
    if small:
        yield Portion(tuple(small))


def _weight(path: File, size: int) -> int:
    found = remote.size(path)
    if found is None:  # the server does not say: a table may be large
        return size + 1 if rows.suffix(path) in TABLES else _PAGE
    return found * 4 if path.name.endswith((*packed.ENDINGS, ".parquet")) else found


def _table(path: File, stem: str, found: Inputs, reading: ReadOptions, size: int) -> Iterator[Portion]:
    """Divide a large table by the best way that its format allows."""
    name = ((path, stem),)
    try:
        if rows.suffix(path) in rows.LINES and reading.asked.encoding is None and not _is_wide(path):
            if told := _columns(path, reading, found):
                yield from _lines(path, name, told, size, found)
                return
        elif (
            rows.suffix(path) == ".parquet" and remote.in_parts(path) and (groups := _row_groups(path, size))
        ):
            told = _columns(path, reading, found)
            for first, numbers in groups:
                yield Portion(name, told, first=first, groups=numbers)
            return
    except Exception as error:  # whatever it is: the other files are read
        found.problems.append(Problem(str(path), *fault(error)))
        return
    yield from _from_the_start(path, stem, reading, size)


def _is_wide(path: File) -> bool:
    """Say whether a line feed is more than one byte, so that lines cannot be told from bytes alone."""
    with rows.open_binary(path) as stream:
        return wide(stream, None) is not None


def _columns(path: File, reading: ReadOptions, found: Inputs) -> Columns | None:
    """Return what the columns of a table are, as its first rows say, and for dates all of them."""

    def cells() -> Iterator[Row]:
        return (row for _, row in rows.of_file(path, rows.suffix(path), reading.asked.encoding, []))

    sample = list(islice(cells(), columns.SAMPLE))
    if not sample:
        return None
    told = columns.recognise(sample, reading.asked, everything=cells)
    found.problems += [Problem(str(path), *fault) for fault in told.faults]
    return told


def _lines(
    path: File,
    name: tuple[tuple[File, str], ...],
    told: Columns,
    size: int,
    found: Inputs,
) -> Iterator[Portion]:
    """Divide a file by bytes; what is packed, or sent only as a whole, has to be read here."""
    length = remote.size(path)
    with rows.open_binary(path) as stream:
        if length is None or not remote.in_parts(path) or packed.is_unpacked(stream):
            for first, block in _unpacked(stream, size, path, found):
                yield Portion(name, told, first=first, content=block)
            return
    for start in range(0, length, size):
        yield Portion(name, told, start, min(start + size, length))


def _unpacked(stream: IO[bytes], size: int, path: File, found: Inputs) -> Iterator[tuple[int, bytes]]:
    """Yield blocks of lines and the number of their first line, so that all before a break are had."""
    held: list[bytes] = []
    weight, first, due = 0, 1, 1
    problems: list[Fault] = []
    try:
        for number, line in rows.lines(stream, problems):
            if held and (weight >= size or number != due):  # one that was too long is left out
                yield first, b"".join(held)
                held, weight = [], 0
            first = first if held else number
            held.append(line)
            weight, due = weight + len(line), number + 1
    except packed.ERRORS as error:
        problems.append(("broken", f"{fault(error)[1]}; rows up to there were read"))
    if held:
        yield first, b"".join(held)
    found.problems += [Problem(str(path), *problem) for problem in problems]


def _row_groups(path: File, size: int) -> list[tuple[int, tuple[int, ...]]]:
    """Return first row and numbers of row groups that make a portion; nothing where they are too large."""
    found: list[tuple[int, tuple[int, ...]]] = []
    with parquet_file(path) as file:
        row, held, first = 1, 0, 1
        numbers: tuple[int, ...] = ()
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            if group.total_byte_size > 8 * size:
                return []
            numbers += (number,)
            held += group.total_byte_size
            row += group.num_rows
            if held >= size:
                found.append((first, numbers))
                numbers, held, first = (), 0, row
        if numbers:
            found.append((first, numbers))
    return found


def _from_the_start(path: File, stem: str, reading: ReadOptions, size: int) -> Iterator[Portion]:
    """Read the documents here, and hand them out."""
    alone = Inputs([(path, stem)])
    held: list[Document] = []
    weight = 0
    name = ((path, stem),)
    for document in inputs.documents(alone, reading.asked):
        held.append(document)
        weight += 2 * len(document.raw)
        if weight >= size:
            yield Portion(name, documents=tuple(held))
            held, weight = [], 0
    if held or alone.problems:
        yield Portion(name, documents=tuple(held), problems=tuple(alone.problems))


def documents(portion: Portion, reading: ReadOptions) -> tuple[Iterable[Document], list[Problem]]:
    """Return the documents of a portion, and a list of problems that is full when they have been taken."""
    problems = list(portion.problems)
    if portion.documents or portion.problems:
        return portion.documents, problems
    if portion.columns is None:
        found = Inputs(list(portion.files), problems=problems)
        return inputs.documents(found, reading.asked), problems
    return _rows(portion, reading, problems), problems


def _rows(portion: Portion, reading: ReadOptions, problems: list[Problem]) -> Iterator[Document]:
    path, stem = portion.files[0]
    faults: list[Fault] = []
    numbered: Iterator[tuple[int, Row]]
    if portion.groups:
        numbered = parquet(path, faults, portion.groups, portion.first)
    else:
        numbered = rows.json_lines(
            io.BytesIO(content(portion)), reading.asked.encoding, faults, portion.first
        )
    found = inputs.of_rows(numbered, str(path), stem, reading.asked, faults, portion.columns)
    try:
        yield from found
    except Exception as error:
        faults.append(fault(error))
    problems += [Problem(str(path), *problem) for problem in faults]


def content(portion: Portion) -> bytes:
    """Return the lines that begin in a piece of JSON Lines."""
    if portion.content is not None:
        return portion.content
    with portion.files[0][0].open("rb") as file:
        at = 0
        if portion.start:
            file.seek(portion.start - 1)
            while not (skipped := file.readline(budget.LARGEST)).endswith(b"\n"):
                if not skipped or file.tell() >= portion.end:
                    return b""
            at = file.tell()
        if at >= portion.end:
            return b""
        data = file.read(portion.end - at)
        if len(data) != portion.end - at:
            raise CorpusError(f"{portion.files[0][0]} became shorter while it was read")
        # A line that is longer than any may be is cut, and named by whoever reads it.
        return data if data.endswith(b"\n") else data + file.readline(budget.LARGEST_LINE + 1)


def _state(path: File) -> bytes:
    """Return what changes with a file: its version, or all of it where the file system knows of none."""
    return (remote.version(path) or "").encode() or path.read_bytes()


def digest(portion: Portion) -> str:
    """Return a hash of what a portion holds: of its bytes, and of the names that its articles get."""
    found = blake2b(digest_size=16)
    for path, stem in portion.files:
        found.update(f"{path}\0{stem}\0{portion.first}\0{portion.columns}\0".encode())
        if portion.documents or portion.columns:
            continue
        try:
            found.update(_state(path) if isinstance(path, Remote) else path.read_bytes())
        except OSError as error:
            found.update(str(error).encode())
    if portion.groups:
        found.update(f"{portion.groups}".encode() + _state(portion.files[0][0]))
    elif portion.columns:
        found.update(content(portion))
    for document in portion.documents:
        found.update(f"{document.article}\0{sorted(document.given.items())}\0{document.raw}\0".encode())
    return found.hexdigest()
