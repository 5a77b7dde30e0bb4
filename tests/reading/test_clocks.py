"""When an article was published: the outlet's clock, the instant in UTC, how exact, and who says so."""

from pathlib import Path

import pandas as pd

import bitext

PAGE = """<html><head><title>Plant opens</title>
<meta property="og:url" content="https://www.bbc.com/news/1">
<meta property="article:published_time" content="{}"></head>
<body><article><p>The plant opened on Monday, officials said, after three years.</p></article></body></html>
"""


def of(raw: str, **columns: str) -> pd.Series:
    frame = pd.DataFrame({"text": [raw], **{name: [value] for name, value in columns.items()}})
    return bitext.Corpus.from_frame(frame).articles.iloc[0]


def test_an_instant_is_put_on_the_outlets_clock_with_summer_time() -> None:
    row = of(PAGE.format("2031-07-05T22:30:00Z"))
    assert (str(row["date"]), str(row["instant"])) == ("2031-07-05 23:30:00", "2031-07-05 22:30:00")
    assert (row["precision"], row["zone"], row["date_source"]) == ("minute", "Europe/London", "page")


def test_a_day_is_the_outlets_day_and_its_instant_is_where_that_begins() -> None:
    row = of("厂房周一开工。", outlet="中央社", date="2031-03-05")  # the plant opened on Monday
    assert (str(row["date"]), str(row["instant"])) == ("2031-03-05 00:00:00", "2031-03-04 16:00:00")
    assert (row["precision"], row["date_source"]) == ("day", "given")


def test_a_clock_without_a_known_zone_is_no_instant() -> None:
    row = of("The plant opened.", outlet="Unheard Of", date="2031-03-05 10:00")
    assert str(row["date"]) == "2031-03-05 10:00:00"
    assert pd.isna(row["instant"])
    assert (row["precision"], row["zone"]) == ("minute", "")


def test_the_stamp_of_a_dump_may_be_a_crawlers_and_is_exact_to_the_day_only() -> None:
    raw = (
        "---\ntitle: Plant opens\ndate: 2031-03-05T07:41:12Z\nfrom: https://www.cna.com.tw/a\n---\n"
        "<!--1930462872000-->\n<p>The plant opened on Monday, officials said.</p>"
    )
    row = of(raw)
    assert (row["precision"], row["date_source"]) == ("day", "feed")
    assert str(row["instant"]) == "2031-03-04 16:00:00"
    assert row["date_feed"] == "2031-03-05T07:41:12+00:00"


def test_what_the_page_prints_comes_before_the_feed_and_both_are_kept() -> None:
    raw = (
        "---\ntitle: Plant opens\ndate: 2031-03-05T07:41:12Z\nfrom: https://www.cna.com.tw/a\n---\n"
        "<!--1930462872000-->\n<div><i>2031-03-05 15:20</i></div><p>The plant opened on Monday.</p>"
    )
    row = of(raw)
    assert (str(row["date"]), str(row["instant"])) == ("2031-03-05 15:20:00", "2031-03-05 07:20:00")
    assert (row["precision"], row["date_source"]) == ("minute", "printed")
    assert (row["date_printed"], row["date_feed"]) == ("2031-03-05T15:20:00", "2031-03-05T07:41:12+00:00")


def test_a_day_ahead_of_the_files_own_is_that_of_an_event(tmp_path: Path) -> None:
    # Dates of the vote. / The race is close. / Congress counts the votes.
    lines = "投票的时间\n\n这次选举比四年前更难预测。\n2031年1月6日\n国会开会，统计选票并宣布结果。\n"
    (tmp_path / "2030-11-03-vote.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "2031-02-01 later.txt").write_text(lines, encoding="utf-8")
    table = bitext.read(tmp_path).articles
    days = [f"{date:%Y-%m-%d}" for date in table["date"]]
    assert list(zip(days, table["date_source"], strict=True)) == [
        ("2030-11-03", "address"),
        ("2031-01-06", "printed"),
    ]
