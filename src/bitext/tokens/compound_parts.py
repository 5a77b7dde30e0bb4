"""Phrases in the parts of hyphen compounds: China in US-China trade, supply chain in supply-chain."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from bitext.text.kinds import EN, WORD
from bitext.tokens.phrases import PhraseHits, Phrases
from bitext.tokens.tokens import Tokens

_HYPHENS = str.maketrans("-‐‑", "   ")


def find_in_parts(
    phrases: Phrases, tokens: Tokens, keep: Callable[[Tokens, PhraseHits], PhraseHits] = lambda _, hits: hits
) -> PhraseHits:
    """Return the phrases that stand inside single tokens with a hyphen, in order of these tokens.

    *keep* chooses among the hits, given the compounds as texts of their own, their hyphens blanks.

    Examples:
        >>> import bitext
        >>> table = pd.DataFrame({"text": ["A China-based, anti-China site."]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(table))
        >>> hits = find_in_parts(Phrases.compile(["China"], tokens.tokenizer), tokens)
        >>> [tokens.surface(int(place)) for place in hits.first]
        ['China-based', 'anti-China']
    """
    nothing = np.zeros(0, dtype=np.int64)
    wanted = np.array(["-" in word[1:-1] for word in tokens.types.tolist()], dtype=bool)
    if not wanted.any():
        return PhraseHits(nothing, nothing, nothing)
    at = np.flatnonzero(wanted[tokens.term] & (tokens.kind == WORD) & (tokens.lang == EN))
    if not len(at):
        return PhraseHits(nothing, nothing, nothing)
    _, example, number = np.unique(tokens.term[at], return_index=True, return_inverse=True)
    texts = [tokens.surface(int(place)).translate(_HYPHENS) for place in at[example]]
    batch = tokens.tokenizer.batch(texts)
    apart = replace(
        tokens,
        articles=pd.DataFrame({"article": texts, tokens.field: texts}),
        **{**batch._asdict(), "types": np.array(batch.types, dtype=object)},
    )
    inside = keep(apart, phrases.find(apart))
    order = np.argsort(apart.article()[inside.first], kind="stable")
    row, phrase = apart.article()[inside.first][order], inside.phrase[order]
    low, high = np.searchsorted(row, number), np.searchsorted(row, number + 1)
    repeat = high - low
    step = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    places = np.repeat(at, repeat)
    return PhraseHits(phrase[np.repeat(low, repeat) + step], places, places)
