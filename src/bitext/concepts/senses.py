"""Words that mean two things in news: which sense a hit has, by the concepts that stand around it.

封锁 is a lockdown in a story on an epidemic and a blockade in one on trade. For every such form the lexicon
`concept_senses` lists its senses and the concepts that speak for each. A cue in the same sentence counts
three times as much as one elsewhere in the article. Where no sense has more than the others, the sense marked
default stands; without one the hit is left out and counted as undecided.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.concepts.table import ConceptTable
from bitext.lexicons import loader
from bitext.tokens.tokens import Tokens

Ints = npt.NDArray[np.int64]

#: How much a cue in the sentence of the hit counts; one elsewhere in the article counts once.
_IN_SENTENCE = 3


class _Senses(NamedTuple):
    """The senses of one form: their concepts, the cues of each, and the default (-1: none)."""

    concepts: tuple[int, ...]
    cues: tuple[frozenset[int], ...]
    default: int


def decided(tokens: Tokens, table: ConceptTable, form: Ints, concept: Ints, first: Ints) -> tuple[Ints, Ints]:
    """Return the concept of each hit after the choice of senses, -1 where undecided, and the rows looked at.

    Args:
        tokens: the tokens.
        table: the concept table.
        form: number of each hit's form.
        concept: number of its concept as the form alone has it.
        first: its first token.
    """
    senses = _by_form(table)
    ambiguous = np.flatnonzero(np.isin(form, np.fromiter(senses, np.int64, len(senses))))
    if not len(ambiguous):
        return concept, ambiguous
    chosen = concept.copy()
    article = tokens.article()[first]
    sentence = tokens.sentence[first]
    others = np.ones(len(form), dtype=bool)
    others[ambiguous] = False
    edges = np.searchsorted(article, np.arange(len(tokens.articles) + 1))
    for row in ambiguous.tolist():
        own = senses[int(form[row])]
        low, high = edges[article[row]], edges[article[row] + 1]
        near = others[low:high]
        around = concept[low:high][near]
        weight = np.where(sentence[low:high][near] == sentence[row], _IN_SENTENCE, 1)
        votes = [int(weight[np.isin(around, list(cues))].sum()) for cues in own.cues]
        best = max(votes)
        winners = [place for place, vote in enumerate(votes) if vote == best]
        chosen[row] = own.concepts[winners[0]] if best and len(winners) == 1 else own.default
    return chosen, ambiguous


@cache
def _by_form(table: ConceptTable) -> dict[int, _Senses]:
    """Return the senses of the forms that have several, by the number of the form; a table may lack some."""
    numbers = {label: number for number, label in enumerate(table.labels)}
    listed: dict[str, list[dict[str, str]]] = {}
    for row in loader.rows("concept_senses"):
        if row["concept"] in numbers:
            listed.setdefault(row["form"], []).append(row)
    found: dict[int, _Senses] = {}
    for number, form in enumerate(table.forms):
        rows = listed.get(form.text, [])
        # A user's own table may say what a form is: then it is that.
        if len(rows) < 2 or table.labels[form.concepts[0]] not in {row["concept"] for row in rows}:
            continue
        cues = [frozenset(numbers[cue] for cue in row["cues"].split("|") if cue in numbers) for row in rows]
        default = [numbers[row["concept"]] for row in rows if row["default"]]
        concepts = tuple(numbers[row["concept"]] for row in rows)
        found[number] = _Senses(concepts, tuple(cues), default[0] if default else -1)
    return found
