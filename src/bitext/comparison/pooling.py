"""Groups too small to be compared → one group, named by how many it holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.tokens.grouping import PERIODS, group_values


def pooled(
    counts: Counts | GroupedCounts, by: Sequence[str], floor: int
) -> tuple[Counts | GroupedCounts, list[str]]:
    """Put groups of fewer than *floor* articles together as "(n others)"; return the names of these, too.

    Articles without tokens do not count. Nothing is done where fewer than two groups are small, or fewer
    than two are not: what is left would be no comparison. Periods, and groups by several columns, stay as
    they are.

    Examples:
        >>> import numpy as np, pandas as pd
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": [*"abcdef"], "outlet": [*"AABBCD"]})
        >>> table = sparse.csr_array(np.ones((6, 1), int))
        >>> counts = Counts(table, articles, np.array(["ban"], dtype=object), np.full(6, 10))
        >>> found, names = pooled(counts, ["outlet"], 2)
        >>> [key for key, in found.group("outlet").keys], names
        (['(2 others)', 'A', 'B'], ['C', 'D'])
    """
    if len(by) != 1 or by[0] in PERIODS:
        return counts, []
    column = by[0]
    sizes: Counter[str] = Counter()
    if isinstance(counts, Counts):
        values = group_values(counts.articles, column)[column]
        sizes.update(dict.fromkeys(values.tolist(), 0))
        sizes.update(values[counts.lengths > 0].tolist())
    else:
        at = counts.by.index(column)
        for key, articles in zip(counts.keys, counts.articles.tolist(), strict=True):
            sizes[key[at]] += articles
    small = sorted(name for name, articles in sizes.items() if articles < floor)
    if len(small) < 2 or len(sizes) - len(small) < 2:
        return counts, []
    names = dict.fromkeys(small, f"({len(small)} others)")
    if isinstance(counts, Counts):
        articles = counts.articles.assign(**{column: [names.get(name, name) for name in values]})
        return replace(counts, articles=articles), small
    return counts.renamed(column, names), small
