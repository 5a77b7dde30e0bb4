"""Two sides in time → whether they can be compared at all, and the weights that make them lie alike.

Events come and go: if one side's articles are from other weeks than the other's, every word of those weeks
"differs". Where both sides have articles in the same weeks, these are given equal weight; where they have
not, only how much words vary from week to week anyway can say what a difference is worth.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from bitext.arrays import Bools, Floats, Ints
from bitext.statistics.effects import Effect
from bitext.statistics.permutation_tail import cumulants_of_exchange, two_tails
from bitext.statistics.sides import Side

#: Sides that share less of their weeks are made alike by weights: if at least `COMMON` of either lies in
#: weeks of both, where the side with less has at least `PRESENT` of the other's share.
ALIKE = 0.8
COMMON = 0.5
PRESENT = 0.05
#: Without common time each side needs so many weeks.
WEEKS = 3
#: How much more than by days a rate may vary by weeks (in variance), as a prior; and bins of frequency.
_MORE = np.geomspace(0.5, 40, 26)
_BINS = 4
_ROUNDS = 50

ONE_RUN = "not estimable: each side has its own stretch of time, and what changed between them is not known"


@dataclass(frozen=True)
class InTime:
    """How two sides lie in time.

    Attributes:
        overlap: from 0, no week in common, to 1, the same share of tokens in every week; NaN without dates.
        common: share of tokens in weeks of both sides, of the side that has less of it there.
        weeks: weeks in which each side has more than the other.
        runs: stretches of such weeks on end, of each side.
    """

    overlap: float
    common: float
    weeks: tuple[int, int]
    runs: tuple[int, int]

    @property
    def how(self) -> str:
        """Return "plain", "weights", "weeks" (compared by how much weeks differ) or "none" (not at all)."""
        if not self.overlap < ALIKE:
            return "plain"
        if self.common >= COMMON:
            return "weights"
        return "weeks" if min(self.weeks) >= WEEKS and sum(self.runs) > 2 else "none"

    @property
    def note(self) -> str:
        """Return what a table says of it."""
        return {
            "plain": "",
            "weights": f"weeks weighted alike: the sides share {self.overlap:.0%} of their time",
            "weeks": "the sides have no weeks in common: tested against how much weeks differ",
            "none": ONE_RUN,
        }[self.how]

    @property
    def warning(self) -> str:
        """Return what is said where neither weights nor weeks help: a p would be that of other times."""
        return {
            "plain": "",
            "weights": f"the sides share {self.overlap:.0%} of their time: the news of the rest is in p, too",
            "weeks": "not estimable: the sides have no weeks in common",
            "none": ONE_RUN,
        }[self.how]

    @property
    def comparable(self) -> bool:
        """Whether a test that cannot weight weeks may have a p."""
        return self.how in ("plain", "weights")


def in_time(week: Ints, lengths: Ints | Floats, target: Bools, reference: Bools) -> InTime:
    """Describe how the tokens of two sides lie in time.

    Args:
        week: number of each article's week, -1 without a date; see `bitext.statistics.clusters.periods`.
        lengths: tokens of each article.
        target, reference: which articles belong to which side.

    Examples:
        >>> week, target = np.array([0, 1, 0, 2]), np.array([True, True, False, False])
        >>> in_time(week, np.full(4, 10), target, ~target).overlap
        0.5
    """
    one, other = (_by_week(week, lengths, side) for side in (target, reference))
    # Sides of which a good part has no date are not known to lie apart.
    dated = [x.sum() / max(float(lengths[side].sum()), 1) for x, side in ((one, target), (other, reference))]
    if min(dated) < 0.5:
        return InTime(float("nan"), 0.0, (0, 0), (0, 0))
    one, other = one / one.sum(), other / other.sum()
    used = (one + other) > 0
    ahead = one[used] > other[used]
    starts = np.flatnonzero(np.diff(ahead.astype(np.int8), prepend=-1))
    runs = (int(ahead[starts].sum()), int((~ahead[starts]).sum()))
    lesser = np.minimum(one, other)
    present = lesser >= PRESENT * np.maximum(one, other)
    common = float(min(one[present].sum(), other[present].sum()))
    return InTime(float(lesser.sum()), common, (int(ahead.sum()), int((~ahead).sum())), runs)


def equal_in_time(week: Ints, lengths: Ints | Floats, target: Bools, reference: Bools) -> Floats:
    """Return weights of articles that give every week (or stratum) as much of one side as of the other.

    With A and B tokens of the sides in a week and ``h = A B / (A + B)``: h / A and h / B, as in the rate
    ratio of Mantel & Haenszel. An article in a week of one side alone, or without a date, weighs 0.

    Examples:
        >>> week, target = np.array([0, 0, 1]), np.array([True, False, True])
        >>> equal_in_time(week, np.array([10, 30, 5]), target, ~target).tolist()
        [0.75, 0.25, 0.0]
    """
    one, other = (_by_week(week, lengths, side) for side in (target, reference))
    with np.errstate(divide="ignore", invalid="ignore"):
        common = np.nan_to_num(one * other / (one + other))
        of_target, of_reference = np.nan_to_num(common / one), np.nan_to_num(common / other)
    weights = np.where(target, of_target[week], np.where(reference, of_reference[week], 0.0))
    return np.where(week >= 0, weights, 0.0)


def against_weeks(effect: Effect, days: tuple[Side, Side], weeks: tuple[Side, Side], alpha: float) -> Effect:
    """Return the effect with p against how much more rates vary between weeks than between days.

    The ratio of a term's two variances says little, with a handful of weeks; all terms of like frequency
    together say how such ratios are spread (empirical Bayes, by EM on a grid). p is the mean of the tails
    over what the term's own ratio leaves likely.

    Args:
        effect: notes and limits; the limits are moved until they agree with p.
        days, weeks: both sides with days, and with weeks, as units.
        alpha: 1 - level of the interval.

    Source:
        Efron (2010), Large-scale inference, for empirical Bayes over many tests.
    """
    surplus, by_day, bend = _exchange(days)
    _, by_week, _ = _exchange(weeks)
    degrees = max(weeks[0].size + weeks[1].size - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = by_week / by_day
        z = surplus / np.sqrt(by_day)
    p = np.full(len(z), np.nan)
    known = np.flatnonzero((effect.note == "") & np.isfinite(ratio) & np.isfinite(z) & (ratio > 0))
    hits = (days[0].n + days[1].n)[known]
    for rows in np.array_split(known[np.argsort(hits, kind="stable")], _BINS):
        if len(rows):
            likely = _mixture(ratio[rows], degrees)
            tails = two_tails(z[rows][:, None] / np.sqrt(_MORE), bend[rows][:, None])
            p[rows] = (likely * tails).sum(axis=1)
    sure = p < alpha
    low, high = np.where(sure, effect.low, np.minimum(effect.low, 0)), effect.high
    high = np.where(sure, high, np.maximum(high, 0))
    gone = np.isnan(p)
    return Effect(np.where(gone, np.nan, low), np.where(gone, np.nan, high), p, effect.note)


def _exchange(sides: tuple[Side, Side]) -> tuple[Floats, Floats, Floats]:
    """Return surplus, variance and skewness under exchange of the units."""
    one, other = sides
    assert one.powers is not None
    assert other.powers is not None
    rate = (one.n + other.n) / (one.tokens + other.tokens)
    variance, third = cumulants_of_exchange(one.powers + other.powers, rate, one.size, other.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return one.n - rate * one.tokens, variance, third / variance**1.5


def _mixture(ratio: Floats, degrees: int) -> Floats:
    """Return, per term, how likely each inflation of `_MORE` is: ratio ~ inflation × χ² / degrees."""
    scaled = ratio[:, None] * degrees / _MORE
    log = special.xlogy(degrees / 2 - 1, scaled) - scaled / 2 - np.log(_MORE)
    likelihood = np.exp(log - log.max(axis=1, keepdims=True))
    prior = np.full(len(_MORE), 1 / len(_MORE))
    for _ in range(_ROUNDS):
        posterior = likelihood * prior
        posterior /= posterior.sum(axis=1, keepdims=True)
        prior = posterior.mean(axis=0)
    return np.asarray(posterior)


def _by_week(week: Ints, lengths: Ints | Floats, side: Bools) -> Floats:
    use = side & (week >= 0)
    width = int(week.max(initial=0)) + 1
    return np.bincount(week[use], np.asarray(lengths, float)[use], minlength=width).astype(np.float64)
