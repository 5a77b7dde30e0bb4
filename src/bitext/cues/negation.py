"""How far a negation reaches."""

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.cues.matching import CueMatches
from bitext.tokens.clauses import View

#: Words that a negation reaches, within its clause.
REACH = 6


def negated(view: View, found: CueMatches, first: Ints) -> Bools:
    """Say of each hit, given by its first token, whether a negation before it in its clause reaches it.

    A clause ends at a comma, a colon, the end of a sentence or a word of contrast. A double negation
    (不得不, not without) negates nothing.
    """
    return distance(view, found)[first] <= REACH


def distance(view: View, found: CueMatches) -> Ints:
    """Return for each token how many words ago a negation of its clause ended; large for none."""
    last = found.main.last[found.facts.negates[found.main.cue]]
    size = len(view.tokens)
    behind = np.full(size + 1, -1, dtype=np.int64)
    behind[last + 1] = last
    latest = np.maximum.accumulate(behind)[:size]
    words = np.concatenate(([0], np.cumsum(view.words)))
    reach = words[np.arange(size)] - words[latest + 1] + 1
    inside = latest >= 0
    inside[inside] = view.clause[latest[inside]] == view.clause[inside]
    return np.where(inside, reach, size + REACH + 1)
