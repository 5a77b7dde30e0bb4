"""Conversion equals opencc-python-reimplemented, character for character."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bitext.errors import LanguageError
from bitext.text.scripts.convert import CONFIGS, to_simplified
from bitext.text.scripts.opencc_files import chain, entries
from tests import shared


@cache
def reference(config: str) -> OpenCC:
    return OpenCC(config)


def pieces() -> list[str]:
    """Phrases of every dictionary, their beginnings, and their characters: texts made to overlap."""
    phrases = {key for config in CONFIGS for step in chain(config) for name in step for key in entries(name)}
    phrases = {phrase for phrase in phrases if len(phrase) > 1}
    characters = {character for phrase in phrases for character in phrase}
    return sorted(phrases | characters | {phrase[:-1] for phrase in phrases} | set(" ，。\nab"))


TEXTS = st.lists(st.one_of(st.sampled_from(pieces()), st.text(max_size=2)), max_size=12).map("".join)


@pytest.mark.parametrize("config", CONFIGS)
@settings(max_examples=250, deadline=None)
@given(text=TEXTS)
def test_any_text_converts_as_the_reference_does(config: str, text: str) -> None:
    assert to_simplified(text, config) == reference(config).convert(text)


@pytest.mark.parametrize("config", CONFIGS)
def test_every_phrase_and_character_of_the_dictionaries(config: str) -> None:
    for step in chain(config):
        for name in step:
            for key in list(entries(name))[::7]:
                assert to_simplified(key, config) == reference(config).convert(key)


def test_long_texts_where_phrases_overlap_and_stand_far_apart() -> None:
    rng = random.Random(7)
    known = pieces()
    for _ in range(30):
        text = "".join(rng.choice(known) + "的" * rng.choice([0, 0, 1, 40]) for _ in range(60))
        assert to_simplified(text) == reference("t2s").convert(text)


def test_regional_words_stay() -> None:
    assert to_simplified("奈米製程與軟體整合") == "奈米制程与软体整合"


def test_converting_twice_changes_nothing_more() -> None:
    once = to_simplified("瞭解乾坤與乾淨，頭髮發白，反覆藉口")
    assert to_simplified(once) == once


def test_an_unknown_conversion_is_refused() -> None:
    with pytest.raises(LanguageError, match="unknown conversion 's2t'"):
        to_simplified("发", "s2t")


@pytest.mark.slow
@shared.needs_shared
@pytest.mark.parametrize("config", CONFIGS)
def test_all_shared_articles_convert_as_the_reference_does(config: str) -> None:
    for record in shared.jsonl("news_multi_outlet.jsonl.gz"):
        assert to_simplified(record["raw"], config) == reference(config).convert(record["raw"])


@shared.needs_shared
def test_a_sample_of_shared_articles_converts_as_the_reference_does() -> None:
    for n, record in enumerate(shared.jsonl("news_multi_outlet.jsonl.gz")):
        if n % 130 == 0:
            assert to_simplified(record["raw"]) == reference("t2s").convert(record["raw"])
