"""The words that name who speaks before a Chinese cue, or behind 据: a noun phrase, or none."""

from bitext.attribution.sentence import Candidate, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import BRACKET, CONTRAST, NOTHING, PAUSE

#: 据X报道，C: what opens the frame.
_FRAMES = words("zh", "frames")
#: Words before which the name of a source ends: when, where, to whom, how.
_STOPPERS = words("zh", "stoppers")
_LEADING = words("zh", "leading")
_RELAYS = words("zh", "relays")
_MEASURES = words("zh", "measures")
_PASSIVE = words("zh", "passive")
#: Adverbs that are adjectives where a phrase begins: 公开信息显示.
_ADJECTIVES = frozenset(("公开", "联合", "共同", "独家", "专门", "特别"))
#: What 多 may count: 多国, 多名.
_COUNTED = frozenset("国名位家个方")
#: A clause before 的 has at most so many tokens.
_LONGEST_CLAUSE = 12
_FRAME_ENDS = words("zh", "frame_ends")
_NOUNS = words("zh", "verbs_after_noun")


def name_in(s: Sentence, start: int, end: int) -> Span | None:
    """Return the noun phrase that the tokens *start* to *end* open with, or that ends them behind 的."""
    words = s.words
    while start <= end and (
        words[start] in _LEADING or s.marks[start] == CONTRAST or (words[start] == "有" and start < end)
    ):
        start += 1
    # X援引Y的话说: Y speaks.
    if start < end and not _RELAYS.isdisjoint(words[start:end]):
        start = max(place for place in range(start, end) if words[place] in _RELAYS) + 1
    provoked = [place for place in range(start, end) if words[place] in _PASSIVE]
    if provoked:
        start = provoked[-1] + (words[provoked[-1] + 1] == "了") + 1  # 引起了X抗议: X protests
    stop = start
    while stop <= end and (
        not _divides(s, stop, end) or (stop == start < end and words[stop] in _ADJECTIVES)
    ):
        stop += 1
    if start < stop < end and words[stop + 1] == "的":
        # 一个由政府支持的基金提议: a verb before 的 belongs to the name, if nothing divides what follows.
        rest = stop + 2
        while rest <= end and not _divides(s, rest, end):
            rest += 1
        stop = rest if rest > end else stop
    if stop == start and stop <= end and words[start] not in _FRAMES:
        # 负责调查的官员说: a clause before 的 belongs to the name.
        last = max((place for place in range(start, end) if words[place] == "的"), default=-1)
        head = last + 1
        stop = head
        while stop <= end and not _divides(s, stop, end):
            stop += 1
        if last < 0 or stop == head or stop <= end or end - start > _LONGEST_CLAUSE:
            return None
    stop -= 1
    while stop >= start and s.words[stop] in ("的", "们", "的话", "话", "地"):
        stop -= 1
    nothing = stop < start or s.words[start] in _FRAMES
    if nothing or all(word in _MEASURES for word in words[start : stop + 1]):
        return None
    return start, stop


def _divides(s: Sentence, place: int, end: int) -> bool:
    """Say whether a name ends before token *place*: when, where, how, or the verb of another clause."""
    word = s.words[place]
    if not (word in _STOPPERS or word[0].isdigit()):
        return False
    # 民意调查显示, 这份声明说: verbs that are nouns here.
    if place == end and word in _NOUNS:
        return False
    if word == "多" and place < end and s.words[place + 1] in _COUNTED:
        return False
    return _stops(s, place)


def _stops(s: Sentence, place: int) -> bool:
    word = s.words[place]
    if word in _STOPPERS:
        return not (
            word in ("和", "与")
            and place > 0
            and s.marks[place - 1] == NOTHING
            and s.words[place - 1] not in _STOPPERS
        )
    return (
        word[0].isdigit()
        and place + 1 < len(s)
        and s.words[place + 1] in ("日", "月", "年", "号", "时", "点")
    )


def framed_source(s: Sentence, cue: Candidate, high: int, level: int) -> Span | None:
    """Return X of 据X报道."""
    start = cue.last + 1
    end = start
    while end < high and s.marks[end] in (NOTHING, PAUSE, BRACKET) and s.quoted[end] <= level:
        if s.words[end] in _FRAME_ENDS or end - start > 15 or _stops(s, end):
            break
        end += 1
    return (start, end - 1) if end > start else None
