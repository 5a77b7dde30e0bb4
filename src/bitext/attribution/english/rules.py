"""Who said what in an English sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.attribution.english.agreement import agrees
from bitext.attribution.english.appositions import role_before
from bitext.attribution.english.forms import SAME, according, citing, inverted, plain, postposed
from bitext.attribution.english.manner import is_inverted, with_manner
from bitext.attribution.english.nominal import of_noun
from bitext.attribution.english.nouns import is_noun
from bitext.attribution.english.passives import agent_of, is_naming, is_passive, told_of
from bitext.attribution.english.plausible import can_speak
from bitext.attribution.english.scorer import is_source
from bitext.attribution.english.subjects import controller, subject_of
from bitext.attribution.english.verbs import verb_group
from bitext.attribution.sentence import REACH, Candidate, CueContext, Event, Sentence, Span
from bitext.cues.cues import ATTITUDE, REPORTING
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, DASH, QUOTE, SEMICOLON, STOP

_INVERTED = words("en", "inverted")
_COMPLEMENT = words("en", "complement")
_ADDRESSEES = words("en", "addressees")
_ADJUNCT = words("en", "adjunct")
_LEADING = words("en", "leading")
_CITING = frozenset(("citing", "quoting"))
_BEFORE_SOURCE = frozenset(("and", "with", "for", "as", "of", "by", "to", "from"))
#: What is named by these is no act of speech.
_NO_ACTS = words("en", "no_acts")
_SELF = words("en", "self")
#: Outside of quotations whoever writes.
_WRITERS = frozenset(("i", "i'm", "we", "we're"))
_ADVERBS = words("en", "adverbs")
#: Nouns that never are verbs: somebody's accusations.
_ONLY_NOUNS = words("en", "only_nouns")
#: What tells in cues of a noun and a verb: poll shows, officials say.
_TELLERS = words("en", "tellers")
_TELLING = words("en", "telling")
#: Features whose verbs tell what somebody wants: plans to, agreed.
_WISHES = ("future_volition", "cooperation")
_SHOWING = frozenset(("show", "shows", "showed", "shown"))
_TEXTS = words("en", "texts")


def events(sentence: Sentence, cues: Sequence[Candidate]) -> list[Event]:
    """Return the events of attribution in *sentence*, in order of their cues."""
    found: list[Event] = []
    taken = -1
    for number, cue in enumerate(cues):
        if cue.first <= taken:
            continue
        following = [other for other in cues[number + 1 : number + 1 + REACH] if other.first > cue.last]
        event = _event(CueContext(sentence, cue, following, taken + 1))
        if event is not None:
            found.append(event)
            taken = cue.last
    return found


def _event(a: CueContext) -> Event | None:
    event = _found(a)
    if event is None or event.source is None:
        return event and _of_nobody(a, event)
    if a.cue.note == "document" and a.cue.form in _SHOWING and not _is_document(a, event):
        return None
    name = a.s.article_text[slice(*event.source)]
    if name.lower() in _WRITERS and a.level < 0:
        return event._replace(feature=ATTITUDE)  # I argued: the outlet's own words
    if name.lower() in _SELF:
        return None
    if not can_speak(name):
        return _of_nobody(a, event)
    event = event._replace(feature=ATTITUDE) if event.feature in _WISHES else event
    return event if is_source(a, event) else event._replace(source=None, phrase=None)


def _of_nobody(a: CueContext, event: Event) -> Event | None:
    """Return the event without a source, or None; whose wish or thought it is nobody says: it is hoped."""
    if a.cue.feature == "directive" and a.cue.note == "attributes" and a.floor <= a.low:
        return None  # no more begging for chips
    told = a.cue.feature in (*REPORTING, "named_evidential", "anon_source")
    return event._replace(source=None, phrase=None, feature=event.feature if told else ATTITUDE)


def _is_document(a: CueContext, event: Event) -> bool:
    """Say whether the source is a text or data: a poll, the emails, these figures."""
    assert event.source is not None
    name = a.s.article_text[slice(*event.source)].lower().split()
    return any(word in _TEXTS for word in name)


def _found(a: CueContext) -> Event | None:
    noun = _speaking_noun(a)
    if noun is not None:
        return noun
    cue = a.cue
    if cue.form.startswith(SAME):
        return according(a)
    if cue.form in _NO_ACTS:
        return None
    if cue.form in _CITING:
        return citing(a)
    verb_start, infinitive = verb_group(a)
    if cue.note == "manner":
        return None if infinitive else with_manner(a, verb_start)
    if cue.note == "noun" or cue.form.split()[0] in _ONLY_NOUNS or is_noun(a, verb_start):
        return of_noun(a)
    passive = is_passive(a, verb_start)
    if infinitive:
        subject, rule = controller(a, verb_start), "infinitive"
    else:
        subject, rule = (agent_of(a), "agent") if passive else subject_of(a, verb_start)
    if a.level >= 0 and not _sure(a, subject, infinitive=infinitive):
        return None
    active = None if passive or infinitive else subject
    if active and (not agrees(a, active, verb_start) or is_naming(a, active, verb_start)):
        return None
    before = (role_before(a, subject, a.low) if subject else verb_start) - 1
    if passive:
        return told_of(a, subject, infinitive=infinitive)
    if (
        cue.form.startswith("asked")
        and subject is None
        and verb_start == a.cue.first
        and _opens(a, verb_start)
    ):
        return None  # Asked about it, X said
    if subject is None and _after_content(a, verb_start - 1) and is_inverted(a, verb_start):
        return inverted(a)
    if subject is not None and _after_content(a, before) and _ends_clause(a, cue.last + 1):
        return postposed(a, subject, before)
    return plain(a, subject, rule, infinitive)


def _sure(a: CueContext, subject: Span | None, *, infinitive: bool) -> bool:
    """Say whether a cue inside a quotation tells of somebody's words: there most are the speaker's own."""
    if infinitive or (subject is None and not a.cue.form.endswith("ing")):
        return False
    after = a.word(a.cue.last + 1)
    if after == "that" or a.cue.form.endswith(" that") or a.mark(a.cue.last + 1) in (COLON, QUOTE):
        return True
    said = a.cue.form in _INVERTED or a.cue.form in _ADDRESSEES
    return said and a.cue.feature in ("say_neutral", "deny", "say_conceding")


def _speaking_noun(a: CueContext) -> Event | None:
    """Return the event of a cue that holds who speaks: polls show, others say, the report said."""
    cue = a.cue
    nouns = cue.form.split()[:-1]
    if not nouns or cue.form.split()[-1] not in _TELLING or a.word(cue.last) not in _TELLING:
        return None
    if not set(nouns) <= _TELLERS:
        return None
    verb = CueContext(a.s, cue._replace(first=cue.last, form=a.word(cue.last)), a.following, a.floor)
    event = _found(verb)
    return event._replace(first=a.s.base + cue.first) if event else None


def _opens(a: CueContext, place: int) -> bool:
    """Say whether a clause without a subject begins at token *place*: Asked about it, / when asked."""
    return place <= a.low or a.mark(place - 1) in (COMMA, QUOTE) or a.word(place - 1) in ("when", "if", "but")


def _after_content(a: CueContext, place: int) -> bool:
    """Say whether token *place* ends something said: a comma, or the close of a quotation."""
    if place < a.low:
        return False
    return (
        (a.mark(place) == COMMA and place > a.low + 1) or a.closes_quote(place) or a.word(place) in ("!", "?")
    )


def _ends_clause(a: CueContext, place: int) -> bool:
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
