"""The tables of a comparison as the page takes them: what a reader asks for, under the numbers of the rows.

The page computes no number: each one that it shows stands in a row of a table, and `row` says in which.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from bitext.glossaries.glossary import as_printed
from bitext.names.called import called
from bitext.report.page.columns import columns
from bitext.stances.calibration import shown

Tables = Mapping[str, pd.DataFrame]

#: Rows of a table on the page, and of keyness: of each group the strongest, and the strongest the other way.
ROWS, OVER, UNDER = 1500, 80, 30
#: Rows of a table of keyness: with many groups each has fewer.
KEYNESS = 3300
#: Stories and statements on the page.
STORIES, STATEMENTS = 120, 80
#: Findings of each question on the page; the table has all.
FINDINGS = 60
#: Measures of tone that are drawn, as far as their hits are read rightly.
TONE = (
    *("attributions_per_sentence", "hedge", "say_doubting", "anon_share", "quote_share", "booster"),
    *("negation", "deontic", "eval_neg", "conflict", "cooperation"),
)

_WANTED = {
    "groups": "articles words languages first_date last_date",
    "stories": "story article outlet date precision title first hours",
    "coverage": "story outlet n expected p q note nearest nearest_score",
    "naming": "referent label n of share low high articles surfaces note",
    "sources": "source kind actor attributions articles group_size words share low high variants printed",
    "actors": "actor attributions articles group_size sources words share low high others p q",
    "omissions": "story statement outlet verdict peers peers_total carried_by nearest_score",
    "omission_rates": "outlet statements omitted unclear rate expected low high p q note",
    "statement_summary": "statement story zh en outlets carriers carried_by speakers figures disagreement",
    "duplicates": "cluster outlet date title relation agency sure hours containment kept new",
    "keyness": "lang target reference term n_target n_reference articles_target articles_reference "
    "log_ratio log_ratio_low log_ratio_high q note own_name printed formula",
    "stance": "lang feature voice unit value low high hits articles group_size stable note",
    "similarity": "target reference cosine cosine_low cosine_high cosine_chance p q note "
    "reliable corrected unknown left_out",
    "polarity": "toward lang voice value low high clauses positive negative articles stable note",
    "glossary": "zh en kind n articles outlets confidence variants",
    "keywords": "lang term printed rank n articles",
}
_WANTED["keyness_concepts"] = _WANTED["keyness"].removeprefix("lang ") + " tier"


def tables(found: Tables, by: str, articles: pd.DataFrame) -> dict[str, dict[str, list[Any]]]:
    """Return the rows of each table that are on the page: column -> cells, with ``row`` and ``group``."""
    told: dict[str, set[int]] = {}
    row: Any
    for row in findings(found).itertuples():
        told.setdefault(str(row.table), set()).update(int(number) for number in str(row.rows).split())
    made = {}
    for name, wanted in _WANTED.items():
        table = found.get(name)
        if table is None or not len(table):
            continue
        kept = _kept(name, table.reset_index(drop=True), found)
        kept = kept | np.isin(np.arange(len(table)), list(told.get(name, ())))
        part = table.reset_index(drop=True)[kept]
        if "printed" in part and "zh" in part:
            part = part.assign(zh=list(map(as_printed, part["zh"], part["printed"])))
        cells = columns(part, wanted.split())
        cells["row"] = np.flatnonzero(kept).tolist()
        if by in part:
            cells["group"] = [str(value) for value in part[by]]
        made[name] = cells
    if "stories" in made:
        place = {name: i for i, name in enumerate(articles["article"])}
        made["stories"]["article"] = [place.get(name, -1) for name in made["stories"]["article"]]
        if "nearest" in made.get("coverage", ()):
            made["coverage"]["nearest"] = [place.get(name, -1) for name in made["coverage"]["nearest"]]
    return made


def findings(found: Tables) -> pd.DataFrame:
    """Return the findings on the page: of each question the first."""
    table = found.get("findings")
    if table is None or not len(table):
        return pd.DataFrame(columns=["kind", "table", "rows"])
    return table[table.groupby("kind").cumcount() < FINDINGS]


def _kept(name: str, table: pd.DataFrame, found: Tables) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Say which rows of a table are on the page, beside those that findings are made of."""
    first = np.arange(len(table)) < ROWS
    if name in ("keyness", "keyness_concepts"):
        return _strongest(table)
    if name == "naming":
        return ((table["place"] == "body") & (table["voice"] == "all") & (table["n"] > 0)).to_numpy()
    if name == "sources":
        named = table["kind"] == "named"
        quoted = table["attributions"].rank(method="first", ascending=False) <= ROWS
        # Of each kind of speaker in each group those quoted most, so that its share opens.
        several = table.sort_values("attributions", ascending=False, kind="stable")
        by = list(table.columns[:1])
        of_kind = several.groupby([*by, "actor"]).cumcount().reindex(table.index) < 2
        return ((named & (table["articles"] > 2)) | ((table["source"] != "") & (quoted | of_kind))).to_numpy()
    if name == "stance":
        wanted = table["feature"].isin(TONE) & table["voice"].isin(("outlet", "all", ""))
        return (wanted & shown(table)).to_numpy()
    if name in ("stories", "coverage"):
        return table["story"].isin(stories(found)).to_numpy()
    if name in ("statement_summary", "omissions"):
        return table["statement"].isin(statements(found)).to_numpy()
    if name == "glossary":
        return np.arange(len(table)) < ROWS // 2
    if name == "keywords":
        return (table["rank"] <= 20).to_numpy()
    return first


def stories(found: Tables) -> list[Any]:
    """Return the stories on the page: those in most outlets first, then those with most articles."""
    table = found["stories"]
    size = table.groupby("story", sort=True).agg(outlets=("outlet", "nunique"), n=("article", "size"))
    order = size.sort_values(["outlets", "n"], ascending=False, kind="stable")
    return list(order.index[:STORIES])


def statements(found: Tables) -> list[Any]:
    """Return the statements on the page: those that most of the peers carry, and those that disagree."""
    summary, gaps = found.get("statement_summary"), found.get("omissions")
    if summary is None or gaps is None or not len(summary):
        return []
    told = _told(found, "omissions", gaps) | _told(found, "statement_summary", summary)
    known = summary[~summary["background"] & summary["story"].isin(stories(found))]
    omitted = gaps[(gaps["verdict"] == "omitted") & (gaps["carriers"] >= 2)]
    share = (omitted["peers"] / omitted["peers_total"]).groupby(omitted["statement"]).max()
    rank = known["statement"].map(share).fillna(0.0) + known["disagree"].astype(float) / 10
    order = known.assign(rank=rank).sort_values(["rank", "outlets"], ascending=False, kind="stable")
    return list(dict.fromkeys([*sorted(told), *order["statement"].head(STATEMENTS)]))


def _told(found: Tables, name: str, table: pd.DataFrame) -> set[Any]:
    """Return the statements that the findings tell of."""
    told = findings(found)
    rows = [int(row) for text in told.loc[told["table"] == name, "rows"] for row in text.split()]
    return set(table.iloc[rows]["statement"])


def _strongest(table: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    keys = [key for key in ("lang", "target", "reference") if key in table]
    over = table["g2"] > 0
    place = table.groupby([*keys, over], sort=False).cumcount()
    back = table.groupby([*keys, over], sort=False).cumcount(ascending=False)
    groups = max(table[keys].drop_duplicates().shape[0], 1)
    part = min(1.0, KEYNESS / (groups * (OVER + UNDER)))
    return ((over & (place < part * OVER)) | (~over & (back < part * UNDER))).to_numpy()


def titles(found: Tables) -> dict[str, Any]:
    """Return what each story on the page is called (``story zh en``), and how many there are."""
    if "stories" not in found or not len(found["stories"]):
        return {}
    rows = found["stories"].drop_duplicates("story").set_index("story").reindex(stories(found))
    named = {lang: [str(a or b) for a, b in zip(rows[f"name_{lang}"], rows["name"], strict=True)]
             for lang in ("zh", "en")}  # fmt: skip
    total = found["stories"]["story"].nunique()
    return {"total": int(total), "story": [int(story) for story in rows.index], **named}


def labels(found: Tables) -> dict[str, list[str]]:
    """Return what the page calls a referent, or a country that is judged: id -> English, Chinese."""
    naming, polarity = found.get("naming"), found.get("polarity")
    wanted: set[str] = set()
    if naming is not None and "referent" in naming:
        wanted |= set(naming["referent"])
    if polarity is not None and "toward" in polarity:
        wanted |= set(polarity["toward"])
    return {thing: list(called(thing)) for thing in sorted(wanted)}
