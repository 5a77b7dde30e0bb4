"""The public table: stance per article, or per group of articles with intervals."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from bitext.errors import TableError
from bitext.features.stance.calibration import calibrated
from bitext.features.stance.cues import Cues
from bitext.features.stance.estimates import ONE_ARTICLE, STABLE, dependence, estimate, ratios
from bitext.features.stance.measures import INDEX, PER_THOUSAND, SHARE, Measure, measures
from bitext.features.stance.reading import Reading
from bitext.features.stance.sums import Sums, sums
from bitext.features.stance.target import toward
from bitext.record import run_record
from bitext.tokens.grouping import group_codes, group_names, group_values
from bitext.tokens.tokens import Tokens

#: Columns behind those of the group.
ESTIMATES = (
    "lang",
    "feature",
    "voice",
    "unit",
    "value",
    "low",
    "high",
    "se",
    "sentences",
    "z",
    "calibrated",
    "tier",
    "hits",
    "articles",
    "n",
    "words",
    "stable",
    "note",
)
#: Fewer words of a voice give no rate of an article that is worth comparing.
_ENOUGH_WORDS = 50


def stance(
    tokens: Tokens,
    *,
    by: str | Sequence[str] | None = None,
    target: str | Sequence[str] | None = None,
    cues: Cues = None,
    reference: Tokens | None = None,
    cluster: str | None = None,
    replicates: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how sure, how close and how loaded a text is, in the outlet's own voice and in its sources'.

    Args:
        tokens: what `bitext.tokenize` returned.
        by: columns that make the groups, e.g. "outlet" or ["outlet", "month"]; None: a row per article.
        target: a name or concept id (or several): evaluation in the clauses about it, see
            `bitext.features.stance.target.toward`.
        cues: cues to add to bitext's lists, move or drop; see `bitext.features.stance.cues.cue_table`.
        reference: articles against which `z` is measured, each language on its own; None takes *tokens*.
        cluster: a column of the articles; articles that share its value (a story, an author) are drawn
            together when intervals are estimated. None draws articles.
        replicates: bootstrap samples.
        seed: for everything drawn at random.

    Returns:
        Without *by*: one row per article, ``article outlet lang date words sentences`` and one column for
        each feature and voice, e.g. ``hedge_outlet`` (per 1,000 words of that voice). NaN where an article
        has no words in that voice.

        With *by*: one row per group, language, feature and voice, columns of *by* and then ``lang feature
        voice unit value low high se sentences z calibrated tier hits articles n words stable note``. *value*
        is a ratio of sums over the articles; *low* and *high* the 95 % interval, bootstrap SE × t(n − 1);
        *sentences* the share of sentences with a hit; *z* the distance from the reference of the same
        language in standard deviations over its articles; *calibrated* the rate on a scale that Chinese and
        English share (NaN for features of tier C, which cannot be compared across languages); *hits* and
        *articles* what stands behind it, *n* all articles of the group; *stable* is False below ten hits or
        ten articles.

    Raises:
        TableError: *by* or *cluster* is no column.

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["The plan may fail.", "It will work, officials said."]
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A", "A"]}))
        >>> table = bitext.stance(bitext.tokenize(corpus), by="outlet")
        >>> row = table[(table.feature == "hedge") & (table.voice == "outlet")].iloc[0]
        >>> row["unit"], int(row["hits"]), int(row["n"])
        ('per 1,000 words', 1, 2)
    """
    if target is not None:
        return toward(tokens, target, by=by, cues=cues, replicates=replicates, seed=seed)
    reading = Reading.of(tokens, cues)
    counted = sums(reading)
    found = measures(counted)
    if by is None:
        table = _per_article(tokens, counted, found)
    else:
        scale = _scale(reading if reference is None else Reading.of(reference, cues))
        table = _per_group(tokens, counted, found, by, scale, cluster, replicates=replicates, seed=seed)
    record = run_record(
        "stance",
        by=by if by is None else group_names(by),
        cues=reading.table.hash,
        reference="the same articles" if reference is None else f"{len(reference.articles)} other articles",
        cluster=cluster,
        replicates=replicates,
        seed=seed,
    )
    table.attrs["run"] = {**record, "before": dict(tokens.run)}
    return table


def _per_article(tokens: Tokens, counted: Sums, found: list[Measure]) -> pd.DataFrame:
    about = tokens.articles[["article", "outlet", "lang", "date"]].reset_index(drop=True)
    values = ratios(
        np.stack([measure.top for measure in found], axis=1),
        np.stack([measure.bottom for measure in found], axis=1),
        found,
    )
    names = [f"{m.feature}_{m.voice}" if m.unit in (PER_THOUSAND, INDEX) else m.feature for m in found]
    sizes = pd.DataFrame(
        {
            "words": counted.words.sum(axis=1).astype(int),
            "sentences": counted.whole_sentences.astype(int),
        }
    )
    return pd.concat([about, sizes, pd.DataFrame(values, columns=names)], axis=1)


def _scale(reading: Reading) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for each language the mean and the standard deviation of every measure over articles."""
    found = measures(sums(reading))
    top = np.stack([measure.top for measure in found], axis=1)
    bottom = np.stack([measure.bottom for measure in found], axis=1)
    values = ratios(top, bottom, found)
    least = np.array([_ENOUGH_WORDS if measure.unit == PER_THOUSAND else 0 for measure in found])
    values[bottom < least] = np.nan
    scale = {}
    for lang in sorted(set(reading.view.lang)):
        mine = reading.view.lang == lang
        known = np.isfinite(values[mine])
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, values[mine], 0).sum(axis=0) / count
        spread = np.where(known, (values[mine] - mean) ** 2, 0).sum(axis=0) / np.maximum(count - 1, 1)
        scale[str(lang)] = (mean, np.where(spread > 0, np.sqrt(spread), np.nan))
    return scale


def _per_group(
    tokens: Tokens,
    counted: Sums,
    found: list[Measure],
    by: str | Sequence[str],
    scale: dict[str, tuple[np.ndarray, np.ndarray]],
    cluster: str | None,
    *,
    replicates: int,
    seed: int,
) -> pd.DataFrame:
    names = group_names(by)
    keys = names if "lang" in names else [*names, "lang"]
    groups, codes = group_codes(tokens.articles, keys)
    order = np.argsort(tokens.articles["article"].astype(str).to_numpy(dtype=object), kind="stable")
    clusters = None if cluster is None else group_values(tokens.articles, cluster)[cluster].to_numpy()
    parts = []
    for number, group in enumerate(groups.itertuples(index=False)):
        rows = order[codes[order] == number]
        part = _group(found, counted, rows, clusters, replicates=replicates, seed=seed)
        for place, name in enumerate(keys):
            part.insert(place, name, str(group[place]))
        nothing = np.full(len(found), np.nan)
        mean, deviation = scale.get(str(group[keys.index("lang")]), (nothing, nothing))
        mean, deviation = np.append(mean, np.nan), np.append(deviation, np.nan)  # single_outlet_dependence
        part["z"] = (part["value"] - mean) / deviation
        parts.append(part)
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*names, *ESTIMATES])
    table = calibrated(table)
    return table[[*(name for name in names if name != "lang"), *ESTIMATES]]


def _group(
    found: list[Measure],
    counted: Sums,
    rows: np.ndarray,
    clusters: np.ndarray | None,
    *,
    replicates: int,
    seed: int,
) -> pd.DataFrame:
    units, within = (found, rows) if clusters is None else _merged(found, rows, clusters)
    numbers = estimate(units, within, replicates=replicates, seed=seed)
    hits, articles = numbers["hits"], np.array([(m.hits[rows] > 0).sum() for m in found])
    stable = (hits >= STABLE) & (articles >= STABLE)
    shares = [_share(measure, rows) for measure in found]
    one = len(rows) == 1
    table = pd.DataFrame(
        {
            "feature": [measure.feature for measure in found],
            "voice": [measure.voice for measure in found],
            "unit": [measure.unit for measure in found],
            "value": numbers["value"],
            "low": numbers["low"],
            "high": numbers["high"],
            "se": numbers["se"],
            "sentences": shares,
            "hits": hits.astype(np.int64),
            "articles": articles.astype(np.int64),
            "n": len(rows),
            "words": [_words(measure, rows) for measure in found],
            "stable": stable,
            "note": [_note(value, hit, one=one) for value, hit in zip(numbers["value"], hits, strict=True)],
        }
    )
    cited = counted.cited[rows] if clusters is None else _added(counted.cited[rows], clusters[rows])
    value, se = dependence(cited, replicates=replicates, seed=seed)
    half = se * student.ppf(0.975, max(len(cited) - 1, 1))
    total, citing = int(cited.sum()), int((cited.sum(axis=1) > 0).sum())
    table.loc[len(table)] = {
        "feature": "single_outlet_dependence",
        "voice": "all",
        "unit": SHARE,
        "value": value,
        "low": max(value - half, 0.0),
        "high": min(value + half, 1.0),
        "se": se,
        "sentences": np.nan,
        "hits": total,
        "articles": citing,
        "n": len(rows),
        "words": 0,
        "stable": total >= STABLE and citing >= STABLE,
        "note": _note(value, total, one=one),
    }
    return table


def _note(value: float, hits: float, *, one: bool) -> str:
    if not np.isfinite(value):
        return "undefined: nothing to divide by"
    if one:
        return ONE_ARTICLE
    return "" if hits else "no hit: no interval"


def _share(measure: Measure, rows: np.ndarray) -> float:
    if measure.share is None or measure.base is None:
        return float("nan")
    base = float(measure.base[rows].sum())
    return float(measure.share[rows].sum()) / base if base else float("nan")


def _words(measure: Measure, rows: np.ndarray) -> int:
    return int(measure.bottom[rows].sum()) if measure.unit == PER_THOUSAND else 0


def _merged(found: list[Measure], rows: np.ndarray, clusters: np.ndarray) -> tuple[list[Measure], np.ndarray]:
    """Add up the articles of each cluster, so that clusters are drawn."""
    if len(clusters) == 0:
        raise TableError("there is no article")
    code = clusters[rows]
    merged = [
        m._replace(
            top=_added(m.top[rows], code),
            bottom=_added(m.bottom[rows], code),
            hits=_added(m.hits[rows], code),
            share=None,
            base=None,
        )
        for m in found
    ]
    return merged, np.arange(len(merged[0].top))


def _added(values: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Add up the rows of *values* that share a cluster."""
    _, code = np.unique(clusters.astype(str), return_inverse=True)
    total = np.zeros((int(code.max()) + 1, *values.shape[1:]))
    np.add.at(total, code, values)
    return total
