"""What comparisons take first → counts of single articles, and the stories of ``cluster="story"``."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from bitext.corpus.corpus import Corpus
from bitext.corpus.scan import Scan
from bitext.counting.count import count
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.counting.scanned import count_scan
from bitext.statistics.clusters import Cluster, NoStoriesError, require_stories
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

P = ParamSpec("P")
R = TypeVar("R")


def finds_stories(function: Callable[P, R]) -> Callable[P, R]:
    """Return the same function, which with ``cluster="story"`` looks for the stories where none are given.

    What it takes first is `Tokens`, a `Corpus` or a `Scan`: the stories of its articles are those of
    `bitext.stories`, and cost what that does (of 4,000 articles some seconds; of a `Scan` further passes).
    Counts hold no texts, in which stories could be found, and `NoStoriesError` says what to pass.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except NoStoriesError:
            source: Any = args[0] if args else next(iter(kwargs.values()))
            if isinstance(source, Corpus):
                source = tokenize(source)
            elif isinstance(source, Scan):
                source = replace(source, counting=None)
            elif not isinstance(source, Tokens):
                raise
        from bitext.events.stories import stories

        told: Any = kwargs.get("progress")
        kwargs["cluster"] = stories(source, progress=told)
        return function(*args, **kwargs)

    return call


def of_articles(
    source: Counts | GroupedCounts | Tokens | Scan, cluster: Cluster = None, test: str | None = None
) -> Counts | GroupedCounts | Scan:
    """Return *source* as what a comparison needs: counts of single articles where these are the units.

    Tokens are counted as `bitext.count` does where nothing else is said. A `Scan` is left to be summed by
    groups, unless articles are put together (*cluster*) or drawn (*test*): then the counts of every article
    are held (`bitext.counting.scanned.count_scan`).
    """
    if isinstance(source, Tokens):
        require_stories(source.articles, cluster)
        return count(source)
    if isinstance(source, Scan) and (cluster is not None or test in ("bootstrap", "permutation")):
        return count_scan(source, partial(require_stories, cluster=cluster))
    return source
