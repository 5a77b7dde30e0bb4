"""RSS and Atom → one article per item, dated by the feed."""

import re
from collections.abc import Iterator
from typing import Any

from bitext.reading.cleaning import outlets
from bitext.reading.formats.items import Item, needed, numbered

_OPENING = re.compile(
    r"""
    \s*
    (?: <\?[^>]*>\s*                                # 1. <?xml ...>, other instructions
      | <!--.*?-->\s*                               # 2. comments
      | <!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*      # 3. the type, with entities of its own
    )*
    <(?:rss|feed|rdf:RDF)\b
    """,
    re.DOTALL | re.VERBOSE,
)


def is_feed(text: str) -> bool:
    """Say whether a document is a feed.

    Examples:
        >>> is_feed('<?xml version="1.0"?><rss version="2.0"><channel/></rss>'), is_feed("<p>rss</p>")
        (True, False)
    """
    return bool(_OPENING.match(text, 0))


def read(text: str) -> Iterator[Item]:
    """Yield the articles of a feed; of an item's contents the longest counts."""
    try:
        import feedparser  # type: ignore[import-untyped]
    except ImportError:
        raise needed("feedparser", "reading RSS and Atom") from None
    found = feedparser.parse(
        text.encode("utf-8", "replace"), response_headers={"content-type": "text/xml; charset=utf-8"}
    )
    yield from numbered([_item(entry, found.feed.get("title", "")) for entry in found.entries])


def _item(entry: Any, channel: str) -> Item:
    bodies = [str(part.get("value", "")) for part in entry.get("content", [])] + [
        str(entry.get("summary", ""))
    ]
    url = str(entry.get("link", ""))
    source = str(entry.get("source", {}).get("title", "")) or channel
    given = {
        "title": str(entry.get("title", "")),
        "url": url,
        "author": str(entry.get("author", "")),
        "date": str(entry.get("published") or _updated(entry) or ""),
        "outlet": "" if outlets.of_address(url)[0] else outlets.canonical(source) or source,
    }
    return Item(max(bodies, key=len), {name: text for name, text in given.items() if text}, feed=True)


def _updated(entry: Any) -> object:
    """Return when an entry was changed: feedparser's own `get` warns where it holds an empty date alone."""
    return dict.get(entry, "updated", "")
