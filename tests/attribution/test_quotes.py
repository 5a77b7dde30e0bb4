"""Quotations: all marks, nested, unclosed, over paragraphs, and what is no quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.attribution.quotes import find_quotes


def inner(text: str, depth: int | None = None) -> list[str]:
    found = find_quotes(text)
    return [text[q.inner_start : q.inner_end] for q in found if depth is None or q.depth == depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“好。”", ["好。"]),
        ("她說：「好。」", ["好。"]),
        ("『好』", ["好"]),
        ("〝好〞", ["好"]),
        ("﹁好﹂", ["好"]),
        ("他说“好“，走了。", ["好"]),  # one mark for both
        ("他说”好”，走了。", ["好"]),
        ('中国说"好"，又说"坏"。', ["好", "坏"]),
        ('"Yes," he said. "No."', ["Yes,", "No."]),
        ("''Yes,'' he said.", ["Yes,"]),
        ("``Yes,'' he said.", ["Yes,"]),
        ("'Yes,' he said.", ["Yes,"]),
        ('“Yes" he said.', ["Yes"]),
        ("«Oui», dit-il.", ["Oui"]),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' day, isn't it?",
        "In the '90s rock 'n' roll was ’80s news.",
        "He is 6'2\" tall.",
        "the Bakers’ union and China’s plan",
        "中国的计划",
        "",
    ],
)
def test_no_quotation(text: str) -> None:
    assert inner(text) == []


def test_possessive_inside_single_quotes() -> None:
    assert inner("'It's the workers' rights,' she said.") == ["It's the workers' rights,"]
    assert inner("‘the nurses’ pay is low,’ he said.") == ["the nurses’ pay is low,"]


def test_nesting() -> None:
    assert inner("“He said ‘no’ twice,” she said.", 0) == ["He said ‘no’ twice,"]
    assert inner("“He said ‘no’ twice,” she said.", 1) == ["no"]
    assert inner("「他说『不』。」", 1) == ["不"]


def test_every_paragraph_opens_anew() -> None:
    text = "“One.\n“Two,” he said."
    found = find_quotes(text)
    assert inner(text) == ["One.", "Two,"]
    assert [q.continued for q in found] == [True, False]


def test_a_quotation_runs_over_paragraphs() -> None:
    assert inner("他说：“一。\n二。”完了") == ["一。\n二。"]


def test_unclosed_quotations_end_with_their_paragraph_or_sentence() -> None:
    text = "他说：“没有关。还有一句。\n下一段。"
    assert inner(text) == ["没有关。还有一句。"]
    assert not find_quotes(text)[0].closed
    assert inner("The “so called plan. It failed.\nNext.") == ["so called plan."]


TURNED = [
    (
        "开会。”大桥不安全，明天关闭。“市长说。”没有人受伤。“她说。",
        ["大桥不安全，明天关闭。", "没有人受伤。"],
    ),
    ("陈刚说：”大桥不安全。“会议结束。警方来了。", ["大桥不安全。"]),
    ("陈刚说：“大桥不安全。“会议结束。警方来了。", ["大桥不安全。"]),
    ("“很安全，”李晓红说，“不会关闭。“陈刚说：”我反对。”", ["很安全，", "不会关闭。", "我反对。"]),
    (
        "”It is not safe,“ said Ann Brandt. ”We will close it,“ she added.",
        ["It is not safe,", "We will close it,"],
    ),
    ("他说：“这是“好”的。”", ["这是“好”的。", "好"]),  # one inside the other
    ("他说：“一。\n二。”她说。“三。\n四。", ["一。\n二。", "三。"]),  # closes what the line before opened
]


@pytest.mark.parametrize(("text", "expected"), TURNED, ids=[case[0][:9] for case in TURNED])
def test_marks_the_wrong_way_round(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@given(st.text(alphabet="“”‘’「」『』\"'\n ab中，。s", max_size=60))
def test_spans_are_sane_on_any_text(text: str) -> None:
    for quote in find_quotes(text):
        assert 0 <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
        assert quote.depth >= 0
