"""Sentences → their clauses: one that states several things carries each of them in a clause of its own."""

from dataclasses import dataclass, replace

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.events.statements.units.compared import Compared
from bitext.tokens.clauses import View

#: A piece between two marks is a clause where it has so many words that are no stop words.
_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Clauses(Compared):
    """Clauses in reading order; a sentence without a division is one clause.

    Attributes:
        sentence: row of each clause's sentence.
        states: whether it states something, and not only who says so (市长说) or who they are: a list.
    """

    sentence: Ints
    states: Bools

    def of_sentences(self, rows: Ints, size: int) -> "Clauses":
        """Return the clauses of these rows of *size* sentences, which rise, as those of rows 0, 1, ..."""
        place = np.full(size, -1)
        place[rows] = np.arange(len(rows))
        kept = self.take(np.flatnonzero(place[self.sentence] >= 0))
        return replace(kept, sentence=place[kept.sentence])


def divided(view: View, content: Bools, first: Ints) -> Ints:
    """Return the first token of each clause of the units that begin at the tokens *first*.

    Pieces between commas, colons and words of contrast are joined from the left until they hold enough words;
    what is left at the end of a unit belongs to its last clause.

    Args:
        view: the tokens.
        content: tokens that are no stop words.
        first: first token of each unit, a sentence or a part of one at a semicolon.
    """
    edges = np.union1d(first, np.flatnonzero(np.diff(view.clause, prepend=-1)))
    unit = np.searchsorted(first, edges, side="right") - 1
    words = np.append(0, np.cumsum(content))
    sizes = np.diff(words[np.append(edges, len(content))])
    starts: list[int] = []
    held: list[int] = []
    before = -1
    for edge, number, size in zip(edges.tolist(), unit.tolist(), sizes.tolist(), strict=True):
        if number == before and held[-1] < _FEWEST_WORDS:
            held[-1] += size
        else:
            starts.append(edge)
            held.append(size)
        before = number
    clause = np.array(starts, dtype=np.int64)
    enough = np.array(held, dtype=np.int64) >= _FEWEST_WORDS
    return clause[enough | np.isin(clause, first)]
