"""Pairs of sentences that are not alike → the clause of each that comes nearest to one of the other.

A sentence of three clauses is unlike each of the three sentences that another outlet makes of it, and two
long sentences may have no more than a clause in common.
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from bitext.arrays import Floats, Ints
from bitext.events.statements.pairing.features import FEATURES, figures_of, table_of
from bitext.events.statements.pairing.pairs import SentencePairs
from bitext.events.statements.pairing.shares import dots, inside, of_smaller, rare, unit_rows, weighed
from bitext.events.statements.units.sentences import Sentences


class Parts(NamedTuple):
    """The nearest clauses of pairs of sentences, one row for each pair.

    Attributes:
        pair: number of the pair.
        first, second: numbers of the clauses of its first and its second sentence.
        features: rows × `FEATURES`, of the two clauses.
        inside: share of the second clause that stands in the first, and of the first in the second.
    """

    pair: Ints
    first: Ints
    second: Ints
    features: Floats
    inside: Floats


def find_parts(sentences: Sentences, pairs: SentencePairs, asked: Ints) -> Parts:
    """Return the nearest clauses of the pairs with the numbers *asked*, which rise, of one language each."""
    clauses = sentences.clauses
    number = np.bincount(clauses.sentence, minlength=len(sentences))
    begin = np.cumsum(number) - number
    one, other = pairs.first[asked], pairs.second[asked]
    size = number[one] * number[other]
    pair = np.repeat(np.arange(len(asked)), size)
    within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    many = number[other][pair]
    first, second = begin[one][pair] + within // many, begin[other][pair] + within % many
    words, runs = (
        weighed(getattr(clauses, name), rare(getattr(sentences, name))) for name in ("words", "pairs")
    )
    near = (dots(unit_rows(words), unit_rows(words), first, second)) / 2
    near += (dots(unit_rows(runs), unit_rows(runs), first, second)) / 2
    order = np.lexsort((second, first, -near, pair))
    best = order[np.diff(pair[order], prepend=-1) != 0]
    first, second, near = first[best], second[best], near[best]
    shares = (inside(words, words, first, second) + inside(runs, runs, first, second)) / 2
    about = unit_rows(
        sparse.csr_array(
            sparse.hstack(
                [
                    weighed(getattr(clauses, name), rare(getattr(sentences, name)))
                    for name in ("concepts", "latin")
                ]
            )
        )
    )
    columns = {
        "overlap": near,
        "contained": shares.max(axis=1, initial=0.0),
        "covered": shares.min(axis=1, initial=1.0),
        "letters": of_smaller(clauses.letters, clauses.letters, first, second),
        "concepts": dots(about, about, first, second),
        "length": np.abs(np.log((clauses.length[first] + 1) / (clauses.length[second] + 1))),
        "encoder": pairs.features[asked, FEATURES.index("encoder")],
    }
    sides = zip(first.tolist(), second.tolist(), strict=True)
    columns |= figures_of((clauses.figures[a], clauses.figures[b]) for a, b in sides)
    return Parts(asked, first, second, table_of(columns, len(asked)), shares)
