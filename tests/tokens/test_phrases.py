"""Phrases are found on token boundaries only, longest first, the same as a plain search would."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext import schema
from bitext.corpus.corpus import Corpus
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens import phrases as phrases_module
from bitext.tokens.phrases import HashIndex, PhraseHits, Phrases, hash_all, join, without_overlap
from bitext.tokens.tokens import Tokens


def tokens_of(*texts: str) -> Tokens:
    table = pd.DataFrame({column: [""] * len(texts) for column in schema.ARTICLES})
    table["article"] = [str(number) for number in range(len(texts))]
    table["text"] = texts
    return tokenize(Corpus(table), dictionary="jieba")


def surfaces(tokens: Tokens, hits: PhraseHits) -> list[str]:
    found = []
    for first, last in zip(hits.first, hits.last, strict=True):
        row = int(np.searchsorted(tokens.bounds, first, side="right")) - 1
        found.append(tokens.articles["text"].iloc[row][tokens.start[first] : tokens.end[last]])
    return found


@pytest.mark.parametrize(
    ("text", "phrases", "expected"),
    [
        # India is not in Indonesia; allies are not in EU countries; China is not in "US and Chinese flags"
        ("他访问印度尼西亚。", ["印度"], []),
        ("欧盟国家", ["盟国"], []),
        ("出口管制措施", ["出口管制", "管制措施"], ["出口管制"]),
        (
            "New export controls, new Export Controls.",
            ["export controls"],
            ["export controls", "Export Controls"],
        ),
        ("control of exports", ["control", "controls"], ["control"]),
        ("出口 管制", ["出口管制"], ["出口 管制"]),
        ("半導體產業", ["半导体"], ["半導體"]),
        ("End of one. Controls begin.", ["one controls"], []),
        ("European Union Commission", ["european union", "union commission"], ["European Union"]),
    ],
)
def test_longest_match_on_token_boundaries(text: str, phrases: list[str], expected: list[str]) -> None:
    tokens = tokens_of(text)
    hits = Phrases.compile(phrases, tokens.tokenizer).longest_matches(tokens)
    assert surfaces(tokens, hits) == expected


def test_phrases_do_not_cross_articles() -> None:
    tokens = tokens_of("export", "controls")
    assert not len(Phrases.compile(["export controls"], tokens.tokenizer).find(tokens).first)


def test_no_phrases_and_no_tokens_find_nothing() -> None:
    tokens = tokens_of("a b")
    assert not len(Phrases.compile([], tokens.tokenizer).find(tokens).first)
    assert not len(Phrases.compile(["", " "], tokens.tokenizer).find(tokens).first)
    assert not len(Phrases.compile(["a"], tokens.tokenizer).find(tokens_of()).first)


WORDS = ["chip", "chips", "trade", "war", "芯片", "贸易", "战", "中", "美"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), max_size=8),
)
def test_find_equals_a_plain_search_over_joined_tokens(words: list[str], lists: list[list[str]]) -> None:
    tokens = tokens_of(" ".join(words))
    phrases = [" ".join(phrase) for phrase in lists]
    hits = Phrases.compile(phrases, tokens.tokenizer).find(tokens)
    types = [tokens.types[term] for term in tokens.term]
    batch = tokens.tokenizer.batch(phrases)
    wanted = {}
    for number in range(len(phrases)):
        part = batch.term[batch.bounds[number] : batch.bounds[number + 1]]
        wanted.setdefault(join(batch.types[term] for term in part), number)
    expected = [
        (wanted[join(types[first : last + 1])], first, last)
        for first in range(len(types))
        for last in range(first, len(types))
        if join(types[first : last + 1]) in wanted
    ]
    assert list(zip(*(column.tolist() for column in hits), strict=True)) == expected


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=40))
def test_without_overlap_equals_a_greedy_walk(spans: list[tuple[int, int]]) -> None:
    first = np.array([start for start, _ in spans], np.int64)
    last = first + np.array([length for _, length in spans], np.int64)
    kept = without_overlap(PhraseHits(np.arange(len(spans)), first, last))
    expected, end = [], -1
    for start, stop in sorted(
        zip(first.tolist(), last.tolist(), strict=True), key=lambda span: (span[0], -span[1])
    ):
        if start > end:
            expected.append((start, stop))
            end = stop
    assert list(zip(kept.first.tolist(), kept.last.tolist(), strict=True)) == expected


needs_native = pytest.mark.skipif(phrases_module.find_phrases is None, reason="the C extension was not built")


@needs_native
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from([*WORDS, "。", "\n", "🙂", "Côte"]), max_size=25), max_size=3),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=12),
)
def test_the_extension_finds_what_numpy_finds(texts: list[list[str]], lists: list[list[str]]) -> None:
    tokens = tokens_of(*map(" ".join, texts))
    phrases = Phrases.compile([" ".join(phrase) for phrase in lists], tokens.tokenizer)
    found = phrases.find(tokens), without_overlap(phrases.find(tokens))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("find_phrases", "hash_texts", "longest_spans"):
            patch.setattr(phrases_module, name, None)
        expected = phrases.find(tokens), without_overlap(phrases.find(tokens))
    assert [[column.tolist() for column in hits] for hits in found] == [
        [column.tolist() for column in hits] for hits in expected
    ]


@needs_native
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=40))
def test_the_extension_keeps_the_hits_that_numpy_keeps(spans: list[tuple[int, int]]) -> None:
    first = np.array([start for start, _ in spans], np.int64)
    hits = PhraseHits(np.arange(len(spans)), first, first + np.array([size for _, size in spans], np.int64))
    kept = without_overlap(hits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases_module, "longest_spans", None)
        expected = without_overlap(hits)
    assert [column.tolist() for column in kept] == [column.tolist() for column in expected]


@given(st.sets(st.text(max_size=4), max_size=40), st.lists(st.text(max_size=4), max_size=20))
def test_an_index_finds_what_it_holds_and_nothing_else(held: set[str], asked: list[str]) -> None:
    keys = np.unique(hash_all(sorted(held)))
    index = HashIndex.of(keys, np.arange(len(keys)))
    which, place = index.find(hash_all(asked))
    assert which.tolist() == [number for number, text in enumerate(asked) if text in held]
    assert index.keys[place].tolist() == hash_all([asked[number] for number in which.tolist()]).tolist()


def test_all_beginnings_of_phrases_are_listed_with_the_hashes_of_texts() -> None:
    phrases = ["芯片法案", "the chips act", "the chips", "a", "\U0002a700出口"]  # chips act; export
    compiled = Phrases.compile([*phrases, "", "the chips"], tokens_of().tokenizer)
    beginnings = {text[:size] for text in phrases for size in range(1, len(text) + 1)}
    np.testing.assert_array_equal(compiled.index.keys, np.unique(hash_all(sorted(beginnings))))
    assert compiled.numbers([*phrases, "the", "芯片法", ""]).tolist() == [0, 1, 2, 3, 4, -1, -1, -1]
    assert (compiled.size, compiled.longest) == (5, len("the chips act"))
