"""Characters that stand inside Chinese words without dividing them: zero-width ones, and letter-spacing."""

from functools import cache

import numpy as np
import numpy.typing as npt

from bitext.arrays import Points
from bitext.text.scripts.detect import HAN, classes

#: Zero-width space, word joiner, byte order mark.
_ZERO_WIDTH = (0x200B, 0x2060, 0xFEFF)
_BLANK = 0x20


@cache
def _signs() -> npt.NDArray[np.uint8]:
    """Return 1 for Han, 2 for zero-width characters, 3 for the blank."""
    table: npt.NDArray[np.uint8] = (classes() == HAN).astype(np.uint8)
    table[list(_ZERO_WIDTH)] = 2
    table[_BLANK] = 3
    table.setflags(write=False)
    return table


def inside_words(points: Points) -> npt.NDArray[np.intp]:
    """Return where zero-width characters stand between Han, and the blanks of letter-spaced Chinese.

    Letter-spaced are three or more Han characters, each alone, with one blank between them: a title such as
    市 政 府. Blanks between words (中国 美国) and in a pair (王 某) stay.

    Examples:
        >>> from bitext.text.scripts.detect import code_points
        >>> inside_words(code_points("芯\u200b片，市 政 府，中国 美国")).tolist()
        [1, 5, 7]
    """
    signs = _signs()[points]
    at = np.flatnonzero(signs[1:-1] >= 2) + 1
    at = at[(signs[at - 1] == 1) & (signs[at + 1] == 1)]
    zero = at[signs[at] == 2]
    blank = at[signs[at] == 3]
    if len(blank) < 2:
        return np.asarray(zero, dtype=np.intp)
    first = np.flatnonzero(np.diff(blank, prepend=-9) != 2)
    last = np.append(first[1:], len(blank)) - 1
    low, high = blank[first] - 1, blank[last] + 1
    alone = (last > first) & ((low == 0) | (signs[low - 1] != 1))
    alone &= (high == len(points) - 1) | (signs[np.minimum(high + 1, len(points) - 1)] != 1)
    spaced = blank[np.repeat(alone, last - first + 1)]
    return np.sort(np.concatenate((zero, spaced))).astype(np.intp)
