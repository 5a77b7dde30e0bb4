"""A name whose edge cuts a word or a dotted name in two → the whole name, or none: 穆|罕默德·沙尔曼.

A name that is torn is worse than none: it would be taught to the segmenter and told as a finding. So every
edge that rests on sound, meaning or words is looked at once more:

1. behind a dot, the part before the dot belongs to it: 普拉博沃·|苏比安托;
2. inside a word, a dotted name takes the word in (若|昂·多利亚), unless its first characters end a role or
   join (署长|惠勒); a word that is listed has no name in its second half;
3. a Chinese given name takes the surname before it (史|达伟, 郭|凯文); a translated name the word whose last
   character alone stands before it (亚太裔|美国人).
"""

import re

from bitext.glossaries.before import HAN, LONGEST_PART, Before, by_form, stops_name
from bitext.glossaries.words import BEFORE
from bitext.lexicons.stopwords import stop_words
from bitext.lexicons.wordlists import words

_SURNAMES = words("zh", "surnames")
#: Last characters of roles, and function words, that the segmenter glues to the name behind them.
_ENDS = frozenset(
    "长员官师人手父母者家将士民星主而但则就都也又再已曾于其该称说令使经据由因自对上向和与及暨的在是为被让给从到把下前任驻"
)
#: Characters that no name begins with and no word is: they end the word before.
_SUFFIXES = frozenset("性裔式型生")


def whole(before: Before, size: int, how: str) -> int | None:
    """Return the size of the whole name of which the last *size* characters were found, or None."""
    for _ in range(3):
        place = len(before.text) - size
        if not place:
            return size
        if before.text[place - 1] == "·":
            part = _part(before, place - 1)
            if not part:
                return None
            size += part + 1
            continue
        cut = next(((begin, word) for begin, end, word in before.words if begin < place < end), None)
        further = _of_cut(before, place, size, how, *cut) if cut else _of_char(before, place, size, how)
        if not further:
            return size if further == 0 else None
        size += further
    return size


def _part(before: Before, dot: int) -> int:
    """Return the length of the part of a name that ends at a dot, 0 where it cannot be told."""
    run = re.search(rf"[{HAN}]+$", before.text[:dot])
    word = next((dot - begin for begin, end, _ in before.words if end == dot), 0)
    if not run:
        return 0
    return word if 1 < word <= LONGEST_PART else len(run[0]) if len(run[0]) <= LONGEST_PART else 0


def _of_cut(before: Before, place: int, size: int, how: str, begin: int, word: str) -> int | None:
    """Say how much of a word that the edge cuts belongs to the name; None: it is torn."""
    head = before.text[begin:place]
    if head in BEFORE or head[-1] in _ENDS:
        return 0
    if how == "dotted" or before.text[begin - 1 : begin] == "·":
        return len(head) if re.fullmatch(rf"[{HAN}]+", head) else None
    if how == "sound" and len(head) == 1 and head in _SURNAMES and size <= 2:
        return 1
    return None if word in by_form() else 0


def _of_char(before: Before, place: int, size: int, how: str) -> int:
    """Say how much of what stands before an edge between words belongs to the name."""
    last = [(begin, end, word) for begin, end, word in before.words if end <= place][-2:]
    if not last or last[-1][1] != place or place - last[-1][0] != 1:
        return 0
    mark = last[-1][2]
    if mark in BEFORE or mark in stop_words() or mark in _ENDS:
        return 0
    if how == "sound":
        return int(mark in _SURNAMES and size <= 2)
    if how == "dotted":
        return int(len(last) > 1 and re.match(f"[{HAN}]", mark) is not None and stops_name(last[0][2]))
    if how == "meaning" and mark in _SUFFIXES and len(last) > 1 and not stops_name(last[0][2]):
        return place - last[0][0]
    return 0
