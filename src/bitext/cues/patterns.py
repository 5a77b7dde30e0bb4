"""The regular expressions of the cue lists, tried only where a match can begin."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np

from bitext.arrays import Ints
from bitext.cues.cues import CueTable
from bitext.tokens.clauses import View

#: Letters and Han characters, of which the openings of expressions are made.
_LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]+")


def find(view: View, table: CueTable) -> tuple[Ints, Ints, Ints]:
    """Return number of the cue, first and last token (inclusive) of all matches that are whole tokens."""
    cue: list[int] = []
    row: list[int] = []
    span: list[tuple[int, int]] = []
    for number, places in _places(view, table).items():
        pattern = re.compile(table.cues[number].form)
        texts = view.simplified if table.cues[number].lang == "zh" else view.texts
        for article, offsets in places.items():
            for match in _matches(pattern, texts[article], offsets):
                cue.append(number)
                row.append(article)
                span.append(match.span())
    rows = np.array(row, dtype=np.int64)
    spans = np.array(span, dtype=np.int64).reshape(-1, 2)
    first = view.token_at(rows, spans[:, 0])
    last = view.token_ending(rows, spans[:, 1])
    # A match that begins or ends inside a word is none.
    whole = first <= last
    whole[whole] &= view.tokens.start[first[whole]] == spans[whole, 0]
    whole[whole] &= view.tokens.end[last[whole]] == spans[whole, 1]
    return np.array(cue, dtype=np.int64)[whole], first[whole], last[whole]


def _matches(pattern: re.Pattern[str], text: str, offsets: list[int] | None) -> Iterator[re.Match[str]]:
    """Yield matches that do not overlap: those that begin at one of *offsets*, or anywhere."""
    if offsets is None:
        yield from pattern.finditer(text)
        return
    reach = 0
    for offset in offsets:
        match = pattern.match(text, offset) if offset >= reach else None
        if match:
            reach = match.end()
            yield match


def _places(view: View, table: CueTable) -> dict[int, dict[int, list[int] | None]]:
    """Return for each expression where it may begin: row of the article -> offsets, None for anywhere."""
    heads = _openings(table)
    begins = np.zeros((len(view.types), len(heads)), dtype=bool)
    first = _by_first(tuple(heads.values()))
    for number, word in enumerate(view.types):
        if word[0] in first:
            for head, columns in first[word[0]]:
                # Han words may end inside what an expression begins with.
                if word.startswith(head) or (head.startswith(word) and not word.isascii()):
                    begins[number, columns] = True
    some = np.asarray(begins.any(axis=1))
    here = np.flatnonzero(some[view.tokens.term])
    article, start, term = view.article[here], view.tokens.start[here], view.tokens.term[here]
    found: dict[int, dict[int, list[int] | None]] = {}
    for column, (number, opens) in enumerate(heads.items()):
        lang = table.cues[number].lang
        if opens is None:
            found[number] = dict.fromkeys(np.flatnonzero(view.lang == lang).tolist())
            continue
        mine = begins[term, column] & (view.lang[article] == lang)
        places: dict[int, list[int]] = {}
        for row, offset in zip(article[mine].tolist(), start[mine].tolist(), strict=True):
            places.setdefault(row, []).append(offset)
        found[number] = {**places}
    return found


@lru_cache(maxsize=8)
def _openings(table: CueTable) -> dict[int, tuple[str, ...] | None]:
    """Return number and openings of the expressions among the cues."""
    return {number: openings(cue.form) for number, cue in enumerate(table.cues) if cue.type == "regex"}


@lru_cache(maxsize=8)
def _by_first(heads: tuple[tuple[str, ...] | None, ...]) -> dict[str, list[tuple[str, list[int]]]]:
    """Return the openings by their first characters, with the numbers of the expressions that each opens."""
    columns: dict[str, list[int]] = {}
    for column, opens in enumerate(heads):
        for head in opens or ():
            columns.setdefault(head, []).append(column)
    found: dict[str, list[tuple[str, list[int]]]] = {}
    for head, numbers in columns.items():
        found.setdefault(head[0], []).append((head, numbers))
    return found


@cache
def openings(pattern: str) -> tuple[str, ...] | None:
    r"""Return letters, in lower case, with which the first word of a match begins; None if that is not plain.

    Examples:
        >>> openings(r"(?i)\bsources?(?=\s+say)"), openings(r"(?:一名|多名)?不愿(?:透露|公开)")
        (('source',), ('一名', '不愿', '多名'))
        >>> openings(r"\w+ing")
    """
    rest = pattern.removeprefix("(?i)").removeprefix(r"\b")
    found = _heads(rest)
    return None if found is None or "" in found else tuple(sorted(found))


def _heads(rest: str) -> set[str] | None:
    if rest.startswith("(?:"):
        inner, closed, behind = rest[3:].partition(")")
        if not closed or "(" in inner:
            return None
        found: set[str] = set()
        for part in inner.split("|"):
            head = _head(part)
            if not head:
                return None
            found.add(head)
        if behind[:1] in ("?", "*"):
            further = _heads(behind[1:])
            return None if further is None else found | further
        return None if _divided(behind) else found
    head = _head(rest)
    return None if not head or _divided(rest) else {head}


def _head(part: str) -> str:
    """Return the letters that *part* begins with, without one that may be missing."""
    match = _LETTERS.match(part)
    if match is None:
        return ""
    head = match.group()
    return (head[:-1] if part[match.end() : match.end() + 1] in ("?", "*", "{") else head).lower()


def _divided(rest: str) -> bool:
    """Say whether there is a choice outside of all brackets: then a match can begin with either side."""
    depth = 0
    for sign in re.sub(r"\\.|\[[^\]]*\]", "", rest):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            return True
    return False
