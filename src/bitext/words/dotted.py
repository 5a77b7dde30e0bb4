"""Foreign names with dots between their parts: where the first part begins and the last one ends."""

import numpy as np

from bitext.lexicons.stopwords import stop_words
from bitext.words.characters import Characters
from bitext.words.lists import concept_words, known_words, person_words, word_list
from bitext.words.vocabulary import ROLES

_DOT = ord("·")
#: Characters of a part at most; of a guess of the segmenter that is one although a character spells no name.
_PART, _GUESS = 8, 3
#: Last characters of offices, where the segmenter takes them for the first of a name.
_OFFICES = "人总局党" + "".join(ROLES)
#: Single characters that follow a name of places, prizes and the like.
_SORTS = "礁岛省市县州镇村区山河湖港海湾峰奖杯法案"
#: Words that follow the name of somebody, of characters that spell names.
_BODIES = ("基金", "基金会", "图书馆", "奖金")

Span = tuple[int, int]


def dotted(text: Characters) -> tuple[list[Span], list[Span]]:
    """Return the spans of the names with dots, and of their parts of two characters and more."""
    size = len(text.point)
    dots = np.flatnonzero((text.point == _DOT) & ~text.broken)
    dots = dots[(dots > 0) & (dots < size - 1)]
    dots = dots[text.han[dots - 1] & text.han[dots + 1] & ~text.broken[dots + 1]]
    spells = word_list("spells")
    whole: list[Span] = []
    parts: list[Span] = []
    reach = 0
    for dot in dots.tolist():
        if dot < reach:
            continue
        edges = [(_begin(text, dot, spells), dot)]
        while edges[-1][1] < size and text.point[edges[-1][1]] == _DOT:
            begin = edges[-1][1] + 1
            end = _end(text, begin, spells) if begin < size else begin
            if end == begin:
                break
            edges.append((begin, end))
        reach = edges[-1][1]
        if len(edges) > 1 and edges[0][0] < dot and _can_name([text.text(*edge) for edge in edges], spells):
            whole.append((edges[0][0], reach))
            parts += [(begin, end) for begin, end in edges if end - begin > 1]
    return whole, parts


def _can_name(parts: list[str], spells: frozenset[str]) -> bool:
    """Say whether parts can be a name: not if all are words and none is or spells a person's (杂志·儿科)."""
    if not known_words().issuperset(parts) or not person_words().isdisjoint(parts):
        return True
    return any(spells.issuperset(part) or part in word_list("surname") for part in parts)


def _begin(text: Characters, dot: int, spells: frozenset[str]) -> int:
    """Return where the part that ends before *dot* begins; *dot* itself where none does."""
    at = dot
    while at > 0 and text.han[at - 1]:
        begin = int(text.first[text.token[at - 1]])
        word = text.text(begin, at)
        if dot - begin > _PART or word in stop_words("zh") or word in word_list("beside_left"):
            break
        if at == dot and word not in known_words():
            while len(word) > 1 and word[0] not in spells and word[0] in word_list("beside_left"):  # 称林夕
                word = word[1:]
            if word[0] in _OFFICES and not (text.left[begin] or text.role[begin]):
                word = word[1:] if spells.issuperset(word[1:]) else word  # 民主党|人乔
        elif at < dot and word in concept_words() and text.text(at, dot) in person_words():
            break  # 纽约|阿尔伯特
        elif at < dot and not spells.issuperset(word):
            framed = text.left[begin] or text.role[begin]
            if len(word) == 1 or len(word) > _GUESS or word in known_words() or not framed:
                break
        at -= len(word)
        if text.left[at] or text.role[at] or at != begin:
            break
    return at


def _end(text: Characters, begin: int, spells: frozenset[str]) -> int:
    """Return where the part that begins at *begin* ends; *begin* itself where none does."""
    at, size = begin, len(text.point)
    opened = _before_parenthesis(text, begin)
    if opened:
        return opened
    while at < size and at - begin < _PART and text.han[at] and not (at > begin and text.broken[at]):
        token = int(text.token[at])
        stop = int(text.first[token + 1]) if token + 1 < len(text.first) else size
        glued = text.says[at + 1 : stop] | text.right[at + 1 : stop]  # 林说
        stop = at + 1 + int(glued.argmax()) if glued.any() else stop
        word = text.text(at, stop)
        if at > begin and (text.says[at] or text.right[at]):
            break
        if at == begin and word in stop_words("zh"):
            break
        if at == begin and (len(word) == 1 or word in known_words()):
            at = stop
            continue
        short = word[0] not in spells and word[0] in word_list("surname")
        if at == begin and short and not spells.issuperset(word[1:]):
            at += 1  # 本森·朱|摊在
            break
        own = next((n for n, character in enumerate(word) if character not in spells), len(word))
        if at > begin and len(word) > 1 and word in known_words() and (own < len(word) or word in _BODIES):
            if word not in _BODIES and own == len(word) - 1 and (own > 1 or at - begin == 1):
                at += own  # 斯沃|维尔为, 萨|胡说
            break  # 沙利文|提出, 伯尔|基金会
        last = at + own + 1 == stop and (text.says[stop] or text.right[stop])  # 柯川（, 巴吾东的
        last = last and word[-1] not in _SORTS
        if own == len(word) or (last and (own or word not in known_words())):
            at = stop
            continue
        at = at + own if own or at > begin else stop
        break
    return at


def _before_parenthesis(text: Characters, begin: int) -> int:
    """Return where a parenthesis opens behind a part that holds no word of the dictionary; 0 if none does."""
    other = np.flatnonzero(~text.han[begin : begin + _PART + 1])
    end = begin + int(other[0]) if len(other) else 0
    if end <= begin or text.broken[begin + 1 : end + 1].any() or text.point[end] not in (ord("（"), ord("(")):
        return 0
    inner = slice(begin + 1, end)
    return 0 if (text.whole[inner] | text.says[inner] | text.right[inner]).any() else end
