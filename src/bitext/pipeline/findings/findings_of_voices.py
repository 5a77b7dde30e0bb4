"""Findings about voices: whom one group alone quotes, and which kinds of speakers it favours."""

import re
from collections.abc import Iterator, Mapping
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd
from ahocorasick_rs import AhoCorasick

from bitext.names.romanised import with_romanised
from bitext.pipeline.findings.finding import ALPHA, Finding, percent
from bitext.pipeline.findings.group_names import GroupNames
from bitext.statistics.multiple import false_discovery_rate
from bitext.text.scripts.convert import to_simplified

Tables = Mapping[str, pd.DataFrame]

#: Articles of a group in which a source must be quoted.
_SOURCE_ARTICLES = 3
#: Share of its articles in which a source must be quoted where that others do not may be chance.
_SHARE = 0.1
#: A kind of speaker is told where it has this share somewhere, and differs so many times.
_KIND, _DIFFERS = 0.05, 1.5
#: Share of a group's quoted words of unknown speakers above which nothing is said of kinds of speakers.
_UNKNOWN = 0.5
#: Who is many, or the outlet itself: that others do not quote 陆媒 says little, since they quote 中国媒体.
_MANY = re.compile(
    r"""
    (?: ^ 本[台报社刊网站]                                  # 1 the outlet
      | 媒体? | 记者 | 官员 | 官方 | 人士 | 发言人 | 负责人     # 2 people by what they do
      | 网民 | 网友 | 民众 | 居民 | 学者 | 专家 | 律师
      | 当局 | 警方 | 部门 | 机构                            # 3 bodies without a name
    ) $
    """,
    re.VERBOSE,
)
_ACTORS = {
    "government": ("governments", "政府"),
    "legislature": ("legislators", "议会"),
    "party": ("parties", "政党"),
    "military": ("the military", "军方"),
    "justice": ("police and courts", "警方与司法"),
    "company": ("companies", "企业"),
    "expert": ("experts", "专家"),
    "media": ("other media", "其他媒体"),
    "international": ("international bodies", "国际组织"),
    "organisation": ("organisations", "团体"),
    "citizen": ("citizens", "民众"),
    "anonymous": ("unnamed sources", "匿名来源"),
}


def own_sources(tables: Tables, by: str) -> Iterator[Finding]:
    """Say whom one group quotes in three or more articles and no other group of its language quotes."""
    table = tables.get("sources")
    if table is None or table.empty or by not in table:
        return
    named, called = table[table["kind"] == "named"], GroupNames(by)
    if named.empty:
        return
    asked = (named["articles"] >= _SOURCE_ARTICLES).to_numpy()
    shared = also_elsewhere(_forms(named), named[by].tolist(), asked)
    groups = tables["groups"].set_index(by)
    languages = {name: set(re.findall(r"[a-z]+", str(value))) for name, value in groups["languages"].items()}
    # A group in which nobody speaks has no rows: its articles are its units.
    size_of = groups["articles"].astype(int).to_dict() | table.groupby(by)["group_clusters"].first().to_dict()
    sizes_beside = {
        group: [size_of[name] for name in groups.index if languages[name] & languages[group]]
        for group in groups.index
    }
    tested, p = [], []
    for (index, row), elsewhere in zip(named[asked].iterrows(), shared, strict=True):
        alone, sizes = not elsewhere, sizes_beside[row[by]]
        count, total = int(row["clusters"]), sum(sizes)
        tested.append((index, row, alone, len(sizes)))
        # All articles (or stories) that quote it fall into one group, whichever: drawn without replacement.
        p.append(sum(comb(size, count) for size in sizes) / comb(total, count) if alone else 1.0)
    if not tested:
        return
    for (index, row, alone, size), q in zip(tested, false_discovery_rate(np.array(p)), strict=True):
        source, articles = row["printed"], int(row["articles"])
        # What may be chance is worth saying of a source that much of the outlet hangs on.
        rare = q >= ALPHA and articles < _SHARE * row["group_size"]
        if not alone or size < 2 or rare or _MANY.search(str(row["source"])):
            continue
        who, which = called.en(row[by]), f"in at least {articles} of its {row['group_size']} articles"
        en = f"Only {who} quotes {source}, {which}."
        if not called.writes:
            en = f"Only in {who} is {source} quoted, {which}."
        yield Finding(
            "voices",
            row[by],
            en,
            f"只有{called.zh(row[by])}引用{source}：{row['group_size']}篇中至少{articles}篇。",
            "beyond chance" if q < ALPHA else "may be chance",
            "sources",
            [index],
            value=articles / row["group_size"],
            note="p by drawing articles (or stories, where they are the units), corrected over all named "
            "sources with three or more articles",
            about=str(source),
        )


def kinds_of_actors(tables: Tables, by: str) -> Iterator[Finding]:
    """Say which kinds of actors speak more, or less, in a group than elsewhere."""
    table = tables.get("actors")
    if table is None or table.empty or by not in table:
        return
    table, called = table[table["actor"].isin(_ACTORS)], GroupNames(by)
    whole = tables["actors"]
    unknown = whole[whole["actor"] == ""].set_index(by)["share"].to_dict()
    found = table[table["q"] < ALPHA]
    vague = found[by].map(lambda name: unknown.get(name, 0.0)) > _UNKNOWN
    for group in dict.fromkeys(found.loc[vague, by]):
        who = f"{called.en(group)} favours" if called.writes else f"{called.en(group)} has more of"
        yield Finding(
            "voices",
            group,
            f"Which kinds of speakers {who} cannot be told: "
            f"of {percent(unknown[group])} of its quoted words the kind of speaker is not known.",
            f"{called.zh(group)}偏重哪一类人无法判断：所引的话有{percent(unknown[group])}看不出是哪一类人说的。",
            "cannot tell",
            "actors",
            [
                *found.index[vague & (found[by] == group)],
                *whole.index[(whole[by] == group) & (whole["actor"] == "")],
            ],
            value=float(unknown[group]),
        )
    for index, row in _telling(found[~vague]).iterrows():
        en, zh = _ACTORS[row["actor"]]
        who = f"that {called.en(row[by])} quotes" if called.writes else f"quoted in {called.en(row[by])}"
        yield Finding(
            "voices",
            row[by],
            f"{percent(row['share'])} of the words {who} come from {en}, {percent(row['others'])} elsewhere.",
            f"{called.zh(row[by])}所引的话中{zh}占{percent(row['share'])}，"
            f"{called.others}占{percent(row['others'])}。",
            "beyond chance",
            "actors",
            [index],
            value=float(row["share"]),
            low=float(row["low"]),
            high=float(row["high"]),
        )
    tested = table["q"].notna()
    if tested.any() and found.empty:
        yield Finding(
            "voices",
            "",
            "No difference in the kinds of actors that are quoted is beyond chance.",
            f"引用哪一类人，{called.every}没有超出偶然的差别。",
            "may be chance",
            "actors",
            list(table.index[tested]),
            value=float(table.loc[tested, "q"].min()),
            note="the value is the smallest q",
        )


def _telling(found: pd.DataFrame) -> pd.DataFrame:
    """Return the differences large enough to be told, the largest first; small ones can be sure, too."""
    high, low = found[["share", "others"]].max(axis=1), found[["share", "others"]].min(axis=1)
    large = found[(high >= _KIND) & (high >= _DIFFERS * low)]
    return large.loc[(high - low)[large.index].sort_values(ascending=False, kind="stable").index]


def _forms(named: pd.DataFrame) -> list[list[str]]:
    """Return the names of each source, in simplified characters and lower case, romanised ones in both."""
    columns = (named[name].fillna("").tolist() for name in ("source", "variants"))
    cells = [f"{a};{b}" for a, b in zip(*columns, strict=True)]
    plain = to_simplified("\n".join(cell.replace("\n", " ") for cell in cells)).lower().split("\n")
    forms = with_romanised([[form for form in map(str.strip, cell.split(";")) if form] for cell in plain])
    if "concept" not in named:
        return forms
    # 叶伦 and 耶伦 are one person of the concept table.
    concepts = named["concept"].fillna("").astype(str)
    return [
        [*names, f"<{concept}>"] if concept else names for names, concept in zip(forms, concepts, strict=True)
    ]


def also_elsewhere(forms: list[list[str]], groups: list[str], asked: npt.NDArray[np.bool_]) -> list[bool]:
    """Say of each source *asked* about whether a form of it stands in one of another group, or around it.

    So 顾望舒 is in 评论人顾望舒 (the commentator Gu Wangshu). Sets of groups are the bits of a number.
    """
    bit = {group: 1 << place for place, group in enumerate(dict.fromkeys(groups))}
    held: dict[str, int] = {}
    for names, group in zip(forms, groups, strict=True):
        for form in names:
            held[form] = held.get(form, 0) | bit[group]
    wanted = dict.fromkeys(form for i in np.flatnonzero(asked).tolist() for form in forms[i])
    found = dict.fromkeys(wanted, 0)
    for patterns, texts in ((list(wanted), held), (list(held), wanted)):
        automaton = AhoCorasick(patterns)  # of all pairs alike, in time linear in the names
        for text in texts:
            for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
                one, other = (patterns[number], text) if texts is held else (text, patterns[number])
                found[one] |= held[other]
    return [any(found[form] & ~bit[groups[i]] for form in forms[i]) for i in np.flatnonzero(asked).tolist()]
