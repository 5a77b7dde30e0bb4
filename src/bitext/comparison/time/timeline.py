"""Counts and shares over time."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.checked import checked
from bitext.comparison.keyness.contrast import PER
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts, require_one_language
from bitext.counting.exact_sums import FIELDS
from bitext.counting.grouped_counts import GroupedCounts, places
from bitext.errors import TableError
from bitext.record import run_record
from bitext.schema import NO_GROUP
from bitext.statistics import groups
from bitext.statistics.clusters import Cluster, added_up, column_of
from bitext.statistics.effects import check_alpha
from bitext.statistics.intervals import wilson
from bitext.statistics.sides import Side, rate_interval
from bitext.statistics.units import finds_stories, of_articles
from bitext.tokens.grouping import PERIODS, group_values
from bitext.tokens.tokens import Tokens


@checked
@finds_stories
def timeline(
    counts: Counts | GroupedCounts | Tokens | Scan,
    *,
    terms: Sequence[str] | str | None = None,
    by: str | Sequence[str] | None = "outlet",
    per: str = "day",
    cluster: Cluster = None,
    alpha: float = 0.05,
    min_group_size: int = 5,
) -> pd.DataFrame:
    """Count articles, or terms, per period and group; every period from the first to the last has its row.

    Args:
        counts: counts of articles with dates, or their sums (`GroupedCounts` by *by* and *per*). Tokens are
            counted first, as `bitext.count` does; a `Scan` is summed, or with *cluster* counted by article.
        terms: terms (or concepts) to follow; None counts the articles alone.
        by: column(s) that make the groups; None takes all articles together.
        per: "day", "week", "month", "quarter" or "year"; a week is named by its Monday. Days are those that
            the outlets print; `Corpus.in_zone` puts outlets of several zones on one clock.
        cluster: what makes the units of the intervals of rates: "day" (where periods are longer), "story"
            (found on the way in Tokens or a `Scan`), a column of the articles, or the table of
            `bitext.stories`; None takes articles.
        alpha: 1 - level of the intervals.
        min_group_size: with fewer articles in a period there is no interval of the rate.

    Returns:
        One row per group and period (and term), in that order:
        - the columns *by*, ``period`` (str); with *terms* also ``term``
        - without *terms*: ``articles`` (int) of the group in the period, and ``share``, ``share_low``,
          ``share_high``, the group's part of the period's articles
        - with *terms*: ``group_size`` (int), articles of the group in the period; ``articles`` (int) with the
          term, and ``share``, ``share_low``, ``share_high``, their part of `group_size`; ``n`` (int)
          occurrences; ``rate``, ``rate_low``, ``rate_high`` per 1,000 tokens
        - ``note`` (str): why something is NaN

        Articles without a date are in no row; the run record counts them (``undated``).

    Raises:
        LanguageError: terms of more than one language are to be followed.
        TableError: an unknown period, column or term, *alpha* out of range, or no article with a date.

    Source:
        Wilson (1927) for the intervals of shares; rates as in `keyness`: linearised over articles.

    Examples:
        >>> from scipy import sparse
        >>> days = pd.to_datetime(["2021-03-08", "2021-03-10", "2021-03-10"])
        >>> articles = pd.DataFrame({"article": ["1", "2", "3"], "outlet": "A", "lang": "en", "date": days})
        >>> table = sparse.csr_array(np.array([[3], [0], [1]]))
        >>> counts = Counts(table, articles, np.array(["ban"], dtype=object), np.array([100, 100, 100]))
        >>> timeline(counts, terms="ban")[["outlet", "period", "articles", "n", "rate", "share"]]
          outlet      period  articles  n  rate  share
        0      A  2021-03-08         1  3  30.0    1.0
        1      A  2021-03-09         0  0   NaN    NaN
        2      A  2021-03-10         1  1   5.0    0.5
    """
    check_alpha(alpha)
    if per not in PERIODS:
        raise TableError.unknown("period", per, PERIODS)
    names = groups.columns(by)
    counts = of_articles(counts, cluster)
    if isinstance(counts, Scan):
        counts = counts.group((*names, per))
    grouped = _sums(counts, names, per, terms)
    units = grouped
    if cluster is not None:
        if isinstance(counts, GroupedCounts):
            raise TableError("cluster= needs single articles and sums hold none; pass bitext.count(tokens)")
        units = _sums(added_up(counts, (*names, per), cluster), names, per, terms)
    periods = all_periods([key[-1] for key in grouped.keys], per)
    rows = {key: i for i, key in enumerate(grouped.keys)}
    sides = sorted({key[:-1] for key in grouped.keys})
    undated = int(sum(grouped.articles[i] for key, i in rows.items() if key[-1] == NO_GROUP))
    keys = [(*side, period) for side in sides for period in periods]
    present = np.array([rows.get(key, -1) for key in keys], dtype=np.int64)
    articles = np.where(present >= 0, grouped.articles[present], 0)
    frame = pd.DataFrame(keys, columns=[*names, "period"], dtype=object)
    if terms is None:
        table = _articles(frame, articles, len(sides), len(periods), alpha)
    else:
        table = _terms(frame, articles, present, grouped, units, terms, alpha, min_group_size)
    table.attrs["run"] = run_record(
        "timeline",
        by=list(names),
        per=per,
        cluster=column_of(cluster),
        alpha=alpha,
        undated=undated,
        unit=grouped.unit,
    )
    return table


def all_periods(found: Sequence[str], per: str) -> list[str]:
    """Return the names of all periods from the first to the last that was *found*.

    Raises:
        TableError: there is none.

    Examples:
        >>> all_periods(["2021-03", "(none)", "2021-01"], "month")
        ['2021-01', '2021-02', '2021-03']
    """
    known = sorted(set(found) - {NO_GROUP})
    if not known:
        raise TableError("no article has a date; a timeline needs the column date")
    if per == "week":  # named by their Monday
        ends = pd.DatetimeIndex(known).to_period(PERIODS[per])
    else:
        ends = pd.PeriodIndex(known, freq=PERIODS[per])
    days = pd.date_range(ends.min().start_time, ends.max().end_time.normalize(), freq="D")
    return sorted(set(group_values(pd.DataFrame({"date": days}), per)[per]))


def _sums(
    counts: Counts | GroupedCounts, names: tuple[str, ...], per: str, terms: Sequence[str] | str | None
) -> GroupedCounts:
    if isinstance(counts, GroupedCounts):
        if terms is not None:
            counts.require_one_language()
            counts.places(terms)
        return counts.regroup((*names, per))
    if terms is not None:
        require_one_language(counts)
    wanted = places(counts.terms, terms or [], counts.unit)
    return GroupedCounts.of(counts.only(wanted), (*names, per))


def _articles(
    frame: pd.DataFrame, articles: npt.NDArray[np.int64], sides: int, periods: int, alpha: float
) -> pd.DataFrame:
    total = np.tile(articles.reshape(sides, periods).sum(axis=0), sides)
    low, high = wilson(articles, total, alpha)
    with np.errstate(invalid="ignore"):
        share = np.where(total > 0, articles / np.maximum(total, 1), np.nan)
    note = np.where(total > 0, "", "no article in the period").astype(object)
    return frame.assign(articles=articles, share=share, share_low=low, share_high=high, note=note)


def _terms(
    frame: pd.DataFrame,
    articles: npt.NDArray[np.int64],
    present: npt.NDArray[np.int64],
    grouped: GroupedCounts,
    units: GroupedCounts,
    terms: Sequence[str] | str,
    alpha: float,
    min_group_size: int,
) -> pd.DataFrame:
    wanted = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
    width = len(wanted)
    # A term that is counted but occurs in no article has no sums.
    place = {term: i for i, term in enumerate(grouped.terms)}
    known = np.array([i for i, term in enumerate(wanted) if term in place], dtype=np.int64)
    column = np.array([place[wanted[i]] for i in known], dtype=np.int64)
    table = frame.loc[frame.index.repeat(width)].reset_index(drop=True)
    sums = np.zeros((len(frame), width, len(FIELDS)), dtype=np.int64)
    low, high, rate = (np.full((len(frame), width), np.nan) for _ in range(3))
    for row, group in enumerate(present):
        if group < 0 or grouped.tokens[group] == 0:
            continue
        sums[row, known] = grouped.of_group(int(group))[column]
        mine = sums[row]
        if units is not grouped:  # groups and terms are the same, and stand in the same order
            mine = np.zeros_like(mine)
            mine[known] = units.of_group(int(group))[column]
        side = Side.of(units.sizes[group], mine, units.scale)
        rate[row] = side.rate * PER
        low[row], high[row] = (
            x * PER for x in rate_interval(side, alpha=alpha, min_group_size=min_group_size)
        )
    holders = sums[:, :, FIELDS.index("articles")].ravel()
    size = np.repeat(articles, width)
    share_low, share_high = wilson(holders, size, alpha)
    note = np.full(len(table), "", dtype=object)
    called = "articles" if units is grouped else "clusters"
    note[np.isnan(low.ravel())] = f"no interval of the rate: fewer than {max(min_group_size, 2)} {called}"
    note[size == 0] = "no article in the period"
    return table.assign(
        term=np.tile(np.array(wanted, dtype=object), len(frame)),
        group_size=size,
        n=grouped.hits(sums.reshape(-1, len(FIELDS))),
        rate=rate.ravel(),
        rate_low=low.ravel(),
        rate_high=high.ravel(),
        articles=holders,
        share=np.where(size > 0, holders / np.maximum(size, 1), np.nan),
        share_low=share_low,
        share_high=share_high,
        note=note,
    )
