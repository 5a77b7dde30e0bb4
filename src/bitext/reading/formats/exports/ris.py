"""RIS, as ProQuest, EBSCO, Zotero and EndNote export: "TY  - NEWS", a tag a line, "ER  -"."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, numbered

_TAG = re.compile(r"^(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*))?$")
_BEGINS = re.compile(r"^TY  - \w+", re.MULTILINE)
#: Field -> tags that hold it; the first that does counts. Most exports have an abstract and no text.
_FIELDS = {
    "title": ("TI", "T1", "CT"),
    "outlet": ("T2", "JF", "JO", "JA", "BT", "PB"),
    "date": ("DA", "Y1", "PY"),
    "url": ("UR", "L2"),
    "document": ("ID", "AN"),
    "section": ("SE",),
}
_TEXT = ("N2", "AB", "N1")


def is_export(text: str) -> bool:
    """Say whether a text is RIS."""
    return "TY  - " in text[:2000] and bool(_BEGINS.search(text)) and "\nER  -" in text


def read(text: str) -> Iterator[Item]:
    """Yield the entries of an export that hold a text or an abstract.

    Examples:
        >>> text = "TY  - NEWS\\nTI  - Plant opens\\nJF  - The Ledger\\nPY  - 2031/03/05/\\nAB  - It is new."
        >>> item = next(read(text + "\\nER  - "))
        >>> item.text, item.given
        ('It is new.', {'title': 'Plant opens', 'outlet': 'The Ledger', 'date': '2031-03-05'})
    """
    yield from numbered(
        [_article(part) for part in re.split(r"^ER  -.*$", text, flags=re.MULTILINE) if "TY  - " in part]
    )


def _article(part: str) -> Item:
    said: dict[str, list[str]] = {}
    held: list[str] = []
    for line in part.split("\n"):
        if tag := _TAG.match(line.rstrip()):
            held = said.setdefault(tag["tag"], [])
            held.append((tag["value"] or "").strip())
        elif line.startswith(" ") and held and line.strip():
            held[-1] += f" {line.strip()}"  # a line that was too long for the program that wrote it
        elif line.strip():
            held.append(line.strip())
    given = {
        field: next((said[tag][0] for tag in tags if any(said.get(tag, ()))), "")
        for field, tags in _FIELDS.items()
    }
    given["author"] = ", ".join(said.get("AU") or said.get("A1") or [])
    given["date"] = given["date"].strip("/").replace("/", "-")
    body = next((said[tag] for tag in _TEXT if any(said.get(tag, ()))), [])
    return Item("\n".join(filter(None, body)), {field: text for field, text in given.items() if text})
