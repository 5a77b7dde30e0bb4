"""Findings about events: who covered them and who did not, who was first, what was left out, shared text."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.corpus.clock import Clock
from bitext.pipeline.findings.finding import ALPHA, Finding, cut, listed, number, percent

Tables = Mapping[str, pd.DataFrame]

#: Share of the other outlets that must have a story, or carry a statement, for a gap to be worth saying.
MOST = 2 / 3
#: Characters of a headline, and of a statement, within a sentence.
_TITLE, _STATEMENT = 90, 160
_HOUR = 3_600_000_000
#: A gap that shuffled outlets leave as often as this is not told before the counts.
_LIKELY = 0.5


def covered(tables: Tables) -> Iterator[Finding]:
    """Say who is silent on a story that most others have, who alone has one, and what all have."""
    table = tables.get("coverage")
    if table is None or table.empty:
        return
    names, silences = _names(tables["stories"]), 0
    shared: list[npt.NDArray[np.int64]] = []
    # In arrays: there is a row for every story and outlet.
    n, index, outlet = table["n"].to_numpy(), table.index.to_numpy(), table["outlet"].to_numpy(dtype=object)
    away = (table["note"] == "no article in these days").to_numpy(dtype=bool)
    p, q = table["p"].tolist(), table["q"].tolist()
    total = table["outlet"].nunique()
    others = total - 1
    if not others:
        return  # one outlet's stories say nothing of coverage
    # Stories of most articles first.
    for story, places in sorted(_places(table["story"]), key=lambda one: -int(n[one[1]].sum())):
        en, zh = names[story]
        have, none = places[n[places] > 0], places[n[places] == 0]
        if not len(none):
            shared.append(places)
        told = none if others >= 2 and len(have) >= MOST * others else none[:0]
        for row in told.tolist():
            silent = str(outlet[row])
            if away[row]:
                yield Finding(
                    "covered",
                    silent,
                    f"{silent} has no article from the days of {en}, so its silence says nothing.",
                    f"{zh}那几天没有{silent}的文章，缺席说明不了什么。",
                    "cannot tell",
                    "coverage",
                    [index[row]],
                )
                continue
            silences += 1
            all_en = (
                f"the other {number(others)} all did"
                if len(have) == others
                else f"{number(len(have))} of {number(others)} others did"
            )
            all_zh = (
                f"另外{others}家都报道了" if len(have) == others else f"另外{others}家中有{len(have)}家报道了"
            )
            yield Finding(
                "covered",
                silent,
                f"{silent} printed nothing on {en}; {all_en}.",
                f"{zh}，{silent}只字未提，{all_zh}。",
                _strength(q[row]),
                "coverage",
                [*index[have], index[row]],
                value=0.0,
                note=_by_chance(p[row]),
                # That it printed nothing is a count; where most shuffles leave the gap, it is no news.
                told_as="" if p[row] >= _LIKELY else "counted",
            )
        few = len(have) * 3 <= total and not away[none].all()
        if few and len(have) < total:
            who = outlet[have].tolist()
            yield Finding(
                "covered",
                who[0] if len(who) == 1 else "",
                f"Only {listed(who, 'en')} covered {en}.",
                f"只有{listed(who, 'zh')}报道了{zh}。",
                "counted",
                "coverage",
                index[have].tolist(),
                value=float(len(who)),
            )
    if shared:
        stories, count = table["story"].nunique(), len(shared)
        articles = sum(int(n[places].sum()) for places in shared)
        yield Finding(
            "covered",
            "",
            f"All {number(total)} outlets covered {number(count)} of {number(stories)} stories, "
            f"in {articles} articles.",
            f"{stories}个事件中有{count}个由{total}家全部报道，共{articles}篇。",
            "counted",
            "coverage",
            index[np.concatenate(shared)].tolist(),
            value=float(count),
        )
    tested = table["q"].notna()
    if silences and tested.any() and not (table["q"] < ALPHA).any():
        yield Finding(
            "covered",
            "",
            "No gap in coverage is beyond chance, given how much each outlet prints.",
            "按各家发稿量计算，没有哪一处缺席超出偶然。",
            "may be chance",
            "coverage",
            list(table.index[tested]),
            value=float(table.loc[tested, "q"].min()),
        )


def first(tables: Tables) -> Iterator[Finding]:
    """Say who was surely first, and of how many stories nobody can say it."""
    table = tables.get("stories")
    if table is None or table.empty:
        return
    names, known = _names(table), 0
    unknown: list[npt.NDArray[np.int64]] = []
    outlets, index = table["outlet"].to_numpy(dtype=object), table.index.to_numpy()
    leads, clock = table["first"].to_numpy(dtype=bool), Clock.of(table.reset_index(drop=True))
    number_of = {story: len(set(outlets[places])) for story, places in _places(table["story"])}
    # Stories of most outlets first.
    for story, places in sorted(_places(table["story"]), key=lambda one: -number_of[one[0]]):
        if number_of[story] < 2:
            continue
        leader = places[leads[places]]
        if len(set(outlets[leader])) != 1:
            unknown.append(places)
            continue
        known += 1
        outlet = str(outlets[leader[0]])
        rest = places[outlets[places] != outlet]
        hours = float((clock.low[rest].min() - clock.high[leader].min()) / _HOUR)
        nearest = outlets[rest[int(clock.low[rest].argmin())]]
        en, zh = names[story]
        lead_en = f"at least {hours:.0f} hours before {nearest}" if hours >= 1 else f"before {nearest}"
        lead_zh = f"比{nearest}至少早{hours:.0f}小时" if hours >= 1 else f"早于{nearest}"
        yield Finding(
            "first",
            outlet,
            f"{outlet} was first on {en}, {lead_en}.",
            f"{zh}由{outlet}最先报道，{lead_zh}。",
            "counted",
            "stories",
            index[places].tolist(),
            value=hours,
        )
    if not unknown:
        return
    earliest = table.iloc[[int(places[0]) for places in unknown]]
    coarse, blind = earliest["precision"].eq("day"), earliest["instant"].isna()
    why_en = why_zh = ""
    if (coarse | blind).all():
        why_en, why_zh = ": the earliest articles carry a date but no hour", "：最早的文章只有日期，没有时刻"
    else:
        why_en, why_zh = ": the hours in which they can have appeared overlap", "：可能的发稿时间互有重叠"
    count, total = len(unknown), len(unknown) + known
    en = f"any of the {number(count)}" if count == total else f"{number(count)} of {number(total)}"
    zh = f"{count}个事件都" if count == total else f"{total}个事件中有{count}个"
    if count == total == 1:
        en, zh = "the one", "这一事件"
    yield Finding(
        "first",
        "",
        f"Nobody can be named first on {en} {'story' if total == 1 else 'stories'} that several outlets have"
        f"{why_en}.",
        f"多家报道的{zh}无法判断谁最先报道{why_zh}。",
        "cannot tell",
        "stories",
        index[np.concatenate(unknown)].tolist(),
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
    sure = table[
        (table["verdict"] == "omitted")
        & ~table["background"]
        & (table["carriers"] >= 3)
        & (table["peers"] >= MOST * table["peers_total"])
    ]
    wrote_of = stories.groupby(["story", "outlet"]).size().to_dict()
    for index, row in sure.sort_values(["peers", "carriers"], ascending=False, kind="stable").iterrows():
        en, zh = cut(row["en"] or row["zh"], _STATEMENT), cut(row["zh"] or row["en"], _STATEMENT)
        peers, total, outlet = (
            len(says.get(row["statement"], set()) - {row["outlet"]}),
            int(row["peers_total"]),
            row["outlet"],
        )
        if peers < MOST * total:
            continue
        count = int(wrote_of.get((row["story"], outlet), 0))
        wrote_zh = "1篇，" if count == 1 else f"{count}篇，都"
        wrote = "1 article" if count == 1 else f"{count} articles"
        yield Finding(
            "left out",
            outlet,
            f"{_outlets(peers, total)} report: “{en}” {outlet}, with {wrote} on the story, does not.",
            f"{_outlets_zh(peers, total)}写到：“{zh}”{outlet}就此写了{wrote_zh}没有这一句。",
            "counted",
            "omissions",
            [index],
            value=peers / total,
            note="statements are matched by machine: read the nearest sentence of the outlet",
        )


def _names(stories: pd.DataFrame) -> dict[Any, tuple[str, str]]:
    """Return what each story is called in English and in Chinese; a headline stands in quotation marks."""
    rows = stories.drop_duplicates("story").sort_values("story")
    columns = (rows[name].tolist() for name in ("story", "name", "name_en", "name_zh"))
    return {
        story: (f"“{cut(en or name, _TITLE)}”", f"“{cut(zh or name, _TITLE)}”")
        for story, name, en, zh in zip(*columns, strict=True)
    }


def _places(story: pd.Series) -> list[tuple[Any, npt.NDArray[np.int64]]]:
    """Return the stories in order, each with the places of its rows."""
    found: dict[Any, Any] = story.groupby(story.to_numpy()).indices
    return [(name, np.asarray(found[name], dtype=np.int64)) for name in sorted(found)]


def _outlets(peers: int, total: int) -> str:
    if peers == total:
        return f"All {number(total)} other outlets"
    return f"{number(peers).capitalize()} of the {number(total)} other outlets"


def _outlets_zh(peers: int, total: int) -> str:
    return f"另外{total}家都" if peers == total else f"另外{total}家中有{peers}家"


def _strength(q: float) -> str:
    return "counted" if q != q else "beyond chance" if q < ALPHA else "may be chance"


def _by_chance(p: float) -> str:
    """Return p as odds: how often outlets dealt at random leave such a gap."""
    if p != p:
        return ""
    if p < 0.05:
        return "shuffling the outlets gives it less than once in 20"
    if p >= 0.95:
        return "shuffling the outlets gives it nearly every time"
    return f"shuffling the outlets gives it {max(round(10 * p), 1)} times in 10"
