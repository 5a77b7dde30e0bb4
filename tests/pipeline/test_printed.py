"""Words, names and renderings are told of an outlet as that outlet prints them."""

import re

import pandas as pd
import pytest

import bitext
from bitext.pipeline.printed import as_printed

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def texts(chips: bitext.Comparison) -> dict[str, str]:
    """All that an outlet prints, without blanks and line ends within words."""
    articles = chips.corpus.articles
    whole = articles["title"] + "\n" + articles["text"]
    return {str(outlet): "\n".join(part) for outlet, part in whole.groupby(articles["outlet"])}


@pytest.mark.parametrize(("name", "group"), [("keywords", "outlet"), ("keyness", "target")])
def test_words_of_an_outlet_stand_in_its_articles_as_they_are_told(
    chips: bitext.Comparison, texts: dict[str, str], name: str, group: str
) -> None:
    table = chips[name]
    if name == "keyness":
        table = table[table["n_target"] > 0]
    chinese = table[table["printed"].map(lambda word: bool(HAN.search(word)))]
    assert len(chinese) > 50
    wrong = [
        (outlet, word)
        for outlet, word in zip(chinese[group], chinese["printed"], strict=True)
        if word not in texts[outlet]
    ]
    assert wrong == []


def test_names_and_renderings_stand_in_the_articles_of_their_outlets(
    chips: bitext.Comparison, texts: dict[str, str]
) -> None:
    glossary = chips["glossary"]
    pairs = 0
    for outlets, forms in zip(glossary["given_by"], glossary["printed"], strict=True):
        for outlet, form in zip(outlets.split(" · "), forms.split(" · "), strict=True):
            assert form in texts[outlet].replace("‧", "·"), (outlet, form)
            pairs += 1
    assert pairs > 40
    naming = chips["naming"]
    for outlet, surfaces in zip(naming["outlet"], naming["surfaces"], strict=True):
        for one in filter(None, surfaces.split(" · ")):
            assert one.rsplit(" ", 1)[0] in texts[outlet]


def test_sources_stand_in_the_articles_of_their_outlets(
    chips: bitext.Comparison, texts: dict[str, str]
) -> None:
    table = chips["sources"]
    chinese = table[table["printed"].map(lambda name: bool(HAN.search(name)))]
    assert (chinese["printed"] != chinese["source"]).sum() > 5
    wrong = [
        (outlet, name)
        for outlet, name in zip(chinese["outlet"], chinese["printed"], strict=True)
        if name not in texts[outlet]
    ]
    assert wrong == []


def test_a_word_is_simplified_in_one_group_and_traditional_in_the_other() -> None:
    # "Enterprises maintain it": 企业维护 in both scripts
    rows = [("企业维护它。", "A"), ("企業維護它。", "B"), ("企業維護它。企业维护它。企業。", "C")]
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["text", "outlet"])))
    assert as_printed(tokens, "outlet", ["A", "B", "C"], ["企业"] * 3) == ["企业", "企業", "企業"]


def test_statements_are_quoted_as_printed(chips: bitext.Comparison, texts: dict[str, str]) -> None:
    whole = "\n".join(texts.values())
    table = chips["statement_summary"]
    said = [text for text in [*table["zh"], *table["en"]] if text]
    assert said
    assert all(text in whole for text in said)
