"""Articles in, one row per source and group out: who gets to speak, how much, and with which verbs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import REPORTING, Cues
from bitext.speakers.shares import over_articles
from bitext.speakers.speech import CLUSTER, COUNTS, Speech, spoken
from bitext.statistics.clusters import Cluster, too_few
from bitext.statistics.units import finds_stories
from bitext.tokens.grouping import group_names
from bitext.tokens.tokens import Tokens

SOURCES = (
    "source",
    "concept",
    "kind",
    "actor",
    "country",
    "attributions",
    "articles",
    "group_size",
    "clusters",
    "group_clusters",
    "words",
    "share",
    "low",
    "high",
    "direct_words",
    "indirect_words",
    *REPORTING,
    "first_date",
    "last_date",
    "variants",
    "printed",
    "note",
)


@checked
@finds_stories
def sources(
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    cluster: Cluster = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return who is quoted or paraphrased in each group: how often, how much, and with which verbs.

    Variants of a name are one source: by the concept table over articles and languages (布林肯, Blinken),
    without titles and glosses (评论人顾望舒, 顾望舒), within an article short for full names (Mr Lee, John
    Lee) and pronouns, offices and bodies for whom they stand for (the minister, 该公司). A role is one source
    however many have it (一名官员, officials). Sources named together (东京和海牙) are a row each: each
    counts the attribution, and their words are divided evenly.

    Args:
        tokens: what `bitext.tokenize` returned, or a `Scan`.
        by: column(s) of the articles that make the groups.
        cues: as in `bitext.evidence`.
        cluster: what makes the units of the intervals, where articles on one event come in clusters: "day",
            "week", "story" (found on the way), a column of the articles, or the table of `bitext.stories`.
            None takes articles.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per group and source, those with the most words first: the columns of *by*, then

        - ``source``: its most frequent whole name; "" gathers words whose source is not stated;
        - ``concept``: its id in the concept table, "" for none;
        - ``kind``: named, role, outlet, anonymous, hearsay or "" (not stated); ``actor``: government,
          legislature, party, military, justice (police and courts), company, expert, media, international,
          organisation, citizen, anonymous, or "" where nothing decides; ``country``: concept id or "";
        - ``attributions``: events with a verb of reporting or the like; ``articles``: with at least one,
          of ``group_size`` in the group; ``clusters group_clusters``: the same of what *cluster* makes the
          units, articles where it is None;
        - ``words`` attributed to it; ``share``: of all attributed words of the group, 0 to 1, with a 95 %
          interval ``low high`` over articles or clusters (`bitext.speakers.shares.shares`; NaN with one
          article, or fewer than 5 clusters, which ``note`` says);
          ``direct_words`` of them stand in quotation marks, ``indirect_words`` do not;
        - attributions by kind of verb: ``no_comment say_conceding say_doubting deny say_assertive directive
          say_neutral``; what is left of ``attributions`` are frames (according to, 据);
        - ``first_date last_date``: of its articles; ``variants``: other names found, the most frequent first;
          ``printed``: the source as the group itself names it (賀庭遠, where most write 贺庭远).

    Raises:
        TableError: *by* or *cluster* is no column.

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["Mayor John Lee said the plan may fail. Mr Lee denied that he knew."]
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A"]}))
        >>> table = bitext.sources(bitext.tokenize(corpus), by="outlet")
        >>> table[["source", "actor", "attributions", "deny", "share", "variants"]]
             source       actor  attributions  deny  share               variants
        0  John Lee  government             2     1    1.0  Lee
    """
    return spoken("sources", table_of, tokens, by=by, cues=cues, progress=progress, cluster=cluster)


def table_of(speech: Speech, *, by: str | Sequence[str]) -> pd.DataFrame:
    """Return the table of sources of all articles."""
    names = group_names(by)
    if speech.rows.empty:
        return pd.DataFrame(columns=[*names, *SOURCES])
    unit = speech.unit
    sizes = {group: (len(part), part[unit].nunique()) for group, part in speech.articles.groupby(names)}
    parts = [
        _of_group(part, names, sizes[group], unit)
        for group, part in speech.identified.groupby(names, sort=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _of_group(part: pd.DataFrame, names: Sequence[str], sizes: tuple[int, int], unit: str) -> pd.DataFrame:
    """Return the rows of one group; *sizes* are its articles and its units, told apart by column *unit*."""
    # Unnamed sources of different kinds are different rows.
    about = ["key", "source", "concept", "kind", "actor", "country"]
    ids = part.groupby(about, sort=True).ngroup().to_numpy()
    summed = part.groupby(ids)[list(COUNTS)].sum()
    head = part.groupby(ids)[about].first()
    table = pd.concat([head, summed], axis=1)
    for name in reversed(list(names)):
        table.insert(0, name, part[name].iloc[0])
    table["articles"] = part.groupby(ids)["place"].nunique()
    table["group_size"] = sizes[0]
    table["clusters"], table["group_clusters"] = part.groupby(ids)[unit].nunique(), sizes[1]
    found = over_articles(ids, part[unit].to_numpy(), part["words"].to_numpy(dtype=float), sizes[1])
    table["share"], table["low"], table["high"] = found.share, found.low, found.high
    table["note"] = few = too_few(sizes[1], "cluster" if unit == CLUSTER else None)
    if few:
        table[["low", "high"]] = np.nan
    table["indirect_words"] = table["words"] - table["direct_words"]
    dates = part.groupby(ids)["date"] if "date" not in names else None
    table["first_date"] = pd.NaT if dates is None else dates.min()
    table["last_date"] = pd.NaT if dates is None else dates.max()
    table["variants"], table["printed"] = _variants(part, ids, table["source"].tolist())
    ordered = table.sort_values(["words", "attributions", "key"], ascending=[False, False, True])
    return ordered[[*names, *SOURCES]].reset_index(drop=True)


def _variants(part: pd.DataFrame, ids: np.ndarray, chosen: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return of each source its other names, and the one to tell of the group: *chosen*, if it has it."""
    votes = part.assign(id=ids).groupby(["id", "variant"], sort=True)["attributions"].sum().reset_index()
    votes = votes.sort_values(["id", "attributions", "variant"], ascending=[True, False, True])
    found: dict[int, list[str]] = {}
    own = set()
    for number, variant in zip(votes["id"].tolist(), votes["variant"].tolist(), strict=True):
        if variant == chosen[number]:
            own.add(number)
        elif variant:
            found.setdefault(number, []).append(variant)
    variants = [found.get(number, []) for number in range(len(chosen))]
    printed = [
        name if number in own or not others else others[0]
        for number, (name, others) in enumerate(zip(chosen, variants, strict=True))
    ]
    return ["; ".join(others) for others in variants], printed
