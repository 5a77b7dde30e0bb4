"""Who covered which story, who did not, and how surprising that is."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from bitext import schema
from bitext.arrays import Ints
from bitext.checked import checked
from bitext.copies.fingerprints import HasArticles
from bitext.errors import TableError
from bitext.events.absence import probability_of_absence
from bitext.record import run_record
from bitext.statistics.multiple import false_discovery_rate

#: Columns of `coverage`.
COVERAGE = (
    "story",
    "name",
    "outlet",
    "n",
    "reports",
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

#: What a row says whose p rests on volume alone.
BY_VOLUME = "by volume alone"
#: Probability from which on an article is counted as one that reports what the headline of its story says.
REPORTS = 0.5
#: What it says where an outlet printed nothing on any story in the days of this one.
INACTIVE = "no article in these days"


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
        - ``n``: the outlet's articles on the story; ``reports``: those of them that likely report what the
          headline says that names it (``central`` of the table of stories .5 or more; all where that is not
          known): a story has other sides, too; ``expected`` (float): what they would be if its share of
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
    volume = _Volume(articles, outlets)
    table = _cells(stories, volume, outlets) if len(stories) else schema.empty(COVERAGE)
    if len(table):
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


class _Volume:
    """How much each outlet published until which day: sums, so that no story looks at all articles."""

    def __init__(self, articles: pd.DataFrame, outlets: list[str]) -> None:
        days = _days(articles["date"])
        dated = days != _NEVER
        self._days, number = np.unique(days[dated], return_inverse=True)
        outlet = pd.Index(outlets).get_indexer(pd.Index(articles["outlet"]))[dated]
        counts = np.zeros((len(self._days) + 1, len(outlets)), dtype=np.int64)
        np.add.at(counts, (number + 1, outlet), 1)
        self._sums = counts.cumsum(axis=0)

    def between(self, first: Ints, last: Ints) -> Ints:
        """Return the articles of each outlet from a first to a last day: a row for each pair of days."""
        start, stop = np.searchsorted(self._days, first), np.searchsorted(self._days, last, side="right")
        found: Ints = self._sums[stop] - self._sums[start]
        return found


#: What stands for no date.
_NEVER = np.iinfo(np.int64).min


def _days(dates: pd.Series) -> Ints:
    """Return days since 1970, `_NEVER` where there is no date."""
    values = pd.to_datetime(dates).to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(values), _NEVER, values.astype(np.int64))


def _cells(stories: pd.DataFrame, volumes: _Volume, outlets: list[str]) -> pd.DataFrame:
    """Return the table of all stories and outlets, with the p of volume alone."""
    numbers, opens, story = np.unique(stories["story"].to_numpy(), return_index=True, return_inverse=True)
    outlet = pd.Index(outlets).get_indexer(pd.Index(stories["outlet"]))
    shape = (len(numbers), len(outlets))
    n, reports = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    first = np.zeros(shape, dtype=bool)
    hours = np.full(shape, np.inf)
    given = stories["hours"].to_numpy(dtype=np.float64)
    np.add.at(n, (story, outlet), 1)
    if "central" in stories:
        near = stories["central"].to_numpy(dtype=np.float64) >= REPORTS
        np.add.at(reports, (story[near], outlet[near]), 1)
    else:
        reports = n
    np.logical_or.at(first, (story, outlet), stories["first"].to_numpy(dtype=bool))
    np.minimum.at(hours, (story, outlet), np.where(np.isnan(given), np.inf, given))
    days = _days(stories["date"])
    known = days != _NEVER
    low, high = np.full(len(numbers), -_NEVER - 1), np.full(len(numbers), _NEVER)
    np.minimum.at(low, story[known], days[known])
    np.maximum.at(high, story[known], days[known])
    dated = (high != _NEVER)[:, None]
    volume = np.where(dated, volumes.between(low, high), 0)
    inside = volume.sum(axis=1, keepdims=True)
    covered = (n > 0).sum(axis=1, keepdims=True)
    silent = n == 0
    chance = stats.hypergeom.pmf(0, inside, volume, covered)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = n.sum(axis=1, keepdims=True) * np.where(dated, volume / inside, np.nan)
    note = np.where(silent & (volume == 0), INACTIVE, "")

    def each(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Repeat what a story has for each outlet."""
        return np.repeat(values.ravel(), len(outlets))

    return pd.DataFrame(
        {
            "story": each(numbers),
            "name": each(stories["name"].to_numpy(dtype=object)[opens]),
            "outlet": np.tile(np.array(outlets, dtype=object), len(numbers)),
            "n": n.ravel(),
            "reports": reports.ravel(),
            "expected": expected.ravel(),
            "outlets": each(covered),
            "first": first.ravel(),
            "hours": np.where(np.isinf(hours), np.nan, hours).ravel(),
            "volume": volume.ravel(),
            "articles": each(inside),
            "p": np.where(silent & dated, np.clip(chance, 0.0, 1.0), np.nan).ravel(),
            "note": np.where(dated, note, "no date").ravel().astype(object),
        }
    )
