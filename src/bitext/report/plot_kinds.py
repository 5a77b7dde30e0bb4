"""The drawings behind `bitext.plot`: one function for each kind of table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bitext.errors import TableError
from bitext.report import plot_grids, plot_rows
from bitext.report.marks import BLUE, GREY, ORANGE, PALETTE, edges, intervals, label, name_points, rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def _one_comparison(table: pd.DataFrame, options: dict[str, Any]) -> pd.DataFrame:
    """Take one target and one reference: those asked for, or the first."""
    for side in ("target", "reference"):
        known = list(table[side].unique())
        wanted = options.get(side) or known[0]
        if wanted not in known:
            raise TableError.unknown(side, wanted, known)
        table = table[table[side] == wanted]
    return table


def _keyness(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw the log ratios of the best supported terms of each side, in the table's order, with intervals.

    Outlets' own names are left out. A side of an interval without a bound ends in an arrow.
    """
    table = _one_comparison(table, options)
    if "own_name" in table:
        table = table[table["own_name"].astype(str) == ""]
    half = max(int(options.get("top", 20)) // 2, 1)
    over, under = table[table["g2"] > 0].head(half), _under(table, half)
    shown = pd.concat([over, under]).reset_index(drop=True)
    if shown.empty:
        raise TableError("no term is used more by one side than by the other: there is nothing to draw")
    labels = [f"{label(term)}  {n:,}" for term, n in zip(shown["term"], _hits(shown), strict=True)]
    axes, place = rows(figure, labels)
    target, reference = shown["target"].iloc[0], shown["reference"].iloc[0]
    ends = edges(shown["log_ratio"], shown["log_ratio_low"], shown["log_ratio_high"])
    for side, color in ((shown["g2"] > 0, BLUE), (shown["g2"] < 0, ORANGE)):
        part = shown[side]
        low, high = part["log_ratio_low"], part["log_ratio_high"]
        intervals(axes, part["log_ratio"], low, high, place[side], ends, color=color)
    axes.axvline(0, color="#333333", lw=0.8)
    axes.set(xlim=ends, title=f"Words of {target} beside {reference} (word and times used)")
    axes.set_xlabel(f"← more in {reference}   more in {target} →\nlog ratio (1 = twice the rate)")


def _under(table: pd.DataFrame, half: int) -> pd.DataFrame:
    """Return the clearest underused terms, the clearest last: supported ones, then by g2."""
    under = table[table["g2"] < 0]
    by = ["support", "g2"] if "support" in under else ["g2"]
    return under.sort_values(by, kind="stable").head(half).iloc[::-1]


def _hits(table: pd.DataFrame) -> pd.Series:
    return table["n_target"] + table["n_reference"]


def _map(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw each term at its rate in the reference (x) and in the target (y), the clearest ones named."""
    table = _one_comparison(table, options)
    figure.set_size_inches(6.3, 6.3)
    axes = figure.add_subplot()
    floor = min(rate[rate > 0].min() for rate in (table["rate_target"], table["rate_reference"])) / 2
    x, y = table["rate_reference"].clip(lower=floor), table["rate_target"].clip(lower=floor)
    sure = table["q"].lt(0.05) if "q" in table else pd.Series(False, index=table.index)
    axes.loglog(x[~sure], y[~sure], ".", color="#BBBBBB", ms=3)
    for side, color, marker in ((table["log_ratio"] > 0, BLUE, "^"), (table["log_ratio"] < 0, ORANGE, "v")):
        axes.loglog(x[sure & side], y[sure & side], marker, color=color, ms=5)
    edge = [floor * 0.8, max(x.max(), y.max()) * 1.5]
    axes.plot(edge, edge, color=GREY, lw=0.8)
    # Words that are beyond chance come first: they are to be named.
    named = table.assign(size=table["g2"].abs() + 1e9 * sure, x=x, y=y)
    named = named.nlargest(int(options.get("top", 20)), "size")
    axes.set(
        xlabel=f"per 1,000 words in {table['reference'].iloc[0]}",
        ylabel=f"per 1,000 words in {table['target'].iloc[0]}",
        title="Each word at its two rates (coloured: q < .05)",
        xlim=edge,
        ylim=edge,
    )
    # Rare words share their place with many others: one label for all that lie there.
    points = []
    for _, words in named.groupby(["x", "y"], sort=False):
        more = f" +{len(words) - 3:,}" if len(words) > 3 else ""
        text = ", ".join(label(word) for word in words["term"].head(3)) + more
        points.append((float(words["x"].iloc[0]), float(words["y"].iloc[0]), text))
    name_points(axes, points)


def _stance(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw one panel per feature: a line per group with its interval, voices told apart by colour."""
    group = table.columns[0]
    if "feature" in table:
        wanted = options.get("feature")
        known = list(table.loc[table["hits"] > 0, "feature"].unique())
        if wanted is not None and wanted not in known:
            raise TableError.unknown("feature", wanted, known)
        features = [wanted] if wanted else known[: int(options.get("top", 9))]
        panels = [(name, table[table["feature"] == name]) for name in features]
    else:
        panels = [(f"polarity toward {name}", part) for name, part in table.groupby("toward", sort=False)]
    groups = list(dict.fromkeys(table[group].astype(str)))
    columns = min(3, len(panels))
    lines = -(-len(panels) // columns)
    figure.set_size_inches(2.1 + 2.2 * columns, (0.3 * len(groups) + 0.9) * lines + 0.4)
    place = {name: len(groups) - 1 - number for number, name in enumerate(groups)}
    first: Axes | None = None
    for number, (name, part) in enumerate(panels):
        axes = figure.add_subplot(lines, columns, number + 1, sharey=first)
        ends = edges(part["value"], part["low"], part["high"])
        first = first or axes
        voices = [voice for voice in ("outlet", "source", "all") if (part["voice"] == voice).any()]
        voices = [voice for voice in voices if voice != "all"] or voices
        for step, voice in enumerate(voices):
            row = part[part["voice"] == voice].reset_index(drop=True)
            where = row[group].astype(str).map(place).to_numpy(float) - (step - (len(voices) - 1) / 2) * 0.28
            color = {"outlet": BLUE, "source": ORANGE}.get(voice, "#333333")
            called = f"{voice} voice" if number == 0 and voice != "all" else None
            intervals(axes, row["value"], row["low"], row["high"], where, ends, color=color, name=called)
        axes.set_title(label(name))
        axes.set_xlim(ends)
        axes.set_yticks(list(place.values()), [label(group_name) for group_name in place])
        axes.tick_params(labelleft=number % columns == 0)
        if "unit" in part:
            axes.set_xlabel(str(part["unit"].iloc[0]))
    if figure.axes[0].get_legend_handles_labels()[0]:
        figure.legend(loc="outside lower left", ncols=2)


def _timeline(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw articles per period, a panel per group; with a followed term, its rate and interval."""
    groups = [name for name in table.columns if name not in _NO_GROUP_COLUMN][:1]
    parts = list(table.groupby(groups[0], sort=False)) if groups else [("", table)]
    parts = parts[: int(options.get("top", 20))]
    figure.set_size_inches(6.3, 0.75 * len(parts) + 0.9)
    rate = "rate" if "rate" in table else "articles"
    top = float(np.nanmax(table[[name for name in (rate, "rate_high") if name in table]].to_numpy(float)))
    periods = sorted(table["period"].unique())
    place = {period: number for number, period in enumerate(periods)}
    same_year = len({period[:4] for period in periods}) == 1 and len(periods[0]) > 4
    labels = [period[5:] for period in periods] if same_year else periods
    for number, (name, part) in enumerate(parts):
        axes = figure.add_subplot(len(parts), 1, number + 1)
        where = part["period"].map(place).to_numpy()
        axes.bar(where, part[rate], width=0.8, color=BLUE)
        if rate == "rate":
            axes.vlines(where, part["rate_low"], part["rate_high"], color="#333333", lw=1)
        axes.set(ylim=(0, top * 1.05), xlim=(-0.6, len(periods) - 0.4))
        axes.set_ylabel(str(name), rotation=0, ha="right", va="center")
        axes.grid(axis="x", visible=False)
        step = -(-len(periods) // 7)
        axes.set_xticks(range(0, len(periods), step), labels[::step])
        axes.tick_params(labelbottom=number == len(parts) - 1)
    year = f", {periods[0][:4]}" if same_year else ""
    what = "Occurrences per 1,000 words" if rate == "rate" else "Articles"
    figure.axes[0].set_title(f"{what} by period{year}")


_NO_GROUP_COLUMN = frozenset(
    {"period", "term", "articles", "share", "share_low", "share_high", "note", "n", "rate"}
    | {"rate_low", "rate_high", "group_size"}
)


def _similarity(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:  # noqa: ARG001
    """Draw the matrix of cosines between groups, the number in each cell."""
    both = pd.concat([table, table.rename(columns={"target": "reference", "reference": "target"})])
    matrix = both.pivot_table(index="target", columns="reference", values="cosine")
    names = sorted(matrix.index)
    values = matrix.reindex(index=names, columns=names).to_numpy()
    size = 0.55 * len(names) + 2
    figure.set_size_inches(size, size)
    axes = figure.add_subplot()
    axes.imshow(np.ma.masked_invalid(values), cmap="Blues", vmin=0, vmax=1)
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            shade = "white" if value > 0.6 else "#333333"
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", color=shade, fontsize=8)
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.grid(visible=False)
    axes.set_title("Cosine similarity (1 = the same vocabulary)")


def _shift(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw the terms that make the difference: to the right the target's, to the left the reference's."""
    shown = table.head(int(options.get("top", 20))).reset_index(drop=True)
    place = np.arange(len(shown))[::-1]
    sign = np.where(shown["side"] == "reference", -1, 1) if "score" not in shown else np.ones(len(shown))
    figure.set_size_inches(6.3, 0.24 * len(shown) + 1.2)
    axes = figure.add_subplot()
    value = shown["contribution"] * sign
    axes.barh(place, value, color=np.where(value > 0, BLUE, ORANGE), height=0.7)
    axes.hlines(
        place, shown["contribution_low"] * sign, shown["contribution_high"] * sign, color="#333333", lw=1
    )
    axes.axvline(0, color="#333333", lw=0.8)
    axes.set_yticks(place, [label(term) for term in shown["term"]])
    axes.grid(axis="y", visible=False)
    target, reference = shown["target"].iloc[0], shown["reference"].iloc[0]
    axes.set_title(f"The words that make {target} differ from {reference}")
    axes.set_xlabel(f"{reference} ←  contribution  → {target}")


def _naming(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw, for one referent (option ``target``), the share of each name in each group."""
    group = table.columns[0]
    known = list(table["referent"].unique())
    referent = options.get("target") or known[0]
    if referent not in known:
        raise TableError.unknown("referent", referent, known)
    table = table[table["referent"] == referent]
    # Where a name stands (title, body, caption) and who says it are counted apart: one of each is drawn.
    for column, first in (("place", "body"), ("voice", "all")):
        if column in table:
            known = list(table[column].unique())
            wanted = options.get(column) or (first if first in known else known[0])
            if wanted not in known:
                raise TableError.unknown(column, wanted, known)
            table = table[table[column] == wanted]
    where = table["place"].iloc[0] if "place" in table else "text"
    mentions = table.groupby(group)["of"].max()
    shares = table.pivot_table(index=group, columns="label", values="share", aggfunc="first").fillna(0)
    shares = shares[shares.mean().sort_values(ascending=False).index]
    figure.set_size_inches(6.3, 0.34 * len(shares) + 1.4)
    axes = figure.add_subplot()
    left = np.zeros(len(shares))
    hatches = ("", "//", "..", "xx")
    place = np.arange(len(shares))
    for number, name in enumerate(shares.columns):
        color, hatch = PALETTE[number % len(PALETTE)], hatches[number // len(PALETTE) % len(hatches)]
        called = label(str(name).partition("/")[2] or name)
        axes.barh(place, shares[name], left=left, color=color, hatch=hatch, label=called)
        left += shares[name].to_numpy()
    axes.set_yticks(place, [f"{label(name)}  {mentions[name]:,}" for name in shares.index])
    axes.set(xlim=(0, 1), xlabel=f"share of the mentions in the {where} (their number beside the group)")
    axes.set_title(f"Names for {label(referent)}")
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside lower left", ncols=3)


#: Kind of table -> what draws it.
KINDS: dict[str, Callable[["Figure", pd.DataFrame, dict[str, Any]], None]] = {
    "keyness": _keyness,
    "map": _map,
    "stance": _stance,
    "polarity": _stance,
    "timeline": _timeline,
    "similarity": _similarity,
    "shift": _shift,
    "naming": _naming,
    **plot_rows.KINDS,
    **plot_grids.KINDS,
}
