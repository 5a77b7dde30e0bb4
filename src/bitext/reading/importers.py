"""A file that holds several articles, or one in a binary format → its articles, by its content.

Names of files are only believed where contents cannot tell. An archive is read member by member, each as if
it were a file of its own.
"""

import io
import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from bitext.errors import CorpusError
from bitext.reading import budget, packed
from bitext.reading.encoding import decode
from bitext.reading.formats import (
    archive,
    doc_dump,
    labelled,
    mail,
    nested_json,
    news_xml,
    subtitles,
    syndication,
    web_archive,
)
from bitext.reading.formats.exports import EXPORTS
from bitext.reading.formats.items import Item, lines_of
from bitext.reading.formats.office import database, spreadsheet, word_processor
from bitext.reading.problems import Fault, RecordError, fault
from bitext.reading.tables.delimited import delimited
from bitext.reading.tables.parquet import PARQUET, parquet, parquet_file

#: Endings of files that only an importer can read.
ENDINGS = frozenset(
    (
        ".xml", ".rss", ".atom", ".rdf", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".rtf", ".docx", ".warc",
        ".mht", ".mhtml", ".zip", ".tar", ".tgz", ".tbz2", ".txz", ".wacz", ".wet",
        ".epub", ".srt", ".vtt", ".eml", ".mbox", ".odt", ".ris", ".nitf", ".sqlite", ".sqlite3", ".db",
    )
)  # fmt: skip
_ZIP = b"PK\x03\x04"
#: Bytes that tell a format: a tar archive says it at byte 257.
HEAD = 4000
#: An archive in an archive in an archive is no archive of articles.
_DEEPEST = 2
#: Formats of text: how each is told, how it is read, what it is called.
_TEXTS = (
    (syndication.is_feed, syndication.read, "RSS or Atom feed"),
    (news_xml.is_news_xml, news_xml.read, "NITF or NewsML"),
    *EXPORTS,
    (doc_dump.is_dump, doc_dump.read, "dump of several articles"),
    (subtitles.is_subtitles, subtitles.read, "subtitles"),
    (labelled.is_labelled, labelled.read, "text with labelled parts"),
)


class Rows(NamedTuple):
    """A table inside the file: numbered rows, to be read like those of a file of tables."""

    place: str
    rows: Iterator[tuple[int, dict[str, Any]]]
    what: str = ""


class Recognised(NamedTuple):
    """What a file is, and what is in it."""

    what: str
    found: Iterator[Item | Rows]
    #: It holds files, each of which is something of its own.
    archive: bool = False


def is_binary(head: bytes) -> bool:
    """Say whether data are of a kind whose text only an importer finds.

    Examples:
        >>> is_binary(b"{\\\\rtf1 hello"), is_binary(b"<html>")
        (True, False)
    """
    return (
        head.startswith((_ZIP, word_processor.RTF, spreadsheet.OLE, database.SQLITE, PARQUET))
        or archive.is_tar(head)
        or web_archive.is_warc(head)
        or web_archive.is_mhtml(head)
        or mail.is_mail(head)
    )


def binary(stream: IO[bytes], head: bytes, problems: list[Fault], depth: int = 0) -> Recognised:
    """Return the articles of a binary file.

    Raises:
        RecordError: it is broken, or too large to be read in one piece.
    """
    if web_archive.is_warc(head):
        return Recognised("WARC file", web_archive.warc(stream, problems))
    data = stream.read(budget.LARGEST_JSON + 1)
    if len(data) > budget.LARGEST_JSON:
        raise budget.too_large(len(data), budget.LARGEST_JSON)
    if data.startswith(word_processor.RTF):
        return _as_text("RTF", word_processor.rtf(data))
    if data.startswith(spreadsheet.OLE):
        return _spreadsheet(data, problems)
    if data.startswith(database.SQLITE):
        return Recognised("SQLite database", (Rows(*table) for table in database.tables(data, problems)))
    if data.startswith(PARQUET):
        with parquet_file(io.BytesIO(data)):  # a broken one is told of here, where its place is known
            pass
        return Recognised("Parquet", iter([Rows("", _parquet(data, problems))]))
    if web_archive.is_mhtml(head):
        return Recognised("MHTML page", web_archive.mhtml(data))
    if mail.is_mail(head):
        return Recognised("e-mail", mail.mails(data))
    if archive.is_tar(head):
        return _archive("tar archive", archive.untarred(data, problems), problems, depth)
    names = archive.zip_names(data)
    if "word/document.xml" in names:
        return _as_text("Word document", word_processor.docx(data))
    kind = archive.document_type(data)
    if kind == word_processor.ODT:
        return _as_text("OpenDocument text", word_processor.odt(data))
    if any(name in names for name in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")):
        return _spreadsheet(data, problems)
    what = "EPUB book" if kind == archive.EPUB else "ZIP archive"
    return _archive(what, archive.unzipped(data, problems), problems, depth)


def text(content: str, problems: list[Fault]) -> Recognised | None:
    """Return the articles of a text that holds several; None for one article.

    Examples:
        >>> text("The plant opened.", []) is None, text("<rss version='2.0'></rss>", []).what
        (True, 'RSS or Atom feed')
    """
    for fits, read, what in _TEXTS:
        if fits(content):
            return Recognised(what, read(content))
    if page := _exported_page(content):
        return page
    if (root := _ROOT.match(content)) and root["name"].lower() in _NO_ARTICLES:
        raise RecordError(f"XML <{root['name']}>: {_NO_ARTICLES[root['name'].lower()]}")
    begin = content.lstrip()[:1]
    if begin in ("{", "[") and content.rstrip()[-1:] in ("}", "]"):
        try:
            found = list(enumerate(nested_json.rows(content, problems), start=1))
        except RecordError:
            return None
        return Recognised("JSON", iter([Rows("", iter(found))]))
    return _table(content, problems)


_ROOT = re.compile(
    r"\s*<\?xml[^>]*>\s*(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<(?P<name>[A-Za-z]+)\b", re.DOTALL
)
#: Root of XML that is known to hold no articles -> what to do.
_NO_ARTICLES = {
    "urlset": "a list of addresses without articles; fetch the pages and read these",
    "sitemapindex": "a list of addresses without articles; fetch the pages and read these",
    "opml": "a list of feeds without articles; fetch the feeds and read these",
    "plist": "settings of a program, no articles",
    "svg": "a picture, no article",
}
#: What an export of a database as HTML holds, and no page of the web.
_EXPORTED = ("文章編號", "文章编号", " DOCUMENTS", "End of Document", "Document ", "Full text:")


def _exported_page(content: str) -> Recognised | None:
    """An export of a database that was saved as HTML."""
    if "<" not in content[:200] or not any(sign in content for sign in _EXPORTED):
        return None
    if not re.match(r"\s*<(?:!doctype|html|body|div|table|p)\b", content, re.IGNORECASE):
        return None
    lines = lines_of(content)
    for export in EXPORTS:
        if export.fits(lines):
            return Recognised(f"HTML with a {export.what}", export.read(lines))
    return None


def _table(content: str, problems: list[Fault]) -> Recognised | None:
    """A table of tabs under the name of a text, as Excel saves "Unicode text"."""
    lines = content[:20_000].split("\n")[:4]
    tabs = lines[0].count("\t")
    if not tabs or len(lines) < 2 or not re.search(r"[^\W\d]", lines[0]) or lines[1].count("\t") != tabs:
        return None
    stream = io.BytesIO(content.encode("utf-8", "replace"))
    rows = list(enumerate(delimited(stream, "\t", "utf-8", problems), start=1))
    return Recognised("table with tabs", iter([Rows("", iter(rows))]))


def _spreadsheet(data: bytes, problems: list[Fault]) -> Recognised:
    sheets = spreadsheet.sheets(data, problems)
    return Recognised("spreadsheet", (Rows(place, rows) for place, rows in sheets))


def _as_text(what: str, content: str) -> Recognised:
    inside = text(content, [])
    if inside:
        return Recognised(f"{what} with a {inside.what}", inside.found)
    return Recognised(what, iter([Item(content, page=True)]))


def _parquet(data: bytes, problems: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        yield from parquet(io.BytesIO(data), problems)
    except CorpusError as error:  # broken further on: the rows up to there are read
        problems.append(("broken", str(error)))


def _archive(what: str, files: Iterator[tuple[str, bytes]], problems: list[Fault], depth: int) -> Recognised:
    return Recognised(what, _members(files, problems, depth), archive=True)


def _members(files: Iterator[tuple[str, bytes]], problems: list[Fault], depth: int) -> Iterator[Item | Rows]:
    if depth >= _DEEPEST:
        problems.append(("too deep", "an archive inside an archive inside an archive; unpack it"))
        return
    for name, data in files:
        try:
            what, inside, _ = _member(name, data, problems, depth)
            for found in inside:
                yield _placed(name, found, what)
        except Exception as error:  # whatever it is: the other members are read
            kind, said = fault(error)
            problems.append((kind, f"{name}: {said}"))


def _placed(name: str, found: Item | Rows, what: str) -> Item | Rows:
    if isinstance(found, Rows):
        return found._replace(place=f"/{name}{found.place}", what=found.what or what)
    found.place, found.what = f"/{name}{found.place}", found.what or what
    return found


def _member(name: str, data: bytes, problems: list[Fault], depth: int) -> Recognised:
    if packed.bare(name) != name:
        data = packed.unpacked(io.BufferedReader(io.BytesIO(data))).read(budget.LARGEST_JSON + 1)
        if len(data) > budget.LARGEST_JSON:
            raise budget.too_large(len(data), budget.LARGEST_JSON)
        name = packed.bare(name)
    if not data.strip():
        raise RecordError("the file is empty", "empty")
    ending = name.lower().rpartition(".")[2]
    if is_binary(data[:HEAD]):
        inside = binary(io.BytesIO(data), data[:HEAD], problems, depth + 1)
        return Recognised("", inside.found) if inside.archive else inside
    if ending in ("csv", "tsv"):
        stream = io.BytesIO(data)
        cells = delimited(stream, "\t" if ending == "tsv" else None, None, problems)
        return Recognised(f"table (.{ending})", iter([Rows("", enumerate(cells, start=1))]))
    if len(data) > budget.LARGEST:
        raise budget.too_large(len(data))
    content = decode(data).text
    return text(content, problems) or Recognised("", iter([Item(content, {}, page=True)]))
