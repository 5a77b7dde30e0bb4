"""Whether a cue is a noun where a verb of the same form could stand: the claims, a reported case."""

from bitext.attribution.sentence import CueContext
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import QUOTE

_PRONOUNS = words("en", "pronouns")
#: What a noun looks like where a verb of the same form would stand: the claims, his reports.
_NOUNS = words("en", "nouns")
#: Mostly nouns: a verb only behind somebody who can do it.
_MOSTLY_NOUNS = words("en", "mostly_nouns")
_POSSESSIVES = words("en", "possessives")


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
