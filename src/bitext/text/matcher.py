"""Words that no single engine can cut: with Latin letters, digits or spaces beside or without Han."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from bitext.text.scripts.detect import HAN, LATIN, classes


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
        self._automaton = AhoCorasick([self._lowered(word) for word in self.words]) if self.words else None

    @staticmethod
    def _lowered(word: str) -> str:
        points = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return _lower()[points].tobytes().decode("utf-32-le")

    def find(self, points: npt.NDArray[np.uint32]) -> WordHits:
        """Return the occurrences in a text given by its code points; they do not overlap."""
        if self._automaton is None:
            return _found([])
        text = _lower()[points].tobytes().decode("utf-32-le")
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        inner = _alphanumeric()
        kept: list[tuple[int, int, int]] = []
        reach = 0
        for word, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
            torn = (start > 0 and inner[points[start - 1]] and inner[points[start]]) or (
                end < len(points) and inner[points[end - 1]] and inner[points[end]]
            )
            if start >= reach and not torn:
                kept.append((word, start, end))
                reach = end
        return _found(kept)


def _found(rows: list[tuple[int, int, int]]) -> WordHits:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return WordHits(table[:, 0], table[:, 1], table[:, 2])


def has_han(word: str) -> bool:
    """Say whether any character of *word* is Han."""
    return any(classes()[ord(character)] == HAN for character in word)
