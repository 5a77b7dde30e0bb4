"""Tables as the page takes them: one list per column, numbers short, repeated texts once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from bitext.corpus.clock import Clock

#: What stands for an infinite limit: JSON has no infinity.
ENDLESS = 1e300
#: A column of so many rows is worth packing.
_MANY = 40


def columns(table: pd.DataFrame, names: Sequence[str], *, digits: int = 4) -> dict[str, list[Any]]:
    """Return the columns *names* that *table* has, as lists.

    Examples:
        >>> columns(pd.DataFrame({"n": [1, 2], "p": [0.123456, float("nan")]}), ["n", "p", "absent"])
        {'n': [1, 2], 'p': [0.1235, None]}
    """
    return {name: values(table[name], digits) for name in names if name in table}


def values(column: pd.Series, digits: int = 4) -> list[Any]:
    """Return the values of a column as JSON has them; NaN, NaT and None are None."""
    if pd.api.types.is_bool_dtype(column):
        return [int(value) for value in column]
    if pd.api.types.is_integer_dtype(column):
        return [int(value) for value in column]
    if pd.api.types.is_float_dtype(column):
        return [number(value, digits) for value in column.to_numpy(float)]
    if pd.api.types.is_datetime64_any_dtype(column):
        return [day(value) for value in column]
    return ["" if value is None or value is pd.NA or value != value else str(value) for value in column]


def number(value: float, digits: int = 4) -> float | int | None:
    """Return *value* with *digits* significant digits, whole numbers without a point.

    Examples:
        >>> [number(x) for x in (0.123456, 2.0, 12345.6, float("nan"), float("-inf"))]
        [0.1235, 2, 12350, None, -1e+300]
    """
    if np.isnan(value):
        return None
    if np.isinf(value):
        return float(np.copysign(ENDLESS, value))
    short = float(f"{value:.{digits}g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def day(value: pd.Timestamp) -> str:
    """Return a date as people write it, with the time where there is one."""
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"


def dates(articles: pd.DataFrame, clock: Clock) -> dict[str, list[str]]:
    """Return ``date`` of each article, with the hour where one is known, and ``zone`` of that hour: UTC+9.

    A day may bear the hour at which a crawler came by: that is left out. ``zone`` is "" where it is unknown.
    """
    of_day = clock.precision == "day"
    date = pd.to_datetime(articles["date"])
    ahead = (
        (date - pd.to_datetime(articles["instant"]))
        if "instant" in articles
        else pd.Series(pd.NaT, index=date.index) - date
    )
    minutes = (ahead / pd.Timedelta(minutes=1)).round().to_numpy(float)
    return {
        "date": [day(value)[:10] if bare else day(value) for value, bare in zip(date, of_day, strict=True)],
        "zone": [
            "" if bare or np.isnan(value) else _zone(int(value))
            for value, bare in zip(minutes, of_day, strict=True)
        ],
    }


def _zone(minutes: int) -> str:
    """Return how far a clock is ahead of UTC.

    Examples:
        >>> _zone(480), _zone(0), _zone(-210)
        ('UTC+8', 'UTC', 'UTC−3:30')
    """
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def pooled(texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """Return the distinct texts in order of first occurrence, and for each text its number.

    Examples:
        >>> pooled(["a", "b", "a"])
        (['a', 'b'], [0, 1, 0])
    """
    place: dict[str, int] = {}
    numbers = [place.setdefault(text, len(place)) for text in texts]
    return list(place), numbers


def packed(cells: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return columns with texts that come again written once: ``{"of": [numbers], "is": [texts]}``.

    Examples:
        >>> packed({"n": [1, 2], "lang": ["zh"] * 40, "term": [str(i) for i in range(40)]})["lang"]["is"]
        ['zh']
    """
    made: dict[str, Any] = {}
    for name, column in cells.items():
        made[name] = column
        if len(column) >= _MANY and all(isinstance(value, str) for value in column):
            texts, numbers = pooled(column)
            if 3 * len(texts) <= len(column):
                made[name] = {"is": texts, "of": numbers}
    return made


def split_addresses(addresses: Sequence[str]) -> dict[str, Any]:
    """Return addresses with the folders that they have in common written once.

    Examples:
        >>> split_addresses(["https://a.org/b/1", "https://a.org/b/2"])
        {'is': ['https://a.org/b/'], 'of': [0, 0], 'and': ['1', '2']}
    """
    cuts = [address.rfind("/") + 1 for address in addresses]
    texts, numbers = pooled(address[:cut] for address, cut in zip(addresses, cuts, strict=True))
    rest = [address[cut:] for address, cut in zip(addresses, cuts, strict=True)]
    return {"is": texts, "of": numbers, "and": rest}
