"""The small parts of the reader, one table of examples each."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.errors import CorpusError
from bitext.reading.cleaning import credits, dates
from bitext.reading.documents import Document, Options
from bitext.reading.encoding import decode
from bitext.reading.formats.html.markup import blocks
from bitext.reading.formats.html.spacing import tidy
from bitext.reading.parse import attempted, body, parse

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases("reading_dates.tsv"), ids=lambda case: case["text"])
def test_dates_are_read_or_left_alone(case: dict[str, str]) -> None:
    moment = dates.whole(case["text"])
    assert (moment.when.isoformat() if moment else "") == case["date"]


@pytest.mark.parametrize("case", cases("reading_addresses.tsv"), ids=lambda case: case["address"])
def test_dates_in_addresses(case: dict[str, str]) -> None:
    moment = dates.in_address(case["address"])
    assert (moment.when.date().isoformat() if moment else "") == case["date"]


@pytest.mark.parametrize("case", cases("reading_bylines.tsv"), ids=lambda case: case["line"])
def test_bylines_give_author_and_leave_the_sentence(case: dict[str, str]) -> None:
    raw = f"标题在此\n\n{case['line']}工厂星期一在当地正式开工，负责人出席了仪式并且发表了讲话。"
    record = parse(Document("a", "a", raw), Options())
    assert record.author == case["author"]
    assert body(record.paragraphs) == "工厂星期一在当地正式开工，负责人出席了仪式并且发表了讲话。"
    piece = record.removed[-1]
    assert raw[piece.start : piece.end] == case["line"]


@pytest.mark.parametrize("case", cases("reading_credits.tsv"), ids=lambda case: case["line"])
def test_lines_of_credits_say_what_they_say_in_any_order(case: dict[str, str]) -> None:
    said = credits.read(case["line"])
    assert ("none" if said is None else "|".join(f"{k}={v}" for k, v in said.items())) == case["says"]


@pytest.mark.parametrize("case", cases("reading_datelines.tsv"), ids=lambda case: case["line"])
def test_datelines_of_any_house_are_cut_and_give_the_reporter(case: dict[str, str]) -> None:
    line = case["line"].removesuffix("|")
    story = "工厂星期一在当地正式开工，负责人出席了仪式。"  # the plant opened, officials attended
    if line[:1].isascii() and not any(character >= "一" for character in line):
        story = "The plant opened on Monday and officials attended the ceremony."
    record = parse(Document("a", "a", f"{line}{story}", given={"title": "t"}, row=True), Options())
    assert body(record.paragraphs) == story
    assert record.author == case["author"]


@pytest.mark.parametrize("line", [case["line"] for case in cases("reading_prose.tsv")])
def test_a_sentence_is_no_furniture_whatever_words_it_holds(line: str) -> None:
    before = "工厂星期一在当地正式开工，负责人出席了仪式并且发表了讲话。"  # prose around it
    record = parse(Document("a", "a", f"标题在此\n\n{before}\n{line}\n{before}"), Options())
    assert line in body(record.paragraphs).split("\n")


@pytest.mark.parametrize("line", [case["line"] for case in cases("reading_furniture.tsv")])
def test_furniture_of_outlets_that_nobody_looked_at_is_cut(line: str) -> None:
    story = "工厂星期一在当地正式开工，负责人出席了仪式并且发表了讲话。"
    if not any(character >= "一" for character in line):
        story = "The plant opened on Monday and officials attended the ceremony."
    record = parse(Document("a", "a", f"标题在此\n\n{story}\n{line}\n{story}"), Options())
    assert body(record.paragraphs) == f"{story}\n{story}"
    assert line in [piece.text for piece in record.removed]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "President Trump Donald John TrumpJudge halts tax law Chief: no hope MORE on Monday said no.",
            "President Trump on Monday said no.",
        ),
        ("Adviser Larry Kudlow Lawrence (Larry) Alan KudlowMORE said so.", "Adviser Larry Kudlow said so."),
        (
            "The plant opened. Just Watched Plant opens Replay More Videos ... MUST WATCH Plant opens "
            "The mayor spoke.",
            "The plant opened. The mayor spoke.",
        ),
        ("He left. Read More", "He left."),
        ("He left. Get the Plant in your inbox. By signing up, you agree to our Privacy Policy. She stayed.",
         "He left. She stayed."),
        ("Read More papers and MORE books, she said.", "Read More papers and MORE books, she said."),
    ],
)  # fmt: skip
def test_furniture_inside_english_paragraphs(text: str, kept: str) -> None:
    record = parse(Document("a", "a", text, given={"title": "t"}, row=True), Options())
    assert body(record.paragraphs) == kept
    for piece in record.removed:
        assert "".join(text[piece.start : piece.end].split()) == "".join(piece.text.split())


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>获得<ok>\n 芯片\n</ok>\n关键技术</p>", ["获得芯片关键技术"]),
        ("<p>在<ok>\n 5G\n</ok>\n网络</p>", ["在5G网络"]),
        ("<p>the <ok>\n EU\n</ok>\n and Japan</p>", ["the EU and Japan"]),
        ("<p><span>3</span><span>月</span><span>7</span>日</p>", ["3月7日"]),
        ("<p>跟随美国 欧盟合作</p>", ["跟随美国 欧盟合作"]),
        ("<p>华为&nbsp;&nbsp;Mate&nbsp;60</p>", ["华为 Mate 60"]),
        ("<p>第一段。<br /><br />第二段。</p>", ["第一段。", "第二段。"]),
        ("<p>芯<br>片</p>", ["芯片"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<p>a<script>var x = '<p>';</script>b</p>", ["ab"]),
        ("<p>1 < 2 &amp; 3 > 2</p>", ["1 < 2 & 3 > 2"]),
        ("<p title='a > b'>c</p>", ["c"]),
        ("<!-- never closed <p>x</p>", []),
        ("", []),
    ],
)
def test_markup_gives_paragraphs_without_torn_words(markup: str, texts: list[str]) -> None:
    assert [block.text for block in blocks(markup)] == texts


@given(st.text(alphabet="甲乙 ab\n\x01。“”<>&/p1", max_size=40))
def test_tidying_drops_nothing_but_white_space(text: str) -> None:
    assert "".join(tidy(text).split()) == "".join(text.replace("\x01", "").split())


@given(st.text(max_size=60))
def test_any_text_is_parsed_and_offsets_stay_inside(raw: str) -> None:
    record = parse(Document("a", "a", raw), Options())
    for piece in record.removed:
        assert 0 <= piece.start <= piece.end <= len(raw)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "歐盟與日本將深化晶片合作，減少對華依賴。\n他說：「這是重要的一步。」Chips 2024\n"
    if encoding == "gb18030":
        text = "欧盟与日本将深化芯片合作，减少对华依赖。\n他说：“这是重要的一步。”Chips 2024\n"
    assert decode(text.encode(encoding)).text == text


def test_english_with_curly_quotes_in_cp1252_is_not_taken_for_chinese() -> None:
    text = "The “chip war” isn’t over – café owners in Kyoto say it’s only begun, at €5 a cup."
    assert decode(text.encode("cp1252")).text == text


def test_the_callers_encoding_wins_and_damage_is_counted() -> None:
    decoded = decode("晶片".encode("big5") + b"\xff", "big5")
    assert (decoded.text, decoded.damaged) == ("晶片�", 1)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"PK\x03\x04zip", b"\x00\x01\x02" * 50, bytes(range(256)) * 9]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(CorpusError, match="binary, not text"):
        decode(data)


@pytest.mark.parametrize(
    "unit", ["<", "[", "（", "<p ", '<a href="', "&", "\x01", "编译 审校 ", "责任编辑：", "（完）", "<i>"]
)
def test_hostile_repetition_takes_no_longer_than_its_length_explains(unit: str) -> None:
    start = time.process_time()
    attempted(Document("a", "a", "<p>x</p>" + unit * (20_000 // len(unit))), Options())
    assert time.process_time() - start < 2  # 0.1 s; patterns that back-track took minutes


STORY = "<p>The plant opened on Monday, and officials attended the ceremony in the harbour.</p>" * 4


def test_what_stands_outside_the_story_is_a_row_and_its_info_line_is_read() -> None:
    raw = (
        "<html><body><ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul><h1>Plant opens</h1>"
        "<div>2024-05-13 08:00 来源：寰岳时报 编辑：李言</div>"  # date, source, editor
        f"<div>{STORY}</div><div>Most read today</div></body></html>"
    )
    record = parse(Document("a", "a", raw), Options())
    assert body(record.paragraphs).count("\n") == 3
    assert (record.outlet, record.editor, record.dated.date_printed) == (
        "寰岳时报",
        "李言",
        "2024-05-13T08:00:00",
    )
    outside = [piece for piece in record.removed if piece.kind == "outside"]
    assert "Home\nSport" in outside[0].text
    assert "Most read" in outside[-1].text
    assert raw[outside[0].start : outside[0].end].startswith("Home")


def test_captions_that_are_the_story_stay() -> None:
    caption = "In the third year the harbour was dug, and four hundred families left their houses."
    essay = "".join(
        f"<figure><img src={n}><figcaption>{caption} {n}.</figcaption></figure>" for n in range(6)
    )
    record = parse(
        Document("a", "a", f"<html><body><h1>Harbour</h1><article>{essay}</article></body>"), Options()
    )
    assert len(record.paragraphs) == 6


def test_linked_data_may_hold_one_object_as_its_graph() -> None:
    data = '{"@graph": {"@type": "NewsArticle", "headline": "Plant opens", "datePublished": "2024-05-13"}}'
    raw = f"<html><head><script type='application/ld+json'>{data}</script></head><body>{STORY}</body></html>"
    record = parse(Document("a", "a", raw), Options())
    assert record.title == "Plant opens"
    assert record.dated.date is not None


def test_a_page_of_links_says_so() -> None:
    links = "".join(f"<li><a href=/{n}>Harbour news of day {n}</a></li>" for n in range(5))
    record = parse(Document("a", "a", f"[Day](https://far.example/1)\n------\n<ul>{links}</ul>"), Options())
    assert record.problems == [("empty", "5 lines of links and no text")]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("disclaimer", "本栏目由远声网与“矿石远见”公众号共同主办"),  # this column is organised by …
        ("credit", "本文作者是远声大学教授，长年研究矿石与港口"),  # the author of this text is a professor
        ("credit", "【作者简介】：林立，作家。曾出版《矿石》等书籍。"),
        ("ornament", "-END-2031年6月29日-"),
        ("caption", "图1 矿石出口量的年度变化"),  # figure 1: ore exports by year
        ("navigation", "<a href='/a'>矿石档案</a> | <a href='/b'>林立</a>"),
    ],
)
def test_a_line_about_the_article_goes(kind: str, line: str) -> None:
    story = (
        "远声大学教授说，矿石出口今年下降了一成，港口的船只也少了，部长们下周再谈，工厂的工人则在等待消息。"
    )
    page = f"<p>{story}</p><p>{line}</p><p>{story[::-1]}再见。</p>"
    record = parse(Document("a", "a", page), Options())
    assert [piece.kind for piece in record.removed] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "图1 的数字来自海关，他说，出口量下降了一成。",
        "本栏目由来已久，读者很多。",
        "作者简介里没有提到这件事。",
    ],
)
def test_a_line_with_the_same_words_stays(line: str) -> None:
    story = (
        "远声大学教授说，矿石出口今年下降了一成，港口的船只也少了，部长们下周再谈，工厂的工人则在等待消息。"
    )
    page = f"<p>{story}</p><p>{line}</p><p>{story[::-1]}再见。</p>"
    assert not parse(Document("a", "a", page), Options()).removed


def test_a_reporter_and_an_unknown_place_on_a_line_of_their_own_are_a_byline() -> None:
    story = (
        "港口的船隻今年少了一成，工廠的工人則在等待消息。"  # fewer ships in the port, workers wait for news
    )
    record = parse(
        Document(
            "a", "a", f"<p>記者 許芷安／沙洛港報導</p><p>{story}</p><p>他說，記者許芷安報導了此事。</p>"
        ),
        Options(),
    )
    assert (record.author, body(record.paragraphs)) == ("許芷安", f"{story}\n他說，記者許芷安報導了此事。")
