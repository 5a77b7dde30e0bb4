"""Static figures for papers, one for each kind of table, in one style.

Colours are those of Okabe and Ito (2008), which colour-blind readers can tell apart; what colour says is said
by place or shape as well. An interval is a line; where there is none, the mark is hollow.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd

from bitext.checked import checked
from bitext.errors import BitextError, TableError
from bitext.report.fonts import chinese_font
from bitext.report.plot_kinds import KINDS

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@checked
def plot(table: pd.DataFrame, kind: str | None = None, **options: Any) -> "Figure":
    """Draw a table of bitext as a figure.

    Args:
        table: a table as a function of bitext returned it.
        kind: what to draw; None takes what the table is, by its run record. For a keyness table there are
            two: "keyness" (bars with intervals) and "map" (rate in the target against rate in the reference).
        **options: ``top`` (terms to show, default 20), ``feature`` (for "stance": one feature), ``target``
            and ``reference`` (for a table of several comparisons), ``title``.

    Returns:
        A matplotlib Figure; ``figure.savefig("figure.svg")`` or ``.png`` writes it.

    Raises:
        BitextError: unknown *kind*, no table that can be drawn, matplotlib or a Chinese font is missing.
        TableError: nothing in the table can be drawn (all values are undefined, for example).

    Examples:
        >>> import bitext
        >>> tokens = bitext.tokenize(bitext.read("corpora/chips"))  # doctest: +SKIP
        >>> table = bitext.keyness(bitext.count(tokens, unit="concept"), target="远声网")  # doctest: +SKIP
        >>> bitext.plot(table).savefig("keyness.svg")  # doctest: +SKIP
    """
    chosen = kind or _kind_of(table)
    if chosen not in KINDS:
        raise BitextError.unknown("kind of plot", chosen, KINDS)
    if table.empty:
        raise TableError("the table is empty: there is nothing to draw")
    with _style() as figure_class:
        figure: Figure = figure_class(layout="constrained")
        KINDS[chosen](figure, table, options)
        if title := options.get("title"):
            figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def _kind_of(table: pd.DataFrame) -> str:
    record = table.attrs.get("run") or {}
    if "step" not in record:
        record = next((part for part in record.values() if isinstance(part, dict) and "step" in part), {})
    return str(record.get("step", "of a table without a run record"))


@contextmanager
def _style() -> Iterator[Any]:
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise BitextError.extra("a plot", "plot") from error
    settings = {
        "font.family": ["DejaVu Sans", chinese_font()],
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#E6E6E6",
        "grid.linewidth": 0.6,
        "axes.edgecolor": "#9A9A9A",
        "axes.titlesize": 9,
        "axes.titlelocation": "left",
        "axes.labelcolor": "#333333",
        "xtick.color": "#333333",
        "ytick.color": "#333333",
        "legend.frameon": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "bitext",
        "savefig.dpi": 200,
        "axes.unicode_minus": False,
    }

    class StyledFigure(Figure):
        """A figure that is written in the style it was drawn in, the same bytes each time."""

        def savefig(self, fname: Any, **options: Any) -> None:
            """Write the figure; as SVG its text stays text, and it holds no date."""
            if str(options.get("format") or fname).endswith("svg"):
                options["metadata"] = {"Date": None, **(options.get("metadata") or {})}
            with mpl.rc_context(settings):
                super().savefig(fname, **options)

        def _repr_png_(self) -> bytes:
            buffer = io.BytesIO()
            self.savefig(buffer, format="png")
            return buffer.getvalue()

    with mpl.rc_context(settings):
        yield StyledFigure
