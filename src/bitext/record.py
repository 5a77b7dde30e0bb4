"""The run record: what made a result, so that anybody can make it again."""

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from typing import Any

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
