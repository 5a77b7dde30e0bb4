"""Who said what in a Chinese sentence: rules over the words around a reporting cue."""

from collections.abc import Sequence

from bitext.attribution.chinese.forms import Part, event
from bitext.attribution.chinese.glued import begins_before
from bitext.attribution.chinese.names import framed_source
from bitext.attribution.chinese.plausible import is_counted, speaking_part, tells_when
from bitext.attribution.chinese.speaker import LONGEST_NAME, NOBODY, UNTOLD, agent, clause_start, speaker
from bitext.attribution.sentence import REACH, Candidate, Event, Sentence, Span
from bitext.cues.cues import ATTITUDE
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, NOTHING, QUOTE, STOP

#: 据X报道，C: what opens the frame.
_FRAMES = words("zh", "frames")
#: Cues that need somebody who speaks, because they are mostly something else.
_WEAK = words("zh", "weak")
#: Attitudes rather than words: reported speech only where a comma or a quotation follows.
_ATTITUDES = words("zh", "attitudes")
#: Behind these in a frame stands whoever prints or sends it: 据中新经纬|消息.
_PRINTS = frozenset(("消息", "报道", "报导", "讯", "电"))
#: What opens a clause in which nobody says anything, and what orders somebody to.
_NOBODY = frozenset(("没有", "并无", "毫无", "无"))
_ORDERS = frozenset(("请", "不要", "别", "勿", "莫", "请勿"))
#: Attitudes that attribute without a comma behind them, right behind somebody.
_BARE_ATTITUDES = words("zh", "bare_attitudes")
_NEAR_VERB = 3
#: A sentence that only tells who spoke has at most so many tokens.
_SHORT = 8
#: What makes somebody think so: 引人怀疑.
_MAKES = frozenset(("引人", "令人", "让人", "使人", "惹人", "引", "遭人", "被人"))
#: Adjectives of nouns of speech.
_QUALITIES = frozenset(
    ("最新", "新", "强烈", "严厉", "共同", "正当", "合理", "无理", "基本", "主要", "相关", "有关", "类似")
)
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
    clause = clause_start(s, cue.first, low, level)
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
    told = None if frame or hearsay else agent(s, cue, clause)
    if told == UNTOLD:
        return None  # 该地区被认为重要
    source = told or (None if frame else speaker(s, cue, clause, low, level, previous))
    silent = source == NOBODY
    source = None if silent else source
    begins = not frame and begins_before(s, cue, clause)
    if cue.glued or begins:
        whole = source is not None and source[1] == cue.first - 1
        source = (source[0] if source and whole else cue.first - begins, cue.first)
    if frame:
        framed = framed_source(s, cue, high, level)
        printed = framed is not None and s.words[min(framed[1] + 1, high - 1)] in _PRINTS
        source = framed if printed or framed is None else speaking_part(s, framed)
    elif hearsay:
        source = (cue.first, cue.last)
    elif source is None and s.words[cue.first][0] in "他她":
        source = (cue.first, cue.first)
    if source is not None and not frame and not hearsay and source[1] - source[0] > LONGEST_NAME:
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
    part = Part(cue, clause, source, frame=frame, level=level, silent=silent)
    part.low, part.high = low, high
    return part


def _is_noun(s: Sentence, place: int, low: int) -> bool:
    """Say whether the cue at *place* is a noun with an adjective: 华盛顿的最新要求, 其强烈反对."""
    return place - 2 >= low and s.words[place - 1] in _QUALITIES and s.words[place - 2] in ("的", "其", "此")


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
    idle = after in _NO_SPEECH_AFTER and not (after == "不" and _denies(s, cue.last + 2, high))
    return cue.form[-1] in "说讲问" and (idle or before in _NO_SPEECH_BEFORE)


def _denies(s: Sentence, place: int, high: int) -> bool:
    """Say whether 不 belongs to what is said, and goes on: 说不安全, but not 对他说不 and 说不出."""
    return place < high and s.marks[place] == NOTHING and s.words[place] not in _UNABLE


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


_NOUNS = words("zh", "verbs_after_noun")
#: What nobody is able to say: 说不清.
_UNABLE = frozenset(
    ("清", "清楚", "出", "出来", "定", "上", "上来", "准", "过", "过去", "通", "完", "得", "的")
)
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
