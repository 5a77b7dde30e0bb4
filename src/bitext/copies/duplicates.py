"""Exact and near duplicates: who printed the same text, who had it first, what was done to it."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.copies.fingerprints import HasArticles
from bitext.copies.pairs import matches, record
from bitext.corpus.scan import Progress, Scan
from bitext.errors import BitextError

#: Columns of `duplicates`.
DUPLICATES = (
    "cluster",
    "article",
    "outlet",
    "date",
    "title",
    "origin",
    "nearest",
    "agency",
    "kind",
    "relation",
    "sure",
    "hours",
    "jaccard",
    "containment",
    "kept",
    "new",
)

MODES = ("keep", "collapse", "weight")
SCOPES = ("corpus", "outlet")


@checked
def duplicates(
    corpus: HasArticles | Scan,
    *,
    threshold: float = 0.5,
    exact: bool | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Group articles that share their text, with the earliest of each group as its origin.

    Every article is joined to the earlier article that it resembles most, so a round-up that quotes five
    stories does not make one group of all of them.

    Args:
        corpus: a Corpus, or Tokens; or a `Scan`, of whose articles hashes are held: about 1 kB of each to
            find candidates, and all shingles (8 bytes per character) of 10,000 at a time to verify them.
        threshold: least share of the smaller text's 8-character shingles that the larger must contain,
            above 0 and at most 1.
        exact: compare every pair (True) or only MinHash candidates (False); by default exact up to
            10,000 articles. See `bitext.copies.minhash` for what the candidates can miss.
        progress: for a `Scan`, called with the number of articles done since the last call, in each pass.

    Returns:
        One row per article of a group of two or more, groups in order of their origin's date, articles in
        order of date. Articles without a date come
        last, articles of equal date in corpus order:

        - ``cluster`` (int): number of the group, from 0
        - ``article``, ``outlet``, ``date``, ``title``
        - ``origin``: the earliest article of the group, as far as that can be told (see ``sure``)
        - ``nearest``: the earlier article that this one resembles most ("" for the origin)
        - ``kind``: "origin"; "exact" (same letters, digits and Han after t2s); "near" (Jaccard similarity of
          .5 or more); "partial" (one holds much of the other)
        - ``agency``: the news agency that the text credits, in a dateline, byline or at its end; else the one
          that *nearest* credits; "" where neither names one
        - ``relation``, to *nearest*: "origin"; "series" (same wording around other names: another town's
          police report; or, from the same outlet 12 hours or more later, around other numbers: a daily market
          note); for another outlet "wire" (one of the two names an agency: both took it from there, and
          neither from the other), "copy" (it came later) or "unknown" (nobody is named, and who was earlier
          cannot be told); and for the same outlet "repeat" (same text), "update" (within a week) or "reuse"
          (later)
        - ``sure`` (bool): *nearest* was surely earlier: in UTC, by outlets' clocks, to the precision of dates
        - ``hours`` (float): time since *nearest*; NaN where it cannot be told which was earlier
        - ``jaccard`` (0 to 1): shared shingles / shingles of either
        - ``containment`` (0 to 1): shared shingles / shingles of the smaller
        - ``kept`` (0 to 1): share of the shingles of *nearest* that this article keeps
        - ``new`` (0 to 1): share of this article's shingles that *nearest* lacks

    Raises:
        BitextError: *threshold* is out of range.

    Source:
        Shingles, resemblance and containment: Broder (1997), On the resemblance and containment of documents.

    Examples:
        >>> import bitext, bitext.schema, pandas as pd
        >>> text = "The council said on Monday that the plant will open in May. "
        >>> rows = [("a1", "A", "2031-03-01", text),
        ...         ("b1", "B", "2031-03-04", text + "Unions had asked for June."),
        ...         ("b2", "B", "2031-03-04", "Rain is expected in the north.")]
        >>> frame = pd.DataFrame(rows, columns=["article", "outlet", "date", "text"])
        >>> corpus = bitext.Corpus(frame.reindex(columns=bitext.schema.ARTICLES, fill_value=""))
        >>> table = duplicates(corpus)
        >>> table[["outlet", "kind", "relation", "sure", "kept", "new"]].round(2)
          outlet    kind relation   sure  kept   new
        0      A  origin   origin  False   NaN   NaN
        1      B    near     copy   True   1.0  0.34
    """
    articles, pairs, n = matches(corpus, threshold, exact, progress)
    table = _clusters(articles, pairs)
    table.attrs["run"] = record("duplicates", n, threshold, exact)
    return table


def weights(
    clusters: pd.DataFrame, articles: Iterable[str], copies: str = "weight", *, within: str = "corpus"
) -> npt.NDArray[np.float64]:
    """Return how much each article counts, so that a text printed ten times need not count ten times.

    Only exact and near copies lose weight; an article that holds a passage of another ("partial") is for a
    good part its own, and a "series" has the same wording but other news: both count in full.

    Args:
        clusters: the table of `duplicates`.
        articles: article identifiers, in the order wanted.
        copies: "keep" (1 each), "collapse" (the earliest version 1, all others 0) or "weight" (1 / number of
            versions each).
        within: "corpus" or "outlet". Collapsing in the whole corpus credits a wire text to whoever printed it
            first, and takes it from the others: to compare outlets use "weight", or "outlet", which merges
            only what an outlet printed more than once.

    Returns:
        float64, one per article, 0 to 1.

    Raises:
        BitextError: *copies* or *within* is not one of the accepted words.

    Examples:
        >>> import pandas as pd
        >>> rows = [("a", "X", "", "origin", "origin"), ("b", "Y", "a", "near", "copy"),
        ...         ("c", "Y", "b", "exact", "repeat")]
        >>> clusters = pd.DataFrame(rows, columns=["article", "outlet", "nearest", "kind", "relation"])
        >>> weights(clusters, ["c", "z", "b", "a"], "weight").round(2).tolist()
        [0.33, 1.0, 0.33, 0.33]
        >>> weights(clusters, ["c", "z", "b", "a"], "collapse", within="outlet").tolist()
        [0.0, 1.0, 1.0, 1.0]
    """
    if copies not in MODES:
        raise BitextError.unknown("treatment of copies", copies, MODES)
    if within not in SCOPES:
        raise BitextError.unknown("scope of copies", within, SCOPES)
    schema.require(clusters, ("article", "outlet", "nearest", "kind", "relation"), "the table of duplicates")
    wanted = pd.Index(list(articles))
    if copies == "keep" or clusters.empty:
        return np.ones(len(wanted))
    versions = _versions(clusters)
    keys = [versions, clusters["outlet"].to_numpy()] if within == "outlet" else [versions]
    groups = pd.Series(1.0, index=clusters["article"].to_numpy()).groupby(keys)
    shares = 1.0 / groups.transform("size") if copies == "weight" else (groups.cumcount() == 0).astype(float)
    return np.asarray(shares.reindex(wanted, fill_value=1.0), dtype=np.float64)


def _versions(clusters: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Name, for each row, the first text that it is a version of; parents stand above their children."""
    root: dict[str, str] = {}
    rows = zip(clusters["article"], clusters["nearest"], clusters["kind"], clusters["relation"], strict=True)
    for article, nearest, kind, relation in rows:
        same = kind in ("exact", "near") and relation != "series"
        root[article] = root.get(nearest, nearest) if same else article
    return np.array([root[article] for article in clusters["article"]], dtype=object)


def _clusters(articles: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Join every article to its nearest earlier one and return the trees as a table."""
    best = pairs.sort_values(["b", "jaccard", "a"], ascending=[True, False, True]).drop_duplicates("b")
    root = {int(a): int(a) for a in pairs["a"]}
    for a, b in zip(best["a"], best["b"], strict=True):  # in order of time: the root of a is known by now
        root[int(b)] = root[int(a)]
    members = pd.DataFrame({"row": list(root), "first": list(root.values())}).sort_values(["first", "row"])
    members = members[
        members.duplicated("first", keep=False)
    ]  # some match only an article that left for another
    found = members.merge(best, left_on="row", right_on="b", how="left")
    names = articles["article"].to_numpy()
    rows = found["row"].to_numpy(dtype=np.int64)
    table = found.assign(
        cluster=pd.factorize(found["first"])[0].astype(np.int64),
        origin=names[found["first"].to_numpy(dtype=np.int64)],
        agency=_agencies(articles, rows, found["a"]),
        sure=np.array([value is True for value in found["sure"]], dtype=bool),
        nearest=[names[int(a)] if a == a else "" for a in found["a"]],
        kind=found["kind"].fillna("origin"),
        relation=found["relation"].fillna("origin"),
    )
    for column in ("article", "outlet", "date", "title"):
        table[column] = articles[column].to_numpy()[rows]
    return table[list(DUPLICATES)].reset_index(drop=True)


def _agencies(articles: pd.DataFrame, rows: npt.NDArray[np.int64], nearest: pd.Series) -> list[str]:
    """Return the agency that each article credits, or the one that its nearest article does."""
    agencies = articles["agency"].tolist()
    near = [agencies[int(a)] if a == a else "" for a in nearest]
    return [agencies[row] or other for row, other in zip(rows.tolist(), near, strict=True)]
