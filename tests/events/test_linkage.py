"""Similarity within a window of time, and groups by average linkage with caution."""

import numpy as np
import pytest
from scipy import sparse

from bitext.events.grouped import _caution, sagas
from bitext.events.linkage import Links, agglomerate, crowd, links, parted
from bitext.events.same_event import FEATURES, features, probability
from bitext.events.vectors import Vectors


def made(days: list[float], lang: list[int] | None = None) -> Vectors:
    """Articles that are all alike: one word and four shared things, five words beside places."""
    n = len(days)
    ones = sparse.csr_array(np.full((n, 4), 0.5))
    terms = sparse.csr_array(np.eye(2)[lang or [0] * n])
    five = sparse.csr_array(np.full((n, 5), 0.2**0.5))
    none, outlets = sparse.csr_array((n, 1)), np.arange(n)
    languages, length = np.array(lang or [0] * n), np.full(n, 450)
    things = np.arange(4)
    said = np.full((len(days), 3), np.nan)
    return Vectors(terms, ones, languages, np.array(days), said, length, five, outlets, none, things)


def of_pair(vectors: Vectors, a: int = 0, b: int = 1) -> dict[str, float]:
    """Return the features of two articles by name."""
    one, other = np.array([a]), np.array([b])
    words, shared = (
        np.asarray(side[one].multiply(side[other]).sum(axis=1)).ravel()
        for side in (vectors.terms, vectors.shared)
    )
    return dict(zip(FEATURES, features(vectors, one, other, words, shared, 1000.0)[0].tolist(), strict=True))


def test_a_pair_must_be_surer_among_few_articles() -> None:
    wanted = {5: 0.42, 10: 0.42, 20: 0.31, 30: 0.2, 90: 0.2}
    for number, value in wanted.items():
        assert _caution(made([0.0] * number), 6.0) == pytest.approx(value)


def test_pairs_are_less_likely_one_event_the_more_days_lie_between_them() -> None:
    found = links(made([0.0, 1.0, 2.0, 6.5]), window=6.0)
    value = dict(
        zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.similarity, strict=True)
    )
    assert value[0, 1] == value[1, 2] > value[0, 2] > value[2, 3]
    assert (0, 3) not in value  # farther than the window


def test_languages_meet_in_shared_things_only() -> None:
    vectors = made([0.0, 0.0], lang=[0, 1])
    assert of_pair(vectors) == pytest.approx(dict.fromkeys(FEATURES, 0.0))
    assert of_pair(vectors._replace(terms=sparse.csr_array((2, 2)))) == of_pair(vectors)


def test_names_of_one_thing_count_once_across_languages() -> None:
    vectors = made([0.0, 0.0], lang=[0, 1])
    one = vectors._replace(things=np.zeros(4, dtype=np.int64))  # Jeff, Bezos and the concept of the man
    assert of_pair(one)["shared"] == pytest.approx(np.log(1 / 4))


def test_an_article_without_a_date_is_compared_with_all() -> None:
    found = links(made([float("nan"), 0.0, 90.0]), window=3.0)
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == [(0, 1), (0, 2)]


@pytest.mark.parametrize("undated", [0, 3, 300])
def test_blocks_find_the_same_pairs_as_comparing_everything(undated: int) -> None:
    rng = np.random.default_rng(5)
    n = 700
    days = np.round(rng.uniform(0, 40, n), 2)
    days[rng.permutation(n)[:undated]] = np.nan
    vectors = made(days.tolist())
    found = links(vectors, window=3.0)
    apart = np.abs(days[:, None] - days[None, :])
    first, second = np.nonzero(np.triu(~(apart > 3.0), k=1))
    assert found.first.tolist() == first.tolist()
    assert found.second.tolist() == second.tolist()
    one = np.ones(len(first))
    near = crowd(days, 3.0)
    assert found.similarity == pytest.approx(probability(vectors, first, second, one, one, near, 1e-9))


def test_a_pair_needs_more_than_a_large_group() -> None:
    def join(value: float, n: int) -> int:
        first, second = np.triu_indices(n, k=1)
        pairs = Links(first.astype(np.int64), second.astype(np.int64), np.full(len(first), value))
        return len(set(agglomerate(n, pairs, threshold=0.1, caution=0.1).tolist()))

    assert join(0.19, 2) == 2
    assert join(0.21, 2) == 1


def test_a_bridge_between_two_groups_does_not_join_them() -> None:
    # two triangles of .9, one edge of .9 between them: mean .1 over nine pairs
    first = np.array([0, 0, 1, 2, 3, 3, 4])
    second = np.array([1, 2, 2, 3, 4, 5, 5])
    groups = agglomerate(6, Links(first, second, np.full(7, 0.9)), threshold=0.1, caution=0.05)
    assert groups.tolist() == [0, 0, 0, 3, 3, 3]


def test_words_beside_places_must_be_several() -> None:
    vectors = made([0.0, 0.0])
    assert of_pair(vectors)["words"] == 0.0
    one = vectors._replace(events=sparse.csr_array(np.ones((2, 1))))
    assert of_pair(one)["words"] == pytest.approx(np.log(1 / 3))


def test_stories_that_are_alike_within_days_are_one_saga() -> None:
    # Three stories of two articles: the first two share most of their words, the third shares none.
    rows = [[3, 1, 0, 0]] * 2 + [[3, 0, 1, 0]] * 2 + [[0, 0, 0, 1]] * 2
    words = sparse.csr_array(np.array(rows, dtype=float))
    vectors = made([0.0, 0.0, 5.0, 5.0, 5.0, 5.0])._replace(terms=words, shared=words)
    groups = np.array([0, 0, 2, 2, 4, 4])
    assert sagas(vectors, groups).tolist() == [0, 0, 0, 0, 4, 4]
    late = vectors._replace(days=np.array([0.0, 0.0, 40.0, 40.0, 40.0, 40.0]))
    assert sagas(late, groups).tolist() == groups.tolist()


def test_articles_of_one_outlet_are_less_likely_to_report_one_event() -> None:
    vectors = made([0.0, 0.0, 0.0])._replace(outlet=np.array([0, 0, 1]))
    value = links(vectors, window=3.0).similarity
    assert value[0] < value[1] == value[2]
    nameless = links(vectors._replace(outlet=np.array([-1, -1, -1])), window=3.0).similarity
    assert nameless[0] == value[1]


def test_reports_of_one_form_are_told_apart_by_their_figures() -> None:
    # Five figures each: all are shared by two articles, none by the third; the fourth has two only.
    rows = [[1] * 5 + [0] * 5, [1] * 5 + [0] * 5, [0] * 5 + [1] * 5, [0] * 8 + [1] * 2]
    vectors = made([0.0] * 4)._replace(figures=sparse.csr_array(np.array(rows, dtype=float)))
    differ = [of_pair(vectors, a, b)["figures"] for a, b in ((0, 1), (2, 3), (0, 3), (0, 2), (1, 2))]
    assert differ == [0.0, 0.0, 0.0, 1.0, 1.0]  # too few figures say nothing
    found = links(vectors, window=3.0)
    value = dict(
        zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.similarity, strict=True)
    )
    assert value[0, 1] > value[0, 2]


def test_an_article_without_a_date_holds_no_events_of_other_years_together() -> None:
    """A protest of one year (0, 1), another five years later (3, 4), two texts without a date (2, 5)."""
    unknown = float("nan")
    days = np.array([0.0, 1.0, unknown, 1825.0, 1826.0, unknown])
    first, second = np.array([0, 1, 2, 2, 3, 2]), np.array([1, 2, 3, 4, 4, 5])
    pairs = Links(first, second, np.array([0.9, 0.6, 0.8, 0.8, 0.9, 0.5]))
    group = np.zeros(6, dtype=np.int64)
    # Article 5 is like none that has a date: it stands alone.
    assert parted(group, pairs, days, 6.0).tolist() == [0, 0, 2, 2, 2, 5]
    assert parted(group, pairs, np.minimum(days, 7.0), 6.0).tolist() == [0] * 6
    other = np.array([0, 0, 2, 2, 2, 2])  # groups that no gap runs through stay as they are
    assert parted(other, pairs, days, 6.0).tolist() == other.tolist()
