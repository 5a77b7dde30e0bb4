"""The first look: a few small tables out of all that a comparison holds."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from bitext.concepts.concept_names import concept_names
from bitext.concepts.table import ConceptTable
from bitext.pipeline.findings.finding import percent
from bitext.pipeline.findings.findings_of_copies import same_text_shares
from bitext.pipeline.printed import telling

NAMES = {"zh": "Chinese", "en": "English"}
#: Articles of a group that must have a word before it is said to set the group apart.
_LEAST = 3


def overview(
    tables: Mapping[str, pd.DataFrame], by: str, top: int, concepts: ConceptTable | None = None
) -> list[tuple[str, pd.DataFrame]]:
    """Return titled tables: who wrote how much, what each group's words are, what sets it apart."""
    found = [("What was read", tables["groups"])]
    found += _keywords(tables["keywords"], by, top)
    both = {"zh", "en"} <= set(" ".join(tables["groups"]["languages"].astype(str)).split())
    concept = "concepts, both languages" if both else "concepts"
    for name, title in (("keyness", "words"), ("keyness_concepts", concept)):
        if name in tables and len(tables[name]):
            found += _keyness(_readable(tables[name], concepts), title, top, _units(tables[name]))
    if len(tables.get("stance", ())):
        found.append((f"Stance by language and {by}: value [95% interval]", _stance(tables["stance"], by)))
    if len(tables.get("stories", ())):
        shown = _stories(tables["stories"], top, len(tables["groups"]) if by == "outlet" else 0)
        number = tables["stories"]["story"].nunique()
        found.append((f"Stories: articles of each outlet{_of(len(shown), number)}", shown))
    copies = tables["duplicates"]
    if len(copies):
        shown = copies[["article", "cluster", "outlet", "date", "title", "relation"]].head(4 * top)
        shown = with_zones(shown, tables.get("articles")).drop(columns="article")
        same = [percent(share) if share == share else "" for share in same_text_shares(copies.head(4 * top))]
        found.append((f"Copies{_of(len(shown), len(copies))}", shown.assign(**{"same text": same})))
    return found


def _of(shown: int, number: int) -> str:
    """Say how many rows a table shows where it does not show all.

    Examples:
        >>> _of(20, 36), _of(5, 5)
        (' (20 of 36)', '')
    """
    return f" ({shown} of {number})" if shown < number else ""


def with_zones(table: pd.DataFrame, clocks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return *table* with its dates as texts that say how far each clock is from UTC, where clocks differ.

    Dates are those of each outlet's own clock: 17:00 in Taipei stands above 11:00 in Paris, which is later.

    Args:
        table: columns ``article`` and ``date``.
        clocks: columns ``article``, ``date``, ``instant`` and ``precision``; None: *table* has them.

    Examples:
        >>> times = pd.to_datetime(["2024-05-16 17:00", "2024-05-16 11:00", "2024-05-17 00:00"])
        >>> rows = pd.DataFrame({"article": ["a", "b", "c"], "date": times})
        >>> rows["precision"] = ["minute", "minute", "day"]
        >>> rows["instant"] = pd.to_datetime(["2024-05-16 09:00", "2024-05-16 10:00", "2024-05-16 16:00"])
        >>> with_zones(rows)["date"].tolist()
        ['2024-05-16 17:00 +8', '2024-05-16 11:00 +1', '2024-05-17']
    """
    clocks = table if clocks is None else clocks
    if not {"date", "instant", "precision"} <= set(clocks):
        return table
    timed = clocks[clocks["precision"].isin(("second", "minute", "hour")) & clocks["date"].notna()]
    timed = timed[timed["article"].isin(table["article"])]
    away = (pd.to_datetime(timed["date"]) - pd.to_datetime(timed["instant"])) / pd.Timedelta(hours=1)
    zone = dict(zip(timed["article"], away.map(_zone), strict=True))
    if len(set(zone.values())) < 2:
        return table
    dates = [
        f"{date:%Y-%m-%d %H:%M} {zone[article]}"
        if article in zone
        else f"{date:%Y-%m-%d}"
        if date == date
        else ""
        for article, date in zip(table["article"], pd.to_datetime(table["date"]), strict=True)
    ]
    return table.assign(date=dates)


def _zone(hours: float) -> str:
    """Return how far a clock is from UTC: +8, +5:30, UTC; "zone ?" where it is not known.

    Examples:
        >>> [_zone(hours) for hours in (8.0, -4.0, 5.5, 0.0, float("nan"))]
        ['+8', '-4', '+5:30', 'UTC', 'zone ?']
    """
    if hours != hours:  # NaN
        return "zone ?"
    minutes = round(60 * hours)
    whole, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{whole}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


#: Features worth a first look, with what a reader calls them: who is quoted and how sure the outlet is.
_FIRST = {
    "quote_share": "in quotation marks",
    "attributions_per_sentence": "attributions",
    "anon_share": "unnamed sources",
    "hedge": "hedges",
    "say_doubting": "verbs of doubt",
    "booster": "stress on certainty",
}


def _stance(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return group by feature; a cell holds the value and its interval, or that there is none."""
    # Rates are of the outlet's own voice where voices are told apart.
    own = table[table["feature"].isin(_FIRST)].sort_values("voice", key=lambda voice: voice != "outlet")
    keys = list(dict.fromkeys(["lang", by]))
    own = own.drop_duplicates([*keys, "feature"])
    cells = [
        _cell(value, low, high, share=unit == "share")
        for value, low, high, unit in zip(own["value"], own["low"], own["high"], own["unit"], strict=True)
    ]
    grid = own.assign(cell=cells).pivot(index=keys, columns="feature", values="cell")
    unit_of = own.drop_duplicates("feature").set_index("feature")["unit"].to_dict()
    grid = grid.reindex(columns=[name for name in _FIRST if name in grid]).reset_index()
    grid.columns.name = None
    unit = {name: f"{label}, {unit_of.get(name, '')}" for name, label in _FIRST.items()}
    return grid.rename(columns=unit).fillna("")


def _cell(value: float, low: float, high: float, *, share: bool) -> str:
    """Return a value with its interval; shares in percent.

    Examples:
        >>> _cell(0.07, 0.004, 0.162, share=True), _cell(1.34, float("nan"), float("nan"), share=False)
        ('7% [0, 16]', '1.3')
    """
    if value != value:  # NaN is not equal to itself
        return ""
    places, factor, mark = (0, 100, "%") if share else (1 if value >= 1 else 2, 1, "")
    interval = f" [{factor * low:.{places}f}, {factor * high:.{places}f}]" if low == low else ""
    return f"{factor * value:.{places}f}{mark}{interval}"


def _stories(stories: pd.DataFrame, top: int, total: int) -> pd.DataFrame:
    """Return the stories of most outlets, with the articles of each outlet: one line each.

    *total* is the number of all outlets: those that are in no story have nothing in this one, either.
    """
    counts = pd.crosstab(stories["story"], stories["outlet"])
    name = dict(zip(stories["story"], stories["name"], strict=True))
    order = (counts > 0).sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    rows = []
    outlets = [str(outlet) for outlet in counts.columns]
    for story, sizes in zip(order, counts.loc[order].to_numpy().tolist(), strict=True):
        told = [f"{outlet} {n}" for outlet, n in zip(outlets, sizes, strict=True) if n]
        without = [outlet for outlet, n in zip(outlets, sizes, strict=True) if not n]
        missing = max(total, len(sizes)) - len(told)
        few = missing == len(without) and 2 * missing <= len(sizes)
        nothing = " · ".join(without) if few else f"{missing} others"
        rows.append((name[story], sum(sizes), " · ".join(told), nothing))
    return pd.DataFrame(rows, columns=["story", "articles", "articles of", "nothing in"])


def _keywords(table: pd.DataFrame, by: str, top: int) -> list[tuple[str, pd.DataFrame]]:
    """One row per group, its keywords side by side: easier to compare than lists under each other."""
    found = []
    table = table[table["own_name"] == ""] if "own_name" in table else table
    table = table[table.groupby(["lang", by]).cumcount() < top]
    for lang, part in table.groupby("lang", sort=False):
        words = part.get("printed", part["term"]) + " " + part["n"].astype(str)
        lines = words.groupby(part[by]).agg(" · ".join).reset_index(name="keywords (occurrences)")
        found.append((f"Keywords, {NAMES[str(lang)]}", lines))
    return found


def _readable(table: pd.DataFrame, concepts: ConceptTable | None) -> pd.DataFrame:
    """Return a table of keyness whose terms are as printed, or the names of concepts: no ids."""
    if "printed" in table:
        return table.assign(term=table["printed"])
    if "lang" in table or "term" not in table:
        return table
    named = concept_names(table["term"].astype(str), concepts)
    called = {name: en or zh or name.split(":")[-1].replace("_", " ") for name, (zh, en) in named.items()}
    return table.assign(term=table["term"].map(called))


def _units(table: pd.DataFrame) -> str:
    """Return what the tests of a table of keyness took as units, and which groups were made alike in time."""
    run = table.attrs.get("run", {})
    records = [run] if "parameters" in run else [one for one in run.values() if isinstance(one, dict)]
    parameters = [one.get("parameters", {}) for one in records]
    over = "stories" if any(one.get("cluster") == "story" for one in parameters) else "articles"
    facts = [fact for one in parameters for fact in one.get("units") or () if fact]
    said = {"weights": "weeks weighted alike for", "none": "no q, of other times than the rest:"}
    for how, told in said.items():
        if named := sorted({str(fact["target"]) for fact in facts if fact["in_time"] == how}):
            over += f"; {told} {', '.join(named)}"
    return over


def _keyness(table: pd.DataFrame, title: str, top: int, units: str) -> list[tuple[str, pd.DataFrame]]:
    """Per group the terms it overuses, strongest first; a star where the test over *units* is passed.

    Only terms of three articles of the group or more: the words of one or two are those of their news. Of
    concepts those that are unreliable across languages set nobody apart.
    """
    if "tier" in table:
        table = table[table["tier"] != "unreliable"]
    over = telling(table[table["g2"] > 0])
    if over.empty:
        return []
    # Where the weeks are weighted alike, the reference can lack a term in the weeks that both sides have.
    alike = over["log_ratio"].where(np.isfinite(over["log_ratio"]), over.get("log_ratio_crude"))
    alone = over["n_reference"] == 0
    over = over.assign(
        word=over["term"] + over["q"].lt(0.05).map({True: "*", False: ""}),
        alone=alone,
        times=(2**alike).map(" {:.1f}x".format).where(~alone, ""),
    )
    # A group of an article or two among larger ones has no words to set it apart, only those of its article.
    few = over["note"].astype(str).str.startswith(("too few", "not estimable: of"))
    few &= not few.all()
    held = over[~few & (over["articles_target"] >= _LEAST)]
    head = held.groupby("target", sort=False).head(top)
    words = {group: _line(rows) for group, rows in head.groupby("target", sort=True)}
    for group, note in zip(over.loc[few, "target"], over.loc[few, "note"], strict=True):
        words.setdefault(group, f"({note})")
    if not words:
        return []
    lines = pd.DataFrame(sorted(words.items()), columns=["target", f"in {_LEAST} articles or more"])
    what = f"more than all others (x: times their rate; *: q < .05 over {units})"
    return [(f"Keyness, {title}: {what}", lines)]


def _line(rows: pd.DataFrame) -> str:
    """Return the words of a group: those that others have, too, with how many times, then its own."""
    more = (rows["word"] + rows["times"])[~rows["alone"]]
    own = rows.loc[rows["alone"], "word"]
    parts = [" · ".join(more), f"only here: {' · '.join(own)}" if len(own) else ""]
    return "; ".join(part for part in parts if part)
