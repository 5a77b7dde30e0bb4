"""Who does what to whom: for every mention of a target, its side in the deeds of the sentence."""

from dataclasses import dataclass

import numpy as np

from bitext.arrays import Bools, Floats, Ints
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import NAMED, ConceptTable
from bitext.stances.target.judging_words import NEGATION, JudgingWords, kinds, tokens_among
from bitext.tokens.clauses import CONTRAST

#: What a word weighs in another clause of the sentence, by language; where another party is named between it
#: and the mention; and beyond a word of contrast, where it is said of somebody else, or taken back.
ELSEWHERE = {"zh": 0.3, "en": 0.5}
BEHIND_OTHERS = 0.5
BEYOND_CONTRAST = 0.5
#: What is said of the one who blames by the words behind a word of blame, which tell what is blamed.
BLAMED = 0.25
_BLAME = ("accuse", "criticise", "oppose", "fear", "counter")
#: Words before a mention that make it the one to whom a deed behind it is done; the one who does it.
_TOWARD = frozenset(["对", "向", "针对", "把", "将", "给", "令", "让", "使", "就"])
_BY = frozenset(["被", "遭", "由", "受", "遭到", "受到"])
_ENGLISH_BY, _BY_REACH, _BY_DISTANCE = frozenset(("by",)), 3, 6
#: Words before a mention that make it what somebody else is measured against.
_THAN = frozenset(["than", "比", "unlike", "不像"])
#: Words between a mention and what it lacks beside somebody else.
_LESS = frozenset(["不如", "比不上", "不及", "远不如"])


@dataclass(frozen=True)
class Sides:
    """Mentions beside the judging words of their sentences, one place for each pair.

    Attributes:
        mention, word: numbers of the mention and of the word.
        patient: whether the deed is done to the mention, not by it.
        same: whether both stand in one clause.
        others: whether another party is named between them.
        weight: what the pair weighs.
    """

    mention: Ints
    word: Ints
    patient: Bools
    same: Bools
    others: Bools
    weight: Floats


def sides(reading: Annotations, words: JudgingWords, first: Ints, last: Ints) -> Sides:
    """Pair mentions, given by *first* and *last* token, with the judging words of their sentences."""
    view = reading.view
    sentences = view.sentence[words.first]
    low, high = (np.searchsorted(sentences, view.sentence[first] + step) for step in (0, 1))
    mention = np.repeat(np.arange(len(first)), high - low)
    word = np.arange(len(mention)) - np.repeat(np.cumsum(high - low) - high, high - low)
    apart = (words.first[word] > last[mention]) | (words.last[word] < first[mention])
    mention, word = mention[apart], word[apart]
    begin, end = first[mention], last[mention]
    before = begin < words.first[word]
    same = view.clause[begin] == view.clause[words.first[word]]
    chinese = (view.lang == "zh")[view.article[begin]]
    by = _behind(reading, _BY, 1)[begin] & chinese & same & before
    near = begin - words.last[word] <= _BY_DISTANCE
    by |= _behind(reading, _ENGLISH_BY, _BY_REACH)[begin] & ~chinese & same & ~before & near
    toward = _behind(reading, _TOWARD, 1)[begin] & same & before
    patient = np.where(before, words.passive[word] | toward, True) & ~by
    # "Acme was sued in Ohio": what stands behind a passive without by has no part in it.
    idle = words.passive[word] & ~before & same & ~by & ~chinese
    opens, closes = np.where(before, end, words.last[word]) + 1, np.where(before, words.first[word], begin)
    contrasts, named = np.concatenate(([0], np.cumsum(view.mark == CONTRAST))), _parties(reading)
    others = named[closes] > named[opens]
    weight = np.where(idle, 0.0, 1.0) * np.where(others, BEHIND_OTHERS, 1.0)
    weight *= np.where(contrasts[closes] > contrasts[opens], BEYOND_CONTRAST, 1.0)
    weight *= np.where(same, 1.0, np.where(chinese, ELSEWHERE["zh"], ELSEWHERE["en"]))
    weight *= np.where(_behind(reading, _THAN, 2)[begin] & same, NEGATION, 1.0)
    lesser = np.concatenate(([0], np.cumsum(tokens_among(view, _LESS))))
    weight *= np.where(before & same & (lesser[closes] > lesser[opens]), NEGATION, 1.0)
    # "Acme condemned the brutal attack": brutal is what is condemned, not who condemns it.
    weight *= np.where(before & same & _behind_blame(reading, words)[word] & ~patient, BLAMED, 1.0)
    return Sides(mention, word, patient, same, others, weight)


def toward(words: JudgingWords, found: Sides, size: int) -> Floats:
    """Return for each of *size* mentions the sum of what the words of its sentence say of it."""
    value = np.where(found.patient, words.patient[found.word], words.agent[found.word])
    return np.bincount(found.mention, weights=value * found.weight, minlength=size).astype(float)


def _behind_blame(reading: Annotations, words: JudgingWords) -> Bools:
    """Say of each word that judges whether an active one of blame stands before it in its clause."""
    clause = reading.view.clause[words.first]
    blame = np.isin(words.kind, [kinds()[name] for name in _BLAME]) & ~words.passive
    earlier: Ints = np.cumsum(blame) - blame
    opens = np.searchsorted(clause, clause)
    return np.asarray(earlier > earlier[opens])


def _behind(reading: Annotations, words: frozenset[str], reach: int) -> Bools:
    """Say of each token whether one of *words* stands up to *reach* tokens before it in its sentence."""
    view = reading.view
    marks = tokens_among(view, words)
    found = np.zeros(len(marks), dtype=bool)
    for step in range(1, reach + 1):
        found[step:] |= marks[:-step] & (view.sentence[step:] == view.sentence[:-step])
    return found


def _parties(reading: Annotations) -> Ints:
    """Return how many tokens of names of parties stand before each token, and at the end how many in all."""
    table, hits = ConceptTable.default(), reading.concepts
    party = np.fromiter((kind in NAMED for kind in table.kinds), bool, len(table.kinds))[hits.concept]
    change = np.zeros(len(reading.view.tokens) + 1, dtype=np.int64)
    np.add.at(change, hits.first[party], 1)
    np.add.at(change, hits.last[party] + 1, -1)
    return np.concatenate(([0], np.cumsum(np.cumsum(change[:-1]) > 0))).astype(np.int64)
