"""Findings about events: who was first on them, and what was left out."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from bitext.arrays import Ints
from bitext.corpus.clock import Clock
from bitext.pipeline.findings.finding import (
    ALPHA,
    MOST,
    Finding,
    listed,
    number,
    percent,
    quoted,
    story_names,
)

Tables = Mapping[str, pd.DataFrame]

#: Characters of a statement within a sentence.
_STATEMENT = 160
_HOUR = 3_600_000_000
#: Others that state what an outlet leaves out, at least.
_PEERS = 3
#: Stories whose first outlet is told, those of most outlets; the table has all.
_STORIES = 12


def first(tables: Tables) -> Iterator[Finding]:
    """Say who was surely first, and of how many stories nobody can say it."""
    table = tables.get("stories")
    if table is None or table.empty:
        return
    leaders = table[table["first"]].groupby("story")["outlet"].agg(["nunique", "first"])
    leader = leaders.loc[leaders["nunique"] == 1, "first"]
    outlets = table.groupby("story", sort=True)["outlet"].nunique()
    # Stories of most outlets first.
    several = outlets[outlets > 1].sort_values(ascending=False, kind="stable").index
    decided = [story for story in several if story in leader.index]
    places = table.groupby("story").indices
    if len(decided) > _STORIES:
        yield _most_often(table[table["story"].isin(decided)], leader[decided], len(several))
    names = story_names(table)
    for story in decided[:_STORIES]:
        yield _leads(table.iloc[places[story]], *names[story])
    unknown = [np.asarray(places[story]) for story in several if story not in leader.index]
    if unknown:
        yield _nobody(table, unknown, len(several))


def _most_often(table: pd.DataFrame, leader: pd.Series, several: int) -> Finding:
    """Say who was first most often; of the stories it has, since who has more is first on more."""
    counts = leader.value_counts()
    count = int(counts.max())
    outlet = str(counts.index[counts == count].min())
    has = table.loc[table["outlet"] == outlet, "story"].nunique()
    led = table["story"].isin(leader.index[leader == outlet])
    return Finding(
        "first",
        outlet,
        f"{outlet} was first most often: on {count} of {has} stories it had, where the hours tell "
        f"({len(leader)} of {several} stories).",
        f"{outlet}最先报道的次数最多：先后可知的{len(leader)}个事件（共{several}个）中，它报道了{has}个，"
        f"{count}个最先。",
        "counted",
        "stories",
        list(table.index[led]),
        value=float(count),
    )


def _leads(rows: pd.DataFrame, en: str, zh: str) -> Finding:
    leader = rows[rows["first"]]
    outlet = str(leader["outlet"].iloc[0])
    rest = rows[rows["outlet"] != outlet]
    clock, others = Clock.of(leader.reset_index()), Clock.of(rest.reset_index())
    hours = float((others.low.min() - clock.high.min()) / _HOUR)
    nearest = rest["outlet"].iloc[int(others.low.argmin())]
    # "At least": whole hours below; a minute is what a time in minutes leaves open.
    least = int(hours + 1 / 60)
    many = "one hour" if least == 1 else f"{least} hours"
    lead_en = f"at least {many} before {nearest}" if least else f"before {nearest}"
    lead_zh = f"比{nearest}至少早{least}小时" if least else f"早于{nearest}"
    return Finding(
        "first",
        outlet,
        f"{outlet} was first on {en}, {lead_en}.",
        f"{zh}由{outlet}最先报道，{lead_zh}。",
        "counted",
        "stories",
        list(rows.index),
        value=hours,
    )


def _nobody(table: pd.DataFrame, unknown: list[Ints], total: int) -> Finding:
    earliest = table.iloc[[int(places[0]) for places in unknown]]
    coarse, blind = earliest["precision"].eq("day"), earliest["date"].isna() & earliest["instant"].isna()
    why_en, why_zh = ": the hours in which they can have appeared overlap", "：可能的发稿时间互有重叠"
    if blind.all():
        why_en, why_zh = ": the articles carry no date", "：文章没有日期"
    elif (coarse | blind).all():
        why_en, why_zh = ": the earliest articles carry a date but no hour", "：最早的文章只有日期，没有时刻"
        if blind.any():
            why_en, why_zh = f"{why_en}, or no date", f"{why_zh}，或没有日期"
    count = len(unknown)
    en = f"any of the {number(count)}" if count == total else f"{number(count)} of {number(total)}"
    zh = f"{count}个事件都" if count == total else f"{total}个事件中有{count}个"
    if count == total == 1:
        en, zh = "the one", "这一事件"
    return Finding(
        "first",
        "",
        f"Nobody can be named first on {en} {'story' if total == 1 else 'stories'} that several outlets have"
        f"{why_en}.",
        f"多家报道的{zh}无法判断谁最先报道{why_zh}。",
        "cannot tell",
        "stories",
        list(table.index[np.concatenate(unknown)]),
        value=float(count),
    )


def left_out(tables: Tables) -> Iterator[Finding]:
    """Say which outlets leave out more than chance, then which statements of most peers one does not have."""
    rates = tables.get("omission_rates")
    if rates is not None and len(rates):
        for index, row in rates[rates["q"] < ALPHA].iterrows():
            more = row["rate"] > row["expected"]
            yield Finding(
                "left out",
                row["outlet"],
                f"{row['outlet']} leaves out {percent(row['rate'])} of what two or more others state; "
                f"by chance it would be {percent(row['expected'])}.",
                f"两家以上别家写到的内容，{row['outlet']}有{percent(row['rate'])}没有写，"
                f"{'高' if more else '低'}于偶然所致的{percent(row['expected'])}。",
                "beyond chance",
                "omission_rates",
                [index],
                value=float(row["rate"]),
                low=float(row["low"]),
                high=float(row["high"]),
            )
        if not (rates["q"] < ALPHA).any():
            tested = rates["q"].notna()
            en = "No outlet leaves out more of what others state than chance would have it."
            zh = "没有哪一家漏写的内容超出偶然。"
            if not tested.any():
                en = "Whether an outlet leaves out more than others cannot be said: too few stories."
                zh = "事件太少，不能判断哪一家漏写得更多。"
            strength = "may be chance" if tested.any() else "too few to tell"
            yield Finding("left out", "", en, zh, strength, "omission_rates", list(rates.index))
    table, stories = tables.get("omissions"), tables.get("stories")
    if table is None or table.empty or stories is None:
        return
    # Others *say* it: what only carries a part of it may say something else.
    said = tables.get("statements")
    says: dict[Any, set[str]] = {}
    if said is not None and len(said):
        clear = said[said["relation"] == "says"]
        says = clear.groupby("statement")["outlet"].agg(set).to_dict()
    table = table[_told_alike(table, said, tables.get("statement_summary"))]
    sure = table[
        (table["verdict"] == "omitted")
        & ~table["background"]
        & (table["carriers"] >= _PEERS)
        & (table["peers"] >= MOST * table["peers_total"])
    ]
    wrote_of = stories.groupby(["story", "outlet"]).size().to_dict()
    order = sure.sort_values(["peers", "carriers"], ascending=False, kind="stable")
    for statement, rows in order.groupby("statement", sort=False):
        kept = []
        for index, row in rows.iterrows():
            peers = len(says.get(statement, set()) - {row["outlet"]})
            if peers >= MOST * int(row["peers_total"]):
                kept.append((index, row, peers, int(wrote_of.get((row["story"], row["outlet"]), 0))))
        if kept:
            yield _not_said(kept)


def _told_alike(table: pd.DataFrame, said: pd.DataFrame | None, summary: pd.DataFrame | None) -> pd.Series:
    """Say which statements most peers make in one language, or with a figure.

    Of sentences of two languages that a name alone connects too many state different things.
    """
    figured = set() if summary is None else set(summary.loc[summary["figures"] != "", "statement"])
    alike = set[Any]()
    if said is not None and len(said):
        clear = said[said["relation"] == "says"]
        outlets = clear.groupby(["statement", "lang"])["outlet"].nunique()
        alike = set(outlets[outlets >= _PEERS].index.get_level_values("statement"))
    return table["statement"].isin(figured | alike)


def _not_said(kept: list[tuple[Any, Any, int, int]]) -> Finding:
    """Tell of one statement who of the outlets on its story does not have it."""
    _, row, peers, count = kept[0]
    total = int(row["peers_total"])
    en, zh = quoted(row["en"] or row["zh"], _STATEMENT), quoted(row["zh"] or row["en"], _STATEMENT)
    if len(kept) == 1:
        outlet = row["outlet"]
        who_en, who_zh = _outlets(peers, total), _outlets_zh(peers, total)
        wrote = "1 article" if count == 1 else f"{count} articles"
        wrote_zh = "1篇，" if count == 1 else f"{count}篇，都"
        not_en = f"{outlet}, with {wrote} on the story, does not."
        not_zh = f"{outlet}就此写了{wrote_zh}没有这一句。"
    else:
        outlet = ""
        who_en = f"{number(peers).capitalize()} of the {number(total + 1)} outlets on the story"
        who_zh = f"报道此事的{total + 1}家中有{peers}家"
        not_en = (
            listed([_with_count(row["outlet"], count, "en") for _, row, _, count in kept], "en") + " do not."
        )
        not_zh = (
            listed([_with_count(row["outlet"], count, "zh") for _, row, _, count in kept], "zh")
            + "没有这一句。"
        )
    return Finding(
        "left out",
        outlet,
        f"{who_en} report: {en} {not_en}",
        f"{who_zh}写到：{zh}{not_zh}",
        "counted",
        "omissions",
        [index for index, *_ in kept],
        value=peers / total,
        note="statements are matched by machine: read the nearest sentence of the outlet",
    )


def _with_count(outlet: str, count: int, lang: str) -> str:
    if lang == "zh":
        return f"{outlet}（{count}篇）"
    return f"{outlet} ({count} article{'s' if count > 1 else ''})"


def _outlets(peers: int, total: int) -> str:
    if peers == total:
        return "Both other outlets" if total == 2 else f"All {number(total)} other outlets"
    return f"{number(peers).capitalize()} of the {number(total)} other outlets"


def _outlets_zh(peers: int, total: int) -> str:
    return f"另外{'两' if total == 2 else total}家都" if peers == total else f"另外{total}家中有{peers}家"
