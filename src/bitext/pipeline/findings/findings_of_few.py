"""Findings of a handful of articles, where nothing can be tested: what can be counted of each."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any

import pandas as pd

from bitext.names.called import called
from bitext.names.choices import REGIONAL
from bitext.pipeline.findings.finding import Finding, listed, number, percent
from bitext.pipeline.findings.findings_of_names import printed_most
from bitext.pipeline.findings.group_names import GroupNames
from bitext.schema import NO_GROUP

Tables = Mapping[str, pd.DataFrame]

#: A group of fewer articles is a handful: tests need five.
_FEW = 5
#: Attributions that make a source worth naming, and the share of unnamed sources worth a sentence.
_QUOTED, _UNNAMED = 2, 0.2
#: Mentions of a thing that both groups must have, names told, and how often one must use its name, of all.
_MENTIONS, _NAMES, _TWICE, _SHARE = 4, 3, 2, 0.25
#: Words of a group that are told, and how often it must write them.
_WORDS, _WRITTEN = 3, 4


def few(tables: Tables, by: str) -> Iterator[Finding]:
    """Say of groups of fewer than five articles whom they quote most, what they call things and write."""
    groups = tables.get("groups")
    if (
        groups is None
        or not {by, "articles", "first_date"} <= set(groups)
        or groups["articles"].max() >= _FEW
    ):
        return
    names = GroupNames(by)
    yield from _unknown(tables, groups, names)
    yield from _quoted_most(tables, names)
    yield from _named(tables, names)
    yield from _written_most(tables, names)


def _unknown(tables: Tables, groups: pd.DataFrame, names: GroupNames) -> Iterator[Finding]:
    """Say how many articles have no group, and how many no date."""
    total = int(groups["articles"].sum())
    without = groups[groups[names.by] == NO_GROUP]
    told = [
        ("covered", int(without["articles"].sum()), without, f"names no {names.one}", f"没有注明{names.noun}")
    ]
    articles = tables.get("articles")
    undated = groups[groups["first_date"].isna()]
    if articles is not None and len(undated):
        told.append(("first", int(articles["date"].isna().sum()), undated, "carries no date", "没有日期"))
    for kind, count, rows, en, zh in told:
        if 0 < count < total:
            en = en if count == 1 else en.replace("names", "name").replace("carries", "carry")
            how_many = f"{number(count).capitalize()} of {number(total)} articles {en}."
            yield Finding(
                kind, "", how_many, f"{total}篇中有{count}篇{zh}。",
                "cannot tell", "groups", list(rows.index), value=float(count),
            )  # fmt: skip


def _quoted_most(tables: Tables, names: GroupNames) -> Iterator[Finding]:
    table, kinds = tables.get("sources"), tables.get("actors")
    if table is None or table.empty or names.by not in table:
        return
    for value, rows in table.groupby(names.by, sort=False):
        group = str(value)
        who, who_zh, total = names.en(group), names.zh(group), int(rows["attributions"].sum())
        stated = rows[(rows["source"] != "") & (rows["attributions"] >= _QUOTED)]
        if len(stated):
            most = stated[stated["attributions"] == stated["attributions"].max()].head(1)
            source, count = most["source"].iloc[0], int(most["attributions"].iloc[0])
            en = f"{who} quotes {source} most" if names.writes else f"In {who} {source} is quoted most"
            yield Finding(
                "voices", group, f"{en}: {count} of {total} attributions.",
                f"{who_zh}引用最多的是{source}：{total}次引述中{count}次。",
                "counted", "sources", list(most.index), value=count / total,
            )  # fmt: skip
        if kinds is None or names.by not in kinds:
            continue
        unnamed = kinds[(kinds[names.by] == group) & (kinds["actor"] == "anonymous")]
        for index, row in unnamed[unnamed["share"] >= _UNNAMED].iterrows():
            where = f"that {who} quotes" if names.writes else f"quoted in {who}"
            yield Finding(
                "voices", group, f"{percent(row['share'])} of the words {where} come from unnamed sources.",
                f"{who_zh}所引的话有{percent(row['share'])}来自匿名来源。",
                "counted", "actors", [index], value=float(row["share"]),
            )  # fmt: skip


def _named(tables: Tables, names: GroupNames) -> Iterator[Finding]:
    """Say which name one group gives a thing that another of its language does not use at all."""
    table, groups = tables.get("naming"), tables["groups"].set_index(names.by)["languages"]
    if table is None or table.empty or names.by not in table:
        return
    body = (table["place"] == "body") & (table["voice"] == "all") & (table["referent"] != REGIONAL)
    table = table[body & (table["of"] >= _MENTIONS)]
    found: list[tuple[float, Any, Any, Any]] = []
    for _, rows in table.groupby(["referent", "label"], sort=False):
        for (index, row), (_, other) in permutations(rows.iterrows(), 2):
            same = groups[row[names.by]].split(" ")[0] == groups[other[names.by]].split(" ")[0]
            if same and row["n"] >= _TWICE and row["share"] >= _SHARE and other["n"] == 0:
                found.append((-float(row["share"]) * int(other["of"]), index, row, other))
    for _, index, row, other in sorted(found, key=lambda one: one[0])[:_NAMES]:
        (form, n), of = printed_most(row), row["of"]
        (en, zh), who, rest = called(row["referent"]), names.en(row[names.by]), names.en(other[names.by])
        calls = f"{who} calls {en} {form}" if names.writes else f"In {who} {en} is called {form}"
        yield Finding(
            "names", row[names.by], f"{calls} in {n} of {of} mentions, {rest} in none of {other['of']}.",
            f"{names.zh(row[names.by])}{of}次提到{zh}，有{n}次写作“{form}”；"
            f"{names.zh(other[names.by])}{other['of']}次里一次也没有。",
            "counted", "naming", [index], value=n / int(of), about=form,
        )  # fmt: skip


def _written_most(tables: Tables, names: GroupNames) -> Iterator[Finding]:
    table = tables.get("keywords")
    if table is None or table.empty or names.by not in table:
        return
    own = table["own_name"] == "" if "own_name" in table else True
    table = table[own & (table["n"] >= _WRITTEN)]
    for value, rows in table.groupby(names.by, sort=False):
        group = str(value)
        rows = rows.head(_WORDS)
        words = list(zip(rows.get("printed", rows["term"]), rows["n"], strict=True))
        en = listed([f"{word} ({n})" for word, n in words], "en")
        zh = "、".join(f"{word}（{n}）" for word, n in words)
        yield Finding(
            "words", group, f"Words that weigh most in {names.en(group)}: {en}.",
            f"{names.zh(group)}权重最高的词：{zh}。", "counted", "keywords", list(rows.index),
            value=float(rows["n"].iloc[0]),
        )  # fmt: skip
