"""White space between the pieces of a paragraph: which is meant, and which is the page's layout."""

import re

#: Put between two pieces of text that an inline tag separates (<ok>, <span>, <b>, <a>).
BOUNDARY = "\x01"

_WIDE = (
    "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003fffd"  # Han
    "\u3001-\u3004\u3008-\u3020\u3030"  # 、。《》「」『』【】
    "\uff01-\uff60\uffe0-\uffe6"  # full-width punctuation and letters
    "\u3040-\u30ff\u30fb"  # kana
)
_SHARED = "“”‘’…—·‧"  # punctuation of both languages: wide only beside a wide character
#: Gaps after `_gap`: a line feed, or one space beside a tag, between wide characters …
_BETWEEN_WIDE = re.compile(
    rf"""
    (?<=[{_WIDE}])   (?:\n|[ ]{BOUNDARY}) (?=[{_WIDE}{_SHARED}])
  | (?<=[{_SHARED}]) (?:\n|[ ]{BOUNDARY}) (?=[{_WIDE}])
    """,
    re.VERBOSE,
)
#: … and a pretty-printer's line feed beside a tag, where a wide character stands on one side.
_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}])\n{BOUNDARY}|\n{BOUNDARY}(?=[{_WIDE}])")
_GAPS = re.compile(rf"[\s{BOUNDARY}]{{2,}}")
_SPACES = re.compile(r"\s+")
_SIMPLE = re.compile(r"[^\s\x01]+(?: [^\s\x01]+)*")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
#: The classes of characters that decide here, as the C extension is told them.
CLASSES = (f"[{_WIDE}]", f"[{_SHARED}]", _INVISIBLE.pattern)


def tidy(text: str) -> str:
    """Collapse white space; drop it where only the page's layout put it between two Han characters.

    A single space that an author typed between two Han characters stays (跟随美国 欧盟合作 is a heading of
    two parts), one beside a tag or a line feed goes.

    Examples:
        >>> tidy("在\\n   \\x01芯片\\x01\\n  供应链"), tidy("跟随美国 欧盟"), tidy("the \\x01EU\\x01\\n and")
        ('在芯片供应链', '跟随美国 欧盟', 'the EU and')
    """
    # What is printable holds no white space but blanks, no boundary and nothing invisible.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    if _SIMPLE.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", text)
    if BOUNDARY in text or "\n" in text:
        text = _GAPS.sub(_gap, text)
        text = _BESIDE_WIDE.sub("", text)
        text = _BETWEEN_WIDE.sub("", text)
        text = text.replace(BOUNDARY, "")
    return _SPACES.sub(" ", text).strip()


def _gap(run: re.Match[str]) -> str:
    """Return a run of white space and tag boundaries in its shortest form that still tells what it was."""
    text = run[0]
    if "\n" in text:
        return f"\n{BOUNDARY}" if BOUNDARY in text else "\n"
    spaces = text.replace(BOUNDARY, "")
    if spaces == text:
        return " "
    return f" {BOUNDARY}" if spaces == " " else " " if spaces else BOUNDARY
