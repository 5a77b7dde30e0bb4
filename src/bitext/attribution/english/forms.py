"""What each English construction attributes to whom: “C,” said X; C, X said; X said that C; citing X."""

from bitext.attribution.english.extent import extent
from bitext.attribution.english.phrases import PARTICIPLES, past_time
from bitext.attribution.english.verbs import bare, is_hyphen, is_verb
from bitext.attribution.sentence import CueContext, Event, Span
from bitext.cues.cues import ATTITUDE
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, DASH, NOTHING, QUOTE, SEMICOLON, STOP

_COMPLEMENT = words("en", "complement")
_ADDRESSEES = words("en", "addressees")
_LEADING = words("en", "leading")
#: How a cue begins that is no verb.
SAME = ("according to",)
#: When and how something is said stands between the verb and what is said.
_TIMES = words("en", "times")
_BEFORE_CONTENT = (_TIMES | words("en", "adverbs")) - {"may", "not"} | {"that", "repeatedly"}
#: Behind a comma the outlet goes on with these: C, but D / criticised C, and D.
_CUTS = frozenset(("but", "before", "after", "although", "though", "while", "when"))
_LOOSE = frozenset(("and", "who", "which", "as", "because"))


def according(a: CueContext) -> Event | None:
    """According to X, C. / C, according to X."""
    first, last = a.cue.last + 1, a.cue.last
    if a.word(first) in _COMPLEMENT:
        return None
    while (last + 1 < a.high and a.mark(last + 1) in (NOTHING, QUOTE)) or a.word(last + 1) in ("(", ")"):
        last += 1
        if last - first > 20:
            break
    last = _without_date(a, first, last)
    if last < first:
        return None
    source = (first, last)
    before = a.cue.first - 1
    contents: list[Span] = []
    if before >= a.low and a.word(before) in ("and", "but", "while", "yet") and before <= a.low + 1:
        before = a.low - 1
    if before <= a.low:
        begin = last + 2
        if begin < a.high:
            contents.append(a.s.span(begin, max(begin, a.last_word())))
    else:
        contents.append(_left(a, before - 1 if a.mark(before) == COMMA else before))
        if (
            a.mark(last + 1) == COMMA
            and last + 2 < a.last_word()
            and a.word(last + 2) not in ("which", "who", "a", "the")
        ):
            contents.append(a.s.span(last + 2, a.last_word()))
    return made(a, source, contents, "according to")


def _without_date(a: CueContext, first: int, last: int) -> int:
    """Return the last token of a source behind its cue, without a time: a report | released on Friday."""
    if a.word(last) == ")" and all(a.word(place) != "(" for place in range(first, last)):
        last -= 1
    cut = past_time(a, last, first)
    cut = cut if first <= cut < last else last
    released = a.word(cut) in PARTICIPLES and cut < last and cut > first
    return cut - released


_CITING = frozenset(("citing", "quoting"))


def citing(a: CueContext) -> Event | None:
    """C, citing X. / X, citing Y, said C: the second is told by the verb of X."""
    first = a.cue.last + 1
    last = name_end(a, first) - 1
    if last < first:
        return None
    contents: list[Span] = []
    comma = a.cue.first - 1
    told = any(other.first <= last + 4 for other in a.following)
    if a.floor > a.low and a.mark(last + 1) == COMMA and a.word(last + 2) == "that":
        return made(a, (first, last), [a.s.span(last + 3, a.last_word())], "citing")
    if not told and a.mark(comma) == COMMA and comma - 1 > a.low:
        contents.append(_left(a, comma - 1))
    return made(a, (first, last), contents, "citing")


def _left(a: CueContext, end: int) -> Span:
    """Return what was said before: back to the begin of the sentence, or to a colon before a quotation."""
    start = a.low
    if a.closes_quote(end):
        opened = end - 1
        while opened > a.low and a.deeper(opened):
            opened -= 1
        if a.mark(opened - 1) == COLON:
            start = opened
    while start < end and (a.word(start) in _LEADING or a.mark(start) in (COMMA, DASH)):
        start += 1
    return a.s.span(start, max(start, end))


def inverted(a: CueContext) -> Event:
    """“C,” said X. / “C,” said the head of Y, X."""
    begin = opening = a.cue.last + 1
    end = name_end(a, begin)
    named = end + 1 < a.high and a.s.caps[end + 1] and not any(a.s.caps[begin:end])
    if named and a.mark(end) == COMMA:
        begin, end = end + 1, name_end(a, end + 1)
    source = (begin, end - 1) if end > begin else None
    contents = [_left(a, _content_end(a, a.cue.first - 1))]
    rest = next((place for place in range(end, a.high) if a.opens_quote(place)), None)
    if rest is not None:
        contents.append(a.s.span(rest, a.last_word()))
    return made(a, source, contents, "inverted", opening=opening)


def name_end(a: CueContext, place: int) -> int:
    """Return the token behind the name that begins at *place*."""
    while place < a.high and a.mark(place) == NOTHING and a.word(place) not in _NAME_ENDS:
        place += 1
    return place


def clause_follows(a: CueContext, place: int) -> bool:
    """Say whether a clause with its own verb begins at token *place*, and no bare name: said | it was so."""
    end = name_end(a, place)
    stop = next((p for p in range(place, end) if a.word(p) in ("who", "which")), end)
    return any(is_verb(a, p) for p in range(place + 1, stop))


_NAME_ENDS = frozenset(("in", "on", "at", "during", "that", "who", "whose"))


def postposed(a: CueContext, subject: Span, before: int) -> Event:
    """C, X said. / C, X said, C."""
    contents = [_left(a, _content_end(a, before))]
    place = a.cue.last + 1
    while place < a.high and a.mark(place) not in (COMMA, SEMICOLON, DASH, COLON, QUOTE, STOP):
        place += 1
    if a.mark(place) in (COMMA, COLON, DASH) or a.opens_quote(place):
        after = place + 1
        participle = a.word(after).endswith("ing") or a.word(after) in (
            "who",
            "which",
            "a",
            "the",
            "when",
            "while",
            "as",
        )
        if a.opens_quote(after) or a.opens_quote(place) or (a.mark(place) == COMMA and not participle):
            end = _right(a, after)
            if end >= after + 2:
                contents.append(a.s.span(after, end))
    return made(a, subject, contents, "postposed")


def _content_end(a: CueContext, place: int) -> int:
    while place > a.low and a.mark(place) == COMMA:
        place -= 1
    return place


def _right(a: CueContext, begin: int) -> int:
    """Return the last token of what is said behind the cue."""
    end = a.last_word()
    matter = a.cue.feature == ATTITUDE and a.word(begin - 1) != "that" and not a.cue.form.endswith("that")
    for place in range(begin, end + 1):
        mark = a.mark(place)
        if not (matter or mark in (COMMA, SEMICOLON)) or a.deeper(place):
            continue
        if mark == SEMICOLON or (matter and _is_past_matter(a, place, begin)):
            return place - 1
        if mark == COMMA and place > begin + 1:
            follows = a.word(place + 1)
            if follows in _CUTS or (follows in _LOOSE and a.cue.feature != "say_neutral"):
                return place - 1
        if mark == COMMA:
            rest = next((other for other in a.following if other.first >= place + 1), None)
            if rest and rest.first == place + 1 and rest.form.endswith("ing"):
                return place - 1
            if rest and rest.first <= place + 2 and rest.form.startswith(SAME):
                return place - 1
    return end


def _is_past_matter(a: CueContext, place: int, begin: int) -> bool:
    """Say whether a view's matter, no clause, has ended at token *place*: fears of tax | grew, and D."""
    if a.mark(place) in (COMMA, DASH):
        return not is_hyphen(a, place)
    return a.cue.note == "noun" and place > begin + 1 and is_verb(a, place)


def plain(a: CueContext, subject: Span | None, rule: str, infinitive: bool) -> Event | None:
    """X said (that) C; X told Y that C; X denied N; and without a subject: …, adding that C."""
    begin = a.cue.last + 1
    if a.cue.form.split()[0] in _ADDRESSEES and a.cue.form.split()[-1] not in _COMPLEMENT:
        begin = _past_addressee(a, begin)
    elif a.word(begin) in ("in", "on", "at", "during", "to"):
        # said in a statement that C
        timed = 2 * (a.word(begin) == "on" and a.word(begin + 1) in _TIMES)  # on Friday | C
        begin = next((place for place in range(begin, begin + 9) if a.word(place) == "that"), begin + timed)
    if a.mark(begin) == COMMA and a.word(begin + 1) in _CITING:
        # reported, citing two officials, that C
        begin = next((place for place in range(begin, begin + 14) if a.word(place) == "that"), begin)
    while begin < a.high and (a.mark(begin) in (COMMA, COLON, DASH) or a.word(begin) in _BEFORE_CONTENT):
        begin += 1
    end = _right(a, begin)
    contents = [a.s.span(begin, end)] if begin <= end and begin < a.high else []
    participle = subject is None and a.cue.form.split()[0].endswith("ing")
    if not contents and subject is None:
        return None
    rule = "participle" if participle else "infinitive" if infinitive else rule
    return made(a, subject, contents, rule, inherited=subject is None)


def _past_addressee(a: CueContext, begin: int) -> int:
    """Skip who is told: told reporters on Monday that C, told CNN: C."""
    for place in range(begin, min(begin + 10, a.high)):
        if a.word(place) in _COMPLEMENT or a.mark(place) in (COLON, QUOTE):
            return place
        if a.mark(place) != NOTHING:
            return place
    return min(begin + 1, a.high)


def made(
    a: CueContext,
    name: Span | None,
    contents: list[Span],
    rule: str,
    *,
    inherited: bool = False,
    opening: int = -1,
) -> Event:
    """Return the event whose source is named by the tokens *name*; what is said of it opens at *opening*."""
    cue = a.cue
    first, last = a.s.base + cue.first, a.s.base + cue.last
    name = _behind_verb(a, name) if name else None
    source = bare(a, name) if name else None
    phrase = None
    if name:
        begin, end = extent(a, name)
        phrase = bare(a, (begin if opening < 0 else opening, end))
    return Event(
        a.s.row, first, last, cue.feature, source, tuple(contents), f"{rule}; {cue.rule}", inherited, phrase
    )


def _behind_verb(a: CueContext, name: Span) -> Span:
    """Return a capital name without the verb before it: what resists | Dent's attempts to describe it."""
    first, last = name
    small = (p for p in range(last - 1, first - 1, -1) if not a.s.caps[p] and a.word(p).isalpha())
    verb = next(small, -1) if a.s.caps[last] else -1
    return (verb + 1, last) if verb >= 0 and len(a.word(verb)) > 3 and a.word(verb).endswith("s") else name
