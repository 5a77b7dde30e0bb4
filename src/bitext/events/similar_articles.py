"""The articles of other groups that an article is nearest to."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.corpus.corpus import Corpus
from bitext.counting.counts import Counts, require_one_language
from bitext.errors import BitextError, TableError
from bitext.record import run_record
from bitext.statistics import groups
from bitext.text.encoder import article_vectors, encoder_name, resolve

#: Articles compared with all others at a time.
BLOCK = 512
#: Weight of an encoder's cosine: best on half of the labelled week of news.
MEANING = 0.2

COLUMNS = ("article", "group", "rank", "other", "other_group", "cosine", "shared")


@checked
def similar_articles(
    counts: Counts,
    *,
    by: str | Sequence[str] = "outlet",
    top: int = 3,
    min_cosine: float = 0.2,
    days: float | None = None,
    max_share: float = 0.2,
    shared: int = 5,
    encoder: Any = None,
    corpus: Corpus | None = None,
) -> pd.DataFrame:
    """Find, for each article, the nearest articles of other groups by the cosine of their TF-IDF vectors.

    The cosine says "about the same things", not "copied"; for copies see `bitext.duplicates`. Time grows with
    the square of the number of articles unless *days* limits what is compared.

    Args:
        counts: counts of one language, or of concepts (then articles of different languages meet).
        by: neighbours come from another group of this column (or columns).
        top: how many neighbours.
        min_cosine: nearest articles below it are left out.
        days: compare only articles that many days apart or less; articles without a date are left out.
        max_share: terms in more than this share of the articles are left out: they say little and cost most.
        shared: how many terms to name that both articles share, those that add most to the cosine.
        encoder: an object with ``encode(list of str) -> array``, one row for each sentence (the interface of
            sentence-transformers), or "default", the packaged multilingual one (extra ``embed``). The cosine
            is then .8 of that of the terms and .2 of that of titles and first sentences as it reads them.
        corpus: the articles with their texts, for *encoder*: the corpus that was counted.

    Returns:
        One row per article and neighbour, articles in their order in *counts*, nearest first, ties by the
        neighbour's identifier:
        - ``article``, ``group`` (str); ``rank`` (int, from 1)
        - ``other``, ``other_group`` (str): the neighbour
        - ``cosine`` (0 to 1)
        - ``shared`` (str): the terms, separated by spaces

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown column, or top, days or shares out of range.
        BitextError: *encoder* cannot encode or its *corpus* is missing.

    Examples:
        >>> articles = pd.DataFrame({"article": ["1", "2", "3"], "outlet": ["A", "B", "B"], "lang": "en"})
        >>> table = sparse.csr_array(np.array([[3, 1, 0], [2, 1, 0], [0, 0, 4]]))
        >>> terms = np.array(["ban", "chip", "rain"], dtype=object)
        >>> near = similar_articles(Counts(table, articles, terms, np.array([9, 9, 9])), max_share=1)
        >>> near[["article", "other", "shared"]]
          article other    shared
        0       1     2  ban chip
        1       2     1  ban chip
    """
    if top < 1 or not 0 < max_share <= 1 or not 0 <= min_cosine <= 1 or (days is not None and days < 0):
        raise TableError(
            f"top={top}, max_share={max_share}, min_cosine={min_cosine}, days={days}; use top "
            "from 1, shares and cosines from 0 to 1, days from 0"
        )
    require_one_language(counts)
    names = groups.columns(by)
    number, keys = groups.codes(counts.articles, names)
    vectors = _tfidf(counts, max_share)
    meaning = _meaning(counts, encoder, corpus)
    identifiers = counts.articles["article"].astype(str).to_numpy(dtype=object)
    # Candidates in the order of their identifiers, so that ties do not depend on the order of reading.
    name = np.argsort(np.argsort(identifiers, kind="stable"))
    day = _days(counts.articles) if days is not None else None
    rows = []
    for block, others in _blocks(day, days or 0, len(identifiers)):
        others = others[np.argsort(name[others])]
        allowed = number[block][:, None] != number[others][None, :]
        if day is not None:
            allowed &= np.abs(day[block][:, None] - day[others][None, :]) <= (days or 0)
        cosine = np.asarray((vectors[block] @ vectors[others].T).toarray())
        if meaning is not None:
            cosine = (1 - MEANING) * cosine + MEANING * np.maximum(meaning[block] @ meaning[others].T, 0)
        row, column, rank = _best(cosine, allowed, top, min_cosine)
        for r, c, place in zip(row.tolist(), column.tolist(), rank.tolist(), strict=True):
            rows.append((int(block[r]), place, int(others[c]), min(float(cosine[r, c]), 1.0)))
    rows.sort()
    table = pd.DataFrame(
        [
            (
                identifiers[one],
                groups.label(keys[number[one]]),
                rank,
                identifiers[other],
                groups.label(keys[number[other]]),
                cosine,
                _shared(vectors, counts.terms, one, other, shared),
            )
            for one, rank, other, cosine in rows
        ],
        columns=list(COLUMNS),
    )
    table.attrs["run"] = run_record(
        "similar_articles",
        by=list(names),
        top=top,
        min_cosine=min_cosine,
        days=days,
        max_share=max_share,
        unit=counts.unit,
        encoder=encoder_name(encoder),
    )
    return table


def _meaning(counts: Counts, encoder: Any, corpus: Corpus | None) -> Floats | None:
    """Return the encoder's vectors of the counted articles."""
    chosen = resolve(encoder)
    if chosen is None:
        return None
    if corpus is None:
        raise BitextError("encoder= reads the texts of the articles: give the corpus, too, as corpus=")
    row = {name: place for place, name in enumerate(corpus.articles["article"])}
    missing = [name for name in counts.articles["article"] if name not in row]
    if missing:
        raise BitextError(f"article {missing[0]!r} is counted, but not in corpus=; give the corpus counted")
    rows = corpus.articles.iloc[[row[name] for name in counts.articles["article"]]]
    return article_vectors(chosen, rows["title"].tolist(), rows["text"].tolist())


def _tfidf(counts: Counts, max_share: float) -> sparse.csr_array:
    """Return unit vectors of (1 + ln tf) * idf."""
    matrix = sparse.csr_array(counts.matrix, dtype=np.float64, copy=True)
    articles = matrix.shape[0]
    holders = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weight = np.log((1 + articles) / (1 + holders)) + 1
    weight[holders > max(max_share * articles, 1)] = 0
    matrix.data = (1 + np.log(np.maximum(matrix.data, 1))) * weight[matrix.indices]
    norms = np.sqrt(np.asarray(matrix.power(2).sum(axis=1)).ravel())
    matrix.data /= np.repeat(np.where(norms > 0, norms, 1), np.diff(matrix.indptr))
    matrix.eliminate_zeros()
    return matrix


def _days(articles: pd.DataFrame) -> Floats:
    """Return the date of each article in days; NaN where there is none."""
    dates = pd.to_datetime(articles["date"])
    seconds = dates.to_numpy().astype("datetime64[s]").astype(np.int64) / 86400
    return np.where(dates.notna(), seconds, np.nan)


def _blocks(day: Floats | None, days: float, articles: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield blocks of rows, each with the rows that may be near to it in time (all, without days)."""
    everything = np.arange(articles, dtype=np.int64)
    if day is None:
        for start in range(0, articles, BLOCK):
            yield everything[start : start + BLOCK], everything
        return
    order = np.argsort(day, kind="stable")[: int(np.isfinite(day).sum())]  # NaN stands last
    in_order = day[order]
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        low = np.searchsorted(in_order, day[block[0]] - days, side="left")
        high = np.searchsorted(in_order, day[block[-1]] + days, side="right")
        yield block, order[low:high]


def _best(cosine: Floats, allowed: npt.NDArray[np.bool_], top: int, least: float) -> tuple[Ints, Ints, Ints]:
    """Return row, column and rank of the *top* highest allowed values of each row, ties to the first."""
    value = np.where(allowed & (cosine >= max(least, 1e-12)), cosine, -1)
    best = np.argsort(-value, axis=1, kind="stable")[:, :top]
    row = np.repeat(np.arange(len(value)), best.shape[1])
    column = best.ravel()
    rank = np.tile(np.arange(1, best.shape[1] + 1), len(value))
    keep = value[row, column] > 0
    return row[keep], column[keep], rank[keep]


def _shared(
    vectors: sparse.csr_array, terms: npt.NDArray[np.object_], one: int, other: int, most: int
) -> str:
    """Return the terms that add most to the cosine of two articles."""
    product = vectors[[one]].multiply(vectors[[other]]).tocoo()
    columns, value = product.coords[-1], product.data
    order = sorted(range(len(value)), key=lambda i: (-value[i], terms[columns[i]]))
    return " ".join(terms[columns[i]] for i in order[:most])
