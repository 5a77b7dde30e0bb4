"""What drives the gap: a difference between two groups as a sum over terms."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Floats
from bitext.checked import checked
from bitext.comparison.across_languages.correction import Calibration, for_profiles
from bitext.comparison.profile import Profiles, RunningSpread, Summed, jsd_parts, shares, t_quantile
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import TableError
from bitext.record import run_record
from bitext.statistics import groups
from bitext.statistics.clusters import Cluster, column_of, too_few
from bitext.statistics.effects import check_alpha
from bitext.statistics.units import finds_stories, of_articles
from bitext.tokens.tokens import Tokens


@checked
@finds_stories
def shift(
    counts: Counts | GroupedCounts | Tokens | Scan,
    *,
    target: groups.Chosen,
    reference: groups.Chosen | None = None,
    by: str | Sequence[str] = "outlet",
    measure: Literal["jsd", "average"] = "jsd",
    scores: Mapping[str, float] | None = None,
    scores_reference: Mapping[str, float] | None = None,
    cluster: Cluster = None,
    alpha: float = 0.05,
    min_group_size: int = 5,
    replicates: int = 500,
    seed: int = 0,
    calibration: Calibration = None,
) -> pd.DataFrame:
    """Divide the difference between two groups among the terms; the contributions sum to the difference.

    Args:
        counts: counts of one language, or of concepts; Tokens are counted first, as `bitext.count` does. Or
            sums over batches (`GroupedCounts`), which give no intervals, as does a `Scan` without *cluster*;
            with it the counts of all its articles are held.
        target, reference: two groups of *by*, or several that are pooled; no reference takes all others.
        by: column(s) of the article table, or "day", "week", "month", "quarter", "year".
        measure: "jsd" divides the Jensen-Shannon divergence of the two distributions over terms (bits);
            "average" divides the difference of the mean score of a token, target minus reference.
        scores: for "average": the score of each term; terms without one do not take part.
        scores_reference: scores that hold in the reference where they differ from those in the target.
        cluster: what is drawn for the intervals: "day", "week", "story" (found on the way in Tokens or a
            `Scan`), a column of the articles, or the table of `bitext.stories`; None draws articles. With
            fewer than 5 units on a side there is no interval.
        alpha: 1 - level of the intervals.
        min_group_size: with fewer articles on a side there is no interval.
        replicates, seed: of the bootstrap over articles that gives the intervals.
        calibration: for concepts in both languages, as in `bitext.keyness`: their hits in Chinese articles
            are divided by 2 ** k first.

    Returns:
        One row per term of either group, largest contribution (without its sign) first, ties by term:
        - ``target``, ``reference``, ``term`` (str)
        - ``rate_target``, ``rate_reference``: share of the tokens that take part
        - ``contribution``, ``contribution_low``, ``contribution_high``: for "jsd" bits, from 0, the `side`
          that uses the term more stands beside it; for "average" the part of the difference, with its sign
        - ``share``: part of the whole difference (1 is all of it); NaN where there is no difference
        - ``side`` (str): "target" or "reference", who uses the term more; "" where both do equally
        - ``note`` (str): why there is no interval
        - for "average" also ``score``, ``frequency_part`` (the term is used more or less) and ``score_part``
          (it is scored otherwise); they add up to the contribution
        - for concepts in both languages also ``tier``, how far the concept can be compared across languages
          (`bitext.calibrate`); what an unreliable one adds has no interval

        ``.attrs["difference"]`` holds ``value``, ``low`` and ``high`` of the whole.

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown group or measure, or scores missing, superfluous or for no term.

    Source:
        Gallagher et al. (2021), Generalized word shift graphs; Lin (1991).

    Examples:
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": ["1", "2"], "outlet": ["A", "B"], "lang": ["en", "en"]})
        >>> terms = np.array(["ban", "chip", "deal"], dtype=object)
        >>> table = sparse.csr_array(np.array([[5, 5, 0], [0, 5, 5]]))
        >>> gap = shift(Counts(table, articles, terms, np.array([10, 10])), target="A")
        >>> gap[["term", "contribution", "share", "side"]]
           term  contribution  share       side
        0   ban          0.25    0.5     target
        1  deal          0.25    0.5  reference
        2  chip          0.00    0.0
        >>> gap.attrs["difference"]["value"]
        0.5
    """
    names = groups.columns(by)
    check_alpha(alpha)
    counts = of_articles(counts, cluster)
    if cluster is not None and isinstance(counts, GroupedCounts):
        raise TableError("cluster= needs single articles and sums hold none; pass bitext.count(tokens)")
    first, second = _scores(measure, scores, scores_reference)
    asked = partial(groups.pairs, target=target, reference=reference, what=groups.JOINT.join(names))
    counts, tier = for_profiles(counts, calibration, names, pair=lambda keys: asked(keys)[0])
    profiles: Profiles | Summed
    profiles = (
        Summed.of(counts, names) if isinstance(counts, GroupedCounts) else Profiles.of(counts, names, cluster)
    )
    (pair,) = asked(profiles.keys)
    keep, score, other = _take_part(profiles.terms, first, second)
    sides = (pair.in_target, pair.in_reference)
    points = _points(profiles.totals(), sides, keep)
    for name, point in zip((pair.target, pair.reference), points, strict=True):
        if not point.sum():
            raise TableError(f"{name!r} has no counted token that takes part; nothing to divide")
    parts = _parts(points, score, other)
    spread, whole = RunningSpread(parts), RunningSpread(np.asarray(parts.sum()))
    for drawn in profiles.bootstrap(replicates, seed) if isinstance(profiles, Profiles) else ():
        again = _points(drawn, sides, keep)
        if all(point.sum() for point in again):
            contribution = _parts(again, score, other)
            spread.add(contribution)
            whole.add(np.asarray(contribution.sum()))
    sizes = [int(profiles.sizes[side].sum()) for side in sides]
    units = sizes if isinstance(profiles, Summed) else [profiles.units(side) for side in sides]
    note = _why(profiles, sizes, max(min_group_size, 2)) or too_few(min(units), cluster)
    width = float("nan") if note else t_quantile(min(units), alpha)
    table = _table(profiles.terms[keep], points, parts, spread.deviation * width, measure, score, other)
    if tier is not None:
        table["tier"] = table["term"].map(tier).to_numpy(object)
        ends = ["contribution_low", "contribution_high"]
        table.loc[table["tier"] == "unreliable", ends] = np.nan
    table["note"] = note
    table.insert(0, "target", pair.target)
    table.insert(1, "reference", pair.reference)
    value, half = float(parts.sum()), float(whole.deviation * width)
    table.attrs["difference"] = {"value": value, "low": value - half, "high": value + half}
    table.attrs["run"] = run_record(
        "shift",
        by=list(names),
        measure=measure,
        cluster=column_of(cluster),
        alpha=alpha,
        replicates=replicates,
        seed=seed,
        unit=counts.unit,
        calibrated=tier is not None,
    )
    return table


def _why(profiles: Profiles | Summed, sizes: Sequence[int], needed: int) -> str:
    """Return why there is no interval, "" where there is one."""
    if isinstance(profiles, Summed):
        return "no interval: sums hold no articles"
    if min(sizes) < needed:
        return f"no interval: {min(sizes)} articles on one side, at least {needed} needed"
    return ""


def average_parts(p: Floats, q: Floats, score: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Return the frequency part and the score part of ``sum(p * score) - sum(q * other)``, per term.

    A term that is used more counts as a rise where its score is above the reference's mean. (Any other
    zero point would move numbers between terms and leave the sum, because the shares sum to one.)
    """
    mean = (q * other).sum()
    return (p - q) * ((score + other) / 2 - mean), (score - other) * (p + q) / 2


def _scores(
    measure: str, scores: Mapping[str, float] | None, reference: Mapping[str, float] | None
) -> tuple[Mapping[str, float] | None, Mapping[str, float] | None]:
    if measure not in ("jsd", "average"):
        raise TableError.unknown("measure", measure, ["jsd", "average"])
    if measure == "jsd" and (scores is not None or reference is not None):
        raise TableError("measure='jsd' takes no scores; use measure='average'")
    if measure == "average" and not scores:
        raise TableError("measure='average' needs scores, a number for each term")
    return scores, (scores if reference is None else reference)


def _take_part(
    terms: npt.NDArray[np.object_], scores: Mapping[str, float] | None, reference: Mapping[str, float] | None
) -> tuple[npt.NDArray[np.bool_], Floats | None, Floats | None]:
    """Say which terms are scored (all of them for a divergence), and return their scores."""
    if scores is None or reference is None:
        return np.ones(len(terms), dtype=bool), None, None
    keep = np.array([term in scores and term in reference for term in terms], dtype=bool)
    if not keep.any():
        raise TableError(f"none of the {len(scores)} scored terms occurs, e.g. {sorted(scores)[0]!r}")
    one, other = ([float(table[term]) for term in terms[keep]] for table in (scores, reference))
    return keep, np.array(one), np.array(other)


def _points(
    totals: Floats, sides: Sequence[npt.NDArray[np.bool_]], keep: npt.NDArray[np.bool_]
) -> list[Floats]:
    """Return the hits of both sides on the terms that take part."""
    return [totals[side].sum(axis=0)[keep] for side in sides]


def _parts(points: Sequence[Floats], score: Floats | None, other: Floats | None) -> Floats:
    p, q = shares(points[0]), shares(points[1])
    if score is None or other is None:
        return jsd_parts(p, q)
    return np.asarray(sum(average_parts(p, q, score, other)))


def _table(
    terms: npt.NDArray[np.object_],
    points: Sequence[Floats],
    parts: Floats,
    half: Floats,
    measure: str,
    score: Floats | None,
    other: Floats | None,
) -> pd.DataFrame:
    p, q = shares(points[0]), shares(points[1])
    total = parts.sum()
    table = pd.DataFrame(
        {
            "term": terms,
            "rate_target": p,
            "rate_reference": q,
            "contribution": parts,
            "contribution_low": np.maximum(parts - half, 0) if measure == "jsd" else parts - half,
            "contribution_high": parts + half,
            "share": parts / total if total else np.nan,
            "side": np.select([p > q, p < q], ["target", "reference"], ""),
        }
    )
    if score is not None and other is not None:
        frequency, scored = average_parts(p, q, score, other)
        table = table.assign(score=score, frequency_part=frequency, score_part=scored)
    table = table[(points[0] > 0) | (points[1] > 0)]
    order = np.argsort(-table["contribution"].abs().to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)
