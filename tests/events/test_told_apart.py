"""Reports in one frame of words are stories of their own, alone and beside other news."""

import pandas as pd
import pytest

import bitext
from tests import CHIPS
from tests.frame_reports import REPORTS

DAYS = ["2031-03-04", "2031-03-04", "2031-03-05", "2031-03-05", "2031-03-06", "2031-03-06", "2031-03-06"]


COLUMNS = ["outlet", "date", "title", "text"]
Rows = list[tuple[str, str, str, str]]


def rows(kind: str, outlets: str = "X") -> Rows:
    events = REPORTS[kind].events
    return [(outlets[n % len(outlets)], DAYS[n], *report) for n, report in enumerate(events)]


def stories_of(table: pd.DataFrame) -> set[frozenset[str]]:
    """Return the texts of each story."""
    corpus = bitext.Corpus.from_frame(table)
    found = bitext.stories(bitext.tokenize(corpus))
    text = dict(zip(corpus.articles["article"], table["text"], strict=True))
    return set(found["article"].map(text).groupby(found["story"]).apply(frozenset))


@pytest.mark.parametrize("kind", REPORTS)
def test_reports_of_one_frame_are_no_story(kind: str) -> None:
    assert not stories_of(pd.DataFrame(rows(kind), columns=COLUMNS))


@pytest.mark.parametrize("outlet", ["X", "Y"])
@pytest.mark.parametrize("kind", REPORTS)
def test_a_later_report_joins_the_event_that_it_is_about(kind: str, outlet: str) -> None:
    first, *others = rows(kind)
    made = [first, (outlet, DAYS[0], *REPORTS[kind].later), *others]
    found = stories_of(pd.DataFrame(made, columns=COLUMNS))
    assert found == {frozenset((first[3], REPORTS[kind].later[1]))}


@pytest.fixture(scope="module")
def others() -> pd.DataFrame:
    """Other news of these days: the sample corpus."""
    articles = bitext.read(CHIPS).articles[COLUMNS]
    moved = pd.Timestamp(DAYS[0]) - articles["date"].min().normalize()
    return articles.assign(date=(articles["date"] + moved).astype(str))


@pytest.mark.parametrize("kind", REPORTS)
def test_so_it_is_with_two_outlets_beside_other_news(kind: str, others: pd.DataFrame) -> None:
    made = pd.DataFrame([*rows(kind, "XY"), ("Y", DAYS[0], *REPORTS[kind].later)], columns=COLUMNS)
    found = stories_of(pd.concat([made, others], ignore_index=True))
    of_made = {story for story in found if story & set(made["text"])}
    assert of_made == {frozenset((REPORTS[kind].events[0][1], REPORTS[kind].later[1]))}
