"""Bursts: stretches of time in which articles use a term far more often than before and after."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.comparison.time.timeline import all_periods
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts, require_one_language
from bitext.counting.exact_sums import FIELDS
from bitext.counting.grouped_counts import GroupedCounts, places
from bitext.errors import TableError
from bitext.record import generator, run_record
from bitext.schema import NO_GROUP
from bitext.statistics import groups
from bitext.statistics.multiple import false_discovery_rate
from bitext.tokens.grouping import PERIODS

COLUMNS = ("term", "first_period", "last_period", "periods", "articles", "expected", "weight", "p", "q")


@checked
def bursts(
    counts: Counts | GroupedCounts | Scan,
    *,
    by: str | Sequence[str] | None = None,
    per: str = "day",
    terms: Sequence[str] | str | None = None,
    ratio: float = 2,
    gamma: float = 1,
    min_articles: int = 5,
    replicates: int = 499,
    seed: int = 0,
) -> pd.DataFrame:
    """Find bursts of terms: Kleinberg's two-state automaton over the articles of each period.

    In the calm state a term is in the share of articles that it has over all periods, in the burst state in
    *ratio* times that share. The cheapest course of states is found: minus the binomial log-likelihood of
    each period's articles, plus ``gamma * ln(periods)`` for every step from calm into burst. Articles, not
    occurrences, are counted, so that one long article is no burst.

    Args:
        counts: counts of articles with dates, or their sums (`GroupedCounts` by *by* and *per*).
        by: column(s) that make the groups, each with its own course; None takes all articles together.
        per: "day", "week", "month", "quarter" or "year".
        terms: look at these terms only.
        ratio: how many times the usual share a burst has; above 1.
        gamma: how much a step into a burst costs; more gives fewer and stronger bursts.
        min_articles: terms in fewer articles of the group are left out.
        replicates, seed: shuffles of the dates for p, and their seed; p is at least 1 / (replicates + 1).

    Returns:
        One row per burst, in each group the heaviest first, ties by term and first period:
        - the columns *by*, ``term`` (str)
        - ``first_period``, ``last_period`` (str); ``periods`` (int)
        - ``articles`` (int): articles with the term in the burst
        - ``expected``: articles that its usual share predicts
        - ``weight`` (above 0): how much cheaper the burst state is over these periods, natural units of
          log-likelihood
        - ``p`` (0 to 1): how often the articles with the term, their dates shuffled among all articles of the
          group, have a burst that is as heavy; ``q``: p adjusted for all terms that were looked at
          (Benjamini-Hochberg). A burst that chance makes, too, is none: look at q first

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown period, column or term, *ratio* or *gamma* out of range, or no date at all.

    Source:
        Kleinberg (2003), Bursty and hierarchical structure in streams: the automaton of batched arrivals.

    Examples:
        >>> from scipy import sparse
        >>> days = pd.date_range("2021-03-01", periods=10).repeat(10)
        >>> articles = pd.DataFrame({"article": np.arange(100).astype(str), "lang": "en", "date": days})
        >>> hits = np.zeros((100, 1), dtype=int)
        >>> hits[[5, 40, 41, 42, 43, 44, 50, 51, 52, 53, 54, 85]] = 1
        >>> terms = np.array(["ban"], dtype=object)
        >>> counts = Counts(sparse.csr_array(hits), articles, terms, np.full(100, 9))
        >>> bursts(counts).drop(columns=["weight", "q"])
          term first_period last_period  periods  articles  expected      p
        0  ban   2021-03-05  2021-03-06        2        10       2.4  0.002
    """
    if per not in PERIODS:
        raise TableError.unknown("period", per, PERIODS)
    if ratio <= 1 or gamma < 0:
        raise TableError(f"ratio={ratio}, gamma={gamma}; use a ratio above 1 and gamma from 0")
    names = groups.columns(by)
    if isinstance(counts, Scan):
        counts = counts.group((*names, per))
    if isinstance(counts, GroupedCounts):
        counts.require_one_language()
        if terms is not None:
            counts.places(terms)
        grouped = counts.regroup((*names, per))
    else:
        require_one_language(counts)
        part = counts if terms is None else counts.only(places(counts.terms, terms, counts.unit))
        grouped = GroupedCounts.of(part, (*names, per))
    periods = all_periods([key[-1] for key in grouped.keys], per)
    wanted = {terms} if isinstance(terms, str) else set(grouped.terms if terms is None else terms)
    chosen = np.array([i for i, term in enumerate(grouped.terms) if term in wanted], dtype=np.int64)
    tables = []
    for side in sorted({key[:-1] for key in grouped.keys}):
        table = _of_group(grouped, side, periods, chosen, ratio, gamma, min_articles, replicates, seed)
        for place, (name, value) in enumerate(zip(names, side, strict=True)):
            table.insert(place, name, value)
        tables.append(table)
    result = pd.concat(tables, ignore_index=True)
    result.attrs["run"] = run_record(
        "bursts",
        by=list(names),
        per=per,
        ratio=ratio,
        gamma=gamma,
        min_articles=min_articles,
        replicates=replicates,
        seed=seed,
        unit=grouped.unit,
    )
    return result


def course(hits: Ints, size: Ints, *, ratio: float, gamma: float) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Return which periods are a burst, and what the burst state saves in each: both periods × terms.

    Args:
        hits: articles with the term, periods × terms.
        size: articles of each period.
        ratio, gamma: see `bursts`.
    """
    calm = hits.sum(axis=0) / max(int(size.sum()), 1)
    high = np.minimum(calm * ratio, (1 + calm) / 2)  # a share stays below 1
    misses = size[:, None] - hits
    saving = special.xlogy(hits, high) - special.xlogy(hits, calm)
    saving += special.xlogy(misses, 1 - high) - special.xlogy(misses, 1 - calm)
    step = gamma * np.log(max(len(size), 2))
    # Cost of the cheapest course that ends calm or in a burst, relative to staying calm throughout.
    ends_calm, ends_high = np.zeros(hits.shape[1]), np.full(hits.shape[1], np.inf)
    # Was the state before a burst, if the state now is [calm, burst]?
    from_high = np.zeros((2, *hits.shape), dtype=bool)
    for t in range(len(size)):
        from_high[0, t] = ends_high < ends_calm
        from_high[1, t] = ends_high <= ends_calm + step
        calm_now = np.minimum(ends_calm, ends_high)
        ends_high = np.minimum(ends_high, ends_calm + step) - saving[t]
        ends_calm = calm_now
    state = np.zeros(hits.shape, dtype=bool)
    now = ends_high < ends_calm
    for t in range(len(size) - 1, -1, -1):
        state[t] = now
        now = np.where(now, from_high[1, t], from_high[0, t])
    return state, saving


def _by_chance(
    size: Ints, holders: Ints, *, ratio: float, gamma: float, replicates: int, seed: int
) -> dict[int, Floats]:
    """Return, for every number of articles with a term, the weight of the heaviest burst of each shuffle."""
    heaviest = {}
    for count in np.unique(holders).tolist():
        rng = generator(seed, int(count))
        hits = rng.multivariate_hypergeometric(size, int(count), size=replicates, method="marginals").T
        state, saving = course(hits, size, ratio=ratio, gamma=gamma)
        run, best = np.zeros(replicates), np.zeros(replicates)
        for burst, saved in zip(state, saving, strict=True):
            run = np.where(burst, run + saved, 0)
            best = np.maximum(best, run)
        heaviest[int(count)] = best
    return heaviest


def _of_group(
    grouped: GroupedCounts,
    side: groups.Key,
    periods: list[str],
    chosen: Ints,
    ratio: float,
    gamma: float,
    min_articles: int,
    replicates: int,
    seed: int,
) -> pd.DataFrame:
    rows = {key[-1]: i for i, key in enumerate(grouped.keys) if key[:-1] == side and key[-1] != NO_GROUP}
    inside = np.isin(np.arange(len(grouped.keys)), list(rows.values()))
    field = FIELDS.index("articles")
    total = grouped.total(inside)[:, field]
    use = chosen[total[chosen] >= min_articles]
    hits = np.zeros((len(periods), len(use)), dtype=np.int64)
    size = np.zeros(len(periods), dtype=np.int64)
    for place, period in enumerate(periods):
        if period in rows:
            hits[place] = grouped.of_group(rows[period])[use, field]
            size[place] = grouped.articles[rows[period]]
    state, saving = course(hits, size, ratio=ratio, gamma=gamma)
    edge = np.zeros((1, len(use)), dtype=np.int8)
    change = np.diff(np.concatenate([edge, state.astype(np.int8), edge]), axis=0)
    # Transposed, starts and ends of the bursts of one term follow each other.
    (term, start), (_, stop) = np.nonzero(change.T == 1), np.nonzero(change.T == -1)
    gained, held, share = np.cumsum(saving, axis=0), np.cumsum(hits, axis=0), np.cumsum(size)

    def between(sums: npt.NDArray[np.float64] | Ints) -> Floats:
        before = np.where(start > 0, sums[start - 1, term] if sums.ndim == 2 else sums[start - 1], 0)
        return np.asarray((sums[stop - 1, term] if sums.ndim == 2 else sums[stop - 1]) - before)

    table = pd.DataFrame(
        {
            "term": grouped.terms[use][term],
            "first_period": np.array(periods, dtype=object)[start],
            "last_period": np.array(periods, dtype=object)[stop - 1],
            "periods": stop - start,
            "articles": between(held).astype(np.int64),
            "expected": between(share) * total[use][term] / max(int(size.sum()), 1),
            "weight": between(gained),
        },
        columns=list(COLUMNS),
    )
    heaviest = _by_chance(size, total[use], ratio=ratio, gamma=gamma, replicates=replicates, seed=seed)
    weights = table["weight"].to_numpy(dtype=np.float64) * (1 - 1e-9)
    chance = [heaviest[int(count)] for count in total[use][term]]
    found = np.array([(values >= weight).sum() for values, weight in zip(chance, weights, strict=True)], int)
    table["p"] = (1 + found) / (1 + replicates)
    table["q"] = false_discovery_rate(table["p"].to_numpy(dtype=np.float64), family=max(len(use), len(table)))
    return table.sort_values(["weight", "term", "first_period"], ascending=[False, True, True], kind="stable")
