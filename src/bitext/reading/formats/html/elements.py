"""What an HTML element says about the text inside it."""

import re
from functools import cache, lru_cache

from bitext.lexicons import loader

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)  # no end tag
#: Elements that end a paragraph; every other one, known or not (<ok>), is part of the running text.
BLOCK = frozenset(
    word
    for words in (
        "address article aside blockquote body button caption center dd details dialog div dl dt fieldset",
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html legend li main menu nav ol",
        "option p picture pre section summary table tbody td tfoot th thead title tr ul",
    )
    for word in words.split()
)
#: What the C extension is told of elements: 1 for those without an end tag, 2 for those that end a paragraph.
KINDS = {**dict.fromkeys(sorted(BLOCK), 2), **dict.fromkeys(sorted(VOID), 1)}
_BY_TAG = {
    "address": "byline",
    "aside": "related",
    "button": "form",
    "figcaption": "caption",
    "caption": "caption",
    "figure": "figure",
    "footer": "footer",
    "form": "form",
    "fieldset": "form",
    "head": "head",
    "nav": "navigation",
    "time": "stamp",
    "title": "head",
}
_NAMES = re.compile(r"""(?:\bclass|\bid|\brole|\bitemprop)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|(?:^|\s)hidden(?:\s|=|$)|o-self-promo--hidden", re.IGNORECASE)


def role(tag: str, attributes: str, outside: str, parent: str) -> str:
    """Return the role of text in this element: "" for prose, else the kind under which it is removed.

    Args:
        tag: name of the element.
        attributes: its attributes as they stand in the document.
        outside: role of the text around it; what is no prose stays none.
        parent: the element around it, "text" where text comes before it in the same paragraph.

    Examples:
        >>> role("div", ' class="wp-caption-text"', "", ""), role("p", "", "related", "div")
        ('caption', 'related')
    """
    if outside and outside != "figure":
        return outside
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    if tag == "small" and parent == "div":
        return "caption"  # <div><small>: how feeds keep captions; <small> in running text is small capitals
    if tag in ("i", "em") and parent == "div":
        return "stamp"  # <div><i>: author and time of the feeds
    if not attributes:
        return outside
    if ("hidden" in attributes or "none" in attributes) and _HIDDEN.search(attributes):
        return "hidden"
    names = " ".join(_NAMES.findall(attributes))
    return (_by_name(names) or outside) if names else outside


@lru_cache(maxsize=1 << 16)
def _by_name(names: str) -> str:
    found = _patterns().search(names)
    return (found.lastgroup or "") if found else ""


@cache
def _patterns() -> re.Pattern[str]:
    kinds: dict[str, list[str]] = {}
    for row in loader.rows("boilerplate"):
        if row["where"] == "element":
            kinds.setdefault(row["kind"], []).append(row["pattern"])
    parts = (f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in kinds.items())
    return re.compile("|".join(parts), re.IGNORECASE)
