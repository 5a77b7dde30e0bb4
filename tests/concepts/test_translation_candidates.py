"""Candidates for pairs that the table lacks: words that keep the same company in both languages."""

import pandas as pd
import pytest

import bitext
from bitext import Tokens
from bitext.errors import BitextError


def comparable() -> Tokens:
    """Texts on two events in both languages, with two words that no table knows: 曲珞 and blorbium."""
    zh = ["半导体工厂使用曲珞，出口管制影响台湾。"] * 3 + ["议会讨论预算与养老金，总理辞职。"] * 3
    en = ["Semiconductor plants use blorbium; export controls hit Taiwan."] * 3
    en += ["Parliament debated the budget and pensions; the prime minister resigned in velmish style."] * 3
    texts = [f"{text} {'甲乙丙丁戊己'[n]}" for n, text in enumerate(zh)] + [
        f"{text} {n}" for n, text in enumerate(en)
    ]
    frame = pd.DataFrame({"text": texts, "outlet": ["A"] * 6 + ["B"] * 6, "lang": ["zh"] * 6 + ["en"] * 6})
    return bitext.tokenize(bitext.Corpus.from_frame(frame), words=["曲珞"])


def test_words_of_the_same_company_are_paired() -> None:
    table = bitext.translation_candidates(comparable(), top=5, min_articles=2)
    rows = table[table["zh"] == "曲珞"]
    row = rows[rows["en"] == "blorbium"].iloc[0]
    assert row["similarity"] == rows["similarity"].max()
    assert row["similarity"] > 0.5
    assert "semiconductor" in row["shared"]


def test_known_words_are_not_proposed() -> None:
    table = bitext.translation_candidates(comparable(), min_articles=2)
    assert not {"半导体", "议会"} & set(table["zh"])


def test_one_language_gives_an_empty_table() -> None:
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": ["半导体"], "outlet": "A"})))
    table = bitext.translation_candidates(tokens)
    assert table.empty
    assert table.columns.equals(bitext.translation_candidates(comparable(), min_articles=2).columns)


def test_wrong_use_is_named() -> None:
    with pytest.raises(BitextError, match="top=0"):
        bitext.translation_candidates(comparable(), top=0)
