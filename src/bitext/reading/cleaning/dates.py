"""Dates as news pages write them. Precision first: what is not surely a date is none."""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from unicodedata import normalize

from bitext.reading.cleaning.zones import LETTERS, ahead

_MONTHS = {
    **{name: month for month, name in enumerate(calendar.month_name) if name},
    **{name: month for month, name in enumerate(calendar.month_abbr) if name},
    "Sept": 9,
}
_MONTH = (
    r"(?P<mon>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_CLOCK = (
    r"(?:[ T,，/|·]*(?:at[ ])?(?P<hh>[01]?\d|2[0-3])[:：](?P<mi>[0-5]\d)(?:[:：](?P<ss>[0-5]\d)(?:\.\d+)?)?"
    r"(?:\s*(?P<ap>[AaPp])\.?[Mm]\.?)?"
    rf"(?:\s*\(?(?P<zone>(?:GMT|UTC)\s?[+-]\d\d?(?::?\d\d)?|[+-]\d\d:?\d\d|Z|GMT|UTC|{'|'.join(LETTERS)})(?!\w))?)?"
)

#: Forms of a date, most telling first; each with the clock time that may follow.
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        # RFC 2822: Thu, 07 Mar 2024 14:30:33 GMT
        rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)(?P<d>\d{{1,2}})\s+{_MONTH}\s+(?P<y>\d{{4}}){_CLOCK}",
        # 2024-03-07, 2024/3/7, 2024.3.7, with or without a time
        rf"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d){_CLOCK}",
        # 2024年3月7日, 二〇二四 is left alone
        rf"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号號]{_CLOCK}",
        # 民國113年3月7日
        rf"民[国國]\s*(?P<roc>\d{{2,3}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日{_CLOCK}",
        # 07/03/2024: day first, as RFI writes it; month first where only that makes a date
        rf"(?<![\d/])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>(?:19|20)\d\d)(?!\d)(?:\s*-\s*)?{_CLOCK}",
        # 07.03.2024, 7-Mar-2024: day first
        rf"(?<![\d.])(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>(?:19|20)\d\d)(?!\d){_CLOCK}",
        rf"(?<!\d)(?P<d>\d{{1,2}})-{_MONTH}-(?P<y>(?:19|20)\d\d)(?!\d){_CLOCK}",
        # March 7, 2024; Mar 9th 2021
        rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)(?!\d){_CLOCK}",
        # 7 March 2024
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<y>(?:19|20)\d\d)(?!\d){_CLOCK}",
    )
]
#: What every form holds.
_YEAR = re.compile(r"\d{4}|民[国國]")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])")
#: The ROC calendar's day at the end of a CNA story: 1130307 is 2024-03-07.
_ROC = re.compile(r"(?P<roc>\d{2,3})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])")
_IN_ADDRESS = re.compile(
    r"""
    # 1 /2024/3/7/, 2024-03-07-title
    /(?P<y>(?:19|20)\d\d)[/-](?P<m>0?[1-9]|1[0-2])[/-](?P<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)
    # 2 20240307, 202403070123
  | (?<!\d)(?P<y1>20\d\d)(?P<m1>0[1-9]|1[0-2])(?P<d1>0[1-9]|[12]\d|3[01])(?=\d{4}\b|[-/._]|$)
    # 3 /gb/23/7/3/n
  | /(?P<y2>\d\d)/(?P<m2>1[0-2]|[1-9])/(?P<d2>[12]\d|3[01]|[1-9])/n
    # 4 al-03112021072754
  | -(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?P<y3>20\d\d)\d{6}\b
    """,
    re.VERBOSE,
)
#: What stands before the date in a cell.
_LABEL = re.compile(
    r"""
    ^(?:(?:Date|Time)\s*[:：]|(?:Published|Posted|Updated|Released)(?:\s+on)?\s*[:：]?(?=\W)     # 1 English
    |(?:发布|發布|發佈|发表|發表|刊登|更新|出版)?(?:时间|時間|日期)\s*[:：]?(?=\W|\d))\s*   # 2 Chinese
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: 上午8:05, 下午 3点05分, 08时30分 in a cell.
_CHINESE_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|凌晨|早上|中午)?\s*(?P<h>\d{1,2})\s*[时時点點:：]\s*(?P<m>\d\d)\s*分?(?:(?P<s>\d\d)秒)?"
)
#: Months as tables kept in German, French and Spanish name them.
_OTHER_MONTHS = {
    name: number
    for months in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(months.split(), 1)
    if name.title() not in _MONTHS
}
_OTHER_DATE = re.compile(
    rf"(?P<d>\d{{1,2}})(?:\.|er|º)?\s+(?:de\s+)?(?P<m>{'|'.join(_OTHER_MONTHS)})\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)",
    re.IGNORECASE,
)
#: Digits of 二〇二四年五月十三日.
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DIGIT = re.compile(r"\d")
#: What may stand around a date without being more than that.
_TRIM = re.compile(r"[\W_]|星期[一-日天]|[A-Za-z]{2,9}day|讯|訊")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Moment:
    """A date found in a text.

    Attributes:
        when: the date, with the clock time where one is given.
        timed: it has a clock time.
        ahead: minutes that this clock is ahead of UTC, where the text says so; None: the outlet's own clock.
        start: where its text begins.
        end: where its text ends.
    """

    when: datetime
    timed: bool = False
    ahead: int | None = None
    start: int = 0
    end: int = 0

    @property
    def precision(self) -> str:
        """How exact it is: "second", "minute" or "day". Midnight to the second is how tables write a day."""
        if not self.timed or self.when == datetime.combine(self.when, time()):
            return "day"
        return "second" if self.when.second else "minute"


def find(text: str) -> Moment | None:
    """Return the first full date (day, month and year) in *text*; None where there is none.

    Examples:
        >>> find("【大纪元2023年07月03日讯】").when.isoformat()
        '2023-07-03T00:00:00'
        >>> find("Thu, 07 Mar 2024 14:30:33 GMT")
        Moment(when=datetime.datetime(2024, 3, 7, 14, 30, 33), timed=True, ahead=0, start=0, end=29)
        >>> find("去年8月") is None
        True
    """
    best: Moment | None = None
    if _YEAR.search(text):
        for form in _FORMS:
            match = form.search(text)
            moment = _moment(match) if match else None
            if moment and (best is None or moment.start < best.start):
                best = moment
                if best.start == 0:
                    break
    return best


@lru_cache(maxsize=4096)
def whole(text: str) -> Moment | None:
    """Return the date that *text* is, as a table or a header holds it; None where it is anything else.

    Examples:
        >>> whole("20240307").when.day, whole("1709822345000").when.year, whole("1130307").when.year
        (7, 2024, 2024)
        >>> whole("seized on 2024-03-07") is None
        True
    """
    text = _westernised(unlabelled(text if text.isascii() else normalize("NFKC", text)))
    if not _DIGIT.search(text):
        return None
    if text.replace(".", "", 1).isdecimal() and len(text.partition(".")[0]) in (5, 10):
        text = text.partition(".")[0]  # 1709822345.123
    if text.isdecimal():
        if len(text) in (10, 13, 16, 19):
            return epoch(text)
        if len(text) == 5 and text[0] in "2345":  # days since 1900, as spreadsheets count them
            return Moment(datetime(1899, 12, 30) + timedelta(days=int(text)))
        if len(text) in (12, 14) and text[:2] in ("19", "20"):  # 20240513080000
            return find(f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[8:10]}:{text[10:12]}:{text[12:] or '00'}")
        match = _COMPACT.fullmatch(text) or _ROC.fullmatch(text)
        return _moment(match) if match else None
    found = find(text)
    rest = (text[: found.start] + text[found.end :]) if found else text
    if found and (not rest or len(_TRIM.sub("", rest)) <= 3):
        return found
    try:
        parsed = datetime.fromisoformat(text) if text[:1].isdecimal() else parsedate_to_datetime(text)
    except ValueError:
        return _clock_first(text)
    offset = parsed.utcoffset()
    minutes = None if offset is None else int(offset.total_seconds() // 60)
    return Moment(parsed.replace(tzinfo=None), timed=True, ahead=minutes)


def _westernised(text: str) -> str:
    """Return a cell with Chinese numerals and clocks, and months of other languages, as others are written.

    Examples:
        >>> _westernised("二〇二四年五月十三日 下午3点05分")  # 13 May 2024, five past three in the afternoon
        '2024年5月13日 15:05'
    """
    text = _OTHER_DATE.sub(lambda day: f"{day['y']}-{_OTHER_MONTHS[day['m'].lower()]}-{day['d']}", text)
    if text.isascii():
        return re.sub(r"\(?(?:GMT|UTC)\s*([+-])(\d)(?::?00)?\)?$", r"\g<1>0\g<2>00", text)
    if "年" in text and text[0] in "一二":
        text = re.sub("(?<=[一二三])十(?=[一-九])", "", text.replace("廿", "二十"))
        text = re.sub("(?<=[一二三])十", "0", re.sub("(?<![一二三])十(?=[一-九])", "1", text))
        text = text.replace("十", "10").translate(_NUMERALS)
    return _CHINESE_CLOCK.sub(_western_clock, text)


def _western_clock(match: re.Match[str]) -> str:
    if not match["half"] and ":" in match[0].replace("：", ":"):
        return match[0]
    hour = int(match["h"]) % 24
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    return f" {hour:02}:{match['m']}" + (f":{match['s']}" if match["s"] else "")


def _clock_first(text: str) -> Moment | None:
    """Return the date of a cell that gives the time first: 15:45, 5-Mar-2031."""
    clock = re.match(r"\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?", text)
    rest = text[clock.end() :].strip(" ,，") if clock else ""
    return whole(f"{rest} {clock[0]}") if clock and rest and not re.search(r"\d:\d", rest) else None


def unlabelled(text: str) -> str:
    """Return a cell without quotation marks and without what calls it a date.

    Examples:
        >>> unlabelled("Published: March 5, 2031"), unlabelled("发布时间：2031-03-05")  # time of publication
        ('March 5, 2031', '2031-03-05')
    """
    return _LABEL.sub("", text.strip().strip("\"'"))


def why_none(text: str) -> str:
    """Return why no date can be read in a cell, and what to write.

    Examples:
        >>> why_none("May 13")
        "no date can be read in 'May 13': it names no year; write 2024-05-13"
    """
    given = unlabelled(text)
    if not _DIGIT.search(given):
        reason = "it holds no number"
    elif not _YEAR.search(given):
        reason = "it names no year"
    elif given.isdecimal():
        reason = "a number that is neither a day nor a time"
    else:
        reason = "not a day that there is, or not in a form that is known"
    return f"no date can be read in {text.strip()[:60]!r}: {reason}; write 2024-05-13"


def epoch(text: str) -> Moment | None:
    """Return the moment of a Unix time in seconds; with 13, 16, 19 digits in thousandths, millionths, ….

    Examples:
        >>> epoch("1709822345000").when.isoformat()
        '2024-03-07T14:39:05'
    """
    seconds = int(text) // 10 ** {13: 3, 16: 6, 19: 9}.get(len(text), 0)
    when = datetime(1970, 1, 1) + timedelta(seconds=seconds)
    return Moment(when, timed=True, ahead=0) if _FIRST_YEAR <= when.year <= _LAST_YEAR else None


def republic(text: str) -> Moment | None:
    """Return the date of a day in the ROC calendar, written in six or seven digits.

    Examples:
        >>> republic("1100314").when.date().isoformat()
        '2021-03-14'
    """
    match = _ROC.fullmatch(text)
    return _moment(match) if match else None


def in_address(address: str) -> Moment | None:
    """Return the date in the path of a URL or in a file name; None where there is none.

    Examples:
        >>> in_address("https://www.epochtimes.com/gb/23/7/3/n14027407.htm").when.date().isoformat()
        '2023-07-03'
        >>> in_address("https://a.example/world/20240307/story/").when.date().isoformat()
        '2024-03-07'
    """
    for match in _IN_ADDRESS.finditer(address):
        moment = _moment(match)
        if moment:
            return moment
    return None


def _moment(match: re.Match[str]) -> Moment | None:
    groups = {key.rstrip("123"): value for key, value in match.groupdict().items() if value is not None}
    if "roc" in groups:
        year = int(groups["roc"]) + 1911
    else:
        year = int(groups["y"]) + (2000 if len(groups["y"]) == 2 else 0)
    month = _MONTHS[groups["mon"].title()] if "mon" in groups else int(groups["m"])
    day = int(groups["d"])
    if month > 12 and day <= 12 and match.re is _FORMS[4]:
        day, month = month, day
    hour = int(groups.get("hh", 0))
    if "ap" in groups and hour <= 12:
        hour = hour % 12 + (12 if groups["ap"].lower() == "p" else 0)
    try:
        when = datetime(year, month, day, hour, int(groups.get("mi", 0)), int(groups.get("ss", 0)))
    except ValueError:
        return None  # 2021-13-45
    return Moment(when, "hh" in groups, ahead(groups.get("zone", "")), *match.span())
