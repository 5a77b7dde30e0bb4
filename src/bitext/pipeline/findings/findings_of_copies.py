"""Findings about shared text: a wire that both name is a shared source; else how much stands in the other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from bitext.copies.credits import outlets_of_agencies
from bitext.corpus.clock import Clock
from bitext.pipeline.findings.finding import Finding, cut, listed, number, percent, quoted
from bitext.text.scripts.convert import to_simplified

Tables = Mapping[str, pd.DataFrame]

_TITLE = 90
#: Share of the shorter text in the longer from which on a text *ran* in both.
_RAN = 0.6
#: Two texts are said to differ in length where one is so many times as long.
_LONGER = 1.25
#: Who a dateline or byline credits: ROTTERDAM (Reuters) -, 新华社北京5月16日电.
_CREDIT = re.compile(
    r"""
    \( ( [A-Z] [\w.&’' -]{1,30} ) \)           # 1: a name in parentheses
    | ( [\u4e00-\u9fff]{2,6} [社网] ) .{0,16} 电  # 2: an agency by its Chinese name, before 电
    """,
    re.VERBOSE,
)


def same_text(tables: Tables) -> Iterator[Finding]:
    """Say which texts two outlets share: a wire that they name, or without any."""
    table = tables.get("duplicates")
    if table is None or table.empty:
        return
    outlet_of = dict(zip(table["article"], table["outlet"].fillna("").astype(str), strict=True))
    row_of: dict[str, Any] = dict(zip(table["article"], table.index, strict=True))
    between = table[table["relation"].isin(("wire", "copy", "unknown")) & table["nearest"].isin(outlet_of)]
    one, two = between["article"].map(outlet_of), between["nearest"].map(outlet_of)
    between = between[(one != "") & (two != "") & (one != two)]
    credits = _credits(tables.get("removed"), {*between["article"], *between["nearest"]})
    wires: list[tuple[Any, Any, str]] = []
    unnamed: list[tuple[Any, Any]] = []
    index: Any
    for index, row in between.iterrows():
        both = sorted(credits.get(row["article"], set()) & credits.get(row["nearest"], set()))
        if row["relation"] == "wire" or both:
            if row["containment"] >= _RAN:  # below, an article on what a wire says, too
                wires.append((index, row, row["agency"] or (both[0] if both else "")))
        else:
            unnamed.append((index, row))
    timed = _with_hour(tables.get("articles", table), {*between["article"], *between["nearest"]})
    # Where it is known who printed it first, then by how much is the same.
    for index, row in sorted(unnamed, key=lambda one: (not one[1]["sure"], -_share(one[1]))):
        yield _unnamed(index, row, outlet_of, table.loc[row_of[row["nearest"]]], timed)
    if wires:
        yield _wires(wires, row_of)


def _wires(wires: list[tuple[Any, Any, str]], row_of: Mapping[str, Any]) -> Finding:
    count = len(wires)
    agencies = sorted({name for _, _, name in wires if name})
    named_en = f" ({listed(agencies, 'en')})" if 0 < len(agencies) <= 4 else ""
    named_zh = f"（{listed(agencies, 'zh')}）" if named_en else ""
    shares = sorted((_share(row) for _, row, _ in wires), reverse=True)
    same_en, same_zh = "", ""
    if count <= 3:
        told = [percent(share) for share in shares]
        same_en, same_zh = f", {listed(told, 'en')} the same", f"，{listed(told, 'zh')}相同"
        longer = [_longer(row, True) or _longer(row, False) for _, row, _ in wires]
        if any(longer):  # the same is then only the shorter text
            parts = sorted((float(row["containment"]) for _, row, _ in wires), reverse=True)
            told = [percent(part) for part in parts]
            same_en = f", {listed(told, 'en')} of the shorter text in the longer"
            same_zh = f"，较短一篇有{listed(told, 'zh')}见于较长一篇"
    many = (
        "One text ran in two outlets"
        if count == 1
        else f"{number(count).capitalize()} texts ran in two outlets each"
    )
    return Finding(
        "copies",
        "",
        f"{many}{same_en}, with a wire credited{named_en}: a shared source, not a copy.",
        f"{count}篇文字各在两家刊出{same_zh}，注明通讯社{named_zh}，是同源，不是抄袭。",
        "counted",
        "duplicates",
        sorted({index for index, _, _ in wires} | {row_of[row["nearest"]] for _, row, _ in wires}),
        value=float(count),
    )


def _unnamed(index: Any, row: Any, outlet_of: Mapping[str, str], nearest: Any, timed: set[str]) -> Finding:
    other, outlet, share = outlet_of[row["nearest"]], row["outlet"], _share(row)
    title = row["title"] if isinstance(row["title"], str) else ""
    named, theirs = str(row.get("names", "")), str(nearest.get("names", ""))
    if not row["sure"] and row["new"] == row["new"]:
        # Which text has the larger part in the other is told, and of that one: the shorter, mostly.
        share = float(1 - row["new"])
        if row["kept"] > share:
            outlet, other, share = other, outlet, float(row["kept"])
            title = nearest["title"] if isinstance(nearest["title"], str) else ""
            named, theirs = theirs, named
    en, zh = " (which came first is not known)", "的稿件，先后不明"
    if row["sure"]:
        en, zh = ", printed earlier", "更早的稿件"
        if {row["article"], row["nearest"]} <= timed:
            count, unit, unit_zh = abs(row["hours"]), "hour", "小时"
        else:
            day, before = (pd.Timestamp(one["date"]).normalize() for one in (row, nearest))
            count, unit, unit_zh = (day - before) / pd.Timedelta(days=1), "day", "天"
        if count >= 1:
            whole = round(count)
            many = f"{number(whole) if unit == 'day' or whole == 1 else whole} {unit}{'s' * (whole != 1)}"
            en, zh = f", printed {many} earlier", f"早{whole}{unit_zh}的稿件"
    title_en, title_zh = "", ""
    if title.strip():
        title_en, title_zh = f": {quoted(title, _TITLE)}", f"：《{cut(title, _TITLE)}》"
    longer = _longer(row, outlet == row["outlet"])
    credit_en, credit_zh = _agency_en(outlet, other), _agency_zh(outlet, other)
    if named:
        credit_en = f"It names {listed(named.split(' · '), 'en')}."
        credit_zh = f"文中提到{listed(named.split(' · '), 'zh')}。"
    elif theirs:
        credit_en = f"The text in {other} names {listed(theirs.split(' · '), 'en')}."
        credit_zh = f"{other}的文中提到{listed(theirs.split(' · '), 'zh')}。"
    told_en = f"{percent(share)} of a text in {outlet} stands in {other}, too"
    told_zh = f"{outlet}有{percent(share)}的文字也见于{other}"
    if longer:
        told_en = f"{_part(share)} of {outlet}'s text stands in {other}'s, which is {longer[0]} as long"
        told_zh = f"{outlet}的一篇{_part_zh(share)}见于{other}篇幅为其{longer[1]}的稿件"
        zh = f"（{zh.removesuffix('的稿件').replace('的稿件，', '')}）"
    return Finding(
        "copies",
        outlet,
        f"{told_en}{en}{title_en}. {credit_en}",
        f"{told_zh}{zh}{title_zh}。{credit_zh}",
        "counted",
        "duplicates",
        sorted([index, nearest.name]),
        value=float(share),
        note="a shared source is still possible",
    )


def _agency_en(*outlets: str) -> str:
    """Say that no agency is credited, and which of *outlets* is one: its texts are there to be printed.

    Examples:
        >>> _agency_en("A", "B"), _agency_en("A", "路透")
        ('No agency was recognised in it.', 'It credits no agency; 路透 is one.')
    """
    own = [outlet for outlet in outlets if outlet in outlets_of_agencies()]
    return f"It credits no agency; {own[0]} is one." if own else "No agency was recognised in it."


def _agency_zh(*outlets: str) -> str:
    own = [outlet for outlet in outlets if outlet in outlets_of_agencies()]
    return f"未注明通讯社，而{own[0]}就是通讯社。" if own else "未识别出通讯社署名。"


def _longer(row: Any, later: bool) -> tuple[str, str] | None:
    """Return how many times as long the other text is, in both languages; None where less than 1¼ times.

    What two texts share is a part of each: `kept` of the earlier, 1 − `new` of the later.

    Args:
        row: a row of `duplicates`.
        later: whether the other is the text that *row* is nearest to (else the text of *row* itself).

    Examples:
        >>> _longer({"kept": 0.5, "new": 0.0}, True)
        ('twice', '两倍')
        >>> _longer({"kept": 0.5, "new": 0.0}, False), _longer({"kept": 0.9, "new": 0.0}, True)
        (None, None)
    """
    earlier, own = float(row.get("kept", np.nan)), 1 - float(row.get("new", np.nan))
    if not (earlier > 0 and own > 0):
        return None
    times = own / earlier if later else earlier / own
    if times < _LONGER:
        return None
    whole = round(times, 1)
    if whole == 2:
        return "twice", "两倍"
    return f"{whole:g} times", f"{whole:g}倍"


def _part(share: float) -> str:
    return "All" if percent(share) == "100%" else percent(share)


def _part_zh(share: float) -> str:
    return "全文" if percent(share) == "100%" else f"有{percent(share)}"


def _with_hour(articles: pd.DataFrame, asked: set[str]) -> set[str]:
    """Return those of the articles asked about that bear an hour, and not a date alone."""
    rows = articles[articles["article"].isin(asked)].reset_index(drop=True)
    hourly = np.isin(Clock.of(rows).precision, ("second", "minute", "hour"))
    return set(rows["article"][hourly])


def _share(row: Any) -> float:
    """Return what the later text has from the other; where the order is open, that of the smaller one."""
    return float(1 - row["new"] if row["sure"] and row["new"] == row["new"] else row["containment"])


def same_text_shares(copies: pd.DataFrame) -> list[float]:
    """Return the share that sentences tell of each row of the table of copies; NaN for the origins."""
    return [_share(row) for _, row in copies.iterrows()]


def _credits(removed: pd.DataFrame | None, articles: set[str]) -> dict[str, set[str]]:
    """Return whom the datelines and bylines of *articles* credit, in simplified Chinese."""
    found: dict[str, set[str]] = {}
    if removed is None or removed.empty:
        return found
    credited = removed["kind"].isin(("dateline", "byline", "credit"))
    lines = removed[credited & removed["article"].isin(articles)]
    for article, text in zip(lines["article"], lines["text"], strict=True):
        for match in _CREDIT.finditer(to_simplified(str(text))):
            found.setdefault(str(article), set()).add(match[1] or match[2])
    return found
