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
from bitext.events.statements.meanings import rarity
from bitext.events.statements.sentences import Sentences
from bitext.events.statements.sounds import sounds
from bitext.text.quantities import Quantity, agree

#: Features of a pair, in the order of the columns of `SentencePairs.features`.
FEATURES = (
    # Mean cosine of words and of character pairs; across languages of meanings (concepts, words with a
    # translation, names), times the share of words that have one.
    "overlap",
    "contained",  # larger share of one sentence's weight that stands in the other (across: likewise)
    "covered",  # smaller one
    "letters",  # share of the characters of the sentence with fewer that stand in the other
    "concepts",  # within a language: cosine of concepts, which words of one meaning share
    "figures",  # share of the figures of both that agree; 0 without figures
    "conflict",  # 1 where both have figures of one unit and the largest of each agrees with none of the other
    "alone",  # share of the figures that only one of them has
    "length",  # |log| of the ratio of lengths
    "breadth",  # across languages: weight of shared meanings, of that of four rare ones
    "held",  # across languages: breadth times contained, for one shared meaning makes no statement
    "spelt",  # across languages: names that are spelt by sound and stand in both, of two
    "telling",  # across languages: how rare the rarest figure is that agrees; years stand in many sentences
    "told",  # across languages: telling times breadth
    "encoder",  # cosine of the encoder's vectors; 0 without an encoder
)
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
    words, pairs = _weighed(sentences.words), _weighed(sentences.pairs)
    latin = _weighed(sentences.latin)
    same = sentences.lang[:, None] == sentences.lang[None, :]
    near = (_cosines(words) + _cosines(pairs)) / 2
    share = _cosines(sparse.csr_array(sparse.hstack((_weighed(sentences.concepts), latin))))
    if not same.all():
        spelt = sounds(sentences.words, sentences.article, sentences.spelt)
        rare = sparse.diags_array(rarity(sentences.labels))
        meanings = sparse.csr_array(
            sparse.hstack((_weighed(sentences.meanings) @ rare, _weighed(spelt))), dtype=np.float64
        )
        share = np.where(same, share, _cosines(meanings))
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
    contained = (_inside(words, first, second) + _inside(pairs, first, second)) / 2
    breadth, bare, names = np.zeros((3, len(first)))
    if across.any():
        contained = np.where(across[:, None], _inside(meanings, first, second), contained)
        breadth = np.minimum(_common(meanings, first, second) / _ENOUGH, 1.0) * across
        names = np.minimum(_common(spelt, first, second) / _NAMES, 1.0) * across
        bare = _bare(sentences, first, second) * across
    figures = [
        _compare(sentences.figures[a], sentences.figures[b]) for a, b in zip(first, second, strict=True)
    ]
    overlap = overlap[first, second]
    columns = {
        "overlap": overlap * (1.0 - bare),
        "contained": contained.max(axis=1, initial=0.0) * (1.0 - bare),
        "covered": contained.min(axis=1, initial=1.0) * (1.0 - bare),
        "letters": _shared(sentences.letters, first, second) * ~across,
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
    for number, name in enumerate(("figures", "conflict", "alone")):
        columns[name] = np.array([row[number] for row in figures], dtype=np.float64)
    features = (
        np.column_stack([columns[name] for name in FEATURES]) if len(first) else np.zeros((0, len(FEATURES)))
    )
    english = ~across & (sentences.lang[first] == "en")
    return SentencePairs(first, second, across, english, features, contained)


#: The weight of so many rare meanings, and so many names, count in full.
_ENOUGH, _NAMES = 12.0, 2.0
#: Across languages an encoder proposes pairs that share no concept.
_ENCODER_FLOOR = 0.35


def _weighed(table: sparse.csr_array) -> sparse.csr_array:
    """Multiply each column by log(1 + sentences / sentences with it): what all say, says little."""
    spread = np.bincount(table.indices, minlength=table.shape[1])
    weight = np.log1p(table.shape[0] / np.maximum(spread, 1))
    return sparse.csr_array(
        (table.data * weight[table.indices], table.indices, table.indptr), shape=table.shape
    )


def _cosines(table: sparse.csr_array) -> Floats:
    """Return the cosine of every row with every row."""
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    unit = sparse.csr_array(sparse.diags_array(1.0 / np.maximum(length, 1e-12)) @ table)
    return np.asarray((unit @ unit.T).todense(), dtype=np.float64)


def _inside(table: sparse.csr_array, first: Ints, second: Ints) -> Floats:
    """Return for each pair the share of the second's weight that is in the first, and the other way round."""
    root = sparse.csr_array((np.sqrt(table.data), table.indices, table.indptr), shape=table.shape)
    common = np.asarray((root @ root.T).todense(), dtype=np.float64)[first, second]
    total = np.maximum(np.asarray(table.sum(axis=1)).ravel(), 1e-12)
    return np.column_stack((common / total[second], common / total[first]))


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
        weighed = _weighed(table)
        has = sparse.csr_array(of @ table)
        has.data[:] = 1.0
        total = np.maximum(np.asarray(weighed.sum(axis=1)).ravel(), 1e-12)
        shares += np.asarray((weighed @ has.T).todense()) / total[:, None] / 2
    return shares


def _shared(table: sparse.csr_array, first: Ints, second: Ints) -> Floats:
    """Return for each pair the share of the smaller row's columns that the other row has."""
    common = np.asarray((table @ table.T).todense(), dtype=np.float64)[first, second]
    size = np.asarray(table.sum(axis=1)).ravel()
    return np.asarray(common / np.maximum(np.minimum(size[first], size[second]), 1.0), dtype=np.float64)


def _common(table: sparse.csr_array, first: Ints, second: Ints) -> Floats:
    """Return for each pair the weight of the columns that both rows have."""
    root = sparse.csr_array((np.sqrt(table.data), table.indices, table.indptr), shape=table.shape)
    return np.asarray((root @ root.T).todense(), dtype=np.float64)[first, second]


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


def _compare(one: list[Quantity], other: list[Quantity]) -> tuple[float, float, float]:
    """Return share of figures that agree, whether figures of one unit conflict, and share that stand alone.

    Examples:
        >>> from bitext.text.quantities import quantities
        >>> _compare(quantities("5人死亡"), quantities("5 dead"))
        (1.0, 0.0, 0.0)
        >>> _compare(quantities("新增17例"), quantities("新增19例"))
        (0.0, 1.0, 1.0)
    """
    if not one or not other:
        return 0.0, 0.0, 1.0 if one or other else 0.0
    mine = [any(agree(a, b) for b in other) for a in one]
    theirs = [any(agree(a, b) for a in one) for b in other]
    found = sum(mine) + sum(theirs)
    share = found / (len(mine) + len(theirs))
    return share, float(bool(conflicts(one, other))), 1.0 - share


def conflicts(one: list[Quantity], other: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Return figures of one unit on which two sentences differ: the largest of both sides.

    They differ where neither of the two agrees with any figure of the other side: 22 new cases, 3 of them in
    Shanghai, and 15 new cases, 3 of them in Shanghai, are two counts, whatever else is alike.

    Examples:
        >>> from bitext.text.quantities import quantities
        >>> found = conflicts(quantities("17例，5人"), quantities("19 cases, 5 people"))
        >>> [(one.value, other.value) for one, other in found]
        [(17.0, 19.0)]
        >>> found = conflicts(quantities("新增22例，上海3例"), quantities("新增15例，上海3例"))
        >>> [(one.value, other.value) for one, other in found]
        [(22.0, 15.0)]
    """
    found = []
    for unit in {figure.unit for figure in one} & {figure.unit for figure in other} - {""}:
        mine, theirs = ([figure for figure in side if figure.unit == unit] for side in (one, other))
        most, more = (max(side, key=lambda figure: figure.value) for side in (mine, theirs))
        if not (any(agree(most, b) for b in theirs) or any(agree(a, more) for a in mine)):
            found.append((most, more))
    return sorted(found)
