"""One invented document in every form that a page can have: metadata out, furniture out, text whole."""

import pytest

from bitext.reading.documents import Document, Options
from bitext.reading.parse import body, parse

MARKDOWN = """---
title: 'Local plant: it''s open'
date: 2024-05-13 09:00
source: Example News
tags: [chips, local]
---

# Local plant: it's open

By **Jane Roe**, May 13, 2024

The [plant](https://x.example/a_(b)) opened on *Monday*. It is the
first of its kind in the region, officials said.

- First item of a list, which ends here.
- [Second item](https://x.example/2) of it.

> "This is a quotation," she said.

![A photo](a.jpg)

## What comes next

1. Something
2. Something else

Copyright © 2024 Example News. All rights reserved.
"""

WRAPPED = """Plant opens in the valley as officials hail a new era

By John Doe
Posted on May 16, 2024

The plant opened on Monday after three years of work, officials said, and
it is expected to employ more than four hundred people by the end of the
year, many of them from the valley itself, where the last mine closed in
nineteen ninety, leaving half of the town without work for many years to
come.

The mayor said that she was pleased with the outcome of the long talks
between the company and the region.
"""

PAGE = """<html><head><title>新厂开工 - 某报网</title>
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"新厂开工",
"datePublished":"2024-05-13T08:00:00+08:00",
"author":[{"name":"张三"},{"name":"李四"}],
"publisher":{"name":"某报"},"url":"https://x.example/1"}]}</script></head>
<body><div class="cookie-banner"><p>我们使用Cookie来改善您的浏览体验。</p></div>
<nav><a href="/">首页</a> &gt; <a href="/t">科技</a></nav>
<div class="article-body"><h1>新厂开工</h1><p class="byline">张三 李四　2024年5月13日 08:00</p>
<p>　　新厂星期一在当地正式开工，负责人出席了仪式，并且发表了讲话。</p>
<p>　　他说，这是“重要的一步”。</p>
<ul><li>产能：每月两万片。</li><li><a href="/x">相关：去年的报道</a></li></ul>
<p>（责任编辑：王五）</p>
<div class="share-bar">分享到微信</div></div>
<div class="comments"><p>读者一：非常好，支持。</p></div>
<footer><p>版权所有 某报</p></footer></body></html>"""

LABELLED = """标题：新厂开工
来源：某报
时间：2024年5月13日
作者：张三

新厂星期一在当地正式开工，负责人出席了仪式，并且发表了讲话。
他说，这是“重要的一步”。
（完）
"""

FEED = """<!--1715590800000-->
[[两岸] 新厂开工](https://www.rti.org.tw/news/view/id/1)
------

<div><i>张三<br>2024-05-13 09:05:00</i></div><img src="a.jpg">
<div><small style="color: #999;">工厂。</small></div>
<p>新厂星期一在当地正式开工，<span>3</span><span>月</span>以来最大。</p>
<hr>
<div>获取更多RSS：<br><a href="https://feedx.net">https://feedx.net</a></div>"""

EXPECTED: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "markdown with front matter": (
        MARKDOWN,
        {
            "title": "Local plant: it's open",
            "outlet": "Example News",
            "author": "Jane Roe",
            "date": "2024-05-13 09:00:00",
        },
        [
            "The plant opened on Monday. It is the first of its kind in the region, officials said.",
            "First item of a list, which ends here.",
            "Second item of it.",
            '"This is a quotation," she said.',
            "What comes next",
            "1. Something",
            "2. Something else",
        ],
    ),
    "wrapped text": (
        WRAPPED,
        {
            "title": "Plant opens in the valley as officials hail a new era",
            "author": "John Doe",
            "date": "2024-05-16 00:00:00",
        },
        [
            " ".join(WRAPPED.split("\n")[5:10]),
            " ".join(WRAPPED.split("\n")[11:13]),
        ],
    ),
    "page": (
        PAGE,
        {
            "title": "新厂开工",
            "outlet": "某报",
            "author": "张三, 李四",
            "editor": "王五",
            "url": "https://x.example/1",
            "date": "2024-05-13 08:00:00",
        },
        [
            "新厂星期一在当地正式开工，负责人出席了仪式，并且发表了讲话。",
            "他说，这是“重要的一步”。",
            "产能：每月两万片。",
        ],
    ),
    "labelled text": (
        LABELLED,
        {"title": "新厂开工", "outlet": "某报", "author": "张三", "date": "2024-05-13 00:00:00"},
        ["新厂星期一在当地正式开工，负责人出席了仪式，并且发表了讲话。", "他说，这是“重要的一步”。"],
    ),
    "feed": (
        FEED,
        {
            "title": "新厂开工",
            "outlet": "中央廣播電臺",
            "author": "张三",
            "date": "2024-05-13 09:05:00",
            "caption": "工厂。",
            "url": "https://www.rti.org.tw/news/view/id/1",
        },
        ["新厂星期一在当地正式开工，3月以来最大。"],
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_document_is_read_exactly(name: str) -> None:
    raw, metadata, paragraphs = EXPECTED[name]
    record = parse(Document("a", "a", raw), Options())
    names = ("title", "outlet", "author", "editor", "url", "caption")
    lifted = {name: getattr(record, name) for name in names} | {"date": str(record.dated.date)}
    assert {key: value for key, value in lifted.items() if value} == metadata
    assert body(record.paragraphs).split("\n") == paragraphs


def test_what_the_caller_knows_wins() -> None:
    given = {"title": "T", "outlet": "O", "author": "A", "date": "2020-01-02", "url": "https://u.example/"}
    record = parse(Document("a", "a", FEED, given=given), Options())
    assert (record.title, record.outlet, record.author, record.url) == ("T", "O", "A", "https://u.example/")
    assert str(record.dated.date) == "2020-01-02 00:00:00"


def test_a_single_sentence_is_text_and_no_title() -> None:
    record = parse(Document("a", "a", "The plant opened on Monday."), Options())
    assert (record.title, body(record.paragraphs)) == ("", "The plant opened on Monday.")


def test_the_longer_part_of_a_title_is_never_cut() -> None:
    page = (
        "<html><head><title>远声网 | 矿石出口受限</title></head><body><p>矿石出口周一受限。</p></body></html>"
    )
    assert "矿石出口受限" in parse(Document("a", "a", page), Options()).title  # ore exports are limited


def _page(inside: str, title: str = "Ore") -> str:
    return f"<html><head><title>{title}</title></head><body>{inside}</body></html>"


STORY = "".join(
    f"<p>The plant in town {number} opened on Monday, officials said, after a year of work.</p>"
    for number in range(6)
)


def test_what_stands_behind_a_bar_in_a_title_is_cut_only_where_it_names_the_site() -> None:
    def title(text: str, more: str = "") -> str:
        page = _page(STORY, text).replace("</head>", more + "</head>")
        return parse(Document("a", "a", page), Options()).title

    assert title("它的票圈 | 拒绝割席") == "它的票圈 | 拒绝割席"  # a column, and its headline
    assert title("中国出口再度亮眼 | 路透") == "中国出口再度亮眼"  # exports shine again | Reuters
    site = '<meta property="og:site_name" content="The Meridian Ledger">'
    assert title("Ore exports | The Meridian Ledger", site) == "Ore exports"
    assert title("Ore exports | Opinion", site) == "Ore exports | Opinion"


@pytest.mark.parametrize("wrapper", ["wrap with-related", "social-bottom", "has-ads ads", "navigation"])
def test_the_class_of_a_wrapper_does_not_remove_the_story_inside(wrapper: str) -> None:
    record = parse(Document("a", "a", _page(f'<div class="{wrapper}">{STORY}</div>')), Options())
    assert len(record.paragraphs) == 6


def test_a_minor_part_of_the_story_is_still_removed_by_its_class() -> None:
    aside = (
        '<div class="related"><p>Another plant closed last week, its owner said, and nobody came.</p></div>'
    )
    record = parse(Document("a", "a", _page(f"<div>{STORY}{aside}</div>")), Options())
    assert len(record.paragraphs) == 6
    assert "related" in {removed.kind for removed in record.removed}


def test_the_lead_between_the_headline_and_the_story_is_part_of_the_body() -> None:
    lead = "<header><h1>Ore</h1><p>Exports of ore are limited from Monday, the ministry says.</p></header>"
    page = _page(f"<div>{lead}<ul><li><a>Sport, news</a></ul><div class=text>{STORY}</div></div>")
    record = parse(Document("a", "a", page), Options())
    assert record.paragraphs[0].text.startswith("Exports of ore")
    assert all(page[part.start : part.end] == part.text for part in record.paragraphs)


def test_code_in_capital_script_elements_is_no_text() -> None:
    script = "<SCRIPT>var timer; if (a < b) { scroll('<p>one, two, three, four.</p>'); }</SCRIPT>"
    record = parse(Document("a", "a", _page(f"<DIV>{script}{STORY}</DIV>")), Options())
    assert len(record.paragraphs) == 6
