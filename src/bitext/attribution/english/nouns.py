"""Whether a cue is a noun where a verb of the same form could stand: the claims, a reported case."""

from bitext.attribution.english.verbs import is_owner
from bitext.attribution.sentence import CueContext
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import NOTHING, QUOTE

_PRONOUNS = words("en", "pronouns")
#: What a noun looks like where a verb of the same form would stand: the claims, his reports.
_NOUNS = words("en", "nouns")
#: Mostly nouns: a verb only behind somebody who can do it.
_MOSTLY_NOUNS = words("en", "mostly_nouns")
_POSSESSIVES = words("en", "possessives")
_SAYING = frozenset(("say", "says", "said", "told", "think", "thinks", "thought"))


_NO_NOUNS = (
    words("en", "prepositions") | words("en", "determiners") | words("en", "subject_pronouns")
) | words("en", "complement")


def is_noun(a: CueContext, verb_start: int) -> bool:
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
    if a.s.caps[a.cue.first] and _is_in_name(a, verb_start):
        return True
    if a.cue.first == a.cue.last:
        if previous == "her" and head in _SAYING:
            return False  # the teachers who wrote to her say
        if previous in _POSSESSIVES and previous not in ("this", "that", "these", "those"):
            return True
        if head.endswith("ed") and is_owner(a, verb_start - 1):
            return _noun_follows(a)  # his grandmother's whispered prayers
        if (
            previous in ("this", "that", "these", "those")
            and a.cue.form in _NOUNS
            and a.cue.form.endswith("s")
        ):
            return previous != "that"
        if is_owner(a, verb_start - 1) and a.cue.form in _NOUNS:
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


def _noun_follows(a: CueContext) -> bool:
    """Say whether a noun stands behind a participle, so that it is an attribute: her whispered | prayers."""
    place = a.cue.last + 1
    word = a.word(place)
    plain = place < a.high and a.mark(place) == NOTHING and word.isalpha() and not a.s.caps[place]
    return plain and word not in _NO_NOUNS and not word.endswith("ly")


def _is_in_name(a: CueContext, verb_start: int) -> bool:
    """Say whether a capital cue is part of a name, and not of a headline: the Thrift Savings Plan."""
    place, last = a.cue.first, a.cue.last
    inside = verb_start == place > a.low and a.s.caps[place - 1] and a.mark(place - 1) == NOTHING
    behind = [a.s.caps[p] for p in range(last + 1, min(last + 5, a.high)) if a.mark(p) == NOTHING]
    return inside and sum(behind) * 2 <= len(behind)
