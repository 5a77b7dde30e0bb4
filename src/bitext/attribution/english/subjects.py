"""Who says what an English verb tells: the subject before it, the one that it shares, or none."""

from bitext.attribution.english.appositions import name_between, with_name
from bitext.attribution.english.phrases import main_subject, past_time, phrase_before
from bitext.attribution.english.verbs import is_hyphen, is_point, stem, verb_group
from bitext.attribution.sentence import CueContext, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COMMA, DASH, NOTHING, QUOTE, SEMICOLON, STOP

_BE = words("en", "be")
#: Documents: a statement saying C is somebody's.
_DOCUMENTS = words("en", "documents")
#: Verbs whose subject does what the infinitive behind them says.
_CONTROL = words("en", "control")
_PREPOSITIONS = words("en", "prepositions")
#: What stands before a verb that is a noun, whose subject is that of the clause: in saying, by telling.
_GERUND = words("en", "gerund")
#: Verbs between a subject and what it is: remained skeptical.
_LINKING = words("en", "linking")
#: Verbs of a clause; behind one of the others they only add to a name: Ann Lee, who was there, said.
_FINITE = words("en", "auxiliaries") - {"to", "not", "be", "been", "being", "having"}
_DEGREES = frozenset(
    ("far", "much", "more", "less", "most", "least", "very", "so", "too", "quite", "rather", "not")
)
#: What stands before a verb as an adverb, and alone as its subject.
_ALL = frozenset(("both", "all", "each"))
_RELATIVES = frozenset(("who", "whom", "whose", "which", "that", "where", "when", "if", "as", "while"))
_HAVE = frozenset(("have", "has", "had", "was", "were", "is", "are", "did", "will", "would"))
_CONTRACTED = (
    "he's",
    "she's",
    "it's",
    "they're",
    "we're",
    "i'm",
    "he’s",
    "she’s",
    "it’s",
    "they’re",
    "we’re",
    "i’m",
)
#: What is added to a name has at most so many tokens, what stands between it and its verb so many.
_LONGEST_ADDITION, _LONGEST_ADJUNCT = 30, 8


def controller(a: CueContext, verb_start: int) -> Span | None:
    """Return the subject of the verb that an infinitive goes with: X went on to say; else nobody."""
    to = next((place for place in range(verb_start, a.cue.first) if a.word(place) == "to"), None)
    if to is None or a.word(to - 1) not in _CONTROL:
        return None
    place = to - 1
    if a.word(place) in ("on", "ahead"):
        place -= 1
    while place - 1 > a.low and a.word(place - 1) in _DEGREES:
        place -= 1  # were far more likely to say
    return subject_of(a, verb_group(a, place)[0])[0]


def subject_of(a: CueContext, verb_start: int) -> tuple[Span | None, str]:
    """Return the tokens (inclusive) that name who speaks, before the verb, and how they were found."""
    if a.word(verb_start - 1) in _LINKING:
        verb_start = verb_group(a, verb_start - 1)[0]  # some remained skeptical
    end = verb_start - 1
    if a.word(verb_start) in _ALL and verb_start < a.cue.first and (end < a.low or a.mark(end) != NOTHING):
        return (verb_start, verb_start), "subject"  # Both want it to close
    if end < a.low or a.deeper(end) or a.mark(end) == QUOTE:
        return None, "none"
    moved = past_time(a, end, a.low)
    if moved < end and moved > a.low and a.mark(moved) in (COMMA, DASH):
        end = moved  # X, a nurse, on Sunday said
    pronoun = stem(a, end)
    relative = end if pronoun in ("who", "which") else -1
    if pronoun in ("who", "which", "that") and end > a.low:
        end -= 1
        if a.mark(end) == COMMA:
            end -= 1
    elif a.mark(end) in (COMMA, DASH):
        if a.cue.form.split()[0].endswith("ing"):
            return _shared(a, end)
        start = end - 1
        marks = (COMMA, DASH, STOP, SEMICOLON, QUOTE)
        while (
            start > a.low
            and end - start < _LONGEST_ADDITION
            and (
                a.mark(start) not in marks or a.apostrophe(start) or is_hyphen(a, start) or is_point(a, start)
            )
        ):
            start -= 1
        if a.word(end - 1) == ")" and (a.mark(start) not in (COMMA, DASH) or "(" in a.s.words[start:end]):
            end -= 1  # John Lee (R-OH), said
        elif a.mark(start) not in (COMMA, DASH) or start <= a.low or a.closes_quote(start - 1):
            return None, "none"
        else:
            named = name_between(a, start, end, a.floor if a.floor <= start else a.low)
            if named is not None:
                return named, "subject"
            if _is_clause(a, start + 1, end):
                return None, "none"  # If X joins, all would need a permit, said Y
            end = start - 1
    elif a.cue.form.split()[0].endswith("ing") and not _is_progressive(a, verb_start):
        near = (
            None
            if a.word(past_time(a, end, a.low)) in _DOCUMENTS or a.low < a.floor or a.word(end) in _GERUND
            else phrase_before(a, end, a.low)
        )
        return (near, "subject") if near else _shared(a, end)
    if a.word(end) in ("and", "but", "or", "then"):
        return _shared(a, end)
    low = a.floor if a.floor <= end else a.low
    phrase = phrase_before(a, end, low) or _past_adjunct(a, end, low)
    if phrase is None:
        return ((relative, relative), "subject") if relative >= 0 else (None, "none")
    return with_name(a, _without_document(a, phrase), low), "subject"


def _is_clause(a: CueContext, first: int, end: int) -> bool:
    """Say whether the tokens before *end* are a clause of their own, and add nothing to a name."""
    verb = next((place for place in range(first + 1, end) if a.word(place) in _FINITE), None)
    return verb is not None and all(a.word(place) not in _RELATIVES for place in range(first, verb))


def _without_document(a: CueContext, phrase: Span) -> Span:
    """Return a name without where its bearer says something: Ann Lee | in a post said."""
    start, end = phrase
    if a.word(end) in _DOCUMENTS and a.s.caps[start]:
        for place in range(start + 1, end):
            if a.word(place) in ("in", "on", "at") and a.s.caps[place - 1]:
                return start, place - 1
    return phrase


def _past_adjunct(a: CueContext, end: int, low: int) -> Span | None:
    """Return the subject before what stands between it and its verb: have in the past | said."""
    place = end
    while place > low and end - place < _LONGEST_ADJUNCT and a.mark(place) == NOTHING:
        before = a.word(place - 1)
        if a.word(place) in _PREPOSITIONS and before in ("who", "which"):
            relative = place - 2 if a.mark(place - 2) == COMMA else place - 1
            return phrase_before(a, relative - (relative == place - 1), low)
        if a.word(place) in _PREPOSITIONS and before in _HAVE:
            return phrase_before(a, verb_group(a, place - 1)[0] - 1, low)
        place -= 1
    return None


def _shared(a: CueContext, end: int) -> tuple[Span | None, str]:
    """Return the subject of the clause, which the verb shares; behind an event it inherits the source."""
    if a.low < a.floor <= end:
        return None, "none"
    found = main_subject(a, end, a.low)
    return (found, "shared") if found else (None, "none")


def _is_progressive(a: CueContext, verb_start: int) -> bool:
    if a.word(verb_start - 1).endswith(_CONTRACTED):
        return True
    return any(a.word(place) in _BE for place in range(verb_start, a.cue.first))
