"""How plausible it is that Chinese characters spell a foreign name, from the names of the concept table."""

import unicodedata
from functools import cache, lru_cache
from math import log

from bitext.lexicons.loader import rows

#: Letters that one character can stand for.
_LONGEST = 5
#: What each further letter of a chunk costs, beginning with the second: most syllables have two or three.
_LENGTHS = (-1.6, -0.4, -0.7, -1.5, -2.6)
#: A character that spells no name of the table.
_UNKNOWN = -2.5


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
