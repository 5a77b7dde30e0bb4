"""The regular expressions of the cue lists, tried only where a match can begin."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np

from bitext.arrays import Ints
from bitext.cues.cues import LANGS, CueTable
from bitext.tokens.clauses import View

#: The row of an article, and a match in it.
_Match = tuple[int, re.Match[str]]

#: Letters and Han characters, of which the openings of expressions are made.
_LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]+")


def find(view: View, table: CueTable) -> tuple[Ints, Ints, Ints]:
    """Return number of the cue, first and last token (inclusive) of all matches that are whole tokens."""
    cue: list[int] = []
    row: list[int] = []
    span: list[tuple[int, int]] = []
    for number, rows, offsets in _places(view, table):
        pattern = re.compile(table.cues[number].form)
        texts = view.simplified if table.cues[number].lang == "zh" else view.texts
        matches = _anywhere(pattern, texts, rows) if offsets is None else _at(pattern, texts, rows, offsets)
        for article, match in matches:
            cue.append(number)
            row.append(article)
            span.append(match.span())
    places = np.array(row, dtype=np.int64)
    spans = np.array(span, dtype=np.int64).reshape(-1, 2)
    first = view.token_at(places, spans[:, 0])
    last = view.token_ending(places, spans[:, 1])
    # A match that begins or ends inside a word is none.
    whole = first <= last
    whole[whole] &= view.tokens.start[first[whole]] == spans[whole, 0]
    whole[whole] &= view.tokens.end[last[whole]] == spans[whole, 1]
    return np.array(cue, dtype=np.int64)[whole], first[whole], last[whole]


def _anywhere(pattern: re.Pattern[str], texts: list[str], rows: list[int]) -> Iterator[_Match]:
    """Yield the matches in the articles *rows*."""
    return ((row, match) for row in rows for match in pattern.finditer(texts[row]))


def _at(pattern: re.Pattern[str], texts: list[str], rows: list[int], offsets: list[int]) -> Iterator[_Match]:
    """Yield the matches that begin at one of the places, in order, and do not overlap."""
    article = reach = -1
    for row, offset in zip(rows, offsets, strict=True):
        if row == article and offset < reach:
            continue
        match = pattern.match(texts[row], offset)
        if match:
            article, reach = row, match.end()
            yield row, match


def _places(view: View, table: CueTable) -> Iterator[tuple[int, list[int], list[int] | None]]:
    """Yield each expression with where it may begin: rows of articles, and offsets (None: anywhere)."""
    heads = _openings(table)
    begins = np.zeros((len(heads), len(view.types)), dtype=bool)
    first = _by_first(tuple(heads.values()))
    for number, word in enumerate(view.types):
        if word[0] in first:
            for head, columns in first[word[0]]:
                # Han words may end inside what an expression begins with.
                if word.startswith(head) or (head.startswith(word) and not word.isascii()):
                    begins[columns, number] = True
    some = np.asarray(begins.any(axis=0))
    every = np.flatnonzero(some[view.tokens.term])
    spoken = view.lang[view.article[every]]
    places = {lang: every[spoken == lang] for lang in LANGS}
    terms = {lang: view.tokens.term[place] for lang, place in places.items()}
    for (number, opens), begun in zip(heads.items(), begins, strict=True):
        lang = table.cues[number].lang
        if opens is None:
            yield number, np.flatnonzero(view.lang == lang).tolist(), None
        else:
            place = places[lang][begun[terms[lang]]]
            yield number, view.article[place].tolist(), view.tokens.start[place].tolist()


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
