"""Rows of spans, in reading order, that join over batches of articles: of evidence, and of attributions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd

from bitext.arrays import Ints

#: Whose words: the outlet's own, or its source's.
OUTLET, SOURCE = "outlet", "source"


@dataclass(frozen=True)
class Spans:
    """Rows of evidence, in reading order.

    Attributes:
        table: the rows.
        place: place of each row's article, see `Tokens.places`.
        rank: what decides which rows stay, where there is a limit: ``group`` and ``lot`` (a hash of the
            article's identifier), and ``again``, how many rows of the same feature and voice stand before it
            in the article.
        run: the run record of the tokens.
    """

    table: pd.DataFrame
    place: Ints
    rank: pd.DataFrame
    run: Mapping[str, Any] = field(default_factory=dict)

    def take(self, rows: Ints) -> "Spans":
        """Return these rows, in this order."""
        table, rank = (frame.iloc[rows].reset_index(drop=True) for frame in (self.table, self.rank))
        return Spans(table, self.place[rows], rank, self.run)


def joined(parts: Iterable[Spans], *, top: int | None = None) -> Spans:
    """Join the rows of several batches, of which each has the first *top*."""
    held = list(parts)
    filled = [part for part in held if len(part.place)]
    if not filled:
        return held[0]
    tables, ranks = (
        pd.concat([getattr(part, name) for part in filled], ignore_index=True) for name in ("table", "rank")
    )
    place = np.concatenate([part.place for part in filled])
    every = Spans(tables, place, ranks, held[0].run)
    return limited(every.take(np.argsort(place, kind="stable")), top)


def rows(spans: Spans) -> pd.DataFrame:
    """Return the table of the rows."""
    return spans.table.copy()


def limited(spans: Spans, top: int | None) -> Spans:
    """Keep the first *top* rows of each feature, voice and group."""
    if top is None:
        return spans
    frame = spans.rank.assign(place=spans.place, feature=spans.table["feature"], voice=spans.table["voice"])
    first = frame.sort_values(["again", "lot", "place"], kind="stable")
    place = first.groupby(["feature", "voice", "group"]).cumcount()
    return spans.take(np.sort(place.index[place < top].to_numpy()))


def lot(article: str) -> int:
    """Return a hash of an article's identifier: a draw that is the same in every run."""
    return int.from_bytes(blake2b(str(article).encode("utf-8", "surrogatepass"), digest_size=8).digest())
