"""HTML, Markdown, or one inside the other → blocks of text that know where they stand in the document.

No parser keeps offsets into a page as broken as a scraped one, so this one is ours: one regular expression
cuts the document into tags and text, one pass keeps the open elements on a stack. The C extension does both;
where it is missing, or only the expression can tell what a tag is, it is done here, with the same blocks.
"""

import html
import re
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from bitext.reading.documents import Paragraph
from bitext.reading.formats.html import elements, spacing
from bitext.reading.formats.html.spacing import BOUNDARY, tidy

try:
    from bitext.text._native import blocks as _native_blocks
except ImportError:  # no compiler when bitext was installed
    _native_blocks = None  # type: ignore[assignment]

#: Elements whose content is never prose, taken as one token with all they hold.
_OPAQUE = "script|style|svg|noscript|iframe|template|textarea|select|audio|video|object|math|canvas"

_HTML = rf"""
    (?P<comment><!--.*?(?:-->|\Z))                                     # 1 comment, also one never closed
  | <(?P<opaque>(?i:{_OPAQUE}))\b[^>]*>.*?</(?i:(?P=opaque))\s*>       # 2 script and the like, whole
  | <(?P<close>/?)(?P<tag>[A-Za-z][\w:-]*)                             # 3 a tag; values may hide its ">"
     (?P<attrs>(?:=\s*+(?:"[^"]*"|'[^']*')|[^<>])*+)>
  | </?[A-Za-z!?][^<>]*>                                               # 4 declarations, broken tags
"""

_MARKDOWN = r"""
  | (?P<rule>^[ \t]{0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$)           # 5 horizontal rule
  | (?P<heading>^[ ]{0,3}\#{1,6}[ \t]+)                                # 6 heading
  | (?P<item>^[ \t]*[-*+][ \t]+|^[ ]{0,3}>[ \t]?|^[ \t]*(?=\d{1,2}[.)][ ]))  # 7 list item, quotation
  | (?P<image>!\[[^\]\n!]*(?:!(?!\[)[^\]\n!]*)*\]                        # 8 image, in which none begins
    \([^)\n!]*(?:!(?!\[)[^)\n!]*)*\))
  | (?P<link>\[(?=(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\((?:[^()\s]|\([^()\s]*\))*\)))  # 9
  | (?P<target>\]\((?:[^()\s]|\([^()\s]*\))*\))                        # 10 link, after its text
  | (?P<strong>\*\*(?=\S)|(?<=\S)\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)  # 11 bold, italic
    |(?<![\w*\\])\*(?=[^\s*][^*\n]*\*)|(?<=[^\s*])\*(?![\w*]))
  | (?P<blank>\n[ \t\r]*\n\s*)                                         # 12 blank line
"""

_FLAGS = re.VERBOSE | re.DOTALL | re.MULTILINE
TAGS = re.compile(_HTML, _FLAGS)
_TOKENS = {False: TAGS, True: re.compile(_HTML + _MARKDOWN, _FLAGS)}

_HAN = "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003fffd"
_MID_SENTENCE = re.compile(rf"[{_HAN}][{_HAN}]|[a-z,][a-z]")


@dataclass(slots=True)
class Block(Paragraph):
    """A run of text between two block boundaries.

    Attributes:
        text: the text, tidied.
        start: offset of its first character in the document.
        end: offset after its last one.
        role: "" for prose, else why it is none: "caption", "navigation", … (see `elements`).
        tag: the innermost block element ("p", "h2", "li", …).
        linked: share of its characters that stand inside links.
    """

    role: str = ""
    tag: str = ""
    linked: float = 0.0


def blocks(document: str, start: int = 0, end: int | None = None, *, markdown: bool = False) -> list[Block]:
    """Cut *document* from *start* to *end* into blocks, in order.

    Examples:
        >>> for block in blocks("<p>获得<ok>\\n 芯片\\n</ok>\\n技术</p><figcaption>工厂</figcaption>"):
        ...     print(block.role or "prose", block.text)
        prose 获得芯片技术
        caption 工厂
    """
    end = len(document) if end is None else end
    if _native_blocks is not None:
        found = _native_blocks(
            document, start, end, markdown, _classes(), elements.KINDS, elements.role, html.unescape
        )
        if found is not None:
            return [Block(*block) for block in found]
    return plain_blocks(document, start, end, markdown)


def plain_blocks(document: str, start: int, end: int, markdown: bool) -> list[Block]:
    """Do what `blocks` does without the extension."""
    walker = _Walker(document, markdown)
    position = start
    for token in _TOKENS[markdown].finditer(document, start, end):
        if token.start() > position:
            walker.text(position, token.start())
        position = token.end()
        kind = token.lastgroup
        if kind == "attrs":
            tag, attributes, close = token.group("tag", "attrs", "close")
            walker.tag(tag.lower(), attributes, bool(close))
        elif kind not in ("comment", "opaque", None):
            walker.markdown(kind)
    if position < end:
        walker.text(position, end)
    walker.flush()
    return walker.found


@cache
def _classes() -> bytes:
    """Return for each of the first 0x40000 code points what the patterns take it for, see native/markup.h."""
    # No later character is of any of these classes.
    characters = np.arange(0x40000, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    table = np.zeros(len(characters), np.uint8)
    for bit, characters_of in enumerate((r"\w", r"\d", r"\s", *spacing.CLASSES, f"[{_HAN}]")):
        for run in re.finditer(f"{characters_of}+", characters):
            table[run.start() : run.end()] |= 1 << bit
    return table.tobytes()


@dataclass(slots=True)
class _Walker:
    document: str
    lines: bool
    found: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    start: int = -1
    end: int = -1
    role: str = ""
    stack: list[tuple[str, str]] = field(default_factory=list)  # open element, role outside of it
    breaks: int = 0
    links: int = 0
    linked: int = 0
    length: int = 0
    heading: bool = False

    def text(self, start: int, end: int) -> None:
        raw = self.document[start:end]
        if self.heading and "\n" in raw:  # a Markdown heading ends with its line
            start += raw.index("\n")
            self._add(start - raw.index("\n"), start)
            self.flush()
        self._add(start, end)

    def _add(self, start: int, end: int) -> None:
        raw = self.document[start:end]
        if not raw or raw.isspace():
            if self.parts:
                self.parts.append(raw)
            return
        if self.breaks:
            self._line_break(raw)
        left = len(raw) - len(raw.lstrip())
        if self.start < 0:
            self.start = start + left
        self.end = start + len(raw.rstrip())
        if "&" in raw:
            raw = html.unescape(raw)
        self.parts.append(raw)
        size = len(raw) - left
        self.length += size
        if self.links:
            self.linked += size

    def _line_break(self, raw: str) -> None:
        """One <br> in the middle of a Chinese sentence joins; any other ends the paragraph."""
        before = "".join(self.parts[-3:]).rstrip().rstrip(BOUNDARY).rstrip()
        if self.breaks > 1 or not _MID_SENTENCE.fullmatch(before[-1:] + raw.lstrip()[:1]):
            self.flush()
        elif self.parts:
            self.parts.append(BOUNDARY if before[-1:] > "z" else " ")
        self.breaks = 0

    def tag(self, tag: str, attributes: str, close: bool) -> None:
        if tag == "br":
            self.breaks += 1
        elif tag in elements.VOID:
            if tag in ("hr", "img"):
                self.flush()
        elif tag in elements.BLOCK:
            self.flush()
            if close:
                self._close(tag)
            else:
                self._leave_paragraph(tag)
                self._open(tag, attributes)
        else:
            if self.parts:
                self.parts.append(BOUNDARY)
            if close:
                self._close(tag)
            else:
                self._open(tag, attributes)

    def _open(self, tag: str, attributes: str) -> None:
        parent = self.stack[-1][0] if self.stack else ""
        role = elements.role(tag, attributes, self.role, parent if not self.parts else "text")
        if tag == "a":
            self.links += 1
        if role != self.role:
            self.flush()
        self.stack.append((tag, self.role))
        self.role = role

    def _close(self, tag: str) -> None:
        inline = tag not in elements.BLOCK
        for depth in range(len(self.stack) - 1, -1, -1):
            name = self.stack[depth][0]
            if name == tag:
                self._drop(depth)
                return
            if inline and name in elements.BLOCK:
                return  # </b> without <b>

    def _drop(self, depth: int) -> None:
        outside = self.stack[depth][1]
        if outside != self.role:
            self.flush()
        if self.links:
            self.links -= sum(name == "a" for name, _ in self.stack[depth:])
        self.role = outside
        del self.stack[depth:]

    def _leave_paragraph(self, tag: str) -> None:
        """A block element ends an open <p>, an <li> an open <li>: both are often left open."""
        for depth in range(len(self.stack) - 1, -1, -1):
            name = self.stack[depth][0]
            if name == "p" or (name == tag == "li"):
                self._drop(depth)
                return
            if name in elements.BLOCK:
                return

    def markdown(self, kind: str) -> None:
        if kind in ("link", "target"):
            self.links += 1 if kind == "link" else -1
            if self.parts:
                self.parts.append(BOUNDARY)
        elif kind == "blank":
            if not any(name == "p" for name, _ in self.stack):
                self.flush()
        elif kind != "strong":
            self.flush()
            self.heading = kind == "heading"
        elif self.parts:
            self.parts.append(BOUNDARY)

    def _block(self) -> str:
        """Return the innermost open block element."""
        for name, _ in reversed(self.stack):
            if name in elements.BLOCK:
                return name
        return ""

    def flush(self) -> None:
        """End the block."""
        if not self.parts:  # nothing since the last one
            self.breaks, self.heading = 0, False
            return
        if self.start >= 0:
            text = tidy("".join(self.parts))
            if text:
                share = min(1.0, self.linked / max(self.length, 1))
                tag = "h" if self.heading else self._block()
                self.found.append(Block(text, self.start, self.end, self.role, tag, share))
        self.parts, self.start, self.end = [], -1, -1
        self.breaks = self.linked = self.length = 0
        self.heading = False
