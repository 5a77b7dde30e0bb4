"""The tables about events: stories over all articles, then what is stated in each, some stories at a time.

A corpus in memory is compared at once. Of a `Scan` articles are compared in windows of time
(`bitext.events.windows`), and statements in bins of whole stories: what is held is one window, a row per
article of a story, and the statements that several carry.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.corpus.clock import Clock
from bitext.corpus.corpus import Corpus
from bitext.counting.counts import Counts
from bitext.events.coverage import coverage
from bitext.events.grouped import DAYS, Grouped, grouped, table_of
from bitext.events.nearest import with_nearest
from bitext.events.omitted_words import omitted_words
from bitext.events.statements.omission_rates import omission_rates
from bitext.events.statements.omissions import omissions
from bitext.events.statements.statements import statements
from bitext.events.statements.summary import statement_summary
from bitext.events.windows import joined, windows
from bitext.pipeline.article_source import ArticleSource
from bitext.pipeline.found_names import Pairs, table_with
from bitext.record import without_record
from bitext.tokens.tokens import Tokens

#: Articles of a story whose statements are compared: of each outlet the one that is most like the others,
#: then the next of each; and articles whose statements are compared at once. Of a corpus in memory all are.
OF_STORY, OF_BIN = 40, 400
#: Articles of a `Scan` whose statements are compared in all: those of the stories of most outlets.
IN_ALL = 20_000


class _Concepts(NamedTuple):
    """Concepts of the articles of a window: what `Counts` holds, without the articles."""

    matrix: sparse.csr_array
    terms: npt.NDArray[np.object_]
    lengths: Ints


def find(source: ArticleSource, articles: pd.DataFrame, concepts: Counts) -> pd.DataFrame:
    """Return the table of stories of all *articles*, whose *concepts* are counted."""
    clock = Clock.of(articles)
    rows = windows(clock, DAYS, None if source.divided else max(len(articles), 1))
    each = (
        (window, _Concepts(concepts.matrix[window], concepts.terms, concepts.lengths[window]))
        for window in rows
    )
    parts = list(source.each(each, partial(_groups, source.pairs)))
    return table_of(articles, joined(len(articles), rows, parts))


def _groups(pairs: Pairs, tokens: Tokens, found: _Concepts) -> Grouped:
    bodies = Counts(found.matrix, tokens.articles, found.terms, found.lengths, "concept")
    return grouped(tokens, bodies=bodies, table=table_with(pairs))


class _Stated(NamedTuple):
    """What is stated in the stories of a bin.

    Attributes:
        shown: the statements that several carry.
        present: of other statements a row for each article, which says that its outlet wrote about it.
        omitted: what each outlet left out.
        number: of statements.
    """

    shown: pd.DataFrame
    present: pd.DataFrame
    omitted: pd.DataFrame
    number: int


def _stated(tokens: Tokens, stories: pd.DataFrame) -> _Stated:
    made = statements(tokens, stories)
    rows = without_record(made)
    several = rows.groupby("statement")["carrier"].transform("nunique") > 1
    rest = rows[~several & (rows["article"] != "")]
    parts = rows[several], rest.drop_duplicates("article"), omissions(rows)
    run = made.attrs["run"]
    for part, record in zip(parts, (run, run, {**parts[2].attrs["run"], "before": run}), strict=True):
        part.attrs["run"] = record
    return _Stated(*parts, int(rows["statement"].max() + 1) if len(rows) else 0)


def tables(
    source: ArticleSource,
    stories: pd.DataFrame,
    read: pd.DataFrame,
    articles: pd.DataFrame,
    concepts: Counts,
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Return the tables about events.

    Args:
        source: of the articles.
        stories: the table of stories.
        read: those whose statements are compared.
        articles: all articles; texts are not needed.
        concepts: counts of the concepts of all articles.
        seed: for dealing outlets anew.
    """
    parts = list(source.each(_bins(read, articles, divided=source.divided), _stated))
    before = np.cumsum([0, *(part.number for part in parts)])
    shown, present, omitted = (
        _stacked([getattr(part, name) for part in parts], before) for name in ("shown", "present", "omitted")
    )
    both = pd.concat([shown, present]).sort_values("statement", kind="stable", ignore_index=True)
    both.attrs["run"] = shown.attrs["run"]
    return {
        "stories": stories,
        "coverage": with_nearest(coverage(stories, Corpus(articles.assign(text=""))), stories, concepts),
        "statements": shown,
        "statement_summary": statement_summary(shown),
        "omissions": omitted,
        "omission_rates": omission_rates(both, seed=seed),
        "omitted_words": omitted_words(stories, concepts),
    }


def most_shared(stories: pd.DataFrame) -> pd.DataFrame:
    """Return the stories of a `Scan` whose statements are compared: those of most outlets."""
    by_story = stories.groupby("story")["outlet"].agg(["nunique", "size"])
    ranked = by_story.sort_values("nunique", ascending=False, kind="stable")
    room = ranked["size"].clip(upper=OF_STORY).cumsum() <= IN_ALL
    return stories if room.all() else stories[stories["story"].isin(set(ranked.index[room]))]


def _bins(
    stories: pd.DataFrame, articles: pd.DataFrame, *, divided: bool
) -> Iterator[tuple[Ints, pd.DataFrame]]:
    """Yield the rows of the articles of whole stories, so many at a time, and the stories."""
    row = pd.Series(np.arange(len(articles)), index=articles["article"])
    if divided:
        near = stories.sort_values("similarity", ascending=False, kind="stable")
        ranked = near.assign(turn=near.groupby(["story", "outlet"]).cumcount())
        turn = ranked.sort_values("turn", kind="stable").groupby("story").cumcount()
        stories = stories[(turn < OF_STORY).reindex(stories.index)]
    size = stories.groupby("story").size()
    number = np.cumsum(size.to_numpy()) // OF_BIN if divided else np.zeros(len(size), dtype=np.int64)
    bins = stories["story"].map(dict(zip(size.index, number, strict=True)))
    for _, part in stories.groupby(bins.to_numpy(), sort=True):
        yield np.sort(row[part["article"]].to_numpy(dtype=np.int64)), part.reset_index(drop=True)
    if stories.empty:
        yield np.zeros(0, dtype=np.int64), stories


def _stacked(tables: Sequence[pd.DataFrame], before: Any) -> pd.DataFrame:
    """Put the tables of the bins under each other; statements are numbered through."""
    moved = [table.assign(statement=table["statement"] + n) for table, n in zip(tables, before, strict=False)]
    whole = [table for table in moved if len(table)] or moved[:1]
    stacked = pd.concat(whole, ignore_index=True) if len(whole) > 1 else whole[0].reset_index(drop=True)
    stacked.attrs["run"] = tables[0].attrs["run"]
    return stacked
