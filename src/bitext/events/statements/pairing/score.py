"""How likely two sentences state the same thing, or one of them holds the other: logistic regressions."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Floats
from bitext.events.statements.pairing.features import FEATURES
from bitext.events.statements.pairing.pairs import SentencePairs
from bitext.lexicons import loader

#: A pair is one statement, or one holds the other, from this probability on. Across languages, where retold
#: sentences score low, it was chosen on the half "built" and on the sample corpus.
LINKED = {"zh": 0.6, "en": 0.6, "zh-en": 0.5}
#: Of a linked pair, the smaller of the two shares that one sentence has of the other, over the larger one.
#: From here on both say the same; below, the longer one says more.
_SAME = 0.62
#: Below this share of the shorter sentence the longer one holds it only in part.
_HELD = 0.5


class Scored(NamedTuple):
    """Pairs with what they are.

    Attributes:
        probability: that both state the same, or one holds the other.
        linked: whether it is high enough to say so.
        same: whether they are merged (both say the same).
        first_holds: of linked pairs that are not merged, whether the first sentence says more.
        whole: of those, whether all of the shorter sentence is in it (else a part).
    """

    probability: Floats
    linked: npt.NDArray[np.bool_]
    same: npt.NDArray[np.bool_]
    first_holds: npt.NDArray[np.bool_]
    whole: npt.NDArray[np.bool_]


def score(pairs: SentencePairs, *, encoder: bool = False) -> Scored:
    """Return what each of *pairs* is; *encoder* says that their feature of that name is filled."""
    probability, linked = np.zeros(len(pairs.first)), np.zeros(len(pairs.first), dtype=bool)
    kinds = {"zh": ~(pairs.across | pairs.english), "en": pairs.english, "zh-en": pairs.across}
    for kind, rows in kinds.items():
        probability[rows] = _probability(pairs.features[rows], kind, encoder)
        linked[rows] = probability[rows] >= LINKED[kind]
    column = {name: pairs.features[:, number] for number, name in enumerate(FEATURES)}
    alike = column["covered"] >= _SAME * column["contained"]
    # Translations differ in how much of them is in the concept table: lengths say which of the two says more.
    alike |= pairs.across & (column["length"] < np.log(2.0))
    return Scored(
        probability,
        linked,
        linked & alike,
        pairs.inside[:, 0] >= pairs.inside[:, 1],
        pairs.inside.max(axis=1, initial=0.0) >= _HELD,
    )


def likely(features: Floats, english: npt.NDArray[np.bool_], *, encoder: bool = False) -> Floats:
    """Return how likely stretches of one language state the same, or one holds the other."""
    probability = np.zeros(len(features))
    for kind, rows in (("zh", ~english), ("en", english)):
        probability[rows] = _probability(features[rows], kind, encoder)
    return probability


def _probability(features: Floats, kind: str, encoder: bool) -> Floats:
    bias, weights = loader.regression("statement_scorer", f"{kind}+encoder" if encoder else kind, FEATURES)
    return np.asarray(1.0 / (1.0 + np.exp(-(features @ weights + bias))), dtype=np.float64)
