"""Lines that recur across an outlet's articles and in no other outlet's: furniture that needs no rule.

Two pure steps: `count` over any batch of records, `merge` of counts; then `furniture` names the lines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bitext.corpus.documents import Paragraph, Record, Removed

#: Furniture stands in at least so many articles of its outlet …
FEWEST = 4
#: … and in at least this share of them: 1% caught every footer of the measured outlets.
SHARE = 0.01
#: Longer lines (bytes: 60 Han characters, 180 letters) are background that an outlet reuses: its reporting.
LONGEST = 180
#: Furniture stands at the edge of the article: among its first or last so many paragraphs.
EDGE = 3


@dataclass(slots=True)
class Seen:
    """Where a line was seen in one outlet: in how many articles, and in how many of them at an edge."""

    articles: int = 0
    edge: int = 0


@dataclass(slots=True)
class Lines:
    """Counts of lines, per outlet, and how many articles each outlet has."""

    seen: dict[str, dict[str, Seen]]
    articles: dict[str, int]


def count(records: Iterable[Record]) -> Lines:
    """Count the short lines of each outlet's articles, once per article.

    Articles of one title count once: an update of a story repeats its lines without making them furniture.
    """
    lines = Lines({}, {})
    titles: set[tuple[str, str]] = set()
    for record in records:
        if (record.outlet, record.title) in titles and record.title:
            continue
        titles.add((record.outlet, record.title))
        lines.articles[record.outlet] = lines.articles.get(record.outlet, 0) + 1
        seen = lines.seen.setdefault(record.outlet, {})
        last = len(record.paragraphs) - EDGE
        done = set()
        for index, paragraph in enumerate(record.paragraphs):
            key = line_key(paragraph)
            if key and key not in done:
                done.add(key)
                entry = seen.setdefault(key, Seen())
                entry.articles += 1
                entry.edge += index < EDGE or index >= last
    return lines


def line_key(paragraph: Paragraph) -> str:
    """Return the line to count; "" for one too long, or without letters (a row of a table of numbers)."""
    text = paragraph.text
    return text if len(text.encode()) <= LONGEST and any(map(str.isalpha, text)) else ""


def merge(parts: Iterable[Lines]) -> Lines:
    """Add up counts; the order of the parts does not matter."""
    total = Lines({}, {})
    for part in parts:
        for outlet, number in part.articles.items():
            total.articles[outlet] = total.articles.get(outlet, 0) + number
        for outlet, seen in part.seen.items():
            into = total.seen.setdefault(outlet, {})
            for line, entry in seen.items():
                sum_ = into.setdefault(line, Seen())
                sum_.articles += entry.articles
                sum_.edge += entry.edge
    return total


def furniture(lines: Lines) -> dict[str, frozenset[str]]:
    """Return, per outlet, the keys of the lines that are furniture (see `line_key`).

    A line is furniture where it stands in at least `FEWEST` articles and `SHARE` of the outlet's articles,
    four times in five at an edge, and in no article of another outlet. Articles without an outlet have none.
    """
    owners: dict[str, int] = {}
    for seen in lines.seen.values():
        for line in seen:
            owners[line] = owners.get(line, 0) + 1
    found = {}
    for outlet, seen in lines.seen.items():
        fewest = max(FEWEST, SHARE * lines.articles[outlet])
        if outlet:
            found[outlet] = frozenset(
                line
                for line, entry in seen.items()
                if entry.articles >= fewest and entry.edge >= 0.8 * entry.articles and owners[line] == 1
            )
    return found


def strip(record: Record, known: Mapping[str, frozenset[str]]) -> None:
    """Move the furniture among a record's paragraphs to what was removed."""
    lines = known.get(record.outlet)
    if not lines:
        return
    kept = []
    for paragraph in record.paragraphs:
        if line_key(paragraph) in lines:
            record.removed.append(Removed("recurring", paragraph.start, paragraph.end, paragraph.text))
        else:
            kept.append(paragraph)
    record.paragraphs = kept
