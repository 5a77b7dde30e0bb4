"""Texts as sets of character shingles: what copies are found by.

A shingle is eight characters in a row of a *folded* text: only letters, digits and Han are kept, in lower
case, in simplified script, without accents and full-width forms. Eight Han characters are about five words,
eight Latin letters about a word and a half; two texts on the same event share a few per cent of them, copies
share most. Spaces, quotation marks and line breaks, which every outlet sets differently, never count.

Folding maps one character to one character, so that a place in the folded text leads back to a place in the
article. Shingles live as 48-bit hashes in numpy arrays, never as Python strings.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Hashes, Ints
from bitext.text.scripts.opencc_files import entries

#: Characters in a shingle.
SIZE = 8

#: Hashes keep 48 bits: in a corpus of 20 million shingles fewer than one pair in expectation is confused.
BITS = 48

#: Characters worked on at once (a few arrays of 8 bytes each); articles per batch fit the 16 bits above BITS.
_BATCH_CHARACTERS = 1_000_000
_BATCH_ARTICLES = 1 << (64 - BITS)

#: An odd multiplier for the polynomial hash; the constants of the splitmix64 finaliser (Steele et al. 2014).
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)

#: Characters that regions and houses write in place of one another, beyond script (著 for 着, 规画 for 规划),
#: and the one that stands for both. That others are confused, too, does no harm here.
VARIANTS = dict(
    zip(
        "著画藉妳牠祂沈祇瞭彷彿痺繋唸仟佰祕濛甦砲蹟跡昇",
        "着划借你它它沉只了仿佛痹系念千百秘蒙苏炮迹迹升",
        strict=True,
    )
)

Codes = npt.NDArray[np.uint32]


class Folded(NamedTuple):
    """Folded texts, one after the other.

    Attributes:
        codes: code points that were kept, after folding.
        place: for each of them, its offset in its own text.
        bounds: text i is `codes[bounds[i]:bounds[i + 1]]`.
    """

    codes: Codes
    place: Ints
    bounds: Ints


class ShingleSets(NamedTuple):
    """The distinct shingles of each text, ascending, one text after the other.

    Attributes:
        values: hashes below 2**48.
        bounds: text i has `values[bounds[i]:bounds[i + 1]]`.
    """

    values: Hashes
    bounds: Ints

    @property
    def sizes(self) -> Ints:
        """Number of distinct shingles in each text."""
        return np.diff(self.bounds)

    def owners(self) -> Ints:
        """Return the number of the text that each value belongs to."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.sizes)

    def take(self, rows: Ints) -> "ShingleSets":
        """Return the sets of some texts, in the order given."""
        sizes = self.sizes[rows]
        bounds = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        return ShingleSets(self.values[spans(self.bounds[rows], sizes)], bounds)


def spans(starts: Ints, sizes: Ints) -> Ints:
    """Return the places in runs that begin at *starts* and are *sizes* long, one run after the other.

    Examples:
        >>> spans(np.array([5, 0]), np.array([2, 3])).tolist()
        [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(sizes)
    places: Ints = np.repeat(starts - (ends - sizes), sizes)
    places += np.arange(len(places))
    return places


@cache
def fold_character(character: str) -> str:
    """Return what *character* counts as in a shingle, or "" if it is left out.

    Examples:
        >>> [fold_character(c) for c in "晶Ａé，'7"]
        ['晶', 'a', 'e', '', '', '7']
        >>> fold_character("軟"), fold_character("畫"), fold_character("著")
        ('软', '划', '着')
    """
    decomposed = unicodedata.normalize("NFKD", character)
    base = decomposed[0]
    if any(not unicodedata.combining(mark) for mark in decomposed[1:]):
        base = character  # a ligature or a Hangul syllable: several letters, kept as one
    lower = base.lower()
    base = lower if len(lower) == 1 else base
    if not base.isalnum():
        return ""
    base = _simplified().get(base, base)
    return VARIANTS.get(base, base)


@cache
def _simplified() -> dict[str, str]:
    """Traditional character -> simplified character; longer entries of the dictionary do not exist here."""
    return {key: values[0] for key, values in entries("TSCharacters").items() if len(values[0]) == 1}


def fold(texts: Sequence[str]) -> Folded:
    """Fold *texts* and remember where every kept character came from.

    Examples:
        >>> folded = fold(["“Chips”：軟體", "7 月"])
        >>> "".join(map(chr, folded.codes)), folded.place.tolist(), folded.bounds.tolist()
        ('chips软体7月', [1, 2, 3, 4, 5, 8, 9, 0, 2], [0, 7, 9])
    """
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts = np.concatenate(([0], np.cumsum([len(text) for text in texts], dtype=np.int64))).astype(np.int64)
    table = np.zeros(0x110000, dtype=np.uint32)
    table[raw] = 1
    for code in np.flatnonzero(table):  # each distinct character once: a few thousand, however long the texts
        table[code] = ord(fold_character(chr(code)) or "\0")
    codes = table[raw]
    kept = np.flatnonzero(codes)
    bounds = np.searchsorted(kept, starts)
    place = kept - np.repeat(starts[:-1], np.diff(bounds))
    return Folded(codes[kept], place, bounds.astype(np.int64))


def rolling_hashes(codes: Codes, size: int = SIZE) -> Hashes:
    """Return the 48-bit hash of every run of *size* codes (none if there are fewer)."""
    n = len(codes) - size + 1
    if n <= 0:
        return np.zeros(0, dtype=np.uint64)
    wide = codes.astype(np.uint64)
    value = np.zeros(n, dtype=np.uint64)
    for offset in range(size):  # Horner: all runs together, one character at a time, modulo 2**64
        value *= _BASE
        value += wide[offset : offset + n]
    value ^= value >> np.uint64(30)  # without this finaliser, minima over hashes would follow code points
    value *= _MIX_1
    value ^= value >> np.uint64(27)
    value *= _MIX_2
    value ^= value >> np.uint64(31)
    value >>= np.uint64(64 - BITS)
    return value


def shingle_sets(texts: Sequence[str], size: int = SIZE) -> ShingleSets:
    """Return the distinct shingles of each text. A text of fewer than *size* kept characters has none.

    Examples:
        >>> sets = shingle_sets(["Chips for Europe", "chips, for EUROPE!", "短"])
        >>> sets.sizes.tolist(), bool((sets.values[:7] == sets.values[7:]).all())
        ([7, 7, 0], True)
    """
    parts = [_batch_sets(batch, size) for batch in batches(texts)]
    if not parts:
        return ShingleSets(np.zeros(0, dtype=np.uint64), np.zeros(1, dtype=np.int64))
    sizes = np.concatenate([part.sizes for part in parts])
    bounds = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    return ShingleSets(np.concatenate([part.values for part in parts]), bounds)


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield *texts* in runs that bound the memory of one step."""
    first = characters = 0
    for i, text in enumerate(texts):
        if i > first and (characters + len(text) > _BATCH_CHARACTERS or i - first >= _BATCH_ARTICLES):
            yield texts[first:i]
            first, characters = i, 0
        characters += len(text)
    if len(texts) > first:
        yield texts[first:]


def _batch_sets(texts: Sequence[str], size: int) -> ShingleSets:
    folded = fold(texts)
    lengths = np.diff(folded.bounds)
    values = rolling_hashes(folded.codes, size)
    owner = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)[: len(values)]
    ends = np.repeat(folded.bounds[1:], lengths)[: len(values)]
    inside = np.arange(len(values)) + size <= ends  # a shingle never crosses from one article into the next
    keys = (owner[inside] << np.uint64(BITS)) | values[inside]
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    sizes = np.bincount((keys >> np.uint64(BITS)).astype(np.int64), minlength=len(texts))
    bounds = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    return ShingleSets(keys & np.uint64((1 << BITS) - 1), bounds)
