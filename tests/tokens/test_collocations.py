"""Collocations: counts that a reader can check by hand, measures from their formulas."""

from math import log, log2

import numpy as np
import pytest
from scipy.stats import chi2_contingency

import bitext
from bitext.errors import BitextError
from bitext.tokens.collocations import COLUMNS, signed_g2
from tests.tokenizing.test_tokenize import corpus

TEXTS = ("red wine, red meat", "red wine glass", "white wine glass red")


def test_counts_and_measures_of_one_pair() -> None:
    tokens = bitext.tokenize(corpus(*TEXTS))
    table = bitext.collocations(tokens, min_count=1).set_index(["left", "right"])
    # Neighbours: red wine, red meat; red wine, wine glass; white wine, wine glass, glass red. Not wine, red.
    row = table.loc[("red", "wine")]
    assert row[["n", "n_left", "n_right", "articles"]].tolist() == [2, 3, 3, 2]
    assert row["expected"] == pytest.approx(9 / 7)
    assert row["log_dice"] == pytest.approx(14 + log2(4 / 6))
    assert row["npmi"] == pytest.approx(log(2 / (9 / 7)) / -log(2 / 7))
    assert len(table) == 5


def test_g2_is_the_likelihood_ratio_of_the_contingency_table() -> None:
    for n, a, b, total in ((10, 20, 20, 100), (1, 30, 30, 90), (5, 5, 9, 50)):
        observed = np.array([[n, a - n], [b - n, total - a - b + n]])
        expected = chi2_contingency(observed, correction=False, lambda_="log-likelihood")[0]
        sign = -1 if n < a * b / total else 1
        found = signed_g2(*(np.array([float(x)]) for x in (n, a, b)), total)[0]
        assert found == pytest.approx(sign * expected)


def test_a_window_reaches_over_marks_but_not_over_sentences() -> None:
    tokens = bitext.tokenize(corpus("芯片，法案。管制"))
    pairs = bitext.collocations(tokens, window=5, min_count=1)
    assert pairs[["left", "right"]].values.tolist() == [["芯片", "法案"]]


def test_stop_words_are_left_out_unless_asked_for() -> None:
    tokens = bitext.tokenize(corpus("the chips"))
    assert bitext.collocations(tokens, min_count=1).empty
    assert len(bitext.collocations(tokens, min_count=1, keep_stopwords=True)) == 1


@pytest.mark.parametrize("texts", [(), ("",), ("芯片",), ("，。",)])
def test_nothing_to_pair_gives_an_empty_table(texts: tuple[str, ...]) -> None:
    table = bitext.collocations(bitext.tokenize(corpus(*texts)), min_count=1)
    assert table.empty
    assert tuple(table.columns) == COLUMNS


def test_wrong_arguments_are_named() -> None:
    tokens = bitext.tokenize(corpus("a b"))
    with pytest.raises(BitextError, match="unknown measure 'mi3'"):
        bitext.collocations(tokens, measure="mi3")
    with pytest.raises(BitextError, match="window=0"):
        bitext.collocations(tokens, window=0)
