"""Passive verbs in English: who tells what they say, or nobody: was accused by X, announced in May."""

from bitext.attribution.english.forms import plain
from bitext.attribution.sentence import CueContext, Event, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import NOTHING

_BE = words("en", "be")
_AFTER_AGENT = words("en", "after_agent")
_PREPOSITIONS = words("en", "prepositions")
#: Participles that are states: was opposed to, is concerned that.
_STATES = words("en", "states")
#: Those who question people, where the verb means that they are heard.
_QUESTIONERS = words("en", "questioners")
#: Behind a passive, what it is that is said: accused of fraud, criticised for its haste, remembered as kind.
_MATTER = frozenset(("of", "for", "as", "about"))
#: By which means somebody says something, behind "by".
_MEANS = frozenset(("phone", "telephone", "email", "e-mail", "text", "fax", "letter", "video"))


def is_passive(a: CueContext, verb_start: int) -> bool:
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


def is_naming(a: CueContext, subject: Span, verb_start: int) -> bool:
    """Say whether a participle only tells the name of what stands before it: a firm | called Acme."""
    if not a.cue.form.startswith("called") or verb_start != a.cue.first:
        return False
    indefinite = a.word(subject[0]) in ("a", "an", "another", "one") or a.s.text(*subject).islower()
    behind = a.cue.last + 1
    return indefinite and behind < a.high and (a.opens_quote(behind) or a.s.caps[behind])


def told_of(a: CueContext, agent: Span | None, *, infinitive: bool) -> Event | None:
    """Return the event of a passive verb, if somebody tells it, or what is told stands behind it.

    Who is questioned by the police is heard, and denies nothing.
    """
    if a.cue.form == "questioned" and (agent is None or _asks(a, agent)):
        return None
    behind = agent[1] if agent else a.cue.last
    past = CueContext(a.s, a.cue._replace(last=behind), a.following, a.floor)
    event = plain(past, agent, "passive", infinitive)
    if event is None:
        return None
    if agent is None and a.word(behind + 1) in _PREPOSITIONS - _MATTER:
        return None  # announced in May
    return event._replace(last=a.s.base + a.cue.last, inherited=False)


def _asks(a: CueContext, agent: Span) -> bool:
    """Say whether the agent of a passive is one whose work it is to question people."""
    return any(a.word(place) in _QUESTIONERS for place in range(agent[0], agent[1] + 1))


def agent_of(a: CueContext) -> Span | None:
    """Return who does what a passive verb tells: was asked by X."""
    by = next((p for p in range(a.cue.last + 1, min(a.cue.last + 4, a.high)) if a.word(p) == "by"), None)
    if by is None:
        return None
    end = by + 1
    while end < a.high and (a.mark(end) == NOTHING or a.apostrophe(end)) and a.word(end) not in _AFTER_AGENT:
        end += 1
    return (by + 1, end - 1) if end > by + 1 else None
