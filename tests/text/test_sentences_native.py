"""Sentences are numbered in C as numpy numbers them, for any forms, places, line breaks and articles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.text import sentences

pytestmark = pytest.mark.skipif(sentences.number_sentences is None, reason="the C extension was not built")

FORMS = [0, *(1 << bit for bit in range(8)), sentences.ABBREVIATION | sentences.LOWER]
#: Form of a token, blanks before it, length, whether a line break is before it, articles that begin with it.
TOKEN = st.tuples(
    st.sampled_from(FORMS), st.integers(0, 3), st.integers(1, 3), st.booleans(), st.integers(0, 2)
)


@settings(deadline=None, max_examples=300)
@given(st.lists(TOKEN, max_size=30), st.integers(0, 2))
def test_the_extension_numbers_sentences_as_numpy_does(tokens: list[tuple[int, ...]], empty: int) -> None:
    start, end, newlines, bounds, at = [], [], [], [0], 0
    for number, (_, blanks, size, broken, articles) in enumerate(tokens):
        at += blanks
        if broken:
            newlines.append(at)
            at += 1
        bounds += [number] * articles
        start.append(at)
        at += size
        end.append(at)
    bounds += [len(tokens)] * (1 + empty)
    arguments = (
        np.array([form for form, *_ in tokens], np.uint8),
        np.array(start, np.int32),
        np.array(end, np.int32),
        np.array(newlines, np.int64),
        np.array(bounds, np.int64),
    )
    found = sentences.number(*arguments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "number_sentences", None)
        expected = sentences.number(*arguments)
    assert found.tolist() == expected.tolist()


def test_columns_of_different_length_are_refused() -> None:
    one, none = np.zeros(1, np.int32), np.zeros(0, np.int64)
    with pytest.raises(ValueError, match="of one length"):
        sentences.number_sentences(np.zeros(2, np.uint8), one, one, none, none, one.copy())
