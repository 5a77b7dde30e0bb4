"""Files of intermediate results: whole or not there, and never used when damaged.

A file is a line that names format and version, a checksum of the rest, and a pickle. Reading accepts only
the plain types that bitext's partial results are made of, so that a strange file can run nothing.
"""

import io
import os
import pickle
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bitext.errors import BitextError

_MAGIC = b"bitext partial 2\n"
_CHECK = 32

#: Modules whose classes a file may hold.
_TRUSTED = ("bitext.", "numpy.", "datetime", "pandas.", "collections", "scipy.sparse.")
_BUILTINS = frozenset({"frozenset", "set", "slice", "complex", "range", "bytearray", "list", "dict", "tuple"})


class DamagedError(BitextError):
    """A file of intermediate results is not what was written."""

    __module__ = "bitext"


class _Writer(pickle.Pickler):
    """Writes tables as columns of plain values: how pandas keeps them inside is nobody's business."""

    def reducer_override(self, value: object) -> Any:
        """Say how a table is written."""
        pandas = sys.modules.get("pandas")
        if pandas is None or type(value) is not pandas.DataFrame:
            return NotImplemented
        frame: Any = value
        columns = []
        for name in frame.columns:
            kind = str(frame[name].dtype)
            plain = kind in ("object", "str", "string")
            columns.append((name, kind, frame[name].tolist() if plain else frame[name].to_numpy()))
        plain = frame.index.equals(pandas.RangeIndex(len(frame)))
        return table, (columns, len(frame) if plain else frame.index.to_numpy())


def table(columns: list[tuple[str, str, Any]], rows: Any) -> Any:
    """Return the table that was written as (name, type, values), and its index or number of rows."""
    import pandas as pd

    index = pd.RangeIndex(rows) if isinstance(rows, int) else pd.Index(rows)
    return pd.DataFrame(
        {name: pd.Series(values, index=index, dtype=kind) for name, kind, values in columns}, index=index
    )


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in _BUILTINS:
            return super().find_class(module, name)
        if "." not in name and (
            module in ("datetime", "collections", "numpy") or module.startswith(_TRUSTED)
        ):
            return super().find_class(module, name)
        raise DamagedError(f"holds {module}.{name}, which no file of bitext does")


def write(path: Path, value: object) -> None:
    """Write *value*, in place only when all of it is on disk.

    Raises:
        BitextError: the disk is full or the folder cannot be written; nothing is left behind.
    """
    stream = io.BytesIO()
    _Writer(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    data = stream.getbuffer()
    draft = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC)
            file.write(blake2b(data, digest_size=_CHECK).digest())
            file.write(data)
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BitextError(f"intermediate results cannot be kept in {path.parent}: {reason}") from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def read(path: Path) -> Any:
    """Return what was written.

    Raises:
        DamagedError: the file is cut off, changed, or of another version; the message names it.
        FileNotFoundError: there is none.
    """
    data = path.read_bytes()
    start = len(_MAGIC) + _CHECK
    if not data.startswith(_MAGIC):
        raise DamagedError(f"{path} is no file of this version of bitext")
    body = memoryview(data)[start:]
    if blake2b(body, digest_size=_CHECK).digest() != data[len(_MAGIC) : start]:
        raise DamagedError(f"{path} is damaged: its checksum does not fit")
    try:
        return _Reader(io.BytesIO(body)).load()
    except DamagedError as error:
        raise DamagedError(f"{path} {error}") from None
    except Exception as error:  # the checksum fits: another version of a class, not a broken file
        raise DamagedError(f"{path} cannot be read: {error}") from error
