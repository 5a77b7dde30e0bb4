"""One frame of words around other names: two events; around other numbers: perhaps one."""

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.copies.frames import other_event
from tests.frame_reports import REPORTS


def apart(one: tuple[str, str], other: tuple[str, str]) -> bool:
    titles, texts = zip(one, other, strict=True)
    return bool(other_event(titles, texts, np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize("kind", REPORTS)
def test_every_two_reports_of_one_frame_are_two_events(kind: str) -> None:
    titles, texts = zip(*REPORTS[kind].events, strict=True)
    first, second = np.triu_indices(len(texts), 1)
    assert other_event(titles, texts, first, second).all()


@pytest.mark.parametrize("kind", REPORTS)
def test_a_later_report_with_other_numbers_is_of_the_same_event(kind: str) -> None:
    assert not apart(REPORTS[kind].events[0], REPORTS[kind].later)


#: A landslide has killed so many, says somebody.
TOLL = (
    "{}青川县发生山体滑坡，已造成{}人死亡、{}人失踪，{}条道路中断。{}说，救援队伍正在现场搜救，天气预报称"
    "周末仍有大雨，附近村民已经转移到学校。"
)


@pytest.mark.parametrize(
    "later",
    [
        ("3月4日，", 9, 2, 4, "县长王国华"),  # more dead
        ("3月4日，", 9, 2, 4, "副县长李文涛"),  # more dead, and somebody else says so
        ("", 3, 12, 2, "副县长李文涛"),  # somebody else says so
    ],
)
def test_who_speaks_of_an_event_may_change(later: tuple[object, ...]) -> None:
    earlier = TOLL.format("3月4日，", 3, 12, 2, "县长王国华")
    assert not apart(("青川山体滑坡", earlier), ("青川山体滑坡", TOLL.format(*later)))


def test_two_names_of_one_man_are_one() -> None:
    text = "{}周一宣布对钢铁加征{}%的关税，钢铁股应声上涨，经济学家说消费者将付出代价。"  # a tariff on steel
    assert not apart(("", text.format("特朗普", 25)), ("", text.format("川普", 20)))  # Trump, Trump
    assert apart(("", text.format("特朗普", 25)), ("", text.format("马克龙", 20)))  # Trump, Macron


@pytest.mark.parametrize("outlets", ["XX", "XY"])
@pytest.mark.parametrize("kind", REPORTS)
def test_duplicates_call_another_event_in_the_same_frame_a_series(kind: str, outlets: str) -> None:
    rows = [
        (outlet, f"2031-03-0{day}", *report)
        for outlet, day, report in zip(outlets, (4, 6), REPORTS[kind].events, strict=False)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "date", "title", "text"])
    pairs = bitext.duplicate_pairs(bitext.Corpus.from_frame(table), threshold=0.1)
    assert pairs["relation"].tolist() == ["series"]


@pytest.mark.parametrize("kind", REPORTS)
def test_duplicates_call_a_later_report_on_the_event_an_update(kind: str) -> None:
    rows = [
        ("X", "2031-03-04 09:00", *REPORTS[kind].events[0]),
        ("X", "2031-03-04 15:00", *REPORTS[kind].later),
    ]
    table = pd.DataFrame(rows, columns=["outlet", "date", "title", "text"])
    pairs = bitext.duplicate_pairs(bitext.Corpus.from_frame(table), threshold=0.1)
    assert pairs["relation"].tolist() == ["update"]
