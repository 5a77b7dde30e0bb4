"""How alike groups are."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.checked import checked
from bitext.comparison.profile import Profiles, Spread, Summed, jsd_parts, shares, t_quantile
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import TableError
from bitext.record import run_record
from bitext.statistics import groups

Floats = npt.NDArray[np.float64]
Places = Sequence[tuple[int, int]]

TESTS = ("bootstrap", "linearised")


@checked
def similarity(
    counts: Counts | GroupedCounts | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    weighting: str = "idf",
    test: str = "bootstrap",
    alpha: float = 0.05,
    min_group_size: int = 5,
    replicates: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the vocabularies of every pair of groups.

    Two groups never look quite equal, because each is a sample: `cosine_chance` and `jsd_chance` say what
    groups of these sizes would show if articles had been dealt to them at random.

    Args:
        counts: counts of one language, or of concepts; or their sums over batches (`GroupedCounts`), which
            give no interval and no chance level.
        by: column(s) of the article table, or "day", "week", "month", "quarter", "year".
        weighting: of the cosine: "idf" multiplies the rates by ``ln((1 + n) / (1 + df)) + 1``, n and df in
            articles, so that function words do not decide; "none" takes the rates.
        test: how intervals are made: "bootstrap" over articles, or "linearised" (the influence of each
            article on the number; for large corpora, a hundred times as fast).
        alpha: 1 - level of the intervals.
        min_group_size: a pair with fewer articles on a side has no interval.
        replicates, seed: of the bootstrap, and (a quarter of them) of the random dealing.

    Returns:
        One row per pair of groups, in order of their labels:
        - ``target``, ``reference`` (str): the pair
        - ``cosine``, ``cosine_low``, ``cosine_high`` (0 nothing shared, 1 the same)
        - ``cosine_chance``: mean with the labels exchanged between articles
        - ``jsd``, ``jsd_low``, ``jsd_high`` (bits, 0 the same, 1 nothing shared), ``jsd_chance``
        - ``group_size_target``, ``group_size_reference`` (int): articles of each
        - ``note`` (str): why there is no interval

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown column, weighting or test, or fewer than two groups.

    Source:
        Lin (1991) for the divergence; the intervals are ``± t * standard error``, of the cosine on the scale
        of artanh.

    Examples:
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": ["1", "2"], "outlet": ["A", "B"], "lang": ["en", "en"]})
        >>> terms = np.array(["ban", "chip", "deal"], dtype=object)
        >>> table = sparse.csr_array(np.array([[5, 5, 0], [0, 5, 5]]))
        >>> counts = Counts(table, articles, terms, np.array([10, 10]))
        >>> similarity(counts, weighting="none")[["target", "reference", "cosine", "jsd"]].round(3)
          target reference  cosine  jsd
        0      A         B     0.5  0.5
    """
    names = groups.columns(by)
    if weighting not in ("idf", "none"):
        raise TableError.unknown("weighting", weighting, ["idf", "none"])
    if test not in TESTS:
        raise TableError.unknown("test", test, TESTS)
    if isinstance(counts, Scan):
        counts = counts.group(names)
    profiles: Profiles | Summed
    profiles = Summed.of(counts, names) if isinstance(counts, GroupedCounts) else Profiles.of(counts, names)
    totals = profiles.totals()
    pairs = groups.pairs(profiles.keys, every=True, what=groups.JOINT.join(names))
    places = [(int(np.flatnonzero(p.in_target)[0]), int(np.flatnonzero(p.in_reference)[0])) for p in pairs]
    weight = _idf(profiles) if weighting == "idf" else np.ones(totals.shape[1])
    point = _both(totals, places, weight)
    deviation, chance = np.full_like(point, np.nan), Spread(point)
    if isinstance(profiles, Profiles):
        if test == "linearised":
            deviation = _linearised(profiles, totals, places, weight)
        else:
            spread = Spread(point)
            for drawn in profiles.bootstrap(replicates, seed):
                spread.add(_both(drawn, places, weight))
            deviation = spread.deviation
        for dealt in profiles.shuffled(max(replicates // 4, 2), seed):
            chance.add(_both(dealt, places, weight))
    table = _table(profiles, pairs, places, point, deviation, chance.mean, alpha, min_group_size)
    table.attrs["run"] = run_record(
        "similarity",
        by=list(names),
        weighting=weighting,
        test=test,
        alpha=alpha,
        replicates=replicates,
        seed=seed,
        unit=counts.unit,
    )
    return table


def _idf(profiles: Profiles | Summed) -> Floats:
    """Return ``ln((1 + n) / (1 + df)) + 1`` of each term over articles."""
    return np.asarray(np.log((1 + profiles.sizes.sum()) / (1 + profiles.holders)) + 1)


def _both(totals: Floats, places: Places, weight: Floats) -> Floats:
    """Return the cosine and the divergence of each pair: 2 × pairs."""
    rates = shares(totals)
    unit = _unit(rates * weight)
    # Not by BLAS: its threads wait for each other far longer than so thin a product takes.
    cosine = np.einsum("it,jt->ij", unit, unit)
    used = totals > 0
    return np.array([[cosine[i, j] for i, j in places], [_jsd(rates, used, i, j) for i, j in places]])


def _unit(rows: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(rows / np.sqrt((rows**2).sum(axis=1, keepdims=True)))


def _jsd(rates: Floats, used: npt.NDArray[np.bool_], i: int, j: int) -> float:
    """Return the divergence; terms of one group alone (most are) add half their share, and no logarithm."""
    if not (used[i].any() and used[j].any()):
        return float("nan")
    both = np.flatnonzero(used[i] & used[j])
    p, q = rates[i, both], rates[j, both]
    return float(np.clip(jsd_parts(p, q).sum() + 1 - (p.sum() + q.sum()) / 2, 0, 1))


def _linearised(profiles: Profiles, totals: Floats, places: Places, weight: Floats) -> Floats:
    """Return the standard errors of the cosine and of the divergence, 2 × pairs, by influence of articles.

    The number changes by ``sum(g * dp)`` when the shares p of a group change by dp; with ``e`` the residual
    ``sum(g * x) - L * sum(g * p)`` of each article, the variance is ``n / (n - 1) * sum(e**2) / N**2``. For
    the divergence ``g = log2(p / m) / 2``; for the cosine ``g = w * (v - c * u) / |wp|``, u and v the unit
    vectors.
    """
    rates = shares(totals)
    unit, norm = _unit(rates * weight), np.sqrt(((rates * weight) ** 2).sum(axis=1))
    variance = np.zeros((2, len(places)))
    for group in range(len(profiles.keys)):
        mine = [(pair, j if i == group else i) for pair, (i, j) in enumerate(places) if group in (i, j)]
        rows = profiles.matrix[profiles.number == group]
        if not mine or rows.shape[0] < 2:
            continue
        for pair, other in mine:
            cosine = (unit[group] * unit[other]).sum()
            slope = np.stack(
                [
                    weight * (unit[other] - cosine * unit[group]) / norm[group],
                    -np.log2(_ratio(rates[group], rates[other])) / 2,
                ],
                axis=1,
            )
            residual = rows @ slope - np.asarray(rows.sum(axis=1))[:, None] * (
                rates[group][:, None] * slope
            ).sum(axis=0)
            variance[:, pair] += _over_articles(residual, totals[group].sum())
    return np.sqrt(variance)


def _ratio(p: Floats, q: Floats) -> Floats:
    """Return m / p, and 1 where p is 0: its articles have no hit there, so the slope does not matter."""
    return np.divide((p + q) / 2, p, out=np.ones_like(p), where=p > 0)


def _over_articles(residual: Floats, tokens: float) -> Floats:
    n = len(residual)
    return np.asarray(n / (n - 1) * (residual**2).sum(axis=0) / tokens**2)


def _table(
    profiles: Profiles | Summed,
    pairs: Sequence[groups.Pair],
    places: Places,
    point: Floats,
    deviation: Floats,
    chance: Floats,
    alpha: float,
    min_group_size: int,
) -> pd.DataFrame:
    sizes = np.array([[profiles.sizes[i], profiles.sizes[j]] for i, j in places])
    fewest = sizes.min(axis=1)
    enough = fewest >= max(min_group_size, 2)
    t = np.array([t_quantile(int(n), alpha) if ok else np.nan for n, ok in zip(fewest, enough, strict=True)])
    half = deviation * t
    # The cosine's interval is made on the scale of artanh, so that it ends below 1.
    cosine = np.minimum(point[0], 1 - 1e-12)
    middle, wide = np.arctanh(cosine), half[0] / (1 - cosine**2)
    return pd.DataFrame(
        {
            "target": [pair.target for pair in pairs],
            "reference": [pair.reference for pair in pairs],
            "cosine": point[0],
            "cosine_low": np.maximum(np.tanh(middle - wide), 0),
            "cosine_high": np.tanh(middle + wide),
            "cosine_chance": chance[0],
            "jsd": point[1],
            "jsd_low": np.maximum(point[1] - half[1], 0),
            "jsd_high": np.minimum(point[1] + half[1], 1),
            "jsd_chance": chance[1],
            "group_size_target": sizes[:, 0],
            "group_size_reference": sizes[:, 1],
            "note": [
                _note(int(n), max(min_group_size, 2), profiles, bool(known))
                for n, known in zip(fewest, np.isfinite(point[1]), strict=True)
            ],
        }
    )


def _note(articles: int, needed: int, profiles: Profiles | Summed, known: bool) -> str:
    if not known:
        return "no counted term on one side"
    if isinstance(profiles, Summed):
        return "no interval: sums hold no articles"
    return (
        ""
        if articles >= needed
        else f"no interval: {articles} articles on one side, at least {needed} needed"
    )
