"""Several articles that one file holds: what every importer gives, whatever its format."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bitext.errors import BitextError
from bitext.reading.cleaning import dates


@dataclass(slots=True)
class Item:
    """One article of a file.

    Attributes:
        text: its body or page.
        given: what the file says of it: title, outlet, date, author, url; and columns of its own.
        place: where in the file it stands, as it is appended to the file's identifier: "#2", "/a.html".
        feed: its date is that of a feed.
        page: it is a document of its own, with its title inside; else only a body.
        what: what the file in an archive is that it stands in; "" for a page, which says it itself.
    """

    text: str
    given: dict[str, str] = field(default_factory=dict)
    place: str = ""
    feed: bool = False
    page: bool = False
    what: str = ""


def numbered(found: Iterator[Item] | list[Item]) -> Iterator[Item]:
    """Yield the items, each with its number as its place where it has none."""
    for number, item in enumerate(found, start=1):
        item.place = item.place or f"#{number}"
        yield item


def closed(text: str, end: re.Pattern[str], article: Callable[[str], Item]) -> Iterator[Item]:
    """Yield the articles that close with a line *end*, whose group `id` becomes the column `document`."""
    found, start = [], 0
    for line in end.finditer(text):
        item = article(text[start : line.start()])
        item.given["document"] = line["id"]
        found.append(item)
        start = line.end()
    yield from numbered(found)


def lines_of(page: str) -> str:
    """Return the text of an HTML page that is laid out as lines: a blank one between paragraphs.

    Examples:
        >>> lines_of("<p>1 of 2 DOCUMENTS</p><div>The Ledger<br>May&nbsp;13, 2024</div>").split()
        ['1', 'of', '2', 'DOCUMENTS', 'The', 'Ledger', 'May', '13,', '2024']
    """
    text = re.sub(r"\s+", " ", page)
    for opening, closing in (
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<head", "</head>"),
        ("<!--", "-->"),
    ):
        text = _without(text, opening, closing)
    text = re.sub(r"(?i)<br\b[^<>]*>", "\n", text)
    text = re.sub(
        r"(?i)</?(?:p|div|tr|td|th|li|h[1-6]|table|hr|blockquote|section|article)\b[^<>]*>", "\n\n", text
    )
    lines = html.unescape(re.sub(r"<[^<>]*>", "", text)).replace("\xa0", " ").split("\n")
    return "\n".join(line.strip() for line in lines)


def _without(text: str, opening: str, closing: str) -> str:
    """Return a text without what stands between two signs; linear in the text."""
    lower = text.lower()
    kept, start = [], 0
    while (begin := lower.find(opening, start)) >= 0 and (end := lower.find(closing, begin)) >= 0:
        kept.append(text[start:begin])
        start = end + len(closing)
    return "".join([*kept, text[start:]])


def needed(module: str, what: str) -> BitextError:
    """Return the error for a library that is not installed."""
    return BitextError.extra(f"{what}, which the package {module} reads,", "formats")


def paragraphs(lines: list[str]) -> str:
    """Return lines as paragraphs: a blank line ends one, a line break inside a wrapped one does not.

    Examples:
        >>> paragraphs(["The plant", "opened.", "", "It is new."])
        'The plant opened.\\nIt is new.'
    """
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return "\n".join(joined(part) for part in found if part)


def joined(lines: Sequence[str]) -> str:
    """Return the lines of one paragraph as one; between two Chinese characters no space is put.

    Examples:
        >>> joined(["The plant", "opened."]), joined(["工厂开", "工。"])
        ('The plant opened.', '工厂开工。')
    """
    text = lines[0]
    for line in lines[1:]:
        wide = text[-1:] > "\u2e7f" and line[:1] > "\u2e7f"
        text += line if wide else f" {line}"
    return text


def is_date(line: str) -> bool:
    """Say whether a line is a date, perhaps with the name of the day and a time.

    Examples:
        >>> is_date("May 13, 2024 Monday 10:05 GMT"), is_date("2024 年 5 月 13 日"), is_date("News")
        (True, True, False)
    """
    moment = dates.find(_tight(line))
    if moment is None:
        return False
    rest = _tight(line)[: moment.start] + _tight(line)[moment.end :]
    return len(re.sub(r"[\W\d_]|[A-Za-z]{3,9}day|星期.|\b[AP]M\b|\b[A-Z]{3,4}\b", "", rest)) <= 4


def _tight(line: str) -> str:
    return re.sub(r"(?<=\d) (?=[年月日])|(?<=[年月]) (?=\d)", "", line.strip())


def date_of(line: str) -> str:
    """Return the date in a line as the reader of dates understands it."""
    return _tight(line)[slice(*_span(line))]


def _span(line: str) -> tuple[int, int]:
    moment: Any = dates.find(_tight(line))
    return (moment.start, moment.end) if moment else (0, 0)
