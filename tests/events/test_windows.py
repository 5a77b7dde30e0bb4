"""Stories found window by window are those found at once, where windows are wide enough."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import bitext
import bitext.events.windows
from bitext.corpus.clock import Clock
from bitext.events.grouped import DAYS, Grouped, grouped
from bitext.events.linkage import Links
from bitext.events.windows import joined, windows


def clock(days: list[Any]) -> Clock:
    dates = [
        pd.Timestamp("2031-03-01 12:30") + pd.Timedelta(days=d) if d is not None else pd.NaT for d in days
    ]
    return Clock.of(pd.DataFrame({"outlet": "X", "date": pd.to_datetime(dates)}))


def test_few_articles_are_one_window_in_the_order_of_reading() -> None:
    assert [rows.tolist() for rows in windows(clock([5, 1, 3]), 3.0, most=3)] == [[0, 1, 2]]


def test_windows_hold_so_many_at_most_and_every_pair_near_enough_where_they_can() -> None:
    rng = np.random.default_rng(5)
    days = rng.uniform(0, 60, 200).tolist()
    found = windows(clock([*days, None, None]), 3.0, most=40)
    assert max(map(len, found)) <= 40
    assert sorted({row for rows in found for row in rows.tolist()}) == list(range(202))
    apart = np.abs(np.subtract.outer(days, days))
    together = np.zeros((202, 202), dtype=bool)
    for rows in found:
        together[np.ix_(rows, rows)] = True
    assert together[:200, :200][apart < 3].all()


def test_more_articles_in_those_days_than_a_window_holds_still_move_on() -> None:
    found = windows(clock([0] * 100), 3.0, most=10)
    assert max(map(len, found)) == 10
    assert len(found) == 19


def part(groups: list[int], sagas: list[int] | None = None) -> Grouped:
    inside = np.triu(np.equal.outer(groups, groups), 1)
    first, second = np.nonzero(inside)
    pairs = Links(first, second, np.full(len(first), 0.5))
    return Grouped(
        np.array(groups),
        np.array(sagas or groups),
        np.full(len(groups), 0.5),
        0.1,
        pairs,
        np.zeros(len(groups), bool),
    )


def test_a_group_goes_on_in_the_next_window_and_others_stay_apart() -> None:
    rows = [np.array([0, 1, 2, 3]), np.array([2, 3, 4, 5])]
    found = joined(6, rows, [part([0, 1, 0, 1]), part([0, 1, 0, 3])])
    assert found.groups.tolist() == [0, 1, 0, 1, 0, 5]
    assert found.sagas.tolist() == [0, 1, 0, 1, 0, 5]
    # The pair of 1 and 3 was seen in the first window alone, that of 0 and 4 in none.
    assert sorted(zip(found.pairs.first.tolist(), found.pairs.second.tolist(), strict=True)) == [
        (0, 2),
        (1, 3),
        (2, 4),
    ]


def test_an_article_stays_in_the_group_of_the_earlier_window() -> None:
    # Of 0, 1, 2, 3 (one story) the second window takes 3 to another one: too little to join the two.
    rows = [np.arange(4), np.array([1, 2, 3, 4, 5])]
    found = joined(6, rows, [part([0, 0, 0, 0]), part([0, 0, 2, 2, 2])])
    assert found.groups[:4].tolist() == [0, 0, 0, 0]


def test_sagas_that_share_a_group_are_one() -> None:
    rows = [np.arange(4), np.array([2, 3, 4, 5])]
    found = joined(6, rows, [part([0, 0, 2, 2], [0, 0, 0, 0]), part([0, 0, 2, 2], [0, 0, 0, 0])])
    assert found.groups.tolist() == [0, 0, 2, 2, 4, 4]
    assert set(found.sagas.tolist()) == {0}


def test_stories_of_the_sample_found_in_windows_are_those_found_at_once() -> None:
    corpus = bitext.read("corpora/chips")
    tokens = bitext.tokenize(corpus)
    rows = windows(Clock.of(corpus.articles), DAYS, most=28)
    assert len(rows) > 1
    parts = [grouped(tokens.select(np.isin(np.arange(len(corpus)), window))) for window in rows]
    found, whole = joined(len(corpus), rows, parts).groups, grouped(tokens).groups
    one, other = np.equal.outer(found, found), np.equal.outer(whole, whole)
    assert (one & other).sum() / (one | other).sum() > 0.8


def articles_of(events: int) -> pd.DataFrame:
    """Return three outlets' reports of each event, one a day; events share no word but their form."""
    rng = np.random.default_rng(3)
    rows = []
    for event in range(events):
        words = ["".join(rng.choice(list("abcdefghijklmnop"), 7)) for _ in range(30)]
        for number, outlet in enumerate(("Ledger", "Gazette", "Courier")):
            chosen = [*words[:6], *rng.permutation(words)[:24]]
            title = f"{words[0].title()} {words[1]} {words[2]}"
            date = pd.Timestamp("2031-03-01 09:00") + pd.Timedelta(days=event, hours=number)
            rows.append((outlet, date.isoformat(), title, f"{' '.join(chosen)}, officials said."))
    return pd.DataFrame(rows, columns=["outlet", "date", "title", "text"])


def test_a_scan_has_the_stories_of_its_articles(tmp_path: Path, monkeypatch: Any) -> None:
    frame = articles_of(24)
    frame.to_csv(tmp_path / "all.csv", index=False)
    whole = bitext.stories(bitext.tokenize(bitext.read(tmp_path)))
    assert whole["story"].nunique() == 24
    scan = bitext.tokenize(bitext.scan(tmp_path).in_portions(2_000))
    done: list[int] = []
    pd.testing.assert_frame_equal(bitext.stories(scan, progress=done.append), whole)
    assert sum(done) >= len(frame)
    monkeypatch.setattr(bitext.events.windows, "MOST", 30)  # some eight days at once
    parts = bitext.stories(bitext.tokenize(bitext.scan(tmp_path)))
    assert parts.groupby("story")["article"].apply(list).tolist() == (
        whole.groupby("story")["article"].apply(list).tolist()
    )
    with pytest.raises(bitext.BitextError, match="leave them out with a Scan"):
        bitext.stories(scan, concept_counts=bitext.count(bitext.tokenize(bitext.read(tmp_path))))
