"""Keywords: the terms that weigh most in an outlet or an article, by TF-IDF."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.checked import checked
from bitext.corpus.scan import Scan
from bitext.counting.counts import WEIGHT_UNITS, Counts, require_one_language
from bitext.counting.exact_sums import FIELDS, whole
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import BitextError
from bitext.record import run_record
from bitext.tokens.grouping import group_codes, group_names

WEIGHTINGS = ("smooth", "class")

Floats = npt.NDArray[np.float64]


@checked
def keywords(
    counts: Counts | GroupedCounts | Scan,
    *,
    by: str | list[str] = "outlet",
    top: int | None = 20,
    weighting: str = "smooth",
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
        counts: what `bitext.count` returned; terms of one language, or concepts. A `Scan` is counted first,
            as `bitext.count(scan, ...)` says.
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
    if isinstance(counts, Scan):
        counts = counts.group(by)
    groups, sums = _of_grouped(counts, by) if isinstance(counts, GroupedCounts) else _of_counts(counts, by)
    df = np.bincount(sums.term, sums.articles, minlength=len(counts.terms))
    if weighting == "smooth":
        idf = np.log((1 + sums.size) / (1 + df)) + 1
    else:
        used = np.bincount(sums.term, sums.n, minlength=len(counts.terms))
        with np.errstate(divide="ignore"):
            idf = np.log1p(sums.lengths.mean() / used)
    table = _table(sums, idf, scale=weighting == "smooth")
    table = _ranked(table, top, counts.terms)
    keys = groups.iloc[table.pop("group").to_numpy()].reset_index(drop=True)
    result = pd.concat([keys, table.reset_index(drop=True)], axis=1)
    result = result.rename(columns={"term": counts.unit})
    result.attrs["run"] = {
        **run_record("keywords", by=group_names(by), top=top, weighting=weighting),
        "before": counts.run,
    }
    return result


class _Sums(NamedTuple):
    """Every pair of group and term that occurs, by group and then by term, as parallel arrays."""

    group: npt.NDArray[np.int64]
    term: npt.NDArray[np.int64]
    n: npt.NDArray[Any]
    articles: npt.NDArray[np.int64]
    lengths: Floats  # tokens of each group
    size: int  # articles in all


def _of_counts(counts: Counts, by: str | list[str]) -> tuple[pd.DataFrame, _Sums]:
    """Sum the articles of each group."""
    require_one_language(counts)
    groups, codes = group_codes(counts.articles, by)
    ones = np.ones(len(codes), np.int32)
    member = sparse.csr_array((ones, (codes, np.arange(len(codes)))), shape=(len(groups), len(codes)))
    scale = WEIGHT_UNITS if counts.matrix.dtype.kind == "f" else 1
    matrix, tokens = whole(counts, scale)  # weighted articles are added up in whole numbers: exactly
    sums, present = sparse.csr_array(member @ matrix), sparse.csr_array(member @ counts.binary())
    sums.sort_indices()
    present.sort_indices()
    group = np.repeat(np.arange(len(groups)), np.diff(sums.indptr))
    lengths = np.bincount(codes, tokens, minlength=len(groups)) / scale
    n = sums.data.astype(np.int64) if scale == 1 else sums.data / scale
    articles = present.data.astype(np.int64)
    return groups, _Sums(group, sums.indices, n, articles, lengths, len(counts.articles))


def _of_grouped(grouped: GroupedCounts, by: str | list[str]) -> tuple[pd.DataFrame, _Sums]:
    """Take the sums as they are, by some of the columns that group them."""
    grouped.require_one_language()
    plain = grouped.regroup(group_names(by))
    groups = pd.DataFrame(list(plain.keys), columns=list(plain.by), dtype=object)
    group, term = np.divmod(plain.cells, max(len(plain.terms), 1))
    articles = plain.sums[:, FIELDS.index("articles")]
    size = int(plain.articles.sum())
    return groups, _Sums(group, term, plain.hits(plain.sums), articles, plain.tokens, size)


def _table(sums: _Sums, idf: Floats, *, scale: bool) -> pd.DataFrame:
    """Lay out group x term as rows, with the weights."""
    with np.errstate(divide="ignore", invalid="ignore"):
        tf = sums.n / sums.lengths[sums.group]
    weight = (sums.n if scale else tf) * idf[sums.term]
    if scale:
        norm = np.sqrt(np.bincount(sums.group, weight**2, minlength=len(sums.lengths)))
        weight = weight / norm[sums.group]
    columns: dict[str, Any] = {
        "group": sums.group,
        "term": sums.term,
        "n": sums.n,
        "articles": sums.articles,
        "tf": tf,
        "idf": idf[sums.term],
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
