"""Packed files (gzip, bzip2, xz) → their bytes, whatever their names say."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any, cast

#: Endings that say no more than that a file is packed.
ENDINGS = (".gz", ".bz2", ".xz")
#: How packed data begin -> how they are unpacked.
_BEGIN: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
#: What is raised where packed data are broken; bzip2 raises an OSError without a number.
ERRORS = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError)


def unpacked(stream: Any) -> IO[bytes]:
    """Return the stream of what is packed in a stream; of one that is not packed, itself.

    Examples:
        >>> import io
        >>> [unpacked(io.BufferedReader(io.BytesIO(data))).read() for data in (b"a", bz2.compress(b"b"))]
        [b'a', b'b']
    """
    head = stream.peek(6)[:6]
    for begin, opens in _BEGIN.items():
        if head.startswith(begin):
            return _closing(opens(stream), stream)
    return cast(IO[bytes], stream)


def _closing(inside: Any, outside: IO[bytes]) -> IO[bytes]:
    """Return the inner stream, which closes the outer one with itself."""
    close = inside.close

    def both() -> None:
        close()
        outside.close()

    inside.close = both
    return cast(IO[bytes], inside)


def is_unpacked(stream: object) -> bool:
    """Say whether a stream came out of packed data: it cannot be read from its middle."""
    return isinstance(stream, gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile)


def bare(name: str) -> str:
    """Return the name of a file without an ending that only says that it is packed.

    Examples:
        >>> bare("News.jsonl.GZ"), bare("pages.tar.xz"), bare("page")
        ('News.jsonl', 'pages.tar', 'page')
    """
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)]
