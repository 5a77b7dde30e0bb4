"""Interval and p of a keyness table where articles come in clusters: days, weeks, stories."""

import re
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from bitext.arrays import Bools, Floats, Ints
from bitext.counting.counts import Counts
from bitext.statistics.clusters import (
    Cluster,
    added,
    cluster_codes,
    clustered,
    column_of,
    periods,
    units_of,
)
from bitext.statistics.effects import Effect, compare
from bitext.statistics.resample import canonical, clustered_log_ratio_variance, permutation_p
from bitext.statistics.time_overlap import InTime, against_weeks, equal_in_time, in_time
from bitext.tokens.grouping import codes

#: What a side without a hit is told of.
_NO_HIT = re.compile(r"^(no hit in the \w+):")


@dataclass(frozen=True)
class Units:
    """Which cluster, which day and week (or stratum) each article belongs to.

    Attributes:
        name: of the column that makes the clusters.
        called: what notes call the clusters.
        cluster, day, week: number of each article's; week and day are -1 without a date.
        stratum: number of each article's stratum, within which to compare; None: weeks, where needed.
    """

    name: str
    called: str
    cluster: Ints
    day: Ints
    week: Ints
    stratum: Ints | None

    @classmethod
    def of(cls, counts: Counts, cluster: Cluster, strata: tuple[str, ...]) -> "Units":
        """Number the clusters and weeks of the articles of *counts*."""
        articles = counts.articles
        return cls(
            column_of(cluster) or "article",
            units_of(cluster),
            cluster_codes(articles, cluster),
            periods(articles, "day"),
            periods(articles, "week"),
            codes(articles, strata)[0] if strata else None,
        )


@dataclass(frozen=True)
class Compared:
    """Effect over clusters, and how it was reached.

    Attributes:
        effect: interval and p, natural logarithms.
        log_ratio: natural logarithm of the weighted rates' ratio; None where no weights were needed.
        time: how the sides lie in time.
        units: clusters of the target, of the reference, and of both.
    """

    effect: Effect
    log_ratio: Floats | None
    time: InTime
    units: tuple[int, int, int]

    def facts(self) -> dict[str, object]:
        """Return what the run record says of it."""
        one, other, all_of_them = self.units
        overlap = None if np.isnan(self.time.overlap) else round(self.time.overlap, 3)
        return {"clusters": [one, other, all_of_them], "overlap": overlap, "in_time": self.time.how}


def compare_clusters(
    counts: Counts,
    use: Ints,
    sides: tuple[Bools, Bools],
    units: Units,
    *,
    alpha: float,
    test: str | None = None,
    replicates: int = 0,
    seed: int = 0,
) -> Compared:
    """Compare two sides with clusters as units; sides that lie unequally in time are weighted by week.

    With test "bootstrap" whole clusters are drawn, with what they have on either side; with "permutation" the
    labels are exchanged between the parts of clusters that lie on one side.

    Args:
        counts: counts of all articles.
        use: the terms to compare, by column.
        sides: which articles belong to the target, and to the reference.
        units: their clusters.
        alpha: 1 - level of the interval.
        test: "linearised" (also None), "bootstrap" or "permutation".
        replicates, seed: of the draws.
    """
    order = canonical(counts)
    order = order[(sides[0] | sides[1])[order]]
    matrix = sparse.csr_array(counts.matrix[order][:, use], dtype=np.float64)
    lengths = counts.lengths[order].astype(np.float64)
    target, reference = sides[0][order], sides[1][order]
    both = (target, reference)
    time = in_time(units.week[order], lengths, *both)
    weights: Floats | None = None
    if units.stratum is not None or time.how == "weights":
        within = units.week if units.stratum is None else units.stratum
        weights = equal_in_time(within[order], lengths, *both)
    if weights is not None:  # an article that weighs nothing is no unit
        kept = weights > 0
        matrix, lengths, order, weights = (
            matrix[np.flatnonzero(kept)],
            lengths[kept],
            order[kept],
            weights[kept],
        )
        target, reference = target[kept], reference[kept]
        both = (target, reference)
    cluster = units.cluster[order]
    found = clustered(matrix, lengths, both, cluster, weights)
    scale = np.ones(len(lengths)) if weights is None else weights
    drawn: Floats | None = None
    if test == "bootstrap" and target.any() and reference.any():
        whole = sparse.csr_array(sparse.diags_array(scale) @ matrix)
        drawn = clustered_log_ratio_variance(
            whole, scale * lengths, target, cluster, replicates=replicates, seed=seed
        )
    effect = compare(
        found.target,
        found.reference,
        alpha=alpha,
        min_group_size=2,
        covariance=np.minimum(found.covariance, found.most),
        variance=drawn,
        units=units.called,
    )
    if test == "permutation":
        effect = _permuted(effect, matrix, lengths, both, cluster, scale, replicates, seed)
    if units.stratum is None and time.how == "weeks":
        days = clustered(matrix, lengths, both, units.day[order])
        weeks = clustered(matrix, lengths, both, units.week[order])
        effect = against_weeks(effect, (days.target, days.reference), (weeks.target, weeks.reference), alpha)
    if units.stratum is None and time.note:
        effect = _noted(effect, time)
    ratio = None
    if weights is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.log(found.target.rate / found.reference.rate)
    return Compared(effect, ratio, time, (found.target.size, found.reference.size, len(np.unique(cluster))))


def _permuted(
    effect: Effect,
    matrix: sparse.csr_array,
    lengths: Floats,
    sides: tuple[Bools, Bools],
    cluster: Ints,
    weights: Floats,
    replicates: int,
    seed: int,
) -> Effect:
    """Return the effect with p by exchanging labels between units: the articles of a cluster on one side."""
    tested = np.flatnonzero(~np.isnan(effect.p))
    if not len(tested):
        return effect
    names, unit = np.unique(cluster * 2 + sides[0], return_inverse=True)
    belongs = added(unit, weights)
    p = np.full(len(effect.p), np.nan)
    p[tested], _ = permutation_p(
        sparse.csr_array(belongs @ matrix[:, tested]),
        np.asarray(belongs @ lengths),
        names % 2 == 1,
        np.zeros(len(names), dtype=np.int64),
        replicates=replicates,
        seed=seed,
    )
    return replace(effect, p=p)


def _noted(effect: Effect, time: InTime) -> Effect:
    """Say in every row how the sides lie in time; where they cannot be compared, take the numbers out."""
    if time.how == "none":
        nothing = np.full(len(effect.p), np.nan)
        return Effect(nothing, nothing, nothing, np.full(len(nothing), time.note, dtype=object))
    told, note = effect.note.tolist(), time.note
    if time.how == "weights":  # a side can have hits in weeks that the other lacks
        told = [
            _NO_HIT.sub(r"\1 in weeks of both:", said) if said.startswith("no hit") else said for said in told
        ]
    both = [f"{said}; {note}" if said else note for said in told]
    return replace(effect, note=np.array(both, dtype=object))
