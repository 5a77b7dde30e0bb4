"""How plausible it is that Chinese characters spell a foreign name, from the names of the concept table."""

import unicodedata
from functools import cache, lru_cache
from math import log

import numpy as np

from bitext.arrays import Floats
from bitext.lexicons.loader import rows

try:
    from bitext.text._native import gain as native_gain
except ImportError:  # no compiler when bitext was installed
    native_gain = None  # type: ignore[assignment]

#: Letters that one character can stand for.
_LONGEST = 5
#: What each further letter of a chunk costs, beginning with the second: most syllables have two or three.
_LENGTHS = (-1.6, -0.4, -0.7, -1.5, -2.6)
#: A character that spells no name of the table.
_UNKNOWN = -2.5
#: The same costs as an array; letters of a word that the extension takes.
_COSTS = np.array(_LENGTHS)
_LONGEST_WORD = 64
#: No division into syllables.
_IMPOSSIBLE = -99.0


@lru_cache(maxsize=1 << 14)
def plain(word: str) -> str:
    """Return the letters a to z of a word, accents taken off.

    Examples:
        >>> plain("Müller-Öst")
        'mullerost'
    """
    folded = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in folded if "a" <= letter <= "z")


@cache
def _gains() -> dict[str, dict[str, float]]:
    """Return for each character how much more than chance it stands for a syllable with each first letter."""
    counts = {
        row["char"]: {cell[0]: int(cell[1:]) for cell in row["letters"].split(" ")}
        for row in rows("transliteration")
    }
    letters: dict[str, int] = {}
    for own in counts.values():
        for letter, n in own.items():
            letters[letter] = letters.get(letter, 0) + n
    total = sum(letters.values())
    return {
        character: {
            letter: log((own.get(letter, 0) + 0.2) / (sum(own.values()) + 5.2) / (n / total))
            for letter, n in letters.items()
        }
        for character, own in counts.items()
    }


@lru_cache(maxsize=1 << 16)
def gain(chinese: str, latin: str) -> float:
    """Return by how much the letters of *latin* are better explained by *chinese* than by chance, in nats.

    Positive for a transliteration, mostly 1 per character and more; negative for unrelated words.

    Examples:
        >>> gain("布雷顿", plain("Breton")) > 3 > 0 > gain("巨头", plain("Breton"))
        True
    """
    letters = latin.isascii() and latin.isalpha() and latin.islower()
    if native_gain is None or not letters or len(latin) > _LONGEST_WORD:
        return _gain(chinese, latin)
    table, place = _table()
    values = table[[place.get(character, -1) for character in chinese]]
    return native_gain(values, latin.encode(), _COSTS)


@cache
def _table() -> tuple[Floats, dict[str, int]]:
    """Return `_gains` as characters by letters, the last row for any other character; and their rows."""
    gains = _gains()
    table = np.full((len(gains) + 1, 26), _UNKNOWN)
    for row, own in enumerate(gains.values()):
        for letter, value in own.items():
            table[row, ord(letter) - ord("a")] = value
    return table, {character: row for row, character in enumerate(gains)}


def _gain(chinese: str, latin: str) -> float:
    """Return the same where the extension is missing."""
    best = {0: 0.0}
    table = _gains()
    for place, character in enumerate(chinese):
        own = table.get(character)
        left = len(chinese) - place - 1
        row: dict[int, float] = {}
        for at, score in best.items():
            for size in range(1, min(_LONGEST, len(latin) - at - left) + 1):
                value = score + _LENGTHS[size - 1] + (own.get(latin[at], _UNKNOWN) if own else _UNKNOWN) + 0.7
                if value > row.get(at + size, -1e9):
                    row[at + size] = value
        best = row
    return best.get(len(latin), -1e9)


def spells_sounds(word: str) -> bool:
    """Say whether every character of *word* spells a sound in names of the table.

    Examples:
        >>> spells_sounds("布雷顿"), spells_sounds("选举")
        (True, False)
    """
    return all(character in _gains() for character in word)


def gains(chinese: list[str], latin: list[str]) -> Floats:
    """Return `gain` of each Chinese word (rows) with each Latin one (columns): the same, for many at once.

    Examples:
        >>> table = gains(["布雷顿", "巨头"], ["breton"])
        >>> bool(np.allclose(table[:, 0], [gain("布雷顿", "breton"), max(gain("巨头", "breton"), -99)]))
        True
    """
    table = _gains()
    longest = max(map(len, latin), default=0)
    letters = np.full((len(latin), longest + 1), 26)
    for row, word in enumerate(latin):
        letters[row, : len(word)] = [ord(letter) - ord("a") for letter in word]
    size = np.array([len(word) for word in latin])
    found = np.full((len(chinese), len(latin)), _IMPOSSIBLE)
    for row, word in enumerate(chinese):
        best = np.full((len(latin), longest + 1), _IMPOSSIBLE)
        best[:, 0] = 0.0
        for place, character in enumerate(word):
            own = table.get(character, {})
            value = np.array([own.get(chr(ord("a") + n), _UNKNOWN) for n in range(26)] + [_IMPOSSIBLE])
            here = best + value[letters] + 0.7
            best = np.full_like(best, _IMPOSSIBLE)
            left = len(word) - place - 1
            for chunk in range(1, _LONGEST + 1):
                moved = here[:, : longest + 1 - chunk] + _LENGTHS[chunk - 1]
                np.maximum(best[:, chunk:], moved, out=best[:, chunk:])
            best[np.arange(longest + 1)[None, :] > (size - left)[:, None]] = _IMPOSSIBLE
        found[row] = np.maximum(best[np.arange(len(latin)), size], _IMPOSSIBLE)
    return found
