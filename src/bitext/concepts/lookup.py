"""Concepts in tokens of either language: found by `match`, longest first, on token boundaries.

What the table cannot say of a form alone is decided here, for each place where it stands:

1. A name must begin with a capital, an exact form stand exactly so, and not in a headline set in capitals,
   where US may be us and WHO who.
2. A surname alone does not count for the person of the table when another given name (Lara Trump) or, in
   Chinese, the dot of one (梅拉尼娅·特朗普) stands before it, nor beside another surname (Warren Truss).
3. Of overlapping finds the one that starts first counts, and of those the longest.
4. A Chinese word that is no form and consists of forms counts for them (国际事务; `word_parts`).
5. A form with several senses has the one that the concepts around it speak for (`senses`), or none.

Stop words are not taken out before the look-up: "in" is part of "rise in prices".
"""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Bools, Ints
from bitext.concepts.senses import UNDECIDED, decided
from bitext.concepts.table import CASES, COLUMNS, NAMED, REGIONS, ConceptTable, Form
from bitext.concepts.word_parts import find_in_words
from bitext.lexicons.stopwords import stopwords
from bitext.text.tokenizer import WORD
from bitext.tokens.compound_parts import find_in_parts
from bitext.tokens.phrases import PhraseHits, without_overlap
from bitext.tokens.tokens import Tokens

__all__ = ["COLUMNS", "NAMED", "REGIONS", "ConceptHits", "ConceptTable", "Form", "find_concepts"]

#: A line without small letters is set in capitals if it holds so many other words of four letters or more.
_SHOUTED = 2
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")


class ConceptHits(NamedTuple):
    """Where concepts were found; parallel arrays in order of the tokens.

    Attributes:
        labels: concept ids (object array).
        concept: number of the concept, an index into *labels*.
        form: number of the form in the table.
        first, last: first and last token (inclusive).
        undecided: hits of forms with several senses that were left out, because nothing around them decides.
    """

    labels: npt.NDArray[np.object_]
    concept: Ints
    form: Ints
    first: Ints
    last: Ints
    undecided: int = 0

    def covered(self, tokens: Tokens) -> npt.NDArray[np.bool_]:
        """Return for each token whether it is part of a concept."""
        return _covered(tokens, self)

    def coverage(self, tokens: Tokens) -> pd.DataFrame:
        """Return for each article its content words and how many of them are in a concept.

        Content words are words (not figures, not punctuation) that are no stop words.
        """
        stop = stopwords()
        content_type = np.fromiter((word not in stop for word in tokens.types), bool, len(tokens.types))
        content = content_type[tokens.term] & (tokens.kind == WORD)
        article = tokens.article()
        size = len(tokens.articles)
        words = np.bincount(article[content], minlength=size)
        mapped = np.bincount(article[content & self.covered(tokens)], minlength=size)
        return pd.DataFrame({"content_words": words, "mapped_words": mapped})


def find_concepts(tokens: Tokens, table: ConceptTable | None = None) -> ConceptHits:
    """Find the concepts of *table* (bitext's own where it is None) in *tokens*."""
    table = table or ConceptTable.default()
    phrases = table.phrases(tokens.tokenizer)

    texts = tokens.articles[tokens.field].tolist()

    def standing(apart: Tokens, found: PhraseHits) -> PhraseHits:
        own = texts if apart is tokens else apart.articles[apart.field].tolist()
        return without_overlap(_standing(apart, own, table, found))

    hits = standing(tokens, phrases.find(tokens))
    hits = _with_parts(tokens, hits, find_in_parts(phrases, tokens, standing))
    hits = _with_parts(tokens, hits, find_in_words(tokens, table, ~_covered(tokens, hits)))
    form = table.columns
    repeat = form.size[hits.phrase]
    within = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    numbers, first = np.repeat(hits.phrase, repeat), np.repeat(hits.first, repeat)
    last = np.repeat(hits.last, repeat)
    listed = form.member[np.repeat(form.start[hits.phrase], repeat) + within]
    concept, _ = decided(tokens, texts, table, numbers, listed, first, last)
    sure = concept >= 0
    return ConceptHits(
        labels=np.array(table.labels, dtype=object),
        concept=concept[sure],
        form=numbers[sure],
        first=first[sure],
        last=last[sure],
        undecided=int((concept == UNDECIDED).sum()),
    )


def _covered(tokens: Tokens, hits: PhraseHits | ConceptHits) -> Bools:
    """Mark the tokens that are part of a hit."""
    change = np.zeros(len(tokens) + 1, np.int64)
    change += np.bincount(hits.first, minlength=len(change))
    change -= np.bincount(hits.last + 1, minlength=len(change))
    return np.cumsum(change)[:-1] > 0


def _with_parts(tokens: Tokens, hits: PhraseHits, parts: PhraseHits) -> PhraseHits:
    """Add what stands in the parts of words that are no concept themselves: China of US-China, 国际事务."""
    taken = np.zeros(len(tokens) + 1, bool)
    taken[hits.first] = taken[hits.last] = True
    free = ~taken[parts.first]
    at = np.searchsorted(hits.first, parts.first[free], side="right")
    return PhraseHits(*(np.insert(a, at, b[free]) for a, b in zip(hits, parts, strict=True)))


def _standing(tokens: Tokens, texts: list[str], table: ConceptTable, hits: PhraseHits) -> PhraseHits:
    """Keep the hits that stand as their form demands; else try the next form of the same letters."""
    phrase = hits.phrase.copy()
    following = table.columns.next_best
    open_ = np.arange(len(phrase))
    while len(open_):
        part = PhraseHits(phrase[open_], hits.first[open_], hits.last[open_])
        open_ = open_[~_capitals_fit(tokens, texts, table, part)]
        phrase[open_] = following[phrase[open_]]
        open_ = open_[phrase[open_] >= 0]
    keep = phrase >= 0
    hits = PhraseHits(phrase[keep], hits.first[keep], hits.last[keep])
    same = ~_other_person(tokens, table, hits)
    return PhraseHits(hits.phrase[same], hits.first[same], hits.last[same])


def _capitals_fit(tokens: Tokens, texts: list[str], table: ConceptTable, hits: PhraseHits) -> Bools:
    """Mark the hits whose surface has the capitals that their form asks for."""
    fits = np.ones(len(hits.phrase), bool)
    wanted = table.columns.case[hits.phrase]
    asking = np.flatnonzero(wanted < CASES.index("any"))
    first, last = hits.first[asking], hits.last[asking]
    rows = tokens.article()[first].tolist()
    starts, ends = tokens.start[first].tolist(), tokens.end[last].tolist()
    exact = (wanted[asking] == CASES.index("exact")).tolist()
    lines: dict[int, _Lines] = {}
    for hit, row, start, end, whole in zip(asking.tolist(), rows, starts, ends, exact, strict=True):
        if not whole:
            fits[hit] = not texts[row][start].islower()
            continue
        surface = texts[row][start:end].replace("’", "'").removesuffix("'s")
        fits[hit] = surface.replace(".", "") == table.forms[hits.phrase[hit]].text.replace(".", "")
        if fits[hit] and surface.isupper():
            if row not in lines:
                lines[row] = _Lines(texts[row])
            fits[hit] = not lines[row].shouted(start, end)
    return fits


class _Lines:
    """Which lines of a text are set in capitals; each is looked at once, however many forms stand in it.

    Examples:
        >>> [_Lines(text).shouted(0, 3) for text in ("WHO WINS THE CHIP WAR", "WHO warns", "CIA与FBI")]
        [True, False, False]
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin = [0, *(at + 1 for at, character in enumerate(text) if character == "\n"), len(text) + 1]
        self._words: dict[int, list[tuple[int, int]]] = {}

    def shouted(self, start: int, end: int) -> bool:
        """Say whether the line around a form in capitals is set in capitals altogether."""
        line = bisect_right(self._begin, start) - 1
        words = self._words.get(line)
        if words is None:
            words = self._words[line] = self._long_words(self._begin[line], self._begin[line + 1] - 1)
        before = bisect_right(words, start, key=itemgetter(1))
        return before + len(words) - bisect_left(words, end, key=itemgetter(0)) >= _SHOUTED

    def _long_words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the long words of a line, none where it has small letters."""
        line = self._text[start:end]
        if line.upper() != line:
            return []
        return [(start + word.start(), start + word.end()) for word in _LONG_WORD.finditer(line)]


def _other_person(tokens: Tokens, table: ConceptTable, hits: PhraseHits) -> Bools:
    """Mark surnames of people in the table that belong to somebody else here."""
    at = np.flatnonzero(table.columns.surname[hits.phrase] & (hits.first > 0))
    first = hits.first[at]
    before = first - 1
    near = (tokens.sentence[before] == tokens.sentence[first]) & (tokens.start[first] >= tokens.end[before])
    near &= tokens.start[first] - tokens.end[before] <= 1
    terms, which = np.unique(tokens.term[before], return_inverse=True)
    words = tokens.types[terms]
    other = np.fromiter((word in table.given_names or word == "·" for word in words), bool, len(words))
    found = np.zeros(len(hits.phrase), bool)
    found[at] = near & other[which]
    # Two surnames side by side are one person's name, and neither of the two: Warren Truss.
    left, right = at[:-1], at[1:]
    beside = (hits.last[left] + 1 == hits.first[right]) & near[1:]
    beside &= tokens.start[hits.first[right]] - tokens.end[hits.last[left]] == 1
    beside &= (
        table.columns.member[table.columns.start[hits.phrase[left]]]
        != (table.columns.member[table.columns.start[hits.phrase[right]]])
    )
    found[left[beside]] = found[right[beside]] = True
    return found
