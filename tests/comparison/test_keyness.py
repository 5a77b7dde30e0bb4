import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import bitext
from bitext import BitextError, Counts, GroupedCounts, LanguageError, TableError
from bitext.comparison.keyness.arguments import MEASURES, MORE
from tests.builders import bursty, counts_of

RATES = 10.0 ** np.linspace(-4, -2, 60)


@pytest.fixture(scope="module")
def three() -> Counts:
    """Three outlets of 12, 15 and 20 articles."""
    return bursty(np.random.default_rng(5), [12, 15, 20], RATES)


def test_columns_stand_in_their_order(three: Counts) -> None:
    table = bitext.keyness(three, target="A", reference="B")
    assert list(table.columns) == [
        *("target", "reference", "term", "n_target", "n_reference", "articles_target", "articles_reference"),
        *("rate_target", "rate_reference", "g2", "log_ratio", "log_ratio_low", "log_ratio_high", "lrc"),
        *("pct_diff", "odds_ratio", "simple_maths", "log_odds_z"),
        *("dp", "dispersion", "juilland_d", "carroll_d2", "range", "p", "q", "note", "support", "own_name"),
    ]


def test_every_measure_can_be_asked_for(three: Counts) -> None:
    table = bitext.keyness(three, target="A", measures="all")
    assert {"chi2_williams", "poisson_low", "rate_reference_high", "dispersion_reference"} <= set(
        table.columns
    )
    for name in set(MEASURES) | set(MORE):
        assert len(bitext.keyness(three, target="A", measures=[name])) == len(table), name


def test_highest_g2_first_and_ties_by_term() -> None:
    table = bitext.keyness(
        counts_of([[3, 3, 1, 9], [1, 1, 3, 9]], "AB", terms=["b", "a", "c", "d"]),
        target="A",
        min_group_size=1,
    )
    assert table["term"].tolist() == ["a", "b", "d", "c"]
    assert table["g2"].is_monotonic_decreasing


def test_counts_and_rates_are_those_of_the_articles() -> None:
    counts = counts_of([[2, 0], [3, 1], [0, 5]], "AAB", lengths=[100, 400, 250])
    row = bitext.keyness(counts, target="A").set_index("term").loc["t00000"]
    assert (row["n_target"], row["n_reference"]) == (5, 0)
    assert (row["articles_target"], row["articles_reference"]) == (2, 0)
    assert (row["rate_target"], row["rate_reference"]) == (10, 0)


def test_each_group_against_the_rest_is_the_default(three: Counts) -> None:
    table = bitext.keyness(three)
    assert table["target"].unique().tolist() == ["A", "B", "C"]
    assert set(table["reference"]) == {"(rest)"}
    one = bitext.keyness(three, target="B", measures=["g2"])
    same = table[table["target"] == "B"].reset_index(drop=True)
    assert np.array_equal(one["g2"], same["g2"])


def test_a_chosen_reference_and_all_pairs(three: Counts) -> None:
    against = bitext.keyness(three, reference="B")
    assert against[["target", "reference"]].drop_duplicates().values.tolist() == [["A", "B"], ["C", "B"]]
    every = bitext.keyness(three, pairs="all")
    assert every[["target", "reference"]].drop_duplicates().values.tolist() == [
        ["A", "B"],
        ["A", "C"],
        ["B", "C"],
    ]


def test_groups_of_several_columns_and_derived_ones() -> None:
    dates = ["2021-03-08", "2021-03-30", "2021-04-01", "2021-04-02"]
    counts = counts_of(np.ones((4, 2)), ["A", "A", "A", ""], dates=dates)
    table = bitext.keyness(counts, by=["outlet", "month"], target=("A", "2021-03"))
    assert table["target"].unique().tolist() == ["A · 2021-03"]
    assert table["n_target"].tolist() == [2, 2]
    assert bitext.keyness(counts)["target"].unique().tolist() == ["(none)", "A"]
    weeks = bitext.keyness(counts, by="week", test=None, measures=["g2"])["target"].unique()
    assert weeks.tolist() == ["2021-03-08", "2021-03-29"]


def test_swapping_sides_flips_signs_and_keeps_p(three: Counts) -> None:
    there = bitext.keyness(three, target="A", reference="B").set_index("term").sort_index()
    back = bitext.keyness(three, target="B", reference="A").set_index("term").sort_index()
    for one, other in (
        ("g2", "g2"),
        ("log_ratio", "log_ratio"),
        ("log_odds_z", "log_odds_z"),
        ("lrc", "lrc"),
    ):
        assert np.allclose(there[one], -back[other])
    assert np.allclose(there["log_ratio_low"], -back["log_ratio_high"], equal_nan=True)
    assert np.allclose(there["p"], back["p"], equal_nan=True)


def test_one_sided_zeros_have_a_finite_score_and_an_open_interval() -> None:
    counts = counts_of([[4, 9]] * 6 + [[0, 9]] * 6, "A" * 6 + "B" * 6)
    row = bitext.keyness(counts, target="A").iloc[0]
    assert row["term"] == "t00000"
    assert np.isfinite(
        row[["g2", "log_ratio", "lrc", "pct_diff", "odds_ratio", "log_odds_z"]].astype(float)
    ).all()
    assert row["log_ratio_low"] > 0
    assert row["log_ratio_high"] == np.inf
    assert row["p"] < 0.01
    assert row["note"] == "no hit in the reference: no upper limit"


def test_too_few_articles_are_not_estimable() -> None:
    few = bitext.keyness(counts_of([[4, 9]] * 3 + [[1, 9]] * 9, "A" * 3 + "B" * 9), target="A")
    assert few[["p", "q", "log_ratio_low"]].isna().all(axis=None)
    assert set(few["note"]) == {"too few articles in the target: 3, at least 5 needed"}
    rare = np.zeros((12, 2), dtype=int)
    rare[:, 1] = np.arange(12)
    rare[0, 0] = 4
    table = bitext.keyness(counts_of(rare, "A" * 6 + "B" * 6), target="A").set_index("term")
    assert table.loc["t00000", "note"] == "in fewer than 5 articles"
    assert np.isnan(table.loc["t00000", "p"])
    assert np.isfinite(table.loc["t00000", "g2"])


def test_the_family_is_stated_and_used(three: Counts) -> None:
    plain = bitext.keyness(three, target="A")
    family = plain.attrs["run"]["parameters"]["family"]
    assert family == {"lrc": len(plain), "q": int(plain["p"].notna().sum())}
    wide = bitext.keyness(three, target="A", family=5000)
    assert wide.attrs["run"]["parameters"]["family"] == {"lrc": 5000, "q": 5000}
    assert (wide["q"].dropna() >= plain["q"].dropna()).all()
    assert (wide["lrc"].abs() <= plain["lrc"].abs()).all()
    with pytest.raises(TableError, match="family has 3 tests but"):
        bitext.keyness(three, target="A", family=3)


def test_top_keeps_both_ends_and_the_family_of_all(three: Counts) -> None:
    whole = bitext.keyness(three)
    ends = bitext.keyness(three, top=4)
    parts = [part.iloc[[0, 1, 2, 3, -4, -3, -2, -1]] for _, part in whole.groupby("target")]
    pd.testing.assert_frame_equal(ends, pd.concat(parts, ignore_index=True))
    assert ends.attrs["run"]["parameters"]["family"] == whole.attrs["run"]["parameters"]["family"]
    with pytest.raises(TableError, match="top=0; use 1 or more"):
        bitext.keyness(three, top=0)


def test_sums_over_batches_give_the_same_table(three: Counts) -> None:
    rng = np.random.default_rng(2)
    part = rng.integers(0, 4, len(three.articles))
    batches = [GroupedCounts.of(three.select(part == i)) for i in rng.permutation(4)]
    merged = bitext.keyness(GroupedCounts.merge(batches))
    whole = bitext.keyness(three)
    same = [name for name in whole.columns if name not in ("dp", "dispersion")]
    pd.testing.assert_frame_equal(merged[same], whole[same], check_exact=True)
    assert merged["dispersion"].isna().all()


def test_resampling_needs_the_articles(three: Counts) -> None:
    with pytest.raises(TableError, match="'permutation' draws articles and sums hold none"):
        bitext.keyness(GroupedCounts.of(three), test="permutation")


@pytest.mark.parametrize("test", ["bootstrap", "permutation"])
def test_resampling_is_the_same_for_a_seed_and_any_order_of_articles(three: Counts, test: str) -> None:
    def table(counts: Counts, seed: int) -> pd.DataFrame:
        return bitext.keyness(counts, target="A", test=test, replicates=200, seed=seed)  # type: ignore[arg-type]

    order = np.random.default_rng(1).permutation(len(three.articles))
    articles = three.articles.iloc[order].reset_index(drop=True)
    mixed = Counts(three.matrix[order], articles, three.terms, three.lengths[order])
    first = table(three, 7)
    # Of so few articles p of the bootstrap is that of exchanging labels; what is drawn shows in the interval.
    drawn = "p" if test == "permutation" else "log_ratio_low"
    assert np.array_equal(first[drawn], table(mixed, 7)[drawn], equal_nan=True)
    assert not np.array_equal(first[drawn], table(three, 8)[drawn], equal_nan=True)
    assert first.attrs["run"]["parameters"]["seed"] == 7
    assert first.attrs["run"]["parameters"]["replicates"] == 200


def test_the_three_tests_agree_where_there_is_much_to_see(three: Counts) -> None:
    common = [
        bitext.keyness(three, target="A", test=test).set_index("term")["p"].sort_index()
        for test in ("linearised", "bootstrap", "permutation")
    ]
    frequent = [f"t{i:05}" for i in range(40, 60)]
    p = np.array([column[frequent] for column in common])
    assert np.corrcoef(p).min() > 0.85


def test_permutation_visits_every_arrangement_of_few_articles() -> None:
    counts = counts_of(
        [[5, 9], [6, 9], [7, 9], [8, 9], [9, 9], [1, 9], [2, 9], [0, 9], [1, 9], [2, 9]], "AAAAABBBBB"
    )
    table = bitext.keyness(counts, target="A", test="permutation").set_index("term")
    assert table.loc["t00000", "p"] == pytest.approx(2 / 252)  # the two extreme ones of 10 choose 5


def test_permutation_says_when_no_p_can_reach_alpha() -> None:
    counts = counts_of([[5, 8], [5, 9], [5, 9], [1, 9], [1, 8], [1, 7]], "AAABBB", lengths=range(100, 106))
    table = bitext.keyness(counts, target="A", test="permutation", min_group_size=3)
    assert table["note"].str.startswith("too few articles: the smallest possible p is 0.1").all()


def test_mixed_languages_are_refused_and_concepts_are_not() -> None:
    counts = counts_of(np.ones((4, 1)), "AABB")
    counts.articles["lang"] = ["zh", "en", "zh", "en"]
    with pytest.raises(LanguageError, match=r"counts\.select"):
        bitext.keyness(counts)
    with pytest.raises(LanguageError, match=r"counts\.select"):
        bitext.keyness(GroupedCounts.of(counts))
    concepts = Counts(counts.matrix, counts.articles, counts.terms, counts.lengths, "concept")
    assert len(bitext.keyness(concepts, target="A")) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"target": "X"}, r"unknown outlet 'X'; use one of \['A', 'B', 'C'\]"),
        ({"target": "A", "reference": "A"}, "target and reference are both 'A'"),
        ({"by": "oulet"}, "unknown grouping column 'oulet'.*did you mean 'outlet'"),
        ({"measures": ["g3"]}, "unknown measure 'g3'"),
        ({"test": "t"}, "unknown test 't'"),
        ({"by": "lang"}, r"by lang there is \['en'\]"),
        ({"pairs": "all", "target": "A"}, "leave target and reference out"),
        ({"test": "bootstrap", "replicates": 1}, "replicates=1; use 2 or more"),
    ],
)
def test_wrong_use_is_named(three: Counts, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(TableError, match=message):
        bitext.keyness(three, **wrong)  # type: ignore[arg-type]


def test_an_empty_outlet_is_named() -> None:
    counts = counts_of([[1], [0], [2]], "ABC", lengths=[10, 0, 20])
    assert bitext.keyness(counts)["target"].tolist() == ["A", "C"]
    with pytest.raises(TableError, match=r"'B' has no counted token; compare some of \['A', 'C'\]"):
        bitext.keyness(counts, target="B")


def test_no_articles_at_all() -> None:
    with pytest.raises(TableError, match="there is none"):
        bitext.keyness(counts_of(np.zeros((0, 2)), ""))


def of_terms(rows: list[list[int]], outlets: str) -> Counts:
    """Make counts of English terms a, b, c ... in articles of 100 words."""
    matrix = sparse.csr_array(np.array(rows, dtype=np.int32))
    names = [str(i) for i in range(len(rows))]
    articles = pd.DataFrame({"article": names, "outlet": list(outlets), "lang": "en"})
    terms = np.array([chr(ord("a") + i) for i in range(matrix.shape[1])], dtype=object)
    return Counts(matrix, articles, terms, np.full(len(rows), 100))


def test_a_term_of_many_articles_comes_before_a_burst_of_one() -> None:
    # a: 90 times in one article of A; b: twice in each of 20 of A, once in 4 of B; c: the other way round.
    rows = [[90 if i == 0 else 0, 2, 0] for i in range(20)] + [[0, int(i < 4), 2] for i in range(20)]
    counts = of_terms(rows, "A" * 20 + "B" * 20)
    table = bitext.keyness(counts, target="A")
    assert table["term"].tolist() == ["b", "a", "c"]
    assert (table["support"] > 0).tolist() == [True, False, False]
    assert table["support"].iloc[-1] < 0
    by_g2 = bitext.keyness(counts, target="A", order="g2")
    assert by_g2["term"].tolist() == ["a", "b", "c"]
    assert by_g2["g2"].is_monotonic_decreasing


def test_top_keeps_the_same_rows_as_the_whole_table_cut(three: Counts) -> None:
    whole, cut = bitext.keyness(three), bitext.keyness(three, top=3)
    ends = [part.iloc[[0, 1, 2, -3, -2, -1]] for _, part in whole.groupby("target")]
    pd.testing.assert_frame_equal(cut, pd.concat(ends, ignore_index=True))


@pytest.mark.parametrize(
    "options", [{"order": "size"}, {"order": "lrc", "measures": "g2"}, {"own_names": "x"}]
)
def test_unknown_orders_are_refused(three: Counts, options: dict[str, str]) -> None:
    with pytest.raises(BitextError, match=r"order|own names"):
        bitext.keyness(three, **options)


def test_where_nothing_is_significant_bursts_of_few_articles_stand_behind() -> None:
    # a: twenty times in one article; b: once in each of four.
    table = [[20, 1, 9]] + [[0, 1, 9]] * 3 + [[0, 0, 9]] * 4
    for top in (None, 1):
        found = bitext.keyness(of_terms(table, "AAAABBBB"), target="A", top=top)
        assert found["term"].tolist()[0] == "b"
