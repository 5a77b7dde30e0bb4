"""Two reports in one frame of words: are who and where others? Then they are two events told in one form.

Detentions, weather alerts, quakes, share prices and matches are reported in the same sentences around other
names and numbers. A later report on one event changes numbers, too, but keeps who and where.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.lexicons import loader
from bitext.text.chinese.jieba_files import entries
from bitext.text.kinds import NUMBER, WORD
from bitext.text.numerals import EN_WORDS
from bitext.text.tokenizer import Tokenizer

#: Characters at the beginning of a text that are compared, beside the title.
HEAD = 300
#: Two heads are one frame if one has this share of the other's words, in the same order.
FRAME = 0.5
#: From here on one is a copy of the other.
_COPY = 0.97
#: Words in one place of the frame at most: more is another sentence.
_SLOT = 12
#: Who and where are said within so many words, title included: who else is quoted may change.
_LEAD = 30
#: Of the names of a head, so many must be others in the other one.
_OTHERS = 1 / 3
#: Parts of speech of names, by jieba's letters.
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz"))
#: What names of places end in: 保定市.
_PLACE_ENDS = frozenset("市县区镇乡省州")
#: Unknown words of so few characters are mostly pieces of others; names of persons are mostly no longer.
_LONGEST_COMMON, _LONGEST_PERSON = 2, 3
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿半")
_WEEKDAYS = {week + day for week in ("周", "星期") for day in "一二三四五六日"}
_WEEKDAYS |= {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_MONTHS = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october"}
_DAYS = frozenset(_WEEKDAYS | _MONTHS | {"november", "december", "am", "pm"})


class _Head(NamedTuple):
    """Words of title and beginning of an article, and which of them are names by their capitals."""

    words: list[str]
    capitals: list[bool]


class _Slot(NamedTuple):
    """Places in two heads that hold other words between the same ones."""

    a: slice
    b: slice


class _Known(NamedTuple):
    """Words that are no names, and words that do not show that who and where are the same: 公安局, 群中."""

    ordinary: frozenset[str]
    common: frozenset[str]


_START, _END = _Slot(slice(0, 0), slice(0, 0)), _Slot(slice(None), slice(None))


class _Filling(NamedTuple):
    """What stands in a place: names, and figures and days."""

    names: frozenset[str]
    figures: frozenset[str]


def other_event(titles: Sequence[str], texts: Sequence[str], first: Ints, second: Ints) -> Bools:
    """Say of which pairs of articles one frame of words holds other names: they are two events.

    Other figures alone are none: they may be those of a later report. Names that stand for the same concept
    (特朗普 and 川普) are the same.

    Args:
        titles: of all articles.
        texts: of all articles; their first `HEAD` characters are enough.
        first: numbers of articles.
        second: numbers of the articles beside them.

    Examples:
        >>> text = "{}公安局通报，嫌疑人{}因涉嫌诈骗{}万元被刑事拘留，案件正在侦办中。"  # is detained
        >>> people = ("青川市", "王某", 12), ("东河市", "李某", 45), ("青川市", "王某", 18)
        >>> texts = [text.format(*one) for one in people]
        >>> other_event([""] * 3, texts, np.array([0, 0]), np.array([1, 2])).tolist()
        [True, False]
    """
    wanted, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    heads = _heads([titles[row] for row in wanted], [texts[row] for row in wanted])
    bags = [Counter(head.words) for head in heads]
    pairs = list(zip(place[: len(first)].tolist(), place[len(first) :].tolist(), strict=True))
    framed: dict[int, list[_Slot]] = {}
    for number, (a, b) in enumerate(pairs):
        longer = max(len(heads[a].words), len(heads[b].words))
        if FRAME * longer <= (bags[a] & bags[b]).total() < _COPY * longer:
            framed[number] = _slots(heads[a].words, heads[b].words)
    used = {end for number, slots in framed.items() if slots for end in pairs[number]}
    known = _known(frozenset().union(*(heads[end].words for end in used)))
    found = np.zeros(len(pairs), dtype=bool)
    for number, slots in framed.items():
        a, b = pairs[number]
        found[number] = _differ(heads[a], heads[b], slots, known)
    return found


def _heads(titles: Sequence[str], texts: Sequence[str]) -> list[_Head]:
    """Return the heads of articles.

    Capitals within a sentence of the text say that a word is a name; headlines have them everywhere.
    """
    pieces = [piece for one in zip(titles, texts, strict=True) for piece in (one[0], one[1][:HEAD])]
    batch = Tokenizer().batch(pieces)
    words = [batch.types[term] for term in batch.term.tolist()]
    shown = np.isin(batch.kind, (WORD, NUMBER)).tolist()
    starts, bounds = batch.start.tolist(), batch.bounds.tolist()
    found = []
    for number in range(0, len(pieces), 2):
        low, middle, high = bounds[number : number + 3]
        text = pieces[number + 1]
        names = {
            words[token]
            for token in range(middle + 1, high)
            if shown[token - 1] and text[starts[token]].isupper() and words[token] not in _DAYS
        }
        head = [words[token] for token in range(low, high) if shown[token]]
        found.append(_Head(head, [word in names for word in head]))
    return found


def _slots(a: list[str], b: list[str]) -> list[_Slot]:
    """Return where two heads differ in the same place; nothing where they are no frame of words."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < FRAME * max(len(a), len(b)):
        return []
    found, at_a, at_b = [], 0, 0
    for block in blocks:
        if 0 < block.a - at_a <= _SLOT and 0 < block.b - at_b <= _SLOT:
            found.append(_Slot(slice(at_a, block.a), slice(at_b, block.b)))
        at_a, at_b = block.a + block.size, block.b + block.size
    return found


def _known(words: frozenset[str]) -> _Known:
    """Say what the dictionary knows of Chinese words, which calls 保定市 a noun and 保定 a verb."""
    places = {word: word[:-1] for word in words if len(word) > _LONGEST_COMMON and word[-1] in _PLACE_ENDS}
    found = entries(words.union(places.values())) if words else {}
    tags = {word: tag for word, (_, tag) in found.items()}
    towns = {word for word, stem in places.items() if tags.get(stem) == "ns" or stem in _towns()}
    names = {word for word in words if tags.get(word) in _NAMES} | towns
    unknown = {word for word in words.difference(tags) if len(word) <= _LONGEST_COMMON}
    wrong = {word for word in names if tags.get(word) == "nr" and len(word) > _LONGEST_PERSON}
    bodies = {word for word in names if tags.get(word) == "nt"}
    return _Known(frozenset(words.intersection(tags) - names), frozenset(unknown | wrong | bodies))


def _differ(a: _Head, b: _Head, slots: list[_Slot], known: _Known) -> bool:
    """Say whether the slots hold other names: of more than one person or place, or beside other figures."""
    different, figures, at_head = set(), False, False
    for slot in slots:
        one, other = _filling(a, slot.a, known.ordinary), _filling(b, slot.b, known.ordinary)
        figures |= bool(one.figures and other.figures and not one.figures & other.figures)
        if one.names and other.names and _strange(one.names, b) and _strange(other.names, a):
            different.add((one.names, other.names))
            at_head |= slot.a.start < _LEAD
    if not at_head or not (figures or len(different) > 1):
        return False
    frame = [slice(slot.a.stop, following.a.start) for slot, following in pairwise((_START, *slots, _END))]
    kept = frozenset().union(*(_filling(a, part, known.ordinary).names for part in frame))
    return len(different) >= _OTHERS * (len(different) + len(kept - known.common))


def _filling(head: _Head, part: slice, ordinary: frozenset[str]) -> _Filling:
    words = head.words[part]
    figures = frozenset(word for word in words if _is_figure(word, ordinary))
    names = frozenset(
        word
        for word, capital in zip(words, head.capitals[part], strict=True)
        if capital or not (word.isascii() or word in ordinary or word in figures)
    )
    return _Filling(names, figures)


def _is_figure(word: str, ordinary: frozenset[str]) -> bool:
    """Say whether a word is a number or a day, with what it counts: 四人, 致四死 (four, four dead)."""
    if word[0].isdigit() or word in _DAYS or word in EN_WORDS:
        return True
    numerals = _NUMERALS.intersection(word)
    return bool(numerals) and (word not in ordinary or len(numerals) == len(word))


def _strange(names: frozenset[str], head: _Head) -> bool:
    """Say whether none of *names*, and nothing that means the same, is in *head*."""
    text = "".join(head.words)
    if any(name in text for name in names):
        return False
    meant = frozenset().union(*(_meanings().get(name, frozenset()) for name in names))
    return not any(meant & _meanings().get(word, frozenset()) for word in head.words)


@cache
def _meanings() -> dict[str, frozenset[str]]:
    """Return the concepts that a form can name, in lower case."""
    found: dict[str, set[str]] = {}
    for row in loader.rows("concepts"):
        for form in f"{row['zh']}|{row['en']}".split("|"):
            found.setdefault(form.partition("@")[0].lower(), set()).add(row["concept"])
    return {form: frozenset(concepts) for form, concepts in found.items()}


@cache
def _towns() -> frozenset[str]:
    """Return the Chinese names of cities and regions of the concept table."""
    rows = (row["zh"] for row in loader.rows("concepts") if row["kind"] in ("city", "region"))
    return frozenset(form.partition("@")[0] for row in rows for form in row.split("|"))
