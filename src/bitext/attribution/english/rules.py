"""Who said what in an English sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.attribution.english.forms import SAME, according, citing, inverted, plain, postposed
from bitext.attribution.english.nouns import is_noun
from bitext.attribution.english.phrases import main_subject, past_time, phrase_before, with_name
from bitext.attribution.english.verbs import is_hyphen, is_point, verb_group
from bitext.attribution.sentence import REACH, Candidate, CueContext, Event, Sentence, Span
from bitext.cues.cues import ATTITUDE, REPORTING
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, DASH, NOTHING, QUOTE, SEMICOLON, STOP

_BE = words("en", "be")
_AFTER_AGENT = words("en", "after_agent")
#: Participles that are states: was opposed to, is concerned that.
_STATES = words("en", "states")
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
_ADVERBS = words("en", "adverbs")
#: Nouns that never are verbs: somebody's accusations.
_ONLY_NOUNS = words("en", "only_nouns")
#: Documents: a statement saying C is somebody's.
_DOCUMENTS = words("en", "documents")
#: What tells in cues of a noun and a verb: poll shows, officials say.
_TELLERS = words("en", "tellers")
_TELLING = words("en", "telling")
#: Verbs whose subject does what the infinitive behind them says.
_CONTROL = words("en", "control")
_OWN = frozenset(("his", "her", "their", "its", "my", "our", "your"))
_QUALITIES = frozenset(
    ("own", "new", "repeated", "recent", "strong", "public", "previous", "earlier", "latest")
)
#: Features whose verbs tell what somebody wants: plans to, agreed.
_WISHES = ("future_volition", "cooperation")
_SHOWING = frozenset(("show", "shows", "showed", "shown"))
_TEXTS = words("en", "texts")
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
#: By which means somebody says something, behind "by".
_MEANS = frozenset(("phone", "telephone", "email", "e-mail", "text", "fax", "letter", "video"))
#: What is added to a name has at most so many tokens.
_LONGEST_ADDITION = 30


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
        return None if event and _needs_source(a) else event
    if a.cue.note == "document" and a.cue.form in _SHOWING and not _is_document(a, event):
        return None
    if a.s.article_text[slice(*event.source)].lower() in _SELF:
        return None
    return event._replace(feature=ATTITUDE) if event.feature in _WISHES else event


def _needs_source(a: CueContext) -> bool:
    """Say whether the cue attributes only where somebody stands beside it: hopes, wants, agreed."""
    alone = (
        a.cue.feature == "directive" and a.cue.note == "attributes" and a.floor <= a.low
    )  # no more begging for chips
    return alone or a.cue.feature not in (*REPORTING, "named_evidential", "anon_source")


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
    if a.cue.form.split()[0] in _ONLY_NOUNS or is_noun(a, verb_start):
        return _possessed(a)
    passive = _passive(a, verb_start)
    if infinitive:
        subject, rule = _controller(a, verb_start), "infinitive"
    else:
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


def _sure(a: CueContext, subject: Span | None, *, infinitive: bool) -> bool:
    """Say whether a cue inside a quotation tells of somebody's words: there most are the speaker's own."""
    if infinitive or (subject is None and not a.cue.form.endswith("ing")):
        return False
    after = a.word(a.cue.last + 1)
    if after == "that" or a.cue.form.endswith(" that") or a.mark(a.cue.last + 1) in (COLON, QUOTE):
        return True
    return a.cue.feature in ("say_neutral", "deny", "say_conceding") and a.cue.form in _INVERTED | _ADDRESSEES


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


def _possessed(a: CueContext) -> Event | None:
    """Return the event of a noun of speech that belongs to somebody: his claim that C, Lee's demand for C."""
    place = a.cue.first - 1
    while place > a.low and (a.word(place) in _QUALITIES or a.word(place) in _ADVERBS):
        place -= 1
    own = a.word(place) in _OWN
    if not own and not a.word(place).endswith(("'s", "’s", "s'", "s’")):
        return None
    phrase = (place, place) if own else phrase_before(a, place, a.low)
    event = plain(a, phrase, "noun", infinitive=False) if phrase else None
    return event if event and event.contents else None


def _controller(a: CueContext, verb_start: int) -> Span | None:
    """Return the subject of the verb that an infinitive goes with: X went on to say; else nobody."""
    to = next((place for place in range(verb_start, a.cue.first) if a.word(place) == "to"), None)
    if to is None or a.word(to - 1) not in _CONTROL:
        return None
    place = to - 1
    if a.word(place) in ("on", "ahead"):
        place -= 1
    return _subject(a, verb_group(a, place)[0])[0]


def _subject(a: CueContext, verb_start: int) -> tuple[Span | None, str]:
    """Return the tokens (inclusive) that name who speaks, before the verb, and how they were found."""
    end = verb_start - 1
    if end < a.low or a.deeper(end) or a.mark(end) == QUOTE:
        return None, "none"
    moved = past_time(a, end, a.low)
    if moved < end and moved > a.low and a.mark(moved) in (COMMA, DASH):
        end = moved  # X, a nurse, on Sunday said
    if a.word(end) in ("who", "which", "that") and end > a.low:
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
            end = start - 1
    elif a.cue.form.split()[0].endswith("ing") and not _is_progressive(a, verb_start):
        near = (
            None
            if a.word(past_time(a, end, a.low)) in _DOCUMENTS or a.low < a.floor
            else phrase_before(a, end, a.low)
        )
        return (near, "subject") if near else _shared(a, end)
    if a.word(end) in ("and", "but", "or", "then"):
        return _shared(a, end)
    low = a.floor if a.floor <= end else a.low
    phrase = phrase_before(a, end, low)
    if phrase is None:
        return None, "none"
    return with_name(a, phrase, low), "subject"


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


def _passive(a: CueContext, verb_start: int) -> bool:
    """Say whether what stands before the verb is told or asked rather than telling: was asked, accused of."""
    form = a.cue.form
    after = a.word(a.cue.last + 1)
    participle = form.endswith("ed") or form in ("told", "said", "written", "quoted", "known", "heard")
    if " " in form or not participle:
        return False
    if any(a.word(place) in _BE for place in range(verb_start, a.cue.first)):
        return form not in _STATES
    by = after == "by" and not a.word(a.cue.last + 2).endswith("ing")
    return (by and a.word(a.cue.last + 2) not in _MEANS) or (
        form in ("accused", "suspected", "convicted") and after == "of"
    )


def _agent(a: CueContext) -> Span | None:
    """Return who does what a passive verb tells: was asked by X."""
    by = next((p for p in range(a.cue.last + 1, min(a.cue.last + 4, a.high)) if a.word(p) == "by"), None)
    if by is None:
        return None
    end = by + 1
    while end < a.high and a.mark(end) == NOTHING and a.word(end) not in _AFTER_AGENT:
        end += 1
    return (by + 1, end - 1) if end > by + 1 else None


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
