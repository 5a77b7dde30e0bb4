"""Quotation marks of both languages in one pass: nested, unclosed, over paragraphs, and no apostrophes.

Works on plain text. What a quotation means (speech, a title, a scare quote) is decided elsewhere.
"""

import re
from typing import NamedTuple

from bitext.attribution.turned_marks import turned_marks

#: Opening mark -> closing mark. Straight marks open and close with the same sign.
PAIRS = {"“": "”", "„": "”", "「": "」", "『": "』", "〝": "〞", "﹁": "﹂", "﹃": "﹄", "«": "»", "‘": "’"}
_CLOSING = {
    "”": "“„",
    "」": "「",
    "』": "『",
    "〞": "〝",
    "﹂": "﹁",
    "﹄": "﹃",
    "〟": "〝",
    "»": "«",
    "’": "‘",
}
_STRAIGHT = {'"', "＂", "''", "``", "'"}
_SINGLE = {"‘", "’", "'"}
#: One mark, '' and `` together; a class of characters at its head lets `re` skip what is none.
_MARKS = re.compile(r"[“”„「」『』〝〞〟﹁﹂﹃﹄«»\"＂‘’'`](?:(?<=')'|(?<=`)`)?")

#: Words that begin with an apostrophe: it opens no quotation.
_ELIDED = re.compile(r"['’‘](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n['’]|bout\b|round\b)", re.IGNORECASE)
#: What may stand before an opening mark, beside white space.
_BEFORE_OPEN = set("([{（［【〈《—–-―…:：,，/;；。！？、") | set(PAIRS) | {'"', "＂"}
_AFTER_CLOSE = set(".,;:!?)]}…—–-，。；：！？、）］】》〉/") | set(_CLOSING) | {'"', "＂"}
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s|$)|(?=\n)|$")
#: A name between marks that were typed the wrong way round, within a sentence: 推出了”青云“系统.
_REVERSED = re.compile(r"\w”[^\W\d_][\w ·]{0,28}\w“\w")
#: Characters of a paragraph in which a closing mark is looked for; quotations inside each other that stay
#: open. Both are beyond what people write: without them, hostile text takes the square of its length.
_AHEAD, _DEEPEST = 5000, 16
#: A quotation that is not closed in its own paragraph runs on over at most this many.
_PARAGRAPHS = 4


class Quote(NamedTuple):
    """One quotation.

    Attributes:
        start: offset of the opening mark.
        end: offset behind the closing mark (or behind the last character of an unclosed quotation).
        inner_start: offset of the first quoted character.
        inner_end: offset behind the last quoted character.
        depth: 0 for the outermost quotation, 1 for one inside it, ...
        closed: False where no closing mark was found.
        continued: True where the next paragraph opens anew, as long quotations do, without a close here.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    closed: bool
    continued: bool


class _Open(NamedTuple):
    mark: str
    at: int


def find_quotes(text: str) -> list[Quote]:
    """Find all quotations in *text*, ordered by start.

    Examples:
        >>> text = "“We won’t,” she said. 他说：「这是『原则』。」"
        >>> [text[quote.inner_start : quote.inner_end] for quote in find_quotes(text)]
        ['We won’t,', '这是『原则』。', '原则']
    """
    finder = _Finder(text)
    for match in _MARKS.finditer(text):
        at = match.start()
        if finder.stack:
            finder.end_paragraphs(at)
        finder.take(match.group(), at)
        finder.reach = at
    finder.end_paragraphs(len(text))
    finder.end_paragraph(len(text), last=True)
    return sorted(finder.found, key=lambda quote: (quote.start, -quote.end))


class _Finder:
    """The stack of open quotations while the marks go by."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.found: list[Quote] = []
        self.turned = turned_marks(text)
        self.reversed = -1
        self.reach = 0

    def take(self, mark: str, at: int) -> None:
        if mark == "`":
            return
        if at in self.turned:
            mark = "”" if mark == "“" else "“"
        if mark in _SINGLE:
            self._single(mark, at)
        elif mark in _STRAIGHT:
            self._straight(mark, at)
        elif mark in PAIRS:
            self._opening(mark, at)
        else:
            self._closing(mark, at)
        if len(self.stack) > _DEEPEST:
            self._give_up(0, at)

    # --- one mark ---

    def _opening(self, mark: str, at: int) -> None:
        if at == self.reversed:
            self._close(at, 1)
            return
        if self.stack and self.stack[-1].mark == mark:
            if self._looks_closing(at, 1):  # “…“ : the writer used one mark for both
                self._close(at, 1)
                return
            rest = self.text[at : self._line_end(at)]
            if rest.count(PAIRS[mark]) < 2:
                self._give_up(len(self.stack) - 1, at)
        self.stack.append(_Open(mark, at))

    def _closing(self, mark: str, at: int) -> None:
        partners = _CLOSING[mark]
        for place in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[place].mark
            if opened in partners or (mark == "”" and opened == '"'):
                for inner in range(len(self.stack) - 1, place, -1):
                    self._give_up(inner, at)
                self._close(at, 1)
                return
        if mark == "”" and not self.stack and (turned := _REVERSED.match(self.text, max(0, at - 1))):
            self.reversed = turned.end() - 2
            self.stack.append(_Open("“", at))
        elif (
            mark == "”"
            and self.text[at + 1 : at + 2].isalnum()
            and "”" in self.text[at + 1 : self._line_end(at)]
        ):
            self.stack.append(_Open("“", at))  # ”…” : one mark for both

    def _straight(self, mark: str, at: int) -> None:
        width = len(mark)
        place = next((i for i in range(len(self.stack) - 1, -1, -1) if self._closes(mark, i)), None)
        before = self.text[at - 1 : at]
        if place is None:
            if before.isdigit() and mark != "``":  # 6'2", 5''
                return
            if not self._looks_closing(at, width) or self._looks_opening(at, width):
                self.stack.append(_Open("''" if mark == "``" else mark, at))
            return
        if self._looks_opening(at, width) and not self._looks_closing(at, width) and before.isspace():
            self._give_up(place, at)
            self.stack.append(_Open(mark, at))
            return
        for inner in range(len(self.stack) - 1, place, -1):
            self._give_up(inner, at)
        self._close(at, width)

    def _closes(self, mark: str, place: int) -> bool:
        opened = self.stack[place].mark
        return opened == mark or (mark == '"' and opened in "“„")

    def _single(self, mark: str, at: int) -> None:
        text = self.text
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if mark == "‘":
            if not _ELIDED.match(text, at):
                self.stack.append(_Open(mark, at))
            return
        if _is_letter(before) and _is_letter(after):
            return
        place = next(
            (i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].mark in ("‘", "'")), None
        )
        if place is not None and (self.stack[place].mark == "‘") != (mark == "’"):
            place = None
        if place is None:
            opens = mark == "'" and self._looks_opening(at, 1) and not after.isspace() and after
            if opens and not _ELIDED.match(text, at) and not before.isdigit():
                self.stack.append(_Open(mark, at))
            return
        if before.isspace() or (before.lower() == "s" and after == " " and self._later_single(mark, at)):
            return  # the workers’ rights, inside a quotation that closes later
        for inner in range(len(self.stack) - 1, place, -1):
            self._give_up(inner, at)
        self._close(at, 1)

    def _later_single(self, mark: str, at: int) -> bool:
        """Say whether a better closing mark follows in this paragraph, before a new opening one."""
        rest = self.text[at + 1 : self._line_end(at)]
        closing = re.search(rf"(?<=[.,!?…\w]){mark}(?!\w)", rest)
        opening = re.search(r"‘" if mark == "’" else r"(?<=\s)'(?=\w)", rest)
        return closing is not None and (opening is None or closing.start() < opening.start())

    # --- what surrounds a mark ---

    def _looks_opening(self, at: int, width: int) -> bool:
        before, after = self.text[at - 1 : at], self.text[at + width : at + width + 1]
        return (
            (not before or before.isspace() or before in _BEFORE_OPEN) and bool(after) and not after.isspace()
        )

    def _looks_closing(self, at: int, width: int) -> bool:
        before, after = self.text[at - 1 : at], self.text[at + width : at + width + 1]
        return (
            bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSE)
        )

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at, at + _AHEAD)
        return min(len(self.text), at + _AHEAD) if end < 0 else end

    # --- the stack ---

    def _close(self, at: int, width: int) -> None:
        opened = self.stack.pop()
        inner = opened.at + len(opened.mark)
        if at > inner:
            self._add(opened, at + width, at, closed=True)

    def _add(self, opened: _Open, end: int, inner_end: int, *, closed: bool, continued: bool = False) -> None:
        depth = sum(other.at < opened.at for other in self.stack)
        inner = opened.at + len(opened.mark)
        if not closed:
            inner_end = end = opened.at + len(self.text[opened.at : inner_end].rstrip())
        if inner_end > inner:
            self.found.append(Quote(opened.at, end, inner, inner_end, depth, closed, continued))

    def _give_up(self, place: int, at: int) -> None:
        """Take a quotation without a close from the stack; it ends with its sentence, *at* at the latest."""
        opened = self.stack.pop(place)
        if opened.mark in _SINGLE:
            return  # an apostrophe after all
        before = self.text[max(opened.at - 50, 0) : opened.at].rstrip(" \u3000")[-1:]
        if not before or before in "\n:：,，":
            end = at
        else:
            stop = _SENTENCE_END.search(self.text, opened.at + 1, at + 2)
            end = min(at, stop.end() if stop else at)
        self._add(opened, end, end, closed=False)

    def end_paragraphs(self, at: int) -> None:
        """Decide at the line breaks up to offset *at* which of the open quotations end there."""
        while self.stack and (line := self.text.find("\n", self.reach, at)) >= 0:
            self.end_paragraph(line)
            self.reach = line + 1

    def end_paragraph(self, at: int, *, last: bool = False) -> None:
        """Decide at a line break which open quotations end here, and which run on."""
        following = self.text[at:].lstrip() if last else self.text[at : at + 400].lstrip()
        for place in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[place]
            if not last and following.startswith(opened.mark):
                self.stack.pop(place)
                self._add(opened, at, at, closed=False, continued=True)
            elif last or not self._runs_on(opened, at):
                self._give_up(place, at)

    def _runs_on(self, opened: _Open, at: int) -> bool:
        """Say whether the next mark of this kind, a few paragraphs on at most, is a closing one."""
        if opened.mark not in PAIRS or opened.mark in _SINGLE:
            return False
        closing = self.text.find(PAIRS[opened.mark], at)
        opening = self.text.find(opened.mark, at)
        if closing < 0 or 0 <= opening < closing:
            return False
        return self.text.count("\n", opened.at, closing) <= _PARAGRAPHS


def _is_letter(character: str) -> bool:
    return character.isalpha() and not "\u3400" <= character <= "\u9fff"
