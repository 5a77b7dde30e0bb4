"""Whole HTML pages: metadata from the head, the article from the element that holds it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bitext.errors import BitextError
from bitext.reading.formats.html.markup import Block, blocks

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|div|br|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|section|article|table)\b[^<>]*>", re.IGNORECASE
)

#: Where the article is, most telling first. A page can hold several; the one with most paragraph text counts.
_HOMES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"""<(?P<tag>\w+)\b[^<>]*\bitemprop\s*=\s*["']?articleBody\b[^<>]*>""",
        r"""<(?P<tag>article)\b[^<>]*>""",
        r"""<(?P<tag>div|section)\b[^<>]*\b(?:class|id)\s*=\s*["'][^"']*(?:article|story|post|entry|news)[-_]*(?:body|content|text|main|detail)[^"']*["'][^<>]*>""",
        r"""<(?P<tag>main)\b[^<>]*>""",
        r"""<(?P<tag>\w+)\b[^<>]*\brole\s*=\s*["']?main\b[^<>]*>""",
        r"""<(?P<tag>body)\b[^<>]*>""",
    )
]
_PARAGRAPH = re.compile(r"<p\b[^<>]*>(.*?)(?=</?p\b|</div|</article|</section|\Z)", re.IGNORECASE | re.DOTALL)

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
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    graph = data.get("@graph") if isinstance(data, dict) else data
    items: list[Any] = graph if isinstance(graph, list) else [data]
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
    """Return the blocks of the article's element; of the whole of *raw* where no element is the article's."""
    first, last = home(raw, start)
    found = blocks(raw, first, last)
    return _chosen(found, raw) if extractor == "trafilatura" else found


def home(raw: str, start: int = 0) -> tuple[int, int]:
    """Return from where to where the article goes.

    The first of the known homes is taken that holds more than half of the page's text in paragraphs.
    """
    total = _prose(raw, start, len(raw))
    for pattern in _HOMES:
        spans = [(match.end(), _element_end(raw, match)) for match in pattern.finditer(raw, start)]
        if spans:
            best = max(spans, key=lambda span: _prose(raw, *span))
            if 2 * _prose(raw, *best) > total:
                return best
    return start, len(raw)


def _prose(raw: str, start: int, end: int) -> int:
    return sum(len(match[1]) for match in _PARAGRAPH.finditer(raw, start, end))


def _element_end(raw: str, opening: re.Match[str]) -> int:
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(opening['tag'])}\b", re.IGNORECASE).finditer(raw, opening.end()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start()
    return len(raw)


def _chosen(found: list[Block], raw: str) -> list[Block]:
    """Mark the blocks that trafilatura leaves out; asking it what to keep leaves the offsets ours."""
    try:
        import trafilatura
    except ImportError:
        raise BitextError.extra("html='trafilatura'", "html") from None
    # Never deduplicate=True: it keeps a cache for the whole process, results would depend on history.
    kept = trafilatura.extract(
        raw, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    squeezed = "".join((kept or "").split())
    for block in found:
        if not block.role and "".join(block.text.split()) not in squeezed:
            block.role = "trafilatura"
    return found
