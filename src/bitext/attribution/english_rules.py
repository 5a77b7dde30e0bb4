"""Who said what in an English sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.attribution.english_forms import SAME, according, citing, inverted, plain, postposed
from bitext.attribution.english_phrases import main_subject, phrase_before, with_name
from bitext.attribution.sentence import REACH, Around, Candidate, Event, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, DASH, NOTHING, QUOTE, SEMICOLON, STOP

_AUXILIARIES = words("en", "auxiliaries")
_ADVERBS = words("en", "adverbs")
_BE = words("en", "be")
_AFTER_AGENT = words("en", "after_agent")
#: Participles that are states: was opposed to, is concerned that.
_STATES = words("en", "states")
_PRONOUNS = words("en", "pronouns")
_POSSESSIVES = words("en", "possessives")
_INVERTED = words("en", "inverted")
_COMPLEMENT = words("en", "complement")
_ADDRESSEES = words("en", "addressees")
_ADJUNCT = words("en", "adjunct")
_LEADING = words("en", "leading")
#: What a noun looks like where a verb of the same form would stand: the claims, his reports.
_NOUNS = words("en", "nouns")
_CITING = frozenset(("citing", "quoting"))
_BEFORE_SOURCE = frozenset(("and", "with", "for", "as", "of", "by", "to", "from"))
#: Mostly nouns: a verb only behind somebody who can do it.
_MOSTLY_NOUNS = words("en", "mostly_nouns")
#: What is named by these is no act of speech.
_NO_ACTS = words("en", "no_acts")
_SELF = words("en", "self")


def events(sentence: Sentence, cues: Sequence[Candidate]) -> list[Event]:
    """Return the events of attribution in *sentence*, in order of their cues."""
    found: list[Event] = []
    taken = -1
    for number, cue in enumerate(cues):
        if cue.first <= taken:
            continue
        following = [other for other in cues[number + 1 : number + 1 + REACH] if other.first > cue.last]
        event = _event(Around(sentence, cue, following, taken + 1))
        if event is not None:
            found.append(event)
            taken = cue.last
    return found


def _event(a: Around) -> Event | None:
    event = _found(a)
    if event is None or event.source is None:
        return event
    name = a.s.article_text[slice(*event.source)].lower()
    return None if name in _SELF else event


def _found(a: Around) -> Event | None:
    cue = a.cue
    if cue.form.startswith(SAME):
        return according(a)
    if cue.form in _NO_ACTS:
        return None
    if cue.form in _CITING:
        return citing(a)
    verb_start, infinitive = _verb_group(a)
    if _is_noun(a, verb_start):
        return None
    passive = _passive(a, verb_start)
    subject, rule = (_agent(a), "agent") if passive else _subject(a, verb_start)
    if a.level >= 0 and not _sure(a, subject, infinitive=infinitive):
        return None
    before = (subject[0] if subject else verb_start) - 1
    if passive:
        event = plain(a, subject, "passive", infinitive)
        return event._replace(inherited=False) if event else None
    if subject is None and cue.form in _INVERTED and _after_content(a, verb_start - 1):
        return inverted(a)
    if subject is not None and _after_content(a, before) and _ends_clause(a, cue.last + 1):
        return postposed(a, subject, before)
    return plain(a, subject, rule, infinitive)


def _sure(a: Around, subject: Span | None, *, infinitive: bool) -> bool:
    """Say whether a cue inside a quotation tells of somebody's words: there most are the speaker's own."""
    if infinitive or (subject is None and not a.cue.form.endswith("ing")):
        return False
    after = a.word(a.cue.last + 1)
    if after == "that" or a.cue.form.endswith(" that") or a.mark(a.cue.last + 1) in (COLON, QUOTE):
        return True
    return a.cue.feature in ("say_neutral", "deny", "say_conceding") and a.cue.form in _INVERTED | _ADDRESSEES


def _verb_group(a: Around) -> tuple[int, bool]:
    """Return the first token of the verb with its auxiliaries and adverbs, and whether `to` precedes it."""
    place = a.cue.first
    infinitive = False
    while place - 1 >= a.low:
        word = a.word(place - 1)
        if word in _AUXILIARIES or word in _ADVERBS or (word.endswith("ly") and len(word) > 4):
            infinitive = infinitive or word == "to"
            place -= 1
        else:
            break
    return place, infinitive


def _is_noun(a: Around, verb_start: int) -> bool:
    """Say whether the cue stands where a noun or an attribute stands: the claims, a reported case."""
    previous = a.word(verb_start - 1)
    head = a.word(a.cue.first)
    if previous in ("<", "/") or (a.mark(verb_start - 1) == QUOTE and not a.deeper(verb_start - 2)):
        return True
    if head in _MOSTLY_NOUNS and verb_start == a.cue.first:
        person = previous in _PRONOUNS or (verb_start > a.low and a.s.caps[verb_start - 1])
        plural = previous.endswith("s") and head in (
            "claim",
            "pledge",
            "demand",
            "report",
            "promise",
            "advocate",
        )
        if (
            not (person or plural)
            or a.s.caps[a.cue.first]
            or (head in ("tweet", "email") and previous not in _PRONOUNS)
        ):
            return True
    if a.cue.first == a.cue.last:
        if previous in _POSSESSIVES and previous not in ("this", "that", "these", "those"):
            return True
        if (
            previous in ("this", "that", "these", "those")
            and a.cue.form in _NOUNS
            and a.cue.form.endswith("s")
        ):
            return previous != "that"
        if (
            previous.endswith(("'s", "s'"))
            and a.cue.form in _NOUNS
            and previous not in ("it's", "he's", "she's")
        ):
            return True
        if a.cue.form in _NOUNS and previous in (
            "of",
            "for",
            "in",
            "with",
            "from",
            "by",
            "new",
            "more",
            "and",
        ):
            return True
    return False


def _subject(a: Around, verb_start: int) -> tuple[Span | None, str]:
    """Return the tokens (inclusive) that name who speaks, before the verb, and how they were found."""
    end = verb_start - 1
    if end < a.low or a.deeper(end) or a.mark(end) == QUOTE:
        return None, "none"
    if a.word(end) in ("who", "which", "that") and end > a.low:
        end -= 1
        if a.mark(end) == COMMA:
            end -= 1
    elif a.mark(end) in (COMMA, DASH):
        if a.cue.form.split()[0].endswith("ing"):
            return _shared(a, end)
        start = end - 1
        marks = (COMMA, DASH, STOP, SEMICOLON, QUOTE)
        while start > a.low and (a.mark(start) not in marks or a.apostrophe(start)) and end - start < 25:
            start -= 1
        if a.word(end - 1) == ")" and (a.mark(start) not in (COMMA, DASH) or "(" in a.s.words[start:end]):
            end -= 1  # John Lee (R-OH), said
        elif a.mark(start) not in (COMMA, DASH) or start <= a.low or a.closes_quote(start - 1):
            return None, "none"
        else:
            end = start - 1
    elif a.cue.form.split()[0].endswith("ing") and not _is_progressive(a, verb_start):
        return _shared(a, end)
    if a.word(end) in ("and", "but", "or", "then"):
        return _shared(a, end)
    low = a.floor if a.floor <= end else a.low
    phrase = phrase_before(a, end, low)
    if phrase is None:
        return None, "none"
    return with_name(a, phrase, low), "subject"


def _shared(a: Around, end: int) -> tuple[Span | None, str]:
    """Return the subject of the clause, which the verb shares; behind an event it inherits the source."""
    if a.low < a.floor <= end:
        return None, "none"
    found = main_subject(a, end, a.low)
    return (found, "shared") if found else (None, "none")


def _is_progressive(a: Around, verb_start: int) -> bool:
    return any(a.word(place) in _BE for place in range(verb_start, a.cue.first))


def _passive(a: Around, verb_start: int) -> bool:
    """Say whether what stands before the verb is told or asked rather than telling: was asked, accused of."""
    form = a.cue.form
    after = a.word(a.cue.last + 1)
    participle = form.endswith("ed") or form in ("told", "said", "written", "quoted", "known", "heard")
    if " " in form or not participle:
        return False
    if any(a.word(place) in _BE for place in range(verb_start, a.cue.first)):
        return form not in _STATES
    return (after == "by") or (form in ("accused", "suspected", "convicted") and after == "of")


def _agent(a: Around) -> Span | None:
    """Return who does what a passive verb tells: was asked by X."""
    by = next((p for p in range(a.cue.last + 1, min(a.cue.last + 4, a.high)) if a.word(p) == "by"), None)
    if by is None:
        return None
    end = by + 1
    while end < a.high and a.mark(end) == NOTHING and a.word(end) not in _AFTER_AGENT:
        end += 1
    return (by + 1, end - 1) if end > by + 1 else None


def _after_content(a: Around, place: int) -> bool:
    """Say whether token *place* ends something said: a comma, or the close of a quotation."""
    if place < a.low:
        return False
    return (
        (a.mark(place) == COMMA and place > a.low + 1) or a.closes_quote(place) or a.word(place) in ("!", "?")
    )


def _ends_clause(a: Around, place: int) -> bool:
    """Say whether nothing but adjuncts follows before the clause ends: , he said in a statement on Monday."""
    if place >= a.high or a.mark(place) in (STOP, COMMA, SEMICOLON, DASH):
        return True
    if a.word(place) in _COMPLEMENT or a.mark(place) in (COLON, QUOTE):
        return False
    if a.cue.form in _ADDRESSEES:
        return True
    if a.word(place) in _ADJUNCT or (a.word(place).endswith("ly") and len(a.word(place)) > 4):
        return True
    return a.cue.form in _INVERTED and a.word(place) in ("reporters", "cnn", "him", "her", "them")
