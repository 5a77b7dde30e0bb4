"""A title → the headline: what a site or a column puts before or behind it goes.

A piece goes only where it is known: as the name of a site, or because it recurs in the outlet's titles. One
that is neither may be what the headline is about: 它的票圈 | 拒绝割席, 油价将上涨—消息人士.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bitext.reading.cleaning import dates, outlets
from bitext.reading.cleaning.rules import rules
from bitext.reading.documents import Removed

#: What stands between the pieces. Bars and underscores seldom stand in a headline, dashes often.
_MARK = re.compile(
    r"""
    \s*(?:[|｜︱丨∣]|(?<=\w)_+(?=\w))\s*                        # 1 矿石出口受限_远声网
  | \s+[-–—·•»«]{1,2}\s+                                       # 2 The plant opens - The Meridian Ledger
  | (?<=[一-鿿”’」』!！?？])[-–—]{1,2}(?=\w) | (?<=\w)[-–—]{1,2}(?=[一-鿿“‘「『])    # 3 矿石出口受限-远声网
    """,
    re.VERBOSE,
)
_DASHES = frozenset("-–—·•»«")
#: What is left has at least so many letters, a Han character counted as three.
_FEWEST = 6
#: No title has more pieces.
_MOST_PIECES = 8


class Affix(NamedTuple):
    """A piece before or behind the rest of a title, and whether nothing but a dash divides it from that."""

    piece: str
    behind: bool
    dashed: bool


def affixes(title: str) -> Iterator[Affix]:
    """Yield what may be no part of the headline: all pieces but the last from either side.

    Examples:
        >>> [affix.piece for affix in affixes("Trade | Ore exports fall - The Meridian Ledger")]
        ['Trade', 'Ore exports fall', 'Ore exports fall', 'The Meridian Ledger']
    """
    pieces, marks = _pieces(title)
    for place, mark in enumerate(marks):
        yield Affix(title[slice(*pieces[place])], False, mark)
    for place, mark in enumerate(marks):
        yield Affix(title[slice(*pieces[place + 1])], True, mark)


def _pieces(title: str) -> tuple[list[tuple[int, int]], list[bool]]:
    """Return where the pieces of a title stand, and of each mark between two whether it is a dash."""
    found, marks = [], []
    position = 0
    for mark in _MARK.finditer(title):
        if position < mark.start() and mark.end() < len(title):
            found.append((position, mark.start()))
            marks.append(mark[0].strip()[:1] in _DASHES)
            position = mark.end()
    if len(found) >= _MOST_PIECES:
        return [(0, len(title))], []
    return [*found, (position, len(title))], marks


def headline(title: str, kind: Callable[[Affix], str], start: int = -1) -> tuple[str, int, list[Removed]]:
    """Return the title without affixes, where it stands now, and what went.

    Args:
        title: the title.
        kind: why a piece goes, "" where it stays.
        start: where the title stands in its document; -1 for nowhere.
    """
    pieces, marks = _pieces(title)
    first, last = 0, len(pieces) - 1
    removed: list[Removed] = []
    while first < last:
        behind = Affix(title[slice(*pieces[last])], True, marks[last - 1])
        before = Affix(title[slice(*pieces[first])], False, marks[first])
        if (why := kind(behind)) and _says(title[pieces[first][0] : pieces[last - 1][1]]):
            removed.append(_piece(why, title, pieces[last - 1][1], pieces[last][1], start))
            last -= 1
        elif (why := kind(before)) and _says(title[pieces[first + 1][0] : pieces[last][1]]):
            removed.append(_piece(why, title, pieces[first][0], pieces[first + 1][0], start))
            first += 1
        else:
            break
    at = start + pieces[first][0] if start >= 0 else start
    return title[pieces[first][0] : pieces[last][1]], at, removed


def _says(rest: str) -> bool:
    """Say whether what is left is a headline: enough of it, and no bare date."""
    size = sum(3 if letter > "\u3000" else 1 for letter in rest if letter.isalpha())
    return size >= _FEWEST and not (any(map(str.isdigit, rest)) and dates.whole(rest))


def _piece(kind: str, title: str, start: int, end: int, at: int) -> Removed:
    if at < 0:  # the title of a table, which does not stand in the document
        return Removed(kind, 0, 0, title[start:end].strip())
    return Removed(kind, at + start, at + end, title[start:end].strip())


def of_site(title: str, names: Iterable[str], start: int = -1) -> tuple[str, int, list[Removed]]:
    """Take off a section in brackets and names of sites: those that are known, and *names*; see `headline`.

    Examples:
        >>> of_site("远声网 | 矿石出口受限", ["远声网"])[0], of_site("访谈录 | 学者谈矿石", [])[0]
        ('矿石出口受限', '访谈录 | 学者谈矿石')
    """
    removed = []
    for rule in rules()["title-start"]:
        match = rule.pattern.match(title) if any(cue in title for cue in rule.cues) else None
        if match and match.end() < len(title):
            removed.append(_piece(rule.kind, title, 0, match.end(), start))
            title, start = title[match.end() :], start + match.end() if start >= 0 else start
    own = {_letters(name) for name in names} - {""}

    def kind(affix: Affix) -> str:
        return "site" if outlets.canonical(affix.piece) or _letters(affix.piece) in own else ""

    title, start, also = headline(title, kind, start)
    return title, start, removed + also


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text)).casefold()
