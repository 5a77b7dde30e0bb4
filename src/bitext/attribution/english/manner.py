"""Verbs behind a quotation in English: “C,” said X; and those that only tell how: “C,” she sighed."""

from bitext.attribution.english.forms import clause_follows, inverted, plain, postposed
from bitext.attribution.english.subjects import subject_of
from bitext.attribution.sentence import CueContext, Event
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, NOTHING

_INVERTED = words("en", "inverted")
_DETERMINERS = words("en", "determiners")


def with_manner(a: CueContext, verb_start: int) -> Event | None:
    """Return the event of a verb that tells how something is said, if a quotation stands beside it.

    “C,” she sighed. / “C,” sighed X. / X smiled: “C.” / She shrugged, “C.” Inside a quotation there is none.
    """
    if a.level >= 0:
        return None
    if _follows_quote(a, verb_start - 1):
        return inverted(a) if _names_behind(a, a.cue.last + 1) else None
    subject, rule = subject_of(a, verb_start)
    if subject is None:
        return None
    before = subject[0] - 1
    if _follows_quote(a, before):
        return postposed(a, subject, before)
    behind = a.cue.last + 1
    opened = behind + (a.mark(behind) in (COMMA, COLON))
    return plain(a, subject, rule, infinitive=False) if a.opens_quote(opened) else None


def is_inverted(a: CueContext, verb_start: int) -> bool:
    """Say whether the subject stands behind the verb: “C,” said X; and not C, said it was so."""
    if a.cue.form not in _INVERTED:
        follows = _follows_quote(a, verb_start - 1) and a.cue.feature.startswith("say_")
        return follows and _names_behind(a, a.cue.last + 1)
    first = a.cue.last + 1
    return a.closes_quote(verb_start - 1) or not clause_follows(a, first)


def _follows_quote(a: CueContext, place: int) -> bool:
    """Say whether a quotation ends at token *place*, or before the comma there."""
    place -= a.mark(place) == COMMA and place > a.low
    return place > a.low and a.closes_quote(place)


def _names_behind(a: CueContext, place: int) -> bool:
    """Say whether a subject opens behind the verb, by its capital or determiner: sighed Ann Lee."""
    return place < a.high and a.mark(place) == NOTHING and (a.s.caps[place] or a.word(place) in _DETERMINERS)
