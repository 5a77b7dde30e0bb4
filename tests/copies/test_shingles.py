"""Folding and shingling of texts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bitext.copies.shingles import batches, fold, fold_character, shingle_sets


def folded(text: str) -> str:
    return "".join(map(chr, fold([text]).codes))


def test_scripts_width_case_accents_and_punctuation_do_not_count() -> None:
    # "The semiconductor bill was adopted": simplified and traditional, half- and full-width
    assert folded("《芯片法案》获通过, ASML 涨 3.5%") == folded("芯片法案獲通過，ＡＳＭＬ漲３．５％")
    assert folded("Société Générale’s") == "societegenerales"


def test_a_ligature_stays_one_character_so_that_places_hold() -> None:
    assert fold_character("\N{LATIN SMALL LIGATURE FI}") == "\N{LATIN SMALL LIGATURE FI}"
    assert fold_character("\N{LATIN SMALL LETTER SHARP S}") == "\N{LATIN SMALL LETTER SHARP S}"


@given(st.lists(st.text(), max_size=5))
def test_every_folded_character_leads_back_to_its_own(texts: list[str]) -> None:
    result = fold(texts)
    for i, text in enumerate(texts):
        part = slice(result.bounds[i], result.bounds[i + 1])
        back = [fold_character(text[place]) for place in result.place[part]]
        assert back == [chr(code) for code in result.codes[part]]


@given(st.lists(st.text("芯片ab晶 。", max_size=30), max_size=6))
def test_sets_hold_as_many_values_as_there_are_distinct_shingles(texts: list[str]) -> None:
    sets = shingle_sets(texts)
    for i, text in enumerate(texts):
        flat = folded(text)
        distinct = {flat[k : k + 8] for k in range(len(flat) - 7)}
        assert sets.sizes[i] == len(distinct)
        assert (np.diff(sets.values[sets.bounds[i] : sets.bounds[i + 1]].astype(np.int64)) > 0).all()


def test_a_shingle_never_crosses_from_one_text_into_the_next() -> None:
    assert shingle_sets(["abcdef", "ghijkl"]).sizes.tolist() == [0, 0]


def test_batches_lose_nothing(monkeypatch: object) -> None:
    texts = ["x" * n for n in (0, 3, 5_000_000, 1, 2)]
    assert [text for batch in batches(texts) for text in batch] == texts
    assert len(list(batches(texts))) == 3
    assert list(batches([])) == []
