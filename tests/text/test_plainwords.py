"""The words found beside the pattern are the words that the pattern finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bitext
from bitext.text import segmenter
from bitext.text.latin import english
from bitext.text.latin import plain_words as plainwords
from bitext.text.latin.plain_words import plain_words
from bitext.text.scripts.detect import code_points, string
from bitext.text.scripts.normalise import plain_points
from tests import shared

pytestmark = pytest.mark.skipif(plainwords._native is None, reason="the C extension was not built")

#: What a token may reach or look over a blank for, what may stand beside a word, and words.
NASTY = """
    5 12 1,000 6.3 2023 10:30 9 $ US$ € RMB USD CNY % am pm a.m. p.m million bn m k b tn nm percent GHz kW °C
    No. no. Nos No J. J Smith A. B. Mr. Mr Inc. U.S. e.g. Ph.D. AT&T R&D C++ C# F PM2.5 A1.5 a st
    the The iPhone CHIPS
    www. example.com a@b.org @who #tag https://a.cn/b - – — ' ’ _ . , ; : ! ? ( ) " / & * é ﬁ e\u0301 か 한 я
    \0 \u200b \x01 …
"""
PIECES = st.sampled_from([*NASTY.split(), " ", " ", " ", "  ", "\t", "\x0b", "\0", ",", ", ", ". "])
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=2)), max_size=14).map("".join)


def by_pattern(points: np.ndarray) -> list[tuple[int, int]]:
    tokens, at = [], 0
    for piece in english.PATTERN.findall(string(points)):
        token = piece.rstrip(english.TRAILING)
        if token and not english.is_gap(token):
            tokens.append((at, at + len(token)))
        at += len(piece)
    return tokens


def by_both(points: np.ndarray) -> list[tuple[int, int]]:
    starts, ends, left = plain_words(points)
    where, squeezed = segmenter._squeeze(points, left, english.PLACEHOLDER)
    rest = [(int(where[a]), int(where[a]) + b - a) for a, b in by_pattern(squeezed)]
    return sorted([*zip(starts.tolist(), ends.tolist(), strict=True), *rest])


@settings(max_examples=1500, deadline=None)
@given(TEXT)
def test_nothing_changes_beside_the_pattern(text: str) -> None:
    points = code_points(text)
    assert by_both(points) == by_pattern(points)


def test_most_words_are_found() -> None:
    points = code_points(
        "The quick, brown fox paid for 6 million hens, RMB 5 each, said J. Smith. \0" + "12\0AI\0"
    )
    starts, ends, _ = plain_words(points)
    found = [string(points[a:b]) for a, b in zip(starts, ends, strict=True)]
    assert found == ["The", "quick", ",", "brown", "fox", "paid", "for", "hens", ",", "said", "12", "AI"]


@pytest.mark.slow
@shared.needs_shared
def test_nothing_changes_on_the_shared_articles() -> None:
    for name in ("news_multi_outlet.jsonl.gz", "news_english.jsonl.gz"):
        texts = bitext.read(shared.DATA / name).articles["text"]
        plain = plain_points(code_points("\n".join(texts)), "t2s")
        _, points = segmenter._squeeze(plain, segmenter._sides()[plain] == segmenter._PATTERN, "\0")
        for at in range(0, len(points), 500_000):
            part = points[at : at + 500_000]
            assert by_both(part) == by_pattern(part)
