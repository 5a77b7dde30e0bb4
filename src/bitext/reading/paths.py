"""Files, folders, globs and addresses → the files to read, in order; what is none becomes a problem."""

import glob
from dataclasses import dataclass, field
from pathlib import Path

from bitext.errors import BitextError, CorpusError
from bitext.reading import importers
from bitext.reading.cleaning import outlets
from bitext.reading.problems import Problem, whole
from bitext.reading.remote import File, is_url, listed
from bitext.reading.tables.columns import Columns
from bitext.reading.tables.rows import suffix

PAGES = frozenset((".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ""))
TABLES = frozenset((".csv", ".tsv", ".jsonl", ".jl", ".ndjson", ".json", ".parquet"))
#: What to do with kinds of files that are not read.
ADVICE = {
    **dict.fromkeys((".doc", ".wps", ".pages"), "save it as .docx, .rtf or .txt"),
    **dict.fromkeys((".pdf", ".caj", ".djvu"), "turn it into text first, with pdftotext for instance (.txt)"),
    **dict.fromkeys((".mobi", ".azw3", ".chm"), "unpack it, or save its pages as HTML"),
    **dict.fromkeys((".mdb", ".sql"), "export its table as CSV"),
    **dict.fromkeys(
        (".pkl", ".pickle", ".rds", ".rdata", ".dta", ".sav", ".feather"), "save it as CSV or Parquet"
    ),
    **dict.fromkeys((".msg", ".pst"), "save the messages as text or HTML"),
    **dict.fromkeys((".7z", ".rar", ".zst"), "unpack it, or pack it as .zip or .gz"),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif"), "a picture holds no text; recognise it first"
    ),
}
#: Files that lie in folders of articles and are none.
_NOT_ARTICLES = ("readme", "license", "licence", "copying", "changelog", "makefile", "outlets.tsv")


@dataclass(slots=True)
class Inputs:
    """Everything that the caller points at.

    Attributes:
        files: (path, identifier stem) of each file to read, in order.
        hosts: outlets of hosts from outlets.tsv files.
        problems: what cannot be read; grows while documents are taken.
        columns: file, or file and place in it -> what its columns are; grows while documents are taken.
    """

    files: list[tuple[File, str]] = field(default_factory=list)
    hosts: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, Columns] = field(default_factory=dict)

    @property
    def flat(self) -> bool:
        """Whether no file lies in a folder below one that was given."""
        return not any("/" in stem for _, stem in self.files)


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
        if suffix(file) in PAGES | TABLES | importers.ENDINGS:
            _take_file(file, stem, found)
        else:
            text = f"not read: no known kind of file ({file.suffix})"
            if advice := ADVICE.get(file.suffix.lower()):
                text += f"; {advice}"
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
