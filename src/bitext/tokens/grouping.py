"""Grouping articles: by outlet, by month, by outlet and month, by any column."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.errors import TableError
from bitext.schema import NO_GROUP

Key = tuple[str, ...]

#: Names that are not columns but periods of the column `date`, with pandas' code for each.
PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


def group_names(by: str | Sequence[str]) -> list[str]:
    """Return *by* as a list of column names; there is at least one."""
    names = [by] if isinstance(by, str) else list(by)
    if not names:
        raise TableError("by=[]; name at least one column, e.g. by='outlet'")
    return names


def names_and_language(by: str | Sequence[str]) -> list[str]:
    """Return the columns of *by*, and `lang` behind them: rates of two languages are never mixed."""
    names = group_names(by)
    return names if "lang" in names else [*names, "lang"]


def group_values(articles: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Return one text column for each name in *by*, one row per article.

    An empty value becomes `schema.NO_GROUP`. "day", "week", "month", "quarter" and "year" are derived from
    `date` where the articles have no such column; a week is named by its Monday. Times are grouped by day.

    Raises:
        TableError: a name is neither a column nor a period.

    Examples:
        >>> articles = pd.DataFrame({"outlet": ["A", ""], "date": pd.to_datetime(["2024-03-07", None])})
        >>> group_values(articles, ["outlet", "month"])
           outlet    month
        0       A  2024-03
        1  (none)   (none)
    """
    table = {}
    for name in group_names(by):
        if name in articles.columns and pd.api.types.is_datetime64_any_dtype(articles[name]):
            values = _periods(articles[name], PERIODS["day"])
        elif name in articles.columns:
            values = articles[name].astype("string").fillna("")
        elif name in PERIODS and "date" in articles.columns:
            values = _periods(articles["date"], PERIODS[name])
        else:
            accepted = [column for column in articles.columns if column != "text"]
            raise TableError.unknown("grouping column", name, [*accepted, *PERIODS])
        table[name] = values.replace("", NO_GROUP).astype(object)
    return pd.DataFrame(table, index=articles.index)


def group_codes(
    articles: pd.DataFrame, by: str | Sequence[str]
) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """Return the distinct groups, sorted by name, and the group number of each article.

    Examples:
        >>> groups, codes = group_codes(pd.DataFrame({"outlet": ["B", "A", "B"]}), "outlet")
        >>> groups["outlet"].tolist(), codes.tolist()
        (['A', 'B'], [1, 0, 1])
    """
    values = group_values(articles, by)
    grouped = values.groupby(list(values.columns), sort=True)
    groups = grouped.size().index.to_frame(index=False).astype(object)
    return groups, np.asarray(grouped.ngroup(), dtype=np.int64)


def columns(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return *by* as a tuple of column names; None is no column.

    Examples:
        >>> columns("outlet"), columns(["outlet", "month"]), columns(None)
        (('outlet',), ('outlet', 'month'), ())
    """
    if by is None:
        return ()
    return (by,) if isinstance(by, str) else tuple(by)


def codes(articles: pd.DataFrame, by: Sequence[str]) -> tuple[npt.NDArray[np.int64], tuple[Key, ...]]:
    """Return for each article the number of its group, and the groups in sorted order.

    No column makes one group of everything. Columns and periods: `group_values`.

    Examples:
        >>> table = pd.DataFrame({"outlet": ["B", "A", ""], "date": pd.to_datetime(["2021-03-10"] * 3)})
        >>> numbers, keys = codes(table, ["outlet", "week"])
        >>> numbers.tolist(), keys[1]
        ([2, 1, 0], ('A', '2021-03-08'))
    """
    if not by:
        return np.zeros(len(articles), dtype=np.int64), ((),) if len(articles) else ()
    found, numbers = group_codes(articles, by)
    return numbers, tuple(tuple(map(str, row)) for row in found.itertuples(index=False))


def _periods(dates: pd.Series, code: str) -> pd.Series:
    periods = pd.to_datetime(dates).dt.to_period(code)
    if code.startswith("W"):
        names = periods.dt.start_time.dt.strftime("%Y-%m-%d")
    else:
        names = periods.astype("string")
    return names.astype("string").where(periods.notna(), "").fillna("")
