"""What is counted in each article: the sums that every stance measure is made from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Ints
from bitext.attribution.annotations import Annotations
from bitext.attribution.sentence import each
from bitext.attribution.sources import KINDS as SOURCE_KINDS
from bitext.cues.cues import ATTITUDE, DEGREES, POLARITY, REPORTING, SOURCES

VOICES = ("outlet", "source")
#: Features that are counted as rates, in the order of the tables.
RATES = (
    "attribution",
    *REPORTING,
    "named_evidential",
    "anon_source",
    "hedge",
    "approx",
    "booster",
    "deontic",
    "future_volition",
    "negation",
    "negation_double",
    "negation_contrastive",
    "concession_contrast",
    "conflict",
    "cooperation",
    "control",
    "dependence_autonomy",
    "ingroup",
    "outgroup",
    "intensity",
    *POLARITY,
    "engagement",
    *DEGREES,
    "scare",
)
#: Kinds of sources, as columns of sums.
#: Numbers of an article that belong to no feature, and how many there are of each.
SIZES = {
    "words": len(VOICES),
    "all_sentences": len(VOICES),
    "whole_sentences": 1,
    "text": 2,
    "events": len(SOURCE_KINDS) + 1,
}
_NOT_RATES = {"named_source", "role_source", "outlet_source", "quote", "polarity", *SOURCES}


@dataclass(frozen=True)
class Sums:
    """Sums per article.

    Attributes:
        names: features, in the order of the tables; those that users add come last.
        hits: articles × features × voices.
        sentences: articles × features × voices: sentences that hold at least one hit.
        whole: articles × features: the same, voices together.
        words: articles × voices.
        all_sentences: articles × voices: sentences with a word in that voice.
        whole_sentences: sentences per article.
        text: articles × 2: characters without white space, and those in quotations that are speech.
        events: articles × (SOURCE_KINDS + relayed): events by kind of source, and those at depth 2 or more.
        outlets: names of the cited outlets.
        cited: articles × outlets, sparse: how often each is the source.
    """

    names: tuple[str, ...]
    hits: npt.NDArray[np.float64]
    sentences: npt.NDArray[np.float64]
    whole: npt.NDArray[np.float64]
    words: npt.NDArray[np.float64]
    all_sentences: npt.NDArray[np.float64]
    whole_sentences: npt.NDArray[np.float64]
    text: npt.NDArray[np.float64]
    events: npt.NDArray[np.float64]
    outlets: tuple[str, ...]
    cited: sparse.csr_array


def sums(reading: Annotations) -> Sums:
    """Count everything, article by article."""
    view, hits = reading.view, reading.hits
    names = (*RATES, *sorted({name for name in hits.names if name not in (*RATES, *_NOT_RATES)}))
    place = np.array([names.index(name) if name in names else -1 for name in hits.names], dtype=np.int64)
    feature = place[hits.feature]
    kept = feature >= 0
    voice = (hits.depth > 0).astype(np.int64)
    first, feature, voice = hits.first[kept], feature[kept], voice[kept]
    event_first, event_voice = _events(reading)
    first = np.concatenate((first, event_first))
    feature = np.concatenate((feature, np.full(len(event_first), names.index("attribution"))))
    voice = np.concatenate((voice, event_voice))
    count = len(view.tokens.articles)
    cells = (count, len(names), 2)
    article = view.article[first]
    once = np.unique(np.stack((view.sentence[first], feature, voice)), axis=1)
    whole = np.unique(once[:2], axis=1)
    outlets, cited = _cited(reading)
    words, all_sentences, whole_sentences = _words(reading)
    return Sums(
        names,
        _count(cells, article, feature, voice),
        _count(cells, view.article[view.first[once[0]]], once[1], once[2]),
        _count(cells[:2], view.article[view.first[whole[0]]], whole[1]),
        words,
        all_sentences,
        whole_sentences,
        _text(reading),
        _kinds(reading),
        outlets,
        cited,
    )


def _count(shape: tuple[int, ...], *places: Ints) -> npt.NDArray[np.float64]:
    flat = np.ravel_multi_index(places, shape)
    return np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape).astype(float)


def _events(reading: Annotations) -> tuple[Ints, Ints]:
    """Return first token and voice of every event of speech; quotations without a cue are none."""
    events = [event for event in reading.voices.events if event.feature not in ("quote", ATTITUDE)]
    first = each(events, "first")
    return first, (reading.voices.depth[first] > 0).astype(np.int64)


def _words(reading: Annotations) -> tuple[npt.NDArray[np.float64], ...]:
    """Count words and sentences of each voice, and sentences of any."""
    view = reading.view
    words = np.flatnonzero(view.words)
    voice = (reading.voices.depth[words] > 0).astype(np.int64)
    shape = (len(view.tokens.articles), 2)
    pairs = np.unique(view.sentence[words] * 2 + voice)
    sentences = _count(shape, view.article[view.first[pairs // 2]], pairs % 2)
    whole = _count(shape[:1], view.article[view.first[np.unique(view.sentence[words])]])
    return _count(shape, view.article[words], voice), sentences, whole


def _text(reading: Annotations) -> npt.NDArray[np.float64]:
    """Count characters, and those in quotations that are speech."""
    view, heard = reading.view, reading.voices
    counts = np.zeros((len(view.tokens.articles), 2))
    counts[:, 0] = [len(text) - sum(map(text.count, " \n\u3000")) for text in view.texts]
    for (row, quote), speech in zip(heard.quotes, heard.speech.tolist(), strict=True):
        if speech and quote.depth == 0:
            inner = view.text(row, quote.inner_start, quote.inner_end)
            counts[row, 1] += len(inner) - sum(map(inner.count, " \n\u3000"))
    return counts


def _kinds(reading: Annotations) -> npt.NDArray[np.float64]:
    counts = np.zeros((len(reading.view.tokens.articles), len(SOURCE_KINDS) + 1))
    for event, source in zip(reading.voices.events, reading.sources, strict=True):
        if event.feature == ATTITUDE:
            continue
        counts[event.row, SOURCE_KINDS.index(source.kind)] += 1
        if event.feature != "quote" and reading.voices.depth[event.first] > 0:
            counts[event.row, -1] += 1
    return counts


def _cited(reading: Annotations) -> tuple[tuple[str, ...], sparse.csr_array]:
    """Count how often each outlet is cited; an outlet that cites itself is left out."""
    own = reading.view.tokens.articles["outlet"].astype(str).tolist()
    found = [
        (event.row, source.name)
        for event, source in zip(reading.voices.events, reading.sources, strict=True)
        if source.kind == "outlet" and source.name and source.name != own[event.row]
    ]
    names = tuple(sorted({name for _, name in found}))
    number = {name: place for place, name in enumerate(names)}
    rows, columns = [row for row, _ in found], [number[name] for _, name in found]
    counts = sparse.coo_array((np.ones(len(found)), (rows, columns)), shape=(len(own), len(names)))
    return names, sparse.csr_array(counts)
