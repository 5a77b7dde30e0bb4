"""Dates and counts in a Chinese phrase that may name who speaks: 3|月份, （11月24日）, 四位."""

from functools import lru_cache

from bitext.attribution.sentence import Sentence
from bitext.lexicons.wordlists import words

_MEASURES = words("zh", "measures")
#: What a number makes a time: 3|月份.
UNITS = frozenset(("日", "月", "年", "号", "时", "点", "月份", "月底", "月初"))
#: What counts persons, bodies and texts.
_MEASURE_ENDS = tuple("名位个家份项些群")
_NUMERALS = frozenset("一两二三四五六七八九十百千几数多")


def is_date(s: Sentence, place: int, end: int) -> bool:
    """Say whether a date opens a phrase: 3|月份, （|11|月|24|日|）."""
    if place >= end:
        return False
    if s.words[place] in "（(" and s.words[place + 1][0].isdigit():
        return True
    return s.words[place].isdigit() and s.words[place + 1] in UNITS


def past_date(s: Sentence, place: int, end: int) -> int:
    """Return the token behind the date that opens at token *place*."""
    if s.words[place] in "（(":
        closed = (p for p in range(place, end + 1) if s.words[p] in ")）")
        return next(closed, place) + 1
    return place + 2


@lru_cache(maxsize=50_000)
def is_measure(word: str) -> bool:
    """Say whether a word counts those it stands before: 一名, 四位, 这家."""
    if word in _MEASURES:
        return True
    return len(word) > 1 and word[-1] in _MEASURE_ENDS and _NUMERALS.issuperset(word[:-1])
