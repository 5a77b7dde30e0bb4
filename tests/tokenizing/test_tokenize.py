"""Corpus to Tokens."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext import schema
from bitext.corpus.corpus import Corpus
from bitext.errors import TableError
from bitext.tokens.tokens import Tokens


def corpus(*texts: str, **columns: list[str]) -> Corpus:
    articles = pd.DataFrame("", index=range(len(texts)), columns=list(schema.ARTICLES))
    articles["article"] = [f"a{i}" for i in range(len(texts))]
    articles["text"] = list(texts)
    for name, values in columns.items():
        articles[name] = values
    return Corpus(articles)


TEXTS = ("歐盟批准Chips Act。第二句", "", "The EU's Chips Act\n欧盟")


def terms(tokens: Tokens) -> list[str]:
    return [tokens.types[i] for i in tokens.term]


def test_traditional_and_simplified_share_a_term_and_keep_their_surface() -> None:
    tokens = bitext.tokenize(corpus(*TEXTS))
    assert terms(tokens) == [
        *("欧盟", "批准", "chips", "act", "。", "第二句", "the", "eu", "chips", "act", "欧盟")
    ]
    assert [tokens.surface(i) for i in (0, 10, -1)] == ["歐盟", "欧盟", "欧盟"]
    assert tokens.surfaces() == tokens.to_frame()["surface"].tolist()
    assert tokens.bounds.tolist() == [0, 6, 6, 11]
    assert tokens.sentence.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def test_titles_can_be_tokenised() -> None:
    tokens = bitext.tokenize(corpus("正文", title=["標題"]), field="title")
    assert tokens.to_frame()["surface"].tolist() == ["標題"]


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TableError, match="unknown field 'body'"):
        bitext.tokenize(corpus("a"), field="body")


def test_text_that_is_not_text_names_the_article() -> None:
    broken = corpus("a", "b")
    broken.articles["text"] = ["a", None]
    with pytest.raises(TableError, match="article 'a1': text must be text"):
        bitext.tokenize(broken)


def test_select_and_where_keep_what_is_chosen() -> None:
    tokens = bitext.tokenize(corpus(*TEXTS))
    chosen = tokens.select(np.array([False, True, True]))
    assert chosen.surfaces() == ["The", "EU's", "Chips", "Act", "欧盟"]
    words = tokens.where(tokens.lang == 1)
    assert words.surfaces() == ["歐盟", "批准", "第二句", "欧盟"]
    assert words.bounds.tolist() == [0, 3, 3, 4]


def test_an_empty_corpus_gives_no_tokens() -> None:
    tokens = bitext.tokenize(corpus())
    assert len(tokens) == 0
    assert tokens.to_frame().empty


def test_processes_give_the_same_bytes() -> None:
    articles = corpus(*(f"{text}{i}號" for i in range(50) for text in TEXTS))
    alone, together = bitext.tokenize(articles), bitext.tokenize(articles, workers=2)
    for name in ("term", "start", "end", "sentence", "kind", "lang", "bounds"):
        assert getattr(alone, name).tobytes() == getattr(together, name).tobytes()
    assert alone.types.tolist() == together.types.tolist()
    assert alone.run == together.run


def test_a_bad_line_of_a_dictionary_is_named_and_the_rest_counts(tmp_path: Path) -> None:
    path = tmp_path / "user.txt"
    path.write_text("芯片法案 5 n\n量子霸权 -1\nChips Act\n", encoding="utf-8")
    with pytest.warns(UserWarning, match=r"user\.txt:2: frequency '-1' is not a whole number"):
        tokens = bitext.tokenize(corpus("晶圓與芯片法案和Chips Act"), dictionary=path)
    assert terms(tokens) == ["晶圆", "与", "芯片法案", "和", "Chips Act"]
    assert len(tokens.run["parameters"]["dictionary_problems"]) == 1


def test_sentences_joined_are_the_texts() -> None:
    texts = (*TEXTS, " 一句。\n\n“两句！”\t三句…… \u200b", "Mr. A. B. Cee paid $3.5. He left.", "……")
    tokens = bitext.tokenize(corpus(*texts))
    table = tokens.sentences()
    joined = table.groupby("article")["text"].agg("".join)
    assert {f"a{i}": text for i, text in enumerate(texts) if text} == joined.to_dict()
    assert table.loc[table["article"] == "a4", "text"].tolist() == ["Mr. A. B. Cee paid $3.5. ", "He left."]
    assert bitext.tokenize(corpus()).sentences().empty
