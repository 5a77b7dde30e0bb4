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


def test_unknown_names_that_keep_the_same_company_are_proposed() -> None:
    """评议会 and 执政团 (a council, a ruling body) of one country: each outlet has its own name."""
    news = ["{}宣布与总统会谈。", "经济学家说{}控制了港口。", "{}与美国签署协议。", "联合国要求{}停火。"]
    news += ["{}释放了记者和士兵。", "法院说{}违反宪法。"]
    other = ["天气晴朗。", "股市下跌，油价上涨。", "学校放假，学生回家。", "医院接收病人。"] * 10
    texts = {
        outlet: [line.format(name) for line in news] * 3 + other
        for outlet, name in (("A", "评议会"), ("B", "执政团"))
    }
    frame = pd.DataFrame([{"outlet": name, "text": text} for name, own in texts.items() for text in own])
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame), words=["评议会", "执政团"])
    row = bitext.naming_candidates(tokens).iloc[0]
    assert {row["name_a"], row["name_b"], row["evidence"]} == {"评议会", "执政团", "company"}


def test_adjectives_verbs_and_other_marks_are_no_rival_names() -> None:
    texts = ["Burma and the G20 met. A Twitter user spoke. Mr. Putin left Britain."] * 3
    more = ["Burmese and G-20 aides met. He tweeted. Mr Putin left. Holland and British firms, too."] * 3
    table = candidates({"A": texts, "B": [*more, *["The Netherlands and the United Kingdom met."] * 3]})
    pairs = {frozenset((row.name_a, row.name_b)) for row in table.itertuples()}
    assert frozenset(("netherlands", "holland")) in pairs
    assert frozenset(("britain", "united kingdom")) in pairs
    named = {name for pair in pairs for name in pair}
    assert not named & {"burmese", "british", "g-20", "mr putin", "tweeted"}
