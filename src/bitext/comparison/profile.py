"""Term profiles of groups: totals per group, and the same totals over resampled articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from bitext.arrays import Floats, Ints
from bitext.counting.counts import Counts, require_one_language
from bitext.counting.grouped_counts import GroupedCounts
from bitext.record import generator
from bitext.statistics import groups, resample
from bitext.statistics.clusters import Cluster, added, cluster_codes


@dataclass(frozen=True)
class Profiles:
    """The articles of a comparison in canonical order, and which group each belongs to.

    Attributes:
        matrix: articles × terms, terms sorted, terms that occur nowhere left out.
        number: group of each article.
        keys: the groups, sorted.
        terms: the columns.
        cluster: number of each article's cluster; its own number where articles are the units.
    """

    matrix: sparse.csr_array
    number: Ints
    keys: tuple[groups.Key, ...]
    terms: npt.NDArray[np.object_]
    cluster: Ints

    @classmethod
    def of(cls, counts: Counts, by: Sequence[str], cluster: Cluster = None) -> "Profiles":
        """Order the articles of *counts* by identifier and the terms by name.

        Raises:
            LanguageError: terms of more than one language.
        """
        require_one_language(counts)
        number, keys = groups.codes(counts.articles, by)
        rows = resample.canonical(counts)
        used = np.flatnonzero(np.bincount(counts.matrix.indices, minlength=len(counts.terms)))
        columns = used[np.argsort(counts.terms[used], kind="stable")]
        matrix = sparse.csr_array(counts.matrix[rows][:, columns])
        matrix.sort_indices()  # sums of floats depend on their order
        cluster_of = cluster_codes(counts.articles.iloc[rows].reset_index(drop=True), cluster)
        return cls(matrix, number[rows], keys, counts.terms[columns], cluster_of)

    def units(self, groups_of: npt.NDArray[np.bool_]) -> int:
        """Return how many units (articles, or clusters) the groups marked true have together."""
        return len(np.unique(self.cluster[groups_of[self.number]]))

    def units_of(self, group: int) -> sparse.csr_array:
        """Return the units of one group × terms: its articles, those of a cluster added up."""
        rows = np.flatnonzero(self.number == group)
        _, unit = np.unique(self.cluster[rows], return_inverse=True)
        if len(rows) == 0:
            return sparse.csr_array((0, len(self.terms)))
        return sparse.csr_array(added(unit) @ self.matrix[rows])

    @property
    def holders(self) -> Ints:
        """Articles that hold each term."""
        return np.bincount(self.matrix.indices, minlength=len(self.terms)).astype(np.int64)

    @property
    def sizes(self) -> Ints:
        """Articles of each group."""
        return np.bincount(self.number, minlength=len(self.keys)).astype(np.int64)

    def totals(self, number: Ints | None = None, weights: Ints | None = None) -> Floats:
        """Return groups × terms: occurrences, articles taken *weights* times and put in group *number*."""
        group = self.number if number is None else number
        weight = np.ones(len(group), dtype=np.int64) if weights is None else weights
        belongs = sparse.csr_array(
            (weight, (group, np.arange(len(group)))), shape=(len(self.keys), self.matrix.shape[0])
        )
        return np.asarray((belongs @ self.matrix).toarray(), dtype=np.float64)

    def bootstrap(self, replicates: int, seed: int) -> Iterator[Floats]:
        """Yield the totals with units drawn anew, with replacement.

        Articles are drawn within each group; clusters, which may have articles of several groups, together.
        """
        rng = generator(seed)
        clusters = np.unique(self.cluster, return_inverse=True)[1]
        alone = clusters.max(initial=-1) + 1 == len(clusters)
        members = [np.flatnonzero(self.number == group) for group in range(len(self.keys))]
        for _ in range(replicates):
            weights = np.zeros(len(self.number), dtype=np.int64)
            if alone:
                for rows in members:
                    if len(rows):
                        weights[rows] = np.bincount(
                            rng.integers(0, len(rows), len(rows)), minlength=len(rows)
                        )
            else:
                count = int(clusters.max()) + 1
                weights = np.bincount(rng.integers(0, count, count), minlength=count)[clusters]
            yield self.totals(weights=weights)


class Summed:
    """Sums over batches in the place of `Profiles`: totals, and no articles to draw.

    Attributes:
        keys, terms, sizes, holders: as in `Profiles`.
        squares: groups × terms: squared occurrences, summed over articles.
    """

    def __init__(self, grouped: GroupedCounts) -> None:
        self.keys, self.terms, self.sizes, self._grouped = (
            grouped.keys,
            grouped.terms,
            grouped.articles,
            grouped,
        )
        self.squares = np.asarray(grouped.column("squares") / grouped.scale**2, dtype=np.float64)
        self.holders = grouped.column("articles").sum(axis=0)

    @classmethod
    def of(cls, grouped: GroupedCounts, by: Sequence[str]) -> "Summed":
        """Regroup the sums.

        Raises:
            LanguageError: terms of more than one language.
            TableError: the sums are not grouped by all of *by*.
        """
        grouped.require_one_language()
        return cls(grouped.regroup(by))

    def totals(self) -> Floats:
        """Return groups × terms: occurrences."""
        return np.asarray(self._grouped.column("n") / self._grouped.scale, dtype=np.float64)


def shares(totals: Floats) -> Floats:
    """Turn counts into shares of their row; a row without counts is NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(totals / totals.sum(axis=-1, keepdims=True))


def jsd_parts(p: Floats, q: Floats) -> Floats:
    """Return what each term adds to the Jensen-Shannon divergence of two distributions; bits, never negative.

    Examples:
        >>> jsd_parts(np.array([0.5, 0.5, 0]), np.array([0, 0.5, 0.5])).tolist()
        [0.25, 0.0, 0.25]
    """
    middle = (p + q) / 2
    value = (special.rel_entr(p, middle) + special.rel_entr(q, middle)) / (2 * np.log(2))
    return np.asarray(np.maximum(value, 0))


class RunningSpread:
    """Mean and standard deviation of arrays that come one by one, all in the shape of *like*."""

    def __init__(self, like: Floats) -> None:
        self.n = 0
        self.mean = np.full_like(like, np.nan)
        self.squares = np.zeros_like(like)

    def add(self, value: Floats) -> None:
        """Take one more (Welford's update)."""
        self.n += 1
        if self.n == 1:
            self.mean = value
            return
        step = value - self.mean
        self.mean = self.mean + step / self.n
        self.squares = self.squares + step * (value - self.mean)

    @property
    def deviation(self) -> Floats:
        """Standard deviation; NaN of fewer than two values."""
        if self.n < 2:
            return np.full_like(self.squares, np.nan)
        return np.asarray(np.sqrt(self.squares / (self.n - 1)))


def t_quantile(articles: int, alpha: float) -> float:
    """Return the quantile of t that goes with a standard error over *articles*."""
    return float(special.stdtrit(articles - 1, 1 - alpha / 2)) if articles > 1 else float("nan")
