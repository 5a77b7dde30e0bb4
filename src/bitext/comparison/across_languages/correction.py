"""Counts of concepts in two languages → counts that can be compared: the factor of each concept taken out.

Hits in Chinese articles are divided by 2 ** k (`calibrate`), so that every measure made of them compares what
was said and not in which language. What the factor leaves open is added to intervals and p. Within one
language nothing changes: there is no factor to take out, also where other articles are in the other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from bitext import schema
from bitext.arrays import Bools, Floats, Ints
from bitext.comparison.across_languages.calibration import TIERS, default_calibration
from bitext.corpus.scan import Scan
from bitext.counting.counts import WEIGHT_UNITS, Counts
from bitext.counting.exact_sums import FIELDS, FINE, SCALE
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import TableError
from bitext.statistics.groups import Key, Pair

#: None is bitext's own; False takes nothing out; or what `bitext.calibrate` returned.
Calibration = pd.DataFrame | bool | None

#: Sides that differ by less than this share of Chinese words are compared within languages, in effect.
SAME = 0.1
UNRELIABLE = "unreliable across languages"
UNTOLD = "not tested: the sums do not tell languages apart; group by 'lang', too"


@dataclass(frozen=True)
class Factors:
    """What is known of each term, as parallel arrays: ``k``, its standard deviation (log2), and the tier."""

    k: Floats
    error: Floats
    tier: npt.NDArray[np.object_]

    @classmethod
    def of(cls, terms: npt.NDArray[np.object_], calibration: Calibration) -> "Factors":
        """Look up *terms*; a concept that the table lacks is unknown, with the widest error of the table.

        Raises:
            TableError: the calibration lacks a column.
        """
        table = calibration if isinstance(calibration, pd.DataFrame) else default_calibration()
        schema.require(table, ("concept", "k", "error", "tier"), "the calibration")
        found = table.set_index("concept")[["k", "error", "tier"]].reindex(terms.astype(object))
        widest = float(table["error"].max()) if len(table) else 1.0
        return cls(
            found["k"].fillna(0.0).to_numpy(np.float64),
            found["error"].fillna(widest).to_numpy(np.float64),
            found["tier"].fillna("unknown").to_numpy(object),
        )


def applies(counts: Counts | GroupedCounts, calibration: Calibration) -> bool:
    """Say whether counts are of concepts in both languages, and their factors are wanted."""
    if calibration is False or counts.unit != "concept":
        return False
    if isinstance(counts, GroupedCounts):
        return len(counts.langs) > 1
    if "lang" not in counts.articles:
        return False
    return set(schema.LANGUAGES) <= set(counts.articles.loc[counts.lengths > 0, "lang"])


def corrected(counts: Counts, factors: Factors) -> Counts:
    """Return the counts with the hits of Chinese articles divided by 2 ** k, to multiples of 1/2520."""
    matrix = sparse.csr_array(counts.matrix, dtype=np.float64, copy=True)
    chinese = np.repeat((counts.articles["lang"] == "zh").to_numpy(), np.diff(matrix.indptr))
    scale = np.exp2(-factors.k)[matrix.indices]
    matrix.data = np.where(chinese, matrix.data * scale, matrix.data)
    matrix.data = np.maximum(np.rint(matrix.data * WEIGHT_UNITS), 1) / WEIGHT_UNITS
    # An article of a few words holds no more hits than words.
    matrix.data = np.minimum(matrix.data, np.repeat(counts.lengths, np.diff(matrix.indptr)))
    return replace(counts, matrix=matrix)


def corrected_sums(grouped: GroupedCounts, factors: Factors) -> GroupedCounts:
    """Return sums that are grouped by language, too, with those of Chinese groups corrected."""
    at = grouped.by.index("lang")
    fine = grouped.in_units(WEIGHT_UNITS // np.gcd(WEIGHT_UNITS, grouped.scale) * grouped.scale)
    width = max(len(grouped.terms), 1)
    chinese = np.array([key[at] == "zh" for key in grouped.keys], bool)[fine.cells // width]
    scale = np.where(chinese, np.exp2(-factors.k)[fine.cells % width], 1.0)
    powers = {"n": 1, "squares": 2, "products": 1, "rate": 1, "cubes": 3, "squares_length": 2}
    powers["products_length"] = 1
    sums = fine.sums.copy()
    for name, power in powers.items():
        column = FIELDS.index(name)
        sums[:, column] = np.rint(sums[:, column] * scale**power)
    _scale_squares(sums, scale)
    column = FIELDS.index("entropy")  # -(f r) ln(f r) = f (-r ln r) - f ln(f) r
    rate = fine.sums[:, FIELDS.index("rate")] / SCALE
    sums[:, column] = np.rint(scale * sums[:, column] - scale * np.log(scale) * rate * FINE)
    return replace(fine, sums=sums)


def _scale_squares(sums: Ints, scale: Floats) -> None:
    """Scale the squared rates, which stand in two halves; what is left of the first goes to the second."""
    high, low = FIELDS.index("rate2_high"), FIELDS.index("rate2_low")
    whole = sums[:, high] * scale**2
    sums[:, high] = np.floor(whole)
    sums[:, low] = np.rint((whole - np.floor(whole)) * SCALE + sums[:, low] * scale**2)


@dataclass(frozen=True)
class AcrossLanguages:
    """What a table of comparisons needs to know beside corrected counts.

    Attributes:
        factors: of the terms *place* numbers.
        place: number of each term.
        keys: the groups.
        hits: groups × terms, as counted.
        words: groups × (Chinese words, all words).
        told: False where sums do not tell the languages apart, and nothing could be corrected.
    """

    factors: Factors
    place: Mapping[str, int]
    keys: Sequence[Key]
    hits: Floats
    words: Floats
    told: bool = True

    def same(self, sides: tuple[Bools, Bools]) -> bool:
        """Say whether both sides are known to be of one language, all of it: then nothing is taken out."""
        zh, words = self.words[sides[0] | sides[1]].sum(axis=0)
        return self.told and zh in (0, words)

    def shares(self, sides: tuple[Bools, Bools]) -> dict[str, float]:
        """Return how the hits of both sides divide into tiers; NaN where both are of one language."""
        hits = self.hits[sides[0] | sides[1]].sum(axis=0)
        whole = np.nan if self.same(sides) else float(hits.sum()) or np.nan
        return {tier: float(hits[self.factors.tier == tier].sum()) / whole for tier in TIERS}

    def part(self, table: pd.DataFrame, sides: tuple[Bools, Bools], alpha: float) -> pd.DataFrame:
        """Put hits as counted, ``k`` and ``tier`` into one comparison, and what k leaves open into p.

        The standard error is that which p and the estimate imply; the factor's is added to it.
        """
        at = np.array([self.place[term] for term in table["term"]], dtype=np.int64)
        share = [float(self.words[side, 0].sum() / max(self.words[side, 1].sum(), 1)) for side in sides]
        apart = share[0] - share[1]
        new: dict[str, Any] = {}
        for name, side in zip(("n_target", "n_reference"), sides, strict=True):
            new[name] = self.hits[side].sum(axis=0)[at]
            if (new[name] % 1 == 0).all():
                new[name] = new[name].astype(np.int64)
        same = self.same(sides)
        new |= {"k": apart * self.factors.k[at], "tier": "" if same else self.factors.tier[at]}
        if same:
            return table.assign(**new)
        new |= self._widened(table, apart, self.factors.error[at], alpha)
        out = (self.factors.tier[at] == "unreliable") & (abs(apart) >= SAME)
        why = np.where(out, UNRELIABLE, "")
        if not self.told:
            out, why = np.ones(len(at), bool), np.full(len(at), UNTOLD, object)
        if "p" in table:
            new["p"] = np.where(out, np.nan, new["p"])
        new["support"] = np.where(out, 0.0, table["support"])
        old = table["note"].to_numpy(object)
        new["note"] = [f"{a}; {b}" if a and b else a or b for a, b in zip(old, why, strict=True)]
        return table.assign(**new)

    def _widened(self, table: pd.DataFrame, apart: float, error: Floats, alpha: float) -> dict[str, Floats]:
        """Return p and the interval with the factor's standard deviation added in squares."""
        extra = abs(apart) * error
        new: dict[str, Floats] = {}
        middle = table["(log_ratio)"].to_numpy(np.float64)
        if "p" in table:
            p = table["p"].to_numpy(np.float64)
            size = np.abs(middle)
            with np.errstate(divide="ignore", invalid="ignore"):
                z = -special.ndtri(np.clip(p, 1e-300, 1) / 2)
                # No hit on one side: as many standard errors as p says, of one octave each.
                finite = np.where(np.isfinite(size), size, np.maximum(z, 1.0))
                wide = 2 * special.ndtr(-finite / np.sqrt((finite / z) ** 2 + extra**2))
            new["p"] = np.where(z > 0, np.fmax(wide, p), p)
        if "log_ratio_low" in table:
            reach = -special.ndtri(alpha / 2) * extra
            for name, sign in (("log_ratio_low", -1), ("log_ratio_high", 1)):
                end = table[name].to_numpy(np.float64)
                with np.errstate(invalid="ignore"):
                    distance = np.abs(end - middle)
                    moved = middle + sign * np.sqrt(distance**2 + reach**2)
                new[name] = np.where(np.isfinite(moved), moved, end + sign * reach)
        return new


def across_languages(
    counts: Counts | GroupedCounts, calibration: Calibration, by: tuple[str, ...]
) -> tuple[Counts | GroupedCounts, AcrossLanguages | None]:
    """Return counts with the factors taken out, and what tables need beside; None within one language.

    Args:
        counts: of concepts, else nothing is done.
        calibration: see `Calibration`.
        by: the columns that make the groups; hits are added up by them, in the order of their keys.

    Raises:
        TableError: *calibration* is True, or lacks a column.
    """
    if calibration is True:
        raise TableError("calibration=True; write None for bitext's own, False for none, or a table")
    if not applies(counts, calibration):
        return counts, None
    factors = Factors.of(counts.terms, calibration)
    place = {str(term): number for number, term in enumerate(counts.terms)}
    if isinstance(counts, Counts):
        grouped = GroupedCounts.of(counts, (*by, *(() if "lang" in by else ("lang",))))
        factors_of = Factors.of(grouped.terms, calibration)
        place = {str(term): number for number, term in enumerate(grouped.terms)}
        keys, hits, words = _plain(grouped, by)
        return corrected(counts, factors), AcrossLanguages(factors_of, place, keys, hits, words)
    if "lang" not in counts.by:
        hits = counts.column("n") / counts.scale
        words = np.zeros((len(counts.keys), 2))
        return counts, AcrossLanguages(factors, place, counts.keys, hits, words, told=False)
    keys, hits, words = _plain(counts, by)
    return corrected_sums(counts, factors), AcrossLanguages(factors, place, keys, hits, words)


def for_profiles(
    counts: Counts | GroupedCounts | Scan,
    calibration: Calibration,
    by: tuple[str, ...],
    *,
    pair: Callable[[Sequence[Key]], Pair],
) -> tuple[Counts | GroupedCounts, dict[str, str] | None]:
    """Return counts with the factors taken out, and the tier of each term; a `Scan` is summed first.

    Args:
        counts: of concepts, else nothing is done.
        calibration: see `Calibration`.
        by: the columns that make the groups.
        pair: which groups are compared; of one language, nothing is done.
    """
    if isinstance(counts, Scan):
        counts = sums_by_language(counts, by)
    as_counted = counts
    counts, across = across_languages(counts, calibration, by)
    if across is None or not across.told:
        return counts, None
    chosen = pair(across.keys)
    if across.same((chosen.in_target, chosen.in_reference)):
        return as_counted, None
    return counts, {term: str(across.factors.tier[place]) for term, place in across.place.items()}


def for_pairs(
    counts: Counts | GroupedCounts | Scan, calibration: Calibration, by: tuple[str, ...]
) -> tuple[Counts | GroupedCounts, Counts | GroupedCounts, AcrossLanguages | None]:
    """Return counts as they are, for pairs of one language, and those for pairs across languages.

    In the latter the factors are taken out and unreliable concepts left out; see `for_profiles`.
    """
    if isinstance(counts, Scan):
        counts = sums_by_language(counts, by)
    between, across = across_languages(counts, calibration, by)
    if across is None or not across.told:
        return counts, counts, across
    tier = across.factors.tier
    keep = [tier[across.place[str(term)]] != "unreliable" for term in between.terms]
    return counts, between.only(np.flatnonzero(keep)), across


def taken_out(
    table: pd.DataFrame, stories: pd.DataFrame, counts: Counts, calibration: Calibration
) -> pd.DataFrame:
    """Bring ``expected`` of rows of story, outlet and concept into the outlet's own language; add ``tier``.

    An outlet that writes Chinese is expected to mention a concept 2 ** k times as often as its English peers
    do. Where both write the same language, or nothing is to be taken out, the tier is "".
    """
    if not len(table) or not applies(counts, calibration):
        return table.assign(tier="")
    factors = Factors.of(table["term"].to_numpy(object), calibration)
    lengths = pd.Series(counts.lengths, index=counts.articles["article"].to_numpy())
    chinese = pd.Series((counts.articles["lang"] == "zh").to_numpy(), index=lengths.index)
    words = stories[["story", "outlet"]].assign(
        all=stories["article"].map(lengths).to_numpy(float),
        zh=(stories["article"].map(lengths) * stories["article"].map(chinese)).to_numpy(float),
    )
    own = words.groupby(["story", "outlet"])[["all", "zh"]].sum()
    story = words.groupby("story")[["all", "zh"]].sum()
    mine = own.reindex(pd.MultiIndex.from_frame(table[["story", "outlet"]])).to_numpy(float)
    peers = story.reindex(table["story"]).to_numpy(float) - mine
    shares = [side[:, 1] / np.maximum(side[:, 0], 1) for side in (mine, peers)]
    apart = shares[0] - shares[1]
    expected = table["expected"].to_numpy(float) * np.exp2(apart * factors.k)
    return table.assign(expected=expected, tier=np.where(np.abs(apart) >= SAME, factors.tier, ""))


def sums_by_language(scan: Scan, by: tuple[str, ...]) -> GroupedCounts:
    """Sum a `Scan` by the columns, and where concepts are counted by language, too."""
    concepts = (scan.counting or {}).get("unit") == "concept"
    return scan.group(tuple(dict.fromkeys((*by, *(("lang",) if concepts else ())))))


def _plain(grouped: GroupedCounts, by: tuple[str, ...]) -> tuple[Sequence[Key], Floats, Floats]:
    """Return the groups, the hits of each in each term, and the Chinese and all words of each."""
    at = grouped.by.index("lang")
    chinese = np.array([key[at] == "zh" for key in grouped.keys], bool)
    plain = grouped.regroup(by)
    number = {key: row for row, key in enumerate(plain.keys)}
    pick = [grouped.by.index(name) for name in by]
    words = np.zeros((len(plain.keys), 2))
    for key, tokens, zh in zip(grouped.keys, grouped.tokens, chinese, strict=True):
        words[number[tuple(key[i] for i in pick)]] += (tokens * zh, tokens)
    return plain.keys, plain.column("n") / plain.scale, words
