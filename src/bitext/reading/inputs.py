"""Files, folders and globs → documents, one after the other; what cannot be read becomes a problem."""

import glob
import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bitext.errors import BitextError, CorpusError
from bitext.reading import rows, tables
from bitext.reading.cleaning import outlets
from bitext.reading.documents import Document
from bitext.reading.encoding import Decoded, decode
from bitext.reading.remote import File, is_url, listed

PAGES = frozenset((".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ""))
TABLES = frozenset((".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet"))
#: Files that lie in folders of articles and are none.
_NOT_ARTICLES = ("readme", "license", "licence", "copying", "changelog", "makefile", "outlets.tsv")
_PROBLEMS_SHOWN = 5
#: No article is larger (bytes of a file, characters of a cell): a dump or a log, not a text to analyse.
LARGEST = 20_000_000


@dataclass(slots=True)
class Inputs:
    """Everything that the caller points at.

    Attributes:
        files: (path, identifier stem) of each file to read, in order.
        hosts: outlets of hosts from outlets.tsv files.
        problems: (source, problem) of what cannot be read; grows while documents are taken.
    """

    files: list[tuple[File, str]] = field(default_factory=list)
    hosts: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


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
        given = Path(path).expanduser()
        if given.is_dir():
            _folder(given, found)
        elif given.exists():
            found.files.append((given, given.name))
        elif any(sign in str(path) for sign in "*?["):
            _glob(str(given), found)
        else:
            raise CorpusError(f"no such file or folder: {str(path)!r}")
    _tell_apart(found)
    return found


def _tell_apart(found: Inputs) -> None:
    """Give files of the same name under several folders identifiers of their own, before any is read."""
    taken: set[str] = set()
    for place, (path, stem) in enumerate(found.files):
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}~{number}"
        if number > 1:
            found.problems.append((str(path), f"{stem!r} was read before; this one is {name!r}"))
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
        if tables.suffix(file) in PAGES | TABLES:
            found.files.append((file, stem))
        else:
            found.problems.append((str(file), f"not read: no known kind of file ({file.suffix})"))


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
            found.files.append((match, str(match.relative_to(fixed).as_posix())))


def _folder(folder: Path, found: Inputs, root: Path | None = None) -> None:
    root = root or folder
    seen: set[Path] = set()

    def walk(here: Path) -> None:
        real = here.resolve()
        if real in seen:  # a link back up
            found.problems.append((str(here), "a link to a folder that was read already; not followed again"))
            return
        seen.add(real)
        try:
            entries = sorted(here.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            found.problems.append((str(here), f"cannot be opened: {error.strerror}"))
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
        found.problems.append((str(path), f"not used: {error}"))


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
                yield _page(path, stem, encoding, constant)
        except BitextError as error:
            inputs.problems.append((str(path), str(error)))
        except OSError as error:
            inputs.problems.append((str(path), f"cannot be read: {error.strerror or error}"))


def _page(path: File, stem: str, encoding: str | None, constant: Mapping[str, str]) -> Document:
    decoded = _decode(path, encoding)
    return Document(stem, str(path), decoded.text, path.name, dict(constant), decoded.damaged)


def _decode(path: File, encoding: str | None) -> Decoded:
    with rows.open_binary(path) as stream:
        try:
            data = stream.read(LARGEST + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise CorpusError(f"broken gzip file: {error}") from error
    if len(data) > LARGEST:
        raise CorpusError(_too_large(len(data)))
    if not data.strip():
        raise CorpusError("the file is empty")
    return decode(data, encoding)


def _too_large(size: int) -> str:
    return f"not read: one document of {size:,} or more characters; the most is {LARGEST:,}. Split it"


def _table(
    path: File,
    stem: str,
    inputs: Inputs,
    wanted: Mapping[str, str | None],
    encoding: str | None,
    constant: Mapping[str, str],
) -> Iterator[Document]:
    problems: list[str] = []
    count = 0
    numbered = rows.of_file(path, tables.suffix(path), encoding, problems)
    for document in of_rows(numbered, str(path), stem, wanted, constant, problems):
        count += 1
        yield document
    if not count and not problems:
        problems.append("the table has no rows")
    inputs.problems += shown(str(path), problems)


def of_rows(
    numbered: Iterable[tuple[int, rows.Row]],
    source: str,
    stem: str,
    wanted: Mapping[str, str | None],
    constant: Mapping[str, str],
    problems: list[str],
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document]:
    """Yield the documents of numbered rows; the first row says which *columns* there are, unless given."""
    for number, row in numbered:
        if not columns:
            columns = tables.mapping(row.keys(), wanted, "the table")
        text, given = tables.cells(row, columns)
        if len(text) > LARGEST:
            problems.append(f"row {number}: {_too_large(len(text))}")
        elif text.strip():
            if not ("outlet" in columns and wanted.get("outlet")):
                given.update(constant)
            yield Document(f"{stem}#{number}", source, text, "", given, text.count("\ufffd"), row=True)
        else:
            problems.append(f"row {number} has no text")


def shown(source: str, problems: list[str]) -> list[tuple[str, str]]:
    """Return the problems of one source, the first few of them and the number of the others."""
    found = [(source, problem) for problem in problems[:_PROBLEMS_SHOWN]]
    if len(problems) > _PROBLEMS_SHOWN:
        found.append((source, f"{len(problems) - _PROBLEMS_SHOWN} more problems of this kind"))
    return found
