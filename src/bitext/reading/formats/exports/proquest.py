"""Exports of ProQuest as text: "Document 1 of 2", labelled lines, the text behind "Full text:"."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, date_of, is_date, numbered, paragraphs

_NUMBER = re.compile(r"^[ \t]*Document \d+ of \d+[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"^(?P<name>[A-Z][A-Za-z/ -]{2,40}):[ \t]*(?P<value>.*)$")
_RULE = re.compile(r"^\s*_{20,}\s*$")
#: Label of ProQuest -> field; the text itself is "Full text".
_FIELDS = {
    "author": "author",
    "publication title": "outlet",
    "publication date": "date",
    "document url": "url",
    "title": "title",
    "section": "section",
    "proquest document id": "document",
}
#: Labels that only stand behind the text.
_AFTER = ("subject", "location", "company / organization", "people", "publication year")


def is_export(text: str) -> bool:
    """Say whether a text is an export of ProQuest."""
    return "Full text:" in text and bool(_NUMBER.search(text))


def read(text: str) -> Iterator[Item]:
    """Yield the articles of an export, with their number at ProQuest as column `document`.

    Examples:
        >>> text = "Document 1 of 1\\n\\nPlant opens\\n\\nAuthor: Roe, Ann\\n\\nFull text: It is new.\\n\\n"
        >>> text += "Publication title: The Ledger\\n\\nPublication date: May 13, 2024\\n"
        >>> item = next(read(text))
        >>> item.text, item.given["title"], item.given["outlet"], item.given["date"]
        ('It is new.', 'Plant opens', 'The Ledger', 'May 13, 2024')
    """
    yield from numbered([_article(part) for part in _NUMBER.split(text)[1:]])


def _article(part: str) -> Item:
    given: dict[str, str] = {}
    body: list[str] = []
    inside = False
    for line in part.split("\n"):
        if _RULE.match(line):
            continue
        label = _LABEL.match(line.strip())
        name = label["name"].lower() if label else ""
        if label and name == "full text":
            inside, body = True, [label["value"]]
        elif label and (
            name in _FIELDS or not inside or name in ("subject", "location", "company / organization")
        ):
            inside = False
            _take(given, name, label["value"].strip())
        elif inside:
            body.append(line)
        elif line.strip() and not given:
            given["title"] = line.strip()
    return Item(paragraphs(body), {name: value for name, value in given.items() if value})


def _take(given: dict[str, str], name: str, value: str) -> None:
    if name == "publication info":  # The Ledger ; London [London]13 May 2024: A.3.
        outlet, _, rest = value.partition(";")
        given.setdefault("outlet", outlet.strip())
        if rest and is_date(date_of(rest)):
            given.setdefault("date", date_of(rest))
    elif name in _FIELDS:
        given[_FIELDS[name]] = value
