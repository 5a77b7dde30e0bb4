"""Findings about tone: which of two groups has more of a sign of it in its own words."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import erfc, sqrt
from typing import Any

import numpy as np
import pandas as pd

from bitext.pipeline.findings.finding import (
    ALPHA,
    LANGUAGES,
    Finding,
    listed,
    times,
)
from bitext.pipeline.findings.group_names import GroupNames
from bitext.stances.calibration import shown
from bitext.statistics.multiple import false_discovery_rate

Tables = Mapping[str, pd.DataFrame]

#: Signs of tone that a sentence can name: what an outlet does, what there is in a week, and in Chinese.
_TONE = {
    "hedge": ("hedges (may, reportedly)", "hedging (may, reportedly)", "用模糊语（可能、据称）"),
    "booster": (
        "stresses certainty (clearly, certainly)",
        "stress on certainty (clearly, certainly)",
        "用断定语（显然、必将）",
    ),
    "deontic": ("says what should be done", "talk of what should be done", "说应当如何"),
    "conflict": ("uses words of conflict", "language of conflict", "用冲突类词语"),
    "cooperation": ("uses words of cooperation", "language of cooperation", "用合作类词语"),
    "say_doubting": (
        "reports with verbs of doubt (claim, allege)",
        "reporting with verbs of doubt (claim, allege)",
        "用存疑动词（声称）转述",
    ),
}


def tone(tables: Tables, by: str) -> Iterator[Finding]:
    """Say which of two groups of one language has more of a sign of tone in its own words."""
    table = tables.get("stance")
    if table is None or table.empty or by not in table:
        return
    called = GroupNames(by)
    own = table[(table["voice"] == "outlet") & table["feature"].isin(_TONE) & shown(table)]
    steady = own[own["stable"] & own["se"].gt(0) & own["value"].gt(0)]
    pairs: list[tuple[Any, Any]] = []
    for _, rows in steady.groupby(["lang", "feature"], sort=False):
        pairs += combinations(rows.index, 2)
    if not pairs:
        if (own.groupby("lang")[by].nunique() > 1).any():
            sizes = own.groupby(by)["group_size"].max()
            least, most = int(sizes.min()), int(sizes.max())
            many = f"{least}" if least == most else f"{least} to {most}"
            yield Finding(
                "tone",
                "",
                f"Tone: too few articles to say ({many} for each {called.one}).",
                f"语气：文章太少，不作判断（{called.each}{many.replace(' to ', '至')}篇）。",
                "too few to tell",
                "stance",
                list(own.index[:12]),
            )
        return
    a, b = (steady.loc[[pair[side] for pair in pairs]] for side in (0, 1))
    difference = a["value"].to_numpy(float) - b["value"].to_numpy(float)
    error = np.hypot(a["se"].to_numpy(float), b["se"].to_numpy(float))
    p = np.array([erfc(abs(z) / sqrt(2)) for z in difference / error])
    told: set[tuple[str, str]] = set()
    for (left, right), q in sorted(zip(pairs, false_discovery_rate(p), strict=True), key=lambda one: one[1]):
        more, less = sorted((left, right), key=lambda index: -steady.loc[index, "value"])
        one, two = steady.loc[more], steady.loc[less]
        if q >= ALPHA:
            break
        # Of each sign the clearest difference.
        if (str(one["lang"]), str(one["feature"])) in told:
            continue
        told.add((str(one["lang"]), str(one["feature"])))
        does, there_is, zh = _TONE[str(one["feature"])]
        ratio = times(float(one["value"] / two["value"]))
        first, second = called.en(str(one[by])), called.en(str(two[by]))
        en = f"{first} {does} {ratio} times as often as {second}, in its own words."
        if not called.writes:
            en = f"In {first} there is {ratio} times as much {there_is} as in {second}, quotations aside."
        yield Finding(
            "tone",
            str(one[by]),
            en,
            f"{called.zh(str(one[by]))}在自己的话里{zh}，是{called.zh(str(two[by]))}的{ratio}倍。",
            "beyond chance",
            "stance",
            [more, less],
            value=float(one["value"] / two["value"]),
            note="p from both intervals, corrected over all pairs and signs",
        )
    if not told:
        languages = [LANGUAGES[str(lang)] for lang in steady["lang"].unique() if str(lang) in LANGUAGES]
        yield Finding(
            "tone",
            "",
            f"No difference of tone between {called.one}s in {listed([en for en, _ in languages], 'en')} "
            "is beyond chance.",
            f"{called.between(listed([zh for _, zh in languages], 'zh'))}，语气没有超出偶然的差别。",
            "may be chance",
            "stance",
            list(steady.index[:24]),
            value=float(np.nanmin(p)),
        )
