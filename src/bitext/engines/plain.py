"""Partial results ↔ JSON and arrays: plain data only, so that reading a file can run nothing.

What is not JSON becomes an object with a key "t" that names its kind. Classes are bitext's own dataclasses
and named tuples, which are made anew by their fields; nothing else of a file is ever called.
"""

import dataclasses
import importlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

_JSON = frozenset((str, int, float, bool, type(None)))
_SEQUENCES: dict[str, Callable[[list[Any]], Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}


class StrangeError(ValueError):
    """A value, or a name in a file, that is no plain data of bitext."""


class ValueEncoder:
    """Takes values apart.

    Attributes:
        arrays: the arrays met so far; the JSON names them by their number.

    Examples:
        >>> encoder = ValueEncoder()
        >>> tree = encoder.encode({"a": (1, 2.5), 3: np.arange(2)})
        >>> decode(tree, encoder.arrays)
        {'a': (1, 2.5), 3: array([0, 1])}
    """

    def __init__(self) -> None:
        self.arrays: list[np.ndarray[Any, Any]] = []

    def encode(self, value: Any) -> Any:
        """Return *value* as JSON and numbers of arrays."""
        kind = type(value)
        if kind in _JSON:
            return value
        if kind is list:
            return self._list(value)
        if kind is dict or kind is Counter:
            name = "dict" if kind is dict else "counter"
            return {"t": name, "k": self._list(list(value)), "v": self._list(list(value.values()))}
        if kind is tuple:
            return {"t": "tuple", "v": self._list(list(value))}
        if kind in (set, frozenset):
            return {"t": kind.__name__, "v": self._list(sorted(value))}
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, np.generic):
            return {"t": "scalar", "v": self._array(np.asarray(value))}
        if kind is datetime or kind is date:
            return {"t": kind.__name__, "v": value.isoformat()}
        if kind is bytes:
            return {"t": "bytes", "v": self._array(np.frombuffer(value, np.uint8))}
        if kind is slice or kind is range:
            return {"t": kind.__name__, "v": [value.start, value.stop, value.step]}
        if kind.__module__.partition(".")[0] == "pandas":
            return self._pandas(value)
        if kind.__module__.startswith("scipy.sparse"):
            matrix = value.tocsr()
            parts = {name: self._array(getattr(matrix, name)) for name in ("data", "indices", "indptr")}
            return {"t": "csr", **parts, "shape": list(matrix.shape)}
        fields = _fields(kind)
        return {
            "t": f"{kind.__module__}:{kind.__qualname__}",
            "v": [self.encode(getattr(value, name)) for name in fields],
            "f": fields,
        }

    def _list(self, values: list[Any]) -> Any:
        kinds = set(map(type, values))
        if kinds <= _JSON:
            return values
        if kinds == {tuple}:
            columns = [list(column) for column in zip(*values, strict=False)]
            plain = all(set(map(type, column)) <= _JSON for column in columns)
            if plain and {len(columns)} == set(map(len, values)) != {0}:
                return {"t": "columns", "v": columns}  # read again in a third of the time that rows take
            return {"t": "rows", "v": [self._list(list(row)) for row in values]}
        (kind, *others) = kinds
        if not others and issubclass(kind, tuple) and kind is not tuple:
            fields = _fields(kind)
            rows = [self._list(list(row)) for row in values]
            return {"t": "records", "c": f"{kind.__module__}:{kind.__qualname__}", "f": fields, "v": rows}
        return [self.encode(value) for value in values]

    def _array(self, array: np.ndarray[Any, Any]) -> Any:
        if array.dtype.hasobject:
            return {"t": "objects", "v": self._list(array.ravel().tolist()), "shape": list(array.shape)}
        self.arrays.append(array)
        return {"t": "array", "v": len(self.arrays) - 1}

    def _pandas(self, value: Any) -> Any:
        import pandas as pd

        if value is pd.NaT:
            return {"t": "NaT"}
        if isinstance(value, pd.Timestamp):
            return {"t": "timestamp", "v": value.isoformat(), "unit": value.unit}
        if isinstance(value, pd.Series):
            return {"t": "series", "v": self._pandas(value.to_frame("v"))}
        if not isinstance(value, pd.DataFrame):
            raise StrangeError(f"a {type(value).__name__} of pandas, which no file of bitext holds")
        # Columns of plain values: how pandas keeps them inside is nobody's business.
        columns = []
        for place, name in enumerate(value.columns):
            column = value.iloc[:, place]
            kind = str(column.dtype)
            plain = kind in ("object", "str", "string")
            cells = self._list(column.tolist()) if plain else self._array(column.to_numpy())
            columns.append([name, kind, cells])
        simple = value.index.equals(pd.RangeIndex(len(value)))
        return {
            "t": "frame",
            "columns": columns,
            "index": len(value) if simple else self._array(value.index.to_numpy()),
        }


def decode(tree: Any, arrays: Sequence[np.ndarray[Any, Any]]) -> Any:
    """Return the value that was encoded.

    Raises:
        StrangeError: *tree* names something that is no plain data of bitext.
    """
    if type(tree) is list:
        return [decode(item, arrays) if type(item) in (dict, list) else item for item in tree]
    if type(tree) is not dict:
        return tree
    kind: str = tree["t"]
    value: Any = tree.get("v")
    if kind == "array":
        return arrays[value]
    if kind in _SEQUENCES:
        return _SEQUENCES[kind](decode(value, arrays))
    if kind == "columns":
        return list(zip(*value, strict=True))
    if kind == "rows":
        return [tuple(decode(row, arrays)) for row in value]
    if kind == "records":
        made = _class(tree["c"], tree["f"])
        return [made(*decode(row, arrays)) for row in value]
    if kind in ("dict", "counter"):
        pairs = zip(decode(tree["k"], arrays), decode(value, arrays), strict=True)
        return dict(pairs) if kind == "dict" else Counter(dict(pairs))
    if kind == "objects":
        cells = decode(value, arrays)
        found: Any = np.empty(len(cells), dtype=object)
        found[:] = cells
        return found.reshape(tree["shape"])
    if kind in ("datetime", "date"):
        return (datetime if kind == "datetime" else date).fromisoformat(value)
    if kind in ("slice", "range"):
        return (slice if kind == "slice" else range)(*value)
    if kind == "scalar":
        return decode(value, arrays)[()]
    if kind == "bytes":
        return decode(value, arrays).tobytes()
    if kind == "csr":
        from scipy import sparse

        parts = tuple(decode(tree[name], arrays) for name in ("data", "indices", "indptr"))
        return sparse.csr_array(parts, shape=tuple(tree["shape"]))
    if kind in ("NaT", "timestamp", "series", "frame"):
        return _pandas(kind, tree, arrays)
    return _object(tree, arrays)


def _pandas(kind: str, tree: Mapping[str, Any], arrays: Sequence[np.ndarray[Any, Any]]) -> Any:
    import pandas as pd

    if kind == "NaT":
        return pd.NaT
    if kind == "timestamp":
        return pd.Timestamp(tree["v"]).as_unit(tree["unit"])
    if kind == "series":
        return decode(tree["v"], arrays)["v"]
    index = tree["index"]
    index = pd.RangeIndex(index) if type(index) is int else pd.Index(decode(index, arrays))
    columns = {
        name: pd.Series(decode(cells, arrays), index=index, dtype=dtype)
        for name, dtype, cells in tree["columns"]
    }
    return pd.DataFrame(columns, index=index)


def _fields(kind: type) -> list[str]:
    """Return the fields of one of bitext's plain classes."""
    if kind.__module__.startswith("bitext.") and "." not in kind.__qualname__:
        if dataclasses.is_dataclass(kind):
            return [field.name for field in dataclasses.fields(kind) if field.init]
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return list(kind._fields)
    raise StrangeError(f"holds {kind.__module__}.{kind.__qualname__}, which no file of bitext does")


def _object(tree: Mapping[str, Any], arrays: Sequence[np.ndarray[Any, Any]]) -> Any:
    kind = _class(tree["t"], tree["f"])
    return kind(**dict(zip(tree["f"], decode(tree["v"], arrays), strict=True)))


def _class(called: str, fields: list[str]) -> type[Any]:
    """Return the plain class of bitext that a file names."""
    module, _, name = called.partition(":")
    if not module.startswith("bitext.") or not name.isidentifier():
        raise StrangeError(f"holds {module}.{name}, which no file of bitext does")
    kind = getattr(importlib.import_module(module), name, None)
    if not isinstance(kind, type) or kind.__module__ != module or _fields(kind) != fields:
        raise StrangeError(f"holds {module}.{name} of another version")
    return kind
