"""The measures: which sums make each number, in which unit, within which bounds."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from bitext.arrays import Floats
from bitext.attribution.sources import KINDS as SOURCE_KINDS
from bitext.stances.article_counts import VOICES, Sums

PER_THOUSAND = "per 1,000 words"
SHARE = "share"
PER_SENTENCE = "per sentence"
INDEX = "index"
#: Lowest and highest value of each unit.
BOUNDS = {
    PER_THOUSAND: (0.0, np.inf),
    SHARE: (0.0, 1.0),
    PER_SENTENCE: (0.0, np.inf),
    INDEX: (-1.0, 1.0),
    "valence": (-1.0, 1.0),
}


class Measure(NamedTuple):
    """One number: (weights · sums) / (weights · sums + constant), times a factor.

    Attributes:
        feature: name of the feature.
        voice: "outlet", "source" or "all".
        unit: one of the keys of `BOUNDS`.
        top: numerator per article.
        bottom: denominator per article.
        hits: what counts as a hit, per article.
        share: sentences with a hit per article, None where that has no meaning.
        base: sentences per article.
        factor: 1,000 for rates.
        constant: added to the denominator after summing.
    """

    feature: str
    voice: str
    unit: str
    top: Floats
    bottom: Floats
    hits: Floats
    share: Floats | None = None
    base: Floats | None = None
    factor: float = 1.0
    constant: float = 0.0


def measures(sums: Sums) -> list[Measure]:
    """Return all measures, rates first, in the order of the tables."""
    found: list[Measure] = []
    # Voices apart, and together: a sentence of both voices counts once in "all".
    words = np.column_stack((sums.words, sums.words.sum(axis=1)))
    sentences = np.column_stack((sums.all_sentences, sums.whole_sentences))
    for number, name in enumerate(sums.names):
        hits = np.column_stack((sums.hits[:, number], sums.hits[:, number].sum(axis=1)))
        share = np.column_stack((sums.sentences[:, number], sums.whole[:, number]))
        found.extend(
            Measure(
                name,
                label,
                PER_THOUSAND,
                hits[:, voice],
                words[:, voice],
                hits[:, voice],
                share[:, voice],
                sentences[:, voice],
                factor=1000.0,
            )
            for voice, label in enumerate((*VOICES, "all"))
        )
    return found + _structure(sums) + _indices(sums)


def _structure(sums: Sums) -> list[Measure]:
    """Return the measures of whose words an article holds."""
    kinds = dict(zip(SOURCE_KINDS, sums.events.T, strict=False))
    stated = sums.events[:, : len(SOURCE_KINDS) - 1].sum(axis=1)
    events = sums.hits[:, sums.names.index("attribution"), :].sum(axis=1)
    unnamed = kinds["anonymous"] + kinds["hearsay"]
    words, sentences = sums.words.sum(axis=1), sums.whole_sentences
    rows: Mapping[str, tuple[str, Floats, Floats]] = {
        "quote_share": (SHARE, sums.text[:, 1], sums.text[:, 0]),
        "source_share": (SHARE, sums.words[:, 1], words),
        "attributions_per_sentence": (PER_SENTENCE, events, sentences),
        "named_share": (SHARE, kinds["named"], stated),
        "role_share": (SHARE, kinds["role"], stated),
        "outlet_share": (SHARE, kinds["outlet"], stated),
        "anon_share": (SHARE, unnamed, stated),
        "relay_share": (SHARE, sums.events[:, -1], events),
    }
    hits = {"quote_share": (sums.text[:, 1] > 0).astype(float), "source_share": sums.words[:, 1]}
    return [
        Measure(name, "all", unit, top, bottom, hits.get(name, top))
        for name, (unit, top, bottom) in rows.items()
    ]


def _indices(sums: Sums) -> list[Measure]:
    """Return the balances of two kinds of hits, from -1 to 1."""
    found: list[Measure] = []
    place = {name: number for number, name in enumerate(sums.names)}
    for voice, label in enumerate(VOICES):
        boosters, hedges = sums.hits[:, place["booster"], voice], sums.hits[:, place["hedge"], voice]
        both = boosters + hedges
        found.append(Measure("certainty_index", label, INDEX, boosters - hedges, both, both, constant=2.0))
        good, bad = sums.hits[:, place["eval_pos"], voice], sums.hits[:, place["eval_neg"], voice]
        both = good + bad
        found.append(Measure("evaluation_balance", label, INDEX, good - bad, both, both, constant=2.0))
    said = {name: sums.hits[:, place[name], :].sum(axis=1) for name in place if name.startswith("say_")}
    top = said["say_assertive"] + said["say_conceding"] - said["say_doubting"]
    every = np.sum(list(said.values()), axis=0)
    found.append(Measure("report_verb_valence", "all", INDEX, top, every, every))
    return found
