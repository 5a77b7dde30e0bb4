"""The run record: what made a result, so that anybody can make it again."""

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bitext.errors import BitextError

#: Distributions whose version can change a number.
_COUNTED = ("jieba", "rjieba", "opencc-python-reimplemented", "numpy", "scipy", "pandas", "scikit-learn")


def run_record(step: str, **parameters: object) -> dict[str, Any]:
    """Describe a run: step, parameters, and the versions that its numbers depend on.

    Examples:
        >>> record = run_record("count", unit="term")
        >>> record["step"], record["parameters"]
        ('count', {'unit': 'term'})
    """
    from bitext import __version__

    return {"step": step, "parameters": parameters, "bitext": __version__, "versions": versions()}


def without_record(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without its run record, which pandas copies whole for every group of it."""
    bare = table.copy(deep=False)
    bare.attrs = {}
    return bare


def shareable(path: object) -> str:
    """Return a path as others may see it: below the working folder, else without the folders above its own.

    Tables, pages and run records are made to be sent on; where somebody's files lie is nobody's business.

    Examples:
        >>> shareable("news/a.txt"), shareable("https://host/a.csv"), shareable("/home/ann/news/a.txt")
        ('news/a.txt', 'https://host/a.csv', '…/news/a.txt')
    """
    text = str(path)
    place = Path(text)
    if not place.is_absolute():
        return text
    try:
        return place.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return "/".join(("…", *place.parts[1:][-2:]))


def generator(seed: int, *more: int) -> np.random.Generator:
    """Return the source of random numbers for a seed.

    Raises:
        BitextError: *seed* is not a whole number from 0.

    Examples:
        >>> generator(1).integers(10, size=3).tolist() == generator(1).integers(10, size=3).tolist()
        True
    """
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise BitextError(f"seed={seed!r}; use a whole number from 0")
    return np.random.default_rng([seed, *more] if more else seed)


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages whose version can change a number."""
    return dict(_versions())


@cache
def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _COUNTED:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(parts: Iterable[str]) -> str:
    """Return a short hash over *parts*, for word lists and settings in the record.

    Examples:
        >>> fingerprint(["a", "b"]) == fingerprint(["ab"])
        False
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()[:12]
