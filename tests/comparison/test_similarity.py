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
    assert row["p"] > 0.9


def test_nothing_shared() -> None:
    row = bitext.similarity(counts_of([[1, 0]] * 6 + [[0, 1]] * 6, "A" * 6 + "B" * 6)).iloc[0]
    assert (row["cosine"], row["jsd"]) == (0, 1)
    assert row["jsd_chance"] < 0.5 < row["cosine_chance"]
    assert row["p"] < 0.02


def test_the_corrected_cosine_by_hand() -> None:
    x, y = np.array([[1, 2], [3, 0], [0, 1]]), np.array([[2, 2], [1, 0]])
    row = bitext.similarity(counts_of(np.concatenate([x, y]), "AAABB"), weighting="none").iloc[0]
    within = [sum(a @ b for i, a in enumerate(t) for j, b in enumerate(t) if i != j) for t in (x, y)]
    expected = (x.sum(axis=0) @ y.sum(axis=0) / 6) / np.sqrt(within[0] / 6 * within[1] / 2)
    assert row["cosine"] == pytest.approx(min(expected, 1))


def test_small_samples_of_one_outlet_do_not_look_different() -> None:
    found, p = [], []
    for seed in range(12):
        counts = bursty(np.random.default_rng(seed), [20, 20], RATES)
        row = bitext.similarity(counts, replicates=99).iloc[0]
        found.append(row["cosine"])
        p.append(row["p"])
        assert row["jsd"] > 0.03  # the samples differ all the same, as much as chance says
        assert row["jsd"] == pytest.approx(row["jsd_chance"], abs=0.05)
    assert np.mean(found) > 0.93
    assert 0.25 < np.mean(p) < 0.75


def test_a_differing_outlet_is_farther_than_chance() -> None:
    counts = bursty(np.random.default_rng(3), [40, 40], RATES, ratio=1)
    other = Counts(counts.matrix[:, ::-1], counts.articles, counts.terms, counts.lengths)
    mixed = counts_of(
        np.concatenate([counts.matrix.toarray()[:40], other.matrix.toarray()[40:]]),
        "A" * 40 + "B" * 40,
        lengths=counts.lengths,
    )
    row = bitext.similarity(mixed, replicates=99).iloc[0]
    assert row["p"] == 0.01
    assert row["cosine_high"] < row["cosine_chance"]


def test_articles_of_a_day_are_one_unit() -> None:
    # Each day has its own word; both outlets report it in all their articles.
    days = np.repeat(np.arange(12), 6)
    rng = np.random.default_rng(1)
    shares = rng.gamma(0.5, 1, (12, 30)) + 0.2
    own = rng.gamma(0.5, 1, (2, 30))  # what each outlet likes to say
    table = np.concatenate([rng.poisson((shares[days] + 3 * own[side]) * 3) for side in (0, 1)])
    dates = [f"2031-03-{day + 1:02}" for day in np.concatenate([days, days])]
    counts = counts_of(table, "A" * 72 + "B" * 72, dates=dates)
    by_article, by_day = (bitext.similarity(counts, cluster=name).iloc[0] for name in (None, "day"))
    width = [row["cosine_high"] - row["cosine_low"] for row in (by_article, by_day)]
    assert width[1] > width[0]
    with pytest.raises(TableError, match="sums hold none"):
        bitext.similarity(GroupedCounts.of(counts), cluster="day")


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


def test_intervals_cover_a_known_similarity() -> None:
    rates = 10.0 ** np.linspace(-2.5, -1.5, 25)
    truth = float(rates @ rates[::-1] / (rates @ rates))
    covered = 0
    for seed in range(60):
        table = bitext.similarity(opposed(seed), weighting="none", replicates=1)
        covered += table["cosine_low"][0] <= truth <= table["cosine_high"][0]
    assert covered >= 53  # 95 % of 60 is 57


def test_sums_over_batches_give_the_same_numbers_without_intervals() -> None:
    counts = bursty(np.random.default_rng(3), [10, 12, 9], RATES)
    summed = bitext.similarity(GroupedCounts.of(counts))
    whole = bitext.similarity(counts, replicates=4)
    for name in ("cosine", "jsd", "group_size_target"):
        assert np.allclose(summed[name], whole[name]), name
    assert summed[["cosine_low", "cosine_high", "p", "jsd_chance"]].isna().all(axis=None)
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
    with pytest.raises(TableError, match="alpha=5"):
        bitext.similarity(counts, alpha=5)
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
