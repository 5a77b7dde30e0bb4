import numpy as np
import pandas as pd
import pytest

import bitext
from bitext import GroupedCounts, LanguageError, TableError
from bitext.comparison.time.bursts import course
from bitext.comparison.time.timeline import all_periods
from bitext.statistics.intervals import wilson
from tests.builders import counts_of

DATES = ["2021-03-08", "2021-03-08", "2021-03-10", "2021-03-10", "2021-03-10"]


def test_articles_and_their_shares_per_day_with_empty_days() -> None:
    table = bitext.timeline(counts_of(np.ones((5, 1)), "ABAAB", dates=DATES))
    assert table[["outlet", "period", "articles"]].values.tolist() == [
        ["A", "2021-03-08", 1],
        ["A", "2021-03-09", 0],
        ["A", "2021-03-10", 2],
        ["B", "2021-03-08", 1],
        ["B", "2021-03-09", 0],
        ["B", "2021-03-10", 1],
    ]
    assert table["share"].round(3).tolist()[::2] == [0.5, 0.667, pytest.approx(np.nan, nan_ok=True)]
    assert table.loc[1, "note"] == "no article in the period"


def test_terms_have_rates_shares_and_intervals() -> None:
    rng = np.random.default_rng(0)
    hits = rng.poisson(2, (40, 2))
    dates = ["2021-01-05"] * 20 + ["2021-02-05"] * 20
    table = bitext.timeline(counts_of(hits, "A" * 40, dates=dates), terms=["t00001", "t00000"], per="month")
    assert table[["period", "term"]].values.tolist() == [
        ["2021-01", "t00001"],
        ["2021-01", "t00000"],
        ["2021-02", "t00001"],
        ["2021-02", "t00000"],
    ]
    row = table.iloc[1]
    assert row["n"] == hits[:20, 0].sum()
    assert row["rate"] == pytest.approx(1000 * hits[:20, 0].sum() / 2000)
    assert row["rate_low"] < row["rate"] < row["rate_high"]
    assert row["articles"] == (hits[:20, 0] > 0).sum()
    assert row["share_low"] < row["share"] < row["share_high"]


def test_few_articles_have_no_interval_of_the_rate() -> None:
    table = bitext.timeline(counts_of(np.ones((5, 1)), "ABAAB", dates=DATES), terms="t00000", by=None)
    assert table["note"].tolist() == [
        "no interval of the rate: fewer than 5 articles",
        "no article in the period",
        "no interval of the rate: fewer than 5 articles",
    ]
    assert table["rate_low"].isna().all()
    assert table["share_high"].notna().tolist() == [True, False, True]


def test_undated_articles_are_counted_in_the_record() -> None:
    counts = counts_of(np.ones((5, 1)), "ABAAB", dates=[*DATES[:4], None])  # type: ignore[list-item]
    table = bitext.timeline(counts)
    assert table["articles"].sum() == 4
    assert table.attrs["run"]["parameters"]["undated"] == 1
    with pytest.raises(TableError, match="no article has a date"):
        bitext.timeline(counts_of(np.ones((2, 1)), "AB"))


def test_articles_of_two_languages_can_be_counted_but_not_their_terms() -> None:
    counts = counts_of(np.ones((5, 1)), "ABAAB", dates=DATES)
    counts.articles["lang"] = ["zh", "en", "zh", "zh", "en"]
    assert bitext.timeline(counts)["articles"].sum() == 5
    with pytest.raises(LanguageError):
        bitext.timeline(counts, terms="t00000")


def test_sums_over_batches_give_the_same_timeline() -> None:
    counts = counts_of(np.arange(10).reshape(5, 2), "ABAAB", dates=DATES)
    parts = [GroupedCounts.of(counts.select(np.arange(5) % 2 == i), ["outlet", "day"]) for i in (0, 1)]
    pd.testing.assert_frame_equal(
        bitext.timeline(GroupedCounts.merge(parts), terms="t00001"), bitext.timeline(counts, terms="t00001")
    )


def test_wrong_use_is_named() -> None:
    counts = counts_of(np.ones((5, 1)), "ABAAB", dates=DATES, terms=["chip"])
    with pytest.raises(TableError, match="unknown period 'hour'"):
        bitext.timeline(counts, per="hour")
    with pytest.raises(TableError, match=r"unknown term 'chips'; 1 are counted; the nearest are \['chip'\]"):
        bitext.timeline(counts, terms="chips")
    with pytest.raises(TableError, match="ratio=1"):
        bitext.bursts(counts, ratio=1)


@pytest.mark.parametrize(
    ("found", "per", "all_of_them"),
    [
        (["2021-02-27", "2021-03-02"], "day", ["2021-02-27", "2021-02-28", "2021-03-01", "2021-03-02"]),
        (["2020-12-28", "2021-01-11"], "week", ["2020-12-28", "2021-01-04", "2021-01-11"]),
        (["2020-11", "2021-01"], "month", ["2020-11", "2020-12", "2021-01"]),
        (["2020Q4", "2021Q2"], "quarter", ["2020Q4", "2021Q1", "2021Q2"]),
        (["2019", "2021"], "year", ["2019", "2020", "2021"]),
    ],
)
def test_every_period_from_first_to_last(found: list[str], per: str, all_of_them: list[str]) -> None:
    assert all_periods(found, per) == all_of_them


def test_wilson_by_the_published_example() -> None:
    # Newcombe (1998), table I: 81 of 263 gives .2553 to .3662, 0 of 20 gives 0 to .1611
    low, high = wilson([81, 0], [263, 20])
    assert low.round(4).tolist() == [0.2553, 0]
    assert high.round(4).tolist() == [0.3662, 0.1611]


def brute_force(hits: list[int], size: list[int], ratio: float, gamma: float) -> list[bool]:
    """The cheapest of all courses of states."""
    calm = sum(hits) / sum(size)
    high = min(calm * ratio, (1 + calm) / 2)
    step = gamma * np.log(len(size))

    def cost(states: list[bool]) -> float:
        total, before = 0.0, False
        for k, n, now in zip(hits, size, states, strict=True):
            p = high if now else calm
            total -= k * np.log(p) + (n - k) * np.log(1 - p)
            total += step if now and not before else 0
            before = now
        return total

    options = [[bool(i >> t & 1) for t in range(len(size))] for i in range(2 ** len(size))]
    return min(options, key=cost)


@pytest.mark.parametrize("seed", range(8))
def test_the_course_is_the_cheapest_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = rng.integers(5, 30, 9)
    share = np.where(np.arange(9) // 3 == 1, 0.5, 0.15)
    hits = rng.binomial(size, share)
    state, _ = course(hits[:, None], size, ratio=2, gamma=0.7)
    assert state[:, 0].tolist() == brute_force(hits.tolist(), size.tolist(), 2, 0.7)


def test_bursts_stand_where_they_were_put_and_nowhere_else() -> None:
    rng = np.random.default_rng(0)
    days = np.repeat(pd.date_range("2021-01-01", periods=30), 20)
    hits = rng.random((600, 50)) < 0.1
    hits[200:260, 7] = rng.random(60) < 0.8  # ten days in, for three days
    counts = counts_of(hits, ["A"] * 600, dates=[str(day) for day in days])
    table = bitext.bursts(counts)
    assert table.iloc[0][["term", "first_period", "last_period"]].tolist() == [
        "t00007",
        "2021-01-11",
        "2021-01-13",
    ]
    assert table.iloc[0]["articles"] == hits[200:260, 7].sum()
    assert table.iloc[0]["weight"] > 3 * table.iloc[1:]["weight"].max()
    assert (table["weight"] > 0).all()


def test_no_burst_has_a_table_too() -> None:
    counts = counts_of(np.ones((5, 1)), "ABAAB", dates=DATES)
    assert len(bitext.bursts(counts, by="outlet")) == 0
    assert list(bitext.bursts(counts, by="outlet").columns)[:3] == ["outlet", "term", "first_period"]


def test_a_term_that_occurs_in_no_article_has_zero_rows_and_no_burst() -> None:
    counts = counts_of([[1, 0], [2, 0], [0, 0], [1, 0], [3, 0]], "ABAAB", dates=DATES)
    table = bitext.timeline(counts, terms="t00001", by=None)
    assert table["n"].tolist() == [0, 0, 0]
    assert table["group_size"].tolist() == [2, 0, 3]
    assert len(bitext.bursts(counts, terms="t00001")) == 0
    with pytest.raises(TableError, match="unknown term 'x'"):
        bitext.bursts(counts, terms="x")


def test_bursts_of_chosen_terms_are_those_of_all() -> None:
    rng = np.random.default_rng(2)
    days = np.repeat(pd.date_range("2021-01-01", periods=20), 15)
    hits = rng.random((300, 20)) < 0.15
    hits[100:130, 3] = True
    counts = counts_of(hits, ["A"] * 300, dates=[str(day) for day in days])
    every = bitext.bursts(counts)
    one = bitext.bursts(counts, terms=["t00003"])
    same = every[every["term"] == "t00003"].reset_index(drop=True)
    assert one.drop(columns="q").equals(same.drop(columns="q"))  # q depends on how many terms are looked at


def test_with_stories_as_units_the_interval_of_a_rate_is_wider() -> None:
    # In a month, eight stories of five articles; a story has the term in all its articles or in none.
    hits = np.repeat([2, 0, 3, 0, 2, 0, 1, 2], 5)
    dates = [f"2031-03-{i % 28 + 1:02}" for i in range(40)]
    counts = counts_of(hits[:, None], "A" * 40, terms=["x"], dates=dates)
    found = pd.DataFrame({"article": counts.articles["article"], "story": np.repeat(np.arange(8), 5)})
    one, other = (
        bitext.timeline(counts, terms="x", per="month", cluster=cluster).iloc[0] for cluster in (None, found)
    )
    assert one["rate"] == other["rate"]
    assert one["group_size"] == other["group_size"] == 40
    assert other["rate_high"] - other["rate_low"] > 1.8 * (one["rate_high"] - one["rate_low"])
    with pytest.raises(bitext.TableError, match="sums hold none"):
        bitext.timeline(bitext.GroupedCounts.of(counts, ("outlet", "month")), per="month", cluster="day")


def test_shuffled_dates_make_bursts_that_q_does_not_believe() -> None:
    rng = np.random.default_rng(8)
    dates = [f"2031-03-{i % 28 + 1:02}" for i in range(420)]
    table = (rng.random((420, 300)) < rng.uniform(0.02, 0.2, 300)).astype(int)
    found = bitext.bursts(counts_of(table, "A" * 420, dates=dates), gamma=0.5)
    assert len(found) > 20
    assert (found["q"] < 0.05).sum() == 0
    table[84:140, 0] = 1  # a term that most articles of two days have
    found = bitext.bursts(counts_of(table, "A" * 420, dates=sorted(dates)))
    assert found.iloc[0]["term"] == "t00000"
    assert found.iloc[0]["p"] == 0.002
