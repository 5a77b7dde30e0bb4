"""Text to arrays: one tokenizer for Chinese, English and what stands between them."""

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.errors import BitextError, LanguageError
from bitext.text import chinese, english, sentences
from bitext.text.convert import CONFIGS, convert_points, to_simplified
from bitext.text.kinds import (
    EN,
    HANDLE,
    KIND_NAMES,
    LANG_NAMES,
    NONE,
    NUMBER,
    OTHER,
    PUNCTUATION,
    SYMBOL,
    URL,
    WORD,
    ZH,
)
from bitext.text.matcher import Matcher, has_han
from bitext.text.scripts import code_points

__all__ = [
    "EN",
    "HANDLE",
    "KIND_NAMES",
    "LANG_NAMES",
    "NONE",
    "NUMBER",
    "OTHER",
    "PUNCTUATION",
    "SYMBOL",
    "URL",
    "WORD",
    "ZH",
    "TokenBatch",
    "Tokenizer",
]

#: "whole": don't is one token. "split": do and n't are two.
CONTRACTIONS = ("split", "whole")

#: Forgotten surfaces cost time, kept ones memory: 2 million are some 300 MB.
_MOST_SURFACES = 2_000_000


class TokenBatch(NamedTuple):
    """The tokens of a batch of texts; see `bitext.Tokens` for the columns."""

    types: list[str]
    term: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    lang: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tokenizer:
    """The settings of a tokenizer; equal settings give equal tokens. Pickles, and is safe in threads.

    Attributes:
        words: dictionary words beside jieba's own, with a frequency or None. Han words go to the Chinese
            engine; words with Latin letters, digits or spaces are found as they are, in any case.
        hmm: guess Chinese words that are in no dictionary.
        engine: "rjieba", "jieba", or None for the first that is installed. Both give the same words.
        conversion: "t2s", "tw2s", "hk2s", or None to leave traditional characters as they are.
        contractions: "whole" (don't) or "split" (do, n't); possessives alike.

    Examples:
        >>> batch = Tokenizer().batch(["歐盟批准Chips Act。"])
        >>> [batch.types[i] for i in batch.term]
        ['欧盟', '批准', 'chips', 'act', '。']
        >>> batch.start.tolist(), batch.end.tolist()
        ([0, 2, 4, 10, 13], [2, 4, 9, 13, 14])
    """

    words: tuple[chinese.Entry, ...] = ()
    hmm: bool = True
    engine: str | None = None
    conversion: str | None = "t2s"
    contractions: str = "whole"

    def __post_init__(self) -> None:
        if self.engine is not None and self.engine not in chinese.ENGINES:
            raise BitextError.unknown("engine", self.engine, chinese.ENGINES)
        if self.conversion is not None and self.conversion not in CONFIGS:
            raise LanguageError.unknown("conversion", self.conversion, [None, *CONFIGS])
        if self.contractions not in CONTRACTIONS:
            raise BitextError.unknown("contractions", self.contractions, CONTRACTIONS)

    def batch(self, texts: Sequence[str]) -> TokenBatch:
        """Tokenise *texts*, each on its own.

        The vocabulary `types` is in order of first occurrence, so that batches merged in order give the
        vocabulary of the whole, wherever it was divided.
        """
        if isinstance(texts, str):
            raise BitextError(f"texts must be a sequence of str, not one str: {texts[:40]!r}")
        return _state(self).run(list(texts))

    @cached_property
    def _han_words(self) -> tuple[chinese.Entry, ...]:
        return tuple((self._plain(word), n) for word, n in self.words if chinese.is_han(self._plain(word)))

    @cached_property
    def _mixed_words(self) -> tuple[str, ...]:
        """Words for the matcher: jieba's own and ours, without those that the pattern keeps whole anyway."""
        words = [self._plain(word) for word, _ in self.words] + list(chinese.mixed_words())
        words = [
            word for word in words if not chinese.is_han(word) and english.PATTERN.findall(word) != [word]
        ]
        unique: dict[str, str] = {}
        for word in words:
            unique.setdefault(word.lower(), word)
        return tuple(unique.values())

    def _plain(self, word: str) -> str:
        plain = _normal()[code_points(word)].tobytes().decode("utf-32-le", "surrogatepass")
        return to_simplified(plain, self.conversion) if self.conversion else plain

    def __getstate__(self) -> dict[str, Any]:
        names = ("words", "hmm", "engine", "conversion", "contractions")
        return {name: getattr(self, name) for name in names}


@cache
def _normal() -> npt.NDArray[np.uint32]:
    """Map each code point to its plain form, where that is one character and means the same.

    Full-width letters, digits and per cent sign; compatibility ideographs and radicals; spaces of any width.
    Chinese punctuation stays: "，" is not ",".
    """
    table = np.arange(0x110000, dtype=np.uint32)
    widths = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF04, 0xFF06)
    for point in (*widths, *range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        plain = unicodedata.normalize("NFKC", chr(point))
        if len(plain) == 1:
            table[point] = ord(plain)
    for point in (0xA0, 0x2007, 0x2009, 0x200A, 0x202F):
        table[point] = 0x20
    table[0xFFE5] = 0xA5  # full-width yen sign
    for dot in "\N{HYPHENATION POINT}\N{BULLET}\N{KATAKANA MIDDLE DOT}":
        table[ord(dot)] = 0xB7  # parts of a foreign name are joined by one of several dots
    return table


@cache
def _is_han() -> npt.NDArray[np.bool_]:
    table = np.zeros(0x110000, dtype=bool)
    table[chinese.HAN_FIRST : chinese.HAN_LAST + 1] = True
    return table


class _Surfaces(dict[str, int]):
    """Surface -> number, in order of appearance."""

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self)
        return number


#: Before a word that the matcher found, to tell it from the same letters found otherwise.
_LISTED = "\1"
_GAP = 255


class _State:
    """What a tokenizer keeps between batches, one per thread: the surfaces seen, with their properties."""

    def __init__(self, settings: Tokenizer) -> None:
        self.settings = settings
        self.cut = chinese.cutter(settings._han_words, hmm=settings.hmm, engine=settings.engine)
        self.matcher = Matcher(settings._mixed_words)
        self.split = settings.contractions == "split"
        self.forget()

    def forget(self) -> None:
        self.surfaces = _Surfaces()
        self.terms = _Surfaces()
        self.term = np.zeros(0, dtype=np.int32)
        self.length = np.zeros(0, dtype=np.int64)
        self.kind = np.zeros(0, dtype=np.uint8)
        self.lang = np.zeros(0, dtype=np.uint8)
        self.form = np.zeros(0, dtype=np.uint8)
        self.head = np.zeros(0, dtype=np.int64)

    def learn(self) -> None:
        """Work out the properties of surfaces not seen before."""
        known = len(self.term)
        fresh = list(self.surfaces)[known:] if len(self.surfaces) > known else []
        if not fresh:
            return
        rows = [self._describe(surface) for surface in fresh]
        term, length, kind, lang, form, head = zip(*rows, strict=True)
        self.term = np.append(self.term, np.array(term, dtype=np.int32))
        self.length = np.append(self.length, np.array(length, dtype=np.int64))
        self.kind = np.append(self.kind, np.array(kind, dtype=np.uint8))
        self.lang = np.append(self.lang, np.array(lang, dtype=np.uint8))
        self.form = np.append(self.form, np.array(form, dtype=np.uint8))
        self.head = np.append(self.head, np.array(head, dtype=np.int64))

    def _describe(self, surface: str) -> tuple[int, int, int, int, int, int]:
        if chinese.is_han(surface):
            return self.terms[surface], len(surface), WORD, ZH, 0, 0
        if surface[0] == _LISTED and len(surface) > 1:
            word = surface[1:]
            return self.terms[word], len(word), WORD, ZH if has_han(word) else EN, 0, 0
        if english.is_gap(surface):
            return -1, len(surface), _GAP, NONE, 0, 0
        kind, lang = english.classify(surface)
        term = english.fold(surface) if kind in (WORD, NUMBER) else surface
        head = 0
        if self.split and kind == WORD and lang == EN:
            parts = english.split_contraction(surface)
            head = len(parts[0]) if len(parts) == 2 else 0
        return self.terms[term], len(surface), kind, lang, sentences.flags(surface), head

    def number(self, pieces: list[str]) -> npt.NDArray[np.int64]:
        ids = np.fromiter(map(self.surfaces.__getitem__, pieces), np.int64, len(pieces))
        self.learn()
        return ids

    def run(self, texts: list[str]) -> TokenBatch:
        if len(self.surfaces) > _MOST_SURFACES:
            self.forget()
        text = "\n".join(texts)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        offsets = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum(lengths + 1, out=offsets[1:])
        surface, start, end, newlines = self._pieces(text)
        bounds = np.searchsorted(start, offsets)
        sentence = sentences.number(self.form[surface], start, end, newlines, bounds)
        shift = np.repeat(offsets[:-1], np.diff(bounds))
        types, term = self._vocabulary(self.term[surface])
        return TokenBatch(
            types,
            term,
            (start - shift).astype(np.int32),
            (end - shift).astype(np.int32),
            sentence,
            self.kind[surface],
            self.lang[surface],
            bounds,
        )

    def _vocabulary(self, term: npt.NDArray[np.int32]) -> tuple[list[str], npt.NDArray[np.int32]]:
        """Renumber terms by first occurrence in this batch."""
        first = np.full(len(self.terms), len(term), dtype=np.int64)
        # Of several values for one place numpy keeps the last: written backwards, the first occurrence.
        first[term[::-1]] = np.arange(len(term) - 1, -1, -1)
        used = np.flatnonzero(first < len(term))
        used = used[np.argsort(first[used])]
        renumbered = np.zeros(len(self.terms), dtype=np.int32)
        renumbered[used] = np.arange(len(used), dtype=np.int32)
        names = list(self.terms)
        return [names[i] for i in used], renumbered[term]

    def _pieces(self, text: str) -> tuple[npt.NDArray[np.int64], ...]:
        """Divide a text: surface number, start and end of each token in order, and the line breaks."""
        points = code_points(text)
        newlines = np.flatnonzero(points == 0x0A)
        plain = _normal()[points]
        if self.settings.conversion:
            converted = convert_points(text, plain, self.settings.conversion)
            plain = plain if converted is None else converted
        found = self.matcher.find(plain)
        han = _is_han()[plain]
        rest = ~han
        for start, end in zip(found.start.tolist(), found.end.tolist(), strict=True):
            han[start:end] = False
            rest[start:end] = False
        listed = self.number([_LISTED + self.matcher.words[i] for i in found.word.tolist()])
        parts = [self._han(plain, han), self._rest(plain, rest), (listed, found.start, found.end)]
        surface, start, end = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        order = np.argsort(start, kind="stable")
        return surface[order], start[order], end[order], newlines

    def _han(
        self, plain: npt.NDArray[np.uint32], han: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.int64], ...]:
        """Cut all Han runs in one call: runs stay, everything between two of them becomes one separator."""
        keep = han.copy()
        keep[1:] |= han[:-1]
        where = np.flatnonzero(keep)
        run = np.where(han[where], plain[where], np.uint32(ord(chinese.SEPARATOR)))
        surface = self.number(self.cut(run.tobytes().decode("utf-32-le")))
        end = np.cumsum(self.length[surface])
        start = end - self.length[surface]
        words = self.kind[surface] != _GAP
        surface, start = surface[words], where[start[words]]
        return surface, start, start + self.length[surface]

    def _rest(
        self, plain: npt.NDArray[np.uint32], rest: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.int64], ...]:
        """Divide what is not Chinese by the pattern; stretches of Chinese become one placeholder each."""
        keep = rest.copy()
        keep[1:] |= rest[:-1]
        where = np.flatnonzero(keep)
        run = np.where(rest[where], plain[where], np.uint32(0))
        pieces = english.PATTERN.findall(run.tobytes().decode("utf-32-le", "surrogatepass"))
        surface = self.number(pieces)
        end = np.cumsum(self.length[surface])
        start = end - self.length[surface]
        tokens = self.kind[surface] != _GAP
        surface, start, end = surface[tokens], where[start[tokens]], where[end[tokens] - 1] + 1
        return self._split(plain, surface, start, end) if self.split else (surface, start, end)

    def _split(
        self,
        plain: npt.NDArray[np.uint32],
        surface: npt.NDArray[np.int64],
        start: npt.NDArray[np.int64],
        end: npt.NDArray[np.int64],
    ) -> tuple[npt.NDArray[np.int64], ...]:
        """Divide contractions; both halves are looked up like any other surface."""
        rows = np.flatnonzero(self.head[surface])
        middle = start[rows] + self.head[surface[rows]]
        text = plain.tobytes().decode("utf-32-le", "surrogatepass")
        spans = zip(start[rows].tolist(), middle.tolist(), end[rows].tolist(), strict=True)
        halves = [half for first, cut, last in spans for half in (text[first:cut], text[cut:last])]
        numbers = self.number(halves)
        surface = np.insert(surface, rows + 1, numbers[1::2])
        start = np.insert(start, rows + 1, middle)
        end = np.insert(end, rows, middle)
        surface[rows + np.arange(len(rows))] = numbers[::2]
        return surface, start, end


_LOCAL = threading.local()


def _state(settings: Tokenizer) -> _State:
    """Return this thread's state for these settings."""
    states: dict[Tokenizer, _State] = _LOCAL.__dict__.setdefault("states", {})
    if settings not in states:
        states[settings] = _State(settings)
    return states[settings]
