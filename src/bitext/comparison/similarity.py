"""How alike groups are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.comparison.across_languages.correction import UNTOLD, Calibration, for_pairs
from bitext.comparison.cosine import Side, cosine, exchanged, interval
from bitext.comparison.profile import Profiles, Summed, jsd_parts, shares
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import TableError
from bitext.record import run_record
from bitext.statistics import groups
from bitext.statistics.clusters import Cluster, column_of, periods, too_few
from bitext.statistics.effects import check_alpha
from bitext.statistics.multiple import false_discovery_rate
from bitext.statistics.time_overlap import in_time
from bitext.statistics.units import finds_stories, of_articles
from bitext.tokens.tokens import Tokens


@checked
@finds_stories
def similarity(
    counts: Counts | GroupedCounts | Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    weighting: str = "idf",
    cluster: Cluster = None,
    alpha: float = 0.05,
    min_group_size: int = 5,
    replicates: int = 199,
    seed: int = 0,
    calibration: Calibration = None,
) -> pd.DataFrame:
    """Compare the vocabularies of every pair of groups.

    Two samples of one outlet never look quite equal, small ones least. The cosine is corrected for that: the
    products of an article with itself, which make a small group's vector too long, are left out. So it
    estimates the cosine that the outlets would have with all their articles, whatever the size of the sample.
    The divergence cannot be corrected; read it beside `jsd_chance`, its value for groups of these sizes dealt
    at random.

    Args:
        counts: counts of one language, or of concepts; Tokens are counted first, as `bitext.count` does. Or
            sums over batches (`GroupedCounts`), which give no interval, no p and no chance level, as does a
            `Scan` without *cluster*; with it the counts of all its articles are held.
        by: column(s) of the article table, or "day", "week", "month", "quarter", "year".
        weighting: of the cosine: "idf" multiplies the rates by ``ln((1 + n) / (1 + df)) + 1``, n and df in
            articles, so that function words do not decide; "none" takes the rates.
        cluster: what makes the units of correction, interval and p: "day", "week", "story" (found on the way
            in Tokens or a `Scan`), a column of the articles, or the table of `bitext.stories`; None takes
            articles. With fewer than 5 units on a side nothing is estimated. With it, groups without common
            weeks have no p, and ``note`` says so, and where they share less than 80 % of their time.
        alpha: 1 - level of the intervals.
        min_group_size: a pair with fewer articles on a side has no interval and no p.
        replicates, seed: exchanges of labels for p, and their seed; p is at least 1 / (replicates + 1).
        calibration: for concepts in both languages, as in `bitext.keyness`: their hits in Chinese articles
            are divided by 2 ** k, and unreliable concepts are left out, in pairs across languages.

    Returns:
        One row per pair of groups, in order of their labels:
        - ``target``, ``reference`` (str): the pair
        - ``cosine``, ``cosine_low``, ``cosine_high`` (0 nothing shared, 1 the same): corrected; the estimate
          may lie above 1 where groups are small and alike, and is then 1
        - ``cosine_chance``: mean with the labels exchanged between the units of the pair: about 1
        - ``p``, ``q``: how often labels so exchanged make the pair as unlike (by the cosine); adjusted for
          all pairs (Benjamini-Hochberg)
        - ``jsd`` (bits, 0 the same, 1 nothing shared): Jensen-Shannon divergence of the samples, no estimate
          of that of the outlets; ``jsd_chance``
        - ``group_size_target``, ``group_size_reference`` (int): articles of each
        - ``note`` (str): why there is no interval or no p
        - ``reliable``, ``corrected``, ``unknown``, ``left_out`` (0 to 1, only of concepts in both languages):
          how the hits of a pair across languages divide into the tiers of `bitext.calibrate`; those of
          unreliable concepts are left out. NaN for a pair of one language, which is compared as counted

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown column or weighting, or fewer than two groups.

    Source:
        Lin (1991) for the divergence; products of different units as in U-statistics (Hoeffding 1948); the
        interval: Efron (1982), The jackknife, on the scale of artanh.

    Examples:
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": [*"123456"], "outlet": [*"AAABBB"], "lang": "en"})
        >>> terms = np.array(["ban", "chip", "deal"], dtype=object)
        >>> table = sparse.csr_array(np.array([[5, 5, 0]] * 3 + [[0, 5, 5]] * 3))
        >>> counts = Counts(table, articles, terms, np.full(6, 10))
        >>> similarity(counts, weighting="none")[["target", "reference", "cosine", "jsd"]].round(3)
          target reference  cosine  jsd
        0      A         B     0.5  0.5
    """
    names = groups.columns(by)
    check_alpha(alpha)
    if weighting not in ("idf", "none"):
        raise TableError.unknown("weighting", weighting, ["idf", "none"])
    if replicates < 1:
        raise TableError(f"replicates={replicates}; use 1 or more")
    counts = of_articles(counts, cluster)
    within, between, across = for_pairs(counts, calibration, names)
    settings = _Settings(names, weighting, cluster, alpha, max(min_group_size, 2), replicates, seed)
    own = _Groups(within, settings)
    apart = own if across is None else _Groups(between, settings)
    rows, told = [], []
    for pair in groups.pairs(own.profiles.keys, every=True, what=groups.JOINT.join(names)):
        sides = (pair.in_target, pair.in_reference)
        i, j = (int(np.flatnonzero(chosen)[0]) for chosen in sides)
        chosen = own if across is None or not across.told or across.same(sides) else apart
        rows.append((pair.target, pair.reference, *chosen.row(i, j)))
        told.append({} if across is None else across.shares(sides))
    columns = ["target", "reference", "group_size_target", "group_size_reference", "jsd", "cosine"]
    columns += ["cosine_low", "cosine_high", "cosine_chance", "p", "jsd_chance", "note"]
    table = pd.DataFrame(rows, columns=columns)
    for name in ("cosine", "cosine_low", "cosine_high"):
        table[name] = table[name].clip(0, 1)
    table["q"] = false_discovery_rate(table["p"].to_numpy(dtype=np.float64))
    table = table[list(COLUMNS)]
    if across is not None and not across.told:
        table["note"] += f"; {UNTOLD}"
    elif across is not None:
        tiers = pd.DataFrame(told).rename(columns={"unreliable": "left_out"})
        table = table.assign(**tiers[["reliable", "corrected", "unknown", "left_out"]])
    table.attrs["run"] = run_record(
        "similarity",
        by=list(names),
        weighting=weighting,
        cluster=column_of(cluster),
        alpha=alpha,
        replicates=replicates,
        seed=seed,
        unit=within.unit,
        calibrated=across is not None and across.told,
    )
    return table


COLUMNS = (
    *("target", "reference", "cosine", "cosine_low", "cosine_high", "cosine_chance", "p", "q"),
    *("jsd", "jsd_chance", "group_size_target", "group_size_reference", "note"),
)


class _Settings(NamedTuple):
    """What was asked for; see `similarity`."""

    by: tuple[str, ...]
    weighting: str
    cluster: Cluster
    alpha: float
    min_group_size: int
    replicates: int
    seed: int


class _Groups:
    """The groups of one table of counts, ready to be compared in pairs."""

    def __init__(self, counts: Counts | GroupedCounts, settings: _Settings) -> None:
        self.profiles: Profiles | Summed
        if isinstance(counts, GroupedCounts):
            if settings.cluster is not None:
                raise TableError(
                    "cluster= needs single articles and sums hold none; pass bitext.count(tokens)"
                )
            self.profiles = Summed.of(counts, settings.by)
        else:
            self.profiles = Profiles.of(counts, settings.by, settings.cluster)
        totals = self.profiles.totals()
        self._settings, self._rates, self._used = settings, shares(totals), totals > 0
        self._time: tuple[Ints, Ints] | None = None  # week and group of each article
        if isinstance(counts, Counts) and settings.cluster is not None:
            self._time = periods(counts.articles, "week"), groups.codes(counts.articles, settings.by)[0]
        self._weight = _idf(self.profiles) if settings.weighting == "idf" else np.ones(totals.shape[1])
        self._sides = [
            Side.of_group(self.profiles, totals, group, self._weight)
            for group in range(len(self.profiles.keys))
        ]

    def row(self, i: int, j: int) -> tuple[float | str, ...]:
        """Return sizes, divergence, cosine, its interval, what chance gives, and a note of two groups."""
        asked, sizes = self._settings, (int(self.profiles.sizes[i]), int(self.profiles.sizes[j]))
        both = (self._sides[i], self._sides[j])
        note = _why(self.profiles, self._used[[i, j]], sizes, asked.min_group_size)
        note = note or too_few(min(side.units for side in both), asked.cluster)
        known = bool(self._used[i].any() and self._used[j].any())
        estimate = cosine(*both) if known else float("nan")
        ends, chance = (np.nan, np.nan), (np.nan, np.nan, np.nan)
        if not note:
            ends = interval(both, estimate, asked.alpha, asked.seed)
            chance = exchanged(both, self._weight, asked.replicates, asked.seed)
            note, comparable = self._in_time(i, j)
            chance = chance if comparable else (chance[0], np.nan, chance[2])
        return *sizes, _jsd(self._rates, self._used, i, j), estimate, *ends, *chance, note

    def _in_time(self, i: int, j: int) -> tuple[str, bool]:
        """Return what is said of how two groups lie in time, and whether they may have a p."""
        if self._time is None:
            return "", True
        week, number = self._time
        found = in_time(week, np.ones(len(week)), number == i, number == j)
        return found.warning, found.comparable


def _idf(profiles: Profiles | Summed) -> Floats:
    """Return ``ln((1 + n) / (1 + df)) + 1`` of each term over articles."""
    return np.asarray(np.log((1 + profiles.sizes.sum()) / (1 + profiles.holders)) + 1)


def _jsd(rates: Floats, used: npt.NDArray[np.bool_], i: int, j: int) -> float:
    """Return the divergence; terms of one group alone (most are) add half their share, and no logarithm."""
    if not (used[i].any() and used[j].any()):
        return float("nan")
    both = np.flatnonzero(used[i] & used[j])
    p, q = rates[i, both], rates[j, both]
    return float(np.clip(jsd_parts(p, q).sum() + 1 - (p.sum() + q.sum()) / 2, 0, 1))


def _why(
    profiles: Profiles | Summed, used: npt.NDArray[np.bool_], sizes: tuple[int, int], needed: int
) -> str:
    """Return why there is no interval, "" where there is one."""
    if not used.any(axis=1).all():
        return "no counted term on one side"
    if isinstance(profiles, Summed):
        return "no interval: sums hold no articles"
    if min(sizes) < needed:
        return f"no interval: {min(sizes)} articles on one side, at least {needed} needed"
    return ""
