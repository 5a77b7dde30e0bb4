"""Figures of tables with one number a row: a ranked line each, with its interval where it has one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from bitext.errors import TableError
from bitext.report.marks import BLUE, PALETTE, edges, intervals, label, rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Drawing = Callable[["Figure", pd.DataFrame, dict[str, Any]], None]
TOP = 20


class Lines(NamedTuple):
    """How a table becomes lines: the columns that name a line, its number, the interval, the words."""

    names: tuple[str, ...]
    value: str
    axis: str
    title: str
    low: str = ""
    high: str = ""
    #: Rows are drawn in the order of this column, the largest first; "" keeps the order of the table.
    order: str = ""


#: Tables that are drawn as ranked lines.
LINES = {
    "groups": Lines(("outlet",), "articles", "articles", "Articles read, by {group}"),
    "dispersion": Lines(("term",), "dp", "DP (0 = even, 1 = in one article)", "How words spread", order="n"),
    "collocations": Lines(("left", "right"), "log_dice", "logDice (at most 14)", "Words that go together"),
    "bursts": Lines(
        ("term", "first_period", "last_period"), "weight", "weight of the burst", "Words that came at once"
    ),
    "glossary": Lines(("zh", "en"), "n", "times printed side by side", "One name in two languages"),
    "align": Lines(("zh", "en"), "similarity", "cosine of both sides", "Sentences and their translations"),
    "translation_candidates": Lines(
        ("zh", "en"), "similarity", "similarity of use", "Words used alike in both languages"
    ),
    "concept_forms": Lines(("concept",), "n", "occurrences", "Concepts by frequency"),
    "polarity_candidates": Lines(
        ("term", "lang"), "so_pmi", "SO-PMI (below 0: with negative words)", "Words in loaded company"
    ),
    "wire_shares": Lines(
        ("outlet", "agency"), "share", "share of articles", "Articles that credit an agency", "low", "high"
    ),
    "calibrate": Lines(
        ("concept",), "k", "log2 of the rates, Chinese over English", "What translation does to concepts",
        "k_low", "k_high", order="n_zh",
    ),
    "phrases": Lines(("phrase",), "n", "occurrences", "Words that hold together"),
    "new_words": Lines(("word",), "n", "occurrences", "Names and terms that the dictionary lacks"),
    "omission_rates": Lines(
        ("outlet",), "rate", "share of statements of its stories", "What others state and {group} leaves out",
        "low", "high",
    ),
    "similar_articles": Lines(("article", "other"), "cosine", "cosine", "Articles most alike"),
    "duplicate_pairs": Lines(
        ("outlet_a", "outlet_b"), "containment", "share of the shorter text", "Texts printed twice"
    ),
    "duplicates": Lines(
        ("outlet", "article"), "kept", "share of the other text that stands in it",
        "Texts that share their words",
    ),
    "omitted_words": Lines(
        ("outlet", "term"), "spread", "share of the others' articles on it", "Words of a story left out"
    ),
}  # fmt: skip


def _lines(figure: "Figure", table: pd.DataFrame, options: dict[str, Any], *, spec: Lines) -> None:
    """Draw the strongest rows of a table, the values as `spec` says."""
    names = [name if name in table else str(table.columns[0]) for name in spec.names]
    table = table[np.isfinite(table[spec.value].to_numpy(float))]
    if table.empty:
        raise TableError(f"no row has a value of {spec.value!r}: there is nothing to draw")
    if spec.order:
        table = table.sort_values(spec.order, ascending=False, kind="stable")
    shown = table.head(int(options.get("top", TOP))).reset_index(drop=True)
    texts = shown[names].astype(str).agg(" · ".join, axis=1)
    axes, place = rows(figure, list(texts))
    value = shown[spec.value].astype(float)
    if spec.low:
        ends = edges(value, shown[spec.low], shown[spec.high])
        intervals(axes, value, shown[spec.low], shown[spec.high], place, ends)
    else:
        ends = edges(value)
        axes.hlines(place, 0, value, color=BLUE, lw=1.4, alpha=0.5)
        axes.plot(value, place, "o", color=BLUE, ms=4.5)
    axes.set_xlim(ends if value.min() < 0 else (0, ends[1]))
    axes.set_xlabel(spec.axis)
    of = f" ({len(shown):,} of {len(table):,} rows)" if len(table) > len(shown) else ""
    axes.set_title(spec.title.format(group=names[0]) + of)


def keywords(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw a panel a group: its keywords by rank, as long as their weight."""
    if "own_name" in table:
        table = table[table["own_name"].astype(str) == ""]
    group = str(table.columns[list(table.columns).index("term") - 1])
    panels = list(table.groupby(group, sort=False))[:12]
    top = min(int(options.get("top", 10)), int(table.groupby(group).size().max()))
    columns = min(3, len(panels))
    lines = -(-len(panels) // columns)
    figure.set_size_inches(2.3 * columns + 0.6, (0.2 * top + 0.6) * lines + 0.5)
    weight = next(name for name in ("weight", "score", "tfidf") if name in table)
    for number, (name, part) in enumerate(panels):
        axes = figure.add_subplot(lines, columns, number + 1)
        part = part.head(top)
        place = np.arange(len(part))[::-1]
        axes.barh(place, part[weight].astype(float), color=BLUE, height=0.6)
        axes.set_yticks(place, [label(term, 22) for term in part["term"]])
        axes.set_title(label(name))
        axes.grid(axis="y", visible=False)
        axes.locator_params(axis="x", nbins=3)
    figure.supxlabel(f"weight ({weight})", fontsize=9)


def stance_differences(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw differences of rates between a target and its reference, in one unit, the surest first."""
    table = table[np.isfinite(table["difference"].to_numpy(float)) & table["low"].notna()]
    for side in ("target", "reference", "unit"):
        known = list(table[side].unique())
        wanted = options.get(side) or (known[0] if known else None)
        if wanted not in known:
            raise TableError.unknown(side, wanted, known)
        table = table[table[side] == wanted]
    shown = table.sort_values("p", kind="stable").head(int(options.get("top", TOP))).reset_index(drop=True)
    texts = shown[["feature", "voice"]].agg(" · ".join, axis=1)
    axes, place = rows(figure, list(texts))
    ends = edges(shown["difference"], shown["low"], shown["high"])
    intervals(axes, shown["difference"], shown["low"], shown["high"], place, ends)
    axes.axvline(0, color="#333333", lw=0.8)
    target, reference = shown["target"].iloc[0], shown["reference"].iloc[0]
    axes.set(xlim=ends, title=f"How {target} differs from {reference} in tone")
    axes.set_xlabel(f"← more in {reference}   more in {target} →\n{shown['unit'].iloc[0]}")


def speakers(figure: "Figure", table: pd.DataFrame, options: dict[str, Any], *, column: str) -> None:
    """Draw what share of all reported words each kind of speaker has, a colour and a line for each group."""
    group = str(table.columns[0])
    table = table[~table[column].isin(["", "all"])]
    if table.empty:
        raise TableError(f"no {column} is stated in any row: there is nothing to draw")
    top = int(options.get("top", 10 if column == "actor" else 15))
    order = table.groupby(column, sort=False)["share"].sum().sort_values(ascending=False, kind="stable")
    names, groups = list(order.index[:top]), list(dict.fromkeys(table[group].astype(str)))
    axes, place = rows(figure, names)
    figure.set_size_inches(6.3, (0.1 + 0.11 * len(groups)) * len(names) + 1.6)
    ends = edges(table["share"], table["low"], table["high"])
    for number, name in enumerate(groups):
        part = table[(table[group].astype(str) == name) & table[column].isin(names)].reset_index(drop=True)
        offset = 0.36 - 0.72 * number / max(len(groups) - 1, 1)
        where = part[column].map(dict(zip(names, place, strict=True))).to_numpy(float) + offset
        color = PALETTE[number % len(PALETTE)]
        intervals(axes, part["share"], part["low"], part["high"], where, ends, color=color, name=label(name))
    axes.set(xlim=(0, ends[1]), xlabel="share of all reported words, with interval")
    axes.set_title("Kinds of speakers, by group" if column == "actor" else "Who gets to speak, by group")
    figure.legend(loc="outside lower left", ncols=3)


#: Tables of places in the texts -> the column by which their rows are tallied.
TALLIES = {
    "articles": "outlet",
    "attributions": "feature",
    "evidence": "feature",
    "explain": "aspect",
    "findings": "strength",
    "kwic": "outlet",
    "naming_candidates": "evidence",
    "passages": "kind",
    "problems": "kind",
    "removed": "kind",
    "sentences": "article",
    "stance_by_article": "outlet",
    "statements": "outlet",
    "tokens": "kind",
}


def _tally(figure: "Figure", table: pd.DataFrame, options: dict[str, Any], *, column: str) -> None:
    """Draw how many rows of a table of places there are for each value of a column, the most first."""
    column = str(options.get("by") or (column if column in table else table.columns[1]))
    if column not in table:
        raise TableError.unknown("column", column, list(table.columns))
    counts = table[column].astype(str).value_counts(sort=False).sort_values(ascending=False, kind="stable")
    shown = counts.head(int(options.get("top", TOP)))
    axes, place = rows(figure, [name or "(none)" for name in shown.index])
    axes.barh(place, shown.to_numpy(), color=BLUE, height=0.6)
    axes.set(xlabel="rows", title=f"{len(table):,} rows by {label(column)}")


KINDS: dict[str, Drawing] = {
    **{name: partial(_tally, column=column) for name, column in TALLIES.items()},
    **{name: partial(_lines, spec=spec) for name, spec in LINES.items()},
    "keywords": keywords,
    "stance_differences": stance_differences,
    "actors": partial(speakers, column="actor"),
    "sources": partial(speakers, column="source"),
}
