import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

import bitext
from bitext import LanguageError, TableError
from bitext.comparison.profile import Profiles, jsd_parts, shares
from bitext.comparison.shift import average_parts
from tests.builders import bursty, counts_of

weights = nps.arrays(np.float64, 12, elements=st.floats(0, 1e3).map(lambda x: round(x, 3)))
scores = nps.arrays(np.float64, 12, elements=st.floats(-9, 9))


@given(weights, weights)
def test_divergence_lies_between_zero_and_one_bit_and_is_symmetric(
    one: np.ndarray, other: np.ndarray
) -> None:
    if one.sum() and other.sum():
        p, q = shares(one), shares(other)
        assert 0 <= jsd_parts(p, q).sum() <= 1 + 1e-12
        assert jsd_parts(p, q).sum() == pytest.approx(jsd_parts(q, p).sum())
        assert jsd_parts(p, p).sum() == 0


@given(weights, weights, scores, scores)
def test_average_parts_sum_to_the_difference_of_the_averages(
    one: np.ndarray, other: np.ndarray, score: np.ndarray, second: np.ndarray
) -> None:
    if one.sum() and other.sum():
        p, q = shares(one), shares(other)
        frequency, scored = average_parts(p, q, score, second)
        assert frequency.sum() + scored.sum() == pytest.approx(
            (p * score).sum() - (q * second).sum(), abs=1e-9
        )


def test_divergence_of_nothing_shared_is_one_bit() -> None:
    assert jsd_parts(np.array([0.5, 0.5, 0, 0]), np.array([0, 0, 0.3, 0.7])).sum() == pytest.approx(1)


@pytest.fixture(scope="module")
def three() -> bitext.Counts:
    return bursty(np.random.default_rng(8), [15, 12, 20], 10.0 ** np.linspace(-4, -2, 40))


def test_contributions_sum_to_the_divergence(three: bitext.Counts) -> None:
    table = bitext.shift(three, target="A", reference="B", replicates=50)
    difference = table.attrs["difference"]
    assert table["contribution"].sum() == pytest.approx(difference["value"], abs=1e-12)
    assert table["share"].sum() == pytest.approx(1)
    assert difference["low"] < difference["value"] < difference["high"]
    assert (table["contribution"] >= 0).all()
    back = bitext.shift(three, target="B", reference="A", replicates=50)
    assert back.attrs["difference"]["value"] == pytest.approx(difference["value"])
    sides = table.set_index("term")["side"].map({"target": "reference", "reference": "target", "": ""})
    assert sides.sort_index().equals(back.set_index("term")["side"].sort_index())


def test_contributions_sum_to_the_difference_of_averages(three: bitext.Counts) -> None:
    score = {term: float(i % 7) - 3 for i, term in enumerate(three.terms) if i % 5}
    there = bitext.shift(three, target="A", reference="B", measure="average", scores=score, replicates=50)
    back = bitext.shift(three, target="B", reference="A", measure="average", scores=score, replicates=50)
    totals = three.matrix.toarray()
    keep = np.array([term in score for term in three.terms])
    level = [
        np.average([score[term] for term in three.terms[keep]], weights=totals[rows][:, keep].sum(axis=0))
        for rows in ((three.articles["outlet"] == "A"), (three.articles["outlet"] == "B"))
    ]
    assert there["contribution"].sum() == pytest.approx(level[0] - level[1])
    assert there.attrs["difference"]["value"] == pytest.approx(level[0] - level[1])
    assert back.attrs["difference"]["value"] == pytest.approx(level[1] - level[0])
    assert np.allclose(there["frequency_part"] + there["score_part"], there["contribution"])
    assert np.allclose(there["score_part"], 0)
    assert set(there["term"]) <= set(score)


def test_scores_that_differ_between_the_sides_make_a_score_part(three: bitext.Counts) -> None:
    score = dict.fromkeys(three.terms, 1.0)
    table = bitext.shift(
        three,
        target="A",
        measure="average",
        scores=score,
        scores_reference=dict.fromkeys(three.terms, 0.25),
        replicates=10,
    )
    assert table.attrs["difference"]["value"] == pytest.approx(0.75)
    assert table["score_part"].sum() == pytest.approx(0.75)


def test_intervals_of_an_average_cover_the_truth() -> None:
    covered = 0
    for seed in range(80):  # equal rates: the difference is 0 in truth
        counts = bursty(np.random.default_rng(seed), [20, 30], np.full(12, 0.004))
        score = {term: float(i) for i, term in enumerate(counts.terms)}
        table = bitext.shift(counts, target="A", measure="average", scores=score, replicates=80)
        difference = table.attrs["difference"]
        covered += difference["low"] <= 0 <= difference["high"]
    assert 70 <= covered <= 79  # 95 % of 80 is 76


def test_sums_over_batches_give_the_same_contributions_without_intervals(three: bitext.Counts) -> None:
    whole = bitext.shift(three, target="A", replicates=3)
    summed = bitext.shift(bitext.GroupedCounts.of(three), target="A")
    assert whole[["term", "contribution", "share", "side"]].equals(
        summed[["term", "contribution", "share", "side"]]
    )
    assert summed["contribution_low"].isna().all()
    assert np.isnan(summed.attrs["difference"]["high"])


def test_few_articles_have_no_interval() -> None:
    table = bitext.shift(counts_of([[3, 1], [1, 3]], "AB"), target="A", replicates=10)
    assert table[["contribution_low", "contribution_high"]].isna().all(axis=None)
    assert table["contribution"].notna().all()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"measure": "entropy"}, "unknown measure 'entropy'"),
        ({"measure": "average"}, "needs scores"),
        ({"scores": {"t00000": 1.0}}, "takes no scores"),
        ({"measure": "average", "scores": {"x": 1.0}}, "none of the 1 scored terms occurs, e.g. 'x'"),
        ({"target": "Z"}, "unknown outlet 'Z'"),
    ],
)
def test_wrong_use_is_named(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(TableError, match=message):
        bitext.shift(counts_of([[1, 2], [2, 1]], "AB"), **{"target": "A", **wrong})  # type: ignore[arg-type]


def test_mixed_languages_are_refused() -> None:
    counts = counts_of([[1], [1]], "AB")
    counts.articles["lang"] = ["zh", "en"]
    with pytest.raises(LanguageError):
        bitext.shift(counts, target="A")


def test_bootstrap_totals_keep_the_articles_of_each_group() -> None:
    counts = counts_of([[1, 0]] * 5 + [[0, 1]] * 3, "A" * 5 + "B" * 3)
    for totals in Profiles.of(counts, ("outlet",)).bootstrap(20, 0):
        assert totals.tolist() == [[5, 0], [0, 3]]
