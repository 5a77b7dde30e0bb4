"""Who said what in a Chinese sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.attribution.chinese.forms import Part, event
from bitext.attribution.chinese.glued import begins_before
from bitext.attribution.chinese.names import framed_source, name_in
from bitext.attribution.chinese.numbers import is_measure
from bitext.attribution.chinese.plausible import can_speak, is_counted, tells_when
from bitext.attribution.chinese.subjects import subject
from bitext.attribution.sentence import REACH, Candidate, Event, Sentence, Span
from bitext.cues.cues import ATTITUDE
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import BRACKET, COLON, COMMA, CONTRAST, NOTHING, PAUSE, QUOTE, STOP

#: 据X报道，C: what opens the frame.
_FRAMES = words("zh", "frames")
#: Cues that need somebody who speaks, because they are mostly something else.
_WEAK = words("zh", "weak")
#: Attitudes rather than words: reported speech only where a comma or a quotation follows.
_ATTITUDES = words("zh", "attitudes")
#: A source of more tokens is no name but a clause.
_LONGEST_NAME = 18
#: What opens a clause in which nobody says anything, and what orders somebody to.
_NOBODY = frozenset(("没有", "并无", "毫无", "无"))
_ORDERS = frozenset(("请", "不要", "别", "勿", "莫", "请勿"))
#: A verb is told of somebody, and nobody tells it.
_UNTOLD: Span = (-1, -1)
#: What points to a document: 该报道.
_POINTERS = frozenset(("该", "该份", "这份", "这篇", "此", "上述", "本"))
#: Documents that are no verbs: 计票结果.
_RESULTS = frozenset(("结果", "数据", "录像", "民调", "影像", "资料", "视频"))
#: Attitudes that attribute without a comma behind them, right behind somebody.
_BARE_ATTITUDES = words("zh", "bare_attitudes")
_NEAR_VERB = 3
#: A clause has at most so many tokens, and a sentence that only tells who spoke so many.
_LONGEST_CLAUSE, _SHORT = 120, 8
#: Classes of tokens that divide no clause.
_IN_CLAUSE = frozenset((NOTHING, PAUSE, BRACKET, CONTRAST))
#: What makes somebody think so: 引人怀疑.
_MAKES = frozenset(("引人", "令人", "让人", "使人", "惹人", "引", "遭人", "被人"))
#: Adjectives of nouns of speech.
_QUALITIES = frozenset(
    ("最新", "新", "强烈", "严厉", "共同", "正当", "合理", "无理", "基本", "主要", "相关", "有关", "类似")
)
#: What stands for those named in the clause before: A和B不满，它们说.
_PLURALS = frozenset(("它们", "他们", "她们", "两者", "二者", "双方", "两国", "两人"))
_NOMINAL = words("zh", "nominal")
#: Verbs that tell how something is said, beside a quotation.
_MANNER = words("zh", "manner")
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
        document = cue.first < cue.last and s.words[cue.first] in _NOUNS
        if (
            (before in _NOMINAL or _is_noun(s, cue.first, low))
            and not document
            and not cue.glued
            and not _quote_follows(s, cue, high)
        ):
            return None
        if (after in _SPEECH_NOUN_AFTER or after == "后") and not _quote_follows(s, cue, high):
            return None
    if _is_naming(s, cue, high) or _is_idle(s, cue, high, before):
        return None
    if not frame and (tells_when(s, cue, clause, high) or is_counted(s, cue, low, high)):
        return None
    if s.words[clause] in _NOBODY and cue.feature == "named_evidential":
        return None  # 没有证据表明…
    if before in ("不予", "予以") or (before in _MAKES and not hearsay):
        return None
    if level >= 0 and before in _ORDERS:
        return None  # 请不要相信
    agent = None if frame or hearsay else _agent(s, cue, clause)
    if agent == _UNTOLD:
        return None  # 该地区被认为重要
    source = agent or (None if frame else _source(s, cue, clause, low, level, previous))
    if not frame and cue.first < cue.last and s.words[cue.first] in _NOUNS:
        source = _with_document(s, cue, source, low)
    begins = not frame and begins_before(s, cue, clause)
    if cue.glued or begins:
        whole = source is not None and source[1] == cue.first - 1
        source = (source[0] if source and whole else cue.first - begins, cue.first)
    if frame:
        framed = framed_source(s, cue, high, level)
        source = framed if framed and can_speak(s, framed) else None
    elif hearsay:
        source = (cue.first, cue.last)
    elif source is None and s.words[cue.first][0] in "他她":
        source = (cue.first, cue.first)
    if source is not None and not frame and not hearsay and source[1] - source[0] > _LONGEST_NAME:
        source = None
    # 分析师预计，C reports; 工厂预计下月完工 does not.
    closes = cue.form in _MANNER and _closes(cue, low, s.marks[cue.last + 1 : high])
    attitude = not closes and (cue.form in _ATTITUDES or cue.feature in ("hedge", ATTITUDE))
    if attitude and (
        source is None
        or before in ("不", "的", "被", "予以", "获", "受")
        or not (_speech_mark(s, cue, high, low) or _stands_first(cue, source, clause))
    ):
        return None
    if attitude and cue.feature != "hedge" and not _speech_mark(s, cue, high, low):
        cue = cue._replace(feature=ATTITUDE)
    if source is None and not frame and cue.form in _WEAK and not _speech_mark(s, cue, high, low):
        return None
    part = Part(cue, clause, source, frame=frame, level=level)
    part.low, part.high = low, high
    return part


def _is_noun(s: Sentence, place: int, low: int) -> bool:
    """Say whether the cue at *place* is a noun with an adjective: 华盛顿的最新要求, 其强烈反对."""
    return place - 2 >= low and s.words[place - 1] in _QUALITIES and s.words[place - 2] in ("的", "其", "此")


def _agent(s: Sentence, cue: Candidate, clause: int) -> Span | None:
    """Return who does what a passive verb tells: 被各界谴责; `_UNTOLD` where nobody is told, 被认为."""
    if cue.first > clause and s.words[cue.first - 1] == "被":
        return None if cue.form[-1] in "问" else _UNTOLD
    near = s.words[max(clause, cue.first - 7) : cue.first]
    return name_in(s, cue.first - near[::-1].index("被"), cue.first - 1) if "被" in near else None


def _with_document(s: Sentence, cue: Candidate, source: Span | None, low: int) -> Span:
    """Return the document that a cue names, with what stands before it: 该报道, 计票结果."""
    first = cue.first
    if source is not None and source[1] == cue.first - 1:
        if s.words[cue.first] not in _RESULTS and not is_measure(s.words[source[1]]):
            return source  # 维权网报道说, but 一项|调查显示
        first = source[0]
    elif source is not None:
        return source
    elif cue.first > low and s.words[cue.first - 1] in _POINTERS:
        first = cue.first - 1
    return first, cue.first


def _stands_first(cue: Candidate, source: Span | None, clause: int) -> bool:
    """Say whether an attitude is the verb of its clause: 外界担心C, but not 提高了担心 or 他的担心."""
    near = source is not None and source[0] >= clause and cue.first - source[1] <= _NEAR_VERB
    return near and cue.form in _BARE_ATTITUDES


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
    return cue.form[-1] in "说讲问" and (after in _NO_SPEECH_AFTER or before in _NO_SPEECH_BEFORE)


def _clause_start(s: Sentence, place: int, low: int, level: int) -> int:
    start, closed = place, 0  # brackets that are open behind: 王强（Wang Qiang，音）
    while start > low:
        mark, word = s.marks[start - 1], s.words[start - 1]
        if mark == BRACKET:
            closed += (word in ")）") - (word in "(（" and closed > 0)
        inside = mark in _IN_CLAUSE or (closed > 0 and mark in (COMMA, STOP))
        if inside and s.quoted[start - 1] <= level and place - start < _LONGEST_CLAUSE:
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


def _closes(cue: Candidate, low: int, behind: Sequence[int]) -> bool:
    """Say whether a short sentence is nothing but who spoke: “C。”李明叹气道。"""
    return low == 0 and cue.last < _SHORT and list(behind) == [STOP]


def _source(
    s: Sentence, cue: Candidate, clause: int, low: int, level: int, previous: Part | None
) -> Span | None:
    """Return the tokens (inclusive) that name who speaks: in the cue's clause, or in the one before."""
    phrase = name_in(s, clause, cue.first - 1)
    found = subject(s, phrase) if phrase else None
    if phrase is not None and (found or phrase[1] > phrase[0]):
        return _meant(s, found, clause, low, level) if found and can_speak(s, found) else None
    # X在记者会上回答提问时，表示…: the name stands one clause ahead, if the verb has none of its own.
    end = clause - 1
    for _ in range(2):
        if end <= low or s.marks[end] != COMMA or s.quoted[end] > level:
            return None
        start = _clause_start(s, end, low, level)
        same = previous if previous is not None and previous.level == level else None
        if same and start > same.cue.last:
            return None  # X称A，并称B: A names nobody who says B
        if end > start and s.quoted[end - 1] <= level:
            phrase = name_in(s, start, end - 1)
            found = subject(s, phrase) if phrase else None
            if found and same and same.clause == start and found[1] >= same.cue.first:
                return same.source  # X称A“毫无根据”，要求B
            if found is not None and found[1] - found[0] <= _LONGEST_NAME and can_speak(s, found):
                return found
        end = start - 1
    return None


def _meant(s: Sentence, found: Span, clause: int, low: int, level: int) -> Span:
    """Return whom a plural pronoun stands for, if several open the clause before: A和B不满，它们说."""
    first, last = found
    plural = first == last and s.words[first] in _PLURALS
    if not plural or clause - 1 <= low or s.marks[clause - 1] != COMMA or s.quoted[clause - 1] > level:
        return found
    start = _clause_start(s, clause - 1, low, level)
    before = name_in(s, start, clause - 2) if clause - 2 >= start else None
    several = before is not None and not _JOINS.isdisjoint(s.words[before[0] : before[1] + 1])
    return before if before is not None and several else found


_JOINS = frozenset(("和", "与", "及", "、", "以及"))
_NOUNS = words("zh", "verbs_after_noun")
_NO_SPEECH_AFTER = words("zh", "no_speech_after")
_NO_SPEECH_BEFORE = words("zh", "no_speech_before")


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
