"""The tokenizer: places are exact on any text, and neither batches nor threads change the result."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.errors import BitextError
from bitext.text import segmenter
from bitext.text.latin.english import is_gap
from bitext.text.tokenizer import KIND_NAMES, TokenBatch, Tokenizer
from bitext.tokenizing.tokenize import merge

#: Pieces that meet in news, and the code points that break tokenizers.
WORDS = """
    芯片 半導體 歐盟 的 一 〇 々 𠮷 。 ！ …… “ ” 「 」 ， . ! ? ' ’ " - – — % € $ US$ 133 6.3 2023-07-03
    million U.S. Mr. don't AT&T T恤 卡拉OK café ＡＢＣ ５Ｇ @a #b https://a.cn/b a@b.org か カ 한국 я ﬁ
    e\u0301 \u00ad \u200b \x00 \x01 \ud800 \U0001f600
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\t", "Mate 60"])
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=25).map("".join)


def same(a: TokenBatch, b: TokenBatch) -> bool:
    return a.types == b.types and all(
        x.dtype == y.dtype and np.array_equal(x, y) for x, y in zip(a[1:], b[1:], strict=True)
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(MIXED, max_size=4), st.sampled_from(["whole", "split"]))
def test_tokens_and_gaps_restore_the_text(texts: list[str], contractions: str) -> None:
    batch = Tokenizer(contractions=contractions).batch(texts)
    assert len(batch.bounds) == len(texts) + 1
    for row, text in enumerate(texts):
        at = 0
        for i in range(batch.bounds[row], batch.bounds[row + 1]):
            assert at <= batch.start[i] < batch.end[i] <= len(text)
            assert not text[at : batch.start[i]] or is_gap(text[at : batch.start[i]])
            at = int(batch.end[i])
        assert not text[at:] or is_gap(text[at:])


@settings(max_examples=150, deadline=None)
@given(st.lists(MIXED, min_size=1, max_size=5), st.data())
def test_batches_merged_in_order_are_the_batch_of_the_whole(texts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(texts)))
    tokenizer = Tokenizer()
    assert same(tokenizer.batch(texts), merge([tokenizer.batch(texts[:cut]), tokenizer.batch(texts[cut:])]))


@settings(max_examples=100, deadline=None)
@given(MIXED)
def test_sentences_count_up_by_ones(text: str) -> None:
    steps = np.diff(Tokenizer().batch([text]).sentence)
    assert set(steps.tolist()) <= {0, 1}


@settings(max_examples=100, deadline=None)
@given(text=MIXED, portion=st.integers(1, 30))
def test_portions_give_the_tokens_of_the_whole(text: str, portion: int) -> None:
    whole = Tokenizer().batch([text])
    with mock.patch.object(segmenter, "_PORTION", portion):
        assert same(Tokenizer().batch([text]), whole)


def test_kinds_have_names() -> None:
    batch = Tokenizer().batch(["芯片 chips 6.3% ， 😀 https://a.cn @who ひらがな"])
    assert [KIND_NAMES[k] for k in batch.kind] == [
        *("word", "word", "number", "punctuation", "symbol", "url", "handle", "other")
    ]


def test_a_tokenizer_pickles_and_works_in_threads() -> None:
    tokenizer = pickle.loads(pickle.dumps(Tokenizer(words=(("芯片法案", None), ("Chips Act", None)))))
    texts = [f"歐盟{i}批准芯片法案 the Chips Act 第{i}條" * 5 for i in range(40)]
    expected = [tokenizer.batch([text]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: tokenizer.batch([text]), texts))
    assert all(same(a, b) for a, b in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    "setting", [{"segmenter": "pkuseg"}, {"conversion": "s2t"}, {"contractions": "apart"}]
)
def test_an_unknown_setting_is_named_with_those_accepted(setting: dict[str, str]) -> None:
    (value,) = setting.values()
    with pytest.raises(BitextError, match=rf"'{value}'; use one of \["):
        Tokenizer(**setting)


def test_one_str_is_not_a_batch() -> None:
    with pytest.raises(BitextError, match="not one str"):
        Tokenizer().batch("芯片")


def test_figures_in_characters_are_whole_where_that_is_asked_for() -> None:
    # 3.65 trillion yuan, 27 per cent, half past three, 7:50
    text = "三点六五万亿元，百分之二十七，三点半，七点五十分"
    batch = Tokenizer(figures=True).batch([text])
    kinds = dict(zip((batch.types[term] for term in batch.term), batch.kind.tolist(), strict=True))
    assert {word for word, kind in kinds.items() if KIND_NAMES[kind] == "number"} == {
        "三点六五",
        "百分之二十七",
    }
    assert {"三点", "七点", "万亿元"} < set(kinds)
    plain = Tokenizer().batch([text])
    assert {"六五", "百分之二十"} < set(plain.types)
    assert "".join(batch.types[term] for term in batch.term) == text
    more = Tokenizer(figures=True).batch(["四点五亿元"])  # 450 million yuan
    assert [more.types[term] for term in more.term] == ["四点五", "亿元"]
    assert more.kind.tolist() == [KIND_NAMES.index("number"), KIND_NAMES.index("word")]
