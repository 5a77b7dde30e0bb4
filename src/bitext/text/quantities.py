"""Numbers and dates as values that both languages share: 63亿 and 6.3 billion are one figure.

What two reports of one event have in common, whatever their language, are names and figures. This finds the
figures: amounts with their Chinese or English magnitude, and days of the year. Small bare integers and bare
years are left out, because every article has them.
"""

import re

#: Magnitudes, in both scripts and both languages.
_MAGNITUDES = {
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "亿": 1e8,
    "億": 1e8,
    "万亿": 1e12,
    "兆": 1e12,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_FIGURE = re.compile(
    rf"""
      (?P<zh_month>1[0-2]|0?[1-9])\s?月\s?(?P<zh_day>3[01]|[12]\d|0?[1-9])\s?(?:日|号|號)   # 7月3日
    | \b(?P<en_month>{_MONTH})\.?\s(?P<day_after>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b  # July 3
    | \b(?P<day_before>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s(?P<month_after>{_MONTH})\b # 3 July
    | (?<![\d.,])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)
      \s?(?P<magnitude>万亿|万億|萬億|[百千万萬亿億兆]|(?:trillion|billion|million|bn|tn|m)\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)

#: Bare integers up to this are days, hours, counts of anything.
_SMALL = 12
_YEARS = range(1900, 2101)


def figures(text: str) -> list[str]:
    """Return the figures of *text* in order: "03-18" for days, "6.3e+09" for amounts (three digits).

    Examples:
        >>> figures("7月3日，欧盟拨款63亿美元，涨3.5%，共12家")
        ['07-03', '6.3e+09', '3.5']
        >>> figures("On July 3 the EU gave $6.3 billion, up 3.5%, to 12 firms in 2023")
        ['07-03', '6.3e+09', '3.5']
    """
    found = []
    for match in _FIGURE.finditer(text):
        value = _day(match) if match["number"] is None else _amount(match["number"], match["magnitude"])
        if value:
            found.append(value)
    return found


def _day(match: re.Match[str]) -> str:
    name = match["en_month"] or match["month_after"]
    month = _MONTHS[name.lower()] if name else int(match["zh_month"])
    day = int(match["zh_day"] or match["day_after"] or match["day_before"])
    return f"{month:02d}-{day:02d}"


def _amount(number: str, magnitude: str | None) -> str:
    value = float(number.replace(",", ""))
    if magnitude is None and value.is_integer() and (value <= _SMALL or int(value) in _YEARS):
        return ""
    unit = (magnitude or "").lower().replace("億", "亿").replace("萬", "万")
    return f"{value * _MAGNITUDES.get(unit, 1.0):.3g}"
