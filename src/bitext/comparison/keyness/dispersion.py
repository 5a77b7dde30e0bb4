"""How evenly a term is spread over articles."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts, require_one_language
from bitext.counting.exact_sums import FIELDS, FINE, SCALE
from bitext.counting.grouped_counts import GroupedCounts
from bitext.record import run_record
from bitext.schema import empty
from bitext.statistics import groups

#: Columns of the table, after those of the groups.
COLUMNS = ("term", "n", "articles", "range", "dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s", "kl")


@checked
def dispersion(
    counts: Counts | GroupedCounts | Scan, *, by: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Describe how evenly each term is spread over the articles, of all of them or of each group.

    Args:
        counts: counts of articles; sums over batches (`GroupedCounts`) give NaN for what needs the articles.
        by: column(s) or "day", "week", "month", "quarter", "year"; None takes all articles together.

    Returns:
        One row per group and term, groups and terms in order:
        - the columns *by* (str)
        - ``term`` (str), ``n`` (int): occurrences
        - ``articles`` (int): articles with the term, also called range
        - ``range`` (0 to 1): their share of all articles
        - ``dp`` (0 to 1), ``dp_norm`` (0 even to 1 clumped): deviation of proportions
        - ``juilland_d``, ``carroll_d2``, ``rosengren_s`` (0 clumped to 1 even)
        - ``kl`` (bits, from 0 even): divergence of the hits from the article lengths

    Source:
        Gries (2008, 2020) for an overview; Lijffijt & Gries (2012) for DPnorm; Juilland & Chang-Rodríguez
        (1964); Carroll (1970); Rosengren (1971). Formulas: docs/methods/keyness.md.

    Examples:
        >>> articles = pd.DataFrame({"article": ["1", "2"], "outlet": ["A", "A"], "lang": ["en", "en"]})
        >>> table = sparse.csr_array(np.array([[4, 2], [0, 2]]))
        >>> counts = Counts(table, articles, np.array(["chip", "said"], dtype=object), np.array([50, 50]))
        >>> dispersion(counts)[["term", "n", "articles", "dp", "dp_norm", "juilland_d"]]
           term  n  articles   dp  dp_norm  juilland_d
        0  chip  4         1  0.5      1.0         0.0
        1  said  4         2  0.0      0.0         1.0
    """
    names = groups.columns(by)
    if isinstance(counts, Scan):
        counts = counts.group(names)
    if isinstance(counts, GroupedCounts):
        counts.require_one_language()
        grouped, articles = counts.regroup(names), None
    else:
        require_one_language(counts)
        grouped, articles = GroupedCounts.of(counts, names), counts
    parts = []
    for row, key in enumerate(grouped.keys):
        sums = grouped.total(np.arange(len(grouped.keys)) == row)
        part = _of_group(grouped, row, sums, articles)
        if names:
            for place, (name, value) in enumerate(zip(names, key, strict=True)):
                part.insert(place, name, value)
        parts.append(part[part["n"] > 0])
    table = pd.concat(parts, ignore_index=True) if parts else empty([*names, *COLUMNS])
    table.attrs["run"] = run_record("dispersion", by=list(names), unit=grouped.unit)
    return table


def from_sums(sums: Ints, articles: int) -> dict[str, Floats]:
    """Return the measures that follow from sums over articles: range, Juilland's D, Carroll's D2."""
    field = dict(zip(FIELDS, sums.T, strict=True))
    holders = field["articles"]
    with np.errstate(divide="ignore", invalid="ignore"):
        total = field["rate"] / SCALE
        squares = (field["rate2_high"] + field["rate2_low"] / SCALE) / SCALE
        variation = np.sqrt(np.maximum(articles * squares / total**2 - 1, 0))
        juilland = 1 - variation / np.sqrt(articles - 1)
        carroll = (np.log(total) + field["entropy"] / FINE / total) / np.log(articles)
    # Rounding would otherwise show as 1.0000001 or -1e-9 at the ends of the scale.
    known = (field["n"] > 0) & (articles > 1)
    return {
        "range": np.where(articles > 0, holders / max(articles, 1), np.nan),
        "juilland_d": np.where(known, np.clip(np.where(holders == 1, 0, juilland), 0, 1), np.nan),
        "carroll_d2": np.where(known, np.clip(np.where(holders == 1, 0, carroll), 0, 1), np.nan),
    }


def from_articles(matrix: sparse.csr_array, lengths: Ints | Floats) -> dict[str, Floats]:
    """Return the measures that need each article: DP, DPnorm, Rosengren's S, the divergence.

    Articles without the term enter through the sum of their shares, so that only entries are visited.
    """
    width = matrix.shape[1]
    share = lengths / (lengths.sum() or 1)
    part = np.repeat(share, np.diff(matrix.indptr))
    total = np.bincount(matrix.indices, matrix.data, minlength=width)
    hits = matrix.data / total[matrix.indices] if matrix.nnz else np.zeros(0)

    def add(value: Floats) -> Floats:
        return np.asarray(np.bincount(matrix.indices, value, minlength=width), dtype=np.float64)

    known = total > 0
    dp = (add(np.abs(hits - part) - part) + 1) / 2
    lengths_used = share[lengths > 0]
    room = 1 - (lengths_used.min() if len(lengths_used) else np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = {
            "dp": np.clip(dp, 0, 1),
            "dp_norm": np.clip(dp / room, 0, 1) if room > 0 else np.full(width, np.nan),
            "rosengren_s": np.minimum(add(np.sqrt(hits * part)) ** 2, 1),
            "kl": np.maximum(add(special.rel_entr(hits, part)) / np.log(2), 0),
        }
    return {name: np.where(known, value, np.nan) for name, value in result.items()}


def _of_group(grouped: GroupedCounts, row: int, sums: Ints, counts: Counts | None) -> pd.DataFrame:
    """Return the table of one group."""
    size = int(grouped.articles[row])
    measures = from_sums(sums, size)
    if counts is None:
        measures |= dict.fromkeys(("dp", "dp_norm", "rosengren_s", "kl"), np.full(len(grouped.terms), np.nan))
    else:
        number, _ = groups.codes(counts.articles, grouped.by)
        rows, columns = number == row, positions(counts.terms, grouped.terms)
        of_articles = from_articles(counts.matrix[rows], counts.lengths[rows])
        measures |= {name: value[columns] for name, value in of_articles.items()}
    first = {"term": grouped.terms, "n": grouped.hits(sums), "articles": sums[:, FIELDS.index("articles")]}
    return pd.DataFrame(first | {name: measures[name] for name in COLUMNS[3:]})


def positions(terms: npt.NDArray[np.object_], wanted: npt.NDArray[np.object_]) -> Ints:
    """Return where each *wanted* term stands in *terms*."""
    place = {term: number for number, term in enumerate(terms.tolist())}
    return np.fromiter(map(place.__getitem__, wanted.tolist()), np.int64, len(wanted))
