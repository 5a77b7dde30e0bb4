"""Traditional to simplified Chinese, equal to opencc-python-reimplemented and a good deal faster.

The dictionaries are that package's own. Characters go through one table indexed by code point; phrases are
found by a many-pattern automaton, and only in texts that hold a character the conversion knows. Every entry
of the supported conversions maps onto as many characters as it has, so offsets into the converted text are
offsets into the original; `_compile` checks that.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from bitext.errors import LanguageError, LexiconError
from bitext.text.opencc_files import chain, entries
from bitext.text.scripts import code_points

#: Conversions that keep the length of every text.
CONFIGS = ("hk2s", "t2s", "tw2s")

CodePoints = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class _Step:
    """One group of dictionaries: phrases first, longest first; then single characters."""

    characters: CodePoints  # code point -> code point
    known: npt.NDArray[np.bool_]  # code points that stand in a phrase or that change
    phrases: tuple[str, ...]
    replacements: tuple[CodePoints, ...]
    automaton: AhoCorasick


@cache
def _compile(config: str) -> tuple[_Step, ...]:
    return tuple(_compile_step(names) for names in chain(config))


def _compile_step(names: tuple[str, ...]) -> _Step:
    characters = np.arange(0x110000, dtype=np.uint32)
    known = np.zeros(0x110000, dtype=bool)
    phrases: dict[str, str] = {}
    for name in names:
        for key, values in entries(name).items():
            if len(key) != len(values[0]):
                raise LexiconError(f"{name}: {key!r} -> {values[0]!r} changes the length of the text")
            if len(key) > 1:
                phrases.setdefault(key, values[0])
            else:
                characters[ord(key)] = ord(values[0])
    known |= characters != np.arange(0x110000, dtype=np.uint32)
    # A phrase is worth looking for only where its rarest character stands; one that no table changes is
    # its own sign (瞭解, 反覆), and of those the first character will do.
    for key in phrases:
        points = code_points(key)
        if not known[points].any():
            known[points[np.argmax(points)]] = True
    return _Step(
        characters,
        known,
        tuple(phrases),
        tuple(code_points(value) for value in phrases.values()),
        AhoCorasick(list(phrases)),
    )


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
    points = convert_points(text, code_points(text), config)
    return text if points is None else points.tobytes().decode("utf-32-le", "surrogatepass")


def convert_points(text: str, points: CodePoints, config: str) -> CodePoints | None:
    """Convert *text*, whose code points are *points*; None says that nothing changes."""
    changed: CodePoints | None = None
    for step in _compile(config):
        current = points if changed is None else changed
        if not step.known[current].any():
            continue
        if changed is not None:
            text = changed.tobytes().decode("utf-32-le", "surrogatepass")
        changed = step.characters[current]
        for start, length, replacement in _phrases(step, text):
            changed[start : start + length] = replacement
    return changed


#: Lone surrogates cannot be encoded as UTF-8, which the automaton needs; they are part of no phrase.
_SURROGATES = re.compile("[\ud800-\udfff]")


def _phrases(step: _Step, text: str) -> list[tuple[int, int, CodePoints]]:
    """Return start, length and replacement of the phrases that win: longest first, then leftmost.

    That is the order in which the reference divides a text; where matches do not overlap it makes no
    difference.
    """
    try:
        found = step.automaton.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
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
    return taken


def _resolve(step: _Step, cluster: list[tuple[int, int, int]]) -> list[tuple[int, int, CodePoints]]:
    won: list[tuple[int, int, CodePoints]] = []
    for phrase, start, end in sorted(cluster, key=lambda match: (match[1] - match[2], match[1])):
        if all(end <= other or start >= other + length for other, length, _ in won):
            won.append((start, end - start, step.replacements[phrase]))
    return won
