"""A scale that Chinese and English share, where there is one.

The same news, translated by people, gives different rates in the two languages. The factor k says how many
times as many hits per 1,000 words English has; the tier says how far the rates of the two go together.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.checked import checked
from bitext.errors import LanguageError, TableError
from bitext.lexicons import loader
from bitext.schema import require
from bitext.stances.measures import PER_THOUSAND, SHARE

#: What the tiers mean.
TIERS = {
    "A": "rates of both languages go together (mean rank correlation at least 0.63)",
    "B": "rates go together loosely (0.40 to 0.63): read differences with care",
    "C": "too rare, or rates do not go together: within one language only",
}
#: Features of which fewer hits than this share are right are left out where only a choice is shown.
SHOWN = 0.8
#: Measures that are shares or balances of their own language's hits.
UNTESTED = "it has not been checked on parallel news"


@cache
def factors() -> dict[tuple[str, str], dict[str, str]]:
    """Return the row of the calibration table for each feature and voice."""
    return {(row["feature"], row["voice"]): row for row in loader.rows("calibration")}


@cache
def readings() -> dict[tuple[str, str], tuple[float, int]]:
    """Return for each feature and language the share of its read hits that are right, and their number."""
    rows = loader.rows("precision")
    return {
        (row["feature"], row["lang"]): (int(row["right"]) / int(row["read"]), int(row["read"]))
        for row in rows
    }


def shown(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Say which rows are shown where a choice is made: not those whose hits are too often wrong.

    A feature that was not read is shown; its `hit_precision` is NaN.
    """
    return ~(table["hit_precision"].to_numpy(dtype=float) < SHOWN)


def calibrated(table: pd.DataFrame) -> pd.DataFrame:
    """Add the columns ``calibrated``, ``tier``, ``hit_precision`` and ``hits_read`` to a table of estimates.

    ``calibrated`` is the value that the same content would have in Chinese: a Chinese rate or share as it is,
    an English one divided by the k of its voice (a share is at most 1). NaN for tier C and for features that
    were never checked; the tier is that of the feature in this voice.
    """
    table = table.copy()
    nothing = {"tier": "", "k": ""}
    keys = zip(table["feature"], table["voice"], strict=True)
    rows = [factors().get(key, nothing) for key in keys]
    tier = [row["tier"] for row in rows]
    k = np.array([float(row["k"] or "nan") for row in rows])
    units = table["unit"].to_numpy() if "unit" in table else np.full(len(table), PER_THOUSAND)
    scaled = table["value"].to_numpy(dtype=float) / np.where(table["lang"] == "en", k, 1.0)
    scaled = np.where(units == SHARE, np.minimum(scaled, 1.0), scaled)
    table["calibrated"] = np.where(np.isin(tier, ("A", "B")), scaled, np.nan)
    table["tier"] = tier
    keys = zip(table["feature"], table["lang"], strict=True)
    known = [readings().get(key, (np.nan, 0)) for key in keys]
    table["hit_precision"] = np.array([share for share, _ in known], dtype=np.float64)
    table["hits_read"] = np.array([count for _, count in known], dtype=np.int64)
    return table


@checked
def rank_groups(
    table: pd.DataFrame, feature: str, *, voice: str | None = None, lang: str | None = None
) -> pd.DataFrame:
    """Rank groups by one feature; across languages only where the feature allows it.

    Args:
        table: what ``bitext.stance(tokens, by=...)`` returned.
        feature: name of the feature.
        voice: "outlet", "source" or "all"; None takes the outlet's, or "all" if it is the only one.
        lang: rank within this language only.

    Returns:
        The rows of *table*, highest first, with a column ``rank`` from 1. With one language they are
        ranked by ``value``, with both by ``calibrated``.

    Raises:
        TableError: no such feature or voice in *table*.
        LanguageError: Chinese and English groups are to be ranked together by a feature of tier C.

    Examples:
        >>> rows = {"outlet": ["A", "B"], "lang": ["zh", "en"], "feature": "outgroup", "voice": "outlet",
        ...         "value": [1.0, 2.0], "calibrated": [float("nan")] * 2}
        >>> rank_groups(pd.DataFrame(rows), "outgroup")
        Traceback (most recent call last):
            ...
        bitext.LanguageError: 'outgroup' in voice 'outlet' cannot be ranked across Chinese and English: ...
    """
    require(table, ("feature", "voice", "lang", "value", "calibrated"), "the table of estimates")
    if feature not in set(table["feature"]):
        raise TableError.unknown("feature", feature, sorted(set(table["feature"])))
    rows = table[table["feature"] == feature]
    voices = list(dict.fromkeys(rows["voice"]))
    wanted = voice or ("outlet" if "outlet" in voices else "all")
    if wanted not in voices:
        raise TableError.unknown("voice", wanted, voices)
    rows = rows[rows["voice"] == wanted]
    if lang is not None:
        if lang not in set(rows["lang"]):
            raise LanguageError.unknown("language", lang, sorted(set(rows["lang"])))
        rows = rows[rows["lang"] == lang]
    column = "value"
    if {"zh", "en"} <= set(rows["lang"]):
        tier = factors().get((feature, wanted), {}).get("tier", "")
        if tier not in ("A", "B"):
            reason = f"tier {tier}, {TIERS[tier]}" if tier else UNTESTED
            raise LanguageError(
                f"{feature!r} in voice {wanted!r} cannot be ranked across Chinese and English: {reason}; "
                "pass lang='zh' or lang='en', or compare the column z within each language"
            )
        column = "calibrated"
    rows = rows.sort_values(column, ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    rows.insert(0, "rank", rows[column].rank(ascending=False, method="min"))
    return rows
