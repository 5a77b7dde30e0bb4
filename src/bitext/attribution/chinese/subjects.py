"""A Chinese noun phrase → the subject in it: without the clause, the time and the manner behind it."""

import re
from functools import lru_cache

from bitext.attribution.chinese.heads import bare_word, is_person
from bitext.attribution.chinese.nouns import (
    before_is_rare,
    is_act,
    is_persons_name,
    is_verb,
    names_somebody,
)
from bitext.attribution.chinese.numbers import is_measure
from bitext.attribution.sentence import DOTS, Sentence, Span
from bitext.lexicons.wordlists import words

_SURNAMES = words("zh", "surnames")
_GENERIC = words("zh", "generic") | words("zh", "verbs_after_noun") | words("zh", "documents")
#: Bodies that are called by what they do: 保护|协会.
_NAMED_BY_DEEDS = (*tuple("会组局部署处办所院"), "组织", "机构", "中心", "联盟", "办公室")
#: What leads to whom something is done or said, at the end of a word that holds a name, too.
_TO, _TOWARD = "向对于在", frozenset(("给", "由"))
#: What the segmenter leaves of the verb behind a name.
_TRAILING = frozenset(("会", "将会", "则", "不愿", "重新", "绝无", "已有", "上"))
_ASPECTS = frozenset("了着过")
#: What opens a time before a name, and what closes it.
_OPENS_TIME = frozenset(("到", "在", "当", "等到", "直到"))
_CLOSES_TIME = frozenset(("时", "后", "时候", "之后", "之际", "以后"))
#: What opens the manner of speaking: 这个人|很|轻佻.
_VERY = frozenset(("很", "非常", "十分", "这么", "那么", "如此", "颇", "颇为"))
#: Bodies and countries that are called by one character.
_ONE = frozenset("中美日英法德俄韩台港澳印加朝欧沪京粤他她它我你您咱谁其函爸妈爹娘爷奶哥姐弟妹叔伯爱")
#: Words that only end as a verb does that is done.
_NO_ASPECT = frozenset(
    ("超过", "经过", "通过", "不过", "越过", "为了", "除了", "随着", "沿着", "本着", "有着")
)
#: Places whose time it is: 美东|时间.
_ZONES = frozenset(("美东", "当地", "北京", "台北", "香港", "东部", "标准"))
_TIME = re.compile(
    r"""(?:[今昨明前当本上下每])? (?:天|日|年|周|月|晚|星期|礼拜)            # 1. 今天, 本周
    (?: [一二三四五六日天末初中底早晚] | [上下]午 | 早上 | 晚[上间] | 凌晨 | 中午 )?  # 2. 一, 下午
    | [今去明前]年 (?: [初底末中] | 年[初底] )                               # 3. 今年初
    | (?: 美东 | 当地 | 北京 | 台北 | 香港 | 格林尼治 )? (?:标准)? 时间        # 4. 美东时间
    | [上下]午 | 早[上间] | 晚[上间] | 凌晨 | 中午 | 年[初底]                  # 5. 上午
    """,
    re.VERBOSE,
)


def subject(s: Sentence, source: Span) -> Span | None:
    """Return the part of a phrase that can be somebody, or None where nothing in it can.

    中国的网友|挖出了|旧文 → 中国的网友; 莊人祥|今天|下午 → 莊人祥; 这个人|很|轻佻 → 这个人;
    贴出了|照片, 虽 → None.
    """
    first, last = _without_company(s, *source)
    last = _before_clause(s, first, _before_deed(s, first, last))
    if s.words[last] == "、":
        return None  # a list that ends in what is said
    while last > first and (
        _is_time(s.words[last]) or (s.words[last] in _ZONES and s.words[last + 1 : last + 2] == ["时间"])
    ):
        last -= 1
    while last > first and s.words[last] in _TRAILING:
        last -= 1
    if s.words[first] in _OPENS_TIME:
        when = [place for place in range(first + 1, last) if s.words[place] in _CLOSES_TIME]
        first = when[-1] + 1 if when else first  # 到 5 点半|时|谷歌
    if first <= last and is_act(s.words[first]) and not _is_somebody(s, first, last):
        return None  # 防止|传播, 修订
    very = -1
    if not _VERY.isdisjoint(s.words[first : last + 1]):
        very = next(place for place in range(first, last + 1) if s.words[place] in _VERY)
    if very >= 0 and "的" not in s.words[very : last + 1] and s.quoted[very] == s.quoted[first]:
        last = very - 1
    while last > first and s.words[last] in ("-", "－", "—", "在", "于"):
        last -= 1
    if last < first or all(map(is_measure, reversed(s.words[first : last + 1]))):
        return None
    alone = s.words[first] if first == last else ""
    return None if len(alone) == 1 and alone not in _ONE and alone not in _SURNAMES else (first, last)


@lru_cache(maxsize=50_000)
def _is_time(word: str) -> bool:
    """Say whether a word tells when: 今天, 下午, 本周五."""
    return _TIME.fullmatch(word) is not None


def _without_company(s: Sentence, first: int, last: int) -> Span:
    """Return a phrase without those who are only counted in: 李明|在内|的|多名|官员."""
    if "在内" not in s.words[first:last]:
        return first, last
    inside = [place + 1 for place in range(first, last) if s.words[place : place + 2] == ["在内", "的"]]
    return (inside[-1] + 1 if inside and inside[-1] < last else first), last


def _before_deed(s: Sentence, first: int, last: int) -> int:
    """Return the last token before what a person does to somebody, or whom it is said to.

    总理|请求|总统, 陆明|给|他, 洛林向|电视台 → 总理, 陆明, 洛林向; but 记者|保护|协会 is a name.
    """
    if first == last:
        return last
    body = s.words[last].endswith(_NAMED_BY_DEEDS)
    after = s.words[first : last + 1]
    behind = last - after[::-1].index("的") if "的" in after else first  # a deed before 的 tells of somebody
    for place in range(behind, last):
        word = s.words[place]
        if s.quoted[place] != s.quoted[first]:
            continue
        if bare_word(word) != word and word[-1] in _TO:
            return place
        if place > first and (word in _TOWARD or (not body and is_act(word) and _is_one(s.words[place - 1]))):
            return place - 1
    return last


def _is_one(word: str) -> bool:
    """Say whether a word is one for a person, or a name."""
    return is_person(word) or (len(word) in (2, 3) and is_persons_name(word) and word[0] in _SURNAMES)


def _is_somebody(s: Sentence, first: int, last: int) -> bool:
    """Say whether a phrase that a verb opens names somebody: 监管机构, 领导|小组, 反对这项法案的|议员."""
    whole = s.text(first, last)
    if (whole[0] in _SURNAMES and len(whole) in (2, 3) and last > first) or before_is_rare(s, last + 1):
        return True  # 顾望|舒, 独立|评论|人顾望
    return "的" in s.words[first : last + 1] or names_somebody(s, first, last) or s.words[first] in _GENERIC


def _before_clause(s: Sentence, first: int, last: int) -> int:
    """Return the last token before a verb that is told of as done or going on; *last* where there is none."""
    for place in range(first, last + 1):
        word = s.words[place]
        if word[-1] not in _ASPECTS or s.quoted[place] != s.quoted[first]:
            continue
        if word in _ASPECTS and place > first and is_verb(s.words[place - 1]):
            verb = place - 1
        elif len(word) > 1 and is_verb(word[:-1]) and word not in _NO_ASPECT:
            verb = place
        else:
            continue
        # 经历了风浪的|网友 names who did it, 侦探们挖出了赵婷的采访 who did what.
        behind = "的" in s.words[place + 1 : last + 1]
        if behind and (verb == first or names_somebody(s, first, last) or s.words[last] in _GENERIC):
            continue
        if DOTS & {s.words[verb - 1] if verb else "", s.words[place]} or s.words[place - 1] in _SURNAMES:
            continue
        return verb - 1
    return last
