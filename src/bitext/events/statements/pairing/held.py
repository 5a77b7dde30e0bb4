"""Pairs that are not merged → who holds what of whom: all of a shorter sentence, or a clause of both."""

from typing import NamedTuple

import numpy as np

from bitext.arrays import Bools, Floats, Ints
from bitext.events.statements.pairing.features import FEATURES
from bitext.events.statements.pairing.pairs import SentencePairs
from bitext.events.statements.pairing.parts import Parts, find_parts
from bitext.events.statements.pairing.score import Scored, likely
from bitext.events.statements.units.sentences import Sentences

#: Two clauses state the same from this probability on, and where so much of each stands in the other. Chosen
#: on the half "built" of the labelled pairs: of clauses that are as likely as linked sentences a quarter
#: had no statement in common.
_COMMON, _SHARE = 0.8, 0.4
#: Less likely pairs of sentences have no clause in common.
_LEAST = 0.05


class Held(NamedTuple):
    """What sentences hold of others.

    Attributes:
        longer, shorter: the sentence that holds something of the other, and that other.
        probability: of the pair; of its clauses where one of them is all of the shorter sentence.
        whole: whether all of the shorter sentence is held.
        clause: the clause of the longer sentence that holds it; -1 where that cannot be told.
    """

    longer: Ints
    shorter: Ints
    probability: Floats
    whole: Bools
    clause: Ints


def held(sentences: Sentences, pairs: SentencePairs, scored: Scored, *, encoder: bool) -> Held:
    """Return what the sentences of one story hold of one another without stating the same."""
    holds = scored.linked & ~scored.same
    conflict = pairs.features[:, FEATURES.index("conflict")] > 0
    maybe = ~scored.linked & ~conflict & (scored.probability >= _LEAST)
    parts = find_parts(sentences, pairs, np.flatnonzero((holds | maybe) & ~pairs.across))
    sides = np.column_stack((pairs.first, pairs.second))
    only = np.bincount(sentences.clauses.sentence, minlength=len(sentences)) == 1
    nearest = np.where(only[sides], np.searchsorted(sentences.clauses.sentence, sides), -1)
    nearest[parts.pair] = np.column_stack((parts.first, parts.second))
    longer = np.where(scored.first_holds, pairs.first, pairs.second)[holds]
    shorter = np.where(scored.first_holds, pairs.second, pairs.first)[holds]
    clause = np.where(scored.first_holds, nearest[:, 0], nearest[:, 1])[holds]
    linked = Held(longer, shorter, scored.probability[holds], scored.whole[holds], clause)
    found = _in_common(sentences, pairs, scored, parts, maybe[parts.pair], encoder)
    return Held(*(np.concatenate(columns) for columns in zip(linked, *found, strict=True)))


def _in_common(
    sentences: Sentences, pairs: SentencePairs, scored: Scored, parts: Parts, asked: Bools, encoder: bool
) -> tuple[Held, Held]:
    """Return what each side of the pairs with a clause in common holds of the other."""
    clauses = sentences.clauses
    probability = likely(parts.features, pairs.english[parts.pair], encoder=encoder)
    same = asked & (probability >= _COMMON) & (parts.inside.min(axis=1, initial=1.0) >= _SHARE)
    same &= clauses.states[parts.first] & clauses.states[parts.second]
    at = np.flatnonzero(same)
    alone = np.bincount(clauses.sentence, minlength=len(sentences)) == 1
    pair = parts.pair[at]
    sides = ((parts.first[at], parts.second[at]), (parts.second[at], parts.first[at]))
    made = []
    for own, other in sides:
        shorter = clauses.sentence[other]
        whole = alone[shorter]
        score = np.where(whole, probability[at], scored.probability[pair])
        made.append(Held(clauses.sentence[own], shorter, score, whole, own))
    return made[0], made[1]
