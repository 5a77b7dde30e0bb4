"""What is counted of torn runs and guessed words in one batch of tokens, and how batches add up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bitext.arrays import Bools, Ints, Points
from bitext.text.kinds import PUNCTUATION, WORD, ZH
from bitext.tokens.tokens import Tokens
from bitext.words.characters import neighbours
from bitext.words.name_evidence import AROUND, NameEvidence, of_names
from bitext.words.vocabulary import ALONE, FORM, KNOWN, ROLE, STOP, VERB, Vocabulary

#: Pieces of a run; characters of a word.
_PIECES, _LONGEST = 3, 6
#: Multiplies what a word spells so far by this, for each further character, in 64 bits.
_BASE = 0x9E3779B97F4A7C15


@dataclass(frozen=True)
class WordEvidence:
    """Evidence: additive.

    Attributes:
        runs: pieces, joined by "|" -> occurrences; a guessed word is a run of one piece.
        articles: word -> articles.
        named: the same -> occurrences with a role before or a verb of saying behind.
        left, right: (pieces, character before or behind; 0 for none or a mark, 1 for figures) -> how often.
        single: piece -> occurrences.
        first: pieces -> place of the first article, its name, and text around the run there.
        names: names by what stands around them.
        run: the run record of the tokens.
    """

    runs: Mapping[str, int]
    articles: Mapping[str, int]
    named: Mapping[str, int]
    left: Mapping[tuple[str, int], int]
    right: Mapping[tuple[str, int], int]
    single: Mapping[str, int]
    first: Mapping[str, tuple[int, int, str, str]]
    names: NameEvidence = field(default_factory=NameEvidence)
    run: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def merge(cls, parts: Sequence["WordEvidence"]) -> "WordEvidence":
        """Add parts up."""
        if len(parts) == 1:
            return parts[0]
        names = ("runs", "articles", "named", "left", "right", "single")
        first: dict[str, tuple[int, int, str, str]] = {}
        for part in parts:
            for key, value in part.first.items():
                if key not in first or value < first[key]:
                    first[key] = value
        sums = {name: _add(getattr(part, name) for part in parts) for name in names}
        named = NameEvidence.merge([part.names for part in parts])
        return cls(**sums, first=first, names=named, run=parts[0].run)


def _add(parts: Iterable[Mapping[Any, int]]) -> dict[Any, int]:
    total: Counter[Any] = Counter()
    for part in parts:
        total.update(part)
    return dict(total)


def of_tokens(tokens: Tokens, least: int = 1) -> WordEvidence:
    """Count the runs of one batch; with *least*, of words with so many occurrences in it."""
    words = Vocabulary(tokens)
    joins = words.han & (words.size <= _LONGEST - 1) & ~words.has(ALONE | STOP)
    joins &= ~(words.has(FORM) & (words.size > 1))
    weak = joins & ((words.size == 1) | ~words.has(KNOWN))
    listed = frozenset(word for word, _ in tokens.tokenizer.words)
    for row in np.flatnonzero(weak & (words.size > 1)).tolist():
        weak[row] = words.types[row] not in listed
    near = neighbours(tokens)
    word = (tokens.kind == WORD) & (tokens.lang == ZH)
    good, thin = word & joins[tokens.term], word & weak[tokens.term]
    first, last = _runs(tokens, words, good, thin, near)
    if least > 1:
        word_of = _spelt(tokens, first, last, words)
        _, number, n = np.unique(word_of, return_inverse=True, return_counts=True)
        first, last = first[n[number] >= least], last[n[number] >= least]
    return _counted(tokens, words, first, last, near, good)


def _runs(tokens: Tokens, words: Vocabulary, good: Bools, thin: Bools, near: Bools) -> tuple[Ints, Ints]:
    """Return the first and the last token of each guess, and of each run of pieces that may be one word."""
    alone = np.flatnonzero(thin & (words.size > 1)[tokens.term])
    firsts, lasts = [alone], [alone]
    whole, loose = good, thin.astype(np.int8)
    for size in range(2, _PIECES + 1):
        whole = whole[:-1] & near[size - 2 : len(near) - 1] & good[size - 1 :]
        loose = loose[:-1] + thin[size - 1 :]
        first = np.flatnonzero(whole & (loose >= size - 1))
        total = words.size[tokens.term[first[:, None] + np.arange(size)]].sum(axis=1)
        first = first[total <= _LONGEST]
        firsts.append(first)
        lasts.append(first + size - 1)
    return np.concatenate(firsts), np.concatenate(lasts)


def _spelt(tokens: Tokens, first: Ints, last: Ints, words: Vocabulary) -> Any:
    """Return a number for what each run spells, however it is cut."""
    lengths, starts = words.size, words.start
    with np.errstate(over="ignore"):
        powers = np.cumprod(np.full(int(lengths.max(initial=1)) + 1, _BASE, dtype=np.uint64))
        powers = np.concatenate((np.ones(1, np.uint64), powers))
        behind = np.repeat(starts + lengths - 1, lengths) - np.arange(int(lengths.sum()))
        parts = words.points.astype(np.uint64) * powers[behind]
        of_type = np.add.reduceat(parts, starts) if len(starts) else parts
        found = of_type[tokens.term[first]]
        for step in range(1, _PIECES):
            inside = first + step <= last
            term = tokens.term[(first + step)[inside]]
            found[inside] = found[inside] * powers[lengths[term]] + of_type[term]
    return found


def _counted(
    tokens: Tokens, words: Vocabulary, first: Ints, last: Ints, near: Bools, good: Bools
) -> WordEvidence:
    """Count runs by their pieces, with what stands around them."""
    size, types = len(words.types), words.types
    article = tokens.bounds.searchsorted(first, side="right") - 1
    grid = np.full((len(first), _PIECES), size, dtype=np.int64)
    for step in range(_PIECES):
        inside = first + step <= last
        grid[inside, step] = tokens.term[(first + step)[inside]]
    code = (grid[:, 0] * (size + 1) + grid[:, 1]) * (size + 1) + grid[:, 2]
    _, example, number, n = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    names = ["|".join(types[t] for t in row if t < size) for row in grid[example].tolist()]
    whole: dict[str, int] = {}  # articles are counted by word, however it is torn in each
    spelt = np.fromiter(
        (whole.setdefault(name.replace("|", ""), len(whole)) for name in names), np.int64, len(names)
    )
    places = np.unique(spelt[number] * (len(tokens.articles) + 1) + article)
    articles = np.bincount(places // (len(tokens.articles) + 1), minlength=len(whole))
    before, behind = np.where(first > 0, first - 1, 0), np.minimum(last + 1, len(tokens) - 1)
    joined_left = (first > 0) & near[before]
    joined_right = near[last]
    heads, tails = words.points[words.start], words.points[words.start + words.size - 1]
    left = np.where(joined_left, _beside(tokens, before, tails), 0)
    right = np.where(joined_right, _beside(tokens, behind, heads), 0)
    role, verb = words.has(ROLE), words.has(VERB)
    named = (joined_left & role[tokens.term[before]]) | (joined_right & verb[tokens.term[behind]])
    calls = np.bincount(number[named], minlength=len(names))
    singles = np.bincount(tokens.term[good], minlength=size)
    return WordEvidence(
        dict(zip(names, n.tolist(), strict=True)),
        dict(zip(whole, articles.tolist(), strict=True)),
        {names[i]: int(calls[i]) for i in np.flatnonzero(calls).tolist()},
        _pairs(names, number, left),
        _pairs(names, number, right),
        {types[i]: int(singles[i]) for i in np.flatnonzero(singles).tolist()},
        _examples(tokens, names, first[example], last[example], article[example]),
        of_names(tokens, near, words),
        tokens.run,
    )


def _beside(tokens: Tokens, places: Ints, characters: Points) -> Ints:
    """Return the character that tokens have beside a run; 0 for a mark (an edge), 1 for all figures."""
    kind = tokens.kind[places]
    character = np.where(kind == WORD, characters[tokens.term[places]].astype(np.int64), 1)
    return np.where(kind == PUNCTUATION, 0, character)


def _pairs(names: list[str], number: Ints, character: Ints) -> dict[tuple[str, int], int]:
    pairs, n = np.unique(number * 0x110000 + character, return_counts=True)
    return {
        (names[pair // 0x110000], pair % 0x110000): count
        for pair, count in zip(pairs.tolist(), n.tolist(), strict=True)
    }


def _examples(
    tokens: Tokens, names: list[str], first: Ints, last: Ints, article: Ints
) -> dict[str, tuple[int, int, str, str]]:
    texts, labels = tokens.articles[tokens.field].tolist(), tokens.articles["article"].tolist()
    found = {}
    starts, ends = tokens.start[first].tolist(), tokens.end[last].tolist()
    for name, row, start, end in zip(names, article.tolist(), starts, ends, strict=True):
        text = texts[row][max(start - AROUND, 0) : end + AROUND]
        found[name] = (tokens.first + row, start, labels[row], " ".join(text.split()))
    return found
