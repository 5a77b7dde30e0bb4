"""The words of a vocabulary as arrays: their characters, and what the lists say of each, looked up once."""

from functools import cache
from itertools import repeat

import numpy as np

from bitext.arrays import Bools, Ints, Points
from bitext.lexicons.stopwords import stop_words
from bitext.text.chinese.jieba_files import HAN_FIRST, HAN_LAST
from bitext.text.scripts.detect import code_points
from bitext.tokens.tokens import Tokens
from bitext.words.lists import concept_words, known_words, word_list

#: What the lists say of a word, a bit each: of jieba's dictionary, a form of a concept, a stop word, ...
KNOWN, FORM, STOP, ALONE, ROLE, VERB, LEFT, RIGHT, FRAME_VERB = (1 << bit for bit in range(9))
#: Last characters of roles that no list holds: 评论员, 时评家.
ROLES = tuple("长员师者官家相")


@cache
def _listed() -> dict[str, int]:
    """Return the bits of every word that a list holds."""
    rights, after = word_list("beside_right"), word_list("after")
    found = dict.fromkeys(known_words(), KNOWN)
    for words, bit in (
        (concept_words(), FORM),
        (stop_words("zh"), STOP),
        (word_list("joins_nothing"), ALONE),
        (word_list("before"), ROLE),
        (after, VERB),
        (word_list("beside_left"), LEFT),
        (rights, RIGHT),
        ((after | word_list("acts")) - rights, FRAME_VERB),
    ):
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found


class Vocabulary:
    """The types of a batch of tokens.

    Attributes:
        types: the words; *size*: their lengths; *points*: their characters end to end; *start*: where each
            begins there.
        bits: what the lists say of each.
        known: words of jieba's dictionary of two characters and more; *han*: of Han characters alone.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.types: list[str] = tokens.types.tolist()
        number = len(self.types)
        self.size: Ints = np.fromiter(map(len, self.types), np.int64, number)
        self.start: Ints = np.cumsum(self.size) - self.size
        self.points: Points = code_points("".join(self.types))
        self.bits: Ints = np.fromiter(map(_listed().get, self.types, repeat(0)), np.int64, number)
        self.known: Bools = self.has(KNOWN) & (self.size > 1)
        self.han: Bools = self.all((self.points >= HAN_FIRST) & (self.points <= HAN_LAST)) & (self.size > 0)

    def has(self, bit: int) -> Bools:
        """Say of each word whether it has one of the bits."""
        return np.asarray(self.bits & bit > 0)

    def all(self, mask: Bools) -> Bools:
        """Say of each word whether *mask* holds for all its characters."""
        other = np.concatenate(([0], np.cumsum(~mask)))
        return np.asarray(other[self.start + self.size] == other[self.start])

    def any(self, mask: Bools, drop_first: int = 0, drop_last: int = 0) -> Bools:
        """Say of each word whether *mask* holds for one of its characters, but for so many at either end."""
        sums = np.concatenate(([0], np.cumsum(mask)))
        low = self.start + np.minimum(drop_first, self.size)
        high = np.maximum(self.start + self.size - drop_last, low)
        return np.asarray(sums[high] > sums[low])

    def roles(self) -> Bools:
        """Say of each word whether it is a role, or ends with one."""
        found = self.size > 1
        if not len(found):
            return found
        last = self.points[self.start + self.size - 1]
        plain = among(last, "".join(ROLES))
        listed = word_list("before")
        lengths = sorted({len(word) for word in listed})
        ends = among(last, "".join({word[-1] for word in listed})) & found & ~plain
        for row in np.flatnonzero(ends).tolist():
            word = self.types[row]
            ends[row] = any(word[-length:] in listed for length in lengths)
        return np.asarray(found & (plain | ends))


def among(points: Points, characters: str) -> Bools:
    """Say of each of *points* whether it is one of *characters*."""
    table = np.zeros(0x110000, bool)
    table[code_points(characters)] = True
    return np.asarray(table[points])
