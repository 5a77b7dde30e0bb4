"""Look-up in C and in Python finds the same, in real articles and in words and cues that are made up."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bitext
from bitext.concepts import senses, word_parts
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.text.tokenizer import Tokenizer
from bitext.tokens import phrases
from tests import shared

pytestmark = pytest.mark.skipif(phrases.find_phrases is None, reason="the C extension was not built")
CHIPS = Path(__file__).parents[2] / "corpora" / "chips"
SWITCHED = {
    phrases: ("find_phrases", "hash_texts", "longest_spans"),
    word_parts: ("divide_words",),
    senses: ("count_cues",),
}


@contextmanager
def without_extension() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, names in SWITCHED.items():
            for name in names:
                patch.setattr(module, name, None)
        yield


def same_hits(corpus: bitext.Corpus) -> bool:
    tokens = bitext.tokenize(corpus)
    found = find_concepts(tokens)
    with without_extension():
        expected = find_concepts(tokens)
    same = [np.array_equal(a, b) for a, b in zip(found[1:5], expected[1:5], strict=True)]
    return len(found.first) > 100 and found.undecided == expected.undecided and all(same)


def test_the_sample_corpus_has_the_same_concepts_without_the_extension() -> None:
    assert same_hits(bitext.read(CHIPS))


@shared.needs_shared
def test_shared_articles_have_the_same_concepts_without_the_extension() -> None:
    corpus = bitext.read(shared.DATA / "news_multi_outlet.jsonl.gz")
    some = corpus.articles.iloc[:: len(corpus.articles) // 150].reset_index(drop=True)
    assert same_hits(bitext.Corpus(some))


#: Trade, virus, this year, Brazil, team, affairs, tariff, of, state: parts that words have.
PARTS = ["贸易", "病毒", "今年", "巴西", "队", "事务", "关税", "的", "州", "国际", "中国", "感染", "X", "乾"]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARTS), min_size=2, max_size=4).map("".join), max_size=8))
def test_words_divide_alike(made: list[str]) -> None:
    words = [word for word in dict.fromkeys(made) if 2 < len(word) <= 8]
    table, tokenizer = ConceptTable.default(), Tokenizer()
    sizes, parts = word_parts.parts_of(words, table, tokenizer)
    with without_extension():
        expected = word_parts.parts_of(words, table, tokenizer)
    assert (sizes.tolist(), parts.tolist()) == tuple(column.tolist() for column in expected)


def test_a_word_divides_the_same_beside_any_other() -> None:
    table, tokenizer = ConceptTable.default(), Tokenizer()
    with without_extension():
        alone = word_parts.parts_of(["国际事务"], table, tokenizer)[1].tolist()  # international affairs
        beside = word_parts.parts_of(["国际事务", "国际事务部长"], table, tokenizer)[1].tolist()[: len(alone)]
    assert alone == beside == word_parts.parts_of(["国际事务"], table, tokenizer)[1].tolist()


def test_what_leads_outside_of_an_array_is_refused() -> None:
    from bitext.text import _native

    index = phrases.HashIndex.of(np.array([1, 2], np.uint64), np.array([0, 1]))
    types = (np.zeros(1, np.uint64), np.zeros(1, np.uint64), np.zeros(1, np.uint8))
    term, bounds = np.array([0, 1], np.int32), np.array([0, 2])
    with pytest.raises(ValueError, match="lead outside"):
        _native.find_phrases(*index, *types, term, np.zeros(2, np.int32), bounds, 3)
    with pytest.raises(ValueError, match="lead outside"):
        _native.find_phrases(*index, *types, np.zeros(2, np.int32), np.zeros(2, np.int32), bounds + 1, 3)
    with pytest.raises(ValueError, match="outside the text"):
        _native.hash_texts(np.zeros(2, np.uint32), np.array([0, 3]), *types)
    with pytest.raises(ValueError, match="do not rise"):
        _native.longest_spans(np.array([1, 0]), np.array([1, 0]), np.ones(2, bool))
    one = np.zeros(1, np.int64)
    with pytest.raises(ValueError, match="out of order"):
        _native.count_cues(one, one, np.array([0, 1]), one + 4, one, one, one.copy(), 1, 1)
    words = (np.zeros(3, np.uint32), np.array([0, 4]), np.zeros(1, np.int64), np.zeros(3, np.int64))
    with pytest.raises(ValueError, match="words of"):
        _native.divide_words(*index, np.zeros(2, bool), np.zeros(1, np.uint32), *words)
