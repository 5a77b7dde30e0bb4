"""Do two outlets differ in a stance feature: over all articles, and over the stories that both cover."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues, cue_table
from bitext.errors import TableError
from bitext.record import run_record
from bitext.schema import require
from bitext.stances.estimates import ONE_ARTICLE, STABLE, estimate, ratios
from bitext.stances.measures import Measure, measures
from bitext.stances.stance import article_counts
from bitext.statistics.clusters import Cluster, added, column_of, periods, too_few
from bitext.statistics.effects import agreeing
from bitext.statistics.intervals import welch_freedom
from bitext.statistics.multiple import false_discovery_rate
from bitext.statistics.ratio_difference import RatioSide, exchange_ratios, linearised_error, no_arrangement
from bitext.statistics.signs import sign_flip
from bitext.statistics.time_overlap import in_time
from bitext.statistics.units import finds_stories
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_names
from bitext.tokens.tokens import Tokens

NO_HIT, STILL = "no hit on either side", "nothing varies between the articles"
COLUMNS = (
    "target",
    "reference",
    "lang",
    "feature",
    "voice",
    "unit",
    "value_target",
    "value_reference",
    "difference",
    "low",
    "high",
    "p",
    "q",
    "d_z",
    "stories",
    "group_size_target",
    "group_size_reference",
    "hits_target",
    "hits_reference",
    "stable",
    "note",
)


@checked
@finds_stories
def stance_differences(
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    stories: pd.DataFrame | None = None,
    cluster: Cluster = None,
    voice: str | Sequence[str] = "outlet",
    cues: Cues = None,
    replicates: int = 1000,
    permutations: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Compare every pair of groups of one language in every stance feature.

    Without *stories* the rates over all articles are compared: the difference, its interval from the two
    bootstrap standard errors with Welch's degrees of freedom, and the p of exchanging labels between articles
    (the tail of the permutation distribution, which holds for small groups and for groups without a hit; the
    interval is moved where it would contradict p). With *cluster* the units of both are clusters. With
    *stories* only
    the stories that both groups cover count: the mean difference within stories, and a permutation test that
    changes the sign of each story's difference. That takes the choice of stories out of the comparison,
    which the first cannot.

    Args:
        tokens: what `bitext.tokenize` returned; or a `Scan`, of which some numbers per article are kept.
        by: columns that make the groups.
        stories: what `bitext.stories` returned, or any table with the columns ``article`` and ``story``.
        cluster: what makes the units where articles come in clusters: a column, "day", "week", "story"
            (found on the way), or the table of stories (then stories are units, and are not compared one by
            one as with *stories*). With fewer than 5 units on a side there is no interval and no p. With it,
            groups without common weeks have no p, and ``note`` says so, and where they share less than 80 %
            of their time.
        voice: "outlet", "source" or "all", or several; shares of the whole article are always compared.
        cues: as in `bitext.evidence`.
        replicates: bootstrap samples.
        permutations: random patterns of signs, where there are too many stories to try all.
        seed: for everything drawn at random.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per pair, feature and voice: ``target reference lang feature voice unit value_target
        value_reference difference low high p q d_z stories group_size_target group_size_reference
        hits_target hits_reference stable note``. *difference* is target − reference; *q* is the
        Benjamini-Hochberg value over all rows of the table; *d_z* the mean difference over its standard
        deviation, of stories. NaN where a group has one article, or there are fewer than two common stories.
        *note* says where so few stories cannot reach p < .05.

    Raises:
        TableError: *by* is no column, *stories* lacks a column, or *voice* is unknown.

    Source:
        Sign-flip permutation: Fisher (1935); false discovery rate: Benjamini & Hochberg (1995).

    Examples:
        >>> import bitext
        >>> texts = ["It may rain.", "It may snow. It may hail.", "It will rain.", "It will snow."]
        >>> frame = pd.DataFrame({"text": texts, "outlet": ["A", "A", "B", "B"]})
        >>> table = stance_differences(bitext.tokenize(bitext.Corpus.from_frame(frame)))
        >>> row = table[table["feature"] == "hedge"].iloc[0]
        >>> row["target"], row["reference"], int(row["hits_target"]), int(row["hits_reference"])
        ('A', 'B', 3, 0)
    """
    lists = None if cues is None else cue_table(cues)
    rows, before = reduced(
        tokens,
        article_counts(by=by, cues=lists, cluster=cluster if isinstance(cluster, str) else None),
        progress,
    )
    if cluster is not None and stories is not None:
        raise TableError("stories= compares within stories, cluster= takes them as units; use one of them")
    voices = [voice] if isinstance(voice, str) else list(voice)
    found = measures(rows.sums())
    known = {measure.voice for measure in found}
    unknown = [name for name in voices if name not in known]
    if unknown:
        raise TableError.unknown("voice", unknown[0], sorted(known))
    shares = {m.feature for m in found} - {m.feature for m in found if m.voice != "all"}
    found = [m for m in found if m.voice in voices or m.feature in shares]
    names = group_names(by)
    keys = names if "lang" in names else [*names, "lang"]
    sides = []
    for group, members in rows.articles.members(keys):
        label = " · ".join(group[: len(names)])
        sides.append(_side(found, label, group[keys.index("lang")], members, replicates, seed))
    story = None if stories is None else _story_codes(rows.articles.about["article"], stories)
    units = _Units(cluster, rows.articles.clusters(cluster), periods(rows.articles.about, "week"))
    parts = [
        _unmatched(found, a, b, units) if story is None else _matched(found, a, b, story, permutations, seed)
        for a, b in combinations(sides, 2)
        if a.lang == b.lang
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    table["q"] = false_discovery_rate(table["p"].to_numpy(dtype=float))
    record = run_record(
        "stance_differences",
        by=names,
        voice=voices,
        stories=stories is not None,
        cluster=column_of(cluster),
        cues=cue_table(lists).hash,
        replicates=replicates,
        permutations=permutations,
        seed=seed,
        family=int(table["p"].notna().sum()),
    )
    table.attrs["run"] = {**record, "before": before}
    return table[list(COLUMNS)]


class _Side(NamedTuple):
    label: str
    lang: str
    rows: Ints
    numbers: dict[str, Floats]


class _Units(NamedTuple):
    """What makes the units, and of each article the number of its unit and of its week."""

    cluster: Cluster
    codes: Ints
    week: Ints

    def note(self, a: _Side, b: _Side, sizes: tuple[int, int]) -> tuple[str, bool]:
        """Return what is said of units that are few, or lie apart in time, and whether they may have a p."""
        few = no_arrangement(*sizes) or too_few(min(sizes), self.cluster)
        if few or self.cluster is None:
            return few, not few
        sides = (np.isin(np.arange(len(self.week)), side.rows) for side in (a, b))
        time = in_time(self.week, np.ones(len(self.week)), *sides)
        return time.warning, time.comparable


def _side(found: list[Measure], label: str, lang: str, rows: Ints, replicates: int, seed: int) -> _Side:
    return _Side(label, lang, rows, estimate(found, rows, replicates=replicates, seed=seed))


def _frame(found: list[Measure], a: _Side, b: _Side) -> pd.DataFrame:
    """Return the columns that both ways to compare share."""
    hits_a, hits_b = a.numbers["hits"], b.numbers["hits"]
    articles = np.minimum(a.numbers["articles"], b.numbers["articles"])
    return pd.DataFrame(
        {
            "target": a.label,
            "reference": b.label,
            "lang": a.lang,
            "feature": [measure.feature for measure in found],
            "voice": [measure.voice for measure in found],
            "unit": [measure.unit for measure in found],
            "value_target": a.numbers["value"],
            "value_reference": b.numbers["value"],
            "group_size_target": len(a.rows),
            "group_size_reference": len(b.rows),
            "hits_target": hits_a.astype(np.int64),
            "hits_reference": hits_b.astype(np.int64),
            "stable": (np.minimum(hits_a, hits_b) >= STABLE) & (articles >= STABLE),
        }
    )


def _unmatched(found: list[Measure], a: _Side, b: _Side, units: _Units) -> pd.DataFrame:
    table = _frame(found, a, b)
    names = [np.unique(units.codes[side.rows], return_inverse=True) for side in (a, b)]
    one, other = (
        RatioSide(*(_per_unit(found, side.rows, number, name) for name in ("top", "bottom")))
        for side, (_, number) in zip((a, b), names, strict=True)
    )
    test = exchange_ratios(one, other)
    factor = np.array([measure.factor for measure in found])
    difference = a.numbers["value"] - b.numbers["value"]
    _, in_one, in_other = np.intersect1d(names[0][0], names[1][0], assume_unique=True, return_indices=True)
    sizes = len(one.top), len(other.top)
    if sizes == (len(a.rows), len(b.rows)):
        first, second = (side.numbers["se"] for side in (a, b))
    else:
        first, second = linearised_error(one, other, (in_one, in_other)) * factor, np.zeros(len(found))
    # A side without a hit has no spread of its own: what is known is the spread about the common rate.
    hits = np.minimum(a.numbers["hits"], b.numbers["hits"]) > 0
    error = np.where(hits, np.hypot(first, second), test.error * factor)
    free = welch_freedom(first**2, max(sizes[0] - 1, 1), second**2, max(sizes[1] - 1, 1))
    free = np.where(hits & np.isfinite(free) & (second > 0), free, max(min(sizes) - 1, 1))
    half = stdtrit(free, 0.975) * error
    alone = min(sizes) < 2
    reason, comparable = units.note(a, b, sizes)
    known = np.isfinite(test.p) & (error > 0) & (not alone)
    low, high = agreeing(difference - half, difference + half, test.p, 0.05, known & comparable)
    table["difference"] = difference
    few = too_few(min(sizes), units.cluster) != ""
    table["low"] = np.where(known & (not few), low, np.nan)
    table["high"] = np.where(known & (not few), high, np.nan)
    table["p"] = np.where(known & comparable, test.p, np.nan)
    table["d_z"] = np.nan
    table["stories"] = 0
    silent = np.where(table[["hits_target", "hits_reference"]].sum(axis=1) > 0, STILL, NO_HIT)
    table["note"] = ONE_ARTICLE if alone else np.where(known, reason, silent)
    return table


def _per_unit(found: list[Measure], rows: Ints, number: Ints, name: str) -> Floats:
    """Add numerators or denominators up by unit: units × measures."""
    values = np.stack([getattr(measure, name)[rows] for measure in found], axis=1)
    return np.asarray(added(number) @ values, dtype=np.float64)


def _story_codes(articles: pd.Series, stories: pd.DataFrame) -> Ints:
    """Return the number of each article's story, -1 for none."""
    require(stories, ("article", "story"), "the table of stories")
    number = dict(zip(stories["article"], pd.factorize(stories["story"])[0], strict=True))
    return np.array([number.get(name, -1) for name in articles], dtype=np.int64)


def _matched(
    found: list[Measure], a: _Side, b: _Side, story: Ints, permutations: int, seed: int
) -> pd.DataFrame:
    table = _frame(found, a, b)
    common = np.intersect1d(story[a.rows], story[b.rows])
    common = common[common >= 0]
    values = [_per_story(found, side.rows, story, common) for side in (a, b)]
    differences = values[0] - values[1]
    known = np.isfinite(differences)
    count = known.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, differences, 0).sum(axis=0) / count
        spread = np.where(known, (differences - mean) ** 2, 0).sum(axis=0) / (count - 1)
        deviation = np.sqrt(np.where(count > 1, spread, np.nan))
        half = stdtrit(np.maximum(count - 1, 1), 0.975) * deviation / np.sqrt(count)
        d_z = np.where(deviation > 0, mean / deviation, np.nan)
    p = sign_flip(np.where(known, differences, 0.0), permutations, seed)
    enough = (count > 1) & (deviation > 0)
    table["difference"] = mean
    table["low"], table["high"] = mean - half, mean + half
    table["p"] = np.where(enough, p, np.nan)
    table["d_z"] = d_z
    table["stories"] = count
    table["note"] = [_story_note(int(n)) for n in count]
    return table


def _per_story(found: list[Measure], rows: Ints, story: Ints, common: Ints) -> Floats:
    """Return the value of every measure in every common story: stories × measures."""
    place = np.searchsorted(common, story[rows])
    place[place == len(common)] = 0
    inside = common[place] == story[rows] if len(common) else np.zeros(len(rows), dtype=bool)
    top = np.zeros((len(common), len(found)))
    bottom = np.zeros_like(top)
    np.add.at(top, place[inside], np.stack([m.top[rows[inside]] for m in found], axis=1))
    np.add.at(bottom, place[inside], np.stack([m.bottom[rows[inside]] for m in found], axis=1))
    return ratios(top, bottom, found)


def _story_note(count: int) -> str:
    if count < 2:
        return f"not estimable: {count} common stories"
    smallest = 2 / 2**count
    return f"{count} stories cannot reach p < .05 (smallest {smallest:.3f})" if smallest > 0.05 else ""
