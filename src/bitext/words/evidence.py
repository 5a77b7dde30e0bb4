"""What is counted of torn runs and guessed words in one batch of tokens, and how batches add up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.lexicons.stopwords import stopwords
from bitext.text.chinese.jieba_files import HAN_FIRST, HAN_LAST
from bitext.text.kinds import WORD, ZH
from bitext.text.scripts.detect import code_points
from bitext.tokens.tokens import Tokens
from bitext.words.lists import concept_words, known_words, word_list
from bitext.words.name_evidence import AROUND, NameEvidence, of_names

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
        left, right: (pieces, character before or behind; 0 where there is none) -> occurrences.
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


def _of_types(tokens: Tokens, says: Any) -> Bools:
    return np.fromiter(map(says, tokens.types), bool, len(tokens.types))


def _all_han(tokens: Tokens, lengths: Ints) -> Bools:
    """Say of each type whether it is Han characters alone."""
    points = code_points("".join(tokens.types))
    other = np.concatenate(([0], np.cumsum((points < HAN_FIRST) | (points > HAN_LAST))))
    ends = np.cumsum(lengths)
    return np.asarray((lengths > 0) & (other[ends] == other[ends - lengths]))


def of_tokens(tokens: Tokens, least: int = 1) -> WordEvidence:
    """Count the runs of one batch; with *least*, of words with so many occurrences in it."""
    known, concepts, alone = (
        known_words() | frozenset(_listed(tokens)),
        concept_words(),
        word_list("joins_nothing"),
    )
    stop = stopwords("zh")
    lengths = np.fromiter(map(len, tokens.types), np.int64, len(tokens.types))
    han = _all_han(tokens, lengths)
    joins = han & (lengths <= _LONGEST - 1)
    joins &= ~_of_types(
        tokens, lambda word: word in alone or word in stop or (word in concepts and len(word) > 1)
    )
    weak = joins & ((lengths == 1) | ~_of_types(tokens, known.__contains__))
    guessed = weak & (lengths > 1)
    word = (tokens.kind == WORD) & (tokens.lang == ZH)
    article = tokens.article()
    key = tokens.sentence_keys()
    near = np.zeros(len(tokens), bool)  # whether the next token stands right behind, in the same sentence
    near[:-1] = (key[1:] == key[:-1]) & (tokens.start[1:] == tokens.end[:-1])
    good, thin, length = word & joins[tokens.term], weak[tokens.term], lengths[tokens.term]
    firsts, lasts = (
        [np.flatnonzero(word & guessed[tokens.term])],
        [np.flatnonzero(word & guessed[tokens.term])],
    )
    for size in range(2, _PIECES + 1):
        first = np.flatnonzero(good[: max(len(good) - size + 1, 0)])
        whole, loose, total = (
            np.ones(len(first), bool),
            np.zeros(len(first), np.int64),
            np.zeros(len(first), np.int64),
        )
        for step in range(size):
            whole &= good[first + step] & (near[first + step] if step < size - 1 else True)
            loose += thin[first + step]
            total += length[first + step]
        first = first[whole & (loose >= size - 1) & (total <= _LONGEST)]
        firsts.append(first)
        lasts.append(first + size - 1)
    first, last = np.concatenate(firsts), np.concatenate(lasts)
    if least > 1:
        word_of = _spelt(tokens, first, last, lengths)
        _, number, n = np.unique(word_of, return_inverse=True, return_counts=True)
        first, last = first[n[number] >= least], last[n[number] >= least]
    return _counted(tokens, first, last, near, article, good)


def _spelt(tokens: Tokens, first: Ints, last: Ints, lengths: Ints) -> Any:
    """Return a number for what each run spells, however it is cut."""
    with np.errstate(over="ignore"):
        powers = np.cumprod(np.full(int(lengths.max(initial=1)) + 1, _BASE, dtype=np.uint64))
        powers = np.concatenate((np.ones(1, np.uint64), powers))
        starts = np.cumsum(lengths) - lengths
        behind = np.repeat(starts + lengths - 1, lengths) - np.arange(int(lengths.sum()))
        parts = code_points("".join(tokens.types)).astype(np.uint64) * powers[behind]
        of_type = np.add.reduceat(parts, starts) if len(starts) else parts
        found = of_type[tokens.term[first]]
        for step in range(1, _PIECES):
            inside = first + step <= last
            term = tokens.term[(first + step)[inside]]
            found[inside] = found[inside] * powers[lengths[term]] + of_type[term]
    return found


def _listed(tokens: Tokens) -> Iterable[str]:
    return (word for word, _ in tokens.tokenizer.words)


def _counted(
    tokens: Tokens, first: Ints, last: Ints, near: Bools, article: Ints, good: Bools
) -> WordEvidence:
    """Count runs by their pieces, with what stands around them."""
    size = len(tokens.types)
    grid = np.full((len(first), _PIECES), size, dtype=np.int64)
    for step in range(_PIECES):
        inside = first + step <= last
        grid[inside, step] = tokens.term[(first + step)[inside]]
    code = (grid[:, 0] * (size + 1) + grid[:, 1]) * (size + 1) + grid[:, 2]
    _, example, number, n = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
    names = ["|".join(tokens.types[t] for t in row if t < size) for row in grid[example].tolist()]
    whole: dict[str, int] = {}  # articles are counted by word, however it is torn in each
    spelt = np.fromiter(
        (whole.setdefault(name.replace("|", ""), len(whole)) for name in names), np.int64, len(names)
    )
    places = np.unique(spelt[number] * (len(tokens.articles) + 1) + article[first])
    articles = np.bincount(places // (len(tokens.articles) + 1), minlength=len(whole))
    before, behind = np.where(first > 0, first - 1, 0), np.minimum(last + 1, len(tokens) - 1)
    joined_left = (first > 0) & near[before]
    joined_right = near[last]
    heads = np.fromiter((ord(word[0]) for word in tokens.types), np.int64, size)
    tails = np.fromiter((ord(word[-1]) for word in tokens.types), np.int64, size)
    left = np.where(joined_left, tails[tokens.term[before]], 0)
    right = np.where(joined_right, heads[tokens.term[behind]], 0)
    roles, verbs = word_list("before"), word_list("after")
    role, verb = _of_types(tokens, roles.__contains__), _of_types(tokens, verbs.__contains__)
    named = (joined_left & role[tokens.term[before]]) | (joined_right & verb[tokens.term[behind]])
    calls = np.bincount(number[named], minlength=len(names))
    singles = np.bincount(tokens.term[good], minlength=size)
    return WordEvidence(
        dict(zip(names, n.tolist(), strict=True)),
        dict(zip(whole, articles.tolist(), strict=True)),
        {names[i]: int(calls[i]) for i in np.flatnonzero(calls).tolist()},
        _pairs(names, number, left),
        _pairs(names, number, right),
        {tokens.types[i]: int(singles[i]) for i in np.flatnonzero(singles).tolist()},
        _examples(tokens, names, first[example], last[example], article),
        of_names(tokens, near),
        tokens.run,
    )


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
    for name, a, b in zip(names, first.tolist(), last.tolist(), strict=True):
        row, start = int(article[a]), int(tokens.start[a])
        text = texts[row][max(start - AROUND, 0) : int(tokens.end[b]) + AROUND]
        found[name] = (tokens.first + row, start, labels[row], " ".join(text.split()))
    return found
