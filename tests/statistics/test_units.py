"""``cluster="story"``, of tokens and of a scan: the stories are found on the way, in every function alike."""

from collections.abc import Callable

import pandas as pd
import pytest

import bitext
from bitext.errors import TableError

CHIPS = "corpora/chips"

Function = Callable[..., pd.DataFrame]

#: What each function is told besides.
FUNCTIONS: list[tuple[Function, dict[str, object]]] = [
    (bitext.keyness, {"measures": ["g2"]}),
    (bitext.keyness, {"measures": ["g2"], "test": "bootstrap", "replicates": 20}),
    (bitext.keyness, {"measures": ["g2"], "test": "permutation", "replicates": 99}),
    (bitext.shift, {"target": "嶼光社", "replicates": 20}),
    (bitext.similarity, {"replicates": 19}),
    (bitext.timeline, {"per": "month", "terms": ["芯片"]}),
    (bitext.naming, {}),
    (bitext.stance, {"replicates": 20}),
    (bitext.stance_differences, {"replicates": 20}),
    (bitext.sources, {}),
    (bitext.actors, {}),
]


@pytest.fixture(scope="module")
def tokens() -> bitext.Tokens:
    return bitext.tokenize(bitext.read(CHIPS)).select(lang="zh")


@pytest.fixture(scope="module")
def scan() -> bitext.Scan:
    return bitext.tokenize(bitext.scan(CHIPS)).in_portions(10_000).select(lang="zh")


@pytest.mark.parametrize(("function", "asked"), FUNCTIONS)
@pytest.mark.parametrize("cluster", ["day", "week", "story", "author"])
def test_units_are_the_same_for_tokens_and_for_a_scan(
    tokens: bitext.Tokens, scan: bitext.Scan, function: Function, asked: dict[str, object], cluster: str
) -> None:
    held, read = (function(source, cluster=cluster, **asked) for source in (tokens, scan))
    pd.testing.assert_frame_equal(held, read)
    run = held.attrs["run"]["parameters"]
    assert run["cluster"] == cluster


@pytest.mark.parametrize(("function", "asked"), FUNCTIONS)
def test_stories_found_on_the_way_are_those_that_can_be_given(
    tokens: bitext.Tokens, function: Function, asked: dict[str, object]
) -> None:
    given = function(tokens, cluster=bitext.stories(tokens), **asked)
    pd.testing.assert_frame_equal(function(tokens, cluster="story", **asked), given)


def test_a_column_of_stories_is_taken_as_it_is(tokens: bitext.Tokens) -> None:
    corpus = bitext.read(CHIPS).select(lang="zh")
    corpus.articles["story"] = "all are one"
    table = bitext.similarity(bitext.tokenize(corpus), cluster="story")
    assert table["p"].isna().all()
    assert set(table["note"]) == {"not estimable: 1 story, at least 5 needed"}


def test_counts_hold_no_texts_and_say_what_to_pass(tokens: bitext.Tokens) -> None:
    with pytest.raises(TableError, match="give tokens in place of counts"):
        bitext.keyness(bitext.count(tokens), cluster="story")


@pytest.mark.parametrize("asked", [{}, {"unit": "concept"}, {"unit": "phrase"}, {"copies": "weight"}])
def test_articles_of_a_scan_are_counted_as_those_of_tokens(
    tokens: bitext.Tokens, scan: bitext.Scan, asked: dict[str, str]
) -> None:
    from bitext.counting.scanned import count_scan

    held = bitext.count(tokens, min_articles=2, **asked)
    read = count_scan(bitext.count(scan, min_articles=2, **asked), lambda articles: None)
    assert held.terms.tolist() == read.terms.tolist()
    assert (held.matrix != read.matrix).nnz == 0
    assert held.lengths.tolist() == read.lengths.tolist()
    pd.testing.assert_frame_equal(held.articles, read.articles)


#: A sentence each article has, with words that come and go.
SENTENCE = "{} said that the harbour opens. Then {} {} built of {} in the old town."
WHO = ("The mayor", "The police", "A resident")
HOW = ("may be", "was", "was", "might be", "is")
THINGS = ("a bridge", "a school", "the mill", "a tower", "the station", "a market", "the bath")
OF = ("stone", "wood", "brick", "iron", "glass")


def written(weeks_of_a: list[int], weeks_of_b: list[int]) -> bitext.Tokens:
    """Make two outlets with three articles in each of their weeks."""
    rows = []
    for outlet, weeks in (("A", weeks_of_a), ("B", weeks_of_b)):
        for week in weeks:
            for day in range(3):
                at = week + day + (outlet == "B")
                text = SENTENCE.format(WHO[at % 3], THINGS[at % 7], HOW[at % 5], OF[(at * 3) % 5])
                rows.append((outlet, pd.Timestamp("2031-03-03") + pd.Timedelta(days=7 * week + day), text))
    frame = pd.DataFrame(rows, columns=["outlet", "date", "text"])
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


#: Said of features and kinds of actors of which nothing can be told whatever the units are.
SILENT = {"no hit on either side", "nothing varies between the articles"}
TESTS: list[tuple[Function, dict[str, object]]] = [
    (bitext.similarity, {"replicates": 19}),
    (bitext.stance_differences, {"replicates": 20}),
    (bitext.actors, {}),
]


@pytest.mark.parametrize(("function", "asked"), TESTS)
def test_sides_of_other_times_have_no_p_and_the_note_says_so(
    function: Function, asked: dict[str, object]
) -> None:
    def notes_and_p(a: list[int], b: list[int]) -> tuple[set[str], int]:
        table = function(written(a, b), cluster="day", **asked)
        tested = table if "actor" not in table else table[table["actor"] != "all"]
        return set(tested["note"]) - SILENT, int(tested["p"].notna().sum())

    alike, found = notes_and_p([0, 1, 2, 3], [0, 1, 2, 3])
    assert alike == {""}
    assert found
    runs, found = notes_and_p([0, 1, 2], [4, 5, 6])
    assert runs == {
        "not estimable: each side has its own stretch of time, and what changed between them is not known"
    }
    assert not found
    apart, found = notes_and_p([0, 2, 4], [1, 3, 5])
    assert apart == {"not estimable: the sides have no weeks in common"}
    assert not found
    part, found = notes_and_p([0, 1, 2, 3], [1, 2, 3, 4])
    assert part == {"the sides share 75% of their time: the news of the rest is in p, too"}
    assert found


def test_of_few_weeks_a_gap_is_divided_without_intervals() -> None:
    table = bitext.shift(written([0, 1, 2], [0, 1, 2]), target="A", cluster="week", replicates=20)
    assert set(table["note"]) == {"not estimable: 3 weeks, at least 5 needed"}
    assert table["contribution_low"].isna().all()
    again = bitext.shift(written([0, 1, 2], [0, 1, 2]), target="A", cluster="day", replicates=20)
    assert set(again["note"]) == {""}
    assert again["contribution_low"].notna().any()
