"""Whole HTML pages: metadata from the head, the article from the element that holds it."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bitext.reading.cleaning import credits, dates
from bitext.reading.formats import nested_json
from bitext.reading.formats.html import proposals
from bitext.reading.formats.html.density import home
from bitext.reading.formats.html.markup import Block, blocks

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|div|br|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|section|article|table)\b[^<>]*>", re.IGNORECASE
)

#: A paragraph of an article, and a line that may be anything.
_PROSE, _SHORT = 40, 100
_SENTENCE = re.compile(r"[.。!！?？…:：;；,，、][”’」』\")）]*(?:\s|$)|[。！？]")
#: Of the prose of a story, a role may cut so much at once.
_MINOR = 0.4
_H1 = re.compile(r"<h1\b", re.IGNORECASE)
#: So many blocks before and behind the element of the story may be its own.
_NEAR = 6
#: Of a list of links, so much at least stands inside links.
_LINKS = 0.8
#: field -> names of <meta> elements that hold it, best first.
_META = {
    "title": ("og:title", "twitter:title", "headline", "dc.title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "date": (
        "article:published_time",
        "datepublished",
        "pubdate",
        "publishdate",
        "date",
        "dc.date",
        "og:pubdate",
    ),
    "author": ("author", "article:author", "byl", "dc.creator"),
    "editor": ("editor",),
    "url": ("og:url", "twitter:url"),
}


def is_page(raw: str) -> bool:
    """Say whether *raw* is HTML: a page, or a piece of one.

    Examples:
        >>> is_page("<p>One.<p>Two."), is_page("if a < b and c > d")
        (True, False)
    """
    return bool(_PAGE.search(raw, 0, 3000)) or len(_TAGS.findall(raw, 0, 20_000)) >= 2


def metadata(raw: str) -> dict[str, str]:
    """Return what the head of a page says: ``<meta>``, ``<link rel=canonical>``, JSON-LD, ``<title>``."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(raw)
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = (attributes.get("content") or "").strip()
        if content:
            metas.setdefault(name.lower(), content)
    found = {
        field: next(metas[name] for name in names if name in metas)
        for field, names in _META.items()
        if any(name in metas for name in names)
    }
    if found.get("author", "").startswith(("http://", "https://")):
        del found["author"]  # article:author is often the address of a profile
    for node in tree.css('script[type="application/ld+json"]'):
        for field, value in _linked_data(node.text()):
            found.setdefault(field, value)
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical and canonical.attributes.get("href"):
        found.setdefault("url", str(canonical.attributes["href"]))
    heading = tree.css_first("h1")
    if heading and heading.text(strip=True):
        found.setdefault("title", " ".join(heading.text().split()))
    title = tree.css_first("title")
    if title and title.text(strip=True):
        found.setdefault("title", " ".join(title.text().split()))
    return found


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    try:
        data = nested_json.loads(text)
    except (ValueError, RecursionError):
        return
    graph = data.get("@graph") if isinstance(data, dict) else data
    items: list[Any] = graph if isinstance(graph, list) else [graph or data]
    for item in items:
        if not isinstance(item, dict) or "Article" not in str(item.get("@type", "")):
            continue
        for field, key in (("title", "headline"), ("date", "datePublished"), ("url", "url")):
            if isinstance(item.get(key), str):
                yield field, item[key]
        for field, key in (("author", "author"), ("editor", "editor"), ("outlet", "publisher")):
            people = item.get(key)
            people = people if isinstance(people, list) else [people]
            names = [person.get("name") if isinstance(person, dict) else person for person in people]
            if text := ", ".join(name for name in names if isinstance(name, str)):
                yield field, text


def read(raw: str, start: int = 0, extractor: str = "own") -> list[Block]:
    """Return the blocks of the element that holds the page's prose; those around the article have a role."""
    if extractor == "trafilatura":
        return proposals.chosen(blocks(raw, start), raw)
    first, last = home(raw, start)
    found = blocks(raw, first, last)
    _forgive(found)
    _mark_edges(found)
    found = [*_before(raw, start, first), *found, *_after(raw, last)]
    return proposals.with_stated(found, raw, start) if '"articleBody"' in raw else found


#: What is no text of an article, wherever it stands.
_NEVER = ("head", "navigation", "hidden", "footer", "comments", "share")


def whatever(raw: str, start: int = 0) -> list[Block]:
    """Return the paragraphs of a page in which no article was found, whatever their elements are called."""
    found = blocks(raw, start)
    for block in found:
        if block.role not in _NEVER:
            block.role = "" if _is_prose(block) else block.role or "outside"
    return found


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.linked < 0.5 and bool(_SENTENCE.search(block.text))


def _forgive(found: list[Block]) -> None:
    """Take a role back that would cut a large part of the prose: a class of a wrapper says little of it.

    Comments stay comments: there may be more of them than of the article.
    """
    total = sum(len(block.text) for block in found if _is_prose(block))
    for role, run in groupby(found, lambda block: block.role):
        if role in ("", "comments"):
            continue
        part = list(run)
        if sum(len(block.text) for block in part if _is_prose(block)) > _MINOR * total:
            for block in part:
                block.role = ""


def _before(raw: str, start: int, first: int) -> list[Block]:
    """Return what stands before the element of the story: its lead, lines of date and source, the rest."""
    heading = max((match.start() for match in _H1.finditer(raw, start, first)), default=-1)
    far = blocks(raw, start, max(heading, start))
    near = blocks(raw, max(heading, start), first)
    if heading < 0:
        far, near = near[:-_NEAR], near[-_NEAR:]
    for block in near:
        plain = block.role in ("", "stamp", "byline") and len(block.text) <= _SHORT
        if plain and _is_dated(block.text):
            block.role = "stamp"
        elif heading < 0 or not _is_prose(block):
            block.role = block.role or "outside"
    for block in far:
        block.role = block.role or "outside"
    found = far + near
    return _joined(found)


def _after(raw: str, last: int) -> list[Block]:
    """Return what stands behind the element of the story; a credit right behind it is tried as one."""
    found = blocks(raw, last)
    for place, block in enumerate(found):
        credit = place < _NEAR and not block.role and credits.read(block.text) is not None
        block.role = block.role or ("tail" if credit else "outside")
    return _joined(found)


def _is_dated(text: str) -> bool:
    return dates.find(text) is not None or credits.read(text) is not None


def _joined(found: list[Block]) -> list[Block]:
    """Join neighbours outside of the story into one block each: a menu is one piece, not fifty."""
    joined: list[Block] = []
    for outside, run in groupby(found, lambda block: block.role not in ("", "stamp", "tail")):
        part = list(run)
        if not outside:
            joined += part
        else:
            text = "\n".join(block.text for block in part)
            joined.append(Block(text, part[0].start, part[-1].end, role="outside"))
    return joined


def _mark_edges(found: list[Block]) -> None:
    """Give links that stand alone, headings over nothing else, and short lines behind the prose a role.

    A line of the role "tail" may be a credit: cleaning tries its rules on it before it goes.
    """
    prose = [not block.role and _is_prose(block) for block in found]
    if not any(prose):
        return
    last = len(prose) - 1 - prose[::-1].index(True)
    empty = True  # nothing of the article has come since, going backwards
    for place in range(len(found) - 1, -1, -1):
        block = found[place]
        if block.role:
            continue
        heading = block.tag[:1] == "h" and block.tag[1:].isdigit()
        short = len(block.text) < _SHORT and not _SENTENCE.search(block.text[-2:])
        if prose[place]:
            empty = False
        elif short and (
            block.linked > _LINKS
            or (place > last and block.tag != "li" and not (block.tag == "p" and place == last + 1))
            or (heading and empty)
        ):
            block.role = "tail"
        elif heading:
            empty = True
        else:
            empty = False
