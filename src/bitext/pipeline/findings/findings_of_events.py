"""Findings about events: who was first on them, and who came after whom."""

from collections.abc import Iterator, Mapping
from itertools import permutations

import numpy as np
import pandas as pd

from bitext.arrays import Bools, Ints
from bitext.corpus.clock import Clock
from bitext.events.story_table import MAYBE, SURE, leaders
from bitext.pipeline.findings.finding import (
    TITLE,
    Finding,
    number,
    quoted,
    story_names,
)

Tables = Mapping[str, pd.DataFrame]

_HOUR = 3_600_000_000
#: Stories whose first outlet is told, those of most outlets; the table has all.
_STORIES = 12
#: Stories that both outlets must have before one is said to come later on all of them.
_BOTH = 3


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
    places = table.groupby("story").indices
    decided = [story for story in several if story in leader.index]
    of_wire = _of_one_wire(tables.get("duplicates"))
    wired = [story for story in decided if _same_wire(table.iloc[places[story]], of_wire)]
    decided = [story for story in decided if story not in set(wired)]
    if len(decided) > _STORIES:
        yield _most_often(table[table["story"].isin(decided)], leader[decided], len(several))
    for story in decided[:_STORIES]:
        yield _leads(table.iloc[places[story]])
    known = {*decided, *wired}
    unknown = [np.asarray(places[story]) for story in several if story not in known]
    by_time = _led_by_time(table)
    loose = [rows for rows in unknown if by_time[rows].any()]
    if loose:
        yield _too_loose(table, loose, len(several))
    overlapping = [rows for rows in unknown if not by_time[rows].any()]
    if overlapping:
        yield _nobody(table, overlapping, len(several))
    if wired:
        why_en = ": the earliest and the next print one text, which a wire sent both of them"
        why_zh = "：最早与其次的两篇是同一通讯社稿"
        yield _unsaid(table, [np.asarray(places[story]) for story in wired], len(several), why_en, why_zh)


def _of_one_wire(copies: pd.DataFrame | None) -> dict[str, int]:
    """Return the group of copies of each article, of the groups that a wire was sent to."""
    if copies is None or copies.empty:
        return {}
    wires = copies["cluster"].isin(copies.loc[copies["relation"] == "wire", "cluster"])
    return dict(zip(copies.loc[wires, "article"], copies.loc[wires, "cluster"], strict=True))


def _same_wire(rows: pd.DataFrame, of_wire: Mapping[str, int]) -> bool:
    """Say whether the first and the next print the same text of a wire: who set it sooner is no news."""
    if not of_wire:
        return False
    leader, follower = (one["article"].iloc[0] for one in _first_two(_of_the_name(rows)))
    return leader in of_wire and of_wire[leader] == of_wire.get(follower)


def _first_two(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the row of the article that was first, and of the other outlets the earliest one's."""
    leader = rows[rows["first"]]
    rest = rows[rows["outlet"] != leader["outlet"].iloc[0]].reset_index(drop=True)
    earliest = int(Clock.of(rest).low.argmin())
    return leader.reset_index(drop=True), rest.iloc[[earliest]].reset_index(drop=True)


def _of_the_name(table: pd.DataFrame, least: float = SURE) -> pd.DataFrame:
    """Return the articles that surely (or may) report what the article reports that names their story."""
    return table[table["central"] >= least] if "central" in table else table


def _led_by_time(table: pd.DataFrame) -> Bools:
    """Say which articles precede those of all other outlets of their story, whatever they report."""
    story = pd.factorize(table["story"])[0].astype(np.int64)
    every = np.ones(len(table), dtype=bool)
    return leaders(Clock.of(table.reset_index(drop=True)), story, every, every)


def _most_often(table: pd.DataFrame, leader: pd.Series, several: int) -> Finding:
    """Say who was first most often; of the stories it has, since who has more is first on more."""
    counts = leader.value_counts()
    count = int(counts.max())
    outlet = str(counts.index[counts == count].min())
    near = _of_the_name(table)
    has = near.loc[near["outlet"] == outlet, "story"].nunique()
    led = table["story"].isin(leader.index[leader == outlet])
    return Finding(
        "first",
        outlet,
        f"{outlet} was first most often: on {count} of {has} stories it had, where it can be told "
        f"({len(leader)} of {several} stories).",
        f"{outlet}最先报道的次数最多：先后可知的{len(leader)}个事件（共{several}个）中，它报道了{has}个，"
        f"{count}个最先。",
        "counted",
        "stories",
        list(table.index[led]),
        value=float(count),
    )


def _leads(rows: pd.DataFrame) -> Finding:
    rows = _of_the_name(rows)
    if "title" in rows:  # a headline in the other language counts if its article surely reports the same
        here = set(rows["title"].str.strip())
        names = {name: rows[name].where(rows[name].isin(here), "") for name in ("name_en", "name_zh")}
        rows = rows.assign(**names)
    ((en, zh),) = story_names(rows).values()
    on_en, on_zh = f"on {en}", f"{zh}由"
    leader, next_ = _first_two(rows)
    outlet, nearest = str(leader["outlet"].iloc[0]), next_["outlet"].iloc[0]
    if "title" in leader and str(leader["title"].iloc[0] or "").strip():
        # What it was first with is its own news; the story's name may stand over more than that.
        on_en = f"with {quoted(str(leader['title'].iloc[0]), TITLE)}"
        on_zh = f"{quoted(str(leader['title'].iloc[0]), TITLE)}由"
    clock, other = Clock.of(leader), Clock.of(next_)
    hours = float((other.low[0] - clock.high.min()) / _HOUR)
    # "At least": whole hours below; a minute is what a time in minutes leaves open. Minutes are told as such.
    least, minutes = int(hours + 1 / 60), int(60 * hours)
    many = "one hour" if least == 1 else f"{least} hours"
    many_zh = f"{least}小时"
    if not least:
        many, many_zh = f"{minutes} minutes", f"{minutes}分钟"
    short_en, short_zh = ("a minute", "一分钟") if minutes else ("less than a minute", "不到一分钟")
    lead_en = f"at least {many} before {nearest}" if least or minutes > 1 else f"{short_en} before {nearest}"
    lead_zh = f"比{nearest}至少早{many_zh}" if least or minutes > 1 else f"比{nearest}早{short_zh}"
    if {leader["precision"].iloc[0], next_["precision"].iloc[0]} == {"day"}:  # of two dates hours say nothing
        days = round(float((other.low[0] - clock.low.min()) / _HOUR / 24))
        lead_en = f"by its date {'a day' if days == 1 else f'{number(days)} days'} before {nearest}"
        lead_zh = f"按日期比{nearest}早{days}天"
    return Finding(
        "first",
        outlet,
        f"{outlet} was first {on_en}, {lead_en}.",
        f"{on_zh}{outlet}最先报道，{lead_zh}。",
        "counted",
        "stories",
        list(rows.index),
        value=hours,
    )


def _too_loose(table: pd.DataFrame, loose: list[Ints], total: int) -> Finding:
    why_en = "it is not sure that the earliest article and another outlet's report what the headline says"
    why_zh = "不能确定最早的文章与另一家的文章所报道的就是标题所说的事"
    return _unsaid(table, loose, total, f": {why_en}", f"：{why_zh}")


def _nobody(table: pd.DataFrame, unknown: list[Ints], total: int) -> Finding:
    earliest = table.iloc[[int(places[0]) for places in unknown]]
    coarse = earliest["precision"].eq("day").to_numpy()
    dated = (table["date"].notna() | table["instant"].notna()).to_numpy()
    blind = np.array([not dated[places].all() for places in unknown])
    why_en, why_zh = ": the hours in which they can have appeared overlap", "：可能的发稿时间互有重叠"
    if not dated[np.concatenate(unknown)].any():
        why_en, why_zh = ": the articles carry no date", "：文章没有日期"
    elif blind.all():
        why_en, why_zh = ": some of the articles carry no date", "：部分文章没有日期"
    elif (coarse | blind).all():
        why_en, why_zh = ": of the earliest articles only the day is sure", "：最早的文章只有日期可靠"
        if blind.any():
            why_en, why_zh = f"{why_en}, or articles carry no date", f"{why_zh}，或有文章没有日期"
    return _unsaid(table, unknown, total, why_en, why_zh)


def _unsaid(table: pd.DataFrame, stories: list[Ints], total: int, why_en: str, why_zh: str) -> Finding:
    count = len(stories)
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
        list(table.index[np.concatenate(stories)]),
        value=float(count),
    )


def later(tables: Tables) -> Iterator[Finding]:
    """Say which outlet provably came after another on every story that both have, three or more."""
    table = tables.get("stories")
    if table is None or table.empty:
        return
    table = _of_the_name(table, MAYBE)
    clock = Clock.of(table.reset_index(drop=True))
    known = table.assign(low=clock.low, high=clock.high)[clock.known]
    if known["outlet"].nunique() < 2:
        return
    # The first article of an outlet appeared between the least `low` and the least `high` of its articles.
    span = known.groupby(["story", "outlet"], sort=True)[["low", "high"]].min().unstack("outlet")
    for other, outlet in permutations(span["low"].columns, 2):
        both = span["low"][other].notna() & span["low"][outlet].notna()
        after = span["low"][outlet][both] >= span["high"][other][both]
        if both.sum() < _BOTH or not after.all():
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
