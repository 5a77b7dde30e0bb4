"""Tokens → Counts: a sparse table of articles by terms, n-grams or concepts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, overload

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.copies.duplicates import MODES, duplicates, weights
from bitext.corpus.scan import Scan
from bitext.counting.counts import WEIGHT_UNITS, Counts, alphabetical
from bitext.counting.occurrences import greatest, occurrences, per_article, table
from bitext.counting.phrasing import Phrasing, with_phrases
from bitext.counting.phrasing import phrasing as find_phrasing
from bitext.counting.stop_types import all_stopwords, stop_types
from bitext.counting.titles import titles_of, with_titles
from bitext.errors import BitextError
from bitext.record import fingerprint, run_record
from bitext.text.tokenizer import NUMBER, WORD
from bitext.tokens.tokens import Tokens

UNITS = ("term", "phrase", "concept")


@overload
def count(tokens: Tokens, **settings: Any) -> Counts: ...


@overload
def count(tokens: Scan, **settings: Any) -> Scan: ...


@checked  # type: ignore[misc]  # the overloads do not repeat the names of the settings
def count(
    tokens: Tokens | Scan,
    *,
    unit: str = "term",
    ngrams: tuple[int, int] = (1, 1),
    stopwords: Iterable[str] | None = (),
    numbers: bool = False,
    min_articles: int = 1,
    copies: str = "keep",
    concepts: ConceptTable | None = None,
    title_weight: int = 0,
    prominence: bool = False,
    phrasing: Phrasing | None = None,
) -> Counts | Scan:
    """Count how often each article uses each term.

    Words of both languages are counted; punctuation, URLs and (unless *numbers*) figures are not. The
    denominator `lengths` counts all words of the article, those left out of the columns included, so that
    rates do not change with the choice of columns.

    Args:
        tokens: what `bitext.tokenize` returned. For a `Scan` the settings are noted, and used when it is
            grouped: ``count(scan).group("outlet")`` reads, tokenises and counts batch by batch, and keeps of
            the articles only the sums of each group and term (`bitext.GroupedCounts`).
        unit: "term" counts normalised words. "phrase" counts words, and runs of two to four words that hold
            together (`bitext.phrases`): a word counts wherever it stands, but is left out where four in five
            of its occurrences are in one phrase (white, of White House). English words and phrases are
            shown in the case in which they are written most often, forms of one word under the most frequent
            one (chip, chips). Of more than 5,000 articles a sample of so many says what the phrases are, for
            a `Scan`, too. "concept" counts the ids of the concept table, which Chinese
            and English share. Words without a concept are not counted then (see `Counts.coverage`).
        ngrams: shortest and longest run of words to count, e.g. (1, 2). A run lies within one sentence and
            is broken by punctuation. Only for unit="term".
        stopwords: words to leave out as columns, in addition to the list of `bitext.stopwords`, in either
            script and any case; None keeps every word. An n-gram is left out if it begins or ends with one.
        numbers: count figures too.
        min_articles: drop columns that stand in fewer articles.
        copies: what to do with texts that were printed several times (see `bitext.duplicates`): "keep" counts
            every article in full; "weight" gives each of k versions the weight 1/k; "collapse" counts the
            earliest version that each outlet printed, and leaves the credit for a wire text with all that
            printed it. A `Scan` is first searched for copies.
        concepts: the concept table for unit="concept"; None is bitext's own.
        title_weight: how often a title counts beside the body; 0 leaves titles out. For keywords of single
            articles 3 found more of the tags that people had chosen than 0 (docs/measurements.md).
        prominence: note where in each article a term stands first, and whether in the title: for
            ``keywords(weighting="article")``. Not for concepts, and nothing that sums of groups hold.
        phrasing: for unit="phrase", what `bitext.counting.phrasing.phrasing` found in other articles; None
            looks in these.

    Returns:
        A `Counts`: rows in the order of the articles, columns sorted; for a `Scan`, the `Scan` with these
        settings. Either is grouped by its method `group`, and taken by all comparisons.

    Raises:
        BitextError: *unit*, *ngrams* or *copies* is not one of the accepted values.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(
        ...     pd.DataFrame({"text": ["Chips and more chips.", "No chip."], "outlet": ["A", "B"]}))
        >>> counts = bitext.count(bitext.tokenize(corpus))
        >>> counts.terms.tolist(), counts.matrix.toarray().tolist(), counts.lengths.tolist()
        (['chip', 'chips'], [[0, 2], [1, 0]], [4, 2])
    """
    if unit not in UNITS:
        raise BitextError.unknown("unit", unit, UNITS)
    if copies not in MODES:
        raise BitextError.unknown("treatment of copies", copies, MODES)
    low, high = ngrams
    if not 1 <= low <= high:
        raise BitextError(f"ngrams={ngrams!r}; use a pair (shortest, longest) with 1 <= shortest <= longest")
    if unit == "concept" and ngrams != (1, 1):
        raise BitextError(f"ngrams={ngrams!r} with unit='concept'; concepts are counted singly: use (1, 1)")
    if unit == "phrase" and ngrams != (1, 1):
        raise BitextError(f"ngrams={ngrams!r} with unit='phrase'; phrases have their own lengths: use (1, 1)")
    if unit == "concept" and prominence:
        raise BitextError("prominence=True with unit='concept'; use unit='phrase' or 'term'")
    if title_weight < 0:
        raise BitextError(f"title_weight={title_weight!r}; use a whole number from 0")
    if isinstance(tokens, Scan):
        settings: dict[str, Any] = {"unit": unit, "ngrams": ngrams, "stopwords": stopwords}
        settings |= {"numbers": numbers, "min_articles": min_articles, "copies": copies, "concepts": concepts}
        return replace(tokens, counting={**settings, "title_weight": title_weight, "phrasing": phrasing})
    counted = tokens.kind == WORD
    if numbers:
        counted |= tokens.kind == NUMBER
    coverage = None
    if unit == "concept":
        hits = find_concepts(tokens, concepts)
        labels, rows, columns = hits.labels, tokens.article()[hits.first], hits.concept
        coverage = hits.coverage(tokens)
    else:
        stop = stop_types(tokens, stopwords)
        labels, rows, columns, first = occurrences(tokens, counted, stop, low, high)
        if unit == "phrase":
            phrasing = phrasing or find_phrasing(tokens)
            labels, rows, columns, first = with_phrases(tokens, phrasing, labels, rows, columns, first)
    order = alphabetical(labels)
    place = np.empty(len(labels), dtype=np.int64)
    place[order] = np.arange(len(labels))
    record = run_record(
        "count",
        unit=unit,
        ngrams=list(ngrams),
        stopwords=None if stopwords is None else fingerprint(sorted(all_stopwords(stopwords))),
        numbers=numbers,
        min_articles=min_articles,
        copies=copies,
        title_weight=title_weight,
        phrasing=None if phrasing is None else repr(phrasing),
    )
    matrix = table(rows, place[columns], (len(tokens.articles), len(labels)))
    counts = Counts(
        matrix=matrix,
        articles=tokens.articles.drop(columns="text"),
        terms=labels[order],
        lengths=per_article(np.flatnonzero(counted), tokens.bounds),
        unit="concept" if unit == "concept" else "term",
        run={**record, "before": tokens.run},
        coverage=coverage,
        prominence=_prominence(tokens, matrix, rows, place[columns], first) if prominence else None,
    )
    if title_weight:
        same: dict[str, Any] = {"unit": unit, "ngrams": ngrams, "stopwords": stopwords, "phrasing": phrasing}
        titles = count(titles_of(tokens), numbers=numbers, concepts=concepts, **same)
        counts = with_titles(counts, titles, title_weight)
    if copies != "keep":
        counts = weighted(counts, shares_of(duplicates(tokens), copies))
    return counts.supported(min_articles)


def _prominence(
    tokens: Tokens, matrix: sparse.csr_array, rows: Ints, columns: Ints, first: Ints
) -> sparse.csr_array:
    """Return for each cell (1 - share of the tokens before the first occurrence)**2."""
    before = (first - tokens.bounds[rows]) / np.diff(tokens.bounds)[rows]
    return greatest(matrix, rows, columns, (1 - before) ** 2)


def shares_of(clusters: pd.DataFrame | None, copies: str) -> pd.Series:
    """Return the weight of every article that does not count in full, by its identifier."""
    if clusters is None:
        return pd.Series(dtype=np.float64)
    names = clusters["article"].to_numpy()
    within = "outlet" if copies == "collapse" else "corpus"
    found = np.rint(weights(clusters, names, copies, within=within) * WEIGHT_UNITS) / WEIGHT_UNITS
    return pd.Series(found, index=names)[found < 1]


def weighted(counts: Counts, shares: pd.Series) -> Counts:
    """Return the counts with the weights that `shares_of` gave."""
    if shares.empty:
        return counts
    return counts.weighted(shares.reindex(counts.articles["article"], fill_value=1.0))
