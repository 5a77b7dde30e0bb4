# ruff: noqa: E501 (exports keep the lines that they have)
"""Exports and dumps in the further shapes in which people have them: the same articles, or a way out."""

import json
from pathlib import Path

import pytest

import bitext
from tests.reading.test_importers import FACTIVA, NEXIS, WISE, rows, xlsx, zipped

PLANT, MINE = "Plant opens in the valley", "Mine closes"
LEDGER, HARBOUR = "The Meridian Ledger", "Harbour Daily"

#: The newer form of Nexis: a cover with the search, the title first, "Body", "Classification", "End of Document".
NEXIS_COVER = f"""User Name: = Ann Roe
Date and Time: = Monday, 13 May 2024 10:00:00 AM
Job Number: = 12345
Documents (2)
1. {PLANT}
Client/Matter: -None-
Search Terms: plant
Search Type: Terms and Connectors
Narrowed by:
Content Type
2. {MINE}
Client/Matter: -None-

{PLANT}

{LEDGER}

May 13, 2024 Monday

Copyright 2024 Meridian Ledger Ltd. All Rights Reserved

Section: NEWS; Pg. 3

Length: 412 words

Byline: Ann Roe

Body


The plant opened on Monday after three years of work, officials said.

Classification


Language: ENGLISH

Load-Date: May 14, 2024


End of Document

{MINE}
{HARBOUR}
May 14, 2024 Tuesday 10:05 AM GMT

Copyright 2024 Harbour Daily

Length: 20 words

Body

The mine closed on Tuesday.

Load-Date: May 14, 2024

End of Document
"""
FACTIVA_CODES = f"""HD {PLANT}

BY By Ann Roe

WC 412 words

PD 13 May 2024

ET 08:15

SN {LEDGER}

SC MERLED

LA English

CY (c) 2024 Meridian Ledger Ltd.

LP

The plant opened on Monday after three years of work, officials said.

TD

The mayor said that she was pleased.

CO lobu : x

AN Document MERLED0020240513ek5d0000a

HD {MINE}

WC 20 words

PD 14 May 2024

SN {HARBOUR}

LP

The mine closed on Tuesday.

AN Document HARBOU0020240514ek5e0000b

Search Summary

Text plant
"""
FACTIVA_PAGE = f"""<html><head><title>Factiva</title></head><body>
<div class="article enArticle"><div id="hd"><span class="enHeadline">{PLANT}</span></div>
<div class="author">By Ann Roe</div><div>412 words</div><div>13 May 2024</div><div>08:15</div>
<div>{LEDGER}</div><div>MERLED</div><div>English</div><div>(c) 2024 Meridian Ledger Ltd.</div>
<p class="articleParagraph">The plant opened on Monday, officials said.</p><p>Document MERLED0020240513ek5d0000a</p></div>
<div class="article enArticle"><div id="hd"><span>{MINE}</span></div><div>20 words</div><div>14 May 2024</div>
<div>{HARBOUR}</div><div>HARBOU</div><div>English</div><div>(c) 2024</div>
<p>The mine closed on Tuesday.</p><p>Document HARBOU0020240514ek5e0000b</p></div></body></html>"""
WISE_PAGE = """<html><head><meta charset="utf-8"><title>WiseSearch</title></head><body>
<table><tr><td>港灣報 | 2024-05-13<br>報章 | A12 | 要聞 | By 記者李言<br><b>新廠開工</b><br><br>廠房周一正式開工。
<br><br>文章編號: 202405130010012</td></tr></table><hr>
<table><tr><td>港灣網 | 2024-05-14<br>互聯網<br><b>礦場關閉</b><br><br>礦場周二關閉。<br><br>文章編號: 202405140010013</td></tr></table>
</body></html>"""  # new plant starts; the mine closes
NEXIS_PAGE = "<html><body>" + "".join(
    f"<p>{line}</p>" for line in (
        "1 of 2 DOCUMENTS", LEDGER, "May 13, 2024 Monday", PLANT, "BYLINE: Ann Roe", "LENGTH: 412 words", "BODY:",
        "The plant opened on Monday.", "LOAD-DATE: May 14, 2024", "2 of 2 DOCUMENTS", HARBOUR, "May 14, 2024 Tuesday",
        MINE, "LENGTH: 20 words", "BODY:", "The mine closed on Tuesday.", "LOAD-DATE: May 14, 2024")
) + "</body></html>"  # fmt: skip
PROQUEST = f"""____________________________________________________________

Document 1 of 2

{PLANT}

Author: Roe, Ann

Publication info: {LEDGER} ; London [London]13 May 2024: A.3.

Full text: The plant opened on Monday.

Subject: Factories

____________________________________________________________

Document 2 of 2

{MINE}

Full text: The mine closed on Tuesday.

Publication title: {HARBOUR}

Publication date: May 14, 2024
"""
SECTIONS = f"""# Clips

## {PLANT}

Source: {LEDGER}
Date: 2024-05-13

The plant opened on Monday.

## {MINE}

Source: {HARBOUR}
Date: 2024-05-14

The mine closed on Tuesday.
"""
LABELLED = f"""Title: {PLANT}
Source: {LEDGER}
Date: 13 May 2024

The plant opened on Monday.

Title: {MINE}
Source: {HARBOUR}
Date: 14 May 2024

The mine closed on Tuesday.
"""
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<articles>
<article id="7"><title>{PLANT}</title><date>2024-05-13</date><source>{LEDGER}</source>
<body><![CDATA[The plant opened on Monday.]]></body></article>
<article id="8"><title>{MINE}</title><date>2024-05-14</date><source>{HARBOUR}</source><body>The mine closed.</body></article>
</articles>"""
BOTH = [(PLANT, LEDGER, "2024-05-13", "The plant opened"), (MINE, HARBOUR, "2024-05-14", "The mine closed")]
WISE_BOTH = [
    ("新廠開工", "港灣報", "2024-05-13", "廠房周一"),
    ("礦場關閉", "港灣網", "2024-05-14", "礦場周二"),
]

SHAPES = {
    "cover.txt": (NEXIS_COVER, BOTH),
    "codes.txt": (FACTIVA_CODES, BOTH),
    "factiva.html": (FACTIVA_PAGE, BOTH),
    "nexis.html": (NEXIS_PAGE, BOTH),
    "wise.html": (WISE_PAGE, WISE_BOTH),
    "proquest.txt": (PROQUEST, BOTH),
    "sections.md": (SECTIONS, BOTH),
    "labelled.txt": (LABELLED, BOTH),
    "dump.xml": (XML, BOTH),
    "brackets.txt": (
        "【标题】新厂开工\n【来源】寰岳时报\n【日期】2024-05-13\n【作者】李言\n【正文】\n厂房周一正式开工。\n",
        [("新厂开工", "寰岳时报", "2024-05-13", "厂房周一")],  # title, source, day, author, text
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_article_is_read_with_its_metadata_and_nothing_else_in_its_body(
    name: str, tmp_path: Path
) -> None:
    content, expected = SHAPES[name]
    (tmp_path / name).write_text(content, encoding="utf-8")
    corpus = bitext.read(tmp_path)
    found = rows(corpus)
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    for text, (*_, begin) in zip(corpus.articles["text"], expected, strict=True):
        assert text.startswith(begin)
        for sign in (
            "Classification",
            "Document",
            "words",
            "文章編號",
            "Subject",
            "Ledger",
            "【",
            "20240513",
        ):
            assert sign not in text
    assert not len(corpus.problems)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("essay.txt", "On method\n\nDocument 1 of 2 was lost, she wrote.\n\nTitle: none was given to it, they said.\n"),
        ("note.txt", "Date: the fruit, not the day\n\nA date is a fruit that grows on palms in the desert.\n"),
        ("page.html", "<html><body><article><h1>End of Document</h1><p>The film End of Document opened on Monday, and it is long.</p></article></body></html>"),
        ("guide.md", "# Guide\n\n## Getting started\n\nOpen the box with care, and read on.\n\n## Next\n\nClose the box.\n"),
        ("quote.txt", "文章\n\n他說文章編號不重要，重要的是內容。\n"),  # he said the article's number does not matter
    ],
)  # fmt: skip
def test_a_text_that_only_looks_like_an_export_is_one_article(
    name: str, content: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    corpus = bitext.read(tmp_path)
    assert corpus.articles["article"].tolist() == [name]
    assert corpus.articles["text"][0]


@pytest.mark.parametrize(
    ("name", "content", "way"),
    [
        ("a.pdf", "%PDF-1.7", "turn it into text first"),
        ("a.doc", "x", "save it as .docx, .rtf or .txt"),
        ("a.mdb", "x", "export its table as CSV"),
        ("a.rar", "x", "unpack it"),
        ("a.msg", "x", "save the messages as text or HTML"),
        ("sitemap.xml", '<?xml version="1.0"?><urlset><url><loc>https://a.example/1</loc></url></urlset>', "fetch the pages"),
        ("feeds.xml", '<?xml version="1.0"?><opml><body><outline text="a"/></body></opml>', "fetch the feeds"),
        ("a.csv", "url;titel\nhttps://a.example;T\n", "Say which one it is with text='COLUMN'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_the_way_out(name: str, content: str, way: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "good.txt").write_text("The plant opened on Monday.", encoding="utf-8")
    problems = bitext.read(tmp_path).problems
    assert way in problems["problem"][0]


def one(tmp_path: Path, name: str, data: object) -> "dict[str, object]":
    (tmp_path / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    row = bitext.read(tmp_path).articles.iloc[0]
    return {str(column): row[column] for column in row.index}


def test_json_of_services(tmp_path: Path) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [
        {"id": "1", "url": "https://w.example/1", "title": "A", "content_html": "<p>It opened.</p>",
         "date_published": "2024-05-13T08:00:00Z", "authors": [{"name": "Ann"}]}]}  # fmt: skip
    row = one(tmp_path, "feed.json", feed)
    assert (row["title"], row["outlet"], row["author"], row["text"]) == ("A", "Wire", "Ann", "It opened.")
    post = {
        "bid": "x",
        "screen_name": "港湾报",
        "text": "厂房周一开工。",
        "created_at": "2024-05-13",
        "source": "iPhone客户端",
    }
    row = one(tmp_path, "feed.json", {"weibo": [post]})
    assert (row["outlet"], row["author"], row["device"]) == (
        "港湾报",
        "港湾报",
        "iPhone客户端",
    )  # the telephone is no outlet
    scraped = {
        "title": ["A"],
        "text": ["One.", "Two."],
        "date": ["2024-05-13"],
        "url": "https://w.example/1",
        "author": [],
    }
    row = one(tmp_path, "feed.json", [scraped])
    assert (row["title"], row["text"], row["author"]) == ("A", "One.\nTwo.", "")
    crawled = {"maintext": "It opened.", "text": None, "date_publish": "2024-05-13 08:00:00", "source_domain": "w.example",
               "authors": ["Ann", "Bo"], "title": "A", "url": "https://w.example/1"}  # fmt: skip
    row = one(tmp_path, "feed.json", crawled)
    assert (row["text"], row["outlet"], row["author"]) == ("It opened.", "w.example", "Ann, Bo")


def test_what_newsapi_puts_in_place_of_the_rest_is_no_text(tmp_path: Path) -> None:
    row = one(tmp_path, "a.json", {"articles": [{"title": "A", "content": "It opened on… [+1234 chars]"}]})
    assert row["text"] == "It opened on…"


def test_each_sheet_of_a_workbook_has_columns_of_its_own(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    path = tmp_path / "a.ods"
    path.write_bytes(
        ods(
            {
                "A": [["标题", "正文"], ["新厂", "厂房开工。"]],
                "B": [["headline", "body", "frame"], ["Mine", "It closed.", "x"]],
            }
        )
    )
    articles = bitext.read(path).articles
    assert articles["article"].tolist() == ["a.ods/A#2", "a.ods/B#2"]
    assert articles["title"].tolist() == ["新厂", "Mine"]  # new plant
    assert articles["frame"].tolist() == ["", "x"]


def ods(sheets: dict[str, list[list[str]]]) -> bytes:
    """An OpenDocument spreadsheet as small as can be read."""
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in row
            )
            + "</table:table-row>"
            for row in lines
        )
        + "</table:table>"
        for name, lines in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def test_everything_at_once(tmp_path: Path) -> None:
    """A folder with tables, exports, feeds, archives and pages: read and scan find the same."""
    for name, (content, _) in SHAPES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(
        zipped(
            {
                "n.txt": NEXIS.encode(),
                "w.txt": WISE.encode("big5"),
                "f.txt": FACTIVA.encode(),
                "t.xlsx": xlsx([["标题", "正文"], ["新厂", "厂房开工。"]]),
            }
        )
    )
    corpus = bitext.read(tmp_path)
    expected = sum(len(shape[1]) for shape in SHAPES.values()) + 7
    assert len(corpus) == bitext.scan(tmp_path, size=1500).number() == expected
    assert corpus.problems["problem"].str.startswith("1 of 26 articles name no outlet").tolist() == [True]


def test_nexis_text_without_a_label_for_the_body(tmp_path: Path) -> None:
    part = (
        "{0} of 2 DOCUMENTS\n\n\n The Meridian Ledger\n\nMay 1{0}, 2031 Monday\n\nPlant {0} opens\n\n"
        "BYLINE: Ann Lee\n\nSECTION: NEWS; Pg. A1\n\nLENGTH: 20 words\n\nDATELINE: NORTHGATE\n\n\n"
        "The plant opened on Monday.\nWorkers said: it is new.\n\nLOAD-DATE: May 14, 2031\n\nLANGUAGE: ENGLISH\n\n"
    )
    Path(tmp_path, "a.txt").write_text(part.format(1) + part.format(2))
    corpus = bitext.read(tmp_path)
    assert corpus.articles["title"].tolist() == ["Plant 1 opens", "Plant 2 opens"]
    assert corpus.articles["text"].tolist() == ["The plant opened on Monday. Workers said: it is new."] * 2
    assert set(corpus.articles["outlet"]) == {"The Meridian Ledger"}
    assert set(corpus.articles["author"]) == {"Ann Lee"}


def test_sections_that_say_date_and_source_in_one_line(tmp_path: Path) -> None:
    parts = "".join(
        f"## {n}. Headline {n}\n\nThe Ledger, 2031-05-1{n}\n\nThe plant opened.\n\n" for n in (1, 2)
    )
    Path(tmp_path, "a.md").write_text("# Week\n\n" + parts)
    found = bitext.read(tmp_path).articles
    assert found["title"].tolist() == ["Headline 1", "Headline 2"]
    assert found["outlet"].tolist() == ["The Ledger"] * 2
    assert found["date"].dt.day.tolist() == [11, 12]
    Path(tmp_path, "a.md").write_text(
        "# Week\n\n## One\n\nIn 2031 the plant opened.\n\n## Two\n\nIt closed.\n"
    )
    assert len(bitext.read(tmp_path)) == 1


def test_labels_in_brackets_below_a_title(tmp_path: Path) -> None:
    # A plant opens; title, author, date.
    story = "城北的工厂周一开工，官员这样表示，并感谢了所有参与建设的工人，他们来自三个镇，说自己很高兴。"
    Path(tmp_path, "a.txt").write_text(
        f"工厂投产\n\n【标题】工厂投产\n\n【作者】李言\n\n【日期】2031-05-13\n\n{story}"
    )
    corpus = bitext.read(tmp_path)
    assert corpus.articles[["title", "author", "text"]].values.tolist() == [["工厂投产", "李言", story]]
    assert corpus.articles["date"].dt.day.tolist() == [13]
