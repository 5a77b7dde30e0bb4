"""Tokens with more words in the dictionary: only the stretches that hold one of these words are cut again."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints, Points
from bitext.text.interner import by_first_use
from bitext.text.scripts import spacing
from bitext.text.scripts.detect import HAN, classes, code_points
from bitext.text.scripts.normalise import plain_points
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.tokens import Tokens

#: No token and no word reaches over the line break and the full stop, nor between Han over 、 and ，.
_ENDS, _COMMAS = (0x0A, 0x3002), (0x3001, 0xFF0C)
_ALWAYS, _BETWEEN = 1, 2
#: Characters of a word that are looked for; size of the table of what they may spell, and what mixes them.
_HEAD, _TABLE, _FACTOR = 3, 1 << 18, 31


def recut(tokens: Tokens, words: list[str], tokenizer: Tokenizer) -> Tokens:
    """Return *tokens* as *tokenizer* gives them, which knows *words* besides and is the same otherwise."""
    texts = tokens.articles[tokens.field].tolist()
    joined = "\n".join(texts)
    points = code_points(joined)
    whole = any(mark in word for word, _ in tokenizer.words for mark in "、，")  # a word of the user
    begins, ends = _stretches(points, whole)
    wanted = _holding(points, words, tokenizer, begins)
    if not len(wanted):
        return replace(tokens, tokenizer=tokenizer)
    low, high = begins[wanted], ends[wanted]
    batch = tokenizer.batch([joined[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)])

    sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    offset = np.cumsum(sizes) - sizes
    counts = np.diff(tokens.bounds)
    old_start = tokens.start + np.repeat(offset, counts)
    taken = np.searchsorted(old_start, low), np.searchsorted(old_start, high)
    place = np.searchsorted(offset, low, side="right") - 1
    shift = np.repeat((low - offset[place]).astype(np.int32), np.diff(batch.bounds))
    # marks end sentences, not words: each new token is in the sentence of the old one where it begins
    start = batch.start + np.repeat(low, np.diff(batch.bounds))
    sentence = tokens.sentence[np.searchsorted(old_start, start, side="right") - 1]
    order = _spliced(len(tokens), *taken, batch.bounds)
    types, renumber = _vocabulary(tokens, batch.types)

    def both(old: Any, new: Any) -> Any:
        return np.concatenate((old, np.asarray(new, dtype=old.dtype)))[order]

    names, term = _in_order(types, both(tokens.term, renumber[batch.term]))
    more = np.bincount(place, np.diff(batch.bounds) - (taken[1] - taken[0]), len(texts)).astype(np.int64)
    return replace(
        tokens,
        types=names,
        term=term,
        start=both(tokens.start, batch.start + shift),
        end=both(tokens.end, batch.end + shift),
        sentence=both(tokens.sentence, sentence),
        kind=both(tokens.kind, batch.kind),
        lang=both(tokens.lang, batch.lang),
        bounds=np.concatenate(([0], np.cumsum(counts + more))).astype(tokens.bounds.dtype),
        tokenizer=tokenizer,
    )


def _stretches(points: Points, whole: bool) -> tuple[Ints, Ints]:
    """Return where each stretch begins and ends over whose edges no word reaches; *whole*: not at commas."""
    edge = _is_edge()[points]
    comma = np.flatnonzero((edge == _BETWEEN) & (not whole))
    comma = comma[(comma > 0) & (comma < len(points) - 1)]
    inner = np.zeros(len(points), bool)
    inner[comma] = (classes()[points[comma - 1]] == HAN) & (classes()[points[comma + 1]] == HAN)
    ends = np.append(np.flatnonzero((edge == _ALWAYS) | inner) + 1, len(points))
    return np.concatenate(([0], ends[:-1])), ends


@cache
def _is_edge() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x110000, dtype=np.uint8)
    table[list(_ENDS)] = _ALWAYS
    table[list(_COMMAS)] = _BETWEEN
    return table


def _spliced(size: int, first: Ints, stop: Ints, bounds: Ints) -> Ints:
    """Return the order of *size* old tokens and, numbered on from them, new ones that replace some.

    Tokens *first*[i] to *stop*[i] go, new ones *bounds*[i] to *bounds*[i + 1] come in their place.
    """
    kept = np.ones(size, bool)
    before = first - (np.cumsum(stop - first) - (stop - first))  # old tokens that stay, before each stretch
    gone = np.repeat(before, stop - first)
    kept[gone + np.arange(len(gone))] = False
    at = np.repeat(before, np.diff(bounds)) + np.arange(bounds[-1])
    order = np.empty(int(kept.sum()) + int(bounds[-1]), np.int64)
    is_new = np.zeros(len(order), bool)
    is_new[at] = True
    order[is_new] = size + np.arange(bounds[-1])
    order[~is_new] = np.flatnonzero(kept)
    return order


def _holding(points: Points, words: list[str], tokenizer: Tokenizer, begins: Ints) -> Ints:
    """Return the stretches whose plain form, in any case, has the first characters of one of *words*."""
    plain = plain_points(points, tokenizer.conversion)
    plain = np.where((plain >= ord("A")) & (plain <= ord("Z")), plain + 32, plain).astype(np.uint32)
    at = [spacing.inside_words(points)]  # in 郭 家 麒 none is seen
    heads = {word.lower()[:_HEAD] for word in words}
    for size in sorted({len(head) for head in heads}):
        wanted = np.array([[ord(character) for character in head] for head in heads if len(head) == size])
        wanted = wanted.astype(np.uint32)
        maybe = np.zeros(_TABLE, bool)
        maybe[_mixed(list(wanted.T))] = True
        stop = len(plain) - size + 1
        found = np.flatnonzero(maybe[_mixed([plain[step : stop + step] for step in range(size)])])
        exact = np.isin(_spelt([plain[found + step] for step in range(size)]), _spelt(list(wanted.T)))
        at.append(found[exact])
    return np.unique(np.searchsorted(begins, np.concatenate(at), side="right") - 1)


def _mixed(columns: list[Points]) -> Points:
    """Return a number below `_TABLE` for what the characters spell; others may spell the same."""
    mixed = columns[0]
    for column in columns[1:]:
        mixed = mixed * np.uint32(_FACTOR) + column
    return mixed & np.uint32(_TABLE - 1)


def _spelt(columns: list[Points]) -> npt.NDArray[np.uint64]:
    """Return a number for what the characters spell, of 21 bits each."""
    spelt = columns[0].astype(np.uint64)
    for column in columns[1:]:
        spelt = spelt << np.uint64(21) | column
    return spelt


def _vocabulary(tokens: Tokens, more: list[str]) -> tuple[list[str], Ints]:
    """Return the words of both vocabularies, each once, and the numbers of those of the second."""
    types = tokens.types.tolist()
    number = dict(zip(types, range(len(types)), strict=True))
    renumber = np.fromiter((number.setdefault(word, len(number)) for word in more), np.int64, len(more))
    return list(number), renumber


def _in_order(types: list[str], term: Any) -> tuple[Any, Any]:
    """Return the vocabulary in order of first occurrence, and the numbers in it."""
    used, place = by_first_use(term, len(types))
    return np.array(types, dtype=object)[used], place
