"""Scan and stories → the tokens of some whole stories at a time: not all articles are held at once."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from bitext.corpus.corpus import Corpus
from bitext.corpus.scan import Scan
from bitext.engines.reduction import Reduction, by_place
from bitext.errors import ScanError
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

#: Articles whose statements are compared at once, of whole stories; a larger story stands alone.
AT_ONCE = 400


def some_stories(scan: Scan, stories: pd.DataFrame) -> Iterator[Tokens]:
    """Yield the tokens of the articles of *stories*, in order of the stories, `AT_ONCE` articles or more.

    Articles that the scan lacks are not among them.
    """
    if scan.counting is not None:
        raise ScanError("this Scan is counted (bitext.count made it); this step takes bitext.tokenize(scan)")
    wanted = frozenset(stories["article"])
    places_of: Reduction[Corpus, dict[int, list[tuple[int, str]]], dict[int, list[tuple[int, str]]]]
    places_of = Reduction(partial(_names, wanted), by_place)
    batches = scan.reduce(places_of)
    place_of = {name: place for names in batches.values() for place, name in names}
    here = stories[stories["article"].isin(set(place_of))]
    size = here.groupby("story").size()
    number = (size.cumsum() - size) // AT_ONCE
    for _, part in here.groupby(here["story"].map(number).to_numpy(), sort=True):
        places = np.array(sorted(part["article"].map(place_of)), dtype=np.int64)
        yield tokenize(scan.articles(places), **scan.tokenizing)


def _names(wanted: frozenset[str], corpus: Corpus) -> dict[int, list[tuple[int, str]]]:
    """Return the wanted articles of a batch, each with its place in reading order."""
    names = enumerate(corpus.articles["article"].tolist(), start=corpus.first)
    return {corpus.first: [(place, name) for place, name in names if name in wanted]}
