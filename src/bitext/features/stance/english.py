"""Who said what in an English sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.features.stance.sentence import Candidate, Event, Sentence, Span
from bitext.features.stance.view import COLON, COMMA, DASH, NOTHING, QUOTE, SEMICOLON, STOP
from bitext.features.stance.wordlists import words

_AUXILIARIES = words("en", "auxiliaries")
_ADVERBS = words("en", "adverbs")
_BREAKS = words("en", "breaks")
_PRONOUNS = words("en", "pronouns")
_POSSESSIVES = words("en", "possessives")
_INVERTED = words("en", "inverted")
_COMPLEMENT = words("en", "complement")
_ADDRESSEES = words("en", "addressees")
_ADJUNCT = words("en", "adjunct")
_LEADING = words("en", "leading")
#: What a noun looks like where a verb of the same form would stand: the claims, his reports.
_NOUNS = words("en", "nouns")
_SAME = ("according to",)
#: Mostly nouns: a verb only behind somebody who can do it.
_MOSTLY_NOUNS = words("en", "mostly_nouns")
#: What is named by these is no act of speech.
_NO_ACTS = words("en", "no_acts")
_SELF = words("en", "self")


def events(sentence: Sentence, cues: Sequence[Candidate]) -> list[Event]:
    """Return the events of attribution in *sentence*, in order of their cues."""
    found: list[Event] = []
    taken = -1
    for number, cue in enumerate(cues):
        if cue.first <= taken:
            continue
        following = [other for other in cues[number + 1 :] if other.first > cue.last]
        event = _event(_Around(sentence, cue, following, taken + 1))
        if event is not None:
            found.append(event)
            taken = cue.last
    return found


class _Around:
    """A cue in its sentence: the words before and behind it, as far as its quotation reaches."""

    def __init__(
        self, sentence: Sentence, cue: Candidate, following: Sequence[Candidate], floor: int
    ) -> None:
        self.s = sentence
        self.cue = cue
        self.low, self.high = sentence.region(cue.first)
        self.level = sentence.quoted[cue.first]
        self.floor = max(self.low, floor)  # a subject does not begin before the verb of the event before
        self.following = [other for other in following if other.first < self.high]

    def word(self, place: int) -> str:
        return self.s.words[place] if self.low <= place < self.high else ""

    def mark(self, place: int) -> int:
        return self.s.marks[place] if self.low <= place < self.high else STOP

    def deeper(self, place: int) -> bool:
        return self.low <= place < self.high and self.s.quoted[place] > self.level

    def closes_quote(self, place: int) -> bool:
        """Say whether token *place* is the closing mark of a quotation."""
        return self.mark(place) == QUOTE and self.deeper(place - 1)

    def opens_quote(self, place: int) -> bool:
        return self.mark(place) == QUOTE and self.deeper(place + 1)

    def last_word(self) -> int:
        """Return the last token of the region that is no final mark."""
        place = self.high - 1
        while place > self.cue.last and self.mark(place) in (STOP, QUOTE) and not self.closes_quote(place):
            place -= 1
        return place


def _event(a: _Around) -> Event | None:
    event = _found(a)
    if event is None or event.source is None:
        return event
    name = a.s.article_text[slice(*event.source)].lower()
    return None if name in _SELF else event


def _found(a: _Around) -> Event | None:
    cue = a.cue
    if cue.form.startswith(_SAME):
        return _according(a)
    if cue.form in _NO_ACTS:
        return None
    if cue.form in _CITING:
        return _citing(a)
    verb_start, infinitive = _verb_group(a)
    if _is_noun(a, verb_start):
        return None
    subject, rule = _subject(a, verb_start)
    if a.level >= 0 and not _sure(a, subject, infinitive=infinitive):
        return None
    before = (subject[0] if subject else verb_start) - 1
    if subject is None and cue.form in _INVERTED and _after_content(a, verb_start - 1):
        return _inverted(a)
    if subject is not None and _after_content(a, before) and _ends_clause(a, cue.last + 1):
        return _postposed(a, subject, before)
    return _plain(a, subject, rule, infinitive)


def _sure(a: _Around, subject: Span | None, *, infinitive: bool) -> bool:
    """Say whether a cue inside a quotation tells of somebody's words: there most are the speaker's own."""
    if infinitive or (subject is None and not a.cue.form.endswith("ing")):
        return False
    after = a.word(a.cue.last + 1)
    if after == "that" or a.cue.form.endswith(" that") or a.mark(a.cue.last + 1) in (COLON, QUOTE):
        return True
    return a.cue.feature in ("say_neutral", "deny", "say_conceding") and a.cue.form in _INVERTED | _ADDRESSEES


def _verb_group(a: _Around) -> tuple[int, bool]:
    """Return the first token of the verb with its auxiliaries and adverbs, and whether `to` precedes it."""
    place = a.cue.first
    infinitive = False
    while place - 1 >= a.low:
        word = a.word(place - 1)
        if word in _AUXILIARIES or word in _ADVERBS or (word.endswith("ly") and len(word) > 4):
            infinitive = infinitive or word == "to"
            place -= 1
        else:
            break
    return place, infinitive


def _is_noun(a: _Around, verb_start: int) -> bool:
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


def _subject(a: _Around, verb_start: int) -> tuple[Span | None, str]:
    """Return the tokens (inclusive) that name who speaks, before the verb, and how they were found."""
    end = verb_start - 1
    if end < a.low or a.deeper(end) or a.mark(end) == QUOTE:
        return None, "none"
    if a.word(end) in ("who", "which", "that") and end > a.low:
        end -= 1
        if a.mark(end) == COMMA:
            end -= 1
    elif a.mark(end) in (COMMA, DASH) or a.word(end) in (")",):
        start = end - 1
        while (
            start > a.low and a.mark(start) not in (COMMA, DASH, STOP, SEMICOLON, QUOTE) and end - start < 25
        ):
            start -= 1
        if a.mark(start) not in (COMMA, DASH) or start <= a.low or a.closes_quote(start - 1):
            return None, "none"
        end = start - 1
    start = end
    floor = a.floor if a.floor <= end else a.low
    while start >= floor and not _breaks(a, start, end):
        start -= 1
    start += 1
    while start < end and a.word(start) in _LEADING | _ADVERBS | _BEFORE_SOURCE:
        start += 1
    if start > end:
        return None, "none"
    return (start, end), "subject"


def _breaks(a: _Around, place: int, end: int) -> bool:
    if a.mark(place) not in (NOTHING,) and a.word(place) not in ("(", ")", "-"):
        return a.word(place) not in ("while", "but", "yet") or place != end
    word = a.word(place)
    if word == "and":
        return not (
            a.s.caps[place - 1] and a.s.caps[min(place + 1, len(a.s) - 1)] if place > a.low else False
        )
    return word in _BREAKS


def _after_content(a: _Around, place: int) -> bool:
    """Say whether token *place* ends something said: a comma, or the close of a quotation."""
    if place < a.low:
        return False
    return (
        (a.mark(place) == COMMA and place > a.low + 1) or a.closes_quote(place) or a.word(place) in ("!", "?")
    )


def _ends_clause(a: _Around, place: int) -> bool:
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


def _according(a: _Around) -> Event | None:
    """According to X, C. / C, according to X."""
    first, last = a.cue.last + 1, a.cue.last
    if a.word(first) in _COMPLEMENT:
        return None
    while (last + 1 < a.high and a.mark(last + 1) in (NOTHING, QUOTE)) or a.word(last + 1) in ("(", ")"):
        last += 1
        if last - first > 20:
            break
    if last < first:
        return None
    source = a.s.span(first, last)
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
    return _made(a, source, contents, "according to")


_CITING = frozenset(("citing", "quoting"))


def _citing(a: _Around) -> Event | None:
    """C, citing X. / X, citing Y, said C: the second is told by the verb of X."""
    first = a.cue.last + 1
    last = _name_end(a, first) - 1
    if last < first:
        return None
    contents: list[Span] = []
    comma = a.cue.first - 1
    told = any(other.first <= last + 4 for other in a.following)
    if not told and a.mark(comma) == COMMA and comma - 1 > a.low:
        contents.append(_left(a, comma - 1))
    return _made(a, a.s.span(first, last), contents, "citing")


def _left(a: _Around, end: int) -> Span:
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


def _inverted(a: _Around) -> Event:
    """“C,” said X. / “C,” said the head of Y, X."""
    begin = a.cue.last + 1
    end = _name_end(a, begin)
    named = end + 1 < a.high and a.s.caps[end + 1] and not any(a.s.caps[begin:end])
    if named and a.mark(end) == COMMA:
        begin, end = end + 1, _name_end(a, end + 1)
    source = a.s.span(begin, end - 1) if end > begin else None
    contents = [_left(a, _content_end(a, a.cue.first - 1))]
    rest = next((place for place in range(end, a.high) if a.opens_quote(place)), None)
    if rest is not None:
        contents.append(a.s.span(rest, a.last_word()))
    return _made(a, source, contents, "inverted")


def _name_end(a: _Around, place: int) -> int:
    """Return the token behind the name that begins at *place*."""
    while place < a.high and a.mark(place) == NOTHING and a.word(place) not in _NAME_ENDS:
        place += 1
    return place


_BEFORE_SOURCE = frozenset(("and", "with", "for", "as", "of", "by", "to", "from"))
_NAME_ENDS = frozenset(("in", "on", "at", "during", "that"))


def _postposed(a: _Around, subject: Span, before: int) -> Event:
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
    return _made(a, a.s.span(*subject), contents, "postposed")


def _content_end(a: _Around, place: int) -> int:
    while place > a.low and a.mark(place) == COMMA:
        place -= 1
    return place


def _right(a: _Around, begin: int) -> int:
    """Return the last token of what is said behind the cue."""
    end = a.last_word()
    for place in range(begin, end + 1):
        if a.deeper(place):
            continue
        if a.mark(place) == SEMICOLON:
            return place - 1
        if a.mark(place) == COMMA:
            rest = next((other for other in a.following if other.first >= place + 1), None)
            if rest and rest.first == place + 1 and rest.form.endswith("ing"):
                return place - 1
            if rest and rest.first <= place + 2 and rest.form.startswith(_SAME):
                return place - 1
    return end


def _plain(a: _Around, subject: Span | None, rule: str, infinitive: bool) -> Event | None:
    """X said (that) C; X told Y that C; X denied N; and without a subject: …, adding that C."""
    begin = a.cue.last + 1
    if a.cue.form.split()[0] in _ADDRESSEES and a.cue.form.split()[-1] not in _COMPLEMENT:
        begin = _past_addressee(a, begin)
    elif a.word(begin) in ("in", "on", "at", "during", "to"):
        # said in a statement that C
        begin = next((place for place in range(begin, begin + 9) if a.word(place) == "that"), begin)
    while begin < a.high and (a.mark(begin) in (COMMA, COLON, DASH) or a.word(begin) == "that"):
        begin += 1
    end = _right(a, begin)
    contents = [a.s.span(begin, end)] if begin <= end and begin < a.high else []
    participle = subject is None and a.cue.form.split()[0].endswith("ing")
    if not contents and subject is None:
        return None
    source = a.s.span(*subject) if subject else None
    rule = "participle" if participle else "infinitive" if infinitive else rule
    return _made(a, source, contents, rule, inherited=source is None)


def _past_addressee(a: _Around, begin: int) -> int:
    """Skip who is told: told reporters on Monday that C, told CNN: C."""
    for place in range(begin, min(begin + 10, a.high)):
        if a.word(place) in _COMPLEMENT or a.mark(place) in (COLON, QUOTE):
            return place
        if a.mark(place) != NOTHING:
            return place
    return min(begin + 1, a.high)


def _made(
    a: _Around, source: Span | None, contents: list[Span], rule: str, *, inherited: bool = False
) -> Event:
    cue = a.cue
    first, last = a.s.base + cue.first, a.s.base + cue.last
    return Event(a.s.row, first, last, cue.feature, source, tuple(contents), f"{rule}; {cue.rule}", inherited)
