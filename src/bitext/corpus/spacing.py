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
#: A line feed with all white space around it, or a tag boundary with at most one space beside it.
_LAYOUT = (
    rf"[ \t\r\f\v\xa0]*(?:\n[\s{BOUNDARY}]*"
    rf"|{BOUNDARY}+[ ]?{BOUNDARY}*(?![\s{BOUNDARY}])|[ ]{BOUNDARY}+(?![\s{BOUNDARY}]))"
)

_BETWEEN_WIDE = re.compile(
    rf"""
    (?<=[{_WIDE}])  {_LAYOUT} (?=[{_WIDE}{_SHARED}])
  | (?<=[{_SHARED}]) {_LAYOUT} (?=[{_WIDE}])
    """,
    re.VERBOSE,
)
#: A pretty-printer's line feeds around an inline tag: no space where a wide character stands on one side.
_PRINTED = rf"(?:\s*{BOUNDARY}[\s{BOUNDARY}]*\n[\s{BOUNDARY}]*|\s*\n[\s{BOUNDARY}]*{BOUNDARY}[\s{BOUNDARY}]*)"
_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}]){_PRINTED}(?=\S)|(?<=\S){_PRINTED}(?=[{_WIDE}])")
_SPACES = re.compile(r"\s+")
_SIMPLE = re.compile(r"[^\s\x01]+(?: [^\s\x01]+)*")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")


def tidy(text: str) -> str:
    """Collapse white space; drop it where only the page's layout put it between two Han characters.

    A single space that an author typed between two Han characters stays (跟随美国 欧盟合作 is a heading of
    two parts), one beside a tag or a line feed goes.

    Examples:
        >>> tidy("在\\n   \\x01芯片\\x01\\n  供应链"), tidy("跟随美国 欧盟"), tidy("the \\x01EU\\x01\\n and")
        ('在芯片供应链', '跟随美国 欧盟', 'the EU and')
    """
    if _SIMPLE.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", text)
    if BOUNDARY in text or "\n" in text:
        text = _BESIDE_WIDE.sub("", text)
        text = _BETWEEN_WIDE.sub("", text)
        text = text.replace(BOUNDARY, "")
    return _SPACES.sub(" ", text).strip()
