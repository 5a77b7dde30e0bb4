"""The name beside what a person is, between commas: Ann Lee, a nurse, said; its chief, Ann Lee, said."""

from bitext.attribution.english.phrases import Phrase, scan
from bitext.attribution.english.verbs import is_owner
from bitext.attribution.sentence import CueContext
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COMMA, NOTHING

_PRONOUNS = words("en", "subject_pronouns")
_DETERMINERS = words("en", "determiners")
_PREPOSITIONS = words("en", "prepositions")
_TIMES = words("en", "times")
_ADVERBS = words("en", "adverbs")


def with_name(a: CueContext, phrase: Phrase, low: int) -> Phrase:
    """Return the name that *phrase* stands in apposition to: Ann Lee, a nurse; else *phrase*."""
    start = phrase[0]
    comma = start - 1
    if a.word(comma) == "of" and a.mark(comma - 1) == COMMA:
        comma -= 1  # Ann Lee, of Union Bank, said
    if comma - 3 > low and a.word(comma - 1).isdigit() and a.mark(comma - 2) == COMMA:
        comma -= 2  # Ann Lee, 29, of
    if comma - 1 < low or a.mark(comma) != COMMA:
        return phrase
    if comma == start - 1 and a.s.caps[phrase[1]] and a.s.caps[start]:
        return phrase
    of = a.word(start - 1) == "of"
    if a.word(start) in _PRONOUNS or not (of or a.word(start) in _DETERMINERS or not a.s.caps[start]):
        return phrase
    before = comma - 1
    if (
        not a.s.caps[before]
        or a.word(before) in _TIMES
        or a.word(before) in _ADVERBS
        or a.word(before).endswith("ly")
    ):
        return phrase
    name = scan(a, before, low)
    if name is not None and name[0] == name[1] == low and a.word(start) not in _DETERMINERS:
        return phrase  # Indeed, proponents say
    if name is None or not a.s.caps[name[1]] or a.word(name[0]) in _PREPOSITIONS:
        return phrase
    opening = name[0] - 1
    if (opening >= low and a.word(opening) in _PREPOSITIONS) or any(
        a.word(place) != "of" and a.word(place) in _PREPOSITIONS for place in range(name[0], name[1])
    ):
        return phrase  # in Paris, the minister said; the sale of tools in China, an official said
    return name


def name_between(a: CueContext, comma: int, end: int, low: int) -> Phrase | None:
    """Return the name in apposition to a role, between two commas: Its chief executive, | Ann Lee, | said.

    Args:
        a: the cue in its sentence.
        comma: token of the comma before the name.
        end: token of the comma behind it.
        low: first token that may belong to the role.
    """
    name = range(comma + 1, end)
    capital = len(name) > 1 and all(a.s.caps[p] and a.mark(p) == NOTHING for p in name)
    if not capital or any(a.word(p) in _TIMES for p in name) or comma - 1 < low:
        return None
    role = scan(a, comma - 1, low)
    if role is None or not (
        a.word(role[0]) in _DETERMINERS or any(is_owner(a, p) for p in range(role[0], role[1]))
    ):
        return None
    inner = range(role[0], role[1] + 1)
    where = any(a.word(p) in _PREPOSITIONS and a.word(p) not in ("of", "for", "to") for p in inner)
    plain = not a.s.caps[role[1]] or any(not a.s.caps[p] for p in range(role[0] + 1, role[1]))
    return None if where or not plain else (comma + 1, end - 1)


def role_before(a: CueContext, name: Phrase, low: int) -> int:
    """Return the first token of the role that a name is added to between commas; else that of the name."""
    first, last = name
    if last + 1 >= a.high or a.mark(last + 1) != COMMA or a.mark(first - 1) != COMMA or first - 2 < low:
        return first
    if name_between(a, first - 1, last + 1, low) != name:
        return first
    role = scan(a, first - 2, low)
    return role[0] if role else first
