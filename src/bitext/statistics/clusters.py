"""Articles that belong together (of one day, week or story) → the units of a comparison.

Articles on one event share their words. Counted as independent they make chance look like a difference: one
outlet, split in two by weeks, "differs" from itself in a tenth of its words. Here the articles of a cluster
are added up before anything is squared, and a cluster with articles on both sides lets them vary together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Bools, Floats, Ints
from bitext.counting.counts import Counts
from bitext.errors import TableError
from bitext.schema import NO_GROUP, require
from bitext.statistics.permutation_tail import Powers
from bitext.statistics.resample import canonical
from bitext.statistics.sides import Side
from bitext.tokens.grouping import PERIODS, codes, group_values

#: A column of the articles, "day", "week", ..., "story"; or the table of `bitext.stories`.
Cluster = str | pd.DataFrame | None

#: What an article in no cluster has in its place (stories number from 0).
_NOWHERE = (NO_GROUP, "-1")
#: With fewer clusters on a side how much they vary is not known, and there is no interval and no p.
FEWEST = 5
#: How the units are called in notes.
_UNITS = {"day": "days", "week": "weeks", "month": "months", "story": "stories"}
#: Those whose singular is not the plural without its s.
_ONE = {"stories": "story"}


class NoStoriesError(TableError):
    """The articles are to be put together by story, and have no column that says which."""


def column_of(cluster: Cluster) -> str | None:
    """Return the name under which the run record keeps *cluster*."""
    return cluster if cluster is None or isinstance(cluster, str) else "story"


def units_of(cluster: Cluster) -> str:
    """Return how the units are called: "days", "stories", else "clusters"."""
    name = column_of(cluster)
    return "articles" if name is None else _UNITS.get(name, "clusters")


def number_of(number: int, units: str) -> str:
    """Return "1 story", "2 stories"; *units* is their plural."""
    return f"1 {_ONE.get(units, units[:-1])}" if number == 1 else f"{number} {units}"


def too_few(units: int, cluster: Cluster) -> str:
    """Return why so many clusters, of one side, give no interval and no p; "" where they do.

    Examples:
        >>> too_few(2, "week"), too_few(5, "week"), too_few(2, None)
        ('not estimable: 2 weeks, at least 5 needed', '', '')
    """
    if cluster is None or units >= FEWEST:
        return ""
    return f"not estimable: {number_of(units, units_of(cluster))}, at least {FEWEST} needed"


def cluster_codes(articles: pd.DataFrame, cluster: Cluster) -> Ints:
    """Return the number of each article's cluster; an article without one is a cluster of its own.

    Args:
        articles: the table of articles.
        cluster: a column of it, or "day", "week", "month", ...; or a table with the columns ``article`` and
            ``story``, as `bitext.stories` returns. None: each article is its own.

    Raises:
        NoStoriesError: *cluster* is "story", which is no column.
        TableError: the column does not exist, or the table lacks one.

    Examples:
        >>> table = pd.DataFrame({"article": ["a", "b", "c"], "desk": ["x", "", "x"]})
        >>> cluster_codes(table, "desk").tolist()
        [0, 1, 0]
        >>> cluster_codes(table, pd.DataFrame({"article": ["b", "c"], "story": [7, 7]})).tolist()
        [0, 1, 1]
    """
    if cluster is None:
        return np.arange(len(articles), dtype=np.int64)
    named = enumerate(_named(articles, cluster))
    own = [("", i) if name in _NOWHERE else (name, -1) for i, name in named]
    found: Ints = np.asarray(pd.factorize(pd.Series(own, dtype=object))[0], dtype=np.int64)
    return found


def cluster_names(articles: pd.DataFrame, cluster: Cluster) -> npt.NDArray[np.object_]:
    """Return the name of each article's cluster, the same in every batch; see `cluster_codes`.

    Examples:
        >>> table = pd.DataFrame({"article": ["a", "b", "c"], "desk": ["x", "", "x"]})
        >>> cluster_names(table, "desk").tolist()
        ['cluster x', 'article b', 'cluster x']
    """
    own = articles["article"].astype(str).tolist()
    if cluster is None:
        return np.array([f"article {name}" for name in own], dtype=object)
    pairs = zip(_named(articles, cluster), own, strict=True)
    names = [f"article {article}" if name in _NOWHERE else f"cluster {name}" for name, article in pairs]
    return np.array(names, dtype=object)


def _named(articles: pd.DataFrame, cluster: str | pd.DataFrame) -> list[str]:
    """Return the value that makes each article's cluster; one of `_NOWHERE` where it is in none."""
    if isinstance(cluster, pd.DataFrame):
        require(cluster, ("article", "story"), "the table of stories")
        story = dict(zip(cluster["article"], cluster["story"].astype(str), strict=True))
        return [story.get(name, NO_GROUP) for name in articles["article"]]
    require_stories(articles, cluster)
    return [str(name) for name in group_values(articles, cluster)[cluster]]


def require_stories(articles: pd.DataFrame, cluster: Cluster) -> None:
    """Raise `NoStoriesError` where *cluster* asks for a column of stories that the articles do not have."""
    if isinstance(cluster, str) and cluster == "story" and "story" not in articles:
        raise NoStoriesError(
            "cluster='story' needs texts, or a column 'story' in the articles; give tokens in place of "
            "counts, or pass the table of stories itself: cluster=bitext.stories(tokens)"
        )


def added(rows: npt.ArrayLike, weights: Floats | None = None, height: int | None = None) -> sparse.csr_array:
    """Return the matrix that adds up (weighted) articles by the number of their row.

    Examples:
        >>> (added([0, 1, 0]) @ np.array([1, 2, 3])).tolist()
        [4.0, 2.0]
    """
    number = np.asarray(rows, dtype=np.int64)
    data = np.ones(len(number)) if weights is None else weights
    shape = (int(number.max(initial=-1)) + 1 if height is None else height, len(number))
    return sparse.csr_array((data, (number, np.arange(len(number)))), shape=shape)


def added_up(counts: Counts, by: Sequence[str], cluster: Cluster) -> Counts:
    """Return counts whose rows are units: the articles of a cluster in one group, added up.

    Args:
        counts: counts of articles.
        by: columns (or periods) that make the groups; they are columns of the result.
        cluster: see `cluster_codes`.
    """
    rows = canonical(counts)
    about = counts.articles.iloc[rows].reset_index(drop=True)
    values = group_values(about, list(by)) if by else pd.DataFrame(index=about.index)
    number, _ = codes(about, tuple(by))
    own = cluster_codes(about, cluster)
    _, first, unit = np.unique(
        number * (own.max(initial=0) + 1) + own, return_index=True, return_inverse=True
    )
    belongs = added(unit)
    kind = counts.matrix.dtype
    table = values.iloc[first].reset_index(drop=True)
    table["article"] = [f"{i:09}" for i in range(len(first))]
    if "lang" in about and "lang" not in table:
        table["lang"] = about["lang"].iloc[first].to_numpy()
    matrix = sparse.csr_array(belongs @ counts.matrix[rows])
    lengths = np.asarray(belongs @ counts.lengths[rows])
    if kind.kind != "f":
        matrix, lengths = matrix.astype(np.int64), lengths.astype(np.int64)
    return Counts(matrix, table, counts.terms, lengths, counts.unit, counts.run)


@dataclass(frozen=True)
class Clustered:
    """Two sides, in clusters.

    Attributes:
        target, reference: the sides; their units are clusters.
        covariance: of the logarithms of both rates, per term.
        most: the covariance at which the variance over clusters is no less than that over articles: what
            deviations may cancel.
    """

    target: Side
    reference: Side
    covariance: Floats
    most: Floats


def clustered(
    matrix: sparse.csr_array,
    lengths: Ints | Floats,
    sides: Sequence[Bools],
    cluster: Ints,
    weights: Floats | None = None,
) -> Clustered:
    """Add up the articles of each side by cluster.

    With the deviations ``a = sum(x - r1 L) / f1`` of the target's articles of a cluster and ``b`` of the
    reference's, the variance of ``ln(r1 / r2)`` is ``c1 sum(a²) + c2 sum(b²) - 2 c sum(ab)``, c = G / (G - 1)
    for G clusters.

    Args:
        matrix: hits, articles × terms.
        lengths: tokens of each article.
        sides: which articles are the target's, and which the reference's (boolean).
        cluster: number of each article's cluster.
        weights: of each article (see `equal_in_time`).

    Source:
        Liang & Zeger (1986); Cameron & Miller (2015), A practitioner's guide to cluster-robust inference.
    """
    names = [np.unique(cluster[rows], return_inverse=True) for rows in sides]
    found, parts = [], []
    for rows, (values, number) in zip(sides, names, strict=True):
        weight = None if weights is None else weights[rows]
        belongs = added(number, weight, len(values))
        x = sparse.csr_array(belongs @ matrix[rows])
        length = np.asarray(belongs @ lengths[rows], dtype=np.float64)
        found.append(_side(x, length))
        parts.append((x, length))
    _, in_one, in_other = np.intersect1d(names[0][0], names[1][0], assume_unique=True, return_indices=True)
    return Clustered(
        found[0],
        found[1],
        _covariance(parts, in_one, in_other, found),
        _most(matrix, lengths, sides, weights, found),
    )


def _most(
    matrix: sparse.csr_array,
    lengths: Ints | Floats,
    sides: Sequence[Bools],
    weights: Floats | None,
    found: Sequence[Side],
) -> Floats:
    """Return the covariance at which the variance over clusters is no less than that over articles.

    Where one story holds most hits of both sides, its deviations cancel by chance, and nearly nothing is left
    of a variance that is estimated from them alone. Its articles were dealt to the sides one by one, too.

    Source:
        Angrist & Pischke (2009), Mostly harmless econometrics, 8.2: the larger of both standard errors.
    """
    floor = np.zeros(matrix.shape[1])
    total = np.zeros(matrix.shape[1])
    for rows, side in zip(sides, found, strict=True):
        weight = np.ones(int(rows.sum())) if weights is None else weights[rows]
        x = sparse.csr_array(sparse.diags_array(weight) @ matrix[rows])
        with np.errstate(invalid="ignore"):
            floor += np.nan_to_num(_side(x, weight * lengths[rows]).relative)
            total += np.nan_to_num(side.relative)
    return np.asarray((total - floor) / 2)


def _side(x: sparse.csr_array, length: Floats) -> Side:
    """Make a side of its units × terms."""
    square, cube = x.multiply(x), x.multiply(x).multiply(x)
    one, two = length, length**2

    def total(of: sparse.sparray, by: Floats | None = None) -> Floats:
        weight = np.ones(of.shape[0]) if by is None else by
        return np.asarray(sparse.csr_array(of).T @ weight, dtype=np.float64)

    powers = Powers(
        total(square), total(x, one), float(two.sum()), total(cube), total(square, one), total(x, two),
        float((length**3).sum()),
    )  # fmt: skip
    holders = np.bincount(x.indices, minlength=x.shape[1]).astype(np.float64)
    return Side.summed(len(length), float(length.sum()), total(x), holders, powers)


def _covariance(
    parts: Sequence[tuple[sparse.csr_array, Floats]], in_one: Ints, in_other: Ints, sides: Sequence[Side]
) -> Floats:
    if not len(in_one):
        return np.zeros(parts[0][0].shape[1])
    (x1, l1), (x2, l2) = (
        (x[rows], length[rows]) for (x, length), rows in zip(parts, (in_one, in_other), strict=True)
    )
    r1, r2 = sides[0].rate, sides[1].rate
    both = np.asarray(x1.multiply(x2).sum(axis=0), dtype=np.float64).ravel()
    value = both - r1 * (x2.T @ l1) - r2 * (x1.T @ l2) + r1 * r2 * float(l1 @ l2)
    clusters = sides[0].size + sides[1].size - len(in_one)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = value / (sides[0].n * sides[1].n) * clusters / max(clusters - 1, 1)
    return np.asarray(np.where(np.isfinite(found), found, 0))


def periods(articles: pd.DataFrame, per: str) -> Ints:
    """Return the number of each article's period, counted on from the first; -1 without a date.

    Examples:
        >>> table = pd.DataFrame({"date": pd.to_datetime(["2021-03-16", None, "2021-03-02"])})
        >>> periods(table, "week").tolist()
        [2, -1, 0]
    """
    if "date" not in articles:
        return np.full(len(articles), -1, dtype=np.int64)
    dates = pd.to_datetime(articles["date"])
    known = dates.notna().to_numpy()
    number = np.full(len(articles), -1, dtype=np.int64)
    if known.any():
        ordinal = dates[known].dt.to_period(PERIODS[per]).astype("int64").to_numpy()
        number[known] = ordinal - ordinal.min()
    return number
