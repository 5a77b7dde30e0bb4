"""Figures in a text, as both languages share them: 92万6793人 and 926,793 people are one value in one unit.

What two reports of one event have in common, whatever their language, are names and figures; what they
disagree on are figures, too. Each is read with its unit and with the place of its last printed digit: 104.2
and 104.19 agree, 4465 and 4474 do not.
"""

import re
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from bitext.text.numerals import EN_WORDS, MAGNITUDES, chinese, english, fraction, tidy
from bitext.text.units import CURRENCIES, unit_after

_TRADITIONAL = str.maketrans("萬億兩點餘來幾號％", "万亿两点余来几号%")
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
_ZH_NUMERAL = "零〇一二两三四五六七八九十百千"
_EN_NUMERAL = "|".join(sorted(EN_WORDS, key=len, reverse=True))

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_POWER = "hundred|thousand|million|billion|trillion"
#: Where a figure can begin: found at once, and only there is the pattern tried.
_BEGINS = re.compile(f"[0-9]+|[{_ZH_NUMERAL}]+")
_WORDS = AhoCorasick(sorted({*_MONTHS, *EN_WORDS, "half a ", *(f"a {word}" for word in _POWER.split("|"))}))
_FIGURE = re.compile(
    rf"""
      # 1. 7月3日
      (?P<zh_month>1[0-2]|0?[1-9])\s?月\s?(?P<zh_day>{_DAY})\s?[日号]
      # 2. July 3
    | (?P<en_month>{_MONTH})\.?\s(?P<day_after>{_DAY})(?:st|nd|rd|th)?\b(?!,\d{{3}})
      # 3. 3 July
    | (?P<day_before>{_DAY})(?:st|nd|rd|th)?\s(?P<month_after>{_MONTH})\b
      # 4. 三分之二, one in ten (but "the second one in two weeks")
    | (?P<parts>[二三四五六七八九十])分之(?P<taken>[一二三四五六七八九])(?![{_ZH_NUMERAL}])
    | (?:one|1)\sin\s(?P<one_in>{_EN_NUMERAL}|[1-9]\d?)\b
      (?![-.,%]?\d|\s(?:hundred|thousand|million|seconds|minutes|hours|days|weeks|months|years|decades|{_MONTH})\b)
      # 5. 6.3 billion, 15.8万, 92万6793, 25兆3000亿
    | (?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)
      (?:\s?(?P<some>[多余])?(?P<magnitude>万亿|[百千万亿兆]|(?:{_POWER}|bn|tn|mn|m)\b))?
      (?P<rest>(?<=[万亿兆])\d{{1,4}}(?![\d,.])(?:万亿|[百千万亿])?(?:(?<=[万亿])\d{{1,4}}(?![\d,.]))?)?
      # 6. 三千五百万
    | (?P<chinese>
        [零〇一二两三四五六七八九十][{_ZH_NUMERAL}]*(?:点[零〇一二三四五六七八九]+)?
        (?P<odd>[多余](?=[万亿兆]))?(?:万亿|[万亿兆])?
        (?:[{_ZH_NUMERAL}]+万?)?
      )
      # 7. half a million
    | half\sa\s(?P<half>{_POWER})\b
      # 8. two million, two hundred and six, twenty-five, twenty
    | (?P<english>
        (?:a\s(?:{_POWER})|{_EN_NUMERAL})(?:(?:-|\s|\sand\s)(?:{_EN_NUMERAL}|{_POWER})){{0,7}}
      )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: What stands before a number and belongs to it.
_BEFORE = re.compile(
    r"""
      (?P<share>百分之)\s?$                            # 1. 百分之27
    | (?P<sign>US\$|HK\$|NT\$|RMB|[$£€¥￥])\s?$        # 2. $6.3bn
    | (?P<money>港币|新台币|台币|人民币)\s?$            # 3. 港币1766亿元
    | (?P<vague>[数第])$                                # 4. 数十亿, 第二十: no figure
    | (?P<part>[A-Za-z]-?|\d[.,])$                      # 5. COVID-19, v2, 3.5.7: part of a name
    """,
    re.VERBOSE,
)
#: Words before a number that make it a round one.
_ABOUT = re.compile(
    r"""(?:
      约|逾|近|超过|大约|接近|将近|至少|不到|多达|数
    | \b(?:about|around|nearly|almost|over|some|roughly|approximately)\s
    | \b(?:more\sthan|less\sthan|at\sleast|up\sto)\s
    )\s?$""",
    re.VERBOSE | re.IGNORECASE,
)
#: What makes a word with 成 before it.
_WITH_CHENG = "功为為员員交本立长長绩績果就分熟型人年品语語份色套对對群都因品行"
#: 9成, 九成五: tenths; not 成功, 成员 and other words that begin with 成.
_TENTHS = re.compile(rf"成(?P<more>[半一二三四五六七八九])?(?![{_WITH_CHENG}])")
_ALL = 10
#: Per cent by which fractions of few parts lie apart: a quarter is not a fifth, 33% is a third.
_OF_FRACTION = 5.0
#: A capital right behind the digits: 5G and 3D are names.
_NAME_GOES_ON = re.compile("[A-Z]")
_REST = re.compile(r"(\d+)(万亿|[百千万亿])?")

#: Bare integers up to this are days, hours, counts of anything.
_SMALL = 12
_YEARS = range(1900, 2101)


class Quantity(NamedTuple):
    """One figure of a text.

    Attributes:
        value: the number; of a day of the year month * 100 + day.
        place: what the last printed digit counts: 0.1 of 104.2, 1 of 4,465, 10,000 of 15万. Of round numbers
            behind "about" or before 多, the place of the last digit that is not 0.
        unit: "person", "usd", "percent", ...; "" where none follows; "date" for a day of the year.
        start, end: offsets into the text, unit included.
    """

    value: float
    place: float
    unit: str
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Return the figures of *text* (either script, either language) in order.

    Examples:
        >>> [(q.value, q.place, q.unit) for q in quantities("确诊92万6793人，增15.8万，占百分之二十七")]
        [(926793.0, 1.0, 'person'), (158000.0, 1000.0, ''), (27.0, 1.0, 'percent')]
        >>> [(q.value, q.place, q.unit) for q in quantities("预防效果达9成, 三千多万人, 六成五")]
        [(90.0, 10.0, 'percent'), (30000000.0, 10000000.0, 'person'), (65.0, 1.0, 'percent')]
        >>> [(q.value, q.place, q.unit) for q in quantities("五分之一的居民, one in ten residents")]
        [(20.0, 5.0, 'percent'), (10.0, 5.0, 'percent')]
        >>> quantities("5G, 3D printing, COVID-19")
        []
        >>> [(q.value, q.place, q.unit) for q in quantities("two million doses, $6.3bn, on July 3")]
        [(2000000.0, 1000000.0, 'dose'), (6300000000.0, 100000000.0, 'usd'), (703.0, 1.0, 'date')]
    """
    plain = text.translate(_TRADITIONAL)
    found: list[Quantity] = []
    reach = 0
    for begin in _beginnings(plain):
        if begin < reach:
            continue
        match = _FIGURE.match(plain, begin)
        read = _read(plain, match) if match else None
        if read:
            found.append(read)
        reach = match.end() if match else begin + 1
    return found


def _beginnings(plain: str) -> list[int]:
    """Return where figures may begin, in order."""
    begins = [match.start() for match in _BEGINS.finditer(plain)]
    lower = plain.lower()
    if len(lower) == len(plain):  # a text with İ loses its number words
        words = _WORDS.find_matches_as_indexes(lower, overlapping=True)
        begins += {at for _, at, _ in words if not (at and lower[at - 1].isalnum())}
    return sorted(begins)


def _read(plain: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if day := _day(match):
        return Quantity(*day, "date", start, end)
    if share := fraction(match["taken"] or "one", match["parts"] or match["one_in"] or ""):
        return Quantity(share, _OF_FRACTION, "percent", start, end)
    before = _BEFORE.search(plain, max(0, start - 4), start)
    if before and (before["vague"] or (before["part"] and not match["chinese"])):
        return None
    amount = _amount(match)
    if amount is None:
        return None
    value, place = amount
    if tenths := _TENTHS.match(plain, end):
        if value > _ALL:
            return None
        value, place = _of_tenths(value, place, tenths["more"])
        unit, end, more = "percent", tenths.end(), False
    else:
        unit, end, more = unit_after(plain, end)
    if not unit and _NAME_GOES_ON.match(plain, end):
        return None
    if before and before["share"]:
        unit = "percent"
    elif before and (sign := before["sign"] or before["money"]):
        unit = CURRENCIES[sign]
    elif unit == "year" and int(value) in _YEARS:
        unit = "calendar_year"
    if value < _SMALL and not unit and not match["number"]:
        return None  # 三 and "two" are words like others where nothing is counted
    if before:
        start = before.start()
    if more or match["some"] or match["odd"] or _ABOUT.search(plain, max(0, start - 12), start):
        place = max(place, _last_digit(value))
    return Quantity(value, place, unit, start, end)


#: Rounding to one digit moves a figure by a third of the larger one at most: 1.5 to 1 by cutting.
_ROUNDED = 1 / 3 + 1e-9
#: 17人死亡 and "killed 17 people" count the same.
_PEOPLE = {"person", "death"}


def agree(one: Quantity, other: Quantity) -> bool:
    """Say whether two figures can be the same, as precisely as the coarser of them is printed.

    Examples:
        >>> [a, b, c] = quantities("104.2 104.19 104.3")
        >>> agree(a, b), agree(a, c)
        (True, False)
        >>> [many, few] = quantities("1亿剂, 9.7 million doses")  # 亿: a hundred million
        >>> agree(many, few)
        False
    """
    if one.unit != other.unit and one.unit and other.unit and {one.unit, other.unit} != _PEOPLE:
        return False
    apart = abs(one.value - other.value)
    # One digit is printed of a hundred million: ten million is no rounding of it.
    near = apart <= _ROUNDED * max(abs(one.value), abs(other.value))
    return near and apart < max(one.place, other.place) * (1 - 1e-9)


def figures(text: str) -> list[str]:
    """Return the figures of *text* in order, for finding stories: "03-18" for days, else three digits.

    Small bare integers and bare years are left out, because every article has them.

    Examples:
        >>> figures("7月3日，欧盟拨款63亿美元，涨3.5%，共12家")
        ['07-03', '6.3e+09', '3.5']
        >>> figures("On July 3 the EU gave $6.3 billion, up 3.5%, to 12 firms in 2023")
        ['07-03', '6.3e+09', '3.5']
    """
    found = []
    for value, place, unit, _, _ in quantities(text):
        if unit == "date":
            found.append(f"{int(value) // 100:02d}-{int(value) % 100:02d}")
        elif not value.is_integer() or place > 1 or not (value <= _SMALL or int(value) in _YEARS):
            found.append(f"{value:.3g}")
    return found


def _day(match: re.Match[str]) -> tuple[float, float] | None:
    name = match["en_month"] or match["month_after"]
    if not name and not match["zh_month"]:
        return None
    month = _MONTHS[name.lower()] if name else int(match["zh_month"])
    return float(100 * month + int(match["zh_day"] or match["day_after"] or match["day_before"])), 1.0


def _amount(match: re.Match[str]) -> tuple[float, float] | None:
    """Return value and place of a match that is no day; None where it is no number after all."""
    if match["number"]:
        return _printed(match)
    if match["chinese"]:
        return chinese(match["chinese"].replace(match["odd"] or " ", ""))
    if match["half"]:
        factor = MAGNITUDES[match["half"].lower()]
        return factor / 2, factor / 10
    return english(match["english"])


def _printed(match: re.Match[str]) -> tuple[float, float]:
    digits = match["number"].replace(",", "")
    factor = MAGNITUDES.get((match["magnitude"] or "").lower(), 1.0)
    decimals = len(digits.partition(".")[2])
    value, place = float(digits) * factor, factor / 10**decimals
    for digits, power in _REST.findall(match["rest"] or ""):
        place = MAGNITUDES.get(power, 1.0)
        value += float(digits) * place
    return tidy(value), place


def _of_tenths(value: float, place: float, more: str | None) -> tuple[float, float]:
    """Return per cent and place of tenths: 九成 is 90 with place 10, 九成五 is 95 with place 1."""
    if more is None:
        return tidy(value * 10), place * 10
    return value * 10 + (5 if more == "半" else (chinese(more) or (0, 1))[0]), 1.0


def _last_digit(value: float) -> float:
    """Return what the last digit counts that is not 0: 100 of 4,500."""
    if not value or not value.is_integer():
        return 0.0
    place = 1
    while value % (place * 10) == 0:
        place *= 10
    return float(place)
