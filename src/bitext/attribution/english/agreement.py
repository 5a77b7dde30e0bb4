"""Whether an English verb can belong to the subject found for it: the mayor says, and not the mayor say."""

from functools import cache

from bitext.attribution.sentence import CueContext, Span
from bitext.lexicons import loader
from bitext.lexicons.inflection import verb_forms
from bitext.lexicons.wordlists import words

#: Nouns that take a verb in the plural without looking like one: police, 40 percent, a majority.
_PLURALS = words("en", "collectives")
_SINGULAR = frozenset(("he", "she", "everybody", "everyone", "one", "someone", "nobody", "it"))
_PRONOUNS = words("en", "subject_pronouns") - _SINGULAR
#: Behind these a verb has its bare form with any subject: did Ann Lee say, to make Ann Lee say.
_BEFORE = words("en", "auxiliaries") | {"let", "make", "makes", "made", "help", "hear", "heard", "see"}


def agrees(a: CueContext, subject: Span, verb_start: int) -> bool:
    """Say whether the subject before a verb can be its subject, by their number.

    A bare form behind a singular noun is a noun itself: a sharp | reply, the grim | view of.
    """
    word = a.word(a.cue.first)
    if verb_start != a.cue.first or word not in _bare_forms() or subject[1] >= verb_start:
        return True
    last = a.word(subject[1])
    if a.s.caps[subject[1]] and subject[0] <= a.low + 1:
        return True  # a headline: Why Clinton Call
    if last in _PRONOUNS or last in _PLURALS or (last.endswith("s") and not last.endswith("ss")):
        return True
    inner = {a.word(place) for place in range(subject[0], subject[1] + 1)}
    if inner & _PLURALS or inner & {"and", "those", "these", "of"} or any(w[:1].isdigit() for w in inner):
        return True
    return a.word(subject[0] - 1) in _BEFORE


@cache
def _bare_forms() -> frozenset[str]:
    """Return the bare forms of the verbs of the cue lists that are no past forms, too."""
    rows = [row for row in loader.rows("cues") if row["lang"] == "en" and row["type"] in ("verb", "literal")]
    first = {row["cue"].split()[0] for row in rows}
    verbs = {row["cue"].split()[0] for row in rows if row["type"] == "verb"}
    # Other forms of a word that stand in the list, too, show that it is a verb: call on, calls on.
    verbs |= {word for word in first if word.isalpha() and not first.isdisjoint(verb_forms(word))}
    found = verbs | {noun for noun in words("en", "nouns") if not noun.endswith("s")}
    return frozenset(found) - {form for verb in found for form in verb_forms(verb)}
