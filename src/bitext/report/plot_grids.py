"""Figures of stories and statements by group: who covered what, when, and what each left out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bitext.corpus.clock import UNKNOWN, Clock
from bitext.events.coverage import INACTIVE
from bitext.report.marks import BLUE, GREY, ORANGE, PALETTE, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: How a verdict of `omissions` is drawn; others are rings.
_VERDICTS = {"omitted": ("s", ORANGE), "printed before": ("<", GREY)}


def _grid(figure: "Figure", lines: list[str], columns: list[str]) -> "Axes":
    """Return axes with a named row for each of *lines* and a named column for each of *columns*."""
    figure.set_size_inches(0.7 * len(columns) + 3.6, 0.3 * len(lines) + 1.9)
    axes = figure.add_subplot()
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_xticks(range(len(columns)), [label(name, 24) for name in columns], rotation=35, ha="right")
    axes.set_yticks(range(len(lines)), [label(name) for name in lines])
    return axes


def coverage(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw the number of articles of each group (columns) on each story (rows).

    A box: none; a dash: none on any story in these days, so nothing was passed over.
    """
    group = str(table.columns[list(table.columns).index("name") + 1])
    chosen = list(table.drop_duplicates("story")["story"])[: int(options.get("top", 20))]
    table = table[table["story"].isin(chosen)]
    names = table.drop_duplicates("story").set_index("story")["name"]
    groups = sorted(table[group].astype(str).unique())
    axes = _grid(figure, [names[story] for story in chosen], groups)
    inactive = table["note"].eq(INACTIVE) if "note" in table else np.zeros(len(table), bool)
    cells = zip(table["story"], table[group].astype(str), table["n"], inactive, strict=True)
    for story, name, n, away in cells:
        where = (groups.index(name), chosen.index(story))
        if n:
            axes.text(*where, f"{n:,}", ha="center", va="center", color="#111111")
        elif away:
            axes.text(*where, "–", ha="center", va="center", color=GREY)
        else:
            axes.plot(*where, "s", ms=11, mfc="white", mec=ORANGE, zorder=3)
    axes.set_title("Articles on each story (box: none; dash: none on anything in these days)")


def omissions(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw, for the statements that most others carry, who left them out (box), may have (ring), or could
    not have them yet (triangle: it printed all it has before anybody stated it).
    """
    order = table.groupby("statement")["peers"].max().sort_values(ascending=False, kind="stable")
    chosen = list(order.index[: int(options.get("top", 12))])
    first = table.drop_duplicates("statement").set_index("statement")
    texts = [str(first.at[number, "en"] or first.at[number, "zh"]) for number in chosen]
    # Who leaves nothing out has a column, too: it carries what the others lack.
    carrying = {
        name for number in chosen for name in str(first.at[number, "carried_by"]).split(" · ") if name
    }
    groups = sorted({*table["outlet"].astype(str), *carrying})
    axes = _grid(figure, texts, groups)
    for row, number in enumerate(chosen):
        for _, line in table[table["statement"] == number].iterrows():
            marker, color = _VERDICTS.get(line["verdict"], ("o", GREY))
            axes.plot(groups.index(line["outlet"]), row, marker, ms=10, mfc="white", mec=color, zorder=3)
        for name in filter(None, str(first.at[number, "carried_by"]).split(" · ")):
            axes.plot(groups.index(name), row, "o", ms=7, color=BLUE, zorder=2)
    axes.set_title("Statements: carried (dot), left out (box), uncertain (ring), printed before (triangle)")


def statement_summary(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw which groups carry each statement, the most widely carried first."""
    table = table.sort_values("carriers", ascending=False, kind="stable").head(int(options.get("top", 15)))
    carried = [str(names).split(" · ") for names in table["carried_by"]]
    groups = sorted({name for names in carried for name in names if name})
    axes = _grid(figure, [en or zh for en, zh in zip(table["en"], table["zh"], strict=True)], groups)
    for row, names in enumerate(carried):
        axes.plot([groups.index(name) for name in names if name], [row] * len([n for n in names if n]), "o",
                  ms=7, color=BLUE)  # fmt: skip
    axes.set_title("Who carries which statement")


def stories(figure: "Figure", table: pd.DataFrame, options: dict[str, Any]) -> None:
    """Draw a panel a story: articles on one clock (UTC), a lane a group; a bar where only the day is known.

    The bar covers every hour that a bare date allows: the outlet's day where its zone is known, else the day
    in all zones. Where bars overlap, nobody can be called first.
    """
    group = str(table.columns[list(table.columns).index("article") + 1])
    panels = list(table.groupby("story", sort=False))[: int(options.get("top", 6))]
    groups = list(dict.fromkeys(table[group].astype(str)))
    figure.set_size_inches(6.8, (0.17 * len(groups) + 0.5) * len(panels) + 0.7)
    first: Axes | None = None
    for number, (_, part) in enumerate(panels):
        axes = figure.add_subplot(len(panels), 1, number + 1, sharex=first)
        first = first or axes
        clock = Clock.of(part.reset_index(drop=True))
        for name, low, high in zip(part[group].astype(str), clock.low, clock.high, strict=True):
            if UNKNOWN in (low, high):
                continue
            lane = groups.index(name)
            color = PALETTE[lane % len(PALETTE)]
            begin, end = np.datetime64(int(low), "us"), np.datetime64(int(high), "us")
            if end - begin > np.timedelta64(1, "h"):
                axes.plot([begin, end], [lane, lane], "-", color=color, lw=3, alpha=0.45)
                axes.plot(begin + (end - begin) // 2, lane, "o", mfc="white", mec=color, ms=4)
            else:
                axes.plot(begin, lane, "o", color=color, ms=4.5)
        axes.set_yticks(range(len(groups)), [label(name, 24) for name in groups], fontsize=7)
        axes.set_ylim(len(groups) - 0.4, -0.6)
        axes.set_title(label(part["name"].iloc[0], 90))
        axes.tick_params(labelbottom=number == len(panels) - 1)
    figure.axes[-1].set_xlabel("UTC; dot: the instant, bar: every hour that a bare date allows")
    for text in figure.axes[-1].get_xticklabels():
        text.set(rotation=20, ha="right")


KINDS: dict[str, Callable[["Figure", pd.DataFrame, dict[str, Any]], None]] = {
    "coverage": coverage,
    "omissions": omissions,
    "statement_summary": statement_summary,
    "stories": stories,
}
