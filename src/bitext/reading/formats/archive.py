"""ZIP and tar archives → the files in them, none of which unpacks to more than allowed."""

import io
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import TypeVar

from bitext.reading import budget
from bitext.reading.problems import Fault, RecordError

#: Files that are taken of one archive, and bytes of all of them together.
MOST_MEMBERS, MOST_BYTES = 200_000, 2_000_000_000
_LONGEST_TYPE = 100
#: What a book says of itself.
EPUB = b"application/epub+zip"
_TAR_MAGIC = slice(257, 262)

Member = TypeVar("Member")


def common_folder(names: Iterable[str]) -> str:
    """Return the folder that all files of an archive lie in, with its slash, where further folders are in it.

    Examples:
        >>> common_folder(["export/A/1.txt", "export/B/1.txt"]), common_folder(["A/1.txt", "A/2.txt"])
        ('export/', '')
    """
    found = [name for name in names if not _hidden(name) and not name.endswith("/")]
    above = {name.partition("/")[0] for name in found}
    deep = all(name.count("/") > 1 for name in found)
    return f"{above.pop()}/" if deep and len(above) == 1 else ""


def is_tar(head: bytes) -> bool:
    """Say whether data begin like a tar archive."""
    return head[_TAR_MAGIC] == b"ustar"


def zip_names(data: bytes) -> list[str]:
    """Return the names in a ZIP archive.

    Raises:
        RecordError: it is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RecordError(f"broken ZIP archive: {error}") from None


def document_type(data: bytes) -> bytes:
    """Return what a document that is a ZIP archive says of itself (OpenDocument, EPUB), or b""."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > _LONGEST_TYPE:
            return b""
        try:
            return archive.read("mimetype").strip()
        except Exception:  # a broken member says nothing
            return b""


def unzipped(data: bytes, problems: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file in a ZIP archive; what is left out goes to *problems*."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename)
        above = common_folder(map(_name, members))
        for info in _most(members, problems):
            # Not `is_dir`, which asks for the last character of a name that may have none.
            if info.filename.endswith("/") or _hidden(info.filename):
                continue
            name = _name(info).removeprefix(above)
            if info.flag_bits & 1:
                problems.append(("not read", f"{name}: locked with a password; unpack it first"))
                continue
            try:
                with archive.open(info) as file:
                    content = file.read(budget.LARGEST_JSON + 1)
            except Exception as error:
                problems.append(("broken", f"{name}: broken member of a ZIP archive: {error}"))
                continue
            total += len(content)
            if problem := _too_much(name, len(content), total):
                problems.append(problem)
                if total > MOST_BYTES:
                    return
                continue
            yield name, content


def untarred(data: bytes, problems: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each regular file in a tar archive, which nothing is written from to disk."""
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            members = [member for member in archive if member.isreg()]
            above = common_folder(member.name.removeprefix("./") for member in members)
            for member in _most(members, problems):
                if _hidden(member.name):
                    continue
                total += member.size
                name = member.name.removeprefix("./").removeprefix(above)
                if problem := _too_much(name, member.size, total):
                    problems.append(problem)
                    if total > MOST_BYTES:
                        return
                    continue
                file = archive.extractfile(member)
                yield name, file.read() if file else b""
    except (tarfile.TarError, EOFError, OSError) as error:
        problems.append(("broken", f"broken tar archive: {error}; the files up to there were read"))


def _most(members: list[Member], problems: list[Fault]) -> list[Member]:
    if len(members) > MOST_MEMBERS:
        problems.append(
            (
                "too large",
                f"{len(members):,} members, of which the first {MOST_MEMBERS:,} are read; unpack it",
            )
        )
    return members[:MOST_MEMBERS]


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; older programs write GBK without saying so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _hidden(name: str) -> bool:
    return name == "mimetype" or any(
        part.startswith(".") or part in ("__MACOSX", "META-INF") for part in name.split("/") if part
    )


def _too_much(name: str, size: int, total: int) -> Fault | None:
    if size > budget.LARGEST_JSON:
        return "too large", f"{name}: more than {budget.LARGEST_JSON:,} bytes after unpacking; left out"
    if total > MOST_BYTES:
        return "too large", f"more than {MOST_BYTES:,} bytes after unpacking; the rest was not read"
    return None
