"""Who is said to have said what: one row per event of attribution."""

from functools import partial

import numpy as np
import pandas as pd

from bitext.attribution.annotations import Annotations
from bitext.attribution.sentence import each
from bitext.attribution.spans import OUTLET, SOURCE, Spans, joined, rows
from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues, cue_table
from bitext.engines.reduction import Reduction
from bitext.record import run_record
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.tokens import Tokens

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
    "phrase_start",
    "phrase_end",
    "content_start",
    "content_end",
    "depth",
    "rule",
)


@checked
def attributions(
    tokens: Tokens | Scan, *, cues: Cues = None, progress: Progress | None = None
) -> pd.DataFrame:
    """List who is said to have said, thought or asked what.

    Args:
        tokens: what `bitext.tokenize` returned, or a `Scan`.
        cues: as in `bitext.evidence`.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per event, not per verb: ``article sentence feature start end surface lang voice source
        source_kind source_start source_end phrase_start phrase_end content_start content_end depth rule``.
        *feature* is the kind of reporting ("quote" for a quotation without a verb, "attitude" for what
        somebody wants or hopes, told in the outlet's own words); *source* is the name, from *phrase_start*
        to *phrase_end* stands the noun phrase that holds it, with title, party and apposition; *source_kind*
        is named, role, outlet, anonymous, hearsay or "" (not stated); *depth* is 1 for words that the outlet
        reports itself, 2 for words that its source reports, ...; offsets are -1 where there is nothing.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["据路透社报道，工厂下月停产。"]}))
        >>> bitext.attributions(bitext.tokenize(corpus))[["feature", "source", "source_kind", "depth"]]
                    feature source source_kind  depth
        0  named_evidential    路透社      outlet      1
    """
    table = None if cues is None else cue_table(cues)
    result, before = reduced(tokens, reduction(cues=table), progress)
    record = run_record("attributions", cues=cue_table(table).hash)
    result.attrs["run"] = {**record, "before": before}
    return result


def reduction(*, cues: Cues = None) -> Reduction[Tokens | Annotations, Spans, pd.DataFrame]:
    """Return `attributions` over batches."""
    return Reduction(partial(_chunk, cues=cues), joined, rows)


def _chunk(tokens: Tokens | Annotations, *, cues: Cues = None) -> Spans:
    """Return the rows of a batch of articles."""
    reading = Annotations.of(tokens, cues)
    whole = reading.view.tokens
    row = reading.voices.row
    table = _table(reading)
    return Spans(table, whole.places()[row], pd.DataFrame(index=range(len(table))), whole.run)


def _table(reading: Annotations) -> pd.DataFrame:
    view, tokens, events = reading.view, reading.view.tokens, reading.voices.events
    first, last, rows = reading.voices.first, each(events, "last"), reading.voices.row
    start, end = tokens.start[first], tokens.end[last]
    quoted = np.array([event.feature == "quote" for event in events], dtype=bool)
    depth = np.where(quoted, reading.voices.depth[first] - 1, reading.voices.depth[first])
    contents = [event.contents for event in events]
    phrases = [
        event.phrase if event.phrase and source.start >= 0 else (source.start, source.end)
        for event, source in zip(events, reading.sources, strict=True)
    ]
    return pd.DataFrame(
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
            "phrase_start": [span[0] for span in phrases],
            "phrase_end": [span[1] for span in phrases],
            "content_start": [spans[0][0] if spans else -1 for spans in contents],
            "content_end": [spans[-1][1] if spans else -1 for spans in contents],
            "depth": depth + 1,
            "rule": [event.rule for event in events],
        },
        columns=list(ATTRIBUTIONS),
    )
