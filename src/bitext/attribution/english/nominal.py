"""Whose the words, views and feelings are that an English noun names: Lee's claim, support from Lee."""

from bitext.attribution.english.forms import made, name_end, plain
from bitext.attribution.english.phrases import phrase_before
from bitext.attribution.english.subjects import subject_of
from bitext.attribution.english.verbs import is_owner, verb_group
from bitext.attribution.sentence import CueContext, Event, Span
from bitext.cues.cues import ATTITUDE
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import NOTHING

_ADVERBS = words("en", "adverbs")
_OWN = frozenset(("his", "her", "their", "its", "my", "our", "your"))
_QUALITIES = frozenset(
    ("own", "new", "repeated", "recent", "strong", "public", "previous", "earlier", "latest")
)
#: What a noun of speech that is nobody's is about: amid concerns about C, rumours that C.
_MATTER = frozenset(("that", "about", "over"))
#: Who gives stands behind "of" where somebody gets: won the endorsement of X.
_GIVEN = frozenset(("endorsement", "endorsements", "backing", "support"))
_GETS = words("en", "gets")
#: Verbs whose subject has the view that a noun behind them names.
_HOLDS = words("en", "holds")
#: So many words stand between the noun and such a verb.
_NEAR = 4


def of_noun(a: CueContext) -> Event | None:
    """Return the event of a noun, whose source is its owner, who stands behind "from", or nobody."""
    if a.cue.form.endswith(("ed", "ing")) and " " not in a.cue.form:
        return None  # his repeated attempts
    if _tells_giver(a):
        begin, end = a.cue.last + 1, name_end(a, a.cue.last + 1)
        return made(a, (begin, end - 1), [], "noun") if end > begin else None
    place = a.cue.first - 1
    while place > a.low and (a.word(place) in _QUALITIES or a.word(place) in _ADVERBS):
        place -= 1
    own = a.word(place) in _OWN
    if own or is_owner(a, place):
        phrase = (place, place) if own else phrase_before(a, place, a.low)
        event = plain(a, phrase, "noun", infinitive=False) if phrase else None
        return event if event and event.contents else None
    if holder := _holder(a):
        event = plain(a, holder, "noun", infinitive=False)
        return event._replace(feature=ATTITUDE) if event else None
    if (
        a.cue.note != "noun"
        and a.cue.form.split()[-1] not in _MATTER
        and a.word(a.cue.last + 1) not in _MATTER
    ):
        return None
    event = plain(a, None, "noun", infinitive=False) if a.level < 0 else None  # in a quotation its speaker's
    return event._replace(feature=ATTITUDE) if event else None


def _holder(a: CueContext) -> Span | None:
    """Return the subject of a verb near before the noun, who has or tells what it names: X had fears of."""
    if a.level >= 0:
        return None  # in a quotation most are the speaker's own
    for place in range(a.cue.first - 1, max(a.cue.first - 1 - _NEAR, a.low), -1):
        if a.mark(place) != NOTHING:
            return None
        if a.word(place) in _HOLDS:
            return subject_of(a, verb_group(a, place)[0])[0]
    return None


def _tells_giver(a: CueContext) -> bool:
    """Say whether whose it is stands behind the noun: criticism from X, has the backing of X."""
    parts = a.cue.form.split()
    if parts[-1] != "of" or parts[0] not in _GIVEN:
        return parts[-1] == "from"
    return any(a.word(place) in _GETS for place in range(max(a.cue.first - _NEAR, a.low), a.cue.first))
