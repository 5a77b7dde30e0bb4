"""Lines around articles, by kind, as papers, agencies and blogs nobody has looked at print them: they go, and
sentences of a story that hold the same words stay."""

import csv
from pathlib import Path

import pytest

from bitext.reading.documents import Document, Options
from bitext.reading.parse import parse

with (Path(__file__).parents[1] / "cases" / "furniture_lines.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

STORY = {
    "en": (
        "Plant opens in the north",
        "The plant in the northern district opened on Monday after a delay of two years, officials said.",
        "Workers said that the first line would make parts for three carmakers, and that more were to come.",
    ),
    # A plant opens; workers on its first line.
    "zh": (
        "城北工厂投产",
        "这座位于城北的工厂周一投产，比原计划晚了两年，当地官员在仪式上这样表示，并感谢了所有参与建设的工人。",
        "工人们说，第一条生产线将为三家汽车制造商生产零件，今后还会有更多的订单，工厂也会继续招人。",
    ),
}


def kept(lang: str, line: str, place: int) -> bool:
    """Say whether the line is in the body when it stands behind so many paragraphs."""
    title, *story = STORY[lang]
    story.insert(place, line)
    record = parse(Document("a", "a", "\n\n".join([title, *story])), Options())
    assert all(part in [paragraph.text for paragraph in record.paragraphs] for part in STORY[lang][1:])
    return line in "\n".join(paragraph.text for paragraph in record.paragraphs)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["line"][:40])
def test_furniture_behind_a_story_goes_and_its_sentences_stay(case: dict[str, str]) -> None:
    if case["goes"] == "yes":
        assert not kept(case["lang"], case["line"], 2)
    else:
        assert kept(case["lang"], case["line"], 1)


def test_there_are_cases_of_both_kinds_in_both_languages() -> None:
    for lang in STORY:
        for goes in ("yes", "no"):
            assert sum(case["lang"] == lang and case["goes"] == goes for case in CASES) >= 30


@pytest.mark.parametrize(
    ("behind", "stays"),
    [
        (STORY["zh"][2], True),  # a part of the article under the heading: comment
        ("张三 2024-05-13", False),  # a reader's name and a date
        ("写得好，支持！", False),  # well written
    ],
)
def test_a_heading_over_whole_sentences_ends_no_article(behind: str, stays: bool) -> None:
    text = "\n\n".join([STORY["zh"][0], STORY["zh"][1], "评论", behind])
    record = parse(Document("a", "a", text), Options())
    assert (behind in [paragraph.text for paragraph in record.paragraphs]) == stays
