"""Files that a URL names: s3://, https://, memory:// and whatever else fsspec opens.

A `Remote` has what reading needs of a `Path`: a name, a size, `open`. It carries its file system, with the
credentials that this was made with; what people see of it, in tables, records and messages, has none.
"""

import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from bitext.errors import BitextError, CorpusError

#: A scheme has two letters or more: C:\ is a drive.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+(?:::|://)")
_USER = re.compile(r"([A-Za-z0-9+.\-]+)://([^/\s'\"]*)@")
_QUERY = re.compile(r"\?[\w.\-%]+=[^\s'\"]*")
#: Schemes whose addresses name a container before the @.
_CONTAINERS = ("abfs", "wasb", "adl")
#: Bytes that are asked for at once.
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Remote:
    """A file of a file system of fsspec.

    Attributes:
        shown: its address without credentials: what ``str`` gives.
        path: its path in the file system.
        length: its bytes; None where the server does not say it.
        parts: whether it can be read from the middle.
        changed: what the file system says of its version (a time, an ETag), as text.
        system: the file system.
    """

    shown: str
    path: str = field(repr=False)
    length: int | None
    parts: bool
    changed: str = field(repr=False)
    system: Any = field(repr=False, compare=False)

    def __str__(self) -> str:
        return self.shown

    @property
    def name(self) -> str:
        """The last part of its path."""
        return redacted(self.path).rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """The ending of its name, with the dot."""
        return Path(self.name).suffix

    def open(self, mode: Literal["rb"] = "rb") -> io.BufferedReader:
        """Open it for reading; what cannot be read in parts is fetched whole.

        Raises:
            CorpusError: it cannot be opened.
        """
        with _told(self.shown):
            raw = _Stream(self.system.open(self.path, mode), self.shown)
        stream: io.BufferedReader = io.BufferedReader(raw, _BLOCK)
        if self.parts:
            return stream
        whole = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
        with stream:
            shutil.copyfileobj(stream, whole)
        whole.seek(0)
        return cast(io.BufferedReader, whole)

    def read_bytes(self) -> bytes:
        """Return all that it holds."""
        with self.open() as file:
            return file.read()


#: What is read.
File = Path | Remote


def size(file: File) -> int | None:
    """Return the bytes of a file; None where that is not known."""
    if isinstance(file, Remote):
        return file.length
    try:
        return file.stat().st_size
    except OSError:
        return 0  # whoever reads it will say so


def in_parts(file: File) -> bool:
    """Say whether a file can be read from the middle."""
    return not isinstance(file, Remote) or file.parts


def version(file: File) -> str:
    """Return what changes when a file does: size and time of the last change, or ETag; "" if unknown."""
    if isinstance(file, Remote):
        return f"{file.length} {file.changed}" if file.changed else ""
    state = file.stat()
    return f"{state.st_size} {state.st_mtime_ns}"


def is_url(path: object) -> bool:
    """Say whether *path* is an address and no path of this machine.

    Examples:
        >>> [is_url(path) for path in ("s3://a/b", "simplecache::s3://a", "C:/a", "a/b*", Path("a"))]
        [True, True, False, False, False]
    """
    return isinstance(path, str) and bool(_URL.match(path))


def redacted(text: object) -> str:
    """Return *text* without user names, passwords and queries of addresses in it.

    Examples:
        >>> redacted("ftp://ann:secret@host/a"), redacted("https://host/a.csv?sig=secret&x=1")
        ('ftp://host/a', 'https://host/a.csv')
        >>> redacted("abfs://box@account/a?.csv")
        'abfs://box@account/a?.csv'
    """

    def address(match: re.Match[str]) -> str:
        scheme = match[1]
        return match[0] if scheme.startswith(_CONTAINERS) and ":" not in match[2] else f"{scheme}://"

    return _QUERY.sub("", _USER.sub(address, str(text)))


def listed(url: str) -> tuple[list[tuple[Remote, str]], bool]:
    """Return the files that *url* names, each with its path below it, and whether one was named itself.

    Raises:
        CorpusError: there is none, or the file system says no.
        BitextError: fsspec, or what it needs for this scheme, is not installed.
    """
    shown = redacted(url)
    system, path = _system(url)
    with _told(shown):
        if any(sign in path for sign in ("*[" if _is_web(url) else "*?[")):
            root = re.split(r"[*?\[]", path, maxsplit=1)[0].rpartition("/")[0]
            found = system.glob(path, detail=True)
            for name, facts in list(found.items()):
                if facts["type"] == "directory":
                    found |= system.find(name, detail=True)
            if not found:
                raise CorpusError(f"no file fits {shown!r}")
        else:
            facts = system.info(path)
            if facts["type"] != "directory":
                file = _remote(system, url, path, path, facts)
                return [(file, file.name)], True
            root, found = path, system.find(path, detail=True)
    names = sorted(
        (name for name in found if found[name]["type"] == "file"), key=lambda name: name.split("/")
    )
    files = [(_remote(system, url, path, name, found[name]), name) for name in names]
    return [(file, name.removeprefix(root).strip("/")) for file, name in files], False


def _is_web(url: str) -> bool:
    return url.rpartition("::")[2].startswith(("http:", "https:"))


def _has_parts(system: Any, name: str, length: int) -> bool:
    """Ask a web server for the second byte: not all send parts of files. Small files are fetched whole."""
    if length <= _BLOCK:
        return False
    try:
        with system.open(name, cache_type="none") as file:
            file.seek(1)
            return len(file.read(1)) == 1
    except ValueError:
        return False


def _remote(system: Any, url: str, path: str, name: str, facts: Any) -> Remote:
    """Describe one file; *path* is where *url* itself leads."""
    given, end = redacted(url.rstrip("/")), ""
    if not given.endswith(path.rstrip("/")):  # zip://*.jsonl::https://host/news.zip
        given, sign, rest = given.partition("::")
        end = sign + rest
    prefix = given.removesuffix(path.rstrip("/"))
    shown = redacted(prefix + name if prefix != given else system.unstrip_protocol(name)) + end
    length = facts.get("size")
    parts = length is not None and (not _is_web(url) or _has_parts(system, name, length))
    changed = next(
        (facts[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in facts), ""
    )
    return Remote(shown, name, length, parts, str(changed), system)


def _system(url: str) -> tuple[Any, str]:
    shown = redacted(url)
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise BitextError.extra(f"reading {shown!r}", "remote") from None
    try:
        with _told(shown):
            system, path = url_to_fs(url)
    except ImportError as error:  # fsspec says which package the scheme needs
        raise BitextError(f"{shown!r} cannot be read: {error}") from None
    return system, str(path)


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Turn what file systems raise, of any class, into one error that holds no credentials."""
    try:
        yield
    except (BitextError, ImportError):
        raise
    except FileNotFoundError:
        raise CorpusError(f"no such file or folder: {shown!r}") from None
    except Exception as error:
        reason = redacted(error) or type(error).__name__
        raise CorpusError(f"{shown!r} cannot be read: {reason}") from None


class _Stream(io.RawIOBase):
    """A file of fsspec as Python's own layers expect one, and whose errors say which file it is."""

    def __init__(self, file: Any, shown: str) -> None:
        self._file = file
        self._shown = shown

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _told(self._shown):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with _told(self._shown):
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
