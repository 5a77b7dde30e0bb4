"""Dumps of feeds and mirrors: a head (see `header`), then HTML or Markdown with HTML in it."""

import re

from bitext.reading.formats.header import Header
from bitext.reading.formats.html.markup import Block, blocks

_HTML = re.compile(
    r"<(?:p|div|br|span|img|section|article|table|ul|ol|h[1-6]|blockquote|figure)\b", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"^[ ]{0,3}(?:\#{1,6}[ ]\S|-{3,}[ ]*$|>[ ]|[-*][ ]\S)|\]\([^()\s]+\)|\*\*\S", re.MULTILINE
)
_MIRROR = re.compile(r"\s*\#{1,6}[ ]+(?P<title>[^\n]+)\n")


def is_dump(raw: str, head: Header) -> bool:
    """Say whether the document has a head, or begins with a Markdown heading."""
    return head.end > 0 or bool(_MIRROR.match(raw))


def title(raw: str, head: Header) -> str:
    """Return the first heading where the head gives no title: how mirror pages begin."""
    if "title" in head.fields:
        return head.fields["title"]
    first = _MIRROR.match(raw, head.end)
    return first["title"].strip().rstrip("#").strip() if first else ""


def read(raw: str, head: Header) -> list[Block]:
    """Return the blocks after the head."""
    body_is_html = _HTML.search(raw, head.end) and not _MARKDOWN.search(raw, head.end)
    return blocks(raw, head.end, markdown=not body_is_html)
