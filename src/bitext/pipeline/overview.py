"""The first look: a few small tables out of all that a comparison holds."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

NAMES = {"zh": "Chinese", "en": "English"}


def overview(tables: Mapping[str, pd.DataFrame], by: str, top: int) -> list[tuple[str, pd.DataFrame]]:
    """Return titled tables: who wrote how much, what each group's words are, what sets it apart."""
    found = [("What was read", tables["groups"])]
    found += _keywords(tables["keywords"], by, top)
    for name, title in (("keyness", "words"), ("keyness_concepts", "concepts, both languages")):
        if name in tables and len(tables[name]):
            found += _keyness(tables[name], title, top)
    if len(tables.get("stance", ())):
        found.append(("Stance: rate [95% interval] by language and outlet", _stance(tables["stance"], by)))
    if len(tables.get("stories", ())):
        found.append(("Stories: articles of each outlet", _matrix(tables["stories"], top)))
    copies = tables["duplicates"]
    if len(copies):
        shown = ["cluster", "outlet", "date", "title", "relation", "containment", "kept", "new"]
        found.append(("Copies", copies[shown].head(4 * top)))
    return found


#: Features worth a first look: who is quoted and how sure the outlet is.
_FIRST = ("quote_share", "attributions_per_sentence", "anon_share", "say_doubting", "hedge", "booster")


def _stance(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return group by feature; a cell holds the value and its interval, or that there is none."""
    # Rates are of the outlet's own voice where voices are told apart.
    own = table[table["feature"].isin(_FIRST)].sort_values("voice", key=lambda voice: voice != "outlet")
    keys = list(dict.fromkeys(["lang", by]))
    own = own.drop_duplicates([*keys, "feature"])
    cells = [
        f"{value:.2f}" + (f" [{low:.2f}, {high:.2f}]" if low == low else "")  # NaN is not equal to itself
        for value, low, high in zip(own["value"], own["low"], own["high"], strict=True)
    ]
    grid = own.assign(cell=cells).pivot(index=keys, columns="feature", values="cell")
    grid = grid.reindex(columns=[name for name in _FIRST if name in grid]).reset_index()
    grid.columns.name = None
    return grid


def _matrix(stories: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return story by outlet, the stories of most outlets first."""
    counts = pd.crosstab([stories["story"], stories["name"]], stories["outlet"])
    order = (counts > 0).sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    matrix = counts.loc[order].reset_index()
    matrix.columns.name = None
    return matrix


def _keywords(table: pd.DataFrame, by: str, top: int) -> list[tuple[str, pd.DataFrame]]:
    """One row per group, its keywords side by side: easier to compare than lists under each other."""
    found = []
    table = table[table["own_name"] == ""] if "own_name" in table else table
    table = table[table.groupby(["lang", by]).cumcount() < top]
    for lang, part in table.groupby("lang", sort=False):
        words = part["term"] + " " + part["n"].astype(str)
        lines = words.groupby(part[by]).agg(" · ".join).reset_index(name="keywords (occurrences)")
        found.append((f"Keywords, {NAMES[str(lang)]}", lines))
    return found


def _keyness(table: pd.DataFrame, title: str, top: int) -> list[tuple[str, pd.DataFrame]]:
    """Per group the terms it overuses, strongest first; a star where the test over articles is passed."""
    over = table[table["g2"] > 0]
    over = over[over["own_name"] == ""] if "own_name" in over else over
    if over.empty:
        return []
    # Where the weeks are weighted alike, the reference can lack a term in the weeks that both sides have.
    alike = over["log_ratio"].where(np.isfinite(over["log_ratio"]), over.get("log_ratio_crude"))
    over = over.assign(
        word=over["term"] + over["q"].lt(0.05).map({True: "*", False: ""}),
        times=(2**alike).map("{:.1f}x".format).where(over["n_reference"] > 0, "only here"),
    )
    # A group of an article or two among larger ones has no words to set it apart, only those of its article.
    few = over["note"].astype(str).str.startswith(("too few", "not estimable: of"))
    few &= not few.all()
    head = over[~few].groupby(["target"], sort=False).head(top)
    words = (head["word"] + " " + head["times"]).groupby(head["target"]).agg(" · ".join)
    untold = over[few].groupby("target")["note"].first()
    words = pd.concat([words, untold[~untold.index.isin(words.index)].map("({})".format)]).sort_index()
    lines = words.reset_index(name="more than all others, times the rate (* q < .05 over articles)")
    return [(f"Keyness, {title}", lines)]
