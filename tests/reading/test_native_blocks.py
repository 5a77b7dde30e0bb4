"""The walk over marks in C against the one in Python: the same blocks, whatever the document holds."""

import gc
import html
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bitext.reading.formats.html import elements, markup
from tests.shared import jsonl, needs_shared

native = pytest.importorskip("bitext.text._native")
ROOT = Path(__file__).parents[2]

#: What documents are made of here: every mark of the patterns, whole, broken and nearly; characters of every
#: class; entities. One piece a line would hide the white space, which is what much of this is about.
PIECES = (
    "<p>", "</p>", "<p class='x'>", '<div class="caption">', "<div>", "</div>", "<br>", "<br/>", "</br>",
    "<a href='x'>", "</a>", "<b>", "</b>", "<li>", "</li>", "<ul>", "<ok>", "</ok>", "<figure>", "<small>",
    "<i>", "<hr>", '<img alt="worker"s hat" src="a">', "<!--", "-->", "<!-->", "<script", "<script>",
    "</script>", "</SCRIPT >", "<canvas>", "</canvas>", "<svg/>", "</svg>", "<!doctype html>", "<?xml ?>",
    "<>", "< p>", '<p a="', "<p a='>", "'", '"', ">", "<", "</", "<x:y-z_1>", "<" + "a" * 31 + ">", "<nav>",
    "</nav>", "<h1>", "</h1>", "<td>", "&amp;", "&nbsp;", "&#1;", "&#x4e2d;", "&lt;b&gt;", "&", "&nGt;",
    "---", "***", "===", "--", "#", "# ", "### ", "####### ", " ", "  ", "    ", "\t", "\n", "\n\n",
    "\n \n", "\r\n", "- ", "* ", "+ ", "-", "> ", "1. ", "12) ", "123. ", "９. ", "![", "![a](b)",
    "![a!](b!)", "!", "[a](b)",
    "[a[b]c](d(e)f)", "[", "]", "](", "](x)", "(", ")", "[\n](a)", "*", "**", "__", "_", "\\*", "**粗**",
    "__b__", "*i*", "a*b*c", "a__b", "**中", "中", "国", "芯片", "a", "b", "Z", "{", "，", "。", "“", "”",
    "…", "·", "《", "々", "\u3000", "\xa0", "\u200b", "\ufeff", "\u00ad", "\x01", "\x1f", "\x85", "𠀀",
    "🙂", "\U0010ffff", "é", "\ud800", "ア", "Ａ", "text, and", "officials said.", "3", "\x00",
)  # fmt: skip
#: Marks of which only the patterns can tell what they are.
UNCLEAR = ("ı", "ſcript", "<\u212a>", "İ", "<a中>", "<" + "b" * 32 + ">")


def blocks(document: str, start: int, end: int, markdown: bool) -> list[markup.Block] | None:
    found = native.blocks(
        document, start, end, markdown, markup._classes(), elements.KINDS, elements.role, html.unescape
    )
    return None if found is None else [markup.Block(*block) for block in found]


def made(number: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(number):
        some = chance.sample(PIECES, chance.choice((5, 12, 40))) if chance.random() < 0.5 else PIECES
        yield "".join(chance.choices(some, k=chance.choice((3, 8, 20, 60))))


@pytest.mark.parametrize("markdown", [False, True])
def test_made_documents_give_the_same_blocks(markdown: bool) -> None:
    chance, unclear = random.Random(5), 0
    for document in made(2500, seed=int(markdown)):
        ends = sorted((chance.randrange(len(document) + 1), chance.randrange(len(document) + 1)))
        for start, end in ((0, len(document)), tuple(ends)):
            found = blocks(document, start, end, markdown)
            plain = markup.plain_blocks(document, start, end, markdown)
            assert found is None or found == plain, (document, start, end)
            unclear += found is None
    assert unclear < 250  # a letter that is not ASCII right behind a broken tag


def test_what_only_the_patterns_can_tell_is_left_to_them() -> None:
    for piece in UNCLEAR:
        document = f"<p>The plant <b>opened</b>. {piece}<p>It closed."
        assert blocks(document, 0, len(document), False) is None
        assert markup.blocks(document) == markup.plain_blocks(document, 0, len(document), False)


def test_every_character_is_of_the_class_that_the_patterns_say() -> None:
    table = markup._classes()
    for point in range(0x110000):
        character, marks = chr(point), table[point] if point < len(table) else 0
        assert bool(marks & 1) == (character.isalnum() or character == "_"), hex(point)
        assert bool(marks & 2) == character.isdecimal(), hex(point)
        assert bool(marks & 4) == character.isspace(), hex(point)


@pytest.mark.parametrize(
    "form",
    ["<p>{0}\n中</p>", "<p>中 <b>{0}</b></p>", "\n\n{0}. plain**{0}__plain__{0}* plain", "中<br>{0}<br>a"],
)
def test_every_character_is_treated_as_the_patterns_do(form: str) -> None:
    points = (*range(0x3500), *range(0x3500, 0x40000, 97), *range(0xF8F0, 0x10000))
    unclear = "<ıİſ\u212a"
    document = "".join(form.format(chr(point)) for point in points if chr(point) not in unclear)
    assert blocks(document, 0, len(document), True) == markup.plain_blocks(document, 0, len(document), True)


def test_fixtures_give_the_same_blocks() -> None:
    files = sorted(path for folder in ("corpora", "tests/reading") for path in (ROOT / folder).rglob("*.*"))
    for path in files:
        raw = path.read_text(encoding="utf-8", errors="replace")
        for markdown in (False, True):
            found = blocks(raw, 0, len(raw), markdown)
            assert found is None or found == markup.plain_blocks(raw, 0, len(raw), markdown), path


@needs_shared
@pytest.mark.parametrize("name", ["epoch_mirror", "news_multi_outlet", "news_other_outlets"])
def test_real_pages_give_the_same_blocks(name: str) -> None:
    for record in islice(jsonl(f"{name}.jsonl.gz"), 0, 900, 9):
        raw = record.get("raw") or record.get("text") or ""
        for markdown in (False, True):
            found = blocks(raw, 0, len(raw), markdown)
            assert found is None or found == markup.plain_blocks(raw, 0, len(raw), markdown)


@pytest.mark.parametrize(
    "piece", ["<div>", "<a ", "<a '", "[", "[[a]", "](", "**", "<script>", "<!--", "\n \n", "&"]
)
def test_long_runs_of_one_mark_take_no_longer_than_their_length(piece: str) -> None:
    document = piece * 800
    for markdown in (False, True):
        found = blocks(document, 0, len(document), markdown)
        assert found == markup.plain_blocks(document, 0, len(document), markdown)


def test_places_beyond_the_document_give_nothing() -> None:
    for start, end in ((-1, 3), (5, 3), (9, 12), (0, 0)):
        assert blocks("<p>one", start, end, False) == []
    assert blocks("<p>one", 0, 99, False) == markup.plain_blocks("<p>one", 0, 6, False)


def test_wrong_arguments_are_refused_and_what_python_raises_goes_on() -> None:
    rest = (elements.KINDS, elements.role, html.unescape)
    with pytest.raises(ValueError, match="classes must be 262144 bytes"):
        native.blocks("<p>one", 0, 6, False, b"", *rest)

    def raises(*_: str) -> str:
        raise KeyError("role")

    with pytest.raises(KeyError):
        native.blocks("<p>one", 0, 6, False, markup._classes(), elements.KINDS, raises, html.unescape)
    with pytest.raises(TypeError, match="must be a string"):
        native.blocks("<p>", 0, 3, False, markup._classes(), {}, lambda *_: 1, html.unescape)
    with pytest.raises(KeyError):
        native.blocks("<p>a &amp; b", 0, 12, False, markup._classes(), {}, elements.role, raises)


def test_no_object_is_kept() -> None:
    document = "<div class=caption><p>The <a href=x>plant</a> &amp; more<li><b>open" * 50
    role = "caption" * 2

    def roles(*_: str) -> str:
        return role

    def once() -> None:
        native.blocks(document, 0, len(document), True, markup._classes(), {"p": 2}, roles, html.unescape)

    once()
    gc.collect()
    before = sys.getrefcount(role), sys.getrefcount(document), sys.getrefcount(html.unescape)
    for _ in range(20):
        once()
    gc.collect()
    assert before == (sys.getrefcount(role), sys.getrefcount(document), sys.getrefcount(html.unescape))
