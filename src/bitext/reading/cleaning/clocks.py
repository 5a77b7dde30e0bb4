"""Dates that one document holds → the one of its publication: the outlet's clock, the instant, how exact."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bitext.errors import LexiconError
from bitext.reading.cleaning import zones
from bitext.reading.cleaning.dates import Moment

#: A feed's own time and the time that the page prints belong together when they are this close.
_CLOSE = timedelta(hours=36)

#: Where the date of an article can come from: the values of its column `date_source`.
SOURCES = ("given", "printed", "page", "feed", "address", "")


@dataclass(frozen=True, slots=True)
class FoundDates:
    """The dates that a document holds, by what says them.

    Attributes:
        given: what the caller or a table says.
        printed: what the article itself prints, the most exact first.
        days: days that stand alone in a line, which may be those of something else.
        page: what the page says of itself where no reader sees it: `<meta>`, JSON-LD.
        feed: what the feed or the head of a dump says; it may be when the feed was made.
        crawled: when a crawler says that it fetched the document.
        address: a day in the address.
        file: a day in the name of the file.
    """

    given: Moment | None = None
    printed: tuple[Moment, ...] = ()
    days: tuple[Moment, ...] = ()
    page: Moment | None = None
    feed: Moment | None = None
    crawled: Moment | None = None
    address: Moment | None = None
    file: Moment | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """When an article was published, and who says so: see `schema.CLOCK`."""

    date: datetime | None = None
    instant: datetime | None = None
    precision: str = ""
    zone: str = ""
    date_source: str = ""
    date_printed: str = ""
    date_feed: str = ""
    date_crawled: str = ""


def choose(found: FoundDates, zone: str, *, may_be_crawled: bool = False) -> Dated:
    """Choose among the dates that a document holds, and put it on the outlet's clock.

    The caller's word comes first. What the page prints comes before what the feed says where both are of the
    same day and a half; where they are further apart, the printed one is the date of something else.

    Args:
        found: the dates.
        zone: the zone of the outlet: an IANA name, or hours ahead of UTC; "" where that is not known.
        may_be_crawled: the feed's time may be when it was fetched: it is then exact to the day, no finer.

    Examples:
        >>> from bitext.reading.cleaning.dates import find
        >>> feed, printed = find("2031-03-05 07:41:12Z"), find("2031-03-05 15:20")
        >>> chosen = choose(FoundDates(feed=feed, printed=(printed,)), "Asia/Taipei")
        >>> str(chosen.date), str(chosen.instant), chosen.precision, chosen.date_source
        ('2031-03-05 15:20:00', '2031-03-05 07:20:00', 'minute', 'printed')
        >>> str(choose(FoundDates(feed=feed), "Asia/Taipei", may_be_crawled=True).instant)
        '2031-03-04 16:00:00'
    """
    moment, source = _best(found)
    if moment is None:
        return Dated(date_crawled=_iso(found.crawled))
    precision = "day" if source == "feed" and may_be_crawled else moment.precision
    date, name = _local(moment, zone or _zone_said(moment, found.page or found.feed))
    instant = None
    if clock := time_zone(name) if name else None:
        instant = instant_of(date, precision, clock)
    return Dated(
        date,
        instant,
        precision,
        name,
        source,
        _iso(next(iter(found.printed + found.days), None)),
        _iso(found.feed or found.page),
        _iso(found.crawled),
    )


def _best(found: FoundDates) -> tuple[Moment | None, str]:
    if found.given:
        return found.given, "given"
    said, source = (found.page, "page") if found.page else (found.feed, "feed")
    if said:
        close = [moment for moment in found.printed if abs(moment.when - said.when) < _CLOSE]
        return (close[0], "printed") if close and said.ahead is not None else (said, source)
    # A bare day ahead of the one that the file is named after is that of an event.
    ahead = found.file.when + _CLOSE if found.file else datetime.max
    printed = [moment for moment in (*found.printed, *found.days) if moment.timed or moment.when <= ahead]
    if printed:
        return printed[0], "printed"
    named = found.address or found.file
    return (named, "address") if named else (None, "")


def _local(moment: Moment, zone: str) -> tuple[datetime, str]:
    """Return the moment on the outlet's clock, and the name of the zone of that clock, "" if unknown."""
    if moment.ahead is None or moment.precision == "day":
        return moment.when, zone
    written = timezone(timedelta(minutes=moment.ahead))
    if not zone:
        return moment.when, "UTC" if moment.ahead == 0 else zones.written(moment.ahead)
    return moment.when.replace(tzinfo=written).astimezone(time_zone(zone)).replace(tzinfo=None), zone


def _zone_said(printed: Moment, said: Moment | None) -> str:
    """Return the zone of a printed time by what the page or feed says of the same moment; "" if nothing does.

    That is told where both are one time on the clock, or where the other is in UTC and full hours apart.

    Examples:
        >>> from bitext.reading.cleaning.dates import find
        >>> printed = find("2031-03-05 15:20")
        >>> said = "2031-03-05T15:20:09-05:00", "2031-03-05T07:20:41Z"
        >>> [_zone_said(printed, find(one)) for one in said]
        ['-05:00', '+08:00']
        >>> _zone_said(printed, find("2031-03-05T15:20:00Z"))
        ''
    """
    if said is None or said.ahead is None or printed.ahead is not None or not (printed.timed and said.timed):
        return ""
    apart = printed.when.replace(second=0) - said.when.replace(second=0)
    minutes = apart / timedelta(minutes=1)
    if not said.ahead and abs(minutes) <= zones.FARTHEST and not minutes % 60:
        ahead = minutes
    elif apart:
        return ""
    else:
        ahead = said.ahead
    return zones.written(ahead) if ahead else ""


def instant_of(date: datetime, precision: str, clock: tzinfo) -> datetime:
    """Return the moment in UTC of a *date* on a *clock*: a day begins at that clock's midnight."""
    start = date.replace(hour=0, minute=0, second=0, microsecond=0) if precision == "day" else date
    return start.replace(tzinfo=clock).astimezone(UTC).replace(tzinfo=None)


@cache
def time_zone(name: str) -> tzinfo:
    """Return the zone of an IANA name, of hours ahead of UTC ("-5", "5.5"), or of "+08:00".

    Raises:
        LexiconError: it is none of these.

    Examples:
        >>> time_zone("5.5").utcoffset(None), time_zone("-03:30").utcoffset(None), str(time_zone("UTC"))
        (datetime.timedelta(seconds=19800), datetime.timedelta(days=-1, seconds=73800), 'UTC')
    """
    try:
        if ":" in name:
            hours, minutes = name[1:].split(":")
            ahead = timedelta(hours=int(hours), minutes=int(minutes))
            return timezone(-ahead if name[0] == "-" else ahead)
        return timezone(timedelta(hours=float(name)))
    except ValueError:
        pass
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise LexiconError(
            f"unknown time zone {name!r}; write an IANA name such as 'Asia/Shanghai', or hours ahead of UTC"
        ) from None


def check_zone(name: str) -> None:
    """Raise LexiconError unless *name* is a zone, or ""."""
    if name:
        time_zone(name)


def _iso(moment: Moment | None) -> str:
    """Return a moment as ISO 8601, as exact as it is, with its zone where it says one; "" for None."""
    if moment is None:
        return ""
    if not moment.timed:
        return moment.when.date().isoformat()
    if moment.ahead is None:
        return moment.when.isoformat()
    return moment.when.replace(tzinfo=timezone(timedelta(minutes=moment.ahead))).isoformat()
