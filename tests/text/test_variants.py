"""Variants of script that the reference leaves, and characters inside words."""

import pandas as pd
import pytest
from opencc import OpenCC

import bitext
from bitext.text.scripts.variants import _GLYPHS, _PAIRS


def words(text: str, **settings: object) -> list[str]:
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]})), **settings)
    return [tokens.types[term] for term in tokens.term]


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("隨著", ["随着"]),  # along with
        ("帶著", ["带", "着"]),  # taking along
        ("妳們", ["你们"]),  # you (women)
        ("甚麼", ["什么"]),  # what
        ("衞生署", ["卫生署"]),  # department of health
        ("看著海", ["看着", "海"]),  # looking at the sea
        ("計畫", ["计划"]),  # plan
        ("恐怖份子", ["恐怖分子"]),  # terrorist
        ("諮詢", ["咨询"]),  # consult
        ("谘询", ["咨询"]),
        ("身分證", ["身份证"]),  # identity card
    ],
)
def test_regional_spellings_become_the_common_word(traditional: str, expected: list[str]) -> None:
    assert words(traditional) == expected


@pytest.mark.parametrize("word", ["著作", "原著", "著名", "顯著", "著稱"])  # book, original, famous, marked
def test_zhu_the_book_stays(word: str) -> None:
    assert "著" in "".join(words(word))


@pytest.mark.parametrize("conversion", ["t2s", "tw2s", "hk2s"])
def test_conversions_of_a_region_spoil_neither_the_book_nor_what(conversion: str) -> None:
    # The reference makes 原着 and 甚幺 of original and what; 著眼 (with an eye to) begins a clause.
    assert words("這部原著很著名，甚麼都有，著眼未來", conversion=conversion) == [
        *("这部", "原著", "很", "著名", "，", "什么", "都", "有", "，", "着眼", "未来"),
    ]


def test_the_reference_still_leaves_what_the_table_mends() -> None:
    convert = OpenCC("t2s").convert
    assert convert("妳衞靑愼畧隨著甚麼") == "妳衞靑愼畧随著甚么"
    assert [glyph for glyph in _GLYPHS if convert(glyph) != glyph] == []
    assert [pair for pair in _PAIRS if convert(pair) != pair] == []


def test_a_stroke_typed_for_the_comma_of_lists_is_one() -> None:
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": ["法国丶德国"]})))
    assert tokens.to_frame()[["surface", "kind"]].values.tolist() == [
        ["法国", "word"],
        ["丶", "punctuation"],
        ["德国", "word"],
    ]


def test_pieces_of_longer_words_in_the_dictionary_are_no_words() -> None:
    assert words("冠病疫苗") == ["冠病", "疫苗"]  # Covid vaccine
    assert words("冠病疫情") == ["冠病", "疫情"]
    assert words("新冠病毒大流行") == ["新冠", "病毒", "大", "流行"]  # the pandemic of the new coronavirus


def test_a_regional_conversion_leaves_simplified_articles_alone() -> None:
    texts = ["什么时候开会", "甚麼時候開會"]  # when is the meeting
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})), conversion="tw2s")
    rows = tokens.article()
    first, second = ([tokens.types[t] for t in tokens.term[rows == row]] for row in (0, 1))
    assert first == second
    assert "什么" in first


def test_zero_width_and_letter_spaced_words_are_whole_and_keep_their_places() -> None:
    tokens = bitext.tokenize(
        bitext.Corpus.from_frame(
            pd.DataFrame({"text": ["芯\u200b片出口。市 政 府宣布，市 政 府。中国 美国"]})
        )
    )
    table = tokens.to_frame()
    assert table["term"].tolist()[:2] == ["芯片", "出口"]
    assert table["surface"][0] == "芯\u200b片"
    assert "市政府" in table["term"].tolist()  # the spaced title; 市 政 府宣布 is not spaced to its end
    assert table["term"].tolist()[-2:] == ["中国", "美国"]
