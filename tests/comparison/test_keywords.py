"""Keyword weights equal the published formulas."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

import bitext
from bitext.errors import BitextError, LanguageError


def counts_of(table: list[list[int]], outlets: list[str], langs: list[str] | None = None) -> bitext.Counts:
    matrix = sparse.csr_array(np.array(table, dtype=np.int32))
    articles = pd.DataFrame(
        {
            "article": [str(number) for number in range(len(table))],
            "outlet": outlets,
            "lang": langs or ["en"] * len(table),
        }
    )
    terms = np.array([chr(ord("a") + column) for column in range(len(table[0]))], dtype=object)
    return bitext.Counts(matrix, articles, terms, np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64))


def test_by_article_it_is_scikit_learns_transformer() -> None:
    # The example of scikit-learn's user guide; its rows 1, 5 and 6 are published there.
    table = [[3, 0, 1], [2, 0, 0], [3, 0, 0], [4, 0, 0], [3, 2, 0], [3, 0, 2]]
    found = bitext.keywords(counts_of(table, ["A"] * 6), by="article", top=None)
    grid = found.pivot(index="article", columns="term", values="tfidf").fillna(0).to_numpy()
    assert np.allclose(grid[0], [0.85151335, 0, 0.52433293])
    assert np.allclose(grid[4], [0.55422893, 0.83236428, 0])
    assert np.allclose(grid, TfidfTransformer().fit_transform(np.array(table)).toarray())


def test_by_outlet_idf_counts_articles() -> None:
    found = bitext.keywords(counts_of([[2, 1], [2, 0], [0, 3]], ["A", "A", "B"]), top=None)
    row = found[(found["outlet"] == "A") & (found["term"] == "a")].iloc[0]
    assert (row["n"], row["articles"]) == (4, 2)
    assert row["tf"] == pytest.approx(4 / 5)
    assert row["idf"] == pytest.approx(np.log(4 / 3) + 1)


def test_class_weighting_is_the_published_formula() -> None:
    found = bitext.keywords(counts_of([[4, 1], [0, 5]], ["A", "B"]), weighting="class", top=None)
    row = found[(found["outlet"] == "A") & (found["term"] == "b")].iloc[0]
    # tf / N * ln(1 + A / f): 1 of 5 tokens, 5 tokens a group on average, 6 occurrences in all
    assert row["tfidf"] == pytest.approx(1 / 5 * np.log(1 + 5 / 6))


def test_ties_are_in_order_of_the_term_and_ranks_have_no_gap() -> None:
    found = bitext.keywords(counts_of([[1, 1, 1]], ["A"]), top=2)
    assert found["term"].tolist() == ["a", "b"]
    assert found["rank"].tolist() == [1, 2]


def test_mixed_languages_are_refused_with_the_way_out() -> None:
    with pytest.raises(LanguageError, match=r"counts\.select\(lang='zh'\).*unit='concept'"):
        bitext.keywords(counts_of([[1], [1]], ["A", "B"], ["zh", "en"]))


@pytest.mark.parametrize("options", [{"weighting": "bm25"}, {"top": 0}, {"by": "paper"}])
def test_wrong_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(BitextError, match="use"):
        bitext.keywords(counts_of([[1]], ["A"]), **options)
