"""Hits of the lists that do not mean what their feature says, by what stands around them."""

import re

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.cues.cues import POLARITY
from bitext.cues.matching import CueHits
from bitext.cues.properties import Facts
from bitext.tokens.clauses import View

#: Praise behind these is blame: 过于乐观 (too optimistic).
_TOO_MUCH = frozenset(("过于", "过分", "过度", "太过", "overly"))
#: A work, an act, a plan: what stands in its name judges nothing.
_TITLE = re.compile(r"《[^《》\n]{1,80}》")


def is_meant(view: View, facts: Facts, found: CueHits, depth: Ints) -> Bools:
    """Say which hits count for their feature.

    Args:
        view: the tokens.
        facts: what is known of the cues.
        found: the hits.
        depth: for each token how many events of attribution lie around it.
    """
    return ~(_addresses_listeners(facts, found, depth) | _judges_nothing(view, facts, found))


def _addresses_listeners(facts: Facts, found: CueHits, depth: Ints) -> Bools:
    """Say which hits speak to somebody else than the reader: *you* in a source's words."""
    address = np.array([cue.feature == "engagement" for cue in facts.cues], dtype=bool)[found.cue]
    return np.asarray(address & (depth[found.first] > 0))


def _judges_nothing(view: View, facts: Facts, found: CueHits) -> Bools:
    """Say which words of praise or blame stand in a title, and which praise is too much of it."""
    judging = np.array([cue.feature in POLARITY for cue in facts.cues], dtype=bool)[found.cue]
    praise = facts.valence[found.cue] > 0
    before = np.maximum(found.first - 1, 0)
    near = view.sentence[before] == view.sentence[found.first]
    too_much = praise & near & _among(view, _TOO_MUCH)[before]
    return np.asarray(judging & (too_much | _in_titles(view)[found.first]))


def _in_titles(view: View) -> Bools:
    """Say of each token whether it stands in the marks of a title."""
    titles = [
        (row, *match.span())
        for row, text in enumerate(view.texts)
        if "《" in text
        for match in _TITLE.finditer(text)
    ]
    row, start, end = np.array(titles, dtype=np.int64).reshape(-1, 3).T
    change = np.zeros(len(view.tokens) + 1, dtype=np.int64)
    np.add.at(change, view.token_at(row, start), 1)
    np.add.at(change, view.token_at(row, end), -1)
    return np.asarray(np.cumsum(change[:-1]) > 0)


def _among(view: View, words: frozenset[str]) -> Bools:
    """Say of each token whether it is one of *words*."""
    listed = np.fromiter((word in words for word in view.types), bool, len(view.types))
    return np.asarray(listed[view.tokens.term])
