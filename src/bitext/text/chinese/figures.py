"""Simplified text → where its figures in characters stand, which dictionaries tear: 三点|六五."""

import re
from functools import cache

import numpy as np

from bitext.arrays import Bools, Ints, Points
from bitext.text.scripts.detect import string

_DIGITS, _POWERS = "零〇一二两三四五六七八九", "十百千"
_NUMERALS, _LARGE = _DIGITS + _POWERS, "百千万亿兆"
_POINT, _SHARE = ord("点"), "百分之"
#: Characters of a figure on either side of the sign that it is found by.
_REACH = 12
_FIGURE = re.compile(
    rf"""
      (?P<figure>
        # 1. 百分之二十七, 百分之三点五
        {_SHARE}[{_NUMERALS}]++(?:点[{_DIGITS}]++)?
        # 2. 三点六五; but 七点四五分 is a time
      | (?<![{_NUMERALS}])[{_NUMERALS}]++点[{_DIGITS}]{{2,}}+(?![十分刻])
        # 3. 四点五亿, 四点五个百分点, 四点五倍
      | (?<![{_NUMERALS}])[{_NUMERALS}]++点[{_DIGITS}](?=[{_LARGE}倍]|个百分点)
      )
      (?P<large>[{_LARGE}]*)
    """,
    re.VERBOSE,
)


def find(plain: Points) -> tuple[Ints, Ints]:
    """Return where figures begin and end; one with a magnitude is there without it, too, and before it.

    Examples:
        >>> from bitext.text.scripts.detect import code_points
        >>> starts, ends = find(code_points("三点六五万亿，三点半，百分之二十七"))
        >>> starts.tolist(), ends.tolist()
        ([0, 0, 11], [4, 6, 17])
    """
    rows: list[tuple[int, int]] = []
    reach = 0
    for sign in _signs(plain).tolist():
        if sign < reach:
            continue
        low = max(sign - _REACH, reach)
        near = string(plain[low : sign + 2 * _REACH])
        for found in _FIGURE.finditer(near):
            if found.start() <= sign - low < found.end():
                rows += [(low + found.start(), low + end) for end in sorted({*found.span("large")})]
                reach = low + found.end()
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def is_figure(word: str) -> bool:
    """Say whether a word is such a figure: 三点六五万亿."""
    found = _FIGURE.match(word + "倍")  # 四点五 is a figure before what is counted
    return found is not None and found.end() == len(word)


def _signs(plain: Points) -> Ints:
    """Return the decimal points between numerals, and the beginnings of 百分之 before one."""
    point = np.flatnonzero(plain[1:-1] == _POINT) + 1
    numeral = _numerals()
    point = point[numeral[plain[point - 1]] & numeral[plain[point + 1]]]
    share = np.flatnonzero(plain[:-3] == ord(_SHARE[0]))
    share = share[(plain[share + 1] == ord(_SHARE[1])) & (plain[share + 2] == ord(_SHARE[2]))]
    return np.union1d(point, share)


@cache
def _numerals() -> Bools:
    table = np.zeros(0x110000, bool)
    table[[ord(character) for character in _NUMERALS]] = True
    table.setflags(write=False)
    return table
