"""Traditional to simplified Chinese, equal to opencc-python-reimplemented and a good deal faster.

The dictionaries are that package's own. Characters go through one table indexed by code point; phrases are
found by a many-pattern automaton, only around a few characters of which each phrase holds one. Every entry
of the supported conversions maps onto as many characters as it has, so offsets into the converted text are
offsets into the original; `_compile` checks that.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from bitext.errors import LanguageError, LexiconError
from bitext.text.scripts.detect import code_points
from bitext.text.scripts.opencc_files import chain, entries

#: Conversions that keep the length of every text.
CONFIGS = ("hk2s", "t2s", "tw2s")

CodePoints = npt.NDArray[np.uint32]


_CHANGES, _SIGN = np.uint8(1), np.uint8(2)


@dataclass(frozen=True)
class _Step:
    """One group of dictionaries: phrases first, longest first; then single characters."""

    characters: CodePoints  # code point -> code point
    marks: npt.NDArray[
        np.uint8
    ]  # bits: `_CHANGES`, the table changes it; `_SIGN`, every phrase holds such a one
    reach: int  # length of the longest phrase
    replacements: tuple[CodePoints, ...]
    automaton: AhoCorasick


@cache
def _compile(config: str) -> tuple[_Step, ...]:
    return tuple(_compile_step(names) for names in chain(config))


def _compile_step(names: tuple[str, ...]) -> _Step:
    identity = np.arange(0x110000, dtype=np.uint32)
    characters = identity.copy()
    phrases: dict[str, str] = {}
    for name in names:
        for key, values in entries(name).items():
            if len(key) != len(values[0]):
                raise LexiconError(f"{name}: {key!r} -> {values[0]!r} changes the length of the text")
            if len(key) > 1:
                phrases.setdefault(key, values[0])
            else:
                characters[ord(key)] = ord(values[0])
    signs = np.zeros(0x110000, dtype=bool)
    signs[[ord(sign) for sign in _signs(phrases)]] = True
    return _Step(
        characters,
        (characters != identity) * _CHANGES | signs * _SIGN,
        max(map(len, phrases)),
        tuple(code_points(value) for value in phrases.values()),
        AhoCorasick(list(phrases)),
    )


def _signs(phrases: Iterable[str]) -> list[str]:
    """Choose characters, few of them, so that every phrase holds one: by turns the most frequent.

    For t2s they are 24 (覆, 藉, 乾, ...), one character in a thousand of news: phrases need be looked for
    only around them.
    """
    signs = []
    left = set(phrases)
    while left:
        counts = Counter(character for phrase in left for character in set(phrase))
        signs.append(max(counts, key=lambda character: (counts[character], character)))
        left = {phrase for phrase in left if signs[-1] not in phrase}
    return signs


#: Characters of a name, at most: what is as short is remembered.
_NAME = 16


def to_simplified(text: str, config: str = "t2s") -> str:
    """Return *text* in simplified characters, character for character.

    Args:
        text: any text; what is not traditional Chinese stays as it is.
        config: "t2s", or "tw2s" or "hk2s", which also know the variants used in Taiwan or Hong Kong.

    Returns:
        What `opencc.OpenCC(config).convert(text)` of opencc-python-reimplemented returns; always of the
        length of *text*. Regional words stay as they are (奈米 is not turned into 纳米).

    Raises:
        LanguageError: *config* is none of the three.

    Examples:
        >>> to_simplified("歐盟補貼晶片產業"), to_simplified("乾坤與乾淨")
        ('欧盟补贴晶片产业', '乾坤与干净')
    """
    if config not in CONFIGS:
        raise LanguageError.unknown("conversion", config, CONFIGS)
    if text.isascii():
        return text
    return _remembered(text, config) if len(text) <= _NAME else _converted(text, config)


def _converted(text: str, config: str) -> str:
    points = convert_points(code_points(text), config)
    return text if points is None else points.tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1 << 15)
def _remembered(text: str, config: str) -> str:
    """Convert a name: the same ones come again and again."""
    return _converted(text, config)


def convert_points(points: CodePoints, config: str) -> CodePoints | None:
    """Convert a text given by its code *points*; None says that nothing changes."""
    changed: CodePoints | None = None
    for step in _compile(config):
        current = points if changed is None else changed
        marks = step.marks[current]
        if not marks.any():
            continue
        signs = np.flatnonzero(marks >= _SIGN)
        changed = step.characters[current]
        if len(signs):
            for start, length, replacement in _phrases(step, current, signs):
                changed[start : start + length] = replacement
    return changed


def _phrases(
    step: _Step, points: CodePoints, signs: npt.NDArray[np.intp]
) -> list[tuple[int, int, CodePoints]]:
    """Return start, length and replacement of the phrases that win: longest first, then leftmost.

    That is the order in which the reference divides a text; where matches do not overlap it makes no
    difference.
    """
    where, text = _surroundings(points, signs, step.reach)
    found = step.automaton.find_matches_as_indexes(text, overlapping=True)
    taken: list[tuple[int, int, CodePoints]] = []
    cluster: list[tuple[int, int, int]] = []
    reach = 0
    for match in sorted(found, key=lambda match: match[1]):
        if match[1] >= reach and cluster:
            taken.extend(_resolve(step, cluster))
            cluster = []
        cluster.append(match)
        reach = max(reach, match[2])
    taken.extend(_resolve(step, cluster))
    return [(int(where[start]), length, replacement) for start, length, replacement in taken]


def _surroundings(
    points: CodePoints, signs: npt.NDArray[np.intp], reach: int
) -> tuple[npt.NDArray[np.intp], str]:
    """Return all that may belong to a phrase with a sign, gaps marked, and where each character stands.

    Lone surrogates, which the automaton cannot take, belong to no phrase and become U+FFFD.
    """
    ends = np.minimum(signs + reach, len(points) - 1)  # one more than a phrase can take: the mark of a gap
    starts = np.maximum(signs - reach + 1, 0)
    apart = starts[1:] > ends[:-1]
    low, high = starts[np.append(True, apart)], ends[np.append(apart, True)] + 1
    size = high - low
    where = np.repeat(low - (np.cumsum(size) - size), size) + np.arange(size.sum())
    near = points[where]
    near[(near >= 0xD800) & (near < 0xE000)] = 0xFFFD
    gaps = np.flatnonzero(np.diff(where) > 1)
    near[gaps] = 0x0A
    return where, near.tobytes().decode("utf-32-le")


def _resolve(step: _Step, cluster: list[tuple[int, int, int]]) -> list[tuple[int, int, CodePoints]]:
    won: list[tuple[int, int, CodePoints]] = []
    for phrase, start, end in sorted(cluster, key=lambda match: (match[1] - match[2], match[1])):
        if all(end <= other or start >= other + length for other, length, _ in won):
            won.append((start, end - start, step.replacements[phrase]))
    return won
