"""Findings that hold two outlets against each other: later, numbers, tone."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, permutations
from math import erfc, sqrt
from typing import Any

import numpy as np
import pandas as pd

from bitext.corpus.clock import Clock
from bitext.pipeline.findings.finding import (
    ALPHA,
    LANGUAGES,
    Finding,
    kind_of_group,
    listed,
    number,
    quoted,
    times,
)
from bitext.stances.calibration import shown
from bitext.statistics.multiple import false_discovery_rate

Tables = Mapping[str, pd.DataFrame]

#: Stories that both outlets must have before one is said to come later on all of them.
_STORIES = 3
#: Signs of tone that a sentence can name: what an outlet does, in English and in Chinese.
_TONE = {
    "hedge": ("hedges (may, reportedly)", "用模糊语（可能、据称）"),
    "booster": ("stresses certainty (clearly, certainly)", "用断定语（显然、必将）"),
    "deontic": ("says what should be done", "说应当如何"),
    "conflict": ("uses words of conflict", "用冲突类词语"),
    "cooperation": ("uses words of cooperation", "用合作类词语"),
    "say_doubting": ("reports with verbs of doubt (claim, allege)", "用存疑动词（声称）转述"),
}
_STATEMENT = 120
#: "Eight others" and "nine with it" are the same number.
_OTHERS = re.compile(r"其他|其它|其余|其餘|另外|\bother|\banother", re.IGNORECASE)


def later(tables: Tables) -> Iterator[Finding]:
    """Say which outlet provably came after another on every story that both have, three or more."""
    table = tables.get("stories")
    if table is None or table.empty:
        return
    clock = Clock.of(table.reset_index(drop=True))
    known = table.assign(low=clock.low, high=clock.high)[clock.known]
    if known["outlet"].nunique() < 2:
        return
    # The first article of an outlet appeared between the least `low` and the least `high` of its articles.
    span = known.groupby(["story", "outlet"], sort=True)[["low", "high"]].min().unstack("outlet")
    for other, outlet in permutations(span["low"].columns, 2):
        both = span["low"][other].notna() & span["low"][outlet].notna()
        after = span["low"][outlet][both] >= span["high"][other][both]
        if both.sum() < _STORIES or not after.all():
            continue
        count = int(both.sum())
        rows = table.index[
            table["story"].isin(list(both[both].index)) & table["outlet"].isin((outlet, other))
        ]
        yield Finding(
            "first",
            outlet,
            f"{outlet} came after {other} on all {number(count)} stories that both covered.",
            f"两家都报道的{count}个事件，{outlet}都晚于{other}。",
            "counted",
            "stories",
            list(rows),
            value=float(count),
            # After who was first: it is the lesser answer to the same question.
            told_as="may be chance",
        )


def disagreement(tables: Tables) -> Iterator[Finding]:
    """Say where outlets give different numbers for one thing."""
    table, said = tables.get("statement_summary"), tables.get("statements")
    if table is None or said is None or table.empty:
        return
    # That one negates what others state is told too often where none does: see docs/methods/statements.md.
    figures = ~table["disagreement"].isin(("negated", "denied", "doubted"))
    differ = table[table["disagree"] & ~table["background"] & figures]
    for index, row in differ.iterrows():
        here = said[(said["statement"] == row["statement"]) & (said["relation"] == "says")]
        here = here.drop_duplicates("outlet")
        if len(here) < 2 or here["text"].str.contains(_OTHERS).any():
            continue
        one, two = here.iloc[0], here.iloc[1]
        a, b = quoted(one["text"], _STATEMENT), quoted(two["text"], _STATEMENT)
        yield Finding(
            "disagreement",
            "",
            f"The numbers differ: {one['outlet']} has {a}, {two['outlet']} has {b}.",
            f"数字不一致：{one['outlet']}写{a}，{two['outlet']}写{b}。",
            "counted",
            "statement_summary",
            [index],
            value=float(len(here)),
            note="matched by machine: read both",
        )


def tone(tables: Tables, by: str) -> Iterator[Finding]:
    """Say which of two groups of one language has more of a sign of tone in its own words."""
    table = tables.get("stance")
    if table is None or table.empty or by not in table:
        return
    group_en, groups_zh = kind_of_group(by)
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
            each = "每家" if by == "outlet" else "每组"
            yield Finding(
                "tone",
                "",
                f"Tone: too few articles to say ({many} for each {group_en}).",
                f"语气：文章太少，不作判断（{each}{many.replace(' to ', '至')}篇）。",
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
        en, zh = _TONE[str(one["feature"])]
        ratio = times(float(one["value"] / two["value"]))
        yield Finding(
            "tone",
            str(one[by]),
            f"{one[by]} {en} {ratio} times as often as {two[by]}, in its own words.",
            f"{one[by]}在自己的话里{zh}，是{two[by]}的{ratio}倍。",
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
            f"No difference of tone between {group_en}s in {listed([en for en, _ in languages], 'en')} "
            "is beyond chance.",
            f"{listed([zh for _, zh in languages], 'zh')}{groups_zh}之间，语气没有超出偶然的差别。",
            "may be chance",
            "stance",
            list(steady.index[:24]),
            value=float(np.nanmin(p)),
        )
