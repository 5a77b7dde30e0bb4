"""Stop words are left out in either script, and so are glued function words and initials."""

import pandas as pd

import bitext


def counted(text: str, **settings: object) -> set[str]:
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]})))
    return set(bitext.count(tokens, **settings).terms)


def test_function_words_that_were_glued_are_not_counted() -> None:
    # the mayor said in a statement that this building will be closed
    text = "市长在声明中说，这座大楼将会关闭。"
    assert {"中说", "这座", "将会"} <= counted(text, stopwords=None)
    assert counted(text) == {"市长", "声明", "大楼", "关闭"}


def test_words_of_such_characters_are_counted_if_somebody_lists_them() -> None:
    text = "手机下架，中共反对。"  # taken off the shelves; the Communist Party of China
    assert {"下架", "中共"} <= counted(text)
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": ["他在这座。"]})), words=["这座"])
    assert "这座" in bitext.count(tokens).terms


def test_initials_are_not_counted() -> None:
    assert counted("J. K. Rowling met X officials") == {"rowling", "met", "x", "officials"}


def test_own_stop_words_are_found_in_either_script() -> None:
    assert counted("他们签署协议。", stopwords=["協議"]) == {"签署"}  # they sign an agreement


def test_no_phrase_begins_or_ends_with_glued_words() -> None:
    texts = ["声明中说疫情严重。"] * 8 + [
        "他认为疫情严重。"
    ] * 4  # said in the statement: the epidemic is serious
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
    assert not any("中说" in term for term in bitext.count(tokens, unit="phrase").terms)
