"""Sentences of two languages → what each of them is about, in columns that both languages share.

A concept of the table is a column, and so is each English word that no concept covers, cut to its stem. A
Chinese word that no concept covers stands in the columns of the words that translate it in parallel texts.
"""

import re
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Bools, Floats, Ints
from bitext.concepts.lookup import ConceptHits
from bitext.lexicons import loader
from bitext.text.kinds import EN, WORD
from bitext.tokens.tokens import Tokens

_POSSESSIVE = re.compile(r"['’]s?$")
_ENDING = re.compile(r"(?:ies|ing|ed|es|s|y|e)$")
#: Letters that a word keeps: beyond them there are endings (government, governor), rarely another word.
_STEM = 7
_SHORTEST_STEM = 3
#: Of a thousand sentences of news, so many have a rare meaning.
_RARE = 0.5


def stem(word: str) -> str:
    """Return the letters that the forms of an English word share, more or less.

    Examples:
        >>> stem("voted"), stem("votes"), stem("governments"), stem("EU's")
        ('vot', 'vot', 'governm', 'eu')
    """
    word = _POSSESSIVE.sub("", word.lower())
    short = _ENDING.sub("", word)
    return (short if len(short) >= _SHORTEST_STEM else word)[:_STEM]


@cache
def _translations() -> dict[str, list[tuple[str, float]]]:
    """Return the stems that translate each Chinese word, and how likely each is."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in loader.rows("word_translations"):
        found.setdefault(row["zh"], []).append((row["stem"], float(row["share"])))
    return found


def meanings(
    tokens: Tokens, hits: ConceptHits, content: Bools, unit: Ints, size: int
) -> tuple[sparse.csr_array, npt.NDArray[np.object_], Ints]:
    """Return sentences × meanings (0 to 1), their labels, and how many content words of each have none.

    The label of a stem begins with a blank, so that none is that of a concept.

    Args:
        tokens: of all articles.
        hits: the concepts in them.
        content: tokens that are no stop words.
        unit: the sentence of each token.
        size: number of sentences.
    """
    known = _translations()
    free = content & ~hits.covered(tokens) & (tokens.kind == WORD)
    used = np.unique(tokens.term[free])
    english = np.zeros(len(tokens.types), dtype=bool)
    english[tokens.term[tokens.lang == EN]] = True
    cells: list[tuple[int, str, float]] = []
    for term in used.tolist():
        word = tokens.types[term]
        if english[term]:
            cells.append((term, stem(word), 1.0))
        cells += [(term, short, share) for short, share in known.get(word, ())]
    stems = sorted({short for _, short, _ in cells}) or [""]
    number = {short: column for column, short in enumerate(stems)}
    table = sparse.csr_array(
        (
            [share for *_, share in cells],
            ([term for term, *_ in cells], [number[short] for _, short, _ in cells]),
        ),
        shape=(len(tokens.types), len(stems)),
    )
    at = np.flatnonzero(free)
    words = sparse.csr_array(
        (np.ones(len(at)), (unit[at], tokens.term[at].astype(np.int64))), shape=(size, len(tokens.types))
    )
    translated = sparse.csr_array(words @ table)
    translated.data = np.minimum(translated.data, 1.0)
    concepts = sparse.csr_array(
        (np.ones(len(hits.first)), (unit[hits.first], hits.concept)), shape=(size, len(hits.labels))
    )
    concepts.data[:] = 1.0
    meaning = np.zeros(len(tokens.types), dtype=bool)
    meaning[[term for term, *_ in cells]] = True
    without = np.bincount(unit[at][~meaning[tokens.term[at]]], minlength=size)
    labels = np.array([*hits.labels, *(f" {short}" for short in stems)], dtype=object)
    return sparse.csr_array(sparse.hstack((concepts, translated))), labels, without.astype(np.int64)


def rarity(labels: npt.NDArray[np.object_]) -> Floats:
    """Return how rare each meaning is in news, 0 to 1: 1 for what hardly any sentence has."""
    known = {row["meaning"]: float(row["per_thousand"]) for row in loader.rows("meaning_frequency")}
    often = np.array([known.get(label, 0.0) for label in labels.tolist()])
    return np.asarray(np.log(1000.0 / np.maximum(often, _RARE)) / np.log(1000.0 / _RARE))
