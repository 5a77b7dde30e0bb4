"""E-mails (.eml) and boxes of them (.mbox) → articles: newsletters, alerts, what was sent on."""

import email
import email.errors
import email.header
import email.utils
import re
from collections.abc import Iterator
from email.message import Message
from typing import Any

from bitext.reading.formats.items import Item, numbered
from bitext.reading.formats.web_archive import decoded

#: A line of a head.
_FIELD = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{1,40}):|[ \t]+\S")
_OF_MAIL = frozenset((b"from", b"subject", b"date", b"to"))
#: No head of a dump or memo has one of these.
_OF_MAIL_ALONE = frozenset(
    (b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"dkim-signature")
)
#: Each mail of a box stands behind such a line.
_OPENS = re.compile(rb"^From \S+[^\n]*\b(?:19|20)\d\d\b[^\n]*\r?\n", re.MULTILINE)
#: What stands before it: nothing, or a blank line.
_BLANK = (b"", b"\n\n", b"\r\n")
_SENT_ON = re.compile(r"(?:(?:fwd?|re|aw|wg|转发|轉發|转寄|轉寄|回复|回覆)\s*[:：]\s*)+", re.IGNORECASE)


def is_mail(head: bytes) -> bool:
    """Say whether data begin like an e-mail or a box of them.

    Examples:
        >>> is_mail(b"From: a@x.example\\nMessage-ID: <1>\\n"), is_mail(b"From: Ann\\nDate: May 3\\n")
        (True, False)
    """
    names = set()
    box = bool(_OPENS.match(head))
    for line in head.split(b"\n")[box:-1]:
        if not line.strip():
            break
        field = _FIELD.match(line)
        if not field:
            return False
        names.add((field["name"] or b"").lower())
    alone = names & _OF_MAIL_ALONE
    return (box and bool(names & _OF_MAIL)) or (bool(alone) and (b"from" in names or len(alone) > 1))


def mails(data: bytes) -> Iterator[Item]:
    """Yield the mails: their page if they have one, else their text; title, outlet, date by the head."""
    if not _OPENS.match(data):
        yield from numbered([_article(data)])
        return
    starts = [
        found for found in _OPENS.finditer(data) if data[max(0, found.start() - 2) : found.start()] in _BLANK
    ]
    ends = [match.start() for match in starts[1:]] + [len(data)]
    yield from numbered(_article(data[match.end() : end]) for match, end in zip(starts, ends, strict=True))


def _article(data: bytes) -> Item:
    message = email.message_from_bytes(data)
    # Parsed before it is decoded: parentheses in an encoded name are part of it.
    name, address = email.utils.parseaddr(str(message["From"] or ""))
    given = {
        "title": _SENT_ON.sub("", _said(message["Subject"])),
        "outlet": _said(name) or address.rpartition("@")[2],
        "date": _said(message["Date"]),
    }
    parts: dict[str, Message[Any, Any]] = {}
    for part in message.walk():
        if not part.is_multipart() and not part.get_filename():
            parts.setdefault(part.get_content_type(), part)
    html, plain = parts.get("text/html"), parts.get("text/plain")
    body = html if html is not None else plain
    return Item(
        _text(body) if body is not None else "",
        {key: " ".join(text.split()) for key, text in given.items() if text.strip()},
        page=html is not None,
    )


def _text(part: "Message[Any, Any]") -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return decoded(data, str(part.get("Content-Type", ""))) if data.strip() else ""


def _said(value: object) -> str:
    """Return a field of a head, its encoded words decoded."""
    try:
        return str(email.header.make_header(email.header.decode_header(str(value or ""))))
    except (email.errors.MessageError, LookupError, ValueError):
        return str(value or "")
