"""The words that name who speaks before a Chinese cue, or behind 据: a noun phrase, or none."""

from bitext.attribution.chinese.heads import is_text
from bitext.attribution.chinese.nouns import (
    LAST_OF_NAMES,
    before_is_rare,
    is_body,
    is_given_name,
    names_person,
    names_somebody,
    noun_phrase,
    openers,
)
from bitext.attribution.chinese.numbers import UNITS, is_date, is_measure, past_date
from bitext.attribution.chinese.plausible import without_verb
from bitext.attribution.sentence import Candidate, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import BRACKET, COMMA, CONTRAST, NOTHING, PAUSE

#: 据X报道，C: what opens the frame.
_FRAMES = words("zh", "frames")
#: Words before which the name of a source ends: when, where, to whom, how.
_STOPPERS = words("zh", "stoppers")
_LEADING = words("zh", "leading")
_RELAYS = words("zh", "relays")
_PASSIVE = words("zh", "passive")
#: Adverbs that are adjectives where a phrase begins: 公开信息显示.
_ADJECTIVES = frozenset(("公开", "联合", "共同", "独家", "专门", "特别"))
#: Behind 当选, what is part of a title.
_ELECTED = frozenset(("总统", "副总统", "首相", "总理", "市长", "州长", "人"))
#: Whose title 特别 may belong to.
_SPECIAL = frozenset(
    ("代表", "顾问", "助理", "检察官", "报告员", "行政区", "使者", "工作组", "委员会", "法庭")
)
#: 有 before who is told of: 还有网友.
_THERE_ARE = frozenset(
    ("有", "还有", "也有", "更有", "另有", "亦有", "都有", "仅有", "曾有", "已有", "且有", "就有")
)
#: What 多 may count: 多国, 多名.
_COUNTED = frozenset("国名位家个方")
#: A clause before 的 has at most so many tokens.
_LONGEST_CLAUSE = 12
_LONGEST_OPENING = 24
_FRAME_ENDS = words("zh", "frame_ends")
_SURNAMES = words("zh", "surnames")
#: What a post ends in, behind which a name stands.
_POSTS = ("长", "席", "员", "理", "统", "相", "官", "人", "家", "师", "卿", "使", "任", "授")
_NOUNS = words("zh", "verbs_after_noun")
#: What may stand between a document and its verb: 声明还说.
_BEHIND_NOUN = frozenset(("还", "也", "并", "又", "则", "亦", "同时", "随后"))
#: Data and documents that end a frame: 据统计数据.
_DATA = frozenset(
    ("数据", "统计", "研究", "调查", "报告", "声明", "公告", "文件", "资料", "民调", "统计数据")
)
#: Of these, what a body does: 据协会统计.
_COUNTING = frozenset(("统计", "调查", "研究"))
#: Verbs of a clause that tells of somebody before the name: 本身是律师的陈某.
_RELATIVE_VERBS = frozenset(("是", "为", "曾", "正在", "曾在"))
#: What ends a place or a time, and no name; in texts somebody says something: 议员在给公署的|信|中说.
_PLACES = ("会上", "期间", "之际", "会议", "记者会", "场合", "讲话", "采访", "访问", "信中", "信里", "文中")
_NO_NAME_ENDS = words("zh", "documents").union("中里上下时后前内信函", _PLACES)
#: Marks before a name: 【国际】X.
_DIVIDERS = frozenset("】〕｜|#＃")
_PERSONS = frozenset(("他", "她", "他们", "她们", "我", "我们"))
_WITH_PERSON = frozenset(
    ("的", "们", "和", "与", "及", "、", "本人", "自己", "俩", "两人", "二人", "等", "之")
)
_SHORT_OPENING = 2
#: Who speaks for what bears a number: 7号船长, 3号矿工人.
_CREW = ("长", "员", "人", "手", "主任", "经理", "工", "师")


def name_in(s: Sentence, start: int, end: int) -> Span | None:
    """Return the noun phrase that the tokens *start* to *end* open with, or that ends them behind 的."""
    found = _opening(s, start, end)
    phrase = noun_phrase(s, *found) if found else None
    if phrase is None and "的" in s.words[start:end]:
        first, stop = _behind_clause(s, start, end, strict=False)
        phrase = noun_phrase(s, first, stop - 1) if stop > first else None
    return without_verb(s, phrase) if phrase else None


def _opening(s: Sentence, start: int, end: int) -> Span | None:
    """Return the tokens from *start* on up to the first that divides a name from its verb."""
    words = s.words
    if start < end and not _DIVIDERS.isdisjoint(words[start:end]):
        start = max(place for place in range(start, end) if words[place] in _DIVIDERS) + 1
    while start <= end and (
        _leads(s, start, end)
        or s.marks[start] == CONTRAST
        or (words[start] in _THERE_ARE and start < end)
        or (start < end and words[start] in openers())
        or is_date(s, start, end)
    ):
        start = past_date(s, start, end) if is_date(s, start, end) else start + 1
    if start < end and words[start] in ("在", "当", "就在") and _is_time_clause(s, end):
        start += 1
    # X援引Y的话说: Y speaks.
    if start < end and not _RELAYS.isdisjoint(words[start:end]):
        start = max(place for place in range(start, end) if words[place] in _RELAYS) + 1
    if start < end and not _PASSIVE.isdisjoint(words[start:end]):
        provoked = max(place for place in range(start, end) if words[place] in _PASSIVE)
        start = provoked + (words[provoked + 1] == "了") + 1  # 引起了X抗议: X protests
    stop = _name_end(s, start, end)
    if stop == start < end and words[stop] in _ADJECTIVES:
        stop = _name_end(s, stop + 1, end)
    clause = _relative(s, start, stop, end)
    counted = _counted(s, start, stop, end)
    if _has_place(s, start, stop, end):
        stop = end + 1
    elif counted is not None:
        stop = counted
    elif clause is not None:
        start, stop = clause, _name_end(s, clause, end)
    else:
        while start < stop < end and words[stop + 1] == "的":
            # 一个由政府支持的基金提议, 数百名愤怒的家长: what stands before 的 belongs to the name.
            rest = _name_end(s, stop + 2, end)
            if rest == stop + 2:
                break
            stop = rest
    if stop == start and stop <= end and words[start] not in _FRAMES:
        # 负责调查的官员说: a clause before 的 belongs to the name.
        start, stop = _behind_clause(s, start, end)
        if stop == start:
            return None
    stop -= 1
    while stop >= start and s.words[stop] in ("的", "们", "的话", "话", "地", "中", "里"):
        stop -= 1
    if stop > start and words[start] in _PERSONS and words[start + 1] not in _WITH_PERSON:
        stop = start  # 他泪流满面
    if stop < start or words[start] in _FRAMES or all(map(is_measure, reversed(words[start : stop + 1]))):
        return None
    return start, stop


def _leads(s: Sentence, place: int, end: int) -> bool:
    """Say whether a word only leads to what follows; 报道 does not where more is said: 报道同时指出."""
    word = s.words[place]
    if word not in _LEADING:
        return False
    if word not in _NOUNS:
        return True
    return place < end and not (s.words[place + 1] in _STOPPERS or s.words[place + 1] in _BEHIND_NOUN)


def _behind_clause(s: Sentence, start: int, end: int, *, strict: bool = True) -> Span:
    """Return begin and end (exclusive) of the name behind a clause that ends in 的; nothing where none is.

    Where nothing else opens the clause (not *strict*), it may be longer, and when, where and to whom may
    follow a name of a person or body: 曾在大学任教的|学者李明|对记者.
    """
    if end - start > (_LONGEST_CLAUSE if strict else _LONGEST_OPENING):
        return start, start
    for head in (place + 1 for place in range(start, end) if s.words[place] == "的"):
        stop = _name_end(s, head, end)
        rest = range(stop, end + 1)
        if stop > head and all(_divides(s, place, end) for place in rest):
            return head, stop
        timed = stop <= end and s.words[stop] in openers()
        named = stop > head and (timed or names_somebody(s, head, stop - 1))
        if not strict and named and "的" not in s.words[stop : end + 1]:
            return head, stop
    return start, start


def _is_time_clause(s: Sentence, end: int) -> bool:
    """Say whether the clause ends in 后 or 时: 在X声称获胜后."""
    place = end + 1
    while place < len(s) and s.marks[place] == NOTHING:
        place += 1
    return s.words[place - 1] in ("后", "时", "之后", "之际", "前", "以后")


def _has_place(s: Sentence, start: int, stop: int, end: int) -> bool:
    """Say whether where somebody is belongs to the name: 孙某在厂里的同事说, but not 孙某在厂里的会上说."""
    if not start < stop < end or s.words[stop] != "在" or s.words[end] in _NO_NAME_ENDS:
        return False
    last = max((place for place in range(stop, end) if s.words[place] == "的"), default=-1)
    rest = range(last + 1, end + 1)
    return last > stop + 1 and not any(_divides(s, place, end) or s.words[place] in _NOUNS for place in rest)


def _relative(s: Sentence, start: int, stop: int, end: int) -> int | None:
    """Return where the name begins behind a clause that opens the phrase: 本身是律师的 | 陈某 (after 的)."""
    if start >= stop or stop > end or s.words[stop] not in _RELATIVE_VERBS or stop - start > _SHORT_OPENING:
        return None
    last = max((place for place in range(stop, end) if s.words[place] == "的"), default=-1)
    return last + 1 if last > stop and end - start <= _LONGEST_CLAUSE + 6 else None


def _counted(s: Sentence, start: int, stop: int, end: int) -> int | None:
    """Return where a phrase ends (exclusive) whose clause stands behind its number: 一名|不愿具名的|官员."""
    if not start < stop < end or not all(map(is_measure, s.words[start:stop])):
        return None
    last = max((p for p in range(stop, end) if s.words[p] == "的" and p - stop < _LONGEST_CLAUSE), default=-1)
    head = _name_end(s, last + 1, end) if last > stop else -1
    return head if head > last + 1 else None


def _name_end(s: Sentence, place: int, end: int) -> int:
    """Return the first token from *place* on that divides a name from its verb; *end* + 1 for none."""
    words = s.words
    for at in range(place, end + 1):
        if (words[at] in _STOPPERS or words[at][0].isdigit()) and _divides(s, at, end):
            return at
    return max(place, end + 1)


def _divides(s: Sentence, place: int, end: int) -> bool:
    """Say whether a name ends before token *place*: when, where, how, or the verb of another clause."""
    word = s.words[place]
    if not (word in _STOPPERS or word[0].isdigit()) or _is_titled(s, place, end):
        return False
    if place < end and s.words[place + 1] in ("人士", "者"):
        return False  # 批评人士
    if word == "直接" and place < end and s.words[place + 1].startswith("知情"):
        return False
    # 民意调查显示, 这份声明说: verbs that are nouns here.
    if word in _NOUNS and (place == end or _adverb_follows(s, place)):
        return False
    if word == "当选" and place < end and s.words[place + 1] in _ELECTED:
        return False
    if word == "对" and place > 0 and s.words[place - 1] in ("这", "那", "一", "两"):
        return False
    if word in LAST_OF_NAMES and place == end and place > 0 and before_is_rare(s, place):
        return False
    if place + 1 == end and names_person(s, place, end):
        return False  # 曾|复生
    if word in ("有关", "受访") and place < end and names_somebody(s, place + 1, place + 1):
        return False  # 有关当局, 受访学者
    if word == "特别" and place < end and s.words[place + 1] in _SPECIAL:
        return False
    named = word in _SURNAMES and place == end - 1 and is_given_name(s.words[end])
    if named and s.words[place - 1].endswith(_POSTS):
        return False  # 行政院长|曾|凯文
    if word == "多" and place < end and s.words[place + 1] in _COUNTED:
        return False
    return _stops(s, place)


def _is_titled(s: Sentence, place: int, end: int) -> bool:
    """Say whether a token stands inside the title or the quotation of a name: 《规划》, “上海发布”."""
    if s.quoted[place] > s.quoted[min(end + 1, len(s) - 1)]:
        return True
    before = s.words[max(place - 15, 0) : place] if "》" in s.words[place : end + 1] else []
    return [word for word in before if word in "《》"][-1:] == ["《"]


def _adverb_follows(s: Sentence, place: int) -> bool:
    """Say whether what stands behind a document leads to its verb: 声明还说; 声明中写道 opens a clause."""
    opens = place == 0 or s.marks[place - 1] != NOTHING
    return s.words[place + 1] in _BEHIND_NOUN or (opens and s.words[place + 1] in ("中", "里"))


def _stops(s: Sentence, place: int) -> bool:
    word = s.words[place]
    if word in _STOPPERS:
        return not (
            word in ("和", "与")
            and place > 0
            and (s.marks[place - 1] == NOTHING or s.words[place - 1] in "）)")
            and s.words[place - 1] not in _STOPPERS
        )
    unit = s.words[place + 1] if word[0].isdigit() and place + 1 < len(s) else ""
    return unit in UNITS and not _is_ship(s, place)


def _is_ship(s: Sentence, place: int) -> bool:
    """Say whether a number names a thing: 海衡|7|号|船长, but not 本月|7|号 and 李明|7|号|说."""
    named = s.words[place + 1] == "号" and place > 0 and s.marks[place - 1] == NOTHING
    if not named or place + 2 >= len(s) or s.words[place - 1].endswith("月"):
        return False
    return s.words[place + 2].endswith(_CREW)


def framed_source(s: Sentence, cue: Candidate, high: int, level: int) -> Span | None:
    """Return X of 据X报道."""
    start = cue.last + 1
    end = start + (start < high and s.words[start] in ("该", "这份", "这篇", "上述"))
    if end > start and end < high:
        return start, end + (end + 1 < high and is_text(s.words[end + 1]))  # 据该报道, 据该脸书|帖子
    if start < high and s.words[start] in _FRAME_ENDS:
        return _behind_frame(s, start, high)
    while end < high and s.marks[end] in (NOTHING, PAUSE, BRACKET) and s.quoted[end] <= level:
        if s.words[end] == "的" and end > start and _ends_in_data(s, end + 1, high):
            end += 1
            continue
        if end > start and (head := _persons_behind(s, end, high)):
            end = head + 1
            break
        if s.words[end] in _FRAME_ENDS or end - start > 15 or _stops(s, end):
            told = end > start and s.words[end] in _COUNTING and is_body(s.words[end - 1])
            if end + 1 < high and s.marks[end + 1] == COMMA and s.words[end] in _DATA and not told:
                end += 1  # 据官方统计, but 据矿业协会|统计
            break
        end += 1
    return (start, end - 1) if end > start else None


def _persons_behind(s: Sentence, place: int, high: int) -> int | None:
    """Return who speaks behind a clause that tells of them: 据两名|了解情况的人士|透露."""
    heads = (p for p in range(place + 1, min(place + 5, high - 1)) if s.words[p - 1] == "的")
    head = next(heads, -1)
    told = head >= 0 and s.words[head].endswith(("人士", "人员", "官员"))
    return head if told and s.words[head + 1] in _FRAME_ENDS else None


def _ends_in_data(s: Sentence, place: int, high: int) -> bool:
    """Say whether a noun of data ends the frame: 据各大媒体的统计数据."""
    comma = next((p for p in range(place, min(place + 5, high)) if s.marks[p] == COMMA), -1)
    return comma > place and s.words[comma - 1] in _DATA


def _behind_frame(s: Sentence, start: int, high: int) -> Span | None:
    """Return the document behind a clause: 根据发表在期刊上的一项研究."""
    comma = next((p for p in range(start, min(start + 25, high)) if s.marks[p] == COMMA), -1)
    last = max((p for p in range(start, comma) if s.words[p] == "的"), default=-1)
    return (last + 1, comma - 1) if last >= 0 and comma - 1 > last and s.words[comma - 1] in _DATA else None
