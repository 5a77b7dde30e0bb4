"""What is said behind, before and around a Chinese cue: 「C」X說；X说C；据X报道，C。"""

import re
from collections.abc import Sequence

from bitext.attribution.chinese.heads import bare_word
from bitext.attribution.sentence import Candidate, Event, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, COMMA, QUOTE, SEMICOLON, STOP

#: What may stand between cue and content.
_BETWEEN = words("zh", "between")


class Part:
    """A cue with the clause it stands in and the words that name the source, if any."""

    __slots__ = ("begin", "clause", "cue", "frame", "high", "level", "low", "silent", "source")

    def __init__(
        self,
        cue: Candidate,
        clause: int,
        source: Span | None,
        *,
        frame: bool,
        level: int,
        silent: bool = False,
    ) -> None:
        self.cue = cue
        self.clause = clause  # first token of the cue's clause
        self.source = source
        self.frame = frame
        self.silent = silent  # the clause has a subject, which cannot speak
        self.level = level
        self.low = 0
        self.high = 0
        self.begin = cue.last + 1  # where content may begin


def event(s: Sentence, part: Part, following: Sequence[Part]) -> Event:
    """Return the event of attribution that *part* makes; *following* are those behind it."""
    cue = part.cue
    contents: list[Span] = []
    rule = "frame" if part.frame else "hearsay" if cue.feature == "anon_source" else "subject"
    subject = part.source[0] if part.source and not part.frame else cue.first
    quote = min(subject, part.clause) - 1
    if quote > part.low and _is_close(s, quote, part):
        contents.append(_quoted_before(s, quote, part))
        rule = "postposed"
    begin = part.begin
    while begin < part.high and (s.words[begin] in _BETWEEN or s.marks[begin] in (COMMA, COLON)):
        begin += 1
    if part.frame:
        begin = _past_frame(s, part, begin)
    end = _right(s, part, begin, following)
    while end >= begin and s.marks[end] in (STOP, QUOTE) and s.quoted[end - 1] <= part.level:
        end -= 1  # 她说。” where the mark opens what follows
    if end >= begin and not (rule == "postposed" and s.marks[min(part.begin, len(s) - 1)] == STOP):
        contents.append(s.span(begin, end))
    own = part.source is not None and not part.frame and part.source[0] >= part.clause
    if not contents and own and part.clause - 2 > part.low and cue.feature != "no_comment":
        # C，X周四表示。
        contents.append(s.span(part.low, part.clause - 2))
        rule = "postposed"
    source = s.span(*part.source) if part.source else None
    if source and part.source and part.source[1] != cue.first:
        last = s.words[part.source[1]]
        source = source[0], source[1] - len(last) + len(bare_word(last))
    glued = cue.glued or (cue.first == cue.last and len(s.words[cue.first]) == len("明说"))
    if source and part.source and part.source[1] == cue.first and glued and cue.feature != "anon_source":
        source = source[0], source[1] - max(cue.glued, 1)  # the name and the verb are one word
    said = s.words[cue.first]
    if said.startswith(_RESULTS) and len(said) > len("结果"):
        begin = s.span(cue.first, cue.first)[0]
        if source is None or source[1] == begin:
            source = (source[0] if source else begin), begin + len("结果")  # 建模结果显示, in one word
    if source and source[1] > source[0]:
        source = _bare(s.article_text, source, part)
    return Event(
        s.row,
        s.base + cue.first,
        s.base + cue.last,
        cue.feature,
        source,
        tuple(contents),
        f"{rule}; {cue.rule}",
        inherited=source is None and not part.silent,
    )


def _bare(text: str, source: Span, part: Part) -> Span:
    """Return a source without the verb that the segmenter or the list left with it: 财经报道, 有消息称."""
    start, end = source
    if (
        part.frame
        and text[start:end].endswith(("报道", "報道", "报导", "報導"))
        and end - start > len("某某报道")
    ):
        return start, end - len("报道")
    if text[end - 1].isdigit() and text[end : end + 1] in ("日", "月", "号", "號"):
        return start, start + len(text[start:end].rstrip("0123456789０１２３４５６７８９"))  # AIT6日表示
    pronoun = _PRONOUN.fullmatch(text, start, end)
    if pronoun:
        return pronoun.span(1)  # 他续, in one word
    if end - start > len("某某") and text[end - 1] in _ADVERBS:
        return start, end - 1  # 李明续
    if part.cue.feature == "anon_source":
        match = _HEARD.fullmatch(text[start:end])
        return (start + match.start(1), start + match.end(1)) if match else source
    return source


#: Documents that begin a word with their verb: 结果显示.
_RESULTS = ("结果", "数据")
#: A pronoun, with what the segmenter left behind it.
_PRONOUN = re.compile(
    r"[故但若而且]?([他她]们?)(?:[续續又还還也再则則曾亦其并並就才即均都更却卻只便]|随即|接着)*"
)
#: Adverbs that the segmenter leaves with a name; no name ends so.
_ADVERBS = frozenset("续續亦")
#: Who is heard, in a cue of hearsay: 有消息称, 外界质疑.
_HEARD = re.compile(
    r"""[有据據]?                                        # 1. there are
    ( [一-鿿]{2,8}? )                          # 2. who
    (?: 报道 | 報道 | 报导 | 報導 )?                       # 3. the verbs
    (?: 称 | 稱 | 说 | 說 | 指 | 质疑 | 質疑 | 认为 | 認為 | 透露 | 传 | 傳 | 表示 | 指出 | 爆料 )
    """,
    re.VERBOSE,
)


def _is_close(s: Sentence, place: int, part: Part) -> bool:
    """Say whether token *place* closes a quotation, a comma between it and the cue's clause allowed."""
    if s.marks[place] == COMMA:
        place -= 1
    return place > part.low and s.marks[place] == QUOTE and s.quoted[place - 1] > part.level


def _quoted_before(s: Sentence, place: int, part: Part) -> Span:
    if s.marks[place] == COMMA:
        place -= 1
    start = place - 1
    while start > part.low and s.quoted[start - 1] > part.level:
        start -= 1
    return s.span(start, place)


def _past_frame(s: Sentence, part: Part, begin: int) -> int:
    """Skip to the comma behind 据X报道, if one comes soon."""
    for place in range(begin, min(begin + 25, part.high)):
        if s.marks[place] in (COMMA, COLON) and s.quoted[place] <= part.level:
            return place + 1
    return begin


def _right(s: Sentence, part: Part, begin: int, following: Sequence[Part]) -> int:
    """Return the last token of the content behind the cue."""
    end = part.high - 1
    while end >= begin and s.marks[end] == STOP:
        end -= 1
    for other in following:
        if other.level != part.level or other.clause <= begin:
            continue
        # A new speaker in a clause of their own ends what the first one says, unless it follows at once.
        own = other.source is not None and not other.frame and other.source[0] >= other.clause
        if own and other.clause - begin > 2 and other.cue.feature != "anon_source":
            return min(end, other.clause - 2)
        if other.source is None and s.words[other.cue.first - 1] in ("并", "还", "也", "又", "同时", "亦"):
            return min(end, other.clause - 2)
    if part.cue.feature != "say_neutral" and SEMICOLON in s.marks[begin : end + 1]:
        for place in range(begin, end + 1):
            if s.marks[place] == SEMICOLON and s.quoted[place] <= part.level:
                return place - 1
    return end
