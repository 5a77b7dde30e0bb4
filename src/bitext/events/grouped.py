"""Tokens → groups of articles on one event, and the sagas that groups are part of; groups → the table."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.arrays import Bools, Floats, Ints
from bitext.concepts.lookup import ConceptTable
from bitext.counting.counts import Counts
from bitext.errors import BitextError
from bitext.events.credited import credits_another
from bitext.events.linkage import Links, agglomerate, crowd, links, parted
from bitext.events.same_event import told_apart
from bitext.events.story_table import story_table
from bitext.events.vectors import LEAD, LEAD_WEIGHT, TITLE_WEIGHT, Vectors, vectors
from bitext.record import run_record
from bitext.text.encoder import Encoder
from bitext.tokens.tokens import Tokens

#: Mean probability of one event from which on a large group is a story where 30 articles lie within the
#: window, and what every tenfold adds: among more articles the best of the wrong ones comes closer.
THRESHOLD, _TENFOLD = 0.08, 0.14
_CROWD = 30.0
#: What a group's mean probability must reach beyond that, divided by the root of the number of pairs.
CAUTION = 0.2
#: What is added to it where 10 articles and fewer lie within the window, less up to 30: what few articles
#: have in common looks rare in them.
_FEWER, _FEW = 0.22, 10.0
#: Days between two articles from which on they are not compared.
DAYS = 6.0
#: Stories are parts of one saga if their words and what languages share have so much in common, on average
#: over the pairs of its stories, and if no more than this many days lie between two of them.
ALIKE = 0.4
SAGA_DAYS = 10.0
#: What the mean of a few pairs must reach beyond that.
_CAUTION = 0.05
#: Weight of words against what languages share.
_WORDS = 0.6


class Grouped(NamedTuple):
    """Groups of articles.

    Attributes:
        groups: of each article the smallest number of an article in its group.
        sagas: the same for the saga that its group is part of.
        similarity: its mean similarity to the others of its group; NaN where there are none.
        threshold: that was used.
        pairs: how likely two articles of one group report one event; 0 for those that are not here.
        credits: whether an article says that it has its news from another outlet.
    """

    groups: Ints
    sagas: Ints
    similarity: Floats
    threshold: float
    pairs: Links
    credits: Bools


def check(days: float, threshold: float | None, min_group_size: int) -> None:
    """Raise BitextError if a setting of `stories` is out of range, before anything is read."""
    if not days > 0:
        raise BitextError(f"days={days!r}; use a number of days above 0")
    if threshold is not None and not 0 < threshold < 1:
        raise BitextError(f"threshold must lie between 0 and 1, got {threshold!r}")
    if min_group_size < 2:
        raise BitextError(f"min_group_size={min_group_size!r}; a story has at least 2 articles")


def grouped(
    tokens: Tokens,
    concept_counts: Counts | None = None,
    days: float = DAYS,
    threshold: float | None = None,
    bodies: Counts | None = None,
    encoder: Encoder | None = None,
    table: ConceptTable | None = None,
) -> Grouped:
    """Return the groups of all articles, as `stories` finds them; for *bodies* and *table* see `vectors`."""
    compared = vectors(tokens, concept_counts, bodies, encoder, table)
    used = _threshold(compared, days) if threshold is None else threshold
    pairs = links(compared, window=days)
    near = ~told_apart(tokens, pairs.first, pairs.second)
    pairs = Links(pairs.first[near], pairs.second[near], pairs.similarity[near])
    groups = agglomerate(len(tokens.articles), pairs, threshold=used, caution=_caution(compared, days))
    groups = parted(groups, pairs, compared.days, days)
    inside = groups[pairs.first] == groups[pairs.second]
    pairs = Links(pairs.first[inside], pairs.second[inside], pairs.similarity[inside])
    similarity, credits = _similarity(groups, pairs), credits_another(tokens.articles)
    return Grouped(groups, sagas(compared, groups), similarity, used, pairs, credits)


def table_of(
    articles: pd.DataFrame,
    found: Grouped,
    days: float = DAYS,
    min_group_size: int = 2,
    *,
    own_concepts: bool = False,
) -> pd.DataFrame:
    """Return the table of `stories` from the groups of *articles*."""
    parts = found.groups, found.sagas, found.similarity, found.pairs, found.credits
    table = story_table(articles, *parts, min_group_size)
    table.attrs["run"] = run_record(
        "stories",
        days=days,
        threshold=round(found.threshold, 4),
        min_group_size=min_group_size,
        concept_counts="given" if own_concepts else "default",
        caution=CAUTION,
        lead=[LEAD, LEAD_WEIGHT, TITLE_WEIGHT],
    )
    return table


def _threshold(compared: Vectors, window: float) -> float:
    return THRESHOLD + _TENFOLD * max(0.0, math.log10(max(crowd(compared.days, window), 1.0) / _CROWD))


def _caution(compared: Vectors, window: float) -> float:
    few = (_CROWD - crowd(compared.days, window)) / (_CROWD - _FEW)
    return CAUTION + _FEWER * min(max(few, 0.0), 1.0)


def _similarity(groups: Ints, pairs: Links) -> Floats:
    """Return each article's mean similarity to the others of its group, from the pairs inside groups."""
    total = np.zeros(len(groups))
    for end in (pairs.first, pairs.second):
        np.add.at(total, end, pairs.similarity)
    others = np.bincount(groups, minlength=len(groups))[groups] - 1
    return np.where(others > 0, total / np.maximum(others, 1), np.nan)


def sagas(vectors: Vectors, groups: Ints) -> Ints:
    """Return for each article the number of the saga that its group is part of.

    Groups of two articles and more are compared by the cosine of the sums of their vectors.
    """
    size = np.bincount(groups, minlength=int(groups.max(initial=-1)) + 1)
    chosen = np.flatnonzero(size >= 2)
    place = np.full(len(size), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    rows = np.flatnonzero(place[groups] >= 0)
    if not len(chosen):
        return groups.copy()
    shape = (len(chosen), len(groups))
    belongs = sparse.csr_array((np.ones(len(rows)), (place[groups[rows]], rows)), shape=shape)
    total = _cosines(belongs @ vectors.terms) * _WORDS + _cosines(belongs @ vectors.shared) * (1 - _WORDS)
    found = sparse.triu(total, 1).tocoo()
    first, last = np.full(len(chosen), np.inf), np.full(len(chosen), -np.inf)
    dated = rows[~np.isnan(vectors.days[rows])]
    np.minimum.at(first, place[groups[dated]], vectors.days[dated])
    np.maximum.at(last, place[groups[dated]], vectors.days[dated])
    gap = np.maximum(first[found.row] - last[found.col], first[found.col] - last[found.row])
    near = (found.data >= ALIKE / 2) & ~(gap > SAGA_DAYS)
    pairs = Links(
        found.row[near].astype(np.int64), found.col[near].astype(np.int64), np.asarray(found.data[near])
    )
    joined = agglomerate(len(chosen), pairs, threshold=ALIKE, caution=_CAUTION)
    parts = groups.copy()
    parts[rows] = chosen[joined][place[groups[rows]]]
    return parts


def _cosines(sums: sparse.csr_array) -> sparse.csr_array:
    length = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    unit = sparse.csr_array(sparse.diags_array(1.0 / np.maximum(length, 1e-12)) @ sums)
    return sparse.csr_array(unit @ unit.T)
