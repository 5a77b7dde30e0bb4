"""Plain text: lines are paragraphs, the first one is often the title."""

import re
from itertools import pairwise

from bitext.reading.formats.html.markup import Block, blocks
from bitext.reading.formats.html.spacing import tidy

_TAG = re.compile(
    r"</?(?:a|b|br|em|font|i|img|ok|p|span|strong|u|div)\b[^<>]*>|&(?:\w+|#\d+);", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.。!！?？…;；:：][”’」』\")）]*$")
#: The marks of `_SENTENCE_END` themselves.
_STOPS = frozenset(".。!！?？…;；:：")
_LONGEST_TITLE = 150
#: Text wrapped by hand or by a mail program has lines of 55 to 90 columns.
_WRAPPED = range(50, 95)
#: Of five lines, more than 60% are four.
_FEWEST_WRAPPED = 4


def read(raw: str) -> list[Block]:
    """Return the lines of a text; lines wrapped at a fixed width are joined again.

    Examples:
        >>> [block.text for block in read("Title\\n\\nFirst line.\\nSecond line.")]
        ['Title', 'First line.', 'Second line.']
    """
    lines = _lines(raw)
    if _is_wrapped(raw, lines):
        lines = _unwrap(lines)
    marked = "<" in raw or "&" in raw
    found = []
    for start, end, _ in lines:
        if marked and _TAG.search(raw, start, end):
            found += blocks(raw, start, end)
        elif text := tidy(raw[start:end]):
            found.append(Block(text, start, end))
    return found


#: Where a line starts and ends, without the white space around it, and its number.
_Line = tuple[int, int, int]


def _lines(raw: str) -> list[_Line]:
    """Return the lines that are not blank."""
    found = []
    position = 0
    for number, line in enumerate(raw.split("\n")):
        if text := line.strip():
            start = position if text is line else position + line.index(text[0])
            found.append((start, start + len(text), number))
        position += len(line) + 1
    return found


def _is_wrapped(raw: str, lines: list[_Line]) -> bool:
    """Most lines that another line follows at once are of one width and stop in mid-sentence."""
    # Few lines of other texts are that wide and stop there, so that most texts are told by these alone.
    narrow = {
        number: end for start, end, number in lines if end - start in _WRAPPED and raw[end - 1] not in _STOPS
    }
    if len(narrow) < _FEWEST_WRAPPED:
        return False
    inner = [line[2] for line, after in pairwise(lines) if after[2] == line[2] + 1]
    if len(inner) < 5:
        return False
    ends = [narrow[number] for number in inner if number in narrow]
    return sum(not _SENTENCE_END.search(raw[end - 3 : end]) for end in ends) > 0.6 * len(inner)


def _unwrap(lines: list[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    width = 0
    for start, end, number in lines:
        if joined and joined[-1][2] == number - 1 and width in _WRAPPED:
            joined[-1] = (joined[-1][0], end, number)
        else:
            joined.append((start, end, number))
        width = end - start
    return joined


def title(found: list[Block], raw: str) -> Block | None:
    """Return the block that is the title: the first line, short, no sentence, and not the only line.

    Examples:
        >>> text = "Chips are back\\n\\nThe plant opened."
        >>> title(read(text), text).text
        'Chips are back'
    """
    if len(found) < 2 or len(found[0].text) > _LONGEST_TITLE:
        return None
    first, second = found[0], found[1]
    blank = raw.count("\n", first.end, second.start) > 1
    if re.search(r"[.。;；,，:：]$", first.text) and not blank:
        return None
    if re.search(r"[。;；,，:：]$", first.text):
        return None
    longest = max(len(block.text) for block in found[1:])
    return first if blank or longest > len(first.text) or len(first.text) < 60 else None
