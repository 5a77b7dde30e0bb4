import numpy as np
import pytest

import bitext
from bitext import Counts, GroupedCounts, LanguageError, TableError
from tests.builders import bursty, counts_of

RATES = 10.0 ** np.linspace(-4, -2, 80)


def test_an_outlet_and_its_double_are_the_same() -> None:
    table = np.random.default_rng(0).poisson(2, (6, 10))
    row = bitext.similarity(counts_of(np.concatenate([table, table]), "A" * 6 + "B" * 6)).iloc[0]
    assert row["cosine"] == pytest.approx(1)
    assert row["jsd"] == pytest.approx(0, abs=1e-12)


def test_nothing_shared() -> None:
    row = bitext.similarity(counts_of([[1, 0]] * 6 + [[0, 1]] * 6, "A" * 6 + "B" * 6)).iloc[0]
    assert (row["cosine"], row["jsd"]) == (0, 1)
    assert row["jsd_chance"] < 0.5 < row["cosine_chance"]


def test_outlets_dealt_at_random_are_as_alike_as_chance_says() -> None:
    counts = bursty(np.random.default_rng(3), [40, 40, 40], RATES)
    table = bitext.similarity(counts, replicates=100)
    assert table[["target", "reference"]].values.tolist() == [["A", "B"], ["A", "C"], ["B", "C"]]
    assert np.abs(table["jsd"] - table["jsd_chance"]).max() < 0.02
    assert np.abs(table["cosine"] - table["cosine_chance"]).max() < 0.05
    assert (table["cosine_low"] < table["cosine"]).all()
    assert (table["cosine"] < table["cosine_high"]).all()
    assert (table["jsd_low"] < table["jsd"]).all()


def test_a_differing_outlet_is_farther_than_chance() -> None:
    counts = bursty(np.random.default_rng(3), [40, 40], RATES, ratio=1)
    other = Counts(counts.matrix[:, ::-1], counts.articles, counts.terms, counts.lengths)
    mixed = counts_of(
        np.concatenate([counts.matrix.toarray()[:40], other.matrix.toarray()[40:]]),
        "A" * 40 + "B" * 40,
        lengths=counts.lengths,
    )
    row = bitext.similarity(mixed, replicates=50).iloc[0]
    assert row["jsd_low"] > row["jsd_chance"]
    assert row["cosine_high"] < row["cosine_chance"]


def test_the_seed_and_not_the_order_decides() -> None:
    counts = bursty(np.random.default_rng(3), [10, 12], RATES)
    order = np.random.default_rng(1).permutation(22)
    mixed = Counts(
        counts.matrix[order],
        counts.articles.iloc[order].reset_index(drop=True),
        counts.terms,
        counts.lengths[order],
    )
    one, other = (bitext.similarity(table, replicates=20) for table in (counts, mixed))
    assert one.equals(other)


def opposed(seed: int) -> Counts:
    """Two outlets of 40 articles, to one of which the terms are frequent that are rare to the other."""
    rates = 10.0 ** np.linspace(-2.5, -1.5, 25)
    sides = [
        bursty(np.random.default_rng([seed, i]), [40], r, shape=2) for i, r in enumerate((rates, rates[::-1]))
    ]
    table = np.concatenate([side.matrix.toarray() for side in sides])
    return counts_of(table, "A" * 40 + "B" * 40, lengths=table.sum(axis=1))


def test_linearised_and_bootstrap_intervals_agree() -> None:
    drawn = bitext.similarity(opposed(0), replicates=400).iloc[0]
    direct = bitext.similarity(opposed(0), test="linearised", replicates=8).iloc[0]
    for name in ("cosine", "jsd"):
        assert drawn[name] == direct[name]
        width = (drawn[f"{name}_high"] - drawn[f"{name}_low"], direct[f"{name}_high"] - direct[f"{name}_low"])
        assert width[0] == pytest.approx(width[1], rel=0.15), name


@pytest.mark.parametrize(("test", "replicates"), [("linearised", 4), ("bootstrap", 100)])
def test_intervals_cover_a_known_similarity(test: str, replicates: int) -> None:
    # 25 terms, so frequent that sampling hardly biases the cosine
    rates = 10.0 ** np.linspace(-2.5, -1.5, 25)
    truth = float(rates @ rates[::-1] / (rates @ rates))
    covered = 0
    for seed in range(60):
        table = bitext.similarity(opposed(seed), weighting="none", test=test, replicates=replicates)
        covered += table["cosine_low"][0] <= truth <= table["cosine_high"][0]
    assert covered >= 52  # 95 % of 60 is 57


def test_sums_over_batches_give_the_same_numbers_without_intervals() -> None:
    counts = bursty(np.random.default_rng(3), [10, 12, 9], RATES)
    summed = bitext.similarity(GroupedCounts.of(counts))
    whole = bitext.similarity(counts, replicates=4)
    for name in ("cosine", "jsd", "group_size_target"):
        assert np.allclose(summed[name], whole[name]), name
    assert summed[["cosine_low", "jsd_high", "jsd_chance"]].isna().all(axis=None)
    assert set(summed["note"]) == {"no interval: sums hold no articles"}


def test_few_articles_have_no_interval_and_say_so() -> None:
    row = bitext.similarity(counts_of([[1, 2], [2, 1]], "AB"), replicates=5).iloc[0]
    assert np.isnan(row["cosine_low"])
    assert row["note"] == "no interval: 1 articles on one side, at least 5 needed"


def test_a_group_without_a_counted_term_is_not_comparable() -> None:
    counts = counts_of([[1, 2], [0, 0], [3, 1]], "ABC")
    for table in (bitext.similarity(counts, replicates=5), bitext.similarity(GroupedCounts.of(counts))):
        assert table["jsd"].isna().tolist() == [True, False, True]
        assert table["cosine"].isna().tolist() == [True, False, True]
        assert table["note"][0] == "no counted term on one side"


def test_wrong_use_is_named() -> None:
    counts = counts_of([[1], [1]], "AB")
    with pytest.raises(TableError, match=r"unknown weighting 'tf'; use one of \['idf', 'none'\]"):
        bitext.similarity(counts, weighting="tf")
    with pytest.raises(TableError, match="unknown test 'jackknife'"):
        bitext.similarity(counts, test="jackknife")
    with pytest.raises(TableError, match="needs two groups"):
        bitext.similarity(counts, by="lang")
    counts.articles["lang"] = ["zh", "en"]
    with pytest.raises(LanguageError):
        bitext.similarity(counts)


def test_nearest_articles_come_from_other_outlets() -> None:
    table = [[5, 0, 1], [4, 0, 1], [0, 3, 1], [0, 4, 1], [5, 0, 1]]
    near = bitext.similar_articles(counts_of(table, "AABBB"), top=2, max_share=1, min_cosine=0)
    first = near[near["rank"] == 1].set_index("article")
    assert first.loc["a00000", "other"] == "a00004"
    assert first.loc["a00000", "other_group"] == "B"
    assert first.loc["a00000", "cosine"] == pytest.approx(1)
    assert set(near[near["article"].isin(["a00000", "a00001"])]["other_group"]) == {"B"}
    assert near["cosine"].between(0, 1).all()


def test_nearest_agrees_with_brute_force() -> None:
    counts = bursty(np.random.default_rng(4), [20, 25, 30], RATES)
    near = bitext.similar_articles(counts, top=1, max_share=1, min_cosine=0)
    holders = (counts.matrix.toarray() > 0).sum(axis=0)
    weight = np.log(76 / (1 + holders)) + 1
    dense = counts.matrix.toarray()
    vectors = np.where(dense > 0, 1 + np.log(np.maximum(dense, 1)), 0) * weight
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosine = vectors @ vectors.T
    outlet = counts.articles["outlet"].to_numpy()
    cosine[outlet[:, None] == outlet[None, :]] = -1
    assert near["other"].tolist() == counts.articles["article"].to_numpy()[cosine.argmax(axis=1)].tolist()
    assert np.allclose(near["cosine"], cosine.max(axis=1))


def test_days_keep_articles_of_other_weeks_apart() -> None:
    dates = ["2021-03-01", "2021-03-02", "2021-03-09", "2021-03-10"]
    counts = counts_of(np.ones((4, 2)), "ABAB", dates=dates)
    near = bitext.similar_articles(counts, days=2, max_share=1, min_cosine=0)
    assert near[["article", "other"]].values.tolist() == [
        ["a00000", "a00001"],
        ["a00001", "a00000"],
        ["a00002", "a00003"],
        ["a00003", "a00002"],
    ]
    counts.articles.loc[0, "date"] = None
    assert len(bitext.similar_articles(counts, days=2, max_share=1, min_cosine=0)) == 2


def test_nothing_near() -> None:
    near = bitext.similar_articles(counts_of([[1, 0], [0, 1]], "AB"), max_share=1)
    assert len(near) == 0
    assert list(near.columns) == ["article", "group", "rank", "other", "other_group", "cosine", "shared"]
    assert len(bitext.similar_articles(counts_of(np.zeros((0, 2)), ""))) == 0
    with pytest.raises(TableError, match="top=0"):
        bitext.similar_articles(counts_of([[1]], "A"), top=0)
