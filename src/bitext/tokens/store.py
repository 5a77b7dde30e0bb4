"""Tokens on disk: one .npy file per column, read by memory mapping, and a manifest with checksums."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bitext import __version__
from bitext.engines.drafts import draft
from bitext.errors import TableError
from bitext.record import checksum
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.tokens import Tokens

FORMAT = "bitext tokens"
VERSION = 3
MANIFEST = "manifest.json"
#: Stands in a manifest for its own checksum while that is computed.
_UNSEALED = "0" * 64
_TABLES = ("articles", "removed")
_ARRAYS = ("term", "start", "end", "sentence", "kind", "lang", "bounds")


def save(tokens: Tokens, folder: str | Path) -> None:
    """Write *tokens* to a new folder: see `Tokens.save`."""
    target = Path(folder)
    if target.exists():
        raise TableError(f"{target} exists already; name a folder that does not")
    with draft(target, folder=True) as work:
        for name in _ARRAYS:
            np.save(work / f"{name}.npy", getattr(tokens, name), allow_pickle=False)
        _write(work / "types.json", list(tokens.types))
        for name in _TABLES:
            _write(work / f"{name}.json", _columns(getattr(tokens, name)))
        files = sorted(path.name for path in work.iterdir())
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "bitext": __version__,
            "field": tokens.field,
            "tokenizer": asdict(tokens.tokenizer),
            "run": dict(tokens.run),
            "sha256": {name: checksum(work / name) for name in files},
        }
        text = _text({"check": _UNSEALED, **manifest})
        (work / MANIFEST).write_text(text.replace(_UNSEALED, _digest(text), 1), encoding="ascii")
        work.chmod(0o755)
        work.rename(target)


def load(folder: str | Path, *, check: bool = True) -> Tokens:
    """Read saved tokens: see `Tokens.load`."""
    source = Path(folder)
    manifest = _manifest(source)
    for name, expected in manifest["sha256"].items():
        path = source / name
        if not path.is_file():
            raise TableError(f"{path} is missing")
        if check and checksum(path) != expected:
            raise TableError(f"{path} is damaged: its checksum is not the one in {MANIFEST}")
    arrays = {name: np.load(source / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS}
    settings = manifest["tokenizer"]
    settings["words"] = tuple((word, frequency) for word, frequency in settings["words"])
    articles, removed = (
        _table(json.loads((source / f"{name}.json").read_text(encoding="utf-8"))) for name in _TABLES
    )
    return Tokens(
        articles=articles,
        removed=removed,
        types=np.array(json.loads((source / "types.json").read_text(encoding="utf-8")), dtype=object),
        run=manifest["run"],
        tokenizer=Tokenizer(**settings),
        field=manifest["field"],
        **arrays,
    )


def _manifest(source: Path) -> dict[str, Any]:
    path = source / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
        manifest: dict[str, Any] = json.loads(text)
    except FileNotFoundError:
        raise TableError(f"{source} holds no saved tokens: there is no {path}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise TableError(f"{path} is damaged: {error}") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise TableError(f"{path} does not describe {FORMAT}")
    if manifest.get("version") != VERSION:
        raise TableError(
            f"{source} was written in version {manifest.get('version')} of the format by bitext "
            f"{manifest.get('bitext')}; this bitext reads version {VERSION}"
        )
    check = str(manifest.pop("check", ""))
    if check != _digest(text.replace(check, _UNSEALED, 1)):
        raise TableError(f"{path} is damaged: its checksum does not fit")
    wanted = {f"{name}.npy" for name in _ARRAYS} | {f"{name}.json" for name in ("types", *_TABLES)}
    if set(manifest.get("sha256", ())) != wanted:
        raise TableError(f"{path} is damaged: it must list the files {sorted(wanted)}")
    return manifest


def _columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return a table as JSON values: dates as ISO strings, categories as what they stand for."""
    columns: dict[str, Any] = {}
    for name, column in table.items():
        dated = pd.api.types.is_datetime64_any_dtype(column.dtype)
        values = [None if pd.isna(v) else v.isoformat() if dated else _plain(v) for v in column.tolist()]
        columns[str(name)] = {"dtype": str(column.dtype), "values": values}
    return columns


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) else str(value)


def _table(columns: dict[str, Any]) -> pd.DataFrame:
    made = {}
    for name, column in columns.items():
        if column["dtype"].startswith("datetime64"):
            dates = pd.Series(pd.to_datetime(column["values"], format="ISO8601"))
            made[name] = dates.astype(column["dtype"])
        else:
            made[name] = pd.Series(column["values"], dtype=column["dtype"])
    return pd.DataFrame(made)


def _write(path: Path, value: Any) -> None:
    path.write_text(_text(value), encoding="ascii")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, default=str)


def _digest(text: str) -> str:
    """Return a hash of the manifest: a changed word in its settings would change what is counted later."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
