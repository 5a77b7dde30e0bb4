"""Articles in order of time → windows of so many at once, and groups found in each → groups of all.

Stories lie within days, so that articles can be compared window by window. Windows overlap by as many days as
two articles of a story may lie apart, but by half a window at most: where more articles than that appear in
those days, the farthest of them are not compared.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.corpus.clock import UNKNOWN, Clock
from bitext.corpus.corpus import Corpus
from bitext.corpus.kept_texts import KeptTexts
from bitext.corpus.scan import Progress, Scan
from bitext.engines import engine as engines
from bitext.engines.reduction import Reduction, by_place
from bitext.events.grouped import Grouped, grouped
from bitext.events.linkage import Links
from bitext.text.encoder import Encoder
from bitext.tokenizing.tokenize import tokenize
from bitext.tokenizing.windows import over_windows
from bitext.tokens.tokens import Tokens

#: Articles compared with one another at once.
MOST = 3000
_DAY = 86_400_000_000


def windows(clock: Clock, days: float, most: int | None = None) -> list[Ints]:
    """Return the rows of each window, ascending; articles without a date stand at the end, by themselves.

    Args:
        clock: when the articles were published.
        days: by which neighbouring windows overlap.
        most: articles in a window; None is `MOST`.

    Examples:
        >>> import pandas as pd
        >>> dates = pd.to_datetime(["2031-03-01", "2031-03-09", "2031-03-02", "2031-03-08"])
        >>> clock = Clock.of(pd.DataFrame({"outlet": "X", "date": dates}))
        >>> [window.tolist() for window in windows(clock, 3.0, most=2)]
        [[0, 2], [1, 3]]
    """
    most = MOST if most is None else most
    time = clock.middle
    order = np.argsort(time, kind="stable").astype(np.int64)
    if len(order) <= most:
        return [np.sort(order)]
    sorted_time, found, start = time[order], [], 0
    while start < len(order):
        end = min(start + most, len(order))
        found.append(np.sort(order[start:end]))
        if end == len(order):
            break
        near = end  # an article without a date is compared with those beside it
        if sorted_time[end] != UNKNOWN:
            near = int(np.searchsorted(sorted_time, sorted_time[end] - int(days * _DAY), "left"))
        start = min(max(near, start + (most + 1) // 2), end)
    return found


def of_scan(
    scan: Scan, days: float, threshold: float | None, encoder: Encoder | None, progress: Progress | None
) -> tuple[pd.DataFrame, Grouped]:
    """Return the articles of a scan, without their texts, and their groups, found window by window."""
    settings = {name: value for name, value in scan.tokenizing.items() if name not in ("learn", "workers")}
    find = partial(_found, days, threshold, encoder)
    with engines.start(scan.engine, scan.workers) as engine:
        running = scan.on(engine)
        places, articles = running.reduce(Reduction(_listed, by_place, _stacked), progress=progress)
        rows = windows(Clock.of(articles), days)
        if engine.here:
            asked = ((window, None) for window in rows)
            kept = KeptTexts(running, progress)
            parts = list(over_windows(engine, articles, kept, asked, find, settings))
        else:  # workers elsewhere do not see files of this machine
            parts = [find(tokenize(running.articles(places[window]), **settings), None) for window in rows]
    return articles, joined(len(articles), rows, parts)


def _listed(corpus: Corpus) -> dict[int, pd.DataFrame]:
    return {corpus.first: corpus.articles.assign(text="")}


def _stacked(found: Mapping[int, pd.DataFrame]) -> tuple[Ints, pd.DataFrame]:
    """Return the places of all articles in reading order, and the articles."""
    tables = [found[first] for first in sorted(found)]
    places = [first + np.arange(len(found[first]), dtype=np.int64) for first in sorted(found)]
    return np.concatenate(places), pd.concat(tables, ignore_index=True)


def _found(days: float, threshold: float | None, encoder: Encoder | None, tokens: Tokens, _: Any) -> Grouped:
    return grouped(tokens, days=days, threshold=threshold, encoder=encoder)


def joined(n: int, rows: Sequence[Ints], parts: Sequence[Grouped]) -> Grouped:
    """Return the groups of *n* articles from those of overlapping windows.

    A group goes on with an earlier one if they share half of what either has in the overlap; an article that
    was in a group of an earlier window stays there. Sagas that share a group are one.

    Args:
        n: number of articles.
        rows: of each window.
        parts: what was found in each.
    """
    if len(parts) == 1:
        return parts[0]
    label, size = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64)
    similarity, credits = np.full(n, np.nan), np.zeros(n, dtype=bool)
    same: list[tuple[int, int]] = []
    for window, part in zip(rows, parts, strict=True):
        known = label[window]
        credits[window] |= part.credits
        overlap = np.bincount(known[known >= 0], minlength=1)
        order = np.argsort(part.groups, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(part.groups[order])) + 1):
            where, before = window[members], known[members]
            new = where[before < 0]
            earlier, shared = np.unique(before[before >= 0], return_counts=True)
            name = int(new.min()) if len(new) else -1
            if len(earlier):
                best = int(np.argmax(shared))
                if 2 * shared[best] >= min(shared.sum(), overlap[earlier[best]]):
                    name = int(earlier[best])
            label[new] = name
            wider = len(members) > size[where]
            similarity[where[wider]] = part.similarity[members[wider]]
            size[where[wider]] = len(members)
        for saga in np.unique(part.sagas):
            names = np.unique(label[window[part.sagas == saga]]).tolist()
            same += [(names[0], other) for other in names[1:]]
    one, other = np.array(same, dtype=np.int64).reshape(-1, 2).T
    graph = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(n, n))
    saga_of = sparse.csgraph.connected_components(graph, directed=False)[1]
    groups, sagas = _by_first(label), _by_first(saga_of[label])
    threshold = max(part.threshold for part in parts)
    return Grouped(groups, sagas, similarity, threshold, _pairs(groups, rows, parts), credits)


def _pairs(groups: Ints, rows: Sequence[Ints], parts: Sequence[Grouped]) -> Links:
    """Return the pairs of all windows that are inside *groups*; of one that was seen twice the first."""
    found = [
        (window[part.pairs.first], window[part.pairs.second])
        for window, part in zip(rows, parts, strict=True)
    ]
    first, second = (np.concatenate(ends) for ends in zip(*found, strict=True))
    similarity = np.concatenate([part.pairs.similarity for part in parts])
    keep = (groups[first] == groups[second]) & ~pd.DataFrame({"first": first, "second": second}).duplicated()
    return Links(first[keep], second[keep], similarity[keep])


def _by_first(labels: Ints) -> Ints:
    """Return for each article the smallest number of an article with its label."""
    _, first, number = np.unique(labels, return_index=True, return_inverse=True)
    return first[number].astype(np.int64)
