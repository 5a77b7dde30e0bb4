"""Where the article stands in a page, when elements, scripts and encodings say it in ways of their own."""

import json

import pytest

from bitext.reading.documents import Document, Options, Record
from bitext.reading.encoding import decode
from bitext.reading.parse import body, parse

STORY = [
    "The plant on the river opened on Monday, officials said, after two years of building.",
    "Its owners, who come from two countries, put a tenth of their money into the works.",
    "Ships wait in the bay, and the port, which is small, takes in six of them a day.",
]
MENU = "<nav><a href=/>Home</a> <a href=/news>News</a></nav>"


def read(page: str) -> Record:
    return parse(Document("a", "a", page), Options())


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "name", ["entry-content", "article__body", "post-body", "story-text", "content-article"]
)
def test_an_element_called_an_articles_is_taken_whole(name: str) -> None:
    short = "<h3>Numbers</h3><ul><li>Six ships a day</li><li>A tenth of the money</li></ul>"
    page = f"<html>{MENU}<div class='wrap'><div class='{name}'>{short}<div>{paragraphs(*STORY)}</div></div>"
    assert "Six ships a day" in body(read(page + "<div>Imprint, terms</div></div></html>").paragraphs)


def test_of_tags_only_a_single_article_says_where_the_story_is() -> None:
    page = (
        f"<html>{MENU}<article><h3>In short</h3><div>Six a day</div><div>{paragraphs(*STORY)}</div></article>"
    )
    assert "Six a day" in body(read(page).paragraphs)


def test_a_body_that_only_the_script_holds_is_read_from_it() -> None:
    stated = json.dumps({"@type": "NewsArticle", "headline": "Plant", "articleBody": "\n".join(STORY * 2)})
    page = f'<html><script type="application/ld+json">{stated}</script>{MENU}<div>Please log in.</div></html>'
    record = read(page)
    assert body(record.paragraphs) == "\n".join(STORY * 2)
    first = record.paragraphs[0]
    assert STORY[0] in page[first.start : first.end]


def test_a_body_that_the_script_only_begins_does_not_replace_the_page() -> None:
    stated = json.dumps({"articleBody": STORY[0]})
    page = f'<html><script type="application/ld+json">{stated}</script><div>{paragraphs(*STORY)}</div></html>'
    assert body(read(page).paragraphs) == "\n".join(STORY)


@pytest.mark.parametrize(
    "stated", ['"articleBody": "never closed', '"articleBody": 5', '"articleBody": "\\u12"']
)
def test_a_broken_script_harms_nothing(stated: str) -> None:
    page = f"<html><script>{{{stated}</script><div>{paragraphs(*STORY)}</div></html>"
    assert body(read(page).paragraphs) == "\n".join(STORY)


def test_a_page_whose_classes_say_that_nothing_is_text_is_not_read_as_empty() -> None:
    page = f"<html><form><div class='related'>{paragraphs(*STORY)}</div></form></html>"
    assert body(read(page).paragraphs) == "\n".join(STORY)
    assert not read(f"<html>{MENU}<form><p>Log in</p></form></html>").paragraphs


@pytest.mark.parametrize("value", ['"worker"s hat"', "'worker's hat'", '"a > b"', "=x", '"'])
def test_a_quotation_mark_within_a_value_swallows_no_text(value: str) -> None:
    first, *rest = STORY
    page = f"<html><p>{first}</p><img alt={value} src=a.jpg>{paragraphs(*rest)}<p>He said: “No”.</p></html>"
    assert body(read(page).paragraphs) == "\n".join([*STORY, "He said: “No”."])


def test_boxes_about_the_author_and_contents_go() -> None:
    boxes = "<div class='author-box'><p>Ann Marlow writes on ore, rivers and ports, from Port Vale.</p></div>"
    page = f"<html><div class='entry-content'>{paragraphs(*STORY)}{boxes}</div></html>"
    record = read(page)
    assert body(record.paragraphs) == "\n".join(STORY)
    assert "credit" in {piece.kind for piece in record.removed}


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "Gesine läuft die Zeit davon, für ein Studium in Tübingen ist es zu spät."),
        ("windows-1250", "cp1250", "Ciężar dyskusji przeniesie się teraz na wydawanie środków."),
        ("shift_jis", "shift_jis", "政府は昨日、税金を引き下げると発表した。"),
        ("gb2312", "gb18030", "政府昨天宣布降低企业的税收，这是今年的第二次。"),
        (
            "iso-8859-1",
            "gb18030",
            "政府昨天宣布降低企业的税收，这是今年的第二次。",
        ),  # a Chinese page that says so wrongly
        ("no-such-code", "gb18030", "政府昨天宣布降低企业的税收，这是今年的第二次。"),
        ("rot13", "gb18030", "政府昨天宣布降低企业的税收，这是今年的第二次。"),
    ],
)
def test_the_encoding_that_a_page_states_is_believed_where_it_fits(
    declared: str, encoding: str, text: str
) -> None:
    found = decode(f'<meta charset="{declared}"><p>{text}</p>'.encode(encoding))
    assert text in found.text


@pytest.mark.parametrize(
    "line",
    [
        "Das könnte Sie auch interessieren:",
        "Lee también: Bajan los precios",
        "Zobacz także",
        "À lire aussi : les prix",
    ],
)
def test_headings_of_other_articles_go_in_other_languages(line: str) -> None:
    record = read(f"<html><div>{paragraphs(*STORY, line, STORY[0])}</div></html>")
    assert line not in body(record.paragraphs)
    assert [piece.kind for piece in record.removed] == ["related"]
