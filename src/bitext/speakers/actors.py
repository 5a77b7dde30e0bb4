"""Articles in, one row per kind of actor and group out: shares of speech, diversity, and differences."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues
from bitext.speakers.actor_kinds import ACTORS
from bitext.speakers.shares import effective_number, over_articles
from bitext.speakers.speech import Speech, spoken
from bitext.statistics.intervals import welch_freedom
from bitext.statistics.multiple import false_discovery_rate
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
)


@checked
def actors(
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return which kinds of actors get to speak in each group, and how groups differ in that.

    Args:
        tokens: what `bitext.tokenize` returned, or a `Scan`.
        by: column(s) of the articles that make the groups.
        cues: as in `bitext.evidence`.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per group and kind of actor, and a row "all" for the group: the columns of *by*, then

        - ``actor``: as in `bitext.sources`; "" where nothing decides, or no source is stated;
        - ``attributions articles group_size``; ``sources``: different sources that are stated;
          ``effective_sources``: how many equally frequent sources would be as diverse, 1 / Σp² over
          attributions (Laakso and Taagepera, 1979), NaN where none is stated;
        - ``words``; ``share``: of all attributed words of the group, 0 to 1, with a 95 % interval
          ``low high`` over articles; ``direct_share``: of its words in quotation marks;
        - ``others``: the share in all other groups together; ``difference``: share − others, −1 to 1, with a
          95 % interval and ``p`` (Welch's t on the two ratio estimates) and ``q`` (Benjamini and Hochberg
          over the table). NaN with a single group or a single article on a side, and for "all".

    Raises:
        TableError: *by* is no column.

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
    return spoken("actors", table_of, tokens, by=by, cues=cues, progress=progress)


def table_of(speech: Speech, *, by: str | Sequence[str]) -> pd.DataFrame:
    """Return the table of actors of all articles."""
    names = group_names(by)
    if speech.rows.empty:
        return pd.DataFrame(columns=[*names, *COLUMNS])
    rows = speech.identified
    sizes = {group: len(part) for group, part in speech.articles.groupby(names)}
    total = len(speech.articles)
    kinds = np.array([ACTORS.index(actor) for actor in rows["actor"]])
    words, place = rows["words"].to_numpy(dtype=float), rows["place"].to_numpy()
    parts = []
    for group, part in rows.groupby(names, sort=True):
        size = sizes[group]
        mine = np.zeros(len(rows), dtype=bool)
        mine[part.index] = True
        values = group if isinstance(group, tuple) else (group,)
        parts.append(
            _compared(_of_group(part, names, values, size), kinds, words, place, mine, (size, total - size))
        )
    table = pd.concat(parts, ignore_index=True)
    table["q"] = false_discovery_rate(table["p"].to_numpy())
    return table[[*names, *COLUMNS]]


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
    table: pd.DataFrame,
    kinds: np.ndarray,
    words: np.ndarray,
    place: np.ndarray,
    mine: np.ndarray,
    sizes: tuple[int, int],
) -> pd.DataFrame:
    """Add the shares of the kinds in this group, in the others together, and the difference."""
    # Every kind is there on both sides, with no words where nobody of it speaks.
    sides = []
    for side, size in zip((mine, ~mine), sizes, strict=True):
        ids = np.concatenate((kinds[side], np.arange(len(ACTORS))))
        at = np.concatenate((place[side], np.full(len(ACTORS), place[side][0] if side.any() else 0)))
        sides.append(over_articles(ids, at, np.concatenate((words[side], np.zeros(len(ACTORS)))), size))
    own, other = sides
    at = np.array([ACTORS.index(kind) if kind != "all" else -1 for kind in table["actor"]])
    one = at < 0
    difference = own.share - other.share
    with np.errstate(invalid="ignore", divide="ignore"):
        a, b = own.se**2, other.se**2
        se = np.sqrt(a + b)
        n, m = (max(size - 1, 1) for size in sizes)
        freedom = np.where(se > 0, welch_freedom(a, n, b, m), 1)
        half = np.where(se > 0, student.ppf(0.975, freedom) * se, np.nan)
        p = np.where(se > 0, 2 * student.sf(np.abs(difference) / se, freedom), np.nan)
    columns = {
        "share": own.share,
        "low": own.low,
        "high": own.high,
        "others": other.share,
        "difference": difference,
        "difference_low": np.maximum(difference - half, -1),
        "difference_high": np.minimum(difference + half, 1),
        "p": p,
    }
    for name, values in columns.items():
        table[name] = np.where(one, np.nan, values[at])
    table.loc[one, "share"] = 1.0 if words[mine].sum() else np.nan
    return table
