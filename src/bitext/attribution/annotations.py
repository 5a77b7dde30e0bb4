"""What the rules see in the tokens: cues, quotations, events, sources, voices; and every hit as arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bitext.attribution.antecedents import Antecedents
from bitext.attribution.dotted_names import DottedNames
from bitext.attribution.quotes import Quote
from bitext.attribution.sentence import each
from bitext.attribution.sources import Source, sources
from bitext.attribution.voice import Voices, voices
from bitext.concepts.lookup import ConceptHits, find_concepts
from bitext.cues.cues import ATTITUDE, REPORTING, TOPIC, Cues, CueTable, cue_table
from bitext.cues.matching import CueHits, CueMatches, match_cues
from bitext.cues.meant import is_meant
from bitext.tokenizing.over_batches import no_collection
from bitext.tokens.clauses import View
from bitext.tokens.tokens import Tokens

#: Lists that only serve to find something else.
_SILENT = ("polarity", TOPIC, ATTITUDE)
#: Features of sources, by kind; unnamed ones are hits of the list anon_source already.
_SOURCE_FEATURES = {"named": "named_source", "role": "role_source", "outlet": "outlet_source"}


def feature_names(table: CueTable) -> list[str]:
    """Return the features that rows of evidence can have, sorted."""
    listed = set(table.features) - {"role", *_SILENT}
    return sorted(listed | {*REPORTING, *_SOURCE_FEATURES.values(), "negation", "quote", "scare"})


@dataclass(frozen=True)
class Annotations:
    """All that the rules see in the tokens; the tables are made from it."""

    view: View
    table: CueTable
    found: CueMatches
    voices: Voices
    sources: list[Source]

    @classmethod
    def of(cls, tokens: "Tokens | Annotations", cues: Cues = None) -> "Annotations":
        """Apply the cue lists and the attribution rules to *tokens*; a `Annotations` stays as it is."""
        if isinstance(tokens, Annotations):
            return tokens
        view = View.of(tokens)
        table = cue_table(cues)
        found = match_cues(view, table, tokens.tokenizer)
        with no_collection():
            dotted = DottedNames(view)
            heard = voices(view, found, dotted)
            named = sources(view, found, heard.events, heard.owner, Antecedents(view, dotted))
            return cls(view, table, found, heard, named)

    @cached_property
    def concepts(self) -> ConceptHits:
        """Where the concepts of bitext's table stand."""
        return find_concepts(self.view.tokens)

    @cached_property
    def hits(self) -> "Hits":
        """All rows of evidence as arrays."""
        with no_collection():
            return _collect(self)


@dataclass(frozen=True)
class Hits:
    """Evidence as parallel arrays, in order of place.

    Attributes:
        names: names of the features.
        feature: number of each hit's feature.
        first, last: tokens (inclusive).
        start, end: offsets.
        event: number of the event that each hit belongs to (its own, or the one around it), or -1.
        depth: events around the hit; 0 is the outlet's own voice.
        rule: what found it.
    """

    names: list[str]
    feature: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    event: npt.NDArray[np.int64]
    depth: npt.NDArray[np.int64]
    rule: npt.NDArray[np.object_]


class _Rows:
    """Rows of evidence while they are collected."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.parts: list[tuple[npt.NDArray[np.int64], ...]] = []
        self.rules: list[npt.NDArray[np.object_]] = []

    def number(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def add(self, *columns: npt.ArrayLike, rule: npt.ArrayLike) -> None:
        self.parts.append(tuple(np.asarray(column, dtype=np.int64) for column in columns))
        self.rules.append(np.asarray(rule, dtype=object))


def _collect(reading: Annotations) -> Hits:
    rows = _Rows()
    _cue_rows(reading, rows)
    _event_rows(reading, rows)
    _source_rows(reading, rows)
    _quote_rows(reading, rows)
    columns = [np.concatenate(column) for column in zip(*rows.parts, strict=True)]
    feature, first, last, start, end, event, depth = columns
    rule = np.concatenate(rows.rules)
    order = np.lexsort((feature, end, start, reading.view.article[first]))
    return Hits(
        list(rows.names),
        feature[order],
        first[order],
        last[order],
        start[order],
        end[order],
        event[order],
        depth[order],
        rule[order],
    )


def _cue_rows(reading: Annotations, rows: _Rows) -> None:
    """Hits of the lists, without the reporting verbs, of which only events count."""
    facts, tokens, heard = reading.found.facts, reading.view.tokens, reading.voices
    for name in facts.names:
        rows.number(name)
    event = _own_events(reading)
    main, degrees = reading.found.main, reading.found.degrees
    main = CueHits(
        *(column[is_meant(reading.view, reading.found.facts, main, heard.depth)] for column in main)
    )
    parts = (
        (main, ~facts.silent, None),
        (main, facts.forbids, rows.number("negation")),
        (degrees, ~facts.silent, None),
    )
    for found, wanted, number in parts:
        keep = wanted[found.cue]
        cue, first, last = found.cue[keep], found.first[keep], found.last[keep]
        rows.add(
            facts.feature[cue] if number is None else np.full(len(cue), number),
            first,
            last,
            tokens.start[first],
            tokens.end[last],
            event[first],
            heard.depth[first],
            rule=facts.rule[cue],
        )


def _own_events(reading: Annotations) -> npt.NDArray[np.int64]:
    """Return for each token the event whose cue or source it is part of, or in whose content it stands."""
    view, heard = reading.view, reading.voices
    event = heard.owner.copy()
    rows = heard.row
    start, end = (np.maximum(each(reading.sources, name), 0) for name in ("start", "end"))
    low, high = view.token_at(rows, start).tolist(), view.token_at(rows, end).tolist()
    for number, (entry, begin, stop) in enumerate(zip(heard.events, low, high, strict=True)):
        if entry.feature != "quote":
            event[entry.first : entry.last + 1] = number
            event[begin:stop] = number
    return event


def _event_rows(reading: Annotations, rows: _Rows) -> None:
    """One row for each event of attribution."""
    tokens, depth, every = reading.view.tokens, reading.voices.depth, reading.voices.events
    number = {name: rows.number(name) for name in REPORTING}
    feature = np.array([number.get(event.feature, -1) for event in every], dtype=np.int64)
    kept = np.flatnonzero(feature >= 0)
    first, last = reading.voices.first[kept], each(every, "last")[kept]
    rows.add(
        feature[kept],
        first,
        last,
        tokens.start[first],
        tokens.end[last],
        kept,
        depth[first],
        rule=[every[i].rule for i in kept.tolist()],
    )


def _source_rows(reading: Annotations, rows: _Rows) -> None:
    """One row for each source that an event names."""
    view, events = reading.view, reading.voices.events
    number = {kind: rows.number(name) for kind, name in _SOURCE_FEATURES.items()}
    rule = {kind: f"source:{kind}" for kind in number}
    kept = [
        i
        for i, source in enumerate(reading.sources)
        if source.start >= 0 and source.kind in number and events[i].feature != ATTITUDE
    ]
    sources = [reading.sources[i] for i in kept]
    start, end = each(sources, "start"), each(sources, "end")
    article = reading.voices.row[kept]
    first = view.token_at(article, start)
    rows.add(
        [number[source.kind] for source in sources],
        first,
        view.token_ending(article, end),
        start,
        end,
        kept,
        reading.voices.depth[first],
        rule=[rule[source.kind] for source in sources],
    )


def _quote_rows(reading: Annotations, rows: _Rows) -> None:
    """One row for each quotation that is speech, and for each scare quote."""
    view, heard = reading.view, reading.voices
    reporting = set(view.sentence[heard.first].tolist())
    kept = [
        (row, quote, "direct" if direct else "bare" if speech else "scare")
        for (row, quote), speech, direct in zip(
            heard.quotes, heard.speech.tolist(), heard.direct.tolist(), strict=True
        )
        if (speech and quote.depth == 0) or (not speech and _is_scare(view, row, quote, reporting))
    ]
    article = np.array([row for row, _, _ in kept], dtype=np.int64)
    start = np.array([quote.inner_start for _, quote, _ in kept], dtype=np.int64)
    end = np.array([quote.inner_end for _, quote, _ in kept], dtype=np.int64)
    first = np.minimum(view.token_at(article, start), max(len(view.tokens) - 1, 0))
    scare = np.array([name == "scare" for _, _, name in kept], dtype=bool)
    rows.add(
        [rows.number("scare" if name == "scare" else "quote") for _, _, name in kept],
        first,
        view.token_ending(article, end),
        start,
        end,
        heard.owner[first],
        np.where(scare, heard.depth[first], np.maximum(heard.depth[first], 1)),
        rule=[f"quotation:{name}" for _, _, name in kept],
    )


_SCARE_BEFORE = (
    "所谓",
    "所谓的",
    "所謂",
    "所謂的",
    "so-called",
    "self-styled",
    "self-proclaimed",
    "supposed",
)


def _is_scare(view: View, row: int, quote: Quote, reporting: set[int]) -> bool:
    """Say whether a short quotation in the outlet's voice marks distance rather than a name.

    English words in lower case, if nobody is reported to speak in this sentence or the one before. Behind
    所谓 or so-called the cue is counted already; and Chinese names of plans, works and slogans stand in
    quotation marks as a rule, so there only the cue decides.
    """
    text = view.texts[row]
    before = text[max(0, quote.start - 16) : quote.start].rstrip().lower()
    if before.endswith(_SCARE_BEFORE):
        return False
    inner = text[quote.inner_start : quote.inner_end]
    if view.lang[row] != "en" or inner != inner.lower() or len(inner.split()) > 3 or not inner[:1].isalpha():
        return False
    place = view.place_at(row, quote.inner_start)
    sentence = int(view.sentence[min(place, len(view.tokens) - 1)])
    opens = sentence == 0 or view.article[view.first[sentence - 1]] != row
    return not ({sentence} if opens else {sentence, sentence - 1}) & reporting
