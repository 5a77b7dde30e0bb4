"""Find many phrases in tokens at once: longest match, on token boundaries only, in time linear in the tokens.

Concepts, stance cues, names and compounds all come down to this one question. A phrase is compared with the
normalised text of *runs of whole tokens*, so 印度 is never found inside 印度尼西亚 and 盟国 never inside
欧盟国家, and it does not matter whether the segmenter cut 出口管制 into one token or two: the run 出口 + 管制
has the same text. Runs are compared by 64-bit hashes that extend token by token, in numpy, for all positions
together; positions drop out as soon as their run is no longer the beginning of any phrase.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.text.tokenizer import Tokenizer
from bitext.tokens.tokens import Tokens

_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
_SEPARATOR = np.uint64(0xD6E8FEB86659FD93)

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


class Hits(NamedTuple):
    """Where phrases were found, as parallel arrays ordered by first token.

    Attributes:
        phrase: number of the phrase, as given to `Phrases`.
        first: position of its first token in the Tokens arrays.
        last: position of its last token (inclusive).
    """

    phrase: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True)
class Phrases:
    """Phrases prepared for look-up, by the tokenizer that made the tokens.

    Attributes:
        whole: sorted hashes of the phrases.
        number: number of the phrase for each entry of *whole*.
        prefixes: sorted hashes of every run of characters that begins a phrase at a token boundary.
        longest: most tokens that any phrase can span (its number of characters).
    """

    whole: Hashes
    number: Ints
    prefixes: Hashes
    longest: int

    @classmethod
    def compile(cls, phrases: Sequence[str], tokenizer: Tokenizer) -> "Phrases":
        """Prepare *phrases*; each is normalised as running text is (simplified characters, case, width).

        A phrase that is empty after normalisation matches nothing. Of two equal phrases the first counts.
        """
        batch = tokenizer.batch(phrases)
        types = batch.types
        whole: dict[str, int] = {}
        prefixes: set[str] = set()
        longest = 1
        for number in range(len(phrases)):
            low, high = int(batch.bounds[number]), int(batch.bounds[number + 1])
            text = join(types[term] for term in batch.term[low:high])
            if not text:
                continue
            whole.setdefault(text, number)
            prefixes.update(text[:length] for length in range(1, len(text) + 1))
            longest = max(longest, len(text))
        texts = list(whole)
        hashes = _hash_all(texts)
        order = np.argsort(hashes)
        return cls(
            whole=hashes[order],
            number=np.fromiter(whole.values(), np.int64, len(whole))[order],
            prefixes=np.unique(_hash_all(sorted(prefixes))),
            longest=longest,
        )

    def find(self, tokens: Tokens) -> Hits:
        """Return every occurrence, overlapping ones too, ordered by first token and then by last."""
        if not len(self.whole) or not len(tokens):
            nothing = np.zeros(0, np.int64)
            return Hits(nothing, nothing, nothing)
        types = _Types.of(tokens.types)
        begins = _isin_sorted(types.hashes, self.prefixes)
        first = np.flatnonzero(begins[tokens.term])
        last = first.copy()
        run = types.hashes[tokens.term[first]]
        unit = _units(tokens)
        found: list[tuple[Ints, Ints, Ints]] = []
        for _ in range(self.longest):
            at = np.searchsorted(self.whole, run)
            at[at == len(self.whole)] = 0
            hit = self.whole[at] == run
            found.append((self.number[at[hit]], first[hit], last[hit]))
            nxt = last + 1
            inside = nxt < len(tokens.term)
            inside[inside] = unit[nxt[inside]] == unit[first[inside]]
            first, last, run = first[inside], nxt[inside], run[inside]
            run = types.extend(run, tokens.term[last - 1], tokens.term[last])
            alive = _isin_sorted(run, self.prefixes)
            first, last, run = first[alive], last[alive], run[alive]
            if not len(first):
                break
        phrase, begin, end = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((end, begin))
        return Hits(phrase[order], begin[order], end[order])

    def longest_matches(self, tokens: Tokens) -> Hits:
        """Return occurrences without overlap: from left to right, the longest one that starts there."""
        return without_overlap(self.find(tokens))


def without_overlap(hits: Hits) -> Hits:
    """Keep, from left to right, the longest hit at each place and none that overlaps one already kept.

    Of hits with the same extent the first given is kept.
    """
    phrase, first, last = hits
    if not len(first):
        return hits
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
    return Hits(phrase[keep], first[keep], last[keep])


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


class _Types(NamedTuple):
    """What extending a run by a token needs to know of each type."""

    hashes: Hashes
    powers: Hashes  # _BASE ** length
    begins_han: npt.NDArray[np.bool_]
    ends_han: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, types: Sequence[str] | npt.NDArray[np.object_]) -> "_Types":
        words = list(types)
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        return cls(
            _hash_all(words),
            _powers(int(lengths.max(initial=0)) + 1)[lengths],
            np.fromiter((bool(word) and _is_han(word[0]) for word in words), bool, len(words)),
            np.fromiter((bool(word) and _is_han(word[-1]) for word in words), bool, len(words)),
        )

    def extend(self, run: Hashes, previous: npt.NDArray[np.int32], term: npt.NDArray[np.int32]) -> Hashes:
        """Return the hash of each run with one more token behind it."""
        spaced = ~(self.ends_han[previous] & self.begins_han[term])
        run = np.where(spaced, run * _BASE + _SEPARATOR, run)
        return run * self.powers[term] + self.hashes[term]


def _powers(size: int) -> Hashes:
    powers = np.full(size, _BASE, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _hash_all(words: Sequence[str]) -> Hashes:
    """Hash each word: a polynomial over scrambled code points, modulo 2**64.

    Scrambling keeps the structure of real text out of the polynomial, so that equal hashes of different
    runs are a matter of chance: about 1e-9 for ten thousand phrases against a hundred million runs.
    """
    if not words:
        return np.zeros(0, np.uint64)
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    values = np.where(codes == ord(" "), _SEPARATOR, _scramble(codes))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    place = np.repeat(starts[1:], lengths) - 1 - np.arange(len(values))
    values = values * _powers(int(lengths.max(initial=0)) + 1)[place]
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    return sums[starts[1:]] - sums[starts[:-1]]


def _scramble(codes: Hashes) -> Hashes:
    mixed = (codes + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _isin_sorted(values: Hashes, table: Hashes) -> npt.NDArray[np.bool_]:
    at = np.searchsorted(table, values)
    at[at == len(table)] = 0
    same: npt.NDArray[np.bool_] = table[at] == values
    return same


def _units(tokens: Tokens) -> Ints:
    """Number the sentences through all articles: no phrase crosses from one into the next."""
    article = np.repeat(np.arange(len(tokens.bounds) - 1), np.diff(tokens.bounds))
    return article << 32 | tokens.sentence.astype(np.int64)
