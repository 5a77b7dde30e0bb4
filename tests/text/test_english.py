"""The pattern for Latin text: it divides anything completely, and in linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.text.latin.english import PATTERN, fold, split_contraction
from bitext.text.tokenizer import Tokenizer

ALPHABET = "aA1.,'’-_/@#:%$€ &+\0\n芯。éñか한\u0301\u00ad"


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=ALPHABET)))
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(PATTERN.findall(text)) == text


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a.",
        "a-",
        "a'",
        "1",
        "1,",
        "1.1",
        "a@",
        "@a",
        "#",
        "http://",
        "http://.",
        "www.",
        "A&",
        "_",
        "a_",
        ".",
        "1-",
        "1/",
        "€",
        "U.S.",
        "a b ",
        "Mr.",
        "\x00",
        "é",
        "a.b@",
        "1:",
        "́",
        "A-1.",
    ],
)
def test_time_grows_linearly_with_any_repetition(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * (n // len(unit))
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            PATTERN.findall(text)
            best = min(best, time.process_time() - start)
        return best

    short, long = seconds(8_000), seconds(32_000)
    assert long < 10 * short + 0.01  # quadratic time would be sixteenfold


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Chips", "chips"),
        ("US", "US"),
        ("us", "us"),
        ("U.S.", "US"),
        ("WHO", "WHO"),
        ("Who", "who"),
        ("IT", "IT"),
        ("It", "it"),
        ("May", "May"),
        ("may", "may"),
        ("don’t", "don't"),
        ("China’s", "china"),
        ("ﬁnance", "finance"),
        ("cafe\u0301", "café"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_case_and_spelling(word: str, term: str) -> None:
    assert fold(word) == term


def test_contractions_are_two_tokens_where_asked_for() -> None:
    batch = Tokenizer(contractions="split").batch(["We don't. China’s o'clock"])
    assert [batch.types[i] for i in batch.term] == ["we", "do", "n't", ".", "china", "'s", "o'clock"]
    assert split_contraction("they're") == ("they", "'re")
