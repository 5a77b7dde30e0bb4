"""Concordance lines show the text as it stands, at the right place."""

import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError

TEXT = "半導體（Semiconductor）出口受限。Old chips, new chip rules; microchips stay."


def of_texts(texts: list[str], words: list[str]) -> bitext.Tokens:
    return bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})), words=words)


@pytest.fixture(scope="module")
def tokens() -> bitext.Tokens:
    return bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [TEXT, "半导体"], "outlet": "A"})))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("半导体", ["半導體", "半导体"]),  # either script
        ("半導體", ["半導體", "半导体"]),
        ("CHIP*", ["chips", "chip"]),
        ("*chips", ["chips", "microchips"]),
        ("chip?", ["chips"]),
        ("chip|semiconductor", ["Semiconductor", "chip"]),
        ("new chip", ["new chip"]),
        ("new chip*", ["new chip"]),
        ("nothing", []),
    ],
)
def test_patterns(tokens: bitext.Tokens, pattern: str, found: list[str]) -> None:
    table = bitext.kwic(tokens, pattern)
    assert table["keyword"].tolist() == found
    texts = tokens.articles.set_index("article")["text"]
    for row in table.itertuples():
        assert texts[row.article][row.start : row.end] == row.keyword


def test_the_window_is_counted_in_tokens_and_stays_in_the_article(tokens: bitext.Tokens) -> None:
    row = bitext.kwic(tokens, "new", window=2).iloc[0]
    assert (row["left"], row["right"]) == ("chips,", "chip rules")
    assert bitext.kwic(tokens, "半导体", window=0)["right"].tolist() == ["", ""]
    assert bitext.kwic(tokens, "半导体", window=99).iloc[1]["left"] == ""


@pytest.mark.parametrize(("pattern", "window"), [("", 3), (" | ", 3), ("a", -1)])
def test_empty_patterns_and_negative_windows_are_refused(
    tokens: bitext.Tokens, pattern: str, window: int
) -> None:
    with pytest.raises(BitextError, match="use"):
        bitext.kwic(tokens, pattern, window=window)


def test_no_occurrence_is_said_with_words_like_it() -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["Old chips, new chip rules."]}))
    tokens = bitext.tokenize(corpus)
    table = bitext.kwic(tokens, "chipps")
    assert table.empty
    assert table.attrs["note"] == "no occurrence of 'chipps' in 1 articles; words like it: chips, chip"
    assert "no occurrence of '['" in bitext.kwic(tokens, "[").attrs["note"]
    assert "note" not in bitext.kwic(tokens, "chip").attrs


def test_parts_of_a_dotted_name_are_found() -> None:
    # 克斯·阿萨尔 (a foreign name, one token): looked for by its last part, in either script.
    tokens = of_texts(["记者问克斯·阿萨尔。", "記者問克斯‧阿薩爾。"], words=["克斯·阿萨尔"])
    for pattern in ("阿萨尔", "阿薩爾"):
        assert bitext.kwic(tokens, pattern)["keyword"].tolist() == ["克斯·阿萨尔", "克斯‧阿薩爾"]


def test_the_note_names_words_like_it_in_the_other_script_and_case() -> None:
    # 晶圓代工廠 (a foundry) holds 代工廠; asked in simplified characters, a letter short, in other cases.
    tokens = of_texts(["晶圓代工廠與英特爾。", "Intel and GlobalFoundries."], words=["晶圆代工厂"])
    assert bitext.kwic(tokens, "代工厂").attrs["note"].endswith("words like it: 晶圓代工廠")
    assert bitext.kwic(tokens, "GLOBALFOUNDRY").attrs["note"].endswith("words like it: GlobalFoundries")
