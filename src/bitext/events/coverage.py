"""Who covered which story, who did not, and how surprising that is."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from bitext import schema
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
    volume = _Volume(articles, outlets)
    parts = [_one_story(part, volume, outlets) for _, part in stories.groupby("story")]
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

    def between(self, dates: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the articles of each outlet from the first to the last of these days."""
        first, stop = np.searchsorted(self._days, (dates.min(), dates.max() + 1))
        found: npt.NDArray[np.int64] = self._sums[stop] - self._sums[first]
        return found


#: What stands for no date.
_NEVER = np.iinfo(np.int64).min


def _days(dates: pd.Series) -> npt.NDArray[np.int64]:
    """Return days since 1970, `_NEVER` where there is no date."""
    values = pd.to_datetime(dates).to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(values), _NEVER, values.astype(np.int64))


def _one_story(part: pd.DataFrame, volumes: _Volume, outlets: list[str]) -> pd.DataFrame:
    days = _days(part["date"])
    dated = bool((days != _NEVER).any())
    volume = volumes.between(days[days != _NEVER]) if dated else np.zeros(len(outlets), dtype=np.int64)
    inside = int(volume.sum())
    own = part.groupby("outlet")
    n = own.size().reindex(outlets, fill_value=0).to_numpy()
    covered = int((n > 0).sum())
    silent = n == 0
    chance = stats.hypergeom.pmf(0, inside, volume, covered)
    p = np.where(silent & dated, np.clip(chance, 0.0, 1.0), np.nan)
    share = volume / inside if dated else np.full(len(outlets), np.nan)
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
            "articles": inside,
            "p": p,
            "note": note,
        }
    )
