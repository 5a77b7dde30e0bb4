"""Who covered which story, who did not, and what one outlet leaves out that its peers mention."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from bitext import schema
from bitext.checked import checked
from bitext.copies.fingerprints import HasArticles
from bitext.counting.counts import Counts
from bitext.errors import BitextError, TableError
from bitext.events.absence import probability_of_absence
from bitext.record import run_record
from bitext.statistics.multiple import false_discovery_rate

#: Columns of `coverage` and `omitted_words`.
COVERAGE = (
    "story",
    "name",
    "outlet",
    "n",
    "expected",
    "outlets",
    "first",
    "hours",
    "volume",
    "articles",
    "p",
    "q",
    "note",
)
OMITTED_WORDS = (
    "story",
    "name",
    "outlet",
    "term",
    "peers",
    "peers_total",
    "articles_peers",
    "spread",
    "expected",
    "p",
    "q",
    "note",
)

#: What a row says whose p rests on volume alone.
BY_VOLUME = "by volume alone"

Floats = npt.NDArray[np.float64]


@checked
def coverage(stories: pd.DataFrame, corpus: HasArticles) -> pd.DataFrame:
    """Return story by outlet: how much, how soon, and how surprising it is if there is nothing.

    ``p`` is the probability that an outlet like this one is silent on a story like this one: a logistic
    regression over all stories and outlets of the table, on how many other outlets and articles the story
    has, on the outlet's share of the articles of those days, and on the outlet. Of the cells with p < .05
    fewer than one in twenty is silent by chance. With too few stories to learn from (about forty cells, ten
    silences and ten presences) p is that of volume alone: of the articles of those days one is drawn for each
    outlet that covered the story, and p is the probability that none is this outlet's (hypergeometric);
    ``note`` says so. ``p`` says nothing about why an outlet is silent: beat, region and language are reasons.

    Args:
        stories: the table of `stories`.
        corpus: the Corpus (or Tokens) that it was made from, for the volume of each outlet.

    Returns:
        One row per story and outlet, silent ones included; ``table.pivot(index="story", columns="outlet",
        values="n")`` is the matrix:

        - ``story``, ``name``, ``outlet``
        - ``n``: the outlet's articles on the story; ``expected`` (float): what they would be if its share of
          the story were its share of all articles of those days; NaN where dates are missing
        - ``outlets``: outlets that covered the story
        - ``first`` (bool): the outlet has an article that no other precedes (see `stories`)
        - ``hours`` (float): from the story's first article to the outlet's first; NaN if silent or undated
        - ``volume``: the outlet's articles from the story's first to its last day; ``articles``: everybody's
        - ``p`` (0 to 1): probability of silence by chance; NaN for outlets that covered the story
        - ``q`` (0 to 1): p adjusted for all silences of the table (Benjamini-Hochberg)
        - ``note``: "by volume alone"; "no article in these days" where volume is 0 and p therefore 1; "no
          date" where the volume cannot be told

    Raises:
        TableError: *stories* lacks a column, or holds articles that *corpus* lacks.

    Examples:
        >>> import pandas as pd, bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["a", "b", "c"], "outlet": ["A", "B", "C"], "date": ["2031-03-02"] * 3}))
        >>> ids = corpus.articles["article"]
        >>> found = pd.DataFrame({"story": [0, 0], "name": "quake", "article": ids[:2], "outlet": ["A", "B"],
        ...                       "date": corpus.articles["date"][:2], "first": True, "hours": 0.0})
        >>> coverage(found, corpus)[["outlet", "n", "outlets", "volume", "articles", "p"]].round(2)
          outlet  n  outlets  volume  articles     p
        0      A  1        2       1         3   NaN
        1      B  1        2       1         3   NaN
        2      C  0        2       1         3  0.33
    """
    needed = ("story", "name", "article", "outlet", "date", "first", "hours")
    schema.require(stories, needed, "the table of stories")
    articles = corpus.articles
    strangers = set(stories["article"]) - set(articles["article"])
    if strangers:
        raise TableError(
            f"the corpus lacks {len(strangers)} articles of the stories, e.g. {min(strangers)!r}"
        )
    outlets = sorted(articles["outlet"].unique())
    days = pd.to_datetime(articles["date"]).dt.normalize()
    parts = [_one_story(part, articles["outlet"], days, outlets) for _, part in stories.groupby("story")]
    parts = [part for part in parts if len(part)]
    table = pd.concat(parts, ignore_index=True) if parts else schema.empty(COVERAGE)
    if parts:
        _judge(table, stories)
        table["q"] = false_discovery_rate(table["p"])
    table = table[list(COVERAGE)]
    table.attrs["run"] = run_record("coverage", before=stories.attrs.get("run"))
    return table


def _judge(table: pd.DataFrame, stories: pd.DataFrame) -> None:
    """Replace the p of volume alone by that of the model, where there is enough to learn from."""
    size = table["story"].map(stories.groupby("story").size()).to_numpy(dtype=np.float64)
    n = table["n"].to_numpy(dtype=np.float64)
    others = table["outlets"].to_numpy(dtype=np.float64) - (n > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.log(table["volume"].to_numpy(float) / table["articles"].to_numpy(dtype=np.float64))
    # A story has two articles: with less by others, it is there only because this outlet is not silent.
    usable = (size - n >= 2) & np.isfinite(share)
    features = np.stack([np.log1p(size - n), others, np.where(usable, share, np.nan)], axis=1)
    silent = n == 0
    found = probability_of_absence(features, table["outlet"].to_numpy(dtype=object), silent)
    known = silent & np.isfinite(found)
    table["p"] = np.where(known, found, table["p"])
    alone = silent & ~known & table["p"].notna().to_numpy() & (table["note"] == "").to_numpy()
    table.loc[alone, "note"] = BY_VOLUME


def _one_story(part: pd.DataFrame, outlet: pd.Series, days: pd.Series, outlets: list[str]) -> pd.DataFrame:
    dates = pd.to_datetime(part["date"]).dt.normalize()
    inside = days.between(dates.min(), dates.max())
    volume = outlet[inside].value_counts().reindex(outlets, fill_value=0).to_numpy()
    own = part.groupby("outlet")
    n = own.size().reindex(outlets, fill_value=0).to_numpy()
    covered = int((n > 0).sum())
    silent = n == 0
    dated = bool(dates.notna().any())
    chance = stats.hypergeom.pmf(0, inside.sum(), volume, covered)
    p = np.where(silent & dated, np.clip(chance, 0.0, 1.0), np.nan)
    share = volume / inside.sum() if dated else np.full(len(outlets), np.nan)
    note = np.where(silent & (volume == 0), "no article in these days", "") if dated else "no date"
    return pd.DataFrame(
        {
            "story": part["story"].iloc[0],
            "name": part["name"].iloc[0],
            "outlet": outlets,
            "n": n,
            "expected": len(part) * share,
            "outlets": covered,
            "first": own["first"].any().reindex(outlets, fill_value=False).to_numpy(dtype=bool),
            "hours": own["hours"].min().reindex(outlets).to_numpy(dtype=np.float64),
            "volume": volume,
            "articles": int(inside.sum()),
            "p": p,
            "note": note,
        }
    )


@checked
def omitted_words(
    stories: pd.DataFrame,
    counts: Counts,
    *,
    outlet: str | None = None,
    min_peers: int = 2,
    min_share: float = 0.5,
) -> pd.DataFrame:
    """Return what an outlet's reports on a story leave out although its peers mention it.

    For each story, outlet and term: the outlet covered the story and never uses the term there, while at
    least *min_peers* other outlets and *min_share* of them do. With ``rate = peers' articles with the term /
    words of all peers' articles``, the outlet's words would hold ``expected = rate * words`` such mentions.
    How surprising their lack is, is learned from all stories, outlets and terms of the table, present and
    absent (logistic regression): from `expected`, from how many peers mention the term, how widespread it is
    anyway, how much the outlet and its peers wrote, and from the outlet.

    Args:
        stories: the table of `stories`.
        counts: counts of the same articles. Unit "concept" compares outlets of both languages; unit "term"
            compares each article with peers in its own language only.
        outlet: only this outlet; by default all.
        min_peers: other outlets that must mention the term, at least.
        min_share: share of the other outlets on the story that must mention it, 0 to 1.

    Returns:
        One row per story, outlet and omitted term. Within an outlet's story the most telling stand first:
        by ``expected * -log(spread)``, what should be there and is not everywhere anyway:

        - ``story``, ``name``, ``outlet``, ``term`` (term or concept)
        - ``peers``: other outlets that mention it in this story; ``peers_total``: other outlets that cover it
        - ``articles_peers``: their articles that mention it
        - ``spread`` (0 to 1): share of all articles in *counts* that mention it; words like "report" are high
        - ``expected`` (float): mentions to be expected at the peers' rate, given the outlet's words
        - ``p`` (0 to 1): probability that an outlet like this one leaves such a term out; of all terms with
          p < .05 fewer than one in twenty is left out by chance. NaN with too little to learn from
        - ``q`` (0 to 1): p adjusted for the rows of this table (Benjamini-Hochberg). They were selected for
          being silent, so q ranks them and is no error rate over all terms
        - ``note``: why there is no p

    Raises:
        TableError: *outlet* is not in the stories, or an article of a story has no row in *counts*.
        BitextError: *min_share* is out of range.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({"outlet": ["甲", "乙", "丙"], "date": ["2031-03-02"] * 3, "text": [
        ...     "地震造成17人死亡。", "哈尔滨地震造成17人死亡。", "哈尔滨发生地震。"]})
        >>> corpus = bitext.Corpus.from_frame(frame)
        >>> found = corpus.articles[["article", "outlet", "date"]].assign(
        ...     story=0, name="地震", first=False, hours=0.0)
        >>> omitted_words(found, bitext.count(bitext.tokenize(corpus)), outlet="丙")["term"].tolist()
        ['死亡', '造成']
    """
    if not 0 <= min_share <= 1:
        raise BitextError(f"min_share must lie between 0 and 1, got {min_share!r}")
    schema.require(stories, ("story", "name", "article", "outlet"), "the table of stories")
    outlets = sorted(stories["outlet"].unique())
    if outlet is not None and outlet not in outlets:
        raise TableError.unknown("outlet", outlet, outlets)
    table = term_cells(stories, counts, min_peers=min_peers, min_share=min_share)
    if len(table):
        absent = table["absent"].to_numpy(dtype=bool)
        table = table[absent & ((table["outlet"] == outlet) | (outlet is None)).to_numpy()]
        table = table.assign(note=np.where(table["p"].isna(), "too few terms to learn from", ""))
        table["q"] = false_discovery_rate(table["p"].to_numpy(dtype=np.float64))
        table["telling"] = table["expected"] * np.log(
            table["spread"]
        )  # negative: the most telling is smallest
        keys = ["story", "outlet", "telling", "term"]
        table = table.sort_values(keys, kind="stable", ignore_index=True)
    table = table.reindex(columns=list(OMITTED_WORDS))
    table.attrs["run"] = run_record(
        "omitted_words", unit=counts.unit, outlet=outlet, min_peers=min_peers, min_share=min_share
    )
    return table


def term_cells(
    stories: pd.DataFrame, counts: Counts, *, min_peers: int = 2, min_share: float = 0.5
) -> pd.DataFrame:
    """Return story by outlet by term that enough peers mention, absent or not, with the p of absence.

    Columns as in `omitted_words`, and ``absent``.
    """
    row_of = {name: row for row, name in enumerate(counts.articles["article"])}
    strangers = set(stories["article"]) - set(row_of)
    if strangers:
        raise TableError(f"counts lack {len(strangers)} articles of the stories, e.g. {min(strangers)!r}")
    spread = np.bincount(counts.matrix.indices, minlength=len(counts.terms)) / max(counts.matrix.shape[0], 1)
    parts: list[pd.DataFrame] = []
    for _, part in stories.groupby("story"):
        rows = np.array([row_of[name] for name in part["article"]], dtype=np.int64)
        every = sorted(part["outlet"].unique())
        parts += [_left_out(part, rows, counts, own, min_peers, min_share) for own in every]
    parts = [part for part in parts if len(part)]
    table = pd.concat(parts, ignore_index=True) if parts else schema.empty(OMITTED_WORDS)
    if len(table):
        number = {term: i for i, term in enumerate(counts.terms)}
        table["spread"] = spread[table["term"].map(number).to_numpy(dtype=np.int64)]
        columns = ["expected", "spread", "words", "peers_words", "articles_peers"]
        features = np.log(table[columns].to_numpy(dtype=np.float64) + 1e-3)
        share = (table["peers"] / table["peers_total"]).to_numpy(dtype=np.float64)
        features = np.column_stack((features, share, table["peers"].to_numpy(dtype=np.float64)))
        absent = table["absent"].to_numpy(dtype=bool)
        table["p"] = probability_of_absence(features, table["outlet"].to_numpy(dtype=object), absent)
    return table


def _left_out(
    part: pd.DataFrame,
    rows: npt.NDArray[np.int64],
    counts: Counts,
    own: str,
    min_peers: int,
    min_share: float,
) -> pd.DataFrame:
    """Set one outlet's articles of a story beside all others', for the terms that enough of these mention."""
    mine = (part["outlet"] == own).to_numpy()
    theirs = ~mine
    if counts.unit != "concept" and "lang" in part:
        theirs &= part["lang"].isin(part["lang"][mine]).to_numpy()
    names, peer = np.unique(part["outlet"].to_numpy()[theirs].astype(str), return_inverse=True)
    if not mine.any() or len(names) < min_peers:
        return pd.DataFrame(columns=list(OMITTED_WORDS))
    mentions = counts.matrix[rows[theirs]].tocoo()
    present = np.asarray(counts.matrix[rows[mine]].sum(axis=0)).ravel() > 0
    articles = np.bincount(mentions.col, minlength=len(counts.terms))
    pairs = np.unique(mentions.col.astype(np.int64) * len(names) + peer[mentions.row])
    peers = np.bincount(pairs // len(names), minlength=len(counts.terms))
    omitted = np.flatnonzero(peers >= max(min_peers, min_share * len(names)))
    words, own_words = (max(int(counts.lengths[rows[side]].sum()), 1) for side in (theirs, mine))
    expected = articles[omitted] / words * own_words
    return pd.DataFrame(
        {
            "story": part["story"].iloc[0],
            "name": part["name"].iloc[0],
            "outlet": own,
            "term": counts.terms[omitted],
            "peers": peers[omitted],
            "peers_total": len(names),
            "articles_peers": articles[omitted],
            "expected": expected,
            "absent": ~present[omitted],
            "words": own_words,
            "peers_words": words,
        }
    )
