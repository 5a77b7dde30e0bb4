"""Pairs of articles that share their text: found, measured and named."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from bitext import schema
from bitext.corpus.minhash import candidates
from bitext.corpus.overlap import Pairs, pairs_exact, pairs_verified
from bitext.corpus.shingles import SIZE, Ints, fold, shingle_sets
from bitext.errors import BitextError
from bitext.record import run_record

#: Corpora of up to this many articles are compared exactly; larger ones through MinHash candidates.
EXACT_UP_TO = 10_000

#: From this Jaccard similarity on, two texts are versions of each other ("near"); below it, one holds a
#: passage of the other ("partial"). At .5 two thirds of two equally long texts are the same.
NEAR = 0.5

#: A same-outlet match is an update within a week; later it is old text used again.
_UPDATE_HOURS = 168.0
#: It is one of a series if it is this many hours later, of about the same length and wording, and has fewer
#: than this share of the numbers in its first half (where the news is) in common with the earlier one.
_SERIES_HOURS = 12.0
_SERIES_LENGTH = 1.5
_SERIES_JACCARD = 0.4
_SERIES_NUMBERS = 0.5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

#: Columns of `duplicate_pairs`.
PAIRS = (
    "article_a",
    "article_b",
    "outlet_a",
    "outlet_b",
    "kind",
    "relation",
    "hours",
    "jaccard",
    "containment",
    "kept",
    "new",
)


class HasArticles(Protocol):
    """A Corpus, or Tokens made of one."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article, with its text."""


def duplicate_pairs(
    corpus: HasArticles, *, threshold: float = 0.5, exact: bool | None = None
) -> pd.DataFrame:
    """Return every pair of articles that share their text: the raw material of `duplicates`.

    Args:
        corpus: a Corpus (or Tokens).
        threshold: as in `duplicates`.
        exact: as in `duplicates`; without it, large groups of copies are linked but not paired out in full.

    Returns:
        One row per pair; ``article_a`` is the earlier. Columns as in `duplicates`, where ``kept`` is the
        share of a's shingles found in b and ``new`` the share of b's that a lacks.

    Raises:
        BitextError: *threshold* is out of range.
    """
    articles = in_time(corpus.articles)
    pairs = measures(articles, compare(articles, threshold, exact))
    names, outlets = articles["article"].to_numpy(), articles["outlet"].to_numpy()
    table = pairs.assign(
        article_a=names[pairs["a"]],
        article_b=names[pairs["b"]],
        outlet_a=outlets[pairs["a"]],
        outlet_b=outlets[pairs["b"]],
    )
    table = table[list(PAIRS)].reset_index(drop=True)
    table.attrs["run"] = record("duplicate_pairs", len(articles), threshold, exact)
    return table


def record(step: str, n: int, threshold: float, exact: bool | None) -> dict[str, Any]:
    """Return the run record of a search for duplicates."""
    used = n <= EXACT_UP_TO if exact is None else exact
    return run_record(step, threshold=threshold, exact=used, shingle=SIZE, near=NEAR, articles=n)


def in_time(articles: pd.DataFrame) -> pd.DataFrame:
    """Sort by date (none last), keep corpus order within a date."""
    schema.require(articles, ("article", "outlet", "date", "title", "text"), "the table of articles")
    frame = articles[["article", "outlet", "date", "title", "text"]]
    return frame.assign(date=pd.to_datetime(frame["date"])).sort_values(
        "date", kind="stable", ignore_index=True
    )


def compare(articles: pd.DataFrame, threshold: float, exact: bool | None) -> tuple[Pairs, Ints]:
    """Return the pairs that reach *threshold*, and the number of shingles of every article."""
    if not 0 < threshold <= 1:
        raise BitextError(f"threshold must be above 0 and at most 1, got {threshold!r}")
    texts: Sequence[str] = articles["text"].tolist()
    if exact is None:
        exact = len(texts) <= EXACT_UP_TO
    if exact:
        sets = shingle_sets(texts)
        return pairs_exact(sets, threshold), sets.sizes
    first, second = candidates(texts, threshold)
    involved = np.unique(np.concatenate((first, second)))
    sets = shingle_sets([texts[i] for i in involved])
    found = pairs_verified(
        sets, np.searchsorted(involved, first), np.searchsorted(involved, second), threshold
    )
    sizes = np.zeros(len(texts), dtype=np.int64)
    sizes[involved] = sets.sizes
    return Pairs(involved[found.first], involved[found.second], found.shared), sizes


def measures(articles: pd.DataFrame, compared: tuple[Pairs, Ints]) -> pd.DataFrame:
    """Return the pairs as a table: numbers a < b in order of time, similarities, kind and relation."""
    pairs, sizes = compared
    dates = articles["date"].to_numpy()
    hours = (dates[pairs.second] - dates[pairs.first]) / np.timedelta64(1, "h")
    table = pd.DataFrame(
        {
            "a": pairs.first,
            "b": pairs.second,
            "hours": np.asarray(hours, dtype=np.float64),
            "jaccard": pairs.jaccard(sizes),
            "containment": pairs.containment(sizes),
            "kept": pairs.shared / sizes[pairs.first],
            "new": 1.0 - pairs.shared / sizes[pairs.second],
        }
    )
    table["kind"] = _kinds(articles, table)
    table["relation"] = _relations(articles, table)
    return table


def _kinds(articles: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    kinds = np.where(table["jaccard"] >= NEAR, "near", "partial").tolist()
    for row in np.flatnonzero(table["jaccard"] == 1.0):  # equal sets of shingles: nearly always equal texts
        if _folded(articles, table["a"].iloc[row]) == _folded(articles, table["b"].iloc[row]):
            kinds[row] = "exact"
    return [str(kind) for kind in kinds]


def _folded(articles: pd.DataFrame, row: int) -> bytes:
    return fold([articles["text"].iloc[row]]).codes.tobytes()


def _relations(articles: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    outlets, texts = articles["outlet"].to_numpy(), articles["text"].to_numpy()
    hours, jaccard = table["hours"].to_numpy(), table["jaccard"].to_numpy()
    length_ratio = (table["kept"] / (1.0 - table["new"])).to_numpy()
    relations = []
    for i, (a, b, kind) in enumerate(zip(table["a"], table["b"], table["kind"], strict=True)):
        if outlets[a] != outlets[b] or not outlets[a]:
            relations.append("copy")
        elif kind == "exact":
            relations.append("repeat")
        elif _alike(hours[i], jaccard[i], length_ratio[i]) and _other_numbers(texts[a], texts[b]):
            relations.append("series")
        else:
            relations.append("reuse" if hours[i] > _UPDATE_HOURS else "update")
    return relations


def _alike(hours: float, jaccard: float, length_ratio: float) -> bool:
    """Could the later text be the next of a series, by time, wording and length?"""
    long_enough = not hours < _SERIES_HOURS  # an unknown time (NaN) does not rule it out
    about_equal = 1.0 / _SERIES_LENGTH <= length_ratio <= _SERIES_LENGTH
    return long_enough and about_equal and jaccard >= _SERIES_JACCARD


def _other_numbers(earlier: str, later: str) -> bool:
    """An update keeps the numbers of the news; tomorrow's market note has others in the same sentences."""
    a, b = (set(_NUMBER.findall(text[: len(text) // 2])) for text in (earlier, later))
    fewer = min(len(a), len(b))
    return fewer >= 3 and len(a & b) < _SERIES_NUMBERS * fewer
