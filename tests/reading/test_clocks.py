"""When an article was published: the outlet's clock, the instant in UTC, how exact, and who says so."""

from pathlib import Path

import numpy as np
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


def dump(day: int, printed: str, feed: str) -> str:
    host = "https://harborpost.example"  # in no table of outlets
    return (
        f"---\ntitle: Plant {day} opens\ndate: 2031-03-{day:02}T{feed}Z\nfrom: {host}/{day}\n---\n"
        f"<!--1930462872000-->\n<div><i>2031-03-{day:02} {printed}</i></div>"
        f"<p>The plant of row {day} opened on Monday, officials said, after three years.</p>"
    )


#: Printed ten hours and a half ahead of UTC; the feed is 0 to 3 minutes late, once an hour.
PAIRED = [dump(1 + n, "18:30", f"08:{n % 4:02}:10") for n in range(8)] + [dump(9, "18:30", "09:00:00")]
NO_HOUR = dump(20, "", "22:00:00").replace("<div><i>2031-03-20 </i></div>", "")


def test_the_clock_of_an_unknown_outlet_is_learned_from_what_it_prints_and_what_its_feed_says() -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [*PAIRED, NO_HOUR]}))
    articles = corpus.articles
    assert articles["outlet"].eq("harborpost.example").all()
    assert articles["zone"].eq("+10:30").all()
    assert str(articles["instant"].iloc[0]) == "2031-03-01 08:00:00"
    # A crawler's stamp is exact to the day only: the outlet's day, which began the evening before in UTC.
    assert (str(articles["date"].iloc[-1]), articles["precision"].iloc[-1]) == ("2031-03-21 08:30:00", "day")
    assert str(articles["instant"].iloc[-1]) == "2031-03-20 13:30:00"
    said = corpus.problems[corpus.problems["kind"] == "assumed"]
    assert said["file"].tolist() == ["harborpost.example"]
    assert "+10:30, from 9 articles" in said["problem"].iloc[0]


def test_what_single_pages_tell_of_a_clock_holds_for_the_others_of_the_outlet() -> None:
    hours = [
        page.replace("18:30", "18:00") for page in PAIRED[:8]
    ]  # full hours: each page tells its zone itself
    articles = bitext.Corpus.from_frame(pd.DataFrame({"text": [*hours, NO_HOUR]})).articles
    assert articles["zone"].eq("+10:00").all()
    assert str(articles["instant"].iloc[-1]) == "2031-03-20 14:00:00"


def test_pairs_that_do_not_agree_teach_no_clock() -> None:
    loose = [dump(1 + n, "18:30", f"{8 + n % 5:02}:{7 * n % 60:02}:10") for n in range(9)]
    for pages in (loose, PAIRED[:3]):
        corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": pages}))
        assert corpus.articles["zone"].eq("").all()
        assert corpus.articles["instant"].isna().all()


def test_a_summer_time_is_learned_where_no_fixed_difference_fits() -> None:
    summer = [dump(1 + n, "09:30", "08:30:20").replace("2031-03", "2031-07") for n in range(4)]
    winter = [dump(1 + n, "08:30", "08:30:20").replace("2031-03", "2031-01") for n in range(4)]
    articles = bitext.Corpus.from_frame(pd.DataFrame({"text": summer + winter})).articles
    assert articles["zone"].eq("Europe/London").all()
    assert articles["instant"].dt.hour.eq(8).all()


def test_clocks_are_learned_from_all_batches(tmp_path: Path) -> None:
    for number, page in enumerate([*PAIRED, NO_HOUR]):
        (tmp_path / f"{number}.md").write_text(page, encoding="utf-8")
    whole = bitext.read(tmp_path)
    scan = bitext.scan(tmp_path).in_portions(500)
    parts = scan.articles(np.arange(scan.number())).articles
    pd.testing.assert_frame_equal(
        parts[["article", "date", "instant", "zone"]], whole.articles[["article", "date", "instant", "zone"]]
    )
    assert (scan.problems["kind"] == "assumed").sum() == (whole.problems["kind"] == "assumed").sum() == 1
    told = bitext.explain(tmp_path)
    assert told["reason"].str.contains("the outlet's clock is taken to be").sum() == 1
