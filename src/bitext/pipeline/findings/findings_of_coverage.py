"""Findings about coverage: who printed nothing on a story, who alone has one, and what all have."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from bitext.events.coverage import INACTIVE
from bitext.events.series import series
from bitext.pipeline.findings.finding import ALPHA, MOST, UNNAMED, Finding, listed, number, story_names
from bitext.pipeline.findings.group_names import GroupNames
from bitext.schema import NO_GROUP
from bitext.tokens.grouping import PERIODS

Tables = Mapping[str, pd.DataFrame]

#: A gap that shuffled outlets leave as often as this is not told before the counts.
_LIKELY = 0.5
#: With more stories than this only those are told that others would be expected to have.
_MANY = 12
#: Articles that the outlets without a story would have printed on it at their usual rate: below this, with
#: many stories, that they have none is no news. A count of 3 is 0 in one case of twenty.
_EXPECTED = 3.0
#: Gaps and stories of few outlets that are told where there are many; the table has all.
_TOLD = 12
#: An article this near to a story (1: as near as its own ones to each other) may be on it, or speaks of it:
#: its outlet is not called silent. Set on the 75 silences of a real month; of those below none was wrong.
NEAR = 0.35
#: Fewer articles of an outlet from a story's days are a caution, not a measure of its silence.
_FEW_READ = 5
_DIGITS = re.compile(r"[\d.]+|[升贬涨跌]")


def covered(tables: Tables) -> Iterator[Finding]:
    """Say who is silent on a story that most others have, who alone has one, and what all have."""
    table = tables.get("coverage")
    if table is None or table.empty:
        return
    names, total = story_names(tables["stories"]), table["outlet"].nunique()
    whole = table = _reporting(table)
    # An outlet's own column is no event that others could have covered.
    table = table[~table["story"].isin(series(tables["stories"]))]
    if total < 2 or table.empty:
        return  # one outlet's stories say nothing of coverage
    places: dict[Any, Any] = table.groupby("story").indices
    size = table.groupby("story", sort=True)["reports"].agg(lambda n: int((n > 0).sum()))
    # An outlet with articles on another side of the story neither has what the headline says nor lacks it.
    beside = ((table["n"] > 0) & (table["reports"] == 0)).groupby(table["story"]).any()
    # Stories of most articles first.
    order = table.groupby("story", sort=True)["n"].sum().sort_values(ascending=False, kind="stable").index
    many = len(order) > _MANY
    silences = [
        found
        for story in order
        if MOST * (total - 1) <= size[story] < total and names[story] != UNNAMED
        for found in _silences(table.iloc[places[story]], *names[story], total)
    ]
    if many:
        yield _shared_by(whole, names, total)
        silences = sorted(silences, key=lambda one: one.p)[:_TOLD]
    yield from (one.finding for one in silences)
    away = (table["n"] == 0) & (table["note"] != INACTIVE)
    awaited = table["expected"].where(away, 0.0).groupby(table["story"]).sum()
    few = [
        story
        for story in order
        if size[story] * 3 <= total
        and not beside[story]
        and names[story] != UNNAMED
        and not (many and awaited[story] < _EXPECTED)
        and not _near(table.iloc[places[story]]).any()
        and not _own_product(table.iloc[places[story]], names[story])
    ]
    if many:
        few = sorted(few, key=lambda story: -awaited[story])[:_TOLD]
    # Of a series (the rate of Monday, of Tuesday) one.
    few = list({_DIGITS.sub("", names[story][1]): story for story in reversed(few)}.values())[::-1]
    for story in few:
        yield from _few(table.iloc[places[story]], *names[story])
    shared = [table.iloc[places[story]] for story in order if size[story] == total]
    if shared and not many:
        yield _of_all(shared, whole["story"].nunique(), total)
    tested = table["q"].notna()
    if any(one.finding.strength != "cannot tell" for one in silences) and not (table["q"] < ALPHA).any():
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


def one_group(tables: Tables, by: str) -> Iterator[Finding]:
    """Say that there is one group only, where nothing can be compared."""
    table = tables.get("groups")
    if table is None or len(table) != 1:
        return
    called = GroupNames(by)
    en, zh = (
        f"There is one {called.one} only",
        f"只有一{called.measure}{called.noun if called.writes else ''}",
    )
    if table[by].iloc[0] == NO_GROUP:
        en, zh = f"No article names its {called.one}", f"文章都没有注明{called.noun}"
        if by in PERIODS:
            en, zh = "No article has a date", "文章都没有日期"
    yield Finding(
        "covered",
        str(table[by].iloc[0]),
        f"{en}: nothing to compare it with.",
        f"{zh}，没有可以比较的对象。",
        "cannot tell",
        "groups",
        list(table.index),
    )


def _reporting(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table of coverage with `reports`; where it has none, every article counts."""
    return table if "reports" in table else table.assign(reports=table["n"])


class _Silence(NamedTuple):
    """A gap in coverage, and how often chance leaves it."""

    finding: Finding
    p: float


def _near(rows: pd.DataFrame) -> pd.Series:
    """Say of which silent outlets an article may be on the story after all."""
    if "nearest_score" not in rows:
        return pd.Series(False, index=rows.index)
    return (rows["n"] == 0) & (rows["nearest_score"] >= NEAR)


def _own_product(rows: pd.DataFrame, names: tuple[str, str]) -> bool:
    """Say whether a headline names an outlet that has it: what 路透测算 finds is nobody else's news."""
    outlets = {str(outlet) for outlet in rows.loc[rows["n"] > 0, "outlet"]} - {""}
    edges = {outlet: r"\b" if outlet.isascii() else "" for outlet in outlets}
    return any(
        re.search(f"{edge}{re.escape(outlet)}{edge}", name)
        for outlet, edge in edges.items()
        for name in names
    )


def _silences(rows: pd.DataFrame, en: str, zh: str, total: int) -> Iterator[_Silence]:
    have, none, others = rows[rows["reports"] > 0], rows[(rows["n"] == 0) & ~_near(rows)], total - 1
    if others < 2:
        return
    for index, row in none.iterrows():
        outlet = row["outlet"]
        if row["note"] == INACTIVE:
            finding = Finding(
                "covered",
                outlet,
                f"{outlet} has no article from the days of {en}, so its silence says nothing.",
                f"{zh}那几天没有{outlet}的文章，缺席说明不了什么。",
                "cannot tell",
                "coverage",
                [index],
            )
            yield _Silence(finding, 1.0)
            continue
        all_en, all_zh = f"the other {number(others)} all did", f"另外{others}家都报道了"
        if len(have) < others:
            all_en = f"{number(len(have))} of {number(others)} others did"
            all_zh = f"另外{others}家中有{len(have)}家报道了"
        # What was read of the outlet in these days is what it is silent in.
        read = int(row["volume"]) if "volume" in row and row["volume"] == row["volume"] else 0
        of_en, of_zh, note = "", "", _by_chance(row["p"])
        if read >= _FEW_READ:
            of_en, of_zh = f" in its {read} articles of these days", f"这几天的{read}篇"
        elif read:
            note = f"only {read} article{'s' if read > 1 else ''} of these days"
        finding = Finding(
            "covered",
            outlet,
            f"{outlet} printed nothing on {en}{of_en}; {all_en}.",
            f"{zh}，{outlet}{of_zh}只字未提，{all_zh}。",
            _strength(row["q"]),
            "coverage",
            [*have.index, index],
            value=0.0,
            note=note,
            # That it printed nothing is a count; where most shuffles leave the gap, it is no news.
            told_as="" if row["p"] >= _LIKELY else "counted",
        )
        yield _Silence(finding, 1.0 if row["p"] != row["p"] else float(row["p"]))


def _few(rows: pd.DataFrame, en: str, zh: str) -> Iterator[Finding]:
    have, active = rows[rows["reports"] > 0], rows[(rows["n"] == 0) & (rows["note"] != INACTIVE)]
    if active.empty:
        return
    who, inactive = have["outlet"].tolist(), len(rows) - len(have) - len(active)
    but_en = f", of {number(len(rows) - inactive)} that printed in these days" if inactive else ""
    but_zh = f"这几天有文章的{len(rows) - inactive}家中，" if inactive else ""
    yield Finding(
        "covered",
        who[0] if len(who) == 1 else "",
        f"Only {listed(who, 'en')} covered {en}{but_en}.",
        f"{but_zh}只有{listed(who, 'zh')}报道了{zh}。",
        "counted",
        "coverage",
        list(have.index),
        value=float(len(who)),
    )


def _shared_by(table: pd.DataFrame, names: Mapping[Any, tuple[str, str]], total: int) -> Finding:
    """Say how far stories are shared at all: what a gap is to be held against."""
    alone = int((table[table["n"] > 0].groupby("story")["outlet"].nunique() == 1).sum())
    stories = table["story"].nunique()
    outlets = table[table["reports"] > 0].groupby("story", sort=True)["outlet"].nunique()
    widest = outlets.idxmax()
    en, zh = names[widest]
    count = "all" if outlets.max() == total else number(int(outlets.max()))
    few = f"{number(alone)} {'is' if alone == 1 else 'are'}"
    return Finding(
        "covered",
        "",
        f"Of {stories} stories in {number(total)} outlets, {few} in one outlet only; the one in most "
        f"outlets, {en}, is in {count}.",
        f"{total}家共{stories}个事件，{alone}个只见于一家；见于最多家的是{zh}，{outlets.max()}家。",
        "counted",
        "coverage",
        list(table.index[(table["story"] == widest) & (table["reports"] > 0)]),
        value=float(alone),
    )


def _of_all(shared: list[pd.DataFrame], stories: int, total: int) -> Finding:
    count, articles = len(shared), sum(int(rows["n"].sum()) for rows in shared)
    who_en, who_zh = ("Both", "两家") if total == 2 else (f"All {number(total)}", f"{total}家")
    what_en = f"{number(count)} of {number(stories)} stories"
    zh = f"{stories}个事件中有{count}个由{who_zh}全部报道"
    if count == stories:
        all_en, all_zh = f"all {number(stories)} stories", f"全部{stories}个事件"
        special = {1: ("the one story", "这一事件"), 2: ("both stories", "这两个事件")}
        what_en, what_zh = special.get(stories, (all_en, all_zh))
        zh = f"{who_zh}都报道了{what_zh}"
    elif total == 2:
        zh = f"{stories}个事件中有{count}个两家都报道了"
    return Finding(
        "covered",
        "",
        f"{who_en} outlets covered {what_en}, in {articles} articles.",
        f"{zh}，共{articles}篇。",
        "counted",
        "coverage",
        [index for rows in shared for index in rows.index],
        value=float(count),
    )


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
