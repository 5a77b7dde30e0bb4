"""Tokens → runs of words with capitals that name somebody: Joris van Haalden, Kestrel Research."""

import re
from collections.abc import Iterator

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.lexicons.stopwords import stopwords
from bitext.text.kinds import EN, WORD
from bitext.tokens.tokens import Tokens

#: Small words that may stand within a name: Joris van Haalden.
_WITHIN = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "el", "la", "le", "ter", "van", "von")
)
#: What may stand between two words of a name.
_GLUE = frozenset((" ", "-", "\N{NON-BREAKING HYPHEN}", " & "))
#: Marks behind which any word may have a capital.
_OPENS = frozenset("“\"‘'「『:(（：")
_POSSESSIVE = ("'s", "’s", "'", "’")
#: What is no part of a name at its end: Ruiz's, Yokohama-based.
_ENDING = re.compile(r"(?:['’]s?|-[a-z]+)$")

Span = tuple[int, int]


def capital_runs(tokens: Tokens, common: Bools, role: Bools) -> dict[int, list[Span]]:
    """Return the offsets of such names by article, in order.

    The first word of a sentence has its capital from the sentence: alone it counts only if the article writes
    it so within a sentence, too, and never small.

    Args:
        tokens: of articles in either language; Chinese ones use names in Latin letters.
        common: tokens in a concept that names nobody: no name consists of them alone (Central Committee).
        role: tokens that name a role, which is left out before a name (President Ruiz).
    """
    found: dict[int, list[Span]] = {}
    texts, bounds = tokens.articles[tokens.field].tolist(), tokens.bounds.tolist()
    english = (tokens.articles["lang"] == "en").tolist()
    wanted = (tokens.lang == EN) & (tokens.kind == WORD)
    for row, text in enumerate(texts):
        article = slice(bounds[row], bounds[row + 1])
        at = np.flatnonzero(wanted[article]) + bounds[row]
        words = _Words(tokens, text, at, english[row], common[at], role[at])
        spans = [span for run in words.runs if (span := words.trimmed(run))]
        if spans:
            found[row] = spans
    return found


class _Words:
    """The words in Latin letters of one article."""

    def __init__(
        self, tokens: Tokens, text: str, at: Ints, english: bool, common: Bools, role: Bools
    ) -> None:
        self.text, self.common, self.role = text, common.tolist(), role.tolist()
        self.term = [str(word) for word in tokens.types[tokens.term[at]]]
        self.start, self.end = tokens.start[at].tolist(), tokens.end[at].tolist()
        self.sentence = tokens.sentence[at].tolist()
        self.capital = [text[start].isupper() for start in self.start]
        self.opens = [english and self._opens(place) for place in range(len(at))]
        self.small = {word for word, high in zip(self.term, self.capital, strict=True) if not high}
        self.inside = {
            word
            for word, high, opens in zip(self.term, self.capital, self.opens, strict=True)
            if high and not opens
        }
        self.runs = list(self._runs())
        self.names = {self._words_of(run) for run in self.runs if not self.opens[run[0]]}

    def _opens(self, place: int) -> bool:
        """Say whether the word would have a capital whatever it is."""
        if place == 0 or self.sentence[place] != self.sentence[place - 1]:
            return True
        return not _OPENS.isdisjoint(self.text[self.end[place - 1] : self.start[place]])

    def _runs(self) -> Iterator[list[int]]:
        """Yield the places of words that stand side by side, the first and the last with a capital."""
        run: list[int] = []
        for place, high in enumerate(self.capital):
            joins = bool(run) and self._joins(run[-1], place)
            if run and not (joins and (high or self._is_within(run[-1], place))):
                yield from self._closed(run)
                run = []
            if high or run:
                run.append(place)
        yield from self._closed(run)

    def _joins(self, before: int, place: int) -> bool:
        same = self.sentence[before] == self.sentence[place]
        surface = self.text[self.start[before] : self.end[before]]
        return (
            same
            and not surface.endswith(_POSSESSIVE)
            and self.text[self.end[before] : self.start[place]] in _GLUE
        )

    def _is_within(self, before: int, place: int) -> bool:
        """Say whether a small word may stand in a name: Bank of Qingchuan, but no Ruiz of Qingchuan."""
        word = self.term[place]
        return word in _WITHIN or (word == "of" and (self.common[before] or self.role[before]))

    def _closed(self, run: list[int]) -> Iterator[list[int]]:
        while run and not self.capital[run[-1]]:
            run = run[:-1]
        if run:
            yield run

    def trimmed(self, run: list[int]) -> Span | None:
        """Return the offsets of the name in a run; None where it holds none."""
        stop = stopwords()
        while run and (
            self.term[run[0]] in stop
            or not self.capital[run[0]]
            or self.role[run[0]]
            or (self.opens[run[0]] and self._opens_only(run))
        ):
            run = run[1:]
        while run and (self.term[run[-1]] in stop or not self.capital[run[-1]]):
            run = run[:-1]
        if not run or all(self.common[place] for place in run):
            return None
        first = self.term[run[0]]
        if len(run) == 1 and self.opens[run[0]] and not self._is_written(first):
            return None
        start = self.start[run[0]]
        name = _ENDING.sub("", self.text[start : self.end[run[-1]]])
        return (start, start + len(name)) if len(name) > 1 else None

    def _opens_only(self, run: list[int]) -> bool:
        """Say whether the first word of a sentence stands before a name and is no part of it."""
        first = self.term[run[0]]
        known = self._words_of(run[1:]) in self.names and not self._is_written(first)
        return self.common[run[0]] or first in self.small or known

    def _words_of(self, run: list[int]) -> tuple[str, ...]:
        return tuple(self.term[place] for place in run)

    def _is_written(self, word: str) -> bool:
        """Say whether the article writes a word with a capital within sentences and never without."""
        return word in self.inside and word not in self.small
