"""Findings about names: what each calls the same thing, and the Chinese names that one person has."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from bitext.arrays import Floats, Ints
from bitext.glossaries.before import ROLES
from bitext.glossaries.glossary import as_printed
from bitext.names.called import called
from bitext.names.choices import REGIONAL
from bitext.pipeline.findings.finding import ALPHA, NAN, Finding, listed, number, percent
from bitext.pipeline.findings.group_names import GroupNames
from bitext.statistics.multiple import false_discovery_rate

Tables = Mapping[str, pd.DataFrame]

#: Mentions that a group must have to be tested; what those with fewer write is counted in "no other".
_MENTIONS = 5
#: A form is a group's own at this share of its mentions, while no other group comes to the second.
_OWN, _OTHERS = 0.5, 0.1
#: It is preferred at this share, in so many mentions, with so many times the share of every other group.
_PREFERRED, _OFTEN, _TIMES = 0.2, 10, 3
#: Share of the articles' confidence that a pair of names is one.
PAIRED = 0.9
#: A form in a smaller share of the places is one that somebody wrote once, or that was cut wrongly.
_RARE = 0.1
#: An initial within a Chinese name, and the dots between its parts.
#: An outlet, whose name may hold a dot between blanks, and how often it prints something.
_COUNTED = re.compile(r"(.+?) (\d+)(?: · |$)")
_INITIAL = re.compile(r"[·‧•・.．\s]*\b[A-Za-z]\b[.．]?|[·‧•・\s]")
#: Between the parts of a name.
_DOT = re.compile(r"[·‧•・\s]+")
#: People whose renderings are told, those named most; the table has all.
_PEOPLE = 12


def names(tables: Tables, by: str) -> Iterator[Finding]:
    """Say which name a group gives a thing in most mentions, or far more often than every other group."""
    table = tables.get("naming")
    if table is None or table.empty:
        return
    # Regional forms are many things, and no name of one.
    table = table[(table["place"] == "body") & (table["voice"] == "all") & (table["referent"] != REGIONAL)]
    told: list[tuple[int, str, Any, pd.Series, pd.DataFrame]] = []
    dealt: list[tuple[int, int, int, int]] = []
    for referent, rows in table.groupby("referent", sort=False):
        sizes = rows.drop_duplicates(by).set_index(by)["of"]
        enough = sizes[sizes >= _MENTIONS].index
        if len(enough) < 2:
            continue
        few, rows = rows[~rows[by].isin(enough)], rows[rows[by].isin(enough)]
        labels, groups = rows["label"].tolist(), rows[by].tolist()
        share, articles = rows["share"].to_numpy(float), rows["articles"].to_numpy(np.int64)
        holders: dict[str, list[int]] = {}
        for place, label in enumerate(labels):
            holders.setdefault(label, []).append(place)
        for place, label in enumerate(labels):
            same = [other for other in holders[label] if groups[other] != groups[place]]
            if len(same) < len(enough) - 1:
                continue
            dealt.append(_dealt(share[[place, *same]], articles[[place, *same]]))
            if share[place] < _PREFERRED:
                continue
            others = pd.concat([rows.iloc[same], few[few["label"] == label]])
            if _is_own(rows.iloc[place], others):
                told.append((len(dealt) - 1, str(referent), rows.index[place], rows.iloc[place], others))
    q = false_discovery_rate(_as_high(dealt)) if dealt else np.zeros(0)
    # The name that most mentions hang on first.
    for number_, referent, index, row, rest in sorted(told, key=lambda one: -int(one[3]["n"])):
        beyond = bool(q[number_] < ALPHA)
        if beyond or row["share"] >= _OWN:
            yield _name(referent, index, row, rest, by, beyond)


def _is_own(row: Any, same: pd.DataFrame) -> bool:
    _, n = printed_most(row)
    share, most = n / row["of"], same["share"].max()
    own = share >= _OWN and most < _OTHERS
    return bool(own or (share >= _PREFERRED and n >= _OFTEN and share >= _TIMES * most))


def _name(referent: str, index: Any, row: Any, same: pd.DataFrame, by: str, beyond: bool) -> Finding:
    """Tell of the form printed most: the others' shares are of all forms of its kind, so no less."""
    form, n = printed_most(row)
    all_of_kind = n == row["n"]
    rest, mentions = int(same["n"].sum()), int(same["of"].sum())
    (thing_en, thing_zh), groups = called(referent), GroupNames(by)
    who, who_zh = groups.en(row[by]), groups.zh(row[by])
    en = f"{who} calls {thing_en} {form}" if groups.writes else f"In {who} {thing_en} is called {form}"
    no_other = "no other" if groups.writes else f"no other {groups.one}"
    none_en, none_zh = f"{no_other} does so once in {mentions:,}", f"其余{mentions}次一次也没有"
    if rest:
        most = percent(float(same["share"].max()))
        none_en, none_zh = f"{no_other} in more than {most}", f"{groups.others}最多占{most}"
    share_en, share_zh = ("", "") if row["of"] < 100 else (f" ({percent(n / row['of'])})",
                                                          f"（{percent(n / row['of'])}）")  # fmt: skip
    return Finding(
        "names",
        row[by],
        f"{en} in {n:,} of {row['of']:,} mentions{share_en}; {none_en}.",
        f"{who_zh}{row['of']}次提到{thing_zh}，有{n}次写作“{form}”{share_zh}；{none_zh}。",
        "beyond chance" if beyond else "may be chance",
        "naming",
        [index, *same.index],
        value=float(n / row["of"]),
        low=float(row["low"]) if all_of_kind else NAN,
        high=float(row["high"]) if all_of_kind else NAN,
        note="p by dealing articles, corrected over all names compared",
        about=form,
    )


def _dealt(share: Floats, articles: Ints) -> tuple[int, int, int, int]:
    """Return articles of one group (the first) that use a form, all that do, all there are, and the group's.

    The article is the unit: of the articles that name the thing, as many as the shares come to use the form.
    """
    mine, others = int(articles[0]), int(articles[1:].sum())
    using = round(float(share[0]) * mine)
    return using, using + round(float((share[1:] * articles[1:]).sum())), mine + others, mine


def _as_high(dealt: list[tuple[int, int, int, int]]) -> Floats:
    """Return how often articles dealt at random would give a group a share as high."""
    using, all_using, articles, mine = np.array(dealt, dtype=np.int64).T
    chance = hypergeom.sf(using - 1, articles, all_using, mine)
    return np.where((mine > 0) & (articles > mine), chance, 1.0)


def printed_most(row: Any) -> tuple[str, int]:
    """Return the form printed most, and in how many mentions it stands.

    `surfaces` has three forms: where they are all, longer ones that hold it count (中共当局 has 中共 in it).

    Examples:
        >>> printed_most({"surfaces": "中共 17 · 中共当局 4", "n": 21})
        ('中共', 21)
        >>> printed_most({"surfaces": "China 8 · PRC 3", "n": 11})
        ('China', 8)
    """
    if not row["surfaces"]:
        return "", 0
    forms = [(form, int(n)) for form, n in (one.rsplit(" ", 1) for one in row["surfaces"].split(" · "))]
    form, n = forms[0]
    every = sum(n for _, n in forms) == row["n"] and all(form in longer for longer, _ in forms)
    return form, int(row["n"]) if every else n


def renderings(tables: Tables) -> Iterator[Finding]:
    """Say for which person outlets have different Chinese names, and which outlet writes which."""
    table = tables.get("glossary")
    if table is None or table.empty:
        return
    sure = table[(table["kind"] == "transliteration") & (table["confidence"] >= PAIRED)]
    size = sure.groupby("en")["n"].sum().sort_values(ascending=False, kind="stable")
    told = 0
    for name in size.index:
        rows = sure[(sure["en"] == name) & (sure["n"] >= _RARE * size[name])]
        if told == _PEOPLE:
            return
        writers = _writers(rows)
        # Who writes which is what tells outlets apart: where all write all of them, it is no finding.
        if len(writers) < 2 or len(set(writers.values())) < 2 or not _as_told(rows, writers):
            continue
        told += 1
        printed = _printed(rows)
        told_en, told_zh = (_joined(_told(writers, printed, lang), lang) for lang in ("en", "zh"))
        yield Finding(
            "names",
            "",
            f"{name} has {number(len(writers))} names in Chinese: {told_en}.",
            f"{name}有{len(writers)}种译名：{told_zh}。",
            "counted",
            "glossary",
            list(rows.index),
            value=float(len(writers)),
            note="forms as the texts pair them; a surname alone counts as the full name that holds it",
        )


def _writers(rows: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return the renderings of one person, and the outlets that write each, in the order of *rows*.

    A surname alone is no other rendering (it stands in the full name), nor is a name with its middle initial
    (小约瑟夫·R·拜登) or a part more: their outlets count with the name that holds them.

    Examples:
        >>> given = [("海伦娜·布兰特", "A"), ("布兰特", "B · C"), ("海伦·布兰德", "C")]
        >>> found = _writers(pd.DataFrame(given, columns=["zh", "given_by"]))
        >>> {form: sorted(outlets) for form, outlets in found.items()}
        {'海伦娜·布兰特': ['A', 'B', 'C'], '海伦·布兰德': ['C']}
    """
    given = {str(form): frozenset(str(by).split(" · ")) - {""} for form, by in zip(
        rows["zh"], rows["given_by"], strict=True)}  # fmt: skip
    found: dict[str, frozenset[str]] = {}
    for form in sorted(given, key=lambda one: -len(_INITIAL.sub("", one))):
        same = [longer for longer in found if _holds(longer, form)]
        if not same:
            found[form] = given[form]
        elif len(same) == 1:
            found[same[0]] |= given[form]
    return {form: found[form] for form in given if form in found}


def last_part(name: str) -> str:
    """Return the last part of a Chinese name, by which it is mostly printed.

    Examples:
        >>> last_part("唐纳德·特朗普"), last_part("川普")
        ('特朗普', '川普')
    """
    return _DOT.split(name)[-1]


def _holds(longer: str, form: str) -> bool:
    """Say whether all parts of *form* are parts of *longer*, or its end: 阿札 is no part of 阿札尔.

    Examples:
        >>> _holds("海伦娜·布兰特", "布兰特"), _holds("海伦娜布兰特", "布兰特"), _holds("阿札尔", "阿札")
        (True, True, False)
    """
    whole, inner = ([part for part in _DOT.split(name) if part and not _INITIAL.fullmatch(part)]
                    for name in (longer, form))  # fmt: skip
    ends = "".join(whole).endswith("".join(inner)) or _INITIAL.sub("", form) == _INITIAL.sub("", longer)
    return ends or all(part in whole for part in inner)


def _as_told(rows: pd.DataFrame, writers: Mapping[str, frozenset[str]]) -> bool:
    """Say whether the outlets print the renderings that they are told to, and none with its title.

    法广, which explains 川普 and prints 特朗普 more often, would be told of wrongly.
    """
    if any(role in form for form in writers for role in ROLES):
        return False
    if "printed_by" not in rows:
        return True
    printed: dict[str, dict[str, int]] = {}
    for zh, cell in zip(rows["zh"], rows["printed_by"], strict=True):
        printed[str(zh)] = {outlet: int(n) for outlet, n in _COUNTED.findall(str(cell))}
    parts = {form: last_part(form) for form in writers}
    if any(part != other and part.endswith(other) for part in parts.values() for other in parts.values()):
        return False  # 和史密斯 (and Smith) beside 克里斯·史密斯
    return not any(
        outlet not in writers[other] and printed[other].get(outlet, 0) >= max(printed[form].get(outlet, 0), 1)
        for form, outlets in writers.items()
        for outlet in outlets
        for other in writers
        if parts[other] not in parts[form] and parts[form] not in parts[other]
    )


def _printed(rows: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return (rendering, outlet) -> the rendering as the outlet prints it: 強生 of 强生."""
    return {
        (str(zh), outlet): form
        for zh, by, forms in zip(rows["zh"], rows["given_by"], rows["printed"], strict=True)
        for outlet, form in zip(str(by).split(" · "), str(forms).split(" · "), strict=True)
    }


def _told(
    writers: Mapping[str, frozenset[str]], printed: Mapping[tuple[str, str], str], lang: str
) -> list[str]:
    """Return each form as it is printed, both ways where two scripts print it, with the outlets.

    Examples:
        >>> _told({"强生": frozenset("AB")}, {("强生", "A"): "强生", ("强生", "B"): "強生"}, "en")
        ['强生/強生 (A and B)']
        >>> _told({"强生": frozenset("B")}, {("强生", "B"): "強生"}, "en")
        ['強生 (B)']
    """
    before, after = (" (", ")") if lang == "en" else ("（", "）")
    told = []
    for form, outlets in writers.items():
        seen = {printed[form, outlet] for outlet in outlets if (form, outlet) in printed}
        forms = as_printed(form, " · ".join(seen))
        told.append(forms + (f"{before}{listed(sorted(outlets), lang)}{after}" if outlets else ""))
    return told


def _joined(parts: list[str], lang: str) -> str:
    return listed(parts, lang) if lang == "en" else "、".join(parts)
