"""Groups of articles → the table of stories: who was first, when, under which headline."""

import numpy as np
import pandas as pd

from bitext import schema
from bitext.arrays import Bools, Floats, Ints
from bitext.corpus.clock import Clock
from bitext.events.linkage import Links

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
    "central",
)

#: Probability from which on an article surely reports what the article reports that names its story. It is
#: high because the earliest article of a story is more often than others on what came before: of 25 stories
#: of real news that had a first at .8 nine seemed to compare different news, of the 16 at .955 one did.
#: From the second on it may report it, and nobody can be first who does not precede it.
SURE, MAYBE = 0.955, 0.3
#: An article that appeared so long before the one that names its story may be on what came before, however
#: like it is.
NAMED_WITHIN = 36 * 3_600_000_000
#: Another outlet follows within this time, or reports another stage of the affair: of 89 firsts of a month of
#: real news 9 had a longer lead, and at least 3 of these, but 4 of the others, were on other news.
FOLLOWED_WITHIN = 24 * 3_600_000_000
#: Where the outlet itself has reported so much later again, and before the other did, that may be of then.
ANEW = 12 * 3_600_000_000
#: How likely the first and the next outlet's article must report one event, beside what names the story. Of
#: 13 firsts of a month of real news below this ten were of other news than the follower's, or doubtful, by
#: their headlines; of 66 above five.
FOLLOWED_SURE = 0.97
#: A publication time that is not known more closely than this is no instant.
_LOOSE = 25 * 3_600_000_000


def story_table(
    articles: pd.DataFrame,
    groups: Ints,
    sagas: Ints,
    similarity: Floats,
    pairs: Links,
    credits: Bools,
    min_group_size: int,
) -> pd.DataFrame:
    """Return the table of `bitext.stories`.

    Args:
        articles: the table of articles.
        groups: number of each article's group.
        sagas: number of the saga that each article's group is part of.
        similarity: mean similarity of each article to the others of its group.
        pairs: how likely two articles of one group report one event; those not named do not.
        credits: whether each article says that it has its news from another outlet.
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
        hours=here.hours(earliest, np.arange(len(rows))),
        similarity=similarity[rows],
    )
    table, centre = _named(table)
    table["central"] = _alike(rows, rows[centre], pairs)
    central = table["central"].to_numpy(dtype=np.float64)
    before = here.known & here.known[centre] & (here.low[centre] - here.low > NAMED_WITHIN)
    sure = (central >= SURE) & ~before
    leads = leaders(here, story, sure, central >= MAYBE) & ~credits[rows]
    followers = _followers(here, story, leads, sure)
    table["first"] = (followers >= 0) & (_alike(rows, rows[followers], pairs) >= FOLLOWED_SURE)
    return table[list(STORIES)]


def _followers(clock: Clock, story: Ints, leads: Bools, sure: Bools) -> Ints:
    """Return for each article that leads that of the next outlet; -1 for those that nobody follows soon.

    Nor does anybody follow where the leader's own outlet says it again before that.
    """
    found = np.full(len(story), -1, dtype=np.int64)
    of_story = np.flatnonzero(sure & clock.known)  # articles of a story stand together
    for row in np.flatnonzero(leads).tolist():
        low, high = np.searchsorted(story[of_story], (story[row], story[row] + 1))
        inside = of_story[low:high]
        own = clock.outlet[inside] == clock.outlet[row]
        others = inside[~own]
        if not len(others):
            continue
        following = int(others[np.argmin(clock.low[others])])
        at = clock.low[following]
        again = clock.low[inside[own]] >= clock.low[row] + ANEW
        if at < clock.high[row] + FOLLOWED_WITHIN and not (again & (clock.high[inside[own]] <= at)).any():
            found[row] = following
    return found


def leaders(clock: Clock, story: Ints, sure: Bools, maybe: Bools) -> Bools:
    """Say of each article whether it surely reports what names its story, and surely did so first.

    It precedes all articles of other outlets that may report that; one of them, at least, surely does.

    Args:
        clock: when the articles were published.
        story: number of each article's story; those of a story stand together.
        sure: whether it surely reports what the article reports that names the story.
        maybe: whether it may.
    """
    first = np.zeros(len(story), dtype=bool)
    # An article without a date may have been earlier than any.
    low = np.where(clock.known, clock.low, np.iinfo(np.int64).min)
    for rows in np.split(np.arange(len(story)), np.flatnonzero(np.diff(story)) + 1):
        outlet = clock.outlet[rows]
        outlet = np.where(outlet < 0, -1 - np.arange(len(rows)), outlet)
        other = outlet[:, None] != outlet[None, :]
        later = clock.high[rows][:, None] <= low[rows][None, :]
        of_own = clock.local[rows][:, None] <= clock.local[rows][None, :]
        before = np.where(other, later | ~maybe[rows], of_own | ~sure[rows]).all(axis=1)
        # Who is alone precedes nobody.
        first[rows] = clock.known[rows] & sure[rows] & before & (other & sure[rows]).any(axis=1)
    return first


def _alike(a: Ints, b: Ints, pairs: Links) -> Floats:
    """Return how likely each of articles *a* reports what the one of *b* beside it reports; 1 for itself."""
    wanted = pd.MultiIndex.from_arrays([np.minimum(a, b), np.maximum(a, b)])
    place = pd.MultiIndex.from_arrays([pairs.first, pairs.second]).get_indexer(wanted)
    found = np.append(pairs.similarity, 0.0)[place]  # place -1, no pair, is the 0 at the end
    return np.asarray(np.where(a == b, 1.0, found), dtype=np.float64)


def _named(table: pd.DataFrame) -> tuple[pd.DataFrame, Ints]:
    """Name each story by a headline: that of the article that is most like the others, in each language.

    Returns:
        The table with the names, and for each of its rows that of the article that gives its story `name`.
    """
    order = np.argsort(-table["similarity"].to_numpy(dtype=np.float64), kind="stable")
    columns = (table[name].astype(str).tolist() for name in ("lang", "title"))
    langs, titles = columns
    story = table["story"].tolist()
    central: dict[tuple[int, str], int] = {}
    count: dict[int, dict[str, int]] = {}
    for row in order.tolist():
        lang = langs[row]
        of = count.setdefault(story[row], {})
        of[lang] = of.get(lang, 0) + 1
        if titles[row].strip():
            central.setdefault((story[row], lang), row)
            central.setdefault((story[row], ""), row)
    for row in order.tolist():  # where no article has a title
        central.setdefault((story[row], ""), row)

    def title(row: int | None) -> str:
        return "" if row is None else titles[row].strip()

    for lang in ("zh", "en"):
        table[f"name_{lang}"] = [title(central.get((number, lang))) for number in story]
    main = {number: max(sorted(of), key=of.__getitem__) for number, of in count.items()}
    centre = [central.get((number, main[number]), central[number, ""]) for number in story]
    table["name"] = [title(row) for row in centre]
    return table, np.array(centre, dtype=np.int64)
