"""Names of persons by what stands around them: roles, verbs of saying, marks, the dots of foreign names."""

from typing import NamedTuple

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.text.scripts.detect import code_points
from bitext.tokens.tokens import Tokens
from bitext.words.characters import Characters, running
from bitext.words.dotted import dotted
from bitext.words.lists import word_list
from bitext.words.vocabulary import Vocabulary, among

#: Characters that end no given name, those that are none (詹男, a man named Zhan), those that stand in none.
_NOT_LAST = (
    "在也就都而并不有于至为等以今昨周前后时中上下一二三四五六七八九十月日年号会任已曾还则均亦未可能更姓氏副媒"
)
_NOT_SECOND = "男女某母父妻夫嫌"
_NOT_IN = "的了是与及对将被把从向说称指这那他她们我你其该每各某两个"
#: Behind these 和 (and) joins nothing: it ends a name.
_ENDS = "，。、：；！？）)（(等也说称表"
#: Characters of a foreign name without dots.
_SHORTEST, _LONGEST = 3, 7


class Framed(NamedTuple):
    """Where names stand: from character *start* to *end*; *kind* numbers `KINDS`."""

    start: Ints
    end: Ints
    kind: Ints


#: sure: a role stands before and a verb of saying behind; framed: one of them and a mark or the like on the
#: other side; common: framed, but the given name is a word of the dictionary (翟东升); foreign: framed, of
#: characters that spell foreign names; dotted: parts with dots between them; joined: framed by 和 (and), and
#: here with it, which may be the last character of the name (康京和).
KINDS = ("sure", "framed", "common", "foreign", "dotted", "part", "joined")


def framed(tokens: Tokens, near: Bools, words: Vocabulary) -> tuple[Characters, Framed]:
    """Find the names of a batch."""
    text = Characters(tokens, near, words)
    whole, parts = dotted(text)
    found = [_persons(text), _foreign(text), _rows(whole, "dotted"), _rows(parts, "part")]
    return text, Framed(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _persons(text: Characters) -> Framed:
    """Surname and one or two characters, three or four with a surname of two."""
    surnames = word_list("surname")
    one = "".join(sorted(name for name in surnames if len(name) == 1))
    two = [code_points(name) for name in sorted(surnames) if len(name) == 2]
    size = len(text.point)
    single = among(text.point, one)
    double = np.zeros(size, bool)
    for first, second in two:
        double[:-1] |= (text.point[:-1] == first) & (text.point[1:] == second)
    starts = np.flatnonzero((single | double) & (text.role | text.left) & text.han & text.begins)
    broken, other = running(text.broken), running(~text.han)
    last, alone = ~among(text.point, _NOT_LAST), among(text.point, _NOT_SECOND)
    ends = np.append(among(text.point[1:], _ENDS), True)
    joins = among(text.point, "和") & ~ends  # but 魏凤和表示
    whole, never = running(text.whole), running(among(text.point, _NOT_IN) | joins)
    best_end = np.zeros(len(starts), np.int64)
    best_kind = np.full(len(starts), -1)
    rank = np.zeros(len(starts), np.int64)
    for length in (2, 3, 4):
        end = np.minimum(starts + length, size)
        head = np.where(double[starts], 2, 1)
        fit = (end - starts == length) & (length - head <= 2) & (length > head)
        fit &= (broken[end] == broken[np.minimum(starts + 1, size)]) & (other[end] == other[starts])
        fit &= (never[end] == never[np.minimum(starts + head, size)]) & last[end - 1]
        fit &= ~(alone[end - 1] & (length == 2))
        begin = np.minimum(starts + head, size - 1)
        token = text.token[begin]
        stop = np.append(text.first, size)[token + 1]
        given = (text.first[token] == begin) & (stop == end) & text.whole[begin]
        fit &= (whole[end] == whole[starts]) | (given & (whole[begin] == whole[starts]))
        left, says = text.role[starts], text.says[end]
        frame = (left & (says | text.right[end])) | (says & text.left[starts])
        fit &= frame
        kind = np.where(given & ~(left & says), 2, np.where(left & says, 0, 1))
        worth = 1 + says + (length == 3)
        better = fit & (worth >= rank)
        best_end[better], best_kind[better], rank[better] = end[better], kind[better], worth[better]
    found = best_kind >= 0
    starts, ends, kinds = starts[found], best_end[found], best_kind[found]
    joined = (ends - starts == 2) & among(np.append(text.point, 0)[ends], "和")
    joined &= ~np.append(text.broken, True)[ends]
    more = np.full(int(joined.sum()), KINDS.index("joined"))
    return Framed(
        np.concatenate((starts, starts[joined])),
        np.concatenate((ends, ends[joined] + 1)),
        np.concatenate((kinds, more)),
    )


def _spelling(text: Characters) -> Bools:
    spells = "".join(sorted(word_list("spells")))
    return np.asarray(text.han & among(text.point, spells) & ~text.whole)


def _foreign(text: Characters) -> Framed:
    """Characters that spell foreign names, all of them between what stands beside names."""
    spelt = _spelling(text)
    size = len(spelt)
    stops = np.append(np.where(~spelt, np.arange(size), size), size)
    end_of = np.minimum.accumulate(stops[::-1])[::-1]  # where the run of such characters ends
    edges = np.append(np.where(text.broken, np.arange(size), size), size)
    edge_of = np.minimum.accumulate(edges[::-1])[::-1]
    starts = np.flatnonzero(spelt & (text.role | text.left) & text.begins)
    verbs = np.where(text.says, np.arange(size + 1), size)
    verb_of = np.minimum.accumulate(verbs[::-1])[::-1]  # 阿什利|博士
    end = np.minimum(np.minimum(end_of[starts], edge_of[starts + 1]), verb_of[starts + 1])
    fit = (end - starts >= _SHORTEST) & (end - starts <= _LONGEST)
    left, says = text.role[starts], text.says[end]
    fit &= (left & (says | text.right[end])) | (says & text.left[starts])
    starts, end = starts[fit], end[fit]
    return Framed(starts, end, np.full(len(starts), KINDS.index("foreign")))


def _rows(places: list[tuple[int, int]], kind: str) -> Framed:
    table = np.array(places, dtype=np.int64).reshape(-1, 2)
    return Framed(table[:, 0], table[:, 1], np.full(len(table), KINDS.index(kind)))
