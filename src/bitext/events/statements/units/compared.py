"""Stretches of text, sentences and their clauses, with what they are compared by."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Bools, Ints
from bitext.concepts.lookup import ConceptHits
from bitext.events.statements.units.letters import cells, runs
from bitext.text.quantities import Quantity, quantities
from bitext.text.scripts.detect import code_points
from bitext.text.scripts.normalise import plain_points
from bitext.tokens.tokens import Tokens

#: Neighbouring characters in Chinese, letters in English, that are compared.
_LETTERS, _PAIRS = (1, 2), (2, 4)


@dataclass(frozen=True)
class Compared:
    """Stretches of text as parallel arrays, in reading order.

    Attributes:
        article: row of each one's article in the tokens.
        first, last: its first and last token (inclusive).
        start, end: offsets into the article's text, without white space around.
        length: words that are no stop words.
        figures: the figures in each; offsets are those of the article's text.
        words: stretches × terms, 0 or 1; words that are no stop words.
        letters: stretches × characters, 0 or 1; in English pairs of letters.
        pairs: stretches × runs, 0 or 1: two neighbouring characters; in English four letters.
        concepts: stretches × concepts, 0 or 1.
        latin: stretches × terms, 0 or 1: words in Latin letters that Chinese sentences use, mostly names.
    """

    article: Ints
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    length: Ints
    figures: list[list[Quantity]]
    words: sparse.csr_array
    letters: sparse.csr_array
    pairs: sparse.csr_array
    concepts: sparse.csr_array
    latin: sparse.csr_array

    def __len__(self) -> int:
        return len(self.article)

    def take(self, rows: Ints) -> Self:
        """Return these stretches, in this order."""
        kept: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if name == "figures":
                kept[name] = [value[row] for row in rows.tolist()]
            elif name not in self.without_rows():
                kept[name] = value[rows]
        return replace(self, **kept)

    @classmethod
    def without_rows(cls) -> tuple[str, ...]:
        """Return the attributes that have no row for each stretch."""
        return ()


@dataclass(frozen=True)
class Characters:
    """The characters of all sentences, simplified.

    Attributes:
        points: code points.
        line: sentence of each.
        clause: clause of each.
        english: whether its article is English.
    """

    points: npt.NDArray[np.uint32]
    line: Ints
    clause: Ints
    english: Bools

    @classmethod
    def of(cls, tokens: Tokens, sentences: Ints, clauses: Ints) -> "Characters":
        """Return the characters of the sentences and clauses that begin at these tokens."""
        rows = tokens.article()[sentences]
        start, end = tokens.start[sentences], tokens.end[last_of(tokens, sentences)]
        texts = tokens.articles[tokens.field].tolist()
        spans = zip(rows.tolist(), start.tolist(), end.tolist(), strict=True)
        lines = "\n".join(texts[row][a:b].replace("\n", " ") for row, a, b in spans)
        points = plain_points(code_points(lines), tokens.tokenizer.conversion)
        line = np.cumsum(points == ord("\n"))
        begin = np.append(0, np.cumsum(end - start + 1)[:-1]) - start
        own = np.searchsorted(sentences, clauses, side="right") - 1
        opens = begin[own] + tokens.start[clauses]
        clause = np.searchsorted(opens, np.arange(len(points)), side="right") - 1
        english = (tokens.articles["lang"] == "en").to_numpy()[rows]
        return cls(points, line, clause, english[line] if len(rows) else np.zeros(len(line), dtype=bool))


def compare_by(
    tokens: Tokens, hits: ConceptHits, content: Bools, text: Characters, firsts: tuple[Ints, Ints]
) -> tuple[Compared, Compared]:
    """Return the sentences, and the clauses in the same columns, that begin at the tokens *firsts*.

    Args:
        tokens: of all articles.
        hits: the concepts in them.
        content: tokens that are no stop words.
        text: the characters of the sentences.
        firsts: first tokens of the sentences, and of the clauses; each sentence opens with one.
    """
    rows = ((text.line, len(firsts[0])), (text.clause, len(firsts[1])))
    letters, pairs = (runs(text.points, text.english, widths, rows) for widths in (_LETTERS, _PAIRS))
    figures = [quantities(body) for body in tokens.articles[tokens.field].tolist()]
    latin = _latin(tokens, content)
    made = []
    for number, first in enumerate(firsts):
        unit, n = np.searchsorted(first, np.arange(len(tokens)), side="right") - 1, len(first)
        article, last = tokens.article()[first], last_of(tokens, first)
        start, end = tokens.start[first].astype(np.int64), tokens.end[last].astype(np.int64)
        words = cells(unit[content], tokens.term[content].astype(np.int64), (n, len(tokens.types)))
        made.append(
            Compared(
                article=article,
                first=first,
                last=last,
                start=start,
                end=end,
                length=np.bincount(unit[content], minlength=n).astype(np.int64),
                figures=_figures(figures, article, start, end),
                words=words,
                letters=letters[number],
                pairs=pairs[number],
                concepts=cells(unit[hits.first], hits.concept, (n, len(hits.labels))),
                latin=sparse.csr_array(words[:, latin]),
            )
        )
    return made[0], made[1]


def last_of(tokens: Tokens, first: Ints) -> Ints:
    """Return the last token of each stretch of tokens that begin at *first* and follow one another."""
    return np.append(first[1:], len(tokens)) - 1


def _latin(tokens: Tokens, content: Bools) -> Ints:
    """Return the Latin words that Chinese articles use: nearly all are names, as in 阿斯麦（ASML）."""
    latin = np.fromiter(
        (term.isascii() and term[:1].isalpha() for term in tokens.types), bool, len(tokens.types)
    )
    chinese = (tokens.articles["lang"] == "zh").to_numpy()[tokens.article()]
    used = np.zeros(len(tokens.types), dtype=bool)
    used[tokens.term[content & chinese]] = True
    return np.flatnonzero(latin & used)


def _figures(known: list[list[Quantity]], rows: Ints, start: Ints, end: Ints) -> list[list[Quantity]]:
    """Return the figures of each stretch, of those of its article; dates and counts of one are among them."""
    found: list[list[Quantity]] = []
    row_before = -1
    place = 0
    for row, low, high in zip(rows.tolist(), start.tolist(), end.tolist(), strict=True):
        figures = known[row]
        if row != row_before:
            row_before, place = row, 0
        while place < len(figures) and figures[place].start < low:
            place += 1
        own = []
        while place < len(figures) and figures[place].start < high:
            own.append(figures[place])
            place += 1
        found.append(own)
    return found
