"""Stance estimates and the spans behind them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bitext.report.page.columns import columns, pooled
from bitext.report.page.texts import Texts
from bitext.tokens.grouping import group_values

if TYPE_CHECKING:
    from bitext.pipeline.comparison import Comparison

#: Evidence rows of one feature, voice and group, and of all together.
SPANS_OF_CELL = 12
SPANS = 6000

_SHOWN = [
    *("lang", "feature", "voice", "unit", "value", "low", "high", "calibrated", "tier"),
    *("hits", "articles", "group_size", "words", "stable", "note"),
]


def stance(
    table: pd.DataFrame, evidence: pd.DataFrame, result: "Comparison", names: list[str], texts: Texts
) -> dict[str, Any]:
    """Return the estimates, and for every feature, voice and group some of its spans with their sentences."""
    found: dict[str, Any] = columns(table.rename(columns={result.by: "group"}), ["group", *_SHOWN])
    found["evidence"] = _evidence(evidence, result, names, texts)
    return found


def _evidence(evidence: pd.DataFrame, result: "Comparison", names: list[str], texts: Texts) -> dict[str, Any]:
    articles = result.tokens.articles
    row = {name: i for i, name in enumerate(articles["article"])}
    evidence = evidence[evidence["article"].isin(row)]
    place = {name: i for i, name in enumerate(names)}
    group = np.array([place[value] for value in group_values(articles, result.by)[result.by]])
    frame = evidence.assign(row=[row[name] for name in evidence["article"]])
    frame["group"] = group[frame["row"].to_numpy()] if len(frame) else []
    # Different articles first, and those whose text is in the page.
    cell = ["feature", "voice", "group"]
    frame["again"] = frame.groupby([*cell, "row"]).cumcount()
    frame["short"] = ~texts.whole[frame["row"].to_numpy(int)]
    frame = frame.sort_values(["short", "again"], kind="stable")
    frame["rank"] = frame.groupby(cell).cumcount()
    frame = frame[frame["rank"] < SPANS_OF_CELL].sort_values("rank", kind="stable").head(SPANS)
    sentence = texts.place(frame["row"].to_numpy(np.int64), frame["sentence"].to_numpy(np.int64))
    there = texts.take(sentence)
    frame, sentence = frame[there], sentence[there]
    frame = frame.assign(from_=texts.starts[sentence], to=texts.ends[sentence]).sort_values(["row", "start"])
    features, feature = pooled(frame["feature"])
    sources, source = pooled(frame["source"].astype(str))
    return {
        "features": features,
        "sources": sources,
        "feature": feature,
        "source": source,
        "article": frame["row"].astype(int).tolist(),
        "voice": frame["voice"].eq("source").astype(int).tolist(),
        "negated": frame["negated"].astype(int).tolist(),
        "start": frame["start"].astype(int).tolist(),
        "end": frame["end"].astype(int).tolist(),
        "from": frame["from_"].astype(int).tolist(),
        "to": frame["to"].astype(int).tolist(),
    }
