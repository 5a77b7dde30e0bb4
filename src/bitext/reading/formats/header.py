"""The head of a dumped page: YAML front matter, `<!--time-->`, `[title](url)`, a ruler."""

import json
import re
from dataclasses import dataclass, field

#: How every part of a head begins.
_OPENING = re.compile(r"\s*(?:---|<!--|\[)")
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^([A-Za-z_](?:[\w -]*[\w-])?)[ \t]*:[ \t]*(.*)$")
_STAMP = re.compile(r"\s*<!--\s*(\d{10}|\d{13})\s*-->")
_LINK = re.compile(
    r"\s*\[(?P<title>.*)\]\((?P<url>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)[ \t]*\n"
    r"\s*(?:-{3,}|={3,})[ \t]*(?:\n|\Z)"
)

#: Key of the front matter (lower case) -> field.
_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "pubdate": "date",
    "publishdate": "date",
    "time": "date",
    "from": "url",
    "url": "url",
    "link": "url",
    "source_url": "url",
    "canonical_url": "url",
    "original_url": "url",
    "outlet": "outlet",
    "source": "outlet",
    "publisher": "outlet",
    "media": "outlet",
    "site": "outlet",
    "author": "author",
    "byline": "author",
    "editor": "editor",
}


@dataclass(slots=True)
class Header:
    """What the head of a document says.

    Attributes:
        fields: title, url, date, outlet, author, editor, as far as given.
        labels: the front matter's tags and categories: a feed puts the name of its outlet there.
        stamp: Unix time of `<!--time-->`, as written.
        end: offset where the body begins.
        front: it has a front matter.
        link: it has a `[title](url)` line.
    """

    fields: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    stamp: str = ""
    end: int = 0
    front: bool = False
    link: bool = False


def read(raw: str) -> Header:
    """Read the head of a document; a document without one has an empty Header.

    Examples:
        >>> head = read("<!--1709822345000-->\\n[Chips](https://a.example/1)\\n------\\n<p>Text</p>")
        >>> head.fields, head.stamp, head.end
        ({'title': 'Chips', 'url': 'https://a.example/1'}, '1709822345000', 57)
    """
    head = Header()
    if not _OPENING.match(raw):
        return head
    front = _FRONT.match(raw)
    if front and _front_matter(front[1], head):
        head.front, head.end = True, front.end()
    stamp = _STAMP.match(raw, head.end)
    if stamp:
        head.stamp, head.end = stamp[1], stamp.end()
    link = _LINK.match(raw, head.end)
    if link:
        head.link, head.end = True, link.end()
        head.fields.setdefault("title", link["title"])
        head.fields.setdefault("url", link["url"])
    return head


def _front_matter(block: str, head: Header) -> bool:
    """Read ``key: value`` lines into *head*; False where they are none, as between two rulers of a page."""
    pairs = []
    for line in block.split("\n"):
        pair = _PAIR.match(line)
        if pair:
            pairs.append((pair[1].lower(), pair[2].strip()))
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return False
    for key, value in pairs:
        if key in ("tags", "categories", "category"):
            head.labels += [label.strip(" \"'") for label in value.strip("[] ").split(",")]
        name = _KEYS.get(key)
        if name and (text := _scalar(value)):
            head.fields.setdefault(name, text)
    return bool(pairs)


def _scalar(value: str) -> str:
    """Unquote a YAML scalar; a title with bare quotes inside its quotes is common and taken as it is.

    Examples:
        >>> _scalar('"He said \\\\"no\\\\""'), _scalar("'it''s'"), _scalar('"a "b" c"'), _scalar("[ A ]")
        ('He said "no"', "it's", 'a "b" c', 'A')
    """
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except ValueError:
            return value[1:-1]
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if value.startswith("[") and value.endswith("]"):
        return value[1:-1].strip(" \"'")
    return value
