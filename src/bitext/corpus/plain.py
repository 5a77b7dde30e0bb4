"""Plain text: lines are paragraphs, the first one is often the title."""

import re
from itertools import pairwise

from bitext.corpus.markup import Block, blocks
from bitext.corpus.spacing import tidy

_LINE = re.compile(r"[^\n]+")
_TAG = re.compile(
    r"</?(?:a|b|br|em|font|i|img|ok|p|span|strong|u|div)\b[^<>]*>|&(?:\w+|#\d+);", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.。!！?？…;；:：][”’」』\")）]*$")
_LONGEST_TITLE = 150
#: Text wrapped by hand or by a mail program has lines of 55 to 90 columns.
_WRAPPED = range(50, 95)


def read(raw: str, start: int = 0) -> list[Block]:
    """Return the lines of a text from *start* on; lines wrapped at a fixed width are joined again.

    Examples:
        >>> [block.text for block in read("Title\\n\\nFirst line.\\nSecond line.")]
        ['Title', 'First line.', 'Second line.']
    """
    lines = [_Line(match) for match in _LINE.finditer(raw, start) if not match[0].isspace()]
    if _is_wrapped(raw, lines):
        lines = _unwrap(raw, lines)
    found = []
    for line in lines:
        if _TAG.search(raw, line.start, line.end):
            found += blocks(raw, line.start, line.end)
        else:
            found.append(Block(tidy(raw[line.start : line.end]), line.start, line.end))
    return [block for block in found if block.text]


class _Line:
    __slots__ = ("end", "start")

    def __init__(self, match: re.Match[str]) -> None:
        text = match[0]
        self.start = match.start() + len(text) - len(text.lstrip())
        self.end = match.start() + len(text.rstrip())


def _is_wrapped(raw: str, lines: list[_Line]) -> bool:
    """Most lines that another line follows at once are of one width and stop in mid-sentence."""
    inner = [line for line, after in pairwise(lines) if raw.count("\n", line.end, after.start) == 1]
    if len(inner) < 5:
        return False
    wrapped = sum(
        (line.end - line.start) in _WRAPPED and not _SENTENCE_END.search(raw[line.end - 3 : line.end])
        for line in inner
    )
    return wrapped > 0.6 * len(inner)


def _unwrap(raw: str, lines: list[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    width = 0
    for line in lines:
        if joined and raw.count("\n", joined[-1].end, line.start) == 1 and width in _WRAPPED:
            joined[-1].end = line.end
        else:
            joined.append(line)
        width = line.end - line.start
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
