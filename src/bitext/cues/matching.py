"""Where the cues stand: longest match over all lists, whole tokens, one list for each span."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Ints
from bitext.cues import patterns
from bitext.cues.cues import ATTITUDE, BESIDE, DEGREES, POLARITY, REPORTING, SOURCES, TOPIC, Cue, CueTable
from bitext.cues.properties import Facts
from bitext.text.chinese.jieba_files import tagged
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.clauses import View
from bitext.tokens.phrases import PhraseHits, Phrases, join, without_overlap

#: Of features with the same span the one that stands first here wins.
_FIRST = (
    "negation_contrastive",
    "negation_double",
    *REPORTING,
    "anon_source",
    "named_evidential",
    "scare",
    "deontic",
    "booster",
    "approx",
    "hedge",
    "concession_contrast",
)
#: Parts of speech, by jieba's letters, that stand behind 将 where it tells of the future.
_ACTS = frozenset(("v", "vd", "vn", "d", "ad", "p", "a", "c", "zg", "t", "i", "l"))
#: Ends of English words that carry a cue of their own.
_ENDINGS = (("n't", "negation"), ("'ll", "future_volition"))


class CueHits(NamedTuple):
    """Cue hits as parallel arrays, ordered by first token.

    Attributes:
        cue: number of the cue in the CueTable (from len(cues) on: the endings n't and 'll).
        first: first token.
        last: last token (inclusive).
    """

    cue: Ints
    first: Ints
    last: Ints


class CueMatches(NamedTuple):
    """All that the cue lists find in a text.

    Attributes:
        facts: what is to be known of the cues, the two endings at the end.
        main: hits of all features that compete with each other.
        reports: hits that can make an event of attribution: they compete with each other only, but for those
            inside a longer hit of *main* that makes none (no doubt).
        sources: hits of the lists of roles and outlets.
        degrees: hits of the lists of degree words.
        polarity: hits of the polarity words, those included that count for another feature in *main*.
    """

    facts: Facts
    main: CueHits
    reports: CueHits
    sources: CueHits
    degrees: CueHits
    polarity: CueHits


def match_cues(view: View, table: CueTable, tokenizer: Tokenizer) -> CueMatches:
    """Look for all cues of *table*."""
    columns = _columns(table)
    literals = _literals(table, tokenizer)
    hits = literals.phrases.find(view.tokens)
    pieces = [literals.spread(hits), CueHits(*patterns.find(view, table)), _endings(view, len(table.cues))]
    found = CueHits(*(np.concatenate(column) for column in zip(*pieces, strict=True)))
    found = _take(found, _fits(view, columns, found))
    found = _take(found, ~_marks_object(view, columns, found))
    found = _unblocked(columns, found)
    # Sources and degree words are looked for apart: 首席 can belong to an official and strengthen a word.
    # Nouns and states only serve to find whose they are: threats of war is a hit of threats.
    sources, degrees, polarity, attitudes = (listed[found.cue] for listed in columns.lists)
    reports = columns.facts.reports[found.cue]
    layers = (~(sources | degrees | attitudes), reports, sources, degrees, polarity)
    main, telling, *others = (_compete(columns, _take(found, layer)) for layer in layers)
    return CueMatches(columns.facts, main, _uncovered(columns, telling, main), *others)


class _Columns(NamedTuple):
    """What is asked of every hit's cue, as arrays."""

    facts: Facts
    lang: npt.NDArray[np.int8]
    exact: Bools  # case counts
    trap: Bools
    feature: Ints  # number of the list; a trap of "polarity" is one of both its features
    rank: Ints
    lists: tuple[Bools, Bools, Bools, Bools]  # SOURCES, DEGREES, POLARITY, attitudes BESIDE


_LANGS = {"zh": 0, "en": 1}


@lru_cache(maxsize=8)
def _columns(table: CueTable) -> _Columns:
    endings = tuple(Cue("en", feature, "ending", form, "", f"ending:{form}") for form, feature in _ENDINGS)
    cues = table.cues + endings
    names: dict[str, int] = {}
    lists = ["polarity" if cue.feature in (*POLARITY, TOPIC) else cue.feature for cue in cues]
    rank = {name: number for number, name in enumerate(_FIRST)}
    rank.update(dict.fromkeys((*POLARITY, TOPIC), len(rank) + 1))
    return _Columns(
        Facts.of(cues),
        np.array([_LANGS[cue.lang] for cue in cues], dtype=np.int8),
        np.array([cue.type == "case" for cue in cues], dtype=bool),
        np.array([cue.type == "block" for cue in cues], dtype=bool),
        np.array([names.setdefault(name, len(names)) for name in lists], dtype=np.int64),
        np.array([rank.get(cue.feature, len(_FIRST)) for cue in cues], dtype=np.int64),
        (
            _lists(cues, SOURCES),
            _lists(cues, DEGREES),
            _lists(cues, (*POLARITY, TOPIC)),
            np.array([cue.feature == ATTITUDE and cue.note in BESIDE for cue in cues], dtype=bool),
        ),
    )


class _Literals(NamedTuple):
    """The literal cues, prepared: a phrase can be a cue of both languages, or in several cases."""

    phrases: Phrases
    numbers: Ints
    bounds: Ints

    def spread(self, hits: PhraseHits) -> CueHits:
        """Return one hit for each cue that a phrase stands for."""
        counts = np.diff(self.bounds)[hits.phrase]
        begin = np.repeat(self.bounds[hits.phrase], counts)
        within = np.arange(len(begin)) - np.repeat(np.cumsum(counts) - counts, counts)
        return CueHits(
            self.numbers[begin + within], np.repeat(hits.first, counts), np.repeat(hits.last, counts)
        )


@lru_cache(maxsize=8)
def _literals(table: CueTable, tokenizer: Tokenizer) -> _Literals:
    numbers = [number for number, cue in enumerate(table.cues) if cue.type != "regex"]
    batch = tokenizer.batch([table.cues[number].form for number in numbers])
    places: dict[str, list[int]] = {}
    for place, number in enumerate(numbers):
        low, high = batch.bounds[place], batch.bounds[place + 1]
        places.setdefault(join(batch.types[term] for term in batch.term[low:high]), []).append(number)
    sizes = [len(group) for group in places.values()]
    return _Literals(
        Phrases.compile(list(places), tokenizer),
        np.array([number for group in places.values() for number in group], dtype=np.int64),
        np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
    )


def _endings(view: View, base: int) -> CueHits:
    """Find contractions: the word is the span, its ending the cue."""
    cue: list[Ints] = []
    place: list[Ints] = []
    elided = [i for i, word in enumerate(view.types) if "'" in word]
    for number, (ending, _) in enumerate(_ENDINGS):
        types = np.zeros(len(view.types), dtype=bool)
        types[[i for i in elided if view.types[i].endswith(ending)]] = True
        where = np.flatnonzero(types[view.tokens.term]) if len(view.tokens) else np.zeros(0, np.int64)
        cue.append(np.full(len(where), base + number, dtype=np.int64))
        place.append(where)
    return CueHits(np.concatenate(cue), np.concatenate(place), np.concatenate(place))


def _take(found: CueHits, keep: Bools) -> CueHits:
    return CueHits(found.cue[keep], found.first[keep], found.last[keep])


def _fits(view: View, columns: _Columns, found: CueHits) -> Bools:
    """Say which hits stand in an article of the cue's language, in the case that it asks for."""
    codes = np.array([_LANGS.get(str(lang), -1) for lang in view.lang], dtype=np.int8)
    article = codes[view.article[found.first]]
    keep: Bools = (columns.lang[found.cue] == article) | (article < 0)
    for place in np.flatnonzero(keep & columns.exact[found.cue]).tolist():
        first, last = int(found.first[place]), int(found.last[place])
        row = int(view.article[first])
        surface = view.text(row, int(view.tokens.start[first]), int(view.tokens.end[last]))
        form = columns.facts.cues[int(found.cue[place])].form
        keep[place] = surface == form or (not form.isascii() and not surface.isascii())
    return keep


def _marks_object(view: View, columns: _Columns, found: CueHits) -> Bools:
    """Say which hits of 将 mark an object, 将厂房迁走, and no future: no verb or adverb follows."""
    futures = np.array([cue.feature == "future_volition" and cue.form == "将" for cue in columns.facts.cues])
    marker: Bools = futures[found.cue]
    if marker.any():
        acts = tagged(_ACTS)
        behind = np.minimum(found.last[marker] + 1, len(view.tokens) - 1)
        marker[marker] = [word not in acts and not word[0].isdigit() for word in view.words_at(behind)]
    return marker


def _unblocked(columns: _Columns, found: CueHits) -> CueHits:
    """Take away the hits of a feature that lie within a trap of the same feature, and the traps."""
    feature, trap = columns.feature[found.cue], columns.trap[found.cue]
    keep = ~trap
    for number in np.unique(feature[trap]).tolist():
        mine = np.flatnonzero(feature == number)
        first, last, traps = found.first[mine], found.last[mine], trap[mine]
        order = np.argsort(first[traps], kind="stable")
        begin, reach = first[traps][order], np.maximum.accumulate(last[traps][order])
        at = np.searchsorted(begin, first, side="right") - 1
        caught = at >= 0
        caught[caught] = reach[at[caught]] >= last[caught]
        keep[mine[caught]] = False
    return _take(found, keep)


def _lists(cues: Sequence[Cue], names: Sequence[str]) -> Bools:
    return np.array([cue.feature in names for cue in cues], dtype=bool)


def _compete(columns: _Columns, found: CueHits) -> CueHits:
    """Leave one cue on each span: the longest, and of equals the one whose feature comes first."""
    order = np.lexsort((columns.rank[found.cue], -found.last, found.first))
    return CueHits(*without_overlap(PhraseHits(found.cue[order], found.first[order], found.last[order])))


def _uncovered(columns: _Columns, found: CueHits, main: CueHits) -> CueHits:
    """Leave out the hits inside a longer hit of *main* that makes no event."""
    silent = _take(main, ~columns.facts.reports[main.cue])
    if not len(silent.first):
        return found
    at = np.searchsorted(silent.first, found.first, side="right") - 1
    low, high = silent.first[at], silent.last[at]
    covered = (at >= 0) & (high >= found.last) & (high - low > found.last - found.first)
    return _take(found, ~covered)
