"""Counts of bodies → counts of bodies and titles, a title counting as often as is asked."""

from dataclasses import replace

import numpy as np
from scipy import sparse

from bitext.counting.counts import Counts
from bitext.tokens.tokens import Tokens

#: A term of the title is so much more prominent.
_PROMINENT = 1.5


def titles_of(tokens: Tokens) -> Tokens:
    """Return the tokens of the titles of the same articles, cut by the same settings."""
    batch = tokens.tokenizer.batch([str(title) for title in tokens.articles["title"]])
    types = np.array(batch.types, dtype=object)
    return Tokens(
        tokens.articles, types, *batch[1:], run=tokens.run, tokenizer=tokens.tokenizer, field="title"
    )


def with_titles(counts: Counts, titles: Counts, weight: int) -> Counts:
    """Return the counts with each title's hits and words added *weight* times; columns sorted.

    Examples:
        >>> import pandas as pd
        >>> articles = pd.DataFrame({"article": ["1"]})
        >>> def counted(row: list[int], terms: list[str]) -> Counts:
        ...     matrix, length = sparse.csr_array(np.array([row])), np.array([sum(row)])
        ...     return Counts(matrix, articles, np.array(terms, dtype=object), length)
        >>> both = with_titles(counted([2, 1], ["ban", "chip"]), counted([1, 1], ["act", "chip"]), 3)
        >>> both.terms.tolist(), both.matrix.toarray().tolist(), both.lengths.tolist()
        (['act', 'ban', 'chip'], [[3, 2, 4]], [9])
    """
    terms = sorted({*counts.terms, *titles.terms})
    place = {term: column for column, term in enumerate(terms)}

    def spread(part: Counts, matrix: sparse.csr_array) -> sparse.csr_array:
        column = np.array([place[term] for term in part.terms], dtype=np.int64)
        cells = matrix.tocoo()
        shape = (len(counts.articles), len(terms))
        return sparse.csr_array((cells.data, (cells.row, column[cells.col])), shape=shape)

    named = spread(titles, titles.matrix)
    total = (spread(counts, counts.matrix) + named * weight).astype(np.int32)
    prominence = None
    if counts.prominence is not None:
        held = spread(counts, counts.prominence)
        prominence = held + (held * (named > 0)) * (_PROMINENT - 1)
    lengths = counts.lengths + weight * titles.lengths
    return replace(
        counts,
        matrix=sparse.csr_array(total),
        terms=np.array(terms, dtype=object),
        lengths=lengths,
        prominence=prominence,
    )
