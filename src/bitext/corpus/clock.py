"""Dates of articles → the times between which each was published, in UTC; one clock for all outlets.

A printed time is local, a date without a time is a whole day, and of some outlets nobody knows the clock. So
an article has not one time but the earliest and the latest that it can have; who was first is only known
where these do not overlap.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Bools, Ints
from bitext.reading.cleaning.clocks import time_zone
from bitext.reading.cleaning.outlets import zone
from bitext.schema import require

_HOUR = 3_600_000_000
#: How long each precision is, in microseconds.
WIDTH = {"second": 1_000_000, "minute": _HOUR // 60, "hour": _HOUR, "day": 24 * _HOUR}
#: Local time minus UTC lies between these on Earth.
_WEST, _EAST = -12 * _HOUR, 14 * _HOUR
UNKNOWN = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Clock:
    """When articles were published.

    Attributes:
        low, high: the earliest and the latest time it can have been, microseconds since 1970 in UTC; `high`
            is not reached. `UNKNOWN` where there is no date.
        local: the date as it was given, for articles of one outlet, whose clock is one.
        local_high: the end of what it says.
        outlet: number of the outlet (of its name, the same in every batch); -1 where it has no name.
        precision: "second", "minute", "hour", "day" or "".
    """

    low: Ints
    high: Ints
    local: Ints
    local_high: Ints
    outlet: Ints
    precision: npt.NDArray[np.object_]

    @classmethod
    def of(cls, articles: pd.DataFrame) -> "Clock":
        """Read `instant` and `precision` of the articles; where they lack them, `date` and the outlet's zone.

        A date at midnight is taken for a day. The zone of an outlet that is not in the table of outlets is
        unknown: its times may be off by what lies between Kiribati and Baker Island.

        Examples:
            >>> table = pd.DataFrame({"outlet": ["X", "X"], "date": pd.to_datetime(
            ...     ["2031-03-02 09:30", "2031-03-02 00:00"])})
            >>> ((Clock.of(table).high - Clock.of(table).low) / 3.6e9).round().tolist()
            [26.0, 50.0]
        """
        count = len(articles)
        names = articles["outlet"].fillna("").astype(str) if "outlet" in articles else pd.Series([""] * count)
        number = {
            name: zlib.crc32(name.encode("utf-8", "surrogatepass")) if name else -1 for name in names.unique()
        }
        outlet = names.map(number).to_numpy(dtype=np.int64) if count else np.zeros(0, dtype=np.int64)
        local, known = _microseconds(articles["date"] if "date" in articles else pd.Series([pd.NaT] * count))
        midnight = local % (24 * _HOUR) == 0
        precision = np.where(known, np.where(midnight, "day", "minute"), "").astype(object)
        if "precision" in articles:  # a day may bear the time at which a crawler came by
            said = articles["precision"].fillna("").astype(str).to_numpy(dtype=object)
            precision = np.where(said != "", said, precision)
        local = np.where(precision == "day", local - local % (24 * _HOUR), local)
        west, east = _ahead(names.to_numpy(dtype=object), local)
        width = _widths(precision)
        low, high = local - east, local + width - west
        if "instant" in articles:
            instant, given = _microseconds(articles["instant"])
            low, high = np.where(given, instant, low), np.where(given, instant + width, high)
            known |= given
            local = np.where(precision == "day", local - local % (24 * _HOUR), local)
        return cls(
            np.where(known, low, UNKNOWN),
            np.where(known, high, UNKNOWN),
            np.where(known, local, UNKNOWN),
            np.where(known, local + width, UNKNOWN),
            outlet,
            precision,
        )

    @classmethod
    def joined(cls, parts: Sequence["Clock"]) -> "Clock":
        """Put the times of several batches one after the other.

        Outlets are numbered by a hash of their names, so that batches agree.
        """
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__annotations__))

    @property
    def known(self) -> Bools:
        """Whether there is a date at all."""
        return np.asarray(self.low != UNKNOWN)

    @property
    def middle(self) -> Ints:
        """The middle of what is possible: the best guess, for putting articles in a row."""
        return np.where(self.known, self.low + (self.high - self.low) // 2, UNKNOWN)

    def take(self, rows: Ints | Sequence[int]) -> "Clock":
        """Return the times of some articles."""
        return Clock(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def before(self, a: Ints, b: Ints) -> Bools:
        """Return whether the articles *a* were surely published before the articles *b*, pair by pair.

        Two articles of one outlet are compared by their printed dates, others by what is known in UTC.

        Examples:
            >>> table = pd.DataFrame({"outlet": ["X", "X", "Y"], "date": pd.to_datetime(
            ...     ["2031-03-02 09:30", "2031-03-02 10:00", "2031-03-02 11:00"])})
            >>> Clock.of(table).before(np.array([0, 0]), np.array([1, 2])).tolist()
            [True, False]
        """
        same = (self.outlet[a] == self.outlet[b]) & (self.outlet[a] >= 0)
        sure = np.where(same, self.local_high[a] <= self.local[b], self.high[a] <= self.low[b])
        return np.asarray(sure & self.known[a] & self.known[b])

    def hours(self, a: Ints, b: Ints) -> npt.NDArray[np.float64]:
        """Return the hours from articles *a* to *b*; NaN where it cannot be told which of them came first."""
        same = (self.outlet[a] == self.outlet[b]) & (self.outlet[a] >= 0)
        middle = self.middle
        apart = np.where(same, self.local[b] - self.local[a], middle[b] - middle[a]) / _HOUR
        told = self.before(a, b) | self.before(b, a) | (a == b)
        return np.where(told & self.known[a] & self.known[b], apart, np.nan)


def _microseconds(dates: pd.Series) -> tuple[Ints, Bools]:
    values = pd.to_datetime(dates)
    if values.dt.tz is not None:
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    found = values.to_numpy().astype("datetime64[us]")
    known = ~np.isnat(found)
    return np.where(known, found.astype(np.int64), 0), known


def _widths(precision: npt.NDArray[np.object_]) -> Ints:
    return np.array([WIDTH.get(str(value), 0) for value in precision], dtype=np.int64)


def _ahead(outlets: npt.NDArray[np.object_], local: Ints) -> tuple[Ints, Ints]:
    """Return the least and the largest difference of each article's clock from UTC, summer time included."""
    west, east = np.full(len(local), _WEST, dtype=np.int64), np.full(len(local), _EAST, dtype=np.int64)
    for outlet in set(outlets):
        if name := zone(outlet):
            rows = outlets == outlet
            dates = pd.DatetimeIndex(local[rows].astype("datetime64[us]"))
            first = np.ones(len(dates), dtype=bool)  # of the two times that an hour strikes in autumn
            there = dates.tz_localize(time_zone(name), ambiguous=first, nonexistent="shift_forward")
            utc = there.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]")
            west[rows] = east[rows] = local[rows] - utc.astype(np.int64)
    return west, east


def in_zone(articles: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the articles with the `date` and `zone` of one clock, where `instant` is finer than a day."""
    require(articles, ("date", "instant", "precision", "zone"), "the table of articles")
    clock = time_zone(name)
    known = (articles["instant"].notna() & ~articles["precision"].isin(("day", ""))).to_numpy()
    there = pd.to_datetime(articles["instant"]).dt.tz_localize("UTC").dt.tz_convert(clock)
    moved = there.dt.tz_localize(None).astype(articles["date"].dtype)
    return articles.assign(
        date=articles["date"].where(~known, moved), zone=articles["zone"].where(~known, name)
    )
