"""Which articles of a large corpus are on the page: enough that its figures open into their sentences."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from bitext.arrays import Ints
from bitext.pipeline import dispersion_pass as spread
from bitext.pipeline.comparison_builder import ComparisonBuilder

#: Articles that can be on the page; a smaller corpus is there as a whole.
ARTICLES = 4000
#: Articles for the table of copies, and for the spans of stance.
OF_COPIES, OF_SPANS = 600, 1200


def shown(sections: ComparisonBuilder, tables: Mapping[str, pd.DataFrame]) -> Ints:
    """Return the places in reading order of the articles on the page, in order."""
    names = sections.found.articles["article"]
    if len(names) <= ARTICLES:
        return np.arange(len(names), dtype=np.int64)
    place = pd.Series(np.arange(len(names)), index=names)
    wanted: dict[int, None] = {}

    def take(places: Iterable[int], most: int) -> None:
        end = min(len(wanted) + most, ARTICLES)
        for number in places:
            if len(wanted) >= end:
                return
            wanted.setdefault(int(number))

    copies = tables["duplicates"]["article"]
    take(place[copies.head(OF_COPIES)], OF_COPIES)
    if "evidence" in tables:
        spans = tables["evidence"]["article"].drop_duplicates()
        take(place[spans.head(OF_SPANS)], OF_SPANS)
    take(_of_terms(sections), ARTICLES)
    return np.array(sorted(wanted), dtype=np.int64)


def _of_terms(sections: ComparisonBuilder) -> Iterable[int]:
    """Return articles with the terms on the page: for each term of each group one, first one of each term."""
    codes, ranks = [], []
    for unit in sections.page_terms:
        term = unit.sums.cells % max(len(unit.sums.terms), 1)
        order = np.lexsort((unit.article, term))
        first = np.concatenate(([True], np.diff(term[order]) != 0)) if len(order) else np.zeros(0, bool)
        codes.append(unit.article[order])
        ranks.append(~first)
    if not codes:
        return []
    code, rank = np.concatenate(codes), np.concatenate(ranks)
    places: list[int] = spread.place(code[np.lexsort((code, rank))]).tolist()
    return places
