"""One document → one record. Pure: the same document and options give the same record, in any process."""

import re
from datetime import datetime, timedelta

from bitext.reading import budget
from bitext.reading.cleaning import dates, outlets
from bitext.reading.cleaning.clean import Cleaned, clean
from bitext.reading.cleaning.rules import affixes, candidates
from bitext.reading.documents import Document, Options, Paragraph, Record, Removed
from bitext.reading.formats import feed, header
from bitext.reading.formats import plain_text as plain
from bitext.reading.formats.html import webpage
from bitext.reading.formats.html.depth import check_depth
from bitext.reading.problems import Problem, fault

#: A feed's own time and the time that the page prints belong together when they are this close.
_CLOSE = timedelta(hours=36)


def attempted(document: Document, options: Options) -> Record | Problem:
    """Return the record of a document, or why there is none: no document ends the reading of others."""
    try:
        with budget.limited():
            return parse(document, options)
    except Exception as error:
        kind, text = fault(error)
        return Problem(document.article if document.row else document.source, kind, text)


def parse(document: Document, options: Options) -> Record:
    """Read one raw document: find its format, its metadata and its body."""
    raw = document.raw
    head = header.read(raw)
    found = dict(head.fields)
    if feed.is_dump(raw, head):
        found["title"] = feed.title(raw, head)
        blocks = feed.read(raw, head)
    elif webpage.is_page(raw):
        check_depth(raw)
        found = webpage.metadata(raw)
        blocks = webpage.read(raw, extractor=options.html)
    else:
        blocks = plain.read(raw)
        first = None if document.given.get("title") or document.row else plain.title(blocks, raw)
        if first:
            labelled = candidates([first.text], first.text)[0].whole(first.text)  # 标题：…
            found["title"] = (labelled.fields if labelled else {}).get("title", first.text)
    for name, value in document.given.items():
        if value:
            found[name] = value
    title, pieces = _title(found.get("title", ""), document)
    cleaned = clean(raw, blocks, title)
    cleaned.removed += pieces
    return _record(document, options, head, {**found, "title": title}, cleaned)


def _record(
    document: Document,
    options: Options,
    head: header.Header,
    found: dict[str, str],
    cleaned: Cleaned,
) -> Record:
    record = Record(document.article, document.source, paragraphs=cleaned.paragraphs, removed=cleaned.removed)
    if head.end:
        record.removed.insert(0, Removed("header", 0, head.end, document.raw[: head.end].strip()))
    lifted = cleaned.fields
    record.title = found["title"] or lifted.get("title", "")
    record.url = found.get("url") or lifted.get("url", "")
    offset = _outlet(record, document, head, found, lifted, options)
    if not record.author and not outlets.canonical(lifted.get("author", "")):
        record.author = lifted.get("author", "")
    record.editor = (found.get("editor") or lifted.get("editor", "")).strip()
    record.caption = found.get("caption") or "\n".join(dict.fromkeys(cleaned.captions))
    record.date = _date(document, head, found, cleaned, record.url, offset)
    if document.damaged:
        text = f"{document.damaged} characters are U+FFFD: lost in an earlier conversion, or a wrong encoding"
        record.problems.append(("damaged", text))
    if not record.paragraphs:
        record.problems.append(("empty", "no text is left after cleaning"))
    return record


def _title(title: str, document: Document) -> tuple[str, list[Removed]]:
    """Return the title without a section in brackets and the name of the site, and what went."""
    title = re.sub(r"[\n\r\t\xa0]", " ", title).strip()
    removed: list[Removed] = []
    if document.given.get("title"):
        return title, removed
    start, end = 0, len(title)
    at = max(document.raw.find(title), 0)
    for hit in affixes(title):
        piece = title[hit.start : hit.end].strip()
        removed.append(Removed(hit.rule.kind, at + hit.start, at + hit.end, piece))
        if hit.rule.where == "title-start":
            start = hit.end
        else:
            end = hit.start
    return title[start:end].strip(), removed


def _outlet(
    record: Record,
    document: Document,
    head: header.Header,
    found: dict[str, str],
    lifted: dict[str, str],
    options: Options,
) -> str:
    """Set outlet and author; return the hours that the outlet's clock is ahead of UTC.

    Feeds put the outlet's name into `author`: there it is no author. The caller's word comes first, then the
    host of the address, then what the page says of itself, then the byline of its own reporters.
    """
    author = found.get("author", "")
    if author and "author" not in document.given and (outlets.canonical(author) or author in head.labels):
        found.setdefault("outlet", outlets.canonical(author) or author)
        author = ""
    record.author = author
    by_host, offset = outlets.of_address(record.url, options.hosts) if record.url else ("", "")
    if document.given.get("outlet"):
        record.outlet = document.given["outlet"]
        return offset or outlets.offset(record.outlet)
    if by_host:
        record.outlet = by_host
        return offset
    said = found.get("outlet") or lifted.get("outlet", "")
    byline = outlets.canonical(lifted.get("byline", ""))
    record.outlet = outlets.canonical(said) or said or byline
    return outlets.offset(record.outlet)


def _date(
    document: Document, head: header.Header, found: dict[str, str], cleaned: Cleaned, url: str, offset: str
) -> datetime | None:
    """Choose among the dates that a document holds.

    The time of the feed says when the dump was made or the item was published; the time that the page prints
    is the better one where both are of the same day and a half. Without either: a dateline, a time element, a
    day in the ROC calendar, the address, the name of the file.
    """
    given = dates.whole(document.given.get("date", "")) if document.given.get("date") else None
    if given:
        return given.local(offset)
    feed_time = dates.whole(found["date"]) if found.get("date") else None
    if feed_time is None and head.stamp:
        feed_time = dates.epoch(head.stamp)
    timed = [moment for moment in cleaned.stamps if moment.timed]
    printed = timed + cleaned.moments + [moment for moment in cleaned.stamps if not moment.timed]
    if feed_time:
        if not feed_time.utc:
            return feed_time.when
        close = [moment for moment in printed if abs(moment.when - feed_time.when) < _CLOSE]
        if close and (close[0].timed or close[0] in cleaned.moments):
            return close[0].local(offset)
        return feed_time.local(offset)
    if printed:
        return printed[0].local(offset)
    republic = dates.republic(cleaned.roc) if cleaned.roc else None
    last = republic or dates.in_address(url) or dates.in_address("/" + document.name)
    return last.when if last else None


def body(paragraphs: list[Paragraph]) -> str:
    """Return the paragraphs as the text of an article: one per line."""
    return "\n".join(paragraph.text for paragraph in paragraphs)
