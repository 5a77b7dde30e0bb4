"""Find many phrases in tokens at once: longest match, on token boundaries only, in time linear in the tokens.

Concepts, stance cues, names and compounds all come down to this one question. A phrase is compared with the
normalised text of *runs of whole tokens*, so 印度 is never found inside 印度尼西亚 and 盟国 never inside
欧盟国家, and it does not matter whether the segmenter cut 出口管制 into one token or two: the run 出口 + 管制
has the same text. Runs are compared by 64-bit hashes that extend token by token, until a run is no longer the
beginning of any phrase: in C, place after place; where the extension was not built, in numpy, for all places
together. Both find the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Hashes, Ints, Points
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.tokens import Tokens

try:
    from bitext.text._native import find_phrases, hash_texts, longest_spans
except ImportError:  # no compiler when bitext was installed
    find_phrases = hash_texts = longest_spans = None  # type: ignore[assignment]

_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
_SEPARATOR = np.uint64(0xD6E8FEB86659FD93)
_NO_PREFIX = -2
#: What stands at the edges of a type; bits.
_BEGINS_HAN, _ENDS_HAN = np.uint8(1), np.uint8(2)


class PhraseHits(NamedTuple):
    """Where phrases were found, as parallel arrays ordered by first token.

    Attributes:
        phrase: number of the phrase, as given to `Phrases`.
        first: position of its first token in the Tokens arrays.
        last: position of its last token (inclusive).
    """

    phrase: Ints
    first: Ints
    last: Ints


class HashIndex(NamedTuple):
    """Texts, by their hashes.

    Attributes:
        keys: sorted hashes.
        number: what each of them stands for.
        buckets: those whose upper bits are b are `keys[buckets[b]:buckets[b + 1]]`; most buckets are empty,
            so that one look tells of most texts that they are not listed.
    """

    keys: Hashes
    number: Ints
    buckets: npt.NDArray[np.int32]

    @classmethod
    def of(cls, keys: Hashes, number: Ints) -> "HashIndex":
        """Return the index of sorted *keys*, with four buckets or more for each."""
        bits = len(keys).bit_length() + 2
        counts = np.bincount((keys >> np.uint64(64 - bits)).astype(np.int64), minlength=1 << bits)
        return cls(keys, number, np.concatenate(([0], np.cumsum(counts))).astype(np.int32))

    def find(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Return which *hashes* are listed, and the place of each of these among the keys."""
        bucket = (hashes >> np.uint64(64 - (len(self.buckets) - 1).bit_length() + 1)).astype(np.int64)
        maybe = np.flatnonzero(self.buckets[bucket + 1] > self.buckets[bucket])
        place = np.searchsorted(self.keys, hashes[maybe])
        place[place == len(self.keys)] = 0
        same = self.keys[place] == hashes[maybe]
        return maybe[same], place[same]


@dataclass(frozen=True)
class Phrases:
    """Phrases prepared for look-up, by the tokenizer that made the tokens.

    Attributes:
        index: every run of characters that begins a phrase, with the number of the phrase that it is, or -1
            where it is only a beginning.
        longest: most tokens that any phrase can span (its number of characters).
        size: how many different phrases there are.
    """

    index: HashIndex
    longest: int
    size: int

    @classmethod
    def compile(cls, phrases: Sequence[str], tokenizer: Tokenizer) -> "Phrases":
        """Prepare *phrases*; each is normalised as running text is (simplified characters, case, width).

        A phrase that is empty after normalisation matches nothing. Of two equal phrases the first counts.
        """
        batch = tokenizer.batch(phrases)
        words = [batch.types[term] for term in batch.term.tolist()]
        whole: dict[str, int] = {}
        for order, (low, high) in enumerate(pairwise(batch.bounds.tolist())):
            whole.setdefault(join(words[low:high]), order)
        whole.pop("", None)
        begins, hashes = _beginnings(list(whole))
        number = np.full(len(begins), -1)
        number[np.searchsorted(begins, hashes)] = list(whole.values())
        return cls(HashIndex.of(begins, number), max(map(len, whole), default=1), len(whole))

    def numbers(self, texts: Sequence[str]) -> Ints:
        """Return the phrase that each text is as a whole, as types of tokens are written; -1: none."""
        found = np.full(len(texts), -1)
        begins, place = self.index.find(hash_all(texts))
        found[begins] = self.index.number[place]
        return found

    def find(self, tokens: Tokens) -> PhraseHits:
        """Return every occurrence, overlapping ones too, ordered by first token and then by last."""
        if not self.size or not len(tokens):
            nothing = np.zeros(0, np.int64)
            return PhraseHits(nothing, nothing, nothing)
        types = _Types.of(tokens.types)
        if find_phrases is None:
            return self._find_in_numpy(tokens, types)
        term, sentence, bounds = map(np.ascontiguousarray, (tokens.term, tokens.sentence, tokens.bounds))
        rows = find_phrases(*self.index, *types, term, sentence, bounds, self.longest)
        return PhraseHits(*np.frombuffer(rows, np.int64).reshape(-1, 3).T.copy())

    def _find_in_numpy(self, tokens: Tokens, types: "_Types") -> PhraseHits:
        number = np.full(len(types.hashes), _NO_PREFIX)
        begins, place = self.index.find(types.hashes)
        number[begins] = self.index.number[place]
        first = np.flatnonzero(number[tokens.term] > _NO_PREFIX)
        last, run = first, types.hashes[tokens.term[first]]
        phrase = number[tokens.term[first]]
        unit = _units(tokens)
        found: list[tuple[Ints, Ints, Ints]] = []
        for _ in range(self.longest):
            hit = np.flatnonzero(phrase >= 0)
            found.append((phrase[hit], first[hit], last[hit]))
            inside = np.flatnonzero(unit[last + 1] == unit[first])
            first, last, run = first[inside], last[inside] + 1, run[inside]
            run = types.extend(run, tokens.term[last - 1], tokens.term[last])
            alive, place = self.index.find(run)
            first, last, run, phrase = first[alive], last[alive], run[alive], self.index.number[place]
            if not len(first):
                break
        phrase, begin, end = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((end, begin))
        return PhraseHits(phrase[order], begin[order], end[order])

    def longest_matches(self, tokens: Tokens) -> PhraseHits:
        """Return occurrences without overlap: from left to right, the longest one that starts there."""
        return without_overlap(self.find(tokens))


def without_overlap(hits: PhraseHits) -> PhraseHits:
    """Keep, from left to right, the longest hit at each place and none that overlaps one already kept.

    Of hits with the same extent the first given is kept.
    """
    phrase, first, last = hits
    if not len(first):
        return hits
    if longest_spans is not None:
        if (first[1:] < first[:-1]).any():
            order = np.argsort(first, kind="stable")
            phrase, first, last = phrase[order], first[order], last[order]
        first, last = (np.ascontiguousarray(column, dtype=np.int64) for column in (first, last))
        keep = np.empty(len(first), bool)
        longest_spans(first, last, keep)
        return PhraseHits(phrase[keep], first[keep], last[keep])
    return _without_overlap_in_numpy(phrase, first, last)


def _without_overlap_in_numpy(phrase: Ints, first: Ints, last: Ints) -> PhraseHits:
    order = np.lexsort((-last, first))
    phrase, first, last = phrase[order], first[order], last[order]
    reach = np.maximum.accumulate(last)
    free = np.ones(len(first), bool)
    free[1:] = first[1:] > reach[:-1]
    # A hit is settled at once if nothing before reaches it and it reaches nothing behind it: nearly all are.
    alone = free.copy()
    alone[:-1] &= free[1:]
    keep = alone
    end = -1
    for index in np.flatnonzero(~alone):
        if free[index]:
            end = -1
        if first[index] > end:
            keep[index] = True
            end = last[index]
    return PhraseHits(phrase[keep], first[keep], last[keep])


def join(words: Iterable[str]) -> str:
    """Join tokens as the matcher sees them: no space between two Han characters, one space elsewhere.

    Examples:
        >>> join(["出口", "管制"]), join(["export", "controls"]), join(["5g", "网络"])
        ('出口管制', 'export controls', '5g 网络')
    """
    text = ""
    for word in words:
        if text and word:
            text += word if _is_han(text[-1]) and _is_han(word[0]) else " " + word
        else:
            text += word
    return text


def _is_han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def _are_han(codes: Hashes) -> npt.NDArray[np.bool_]:
    """Do what `_is_han` does for an array of code points."""
    common = (codes >= 0x3400) & (codes <= 0x9FFF)
    return common | (codes >= 0xF900) & (codes <= 0xFAFF) | (codes >= 0x20000) & (codes <= 0x3FFFF)


class _Types(NamedTuple):
    """What extending a run by a token needs to know of each type."""

    hashes: Hashes
    powers: Hashes  # _BASE ** length
    edges: npt.NDArray[np.uint8]  # `_BEGINS_HAN`, `_ENDS_HAN`

    @classmethod
    def of(cls, types: Sequence[str] | npt.NDArray[np.object_]) -> "_Types":
        points, starts = _codes(list(types))
        size = len(types)
        found = cls(np.empty(size, np.uint64), np.empty(size, np.uint64), np.empty(size, np.uint8))
        if hash_texts is not None:
            hash_texts(points, starts, *found)
            return found
        codes = points.astype(np.uint64)
        found.hashes[:] = _hash(codes, starts)
        found.powers[:] = _powers(int(np.diff(starts).max(initial=0)) + 1)[np.diff(starts)]
        found.edges[:] = _are_han(codes[starts[:-1]]) * _BEGINS_HAN
        found.edges[:] += _are_han(codes[starts[1:] - 1]) * _ENDS_HAN
        return found

    def extend(self, run: Hashes, previous: npt.NDArray[np.int32], term: npt.NDArray[np.int32]) -> Hashes:
        """Return the hash of each run with one more token behind it."""
        joined = (self.edges[previous] & _ENDS_HAN != 0) & (self.edges[term] & _BEGINS_HAN != 0)
        run = np.where(joined, run, run * _BASE + _SEPARATOR)
        return run * self.powers[term] + self.hashes[term]


def _powers(size: int) -> Hashes:
    powers = np.full(size, _BASE, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _codes(words: Sequence[str]) -> tuple[Points, Ints]:
    """Return the code points of all words in a row, and where each word starts (and the last one ends)."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes, np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def hash_all(words: Sequence[str]) -> Hashes:
    """Return the hash of each text; equal texts have equal ones."""
    points, starts = _codes(words)
    return _hash(points.astype(np.uint64), starts)


def _hash(codes: Hashes, starts: Ints) -> Hashes:
    """Hash each word: a polynomial over scrambled code points, modulo 2**64.

    Scrambling keeps the structure of real text out of the polynomial, so that equal hashes of different
    runs are a matter of chance: about 1e-9 for ten thousand phrases against a hundred million runs.
    """
    lengths = np.diff(starts)
    values = _values(codes)
    place = np.repeat(starts[1:], lengths) - 1 - np.arange(len(values))
    values = values * _powers(int(lengths.max(initial=0)) + 1)[place]
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    return sums[starts[1:]] - sums[starts[:-1]]


def _beginnings(texts: Sequence[str]) -> tuple[Hashes, Hashes]:
    """Return the hashes of all beginnings of *texts*, sorted, and those of the texts as `hash_all` does."""
    points, starts = _codes(texts)
    values, lengths = _values(points.astype(np.uint64)), np.diff(starts)
    run = np.zeros(len(texts), np.uint64)
    found = [run[:0]]
    for place in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > place)
        run[longer] = run[longer] * _BASE + values[starts[longer] + place]
        found.append(run[longer])
    return np.unique(np.concatenate(found)), run


def _values(codes: Hashes) -> Hashes:
    """Return what each code point counts in a hash; a blank between two tokens has its own."""
    return np.where(codes == ord(" "), _SEPARATOR, _scramble(codes))


def _scramble(codes: Hashes) -> Hashes:
    mixed = (codes + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _units(tokens: Tokens) -> Ints:
    """Number the sentences through all articles, and -1 behind the last: no phrase crosses sentences."""
    units = np.full(len(tokens) + 1, -1)
    units[:-1] = tokens.article() << 32
    units[:-1] |= tokens.sentence
    return units
