"""One clock for all outlets: what can be told of who was earlier, and what cannot."""

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.corpus.clock import Clock


def told(rows: list[tuple[str, str]], **columns: list[object]) -> list[bool]:
    """Is the first article surely before the second, and the second before the first?"""
    table = pd.DataFrame(rows, columns=["outlet", "date"])
    table["date"] = [pd.Timestamp(date) if date else pd.NaT for date in table["date"]]
    clock = Clock.of(table.assign(**columns))
    return clock.before(np.array([0, 1]), np.array([1, 0])).tolist()


def test_local_times_of_known_outlets_are_put_on_one_clock() -> None:
    # 10:00 in Taipei is 02:00 UTC, 03:00 in Paris is 02:00 UTC
    assert told([("中央社", "2031-03-02 10:00"), ("法广", "2031-03-02 03:30")]) == [True, False]
    assert told([("中央社", "2031-03-02 10:00"), ("法广", "2031-03-02 02:30")]) == [False, True]


def test_a_day_without_a_time_and_a_clock_nobody_knows_cannot_tell() -> None:
    assert told([("中央社", "2031-03-02"), ("法广", "2031-03-02 12:00")]) == [False, False]
    assert told([("X", "2031-03-02 10:00"), ("Y", "2031-03-02 20:00")]) == [False, False]
    assert told([("X", "2031-03-02 10:00"), ("Y", "2031-03-04 10:00")]) == [True, False]
    assert told([("X", "2031-03-02 10:00"), ("", "")]) == [False, False]


def test_one_outlet_has_one_clock_even_where_nobody_knows_it() -> None:
    assert told([("X", "2031-03-02 10:00"), ("X", "2031-03-02 10:05")]) == [True, False]


def test_an_instant_goes_before_the_printed_date() -> None:
    instants: list[object] = [pd.Timestamp("2031-03-02 03:54"), pd.Timestamp("2031-03-02 02:56")]
    rows = [("X", "2031-03-02 04:32"), ("Y", "2031-03-02 10:56")]
    assert told(rows, instant=instants, precision=["minute", "minute"]) == [False, True]
    assert told(rows, instant=instants, precision=["day", "minute"]) == [False, True]
    assert told(rows, instant=instants, precision=["minute", "day"]) == [False, False]


def test_hours_are_open_where_the_order_is() -> None:
    table = pd.DataFrame({
        "outlet": ["中央社", "法广", "中央社"],
        "date": pd.to_datetime(["2031-03-02 10:00", "2031-03-02 03:30", "2031-03-02 00:00"]),
    })  # fmt: skip
    hours = Clock.of(table).hours(np.array([0, 0, 0]), np.array([0, 1, 2]))
    assert hours[:2].tolist() == [0.0, 0.5]
    assert np.isnan(hours[2])


def test_a_day_that_bears_the_time_of_a_crawler_is_a_day() -> None:
    rows = [("中央社", "2031-03-02 07:59"), ("中央社", "2031-03-02 09:10")]
    assert told(rows, precision=["day", "day"]) == [False, False]
    rows = [("X", "2031-03-01 23:00"), ("Y", "2031-03-02 14:30")]  # unknown zones: nothing to say
    assert told(rows, precision=["day", "minute"], instant=[pd.NaT, pd.NaT]) == [False, False]


def test_days_of_a_timeline_are_those_of_one_zone_where_it_is_asked_for() -> None:
    frame = pd.DataFrame({"body": ["It opened.", "It shut.", "It burnt."], "outlet": "A"})
    frame["date"] = ["2031-03-03T18:30+00:00", "2031-03-04T01:00+08:00", "2031-03-04"]
    corpus = bitext.Corpus.from_frame(frame)

    def days(corpus: bitext.Corpus) -> dict[str, int]:
        table = bitext.timeline(bitext.count(bitext.tokenize(corpus)))
        return dict(zip(table["period"], table["articles"].tolist(), strict=True))

    assert days(corpus) == {"2031-03-03": 1, "2031-03-04": 2}  # as printed
    assert days(corpus.in_zone("UTC")) == {"2031-03-03": 2, "2031-03-04": 1}
    assert days(corpus.in_zone("Asia/Shanghai")) == {"2031-03-04": 3}
    with pytest.raises(bitext.LexiconError, match="IANA name"):
        corpus.in_zone("Mars/Olympus")
