"""Plain text: lines are paragraphs, the first one is often the title."""

import re

from bitext.reading.formats.html.markup import Block, blocks
from bitext.reading.formats.html.spacing import tidy
from bitext.reading.formats.line_wraps import Line, unwrap

_TAG = re.compile(
    r"</?(?:a|b|br|em|font|i|img|ok|p|span|strong|u|div)\b[^<>]*>|&(?:\w+|#\d+);", re.IGNORECASE
)
_LONGEST_TITLE = 150
#: A sentence: so many words and a full stop that is of no short form. Headlines are shorter, or have none.
_SENTENCE = re.compile(r"(?:\S+\s+){9,}\S*[a-z0-9)%”\"’']\.[\"”’')]*")


def read(raw: str) -> list[Block]:
    """Return the lines of a text; lines wrapped at a fixed width are joined again.

    Examples:
        >>> [block.text for block in read("Title\\n\\nFirst line.\\nSecond line.")]
        ['Title', 'First line.', 'Second line.']
    """
    lines = unwrap(raw, _lines(raw))
    marked = "<" in raw or "&" in raw
    found = []
    for start, end, _ in lines:
        if marked and _TAG.search(raw, start, end):
            found += blocks(raw, start, end)
        elif text := tidy(raw[start:end]):
            found.append(Block(text, start, end))
    return found


def _lines(raw: str) -> list[Line]:
    """Return the lines that are not blank."""
    found = []
    position = 0
    for number, line in enumerate(raw.split("\n")):
        if text := line.strip():
            start = position if text is line else position + line.index(text[0])
            found.append((start, start + len(text), number))
        position += len(line) + 1
    return found


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
    if re.search(r"[。;；,，:：]$", first.text) or _SENTENCE.fullmatch(first.text):
        return None
    longest = max(len(block.text) for block in found[1:])
    return first if blank or longest > len(first.text) or len(first.text) < 60 else None
