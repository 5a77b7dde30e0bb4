"""Rival names that a corpus shows: by translation, by the table, by their company."""

import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError


def candidates(texts: dict[str, list[str]], **settings: object) -> pd.DataFrame:
    frame = pd.DataFrame([{"outlet": name, "text": text} for name, own in texts.items() for text in own])
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    return bitext.naming_candidates(tokens, **{"min_articles": 3, **settings})  # type: ignore[arg-type]


def test_two_names_that_texts_translate_alike_compete() -> None:
    """辉达 and 英伟达, both Nvidia."""
    table = candidates({"A": ["辉达（Nvidia）发布芯片。"] * 3, "B": ["英伟达（Nvidia）发布芯片。"] * 3})
    row = table[table["evidence"] == "translation"].iloc[0]
    assert {row["name_a"], row["name_b"]} == {"辉达", "英伟达"}
    assert row["shared"] == "nvidia"
    assert row["difference"] == 1
    assert {row["group_a"], row["group_b"]} == {"A", "B"}


def test_forms_of_one_concept_compete_and_short_forms_in_compounds_do_not() -> None:
    """澳洲 and 澳大利亚, Australia; 对华 and 中国, China, are no choice."""
    table = candidates({"A": ["澳洲对华出口。"] * 3, "B": ["澳大利亚向中国出口。"] * 3})
    pairs = {frozenset((row.name_a, row.name_b)) for row in table.itertuples()}
    assert frozenset(("澳洲", "澳大利亚")) in pairs
    assert not any("对华" in pair for pair in pairs)


def test_names_that_naming_counts_already_are_left_out() -> None:
    """中国 and 中共 compete under the referent china."""
    table = candidates({"A": ["中共宣布政策。"] * 3, "B": ["中国宣布政策。"] * 3})
    assert not ((table["name_a"] == "中国") & (table["name_b"] == "中共")).any()


def test_two_countries_are_never_one_thing_however_alike_their_company() -> None:
    """Thailand and Vietnam in the same sentences."""
    same = ["{}出口大米，经济增长，投资增加，工厂开工，港口扩建。"] * 6
    table = candidates(
        {"A": [text.format("泰国") for text in same] * 2, "B": [text.format("越南") for text in same] * 2}
    )
    assert table.empty


def test_thresholds_out_of_range_are_refused() -> None:
    with pytest.raises(BitextError, match="min_articles"):
        candidates({"A": ["芯片。"]}, min_articles=0)
    with pytest.raises(BitextError, match="min_cosine"):
        candidates({"A": ["芯片。"]}, min_cosine=2.0)
