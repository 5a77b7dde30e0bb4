"""Printed times beside instants of feeds → the clock of outlets whose time zone nobody has told.

Of an outlet that is not in the table of outlets a printed time is local to nobody knows where. But where its
pages print an hour and a feed, or the head of a page, gives the instant, the difference is its clock's, less
the time by which the feed is later.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from bitext.reading.cleaning.clocks import instant_of, time_zone
from bitext.reading.cleaning.zones import written

#: Minutes ahead of UTC that clocks on Earth show, without the quarters of the Chatham Islands and Eucla.
_AHEAD = (*range(-12 * 60, 14 * 60 + 1, 30), 345)
#: Zones of summer time, of which one is taken where no fixed difference fits.
_SEASONAL = (
    "Europe/London", "Europe/Berlin", "Europe/Kyiv", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "Australia/Sydney",
)  # fmt: skip
#: A feed is so many minutes early or late at most where it gives the time of publication.
_EARLY, _LATE = 2, 5
#: Pairs that are enough where at least this share has the same difference.
_FEW, _SAME = 5, 0.8
#: Feeds that are made later: so many pairs, such a share with hardly any delay, and hardly any that is early.
_MANY, _PROMPT, _WRONG = 10, 0.1, 0.05
#: A printed time and an instant farther apart are of different things.
_APART = timedelta(hours=36)
#: A date outside of these is none, but what a program writes for none: 0001-01-01.
_YEARS = range(1900, 2200)
_WRITTEN = re.compile(r"UTC|[+-]\d\d:\d\d")


class Clocked(NamedTuple):
    """What is known of the time of an article; see `clocks.Dated`."""

    date: datetime | None
    instant: datetime | None
    precision: str
    zone: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The instant of a feed, minutes since 1970, and by how many the printed time is ahead of it."""

    instant: int
    ahead: float


#: outlet → pairs of its articles.
Pairs = Mapping[str, tuple[Pair, ...]]


def pairs(rows: Iterable[tuple[str, str, str, str, str]]) -> dict[str, tuple[Pair, ...]]:
    """Collect the pairs of outlets without a known zone.

    Args:
        rows: of each article outlet, ``zone``, ``date_source``, ``date_printed`` and ``date_feed``.

    Examples:
        >>> pairs([("X", "", "printed", "2031-03-05T15:20:00", "2031-03-05T07:21:00+00:00")])
        {'X': (Pair(instant=32174361, ahead=479.0),)}
    """
    found: dict[str, list[Pair]] = {}
    for outlet, zone, source, printed, feed in rows:
        # A zone in hours was told by this page alone (`clocks.choose`): one of the pairs of its outlet.
        known = zone and not _WRITTEN.fullmatch(zone)
        if not outlet or known or source != "printed" or "T" not in printed or "T" not in feed:
            continue
        local, instant = datetime.fromisoformat(printed), datetime.fromisoformat(feed)
        if local.tzinfo is None and instant.tzinfo is not None and instant.year in _YEARS:
            utc = instant.astimezone(time_zone("UTC")).replace(tzinfo=None)
            if abs(local - utc) < _APART:
                minute = int((utc - datetime(1970, 1, 1)) / timedelta(minutes=1))
                ahead = (local - utc) / timedelta(minutes=1)
                found.setdefault(outlet, []).append(Pair(minute, ahead))
    return {outlet: tuple(of) for outlet, of in found.items()}


def merged(parts: Iterable[Pairs], spellings: Mapping[str, str]) -> dict[str, tuple[Pair, ...]]:
    """Put together what several batches hold of each outlet, under its usual spelling."""
    found: dict[str, list[Pair]] = {}
    for part in parts:
        for outlet, of in part.items():
            found.setdefault(spellings.get(outlet, outlet), []).extend(of)
    return {outlet: tuple(of) for outlet, of in found.items()}


def learned(found: Pairs) -> dict[str, str]:
    """Return the zone of each outlet whose pairs agree on one.

    They agree where four of five have the same difference, or where it is a hard limit: no feed is earlier,
    and one in ten is hardly later. A zone with summer time is only taken where no fixed difference fits.

    Examples:
        >>> hour = [Pair(32176761 + 600 * i, 480.0 - delay) for i, delay in enumerate([0, 0, 1, 0, 2])]
        >>> learned({"X": tuple(hour), "Y": tuple(hour[:3])})
        {'X': '+08:00'}
    """
    zones = {}
    for outlet, of in sorted(found.items()):
        instants = np.array([pair.instant for pair in of])
        ahead = np.array([pair.ahead for pair in of])
        fixed = [minutes for minutes in _AHEAD if _agree(minutes - ahead)]
        if len(fixed) == 1:
            zones[outlet] = written(fixed[0])
        elif not fixed:
            seasonal = [name for name in _SEASONAL if _agree(_ahead(name, instants) - ahead)]
            if len(seasonal) == 1:
                zones[outlet] = seasonal[0]
    return zones


def _agree(late: np.ndarray) -> bool:
    """Say whether feeds that are so many minutes later than a clock would have it are those of that clock."""
    prompt = float(((late >= -_EARLY) & (late <= _LATE)).mean())
    early = float((late < -_EARLY).mean())
    if len(late) >= _FEW and prompt >= _SAME:
        return True
    return len(late) >= _MANY and prompt >= _PROMPT and prompt * len(late) >= _FEW / 2 and early <= _WRONG


def _ahead(name: str, instants: np.ndarray) -> np.ndarray:
    """Return how many minutes a clock is ahead of UTC at these instants."""
    zone, start = time_zone(name), datetime(1970, 1, 1, tzinfo=time_zone("UTC"))
    offsets = ((start + timedelta(minutes=int(one))).astimezone(zone).utcoffset() for one in instants)
    return np.array([(one or timedelta()) / timedelta(minutes=1) for one in offsets])


def on_clock(known: Clocked, zone: str) -> Clocked:
    """Put the time of an article on its outlet's clock, when that is learned.

    A time without a zone gets its instant; one that was written in another zone is shown by the outlet's
    clock. A day is the outlet's day, and begins there.

    Examples:
        >>> printed = Clocked(datetime(2031, 3, 5, 15, 20), None, "minute", "")
        >>> str(on_clock(printed, "+08:00").instant)
        '2031-03-05 07:20:00'
        >>> feed = Clocked(datetime(2031, 3, 5, 22, 0), datetime(2031, 3, 5), "day", "UTC")
        >>> [str(part) for part in on_clock(feed, "+08:00")]
        ['2031-03-06 06:00:00', '2031-03-05 16:00:00', 'day', '+08:00']
    """
    if known.date is None or not (known.zone == "" or _WRITTEN.fullmatch(known.zone)):
        return known
    if known.date.year not in _YEARS:
        return known
    clock, date = time_zone(zone), known.date
    bare = known.precision == "day" and date.time() == datetime.min.time()
    if known.zone and not bare:
        date = date.replace(tzinfo=time_zone(known.zone)).astimezone(clock).replace(tzinfo=None)
    instant = instant_of(date, known.precision, clock)
    return Clocked(date, instant, known.precision, zone)


def told(zones: Mapping[str, str], found: Pairs) -> Sequence[tuple[str, str, str]]:
    """Return a row of problems for each outlet whose clock was learned: what, and from how much."""
    return [
        (
            outlet,
            "assumed",
            f"the outlet's clock is taken to be {zone}, from {len(found[outlet])} articles that print a time "
            "where a feed or the page's head gives the instant; outlets.tsv can say another zone",
        )
        for outlet, zone in zones.items()
    ]
