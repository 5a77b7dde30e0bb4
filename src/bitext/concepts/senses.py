"""Words that mean two things in news: which sense a hit has, by what stands around it.

封锁 is a lockdown in a story on an epidemic and a blockade in one on trade; "course" is none in "of course".
For every such form the lexicon `concept_senses` lists its senses, in this order of strength:

1. ``when``: a condition on the words beside the form, in its sentence or article (`conditions`). The first
   sense whose condition holds stands.
2. ``cues``: concepts that speak for a sense; countries among them tell where the story is set. One in the
   sentence of the hit counts three times as much as one elsewhere in the article.
3. ``default``: the sense that stands where no other has more cues. Without one the hit is left out, and
   counted as undecided.

The sense ``-`` is one that the table has no concept for: such a hit is left out.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints
from bitext.concepts.conditions import NAMES, Condition, condition, decide
from bitext.concepts.row_forms import Row
from bitext.concepts.surroundings import Surroundings
from bitext.concepts.table import ConceptTable
from bitext.lexicons import loader
from bitext.tokens.tokens import Tokens

try:
    from bitext.text._native import count_cues
except ImportError:  # no compiler when bitext was installed
    count_cues = None  # type: ignore[assignment]

#: How much a cue in the sentence of the hit counts; one elsewhere in the article counts once.
_IN_SENTENCE = 3
#: What a hit is that no sense was chosen for, and one of a sense without a concept.
UNDECIDED, OTHER = -1, -2


class _Senses(NamedTuple):
    """All senses of all forms as parallel arrays, form after form, in the order of the lexicon.

    Attributes:
        start, size: where the senses of each form of the table begin, and how many; 0: it has one meaning.
        concept: number of each sense's concept, or `OTHER`.
        default: whether it stands where nothing speaks.
        when: its condition; empty where it has none.
        cue, of: concepts that speak for a sense, and the sense, sorted by concept.
    """

    start: Ints
    size: Ints
    concept: Ints
    default: npt.NDArray[np.bool_]
    when: tuple[Condition, ...]
    cue: Ints
    of: Ints


def decided(
    tokens: Tokens,
    texts: list[str],
    table: ConceptTable,
    form: Ints,
    concept: Ints,
    first: Ints,
    last: Ints,
) -> tuple[Ints, Ints]:
    """Return the concept of each hit after the choice of senses, and the rows looked at.

    Args:
        tokens: the tokens.
        texts: the texts of their articles.
        table: the concept table.
        form: number of each hit's form.
        concept: number of its concept as the form alone has it.
        first: its first token; *last* its last.

    Returns:
        The concepts, `UNDECIDED` and `OTHER` among them, and the numbers of the ambiguous hits.
    """
    senses = _of(table)
    ambiguous = np.flatnonzero(senses.size[form])
    if not len(ambiguous):
        return concept, ambiguous
    # One line per ambiguous hit and sense, hit after hit.
    size = senses.size[form[ambiguous]]
    begin = np.cumsum(size) - size
    row = np.repeat(np.arange(len(ambiguous)), size)
    sense = np.repeat(senses.start[form[ambiguous]] - begin, size) + np.arange(len(row))
    score = _votes(tokens, senses, concept, first, ambiguous, ambiguous[row], sense).astype(np.float64)
    score = np.where(senses.default[sense], score + 0.5, score)
    held = np.flatnonzero([bool(senses.when[number]) for number in sense])
    if len(held):
        asked = [senses.when[number] for number in sense[held].tolist()]
        where = ambiguous[row[held]]
        others = np.ones(len(concept), dtype=bool)
        others[ambiguous] = False

        def around() -> Surroundings:
            return Surroundings(
                tokens, (table.labels, table.kinds), concept[others], first[others], last[others]
            )

        holds = decide(tokens, texts, asked, first[where], last[where], around) == NAMES
        # A condition that holds outdoes all cues, the first of several; one that fails leaves cues to speak.
        score[held[holds]] = 1e9 - np.arange(len(row))[held[holds]]
    best = np.maximum.reduceat(score, begin)
    winners = score == best[row]
    count = np.add.reduceat(winners.astype(np.int64), begin)
    at = np.full(len(ambiguous), -1)
    at[row[winners][::-1]] = sense[winners][::-1]
    chosen = concept.copy()
    chosen[ambiguous] = np.where((best > 0) & (count == 1), senses.concept[at], UNDECIDED)
    return chosen, ambiguous


def _votes(
    tokens: Tokens, senses: _Senses, concept: Ints, first: Ints, ambiguous: Ints, hit: Ints, sense: Ints
) -> Ints:
    """Return how many cues speak for each line: a sense of an ambiguous hit."""
    others = np.ones(len(concept), dtype=bool)
    others[ambiguous] = False
    article, sentence = tokens.article()[first], tokens.sentence_keys()[first]
    weighted = ((article, 1), (sentence, _IN_SENTENCE - 1))
    if count_cues is not None and not (first[1:] < first[:-1]).any():
        votes = np.zeros(len(hit), dtype=np.int64)
        speaking = np.where(others, concept, -1)
        start = np.searchsorted(senses.cue, np.arange(int(concept.max(initial=-1)) + 2))
        for place, weight in weighted:
            count_cues(place, speaking, start, senses.of, hit, sense, votes, len(senses.when), weight)
        return votes
    return _votes_in_numpy(senses, concept, np.flatnonzero(others), hit, sense, weighted)


def _votes_in_numpy(
    senses: _Senses, concept: Ints, around: Ints, hit: Ints, sense: Ints, weighted: Iterable[tuple[Ints, int]]
) -> Ints:
    low, high = (np.searchsorted(senses.cue, concept[around], side=side) for side in ("left", "right"))
    repeat = high - low
    spoken = np.repeat(around, repeat)
    step = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    speaks = senses.of[np.repeat(low, repeat) + step]
    votes = np.zeros(len(hit), dtype=np.int64)
    for place, weight in weighted:
        width = int(place.max(initial=0)) + 1
        keys, number = np.unique(speaks * width + place[spoken], return_counts=True)
        wanted = sense * width + place[hit]
        if len(keys):
            at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            votes += weight * np.where(keys[at] == wanted, number[at], 0)
    return votes


@cache
def _of(table: ConceptTable) -> _Senses:
    """Return the senses of the forms that have several, as far as the table has their concepts."""
    numbers = {label: number for number, label in enumerate(table.labels)}
    listed: dict[str, list[Row]] = {}
    for row in loader.rows("concept_senses"):
        if row["concept"] in numbers or row["concept"] == "-":
            listed.setdefault(row["form"], []).append(row)
    start, size = np.zeros(len(table.forms), np.int64), np.zeros(len(table.forms), np.int64)
    rows: list[Row] = []
    mine: dict[str, list[Row]] = {}
    for said_row in table.senses:
        mine.setdefault(said_row["form"], []).append(said_row)
    for number, form in enumerate(table.forms):
        said, known = (senses.get(form.text.casefold(), []) for senses in (mine, listed))
        # Conditions of one's own come first; what bitext says of the form speaks for its other senses.
        own = [*(row for row in said if row["when"] or not known), *known]
        # A user's own table may say what a form is: then it is that.
        if len(own) + bool(said) < 2 or table.labels[form.concepts[0]] not in {row["concept"] for row in own}:
            continue
        start[number], size[number] = len(rows), len(own)
        rows += own
    ids = frozenset((*table.labels, *(f"kind:{kind}" for kind in table.kinds)))
    pairs = sorted(
        (numbers[cue], place)
        for place, row in enumerate(rows)
        for cue in row["cues"].split("|")
        if cue in numbers
    )
    return _Senses(
        start,
        size,
        np.array([numbers.get(row["concept"], OTHER) for row in rows], np.int64),
        np.array([bool(row["default"]) for row in rows], bool),
        tuple(
            condition(row["when"], f"sense of {row['form']!r}", ids if row in table.senses else None)
            for row in rows
        ),
        np.array([cue for cue, _ in pairs], np.int64),
        np.array([place for _, place in pairs], np.int64),
    )
