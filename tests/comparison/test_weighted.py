"""Articles that count in part: versions of one text."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext import Counts, GroupedCounts, TableError
from tests.builders import bursty, counts_of

COUNTS = bursty(np.random.default_rng(9), [14, 16], 10.0 ** np.linspace(-3.5, -2, 30))


def test_a_weight_of_one_changes_nothing() -> None:
    one = bitext.keyness(COUNTS, target="A", measures="all", strata="lang")
    same = bitext.keyness(COUNTS.weighted(np.ones(30)), target="A", measures="all", strata="lang")
    pd.testing.assert_frame_equal(one, same, check_exact=True)


def test_a_weight_of_zero_leaves_the_article_out() -> None:
    keep = np.arange(30) % 5 > 0
    one = bitext.keyness(COUNTS.select(keep), target="A")
    same = bitext.keyness(COUNTS.weighted(keep), target="A")
    pd.testing.assert_frame_equal(one, same, check_exact=True)


def test_hits_and_rates_are_those_of_the_weighted_articles() -> None:
    counts = counts_of([[4], [4], [3], [5]], "AABB", lengths=[100, 100, 50, 100]).weighted(
        [0.5, 0.5, 1 / 3, 1]
    )
    row = bitext.keyness(counts, target="A").iloc[0]
    assert (row["n_target"], row["n_reference"]) == (4, 6)
    assert row["rate_target"] == pytest.approx(40)
    assert row["rate_reference"] == pytest.approx(6 / (50 / 3 + 100) * 1000)


def test_almost_equal_weights_give_almost_the_same_table() -> None:
    weights = np.ones(30)
    weights[0] = 2519 / 2520
    one = bitext.keyness(COUNTS, target="A", strata="lang")
    same = bitext.keyness(COUNTS.weighted(weights), target="A", strata="lang")
    order = ["term"]
    one, same = (table.sort_values(order).reset_index(drop=True) for table in (one, same))
    numbers = one.select_dtypes("number").columns
    assert np.allclose(one[numbers], same[numbers], rtol=5e-3, atol=5e-3, equal_nan=True)


def test_weighted_sums_merge_to_the_last_bit() -> None:
    counts = COUNTS.weighted(1 / (1 + np.arange(30) % 4))
    part = np.arange(30) % 3
    batches = [GroupedCounts.of(counts.select(part == i)) for i in (2, 0, 1)]
    assert GroupedCounts.merge(batches) == GroupedCounts.of(counts)
    with pytest.raises(TableError, match="one unit, grouping and scale"):
        GroupedCounts.merge([GroupedCounts.of(COUNTS), GroupedCounts.of(counts)])


def test_equal_weights_leave_interval_and_p_as_they_are() -> None:
    # Rates, and their spread in relation, do not change if every article counts half.
    one = bitext.keyness(COUNTS, target="A").set_index("term")
    half = bitext.keyness(COUNTS.weighted(np.full(30, 0.5)), target="A").set_index("term")
    usual = one[["articles_target", "articles_reference"]].min(axis=1) >= 5
    assert usual.sum() > 10
    for name in ("p", "log_ratio_low", "rate_target", "juilland_d", "dispersion"):
        assert np.allclose(one.loc[usual, name], half.loc[one.index[usual], name]), name


def test_other_tables_take_weighted_counts() -> None:
    counts = COUNTS.weighted(1 / (1 + np.arange(30) % 4))
    dated = replace(counts, articles=counts.articles.assign(date=pd.Timestamp("2021-03-08")))
    for test in ("bootstrap", "permutation"):
        assert bitext.keyness(counts, target="A", test=test, replicates=50)["p"].notna().any()  # type: ignore[arg-type]
    assert bitext.similarity(counts, replicates=5)["jsd"].between(0, 1).all()
    assert bitext.timeline(dated, terms=counts.terms[-1:].tolist())["n"].gt(0).all()
    assert bitext.dispersion(counts)["dp_norm"].notna().all()


def test_what_is_no_weight_is_refused() -> None:
    for wrong in ([1.5] * 30, [-1] * 30, [1] * 29, [np.nan] * 30):
        with pytest.raises(TableError, match="weights must be 30 numbers from 0 to 1"):
            COUNTS.weighted(wrong)
    fractions = Counts(COUNTS.matrix * 0.1234, COUNTS.articles, COUNTS.terms, COUNTS.lengths)
    with pytest.raises(TableError, match=r"weighted by Counts\.weighted"):
        GroupedCounts.of(fractions)
