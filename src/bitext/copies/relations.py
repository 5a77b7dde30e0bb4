"""Pairs of articles that share their text → what the pair is: its kind, and whence the later text came."""

import numpy as np
import pandas as pd

from bitext.arrays import Bools
from bitext.copies.fingerprints import Detail
from bitext.copies.frames import other_event

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
#: Reports in one frame of words around other names have less than this in common, and are about as long.
_FRAME_JACCARD, _FRAME_LENGTH = 0.8, 1.5


def kinds(detail: Detail, table: pd.DataFrame) -> list[str]:
    """Return for each pair "exact", "near" or "partial"."""
    # Equal sets of shingles are nearly always equal texts.
    same = (table["jaccard"] == 1.0) & (detail.folded[table["a"]] == detail.folded[table["b"]])
    found = np.where(same, "exact", np.where(table["jaccard"] >= NEAR, "near", "partial"))
    return [str(kind) for kind in found]


def relations(detail: Detail, table: pd.DataFrame) -> list[str]:
    """Return for each pair "wire", "copy", "unknown", "repeat", "series", "reuse" or "update"."""
    outlets, numbers = detail.articles["outlet"].to_numpy(), detail.numbers
    agencies, sure = detail.articles["agency"].to_numpy(), table["sure"].to_numpy()
    hours, jaccard = table["hours"].to_numpy(), table["jaccard"].to_numpy()
    length_ratio = (table["kept"] / (1.0 - table["new"])).to_numpy()
    other = _other_event(detail, table)
    found = []
    for i, (a, b, kind) in enumerate(zip(table["a"], table["b"], table["kind"], strict=True)):
        if other[i]:
            found.append("series")
        elif outlets[a] != outlets[b] or not outlets[a]:
            credited = bool(agencies[a] or agencies[b])
            found.append("wire" if credited else "copy" if sure[i] else "unknown")
        elif kind == "exact":
            found.append("repeat")
        elif _alike(hours[i], jaccard[i], length_ratio[i]) and _other_numbers(numbers[a], numbers[b]):
            found.append("series")
        else:
            found.append("reuse" if hours[i] > _UPDATE_HOURS else "update")
    return found


def _other_event(detail: Detail, table: pd.DataFrame) -> Bools:
    """Say of which pairs one frame of words holds other names: another town's report, another company's."""
    ratio = table["kept"] / (1.0 - table["new"])
    about_equal = ratio.between(1.0 / _FRAME_LENGTH, _FRAME_LENGTH)
    found = np.array((table["jaccard"] < _FRAME_JACCARD) & about_equal)
    first, second = (table[end].to_numpy(dtype=np.int64)[found] for end in ("a", "b"))
    titles = detail.articles["title"].fillna("").astype(str).tolist()
    found[found] = other_event(titles, detail.heads.tolist(), first, second)
    return found


def _alike(hours: float, jaccard: float, length_ratio: float) -> bool:
    """Could the later text be the next of a series, by time, wording and length?"""
    long_enough = not hours < _SERIES_HOURS  # an unknown time (NaN) does not rule it out
    about_equal = 1.0 / _SERIES_LENGTH <= length_ratio <= _SERIES_LENGTH
    return long_enough and about_equal and jaccard >= _SERIES_JACCARD


def _other_numbers(earlier: str, later: str) -> bool:
    """An update keeps the numbers of the news; tomorrow's market note has others in the same sentences."""
    a, b = set(earlier.split()), set(later.split())
    fewer = min(len(a), len(b))
    return fewer >= 3 and len(a & b) < _SERIES_NUMBERS * fewer
