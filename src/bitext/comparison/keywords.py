"""Keywords: the terms that set each outlet apart, or weigh most in an article."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Floats
from bitext.checked import checked
from bitext.comparison import article_terms
from bitext.comparison import own_names as own
from bitext.comparison.pooling import pooled
from bitext.corpus.scan import Scan
from bitext.counting.counts import WEIGHT_UNITS, Counts, require_one_language
from bitext.counting.exact_sums import FIELDS, whole
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import BitextError
from bitext.record import run_record
from bitext.tokens.grouping import group_codes, group_names

WEIGHTINGS = ("contrast", "smooth", "class", "article")
#: "contrast" wants a term in so many articles of a group; in a small group in a quarter of them, and in more
#: than one if it has more.
_FLOOR, _FLOOR_SHARE, _TWICE = 5, 4, 2
#: The articles of a single group are set against each other if there are so many.
_CONTRAST = 10


@checked
def keywords(
    counts: Counts | GroupedCounts | Scan,
    *,
    by: str | list[str] = "outlet",
    top: int | None = 20,
    weighting: str = "contrast",
    min_articles: int | None = None,
    min_group_size: int = 3,
    own_names: str = "mark",
) -> pd.DataFrame:
    """Rank the terms that set each group apart from the other groups, or that weigh most in it.

    Four weightings:

    - "contrast": ``tfidf = sqrt(tf * share) * idf**2`` with ``tf`` the count over the tokens of the group,
      ``share`` the part of its articles that have the term, and ``idf = ln(G / g)`` over the G *groups*: g
      counts a group that uses the term in as many articles or more as 1, one that uses it in half as
      large a share of its articles as 1/2, and so on. A word that all groups use alike weighs 0 in all of
      them, a word of one article counts little. In a single group its articles are the groups: ``idf`` is
      ``ln(D / df)`` ("smooth" is used where it has fewer than ten); the run record says so.
    - "smooth": ``tfidf = tf * idf`` with ``tf`` the count in the group, ``idf = ln((1 + D) / (1 + df)) + 1``
      over the D *articles* (df = articles with the term), and each group's row scaled to length 1. With
      ``by="article"`` this is what scikit-learn's TfidfTransformer returns. It finds what a group talks
      about much and most articles do not; words of the day stand in the lists of all groups.
    - "class": ``tfidf = tf / N * ln(1 + A / f)``, with N the tokens of the group, f the count of the term in
      all groups and A the mean tokens of a group (class-based TF-IDF). It favours
      what is frequent in the group; a word frequent in all groups may still stand high in each list.

    - "article": for ``by="article"`` and counts with ``prominence=True``: of Chinese articles the square root
      of the chance that a person would tag the article with the term, by a logistic regression (lexicon
      `keyword_scorer`) on ``ln(1 + n)^1.2 * (idf + 1) * prominence * form`` and on how rare and of what kind
      the word is; of English ones that formula alone. `Counts.prominence` is where the term stands, form 0.1
      for one Han character, 0.6 for two. A word all of whose occurrences stand in longer terms of the list
      goes, and so does what weighs less than a quarter (English: a fifth) of the first.

    Of counts of phrases a term goes that hardly stands outside a longer one of the group's list, and the
    longer one where the shorter stands first (*top* None keeps both).

    A ranking, not a test: use `bitext.keyness` to ask whether a difference is more than chance.

    Args:
        counts: what `bitext.count` returned; terms of one language, or concepts. A `Scan` is counted first,
            as `bitext.count(scan, ...)` says.
        by: column(s) of the articles to group by; "article" ranks within each article.
        top: terms to return for each group; None returns all that occur.
        weighting: "contrast", "smooth", "class" or "article".
        min_articles: leave out terms that fewer articles of the group have. None: with "contrast" 5, or a
            quarter of the group's articles where it has fewer than 20 (two of two to eleven); otherwise 1.
        min_group_size: groups of fewer articles are put together as "(n others)", if there are two such
            groups and two larger ones; the run record names them (``pooled``). 1 leaves all as they are.
        own_names: what to do with an outlet's own name and parts of it, names of agencies, authors, and words
            like 本台, 图为, editor: "mark" says so in the column ``own_name``, "drop" leaves such terms out
            before ranks are given, "keep" does neither. Authors are known of `Counts` only, not of sums.

    Returns:
        One row per group and term, groups in order of name, best rank first, ties in order of term:
        - the grouping column(s)
        - ``term``: the word or phrase, or the id of the concept
        - ``rank``: from 1
        - ``n``: occurrences in the group; ``articles``: articles of the group that have it
        - ``tf``: n / tokens of the group
        - ``idf``: as above, >= 0
        - ``tfidf``: the weight, as above, >= 0, comparable within a group
        - ``own_name`` (str): "outlet", "agency", "byline", "press" or "" (only with own_names="mark")

    Raises:
        LanguageError: terms of more than one language; take one language, or unit="concept".
        BitextError: unknown *weighting* or *own_names*, or a *top* or *min_articles* below 1.

    Source:
        contrast: ours, after document frequency over groups (quanteda, dfm_tfidf); scikit-learn,
        TfidfTransformer (smooth_idf=True); Grootendorst (2022), BERTopic, eq. 2 (class).

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["Chips sell. Chips in trade.", "Trade talks."], "outlet": ["A", "B"]}))
        >>> bitext.keywords(bitext.count(bitext.tokenize(corpus)), top=1)[["outlet", "term", "n", "rank"]]
          outlet   term  n  rank
        0      A  chips  2     1
        1      B  talks  1     1
    """
    if weighting not in WEIGHTINGS:
        raise BitextError.unknown("weighting", weighting, WEIGHTINGS)
    if top is not None and top < 1:
        raise BitextError(f"top={top!r}; use a whole number from 1, or None for all terms")
    if min_articles is not None and min_articles < 1:
        raise BitextError(f"min_articles={min_articles!r}; use a whole number from 1, or None")
    own.check(own_names)
    located = isinstance(counts, Counts) and counts.prominence is not None
    if weighting == "article" and (group_names(by) != ["article"] or not located):
        raise BitextError(
            "weighting='article' ranks the terms of single articles by where they stand: use by='article' "
            "and bitext.count(tokens, unit='phrase', title_weight=3, prominence=True)"
        )
    if isinstance(counts, Scan):
        counts = counts.group(by)
    counts, together = pooled(counts, group_names(by), min_group_size)
    groups, sums = _of_grouped(counts, by) if isinstance(counts, GroupedCounts) else _of_counts(counts, by)
    if weighting == "contrast" and len(groups) < 2 and sums.sizes.sum() < _CONTRAST:
        weighting = "smooth"
    table = _table(sums, _idf(sums, weighting, len(counts.terms)), weighting)
    if isinstance(counts, Counts) and weighting == "article":
        _, codes = group_codes(counts.articles, by)
        table["tfidf"] = article_terms.weights(counts, codes, table, table["idf"].to_numpy())
    table = table[sums.articles >= _floors(sums.sizes, weighting, min_articles)[sums.group]]
    if own_names != "keep":
        articles = None if isinstance(counts, GroupedCounts) else counts.articles
        known = own.OwnNames.of(groups, articles, counts.unit)
        marks = known.mark(counts.terms[table["term"].to_numpy()], table["group"].to_numpy())
        table = table.assign(own_name=marks) if own_names == "mark" else table[marks == ""]
    if isinstance(counts, Counts) and weighting == "article":
        table = article_terms.listed(table, counts, top)
    elif top is not None and counts.run.get("parameters", {}).get("unit") == "phrase":
        table = article_terms.without_parts(_by_weight(table), counts.terms, top)
    table = _ranked(table, top, counts.terms)
    keys = groups.iloc[table.pop("group").to_numpy()].reset_index(drop=True)
    result = pd.concat([keys, table.reset_index(drop=True)], axis=1)
    settings: dict[str, Any] = {"weighting": weighting, "min_articles": min_articles, "own_names": own_names}
    settings |= {"min_group_size": min_group_size, "pooled": together}
    if weighting == "contrast":
        settings["contrast"] = "articles" if len(groups) < 2 else "groups"
    result.attrs["run"] = {
        **run_record("keywords", by=group_names(by), top=top, **settings),
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
    sizes: npt.NDArray[np.int64]  # articles of each group that hold tokens


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
    sizes = np.bincount(codes, counts.lengths > 0, minlength=len(groups)).astype(np.int64)
    return groups, _Sums(group, sums.indices.astype(np.int64), n, articles, lengths, sizes)


def _of_grouped(grouped: GroupedCounts, by: str | list[str]) -> tuple[pd.DataFrame, _Sums]:
    """Take the sums as they are, by some of the columns that group them."""
    grouped.require_one_language()
    plain = grouped.regroup(group_names(by))
    groups = pd.DataFrame(list(plain.keys), columns=list(plain.by), dtype=object)
    group, term = np.divmod(plain.cells, max(len(plain.terms), 1))
    articles = plain.sums[:, FIELDS.index("articles")]
    return groups, _Sums(group, term, plain.hits(plain.sums), articles, plain.tokens, plain.articles)


def _idf(sums: _Sums, weighting: str, width: int) -> Floats:
    """Return the inverse document frequency of each pair of group and term."""
    if weighting == "contrast" and len(sums.sizes) < 2:
        return np.asarray(np.log(sums.sizes.sum() / sums.articles))
    if weighting == "contrast":
        return np.asarray(np.log(len(sums.sizes) / _users(sums.term, sums.articles / sums.sizes[sums.group])))
    if weighting in ("smooth", "article"):
        df = np.bincount(sums.term, sums.articles, minlength=width)
        return np.asarray((np.log((1 + sums.sizes.sum()) / (1 + df)) + 1)[sums.term])
    used = np.bincount(sums.term, sums.n, minlength=width)[sums.term]
    return np.asarray(np.log1p(sums.lengths.mean() / used))


def _users(term: npt.NDArray[np.int64], share: Floats) -> Floats:
    """Return for each pair how many groups use the term as this one does: the sum of min(1, other / own).

    Examples:
        >>> _users(np.array([0, 0, 0, 1]), np.array([0.4, 0.2, 0.8, 0.1])).tolist()
        [2.5, 3.0, 1.75, 1.0]
    """
    order = np.lexsort((share, term))
    ordered, place = share[order], np.arange(len(order))
    first = np.flatnonzero(np.diff(term[order], prepend=-1))
    sizes = np.diff(first, append=len(order))
    total = np.concatenate(([0], np.cumsum(ordered)))
    smaller = total[:-1] - np.repeat(total[first], sizes)
    users = np.empty(len(order))
    users[order] = smaller / ordered + np.repeat(first + sizes, sizes) - place
    return users


def _floors(sizes: npt.NDArray[np.int64], weighting: str, min_articles: int | None) -> npt.NDArray[np.int64]:
    """Return in how many articles of each group a term must stand."""
    if min_articles is not None or weighting != "contrast":
        return np.full(len(sizes), min_articles or 1)
    return np.clip(sizes // _FLOOR_SHARE, np.minimum(sizes, _TWICE), _FLOOR)


def _table(sums: _Sums, idf: Floats, weighting: str) -> pd.DataFrame:
    """Lay out group x term as rows, with the weights."""
    with np.errstate(divide="ignore", invalid="ignore"):
        tf = sums.n / sums.lengths[sums.group]
    if weighting == "contrast":
        weight = np.sqrt(tf * sums.articles / sums.sizes[sums.group]) * idf**2
    elif weighting == "class":
        weight = tf * idf
    else:
        weight = sums.n * idf
        norm = np.sqrt(np.bincount(sums.group, weight**2, minlength=len(sums.lengths)))
        weight = weight / norm[sums.group]
    columns: dict[str, Any] = {
        "group": sums.group,
        "term": sums.term,
        "n": sums.n,
        "articles": sums.articles,
        "tf": tf,
        "idf": idf,
        "tfidf": weight,
    }
    return pd.DataFrame(columns)


def _by_weight(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[np.lexsort((table["term"], -table["tfidf"].round(12), table["group"]))]


def _ranked(table: pd.DataFrame, top: int | None, terms: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Order each group by weight, ties by term (columns are sorted, so by column number), and cut."""
    table = _by_weight(table)
    table.insert(2, "rank", table.groupby("group").cumcount() + 1)
    if top is not None:
        table = table[table["rank"] <= top]
    return table.assign(term=terms[table["term"].to_numpy()])
