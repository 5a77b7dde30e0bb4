"""Findings about events: who covered them and who did not, who was first, what was left out, shared text."""

from collections.abc import Iterator, Mapping
from typing import Any

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
    names, shared, silences = _names(tables["stories"]), [], 0
    total = table["outlet"].nunique()
    # Stories of most articles first.
    for story, rows in sorted(table.groupby("story", sort=True), key=lambda one: -int(one[1]["n"].sum())):
        en, zh = names[story]
        have, none = rows[rows["n"] > 0], rows[rows["n"] == 0]
        if none.empty:
            shared.append((story, rows))
        for index, row in none.iterrows():
            others = total - 1
            if others < 2 or len(have) < MOST * others:
                continue
            if row["note"] == "no article in these days":
                yield Finding(
                    "covered",
                    row["outlet"],
                    f"{row['outlet']} has no article from the days of {en}, so its silence says nothing.",
                    f"{zh}那几天没有{row['outlet']}的文章，缺席说明不了什么。",
                    "cannot tell",
                    "coverage",
                    [index],
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
                row["outlet"],
                f"{row['outlet']} printed nothing on {en}; {all_en}.",
                f"{zh}，{row['outlet']}只字未提，{all_zh}。",
                _strength(row["q"]),
                "coverage",
                [*have.index, index],
                value=0.0,
                note=_by_chance(row["p"]),
                # That it printed nothing is a count; where most shuffles leave the gap, it is no news.
                told_as="" if row["p"] >= _LIKELY else "counted",
            )
        few = len(have) * 3 <= total and none["note"].ne("no article in these days").any()
        if few and len(have) < total:
            who = have["outlet"].tolist()
            yield Finding(
                "covered",
                who[0] if len(who) == 1 else "",
                f"Only {listed(who, 'en')} covered {en}.",
                f"只有{listed(who, 'zh')}报道了{zh}。",
                "counted",
                "coverage",
                list(have.index),
                value=float(len(who)),
            )
    if shared:
        stories, count = table["story"].nunique(), len(shared)
        articles = sum(int(rows["n"].sum()) for _, rows in shared)
        yield Finding(
            "covered",
            "",
            f"All {number(total)} outlets covered {number(count)} of {number(stories)} stories, "
            f"in {articles} articles.",
            f"{stories}个事件中有{count}个由{total}家全部报道，共{articles}篇。",
            "counted",
            "coverage",
            [index for _, rows in shared for index in rows.index],
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
    names, unknown, known = _names(table), [], 0
    # Stories of most outlets first.
    for story, rows in sorted(table.groupby("story", sort=True), key=lambda one: -one[1]["outlet"].nunique()):
        if rows["outlet"].nunique() < 2:
            continue
        leader = rows[rows["first"]]
        if leader["outlet"].nunique() != 1:
            unknown.append(rows)
            continue
        known += 1
        outlet = str(leader["outlet"].iloc[0])
        rest = rows[rows["outlet"] != outlet]
        clock, others = Clock.of(leader.reset_index()), Clock.of(rest.reset_index())
        hours = float((others.low.min() - clock.high.min()) / _HOUR)
        nearest = rest["outlet"].iloc[int(others.low.argmin())]
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
            list(rows.index),
            value=hours,
        )
    if not unknown:
        return
    earliest = pd.concat([rows.head(1) for rows in unknown])
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
        [index for rows in unknown for index in rows.index],
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
    for index, row in sure.sort_values(["peers", "carriers"], ascending=False, kind="stable").iterrows():
        en, zh = cut(row["en"] or row["zh"], _STATEMENT), cut(row["zh"] or row["en"], _STATEMENT)
        peers, total, outlet = (
            len(says.get(row["statement"], set()) - {row["outlet"]}),
            int(row["peers_total"]),
            row["outlet"],
        )
        if peers < MOST * total:
            continue
        count = int(((stories["story"] == row["story"]) & (stories["outlet"] == outlet)).sum())
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
    found = {}
    for story, rows in stories.groupby("story", sort=True):
        row = rows.iloc[0]
        en, zh = (cut(row[name] or row["name"], _TITLE) for name in ("name_en", "name_zh"))
        found[story] = f"“{en}”", f"“{zh}”"
    return found


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
