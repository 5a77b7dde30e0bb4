"""What belongs to the left of a noun phrase: how many they are, and the names listed before it."""

from bitext.attribution.english.verbs import is_verb
from bitext.attribution.sentence import CueContext, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COMMA, NOTHING

_PREPOSITIONS = words("en", "prepositions")
_TIMES = words("en", "times")
_ADVERBS = words("en", "adverbs")
_PRONOUNS = words("en", "subject_pronouns")
_BREAKS = words("en", "breaks")
_DETERMINERS = words("en", "determiners")
#: What stands before the determiner or the number of those who speak: both the mayor and, about 9 percent.
_BEFORE = words("en", "widening")
#: A name in a list has at most so many words.
_LONGEST = 5


def listed(a: CueContext, phrase: Span, low: int) -> Span:
    """Return *phrase* with what belongs to it on its left, at token *low* or behind it.

    1. How many they are: both Ann Lee and Max Poe, about 9 percent, not everyone.
    2. What is listed before "and": Ann Lee, Max Poe and others; Ann Lee, 45, and Max Poe.
    """
    start, end = phrase
    while start > low and a.word(start - 1) in _BEFORE and a.mark(start - 1) == NOTHING:
        start -= 1
    start = _past_ages(a, start, low)
    joined = any(a.word(place) in ("and", "or") for place in range(start + 1, end))
    while joined and start - 2 >= low and a.mark(start - 1) == COMMA:
        item = _item(a, start - 2, low, capital=a.s.caps[start])
        if item < 0:
            break
        start = item
    return start, end


def _past_ages(a: CueContext, start: int, low: int) -> int:
    """Return where the names begin that stand with their ages before *start*: Tom Lee, 45, and | Ann Poe."""
    while start - 4 > low and a.word(start - 1) == "and" and a.mark(start - 2) == COMMA == a.mark(start - 4):
        first = start - 5
        while first > low and a.s.caps[first - 1] and a.mark(first - 1) == NOTHING:
            first -= 1
        if not (a.word(start - 3).isdigit() and a.s.caps[start - 5] and a.s.caps[start]):
            break
        start = first
    return start


def _item(a: CueContext, end: int, low: int, *, capital: bool) -> int:
    """Return the first token of what is listed up to token *end*; -1 where that is no name or noun."""
    place = end
    while place >= low and end - place < _LONGEST and a.mark(place) == NOTHING:
        word = a.word(place)
        if (
            word in _TIMES
            or word in _ADVERBS
            or (word in _PRONOUNS and word not in _DETERMINERS)
            or is_verb(a, place)
        ):
            return -1
        if word in _PREPOSITIONS or word in _BREAKS or a.s.caps[place] != capital:
            break
        place -= 1
        if word in _DETERMINERS:
            break
    opened = place < low or a.mark(place) == COMMA or a.word(place) in ("but", "and", "both")
    alone = a.word(place + 1) in _DETERMINERS
    return place + 1 if place < end and (opened or alone) else -1
