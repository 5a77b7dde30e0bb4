"""Speakers that no verb names: Name：“C”, “C” — Name, and the lines of an interview."""

import re
from collections import Counter

from bitext.attribution.lines import labelled
from bitext.attribution.quotes import Quote
from bitext.attribution.sentence import Span
from bitext.lexicons.wordlists import words

#: A dash behind a quotation, and who said it, to the end of the line.
_DASHED = re.compile(
    r"""[ \t\u3000]* (?: --? | [—–―]{1,2} ) [ \t\u3000]*  # 1. the dash
    ( [^\n"“”「」，,。:：]{2,60} )                       # 2. the name
    (?= [,，.。]? [ \t]* (?: \n | $ ) )                 # 3. the line ends
    """,
    re.VERBOSE,
)
#: A colon before a quotation, and what names who speaks, from the start of the sentence.
_BEFORE_COLON = re.compile(
    r"""(?: ^ | [\n。！？.!?”」] ) [ \t\u3000]*    # 1. a sentence begins
    [“「"]? ( [^\n。！？!?：:，,；;“”"「」]{1,30} ) [”」"]?  # 2. the name, in quotation marks or not
    [：:] \s* \Z                                # 3. the colon, its line ending there or not
    """,
    re.VERBOSE,
)
#: The label of a line: a short name before a colon.
_LABEL = re.compile(
    r"""^ [ \t\u3000]*                            # 1. a line begins
    ( [^\W\d_] [^\n：:，,。"“”？?]{0,24} )           # 2. the name
    [：:] (?! // )                                 # 3. the colon, of no address
    """,
    re.MULTILINE | re.VERBOSE,
)
#: Verbs before a colon that are no part of the name.
_SAID = re.compile(
    r"""(?: [也还又就便并则]?
        (?: 说 | 說 | 称 | 稱 | 道 | 问 | 問 | 答 | 表示 | 指出 | 写道 | 寫道 | 是这样的 | 如下 )
    | \b says? | \b said )+ $""",
    re.VERBOSE,
)
#: Whose words are quoted as true: 正如X所言：.
_AS = re.compile(r"[诚誠正恰一]?如(.+?)所(?:言|说|說|述|指|写|寫|指出)")
#: A Chinese name, and where or to whom its bearer speaks: 发言人莎琪|在例行简报会上对记者：.
_WHERE = re.compile(r"([\u4e00-\u9fff·‧•・（）()\w .]{3,}?)(?:在|对|對|向|于|於|接受)[\u4e00-\u9fff\w]{3,}$")
#: Something is said in words, not in figures: Clinton: 547 is a count.
_WORDS = re.compile(r"[^\W\d_]{2}")
#: Who asks and who answers, by a letter: nobody is named.
_LETTERS = frozenset(("问", "答", "q", "a", "問"))
#: Who only asks, and a line that does.
_ASKERS = frozenset(("记者", "記者", "主持人", "问", "問", "q", "reporter", "interviewer", "host"))
_QUESTION = re.compile(r"[^\n]{0,400}[?？]")
#: A label is a speaker if it stands before so many lines, and so does another one.
_LINES = 2
#: What begins so and stands before a colon names no speaker.
_NO_SPEAKER = tuple(sorted(words("zh", "no_speaker") | words("en", "no_speaker")))


def beside_quote(text: str, quote: Quote) -> Span | None:
    """Return where the speaker of *quote* is named without a verb: before a colon, or behind a dash."""
    dashed = _DASHED.match(text, quote.end)
    if dashed:
        return dashed.span(1)
    before = _BEFORE_COLON.search(text[max(0, quote.start - 40) : quote.start])
    if before and not before.group(1).lower().startswith(_NO_SPEAKER):
        offset = max(0, quote.start - 40)
        start, end = before.span(1)
        quoted = _AS.fullmatch(before.group(1))
        if quoted:
            start, end = start + quoted.start(1), start + quoted.end(1)
        where = _WHERE.match(text[start:end])
        if where:
            end = start + where.end(1)
        said = _SAID.search(before.group(1))
        end -= len(said.group()) if said else 0
        return (start + offset, end + offset) if end > start else None
    return None


def interview(text: str) -> list[tuple[Span, Span, bool]]:
    """Return the lines of an interview: the label, what is said, and whether the label is a name.

    A label that opens two lines or more, in a text where another one does so, too, names a speaker, who
    speaks until the next label.

    Examples:
        >>> text = "问：为何辞职？\\n答：太累。\\n问：真的？\\n答：真的。"  # Why resign?
        >>> [(text[slice(*label)], text[slice(*said)]) for label, said, _ in interview(text)][:2]
        [('问', '为何辞职？'), ('答', '太累。')]
    """
    labels = list(labelled(_LABEL, text))
    # One question makes an interview, where it is one: 记者：王芳 is a credit.
    asking = {
        match.group(1)
        for match in labels
        if match.group(1).lower() in _ASKERS and _QUESTION.match(text, match.end())
    }
    found = [match for match in labels if match.group(1) in asking or _is_label(match.group(1))]
    counts = Counter(_last_name(match.group(1)) for match in found)
    speakers = {label for label, number in counts.items() if number >= _LINES or label in asking}
    if len(speakers) < _LINES:
        return []
    lines = [match for match in found if _last_name(match.group(1)) in speakers]
    ends = [*(match.start() for match in lines[1:]), len(text)]
    spoken = []
    for match, end in zip(lines, ends, strict=True):
        said = text[match.end() : end].rstrip()
        start = match.end() + len(said) - len(said.lstrip())
        if _WORDS.search(said):
            named = match.group(1).lower() not in _LETTERS
            spoken.append((match.span(1), (start, match.end() + len(said)), named))
    return spoken


def _last_name(label: str) -> str:
    """Return what a speaker is called throughout: JAKE TAPPER, then TAPPER."""
    return label.split()[-1] if label.isascii() else label


def _is_label(label: str) -> bool:
    """Say whether the words before a colon may be a speaker's: in English a name of few words."""
    if label.lower() in _LETTERS:
        return True
    if label.lower().startswith(_NO_SPEAKER) or _SAID.search(label):
        return False
    parts = label.split()
    return not label.isascii() or (len(parts) <= 4 and all(word[:1].isupper() for word in parts))
