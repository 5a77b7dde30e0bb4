"""The clauses about a target, and what the words of their sentences say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Floats, Ints
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import ConceptTable
from bitext.stances.target.judging_words import JudgingWords, judging_words
from bitext.stances.target.sides import sides, toward
from bitext.tokens.phrases import Phrases

#: A sum between these says nothing of the target, by language (macro-F1 on the half that was built on).
SILENT = {"zh": (-0.35, 0.15), "en": (-0.3, 0.35)}
#: A sum s becomes s / √(s² + this): within −1 and 1, and one strong deed is .5 (form: Hutto & Gilbert 2014).
SATURATION = 4.0


@dataclass(frozen=True)
class Clauses:
    """The clauses about a target.

    Attributes:
        token: first token of the (first) mention.
        row: row of the article.
        score: what is said of the target; 0 where nothing clear is.
        source: whether the mention stands in somebody else's words.
    """

    token: Ints
    row: Ints
    score: Floats
    source: Bools

    def part(self, rows: slice) -> "Clauses":
        """Return some of the clauses."""
        return Clauses(self.token[rows], self.row[rows], self.score[rows], self.source[rows])


def clauses(
    reading: Annotations, target: str, *, concepts: bool = True, words: JudgingWords | None = None
) -> Clauses:
    """Return the clauses that mention *target*, and what the judging words of its sentence say of it.

    Args:
        reading: what the rules saw.
        target: a concept id or a name.
        concepts: find a concept in all its names; False looks for the name alone.
        words: what `judging_words` returned, for those who ask several times.
    """
    return clauses_of_each(reading, [target], concepts=concepts, words=words)[0]


def clauses_of_each(
    reading: Annotations,
    targets: Sequence[str],
    *,
    concepts: bool = True,
    words: JudgingWords | None = None,
) -> list[Clauses]:
    """Return `clauses` of each target, all judged together."""
    view = reading.view
    found = mentions_of_each(reading, targets, concepts=concepts)
    kept = [np.unique(view.clause[first], return_index=True)[1] for first, _ in found]
    first, last = (
        np.concatenate([pair[side][rows] for pair, rows in zip(found, kept, strict=True)]) for side in (0, 1)
    )
    score = said_of(reading, judging_words(reading) if words is None else words, first, last)
    every = Clauses(first, view.article[first], score, reading.voices.depth[first] > 0)
    ends = np.cumsum([0, *map(len, kept)])
    return [every.part(slice(*pair)) for pair in pairwise(ends.tolist())]


def said_of(reading: Annotations, words: JudgingWords, first: Ints, last: Ints) -> Floats:
    """Return what *words* say of the mentions from token *first* to *last*; 0 where it is not clear."""
    view = reading.view
    score = toward(words, sides(reading, words, first, last), len(first))
    chinese = (view.lang == "zh")[view.article[first]]
    low, high = (np.where(chinese, *pair) for pair in zip(SILENT["zh"], SILENT["en"], strict=True))
    return np.where((score >= low) & (score <= high), 0.0, score)


def within_scale(score: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return sums of valences on a scale from −1 to 1.

    Examples:
        >>> within_scale(np.array([-30.0, 0.0, 2.0])).round(2)
        array([-1.  ,  0.  ,  0.71])
    """
    return np.asarray(score / np.sqrt(score**2 + SATURATION))


def mentions(reading: Annotations, target: str, *, concepts: bool = True) -> tuple[Ints, Ints]:
    """Return first and last token of every mention: of a concept in all its names, or of one name."""
    return mentions_of_each(reading, [target], concepts=concepts)[0]


def mentions_of_each(
    reading: Annotations, targets: Sequence[str], *, concepts: bool = True
) -> list[tuple[Ints, Ints]]:
    """Return `mentions` of each target: where the concepts stand is put in order once."""
    hits, found = reading.concepts, []
    order = np.lexsort((hits.last, hits.first, hits.concept))
    sorted_concepts = hits.concept[order]
    for target in targets:
        known = _concepts(target) if concepts else ()
        if known:
            low, high = (np.searchsorted(sorted_concepts, known, side=side) for side in ("left", "right"))
            mine = np.concatenate([order[a:b] for a, b in zip(low, high, strict=True)])
            first, last = hits.first[mine], hits.last[mine]
        else:
            tokens = reading.view.tokens
            _, first, last = Phrases.compile([target], tokens.tokenizer).find(tokens)
        if len(known) != 1:
            once_more = np.lexsort((last, first))
            first, last = first[once_more], last[once_more]
        found.append((first, last))
    return found


@cache
def _concepts(target: str) -> tuple[int, ...]:
    """Return the numbers of the concepts that *target* is an id or a name of."""
    table = ConceptTable.default()
    if target in table.labels:
        return (table.labels.index(target),)
    plain = target.casefold()
    found = {number for form in table.forms if form.text.casefold() == plain for number in form.concepts}
    return tuple(sorted(found))


def targets_of(reading: Annotations, target: str) -> npt.NDArray[np.object_]:
    """Return for each row of evidence the name of *target* that stands in its clause, "" for none."""
    view, hits = reading.view, reading.hits
    first, last = mentions(reading, target)
    surface = np.full(int(view.clause.max(initial=-1)) + 1, "", dtype=object)
    for begin, end in zip(first[::-1].tolist(), last[::-1].tolist(), strict=True):
        row = int(view.article[begin])
        surface[view.clause[begin]] = view.text(row, int(view.tokens.start[begin]), int(view.tokens.end[end]))
    return surface[view.clause[hits.first]]
