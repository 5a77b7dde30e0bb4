"""Where the Chinese name before a parenthesis begins: the right edge is free, the left one is not.

The ways to find it, each in a file of its own, are tried in this order: quotation marks, the concept table,
meaning (all words translated), sound (dotted, then without dots), meaning (some words), words. What cuts a
word or a dotted name in two is mended, or no name (`torn`).
"""

import re
from typing import NamedTuple

from bitext.glossaries.before import HAN, Before, words_between
from bitext.glossaries.by_meaning import all_translated, headed, meaning
from bitext.glossaries.by_sound import dotted, ship, sound
from bitext.glossaries.by_table import known
from bitext.glossaries.by_words import by_words
from bitext.glossaries.torn import whole
from bitext.glossaries.words import TITLES
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

DOTS = str.maketrans(dict.fromkeys("‧•・･⋅∙．", "·"))
_RUN = re.compile(rf"[{HAN}0-9A-Za-z·.'’\-－]*$")
_QUOTED = re.compile(r"([《「“『〈‘\"'])([^《》「」“”『』〈〉‘’\"'，。；！？\n]{1,24})[》」”』〉’\"']$")
_OPENING = ("《", "「", "“", "『", "〈", "‘")


#: An unclosed mark before so many characters opens a title: 《夜更（…）》; before a clause, a quotation.
_SHORT_TITLE = 10
_CLAUSE = re.compile("[的在了是有说與与和]")


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
    quoted = _QUOTED.search(line)
    if quoted and re.search(rf"[{HAN}]", quoted[2]):
        name = quoted[2].strip("#")
        start = end - len(quoted[0]) + 1 + quoted[2].index(name)
        return Edge(start, start + len(name), to_simplified(name, "t2s"), 0.95, "quoted")
    if line[-1:] in "》」”』〉’\"'":
        return None
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
    for rule in (known, all_translated, dotted, ship, headed, sound, meaning, by_words):
        found = rule(before, latin)
        if found is not None:
            size, confidence, how = found
            entire = size if how == "known" else whole(before, size, how)
            if entire is None:
                return None
            size, start = entire, end - entire
            return Edge(start, end, before.text[len(before.text) - size :], confidence, how)
    return None
