"""Findings about statements: what an outlet left out of a story, and where figures differ."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from bitext.events.coverage import REPORTS
from bitext.events.statements.pairing.features import conflicts
from bitext.pipeline.findings.finding import ALPHA, MOST, Finding, listed, number, percent, quoted
from bitext.pipeline.findings.standing import wording
from bitext.text.quantities import Quantity, quantities

Tables = Mapping[str, pd.DataFrame]

#: Statements surely left out before a rate of leaving out is told.
_SURELY = 5
#: Characters of a statement within a sentence.
_STATEMENT = 160
#: Others that state what an outlet leaves out, at least.
_PEERS = 3
#: Statements that are told, of most peers first, one of a story; the table has all.
_TOLD = 12
#: Share of the middle likeness of a story's articles from which on an outlet's is on it, too.
_AS_ALIKE = 0.7
#: Units of figures that tell when, not how much.
_WHEN = ("date", "calendar_year", "day_of_month", "month_of_year", "hour_of_day", "year")
#: Figures of one thing: the larger at most so many times the smaller, and at least so much beyond rounding.
_ONE_THING, _ROUNDED = 3.0, 1.03
#: "Eight others" and "nine with it" are the same number.
_OTHERS = re.compile(r"其他|其它|其余|其餘|另外|\bother|\banother", re.IGNORECASE)
#: Days by their names: figures of two days are two figures.
_DAYS = re.compile(
    r"""(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]          # 1. Chinese days of the week
    | [今昨明前]日|[今昨明前]天|上周|本周|上週|本週|上个?月|本月   # 2. Chinese days by distance
    | \b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b | \b(?:yesterday|today|tomorrow)\b   # 3. English
    """,
    re.VERBOSE | re.IGNORECASE,
)


def left_out(tables: Tables) -> Iterator[Finding]:
    """Say which outlets leave out more than chance, then which statements of most peers one does not have."""
    rates = tables.get("omission_rates")
    if rates is not None and len(rates):
        # What is unclear everywhere (in the other language, say) tells of the finding of statements alone.
        certain = (rates["q"] < ALPHA) & (rates["omitted"] >= _SURELY)
        for index, row in rates[certain].iterrows():
            more = row["rate"] > row["expected"]
            yield Finding(
                "left out",
                row["outlet"],
                f"{percent(row['rate'])} of what two or more others state was not found in {row['outlet']}; "
                f"by chance it would be {percent(row['expected'])}.",
                f"两家以上别家写到的内容，在{row['outlet']}有{percent(row['rate'])}没有找到，"
                f"{'高' if more else '低'}于偶然所致的{percent(row['expected'])}。",
                "beyond chance",
                "omission_rates",
                [index],
                value=float(row["rate"]),
                low=float(row["low"]),
                high=float(row["high"]),
            )
        if not certain.any():
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
    lacking = table[table["verdict"] == "omitted"].groupby("statement").size().to_dict()
    on_story, told = _on_story(stories), set[Any]()
    for statement, rows in order.groupby("statement", sort=False):
        story = rows["story"].iloc[0]
        if story in told or len(told) == _TOLD:
            continue
        kept = []
        for index, row in rows.iterrows():
            if not on_story.get((story, row["outlet"]), True):
                continue
            peers = len(says.get(statement, set()) - {row["outlet"]})
            if peers >= MOST * int(row["peers_total"]):
                kept.append((index, row, peers, int(wrote_of.get((row["story"], row["outlet"]), 0))))
        texts = _wordings(said, statement, kept[0][1]) if kept else None
        if texts is not None:
            told.add(story)
            # Who neither says it nor surely lacks it may say it in words that were not matched.
            rest = int(kept[0][1]["peers_total"]) + 1 - kept[0][2] - lacking[statement]
            yield _not_said(kept, *texts, at_least=rest > 0)


def _on_story(stories: pd.DataFrame) -> dict[tuple[Any, str], bool]:
    """Say of each outlet on a story whether an article of it is as much on it as those of the others.

    A review of the press within a story says something else, and leaves out what the others state; so does an
    article that hardly reports what the headline of the story says.
    """
    if "similarity" not in stories:
        return {}
    best = stories.groupby(["story", "outlet"])["similarity"].max()
    if "central" in stories:
        reports = stories.groupby(["story", "outlet"])["central"].max() >= REPORTS
        best = best.where(reports, 0.0)
    middle = stories.groupby("story")["similarity"].median()
    least = best.index.get_level_values("story").map(middle.to_dict()).to_numpy() * _AS_ALIKE
    return dict(zip(best.index.tolist(), (~(best.to_numpy() < least)).tolist(), strict=True))


def _wordings(said: pd.DataFrame | None, statement: Any, row: Any) -> tuple[str, str] | None:
    """Return a wording for English and one for Chinese readers, or nothing where none can be read alone."""
    texts = {"en": [row["en"]], "zh": [row["zh"]]}
    if said is not None and len(said):
        clear = said[(said["statement"] == statement) & (said["relation"] == "says")]
        for lang, part in clear.sort_values("score", ascending=False, kind="stable").groupby("lang"):
            texts.setdefault(str(lang), []).extend(part["text"])
    en, zh = (wording(texts[lang], _STATEMENT) for lang in ("en", "zh"))
    return (en or zh, zh or en) if en or zh else None


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


def _not_said(
    kept: list[tuple[Any, Any, int, int]], text_en: str, text_zh: str, *, at_least: bool
) -> Finding:
    """Tell of one statement who of the outlets on its story does not have it."""
    _, row, peers, count = kept[0]
    total = int(row["peers_total"])
    en, zh = quoted(text_en, _STATEMENT), quoted(text_zh, _STATEMENT)
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
    if at_least:
        who_en, who_zh = f"At least {who_en[0].lower()}{who_en[1:]}", who_zh.replace("中有", "中至少有")
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


def disagreement(tables: Tables) -> Iterator[Finding]:
    """Say where two outlets give different figures for one thing on one day.

    That one negates what others state is told too often where none does: see docs/methods/statements.md.
    """
    table, said = tables.get("statement_summary"), tables.get("statements")
    if table is None or said is None or table.empty:
        return
    differ = table[table["disagree"] & ~table["background"] & table["disagreement"].str.contains(" / ")]
    for index, row in differ.iterrows():
        here = said[(said["statement"] == row["statement"]) & (said["relation"] == "says")]
        here = here.drop_duplicates("outlet")
        said_here = list(zip(here["outlet"], here["text"].astype(str), strict=True))
        both = next((pair for pair in combinations(said_here, 2) if _differ(pair[0][1], pair[1][1])), None)
        if both is None:
            continue
        (one, a), (two, b) = both
        a, b = quoted(a, _STATEMENT), quoted(b, _STATEMENT)
        yield Finding(
            "disagreement",
            "",
            f"The numbers differ: {one} has {a}, {two} has {b}.",
            f"数字不一致：{one}写{a}，{two}写{b}。",
            "counted",
            "statement_summary",
            [index],
            value=float(len(here)),
            note="matched by machine: read both",
        )


def _differ(one: str, other: str) -> bool:
    """Say whether two sentences give different figures for one thing, and for the same day.

    Examples:
        >>> _differ("哈尔滨地震造成17人死亡。", "哈尔滨地震造成19人死亡。")
        True
        >>> _differ("周二住院人数达8.7万人。", "周三住院人数达88,000人。")
        False
    """
    if _OTHERS.search(one) or _OTHERS.search(other) or not _same_days(one, other):
        return False
    return any(_of_one_thing(a, b, one, other) for a, b in conflicts(quantities(one), quantities(other)))


def _of_one_thing(a: Quantity, b: Quantity, one: str, other: str) -> bool:
    """Say whether two figures can be of one thing: the only ones of their unit, and of like size."""
    if a.unit in (*_WHEN, "") or min(a.value, b.value) <= 0:
        return False
    alone = all(sum(q.unit == a.unit for q in quantities(text)) == 1 for text in (one, other))
    return alone and _ROUNDED <= max(a.value, b.value) / min(a.value, b.value) <= _ONE_THING


def _same_days(one: str, other: str) -> bool:
    """Say whether two sentences name no different days."""
    named = [{match.group().lower() for match in _DAYS.finditer(text)} for text in (one, other)]
    dates = [{(q.unit, q.value) for q in quantities(text) if q.unit in _WHEN} for text in (one, other)]
    return all(not (a and b) or a == b for a, b in (named, dates))
