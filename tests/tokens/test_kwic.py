"""Concordance lines show the text as it stands, at the right place."""

import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError

TEXT = "半導體（Semiconductor）出口受限。Old chips, new chip rules; microchips stay."


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
