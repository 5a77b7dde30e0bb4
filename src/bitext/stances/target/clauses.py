"""The clauses about a target, and the valence of what stands in them."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Ints
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import ConceptTable
from bitext.cues.negation import REACH, distance
from bitext.tokens.phrases import Phrases

#: A negation turns praise over and weakens it (Hutto & Gilbert 2014 measured this factor). Blame that is
#: negated counts nothing: "no evidence that Acme broke the rules" is no praise of Acme.
NEGATION = -0.74
#: How much the rest of the sentence weighs beside the clause, by language: in English a little, in Chinese,
#: whose sentences go on over many clauses, nothing (macro-F1 on the half of the passages that was built on).
REST = {"en": 0.3}
#: A sum s becomes s / √(s² + this): within −1 and 1, and one strong word is .5 (Hutto & Gilbert 2014).
SATURATION = 15.0
#: A degree word so many words before a polarity word weighs it.
DEGREE_REACH = 2


@dataclass(frozen=True)
class Clauses:
    """The clauses about a target.

    Attributes:
        token: first token of the (first) mention.
        row: row of the article.
        score: sum of valences.
        source: whether the mention stands in somebody else's words.
    """

    token: Ints
    row: Ints
    score: npt.NDArray[np.float64]
    source: Bools


def clauses(
    reading: Annotations, target: str, *, concepts: bool = True, score: npt.NDArray[np.float64] | None = None
) -> Clauses:
    """Return the clauses that mention *target*, with their sums of valences.

    Args:
        reading: what the rules saw.
        target: a concept id or a name.
        concepts: find a concept in all its names; False looks for the name alone.
        score: what `scores` returned, for those who ask of several targets.
    """
    view = reading.view
    first, _ = mentions(reading, target, concepts=concepts)
    _, once = np.unique(view.clause[first], return_index=True)
    first = first[once]
    found = scores(reading) if score is None else score
    return Clauses(first, view.article[first], found[view.clause[first]], reading.voices.depth[first] > 0)


def scores(reading: Annotations) -> npt.NDArray[np.float64]:
    """Return the sum of valences of every clause, with its share of the rest of the sentence."""
    view, value = reading.view, valences(reading)
    clause = view.clause
    size = int(clause.max(initial=-1)) + 1
    found = np.bincount(clause, weights=value, minlength=size).astype(float)
    first = np.searchsorted(clause, np.arange(size))
    sentence = view.sentence[first]
    whole = np.bincount(view.sentence, weights=value, minlength=int(view.sentence.max(initial=-1)) + 1)
    rest = np.array([REST.get(str(lang), 0.0) for lang in view.lang])[view.article[first]]
    return np.asarray(found + rest * (whole[sentence] - found))


def within_scale(score: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return sums of valences on a scale from −1 to 1.

    Examples:
        >>> within_scale(np.array([-30.0, 0.0, 2.0])).round(2)
        array([-0.99,  0.  ,  0.46])
    """
    return np.asarray(score / np.sqrt(score**2 + SATURATION))


def mentions(reading: Annotations, target: str, *, concepts: bool = True) -> tuple[Ints, Ints]:
    """Return first and last token of every mention: of a concept in all its names, or of one name."""
    known = _concepts(target) if concepts else ()
    if known:
        mine = np.isin(reading.concepts.concept, known)
        first, last = reading.concepts.first[mine], reading.concepts.last[mine]
    else:
        tokens = reading.view.tokens
        _, first, last = Phrases.compile([target], tokens.tokenizer).find(tokens)
    order = np.lexsort((last, first))
    return first[order], last[order]


@cache
def _concepts(target: str) -> tuple[int, ...]:
    """Return the numbers of the concepts that *target* is an id or a name of."""
    table = ConceptTable.default()
    if target in table.labels:
        return (table.labels.index(target),)
    plain = target.casefold()
    found = {number for form in table.forms if form.text.casefold() == plain for number in form.concepts}
    return tuple(sorted(found))


def valences(reading: Annotations) -> npt.NDArray[np.float64]:
    """Return for each token the valence, weighted, of the polarity word that begins there."""
    view, found = reading.view, reading.found
    value = np.zeros(len(view.tokens))
    polarity = found.polarity
    value[polarity.first] = found.facts.valence[polarity.cue]
    for step in range(1, DEGREE_REACH + 1):
        behind = found.degrees.last + step
        inside = behind < len(value)
        inside[inside] = view.clause[behind[inside]] == view.clause[found.degrees.last[inside]]
        value[behind[inside]] *= found.facts.degree[found.degrees.cue[inside]]
    turned = distance(view, found) <= REACH
    value[turned] = np.maximum(value[turned], 0) * NEGATION
    return value


def targets_of(reading: Annotations, target: str) -> npt.NDArray[np.object_]:
    """Return for each row of evidence the name of *target* that stands in its clause, "" for none."""
    view, hits = reading.view, reading.hits
    first, last = mentions(reading, target)
    surface = np.full(int(view.clause.max(initial=-1)) + 1, "", dtype=object)
    for begin, end in zip(first[::-1].tolist(), last[::-1].tolist(), strict=True):
        row = int(view.article[begin])
        surface[view.clause[begin]] = view.text(row, int(view.tokens.start[begin]), int(view.tokens.end[end]))
    return surface[view.clause[hits.first]]
