"""From the texts of a batch to arrays of tokens.

All texts of a batch are laid end to end and divided in two passes: the Chinese engine cuts all Han runs in
one call, the pattern divides all the rest in one call. In the text that each pass sees, what belongs to the
other is one separator. The pieces come back in order and leave nothing out, so that their places follow from
their lengths; no token is a Python object.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints, Points
from bitext.text import sentences
from bitext.text.chinese import cutter as chinese
from bitext.text.chinese import figures
from bitext.text.interner import by_first_use
from bitext.text.latin import english
from bitext.text.latin.plain_words import plain_words
from bitext.text.matcher import Matcher, WordHits, has_han
from bitext.text.scripts import spacing
from bitext.text.scripts.detect import code_points, script, string
from bitext.text.scripts.normalise import plain_points
from bitext.text.token_types import GAP, Surfaces

#: Forgotten surfaces cost time, kept ones memory: 2 million are some 400 MB.
_MOST_SURFACES = 2_000_000

#: Characters worked on at a time: enough to make calls cheap, little enough for the processor's cache.
_PORTION = 500_000

#: Which pass a character belongs to: neither (line breaks, ideographic space), the engine, the pattern.
_NEITHER, _ENGINE, _PATTERN = range(3)


class CutSettings(Protocol):
    """How to cut, as a `bitext.text.tokenizer.Tokenizer` says it."""

    @property
    def hmm(self) -> bool:
        """Whether Chinese words that are in no dictionary are guessed."""

    @property
    def segmenter(self) -> str | None:
        """The Chinese engine."""

    @property
    def conversion(self) -> str | None:
        """The conversion to simplified characters."""

    @property
    def contractions(self) -> str:
        """Whether don't is one token ("whole") or two ("split")."""

    @property
    def figures(self) -> bool:
        """Whether figures in characters are one token each: 三点六五."""


class Pieces(NamedTuple):
    """Tokens as numbers of surfaces, with their places in the joined texts."""

    surface: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]

    def take(self, rows: npt.NDArray[np.intp]) -> "Pieces":
        """Return the tokens at *rows*."""
        return Pieces(self.surface[rows], self.start[rows], self.end[rows])


class Columns(NamedTuple):
    """The columns of a batch; see `bitext.Tokens`."""

    types: list[str]
    term: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    lang: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]


@cache
def _sides() -> npt.NDArray[np.uint8]:
    table = np.full(0x110000, _PATTERN, dtype=np.uint8)
    table[chinese.HAN_FIRST : chinese.HAN_LAST + 1] = _ENGINE
    for mark in chinese.MARKS:
        table[ord(mark)] = _ENGINE
    for space in "\n\r\N{IDEOGRAPHIC SPACE}":
        table[ord(space)] = _NEITHER
    table.setflags(write=False)
    return table


class Segmenter:
    """Does the work of one `Tokenizer` in one thread; keeps what it has learnt between batches."""

    def __init__(self, settings: CutSettings, han: tuple[chinese.Entry, ...], mixed: tuple[str, ...]) -> None:
        self._settings = settings
        self._cut = chinese.cutter(han, hmm=settings.hmm, segmenter=settings.segmenter)
        self._matcher = Matcher(mixed)
        self._loose = np.array([_is_loose(word) for word in self._matcher.words], dtype=bool)
        self.forget()

    def forget(self) -> None:
        """Forget all surfaces met so far; they only save time."""
        self._surfaces = Surfaces(split=self._settings.contractions == "split")

    def run(self, texts: list[str]) -> Columns:
        """Tokenise the texts of a batch."""
        if len(self._surfaces) > _MOST_SURFACES:
            self.forget()
        text = "\n".join(texts)
        offsets = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=offsets[1:])
        points = code_points(text)
        tokens = self._gathered(points, self._untouched(texts, offsets))
        bounds = np.searchsorted(tokens.start, offsets)
        known, newlines = self._surfaces, np.flatnonzero(points == 0x0A)
        sentence = sentences.number(known.form[tokens.surface], tokens.start, tokens.end, newlines, bounds)
        shift = np.repeat(offsets[:-1], np.diff(bounds))
        types, term = self._vocabulary(known.term[tokens.surface])
        return Columns(
            types,
            term,
            (tokens.start - shift).astype(np.int32),
            (tokens.end - shift).astype(np.int32),
            sentence,
            known.kind[tokens.surface],
            known.lang[tokens.surface],
            bounds,
        )

    def _untouched(self, texts: list[str], offsets: Ints) -> npt.NDArray[np.bool_] | None:
        """Mark the characters of simplified texts where a regional conversion spoils them: 什么, 什幺."""
        if self._settings.conversion in (None, "t2s"):
            return None
        simplified = np.array([script(text) == "Hans" for text in texts], dtype=bool)
        return (
            np.repeat(simplified, np.diff(offsets))[: max(int(offsets[-1]) - 1, 0)]
            if simplified.any()
            else None
        )

    def _gathered(self, points: Points, untouched: npt.NDArray[np.bool_] | None) -> Pieces:
        """Divide a text as if it had no zero-width characters and blanks inside Han words."""
        scattered = spacing.inside_words(points)
        if not len(scattered):
            return self._in_portions(points, untouched)
        kept = None if untouched is None else np.delete(untouched, scattered)
        pieces = self._in_portions(np.delete(points, scattered), kept)
        # So many are gone before each place of the text without them.
        gone = scattered - np.arange(len(scattered))
        start = pieces.start + np.searchsorted(gone, pieces.start, side="right")
        end = pieces.end + np.searchsorted(gone, pieces.end - 1, side="right")
        return Pieces(pieces.surface, start.astype(np.int32), end.astype(np.int32))

    def _in_portions(self, points: Points, untouched: npt.NDArray[np.bool_] | None) -> Pieces:
        """Divide a text of any length in portions that fit the processor's cache.

        A portion ends with a line or a Chinese full stop; no token and no phrase reaches over either, and
        both passes would see a separator there.
        """
        ends = np.flatnonzero((points == 0x0A) | (points == 0x3002)) + 1
        wanted = np.searchsorted(ends, np.arange(_PORTION, len(points), _PORTION))
        edges = np.unique(np.concatenate(([0], ends[wanted[wanted < len(ends)]], [len(points)])))
        parts = [Pieces(*(np.zeros(0, dtype=np.int32) for _ in range(3)))]
        for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            plain = plain_points(points[low:high], self._settings.conversion)
            if untouched is not None:
                plain = np.where(untouched[low:high], plain_points(points[low:high], "t2s"), plain)
            part = self._divide(plain)
            parts.append(Pieces(part.surface, part.start + low, part.end + low))
        return Pieces(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def _divide(self, plain: Points) -> Pieces:
        """Divide a plain text into its tokens, in order."""
        side = _sides()[plain]
        found = self._matcher.find(plain)
        loose = self._loose[found.word]
        for start, end in zip(found.start[loose].tolist(), found.end[loose].tolist(), strict=True):
            side[start:end] = _NEITHER
        parts = (self._chinese(plain, side), *self._rest(plain, side), self._listed(found.take(loose)))
        tokens = self._join(_in_order(len(plain), parts), self._listed(found.take(~loose)))
        return self._join(tokens, self._figures(plain)) if self._settings.figures else tokens

    def _figures(self, plain: Points) -> Pieces:
        starts, ends = figures.find(plain)
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        numbers = self._surfaces.number_listed([string(plain[start:end]) for start, end in spans])
        return Pieces(numbers, starts.astype(np.int32), ends.astype(np.int32))

    def _listed(self, found: WordHits) -> Pieces:
        numbers = self._surfaces.number_listed([self._matcher.words[i] for i in found.word.tolist()])
        return Pieces(numbers, found.start.astype(np.int32), found.end.astype(np.int32))

    def _join(self, tokens: Pieces, names: Pieces) -> Pieces:
        """Put each of *names* in the place of the tokens it spans, if it begins and ends with one of them.

        彼得·金 is a name, but not in 彼得·金融: there the engine has found 金融.
        """
        first = np.searchsorted(tokens.start, names.start)
        last = np.searchsorted(tokens.end, names.end)
        fit = (last < len(tokens.end)) & (first < len(tokens.start))
        fit[fit] = (tokens.start[first[fit]] == names.start[fit]) & (tokens.end[last[fit]] == names.end[fit])
        if not fit.any():
            return tokens
        first, last = first[fit], last[fit]
        gone = np.zeros(len(tokens.start) + 1, dtype=np.int64)
        gone[first + 1] += 1  # the first token of each becomes the name, the others go
        gone[last + 1] -= 1
        surface, end = tokens.surface.copy(), tokens.end.copy()
        surface[first], end[first] = names.surface[fit], names.end[fit]
        return Pieces(surface, tokens.start, end).take(np.flatnonzero(np.cumsum(gone[:-1]) == 0))

    def _chinese(self, plain: Points, side: npt.NDArray[np.uint8]) -> Pieces:
        where, squeezed = _squeeze(plain, side == _ENGINE, chinese.SEPARATOR)
        ends = self._cut(squeezed)
        starts = _starts(ends)
        words = np.flatnonzero(squeezed[starts] != ord(chinese.SEPARATOR))
        return self._numbered(squeezed, starts[words], ends[words], where)

    def _rest(self, plain: Points, side: npt.NDArray[np.uint8]) -> tuple[Pieces, Pieces]:
        """Divide what is not Chinese: the plain words in a quick way, and the rest by the pattern."""
        where, squeezed = _squeeze(plain, side == _PATTERN, english.PLACEHOLDER)
        starts, ends, left = plain_words(squeezed)
        words = self._numbered(squeezed, starts, ends, where)
        inner, squeezed = _squeeze(squeezed, left, english.PLACEHOLDER)
        pieces = english.PATTERN.findall(string(squeezed))
        ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
        starts = _starts(ends)
        last = squeezed[ends - 1]
        for trailing in english.TRAILING:
            ends -= last == ord(trailing)
        tokens = np.flatnonzero(ends > starts)
        others = self._numbered(squeezed, starts[tokens], ends[tokens], where[inner])
        others = others.take(np.flatnonzero(self._surfaces.kind[others.surface] != GAP))
        return words, self._part(plain, others) if self._settings.contractions == "split" else others

    def _numbered(self, squeezed: Points, starts: Ints, ends: Ints, where: npt.NDArray[np.intp]) -> Pieces:
        """Number tokens of a squeezed text; *where* leads back to the full text."""
        surface = self._surfaces.number(squeezed, starts, ends)
        start = where[starts].astype(np.int32)
        return Pieces(surface, start, start + (ends - starts).astype(np.int32))

    def _part(self, plain: Points, tokens: Pieces) -> Pieces:
        """Divide contractions; both halves are numbered like any other token."""
        rows = np.flatnonzero(self._surfaces.head[tokens.surface])
        start, end = tokens.start[rows], tokens.end[rows]
        middle = start + self._surfaces.head[tokens.surface[rows]]
        halves = np.stack((start, middle, middle, end), axis=1).astype(np.int64).reshape(-1, 2)
        numbers = self._surfaces.number(plain, halves[:, 0], halves[:, 1])
        surface = np.insert(tokens.surface, rows + 1, numbers[1::2])
        surface[rows + np.arange(len(rows))] = numbers[::2]
        return Pieces(surface, np.insert(tokens.start, rows + 1, middle), np.insert(tokens.end, rows, middle))

    def _vocabulary(self, term: npt.NDArray[np.int32]) -> tuple[list[str], npt.NDArray[np.int32]]:
        """Renumber terms by their first occurrence in this batch."""
        names = self._surfaces.names
        used, place = by_first_use(term, len(names))
        return [names[i] for i in used.tolist()], place


def _is_loose(word: str) -> bool:
    """Say whether a listed word is taken out before Chinese is cut: A股 in A股市场, where 股市 is no word.

    Those of Han and marks alone (彼得·金) must agree with what the engine has cut around them.
    """
    return not has_han(word) or any(c.isascii() and c.isalnum() for c in word)


def _in_order(size: int, parts: Iterable[Pieces]) -> Pieces:
    """Merge tokens of a text of *size* characters, no two of which begin at one place."""
    begins = np.zeros(size, dtype=np.bool_)
    surface, end = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    for part in parts:
        begins[part.start] = True
        surface[part.start] = part.surface
        end[part.start] = part.end
    start = np.flatnonzero(begins)
    return Pieces(surface[start], start.astype(np.int32), end[start])


def _starts(ends: Ints) -> Ints:
    """Return the starts of pieces that leave nothing out."""
    starts = np.zeros(len(ends), dtype=np.int64)
    starts[1:] = ends[:-1]
    return starts


def _squeeze(
    plain: Points, keep: npt.NDArray[np.bool_], separator: str
) -> tuple[npt.NDArray[np.intp], Points]:
    """Keep the characters where *keep*; every other stretch becomes one *separator*.

    Returns the place of each remaining character in the full text, and the squeezed text.
    """
    shown = keep.copy()
    shown[1:] |= keep[:-1]
    where = np.flatnonzero(shown)
    squeezed = plain[where]
    squeezed[~keep[where]] = ord(separator)
    return where, squeezed
