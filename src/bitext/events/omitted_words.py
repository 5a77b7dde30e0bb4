"""Which words one outlet leaves out of a story that its peers mention there."""

from dataclasses import replace

import numpy as np
import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.comparison.across_languages.correction import UNRELIABLE, Calibration, taken_out
from bitext.counting.counts import Counts
from bitext.errors import BitextError, TableError
from bitext.events.absence import probability_of_absence
from bitext.record import run_record
from bitext.statistics.multiple import false_discovery_rate

#: Columns of `omitted_words`.
OMITTED_WORDS = (
    *("story", "name", "outlet", "term", "peers", "peers_total", "articles_peers", "spread"),
    *("expected", "p", "q", "tier", "note"),
)


@checked
def omitted_words(
    stories: pd.DataFrame,
    counts: Counts,
    *,
    outlet: str | None = None,
    min_peers: int = 2,
    min_share: float = 0.5,
    calibration: Calibration = None,
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
        calibration: for concepts in both languages, as in `bitext.keyness`: what is expected of an outlet is
            brought into its own language by 2 ** k, and unreliable concepts get no p.

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
        - ``tier``: how far the concept can be compared with peers in another language (`bitext.calibrate`);
          "" where all write one
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
    table = term_cells(stories, counts, min_peers=min_peers, min_share=min_share, calibration=calibration)
    if len(table):
        absent = table["absent"].to_numpy(dtype=bool)
        table = table[absent & ((table["outlet"] == outlet) | (outlet is None)).to_numpy()]
        note = np.where(table["p"].isna(), "too few terms to learn from", "")
        poor = (table["tier"] == "unreliable").to_numpy()
        table = table.assign(note=np.where(poor, UNRELIABLE, note), p=table["p"].mask(poor))
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
    stories: pd.DataFrame,
    counts: Counts,
    *,
    min_peers: int = 2,
    min_share: float = 0.5,
    calibration: Calibration = None,
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
        # Only the terms of the story: what all articles have is many times as much.
        matrix = counts.matrix[rows]
        used = np.unique(matrix.indices)
        here = replace(counts, matrix=matrix[:, used], terms=counts.terms[used], lengths=counts.lengths[rows])
        every = sorted(part["outlet"].unique())
        parts += [_left_out(part, here, own, min_peers, min_share) for own in every]
    parts = [part for part in parts if len(part)]
    table = pd.concat(parts, ignore_index=True) if parts else schema.empty(OMITTED_WORDS)
    if len(table):
        number = {term: i for i, term in enumerate(counts.terms)}
        table["spread"] = spread[table["term"].map(number).to_numpy(dtype=np.int64)]
        table = taken_out(table, stories, counts, calibration)
        columns = ["expected", "spread", "words", "peers_words", "articles_peers"]
        features = np.log(table[columns].to_numpy(dtype=np.float64) + 1e-3)
        share = (table["peers"] / table["peers_total"]).to_numpy(dtype=np.float64)
        features = np.column_stack((features, share, table["peers"].to_numpy(dtype=np.float64)))
        absent = table["absent"].to_numpy(dtype=bool)
        table["p"] = probability_of_absence(features, table["outlet"].to_numpy(dtype=object), absent)
    return table


def _left_out(
    part: pd.DataFrame,
    counts: Counts,
    own: str,
    min_peers: int,
    min_share: float,
) -> pd.DataFrame:
    """Set one outlet's articles of a story beside all others', for the terms that enough of these mention.

    *counts* has the rows of *part*.
    """
    mine = (part["outlet"] == own).to_numpy()
    theirs = ~mine
    if counts.unit != "concept" and "lang" in part:
        theirs &= part["lang"].isin(part["lang"][mine]).to_numpy()
    names, peer = np.unique(part["outlet"].to_numpy()[theirs].astype(str), return_inverse=True)
    if not mine.any() or len(names) < min_peers:
        return pd.DataFrame(columns=list(OMITTED_WORDS))
    mentions = counts.matrix[np.flatnonzero(theirs)].tocoo()
    present = np.asarray(counts.matrix[np.flatnonzero(mine)].sum(axis=0)).ravel() > 0
    articles = np.bincount(mentions.col, minlength=len(counts.terms))
    pairs = np.unique(mentions.col.astype(np.int64) * len(names) + peer[mentions.row])
    peers = np.bincount(pairs // len(names), minlength=len(counts.terms))
    omitted = np.flatnonzero(peers >= max(min_peers, min_share * len(names)))
    words, own_words = (max(int(counts.lengths[side].sum()), 1) for side in (theirs, mine))
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
