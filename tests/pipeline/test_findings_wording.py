"""Findings: dates without an hour, texts without a title, two outlets or one story are said as they are."""

import pandas as pd
import pytest

from bitext.pipeline.findings.findings_of_copies import same_text
from bitext.pipeline.findings.findings_of_coverage import covered
from bitext.pipeline.findings.findings_of_events import first
from bitext.pipeline.findings.findings_of_names import renderings


def stories_of(dates: list[str | None], precision: list[str]) -> pd.DataFrame:
    """Return one story for each two dates, in outlets A and B; nobody is first."""
    count = len(dates)
    table = pd.DataFrame(
        {"story": [i // 2 for i in range(count)], "outlet": ["A", "B"] * (count // 2), "precision": precision}
    )
    return table.assign(
        date=pd.to_datetime(pd.Series(dates)),
        instant=pd.to_datetime(pd.Series([None] * count)),
        name="s",
        name_en="s",
        name_zh="s",
        first=False,
    )


@pytest.mark.parametrize(
    ("dates", "precision", "en", "zh"),
    [
        ([None, None], ["", ""], ": the articles carry no date.", "：文章没有日期。"),
        (
            ["2031-03-02", None],
            ["day", ""],
            ": some of the articles carry no date.",
            "：部分文章没有日期。",
        ),
        (
            ["2031-03-02", "2031-03-02", None, None],
            ["day", "day", "", ""],
            ": of the earliest articles only the day is sure, or articles carry no date.",
            "：最早的文章只有日期可靠，或有文章没有日期。",
        ),
        (
            ["2031-03-02 09:30", "2031-03-02 09:31"],  # hours of clocks that nobody knows
            ["minute", "minute"],
            ": the hours in which they can have appeared overlap.",
            "：可能的发稿时间互有重叠。",
        ),
    ],
)
def test_an_article_without_a_date_is_not_said_to_carry_one(
    dates: list[str | None], precision: list[str], en: str, zh: str
) -> None:
    (one,) = first({"stories": stories_of(dates, precision)})
    assert one.en.endswith("have" + en)
    assert one.zh.endswith("谁最先报道" + zh)


def test_who_was_first_is_said_of_the_articles_on_the_headline_alone() -> None:
    dates = pd.to_datetime([f"2031-03-02 {hour:02}:00" for hour in (8, 9, 11, 13)])
    stories = pd.DataFrame(
        {"story": 0, "outlet": list("ABBC"), "instant": dates, "date": dates, "precision": "minute",
         "title": ["talks begin", "accord", "accord signed", "what the accord says"], "name": "accord",
         "name_en": "talks begin", "name_zh": "", "first": [False, True, False, False],
         "central": [0.1, 1.0, 0.99, 0.97]}
    )  # fmt: skip
    (one,) = first({"stories": stories})
    # Not called by the headline of an article that is on something else.
    assert one.en == "B was first with “accord”, at least 4 hours before C."
    assert one.rows == [1, 2, 3]
    (none,) = first({"stories": stories.assign(first=False)})
    assert none.en == (
        "Nobody can be named first on the one story that several outlets have: it is not sure that the "
        "earliest article and another outlet's report what the headline says."
    )
    assert none.strength == "cannot tell"


def test_most_often_first_counts_the_stories_whose_headline_an_outlet_reports() -> None:
    dates = pd.to_datetime(["2031-03-02 08:00", "2031-03-02 11:00", "2031-03-02 12:00"] * 14)
    stories = pd.DataFrame(
        {"story": [n // 3 for n in range(42)], "outlet": list("ABC") * 9 + list("BAC") * 5, "instant": dates,
         "date": dates, "precision": "minute", "name": "s", "name_en": "s", "name_zh": "s",
         "first": [True, False, False] * 14, "central": [1.0, 1.0, 0.2] * 9 + [1.0, 0.2, 1.0] * 5}
    )  # fmt: skip
    most, *_ = first({"stories": stories})
    assert most.en == (
        "A was first most often: on 9 of 9 stories it had, where it can be told (14 of 14 stories)."
    )


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["【城墙】鸟都飞了（8月5日）", "【城墙】今天下雨（8月6日）"], False),  # a column, The Wall
        (["2031-08-24 新闻简报 文字版", "2031-08-25 新闻简报 文字版"], False),  # a daily digest
        (["Morning Notes: May 3", "Morning Notes: June 14"], False),
        (["【地震】青川大桥倒塌", "【地震】青川大桥重建"], True),  # [Quake] bridge falls, bridge rebuilt
        (["青川大桥封闭", "青川大桥45天后重开"], True),  # bridge shut, to open again after 45 days
    ],
)
def test_an_outlets_own_column_is_no_story_that_others_did_not_cover(titles: list[str], told: bool) -> None:
    stories = pd.DataFrame({"story": 0, "outlet": "A", "title": titles, "name": titles[0]})
    stories = stories.assign(name_en="", name_zh=titles[0])
    coverage = pd.DataFrame({"story": 0, "outlet": list("ABC"), "n": [2, 0, 0], "note": "", "expected": 1.0})
    coverage = coverage.assign(p=[float("nan"), 0.6, 0.6], q=[float("nan"), 1.0, 1.0])
    found = list(covered({"coverage": coverage, "stories": stories}))
    assert any(one.en.startswith("Only A covered") for one in found) is told


def copies_of(dates: list[str], outlets: str = "AB", title: str | None = "Rain") -> pd.DataFrame:
    """Return the table of two articles of which the second was surely copied from the first."""
    table = pd.DataFrame({"article": ["a", "b"], "outlet": list(outlets), "date": pd.to_datetime(dates)})
    hours = (table["date"].iloc[1] - table["date"].iloc[0]) / pd.Timedelta(hours=1)
    return table.assign(
        title=title, nearest=["", "a"], agency="", relation=["origin", "copy"], sure=[False, True],
        hours=[float("nan"), hours], new=0.0, containment=1.0,
    )  # fmt: skip


def copies_told(table: pd.DataFrame, precision: str) -> list[tuple[str, str]]:
    articles = table[["article", "outlet", "date"]].assign(precision=precision)
    return [(one.en, one.zh) for one in same_text({"duplicates": table, "articles": articles})]


def test_days_are_told_where_no_hour_is_known() -> None:
    five = copies_of(["2031-03-02", "2031-03-07"])
    ((en, zh),) = copies_told(five, "day")
    assert en == (
        "100% of a text in B stands in A, too, printed five days earlier: “Rain”. "
        "No agency was recognised in it."
    )
    assert zh == "B有100%的文字也见于A早5天的稿件：《Rain》。未识别出通讯社署名。"
    ((en, zh),) = copies_told(copies_of(["2031-03-02", "2031-03-03"]), "day")
    assert "printed one day earlier" in en
    ((en, zh),) = copies_told(copies_of(["2031-03-02 08:00", "2031-03-02 20:00"]), "minute")
    assert "printed 12 hours earlier" in en
    assert "早12小时的稿件" in zh


def test_copies_of_outlets_without_a_name_or_of_one_outlet_are_not_told() -> None:
    table = copies_of(["2031-03-02", "2031-03-07"])
    assert copies_told(table, "day")
    assert not copies_told(table.assign(outlet=["A", ""]), "day")
    assert not copies_told(table.assign(outlet=pd.Series(["A", None])), "day")
    assert not copies_told(table.assign(outlet="A"), "day")
    assert not copies_told(table.assign(outlet="", relation=["origin", "wire"]), "day")


def test_an_outlet_that_is_an_agency_is_said_to_be_one() -> None:
    table = copies_of(["2031-03-02", "2031-03-07"]).replace({"outlet": {"A": "路透"}})
    ((en, zh),) = copies_told(table, "day")
    assert en.endswith("It credits no agency; 路透 is one.")
    assert zh.endswith("未注明通讯社，而路透就是通讯社。")  # no agency credited, but this outlet is one


def test_of_two_texts_in_no_order_the_share_told_is_that_of_the_text_named() -> None:
    table = copies_of(["2031-03-02", "2031-03-02"]).assign(
        relation=["origin", "unknown"],
        sure=False,
        kept=0.9,
        new=0.5,
        containment=0.9,
        title=["Long", "Short"],
    )
    ((en, _),) = copies_told(table, "day")
    assert en.startswith(
        "90% of A's text stands in B's, which is 1.8 times as long (which came first is not known): “Long”."
    )


def test_a_text_that_stands_whole_in_a_longer_one_is_not_the_same_text() -> None:
    table = copies_of(["2031-03-02", "2031-03-07"]).assign(kept=[float("nan"), 0.5])
    ((en, zh),) = copies_told(table, "day")
    assert en.startswith(
        "All of B's text stands in A's, which is twice as long, printed five days earlier: “Rain”."
    )
    assert zh.startswith("B的一篇全文见于A篇幅为其两倍的稿件（早5天）：《Rain》。")
    ((en, zh),) = copies_told(table.assign(kept=0.9), "day")  # about as long
    assert en.startswith("100% of a text in B stands in A, too")
    ((en, zh),) = copies_told(table.assign(relation=["origin", "unknown"], sure=False), "day")
    assert "twice as long (which came first is not known)" in en
    assert "两倍的稿件（先后不明）" in zh
    ((en, zh),) = copies_told(table.assign(relation=["origin", "wire"], agency="Corvane"), "day")
    assert "100% of the shorter text in the longer" in en
    assert "较短一篇有100%见于较长一篇" in zh


def test_renderings_say_which_outlet_writes_which_and_leave_the_surname_out() -> None:
    """Brandt's surname beside her full name is no finding; two renderings by outlet are one."""
    rows = [("海伦娜·布兰特", "A"), ("布兰特", "B"), ("海伦·布兰德", "C")]
    table = pd.DataFrame(rows, columns=["zh", "given_by"]).assign(
        en="Helena Brandt", kind="transliteration", n=5, confidence=1.0
    )
    table["printed"] = table["zh"]
    (one,) = renderings({"glossary": table})
    assert one.en == "Helena Brandt has two names in Chinese: 海伦娜·布兰特 (A and B) and 海伦·布兰德 (C)."
    assert one.zh == "Helena Brandt有2种译名：海伦娜·布兰特（A和B）、海伦·布兰德（C）。"
    assert not list(renderings({"glossary": table.head(2)}))
    assert not list(
        renderings({"glossary": table.assign(given_by="A · B", printed=table["zh"] + " · " + table["zh"])})
    )  # both


def test_a_rendering_is_told_as_the_outlet_prints_it() -> None:
    """Brandt in traditional characters (布蘭特) where all who print it do so; else both."""
    rows = [("布兰特", "A", "布蘭特"), ("勃兰特", "B · C", "勃兰特 · 勃蘭特")]
    table = pd.DataFrame(rows, columns=["zh", "given_by", "printed"]).assign(
        en="Brandt", kind="transliteration", n=5, confidence=1.0
    )
    (one,) = renderings({"glossary": table})
    assert one.en == "Brandt has two names in Chinese: 布蘭特 (A) and 勃兰特/勃蘭特 (B and C)."
    assert one.zh == "Brandt有2种译名：布蘭特（A）、勃兰特/勃蘭特（B和C）。"


@pytest.mark.parametrize("title", ["", None])
def test_a_missing_title_is_left_out_of_the_sentence(title: str | None) -> None:
    ((en, zh),) = copies_told(copies_of(["2031-03-02", "2031-03-07"], title=title), "day")
    assert "printed five days earlier. No agency" in en
    assert "早5天的稿件。未识别出" in zh


@pytest.mark.parametrize(
    ("outlets", "shared", "stories", "en", "zh"),
    [
        ("AB", 1, 1, "Both outlets covered the one story,", "两家都报道了这一事件，"),
        ("AB", 2, 2, "Both outlets covered both stories,", "两家都报道了这两个事件，"),
        ("AB", 9, 9, "Both outlets covered all nine stories,", "两家都报道了全部9个事件，"),
        ("AB", 1, 3, "Both outlets covered one of three stories,", "3个事件中有1个两家都报道了，"),
        ("ABC", 1, 1, "All three outlets covered the one story,", "3家都报道了这一事件，"),
        ("ABC", 4, 4, "All three outlets covered all four stories,", "3家都报道了全部4个事件，"),
        ("ABC", 2, 3, "All three outlets covered two of three stories,", "3个事件中有2个由3家全部报道，"),
    ],
)
def test_two_outlets_are_both_and_all_stories_are_all(
    outlets: str, shared: int, stories: int, en: str, zh: str
) -> None:
    rows = [
        {"story": story, "outlet": outlet, "n": int(story < shared or outlet == "A")}
        for story in range(stories)
        for outlet in outlets
    ]
    table = pd.DataFrame(rows).assign(expected=1.0, note="", p=float("nan"), q=float("nan"))
    names = table.assign(name="s", name_en="s", name_zh="s")
    told = [(one.en, one.zh) for one in covered({"coverage": table, "stories": names})]
    assert any(said.startswith(en) and chinese.startswith(zh) for said, chinese in told), told
