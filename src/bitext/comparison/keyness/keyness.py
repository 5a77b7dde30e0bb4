"""The keyness table: which terms set one group of articles apart from another."""

from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.checked import checked
from bitext.comparison.across_languages.correction import Calibration, across_languages, sums_by_language
from bitext.comparison.keyness import arguments, ordering
from bitext.comparison.keyness.arguments import MEASURES, Test
from bitext.comparison.keyness.contrast import Contrast, KeynessSettings, Within
from bitext.comparison.keyness.units import Units
from bitext.comparison.own_names import OwnNames
from bitext.comparison.pooling import pooled
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts, require_one_language
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import TableError
from bitext.record import run_record
from bitext.statistics import groups
from bitext.statistics.clusters import Cluster
from bitext.statistics.multiple import false_discovery_rate
from bitext.statistics.units import finds_stories, of_articles
from bitext.tokens.tokens import Tokens


@checked
@finds_stories
def keyness(
    counts: Counts | GroupedCounts | Tokens | Scan,
    *,
    target: groups.Chosen | None = None,
    reference: groups.Chosen | None = None,
    pairs: Literal["all"] | None = None,
    by: str | Sequence[str] = "outlet",
    measures: Sequence[str] | Literal["all"] = MEASURES,
    test: Test | None = "linearised",
    strata: str | Sequence[str] | None = None,
    cluster: Cluster = None,
    alpha: float = 0.05,
    family: int | None = None,
    min_group_size: int = 5,
    replicates: int | None = None,
    seed: int = 0,
    smoothing: float = 1,
    prior: float | None = None,
    top: int | None = None,
    order: str = "support",
    own_names: str = "mark",
    calibration: Calibration = None,
) -> pd.DataFrame:
    """Score how far each term (or concept) sets a target group of articles apart from a reference.

    Scores compare pooled counts; intervals, p and q take the article as the unit, because the tokens of an
    article are not independent. Formulas, sources and when not to use each column: docs/methods/keyness.md.

    Args:
        counts: counts of one language, or of concepts; Tokens are counted first, as `bitext.count` does. Or
            sums over batches (`GroupedCounts`, grouped by *by* and *strata*), for which what needs single
            articles is NaN; or a `Scan`, which is summed first. Where a `Scan` is compared over clusters, or
            by bootstrap or permutation, the counts of all its articles are held.
        target: a group, or several that are pooled, as in ("A", "B"), whose label is then "A + B"; None takes
            each group in turn.
        reference: a group, or several; None pools all groups that are not the target.
        pairs: "all" compares every pair of groups.
        by: column(s) of the article table, or "day", "week", "month", "quarter", "year".
        measures: names of columns, from `MEASURES` and `MORE`, or "all".
        test: "linearised" (standard error of a ratio estimator, t), "bootstrap" (standard error over
            resampled articles, t), "permutation" (labels exchanged between articles; the interval is the
            linearised one) or None.
        strata: column(s) within which to compare (month, story): Mantel-Haenszel, or a permutation within
            strata. `log_ratio`, its interval, p and q are then the stratified ones.
        cluster: what makes the units of interval, p and q, where articles on one event come in clusters: a
            column of the articles, "day", "week", "month", "story" (found on the way in Tokens or a `Scan`,
            at the cost of `bitext.stories`), or the table that this returned (an article in no story is its
            own unit). None takes articles. With it, sides that share less than
            80 % of their weeks are compared with all weeks weighted alike (or within *strata*); sides
            without common weeks against how much weeks differ; and sides of one stretch of time each not at
            all: ``note`` says which, and the run record (``units``) counts the clusters. The bootstrap
            draws whole clusters, with what they have on either side; the permutation exchanges the parts of
            clusters that lie on one side.
        alpha: 1 - level of intervals.
        family: number of comparisons for `lrc` and `q`; None counts the rows of the table (for `q`: those
            that were tested).
        min_group_size: a side with fewer articles is not tested. Where all groups are described, those with
            fewer are put together as "(n others)", if there are two such groups and two larger ones; the run
            record names them (``pooled``).
        replicates: of the bootstrap (1,000) or permutation (9,999).
        seed: seed of both.
        smoothing: what `simple_maths` adds to both rates per million.
        top: keep only so many rows from either end of each comparison; the family stays that of all rows.
        order: "support" puts first what has q < *alpha* and stands in 3 % (and 4, of under 16 a quarter) of
            a side's articles, by ``support``; others by ``g2``, those in as many articles and with an
            interval of ``log_ratio`` without 0 before the rest. Or "g2", "log_ratio", "lrc", "p".
        own_names: "mark", "drop" or "keep", as in `bitext.keywords`; dropped rows still count for q.
        prior: pseudo-tokens in the prior of `log_odds_z`; None takes as many as the smaller side has.
        calibration: for concepts in both languages, how unevenly they are found: None is bitext's own table,
            or what `bitext.calibrate` returned; False compares hits as counted. Hits in Chinese articles are
            divided by 2 ** k before anything is computed (``n_target`` and ``n_reference`` stay as counted),
            the uncertainty of k widens intervals and p, and unreliable concepts are not tested.

    Returns:
        One row per comparison and term that occurs in it; comparisons in order of their labels, in each what
        the target overuses first, in *order*, what it underuses last; ties by ``g2``, then by term:
        - ``target``, ``reference`` (str): labels; ``(rest)`` is everything else
        - ``term`` (str)
        - ``n_target``, ``n_reference`` (int): occurrences
        - ``articles_target``, ``articles_reference`` (int): articles with the term
        - ``rate_target``, ``rate_reference``: occurrences per 1,000 tokens
        - ``g2``: log-likelihood ratio, positive where the target overuses the term
        - ``log_ratio``, ``log_ratio_low``, ``log_ratio_high``: binary logarithm of the ratio of rates, with
          its interval over articles; infinite at one end where a side has no hit
        - ``lrc``: log ratio at the near end of its exact interval over tokens, family-wise; 0 if it holds 0
        - ``pct_diff`` (percent), ``odds_ratio``, ``simple_maths``, ``log_odds_z``: other effect sizes
        - ``dp``, ``dispersion`` (DPnorm: 0 even, 1 clumped), ``juilland_d``, ``carroll_d2`` (1 even),
          ``range`` (share of articles): spread over the target's articles
        - ``p``, ``q``: of the test over articles, and adjusted for the false discovery rate
        - ``note`` (str): why something is NaN, or open
        - ``support``: the end of the interval of ``log_ratio`` nearer to 0, times sqrt(share of articles with
          the term, on the side that uses it more); negative for underuse; 0 if not supported (see *order*)
        - ``own_name`` (str): "outlet", "agency", "byline", "press" or "" (only with own_names="mark")
        - ``k``, ``tier``: only of concepts in both languages: what was taken out of ``log_ratio``, and how
          far the concept can be compared across languages (see `bitext.calibrate`); 0 and "" where both sides
          are of one language

    Raises:
        LanguageError: terms of more than one language.
        TableError: a group, column, measure or test that does not exist, or nothing to compare.

    Examples:
        >>> from scipy import sparse
        >>> n = np.array([[3, 1], [2, 2], [4, 1], [2, 1], [3, 2], [0, 2], [1, 1], [0, 1], [1, 3], [0, 2]])
        >>> outlets = ["A"] * 5 + ["B"] * 5
        >>> articles = pd.DataFrame({"article": [*"abcdefghij"], "outlet": outlets, "lang": "zh"})
        >>> terms = np.array(["改革", "表示"], dtype=object)  # reform, state
        >>> table = keyness(Counts(sparse.csr_array(n), articles, terms, np.full(10, 100)), target="A")
        >>> table[["term", "n_target", "n_reference", "g2", "log_ratio", "log_ratio_low", "p"]].round(2)
          term  n_target  n_reference     g2  log_ratio  log_ratio_low     p
        0   改革        14            2  10.27       2.54           0.93  0.01
        1   表示         7            9  -0.25      -0.34          -1.27  0.37
        >>> table.attrs["run"]["parameters"]["family"]
        {'lrc': 2, 'q': 2}
    """
    names, within = groups.columns(by), groups.columns(strata)
    arguments.check(names, within, alpha, smoothing, prior, test, cluster)
    settings = KeynessSettings(
        arguments.measures_of(measures),
        arguments.test_of(test),
        alpha,
        min_group_size,
        arguments.replicates_of(replicates, test),
        seed,
        smoothing,
        prior,
    )
    ordering.check(order, top, own_names, settings.measures)
    counts = of_articles(counts, cluster, settings.test)
    if isinstance(counts, Scan):
        counts = sums_by_language(counts, (*names, *within))
    together: list[str] = []
    if target is None and reference is None and pairs is None:
        counts, together = pooled(counts, names, min_group_size)
    as_counted = counts
    counts, across = across_languages(counts, calibration, names)  # of the groups as they are compared
    sums = partial(_Sums.of, names=names, within=within, test=settings.test, cluster=cluster)
    corrected = sums(counts)
    plain, articles = corrected.plain, corrected.articles
    comparisons = groups.pairs(
        plain.keys,
        target=target,
        reference=reference,
        every=pairs == "all",
        empty=[key for key, tokens in zip(plain.keys, plain.tokens, strict=True) if tokens == 0],
        what=groups.JOINT.join(names),
    )
    rows = sum(plain.occurring(pair.in_target | pair.in_reference) for pair in comparisons)
    # Sides of one language are compared as they were counted.
    same = [across is not None and across.same((pair.in_target, pair.in_reference)) for pair in comparisons]
    counted = sums(as_counted) if any(same) else corrected
    known = OwnNames.of_keys(plain, None if articles is None else articles.articles)
    tables, facts = list[pd.DataFrame](), list[object]()
    p, kept = list[npt.NDArray[np.float64]](), list[npt.NDArray[np.intp]]()
    for pair, one in zip(comparisons, same, strict=True):
        of = counted if one else corrected
        contrast = Contrast(of.plain, pair, settings)
        part = contrast.table(max(family or rows, 1), of.articles, of.strata, of.units)
        facts.append(part.attrs.pop("units", None))
        if across is not None:
            part = across.part(part, (pair.in_target, pair.in_reference), alpha)
        marks = known.of_sides(part["term"].to_numpy(), pair.in_target, pair.in_reference)
        part = part.assign(own_name=marks) if own_names == "mark" else part
        keep = ordering.candidates(part, order, alpha, top)
        keep = keep[marks[keep] == ""] if own_names == "drop" else keep
        kept.append(keep + sum(len(values) for values in p))
        p.append(part["p"].to_numpy() if "p" in part else np.full(len(part), np.nan))
        tables.append(part.iloc[keep])
    table = pd.concat(tables, ignore_index=True)
    tests = np.concatenate(p)
    parameters = _parameters(int((~np.isnan(tests)).sum()), rows, family, settings, names, within)
    if settings.test is not None:
        q = false_discovery_rate(tests, family=family)[np.concatenate(kept)]
        table.insert(list(table.columns).index("p") + 1, "q", q)
    table = ordering.arranged(table, order, alpha, top).drop(columns=["(g2)", "(log_ratio)"])
    if corrected.units is not None:
        parameters |= {"cluster": corrected.units.name, "units": facts}
    parameters["groups"] = {
        groups.label(key): {"articles": int(articles), "tokens": round(float(tokens), 3)}
        for key, articles, tokens in zip(plain.keys, plain.articles, plain.tokens, strict=True)
    }
    shown = {
        "pooled": together,
        "order": order,
        "own_names": own_names,
        "calibrated": across is not None and across.told,
    }
    table.attrs["run"] = run_record("keyness", unit=plain.unit, **shown, **parameters)
    return table


class _Sums(NamedTuple):
    """What comparisons are made of: sums by the groups; articles, strata and units where asked for."""

    plain: GroupedCounts
    articles: Counts | None
    strata: Within | None
    units: Units | None

    @classmethod
    def of(
        cls,
        counts: Counts | GroupedCounts,
        *,
        names: tuple[str, ...],
        within: tuple[str, ...],
        test: str | None,
        cluster: Cluster,
    ) -> "_Sums":
        """Sum by *names* and *within*; the counts stay beside where there are any."""
        if isinstance(counts, Counts):
            require_one_language(counts)
            grouped, articles = GroupedCounts.of(counts, (*names, *within)), counts
        else:
            counts.require_one_language()
            if cluster is not None:
                raise TableError(
                    "cluster= needs single articles and sums hold none; pass bitext.count(tokens)"
                )
            if test in ("bootstrap", "permutation"):
                raise TableError(
                    f"test={test!r} draws articles and sums hold none; pass counts, or test='linearised'"
                )
            grouped, articles = counts.regroup((*names, *within)), None
        return cls(
            grouped.regroup(names) if within else grouped,
            articles,
            Within(grouped, within) if within else None,
            None if cluster is None or articles is None else Units.of(articles, cluster, within),
        )


def _parameters(
    tested: int,
    rows: int,
    family: int | None,
    settings: KeynessSettings,
    names: tuple[str, ...],
    within: tuple[str, ...],
) -> dict[str, object]:
    """Return what the run record says of the table."""
    drawn = settings.test in ("bootstrap", "permutation")
    return {
        "by": list(names),
        "strata": list(within),
        "measures": list(settings.measures),
        "test": settings.test,
        "alpha": settings.alpha,
        "family": {"lrc": family or rows, "q": family or tested},
        "min_group_size": settings.min_group_size,
        "replicates": settings.replicates if drawn else None,
        "seed": settings.seed if drawn else None,
        "smoothing": settings.smoothing,
        "prior": settings.prior,
    }
