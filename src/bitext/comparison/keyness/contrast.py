"""One target against one reference: the rows of a keyness table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from bitext.arrays import Bools, Floats, Ints
from bitext.comparison.keyness import dispersion, measures
from bitext.comparison.keyness.ordering import score
from bitext.comparison.keyness.strata import MantelHaenszel, mantel_haenszel
from bitext.comparison.keyness.units import Compared, Units, compare_clusters
from bitext.counting.counts import Counts
from bitext.counting.exact_sums import FIELDS
from bitext.counting.grouped_counts import GroupedCounts
from bitext.statistics import groups, resample
from bitext.statistics.effects import Effect, compare, notes
from bitext.statistics.sides import Side, rate_interval

#: Rates are per this many tokens.
PER = 1000


@dataclass(frozen=True)
class KeynessSettings:
    """What a keyness table is computed with, and what the run record says of it."""

    measures: tuple[str, ...]
    test: str | None
    alpha: float
    min_group_size: int
    replicates: int
    seed: int
    smoothing: float
    prior: float | None


@dataclass(frozen=True)
class Within:
    """The sums by group and stratum, and the columns of the strata."""

    grouped: GroupedCounts
    columns: tuple[str, ...]

    def numbers(self, skip: int) -> tuple[Ints, int]:
        """Return the stratum number of each group; the first *skip* parts of a key are not the stratum's."""
        strata = sorted({key[skip:] for key in self.grouped.keys})
        place = {stratum: i for i, stratum in enumerate(strata)}
        return np.array([place[key[skip:]] for key in self.grouped.keys], dtype=np.int64), len(strata)


class Contrast:
    """One target against one reference."""

    def __init__(self, grouped: GroupedCounts, pair: groups.Pair, settings: KeynessSettings) -> None:
        self.grouped, self.pair, self.settings = grouped, pair, settings
        one, other = grouped.total(pair.in_target), grouped.total(pair.in_reference)
        self.used = np.flatnonzero(one[:, 0] + other[:, 0])
        self.sums = (one[self.used], other[self.used])
        sizes = [grouped.sizes[chosen].sum(axis=0) for chosen in (pair.in_target, pair.in_reference)]
        self.target, self.reference = (
            Side.of(size, sums, grouped.scale) for size, sums in zip(sizes, self.sums, strict=True)
        )

    def table(
        self, family: int, counts: Counts | None, within: Within | None, units: Units | None = None
    ) -> pd.DataFrame:
        """Return the rows of this comparison, in order; `.attrs` says how sides lie in time."""
        pair, settings, target, reference = self.pair, self.settings, self.target, self.reference
        columns: dict[str, Any] = {
            "target": pair.target,
            "reference": pair.reference,
            "term": self.grouped.terms[self.used],
            "n_target": self.grouped.hits(self.sums[0]),
            "n_reference": self.grouped.hits(self.sums[1]),
            "articles_target": self.sums[0][:, FIELDS.index("articles")],
            "articles_reference": self.sums[1][:, FIELDS.index("articles")],
            "rate_target": target.rate * PER,
            "rate_reference": reference.rate * PER,
        }
        rows = None if counts is None else self._rows(counts)
        stratified = None if within is None else self._stratified(within)
        compared = None if units is None or rows is None else rows.compare(units, settings)
        effect = self._effect(rows, stratified, within, compared)
        scores = self._scores(family, effect, stratified) | self._dispersion(rows)
        weighted = compared is not None and compared.log_ratio is not None
        if compared is not None and compared.log_ratio is not None:
            scores["log_ratio"] = compared.log_ratio / np.log(2)
        for name in settings.measures:
            columns |= {column: scores[column] for column in COLUMNS_OF.get(name, (name,))}
        if stratified is not None or weighted:
            columns |= {"log_ratio_crude": scores["log_ratio_crude"]}
        if stratified is not None:
            columns |= {"odds_ratio_mh": stratified.odds_ratio[self.used], "cmh": stratified.cmh[self.used]}
        if settings.test is not None:
            columns |= {"p": effect.p}
        columns["note"] = effect.note
        holders = (columns["articles_target"], columns["articles_reference"])
        columns["support"] = score(scores, holders, (target.size, reference.size))
        # For the order, and for what is added to intervals, whatever the columns asked for.
        columns |= {"(g2)": scores["g2"], "(log_ratio)": scores["log_ratio"]}
        table = pd.DataFrame(columns)
        if compared is not None:
            table.attrs["units"] = {"target": pair.target, "reference": pair.reference, **compared.facts()}
        return table

    def _rows(self, counts: Counts) -> "ComparedArticles":
        number, _ = groups.codes(counts.articles, self.grouped.by)
        use = dispersion.positions(counts.terms, self.grouped.terms[self.used])
        return ComparedArticles(counts, self.pair.in_target[number], self.pair.in_reference[number], use)

    def _stratified(self, within: Within) -> MantelHaenszel:
        skip = len(self.grouped.by)
        strata, _ = within.numbers(skip)
        place = {key: i for i, key in enumerate(self.grouped.keys)}
        group = np.array([place[key[:skip]] for key in within.grouped.keys], dtype=np.int64)
        return mantel_haenszel(
            within.grouped,
            self.pair.in_target[group],
            self.pair.in_reference[group],
            strata,
            alpha=self.settings.alpha,
            min_group_size=self.settings.min_group_size,
        )

    def _effect(
        self,
        rows: "ComparedArticles | None",
        stratified: MantelHaenszel | None,
        within: Within | None,
        compared: Compared | None,
    ) -> Effect:
        """Return interval, p and note over articles, or over clusters of them."""
        settings = self.settings
        if compared is not None:
            few = notes(self.target, self.reference, settings.min_group_size)
            effect = compared.effect.without(few)
        elif stratified is not None:
            whole = stratified.effect
            effect = Effect(
                whole.low[self.used], whole.high[self.used], whole.p[self.used], whole.note[self.used]
            )
        else:
            variance = None
            if settings.test == "bootstrap" and rows is not None:
                variance = rows.variance(settings)
            effect = compare(
                self.target,
                self.reference,
                alpha=settings.alpha,
                min_group_size=settings.min_group_size,
                variance=variance,
            )
        if settings.test == "permutation" and rows is not None and compared is None:
            note = notes(self.target, self.reference, settings.min_group_size)
            tested = note == ""
            p, remark = rows.permute(settings, tested, () if within is None else within.columns)
            note[tested] = np.where(effect.note[tested] == "", remark, effect.note[tested])
            effect = Effect(effect.low, effect.high, p, note)
        return effect

    def _scores(self, family: int, effect: Effect, stratified: MantelHaenszel | None) -> dict[str, Floats]:
        """Return every score that the pooled counts give, by column."""
        settings = self.settings
        f1, n1, f2, n2 = self.target.n, self.target.tokens, self.reference.n, self.reference.tokens
        crude = measures.log_ratio(f1, n1, f2, n2)
        scores: dict[str, Floats] = {
            "g2": measures.g2(f1, n1, f2, n2),
            "log_ratio": crude if stratified is None else stratified.log_ratio[self.used],
            "log_ratio_crude": crude,
            "log_ratio_low": effect.low / np.log(2),
            "log_ratio_high": effect.high / np.log(2),
        }
        wanted = set(settings.measures)
        if wanted & {"lrc", "poisson_interval"}:
            low, high = measures.poisson_interval(f1, n1, f2, n2, alpha=settings.alpha, family=family)
            scores |= {"poisson_low": low, "poisson_high": high, "lrc": measures.lrc(low, high)}
        if "lrc_positive" in wanted:
            one_sided = 2 * settings.alpha
            scores["lrc_positive"] = measures.poisson_interval(
                f1, n1, f2, n2, alpha=one_sided, family=family
            )[0]
        for name in wanted & set(SIMPLE):
            scores[name] = SIMPLE[name](f1, n1, f2, n2)
        if "simple_maths" in wanted:
            scores["simple_maths"] = measures.simple_maths(f1, n1, f2, n2, smoothing=settings.smoothing)
        if wanted & {"log_odds", "log_odds_z", "log_odds_z4"}:
            total = settings.prior if settings.prior is not None else min(n1, n2)
            prior = (f1 + f2) / (n1 + n2) * total
            delta, z2, z4 = measures.log_odds(f1, n1, f2, n2, prior=prior, prior_total=total)
            scores |= {"log_odds": delta, "log_odds_z": z2, "log_odds_z4": z4}
        if "rate_interval" in wanted:
            for name, side in (("target", self.target), ("reference", self.reference)):
                low, high = rate_interval(side, alpha=settings.alpha, min_group_size=settings.min_group_size)
                scores |= {f"rate_{name}_low": low * PER, f"rate_{name}_high": high * PER}
        return scores

    def _dispersion(self, rows: "ComparedArticles | None") -> dict[str, Floats]:
        """Return how evenly the terms are spread over the target's articles."""
        wanted = set(self.settings.measures)
        scores = dispersion.from_sums(self.sums[0], self.target.size)
        unknown = np.full(len(self.used), np.nan)
        if wanted & {"dp", "dispersion"}:
            found = {"dp": unknown, "dp_norm": unknown} if rows is None else rows.spread(rows.target)
            scores |= {"dp": found["dp"], "dispersion": found["dp_norm"]}
        if "dispersion_reference" in wanted:
            scores["dispersion_reference"] = (
                unknown if rows is None else rows.spread(rows.reference)["dp_norm"]
            )
        return scores


@dataclass(frozen=True)
class ComparedArticles:
    """The articles of a comparison, for what sums do not give."""

    counts: Counts
    target: Bools
    reference: Bools
    use: Ints

    def spread(self, rows: Bools) -> dict[str, Floats]:
        """Return the dispersion measures over some articles, for the terms in use."""
        found = dispersion.from_articles(self.counts.matrix[rows], self.counts.lengths[rows])
        return {name: value[self.use] for name, value in found.items()}

    def compare(self, units: Units, settings: KeynessSettings) -> Compared:
        """Return interval and p with clusters as units."""
        return compare_clusters(
            self.counts,
            self.use,
            (self.target, self.reference),
            units,
            alpha=settings.alpha,
            test=settings.test,
            replicates=settings.replicates,
            seed=settings.seed,
        )

    def variance(self, settings: KeynessSettings) -> Floats:
        """Return the bootstrap variance of the natural log ratio."""
        order = resample.canonical(self.counts)
        return resample.log_ratio_variance(
            self.counts.matrix[order][:, self.use],
            self.counts.lengths[order],
            self.target[order],
            self.reference[order],
            replicates=settings.replicates,
            seed=settings.seed,
        )

    def permute(
        self, settings: KeynessSettings, tested: Bools, strata: tuple[str, ...]
    ) -> tuple[Floats, str]:
        """Return p by permutation for the terms *tested*, NaN for others, and a remark."""
        order = resample.canonical(self.counts)
        order = order[(self.target | self.reference)[order]]
        number, _ = groups.codes(self.counts.articles.iloc[order], strata)
        label = self.target[order]
        p = np.full(len(tested), np.nan)
        floor = resample.smallest_p(label, number)
        remark = ""
        if floor > settings.alpha:
            remark = f"too few articles: the smallest possible p is {floor:.2g}"
        if tested.any():
            p[tested], _ = resample.permutation_p(
                self.counts.matrix[order][:, self.use[tested]],
                self.counts.lengths[order],
                label,
                number,
                replicates=settings.replicates,
                seed=settings.seed,
            )
        return p, remark


#: Scores that take nothing but two counts and two sizes.
SIMPLE: dict[str, Callable[..., Floats]] = {
    "g2_yates": lambda *table: measures.g2(*table, correction="yates"),
    "g2_williams": lambda *table: measures.g2(*table, correction="williams"),
    "chi2": measures.chi2,
    "chi2_yates": lambda *table: measures.chi2(*table, correction="yates"),
    "chi2_williams": lambda *table: measures.chi2(*table, correction="williams"),
    "pct_diff": measures.pct_diff,
    "odds_ratio": measures.odds_ratio,
    "difference_coefficient": measures.difference_coefficient,
    "delta_p": measures.delta_p,
}

#: Names in *measures* that stand for several columns.
COLUMNS_OF = {
    "log_ratio": ("log_ratio", "log_ratio_low", "log_ratio_high"),
    "poisson_interval": ("poisson_low", "poisson_high"),
    "rate_interval": ("rate_target_low", "rate_target_high", "rate_reference_low", "rate_reference_high"),
}
