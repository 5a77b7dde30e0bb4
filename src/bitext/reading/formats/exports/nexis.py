"""Exports of Nexis (Lexis) as text: "1 of 2 DOCUMENTS", or articles that close with "End of Document"."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, date_of, is_date, numbered, paragraphs

_COUNTED = re.compile(r"^[ \t]*\d+ (?:of|von|de) \d+ (?:DOCUMENTS?|DOKUMENTEN?)[ \t]*$", re.MULTILINE)
_ENDED = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
#: The cover of a download, which lists the search and the titles.
_COVER = re.compile(
    r"""
    # 1 what was searched
    ^[ \t]*(?:User\ Name|Date\ and\ Time|Job\ Number|Client/Matter|Search\ (?:Terms|Type)|Narrowed\ by
    |Content\ Type)\b.*$
    # 2 how many there are
    |^[ \t]*Documents?\ \(\d+\)[ \t]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
#: What stands alone behind the body.
_HEADING = re.compile(r"^\s*(?:Classification|Graphic|Notes|Correction)\s*$")
_FIELD = re.compile(r"^(?P<name>[A-Z][A-Za-z-]{2,24}|[A-Z][A-Z -]{2,30}):[ \t]*(?P<value>.*)$")
_BODY = re.compile(r"^\s*(?:BODY:|Body)\s*(?P<rest>.*)$")
_EDITION = re.compile(r"\bEditions?$|^Correction Appended$")
#: "Page 1 of 4" where a page of the export was printed, and 10:15 PM GMT behind the name of a day.
_PAGE = re.compile(r"^\s*Page \d+ of \d+\s*$")
_TIME = re.compile(r"\b\d{1,2}:\d\d(?:\s*[AP]M\b)?(?:\s+[A-Z]{2,4}\b)?")
_COPYRIGHT = re.compile(r"^(?:Copyright|©)|All Rights Reserved", re.IGNORECASE)
#: Fields that stand behind the body.
_AFTER = ("LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "SUBJECT", "GRAPHIC", "DOCUMENT-TYPE", "JOURNAL-CODE")


def is_export(text: str) -> bool:
    """Say whether a text is an export of Nexis."""
    ended = "End of Document" in text and "Load-Date:" in text
    return bool(_COUNTED.search(text, 0, 20_000) or (ended and _ENDED.search(text)))


def read(text: str) -> Iterator[Item]:
    """Yield the articles of an export.

    Examples:
        >>> head = "1 of 1 DOCUMENTS\\n\\nThe Ledger\\n\\nMay 13, 2024 Monday\\n\\nPlant opens\\n\\n"
        >>> text = head + "BYLINE: Ann Roe\\n\\nBODY:\\nIt is new."
        >>> item = next(read(text))
        >>> item.text, sorted(item.given.values())
        ('It is new.', ['Ann Roe', 'May 13, 2024', 'Plant opens', 'The Ledger'])
    """
    text = text[max((line.end() for line in _COVER.finditer(text, 0, 200_000)), default=0) :]
    parts = _COUNTED.split(text)[1:] if _COUNTED.search(text) else _ENDED.split(text)
    yield from numbered([_article(part) for part in parts if part.strip()])


def _opens_body(line: str) -> re.Match[str] | None:
    found = _BODY.match(line)
    return found if found and (found["rest"] or "body" in line.lower()) else None


def _article(part: str) -> Item:
    head: list[str] = []
    given: dict[str, str] = {}
    body: list[str] | None = None
    after = measured = False
    lines = [line for line in part.split("\n") if not _PAGE.match(line)]
    marked = any(_opens_body(line) for line in lines)  # else the body stands behind its length
    for line in lines:
        field = _FIELD.match(line.strip())
        name = field["name"].upper() if field else ""
        if body is None and (start := _opens_body(line)):
            body = [start["rest"]]
        elif measured and body is None and line.strip() and not field:
            body = [line]
        elif name in _AFTER or (after and field) or (body and _HEADING.match(line)):
            after = True
        elif field and body is None:
            given.setdefault(name.lower(), field["value"].strip())
            measured = measured or (name == "LENGTH" and not marked)
        elif body is not None and not after:
            body.append(line)
        elif body is None and line.strip() and not _COPYRIGHT.search(line):
            head.append(line.strip())
    return Item(paragraphs(body or []), _fields(head, given))


def _fields(head: list[str], given: dict[str, str]) -> dict[str, str]:
    """Return the metadata: above the labelled fields stand outlet, date, title, or title, outlet, date."""
    at = next((place for place, line in enumerate(head) if is_date(line)), None)
    found = {"section": given.get("section", "")}
    title = given.get("headline", "")
    if at is not None:
        time = _TIME.search(head[at])
        found["date"] = f"{date_of(head[at])} {time[0]}" if time else date_of(head[at])
        if at >= 2 and not title:
            title, found["outlet"] = " ".join(head[: at - 1]), head[at - 1]
        elif at >= 1:
            found["outlet"] = head[at - 1]
            below = [line for line in head[at + 1 :] if not _EDITION.search(line)]
            title = title or " ".join(below)
    else:
        title = title or " ".join(head)
    found["title"] = title
    found["author"] = re.sub(r"^(?:By|BY)\s+", "", given.get("byline", ""))
    return {name: value for name, value in found.items() if value}
