"""Articles → pairs that share their text: which, and how much."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.copies import fingerprints as traces
from bitext.copies.fingerprints import Detail, HasArticles, Sketch
from bitext.copies.minhash import candidates
from bitext.copies.overlap import TextPairs, ordered, pairs_exact, pairs_verified
from bitext.copies.relations import NEAR, kinds, relations
from bitext.copies.shingles import SIZE
from bitext.corpus.scan import Progress, Scan
from bitext.engines.reduction import Reduction, by_place
from bitext.errors import BitextError
from bitext.record import run_record

B = TypeVar("B")
C = TypeVar("C")

#: Corpora of up to this many articles are compared exactly; larger ones through MinHash candidates.
EXACT_UP_TO = 10_000

#: Articles whose shingles are held at once to verify candidates: about 10 kB each.
_AT_ONCE = 25_000

#: Groups of equal texts up to this size are paired out in full.
_PAIRED = 12

#: Columns of `duplicate_pairs`.
PAIRS = (
    "article_a",
    "article_b",
    "outlet_a",
    "outlet_b",
    "agency",
    "kind",
    "relation",
    "sure",
    "hours",
    "jaccard",
    "containment",
    "kept",
    "new",
)


@checked
def duplicate_pairs(
    corpus: HasArticles | Scan,
    *,
    threshold: float = 0.5,
    exact: bool | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return every pair of articles that share their text: the raw material of `duplicates`.

    Args:
        corpus: a Corpus (or Tokens), or a `Scan`.
        threshold: as in `duplicates`.
        exact: as in `duplicates`. Groups of more than 12 equal texts, and without it all large groups of
            copies, are linked but not paired out in full.
        progress: as in `duplicates`.

    Returns:
        One row per pair; ``article_a`` is the earlier. Columns as in `duplicates`, where ``kept`` is the
        share of a's shingles found in b and ``new`` the share of b's that a lacks.

    Raises:
        BitextError: *threshold* is out of range.

    Examples:
        >>> import pandas as pd, bitext
        >>> text = "The river rose two metres overnight and the old bridge was closed to all traffic"
        >>> frame = pd.DataFrame({"text": [f"{text}.", f"{text}, police said."]})
        >>> table = duplicate_pairs(bitext.Corpus.from_frame(frame))
        >>> table[["article_a", "article_b", "kind", "containment", "new"]].round(2)
          article_a article_b  kind  containment   new
        0         0         1  near          1.0  0.14
    """
    articles, pairs, n = matches(corpus, threshold, exact, progress)
    names, outlets = articles["article"].to_numpy(), articles["outlet"].to_numpy()
    table = pairs.assign(
        article_a=names[pairs["a"]],
        article_b=names[pairs["b"]],
        outlet_a=outlets[pairs["a"]],
        outlet_b=outlets[pairs["b"]],
        agency=agency_of(articles, pairs),
    )
    table = table[list(PAIRS)].reset_index(drop=True)
    table.attrs["run"] = record("duplicate_pairs", n, threshold, exact)
    return table


def agency_of(articles: pd.DataFrame, pairs: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the agency that a pair's texts credit: the later one's, else the earlier one's, else ""."""
    agencies = articles["agency"].to_numpy(dtype=object)
    earlier, later = (agencies[pairs[side].to_numpy(dtype=np.int64)] for side in ("a", "b"))
    return np.asarray(np.where(later == "", earlier, later), dtype=object)


class Matches(NamedTuple):
    """Which articles share their text.

    Attributes:
        articles: columns `traces.SHOWN`, ``agency`` and ``printed``, in order of time (none last; then in
            reading order).
        pairs: rows of *articles* a < b, similarities, kind and relation; see `duplicate_pairs`.
        n: articles that were compared.
    """

    articles: pd.DataFrame
    pairs: pd.DataFrame
    n: int


def matches(
    source: HasArticles | Scan, threshold: float, exact: bool | None, progress: Progress | None = None
) -> Matches:
    """Compare the articles of *source* with one another.

    A `Scan` is read once for sketches of all articles, then for the shingles of the candidates, so many at a
    time; or, for the exact search, once for the shingles of all.

    Raises:
        BitextError: *threshold* is out of range.
    """
    if not 0 < threshold <= 1:
        raise BitextError(f"threshold must be above 0 and at most 1, got {threshold!r}")
    if isinstance(source, Scan):
        with source.started() as running:
            if exact is None and running.number(progress) <= EXACT_UP_TO:
                exact = True
            return _matches(running, threshold, exact, progress)
    if exact is None and len(source.articles) <= EXACT_UP_TO:
        exact = True
    return _matches(source, threshold, exact, progress)


def _matches(
    source: HasArticles | Scan, threshold: float, exact: bool | None, progress: Progress | None
) -> Matches:
    if not exact:
        sketch = _reduced(source, SKETCHES, None, progress)
        if exact is False or len(sketch.place) > EXACT_UP_TO:
            return _verified(source, sketch, threshold, progress)
    detail = _reduced(source, _details(None), None, progress)
    found = _pairs(detail, threshold)
    return Matches(detail.articles, measures(detail, found), len(detail.place))


def _pairs(detail: Detail, threshold: float) -> TextPairs:
    """Compare distinct texts; of equal ones the first stands for all, and each is paired with it.

    Equal texts grow in line with their number: in groups of up to `_PAIRED` they are paired with one another.
    """
    sizes = detail.sets.sizes
    _, first, number = np.unique(detail.folded, return_index=True, return_inverse=True)
    stands = first[number]
    one, other = [], []
    for step in range(1, _PAIRED):  # in order of time, the copies of a text stand one after the other
        order = np.argsort(number, kind="stable")
        same = number[order[step:]] == number[order[:-step]] if step < len(order) else np.zeros(0, dtype=bool)
        one.append(order[:-step][same])
        other.append(order[step:][same])
    far = np.flatnonzero(stands != np.arange(len(stands)))
    first_of, again = np.concatenate([*one, stands[far]]), np.concatenate([*other, far])
    keep = sizes[again] > 0
    distinct = np.unique(first)
    found = pairs_exact(detail.sets.take(distinct), threshold)
    return ordered(
        np.concatenate((distinct[found.first], first_of[keep])),
        np.concatenate((distinct[found.second], again[keep])),
        np.concatenate((found.shared, sizes[again[keep]])),
        len(sizes),
    )


#: What candidates need of all articles.
SKETCHES = Reduction(traces.sketch, by_place, Sketch.joined)


def _details(places: Ints | None) -> Reduction[HasArticles, Mapping[int, Detail], Detail]:
    """Return what measuring needs of the articles at *places*; None is all."""
    return Reduction(partial(traces.detail, places), by_place, Detail.joined)


def _reduced(
    source: HasArticles | Scan,
    reduction: Reduction[HasArticles, B, C],
    places: Ints | None,
    progress: Progress | None,
) -> C:
    if not isinstance(source, Scan):
        return reduction(source)
    key = "sketches" if reduction is SKETCHES else ""  # the details of a few articles are not worth a file
    return source.reduce(reduction, rows=places, key=key, progress=progress)


def _verified(
    source: HasArticles | Scan, sketch: Sketch, threshold: float, progress: Progress | None
) -> Matches:
    """Find candidates by their sketches, and fetch the shingles of so many articles at a time."""
    n = len(sketch.place)
    first, second = candidates(sketch.sketches, threshold)
    place = sketch.place
    del sketch
    tables, articles = [], []
    for chosen in _rounds(first, second, n):
        a, b = first[chosen], second[chosen]
        rows = np.unique(np.concatenate((a, b)))  # in order of time, as the details come
        detail = _reduced(source, _details(np.sort(place[rows])), place[rows], progress)
        found = pairs_verified(detail.sets, np.searchsorted(rows, a), np.searchsorted(rows, b), threshold)
        table = measures(detail, found)
        used = np.unique(table[["a", "b"]].to_numpy(dtype=np.int64))
        tables.append(table.assign(a=rows[found.first], b=rows[found.second]))
        articles.append(detail.articles.iloc[used].set_index(rows[used]))
    if not tables:
        detail = _reduced(source, _details(place[:0]), place[:1], progress)
        return Matches(detail.articles, measures(detail, TextPairs(first, first, first)), n)
    named = pd.concat(articles).sort_index()
    pairs = pd.concat(tables).sort_values(["a", "b"], ignore_index=True)
    for side in ("a", "b"):
        pairs[side] = np.searchsorted(named.index.to_numpy(), pairs[side].to_numpy())
    return Matches(named.reset_index(drop=True), pairs, n)


def _rounds(first: Ints, second: Ints, n: int) -> Iterator[Ints]:
    """Yield the pairs in parts that touch few articles; what hangs together stays together."""
    if not len(first):
        return
    ones = np.ones(len(first), dtype=np.int8)
    graph = sparse.coo_array((ones, (first, second)), shape=(n, n))
    _, group = sparse.csgraph.connected_components(graph, directed=False)
    touched = np.unique(np.concatenate((first, second)))
    sizes = np.bincount(group[touched], minlength=int(group.max()) + 1)
    part = np.cumsum(sizes)[group[first]] // _AT_ONCE
    order = np.argsort(part, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(part[order])) + 1)


def record(step: str, n: int, threshold: float, exact: bool | None) -> dict[str, Any]:
    """Return the run record of a search for duplicates."""
    used = n <= EXACT_UP_TO if exact is None else exact
    return run_record(step, threshold=threshold, exact=used, shingle=SIZE, near=NEAR, articles=n)


def measures(detail: Detail, pairs: TextPairs) -> pd.DataFrame:
    """Return the pairs as a table: rows a < b of *detail*, similarities, kind and relation."""
    sizes = detail.sets.sizes
    table = pd.DataFrame(
        {
            "a": pairs.first,
            "b": pairs.second,
            "hours": detail.clock.hours(pairs.first, pairs.second),
            "sure": detail.clock.before(pairs.first, pairs.second),
            "jaccard": pairs.jaccard(sizes),
            "containment": pairs.containment(sizes),
            "kept": pairs.shared / sizes[pairs.first],
            "new": 1.0 - pairs.shared / sizes[pairs.second],
        }
    )
    table["kind"] = kinds(detail, table)
    table["relation"] = relations(detail, table)
    return table
