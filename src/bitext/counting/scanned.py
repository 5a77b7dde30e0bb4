"""A `Scan` → its counts, batch by batch: sums of groups, or the counts of every single article."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.copies.duplicates import duplicates
from bitext.corpus.scan import Progress, Scan
from bitext.counting.count import count, shares_of, weighted
from bitext.counting.counts import WEIGHT_UNITS, Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.counting.phrasing import phrasing as find_phrasing
from bitext.engines.reduction import Reduction, by_place
from bitext.record import run_record
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_names
from bitext.tokens.tokens import Tokens


@dataclass(frozen=True)
class _Settings:
    """What every batch is counted with.

    Attributes:
        counting: arguments of `bitext.count`.
        shares: weight of every article that does not count in full.
    """

    counting: Mapping[str, Any]
    shares: pd.Series

    @classmethod
    def of(cls, scan: Scan, counting: dict[str, Any], copies: str, progress: Progress | None) -> "_Settings":
        """Look for copies and for phrases, where they are asked for: each a pass over all articles."""
        clusters = None if copies == "keep" else duplicates(scan, progress=progress)
        if counting.get("unit") == "phrase" and counting.get("phrasing") is None:
            counting["phrasing"] = find_phrasing(scan, progress)
        return cls(counting, shares_of(clusters, copies))

    def record(self, **more: Any) -> dict[str, Any]:
        """Return the run record of counting."""
        told = {name: value for name, value in self.counting.items() if name != "concepts"}
        told["phrasing"] = None if told.get("phrasing") is None else repr(told["phrasing"])
        return run_record("count", **more, **told)


def group_scan(scan: Scan, by: str | Sequence[str], progress: Progress | None = None) -> GroupedCounts:
    """Count the articles of a `Scan` batch by batch: see `Scan.group`."""
    counting = dict(scan.counting or {})
    copies, min_articles = counting.pop("copies", "keep"), counting.pop("min_articles", 1)
    with replace(scan, counting=None).started() as running:
        settings = _Settings.of(running, counting, copies, progress)
        # Sums may be added to others again: their terms are ordered once, at the end.
        task: Reduction[Tokens, GroupedCounts, GroupedCounts] = Reduction(
            partial(_sums, by, settings),
            partial(GroupedCounts.merge, ordered=False),
            GroupedCounts.ordered,
        )
        grouped, before = reduced(running, task, progress)
    record = settings.record(by=group_names(by), min_articles=min_articles, copies=copies)
    return replace(grouped, run={**record, "before": before}).supported(min_articles)


def _sums(by: str | Sequence[str], settings: _Settings, tokens: Tokens) -> GroupedCounts:
    """Count one batch: what a worker does."""
    counts = count(tokens, **settings.counting)
    grouped = replace(GroupedCounts.of(weighted(counts, settings.shares), by), run=counts.run["before"])
    # A batch without a shared text must add up with the others.
    return grouped.in_units(WEIGHT_UNITS) if bool((settings.shares % 1 != 0).any()) else grouped


def count_scan(scan: Scan, check: Callable[[pd.DataFrame], None], progress: Progress | None = None) -> Counts:
    """Count every article of a `Scan`, as `bitext.count` does of tokens: a row for each article is held.

    Of each article some 8 bytes a different word are held, twice while batches are joined.

    Args:
        scan: what is counted, as `bitext.count` said.
        check: called with the articles of each batch before they are counted, to refuse them.
        progress: called with the number of articles done since the last call, in each pass.
    """
    counting = dict(scan.counting or {})
    copies, min_articles = counting.pop("copies", "keep"), counting.pop("min_articles", 1)
    with replace(scan, counting=None).started() as running:
        settings = _Settings.of(running, counting, copies, progress)
        task: Reduction[Tokens, _Parts, Counts] = Reduction(
            partial(_part, check, settings), _Parts.merge, _Parts.joined
        )
        counts, before = reduced(running, task, progress)
    record = settings.record(min_articles=min_articles, copies=copies)
    return replace(counts, run={**record, "before": before}).supported(min_articles)


@dataclass(frozen=True)
class _Parts:
    """Counts of batches, by the place of their first article; and the run record of their tokens."""

    parts: Mapping[int, Counts]
    run: Mapping[str, Any]

    @classmethod
    def merge(cls, several: Iterable["_Parts"]) -> "_Parts":
        """Put batches beside each other."""
        held = list(several)
        return cls(by_place(one.parts for one in held), held[0].run)

    def joined(self) -> Counts:
        """Return the counts of all batches, in reading order, with columns sorted."""
        parts = [self.parts[first] for first in sorted(self.parts)]
        labels = np.array(sorted(set().union(*(part.terms.tolist() for part in parts))), dtype=object)
        place = {label: column for column, label in enumerate(labels)}
        rows = []
        for part in parts:
            column = np.array([place[label] for label in part.terms], dtype=np.int32)
            matrix = part.matrix
            shape = (matrix.shape[0], len(labels))
            # Columns of a part are sorted, as those of the whole are: so are the indices of each row.
            rows.append(sparse.csr_array((matrix.data, column[matrix.indices], matrix.indptr), shape=shape))
        coverage = [part.coverage for part in parts if part.coverage is not None]
        return replace(
            parts[0],
            matrix=sparse.csr_array(sparse.vstack(rows, format="csr")),
            articles=pd.concat([part.articles for part in parts], ignore_index=True),
            terms=labels,
            lengths=np.concatenate([part.lengths for part in parts]),
            coverage=pd.concat(coverage, ignore_index=True) if coverage else None,
        )


def _part(check: Callable[[pd.DataFrame], None], settings: _Settings, tokens: Tokens) -> _Parts:
    """Count one batch: what a worker does."""
    check(tokens.articles)
    counts = count(tokens, **settings.counting)
    return _Parts({tokens.first: weighted(counts, settings.shares)}, counts.run["before"])
