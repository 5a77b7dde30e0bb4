"""The plain form of a text: as long as the text, fit for matching, and never shown."""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from bitext.text.scripts.convert import convert_points
from bitext.text.scripts.variants import mend, restored

#: Full-width letters, digits, dollar, per cent, ampersand. "，" and "（" stay: they are Chinese.
_WIDE = (0xFF04, 0xFF05, 0xFF06, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
#: Kangxi radicals and compatibility ideographs, which copied PDF text has in place of common characters.
_LOOKALIKES = (*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
#: Spaces that stand where a blank might: no-break, figure, thin, hair, narrow no-break.
_SPACES = (0xA0, 0x2007, 0x2009, 0x200A, 0x202F)
#: The parts of a foreign name are joined by one of several dots; the vocabulary knows one.
_DOTS = "\N{HYPHENATION POINT}\N{BULLET}\N{KATAKANA MIDDLE DOT}"


@cache
def _table() -> npt.NDArray[np.uint32]:
    table = np.arange(0x110000, dtype=np.uint32)
    for point in (*_WIDE, *_LOOKALIKES):
        plain = unicodedata.normalize("NFKC", chr(point))
        if len(plain) == 1:
            table[point] = ord(plain)
    table[list(_SPACES)] = 0x20
    table[0xFFE5] = 0xA5  # yen sign
    table[ord("丶")] = ord("、")  # a stroke that some typists take for the comma of lists
    for dot in _DOTS:
        table[ord(dot)] = ord("\N{MIDDLE DOT}")
    table.setflags(write=False)
    return table


def plain_points(points: npt.NDArray[np.uint32], conversion: str | None) -> npt.NDArray[np.uint32]:
    """Return the code points of the plain form of a text, given its own.

    Compatibility characters are resolved where that keeps length and meaning, and traditional Chinese is
    simplified by *conversion* if it names one.

    Examples:
        >>> from bitext.text.scripts.detect import code_points
        >>> text = "５Ｇ網路，蒂埃里‧布雷頓"
        >>> "".join(map(chr, plain_points(code_points(text), "t2s")))
        '5G网路，蒂埃里·布雷顿'
    """
    plain = _table()[points]
    if not conversion:
        return plain
    converted = convert_points(plain, conversion)
    if converted is None:
        return mend(plain)
    return mend(converted if conversion == "t2s" else restored(converted, plain))
