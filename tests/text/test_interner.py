"""Both interners number slices as a dictionary of strings does, through growth and collisions."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.text import interner
from bitext.text.interner import Interner, NativeInterner, PlainInterner, texts
from bitext.text.scripts.detect import code_points

needs_native = pytest.mark.skipif(interner._native is None, reason="the C extension was not built")
KINDS = pytest.mark.parametrize("make", [pytest.param(NativeInterner, marks=needs_native), PlainInterner])

#: Few characters, so that slices repeat; an astral one, a lone surrogate and \0 among them.
LETTERS = st.sampled_from("ab芯片\0\ud800\U0001f600")


@KINDS
@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.text(LETTERS, max_size=4), max_size=30), max_size=4))
def test_equal_slices_have_one_number_in_order_of_appearance(
    make: Callable[[], Interner], portions: list[list[str]]
) -> None:
    words, known = make(), dict[str, int]()
    for portion in portions:
        before = len(known)
        expected = [known.setdefault(word, len(known)) for word in portion]
        ends = np.cumsum([len(word) for word in portion], dtype=np.int64)
        starts = np.array([0, *ends[:-1]], dtype=np.int64)[: len(ends)]
        numbers = words.number(code_points("".join(portion)), starts, ends)
        assert numbers.dtype == np.int32
        assert numbers.tolist() == expected
        assert len(words) == len(known)
        assert texts(*words.slices(before)) == list(known)[before:]


@KINDS
def test_it_grows(make: Callable[[], Interner]) -> None:
    words = make()
    points = (np.arange(60_000, dtype=np.uint32) % 251) * np.uint32(7)
    starts = np.arange(50_000)
    ends = starts + 1 + starts % 300
    first = words.number(points, starts, ends)
    assert len(words) == first.max() + 1 > 30_000
    assert (words.number(points, starts[::-1], ends[::-1])[::-1] == first).all()


@needs_native
def test_the_c_type_refuses_what_would_lead_outside_its_arrays() -> None:
    words, ids = interner._native.Interner(), np.zeros(1, dtype=np.int32)
    points, at = code_points("ab"), np.array([0, 2, -1, 3])
    for start, end in ((2, 3), (3, 3), (1, 0)):
        with pytest.raises(ValueError, match="outside the text"):
            words.number(points, at[start : start + 1], at[end : end + 1], ids)
    with pytest.raises(ValueError, match="different length"):
        words.number(points, at[:2], at[:2], ids)
    with pytest.raises(TypeError, match="items of 8 bytes, not 4"):
        words.number(points, at[:1], at[:1], at[:1].copy())
    with pytest.raises((TypeError, BufferError, ValueError)):
        words.number(points[::2], at[:1], at[:1], b"abcd")
    with pytest.raises(ValueError, match="no such slice"):
        words.slices(1)
    with pytest.raises(ValueError, match="as long as the text"):
        interner._native.plain_words(points, at[:1].copy(), at[:1].copy(), np.ones(2, dtype=bool))
