"""A cue and the source found for it → whether a reader would name that source, by a logistic regression.

Rules find a subject for almost any verb; whether it is the source depends on the cue, on what kind of words
name it and on what stands behind, more than a list can tell. Where the coefficients of `attribution_scorer`
say that another source or none is likelier, nobody is named.
"""

from functools import cache
from itertools import repeat

from bitext.attribution.sentence import CueContext, Event
from bitext.lexicons import loader
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import NOTHING

LEXICON = "attribution_scorer"
#: Logarithm of the odds from which a source is given: right in five of eight cases.
SURE = 0.5
_PRONOUNS = words("en", "subject_pronouns") | words("en", "source_pronouns") | {"which", "that"}
#: Words behind a cue that stand for themselves; of others the class is told.
_TELLING = frozenset(
    ("that", "to", "as", "it", "and", "of", "on", "for", "in", "about", "with", "by", "at", "a", "the", "an")
) | frozenset(("his", "her", "their", "what", "how", "why", "whether", "if", "not"))
#: Words before a subject that tell what its clause is.
_OPENING = words("en", "openings") | words("en", "prepositions")
_QUOTES = frozenset("“\"‘'")


def is_source(a: CueContext, event: Event) -> bool:
    """Say whether the source found for an event is likely enough to be right; it has to have one."""
    weights = coefficients()
    return weights["bias"] + sum(map(weights.get, described(a, event), repeat(0.0))) >= SURE


def described(a: CueContext, event: Event) -> list[str]:
    """Return the names of the features that an event has: each counts 1."""
    assert event.source is not None
    text, (start, end) = a.s.article_text, event.source
    name = text[start:end].split()
    behind, who = _behind(a, a.cue.last + 1), _who(name)
    rule = event.rule.partition(";")[0]
    cue = a.cue.rule if not a.cue.rule.startswith("regex") else "regex"
    low = max(event.contents[0][0] - 1, 0) if event.contents else 0
    quoted = bool(event.contents) and not _QUOTES.isdisjoint(text[low : low + 2])
    cue_start, _ = a.s.span(a.cue.first, a.cue.first)
    gap = len(text[end:cue_start].split()) if end <= cue_start else -1
    found = [
        f"list {event.feature}",
        f"cue {cue}",
        f"ending {a.cue.form.split()[0][-3:]}",
        f"found by {rule}",
        f"behind {behind}",
        f"who {who}",
        f"list {event.feature} behind {behind}",
        f"list {event.feature} who {who}",
        f"list {event.feature} found by {rule}",
        f"words between {min(gap, 4)}",
        f"words in name {min(len(name), 8)}",
        f"before {_before(a, (event.phrase or event.source)[0])}",
    ]
    marks = {
        "quotation": quoted,
        "no content": not event.contents,
        "inside a quotation": a.level >= 0,
        "capital": a.s.caps[a.cue.first],
    }
    return found + [mark for mark, holds in marks.items() if holds]


def _before(a: CueContext, start: int) -> str:
    """Return the class of the token before the phrase that begins at offset *start*, or before the cue."""
    place = a.cue.first
    while place > 0 and a.s.span(place - 1, place - 1)[0] >= start:
        place -= 1
    word = a.word(place - 1)
    if not word:
        return "begin"
    return word if word in _OPENING else "word" if a.mark(place - 1) == NOTHING else "mark"


def _behind(a: CueContext, place: int) -> str:
    """Return the class of the token behind the cue."""
    word = a.word(place)
    if not word:
        return "end"
    if word in _TELLING:
        return word
    if a.mark(place) != NOTHING or not word[0].isalnum():
        return f"mark {word[0]}"
    if word in _PRONOUNS:
        return "pronoun"
    if a.s.caps[place]:
        return "name"
    return "ing" if word.endswith("ing") else "word"


def _who(name: list[str]) -> str:
    """Return what kind of words name the subject."""
    last = name[-1]
    if len(name) == 1 and last.lower() in _PRONOUNS:
        return last.lower()
    if last[0].isupper():
        return f"{min(sum(word[0].isupper() for word in name), 3)} capitals"
    return "nouns" if last.endswith("s") else "noun"


@cache
def coefficients() -> dict[str, float]:
    """Return the coefficients by feature."""
    return {row["feature"]: float(row["coefficient"]) for row in loader.rows(LEXICON)}
