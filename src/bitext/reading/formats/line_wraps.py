"""Lines that a program broke at one width → the paragraphs they were: 防\\n洪堤 is one word again.

Two signs tell such lines from paragraphs, lists and verse:

1. nearly every line is *full*: the first word of the next line would not have had room in it. Words of
   Chinese are their characters, each two columns wide;
2. where lines are ragged (a mail program's), most are of 50 to 95 columns and stop in mid-sentence.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

#: Where a line starts and ends, without the white space around it, and its number.
Line = tuple[int, int, int]

_SENTENCE_END = re.compile(r"[.。!！?？…;；:：][”’」』\")）]*$")
#: The marks of `_SENTENCE_END` themselves.
_STOPS = frozenset(".。!！?？…;；:：")
#: Text wrapped by hand or by a mail program has lines of 55 to 90 columns.
_WRAPPED = range(50, 95)
#: Full lines may be as narrow as those of a newspaper's column, if they are many.
_FILLED = range(36, 110)
#: Of so many full lines that stop in mid-sentence chance is none; of five lines, more than 60% are four.
_FEWEST_FULL, _FEWEST_RAGGED = 3, 4
#: No line begins with these: the character before goes along, or they hang behind the width.
_CLOSING = "，。、；：！？”’」』）》,.;:!?)"


def unwrap(raw: str, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines, those of one paragraph joined where they were broken at one width.

    Examples:
        >>> rows = ["The bank raised its rate by half a point", "on Thursday, the third time this year,"]
        >>> rows += ["as officials sought to slow prices that", "have risen faster than wages, and rent"]
        >>> rows += ["too."]
        >>> ends = [40, 79, 119, 158, 163]
        >>> unwrap("\\n".join(rows), [(e - len(row), e, at) for at, (e, row) in enumerate(zip(ends, rows))])
        [(0, 163, 4)]
    """
    if len(lines) <= _FEWEST_FULL:
        return lines
    if not any(end - start > _FILLED.stop for start, end, _ in lines):
        full = _full(raw, lines)
        if full is not None:
            return _joined(lines, full)
    if _ragged(raw, lines):
        return _joined(lines, [end - start in _WRAPPED for start, end, _ in lines])
    return lines


def _full(raw: str, lines: Sequence[Line]) -> list[bool] | None:
    """Say of each line whether the next one goes on where it had no room; None where few do."""
    start, end, _ = max(lines, key=lambda line: line[1] - line[0])
    if _columns(raw[start:end].rstrip(_CLOSING)) >= _FILLED.stop:
        return None  # as nearly always in Chinese: the others need not be measured
    width = [_columns(raw[start:end]) for start, end, _ in lines]
    room = max(_columns(raw[start:end].rstrip(_CLOSING)) for start, end, _ in lines)
    if room not in _FILLED:
        return None
    full = [False] * len(lines)
    inner = held = middle = 0
    for place, (line, after) in enumerate(pairwise(lines)):
        if after[2] != line[2] + 1:
            continue
        ends = bool(_SENTENCE_END.search(raw, max(line[0], line[1] - 3), line[1]))
        full[place] = width[place] + _first_word(raw, after) > room and not _indented(raw, line, after)
        inner += 1
        held += full[place] or ends
        middle += full[place] and not ends
    return full if middle >= _FEWEST_FULL and held > 0.8 * inner else None


def _first_word(raw: str, line: Line) -> int:
    """Return how many columns the line before would have needed to hold the first word of this one."""
    if _wide(raw[line[0]]):
        return (
            2 + _columns(raw[line[0] + 1 : line[1]]) - _columns(raw[line[0] + 1 : line[1]].lstrip(_CLOSING))
        )
    return 1 + _columns(raw[line[0] : line[1]].split(maxsplit=1)[0])


def _indented(raw: str, line: Line, after: Line) -> bool:
    """Say whether a paragraph begins: white space before the line, and none before the one above."""
    return raw[after[0] - 1] != "\n" and (line[0] == 0 or raw[line[0] - 1] == "\n")


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(map(_wide, text))


def _wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _ragged(raw: str, lines: Sequence[Line]) -> bool:
    """Say whether most lines that another follows at once are of one width and stop in mid-sentence."""
    # Few lines of other texts are that wide and stop there, so that most texts are told by these alone.
    narrow = {
        number: end for start, end, number in lines if end - start in _WRAPPED and raw[end - 1] not in _STOPS
    }
    if len(narrow) < _FEWEST_RAGGED:
        return False
    inner = [line[2] for line, after in pairwise(lines) if after[2] == line[2] + 1]
    if len(inner) < 5:
        return False
    ends = [narrow[number] for number in inner if number in narrow]
    return sum(not _SENTENCE_END.search(raw[end - 3 : end]) for end in ends) > 0.6 * len(inner)


def _joined(lines: Sequence[Line], goes_on: Sequence[bool]) -> list[Line]:
    joined: list[Line] = []
    on = False
    for line, next_too in zip(lines, goes_on, strict=True):
        if on and joined[-1][2] == line[2] - 1:
            joined[-1] = (joined[-1][0], line[1], line[2])
        else:
            joined.append(line)
        on = next_too
    return joined
