"""Who speaks before a Chinese cue: in its clause or the one before, or the text that the cue begins with."""

from bitext.attribution.chinese.forms import Part
from bitext.attribution.chinese.heads import is_predicate, is_text
from bitext.attribution.chinese.names import name_in
from bitext.attribution.chinese.numbers import is_measure
from bitext.attribution.chinese.plausible import can_speak, speaking_part
from bitext.attribution.chinese.subjects import subject
from bitext.attribution.sentence import Candidate, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import BRACKET, COMMA, CONTRAST, NOTHING, PAUSE, QUOTE, STOP

#: A verb is told of somebody, and nobody tells it; the verb has a subject, which says nothing.
UNTOLD: Span = (-1, -1)
NOBODY: Span = (-2, -2)
#: A source of more tokens is no name but a clause.
LONGEST_NAME = 18
#: A clause has at most so many tokens, and a name in quotation marks so many.
_LONGEST_CLAUSE, _LONGEST_QUOTED = 120, 9
#: Classes of tokens that divide no clause.
_IN_CLAUSE = frozenset((NOTHING, PAUSE, BRACKET, CONTRAST))
#: What stands for those named in the clause before: A和B不满，它们说.
_PLURALS = frozenset(("它们", "他们", "她们", "两者", "二者", "双方", "两国", "两人"))
_JOINS = frozenset(("和", "与", "及", "、", "以及"))
_NOUNS = words("zh", "verbs_after_noun")
#: What points to a document: 该报道.
_POINTERS = frozenset(("该", "该份", "这份", "这篇", "此", "上述", "本"))
#: Documents that are no verbs: 计票结果.
_RESULTS = frozenset(("结果", "数据", "录像", "民调", "影像", "资料", "视频", "文件"))
#: Adjectives between a name and a document: 一项|新|研究显示.
_QUALITIES = frozenset(("新", "最新", "内部"))


def speaker(
    s: Sentence, cue: Candidate, clause: int, low: int, level: int, previous: Part | None
) -> Span | None:
    """Return the tokens (inclusive) that name who speaks; None where none do, `NOBODY` where none can."""
    phrase = name_in(s, clause, cue.first - 1)
    found = subject(s, phrase) if phrase else None
    if cue.first < cue.last and s.words[cue.first] in _NOUNS:
        text = found is not None or s.words[cue.first] in _RESULTS
        ahead = None if text else _before(s, clause, low, level, previous)
        return ahead or _with_document(s, cue, found, low)
    if found is not None and cue.glued:
        return found  # 统一|部说
    if found is not None and (spoken := speaking_part(s, found)):
        return _meant(s, spoken, clause, low, level)
    if found is not None and not is_predicate(s.words[found[1]]):
        return NOBODY  # 美丽的话语批评
    if found is None and phrase is not None and phrase[1] > phrase[0]:
        return None
    return _before(s, clause, low, level, previous)


def _before(s: Sentence, clause: int, low: int, level: int, previous: Part | None) -> Span | None:
    """Return who is named one clause ahead or two: X在记者会上回答提问时，表示…."""
    end = clause - 1
    for _ in range(2):
        if end <= low or s.marks[end] != COMMA or s.quoted[end] > level:
            return None
        start = clause_start(s, end, low, level)
        same = previous if previous is not None and previous.level == level else None
        if same and start > same.cue.last:
            return None  # X称A，并称B: A names nobody who says B
        if end > start and s.quoted[end - 1] <= level:
            phrase = name_in(s, start, end - 1)
            found = subject(s, phrase) if phrase else None
            if found and same and same.clause == start and found[1] >= same.cue.first:
                return same.source  # X称A“毫无根据”，要求B
            spoken = speaking_part(s, found) if found else None
            if spoken is not None and spoken[1] - spoken[0] <= LONGEST_NAME:
                return spoken
        end = start - 1
    return None


def _with_document(s: Sentence, cue: Candidate, found: Span | None, low: int) -> Span:
    """Return the document that a cue names, with what stands before it: 该报道, 计票结果, 一项新研究."""
    first = cue.first
    if found is not None:
        last = s.words[found[1]]
        own = can_speak(s, found) and not is_text(last)
        beside = found[1] == first - 1
        if is_measure(s.words[first - 1]) or s.words[first - 1] in _QUALITIES:
            return found[0], first  # 大使馆周三发布的一份|声明说
        if own and not (beside and s.words[first] in _RESULTS):
            return found  # 维权网报道说, 外汇局周五公告称, 大使馆的声明说
        if beside or s.words[first - 1] == "的":
            return found[0], first
    if first > low and s.words[first - 1] in _POINTERS:
        return first - 1, first
    return first, first


def _meant(s: Sentence, found: Span, clause: int, low: int, level: int) -> Span:
    """Return whom a plural pronoun stands for, if several open the clause before: A和B不满，它们说."""
    first, last = found
    plural = first == last and s.words[first] in _PLURALS
    if not plural or clause - 1 <= low or s.marks[clause - 1] != COMMA or s.quoted[clause - 1] > level:
        return found
    start = clause_start(s, clause - 1, low, level)
    before = name_in(s, start, clause - 2) if clause - 2 >= start else None
    several = before is not None and not _JOINS.isdisjoint(s.words[before[0] : before[1] + 1])
    return before if before is not None and several else found


def agent(s: Sentence, cue: Candidate, clause: int) -> Span | None:
    """Return who does what a passive verb tells: 被各界谴责; `UNTOLD` where nobody is told, 被认为."""
    if cue.first > clause and s.words[cue.first - 1] == "被":
        return None if cue.form[-1] in "问" else UNTOLD
    near = s.words[max(clause, cue.first - 7) : cue.first]
    return name_in(s, cue.first - near[::-1].index("被"), cue.first - 1) if "被" in near else None


def clause_start(s: Sentence, place: int, low: int, level: int) -> int:
    """Return the first token of the clause that token *place* stands in."""
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
    return start if place - start <= _LONGEST_QUOTED and s.marks[start] == QUOTE else None
