"""Stories: the articles of several outlets, in either language, on one event."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts
from bitext.errors import BitextError, ScanError
from bitext.events.linkage import Links, Vectors, agglomerate, crowd, links
from bitext.events.vectors import LEAD, LEAD_WEIGHT, TITLE_WEIGHT, vectors
from bitext.record import run_record
from bitext.tokens.tokens import Tokens

#: Columns of `stories`.
STORIES = (
    "story",
    "name",
    "article",
    "outlet",
    "lang",
    "date",
    "title",
    "first",
    "hours",
    "similarity",
)

#: Weight of what both languages share (concepts, Latin names, figures) when articles of one language are
#: compared, and factor for articles of two languages, which can be compared by nothing else.
SHARED_WEIGHT = 0.4
ACROSS = 1.4
#: What a group's mean similarity must reach beyond the threshold, divided by the root of the number of pairs.
CAUTION = 0.12
#: The threshold for a crowd of 30 articles within the window, and what every tenfold adds: among more
#: articles the best of the wrong ones comes closer. Measured on samples of 40 to 1,319 labelled articles.
THRESHOLD = 0.09
_CROWD = 30.0
_TENFOLD = 0.04
#: Words in a story's name.
_NAME_WORDS = 4

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def stories(
    tokens: Tokens,
    *,
    concept_counts: Counts | None = None,
    days: float = 3.0,
    threshold: float | None = None,
    min_group_size: int = 2,
) -> pd.DataFrame:
    """Group articles on the same event, within and across languages.

    Articles of one language are compared by the TF-IDF cosine of their words (title and first 150 tokens
    weigh more) and of what languages share: concepts, Latin names, figures and days. Articles of two
    languages are compared by the shared things alone. Similarity fades with the days between them. Groups are
    then joined, most similar first, while their mean similarity is high enough for their size
    (`bitext.events.linkage.agglomerate`).

    Args:
        tokens: what `bitext.tokenize` returned.
        concept_counts: counts of the same articles in unit "concept", made with a table of your own; by
            default bitext's own concepts are counted in text and title.
        days: days between two articles from which on they are not compared. Articles without a date are
            compared with all.
        threshold: mean similarity that a large group must have; small ones need more (a pair .12 more).
            Higher values give narrower stories. By default .09 where 30 articles lie within the window of an
            article, and .04 more for every tenfold; the value used is in the run record. Set on half of a
            hand-labelled week of news and on the project's own sample corpus; see the methods page.
        min_group_size: leave out smaller stories; 1 keeps articles that stand alone.

    Returns:
        One row per article of a story. Stories are in the order of their first article, the articles of a
        story in order of date:

        - ``story`` (int): number of the story, from 0
        - ``name``: its most characteristic words, in the language that most of its articles are in
        - ``article``, ``outlet``, ``lang``, ``date``, ``title``
        - ``first`` (bool): no article of the story is known to be earlier. If the earliest date holds no time
          (midnight), that is every article of its day
        - ``hours`` (float): since the story's first article; NaN without a date. A date without a time counts
          as midnight and outlets keep local time, so differences below a day may mean nothing
        - ``similarity`` (0 to 1): mean similarity to the other articles of the story; NaN if alone

    Raises:
        BitextError: *days*, *threshold* or *min_group_size* is out of range.
        TableError: *concept_counts* are not counts of concepts, or of other articles.

    Source:
        Event threading by term vectors, cosine and time: Allan, Papka & Lavrenko (1998), On-line new event
        detection and tracking; matching across outlets by people's judgement: Mozer et al. (2020), Matching
        with text data.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({
        ...     "title": ["Quake shakes Harbin", "哈尔滨地震", "Bank cuts rates"],
        ...     "text": ["A 5.6 quake shook Harbin.", "哈尔滨发生5.6级地震。", "The bank cut its rate."],
        ...     "outlet": ["A", "B", "B"], "date": ["2031-03-02", "2031-03-03", "2031-03-03"]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> stories(tokens)[["story", "outlet", "lang", "title", "first"]]
           story outlet lang                title  first
        0      0      A   en  Quake shakes Harbin   True
        1      0      B   zh                哈尔滨地震  False
    """
    if isinstance(tokens, Scan):
        raise ScanError.missing("articles")
    if not days > 0:
        raise BitextError(f"days={days!r}; use a number of days above 0")
    if threshold is not None and not 0 < threshold < 1:
        raise BitextError(f"threshold must lie between 0 and 1, got {threshold!r}")
    if min_group_size < 1:
        raise BitextError(f"min_group_size must be at least 1, got {min_group_size!r}")
    compared, labels = vectors(tokens, concept_counts)
    used = _threshold(compared, days) if threshold is None else threshold
    pairs = links(compared, window=days, shared_weight=SHARED_WEIGHT, across=ACROSS)
    groups = agglomerate(len(tokens.articles), pairs, threshold=used, caution=CAUTION)
    table = _table(tokens.articles, groups, _similarity(groups, pairs), min_group_size)
    table["name"] = table["story"].map(_names(table, compared, labels))
    table = table[list(STORIES)]
    table.attrs["run"] = run_record(
        "stories",
        days=days,
        threshold=round(used, 4),
        min_group_size=min_group_size,
        concept_counts="given" if concept_counts is not None else "default",
        shared_weight=SHARED_WEIGHT,
        across=ACROSS,
        caution=CAUTION,
        lead=[LEAD, LEAD_WEIGHT, TITLE_WEIGHT],
    )
    return table


def _threshold(compared: Vectors, window: float) -> float:
    return THRESHOLD + _TENFOLD * max(0.0, math.log10(max(crowd(compared.days, window), 1.0) / _CROWD))


def _similarity(groups: Ints, pairs: Links) -> Floats:
    """Return each article's mean similarity to the others of its group."""
    inside = groups[pairs.first] == groups[pairs.second]
    total = np.zeros(len(groups))
    for end in (pairs.first, pairs.second):
        np.add.at(total, end[inside], pairs.similarity[inside])
    others = np.bincount(groups, minlength=len(groups))[groups] - 1
    return np.where(others > 0, total / np.maximum(others, 1), np.nan)


def _table(articles: pd.DataFrame, groups: Ints, similarity: Floats, min_group_size: int) -> pd.DataFrame:
    """Return the rows of the stories in order, with the row number of each article as index."""
    columns = ["article", "outlet", "lang", "date", "title"]
    schema.require(articles, columns, "the table of articles")
    table = articles[columns].reset_index(drop=True)
    table = table.assign(date=pd.to_datetime(table["date"]), group=groups, similarity=similarity)
    table = table[table.groupby("group")["group"].transform("size") >= min_group_size]
    start = table.groupby("group")["date"].transform("min")
    hours = (table["date"] - start).dt.total_seconds() / 3600.0
    no_time = (start == start.dt.normalize()) & (table["date"].dt.normalize() == start)
    table = table.assign(start=start, hours=hours, first=((table["date"] == start) | no_time).astype(bool))
    table = table.sort_values(["start", "group", "date"], kind="stable")
    return (
        table.assign(story=pd.factorize(table["group"])[0].astype(np.int64)).rename_axis("row").reset_index()
    )


def _names(table: pd.DataFrame, compared: Vectors, labels: npt.NDArray[np.object_]) -> dict[int, str]:
    """Name each story by the words with the highest mean weight in the language that prevails."""
    names = {}
    for story in range(table["story"].nunique()):
        members = table.loc[table["story"] == story, "row"].to_numpy(dtype=np.int64)
        languages, count = np.unique(compared.lang[members], return_counts=True)
        members = members[compared.lang[members] == languages[np.argmax(count)]]
        weights = np.asarray(compared.terms[members].sum(axis=0)).ravel()
        best = np.argsort(-weights, kind="stable")[:_NAME_WORDS]
        names[story] = " · ".join(labels[i] for i in best if weights[i] > 0)
    return names
