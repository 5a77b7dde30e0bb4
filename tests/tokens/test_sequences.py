"""N-grams and compounds."""

import numpy as np
import pytest

import bitext
from bitext.errors import BitextError
from tests.tokenizing.test_tokenize import corpus, terms


def test_ngrams_stay_within_a_sentence_and_break_at_marks() -> None:
    tokens = bitext.tokenize(corpus("欧盟批准法案。芯片，法案", "", "new chip rules"))
    pairs = tokens.ngrams(2)
    assert pairs.surfaces() == ["欧盟批准", "批准法案", "new chip", "chip rules"]
    assert terms(pairs) == pairs.surfaces()
    assert pairs.bounds.tolist() == [0, 2, 2, 4]
    assert pairs.lang.tolist() == [1, 1, 2, 2]


def test_ngrams_of_one_are_the_words() -> None:
    tokens = bitext.tokenize(corpus("欧盟批准法案。"))
    assert tokens.ngrams(1).surfaces() == ["欧盟", "批准", "法案"]


def test_ngrams_longer_than_any_sentence_are_none() -> None:
    assert len(bitext.tokenize(corpus("欧盟批准法案。", "a b")).ngrams(5)) == 0


def test_ngrams_below_one_are_refused() -> None:
    with pytest.raises(BitextError, match="n=0"):
        bitext.tokenize(corpus("a")).ngrams(0)


def test_compounds_are_found_in_either_script_and_any_case() -> None:
    tokens = bitext.tokenize(corpus("歐盟的晶片法案，The CHIPS act。", "芯片法", "晶片法案"))
    made = tokens.compound(["晶片法案", "Chips Act"])
    assert terms(made)[:7] == ["欧盟", "的", "晶片法案", "，", "the", "chips act", "。"]
    assert terms(made)[7:-1] == terms(bitext.tokenize(corpus("芯片法")))
    assert terms(made)[-1] == "晶片法案"
    assert made.surfaces()[2] == "晶片法案"
    assert made.surfaces()[5] == "CHIPS act"
    assert (np.diff(made.bounds) > 0).all()


def test_the_longest_phrase_wins_and_others_stay() -> None:
    tokens = bitext.tokenize(corpus("the export control rules and export control"))
    made = tokens.compound(["export control", "export control rules"])
    assert made.surfaces() == ["the", "export control rules", "and", "export control"]
    assert made.sentence.tolist() == [0, 0, 0, 0]


def test_no_phrase_changes_nothing() -> None:
    tokens = bitext.tokenize(corpus("欧盟批准法案。"))
    assert tokens.compound([]).surfaces() == tokens.surfaces()
    with pytest.raises(BitextError, match="a list of str, not the str"):
        tokens.compound("法案")
