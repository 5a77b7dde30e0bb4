"""In which order the rows of a keyness table stand: what is well supported first."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Floats
from bitext.comparison import own_names as own
from bitext.errors import TableError

#: What rows can be ordered by.
ORDERS = ("support", "g2", "log_ratio", "lrc", "p")

#: A term is supported only if this share of a side's articles has it, and so many articles (in a side of
#: fewer than 16, a quarter of them): bursts of a few articles do not lead a list.
LEAST_SHARE, LEAST_ARTICLES = 0.03, 4
#: Of what has no interval, words of so many articles of a side come before bursts of fewer.
_SEVERAL = 3


def check(order: str, top: int | None, own_names: str, measures: tuple[str, ...]) -> None:
    """Refuse an order that is unknown, or whose column is not asked for, and what is not to be shown."""
    own.check(own_names)
    if top is not None and top < 1:
        raise TableError(f"top={top}; use 1 or more, or None for all rows")
    if order not in ORDERS:
        raise TableError.unknown("order", order, ORDERS)
    if order in ("log_ratio", "lrc") and order not in measures:
        raise TableError(f"order={order!r} needs that column; add {order!r} to measures")


def score(scores: Mapping[str, Floats], articles: tuple[Floats, Floats], sizes: tuple[int, int]) -> Floats:
    """Return how far the near end of the interval of the log ratio is from 0, times sqrt(share of articles).

    Positive where the target uses the term more (share of the target's articles), negative where the
    reference does (share of the reference's); 0 where the interval holds 0 or the term is too rare.

    Examples:
        >>> scores = {"log_ratio_low": np.array([1.0, -3.0]), "log_ratio_high": np.array([2.0, -2.0])}
        >>> score(scores, (np.array([25, 0]), np.array([0, 81])), (100, 100)).tolist()
        [0.5, -1.8]
    """
    over = np.nan_to_num(np.maximum(scores["log_ratio_low"], 0), posinf=0)
    under = np.nan_to_num(np.maximum(-scores["log_ratio_high"], 0), posinf=0)
    one, other = (_share(n, size) for n, size in zip(articles, sizes, strict=True))
    return np.asarray(over * np.sqrt(one) - under * np.sqrt(other) + 0.0)


def _share(n: Floats, size: int) -> Floats:
    """Return the share of articles, 0 where they are too few."""
    least = max(LEAST_SHARE * size, min(LEAST_ARTICLES, size // 4), 1)
    return np.where(n >= least, n / max(size, 1), 0.0)


def candidates(part: pd.DataFrame, order: str, alpha: float, top: int | None) -> npt.NDArray[np.intp]:
    """Return the rows of one comparison that may be among the first or last *top*, q being unknown yet."""
    rows = np.arange(len(part))
    if top is None or 2 * top >= len(part):
        return rows
    if order == "support":
        passing = (part["p"] < alpha).to_numpy() if "p" in part else np.zeros(len(part), bool)
        by = _by_tier(part, _tier(part))
        by = by[~passing[by]]
        return np.union1d(np.flatnonzero(passing), np.concatenate((by[:top], by[-top:])))
    by = _arrange(part, order)
    return np.flatnonzero(np.isin(rows, np.concatenate((by[:top], by[-top:]))))


def arranged(table: pd.DataFrame, order: str, alpha: float, top: int | None) -> pd.DataFrame:
    """Return the rows in *order* within each comparison, of each the first and last *top*.

    `support` becomes 0 where q is not below *alpha*.
    """
    passed = table["q"].to_numpy() < alpha if "q" in table else np.zeros(len(table), bool)
    tier = passed * 4 + _tier(table)
    table = table.assign(support=np.where(passed, table["support"], 0.0))
    rows = []
    group = table.groupby(["target", "reference"], sort=False).ngroup().to_numpy()
    for number in range(int(group.max(initial=-1)) + 1):
        place = np.flatnonzero(group == number)
        found = place[_arrange(table.iloc[place], order, tier[place])]
        if top is not None and 2 * top < len(found):
            found = np.concatenate((found[:top], found[-top:]))
        rows.append(found)
    kept = np.concatenate(rows) if rows else np.zeros(0, np.intp)
    return table.iloc[kept].reset_index(drop=True)


def _tier(part: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return 2 for what has an interval without 0, and 1 more for what several articles of its side have."""
    over = part["(g2)"].to_numpy() >= 0
    articles = np.where(over, part["articles_target"], part["articles_reference"])
    clear = np.nan_to_num(part["support"].to_numpy(dtype=float)) != 0
    return np.asarray(clear * 2 + (articles >= _SEVERAL), dtype=np.int64)


def _arrange(
    part: pd.DataFrame, order: str, tier: npt.NDArray[np.int64] | None = None
) -> npt.NDArray[np.intp]:
    """Return the rows in order; those equal in it by *tier*, by g2, then by term."""
    g2 = part["(g2)"].to_numpy()
    if order == "p":
        p = part["p"].to_numpy() if "p" in part else np.ones(len(part))
        with np.errstate(divide="ignore"):
            key = np.sign(g2) * -np.log(np.nan_to_num(p, nan=1.0))
    else:
        key = np.nan_to_num(g2 if order == "g2" else part[order].to_numpy(dtype=float))
    if tier is None:
        tier = np.zeros(len(part), np.int64)
    return _by_tier(part, tier, -np.round(key, 9))


def _by_tier(part: pd.DataFrame, tier: npt.NDArray[np.int64], *keys: Floats) -> npt.NDArray[np.intp]:
    """Return the rows by *keys*, then by *tier*, what the reference uses more last, by g2, by term."""
    g2 = part["(g2)"].to_numpy()
    terms = part["term"].to_numpy().astype(str)
    return np.lexsort((terms, -np.round(g2, 9), -np.sign(g2) * tier, *keys))
