"""Where sentences end, in Chinese and English, from the tokens alone.

Because abbreviations, decimals, initials and addresses are one token each, a full stop that is a token of
its own ends a sentence unless the text goes on in lower case.
"""

import re

import numpy as np
import numpy.typing as npt

from bitext.text.latin.short_forms import TITLES

try:
    from bitext.text._native import number_sentences
except ImportError:  # no compiler when bitext was installed
    number_sentences = None  # type: ignore[assignment]

#: What a token's form says about sentences; bits of a uint8.
HARD, SOFT, STOP, ABBREVIATION, CLOSER, STRAIGHT, LOWER, STARTER = (1 << bit for bit in range(8))

#: Blanks before a closing mark.
_BLANKS = 2
_HARD = frozenset("。！？｡")
_SOFT = re.compile(r"[!?！？]+|[….⋯]*[…⋯][….⋯]*|\.{2,}|．")
_CLOSERS = frozenset("”’」』）)]》〉】〕﹂﹄»›＂")
_TITLES = re.compile(rf"(?:[Tt]hen-)?(?:{TITLES})\.|(?:vs?|cf|ca|[Nn]os?|approx|[A-Z])\.|e\.g\.|i\.e\.")
#: Words that open sentences much more often than they follow an abbreviation as part of a name.
_STARTERS = """
    A After All Although An And As At Before But By Despite During Even For From He Her His How However I If
    In Instead It Its Last Many Meanwhile More Most No Now On Once One Our Over She Since So Some Such That
    The Their Then There These They This Those Though To Today Under Until We What When Where While Why With
    Yesterday Yet You Your
"""
STARTING = frozenset(_STARTERS.split())


def flags(surface: str) -> int:
    """Return what the form of one token says about sentence ends.

    Examples:
        >>> flags("。") == HARD, flags("U.S.") == ABBREVIATION, flags("the") == LOWER
        (True, True, True)
    """
    if surface.isascii() and surface.isalpha():  # most of them, and quickly told
        return (LOWER if surface[0].islower() else 0) | (STARTER if surface in STARTING else 0)
    if surface[0] in _HARD and len(surface) == 1:
        return HARD
    if surface == ".":
        return STOP
    if _SOFT.fullmatch(surface):
        return HARD if surface.strip("！？") == "" else SOFT
    if surface in _CLOSERS:
        return CLOSER
    if surface in "\"'":
        return STRAIGHT
    if surface in ",;":  # no sentence opens so: Ann Lee (D-Md.), who
        return LOWER
    value = LOWER if surface[0].islower() else 0
    if surface in STARTING:
        value |= STARTER
    if surface.endswith(".") and not _TITLES.fullmatch(surface):
        value |= ABBREVIATION
    return value


def number(
    form: npt.NDArray[np.uint8],
    start: npt.NDArray[np.int32],
    end: npt.NDArray[np.int32],
    newlines: npt.NDArray[np.int64],
    bounds: npt.NDArray[np.int64],
) -> npt.NDArray[np.int32]:
    """Number the sentences of many articles, from 0 in each.

    Args:
        form: `flags` of each token.
        start: offsets of the tokens, increasing over all articles.
        end: their ends.
        newlines: offsets of the line breaks, increasing; a line break always ends a sentence.
        bounds: first token of each article, then the number of tokens.
    """
    n = len(form)
    if number_sentences is not None:
        sentence = np.empty(n, dtype=np.int32)
        number_sentences(form, start, end, newlines, bounds, sentence)
        return sentence
    opens = np.zeros(n + 1, dtype=bool)
    if n == 0:
        return np.zeros(0, dtype=np.int32)
    opens[np.searchsorted(start, newlines)] = True
    opens[bounds[:-1]] = True
    opens[0] = True
    opens[:n] |= _after_ends(form, start, end, opens[:n])
    number = np.cumsum(opens[:n], dtype=np.int64)
    counts = np.diff(bounds)
    first = number[np.minimum(bounds[:-1], n - 1)]
    return (number - np.repeat(first, counts)).astype(np.int32)


def _after_ends(
    form: npt.NDArray[np.uint8],
    start: npt.NDArray[np.int32],
    end: npt.NDArray[np.int32],
    paragraphs: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Say which tokens come first after the end of a sentence and the quotes that close with it."""
    n = len(form)
    touching = np.zeros(n, dtype=bool)
    touching[1:] = start[1:] == end[:-1]
    near = np.zeros(n, dtype=bool)  # a closing mark may stand behind a blank or two: 不同。 」
    near[1:] = start[1:] - end[:-1] <= _BLANKS
    closer = ((form & CLOSER) != 0) & near
    # Points with blanks between them are one ellipsis: certain . . . curious.
    stop = (form & STOP) != 0
    closer[1:] |= stop[1:] & stop[:-1] & near[1:]
    closer |= _closing_straight(form, touching, paragraphs) & touching
    closer &= ~paragraphs
    positions = np.arange(n)
    last = np.maximum.accumulate(np.where(closer, -1, positions))
    before = np.zeros(n, dtype=np.int64)
    before[1:] = last[:-1]
    ender = form[before]
    ender[0] = 0
    lower = (form & LOWER) != 0
    ends = (ender & HARD) != 0
    ends |= ((ender & SOFT) != 0) & ~lower
    # "3.The" (a space lost) ends a sentence too; "Node.js" does not, being lower case.
    ends |= ((ender & STOP) != 0) & ~lower
    ends |= ((ender & ABBREVIATION) != 0) & ((form & STARTER) != 0) & ~touching
    first: npt.NDArray[np.bool_] = ends & ~closer
    return first


def _closing_straight(
    form: npt.NDArray[np.uint8], touching: npt.NDArray[np.bool_], paragraphs: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Say which straight quotes close: by the blank on one side of them, else every second of a paragraph.

    So a mark too many (6" pipe) turns none of those that follow.
    """
    straight: npt.NDArray[np.bool_] = (form & STRAIGHT) != 0
    if not straight.any():
        return straight
    seen = np.cumsum(straight)
    starts = np.flatnonzero(paragraphs)
    base = np.where(straight[starts], seen[starts] - 1, seen[starts])
    ordinal = seen - np.repeat(base, np.diff(np.append(starts, len(form))))
    behind = np.append(touching[1:], False)
    told = touching != behind
    closing: npt.NDArray[np.bool_] = straight & np.where(told, touching, ordinal % 2 == 0)
    return closing
