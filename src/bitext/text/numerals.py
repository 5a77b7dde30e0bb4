"""Numbers in words → values: 三千五百万, two hundred and six; each with what its last word counts."""

import re

#: Magnitudes of both languages, in simplified characters.
MAGNITUDES = {
    **{"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12, "兆": 1e12},
    **{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    **{"m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12},
}
_ZH_DIGITS = {
    character: value
    for value, characters in enumerate(["零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
    for character in characters
}
_ZH_POWERS = {"十": 10, "百": 100, "千": 1000}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
EN_WORDS = {word: value for value, word in enumerate(_ONES.split(" "))} | {
    word: 10 * value for value, word in enumerate(_TENS.split(" "), start=2)
}


def chinese(numeral: str) -> tuple[float, float] | None:
    """Read 三千五百万, 三点六五万亿, 二十七 and 三; 一, and words like 一一, are no figures.

    Examples:
        >>> chinese("三千五百万"), chinese("三点六五万亿"), chinese("二十七"), chinese("一")
        ((35000000.0, 1000000.0), (3650000000000.0, 10000000000.0), (27.0, 1.0), None)
    """
    if len(numeral) == 1:
        return None if numeral in "零〇一十" else (float(_ZH_DIGITS[numeral]), 1.0)
    if not set(numeral) & set("十百千万亿兆点"):
        return None
    total = section = 0.0
    digit: int | None = None
    place = 1.0
    whole, _, decimals = numeral.partition("点")
    tail = decimals.lstrip("零〇一二三四五六七八九")
    decimals = decimals[: len(decimals) - len(tail)]
    for character in whole + ("." if decimals else "") + tail:
        if character == ".":
            section += (digit or 0) + float("0." + "".join(str(_ZH_DIGITS[c]) for c in decimals))
            digit, place = None, 10.0 ** -len(decimals)
        elif character in _ZH_DIGITS:
            digit, place = _ZH_DIGITS[character], 1.0
        elif character in _ZH_POWERS:
            section += (1 if digit is None else digit) * _ZH_POWERS[character]
            digit, place = None, float(_ZH_POWERS[character])
        else:
            # 亿 behind 万 multiplies all before it (三万亿); else what stands before 万 is added to it.
            factor = MAGNITUDES[character]
            total = (total + section + (digit or 0)) * factor
            section, digit, place = 0.0, None, place * factor
    return tidy(total + section + (digit or 0)), place


def english(words: str) -> tuple[float, float] | None:
    """Read twenty-five, two hundred and six, two million; "one" and what is no number are none.

    Examples:
        >>> english("two hundred and six"), english("two million"), english("one"), english("one two")
        ((206.0, 1.0), (2000000.0, 1000000.0), None, None)
    """
    total = section = 0.0
    place = 1.0
    parts = [word for word in re.split(r"[\s-]+", words.lower()) if word != "and"]
    if parts == ["one"] or (len(parts) > 1 and not set(parts) & {*MAGNITUDES, *_TENS.split(" ")}):
        return None
    for word in parts:
        factor = MAGNITUDES.get(word)
        if factor is None:
            section, place = section + (1 if word == "a" else EN_WORDS[word]), 1.0
        elif word == "hundred":
            section, place = section * factor, factor
        else:
            total, section, place = total + section * factor, 0.0, factor
    return total + section, place


def fraction(taken: str, parts: str) -> float | None:
    """Read so many of so many parts, each one character, an English word or digits, as per cent.

    Examples:
        >>> fraction("一", "十"), fraction("one", "Four"), fraction("one", "zero"), fraction("one", "")
        (10.0, 25.0, None, None)
    """
    share, whole = (
        10.0 if part == "十" else float(_ZH_DIGITS.get(part, EN_WORDS.get(part.lower(), part or 0)))
        for part in (taken, parts)
    )
    return tidy(100 * share / whole) if whole else None


def tidy(value: float) -> float:
    """Return 1.1e6 for 1100000.0000000002: what a decimal times a power of ten leaves behind."""
    return float(f"{value:.12g}")
