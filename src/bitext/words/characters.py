"""The characters of a batch of tokens in a row, and what stands around each."""

from collections.abc import Iterable

import numpy as np

from bitext.arrays import Bools, Ints, Points
from bitext.text.chinese.jieba_files import HAN_FIRST, HAN_LAST
from bitext.text.kinds import PUNCTUATION, WORD, ZH
from bitext.text.scripts.detect import code_points
from bitext.tokens.tokens import Tokens
from bitext.words.lists import known_words, word_list

#: Last characters of roles that no list holds: 评论员, 时评家.
_ROLES = tuple("长员师者官家相")
#: What a guess of the segmenter begins or ends with and is no part of a name: 称林夕, 谢永林称, 龙男为.
_BEFORE, _SAYS, _BEHIND = "称和与对由为是", "说称指", "的在是为与和后将也就对及"


class Characters:
    """The characters of the tokens of a batch, and masks over them.

    Attributes:
        point: the characters, of the vocabulary's form; *token*: the token of each; *first*: of each token,
            its first character.
        han: characters of Chinese words; *whole*: those of a dictionary word of two and more that spells no
            foreign name.
        broken: characters that do not follow the one before them directly, in the same sentence.
        role, left: a role, or a mark or a word such as 和, stands before this character.
        says, right: a verb of saying (or a title), or a mark or a word such as 在, follows the character
            before this one; one longer than the characters.
    """

    def __init__(self, tokens: Tokens, near: Bools) -> None:
        types = tokens.types.tolist()
        known, spells = known_words(), word_list("spells")
        roles = (*_ROLES, *sorted(word_list("before")))
        lefts, rights = word_list("beside_left"), word_list("beside_right")
        verbs = (word_list("after") | word_list("acts")) - rights
        sizes = np.fromiter(map(len, types), np.int64, len(types))
        starts = np.cumsum(sizes) - sizes
        points = code_points("".join(types))
        place = {word: row for row, word in enumerate(types)}

        def listed(words: Iterable[str]) -> Bools:
            mask = np.zeros(len(types), bool)
            mask[[place[word] for word in words if word in place]] = True
            return mask

        is_known = np.fromiter((word in known for word in types), bool, len(types)) & (sizes > 1)
        is_whole = is_known.copy()
        if len(types):
            is_whole &= ~np.logical_and.reduceat(among(points, "".join(spells)), starts)
        is_role = (sizes > 1) & among(points[starts + sizes - 1], "".join({role[-1] for role in roles}))
        rows = np.flatnonzero(is_role)
        is_role[rows] = [types[row].endswith(roles) for row in rows.tolist()]
        is_left, is_right, is_verb = listed(lefts), listed(rights), listed(verbs)

        size = sizes[tokens.term]
        self.token: Ints = np.repeat(np.arange(len(tokens)), size)
        self.first: Ints = np.cumsum(size) - size
        within = np.arange(len(self.token)) - self.first[self.token]
        term = tokens.term[self.token]
        self.point: Points = points[starts[term] + within]
        word = (tokens.kind == WORD) & (tokens.lang == ZH)
        self.han: Bools = word[self.token] & (self.point >= HAN_FIRST) & (self.point <= HAN_LAST)
        self.whole: Bools = is_whole[term]

        head, linked = within == 0, np.zeros(len(tokens), bool)
        linked[1:] = near[:-1]
        self.broken: Bools = head & ~linked[self.token]
        joined = head & linked[self.token]
        mark = ((tokens.kind == PUNCTUATION) & ~listed("·")[tokens.term])[self.token]
        inside = ~head & ~is_known[term] & self.han
        previous = np.maximum(np.arange(len(term)) - 1, 0)
        self.role: Bools = joined & is_role[term[previous]]
        self.left: Bools = self.broken | (joined & (mark | is_left[term])[previous])
        self.left |= inside & among(self.point[previous], _BEFORE + "".join(_ROLES))
        self.says: Bools = np.append(joined & is_verb[term], False)
        self.says[:-1] |= inside & among(self.point, _SAYS)
        self.right: Bools = np.append(self.broken | (joined & (mark | is_right[term])), True)
        self.right[:-1] |= inside & among(self.point, _BEHIND)

    def text(self, start: int, end: int) -> str:
        """Return the characters from *start* to *end*."""
        return "".join(map(chr, self.point[start:end].tolist()))


def running(mask: Bools) -> Ints:
    """Return running sums: of the places from a to b, so many are total[b] - total[a]."""
    return np.concatenate(([0], np.cumsum(mask)))


def among(points: Points, characters: str) -> Bools:
    """Say of each of *points* whether it is one of *characters*."""
    table = np.zeros(0x110000, bool)
    table[code_points(characters)] = True
    return np.asarray(table[points])
