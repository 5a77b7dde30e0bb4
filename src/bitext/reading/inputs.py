"""Files → documents, one after the other; what cannot be read becomes a problem."""

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import cast

from bitext.errors import CorpusError, TableError
from bitext.reading import budget, importers, packed, place_names
from bitext.reading.documents import FIELDS, FOLDER, Asked, Document
from bitext.reading.encoding import Decoded, decode
from bitext.reading.paths import TABLES, Inputs
from bitext.reading.problems import Fault, Problem, RecordError, fault, whole
from bitext.reading.remote import File
from bitext.reading.tables import cells, columns, rows
from bitext.reading.tables.columns import Columns
from bitext.reading.tables.delimited import Row


def documents(inputs: Inputs, asked: Asked) -> Iterator[Document]:
    """Yield the documents of all files.

    Args:
        inputs: the files; problems, and what the columns of tables are, are added to it.
        asked: what the caller says of them.
    """
    for path, stem in inputs.files:
        try:
            if rows.suffix(path) in TABLES:
                yield from _table(path, stem, inputs, asked)
            else:
                yield from _file(path, stem, inputs, asked)
        except Exception as error:  # whatever it is: the other files are read
            inputs.problems.append(Problem(whole(str(path)), *fault(error)))


def _file(path: File, stem: str, inputs: Inputs, asked: Asked) -> Iterator[Document]:
    """Yield the one article of a file, or the several that its content says are in it."""
    file = whole(str(path))
    problems: list[Fault] = []
    try:
        with rows.open_binary(path) as stream:
            head = cast(io.BufferedReader, stream).peek(importers.HEAD)[: importers.HEAD]
            if importers.is_binary(head):
                recognised = importers.binary(stream, head, problems)
                yield from _of_items(recognised, "", file, stem, asked, problems, inputs)
                return
        decoded = _decode(path, asked.encoding)
        if several := importers.text(decoded.text, problems):
            yield from _of_items(several, decoded.encoding, file, stem, asked, problems, inputs)
            return
        name = packed.bare(path.name)
        given, otherwise = place_names.outlet(stem, "", file, asked)
        yield Document(
            stem,
            file,
            decoded.text,
            name,
            given,
            decoded.damaged,
            otherwise=otherwise,
            encoding=decoded.encoding,
        )
    finally:
        inputs.problems += [Problem(file, *problem) for problem in problems]


def _of_items(
    recognised: importers.Recognised,
    encoding: str,
    file: str,
    stem: str,
    asked: Asked,
    problems: list[Fault],
    inputs: Inputs,
) -> Iterator[Document]:
    """Yield the documents of what an importer found; a file in which it found none is a problem."""
    count = 0
    what = recognised.what if recognised.archive else ""
    beside: list[str] = []
    for item in recognised.found:
        if isinstance(item, importers.Rows):
            found = of_rows(item.rows, file, stem, asked, problems, place=item.place, inputs=inputs)
            try:
                for document in found:
                    count += 1
                    document.format, document.within = (item.what, what) if what else (recognised.what, "")
                    document.encoding = encoding
                    yield document
            except TableError as error:  # notes or a list beside the articles; the next table may hold some
                named = item.place.lstrip("/")
                beside.append(f"{named}: {error}" if named else str(error))
        elif not item.text.strip():
            problems.append(("empty", f"{item.place.lstrip('#/')}: an article without a text"))
        else:
            count += 1
            said, otherwise = place_names.outlet(stem, item.place, file, asked)
            given = {name: text for name, text in item.given.items() if name in FIELDS} | said
            yield Document(
                stem + item.place,
                file,
                item.text,
                item.place.rpartition("/")[2] if item.page else "",
                given,
                item.text.count("\ufffd"),
                row=not item.page,
                feed=item.feed,
                more={name: text for name, text in item.given.items() if name not in FIELDS},
                otherwise=otherwise,
                format=item.what if what else recognised.what,
                within=what,
                encoding=encoding,
            )
    problems += [("left out" if count else "broken", said) for said in beside]
    if not count and not problems:
        problems.append(("empty", f"a {recognised.what} without articles"))


def _decode(path: File, encoding: str | None) -> Decoded:
    with rows.open_binary(path) as stream:
        try:
            data = stream.read(budget.LARGEST + 1)
        except packed.ERRORS as error:
            raise CorpusError(fault(error)[1]) from error
    if len(data) > budget.LARGEST:
        raise budget.too_large(len(data))
    if not data.strip():
        raise RecordError("the file is empty", "empty")
    return decode(data, encoding)


def _table(path: File, stem: str, inputs: Inputs, asked: Asked) -> Iterator[Document]:
    problems: list[Fault] = []
    count = 0
    file = whole(str(path))
    numbered = rows.of_file(path, rows.suffix(path), asked.encoding, problems)

    def again() -> Iterator[Row]:
        return (row for _, row in rows.of_file(path, rows.suffix(path), asked.encoding, []))

    try:
        for document in of_rows(numbered, file, stem, asked, problems, again=again, inputs=inputs):
            count += 1
            document.format = f"table ({rows.suffix(path)})"
            yield document
        if not count and not problems:
            problems.append(("empty", "the table has no rows"))
    finally:
        inputs.problems += [Problem(file, *problem) for problem in problems]


def of_rows(
    numbered: Iterable[tuple[object, Row]],
    file: str,
    stem: str,
    asked: Asked,
    problems: list[Fault],
    found: Columns | None = None,
    again: Callable[[], Iterable[Row]] | None = None,
    place: str = "",
    inputs: Inputs | None = None,
) -> Iterator[Document]:
    """Yield the documents of numbered rows.

    Args:
        numbered: number and cells of each row.
        file: the file that they stand in.
        stem: what the identifiers of articles begin with; "" to take the numbers themselves.
        asked: what the caller says.
        problems: gets what cannot be read.
        found: what the columns are, if that is known; else the rows themselves say it.
        again: gives the rows once more; None: they are few enough to be held.
        place: where in the file the table stands.
        inputs: gets what the columns are.
    """
    rest = iter(numbered)
    if found is None:
        head = list(islice(rest, columns.SAMPLE))
        if not head:
            return
        held: list[tuple[object, Row]] = []

        def everything() -> Iterator[Row]:
            held.extend(rest)
            return (row for _, row in chain(head, held))

        found = columns.recognise([row for _, row in head], asked, everything=again or everything)
        problems += found.faults
        rest = chain(head, held, rest)
    if inputs is not None:
        inputs.columns.setdefault(f"{file}{place}", found)
    said, otherwise = place_names.outlet(stem, place, file, asked)
    if "outlet" in found.names:
        below = "/" in stem or "/" in place.lstrip("/")
        if asked.columns.get("outlet") == found.names["outlet"]:
            said = {}  # the caller means this column
        elif asked.outlet == FOLDER and not below:
            said, otherwise = {}, said.get("outlet", "")  # a table in no outlet's folder knows better
    for number, row in rest:
        try:
            read = cells.read(row, found.names, found.order)
            if len(read.text) > budget.LARGEST:
                raise budget.too_large(len(read.text))
        except Exception as error:
            kind, text = fault(error)
            problems.append((kind, f"row {number}: {text}"))
            continue
        if not read.text.strip():
            problems.append(("empty", f"row {number} has no text"))
            continue
        yield Document(
            f"{stem}{place}#{number}" if stem else str(number),
            file,
            read.text,
            "",
            {**read.given, **said},
            read.text.count("\ufffd"),
            row=True,
            more=read.further,
            otherwise=otherwise,
            faults=tuple(read.faults),
            table=f"{file}{place}",
        )
