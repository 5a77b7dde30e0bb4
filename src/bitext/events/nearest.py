"""Silent outlets → the article of each that comes nearest to the story it is silent on."""

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.counting.counts import Counts

#: Days before a story's first and behind its last article in which an article may be on it.
_DAYS = 3
_NO_DAY = np.iinfo(np.int64).min


def with_nearest(coverage: pd.DataFrame, stories: pd.DataFrame, concepts: Counts) -> pd.DataFrame:
    """Return *coverage* with the article of each silent outlet that is most like the story.

    Stories are found by likeness, and an article that looks at an event from another side can stay outside
    of its story: before an outlet is called silent, look here.

    Args:
        coverage: the table of `bitext.coverage`.
        stories: the table of stories.
        concepts: counts of the concepts of all articles.

    Returns:
        The same rows with two columns more: ``nearest``, the outlet's article within three days of the story
        that has most in common with it ("" for outlets that covered the story, and where there is none), and
        ``nearest_score``, its mean cosine to the story's articles (TF-IDF of concepts) divided by their own
        mean cosine to each other: 1 is as like as they are; NaN where there is none.
    """
    names = concepts.articles["article"].to_numpy(dtype=object)
    outlet = concepts.articles["outlet"].to_numpy(dtype=object)
    day = _days(concepts.articles["date"])
    order = np.argsort(day, kind="stable")
    place = dict(zip(names.tolist(), range(len(names)), strict=True))
    weights = _weights(concepts.matrix)
    nearest = np.full(len(coverage), "", dtype=object)
    score = np.full(len(coverage), np.nan)
    silent = (coverage["n"] == 0).to_numpy()
    cells = dict(coverage.groupby("story").indices)
    cell_outlet = coverage["outlet"].to_numpy(dtype=object)
    for story, members in stories.groupby("story")["article"]:
        rows = [row for row in cells.get(story, ()) if silent[row]]
        if not rows:
            continue
        inside = np.array([place[name] for name in members], dtype=np.int64)
        near = _near(day[inside], day[order], order)
        mean = np.asarray(weights[inside].mean(axis=0)).ravel()
        count = len(inside)
        own = float((count * count * (mean @ mean) - _size(weights[inside])) / max(count * (count - 1), 1))
        alike = weights[near] @ mean
        for row in rows:
            its = np.flatnonzero(outlet[near] == cell_outlet[row])
            if len(its) and own > 0:
                best = its[int(np.argmax(alike[its]))]
                nearest[row], score[row] = names[near[best]], alike[best] / own
    found = coverage.assign(nearest=nearest, nearest_score=score)
    found.attrs = coverage.attrs
    return found


def _near(own: Ints, days: Ints, order: Ints) -> Ints:
    """Return the articles within some days of a story's, and those without a date."""
    dated = own[own != _NO_DAY]
    undated = order[: np.searchsorted(days, _NO_DAY, side="right")]
    if not len(dated):
        return order
    low, high = np.searchsorted(days, (dated.min() - _DAYS, dated.max() + _DAYS + 1))
    return np.concatenate((undated, order[max(int(low), len(undated)) : high]))


def _days(dates: pd.Series) -> Ints:
    """Return the day of each date as a number, the least number where there is none."""
    stamps = pd.to_datetime(dates)
    days = stamps.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(stamps.isna().to_numpy(), _NO_DAY, days)


def _weights(counts: sparse.csr_array) -> sparse.csr_array:
    """Return TF-IDF of counts, each row of length 1."""
    matrix = sparse.csr_array(counts, dtype=np.float64, copy=True)
    held = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weights, rare = matrix.data, np.log(matrix.shape[0] / np.maximum(held, 1))
    np.log(weights, out=weights)  # in place, as there may be many millions of them
    weights += 1
    weights *= rare[matrix.indices]
    rows = _rows(matrix)
    length = np.sqrt(np.bincount(rows, weights=weights**2, minlength=matrix.shape[0]))
    weights /= np.where(length > 0, length, 1.0)[rows]
    return matrix


def _size(part: sparse.csr_array) -> float:
    """Return the sum of the squared lengths of the rows."""
    return float((part.data**2).sum())


def _rows(matrix: sparse.csr_array) -> Ints:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
