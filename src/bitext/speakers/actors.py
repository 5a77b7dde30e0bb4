"""Articles in, one row per kind of actor and group out: shares of speech, diversity, and differences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues
from bitext.speakers.actor_kinds import ACTORS
from bitext.speakers.shares import Shares, effective_number, shares
from bitext.speakers.speech import CLUSTER, Speech, spoken
from bitext.statistics.clusters import Cluster, added, periods
from bitext.statistics.effects import agreeing
from bitext.statistics.intervals import welch_freedom
from bitext.statistics.multiple import false_discovery_rate
from bitext.statistics.ratio_difference import RatioSide, exchange_ratios, linearised_error, no_arrangement
from bitext.statistics.time_overlap import InTime, in_time
from bitext.statistics.units import finds_stories
from bitext.tokens.grouping import group_names
from bitext.tokens.tokens import Tokens

COLUMNS = (
    "actor",
    "attributions",
    "articles",
    "group_size",
    "sources",
    "effective_sources",
    "words",
    "share",
    "low",
    "high",
    "direct_share",
    "others",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "q",
    "note",
)
ONE_UNIT = "not estimable: one article, or cluster, on a side"
#: Units a side, and units on either side in which a kind has to speak, for p: less is chance whatever p says.
LEAST_UNITS, LEAST_SPEAKING = 5, 3
FEW_UNITS = f"no p: fewer than {LEAST_UNITS} articles, or clusters, on a side"
FEW_SPEAKING = f"no p: fewer than {LEAST_SPEAKING} articles, or clusters, in which this kind speaks"
NO_SPEECH = "not estimable: nothing varies between the articles"


@checked
@finds_stories
def actors(
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    cluster: Cluster = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return which kinds of actors get to speak in each group, and how groups differ in that.

    Args:
        tokens: what `bitext.tokenize` returned, or a `Scan`.
        by: column(s) of the articles that make the groups.
        cues: as in `bitext.evidence`.
        cluster: what makes the units of intervals and p, as in `bitext.sources`.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per group and kind of actor, and a row "all" for the group: the columns of *by*, then

        - ``actor``: as in `bitext.sources`; "" where nothing decides, or no source is stated;
        - ``attributions articles group_size``; ``sources``: different sources that are stated;
          ``effective_sources``: how many equally frequent sources would be as diverse, 1 / Σp² over
          attributions (Laakso and Taagepera, 1979), NaN where none is stated;
        - ``words``; ``share``: of all attributed words of the group, 0 to 1, with a 95 % interval
          ``low high`` over articles or clusters; ``direct_share``: of its words in quotation marks;
        - ``others``: the share in all other groups together; ``difference``: share − others, −1 to 1, with a
          95 % interval and ``p`` (by exchanging the labels of articles or clusters, Pearson type III) and
          ``q`` (Benjamini and Hochberg over the table). NaN for "all", and where ``note`` says why: a single
          article on a side, or fewer than five; or a kind that speaks in fewer than three on either side.

    Raises:
        TableError: *by* or *cluster* is no column.

    Source:
        Cochran (1977), 6.3, for shares; Liang and Zeger (1986) for clusters with articles on both sides.

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["警方说，工厂关闭。", "居民说：“我们不知道。”警方否认。"]
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A", "B"]}))
        >>> table = bitext.actors(bitext.tokenize(corpus), by="outlet")
        >>> table[table.actor.isin(["justice", "citizen"])][["outlet", "actor", "attributions", "share"]]
          outlet    actor  attributions  share
        0      A  justice             1    1.0
        2      B  justice             1    0.0
        3      B  citizen             1    1.0
    """
    return spoken("actors", table_of, tokens, by=by, cues=cues, progress=progress, cluster=cluster)


def table_of(speech: Speech, *, by: str | Sequence[str]) -> pd.DataFrame:
    """Return the table of actors of all articles."""
    names = group_names(by)
    if speech.rows.empty:
        return pd.DataFrame(columns=[*names, *COLUMNS])
    rows = speech.identified
    sizes = {group: len(part) for group, part in speech.articles.groupby(names)}
    sides = _Sides.of(speech, rows, names)
    parts = []
    for group, part in rows.groupby(names, sort=True):
        values = group if isinstance(group, tuple) else (group,)
        table = _of_group(part, names, values, sizes[group])
        parts.append(_compared(table, *sides.around(values), _in_time(speech, names, values)))
    table = pd.concat(parts, ignore_index=True)
    table["q"] = false_discovery_rate(table["p"].to_numpy())
    return table[[*names, *COLUMNS]]


@dataclass(frozen=True)
class _Sides:
    """Words by kind of actor in every unit (article or cluster) of every group: a row a pair of these.

    Attributes:
        groups: keys of the groups.
        group, unit: of each row, by number.
        words: rows × kinds.
    """

    groups: list[tuple[object, ...]]
    group: Ints
    unit: Ints
    words: Floats

    @classmethod
    def of(cls, speech: Speech, rows: pd.DataFrame, names: Sequence[str]) -> "_Sides":
        """Add words up; units in which nobody speaks are there, too."""
        articles = speech.articles
        grouped = articles.groupby(list(names), sort=True)
        keys = [key if isinstance(key, tuple) else (key,) for key, _ in grouped]
        unit = pd.factorize(articles[speech.unit])[0]
        pairs, row = np.unique(grouped.ngroup().to_numpy() * len(articles) + unit, return_inverse=True)
        of_place = pd.Series(row.ravel(), index=articles["place"].to_numpy())
        words = np.zeros((len(pairs), len(ACTORS)))
        kinds = rows["actor"].map({name: number for number, name in enumerate(ACTORS)}).to_numpy()
        np.add.at(words, (of_place[rows["place"]].to_numpy(), kinds), rows["words"].to_numpy(dtype=float))
        return cls(keys, pairs // len(articles), pairs % len(articles), words)

    def around(self, key: tuple[object, ...]) -> tuple[RatioSide, RatioSide, tuple[Ints, Ints]]:
        """Return a group, all others, and the rows of both that are one unit."""
        mine = self.group == self.groups.index(key)
        units, other = np.unique(self.unit[~mine], return_inverse=True)
        others = np.asarray(added(other.ravel(), height=len(units)) @ self.words[~mine])
        _, in_one, in_other = np.intersect1d(self.unit[mine], units, assume_unique=True, return_indices=True)
        sides = [RatioSide(top, top.sum(axis=1, keepdims=True)) for top in (self.words[mine], others)]
        return sides[0], sides[1], (in_one, in_other)


def _in_time(speech: Speech, names: Sequence[str], values: Sequence[object]) -> InTime | None:
    """Return how a group and all others lie in time; None where articles are the units."""
    if speech.unit != CLUSTER:
        return None
    mine = (speech.articles[list(names)] == list(values)).all(axis=1).to_numpy()
    return in_time(periods(speech.articles, "week"), np.ones(len(mine)), mine, ~mine)


def _of_group(part: pd.DataFrame, names: Sequence[str], values: Sequence[object], size: int) -> pd.DataFrame:
    """Return the rows of one group: its kinds of actors, then all of them."""
    lines = []
    present = [kind for kind in ACTORS if (part["actor"] == kind).any()]
    for kind in (*present, "all"):
        mine = part if kind == "all" else part[part["actor"] == kind]
        stated = mine[mine["key"] != ""].groupby("key")["attributions"].sum()
        words = int(mine["words"].sum())
        lines.append(
            {
                **dict(zip(names, values, strict=True)),
                "actor": kind,
                "attributions": int(mine["attributions"].sum()),
                "articles": int(mine["place"].nunique()),
                "group_size": size,
                "sources": len(stated),
                "effective_sources": effective_number(stated),
                "words": words,
                "direct_share": mine["direct_words"].sum() / words if words else np.nan,
            }
        )
    return pd.DataFrame(lines)


def _compared(
    table: pd.DataFrame, one: RatioSide, other: RatioSide, shared: tuple[Ints, Ints], time: InTime | None
) -> pd.DataFrame:
    """Add the shares of the kinds in this group, in the others together, and the difference."""
    own, rest = (_shares(side) for side in (one, other))
    sizes = len(one.top), len(other.top)
    difference = own.share - rest.share
    alone = min(sizes) < 2
    reason = no_arrangement(*sizes)
    test = exchange_ratios(one, other)
    # A side in which a kind has no words has no spread of its own: what is known is that of all units.
    both = (one.top.sum(axis=0) > 0) & (other.top.sum(axis=0) > 0)
    error = np.where(both, linearised_error(one, other, shared), test.error)
    free = np.where(both, welch_freedom(own.se**2, sizes[0] - 1, rest.se**2, sizes[1] - 1), min(sizes) - 1)
    speaking = np.maximum((one.top > 0).sum(axis=0), (other.top > 0).sum(axis=0)) >= LEAST_SPEAKING
    reason = reason or (FEW_UNITS if min(sizes) < LEAST_UNITS else "")
    if time is not None and not time.comparable:
        reason = reason or time.warning
    known = np.isfinite(test.p) & (error > 0) & speaking & (not alone) & (not reason)
    with np.errstate(invalid="ignore"):
        half = stdtrit(np.where(free > 0, free, 1), 0.975) * error
    low, high = agreeing(difference - half, difference + half, test.p, 0.05, known)
    columns = {
        "share": own.share,
        "low": own.low,
        "high": own.high,
        "others": rest.share,
        "difference": difference,
        "difference_low": np.where(known, np.maximum(low, -1), np.nan),
        "difference_high": np.where(known, np.minimum(high, 1), np.nan),
        "p": np.where(known, test.p, np.nan),
    }
    at = np.array([ACTORS.index(kind) if kind != "all" else -1 for kind in table["actor"]])
    whole = at < 0
    for name, values in columns.items():
        table[name] = np.where(whole, np.nan, values[at])
    table.loc[whole, "share"] = 1.0 if one.bottom.sum() else np.nan
    why = np.where(speaking[at], NO_SPEECH, FEW_SPEAKING)
    told = "" if time is None else time.warning
    table["note"] = np.where(whole, "", np.where(known[at], told, ONE_UNIT if alone else reason or why))
    return table


def _shares(side: RatioSide) -> Shares:
    """Return the share of each kind in the words of one side."""
    top, bottom = side
    return shares(
        top.sum(axis=0),
        (top**2).sum(axis=0),
        (top * bottom).sum(axis=0),
        float(bottom.sum()),
        float((bottom**2).sum()),
        len(top),
    )
