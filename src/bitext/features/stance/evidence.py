"""The rows behind every stance number: one per hit, with the span, the voice and the source."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.features.stance.cues import REPORTING, Cues, CueTable, cue_table
from bitext.features.stance.negation import negated
from bitext.features.stance.quotes import Quote
from bitext.features.stance.scan import Scan, scan
from bitext.features.stance.sources import Source, sources
from bitext.features.stance.view import View
from bitext.features.stance.voice import Voices, voices
from bitext.record import run_record
from bitext.tokens.tokens import Tokens

EVIDENCE = (
    "article",
    "sentence",
    "feature",
    "start",
    "end",
    "surface",
    "lang",
    "voice",
    "source",
    "negated",
    "target",
    "rule",
)
ATTRIBUTIONS = (
    "article",
    "sentence",
    "feature",
    "start",
    "end",
    "surface",
    "lang",
    "voice",
    "source",
    "source_kind",
    "source_start",
    "source_end",
    "content_start",
    "content_end",
    "depth",
    "rule",
)
OUTLET, SOURCE = "outlet", "source"
#: Lists that only serve to find something else.
_SILENT = ("polarity",)
#: Features of sources, by kind; unnamed ones are hits of the list anon_source already.
_SOURCE_FEATURES = {"named": "named_source", "role": "role_source", "outlet": "outlet_source"}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the collector of cycles: a hundred thousand small tuples make it run often, and hold no cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@dataclass(frozen=True)
class Reading:
    """All that the rules see in the tokens; the tables are made from it."""

    view: View
    table: CueTable
    found: Scan
    voices: Voices
    sources: list[Source]

    @classmethod
    def of(cls, tokens: Tokens, cues: Cues = None) -> "Reading":
        """Apply the cue lists and the attribution rules to *tokens*."""
        view = View.of(tokens)
        table = cue_table(cues)
        found = scan(view, table, tokens.tokenizer)
        with _no_collection():
            heard = voices(view, found)
            return cls(view, table, found, heard, sources(view, found, heard.events))

    @cached_property
    def hits(self) -> "Hits":
        """All rows of evidence as arrays."""
        with _no_collection():
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


def evidence(tokens: Tokens, *, cues: Cues = None, target: str | None = None) -> pd.DataFrame:
    """Show every hit of every stance feature, with whose words it stands in.

    Args:
        tokens: what `bitext.tokenize` returned.
        cues: cues to add to bitext's lists, move or drop; see `bitext.features.stance.cues.cue_table`.
        target: a name or concept id; the column ``target`` then says which of its names stands in the hit's
            clause ("" for none).

    Returns:
        One row per hit, in order of the articles: ``article sentence feature start end surface lang voice
        source negated target rule``. *start* and *end* are offsets into the article's text. *voice* is
        "outlet" for the outlet's own words and "source" for words that it quotes or reports; *source* names
        who is quoted (for a reporting verb: who is said to speak), "" where the text does not say. *negated*
        is True where a negation reaches the hit. *rule* says which cue or rule found it.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["Mr Lee said the plan may fail."]}))
        >>> bitext.evidence(bitext.tokenize(corpus))[["feature", "surface", "voice", "source"]].head(3)
                feature surface   voice  source
        0  named_source  Mr Lee  outlet  Mr Lee
        1   say_neutral    said  outlet  Mr Lee
        2         hedge     may  source  Mr Lee
    """
    reading = Reading.of(tokens, cues)
    table = _table(reading)
    if target is not None:
        from bitext.features.stance.target import targets_of

        table["target"] = targets_of(reading, target)
    table.attrs["run"] = {
        **run_record("evidence", cues=reading.table.hash, target=target),
        "before": dict(tokens.run),
    }
    return table


def attributions(tokens: Tokens, *, cues: Cues = None) -> pd.DataFrame:
    """List who is said to have said, thought or asked what.

    Args:
        tokens: what `bitext.tokenize` returned.
        cues: as in `bitext.evidence`.

    Returns:
        One row per event, not per verb: ``article sentence feature start end surface lang voice source
        source_kind source_start source_end content_start content_end depth rule``. *feature* is the kind of
        reporting ("quote" for a quotation without a verb); *source_kind* is named, role, outlet, anonymous,
        hearsay or "" (not stated); *depth* is 1 for words that the outlet reports itself, 2 for words that
        its source reports, ...; offsets are -1 where there is nothing.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["据路透社报道，工厂下月停产。"]}))
        >>> bitext.attributions(bitext.tokenize(corpus))[["feature", "source", "source_kind", "depth"]]
                    feature source source_kind  depth
        0  named_evidential    路透社      outlet      1
    """
    reading = Reading.of(tokens, cues)
    view, events = reading.view, reading.voices.events
    first = np.array([event.first for event in events], dtype=np.int64)
    last = np.array([event.last for event in events], dtype=np.int64)
    rows = np.array([event.row for event in events], dtype=np.int64)
    start, end = tokens.start[first], tokens.end[last]
    quoted = np.array([event.feature == "quote" for event in events], dtype=bool)
    depth = np.where(quoted, reading.voices.depth[first] - 1, reading.voices.depth[first])
    contents = [event.contents for event in events]
    table = pd.DataFrame(
        {
            "article": tokens.articles["article"].to_numpy()[rows],
            "sentence": tokens.sentence[first],
            "feature": [event.feature for event in events],
            "start": start,
            "end": end,
            "surface": [
                view.text(*span) for span in zip(rows.tolist(), start.tolist(), end.tolist(), strict=True)
            ],
            "lang": view.lang[rows],
            "voice": np.where(depth > 0, SOURCE, OUTLET),
            "source": [source.name for source in reading.sources],
            "source_kind": [source.kind for source in reading.sources],
            "source_start": [source.start for source in reading.sources],
            "source_end": [source.end for source in reading.sources],
            "content_start": [spans[0][0] if spans else -1 for spans in contents],
            "content_end": [spans[-1][1] if spans else -1 for spans in contents],
            "depth": depth + 1,
            "rule": [event.rule for event in events],
        },
        columns=list(ATTRIBUTIONS),
    )
    table.attrs["run"] = {**run_record("attributions", cues=reading.table.hash), "before": dict(tokens.run)}
    return table


def _table(reading: Reading) -> pd.DataFrame:
    """Make the table of evidence from the arrays."""
    hits, view = reading.hits, reading.view
    rows = view.article[hits.first]
    names = np.array([source.name for source in reading.sources] + [""], dtype=object)
    spans = zip(rows.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    texts = view.texts
    return pd.DataFrame(
        {
            "article": view.tokens.articles["article"].to_numpy()[rows],
            "sentence": view.tokens.sentence[hits.first],
            "feature": np.array(hits.names, dtype=object)[hits.feature],
            "start": hits.start,
            "end": hits.end,
            "surface": [texts[row][start:end] for row, start, end in spans],
            "lang": view.lang[rows],
            "voice": np.where(hits.depth > 0, SOURCE, OUTLET).astype(object),
            "source": names[hits.event],
            "negated": negated(view, reading.found, hits.first),
            "target": "",
            "rule": hits.rule,
        },
        columns=list(EVIDENCE),
    )


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


def _collect(reading: Reading) -> Hits:
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


def _cue_rows(reading: Reading, rows: _Rows) -> None:
    """Hits of the lists, without the reporting verbs, of which only events count."""
    cues, tokens, heard = reading.found.cues, reading.view.tokens, reading.voices
    silent = np.array([cue.feature in (*REPORTING, *_SILENT) or cue.note == "role" for cue in cues])
    rules = np.array([cue.rule for cue in cues], dtype=object)
    numbers = np.array(
        [0 if quiet else rows.number(cue.feature) for cue, quiet in zip(cues, silent, strict=True)]
    )
    negating = np.array([cue.feature == "deontic" and cue.note == "negated" for cue in cues])
    event = _own_events(reading)
    main, degrees = reading.found.main, reading.found.degrees
    parts = ((main, ~silent, None), (main, negating, rows.number("negation")), (degrees, ~silent, None))
    for found, wanted, number in parts:
        keep = wanted[found.cue]
        cue, first, last = found.cue[keep], found.first[keep], found.last[keep]
        rows.add(
            numbers[cue] if number is None else np.full(len(cue), number),
            first,
            last,
            tokens.start[first],
            tokens.end[last],
            event[first],
            heard.depth[first],
            rule=rules[cue],
        )


def _own_events(reading: Reading) -> npt.NDArray[np.int64]:
    """Return for each token the event whose cue or source it is part of, or in whose content it stands."""
    view, heard = reading.view, reading.voices
    event = heard.owner.copy()
    rows = np.array([entry.row for entry in heard.events], dtype=np.int64)
    start = np.array([max(source.start, 0) for source in reading.sources], dtype=np.int64)
    end = np.array([max(source.end, 0) for source in reading.sources], dtype=np.int64)
    low, high = view.token_at(rows, start).tolist(), view.token_at(rows, end).tolist()
    for number, entry in enumerate(heard.events):
        if entry.feature != "quote":
            event[entry.first : entry.last + 1] = number
            event[low[number] : high[number]] = number
    return event


def _event_rows(reading: Reading, rows: _Rows) -> None:
    """One row for each event of attribution."""
    tokens, depth = reading.view.tokens, reading.voices.depth
    events = [(i, event) for i, event in enumerate(reading.voices.events) if event.feature in REPORTING]
    first = np.array([event.first for _, event in events], dtype=np.int64)
    last = np.array([event.last for _, event in events], dtype=np.int64)
    rows.add(
        [rows.number(event.feature) for _, event in events],
        first,
        last,
        tokens.start[first],
        tokens.end[last],
        [i for i, _ in events],
        depth[first],
        rule=[event.rule for _, event in events],
    )


def _source_rows(reading: Reading, rows: _Rows) -> None:
    """One row for each source that an event names."""
    view = reading.view
    kept = [
        (i, source)
        for i, source in enumerate(reading.sources)
        if source.start >= 0 and source.kind in _SOURCE_FEATURES
    ]
    start = np.array([source.start for _, source in kept], dtype=np.int64)
    end = np.array([source.end for _, source in kept], dtype=np.int64)
    article = np.array([reading.voices.events[i].row for i, _ in kept], dtype=np.int64)
    first = view.token_at(article, start)
    rows.add(
        [rows.number(_SOURCE_FEATURES[source.kind]) for _, source in kept],
        first,
        view.token_ending(article, end),
        start,
        end,
        [i for i, _ in kept],
        reading.voices.depth[first],
        rule=[f"source:{source.kind}" for _, source in kept],
    )


def _quote_rows(reading: Reading, rows: _Rows) -> None:
    """One row for each quotation that is speech, and for each scare quote."""
    view, heard = reading.view, reading.voices
    reporting = {int(view.sentence[event.first]) for event in heard.events}
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
    place = int(view.token_at(np.array([row]), np.array([quote.inner_start]))[0])
    sentence = int(view.sentence[min(place, len(view.tokens) - 1)])
    return not {sentence, sentence - 1} & reporting
