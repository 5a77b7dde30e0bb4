"""Words that no single engine can cut: with Latin letters, digits or spaces beside or without Han."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints, Points
from bitext.text.scripts.detect import HAN, LATIN, classes

#: Characters of a word that are looked for; size of the table of what they may spell, and what mixes them.
_HEAD, _TABLE, _FACTOR = 2, 1 << 18, 31


class WordHits(NamedTuple):
    """Occurrences of listed words: *word* indexes the list; offsets count code points."""

    word: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]

    def take(self, rows: npt.NDArray[np.bool_]) -> "WordHits":
        """Return the occurrences where *rows* is true."""
        return WordHits(self.word[rows], self.start[rows], self.end[rows])


@cache
def _lower() -> npt.NDArray[np.uint32]:
    """Map each code point to its lower case, where that is one character; lone surrogates to U+FFFD."""
    table = np.arange(0x110000, dtype=np.uint32)
    for point in (*range(0x41, 0x250), *range(0x370, 0x590), *range(0x1E00, 0x2000)):
        low = chr(point).lower()
        if len(low) == 1:
            table[point] = ord(low)
    table[0xD800:0xE000] = 0xFFFD
    return table


@cache
def _alphanumeric() -> npt.NDArray[np.bool_]:
    table: npt.NDArray[np.bool_] = classes() == LATIN
    table[0x30:0x3A] = True
    return table


class Matcher:
    """Finds listed words, whatever their case, leftmost first and of those the longest.

    A word that begins or ends with a Latin letter or a digit matches only where no other stands beside it:
    "IC卡" is not in "BASIC卡". A space in a word matches one space.

    Examples:
        >>> from bitext.text.scripts.detect import code_points
        >>> matcher = Matcher(["T恤", "Chips Act"])
        >>> found = matcher.find(code_points("the chips act，买T恤"))
        >>> found.word.tolist(), found.start.tolist(), found.end.tolist()
        ([1, 0], [4, 15], [13, 17])
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._number: dict[str, int] = {}
        for number, word in enumerate(self.words):
            if word:
                self._number.setdefault(self._lowered(word), number)
        sizes: dict[str, set[int]] = {}
        for word in self._number:
            sizes.setdefault(word[:_HEAD], set()).add(len(word))
        # Beginning of words -> their lengths, the longest first.
        self._sizes = {head: sorted(found, reverse=True) for head, found in sizes.items()}
        heads = np.array([[ord(c) for c in head] for head in sizes if len(head) == _HEAD], np.uint32)
        self._maybe = np.zeros(_TABLE, bool)
        self._maybe[_mixed(*heads.reshape(-1, _HEAD).T)] = True
        self._single = np.array([ord(head) for head in sizes if len(head) == 1], np.uint32)

    @staticmethod
    def _lowered(word: str) -> str:
        points = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return _lower()[points].tobytes().decode("utf-32-le")

    def find(self, points: Points) -> WordHits:
        """Return the occurrences in a text given by its code points; they do not overlap."""
        if not self._number or not len(points):
            return _found([])
        low = _lower()[points]
        starts = self._begins(low)
        inner = _alphanumeric()
        starts = starts[(starts == 0) | ~(inner[points[starts - 1]] & inner[points[starts]])]
        text = low.tobytes().decode("utf-32-le") if len(starts) else ""
        kept: list[tuple[int, int, int]] = []
        reach = 0
        for start in starts.tolist():
            if start < reach:
                continue
            for word, end in self._words_at(text, start):
                if end == len(points) or not (inner[points[end - 1]] and inner[points[end]]):
                    kept.append((word, start, end))
                    reach = end
                    break
        return _found(kept)

    def _begins(self, low: Points) -> Ints:
        """Return where words may begin, by their first characters; of most texts that is nowhere."""
        found = np.flatnonzero(self._maybe[_mixed(low[:-1], low[1:])])
        return np.union1d(found, np.flatnonzero(np.isin(low, self._single))) if len(self._single) else found

    def _words_at(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """Yield the words that begin at *start* and where they end, the longest first."""
        for head in (text[start : start + _HEAD], text[start]):
            for size in self._sizes.get(head, ()):
                word = self._number.get(text[start : start + size]) if start + size <= len(text) else None
                if word is not None:
                    yield word, start + size


def _mixed(first: Points, second: Points) -> Points:
    """Return a number below `_TABLE` for what two characters spell; others may spell the same."""
    return (first * np.uint32(_FACTOR) + second) & np.uint32(_TABLE - 1)


def _found(rows: list[tuple[int, int, int]]) -> WordHits:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return WordHits(table[:, 0], table[:, 1], table[:, 2])


def has_han(word: str) -> bool:
    """Say whether any character of *word* is Han."""
    return any(classes()[ord(character)] == HAN for character in word)
