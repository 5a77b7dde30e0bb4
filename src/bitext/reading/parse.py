"""One document → one record. Pure: the same document and options give the same record, in any process."""

import re
from dataclasses import replace
from datetime import timedelta

from bitext.reading import budget, place_names
from bitext.reading.cleaning import clocks, dates, mojibake, outlets, titles
from bitext.reading.cleaning.clean import Cleaned, clean
from bitext.reading.cleaning.clocks import FoundDates
from bitext.reading.cleaning.rules import candidates
from bitext.reading.documents import Document, Options, Paragraph, Record, Removed
from bitext.reading.formats import feed, header
from bitext.reading.formats import plain_text as plain
from bitext.reading.formats.html import webpage
from bitext.reading.formats.html.depth import check_depth
from bitext.reading.problems import Problem, fault, whole

#: Paragraphs of an article by which wrongly read characters are noticed.
_LOOKED_AT = 12
#: The time in a dump's front matter and its `<!--time-->` are one, but for a fraction of a second.
_SAME = timedelta(seconds=2)


#: Fields of a record that are words.
_WORDS = ("title", "outlet", "author", "editor", "caption", "url")


def attempted(document: Document, options: Options) -> Record | Problem:
    """Return the record of a document, or why there is none: no document ends the reading of others."""
    try:
        with budget.limited():
            record = parse(document, options)
            if mojibake.suspected(record.title, *(part.text for part in record.paragraphs[:_LOOKED_AT])):
                record = parse(_mended(document), options)
        for name in _WORDS:  # escapes in what a page says of itself may be halves of characters
            setattr(record, name, whole(getattr(record, name)))
        return record
    except Exception as error:
        kind, text = fault(error)
        return Problem(document.article if document.row else document.file, kind, text)


def _mended(document: Document) -> Document:
    """Return the document with its characters as they were before somebody read them in a wrong encoding."""
    raw, done = mojibake.mend(document.raw)
    given = {}
    for name, value in document.given.items():
        given[name], also = mojibake.mend(value)
        done = done or also
    damaged = document.damaged
    faults = document.faults
    if done:
        damaged = raw.count("\ufffd")
        faults += (("mended", f"{done}; if the source is at hand, read it again with encoding='utf-8'"),)
    damaged += mojibake.lost(raw)
    if done or damaged != document.damaged:
        return replace(document, raw=raw, given=given, damaged=damaged, faults=faults)
    return document


def parse(document: Document, options: Options) -> Record:
    """Read one raw document: find its format, its metadata and its body."""
    raw = document.raw
    head = header.read(raw)
    found = dict(head.fields)
    form = "text"
    if feed.is_dump(raw, head):
        form = "page with a head, as mirrors and feeds are dumped" if head.end else "Markdown page"
        found["title"] = feed.title(raw, head)
        blocks = feed.read(raw, head)
    elif webpage.is_page(raw):
        form = "HTML page"
        check_depth(raw)
        found = webpage.metadata(raw)
        blocks = webpage.read(raw, extractor=options.html)
    else:
        blocks = plain.read(raw)
        first = None if document.given.get("title") or document.row else plain.title(blocks, raw)
        if first:
            labelled = candidates([first.text])[0].whole(first.text)  # 标题：…
            found["title"] = (labelled.fields if labelled else {}).get("title", first.text)
    found["own date"] = found.get("date", "")
    for name, value in document.given.items():
        if value:
            found[name] = value
    title, start, pieces = _title(found.get("title", ""), document, found, options)
    cleaned = clean(raw, blocks, title)
    if form == "HTML page" and not cleaned.paragraphs:
        again = clean(raw, webpage.whatever(raw), title)
        cleaned = again if again.paragraphs else cleaned
    cleaned.removed += pieces
    record = _record(document, options, head, {**found, "title": title}, cleaned)
    record.title_start = start if title else -1
    record.format = document.format or form
    if document.within:
        record.format += f" in {'an' if document.within[0] in 'AEIOU' else 'a'} {document.within}"
    record.encoding, record.table = document.encoding, document.table
    if not record.title and document.name:
        record.title = place_names.title(document.name)
    return record


def _record(
    document: Document,
    options: Options,
    head: header.Header,
    found: dict[str, str],
    cleaned: Cleaned,
) -> Record:
    record = Record(document.article, document.file, paragraphs=cleaned.paragraphs, removed=cleaned.removed)
    if head.end:
        record.removed.insert(0, Removed("header", 0, head.end, document.raw[: head.end].strip()))
    lifted = cleaned.fields
    record.title = found["title"] or lifted.get("title", "")
    record.url = found.get("url") or lifted.get("url", "")
    zone = _outlet(record, document, head, found, lifted, options)
    if not record.author and not outlets.canonical(lifted.get("author", "")):
        record.author = lifted.get("author", "")
    record.editor = (found.get("editor") or lifted.get("editor", "")).strip()
    record.caption = found.get("caption") or "\n".join(dict.fromkeys(cleaned.captions))
    held = _dates(document, head, found, cleaned, record.url)
    record.more = document.more
    record.problems += document.faults
    if found.get("date") and held.given is None and held.page is None and held.feed is None:
        record.problems.append(("undated", dates.why_none(found["date"])))
    record.dated = clocks.choose(held, zone, may_be_crawled=bool(head.stamp))
    if document.damaged:
        text = f"{document.damaged} characters are lost, in an earlier conversion or by a wrong encoding"
        record.problems.append(("damaged", text))
    if not record.paragraphs:
        links = sum(piece.kind in ("related", "navigation") for piece in record.removed)
        why = f"{links} lines of links and no text" if links > 1 else "no text is left after cleaning"
        record.problems.append(("empty", why))
    return record


def _title(
    title: str, document: Document, found: dict[str, str], options: Options
) -> tuple[str, int, list[Removed]]:
    """Return the title without the names of sites around it, where it stands (-1: nowhere), and what went."""
    title = re.sub(r"[\n\r\t\xa0]", " ", title).strip()
    start = -1 if document.given.get("title") else document.raw.find(title)
    url = found.get("url", "")
    by_host = (
        (outlets.of_address(url, options.hosts)[0], outlets.domain(url).partition(".")[0]) if url else ()
    )
    return titles.of_site(title, (found.get("outlet", ""), document.otherwise, *by_host), start)


def _outlet(
    record: Record,
    document: Document,
    head: header.Header,
    found: dict[str, str],
    lifted: dict[str, str],
    options: Options,
) -> str:
    """Set outlet and author; return the zone of the outlet's clock, "" where it is not known.

    Feeds put the outlet's name into `author`: there it is no author. The caller's word comes first, then the
    host of the address, then what the page's head says of it; then, where it has no address, what the article
    names as its source, the byline of its own reporters, the name of its file.
    """
    author = found.get("author", "")
    if author and "author" not in document.given and (outlets.canonical(author) or author in head.labels):
        found.setdefault("outlet", outlets.canonical(author) or author)
        author = ""
    record.author = author
    by_host, zone = outlets.of_address(record.url, options.hosts) if record.url else ("", "")
    if given := outlets.spelled(document.given.get("outlet", "")):
        record.outlet, record.named_by = given, "given"
        return zone or outlets.zone(record.outlet)
    if by_host:
        record.outlet, record.named_by = by_host, "host"
        return zone
    site = outlets.domain(record.url) if record.url else ""
    folders = document.article.rpartition("/")[0]
    # Who prints an article is known by its address; a source, a reporter's house or a name in the headline
    # (德国之声｜…) may be that of another, from whom it was taken.
    said = outlets.spelled(found.get("outlet") or ("" if site else lifted.get("outlet", "")))
    found_by = {
        "said": outlets.canonical(said) or said,
        "byline": "" if site else outlets.canonical(lifted.get("byline", "")),
        "file": place_names.known_outlet(folders if site else document.article),
        "folder": document.otherwise,
        "domain": site,
    }
    record.named_by = next((source for source in found_by if found_by[source]), "")
    record.outlet = found_by.get(record.named_by, "")
    return outlets.zone(record.outlet)


def _dates(
    document: Document, head: header.Header, found: dict[str, str], cleaned: Cleaned, url: str
) -> FoundDates:
    """Return every date that a document holds, by what says it."""
    own = found["date"] if document.feed and "date" in document.given else found["own date"]
    said = dates.whole(own) if own else None
    stamp = dates.epoch(head.stamp) if head.stamp else None
    from_head = bool(head.end) or document.feed
    republic = dates.republic(cleaned.roc) if cleaned.roc else None
    return FoundDates(
        given=None if document.feed else dates.whole(document.given.get("date", "")),
        printed=(*(moment for moment in cleaned.stamps if moment.timed), *cleaned.moments),
        days=(
            *(moment for moment in cleaned.stamps if not moment.timed),
            *([republic] if republic else []),
        ),
        page=None if from_head else said,
        feed=(said or stamp) if from_head else None,
        crawled=stamp if said and stamp and abs(said.when - stamp.when) > _SAME else None,
        address=dates.in_address(url),
        file=place_names.bare(document.name)[1] or dates.in_address("/" + document.name),
    )


def body(paragraphs: list[Paragraph]) -> str:
    """Return the paragraphs as the text of an article: one per line."""
    return "\n".join(paragraph.text for paragraph in paragraphs)
