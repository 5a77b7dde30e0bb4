"""Text whose bytes were read in the wrong encoding, and stored so → the text that it was, and what was done.

Two kinds are mended: UTF-8 read as Latin-1 or Windows-1252 (æ–°åŽ‚ for 新厂, â€™ for ’), which ftfy knows
best, and UTF-8 read as GBK (鏂板巶), which it does not. Where both failed, characters are lost (锟斤拷),
and that is said.
"""

import re

#: What stands in nearly every text of the first kind: the images of 。 ， ‘ “ — é and of the space.
_LATIN = (
    "ã€",
    "ã\x80",
    "ï¼",
    "â€",
    "â\x80",
    "Ã©",
    "Ã¨",
    "Ã¼",
    "Ã¶",
    "Ã¤",
    "Ã±",
    "Ã³",
    "Ã¡",
    "Â\xa0",
    "ä¸",
    "çš",
    "å›",
)
#: What stands in nearly every text of the second kind: the images of ， and 。 begin so.
_GBK = ("锛", "銆", "鈥")
_SUSPECT = re.compile("[\xc2-\xef锛銆鈥锟]")
#: U+FFFD in UTF-8, read as GBK.
_LOST = "锟斤拷"
#: Characters of a title.
_SHORT = 300
#: Signs that a mended text has more of.
_COMMON = "的，。、一是在了不有人中国國‘’“”—"
#: So much of a run may be lost, for want of a byte, where it is mended.
_HURT = 0.34
_WIDE = re.compile(r"[^\x00-\x7f]+")


def suspected(*texts: str) -> bool:
    """Say whether texts may hold characters of either kind, at the price of a look.

    Examples:
        >>> suspected("The mayorâ€™s plan"), suspected("The plan", "新厂开工")  # a plant starts
        (True, False)
    """
    return any(not text.isascii() and _SUSPECT.search(text) for text in texts)


def mend(text: str) -> tuple[str, str]:
    """Return a text as it was before it was read in the wrong encoding, and what was done, "" for nothing.

    Examples:
        >>> mend("新厂开工。")  # the plant starts
        ('新厂开工。', '')
        >>> broken = "æ\\x96°å\\x8e\\x82å¼\\x80å·¥ï¼\\x8cã\\x80\\x82"
        >>> mend(broken)
        ('新厂开工，。', 'UTF-8 read as Latin-1, mended')
        >>> mend("新厂开工，工人说。".encode().decode("gb18030", "replace"))[1]
        'UTF-8 read as GBK, mended'
    """
    if text.isascii():
        return text, ""
    short = len(text) < _SHORT  # a title holds none of the signs, perhaps
    if short or any(sign in text for sign in _LATIN):
        mended = _latin(text)
        if mended != text:
            return mended, "UTF-8 read as Latin-1, mended"
    if short or any(sign in text for sign in _GBK):
        mended = _gbk(text)
        if mended != text:
            return mended, "UTF-8 read as GBK, mended"
    return text, ""


def lost(text: str) -> int:
    """Return how many characters were lost for good: 锟斤拷 is what two of them became.

    Examples:
        >>> lost("新厂锟斤拷开工")
        2
    """
    return 2 * text.count(_LOST) if _LOST in text else 0


def _latin(text: str) -> str:
    import ftfy

    # Nothing but the encoding: quotation marks, wide letters and line ends stay as they are.
    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))


def _gbk(text: str) -> str:
    """Return runs of characters that as GBK were bytes of UTF-8 as these; the text if that is worse."""
    found = _WIDE.sub(_utf8, text)
    whole = found != text and found.count("\ufffd") == text.count("\ufffd")
    return found if whole or _usual(found) > _usual(text) else text


def _usual(text: str) -> int:
    return sum(text.count(sign) for sign in _COMMON)


def _utf8(match: re.Match[str]) -> str:
    data = b"\xff".join(part.encode("gb18030", "replace") for part in match[0].split("\ufffd"))
    mended = re.sub("\ufffd+", "\ufffd", data.decode("utf-8", "replace"))
    return mended if mended.count("\ufffd") <= _HURT * len(mended) else match[0]
