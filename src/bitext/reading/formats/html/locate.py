"""From a place in a tidied paragraph back to the place in the raw document."""

import html
import re

#: Without these a text stands in the document as it is.
_MARKUP = re.compile("[<&]")
_PIECES = re.compile(r"(<!--.*?-->|<[^<>]*>)|(&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)|([^\s<&]+|<|&)", re.DOTALL)


def locate(raw: str, start: int, end: int, text: str, first: int, last: int) -> tuple[int, int]:
    """Return where ``text[first:last]`` stands in *raw*, when *text* is the tidied ``raw[start:end]``.

    Tidying only drops: tags, white space, Markdown's marks. So the text's visible characters stand in the raw
    document in the same order, and a walk over both finds them.

    Examples:
        >>> locate("<p>甲 &amp; <b>乙</b>丙</p>", 3, 21, "甲 & 乙丙", 4, 5)
        (14, 15)
    """
    skip = len("".join(text[:first].split()))
    wanted = "".join(text[:last].split())
    count = len(wanted)
    if count > skip and raw.startswith(head := text[:last].rstrip(), start) and not _MARKUP.search(head):
        return start + first + len(text[first:last]) - len(text[first:last].lstrip()), start + len(head)
    found_start, found_end, index = start, end, 0
    for piece in _PIECES.finditer(raw, start, end):
        if piece[1]:
            continue
        shown = html.unescape(piece[2]) if piece[2] else piece[3]
        for offset, character in enumerate(shown):
            if index >= count:
                return found_start, found_end
            if character != wanted[index]:
                continue  # a mark of Markdown, a character that tidying dropped
            here = piece.start() if piece[2] else piece.start() + offset
            if index == skip:
                found_start = here
            index += 1
            found_end = piece.end() if piece[2] else here + 1
    return found_start, found_end
