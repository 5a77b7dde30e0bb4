"""N-grams and compounds: tokens made of neighbouring tokens."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints
from bitext.errors import BitextError
from bitext.text.kinds import NONE, NUMBER, WORD
from bitext.tokens.phrases import Phrases, join
from bitext.tokens.tokens import Tokens


def ngrams(tokens: Tokens, n: int) -> Tokens:
    """Return the runs of *n* words that stand side by side, as tokens: see `Tokens.ngrams`."""
    if n < 1:
        raise BitextError(f"n={n!r}; use a whole number from 1")
    first = np.flatnonzero(runs(tokens, n))
    return _merged(tokens, first, first + n - 1, keep_others=False)


def compound(tokens: Tokens, phrases: Sequence[str]) -> Tokens:
    """Return the tokens with *phrases* as one token each: see `Tokens.compound`."""
    if isinstance(phrases, str):
        raise BitextError(f"phrases must be a list of str, not one str: {phrases!r}")
    hits = Phrases.compile(list(phrases), tokens.tokenizer).longest_matches(tokens)
    return _merged(tokens, hits.first, hits.last, keep_others=True)


def runs(tokens: Tokens, n: int) -> npt.NDArray[np.bool_]:
    """Say for each token whether *n* words or numbers begin here, in one sentence and without a mark."""
    counted = np.isin(tokens.kind, (WORD, NUMBER))
    sentence = tokens.sentence_keys()
    begins = counted.copy()
    for step in range(1, n):
        begins[len(begins) - step :] = False
        if step < len(begins):
            begins[:-step] &= counted[step:] & (sentence[:-step] == sentence[step:])
    return begins


def _merged(tokens: Tokens, first: Ints, last: Ints, *, keep_others: bool) -> Tokens:
    """Make one token of each span; with *keep_others*, the tokens outside the (disjoint) spans stay."""
    names, term = _name(tokens, first, last)
    known = {name: number for number, name in enumerate(tokens.types)}
    fresh = [name for name in names if name not in known] if keep_others else names
    base = len(tokens.types) if keep_others else 0
    if keep_others:
        numbers = {**known, **{name: base + i for i, name in enumerate(fresh)}}
        term = np.array([numbers[name] for name in names], dtype=np.int64)[term]
    types = np.array([*(tokens.types if keep_others else ()), *fresh], dtype=object)
    low, high = tokens.lang[first], tokens.lang[last]
    new: dict[str, Any] = {
        "term": term.astype(np.int32),
        "start": tokens.start[first],
        "end": tokens.end[last],
        "sentence": tokens.sentence[first],
        "kind": np.full(len(first), WORD, dtype=np.uint8),
        "lang": np.where(low == high, low, np.uint8(NONE)).astype(np.uint8),
    }
    at = first
    if keep_others:
        inside = np.zeros(len(tokens) + 1, dtype=np.int64)
        np.add.at(inside, first, 1)
        np.add.at(inside, last + 1, -1)
        others = np.flatnonzero(np.cumsum(inside[:-1]) == 0)
        order = np.argsort(np.concatenate((others, first)), kind="stable")
        at = np.concatenate((others, first))[order]
        new = {
            name: np.concatenate((getattr(tokens, name)[others], values))[order]
            for name, values in new.items()
        }
    return replace(tokens, types=types, bounds=np.searchsorted(at, tokens.bounds), **new)


def _name(tokens: Tokens, first: Ints, last: Ints) -> tuple[list[str], Ints]:
    """Return the distinct names of spans, in order of first occurrence, and the name of each span."""
    numbers: dict[tuple[int, ...], int] = {}
    names: dict[str, int] = {}
    terms = tokens.term.tolist()
    spans = (tuple(terms[a : b + 1]) for a, b in zip(first.tolist(), last.tolist(), strict=True))
    found = np.empty(len(first), dtype=np.int64)
    for i, span in enumerate(spans):
        number = numbers.get(span)
        if number is None:
            number = numbers[span] = names.setdefault(join(tokens.types[list(span)]), len(names))
        found[i] = number
    return list(names), found
