"""Groups of articles → the table of stories: who was first, when, under which headline."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.arrays import Floats, Ints
from bitext.corpus.clock import Clock

#: Columns of `stories`.
STORIES = (
    "story",
    "saga",
    "name",
    "name_zh",
    "name_en",
    "article",
    "outlet",
    "lang",
    "date",
    "instant",
    "precision",
    "title",
    "first",
    "hours",
    "similarity",
)

#: Mean similarity to the others of its story from which on an article can be the first: whether it belongs to
#: them must be as sure as when it was published. Two articles alone must be surer: of pairs that were read
#: seven in ten with a probability of .7 reported one event, of those with .8 and more nineteen in twenty.
SURE, SURE_PAIR = 0.7, 0.8
#: A publication time that is not known more closely than this is no instant.
_LOOSE = 25 * 3_600_000_000


def story_table(
    articles: pd.DataFrame, groups: Ints, sagas: Ints, similarity: Floats, min_group_size: int
) -> pd.DataFrame:
    """Return the table of `bitext.stories`.

    Args:
        articles: the table of articles.
        groups: number of each article's group.
        sagas: number of the saga that each article's group is part of.
        similarity: mean similarity of each article to the others of its group.
        min_group_size: smaller groups are no stories.
    """
    shown = ["article", "outlet", "lang", "date", "title"]
    schema.require(articles, shown, "the table of articles")
    clock = Clock.of(articles)
    size = np.bincount(groups, minlength=int(groups.max(initial=-1)) + 1)
    rows = np.flatnonzero(size[groups] >= min_group_size)
    middle = clock.middle
    start = np.full(len(size), np.iinfo(np.int64).max)
    np.minimum.at(start, groups[rows], middle[rows])
    rows = rows[np.lexsort((rows, middle[rows], groups[rows], start[groups[rows]]))]
    story = pd.factorize(groups[rows])[0].astype(np.int64)
    table = articles[shown].iloc[rows].reset_index(drop=True)
    here = clock.take(rows)
    instant = np.where(here.known & (here.high - here.low <= _LOOSE), here.low, np.iinfo(np.int64).min)
    starts = np.flatnonzero(np.diff(story, prepend=-1))
    earliest = np.repeat(starts, np.diff(np.append(starts, len(story))))
    table = table.assign(
        story=story,
        saga=pd.factorize(sagas[rows])[0].astype(np.int64),
        date=pd.to_datetime(table["date"]),
        instant=pd.to_datetime(instant.astype("datetime64[us]")),
        precision=here.precision,
        first=_first(here, story) & _sure(story, similarity[rows]),
        hours=here.hours(earliest, np.arange(len(rows))),
        similarity=similarity[rows],
    )
    return _named(table)[list(STORIES)]


def _first(clock: Clock, story: Ints) -> npt.NDArray[np.bool_]:
    """Say of each article whether it surely precedes those of all other outlets in its story."""
    sure = np.zeros(len(story), dtype=bool)
    # An article without a date may have been earlier than any.
    low = np.where(clock.known, clock.low, np.iinfo(np.int64).min)
    for rows in np.split(np.arange(len(story)), np.flatnonzero(np.diff(story)) + 1):
        outlet = clock.outlet[rows]
        nameless = outlet < 0
        outlet = np.where(nameless, -1 - np.arange(len(rows)), outlet)
        other = outlet[:, None] != outlet[None, :]
        later = clock.high[rows][:, None] <= low[rows][None, :]
        of_own = clock.local[rows][:, None] <= clock.local[rows][None, :]
        sure[rows] = clock.known[rows] & np.where(other, later, of_own).all(axis=1)
    return sure


def _sure(story: Ints, similarity: Floats) -> npt.NDArray[np.bool_]:
    """Say of each article whether it is sure enough that it reports what its story reports."""
    pair = np.bincount(story, minlength=1)[story] == 2
    return np.asarray(similarity >= np.where(pair, SURE_PAIR, SURE))


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Name each story by a headline: that of the article that is most like the others, in each language."""
    order = np.argsort(-table["similarity"].to_numpy(dtype=np.float64), kind="stable")
    columns = (table[name].astype(str).tolist() for name in ("lang", "title"))
    langs, titles = columns
    story = table["story"].tolist()
    central: dict[tuple[int, str], str] = {}
    count: dict[int, dict[str, int]] = {}
    for row in order.tolist():
        lang, title = langs[row], titles[row].strip()
        of = count.setdefault(story[row], {})
        of[lang] = of.get(lang, 0) + 1
        if title:
            central.setdefault((story[row], lang), title)
            central.setdefault((story[row], ""), title)
    for lang in ("zh", "en"):
        table[f"name_{lang}"] = [central.get((number, lang), "") for number in story]
    main = {number: max(sorted(of), key=of.__getitem__) for number, of in count.items()}
    table["name"] = [central.get((number, main[number])) or central.get((number, ""), "") for number in story]
    return table
