"""Whether a Chinese phrase can name a source, and whether a verb of saying tells of speech at all."""

from itertools import pairwise

from bitext.attribution.chinese.heads import can_head, is_body, is_deed, is_person, is_predicate
from bitext.attribution.chinese.nouns import is_persons_name, is_verb
from bitext.attribution.sentence import DOTS, Candidate, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COMMA, STOP

_ABSTRACT = words("zh", "no_sources")
#: What opens a time that ends in what follows: 从1月通报病例开始, 自宣布停产以来.
_SINCE = frozenset(("从", "自", "自从", "是从", "由", "始自"))
_SINCE_ENDS = frozenset(("开始", "起", "以来", "至今", "算起"))
_COUNTS = frozenset("一两二三四五六七八九十几多数某")
_TEXT_COUNTS = frozenset("条份项则篇封纸张")
_SURNAMES = words("zh", "surnames")
_TEXTS = words("zh", "documents")
#: What decoding puts in place of a character that is lost: a name that holds it is not that name.
_LOST = "\N{REPLACEMENT CHARACTER}"
#: What tells that somebody is there, or made to do something: 出现习近平, 这不是蓬佩奥, 促使英国.
_THERE = frozenset(("出现", "是", "不是", "就是", "并非", "促使", "迫使", "促请", "轮到"))
_ASPECTS = frozenset(("着", "了", "过"))
_LONGEST_TIME, _LONGEST_QUALITY = 14, 4
#: Words of the name of a body behind its first one.
_LONGEST_BODY = 2


def can_speak(s: Sentence, source: Span) -> bool:
    """Say whether the tokens *source* can be somebody: no number, no abstract noun, nothing lost."""
    first, last = source
    words = s.words[first : last + 1]
    if not words[0][0].isalpha() and not any(character.isalpha() for word in words for character in word):
        return False
    if _LOST in s.text(first, last):
        return False
    surname = last > first and s.words[last - 1] in _SURNAMES  # 巩|胜利
    word = s.words[last]
    rate = len(word) > 1 and word.endswith("率")  # 失业率, 良品率
    return surname or not (rate or word in _ABSTRACT or not can_head(s, first, last))


def speaking_part(s: Sentence, source: Span) -> Span | None:
    """Return the part of a phrase that can speak, without what is told of it: 李强|愤怒; None without one."""
    first, last = source
    if can_speak(s, source):
        return source
    if last > first and is_deed(s.words[last]) and is_person(s.words[last - 1]):
        return first, last - 1  # 政府人员|威胁
    while last > first and s.words[last] != "的" and is_predicate(s.words[last]):
        last -= 1
        if can_speak(s, (first, last)):
            return first, last
    return None


def without_verb(s: Sentence, source: Span) -> Span | None:
    """Return who is told of by a verb that opens a phrase, or None for whom it is done to.

    出现|习近平 → 习近平; 促使|英国 → 英国; 捍卫|特朗普, 整天|等|着|特朗普, 批判|中国政府 → None.
    """
    first, last = source
    name = _name_start(s, first, last)
    if name > first and s.words[name - 1] in _THERE:
        return name, last
    if name == first:
        return source
    aspect = s.words[name - 1] in _ASPECTS and name - 1 > first
    verb = s.words[name - 1 - aspect]
    return None if aspect or (len(verb) > 1 and is_verb(verb)) else source


def _name_start(s: Sentence, first: int, last: int) -> int:
    """Return where the person, country or body begins by whose name a phrase ends; *first* without one."""
    if is_persons_name(s.words[last]):
        while last - 2 > first and s.words[last - 1] in DOTS:
            last -= 2
        return last
    begins = range(max(first + 1, last - _LONGEST_BODY), last + 1)
    return next((start for start in begins if is_body("".join(s.words[start : last + 1]))), first)


def tells_when(s: Sentence, cue: Candidate, clause: int, high: int) -> bool:
    """Say whether the cue stands in a time: 疫情是从1月通报8名病例开始的."""
    if _SINCE.isdisjoint(s.words[clause : cue.first]):
        return False
    behind = range(cue.last + 1, min(cue.last + 1 + _LONGEST_TIME, high))
    end = next((place for place in behind if s.marks[place] in (COMMA, STOP)), behind.stop)
    return not _SINCE_ENDS.isdisjoint(s.words[cue.last + 1 : end])


def is_counted(s: Sentence, cue: Candidate, low: int, high: int) -> bool:
    """Say whether the cue is a text that is counted, and ends its clause: 曝光一条内部通知，."""
    behind = s.marks[cue.last + 1] if cue.last + 1 < high else STOP
    if s.words[cue.last] not in _TEXTS or behind not in (COMMA, STOP):
        return False
    before = s.words[max(low, cue.first - _LONGEST_QUALITY) : cue.first]
    joined = (word for word in before if len(word) == 2)
    apart = pairwise(before)
    return any(word[0] in _COUNTS and word[1] in _TEXT_COUNTS for word in joined) or any(
        one in _COUNTS and two in _TEXT_COUNTS for one, two in apart
    )
