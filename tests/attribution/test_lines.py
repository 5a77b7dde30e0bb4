"""Patterns of labels find on chosen lines what they would find in the whole text."""

import pytest

from bitext.attribution.headings import _HEADED
from bitext.attribution.labels import _LABEL
from bitext.attribution.lines import labelled
from bitext.attribution.quotes import find_quotes

TEXTS = [
    "",
    ":",
    "\n\n：\nLee: no deal is near\n\n  Poe：none of that, he said\nA line without.\nhttp://a.example: no",
    "EXCLUSIVE -\nLee: no deal is near\nEXCLUSIVE: Lee: it is near",  # the label stands on the next line
    "王芳：工厂下月停产\n没有冒号的一行\r\n记者：为何停产？\n",  # Wang Fang: the plant will stop; why?
]


@pytest.mark.parametrize("text", TEXTS)
def test_labels_are_those_of_looking_everywhere(text: str) -> None:
    for pattern in (_HEADED, _LABEL):
        everywhere = [match.regs for match in pattern.finditer(text)]
        assert [match.regs for match in labelled(pattern, text)] == everywhere


def test_one_backtick_opens_no_quotation_and_two_do() -> None:
    assert find_quotes("a `b' c") == []
    assert [(quote.start, quote.end) for quote in find_quotes("``We go,'' he said.")] == [(0, 10)]


def test_a_quotation_ends_with_its_paragraph_where_none_closes_it() -> None:
    texts = ["“One.\n“Two.”", "「一。\n\n二。」", "“One.\n\nTwo.\n\nThree"]  # one, two
    ends = [[(quote.end, quote.closed, quote.continued) for quote in find_quotes(text)] for text in texts]
    assert ends == [[(5, False, True), (12, True, False)], [(8, True, False)], [(5, False, False)]]
