"""Cells of a row → the text of an article, its fields, and what else the row holds."""

import ast
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from bitext.reading.cleaning.date_order import Order
from bitext.reading.documents import FIELDS
from bitext.reading.encoding import decode
from bitext.reading.formats import nested_json
from bitext.reading.problems import Fault, RecordError, whole
from bitext.schema import ARTICLES, CLOCK

#: Names of columns that reading fills itself.
_OURS = frozenset((*ARTICLES, *CLOCK))
#: The start of an address; one without // ends its host in a letter, which 13.05.2031 and 1.5 do not.
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]*(?:/|$)")
#: How pandas shows what is missing.
_NOTHING = ("NaT", "<NA>")
#: Bits of the largest number that is written out: Python stops at 4,300 digits.
_LARGEST = 13_288


def is_address(cell: str) -> bool:
    """Say whether a cell is an address.

    Examples:
        >>> [is_address(cell) for cell in ("https://a.example/1", "a.example/1", "The Ledger", "13.05.2031")]
        [True, True, False, False]
    """
    return bool(_ADDRESS.match(cell))


class Cells(NamedTuple):
    """What a row says of its article: text, fields, further cells, and what of it could not be read."""

    text: str
    given: dict[str, str]
    further: dict[str, str]
    faults: list[Fault]


def read(row: Mapping[str, Any], names: Mapping[str, str], order: Order) -> Cells:
    """Return what a row says, by field -> column and the order of its dates.

    Examples:
        >>> row = {"body": "It opened.", "day": "05/13/2024", "by": "['Ann Roe']"}
        >>> read(row, {"text": "body", "date": "day", "author": "by"}, Order("month first")).given
        {'date': '2024-05-13', 'author': 'Ann Roe'}
    """
    values = {name: as_text(row.get(column)) for name, column in names.items()}
    faults: list[Fault] = []
    if cell := values.get("date", ""):
        day = order.read(cell, values.get("outlet", "").strip())
        values["date"] = day or ""
        if day is None:
            said = f"{cell.strip()[:60]!r} can be read in two orders and nothing tells which: no date"
            faults.append(("undated", said))
    if values.get("author"):
        values["author"] = re.sub(r"^[Bb]y\s+", "", unlisted(values["author"], ", "))
    text = unlisted(values.pop("text", ""), "\n")
    if nested_json.is_cut(text):
        faults.append(("cut", f"the provider gave only the beginning of the text {text[-20:].strip()!r}"))
        text = nested_json.uncut(text)
    given = {name: value for name, value in values.items() if value and name in FIELDS}
    return Cells(text, given, further(row, names), faults)


def unlisted(cell: str, between: str) -> str:
    """Return a cell that a program wrote as a list, ['Ann Roe', 'Bo Li'], as its parts.

    Examples:
        >>> unlisted("['Ann Roe', 'Bo Li']", ", "), unlisted("[Update] It opened.", ", ")
        ('Ann Roe, Bo Li', '[Update] It opened.')
    """
    if not re.match(r"\s*\[\s*['\"]", cell) or not cell.rstrip().endswith("]"):
        return cell
    try:
        found = ast.literal_eval(cell.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return cell
    # An escape in the list may be half of a character.
    return whole(between.join(map(str, found))) if isinstance(found, list) else cell


def further(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that are no field of an article: they stay with it, under the names of their columns.

    Examples:
        >>> further({"body": "a", "frame": "threat", "lang": "en"}, {"text": "body"})
        {'frame': 'threat', 'lang_given': 'en'}
    """
    used = frozenset(names.values())
    return {
        f"{name}_given" if name in _OURS else whole(str(name)): as_text(cell)
        for name, cell in row.items()
        if name not in used
    }


def as_text(value: object) -> str:
    """Return a cell as text: "" for what is missing, names joined for a list of them."""
    if isinstance(value, str):
        return "" if value in _NOTHING else whole(value)
    if isinstance(value, bytes | bytearray | memoryview):
        data = bytes(value)
        return decode(data).text if data.strip() else ""
    if isinstance(value, np.ndarray | pd.Series):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return ", ".join(as_text(item) for item in value)
    if isinstance(value, pd.DataFrame):
        raise RecordError("a cell that holds a table")
    if isinstance(value, int) and value.bit_length() > _LARGEST:
        raise RecordError("a number of more than 4,000 digits", "too large")
    if value is None or (isinstance(value, Decimal) and value.is_nan()) or value != value:
        return ""
    if str(value) in _NOTHING:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return whole(str(value))
