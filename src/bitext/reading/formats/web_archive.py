"""WARC files (crawls) and MHTML files (saved pages) → pages with their addresses."""

import email
import email.policy
import re
from collections.abc import Iterator
from typing import IO, Any

from bitext.reading import budget
from bitext.reading.encoding import decode
from bitext.reading.formats.items import Item, needed, numbered
from bitext.reading.problems import Fault

_MHTML = re.compile(rb"(?:From:|MIME-Version:|Snapshot-Content-Location:|Subject:|Date:)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def is_warc(head: bytes) -> bool:
    """Say whether data begin like a WARC file."""
    return head.startswith(b"WARC/")


def is_mhtml(head: bytes) -> bool:
    """Say whether data begin like a saved page in one file."""
    return bool(_MHTML.match(head)) and b"multipart/related" in head[:4000].lower()


def warc(stream: IO[bytes], problems: list[Fault]) -> Iterator[Item]:
    """Yield the HTML pages of a WARC file, one after the other; the crawl's date is no date of an article."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise needed("fastwarc", "reading WARC files") from None
    number = 0
    for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
        kind = record.http_content_type or ""
        if record.http_headers is None or "html" not in kind.lower():
            continue
        number += 1
        url = record.headers.get("WARC-Target-URI", "") or ""
        status = record.http_headers.status_code
        if status is not None and status >= 400:
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
