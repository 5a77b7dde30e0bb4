"""Where the Chinese name before a parenthesis begins: the right edge is free, the left one is not.

The ways to find it, each in a file of its own, are tried in this order: quotation marks, the concept table,
meaning (all words translated), sound (dotted, pinyin, other), meaning (some words), words. What cuts a
word or a dotted name in two is mended, or no name (`torn`).
"""

import re
from typing import NamedTuple

from bitext.glossaries.before import (
    HAN,
    Before,
    by_form,
    concepts_in,
    concepts_of,
    is_place,
    is_role,
    words_between,
)
from bitext.glossaries.by_meaning import all_translated, headed, meaning
from bitext.glossaries.by_pinyin import by_pinyin
from bitext.glossaries.by_sound import dotted, ship, sound
from bitext.glossaries.by_table import known
from bitext.glossaries.by_words import by_words
from bitext.glossaries.torn import whole
from bitext.glossaries.words import BEFORE, HEADS, JOINING, TITLES
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

DOTS = str.maketrans(dict.fromkeys("‧•・･⋅∙．", "·"))
_RUN = re.compile(rf"(?![\-－])[{HAN}0-9A-Za-z·.'’\-－]+$")
_QUOTED = re.compile(r"([《「“”『〈‘\"'])([^《》「」“”『』〈〉‘’\"'，。；！？\n]{1,24})[》」”』〉’\"']$")
_OPENING = ("《", "「", "“", "『", "〈", "‘")


#: An unclosed mark before so many characters opens a title: 《夜更（…）》; before a clause, a quotation.
_SHORT_TITLE = 10
_CLAUSE = re.compile("[的在了是有说與与和我你他她们們]|^(?:如果|若|当|因为|虽然|但|对|让)")


#: Prefixes that belong to a term: 后|极权主义（Post-Totalitarianism）.
_PREFIXES = {"post-": "后", "anti-": "反", "non-": "非", "pan-": "泛", "neo-": "新", "pseudo-": "伪"}
#: Things side by side, one for each letter: 环境、社会和治理（ESG）.
_SIDE_BY_SIDE = re.compile(
    rf"""
    (?:(?![谈談在從从對对以是将將把向由及和与與])[{HAN}]){{2,4}}、  # 1. the first, behind a joining word
    (?:[{HAN}]{{2,4}}、)*                                             # 2. more
    [{HAN}]{{2,4}}[和与及與][{HAN}]{{2,4}}$                           # 3. the last two
    """,
    re.VERBOSE,
)
#: What stands before the name of a body and is none of it: 据|南蒙古人权消息中心, 行业组织|纽约酒店联盟.
_KIND_BEFORE = re.compile(
    r"""
    (?: 据                                              # 1. according to
      | (?:行业|非[营盈]利|民间|人权|非政府)?组织        # 2. trade association
      | (?:研究|分析|慈善)机构 | 智库 )                  # 3. institute, think tank
    (?=.{4})
    """,
    re.VERBOSE,
)
_SAYS_KIND = re.compile("organi[sz]|institut|agency|group|think|body")
#: Latin words that a place's Chinese name may leave out.
_OF_PLACES = frozenset(
    (
        "republic",
        "kingdom",
        "state",
        "states",
        "province",
        "city",
        "county",
        "prefecture",
        "island",
        "islands",
    )
) | {"federation", "region", "district", "municipality", "autonomous", "people's", "democratic", "islamic"}


class Edge(NamedTuple):
    """The Chinese name found before a parenthesis.

    Attributes:
        start: offset where it begins; *end*: where it ends.
        han: the name, simplified, with one kind of dot.
        confidence: 0 to 1.
        how: what decided: quoted, known, dotted, sound, meaning, words.
    """

    start: int
    end: int
    han: str
    confidence: float
    how: str


def find_edge(tokens: Tokens, texts: list[str], row: int, at: int, latin: str) -> Edge | None:
    """Return the Chinese name that ends at offset *at* of article *row* and stands for *latin*."""
    text = texts[row]
    end = at
    while end and text[end - 1] in " \u3000":
        end -= 1
    line = text[max(0, end - 48) : end].rpartition("\n")[2].translate(DOTS)
    line = line.rpartition("--")[2]
    quoted = _QUOTED.search(line)
    if quoted and re.search(rf"[{HAN}]", quoted[2]):
        name = quoted[2].strip("#")
        start = end - len(quoted[0]) + 1 + quoted[2].index(name)
        return Edge(start, start + len(name), to_simplified(name, "t2s"), 0.95, "quoted")
    if line[-1:] in "》」”』〉’\"'":
        return None
    side = _SIDE_BY_SIDE.search(line)
    if side and latin.isupper() and len(re.split("[、和与及與]", side[0])) == len(latin):
        return Edge(end - len(side[0]), end, to_simplified(side[0], "t2s"), 0.8, "words")
    run = _RUN.search(line)
    title = next((word for word in TITLES if run and run[0].endswith(word)), "")
    if title and run and len(run[0]) > len(title) + 1:
        # The title stands behind the Chinese name and before the Latin one.
        line, end = line[: -len(title)], end - len(title)
        run = _RUN.search(line)
    opened = run and 1 < len(run[0]) <= _SHORT_TITLE and line[: len(line) - len(run[0])].endswith(_OPENING)
    if run and opened and re.fullmatch(rf"[{HAN}·]+", run[0]) and not _CLAUSE.search(run[0]):
        return Edge(end - len(run[0]), end, to_simplified(run[0], "t2s"), 0.9, "quoted")
    if not run or not re.search(rf"[{HAN}]$", run[0]):
        return None
    before = Before(
        to_simplified(run[0], "t2s").replace("－", "-"),
        end - len(run[0]),
        words_between(tokens, row, end - len(run[0]), end),
    )
    for rule in (known, all_translated, dotted, by_pinyin, ship, headed, sound, meaning, by_words):
        found = rule(before, latin)
        if found is not None:
            size, confidence, how = found
            entire = size if how == "known" else whole(before, size, how)
            if entire is None:
                return None
            size = _with_prefix(before.text, entire, latin)
            if how != "known":
                size -= _of_the_word_before(before.text, size, latin)
            name = before.text[len(before.text) - size :]
            kind = _KIND_BEFORE.match(name) if how != "known" else None
            if kind and not _SAYS_KIND.search(latin.lower()):
                name, size = name[kind.end() :], size - kind.end()
            # One character is no name of several words: 营 of 警备军101营（Reserve Police Battalion 101）;
            # nor is a kind of body: 学院 of King's Own Institute.
            if (" " in latin and (len(name) == 1 or name in HEADS)) or _only_the_place(name, latin):
                return None
            return Edge(end - size, end, name, confidence, how)
    return None


def _with_prefix(text: str, size: int, latin: str) -> int:
    """Return how many characters the name has with the prefix that the Latin one has, too."""
    prefix = next((han for word, han in _PREFIXES.items() if latin.lower().startswith(word)), "")
    before = text[: len(text) - size]
    return size + 1 if prefix and before.endswith(prefix) else size


def _of_the_word_before(text: str, size: int, latin: str) -> int:
    """Return how many characters at the head of a name belong to what stands before it.

    Examples:
        >>> _of_the_word_before("纽约州长霍楚", 3, "Kathy Hochul")  # governor Hochul
        1
        >>> _of_the_word_before("连锁影院AMC娱乐", 7, "AMC Entertainment")  # the cinema chain
        2
    """
    place = len(text) - size
    if size > 2 and text[place] in "长卿员":
        ends = (text[max(place - back, 0) : place + 1] for back in (1, 2))
        if any(is_role(end) or end in BEFORE for end in ends):
            return 1
    own = re.search("[A-Za-z]{2,}", text[place:])
    return own.start() if own and latin.startswith(own[0]) else 0


def _only_the_place(name: str, latin: str) -> bool:
    """Say whether the Chinese name is that of a place, and the Latin one is more: 西藏 of Free Tibet.

    Examples:
        >>> [_only_the_place(*pair) for pair in (("西藏", "Free Tibet"), ("伊朗", "Republic of Iran"))]
        [True, False]
    """
    if not is_place(name) or latin.lower() in by_form():
        return False
    words = [word for word in latin.lower().split(" ") if word not in JOINING and word not in _OF_PLACES]
    return len(words) > 1 and bool(concepts_of(name) & concepts_in(latin))
