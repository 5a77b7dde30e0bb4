"""The characters of a batch of tokens where names can stand, in a row, and what stands around each."""

import numpy as np

from bitext.arrays import Bools, Ints, Points
from bitext.text.chinese.jieba_files import HAN_FIRST, HAN_LAST
from bitext.text.kinds import PUNCTUATION, WORD, ZH
from bitext.tokens.tokens import Tokens
from bitext.words.lists import word_list
from bitext.words.vocabulary import FRAME_VERB, LEFT, RIGHT, ROLES, Vocabulary, among

#: What a guess of the segmenter begins or ends with and is no part of a name: 称林夕, 谢永林称, 龙男为.
_BEFORE, _SAYS, _BEHIND = "称和与对由为是", "说称指", "的在是为与和后将也就对及"
#: Characters that a name without dots has at most, and one more.
_REACH = 8
#: Tokens on either side of a dot that its name can reach, and what stands around it.
_ROUND_DOTS = 11
_DOT = "·"


class Characters:
    """The characters of those tokens of a batch where a name can stand, and masks over them.

    A name that begins in a token is followed here by all that it can reach: tokens that are neighbours here
    and not in the text are too far off to matter.

    Attributes:
        kept: the tokens that are here, as numbers in the batch; all others number the tokens here.
        point: the characters, of the vocabulary's form; *token*: the token of each; *first*: of each token,
            its first character.
        begins: characters of tokens in which a name without dots can begin.
        han: characters of Chinese words; *whole*: those of a dictionary word of two and more that spells no
            foreign name.
        broken: characters that do not follow the one before them directly, in the same sentence.
        role, left: a role, or a mark or a word such as 和, stands before this character.
        says, right: a verb of saying (or a title), or a mark or a word such as 在, follows the character
            before this one; one longer than the characters.
    """

    def __init__(self, tokens: Tokens, near: Bools, words: Vocabulary) -> None:
        spelling = among(words.points, "".join(word_list("spells")))
        is_role, is_left, is_right = words.roles(), words.has(LEFT), words.has(RIGHT)
        is_verb, is_dot = words.has(FRAME_VERB), among(words.points, _DOT)
        word = (tokens.kind == WORD) & (tokens.lang == ZH)
        linked = np.zeros(len(tokens), bool)
        linked[1:] = near[:-1]
        before = np.zeros(len(tokens), tokens.term.dtype)
        before[1:] = tokens.term[:-1]
        only_dot = words.all(is_dot) & (words.size == 1)
        mark = (tokens.kind == PUNCTUATION) & ~only_dot[tokens.term]
        role = linked & is_role[before]
        left = ~linked | is_left[before]
        left[1:] |= mark[:-1]
        verb = linked & is_verb[tokens.term]

        begins = _beginnings(tokens, words, word, role, left, verb, spelling)
        dots = np.flatnonzero(words.any(is_dot)[tokens.term])
        kept = np.zeros(len(tokens), bool)
        for places, behind, ahead in ((begins, 0, _REACH + 1), (dots, _ROUND_DOTS, _ROUND_DOTS)):
            for step in range(-behind, ahead + 1):
                kept[np.clip(places + step, 0, len(kept) - 1)] = True
        self.kept: Ints = np.flatnonzero(kept)
        can_begin = np.zeros(len(tokens), bool)
        can_begin[begins] = True

        term = tokens.term[self.kept]
        size = words.size[term]
        self.token: Ints = np.repeat(np.arange(len(term)), size)
        self.first: Ints = np.cumsum(size) - size
        within = np.arange(len(self.token)) - self.first[self.token]
        self.point: Points = words.points[words.start[term][self.token] + within]
        self.begins: Bools = can_begin[self.kept][self.token]
        self.han: Bools = word[self.kept][self.token] & (self.point >= HAN_FIRST) & (self.point <= HAN_LAST)
        self.whole: Bools = (words.known & ~words.all(spelling))[term][self.token]

        head = within == 0
        inside = ~head & ~words.known[term][self.token] & self.han
        previous = self.point[np.maximum(np.arange(len(self.point)) - 1, 0)]
        self.broken: Bools = head & ~linked[self.kept][self.token]
        self.role: Bools = head & role[self.kept][self.token]
        self.left: Bools = head & left[self.kept][self.token]
        self.left |= inside & among(previous, _BEFORE + "".join(ROLES))
        self.says: Bools = np.append(head & verb[self.kept][self.token], False)
        self.says[:-1] |= inside & among(self.point, _SAYS)
        ends = ~linked | mark | is_right[tokens.term]
        self.right: Bools = np.append(head & ends[self.kept][self.token], True)
        self.right[:-1] |= inside & among(self.point, _BEHIND)

    def text(self, start: int, end: int) -> str:
        """Return the characters from *start* to *end*."""
        return "".join(map(chr, self.point[start:end].tolist()))


def _beginnings(
    tokens: Tokens, words: Vocabulary, word: Bools, role: Bools, left: Bools, verb: Bools, spelling: Bools
) -> Ints:
    """Return the tokens in which a name without dots can begin.

    It begins with a surname or a character that spells names, behind a role, or behind a mark or the like
    with a verb of saying in reach; also inside a guess of the segmenter.
    """
    surnames = among(words.points, "".join({name[0] for name in word_list("surname")}))
    is_head = (spelling | surnames)[words.start]
    guess = ~words.known & (words.size > 1)
    opens = guess & words.any(among(words.points, _BEFORE + "".join(ROLES)), drop_last=1)
    says = guess & words.any(among(words.points, _SAYS), drop_first=1)
    head = word & is_head[tokens.term]
    verbs = np.concatenate(([0], np.cumsum(verb | (word & says[tokens.term]), dtype=np.int32)))
    loose = np.flatnonzero((head & left) | (word & opens[tokens.term]))
    reach = verbs[np.minimum(loose + _REACH + 1, len(tokens))] > verbs[loose]
    return np.union1d(np.flatnonzero(head & role), loose[reach])


def neighbours(tokens: Tokens) -> Bools:
    """Say of each token whether the next one stands right behind it, in the same sentence."""
    near = np.zeros(len(tokens), bool)
    near[:-1] = (tokens.sentence[1:] == tokens.sentence[:-1]) & (tokens.start[1:] == tokens.end[:-1])
    edges = tokens.bounds[1:-1]
    near[edges[edges > 0] - 1] = False
    return near


def running(mask: Bools) -> Ints:
    """Return running sums: of the places from a to b, so many are total[b] - total[a]."""
    return np.concatenate(([0], np.cumsum(mask)))
