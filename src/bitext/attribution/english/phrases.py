"""Who does what a verb says in English: the noun phrase before it, or none.

No parser: a phrase ends where no noun phrase goes on, and a verb may have no subject at all.

1. Behind "and", "but", "then" a verb shares the subject of the clause; so does a participle (…, adding that).
2. A preposition belongs to the phrase if a noun stands before it (the head of the bank), else the phrase has
   ended, or begins behind the place and time that open the sentence (in March the bank said).
3. A new determiner behind a noun begins a new phrase (in mid-April | the government).
4. The object of a verb is no subject: "released a list recommended by" has none.
5. An apposition leads to the name beside it: Ann Lee, a nurse, said; its chief, Ann Lee, said.
"""

from bitext.attribution.english.lists import listed
from bitext.attribution.english.verbs import is_past, is_verb, touches, verb_group
from bitext.attribution.sentence import CueContext
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COMMA, DASH, NOTHING, QUOTE

_PRONOUNS = words("en", "subject_pronouns")
_DETERMINERS = words("en", "determiners")
_BEFORE_DETERMINER = words("en", "before_determiner")
_PREPOSITIONS = words("en", "prepositions")
_TIMES = words("en", "times")
_CLAUSE_VERBS = words("en", "clause_verbs")
_ADVERBS = words("en", "adverbs")
#: Pronouns that are objects: what stands before them is no new subject.
_OBJECTS = frozenset(("her", "him", "them", "us", "me"))
_BREAKS = words("en", "breaks")
_JOINS = frozenset(("and", "but", "or", "then", "yet"))
_COUNTS = frozenset(("one", "two", "three", "several", "many", "some"))
_BEFORE_COUNT = frozenset(("next", "last", "first", "other", "all", "these", "those", "least", "than"))
#: Determiners that stand for a noun.
_ALONE = frozenset(("those", "these", "some", "several"))
#: Adverbs that a noun phrase can hold: voters in each state.
_INSIDE = frozenset(("also", "both", "each", "all"))
_QUANTITIES = frozenset(("both", "many", "most", "such"))
#: What is no noun phrase by itself.
_NO_HEADS = frozenset(
    ("no", "more", "less", "even", "most", "such", "not", "other", "only", "so", "too", "very")
)
_ADDRESS = frozenset(("mr", "mrs", "ms"))
#: What "of" counts: most of the voters.
_AMOUNTS = frozenset(
    ("most", "many", "some", "all", "half", "each", "several", "few", "none", "one", "both", "any")
)
#: Participles that a noun takes behind it: a poll released on Friday.
PARTICIPLES = words("en", "participles")
#: How many, before a number: about 9 percent.
_ROUGHLY = words("en", "roughly")
#: What is no noun, what opens no noun phrase, and what is none where it stands alone.
_NO_NOUNS = _PREPOSITIONS | _ADVERBS | _BREAKS | {"and", "or", "to"}
_LEADING = _ADVERBS | _PREPOSITIONS | _JOINS
_NOTHING_ALONE = _LEADING | (_DETERMINERS - _ALONE)
#: A noun phrase has at most so many tokens, a relative clause behind it so many.
_LONGEST, _LONGEST_CLAUSE = 24, 30

Phrase = tuple[int, int]

#: Words between a name and its verb that are no part of the name.
_TRAILING = frozenset(
    ("almost", "nearly", "never", "ever", "always", "just", "also", "again", "simply", "really")
)
_DAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday")
) | frozenset(("morning", "afternoon", "evening", "night"))


def phrase_before(a: CueContext, place: int, low: int) -> Phrase | None:
    """Return the noun phrase (inclusive) that is the subject of the verb behind token *place*, or None."""
    end = past_time(a, place, low)
    if end < low:
        return None
    if a.word(end) in _JOINS or (a.mark(end) != NOTHING and a.word(end) not in (")",)):
        return None
    relative = _before_relative(a, end, a.low)
    pronoun = a.word(end) in _PRONOUNS and a.word(end - 1) not in ("the", "no")
    if pronoun and not (relative and a.word(end) in _OBJECTS):
        start = end
        while start - 1 >= low and a.word(start - 1) in ("all", "both", "of", "most", "and"):
            if a.word(start - 1) == "and":
                break
            start -= 1
        return start, end
    return relative or scan(a, end, low)


def _before_relative(a: CueContext, end: int, low: int) -> Phrase | None:
    """Return the noun phrase before the relative clause that ends at token *end*: officials | who asked.

    The clause has a verb of its own, and no mark divides it.
    """
    place, verbs = end, 0
    while place > low and end - place < _LONGEST_CLAUSE and a.mark(place) == NOTHING:
        if a.word(place) == "who":
            return scan(a, place - 1, low) if verbs and a.mark(place - 1) == NOTHING else None
        verbs += is_verb(a, place)
        place -= 1
    return None


def main_subject(a: CueContext, place: int, low: int) -> Phrase | None:
    """Return the subject of the clause that token *place* belongs to: what stands before its first verb."""
    inner = [verb for verb in range(place - 1, low, -1) if not a.deeper(verb)]
    for verb in [verb for verb in inner if is_verb(a, verb)] or [verb for verb in inner if is_past(a, verb)]:
        before = verb - 1
        while before > low and (a.word(before) in _ADVERBS or a.word(before).endswith("ly")):
            before -= 1
        if a.mark(before) == COMMA:
            opened = _apposition_start(a, before, low)
            before = opened - 1 if opened is not None else before
        found = phrase_before(a, before, low) if before >= low else None
        if found is not None:
            return found
    return None


def _apposition_start(a: CueContext, comma: int, low: int) -> int | None:
    for place in range(comma - 1, max(low, comma - 25), -1):
        if a.mark(place) in (COMMA, DASH):
            return place
    return None


def past_time(a: CueContext, end: int, low: int) -> int:
    """Step back over when something is said: … on Monday, last week, earlier this month."""
    place = end
    while place >= low:
        word = a.word(place)
        number = word.isdigit() and a.word(place - 1) in _TIMES
        if (
            word in _ADVERBS
            or number
            or (word in _TIMES and word not in ("may", "this", "last"))
            or (word in ("this", "last") and place < end)
            or (word.endswith("ly") and len(word) > 4 and not a.s.caps[place])
        ):
            place -= 1
        else:
            break
    if place >= low and (place < end or a.mark(place + 1) == NOTHING):
        place -= a.word(place) in ("on", "in", "at", "during", "for") or (
            place < end and a.word(place) == "the"
        )
    return place


def scan(a: CueContext, end: int, low: int) -> Phrase | None:
    """Return the noun phrase that ends at token *end*."""
    start = end + 1
    place = end
    while place >= low and end - place <= _LONGEST:
        word, mark = a.word(place), a.mark(place)
        if word == ")":
            opened = next((p for p in range(place, max(low, place - 8) - 1, -1) if a.word(p) == "("), None)
            if opened is None:
                break
            start = place = opened
            place -= 1
            continue
        if mark == QUOTE and not a.apostrophe(place):
            opened = _quoted_name(a, place, low)
            if opened is None:
                break
            start = opened
            place = opened - 1
            continue
        if mark not in (NOTHING, QUOTE) and word not in ("/", "&"):
            break
        if word == "-" and not (place > a.low and touches(a, place)):
            break
        has_object = a.word(place + 1) in _DETERMINERS or a.word(place + 1) == "out"  # sent a letter
        if is_verb(a, place) and word in PARTICIPLES and _noun_before(a, place, low) and not has_object:
            start, end = place, place - 1  # the poll released on Friday
            place -= 1
            continue
        if is_verb(a, place):
            return _behind_verb(a, place, start, end, low)
        if word == "and" or word == "or":
            joined = start <= end and place > low and a.mark(place - 1) == NOTHING
            if not (joined and _joins_nouns(a, place, end)):
                break
        elif word in _PRONOUNS and a.word(place + 1) == "and" and start == place + 1:
            return place, end
        elif word == "that" and a.word(place - 1) in _PREPOSITIONS:
            pass  # teachers of that town
        elif word == "to" and _is_preposition(a, place, low):
            pass
        elif word == "than" and a.word(place - 1) in ("more", "less", "fewer", "other", "rather"):
            start, place = place, place - 1  # more than six in ten
        elif (
            word in _BREAKS
            or word == "to"
            or (word in _PRONOUNS and word not in _DETERMINERS and word not in _QUANTITIES)
        ):
            break
        elif word in _ROUGHLY and start == place + 1 and a.word(start)[:1].isdigit():
            pass  # about 9 percent
        elif word in _PREPOSITIONS:
            if not _noun_before(a, place, low):
                if word == "with" and a.cue.form.endswith("ing"):
                    return _trimmed(a, start, end)  # with half of them saying
                return _trimmed(a, start, end) if word == "of" else _opened_by_place(a, start, end)
        elif (word in _ADVERBS and word not in _INSIDE and not a.s.caps[place]) or (
            start <= end and a.word(start) in _DETERMINERS and not _goes_on(word, a.word(start))
        ):
            break
        start = place
        place -= 1
    found = _trimmed(a, start, end)
    return listed(a, found, low) if found else None


def _is_preposition(a: CueContext, place: int, low: int) -> bool:
    """Say whether "to" belongs to a noun: sources close to her campaign, the delegation to the forum."""
    after = a.word(place + 1)
    noun = after in _DETERMINERS or a.s.caps[place + 1] or after in ("his", "her", "their", "its")
    return noun and (a.word(place - 1) in ("close", "opposed") or _noun_before(a, place, low))


def _goes_on(word: str, determiner: str) -> bool:
    """Say whether a noun phrase may have *word* before its determiner: all the, the next two."""
    if determiner in _COUNTS and (word in _DETERMINERS or word in _BEFORE_COUNT):
        return True
    return word in _BEFORE_DETERMINER or word.isdigit()


def _quoted_name(a: CueContext, place: int, low: int) -> int | None:
    """Return where a short quotation that ends at *place* opens, if it is part of a name."""
    opened = place - 1
    while opened > low and a.deeper(opened):
        opened -= 1
    inner = a.mark(place - 1) == NOTHING and a.mark(opened) == QUOTE
    return opened if inner and 1 < place - opened <= 6 and a.mark(opened - 1) == NOTHING else None


def _behind_verb(a: CueContext, verb: int, start: int, end: int, low: int) -> Phrase | None:
    """Decide what stands between a verb and the next: its object, or the subject of what it says."""
    if start > end:
        return None
    if a.word(verb) in _CLAUSE_VERBS and a.word(end) not in _OBJECTS:
        return _trimmed(a, start, end)
    relative = verb_group(a, verb)[0] - 1
    if relative > low and a.word(relative) in ("who", "which", "that") and a.mark(relative - 1) == NOTHING:
        return phrase_before(a, relative - 1, low)  # the groups who wrote to her
    return None


def _opened_by_place(a: CueContext, start: int, end: int) -> Phrase | None:
    """Return the phrase behind an opening of place or time: in mid-April the government; None without one."""
    for place in range(start + 1, end + 1):
        before = a.word(place - 1)
        joined = before in _BEFORE_DETERMINER or before in _PREPOSITIONS
        if a.word(place) in _DETERMINERS and not joined:
            return _trimmed(a, place, end)
    if start < end and a.word(start) in _TIMES:
        first = next(
            (p for p in range(start, end + 1) if a.word(p) not in _TIMES and not a.word(p).isdigit()), end
        )
        return _trimmed(a, first, end) if first > start else None
    return None


def _noun_before(a: CueContext, place: int, low: int) -> bool:
    """Say whether a noun stands before the preposition at *place*, so that it can belong to its phrase."""
    before = place - 1
    if before < low or a.mark(before) != NOTHING:
        return a.word(before) == ")" and before > low
    word = a.word(before)
    if a.word(place) == "of" and word in _AMOUNTS:
        return True
    if word in _NO_NOUNS or is_verb(a, before):
        return False
    return not (word.endswith("ly") or (word in _PRONOUNS and word not in _DETERMINERS))


def _joins_nouns(a: CueContext, place: int, end: int) -> bool:
    """Say whether "and" at *place* joins names or nouns: both sides capital, or both not.

    What stands behind it may open with a capital: the senator and Republican candidate.
    """
    before, after = a.s.caps[place - 1], a.s.caps[place + 1] and a.s.caps[end]
    if (before and after) or a.word(place - 1) in _PRONOUNS:
        return True
    determined = a.word(place + 1) in _DETERMINERS
    return not is_verb(a, place - 1) and (before == after or determined) and a.word(place - 1) not in _TIMES


def _trimmed(a: CueContext, start: int, end: int) -> Phrase | None:
    if start + 1 < end and a.word(start) in ("this", "last", "next") and a.word(start + 1) in _TIMES:
        start += 2  # This week Acme said
    for place in range(start + 1, end):
        if a.word(place).strip(".") not in _ADDRESS:
            continue
        before = range(start, place)
        if not any(a.word(p) in _JOINS or (a.s.caps[p] and p > start) for p in before):
            start = place  # the border wall | Mr Poe promised
            break
    while start < end and (
        a.word(start) in _LEADING
        or (a.word(start).endswith("ly") and not a.s.caps[start])
        or a.word(start) in ("(", ")", "-")
    ):
        start += 1
    while end > start and (a.word(end) in _TRAILING or (a.word(end) in _DAYS and a.s.caps[end - 1])):
        end -= 1  # Trump almost; Gov. Jay Nixon Saturday afternoon
    if start > end or (start == end and a.word(start) in _NOTHING_ALONE):
        return None
    if a.word(end) in _NO_HEADS and all(a.word(place) in _NO_HEADS for place in range(start, end + 1)):
        return None  # no more begging
    return start, end
