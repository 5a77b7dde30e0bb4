"""How far the noun phrase of a source reaches behind its name: Ann Lee | (D-Md.), a nurse who lives here.

A name is told first; what is added to it is told here, so that titles, parties and appositions can be read
beside the name without becoming part of it.

1. Brackets behind the name: (D-Md.).
2. An apposition or a relative clause between commas: , a nurse, / , who lives here,.
3. Whatever stands between dashes before the verb.
4. A relative clause without a comma: officials who had been told.
"""

from bitext.attribution.english.appositions import role_before
from bitext.attribution.english.phrases import PARTICIPLES
from bitext.attribution.english.verbs import is_hyphen, is_point, is_verb, stem, verb_group
from bitext.attribution.sentence import CueContext, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, DASH, NOTHING, QUOTE, SEMICOLON, STOP

_DETERMINERS = words("en", "determiners")
_NO_ADDITION = (
    words("en", "prepositions")
    | words("en", "breaks")
    | words("en", "adverbs")
    | words("en", "subject_pronouns")
    | frozenset(("and", "but", "or", "then", "yet", "to", "according", "including"))
)
_RELATIVE = frozenset(("who", "whose", "whom", "which"))
#: What opens an addition although it is in the lists above.
_OPENERS = _DETERMINERS | _RELATIVE | frozenset(("of", "one", "both", "once", "now"))
_BEFORE_VERB = words("en", "auxiliaries") | (words("en", "adverbs") - words("en", "times"))
#: Examples between commas: other candidates, including Ann Lee, said.
_EXAMPLES = frozenset(("including", "like", "acting", "such"))
_ENDS = frozenset((COMMA, DASH, STOP, SEMICOLON, COLON))
#: An addition has at most so many tokens, a bracket so many.
_LONGEST, _BRACKET = 40, 14


def extent(a: CueContext, name: Span) -> Span:
    """Return the tokens (inclusive) of the noun phrase whose name is the tokens *name*."""
    first, last = role_before(a, name, a.low), name[1]
    before = last < a.cue.first
    limit = verb_group(a)[0] if before else a.high
    if before and last + 1 < limit and _is_relative(a, limit - 1, last):
        return limit - 1, limit - 1  # officials who say: "who" stands for them
    while last + 1 < limit:
        end = _added(a, last + 1, limit, before=before)
        if end <= last:
            break
        last = end
    return first, last


def _is_relative(a: CueContext, place: int, last: int) -> bool:
    """Say whether the relative pronoun at *place* follows the name, a comma between them allowed."""
    near = place == last + 1 or (place == last + 2 and a.mark(last + 1) == COMMA)
    return near and stem(a, place) in ("who", "which", "that")


def _added(a: CueContext, place: int, limit: int, *, before: bool) -> int:
    """Return the last token of what is added at token *place*, or -1."""
    if a.word(place) == "(":
        closed = (p for p in range(place, min(place + _BRACKET, limit)) if a.word(p) == ")")
        return next(closed, -1)
    relative = a.word(place) in _RELATIVE or (a.word(place) == "that" and before)
    if relative and a.mark(place) == NOTHING:
        return limit - 1 if before and _is_plain(a, place, limit) else _end(a, place, limit, before=before)
    has_object = a.word(place + 1) in _DETERMINERS or a.word(place + 1) == "out"  # sent a letter saying
    if a.word(place) in PARTICIPLES and before and not has_object and _is_plain(a, place, limit):
        end = a.cue.first - 1  # released on Friday has shown
        while end >= limit and a.word(end) in _BEFORE_VERB:
            end -= 1
        return end
    mark = a.mark(place)
    if mark == DASH and before and not is_hyphen(a, place):
        return _end(a, place + 1, limit, before=True, closing=(DASH,))
    word = a.word(place + 1)
    if mark == COMMA and before and word in _EXAMPLES:
        return _end(a, place + 2, limit, before=True)
    if mark != COMMA or not _opens(a, place + 1) or word in _RELATIVE:
        return -1  # said Ann Lee, who lives here
    if a.cue.form.startswith("according") and (a.cue.first <= a.low or word.endswith("ed")):
        return -1  # according to officials, adopted
    if a.cue.form.startswith("according") and _has_verb(a, place + 1):
        return -1  # according to officials, two were upgraded
    return _end(a, place + 1, limit, before=before)


def _has_verb(a: CueContext, place: int) -> bool:
    """Say whether what begins at token *place* is a clause of its own: a verb stands in it, and no "who"."""
    while place < a.high and a.mark(place) == NOTHING and a.word(place) not in _RELATIVE:
        if is_verb(a, place):
            return True
        place += 1
    return False


def _opens(a: CueContext, place: int) -> bool:
    """Say whether an apposition or a relative clause begins at token *place*."""
    word = a.word(place)
    if a.mark(place) != NOTHING or not word:
        return False
    if word in _OPENERS or word.isdigit():
        return True
    if word in _NO_ADDITION or word.endswith("ing") or (word.endswith("ly") and not a.s.caps[place]):
        return False
    return not is_verb(a, place)


def _end(a: CueContext, place: int, limit: int, *, before: bool, closing: tuple[int, ...] = ()) -> int:
    """Return the last token of an addition; before the verb it has to be closed, by a mark or the verb."""
    for end in range(place, min(place + _LONGEST, limit)):
        if a.deeper(end) or a.apostrophe(end) or is_hyphen(a, end) or is_point(a, end):
            continue
        mark = a.mark(end)
        if mark in (closing or _ENDS) or (mark == QUOTE and a.opens_quote(end) and not before):
            return end - 1 if end > place else -1
    if place + _LONGEST < limit:
        return -1
    end = limit - 1
    while not before and end > place and (a.mark(end) in (STOP, QUOTE) and not a.closes_quote(end)):
        end -= 1
    return -1 if before else end


def _is_plain(a: CueContext, place: int, limit: int) -> bool:
    """Say whether no mark divides the tokens from *place* to before the verb."""
    return all(a.mark(p) == NOTHING or a.deeper(p) or a.apostrophe(p) for p in range(place, limit))
