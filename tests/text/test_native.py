"""The native engine: jieba's words on every input, user words and odd dictionaries included."""

import pickle
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import jieba
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.glossaries import transliteration
from bitext.text.chinese import cutter as chinese
from bitext.text.chinese import jieba_files
from bitext.text.scripts.detect import code_points
from tests.text.test_chinese import cut, reference, runs

_native = pytest.importorskip("bitext.text._native", reason="installed without a C compiler")

HAN = "\u4e00-\u9fd5"
#: A few characters make dense dictionaries; equal frequencies make ties.
FEW = "甲乙丙丁"
few_words = st.text(FEW, min_size=1, max_size=5)
frequencies = st.sampled_from([1, 1, 2, 3, 10, 1000])

Entries = Sequence[chinese.Entry]


@pytest.fixture(autouse=True)
def own_forced_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """jieba keeps the words that must not be guessed in one set for the whole process."""
    monkeypatch.setattr(jieba.finalseg, "Force_Split_Words", set())


def made(dictionary: bytes, words: Entries = ()) -> _native.Cutter:
    tables = jieba_files.tables()
    return _native.Cutter(dictionary, tables.start, tables.transition, tables.emission, words)


def pieces(cutter: _native.Cutter, text: str, hmm: bool) -> list[str]:
    ends = np.frombuffer(cutter.cut(code_points(text), hmm), dtype=np.int64).tolist()
    return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def peer(dictionary: bytes, words: Entries = ()) -> jieba.Tokenizer:
    jieba.finalseg.Force_Split_Words.clear()
    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(BytesIO(dictionary))
    segmenter.initialized = True
    for word, frequency in words:
        segmenter.add_word(word, frequency)
    return segmenter


def as_jieba_cuts(segmenter: jieba.Tokenizer, text: str, hmm: bool) -> list[str]:
    """Cut the runs of Han; everything else is a piece a character."""
    parts = re.split(f"([{HAN}]+)", text)
    return [w for i, part in enumerate(parts) for w in (segmenter.lcut(part, HMM=hmm) if i % 2 else part)]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=30), st.booleans())
@settings(deadline=None)
def test_random_han_is_cut_as_jieba_cuts_it(text: str, hmm: bool) -> None:
    assert cut(text, hmm=hmm, segmenter="native") == reference().lcut(text, HMM=hmm)


@given(
    st.lists(st.sampled_from(runs(7, 60)) | st.text(max_size=4), max_size=8).map("".join),
    st.booleans(),
)
@settings(deadline=None)
def test_han_among_other_characters_is_cut_as_jieba_cuts_it(text: str, hmm: bool) -> None:
    assert cut(text, hmm=hmm, segmenter="native") == as_jieba_cuts(reference(), text, hmm)


@given(
    dictionary=st.lists(st.tuples(few_words, frequencies), min_size=1, max_size=12),
    words=st.lists(st.tuples(few_words, st.none() | st.just(0) | frequencies), max_size=6),
    texts=st.lists(st.text(FEW, min_size=1, max_size=24), min_size=1, max_size=5),
)
@settings(max_examples=300, deadline=None)
def test_any_dictionary_and_any_user_words_ties_and_forbidden_words_included(
    dictionary: list[tuple[str, int]], words: Entries, texts: list[str]
) -> None:
    lines = "".join(f"{word} {frequency} n\n" for word, frequency in dictionary).encode()
    cutter, segmenter = made(lines, words), peer(lines, words)
    for text in texts:
        for hmm in (True, False):
            assert pieces(cutter, text, hmm) == segmenter.lcut(text, HMM=hmm)


@given(st.lists(st.tuples(st.sampled_from(runs(8, 40)), st.none() | st.integers(0, 10**6)), max_size=4))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_user_words_on_top_of_jiebas_dictionary(words: Entries) -> None:
    segmenter = reference()
    known, total = dict(segmenter.FREQ), segmenter.total
    jieba.finalseg.Force_Split_Words.clear()
    try:
        for word, frequency in words:
            segmenter.add_word(word, frequency)
        text = "".join(word for word, _ in words) + "".join(runs(9, 20))
        cutter = made(jieba_files.dictionary(), words)
        for hmm in (True, False):
            assert pieces(cutter, text, hmm) == segmenter.lcut(text, HMM=hmm)
    finally:
        segmenter.FREQ, segmenter.total = known, total


def test_a_near_tie_of_guesses_falls_as_in_jieba() -> None:
    assert cut("常在在", segmenter="native") == reference().lcut("常在在")


def test_a_forbidden_word_is_not_guessed_either() -> None:
    text = "台积电在德国建厂"
    guessed = next(word for word in cut(text, segmenter="native") if word == "台积")
    assert guessed not in cut(text, [(guessed, 0)], segmenter="native")


def test_a_dictionary_that_outgrows_its_first_table() -> None:
    """Over 524,288 beginnings of words; jieba's dictionary has 507,176."""
    rng = np.random.default_rng(1)
    words = ["".join(map(chr, row)) for row in rng.integers(0x4E00, 0x9FD6, size=(12_000, 3))]
    entries = [(word, 5) for word in words]
    text = "".join(words[:3000])
    cutter, segmenter = made(jieba_files.dictionary(), entries), peer(jieba_files.dictionary(), entries)
    assert pieces(cutter, text, True) == segmenter.lcut(text)


def test_words_with_other_characters_count_in_the_total_alone() -> None:
    mixed, han = "T恤 500 n\n".encode(), "甲乙 3 n\n甲 40 n\n乙 40 n\n".encode()
    assert pieces(made(mixed + han), "甲乙T恤", hmm=False) == ["甲乙", "T", "恤"]
    assert pieces(made(han), "甲乙T恤", hmm=False) == ["甲", "乙", "T", "恤"]  # 3/83 < 40/83 * 40/83


def test_threads_share_a_cutter() -> None:
    points = code_points("，".join(runs(4, 3000)))
    function = chinese.cutter(segmenter="native")
    alone = function(points)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(function, [points] * 12):
            np.testing.assert_array_equal(found, alone)


def test_a_long_run_takes_linear_time_and_no_recursion() -> None:
    for text in ("常在" * 500_000, "甲" * 1_000_000):
        ends = chinese.cutter(segmenter="native")(code_points(text))
        assert ends[-1] == len(text)
        assert (np.diff(ends, prepend=0) > 0).all()


@given(st.binary(max_size=400).map(lambda data: np.frombuffer(data[: len(data) // 4 * 4], dtype=np.uint32)))
@settings(deadline=None)
def test_any_numbers_come_back_whole(points: np.ndarray) -> None:
    ends = chinese.cutter(segmenter="native")(points)
    assert (np.diff(ends, prepend=0) > 0).all()
    assert ends.tolist()[-1:] == ([len(points)] if len(points) else [])


def test_a_cutter_is_rebuilt_and_not_pickled() -> None:
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(made("甲 1 n".encode()))


@pytest.mark.parametrize(
    ("dictionary", "line"), [("甲 1 n\n乙 x n", 2), ("甲", 1), ("甲 1 n\n\n", 2), (" 1 n", 1), ("甲 -1 n", 1)]
)
def test_a_bad_line_of_the_dictionary_is_named(dictionary: str, line: int) -> None:
    with pytest.raises(ValueError, match=f"^line {line} of the dictionary"):
        made(dictionary.encode())


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ([("T恤", 1)], ValueError, "word 'T恤'; use Han characters"),
        ([("", 1)], ValueError, "word ''"),
        ([("甲", -1)], ValueError, "frequency -1"),
        ([("甲", 2**62)], OverflowError, "add up to"),
        ([("甲", 2**70)], OverflowError, "too (big|large)"),
        ([("甲", 1.5)], TypeError, "integer"),
        (["甲"], TypeError, "entry '甲'; use a tuple"),
        ([("甲",)], TypeError, "2 arguments"),
        (7, TypeError, "iterable"),
    ],
)
def test_bad_words_are_refused(words: Entries, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        made("甲 1 n".encode(), words)


def test_bad_arrays_are_refused() -> None:
    cutter = made("甲 1 n".encode())
    with pytest.raises(TypeError, match="uint32"):
        cutter.cut(np.zeros(3, dtype=np.int64), True)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="contiguous"):
        cutter.cut(np.zeros(6, dtype=np.uint32)[::2], True)
    with pytest.raises(ValueError, match="no words"):
        made(b"")
    tables = jieba_files.tables()
    with pytest.raises(ValueError, match="emission: 83800 float64"):
        _native.Cutter("甲 1 n".encode(), tables.start, tables.transition, tables.start, ())


def test_the_tables_are_jiebas() -> None:
    tables = jieba_files.tables()
    model = jieba.finalseg
    for row, place in enumerate("BEMS"):
        assert tables.start[row] == model.start_P[place]
        for column, following in enumerate("BEMS"):
            assert tables.transition[row, column] == model.trans_P[place].get(following, model.MIN_FLOAT)
        for character, value in model.emit_P[place].items():
            if chinese.is_han(character):
                assert tables.emission[ord(character) - chinese.HAN_FIRST, row] == value
    known = sum(chinese.is_han(c) for place in "BEMS" for c in model.emit_P[place])
    assert np.count_nonzero(tables.emission > model.MIN_FLOAT) == known


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(few_words, st.one_of(st.none(), frequencies)), max_size=6),
    st.lists(st.tuples(few_words, st.one_of(st.none(), frequencies)), max_size=6),
    st.text(FEW, max_size=20),
)
def test_a_copy_with_more_words_is_a_cutter_made_with_all(first: Entries, more: Entries, text: str) -> None:
    dictionary = "甲乙 3 n\n乙丙 2 n\n丙丁甲 1 n\n".encode()
    whole, base = made(dictionary, [*first, *more]), made(dictionary, first)
    before = pieces(base, text, True)
    assert pieces(base.extended(more), text, True) == pieces(whole, text, True)
    assert pieces(base, text, True) == before


def test_a_copy_refuses_what_a_cutter_refuses() -> None:
    with pytest.raises(ValueError, match="Han characters"):
        made("甲乙 3 n\n".encode()).extended([("abc", 1)])


@given(st.text("斯特布雷顿米甲a", min_size=1, max_size=9), st.from_regex("[a-z]{1,30}", fullmatch=True))
def test_the_sound_of_names_is_the_same_without_the_extension(chinese: str, latin: str) -> None:
    assert transliteration.gain(chinese, latin) == transliteration._gain(chinese, latin)


def test_words_for_sounds_that_are_no_letters_are_refused() -> None:
    with pytest.raises(ValueError, match="letters a to z"):
        _native.gain(np.zeros(26), b"A1", np.zeros(5))
