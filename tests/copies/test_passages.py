"""Aligned passages of two versions of a text."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bitext
from bitext import Corpus, schema
from bitext.copies.shingles import fold
from tests.copies.test_duplicates import EDITED, WIRE

#: Invented: "The library stays open late on Sundays. / Readers may borrow until ten. / The head of the
#: library says that the students' union had asked for it."
FIRST = "图书馆将于周日延长开放时间至深夜。"
SECOND = "读者可以借阅图书直到晚间十点整。"
THIRD = "馆长说这是应学生会的要求所作的安排。"


def compare(a: str, b: str) -> pd.DataFrame:
    frame = pd.DataFrame({"article": ["a", "b"], "text": [a, b]})
    return bitext.passages(Corpus(frame.reindex(columns=list(schema.ARTICLES), fill_value="")), "a", "b")


def kinds(table: pd.DataFrame) -> list[str]:
    return list(table["kind"])


def test_equal_texts_are_kept_whole_whatever_script_and_punctuation() -> None:
    table = compare("软件和芯片，都要检查。", "軟件和芯片——都要檢查")
    assert kinds(table) == ["kept"]
    assert table["text_b"].item() == "軟件和芯片——都要檢查"


def test_a_cut_sentence_and_an_added_one() -> None:
    assert kinds(compare(FIRST + SECOND + THIRD, FIRST + THIRD)) == ["kept", "cut", "kept"]
    table = compare(FIRST + THIRD, FIRST + SECOND + THIRD)
    assert kinds(table) == ["kept", "added", "kept"]
    assert table["text_b"][1] == SECOND
    assert table["start_a"][1] == table["end_a"][1] == len(FIRST)


def test_a_changed_word_between_kept_passages() -> None:
    table = compare(WIRE, EDITED)
    assert kinds(table) == ["kept", "changed", "kept", "cut"]
    # "Tuesday" became "Wednesday"; the cut sentence is about the twelve stations
    assert table["text_a"][1] == "二"
    assert table["text_b"][1] == "三"
    assert "十二个车站" in table["text_a"][3]


def test_a_sentence_in_another_place_is_moved_not_cut_and_added() -> None:
    table = compare(FIRST + SECOND + THIRD + WIRE, SECOND + THIRD + WIRE + FIRST)
    assert kinds(table) == ["moved", "kept"]
    assert table["text_a"][0] == FIRST
    assert table["start_b"][0] == len(SECOND + THIRD + WIRE)


def test_english_changes_keep_to_whole_words() -> None:
    table = compare("The council met on Tuesday to vote on it", "The council met on Wednesday to vote on it")
    assert table["text_a"].tolist() == ["The council met on ", "Tuesday ", "to vote on it"]


def test_a_number_is_changed_as_a_whole() -> None:
    table = compare("指数周一收于港口近年高位3.125点附近", "指数周一收于港口近年高位3.875点附近")
    assert table["text_a"].tolist() == ["指数周一收于港口近年高位", "3.125点附近"]


def test_texts_without_anything_in_common_or_empty() -> None:
    assert kinds(compare(FIRST, SECOND)) == ["changed"]
    assert kinds(compare("", SECOND)) == ["added"]
    assert kinds(compare(FIRST, "")) == ["cut"]
    assert kinds(compare("", "")) == []


def test_an_unknown_article_is_named() -> None:
    frame = pd.DataFrame({"article": ["a"], "text": [FIRST]})
    corpus = Corpus(frame.reindex(columns=list(schema.ARTICLES), fill_value=""))
    with pytest.raises(bitext.TableError, match="unknown article 'c'"):
        bitext.passages(corpus, "a", "c")


SENTENCES = st.lists(
    st.sampled_from([FIRST, SECOND, THIRD, "ok. ", "Chips for Europe, again. ", "。"]), max_size=8
)


@settings(deadline=None)  # time on a busy machine says nothing
@given(SENTENCES, SENTENCES)
def test_passages_cover_both_texts_once(first: list[str], second: list[str]) -> None:
    a, b = "".join(first), "".join(second)
    table = compare(a, b)
    has_letters = [len(fold([text]).codes) > 0 for text in (a, b)]
    if has_letters[0]:
        assert "".join(table.sort_values(["start_a", "end_a"])["text_a"]) == a
    if has_letters[1]:
        assert "".join(table.sort_values(["start_b", "end_b"])["text_b"]) == b
    for row in table.itertuples():
        assert a[row.start_a : row.end_a] == row.text_a
        assert b[row.start_b : row.end_b] == row.text_b
        if row.kind in ("kept", "moved"):
            assert fold([row.text_a]).codes.tolist() == fold([row.text_b]).codes.tolist()
