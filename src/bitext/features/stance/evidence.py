"""The rows behind every stance number: one per hit, with the span, the voice and the source."""

import numpy as np
import pandas as pd

from bitext.features.stance.cues import Cues
from bitext.features.stance.negation import negated
from bitext.features.stance.reading import Reading
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
