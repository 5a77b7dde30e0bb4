"""Similarity within a window of time, and groups by average linkage with caution."""

import numpy as np
import pytest
from scipy import sparse

from bitext.events.linkage import FLOOR, Links, Vectors, agglomerate, links
from bitext.events.sagas import sagas


def made(days: list[float], lang: list[int] | None = None, length: int = 450) -> Vectors:
    """Articles that are all alike: one term and four shared things."""
    n = len(days)
    ones = sparse.csr_array(np.full((n, 4), 0.5))
    terms = sparse.csr_array(np.eye(2)[lang or [0] * n])
    five = sparse.csr_array(np.full((n, 5), 0.2**0.5))
    none, outlets = sparse.csr_array((n, 1)), np.arange(n)
    languages = np.array(lang or [0] * n)
    return Vectors(terms, ones, languages, np.array(days), np.full(n, length), five, outlets, none)


def test_similarity_fades_with_time() -> None:
    found = links(made([0.0, 1.0, 2.0, 3.0]), window=3.0, shared_weight=0.4, across=0.5)
    pairs = dict(
        zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.similarity, strict=True)
    )
    assert pairs == {(0, 1): 1.0, (0, 2): 0.5, (1, 2): 1.0, (1, 3): 0.5, (2, 3): 1.0}


def test_languages_meet_in_shared_things_only() -> None:
    found = links(made([0.0, 0.0, 0.0], lang=[0, 0, 1]), window=3.0, shared_weight=0.4, across=0.5)
    assert found.similarity.tolist() == [1.0, 0.5, 0.5]


def test_one_thing_in_common_across_languages_is_a_quarter_of_four() -> None:
    vectors = made([0.0, 0.0], lang=[0, 1])._replace(shared=sparse.csr_array(np.ones((2, 1))))
    found = links(vectors, window=3.0, shared_weight=0.4, across=0.5)
    assert found.similarity.tolist() == [0.125]


def test_an_article_without_a_date_is_compared_with_all() -> None:
    found = links(made([float("nan"), 0.0, 90.0]), window=3.0, shared_weight=0.4, across=0.5)
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == [(0, 1), (0, 2)]


@pytest.mark.parametrize("undated", [0, 3, 300])
def test_blocks_find_the_same_pairs_as_comparing_everything(undated: int) -> None:
    rng = np.random.default_rng(5)
    n = 700
    days = np.round(rng.uniform(0, 40, n), 2)
    days[rng.permutation(n)[:undated]] = np.nan
    found = links(made(days.tolist()), window=3.0, shared_weight=0.4, across=1.0)
    apart = np.abs(days[:, None] - days[None, :])
    fade = np.where(np.isnan(apart), 1.0, np.clip((3.0 - apart) / 2.0, 0.0, 1.0))
    first, second = np.nonzero(np.triu(fade >= FLOOR, k=1))
    assert found.first.tolist() == first.tolist()
    assert found.second.tolist() == second.tolist()
    assert found.similarity == pytest.approx(fade[first, second])


def test_short_texts_are_corrected_for_what_they_leave_unsaid() -> None:
    def halved(length: int) -> float:
        vectors = made([0.0, 0.0], length=length)._replace(terms=sparse.csr_array((2, 2)))
        return float(links(vectors, window=3.0, shared_weight=0.2, across=1.0).similarity[0])

    assert halved(450) == pytest.approx(0.2)
    assert halved(200) == pytest.approx(0.2 / (200 / 500 * 750 / 450))
    assert halved(20) == halved(100)


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


def test_one_word_in_common_beside_places_is_a_fifth_of_five() -> None:
    vectors = made([0.0, 0.0])._replace(events=sparse.csr_array(np.ones((2, 1))))
    found = links(vectors, window=3.0, shared_weight=0.4, across=0.5)
    assert found.similarity.tolist() == [pytest.approx(0.2)]


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
    found = links(vectors, window=3.0, shared_weight=0.4, across=0.5)
    assert found.similarity.tolist() == pytest.approx([0.85, 1.0, 1.0])
    nameless = vectors._replace(outlet=np.array([-1, -1, -1]))
    assert links(nameless, window=3.0, shared_weight=0.4, across=0.5).similarity.tolist() == [1.0, 1.0, 1.0]


def test_reports_of_one_form_are_told_apart_by_their_figures() -> None:
    # Five figures each: all are shared by two articles, none by the third; the fourth has two only.
    rows = [[1] * 5 + [0] * 5, [1] * 5 + [0] * 5, [0] * 5 + [1] * 5, [0] * 8 + [1] * 2]
    figures = sparse.csr_array(np.array(rows, dtype=float))
    found = links(made([0.0] * 4)._replace(figures=figures), window=3.0, shared_weight=0.4, across=0.5)
    value = dict(
        zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.similarity, strict=True)
    )
    assert value[0, 1] == value[2, 3] == value[0, 3] == 1.0  # too few figures say nothing
    assert value[0, 2] == value[1, 2] == pytest.approx(0.6)
