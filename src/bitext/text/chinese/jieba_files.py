"""The files of the package jieba: its dictionary and the tables by which it guesses words.

They are found without importing jieba, which takes longer than reading them.
"""

import pickle
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.errors import LexiconError

#: What jieba knows as Han; other ideographs are single characters for it.
HAN_FIRST, HAN_LAST = 0x4E00, 0x9FD5

#: Places of a character in a word: begin, end, middle, single; in the order of their letters.
_PLACES = "BEMS"
#: jieba's logarithm of zero.
_NEVER = -3.14e100


class Tables(NamedTuple):
    """Log-probabilities of a hidden Markov model: places in a word are hidden, characters are seen."""

    start: npt.NDArray[np.float64]
    transition: npt.NDArray[np.float64]
    emission: npt.NDArray[np.float64]


def _read(*parts: str) -> bytes:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise LexiconError("the package jieba is not installed; its dictionary decides how Chinese is cut")
    return Path(spec.origin).parent.joinpath(*parts).read_bytes()


def dictionary() -> bytes:
    """Return jieba's dictionary: a line `word frequency tag` each, in UTF-8.

    Examples:
        >>> dictionary().count(b" nz\\n") > 10_000
        True
    """
    return _read("dict.txt")


@cache
def tagged(tags: frozenset[str], *, least: int = 0) -> frozenset[str]:
    """Return the words of the dictionary that bear one of *tags*, jieba's parts of speech.

    Rare words, names among them, are often tagged wrong: *least* is the frequency from which words count.

    Examples:
        >>> sorted({"非常", "北京", "他们"} & tagged(frozenset("dr")))  # adverbs and pronouns: very, they
        ['他们', '非常']
    """
    rows = (row.split(" ") for tag in tags for row in _by_tag().get(tag, "").split("\n") if row)
    return frozenset(word for word, frequency in rows if int(frequency) >= least)


@cache
def _by_tag() -> dict[str, str]:
    """Return for each tag the lines of its words, word and frequency: read once, 5 MB."""
    lines: dict[str, list[str]] = {}
    for line in dictionary().decode("utf-8").splitlines():
        row, _, tag = line.rpartition(" ")
        lines.setdefault(tag, []).append(row)
    return {tag: "\n".join(rows) for tag, rows in lines.items()}


def entries(words: frozenset[str]) -> dict[str, tuple[int, str]]:
    """Return frequency and tag of those of *words* that the dictionary has; all its words are 60 million.

    Examples:
        >>> {word: tag for word, (_, tag) in entries(frozenset({"公司", "芯片法案"})).items()}  # company
        {'公司': 'n'}
    """
    rows = (line.split(" ") for line in dictionary().decode("utf-8").splitlines())
    return {row[0]: (int(row[1]), row[-1]) for row in rows if row[0] in words}


@cache
def tables() -> Tables:
    """Return the tables of jieba's guesses: places, places by next place, Han characters by place.

    Examples:
        >>> tables().emission.shape
        (20950, 4)
    """
    start, transition, emission = (
        pickle.loads(_read("finalseg", f"prob_{name}.p")) for name in ("start", "trans", "emit")
    )
    seen = np.full((HAN_LAST + 1 - HAN_FIRST, len(_PLACES)), _NEVER)
    for column, place in enumerate(_PLACES):
        codes = np.fromiter(map(ord, emission[place]), np.int64, len(emission[place]))
        values = np.fromiter(emission[place].values(), np.float64, len(codes))
        han = (codes >= HAN_FIRST) & (codes <= HAN_LAST)
        seen[codes[han] - HAN_FIRST, column] = values[han]
    return Tables(
        np.array([start[place] for place in _PLACES]),
        np.array([[transition[place].get(following, _NEVER) for following in _PLACES] for place in _PLACES]),
        seen,
    )
