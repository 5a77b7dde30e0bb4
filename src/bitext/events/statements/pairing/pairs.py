"""Sentences of one story → pairs that may state the same thing, with the features that a scorer weighs.

Pairs of one language are compared by words and by pairs of characters, pairs of two languages by what
translation leaves: concepts, Latin names, figures, length, quotation marks.
"""

from collections import Counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Floats, Ints
from bitext.events.statements.pairing.features import figures_of, table_of
from bitext.events.statements.pairing.shares import common, cosines, inside, of_smaller, weighed
from bitext.events.statements.units.meanings import rarity
from bitext.events.statements.units.sentences import Sentences
from bitext.events.statements.units.sounds import sounds
from bitext.text.quantities import agree

#: Cosines below this are no pair: nine of ten sentences of a story have nothing to do with one another.
_FLOOR = {"within": 0.12, "concepts": 0.25, "across": 0.04}
#: An English translation has so many content words for one of the Chinese original.
_EN_PER_ZH = 1.0


class SentencePairs(NamedTuple):
    """Pairs of sentences of different articles, first < second.

    Attributes:
        first, second: numbers of the sentences.
        across: whether they are in two languages.
        english: whether both are English.
        features: pairs × `FEATURES`.
        inside: share of the second's weight that stands in the first, and of the first's in the second: which
            of the two holds the other.
    """

    first: Ints
    second: Ints
    across: npt.NDArray[np.bool_]
    english: npt.NDArray[np.bool_]
    features: Floats
    inside: Floats


def find_pairs(sentences: Sentences, vectors: Floats | None = None) -> SentencePairs:
    """Return all pairs of *sentences* of one story that share enough to be compared.

    Args:
        sentences: of one story.
        vectors: of an encoder, one row of length 1 per sentence, or None.
    """
    words, pairs = weighed(sentences.words), weighed(sentences.pairs)
    latin = weighed(sentences.latin)
    same = sentences.lang[:, None] == sentences.lang[None, :]
    near = (cosines(words) + cosines(pairs)) / 2
    share = cosines(sparse.csr_array(sparse.hstack((weighed(sentences.concepts), latin))))
    if not same.all():
        spelt = sounds(sentences.words, sentences.article, sentences.spelt)
        rare = sparse.diags_array(rarity(sentences.labels))
        meanings = sparse.csr_array(
            sparse.hstack((weighed(sentences.meanings) @ rare, weighed(spelt))), dtype=np.float64
        )
        share = np.where(same, share, cosines(meanings))
    overlap = np.where(same, near, share)
    # Common words weigh little: what has most concepts in common is looked at, too.
    candidate = np.where(
        same, (near >= _FLOOR["within"]) | (share >= _FLOOR["concepts"]), share >= _FLOOR["across"]
    )
    if vectors is not None:
        candidate |= ~same & (vectors @ vectors.T >= _ENCODER_FLOOR)
    candidate &= sentences.article[:, None] != sentences.article[None, :]
    first, second = (side.astype(np.int64) for side in np.nonzero(np.triu(candidate, 1)))
    across = ~same[first, second]
    contained = (inside(words, words, first, second) + inside(pairs, pairs, first, second)) / 2
    breadth, bare, names = np.zeros((3, len(first)))
    if across.any():
        contained = np.where(across[:, None], inside(meanings, meanings, first, second), contained)
        breadth = np.minimum(common(meanings, meanings, first, second) / _ENOUGH, 1.0) * across
        names = np.minimum(common(spelt, spelt, first, second) / _NAMES, 1.0) * across
        bare = _bare(sentences, first, second) * across
    overlap = overlap[first, second]
    columns = {
        "overlap": overlap * (1.0 - bare),
        "contained": contained.max(axis=1, initial=0.0) * (1.0 - bare),
        "covered": contained.min(axis=1, initial=1.0) * (1.0 - bare),
        "letters": of_smaller(sentences.letters, sentences.letters, first, second) * ~across,
        "concepts": share[first, second] * ~across,
        "length": np.abs(np.log((sentences.length[first] + 1) / (sentences.length[second] + 1))),
        "breadth": breadth,
        "spelt": names,
        "telling": _telling(sentences, first, second, across),
        "encoder": np.zeros(len(first))
        if vectors is None
        else np.sum(vectors[first] * vectors[second], axis=1),
    }
    columns["held"] = columns["contained"] * breadth
    columns["told"] = columns["telling"] * breadth
    sides = zip(first.tolist(), second.tolist(), strict=True)
    columns |= figures_of((sentences.figures[a], sentences.figures[b]) for a, b in sides)
    features = table_of(columns, len(first))
    english = ~across & (sentences.lang[first] == "en")
    return SentencePairs(first, second, across, english, features, contained)


#: The weight of so many rare meanings, and so many names, count in full.
_ENOUGH, _NAMES = 12.0, 2.0
#: Across languages an encoder proposes pairs that share no concept.
_ENCODER_FLOOR = 0.35


def containment(sentences: Sentences, texts: Ints) -> Floats:
    """Return sentences × texts: which share of a sentence's words and runs stands anywhere in a text, 0 to 1.

    Args:
        sentences: of one story.
        texts: for each sentence the number of the text (an outlet's articles, say) that it is of.
    """
    n = int(texts.max(initial=-1)) + 1
    of = sparse.csr_array((np.ones(len(texts)), (texts, np.arange(len(texts)))), shape=(n, len(texts)))
    shares = np.zeros((len(texts), n))
    for table in (sentences.words, sentences.pairs):
        weight = weighed(table)
        has = sparse.csr_array(of @ table)
        has.data[:] = 1.0
        total = np.maximum(np.asarray(weight.sum(axis=1)).ravel(), 1e-12)
        shares += np.asarray((weight @ has.T).todense()) / total[:, None] / 2
    return shares


def _bare(sentences: Sentences, first: Ints, second: Ints) -> Floats:
    bare = np.minimum(sentences.without / np.maximum(sentences.length, 1), 1.0)
    return np.asarray((bare[first] + bare[second]) / 2, dtype=np.float64)


def _telling(sentences: Sentences, first: Ints, second: Ints, asked: npt.NDArray[np.bool_]) -> Floats:
    """Return how much the rarest figure that agrees says: 1 if no other sentence has it, 0 if all have."""
    spread = Counter(
        figure.value for row in sentences.figures for figure in {f.value: f for f in row}.values()
    )
    most = np.log1p(len(sentences))
    found = np.zeros(len(first))
    for row in np.flatnonzero(asked).tolist():
        one, other = sentences.figures[first[row]], sentences.figures[second[row]]
        if one and other:
            found[row] = max(
                (
                    np.log1p(len(sentences) / max(spread[x.value], spread[y.value])) / most
                    for x in one
                    for y in other
                    if agree(x, y)
                ),
                default=0.0,
            )
    return found
