"""Files, folders and globs → documents, one after the other; what cannot be read becomes a problem."""

import glob
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from bitext.errors import BitextError, CorpusError
from bitext.reading import budget, importers, rows, tables
from bitext.reading.cleaning import dates, outlets
from bitext.reading.delimited import Row
from bitext.reading.documents import FIELDS, Document
from bitext.reading.encoding import Decoded, decode
from bitext.reading.formats import nested_json
from bitext.reading.problems import Fault, Problem, RecordError, fault, whole
from bitext.reading.remote import File, is_url, listed

PAGES = frozenset((".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ""))
TABLES = frozenset((".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet"))
#: Files that lie in folders of articles and are none.
_NOT_ARTICLES = ("readme", "license", "licence", "copying", "changelog", "makefile", "outlets.tsv")


@dataclass(slots=True)
class Inputs:
    """Everything that the caller points at.

    Attributes:
        files: (path, identifier stem) of each file to read, in order.
        hosts: outlets of hosts from outlets.tsv files.
        problems: what cannot be read; grows while documents are taken.
    """

    files: list[tuple[File, str]] = field(default_factory=list)
    hosts: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def collect(paths: tuple[str | Path, ...]) -> Inputs:
    """Find the files under *paths*: files, folders (with all below them), globs, and addresses of those.

    Raises:
        CorpusError: no path is given, or one does not exist.
    """
    if not paths:
        raise CorpusError("nothing to read: give files, folders or globs")
    found = Inputs()
    for path in paths:
        if is_url(path):
            _addressed(str(path), found)
            continue
        try:
            given = Path(path).expanduser()
        except RuntimeError as error:  # ~nobody
            raise CorpusError(f"no such file or folder: {str(path)!r} ({error})") from None
        if given.is_dir():
            _folder(given, found)
        elif given.exists():
            _take_file(given, given.name, found)
        elif any(sign in str(path) for sign in "*?["):
            _glob(str(given), found)
        else:
            raise CorpusError(f"no such file or folder: {str(path)!r}")
    _tell_apart(found)
    return found


def _tell_apart(found: Inputs) -> None:
    """Give files of the same name under several folders identifiers of their own, before any is read."""
    taken: set[str] = set()
    for place, (path, given) in enumerate(found.files):
        stem = whole(given)  # a file's name may be no text
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}~{number}"
        if number > 1:
            text = f"{stem!r} was read before; this one is {name!r}"
            found.problems.append(Problem(str(path), "renamed", text))
        taken.add(name)
        found.files[place] = (path, name)


def _addressed(url: str, found: Inputs) -> None:
    """Take the files that an address names: one, those below it, or those that fit it."""
    files, alone = listed(url)
    for file, stem in files:
        if alone:
            found.files.append((file, stem))
        elif not any(part.startswith(".") for part in stem.split("/")):
            _take(file, stem, found)


def _take(file: File, stem: str, found: Inputs) -> None:
    """Take a file of a folder, if it is of a kind that is read."""
    if file.name == "outlets.tsv":
        _read_hosts(file, found)
    elif not file.name.lower().startswith(_NOT_ARTICLES):
        if tables.suffix(file) in PAGES | TABLES | importers.ENDINGS:
            _take_file(file, stem, found)
        else:
            text = f"not read: no known kind of file ({file.suffix})"
            found.problems.append(Problem(str(file), "not read", text))


def _take_file(file: File, stem: str, found: Inputs) -> None:
    """Take a file, unless it is a pipe or a device, which might never end."""
    if isinstance(file, Path) and file.exists() and not file.is_file():
        text = "not read: no regular file but a pipe, a socket or a device; save what it gives first"
        found.problems.append(Problem(str(file), "not read", text))
    else:
        found.files.append((file, stem))


def _glob(pattern: str, found: Inputs) -> None:
    fixed = Path(pattern)
    while glob.has_magic(str(fixed)):
        fixed = fixed.parent
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob knows no absolute pattern)
    if not matches:
        raise CorpusError(f"no file fits {pattern!r}")
    for match in map(Path, matches):
        if match.is_dir():
            _folder(match, found, fixed)
        else:
            _take_file(match, str(match.relative_to(fixed).as_posix()), found)


def _folder(folder: Path, found: Inputs, root: Path | None = None) -> None:
    root = root or folder
    seen: set[Path] = set()

    def walk(here: Path) -> None:
        real = here.resolve()
        if real in seen:  # a link back up
            text = "a link to a folder that was read already; not followed again"
            found.problems.append(Problem(str(here), "not read", text))
            return
        seen.add(real)
        try:
            entries = sorted(here.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            text = f"cannot be opened: {error.strerror}"
            found.problems.append(Problem(str(here), "not read", text))
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                walk(entry)
            else:
                _take(entry, entry.relative_to(root).as_posix(), found)

    walk(folder)


def _read_hosts(path: File, found: Inputs) -> None:
    try:
        found.hosts.update(outlets.parse(path.read_bytes().decode("utf-8"), str(path)))
    except (OSError, UnicodeDecodeError, BitextError) as error:
        found.problems.append(Problem(str(path), "broken", f"not used: {error}"))


def documents(
    inputs: Inputs, wanted: Mapping[str, str | None], encoding: str | None, constant: Mapping[str, str]
) -> Iterator[Document]:
    """Yield the documents of all files.

    Args:
        inputs: the files; problems are added to it.
        wanted: field -> column of tables, as the caller names them.
        encoding: encoding of all files; None to tell it from each.
        constant: field -> value that the caller gives for all documents.
    """
    for path, stem in inputs.files:
        try:
            if tables.suffix(path) in TABLES:
                yield from _table(path, stem, inputs, wanted, encoding, constant)
            else:
                yield from _file(path, stem, inputs, wanted, encoding, constant)
        except Exception as error:  # whatever it is: the other files are read
            inputs.problems.append(Problem(whole(str(path)), *fault(error)))


def _file(
    path: File,
    stem: str,
    inputs: Inputs,
    wanted: Mapping[str, str | None],
    encoding: str | None,
    constant: Mapping[str, str],
) -> Iterator[Document]:
    """Yield the one article of a file, or the several that its content says are in it."""
    source = whole(str(path))
    problems: list[Fault] = []
    try:
        with rows.open_binary(path) as stream:
            head = cast(io.BufferedReader, stream).peek(importers.HEAD)[: importers.HEAD]
            if importers.is_binary(head):
                recognised = importers.binary(stream, head, problems)
                yield from _of_items(recognised, source, stem, wanted, constant, problems)
                return
        decoded = _decode(path, encoding)
        if several := importers.text(decoded.text, problems):
            yield from _of_items(several, source, stem, wanted, constant, problems)
        else:
            yield Document(stem, source, decoded.text, path.name, dict(constant), decoded.damaged)
    finally:
        inputs.problems += [Problem(source, *problem) for problem in problems]


def _of_items(
    recognised: importers.Recognised,
    source: str,
    stem: str,
    wanted: Mapping[str, str | None],
    constant: Mapping[str, str],
    problems: list[Fault],
) -> Iterator[Document]:
    """Yield the documents of what an importer found; a file in which it found none is a problem."""
    count = 0
    for item in recognised.found:
        if isinstance(item, importers.Rows):
            for document in of_rows(item.rows, source, stem + item.place, wanted, constant, problems):
                count += 1
                yield document
        elif not item.text.strip():
            problems.append(("empty", f"{item.place.lstrip('#/')}: an article without a text"))
        else:
            count += 1
            given = {name: text for name, text in item.given.items() if name in FIELDS} | dict(constant)
            more = {name: text for name, text in item.given.items() if name not in FIELDS}
            name = item.place.rpartition("/")[2] if item.page else ""
            damaged = item.text.count("\ufffd")
            article = stem + item.place
            yield Document(article, source, item.text, name, given, damaged, not item.page, item.feed, more)
    if not count and not problems:
        problems.append(("empty", f"a {recognised.what} without articles"))


def _decode(path: File, encoding: str | None) -> Decoded:
    with rows.open_binary(path) as stream:
        try:
            data = stream.read(budget.LARGEST + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise CorpusError(f"broken gzip file: {error}") from error
    if len(data) > budget.LARGEST:
        raise budget.too_large(len(data))
    if not data.strip():
        raise RecordError("the file is empty", "empty")
    return decode(data, encoding)


def _table(
    path: File,
    stem: str,
    inputs: Inputs,
    wanted: Mapping[str, str | None],
    encoding: str | None,
    constant: Mapping[str, str],
) -> Iterator[Document]:
    problems: list[Fault] = []
    count = 0
    numbered = rows.of_file(path, tables.suffix(path), encoding, problems)
    try:
        for document in of_rows(numbered, whole(str(path)), stem, wanted, constant, problems):
            count += 1
            yield document
        if not count and not problems:
            problems.append(("empty", "the table has no rows"))
    finally:
        inputs.problems += [Problem(whole(str(path)), *problem) for problem in problems]


def of_rows(
    numbered: Iterable[tuple[int, Row]],
    source: str,
    stem: str,
    wanted: Mapping[str, str | None],
    constant: Mapping[str, str],
    problems: list[Fault],
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document]:
    """Yield the documents of numbered rows; the first row says which *columns* there are, unless given."""
    for number, row in numbered:
        if not columns:
            columns = tables.mapping_of(row, wanted, "the table")
        try:
            text, given = tables.cells(row, columns)
            if len(text) > budget.LARGEST:
                raise budget.too_large(len(text))
        except Exception as error:
            kind, said = fault(error)
            problems.append((kind, f"row {number}: {said}"))
            continue
        if text.strip():
            if not ("outlet" in columns and wanted.get("outlet")):
                given.update(constant)
            damaged = text.count("\ufffd")
            more = tables.further(row, columns)
            if given.get("date") and dates.whole(given["date"]) is None:
                problems.append(("undated", f"row {number}: no date can be read in {given['date'][:60]!r}"))
            if nested_json.is_cut(text):
                problems.append(("cut", f"row {number}: the provider gave only the beginning of the text"))
            yield Document(f"{stem}#{number}", source, text, "", given, damaged, row=True, more=more)
        else:
            problems.append(("empty", f"row {number} has no text"))
