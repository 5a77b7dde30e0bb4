"""The rows of one group of articles in the table of stance."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import stdtrit

from bitext.arrays import Floats, Ints
from bitext.stances.article_counts import Sums
from bitext.stances.estimates import ONE_ARTICLE, STABLE, dependence, estimate
from bitext.stances.measures import PER_THOUSAND, SHARE, Measure, measures
from bitext.statistics.clusters import Cluster, too_few


def group_table(
    counted: Sums, clusters: Ints | None, cluster: Cluster = None, *, replicates: int, seed: int
) -> pd.DataFrame:
    """Estimate every measure over some articles.

    Args:
        counted: their sums, in an order that does not depend on how they were read.
        clusters: for each article its cluster; None draws articles.
        cluster: what makes them, for notes.
        replicates: bootstrap samples.
        seed: for everything drawn at random.

    Returns:
        One row per feature and voice: the columns of `bitext.stance` from ``feature`` on, without ``z``.
    """
    found = measures(counted)
    size = len(counted.words)
    code = None if clusters is None else np.unique(clusters, return_inverse=True)[1]
    units = found if code is None else _merged(found, code)
    numbers = estimate(units, np.arange(len(units[0].top)), replicates=replicates, seed=seed)
    hits, articles = numbers["hits"], np.array([(measure.hits > 0).sum() for measure in found])
    table = pd.DataFrame(
        {
            "feature": [measure.feature for measure in found],
            "voice": [measure.voice for measure in found],
            "unit": [measure.unit for measure in found],
            "value": numbers["value"],
            "low": numbers["low"],
            "high": numbers["high"],
            "se": numbers["se"],
            "sentence_share": [_share(measure) for measure in found],
            "hits": hits.astype(np.int64),
            "articles": articles.astype(np.int64),
            "group_size": size,
            "words": [_words(measure) for measure in found],
            "stable": (hits >= STABLE) & (articles >= STABLE),
            "note": [
                _note(value, hit, one=size == 1) for value, hit in zip(numbers["value"], hits, strict=True)
            ],
        }
    )
    cited = counted.cited if code is None else _added(counted.cited, code)
    last = pd.DataFrame([_dependence(cited, size, replicates=replicates, seed=seed)])
    table = pd.concat([table, last], ignore_index=True)
    few = too_few(len(units[0].top), cluster)
    if few and size > 1:
        table[["low", "high", "se"]] = np.nan
        table["note"] = table["note"].where(table["note"] != "", few)
    return table


def _dependence(cited: sparse.csr_array, size: int, *, replicates: int, seed: int) -> dict[str, object]:
    value, se = dependence(cited, replicates=replicates, seed=seed)
    half = se * stdtrit(max(cited.shape[0] - 1, 1), 0.975)
    total, citing = int(cited.sum()), int((cited.sum(axis=1) > 0).sum())
    return {
        "feature": "single_outlet_dependence",
        "voice": "all",
        "unit": SHARE,
        "value": value,
        "low": max(value - half, 0.0),
        "high": min(value + half, 1.0),
        "se": se,
        "sentence_share": np.nan,
        "hits": total,
        "articles": citing,
        "group_size": size,
        "words": 0,
        "stable": total >= STABLE and citing >= STABLE,
        "note": _note(value, total, one=size == 1),
    }


def _note(value: float, hits: float, *, one: bool) -> str:
    if not np.isfinite(value):
        return "undefined: nothing to divide by"
    if one:
        return ONE_ARTICLE
    return "" if hits else "no hit: no interval"


def _share(measure: Measure) -> float:
    if measure.share is None or measure.base is None:
        return float("nan")
    base = float(measure.base.sum())
    return float(measure.share.sum()) / base if base else float("nan")


def _words(measure: Measure) -> int:
    return int(measure.bottom.sum()) if measure.unit == PER_THOUSAND else 0


def _merged(found: list[Measure], code: Ints) -> list[Measure]:
    """Add up the articles of each cluster, so that clusters are drawn."""
    return [
        m._replace(
            top=_added(m.top, code),
            bottom=_added(m.bottom, code),
            hits=_added(m.hits, code),
            share=None,
            base=None,
        )
        for m in found
    ]


def _added(values: Floats | sparse.csr_array, code: Ints) -> Floats | sparse.csr_array:
    """Add up the rows of *values* that share a code."""
    belongs = sparse.csr_array((np.ones(len(code)), (code, np.arange(len(code)))))
    return belongs @ values
