"""Who said what in a Chinese sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.attribution.chinese_forms import Part, event
from bitext.attribution.chinese_glued import surname_before
from bitext.attribution.sentence import REACH, Candidate, Event, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import (
    BRACKET,
    COLON,
    COMMA,
    CONTRAST,
    NOTHING,
    PAUSE,
    QUOTE,
    STOP,
)

#: 据X报道，C: what opens the frame.
_FRAMES = words("zh", "frames")
#: Words before which the name of a source ends: when, where, to whom, how.
_STOPPERS = words("zh", "stoppers")
_LEADING = words("zh", "leading")
#: Cues that need somebody who speaks, because they are mostly something else.
_WEAK = words("zh", "weak")
#: Attitudes rather than words: reported speech only where a comma or a quotation follows.
_ATTITUDES = words("zh", "attitudes")
#: A source of more tokens is no name but a clause.
_LONGEST_NAME = 18
#: What opens a clause in which nobody says anything, and what orders somebody to.
_NOBODY = frozenset(("没有", "并无", "毫无", "无"))
_ORDERS = frozenset(("请", "不要", "别", "勿", "莫", "请勿"))
_NOMINAL = words("zh", "nominal")
_SPEECH_NOUN_AFTER = words("zh", "speech_noun_after")


def events(sentence: Sentence, cues: Sequence[Candidate]) -> list[Event]:
    """Return the events of attribution in *sentence*, in order of their cues."""
    chosen: list[Part] = []
    reach = -1
    for cue in cues:
        if cue.first <= reach:
            continue
        part = _part(sentence, cue, chosen[-1] if chosen else None)
        if part is None:
            continue
        if chosen and _same_event(sentence, chosen[-1], part):
            chosen[-1] = _merged(chosen[-1], part)
        else:
            chosen.append(part)
        reach = chosen[-1].cue.last
    return [
        event(sentence, part, chosen[number + 1 : number + 1 + REACH]) for number, part in enumerate(chosen)
    ]


def _part(s: Sentence, cue: Candidate, previous: Part | None) -> Part | None:
    low, high = s.region(cue.first)
    level = s.quoted[cue.first]
    clause = _clause_start(s, cue.first, low, level)
    frame = cue.feature == "named_evidential" and s.words[cue.first] in _FRAMES
    if previous is not None and previous.frame and previous.clause == clause and previous.level == level:
        return Part(cue, clause, None, frame=False, level=level)  # 报道 of 据X报道
    before = s.words[cue.first - 1] if cue.first > low else ""
    after = s.words[cue.last + 1] if cue.last + 1 < high else ""
    hearsay = cue.feature == "anon_source"
    if not frame and not hearsay:
        if before in _NOMINAL and not _quote_follows(s, cue, high):
            return None
        if (after in _SPEECH_NOUN_AFTER or after == "后") and not _quote_follows(s, cue, high):
            return None
    if _is_naming(s, cue, high) or _is_idle(s, cue, high, before):
        return None
    if s.words[clause] in _NOBODY and cue.feature == "named_evidential":
        return None  # 没有证据表明…
    if level >= 0 and before in _ORDERS:
        return None  # 请不要相信
    source = None if frame else _source(s, cue, clause, low, level)
    if source is None and not frame and cue.first < cue.last and s.words[cue.first] in _NOUNS:
        source = (cue.first, cue.first)  # 声明说
    if cue.glued or (not frame and surname_before(s, cue, clause)):
        source = (
            source[0] if source and source[1] == cue.first - 1 else cue.first - (not cue.glued),
            cue.first,
        )
    if frame:
        source = _framed_source(s, cue, high, level)
    elif hearsay:
        source = s_span(cue)
    elif source is None and s.words[cue.first][0] in "他她":
        source = (cue.first, cue.first)
    if source is not None and not frame and not hearsay and source[1] - source[0] > _LONGEST_NAME:
        source = None
    # 分析师预计，C reports; 工厂预计下月完工 does not.
    attitude = cue.form in _ATTITUDES or cue.feature == "hedge"
    if attitude and (
        source is None
        or before in ("不", "的", "被", "予以", "获", "受")
        or not _speech_mark(s, cue, high, low)
    ):
        return None
    if source is None and not frame and cue.form in _WEAK and not _speech_mark(s, cue, high, low):
        return None
    part = Part(cue, clause, source, frame=frame, level=level)
    part.low, part.high = low, high
    return part


def _is_naming(s: Sentence, cue: Candidate, high: int) -> bool:
    """Say whether the cue gives a name: 称为, （中国称钓鱼岛）, 被称作."""
    after = s.words[cue.last + 1] if cue.last + 1 < high else ""
    if cue.form[-1] in "称指" and after in ("为", "作", "之为", "之", "做"):
        return True
    if cue.form[-1] != "称":
        return False
    opened = next(
        (p for p in range(cue.first, max(-1, cue.first - 7), -1) if s.words[p] in ("（", "(")), None
    )
    closed = next((p for p in range(cue.last, min(high, cue.last + 9)) if s.words[p] in ("）", ")")), None)
    return opened is not None and closed is not None


def _is_idle(s: Sentence, cue: Candidate, high: int, before: str) -> bool:
    """Say whether 说 is no report here: 说话, 来说, 可以说, 没有说."""
    after = s.words[cue.last + 1] if cue.last + 1 < high else ""
    return cue.form[-1] in "说讲" and (after in _NO_SPEECH_AFTER or before in _NO_SPEECH_BEFORE)


def s_span(cue: Candidate) -> Span:
    """Return the cue's own tokens."""
    return cue.first, cue.last


def _clause_start(s: Sentence, place: int, low: int, level: int) -> int:
    start = place
    while start > low:
        if s.quoted[start - 1] <= level and s.marks[start - 1] in (NOTHING, PAUSE, BRACKET, CONTRAST):
            start -= 1
            continue
        name = _quoted_name(s, start - 1, low, level)
        if name is None:
            break
        start = name
    return start


def _quoted_name(s: Sentence, place: int, low: int, level: int) -> int | None:
    """Return where a quotation that ends at *place* begins, if it names something: 「X」发言人."""
    if s.marks[place] != QUOTE or place - 1 < low or s.quoted[place - 1] <= level:
        return None
    if s.marks[place - 1] in (STOP, COMMA):
        return None
    start = place - 1
    while start > low and s.quoted[start] > level:
        start -= 1
    return start if place - start <= 9 and s.marks[start] == QUOTE else None


def _quote_follows(s: Sentence, cue: Candidate, high: int) -> bool:
    place = cue.last + 1
    while place < high and place <= cue.last + 2 and s.marks[place] in (COLON, COMMA):
        place += 1
    return place < high and s.marks[place] == QUOTE


def _speech_mark(s: Sentence, cue: Candidate, high: int, low: int) -> bool:
    """Say whether a comma, a colon or a quotation stands right behind the cue, or a quotation before."""
    after = cue.last + 1
    if after < high and s.marks[after] in (COLON, QUOTE):
        return True
    if after < high and s.marks[after] == COMMA and cue.first > low:
        return True
    return cue.first > low and s.marks[cue.first - 1] == QUOTE


def _source(s: Sentence, cue: Candidate, clause: int, low: int, level: int) -> Span | None:
    """Return the tokens (inclusive) that name who speaks: in the cue's clause, or in the one before."""
    found = _name(s, clause, cue.first - 1)
    if found is not None:
        return found
    # X在记者会上回答提问时，表示…: the name stands one clause ahead, if the verb has none of its own.
    end = clause - 1
    for _ in range(2):
        if end <= low or s.marks[end] != COMMA or s.quoted[end] > level:
            return None
        start = _clause_start(s, end, low, level)
        if end > start and s.quoted[end - 1] <= level:
            found = _name(s, start, end - 1)
            if found is not None and found[1] - found[0] <= 8:
                return found
        end = start - 1
    return None


def _name(s: Sentence, start: int, end: int) -> Span | None:
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


def _framed_source(s: Sentence, cue: Candidate, high: int, level: int) -> Span | None:
    """Return X of 据X报道."""
    start = cue.last + 1
    end = start
    while end < high and s.marks[end] in (NOTHING, PAUSE, BRACKET) and s.quoted[end] <= level:
        if s.words[end] in _FRAME_ENDS or end - start > 15 or _stops(s, end):
            break
        end += 1
    return (start, end - 1) if end > start else None


_RELAYS = words("zh", "relays")
_MEASURES = words("zh", "measures")
_PASSIVE = words("zh", "passive")
_NOUNS = words("zh", "verbs_after_noun")
#: Adverbs that are adjectives where a phrase begins: 公开信息显示.
_ADJECTIVES = frozenset(("公开", "联合", "共同", "独家", "专门", "特别"))
#: What 多 may count: 多国, 多名.
_COUNTED = frozenset("国名位家个方")
#: A clause before 的 has at most so many tokens.
_LONGEST_CLAUSE = 12
_NO_SPEECH_AFTER = words("zh", "no_speech_after")
_NO_SPEECH_BEFORE = words("zh", "no_speech_before")
_FRAME_ENDS = words("zh", "frame_ends")


def _same_event(s: Sentence, first: Part, second: Part) -> bool:
    """Say whether two cues tell of one event: 据X报道, 接受采访时说, 回应称."""
    if first.clause == second.clause and first.level == second.level:
        between = s.words[first.cue.last + 1 : second.cue.first]
        return first.frame or second.cue.first - first.cue.last <= 2 or "时" in between or "中" in between
    if first.level != second.level:
        return False
    # 据X报道，Y说: two events; 接受采访时，表示: one.
    gap = s.words[first.cue.last + 1 : second.cue.first]
    close = len(gap) == 1 or (len(gap) <= 3 and not {"时", "中", "后"}.isdisjoint(gap))
    return second.source == first.source and close and not first.frame


def _merged(first: Part, second: Part) -> Part:
    cue = second.cue
    if first.frame or second.cue.feature in ("say_neutral", "named_evidential"):
        feature = (
            first.cue.feature if not first.frame and first.cue.feature != "named_evidential" else cue.feature
        )
        keep = first.cue if first.frame else cue
        cue = Candidate(keep.first, cue.last, feature, keep.form, keep.note, keep.rule)
        if first.frame:
            cue = cue._replace(
                feature="named_evidential" if first.cue.feature == "named_evidential" else feature
            )
    source = first.source if first.source is not None else second.source
    part = Part(cue, first.clause, source, frame=first.frame, level=first.level)
    part.low, part.high, part.begin = first.low, first.high, second.cue.last + 1
    return part
