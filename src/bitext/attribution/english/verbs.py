"""English verbs as far as their form tells: finite or past forms, auxiliaries; and marks inside words."""

from functools import cache

from bitext.attribution.sentence import CueContext, Span
from bitext.lexicons import loader
from bitext.lexicons.inflection import verb_forms
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import DASH

_FINITE = words("en", "finite")
_AUXILIARIES = words("en", "auxiliaries")
_ADVERBS = words("en", "adverbs")
_DETERMINERS = words("en", "determiners")

#: What a name in one token with a possessive or a short verb ends with.
_ENDINGS = tuple(f"{mark}{ending}" for mark in "'’" for ending in ("s", "re", "ve", "ll", "d", "m"))
_BEFORE_IS = ("he", "she", "it", "that", "who", "what", "there", "this", "everyone", "somebody", "one", "let")
#: Possessives, and what only looks like one: he's told, that's said.
_OWNERS = ("'s", "’s", "s'", "s’")
_CONTRACTED = frozenset(word + ending for word in _BEFORE_IS for ending in ("'s", "’s"))


def verb_group(a: CueContext, verb: int = -1) -> tuple[int, bool]:
    """Return the first token of a verb with its auxiliaries and adverbs, and whether "to" precedes it.

    The verb is the one at token *verb*, or the cue.
    """
    place = a.cue.first if verb < 0 else verb
    infinitive = False
    while place - 1 >= a.low:
        word = a.word(place - 1)
        manner = word.endswith("ly") and len(word) > 4 and not a.s.caps[place - 1]  # and no name: Kelly
        if word in _AUXILIARIES or word in _ADVERBS or manner:
            infinitive = infinitive or word == "to"
            place -= 1
        else:
            break
    return place, infinitive


def is_verb(a: CueContext, place: int) -> bool:
    """Say whether token *place* is a finite verb, as far as its form and what stands before it say."""
    word = a.word(place)
    if word in _FINITE:
        return not (word in ("will", "may", "can") and a.s.caps[place] and place > a.low)
    past = word in _pasts()
    if not past and not word.endswith("ed"):
        return False
    before = a.word(place - 1)
    if before in ("who", "he", "she", "they") and word.endswith("ed"):
        return True
    if not past or a.s.caps[place]:
        return False
    return not (before in _DETERMINERS or is_owner(a, place - 1) or before in ("of", "for", "with"))


def is_past(a: CueContext, place: int) -> bool:
    """Say whether token *place* may be the past form of a verb that no list has: the bank | raised rates."""
    word, before = a.word(place), a.word(place - 1)
    verb = word.endswith("ed") and len(word) > len("need") and not a.s.caps[place]
    return verb and a.word(place + 1) != "by" and not (before in _DETERMINERS or is_owner(a, place - 1))


def is_hyphen(a: CueContext, place: int) -> bool:
    """Say whether a dash stands inside a word: no space before it."""
    return place > a.low and a.mark(place) == DASH and touches(a, place)


def is_point(a: CueContext, place: int) -> bool:
    """Say whether a full stop ends an abbreviation, because the sentence goes on: Ky., Ill.)."""
    return a.word(place) == "." and a.word(place + 1) in (",", ")", ";")


def is_owner(a: CueContext, place: int) -> bool:
    """Say whether token *place* is a possessive: grandmother's, workers'. Words are cut before their 's."""
    if place < a.low:
        return False
    surface = a.s.article_text[slice(*a.s.span(place, place))].lower()
    return surface.endswith(_OWNERS) and surface not in _CONTRACTED


def bare(a: CueContext, name: Span) -> Span:
    """Return the offsets of the tokens *name* without the 's of the last one: Lee's claim, they're saying."""
    start, end = a.s.span(*name)
    last = a.s.article_text[a.s.span(name[1], name[1])[0] : end].lower()
    if not last.endswith(_ENDINGS):
        return start, end
    ending = next((ending for ending in _ENDINGS if last.endswith(ending) and len(last) > len(ending)), "")
    return start, end - len(ending)


def stem(a: CueContext, place: int) -> str:
    """Return token *place* without the verb that is drawn into it: who've, who’s."""
    return a.word(place).replace("’", "'").partition("'")[0]


def touches(a: CueContext, place: int) -> bool:
    """Say whether no space stands before token *place*."""
    return a.s.span(place, place)[0] == a.s.span(place - 1, place - 1)[1]


@cache
def _pasts() -> frozenset[str]:
    """Return past forms of verbs: of the cues, of the table of concepts, and all irregular ones."""
    bases = {row["cue"] for row in loader.rows("cues") if (row["lang"], row["type"]) == ("en", "verb")}
    for row in loader.rows("concepts"):
        bases |= {form[:-2] for form in row["en"].split("|") if form.endswith("@v")}
    bases |= {row["base"] for row in loader.rows("irregular") if row["kind"] == "verb"}
    single = (base for base in bases if base.isalpha() and base.islower())
    forms = {form for base in single for form in verb_forms(base)[1:] if not form.endswith("ing")}
    listed = (row["cue"] for row in loader.rows("cues") if (row["lang"], row["type"]) == ("en", "literal"))
    return frozenset(forms | {form for form in listed if form.isalpha() and form.endswith("ed")})
