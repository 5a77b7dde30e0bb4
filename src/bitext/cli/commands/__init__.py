"""Every command of the command line by its word: what it says of itself, its options, what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from bitext.cli.commands import comparison, events, names, reading, told, voices, words
from bitext.cli.options import (
    batch_options,
    cluster_option,
    compare_options,
    count_options,
    duplicate_options,
    encoder_option,
    feature_option,
    finding_options,
    group_option,
    keyness_options,
    keyword_options,
    kwic_options,
    more_words_option,
    omission_options,
    read_options,
    referent_option,
    seed_option,
    statement_options,
    stopword_option,
    story_options,
    token_options,
    toward_option,
    word_options,
)
from bitext.cli.output import Titled


@dataclass(frozen=True)
class Command:
    """One word of the command line: what it says of itself and does, its options, whether it reads."""

    help: str
    run: Callable[[argparse.Namespace], Titled]
    options: tuple[Callable[[argparse.ArgumentParser], None], ...] = ()
    reads: bool = True


COMMANDS: dict[str, Command] = {
    "read": Command("read files and list the articles", reading.read, (read_options,)),
    "tokens": Command("one row per token", reading.tokens, (token_options, word_options)),
    "keywords": Command(
        "the words that weigh most in each group (TF-IDF)",
        words.keywords,
        (
            token_options,
            word_options,
            stopword_option,
            group_option,
            count_options,
            batch_options,
            keyword_options,
        ),
    ),
    "new-words": Command(
        "names and terms that the articles have and the dictionary lacks",
        words.new_words,
        (token_options, more_words_option, batch_options),
    ),
    "keyness": Command(
        "words one group uses more than another, with intervals and tests over articles",
        words.keyness,
        (
            token_options,
            word_options,
            stopword_option,
            group_option,
            count_options,
            batch_options,
            keyness_options,
            cluster_option,
            seed_option,
        ),
    ),
    "kwic": Command(
        "every occurrence of a word, in its context", words.kwic, (token_options, word_options, kwic_options)
    ),
    "stance": Command(
        "whose words, how sure, toward whom: rates of each group with intervals",
        voices.stance,
        (token_options, group_option, toward_option, cluster_option, seed_option, batch_options),
    ),
    "evidence": Command(
        "the spans behind the numbers of stance",
        voices.evidence,
        (token_options, toward_option, feature_option, batch_options),
    ),
    "sources": Command(
        "who is quoted or paraphrased in each group: how often, how much, with which verbs",
        voices.sources,
        (token_options, group_option, cluster_option, batch_options),
    ),
    "actors": Command(
        "which kinds of actors get to speak in each group: shares, diversity, differences",
        voices.actors,
        (token_options, group_option, cluster_option, batch_options),
    ),
    "naming": Command(
        "by which name each group calls the same thing",
        names.naming,
        (token_options, group_option, referent_option, cluster_option, batch_options),
    ),
    "glossary": Command(
        "pairs of Chinese and English names that the texts give in parentheses",
        names.glossary,
        (token_options, batch_options),
    ),
    "duplicates": Command(
        "copies within and across outlets", events.duplicates, (duplicate_options, batch_options)
    ),
    "stories": Command(
        "articles on one event, across outlets and languages",
        events.stories,
        (token_options, story_options, batch_options),
    ),
    "statements": Command(
        "what several articles of a story state, who carries it, who was first, what differs",
        events.statements,
        (token_options, story_options, statement_options, encoder_option),
    ),
    "omissions": Command(
        "statements that other outlets carry and one does not, with its nearest sentence",
        events.omissions,
        (token_options, story_options, omission_options, encoder_option, seed_option),
    ),
    "compare": Command(
        "everything at once: tables, and with -o a folder of them and a page",
        comparison.compare,
        (
            token_options,
            word_options,
            stopword_option,
            group_option,
            compare_options,
            batch_options,
            seed_option,
        ),
    ),
    "findings": Command(
        "the findings of a folder that compare -o wrote, or the rows that one of them is made of",
        told.findings,
        (finding_options,),
        reads=False,
    ),
}
