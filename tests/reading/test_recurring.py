"""What is furniture does not depend on how the corpus is divided."""

import random

from bitext.reading.cleaning import recurring
from bitext.reading.documents import Paragraph, Record


def record(number: int, outlet: str, lines: list[str], title: str | None = None) -> Record:
    paragraphs = [Paragraph(line, 0, len(line)) for line in lines]
    return Record(
        f"{number}",
        "a",
        title=title if title is not None else f"T{number}",
        outlet=outlet,
        paragraphs=paragraphs,
    )


def records() -> list[Record]:
    found = []
    for number in range(30):
        outlet = "AB"[number % 2]
        body = [f"Line {'abcdefgh'[number % 7]}{'x' * number}" for _ in range(8)]
        found.append(record(number, outlet, [*body, f"Footer of {outlet}", "Shared line"]))
    return found


def test_lines_of_one_outlet_at_the_edge_are_furniture() -> None:
    known = recurring.furniture(recurring.sample(records()))
    assert known["A"] == {recurring.line_key("Footer of A")}
    assert recurring.line_key("Shared line") not in known["A"] | known["B"]
    assert recurring.divided("Text\nFooter of A", known["A"]) == ("Text", [(1, "Footer of A")])


def test_division_and_order_change_nothing() -> None:
    whole = recurring.sample(records())
    for seed in range(10):
        draw = random.Random(seed)
        shuffled = records()
        draw.shuffle(shuffled)
        cut = draw.randint(0, len(shuffled))
        assert recurring.merge([recurring.sample(shuffled[:cut]), recurring.sample(shuffled[cut:])]) == whole


def test_updates_of_one_story_make_no_furniture() -> None:
    same = [record(i, "A", [f"Text {i}", "He declined to comment."], title="One story") for i in range(9)]
    assert recurring.furniture(recurring.sample(same)) == {}


def test_the_sample_is_bounded_and_independent_of_order() -> None:
    many = [record(i, "A", ["Text", f"{'y' * (i % 50)} footer"]) for i in range(recurring.SAMPLE + 500)]
    whole = recurring.sample(many)
    assert len(whole["A"]) == recurring.SAMPLE
    parts = [recurring.sample(many[i::3]) for i in (2, 0, 1)]
    assert recurring.merge(parts) == whole
