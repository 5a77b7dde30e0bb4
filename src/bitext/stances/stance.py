"""Tokens → rates of every stance feature: of groups of articles with intervals, or of single articles."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd

from bitext.arrays import Floats, Ints
from bitext.attribution.annotations import Annotations
from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues, cue_table
from bitext.engines.reduction import Reduction
from bitext.record import run_record
from bitext.stances.article_counts import sums
from bitext.stances.calibration import calibrated
from bitext.stances.estimates import ratios
from bitext.stances.group_estimates import group_table
from bitext.stances.measures import INDEX, PER_THOUSAND, Measure, measures
from bitext.stances.packed_counts import PackedRows
from bitext.statistics.clusters import Cluster, column_of, require_stories
from bitext.statistics.units import finds_stories
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_names, names_and_language
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
    "sentence_share",
    "z",
    "calibrated",
    "tier",
    "hit_precision",
    "hits_read",
    "hits",
    "articles",
    "group_size",
    "words",
    "stable",
    "note",
)
#: Fewer words of a voice give no rate of an article that is worth comparing.
_ENOUGH_WORDS = 50
#: Articles that are unpacked at once.
_BLOCK = 4096


@checked
@finds_stories
def stance(
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    baseline: Tokens | Scan | None = None,
    cluster: Cluster = None,
    replicates: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Measure how sure, how close and how loaded a text is, in the outlet's own voice and in its sources'.

    Args:
        tokens: what `bitext.tokenize` returned; or a `Scan`, of which some whole numbers per article are kept
            (a kilobyte), and no text.
        by: columns that make the groups, e.g. "outlet" or ["outlet", "month"]. For a row per article see
            `bitext.stance_by_article`, for evaluation toward somebody `bitext.polarity`.
        cues: cues to add to bitext's lists, move or drop; see `bitext.cues.cues.cue_table`.
        baseline: articles against which `z` is measured, each language on its own; None takes *tokens*.
        cluster: "day", "week", "story" (found on the way), a column of the articles, or the table of
            `bitext.stories`: articles that share its value (a story, an author) are drawn together when
            intervals are estimated; one without a value stands for itself. None draws articles. Of fewer than
            5 clusters there is no interval.
        replicates: bootstrap samples.
        seed: for everything drawn at random.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per group, language, feature and voice, columns of *by* and then ``lang feature voice unit
        value low high se sentence_share z calibrated tier hit_precision hits_read hits articles group_size
        words stable note``. *value* is a ratio of sums over the articles; *low* and *high* the 95 % interval,
        bootstrap SE × t(group_size − 1); *sentence_share* the share of sentences with a hit; *z* the
        distance from the baseline of the same language in standard deviations over its articles;
        *calibrated* the rate on a scale that Chinese and English share (NaN for features of tier C, which
        cannot be compared across languages); *hit_precision* the share of hits of the feature in that
        language that were right when *hits_read* of them were read (NaN and 0 where none was; `bitext stance`
        leaves out features below 0.8); *hits* and *articles* what stands behind it, *group_size* all
        articles of the group;
        *stable* is False below ten hits or ten articles.

    Raises:
        TableError: *by* or *cluster* is no column.

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["The plan may fail.", "It will work, officials said."]
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A", "A"]}))
        >>> table = bitext.stance(bitext.tokenize(corpus), by="outlet")
        >>> row = table[(table.feature == "hedge") & (table.voice == "outlet")].iloc[0]
        >>> row["unit"], int(row["hits"]), int(row["group_size"])
        ('per 1,000 words', 1, 2)
    """
    table = None if cues is None else cue_table(cues)
    other = None if baseline is None else reduced(baseline, article_counts(cues=table), progress)[0]
    task = reduction(by=by, cues=table, baseline=other, cluster=cluster, replicates=replicates, seed=seed)
    result, before = reduced(tokens, task, progress)
    record = run_record(
        "stance",
        by=group_names(by),
        cues=cue_table(table).hash,
        baseline="the same articles" if other is None else f"{len(other.articles)} other articles",
        cluster=column_of(cluster),
        replicates=replicates,
        seed=seed,
    )
    result.attrs["run"] = {**record, "before": before}
    return result


@checked
def stance_by_article(
    tokens: Tokens | Scan, *, cues: Cues = None, progress: Progress | None = None
) -> pd.DataFrame:
    """Measure the features of `bitext.stance` in every article: a wide table, for models and for sorting.

    Args:
        tokens: what `bitext.tokenize` returned, or a `Scan`.
        cues: cues to add to bitext's lists, move or drop; see `bitext.cues.cues.cue_table`.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per article, in their order: ``article outlet lang date words sentences`` (both counts) and
        one column for each feature and voice, e.g. ``hedge_outlet`` (per 1,000 words of that voice). NaN
        where an article has no words in that voice. An article alone gives no interval.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["The plan may fail.", "It works."]}))
        >>> stance_by_article(bitext.tokenize(corpus))[["article", "words", "hedge_outlet"]]
          article  words  hedge_outlet
        0       0      4         250.0
        1       1      2           0.0
    """
    table = None if cues is None else cue_table(cues)
    result, before = reduced(tokens, article_counts(cues=table).ending(_per_article), progress)
    record = run_record("stance_by_article", cues=cue_table(table).hash)
    result.attrs["run"] = {**record, "before": before}
    return result


def article_counts(
    *, by: str | Sequence[str] | None = None, cues: Cues = None, cluster: Cluster = None
) -> Reduction[Tokens | Annotations, PackedRows, PackedRows]:
    """Return, over batches, what `stance` needs of each article; without *by* no groups are kept."""
    return Reduction(partial(_chunk, by=by, cues=cues, cluster=cluster), PackedRows.merge)


def reduction(
    *,
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    baseline: PackedRows | None = None,
    cluster: Cluster = None,
    replicates: int = 1000,
    seed: int = 0,
) -> Reduction[Tokens | Annotations, PackedRows, pd.DataFrame]:
    """Return `stance` over batches; *baseline* is what `article_counts` gave of the other articles."""
    end = partial(_finalize, by=by, baseline=baseline, cluster=cluster, replicates=replicates, seed=seed)
    return article_counts(by=by, cues=cues, cluster=cluster).ending(end)


def _chunk(
    tokens: Tokens | Annotations, *, by: str | Sequence[str] | None, cues: Cues, cluster: Cluster
) -> PackedRows:
    """Count everything in a batch of articles."""
    reading = Annotations.of(tokens, cues)
    names = [] if by is None else names_and_language(by)
    require_stories(reading.view.tokens.articles, cluster)
    if isinstance(cluster, str) and cluster not in names:
        names.append(cluster)
    return PackedRows.of(sums(reading), reading.view.tokens, names)


def _finalize(
    rows: PackedRows,
    *,
    by: str | Sequence[str] = "outlet",
    baseline: PackedRows | None = None,
    cluster: Cluster = None,
    replicates: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the table of `stance` from the rows of all batches; *by* and *cluster* as they were counted."""
    names, keys = group_names(by), names_and_language(by)
    scale = _scale(baseline or rows)
    clusters = None if cluster is None else rows.articles.clusters(cluster)
    parts = []
    for group, members in rows.articles.members(keys):
        within = None if clusters is None else clusters[members]
        part = group_table(rows.sums(members), within, cluster, replicates=replicates, seed=seed)
        for place, name in enumerate(keys):
            part.insert(place, name, group[place])
        nothing = np.full(len(part) - 1, np.nan)
        mean, deviation = scale.get(group[keys.index("lang")], (nothing, nothing))
        mean, deviation = np.append(mean, np.nan), np.append(deviation, np.nan)  # single_outlet_dependence
        part["z"] = (part["value"] - mean) / deviation
        parts.append(part)
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*names, *ESTIMATES])
    table = calibrated(table)
    return table[[*(name for name in names if name != "lang"), *ESTIMATES]]


def _per_article(rows: PackedRows) -> pd.DataFrame:
    parts = []
    every = np.arange(len(rows.articles))
    for block in _blocks(every):
        counted = rows.sums(block)
        found = measures(counted)
        names = [f"{m.feature}_{m.voice}" if m.unit in (PER_THOUSAND, INDEX) else m.feature for m in found]
        sizes = pd.DataFrame(
            {
                "words": counted.words.sum(axis=1).astype(int),
                "sentences": counted.whole_sentences.astype(int),
            }
        )
        parts.append(pd.concat([sizes, pd.DataFrame(_values(found)[0], columns=names)], axis=1))
    return pd.concat([rows.articles.about, pd.concat(parts, ignore_index=True)], axis=1)


def _blocks(rows: Ints) -> Iterator[Ints]:
    """Divide *rows*; there is at least one block."""
    for start in range(0, max(len(rows), 1), _BLOCK):
        yield rows[start : start + _BLOCK]


def _values(found: list[Measure]) -> tuple[Floats, Floats]:
    """Return values and denominators, articles × measures."""
    top = np.stack([measure.top for measure in found], axis=1)
    bottom = np.stack([measure.bottom for measure in found], axis=1)
    return ratios(top, bottom, found), bottom


def _scale(rows: PackedRows) -> dict[str, tuple[Floats, Floats]]:
    """Return for each language the mean and the standard deviation of every measure over articles."""
    langs = rows.articles.about["lang"].to_numpy(dtype=object)
    scale = {}
    for lang in sorted(set(langs)):
        mine = np.flatnonzero(langs == lang)
        known = [np.isfinite(values).sum(axis=0) for values in _comparable(rows, mine)]
        count = np.maximum(np.sum(known, axis=0), 1)
        sums = [np.nan_to_num(values).sum(axis=0) for values in _comparable(rows, mine)]
        mean = np.sum(sums, axis=0) / count
        squares = [(np.nan_to_num(values - mean) ** 2).sum(axis=0) for values in _comparable(rows, mine)]
        spread = np.sum(squares, axis=0) / np.maximum(count - 1, 1)
        scale[str(lang)] = (mean, np.where(spread > 0, np.sqrt(spread), np.nan))
    return scale


def _comparable(rows: PackedRows, chosen: Ints) -> Iterator[Floats]:
    """Yield the values of the *chosen* articles, block by block; NaN where too few words stand behind one."""
    for block in _blocks(chosen):
        found = measures(rows.sums(block))
        values, bottom = _values(found)
        least = np.array([_ENOUGH_WORDS if measure.unit == PER_THOUSAND else 0 for measure in found])
        values[bottom < least] = np.nan
        yield values
