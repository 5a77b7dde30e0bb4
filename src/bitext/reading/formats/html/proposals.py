"""What else says which text of a page is the article: a library, or the page itself; kept on our offsets."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bitext.errors import BitextError
from bitext.reading.formats.html.markup import Block, blocks
from bitext.reading.formats.html.spacing import tidy

#: A paragraph of an article.
_PROSE = 40
#: So many characters are compared at once with what a library keeps.
_PIECE = 10
#: So far behind one block of the story the next may stand in it: marks of lists and tables come between.
_STEP = 12
#: A body that a page states beside its markup is believed where so much of it is missing from what was read.
_BODY, _MISSING = 200, 0.5
#: A block of which so much is a link is a headline of another article; that may stand in the text before.
_LINK = 0.5
#: What stands before the body in JSON-LD; a page states no more than a few.
_STATED = re.compile(r'"articleBody"\s{0,9}:\s{0,9}(?=")')
_MOST_BODIES = 4
#: Tags in such a body that end a line.
_ENDS_LINE = re.compile(r"<(?:/p|br|/li|/h\d)\b[^<>]*>")


def chosen(found: list[Block], raw: str) -> list[Block]:
    """Mark the blocks that trafilatura leaves out; asking it what to keep leaves the offsets ours.

    What it takes from elsewhere, such as a description in the head, stands behind them.
    """
    try:
        import trafilatura
    except ImportError:
        raise BitextError.extra("html='trafilatura'", "html") from None
    # Never deduplicate=True: it keeps a cache for the whole process, results would depend on history.
    kept = trafilatura.extract(raw, include_comments=False, include_tables=True, deduplicate=False)
    found = _kept(found, kept or "", "trafilatura")
    held = "".join("".join(block.text.split()) for block in found if not block.role)
    for block in found:
        if not block.role:
            block.linked = 0.0  # a link that it takes for text is text
    for line in (kept or "").split("\n"):
        pieces = _pieces("".join(line.split()).lstrip("-|"))
        if len(line) >= _PROSE and sum(piece in held for piece in pieces) < _MISSING * len(pieces):
            place = max(raw.find(line), 0)
            found.append(
                Block(line, place, place + (len(line) if raw.startswith(line, place) else 0), tag="p")
            )
    return found


def _kept(found: list[Block], text: str, role: str) -> list[Block]:
    """Give the blocks that do not stand in *text* a role, and take it from all others.

    A short block stands there only where the text goes on behind the block before it.
    """
    written = text.split("\n")
    lines = Counter("".join(line.split()).lstrip("-|") for line in written)
    lines.update("".join(cell.split()) for line in written if "|" in line for cell in line.split("|"))
    squeezed = "".join(text.split())
    long = [line for line in lines if len(line) >= _PROSE]
    position = 0
    for block in found:
        own = "".join(block.text.split())
        if block.role == "head":
            continue
        place = squeezed.find(own, position, position + len(own) + (_STEP if position else 0))
        if place < 0 and len(own) >= _PROSE:
            place = squeezed.find(own, position)
        near = place >= 0
        again = block.linked > _LINK and own in squeezed[:position]
        if near or lines[own] > 0 or (len(own) >= _PROSE and not again and _mostly(own, squeezed, long)):
            block.role = ""
            lines[own] -= 1  # said once, it is kept once: a headline comes again in a list of others
            position = max(position, place + len(own)) if near else position
        else:
            block.role = block.role or role
    return found


def _mostly(text: str, kept: str, lines: list[str]) -> bool:
    """Say whether a block stands in *kept*, most of its pieces do, or most of it is made of *lines*.

    Pieces, because a library normalizes characters and leaves out a link or a mark inside a paragraph.
    """
    if text in kept:
        return True
    pieces = _pieces(text)
    if 2 * sum(piece in kept for piece in pieces) > len(pieces):
        return True
    return 2 * sum(len(line) for line in lines if line in text) > len(text)


def with_stated(found: list[Block], raw: str, start: int) -> list[Block]:
    """Read a page by the body that its JSON-LD states, where most of that is not in what was *found*."""
    place, end, body = max(_bodies(raw), key=lambda one: len(one[2]), default=(0, 0, ""))
    pieces = _pieces("".join(body.split()))
    if len(body) < _BODY or _share(pieces, found) > _MISSING:
        return found
    again = _kept(blocks(raw, start), body, "outside")
    if _share(pieces, again) > _MISSING:
        return again
    stated = [Block(tidy(line), place, end, tag="p") for line in body.split("\n") if line.strip()]
    return [*(block for block in found if block.role), *stated]


def _pieces(text: str) -> list[str]:
    return [text[place : place + _PIECE] for place in range(0, len(text) - _PIECE + 1, _PIECE)]


def _share(pieces: list[str], found: list[Block]) -> float:
    """Return how many of the pieces stand in the blocks that are prose."""
    text = "".join("".join(block.text.split()) for block in found if not block.role)
    return sum(piece in text for piece in pieces) / max(len(pieces), 1)


def _bodies(raw: str) -> Iterator[tuple[int, int, str]]:
    """Yield the bodies that a page states in JSON-LD: where the string goes, and its text."""
    for match in islice(_STATED.finditer(raw), _MOST_BODIES):
        try:
            text, end = json.JSONDecoder(strict=False).raw_decode(raw, match.end())
        except ValueError:
            continue
        text = html.unescape(_ENDS_LINE.sub("\n", html.unescape(text)))
        yield match.end(), end, re.sub(r"<[^<>]*>", "", text)
