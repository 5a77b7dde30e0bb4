# ruff: noqa: E501 (exports keep the lines that they have)
"""Files that hold several articles, in the shape that services export them; beside each, one that is hostile."""

import io
import json
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

import bitext

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example Wire</title><link>https://wire.example/</link>
<item><title>Plant opens in the valley</title><link>https://wire.example/1</link><dc:creator>Ann Roe</dc:creator>
<pubDate>Mon, 05 Mar 2031 08:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The plant opened on Monday.</p><p>It is the first of its kind.</p>]]></content:encoded></item>
<item><title>Mine closes</title><link>https://wire.example/2</link><pubDate>Tue, 06 Mar 2031 09:00:00 +0800</pubDate>
<description>&lt;p&gt;The mine closed on Tuesday, officials said.&lt;/p&gt;</description></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>远声网</title>
<entry><title>新厂开工</title><link href="https://yuansheng.example/1"/><updated>2031-03-05T08:00:00+08:00</updated>
<content type="html">&lt;p&gt;厂房周一正式开工。&lt;/p&gt;</content></entry></feed>
"""  # the plant went into operation on Monday
NEXIS = """


                               1 of 2 DOCUMENTS


                         The Meridian Ledger (London)

                             March 5, 2031 Monday
                                London Edition

Plant opens in the valley

BYLINE: Ann Roe

SECTION: NEWS; Pg. 3

LENGTH: 412 words

BODY:

   The plant opened on Monday after three years of work, officials
said, and it is the first of its kind.

   The mayor said that she was pleased.

LOAD-DATE: March 6, 2031

LANGUAGE: ENGLISH

                  Copyright 2031 Meridian Ledger Ltd.
                             All Rights Reserved

                               2 of 2 DOCUMENTS

                         The Meridian Ledger (London)

                             March 6, 2031 Tuesday

Mine closes

LENGTH: 20 words

BODY:

The mine closed on Tuesday.
"""
FACTIVA = """Plant opens in the valley

By Ann Roe
412 words
5 March 2031
08:15
The Meridian Ledger
MERLED
English
(c) 2031 Meridian Ledger Ltd.

The plant opened on Monday after three years of work, officials said.

The mayor said that she was pleased.

Document MERLED0020310305en350000b

新厂开工
记者 李言
300 字
2031 年 3 月 5 日
寰岳时报
HUANYU
中文 - 简体
版权所有 2031

厂房周一正式开工。

文件 HUANYU0020310305en350000c
"""
WISE = """1. 港灣報 | 2031-03-05
報章 | A12 | 要聞 | By 記者李言
新廠開工

廠房周一正式開工。

官員說，工程三年前開始。

文章編號: 203103050010012

---------------------------------------
2. 港灣報 | 2031-03-06
報章 | A3 | 經濟
礦場關閉

礦場周二關閉。

文章編號: 203103060010013
"""  # new plant starts; the mine closes
DOCS = """<doc><url>https://a.example/1</url><docno>9f-1</docno><contenttitle>新厂开工</contenttitle>
<content>厂房周一正式开工。</content></doc>
<doc><url>https://a.example/2</url><docno>9f-2</docno><contenttitle>矿场关闭</contenttitle>
<content>矿场周二关闭。</content></doc>
"""
MARKDOWN = """# March

## 1. Plant opens in the valley
- Source: Example Wire
- Date: 2031-03-05
- URL: https://wire.example/1

The plant opened on Monday.

## 2. 矿场关闭
- 来源：远声网
- 日期：2031-03-06

矿场周二关闭，官员说。
"""


def rtf(text: str) -> str:
    escaped = "".join(
        c if ord(c) < 128 else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in text
    )
    return "{\\rtf1\\ansi\\ansicpg1252\\uc1 " + escaped.replace("\n", "\\par\n") + "}"


def docx(text: str) -> bytes:
    library = pytest.importorskip("docx")
    document = library.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


SHEET = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}
</sheetData></worksheet>"""


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook as small as Excel accepts."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{v}</t></is></c>' for c, v in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{sheet_type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{sheet_type}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        f'"{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": SHEET.format(cells),
    }
    return zipped({name: text.encode() for name, text in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


PAGE = b"""<html><head><title>Plant opens</title><meta property="article:published_time" content="2031-03-05">
</head><body><article><p>The plant opened on Monday.</p><p>It is new.</p></article></body></html>"""
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wire.example/1\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
    b"Content-Location: https://wire.example/1\r\n\r\n" + PAGE + b"\r\n--B--\r\n"
)


def warc(status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + PAGE
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2031-04-01T00:00:00Z\r\n"
        "WARC-Target-URI: https://wire.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    ).encode()
    return head + http + b"\r\n\r\n"


UNICODE_TEXT = "标题\t媒体\t日期\t正文\n新厂开工\t寰岳时报\t2031-03-05\t厂房周一正式开工。\n".encode("utf-16")
NITF = """<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>Plant opens in the valley</title><docdata><date.issue norm="20310305T081500Z"/></docdata>
<pubdata type="print" name="Example Wire" date.publication="20310305"/></head>
<body><body.head><hedline><hl1>Plant opens in the valley</hl1></hedline><byline>By Ann Roe</byline></body.head>
<body.content><p>The plant opened on <em>Monday</em>.</p><p>It is new.</p></body.content></body></nitf>
"""
NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:x:1"><itemMeta>
<versionCreated>2031-03-05T10:00:00Z</versionCreated><provider literal="Example Wire"/></itemMeta><contentMeta>
<headline>Plant opens in the valley</headline><by>Ann Roe</by></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>The plant opened on Monday.</p>
</body></html></inlineXML></contentSet></newsItem><newsItem guid="urn:x:2"><itemMeta>
<versionCreated>2031-03-06T10:00:00Z</versionCreated><provider literal="Example Wire"/></itemMeta><contentMeta>
<headline>Mine closes</headline></contentMeta><contentSet><inlineData>The mine closed on Tuesday.</inlineData>
</contentSet></newsItem></itemSet></newsMessage>
"""
RIS = """TY  - NEWS
TI  - Plant opens in the valley
AU  - Roe, Ann
T2  - Example Wire
DA  - 2031/03/05/
N2  - The plant opened on Monday after three years of work,
 officials said.
UR  - https://unknown.example/1
ER  -

TY  - NPCR
T1  - 矿场关闭
JF  - 远声网
Y1  - 2031/03/06
AB  - 矿场周二关闭，官员说。
ER  -
"""
MAIL = (
    "Return-Path: <news@wire.example>\r\nFrom: =?utf-8?b?6L+c5aOw572R?= <news@wire.example>\r\n"
    "Subject: =?utf-8?b?6L2s5Y+R77ya55+/5Zy65YWz6Zet?=\r\nDate: Thu, 06 Mar 2031 09:00:00 +0800\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="B"\r\n\r\n--B\r\n'
    "Content-Type: text/plain; charset=utf-8\r\n\r\n矿场\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<html><body><p>矿场周二关闭，官员说。</p></body></html>\r\n--B--\r\n"
).encode()  # 远声网; 转发：矿场关闭 (Fwd: mine closes)
BOX = """From news@wire.example Wed Mar 05 10:00:00 2031
From: Example Wire <news@wire.example>
Subject: Plant opens in the valley
Date: Wed, 05 Mar 2031 10:00:00 +0000

The plant opened on Monday.
>From the valley, it can be seen.

From news@wire.example Thu Mar 06 10:00:00 2031
From: Example Wire <news@wire.example>
Subject: Fwd: Mine closes
Date: Thu, 06 Mar 2031 10:00:00 +0000

The mine closed on Tuesday.
"""
SUBTITLES = """WEBVTT

1
00:00:01.000 --> 00:00:04.000 align:start
<c>Dock workers</c> walked out

2
00:00:04.000 --> 00:00:08.000
on Monday, closing three terminals.
"""


def odt(lines: list[str]) -> bytes:
    """An OpenDocument text as small as can be read."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    text = "".join(f"<text:p>{line}</text:p>" for line in lines)
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f"<office:text>{text}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def sqlite(rows: list[tuple[str, str, str, str]]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER, title, outlet, published, body, picture BLOB)")
        connection.execute("CREATE TABLE empty (id)")
        for row in rows:
            connection.execute("INSERT INTO articles VALUES (1, ?, ?, ?, ?, x'FFD8')", row)
        connection.commit()
        return connection.serialize()


NEWSAPI = {
    "status": "ok",
    "articles": [
        {
            "source": {"id": "ledger", "name": "The Meridian Ledger"},
            "title": "Plant opens",
            "publishedAt": "2031-03-05T08:00:00Z",
            "content": "The plant opened on Monday. It… [+1234 chars]",
        }
    ],
}

#: file -> (content, [(title, outlet, day, first words of the text)])
PLANT, MINE = "Plant opens in the valley", "Mine closes"
FILES: dict[str, tuple[bytes, list[tuple[str, str, str, str]]]] = {
    "feed.xml": (RSS.encode(), [
        (PLANT, "Example Wire", "2031-03-05", "The plant opened"), (MINE, "Example Wire", "2031-03-06", "The mine")]),
    "feed.atom": (ATOM.encode(), [("新厂开工", "远声网", "2031-03-05", "厂房")]),
    "nexis.txt": (NEXIS.encode(), [
        (PLANT, "The Meridian Ledger (London)", "2031-03-05", "The plant opened"),
        (MINE, "The Meridian Ledger (London)", "2031-03-06", "The mine")]),
    "nexis.rtf": (rtf(NEXIS).encode(), [
        (PLANT, "The Meridian Ledger (London)", "2031-03-05", "The plant opened"),
        (MINE, "The Meridian Ledger (London)", "2031-03-06", "The mine")]),
    "factiva.txt": (FACTIVA.encode(), [
        (PLANT, "The Meridian Ledger", "2031-03-05", "The plant opened"), ("新厂开工", "寰岳时报", "2031-03-05", "厂房")]),
    "wise.txt": (WISE.encode("big5"), [
        ("新廠開工", "港灣報", "2031-03-05", "廠房"), ("礦場關閉", "港灣報", "2031-03-06", "礦場")]),
    "docs.txt": (DOCS.encode("gb18030"), [("新厂开工", "a.example", "", "厂房"), ("矿场关闭", "a.example", "", "矿场")]),
    "many.md": (MARKDOWN.encode(), [
        (PLANT, "Example Wire", "2031-03-05", "The plant opened"), ("矿场关闭", "远声网", "2031-03-06", "矿场")]),
    "table.xlsx": (xlsx([["标题", "媒体", "日期", "正文", "frame"], ["新厂开工", "寰岳时报", "2031-03-05", "厂房开工。", "x"]]), [
        ("新厂开工", "寰岳时报", "2031-03-05", "厂房")]),
    "unicode.txt": (UNICODE_TEXT, [("新厂开工", "寰岳时报", "2031-03-05", "厂房")]),
    "pages.zip": (zipped({"a/1.html": PAGE, "a/empty.html": b""}), [("Plant opens", "", "2031-03-05", "The plant")]),
    "pages.tar.gz": (tarred({"a/1.html": PAGE}), [("Plant opens", "", "2031-03-05", "The plant")]),
    "crawl.warc": (warc(), [("Plant opens", "wire.example", "2031-03-05", "The plant")]),
    "saved.mht": (MHTML, [("Plant opens", "wire.example", "2031-03-05", "The plant")]),
    "newsapi.json": (json.dumps(NEWSAPI).encode(), [
        ("Plant opens", "The Meridian Ledger", "2031-03-05", "The plant")]),
    "one.json": (b'{"title": "Plant opens", "paragraphs": [{"text": "The plant."}, {"text": "It is new."}]}', [
        ("Plant opens", "", "", "The plant.")]),
    "wire.nitf": (NITF.encode(), [(PLANT, "Example Wire", "2031-03-05", "The plant opened on Monday.")]),
    "newsml.xml": (NEWSML.encode(), [
        (PLANT, "Example Wire", "2031-03-05", "The plant opened"), (MINE, "Example Wire", "2031-03-06", "The mine")]),
    "zotero.ris": (RIS.encode(), [
        (PLANT, "Example Wire", "2031-03-05", "The plant opened on Monday after three years of work, officials"),
        ("矿场关闭", "远声网", "2031-03-06", "矿场")]),
    "letter.eml": (MAIL, [("矿场关闭", "远声网", "2031-03-06", "矿场周二")]),
    "alerts.mbox": (BOX.encode(), [
        (PLANT, "Example Wire", "2031-03-05", "The plant opened"), (MINE, "Example Wire", "2031-03-06", "The mine")]),
    "report.vtt": (SUBTITLES.encode(), [("", "", "", "Dock workers walked out on Monday, closing three terminals.")]),
    "text.odt": (odt([PLANT, "", "The plant<text:s/>opened<text:tab/>on Monday."]), [
        (PLANT, "", "", "The plant opened on Monday.")]),
    "archive.sqlite": (sqlite([(PLANT, "Example Wire", "2031-03-05", "The plant opened on Monday.")]), [
        (PLANT, "Example Wire", "2031-03-05", "The plant opened")]),
    "book.epub": (zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>", "1.xhtml": PAGE}), [
        ("Plant opens", "", "2031-03-05", "The plant")]),
    "lines.json": (b'{"title": "A", "text": "The plant."}\n{"title": "B", "text": "The mine."}\n', [
        ("A", "", "", "The plant."), ("B", "", "", "The mine.")]),
}  # fmt: skip


def rows(corpus: bitext.Corpus) -> list[tuple[str, str, str, str]]:
    table = corpus.articles
    days = ["" if pd.isna(date) else f"{date:%Y-%m-%d}" for date in table["date"]]
    return list(zip(table["title"], table["outlet"], days, table["text"], strict=True))


@pytest.mark.parametrize("name", FILES)
def test_every_article_of_a_file_is_read_with_its_own_metadata(name: str, tmp_path: Path) -> None:
    content, expected = FILES[name]
    (tmp_path / name).write_bytes(content)
    found = rows(bitext.read(tmp_path / name))
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    for (*_, text), (*_, begin) in zip(found, expected, strict=True):
        assert text.startswith(begin)
        assert "Document" not in text
        assert "文章編號" not in text


def test_parentheses_of_an_encoded_sender_are_part_of_its_name(tmp_path: Path) -> None:
    """(臺)中央社, as Python's own mail writes it."""
    (tmp_path / "a.eml").write_bytes(MAIL.replace(b"6L+c5aOw572R", b"KOiHuinkuK3lpK7npL4="))
    assert bitext.read(tmp_path).articles["outlet"].tolist() == ["(臺)中央社"]


def test_a_word_document_of_an_export_is_read_like_its_text(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(FACTIVA))
    assert len(bitext.read(tmp_path).articles) == 2


def test_scan_finds_the_same_articles(tmp_path: Path) -> None:
    for name, (content, _) in FILES.items():
        (tmp_path / name).write_bytes(content)
    read = bitext.read(tmp_path)
    scan = bitext.scan(tmp_path, size=1000)
    assert scan.number() == len(read) == sum(len(expected) for _, expected in FILES.values())


def test_columns_that_are_no_field_stay_with_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(FILES["table.xlsx"][0])
    corpus = bitext.read(tmp_path)
    assert corpus.articles["frame"].tolist() == ["x"]


def test_a_body_that_the_provider_cut_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(FILES["newsapi.json"][0])
    assert bitext.read(tmp_path).problems["kind"].tolist() == ["cut"]


FORMATS = {
    "feed.xml": "RSS or Atom feed", "feed.atom": "RSS or Atom feed", "nexis.txt": "Nexis export",
    "nexis.rtf": "RTF with a Nexis export", "factiva.txt": "Factiva export", "wise.txt": "WiseNews export",
    "docs.txt": "dump of several articles", "many.md": "dump of several articles", "table.xlsx": "spreadsheet",
    "unicode.txt": "table with tabs", "pages.zip": "HTML page in a ZIP archive", "pages.tar.gz": "HTML page in a tar archive",
    "crawl.warc": "WARC file", "saved.mht": "MHTML page", "newsapi.json": "table (.json)",
    "wire.nitf": "NITF or NewsML", "newsml.xml": "NITF or NewsML", "zotero.ris": "RIS export", "letter.eml": "e-mail",
    "alerts.mbox": "e-mail", "report.vtt": "subtitles", "text.odt": "OpenDocument text",
    "archive.sqlite": "SQLite database", "book.epub": "HTML page in an EPUB book",
    "one.json": "table (.json)", "lines.json": "table (.json)",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_explain_says_what_was_recognised(name: str, tmp_path: Path) -> None:
    content, expected = FILES[name]
    (tmp_path / name).write_bytes(content)
    table = bitext.explain(tmp_path)
    said = table.drop_duplicates("aspect").set_index("aspect")
    assert (said["found"]["format"], said["articles"]["format"]) == (FORMATS[name], len(expected))
    assert said["found"]["encoding"]
    assert table.loc[table["aspect"] == "outlet", "articles"].sum() == len(expected)
    assert table["reason"].ne("").all()


def test_explain_names_columns_their_reasons_and_the_order_of_dates(tmp_path: Path) -> None:
    text = "The plant opened on Monday after three years of work, officials said, and it is the first. " * 2
    rows = f'A,Plant opens in valley,"{text}",13/05/2031,threat\nB,Mine closes,"{text}",03/04/2031,\n'
    (tmp_path / "a.csv").write_text("媒体,stuk,tekst,日期,frame\n" + rows, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    table = bitext.explain(tmp_path)
    said = [tuple(row) for row in table[["aspect", "found", "column", "articles", "reason"]].to_numpy()]
    assert ("outlet", "A, B", "媒体", 2, "its name") in said
    assert ("text", "", "tekst", 2, "its cells") in said
    order = "1 of 2 cells can be read in no other order, such as '13/05/2031'"
    assert ("date_order", "day first", "日期", 2, order) in said
    assert ("further", "", "frame", 1, "no field of an article; a column of its own") in said
    assert {row[1] for row in said if row[0] == "problem"} == {"assumed", "not read"}


HOSTILE = {
    "feed.xml": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>',
    "nexis.txt": b"1 of 2 DOCUMENTS\n\n2 of 2 DOCUMENTS\n",
    "a.xlsx": zipped({"xl/workbook.xml": b"<workbook", "[Content_Types].xml": b""}),
    "a.rtf": b"{\\rtf1 {\\fonttbl",
    "a.docx": zipped({"word/document.xml": b"<w:document"}),
    "a.zip": b"PK\x03\x04" + b"\0" * 60,
    "b.zip": zipped({"a.html": b"", "b.zip": zipped({"c.zip": zipped({"d.zip": zipped({"e.txt": b"x"})})})}),
    "a.warc": warc("404 Not Found"),
    "a.mht": b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B--\n',
    "a.json": b'{"articles": [1, 2]}',
    "a.txt": b"<doc></doc>",
    "atom.xml": b"<feed><entry><title>A</title></entry>",
    "factiva.txt": b"12 words\nDocument XXXX000020240513ek5d0000a\n",
    "wise.txt": "文章編號: 202405130010012\n".encode(),
    "tabs.txt": "标题\t正文\n新厂\t\n".encode("utf-16"),
    "b.json": b'{"articles": [{"title": "A", "content": null}]}',
    "c.json": b"[" * 5000,
    "d.jsonl": b'{"title": "A", "text": ""}\n',
    "a.tar": tarred({"../../etc/x.txt": b"", "b.txt": b" "}),
    "many.md": b"# March\n\n## 1. A\n- Date: 2031-03-05\n\n## 2. B\n- Date: 2031-03-06\n",
    "a.ods": zipped(
        {"content.xml": b"<office", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    ),
    "a.nitf": b'<nitf><!DOCTYPE x [<!ENTITY a "aa">]><body.content><p>&a;',
    "b.nitf": b"<nitf><body><body.content><p>The",
    "a.ris": b"TY  - NEWS\nTI  - A\nER  -\n",
    "a.eml": b"Message-ID: <1>\nFrom: a@x.example\nContent-Type: text/plain; charset=none\n\n\xff\xfe",
    "a.mbox": b"From a@x.example Wed Mar 05 10:00:00 2031\nFrom: a\nSubject: =?x?q?=FF?=\n\n",
    "a.srt": b"1\n00:00:01,000 --> 00:00:03,000\n\n2\n00:00:04,000 --> 00:00:05,000\n",
    "a.odt": zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:document"}
    ),
    "a.sqlite": b"SQLite format 3\0" + b"\1" * 900,
    "a.xls": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_problem_and_the_others_are_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    (tmp_path / "good.txt").write_text("The plant opened on Monday.", encoding="utf-8")
    corpus = bitext.read(tmp_path)
    assert corpus.articles["text"].tolist() == ["The plant opened on Monday."]
    assert name in corpus.problems["file"].iloc[0]


def test_a_feed_with_an_empty_date_is_read_without_a_warning(tmp_path: Path) -> None:
    text = "The council met on Monday and closed the bridge for repairs until the end of the month."
    item = f"<item><title>Bridge closed</title><pubDate></pubDate><description>{text}</description></item>"
    (tmp_path / "feed.xml").write_text(f'<rss version="2.0"><channel>{item}</channel></rss>')
    corpus = bitext.read(tmp_path)
    assert corpus.articles["title"].tolist() == ["Bridge closed"]
    assert not (corpus.problems["kind"] == "failed").any()
