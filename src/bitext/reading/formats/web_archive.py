"""WARC files (crawls, also as text: WET) and MHTML files (saved pages) → pages with their addresses."""

import email
import email.policy
import re
from collections.abc import Iterator
from typing import IO, Any

from bitext.reading import budget
from bitext.reading.encoding import decode
from bitext.reading.formats.items import Item, needed, numbered
from bitext.reading.problems import Fault

_MHTML = re.compile(
    rb"(?:From|MIME-Version|Snapshot-Content-Location|Subject|Date|Content-Type|X-MAF[\w-]*):", re.IGNORECASE
)
#: What a browser says in the head of a page that it saved, and what only a mail that was sent has there.
_SAVED = re.compile(
    rb"^(?:Snapshot-Content-Location:|X-MAF|From:[^\n]*\bSaved by\b)", re.IGNORECASE | re.MULTILINE
)
_SENT = re.compile(rb"^(?:Message-ID|Received|Return-Path|Delivered-To|To):", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def is_warc(head: bytes) -> bool:
    """Say whether data begin like a WARC file."""
    return head.startswith(b"WARC/")


def is_mhtml(head: bytes) -> bool:
    """Say whether data begin like a saved page in one file.

    Examples:
        >>> head = b"Content-Type: multipart/related\\nSubject: Chips\\n"
        >>> is_mhtml(b"From: <Saved by Blink>\\n" + head), is_mhtml(b"Message-ID: <1>\\n" + head)
        (True, False)
    """
    if not _MHTML.match(head) or b"multipart/related" not in head.lower():
        return False
    return bool(_SAVED.search(head)) or not _SENT.search(head)


def warc(stream: IO[bytes], problems: list[Fault]) -> Iterator[Item]:
    """Yield the pages of a WARC file, one after the other; the crawl's date is no date of an article.

    These are what servers answered and crawlers kept as HTML, and what was made of it as text. An answer
    that is no page (a redirection, an error) is a problem.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise needed("fastwarc", "reading WARC files") from None
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    for record in ArchiveIterator(stream, record_types=kinds, parse_http=True):
        answered = record.record_type == WarcRecordType.response
        kind = str((record.http_content_type if answered else record.headers.get("Content-Type")) or "")
        text = record.record_type == WarcRecordType.conversion and kind.startswith("text/plain")
        if (answered and record.http_headers is None) or not (text or "html" in kind.lower()):
            continue
        number += 1
        url = record.headers.get("WARC-Target-URI", "") or ""
        status = record.http_headers.status_code if answered else None
        if status is not None and not 200 <= status < 300:
            problems.append(("empty", f"record {number}: the server answered {status} for {url}"))
            continue
        data = record.reader.read(budget.LARGEST + 1)
        if len(data) > budget.LARGEST:
            problems.append(("too large", f"record {number}: a page of more than {budget.LARGEST:,} bytes"))
        elif data.strip():
            yield Item(decoded(data, kind), {"url": url}, f"#{number}", page=True)


def decoded(data: bytes, kind: str) -> str:
    """Return a page or mail as text, by the charset that its content type names, else by its bytes."""
    named = _CHARSET.search(kind)
    if named and named[1].lower() not in ("utf-8", "utf8", "iso-8859-1", "latin1"):
        try:
            return data.decode(named[1])
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data).text


def mhtml(data: bytes) -> Iterator[Item]:
    """Yield the page of an MHTML file; parts in frames are left to their own files."""
    message: Any = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True) or b""
            url = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
            text = decoded(content, str(part.get("Content-Type")))
            yield from numbered([Item(text, {"url": str(url)}, page=True)])
            return
