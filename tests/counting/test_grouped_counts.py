import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext import GroupedCounts, TableError
from bitext.counting import exact_sums as sums
from bitext.counting.exact_sums import FIELDS, FINE, SCALE
from tests.builders import bursty, counts_of

COUNTS = bursty(np.random.default_rng(3), [9, 7, 5], 10.0 ** np.linspace(-4, -2, 25))


def test_sums_are_those_of_the_definition() -> None:
    counts = counts_of([[2, 0], [4, 1], [0, 3]], "AAB", lengths=[10, 20, 30])
    grouped = GroupedCounts.of(counts)
    assert grouped.keys == (("A",), ("B",))
    assert grouped.sizes.tolist() == [[2, 30, 500, 9], [1, 30, 900, 26]]
    assert grouped.column("n").tolist() == [[6, 1], [0, 3]]
    assert grouped.column("squares").tolist() == [[20, 1], [0, 9]]
    assert grouped.column("products").tolist() == [[100, 20], [0, 90]]
    assert grouped.column("articles").tolist() == [[2, 1], [0, 1]]
    assert grouped.column("rate")[0, 0] == round(0.2 * SCALE) * 2
    assert grouped.column("entropy")[0, 1] / FINE == pytest.approx(0.05 * np.log(20), abs=1e-11)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=21, max_size=21), st.randoms(use_true_random=False))
def test_any_split_merged_in_any_order_is_the_same_to_the_last_bit(parts: list[int], random) -> None:  # type: ignore[no-untyped-def]
    whole = GroupedCounts.of(COUNTS, ["outlet"])
    part = np.array(parts)
    batches = [GroupedCounts.of(COUNTS.select(part == i), ["outlet"]) for i in range(6)]
    random.shuffle(batches)
    merged = GroupedCounts.merge(batches)
    assert merged == whole
    assert pickle.dumps(merged.sums.tobytes()) == pickle.dumps(whole.sums.tobytes())
    tree = GroupedCounts.merge([GroupedCounts.merge(batches[:2]), GroupedCounts.merge(batches[2:])])
    assert tree == whole


def test_batches_with_their_own_vocabulary_merge() -> None:
    one = counts_of([[1, 2]], "A", terms=["b", "c"])
    other = counts_of([[5, 7]], "B", terms=["c", "a"])
    merged = GroupedCounts.merge([GroupedCounts.of(one), GroupedCounts.of(other)])
    assert merged.terms.tolist() == ["a", "b", "c"]
    assert merged.column("n").tolist() == [[0, 1, 2], [7, 0, 5]]


def test_regrouping_gives_the_sums_of_fewer_columns() -> None:
    counts = counts_of(
        np.arange(8).reshape(4, 2), "ABAB", dates=["2021-01-01", "2021-01-02", "2021-02-01", "2021-02-02"]
    )
    both = GroupedCounts.of(counts, ["outlet", "month"])
    assert both.regroup(["outlet"]) == GroupedCounts.of(counts, "outlet")
    assert both.regroup(["month"]) == GroupedCounts.of(counts, "month")
    with pytest.raises(
        TableError, match=r"unknown column to group by 'week'; use one of \['outlet', 'month'\]"
    ):
        both.regroup(["week"])


def test_what_cannot_be_merged_is_named() -> None:
    with pytest.raises(TableError, match="nothing to merge"):
        GroupedCounts.merge([])
    with pytest.raises(TableError, match="one unit, grouping"):
        GroupedCounts.merge([GroupedCounts.of(COUNTS, "outlet"), GroupedCounts.of(COUNTS, "month")])


def test_a_length_of_zero_beside_hits_is_refused() -> None:
    with pytest.raises(TableError, match="more hits of one term than its length"):
        GroupedCounts.of(counts_of([[1]], "A", lengths=[0]))


def test_an_article_of_one_word_only_keeps_its_cell() -> None:
    grouped = GroupedCounts.of(counts_of([[7, 0]], "A", lengths=[7]))
    assert grouped.column("n").tolist() == [[7]]
    assert grouped.sums[0, FIELDS.index("entropy")] == 0


def test_no_articles() -> None:
    grouped = GroupedCounts.of(counts_of(np.zeros((0, 3)), ""))
    assert (grouped.keys, len(grouped.terms), len(grouped.cells)) == ((), 0, 0)
    assert GroupedCounts.merge([grouped, GroupedCounts.of(COUNTS)]) == GroupedCounts.of(COUNTS)


def test_unknown_terms_are_named_with_near_ones() -> None:
    counts = counts_of([[1, 2]], "A", terms=["chip", "ban"])
    with pytest.raises(TableError, match=r"unknown term 'chips'.*nearest are \['chip'\]"):
        GroupedCounts.of(counts).places("chips")


@pytest.mark.parametrize("largest", [0, 1, 2**15, 2**16, 2**33, 2**50])
def test_cells_are_ordered_whatever_their_size(largest: int) -> None:
    cells = np.random.default_rng(largest).integers(0, largest + 1, 500)
    assert sums._order(cells).tolist() == np.argsort(cells, kind="stable").tolist()


def test_terms_wait_for_their_order_until_the_last_merge() -> None:
    parts = [counts_of([[1, 2]], "A", terms=terms) for terms in (["b", "c"], ["c", "a"], ["d", "a"])]
    loose = GroupedCounts.merge([GroupedCounts.of(part) for part in parts[:2]], ordered=False)
    again = GroupedCounts.merge([loose, GroupedCounts.of(parts[2])], ordered=False)
    assert again.ordered() == GroupedCounts.merge([GroupedCounts.of(part) for part in parts])
    assert again.ordered().terms.tolist() == ["a", "b", "c", "d"]


def test_what_is_computed_from_the_sums_is_not_sent_with_them() -> None:
    grouped = GroupedCounts.of(COUNTS)
    before = len(pickle.dumps(grouped))
    grouped.column("n")
    assert len(pickle.dumps(grouped)) == before
    assert pickle.loads(pickle.dumps(grouped)) == grouped


def test_a_sum_beyond_64_bits_is_an_error() -> None:
    half = np.array([[2**62]])
    with pytest.raises(TableError, match="beyond 64 bits"):
        sums.join([np.array([1]), np.array([1])], [half, half])
    with pytest.raises(TableError, match="beyond 64 bits"):
        sums.add_up(np.array([1, 1]), np.concatenate([half, half]))
