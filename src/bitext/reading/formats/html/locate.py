"""From a place in a tidied paragraph back to the place in the raw document."""

import html
import re

_PIECES = re.compile(r"(<!--.*?-->|<[^<>]*>)|(&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)|([^\s<&]+|<|&)", re.DOTALL)


def locate(raw: str, start: int, end: int, text: str, first: int, last: int) -> tuple[int, int]:
    """Return where ``text[first:last]`` stands in *raw*, when *text* is the tidied ``raw[start:end]``.

    Tidying only drops: tags, white space, Markdown's marks. So the text's visible characters stand in the raw
    document in the same order, and a walk over both finds them.

    Examples:
        >>> locate("<p>甲 &amp; <b>乙</b>丙</p>", 3, 21, "甲 & 乙丙", 4, 5)
        (14, 15)
    """
    skip = sum(not character.isspace() for character in text[:first])
    wanted = [character for character in text if not character.isspace()]
    count = skip + sum(not character.isspace() for character in text[first:last])
    found_start, found_end, index = start, end, 0
    for piece in _PIECES.finditer(raw, start, end):
        if piece[1]:
            continue
        shown = html.unescape(piece[2]) if piece[2] else piece[3]
        for offset, character in enumerate(shown):
            if index >= count or index >= len(wanted):
                return found_start, found_end
            if character != wanted[index]:
                continue  # a mark of Markdown, a character that tidying dropped
            here = piece.start() if piece[2] else piece.start() + offset
            if index == skip:
                found_start = here
            index += 1
            found_end = piece.end() if piece[2] else here + 1
    return found_start, found_end
