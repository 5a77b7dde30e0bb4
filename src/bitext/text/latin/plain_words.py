"""Tokens of Latin text that can be told without the pattern: most words of most texts.

`english.PATTERN` says what a token is. But a run of ASCII letters is one whatever else the text holds, if

* a token must begin with it: it stands first, behind a placeholder, or behind a blank that no token can reach
  over. A token reaches over a blank only behind a digit (6 million, 9 am, 5 %), a currency (RMB 5), or looks
  over it behind a full stop (J. Smith);
* no token goes on behind it: a blank (but RMB 5 is one token), a comma, a placeholder or the end comes next.

So is a comma behind such a word, and a run of digits between placeholders. The C extension finds these tokens
in one pass; where it is missing the pattern finds them, and tests compare the two.
"""

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints

try:
    from bitext.text import _native
except ImportError:  # no compiler when bitext was installed
    _native = None  # type: ignore[assignment]


def plain_words(points: npt.NDArray[np.uint32]) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Find the plain words of a text as `english.PATTERN` would see it.

    Returns:
        Starts and ends of the tokens, and which characters are left: true for those that belong neither to
        one of them nor are the blank behind it.
    """
    left = np.ones(len(points), dtype=np.bool_)
    if _native is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), left
    starts, ends = np.empty(len(points), dtype=np.int64), np.empty(len(points), dtype=np.int64)
    found = _native.plain_words(points, starts, ends, left)
    return starts[:found], ends[:found], left
