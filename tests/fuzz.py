"""Hostile input by structure: every format that is read, with the faults that files have."""

import bz2
import gzip
import io
import json
import lzma
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing

WORDS = [
    "The",
    "plant",
    "opened",
    "“chips”",
    "said",
    "工厂",
    "周一",
    "开工",
    "（ASML）",
    "\ud83d",
    "\0",
    "\u202e",
    "=1+1",
    '"',
    "'",
]  # A plant begins work on Monday.
ODD_BYTES = [
    b"\0",
    b'"',
    b"<",
    b"[" * 2000,
    b"\xff\xfe",
    b"\\ud83d",
    b"\r",
    b"\n",
    b",",
    b"\xef\xbb\xbf",
    b"&#0;",
    b"\x1b[31m",
]


def text(draw: random.Random) -> str:
    """Return a text of some words, some of them odd."""
    return " ".join(draw.choices(WORDS, k=draw.randint(0, 40)))


def value(draw: random.Random, depth: int = 0) -> object:
    """Return a JSON value of any shape."""
    kinds: list[Callable[[], object]] = [
        lambda: text(draw),
        lambda: draw.choice([None, True, -1, 2**70, 1e308, float("nan")]),
        lambda: [value(draw, depth + 1) for _ in range(draw.randint(0, 3))],
        lambda: {text(draw)[:9]: value(draw, depth + 1) for _ in range(draw.randint(0, 3))},
    ]
    return draw.choice(kinds if depth < 4 else kinds[:2])()


def row(draw: random.Random) -> dict[str, object]:
    """Return the cells of an article, some of another type than they should be."""
    names = ["text", "title", "date", "outlet", "url", "author", text(draw)[:6]]
    return {
        name: value(draw, 3) if draw.random() < 0.3 else text(draw)
        for name in draw.sample(names, draw.randint(1, 6))
    }


def markup(draw: random.Random) -> str:
    """Return a page whose elements may not close, with what its head says."""
    tags = ["p", "div", "article", "a", "script", "style", "h1", "table", "td", "blockquote", "meta", "br"]
    data = json.dumps(
        draw.choice([{"@graph": value(draw)}, value(draw), {"@type": "NewsArticle", "author": value(draw)}])
    )
    parts = [
        f"<html><head><title>{text(draw)}</title>",
        f'<script type="application/ld+json">{data}</script></head><body>',
    ]
    for _ in range(draw.randint(1, 30)):
        tag = draw.choice(tags)
        parts.append(
            f"<{tag} class='{text(draw)[:5]}'>{text(draw)}" + draw.choice([f"</{tag}>", "", "<!--", "</"])
        )
    return "".join(parts)


def markdown(draw: random.Random) -> str:
    """Return a page of a mirror or a feed, with a head that may be broken."""
    head = draw.choice(
        ["", "---\ntitle: {}\ndate: {}\n---\n", "# {}\n\n{}\n", "---\n{}: [{}\n", "Title: {}\nDate: {}\n\n"]
    )
    lines = [
        draw.choice(["", "- ", "> ", "![", "[a](", "# ", "| "]) + text(draw)
        for _ in range(draw.randint(0, 20))
    ]
    return head.format(text(draw), text(draw)) + "\n".join(lines)


def table(draw: random.Random) -> str:
    """Return a table whose rows may have too few or too many cells, and open quotation marks."""
    mark = draw.choice([",", ";", "\t", "|"])
    rows = [[text(draw) for _ in range(draw.choice([3, 3, 3, 2, 5]))] for _ in range(draw.randint(0, 12))]
    quoted = [mark.join(draw.choice(['"{}"', "{}", '"{}']).format(cell) for cell in cells) for cells in rows]
    return "\n".join([mark.join(["title", "text", "date"]), *quoted])


def delivery(draw: random.Random) -> str:
    """Return a feed, or an agency's delivery, whose elements may not close."""
    root, item, names = draw.choice(
        [
            ("rss", "item", ["title", "link", "pubDate", "description", "content:encoded"]),
            ("feed", "entry", ["title", "updated", "summary", "content", "author"]),
            ("nitf", "body", ["hl1", "byline", "body.content", "p", "block"]),
            ("newsMessage", "newsItem", ["headline", "by", "versionCreated", "inlineXML", "p"]),
        ]
    )
    parts = ['<?xml version="1.0"?>', draw.choice(["", '<!DOCTYPE a [<!ENTITY b "c">]>']), f"<{root}>"]
    for _ in range(draw.randint(0, 5)):
        parts.append(f"<{item}>")
        parts += [
            f"<{name}>{text(draw)}" + draw.choice([f"</{name}>"] * 8 + ["", "&b;", "<![CDATA["])
            for name in draw.choices(names, k=draw.randint(0, 6))
        ]
        parts.append(f"</{item}>")
    return "\n".join([*parts, f"</{root}>"])


def labelled(draw: random.Random) -> str:
    """Return a mail, a box of mails, an export of a database or of references, or subtitles."""
    line = draw.choice(
        [
            "From: {}\nMessage-ID: <1>\nSubject: =?utf-8?b?{}?=\nDate: {}\nContent-Type: multipart/mixed; "
            "boundary=B\n\n--B\n\n{}\n",
            "From {} Wed Mar 05 10:00:00 2031\nFrom: {}\nSubject: {}\n\n{}\n\n",
            "TY  - NEWS\nTI  - {}\nDA  - {}\nJF  - {}\nAB  - {}\nER  - \n",
            "00:00:01,000 --> 00:00:02,000\n{}\n{}\n\n1\n{}\n{}\n",
            "1 of 2 DOCUMENTS\n\n{}\n\nMay 13, 2024\n\n{}\n\nBYLINE: {}\n\nBODY:\n{}\n",
            "{}\n\n12 words\n{}\n{}\n\n{}\n\nDocument ABCD0020310305en350000c\n",
            "{} | 2031-03-05\n报章 | A12 | {}\n{}\n\n{}\n\n文章編號: 203103050010012\n",  # a newspaper
        ]
    )
    return "".join(line.format(*(text(draw) for _ in range(4))) for _ in range(draw.randint(1, 5)))


def document(draw: random.Random) -> bytes:
    """Return a file of an office program or an archive, its insides broken as its bytes will be."""
    if draw.random() < 0.3:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE TABLE articles (title, body)")
            for _ in range(draw.randint(0, 5)):
                row = [text(draw).encode("utf-8", "replace").decode() for _ in range(2)]
                connection.execute("INSERT INTO articles VALUES (?, ?)", row)
            connection.commit()
            return connection.serialize()
    stream = io.BytesIO()
    name, kind = draw.choice(
        [("content.xml", "application/vnd.oasis.opendocument.text"), ("a.html", "application/epub+zip"),
         ("word/document.xml", ""), ("xl/workbook.xml", ""), ("b.csv", "")]
    )  # fmt: skip
    with zipfile.ZipFile(stream, "w") as archive:
        for member, content in (("mimetype", kind), (name, draw.choice([markup, delivery, table])(draw))):
            archive.writestr(member, content.encode("utf-8", "replace"))
    return stream.getvalue()


def parquet(draw: random.Random) -> bytes:
    """Return a table in Parquet, with columns of another type than they should be; none without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return b""
    number = draw.randint(0, 6)
    whole = [text(draw).encode("utf-8", "replace") for _ in range(number)]
    kinds: list[Callable[[], object]] = [
        lambda: pa.array(whole, pa.binary()),
        lambda: pa.array([cell.decode() for cell in whole]).dictionary_encode(),
        lambda: pa.array([[cell.decode()] for cell in whole], pa.list_(pa.string())),
        lambda: pa.array([draw.choice([None, 2**62, -1, 0]) for _ in whole], pa.timestamp("us")),
        lambda: pa.array([draw.choice([None, float("nan"), 1e308]) for _ in whole], pa.float64()),
        lambda: pa.nulls(number),
    ]
    columns = {"text": pa.array([cell.decode() for cell in whole], pa.string())}
    for name in draw.sample(["text", "title", "date", "outlet", "author"], 3):
        columns[name] = draw.choice(kinds)()
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression=draw.choice(["none", "snappy", "zstd"]))
    return sink.getvalue()


def recorded(draw: random.Random) -> str:
    """Return an archive of pages as a crawler keeps it, whose lengths need not be true."""
    records = []
    for _ in range(draw.randint(1, 4)):
        page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{markup(draw)}"
        size = len(page.encode("utf-8", "replace")) + draw.choice([0, 0, 0, -5, 9, 10**9])
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{text(draw)[:5]}\r\n"
        records.append(f"{head}Content-Length: {size}\r\n\r\n{page}\r\n\r\n")
    return "".join(records)


FORMATS: dict[str, Callable[[random.Random], str | bytes]] = {
    ".json": lambda draw: json.dumps(draw.choice([value(draw), [row(draw) for _ in range(4)]])),
    ".jsonl": lambda draw: "\n".join(json.dumps(draw.choice([row(draw), value(draw)])) for _ in range(6)),
    ".csv": table,
    ".tsv": table,
    ".html": markup,
    ".md": markdown,
    ".xml": delivery,
    ".eml": labelled,
    ".docx": document,
    ".parquet": parquet,
    ".warc": recorded,
    ".txt": lambda draw: "\n".join(text(draw) for _ in range(draw.randint(0, 12))),
}
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "cp1252"]


def hostile(seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a file."""
    draw = random.Random(seed)
    ending = draw.choice(list(FORMATS))
    content = FORMATS[draw.choice(list(FORMATS)) if draw.random() < 0.1 else ending](draw)
    data = bytearray(
        content if isinstance(content, bytes) else content.encode(draw.choice(ENCODINGS), "replace")
    )
    for _ in range(draw.choice([0, 0, 1, 3, 20])):
        place = draw.randrange(len(data) + 1)
        data[place : place + draw.randint(0, 4)] = draw.choice([*ODD_BYTES, draw.randbytes(2)])
    if draw.random() < 0.1:
        data = data[: draw.randrange(len(data) + 1)]
    if draw.random() < 0.1:
        packed, packing = draw.choice(
            [
                (".gz", gzip.compress(bytes(data), mtime=0)),
                (".bz2", bz2.compress(data)),
                (".xz", lzma.compress(data)),
            ]
        )
        data, ending = bytearray(packing), ending + packed
        if draw.random() < 0.5:
            data = data[: draw.randrange(len(data))]
    return f"{seed}{ending}", bytes(data)
