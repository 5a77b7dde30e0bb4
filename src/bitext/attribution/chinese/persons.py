"""Persons that Chinese tokens name, whether they speak or not: 市长|王大明, 大使|克拉|格, 布雷顿."""

from functools import cache, lru_cache

from bitext.attribution.chinese.heads import is_unknown, speakers
from bitext.attribution.chinese.nouns import is_given_name, is_persons_name
from bitext.attribution.sentence import Span
from bitext.concepts.table import ConceptTable
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import View
from bitext.words.lists import word_list

_SURNAMES = words("zh", "surnames")
#: Characters of a Chinese name, and of a foreign one without dots.
_CHINESE, _SPELT = (2, 3), (3, 6)
_PLACES = frozenset(("country", "city", "region"))


def name_behind(view: View, row: int, place: int) -> Span | None:
    """Return the person's name that begins at offset *place*, behind an office; None where none does."""
    first = view.place_at(row, place)
    size = len(view.tokens)
    if first >= size or view.article[first] != row or view.starts[first] != place:
        return None
    word, after = view.word(first), first + 1
    beside = after < size and view.article[after] == row and view.starts[after] == view.ends[first]
    behind = view.word(after) if beside else ""
    if behind and _is_spelt(word + behind) and not is_name(behind) and len(behind) == 1:
        return place, view.ends[after]  # 克拉|格
    if is_name(word) or (_is_chinese(word) and is_unknown(word)):
        return place, view.ends[first]
    given = bool(behind) and (is_given_name(behind) or is_unknown(behind))
    if word in _SURNAMES and given and len(word) + len(behind) <= _CHINESE[1]:
        return place, view.ends[after]  # 王|大明
    return None


def opening_sentence(view: View, row: int, low: int, high: int) -> Span | None:
    """Return the person who opens the last sentence before offset *high* that a person's name opens.

    Behind an office or alone: 市长|王大明|会见|农民。, 布雷顿|抵达|北京。 No name before offset *low* counts.
    """
    last = view.place_at(row, high) - 1
    sentence = int(view.sentence[last]) if last >= 0 and view.article[last] == row else -1
    while sentence >= 0:
        first, stop = int(view.first[sentence]), int(view.first[sentence + 1])
        if view.article[first] != row or view.starts[first] < low:
            return None
        found = _opening(view, row, first, min(stop, last + 1))
        if found is not None:
            return found
        sentence -= 1
    return None


def _opening(view: View, row: int, first: int, stop: int) -> Span | None:
    place = first
    while place < stop and view.word(place) in speakers() | _places():
        place += 1  # 丹麦|大使|克拉格
    if place >= stop:
        return None
    if place > first:
        return name_behind(view, row, view.starts[place])
    return (view.starts[place], view.ends[place]) if is_name(view.word(place)) else None


@lru_cache(maxsize=1 << 14)
def is_name(word: str) -> bool:
    """Say whether one word is the name of a person, as the dictionary has it or as foreign names are spelt.

    Examples:
        >>> is_name("布雷顿"), is_name("波士顿"), is_name("顾问")
        (True, False, False)
    """
    if word in speakers() or word in _places():
        return False
    known = is_persons_name(word) and (_is_chinese(word) or _is_spelt(word))
    return known or word in _persons() or (_is_spelt(word) and is_unknown(word))


def _is_chinese(word: str) -> bool:
    return _CHINESE[0] <= len(word) <= _CHINESE[1] and word[0] in _SURNAMES


def _is_spelt(word: str) -> bool:
    return _SPELT[0] <= len(word) <= _SPELT[1] and word_list("spells").issuperset(word)


@cache
def _persons() -> frozenset[str]:
    return _forms(frozenset(("person",)))


@cache
def _places() -> frozenset[str]:
    return _forms(_PLACES)


@cache
def _forms(kinds: frozenset[str]) -> frozenset[str]:
    """Return the forms of the concepts of some kinds."""
    table = ConceptTable.default()
    return frozenset(form.text for form in table.forms if any(table.kinds[n] in kinds for n in form.concepts))
