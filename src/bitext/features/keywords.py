"""Keywords: the terms that weigh most in an outlet or an article, by TF-IDF."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.errors import BitextError
from bitext.record import run_record
from bitext.tokens.counts import Counts, require_one_language
from bitext.tokens.grouping import group_codes, group_names

WEIGHTINGS = ("smooth", "class")

Floats = npt.NDArray[np.float64]


def keywords(
    counts: Counts, *, by: str | list[str] = "outlet", top: int | None = 20, weighting: str = "smooth"
) -> pd.DataFrame:
    """Rank the terms of each group by TF-IDF.

    Two weightings, both from scikit-learn's or BERTopic's published formulas:

    - "smooth": ``tfidf = tf * idf`` with ``tf`` the count in the group, ``idf = ln((1 + D) / (1 + df)) + 1``
      over the D *articles* (df = articles with the term), and each group's row scaled to length 1. With
      ``by="article"`` this is what scikit-learn's TfidfTransformer returns. It finds what a group talks
      about much and most articles do not.
    - "class": ``tfidf = tf / N * ln(1 + A / f)``, with N the tokens of the group, f the count of the term in
      all groups and A the mean tokens of a group (class-based TF-IDF). It finds what one group talks about
      and the other groups do not.

    A ranking, not a test: use `bitext.keyness` to ask whether a difference is more than chance.

    Args:
        counts: what `bitext.count` returned; terms of one language, or concepts.
        by: column(s) of the articles to group by; "article" ranks within each article.
        top: terms to return for each group; None returns all that occur.
        weighting: "smooth" or "class".

    Returns:
        One row per group and term, groups in order of name, best rank first, ties in order of term:
        - the grouping column(s)
        - ``term`` (or ``concept``)
        - ``rank``: from 1
        - ``n``: occurrences in the group; ``articles``: articles of the group that have it
        - ``tf``: n / tokens of the group
        - ``idf``: as above, >= 0
        - ``tfidf``: >= 0, comparable within a group

    Raises:
        LanguageError: terms of more than one language; take one language, or unit="concept".
        BitextError: unknown *weighting*, or a *top* below 1.

    Source:
        scikit-learn, TfidfTransformer (smooth_idf=True); Grootendorst (2022), BERTopic, eq. 2 (class).

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["Chips matter. Chips sell.", "Trade talks."], "outlet": ["A", "B"]}))
        >>> bitext.keywords(bitext.count(bitext.tokenize(corpus)), top=1)[["outlet", "term", "n", "rank"]]
          outlet   term  n  rank
        0      A  chips  2     1
        1      B  talks  1     1
    """
    if weighting not in WEIGHTINGS:
        raise BitextError.unknown("weighting", weighting, WEIGHTINGS)
    if top is not None and top < 1:
        raise BitextError(f"top={top!r}; use a whole number from 1, or None for all terms")
    require_one_language(counts)
    groups, codes = group_codes(counts.articles, by)
    member = _membership(codes, len(groups))
    sums, present = sparse.csr_array(member @ counts.matrix), sparse.csr_array(member @ counts.binary())
    lengths = np.bincount(codes, counts.lengths, minlength=len(groups)).astype(np.float64)
    df = np.asarray(present.sum(axis=0)).ravel().astype(float)
    if weighting == "smooth":
        idf = np.log((1 + len(counts.articles)) / (1 + df)) + 1
    else:
        used = np.asarray(sums.sum(axis=0)).ravel().astype(float)
        with np.errstate(divide="ignore"):
            idf = np.log1p(lengths.mean() / used)
    table = _table(sums, present, lengths, idf, scale=weighting == "smooth")
    table = _ranked(table, top, counts.terms)
    keys = groups.iloc[table.pop("group").to_numpy()].reset_index(drop=True)
    result = pd.concat([keys, table.reset_index(drop=True)], axis=1)
    result = result.rename(columns={"term": counts.unit})
    result.attrs["run"] = {
        **run_record("keywords", by=group_names(by), top=top, weighting=weighting),
        "before": counts.run,
    }
    return result


def _membership(codes: npt.NDArray[np.int64], size: int) -> sparse.csr_array:
    """Return the matrix groups x articles that sums articles into groups."""
    ones = np.ones(len(codes), np.int32)
    return sparse.csr_array((ones, (codes, np.arange(len(codes)))), shape=(size, len(codes)))


def _table(
    sums: sparse.csr_array, present: sparse.csr_array, lengths: Floats, idf: Floats, *, scale: bool
) -> pd.DataFrame:
    """Lay out group x term as rows, with the weights."""
    sums.sort_indices()
    present.sort_indices()
    group = np.repeat(np.arange(sums.shape[0]), np.diff(sums.indptr))
    term, n = sums.indices, sums.data
    with np.errstate(divide="ignore", invalid="ignore"):
        tf = n / lengths[group]
    weight = (n if scale else tf) * idf[term]
    if scale:
        norm = np.sqrt(np.bincount(group, weight**2, minlength=sums.shape[0]))
        weight = weight / norm[group]
    columns: dict[str, Any] = {
        "group": group,
        "term": term,
        "n": n,
        "articles": present.data,
        "tf": tf,
        "idf": idf[term],
        "tfidf": weight,
    }
    return pd.DataFrame(columns)


def _ranked(table: pd.DataFrame, top: int | None, terms: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Order each group by weight, ties by term (columns are sorted, so by column number), and cut."""
    order = np.lexsort((table["term"], -table["tfidf"].round(12), table["group"]))
    table = table.iloc[order]
    table.insert(1, "rank", table.groupby("group").cumcount() + 1)
    if top is not None:
        table = table[table["rank"] <= top]
    labels = terms[table["term"].to_numpy()]
    return table.assign(term=labels)[["group", "term", "rank", "n", "articles", "tf", "idf", "tfidf"]]
