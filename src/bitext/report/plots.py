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
from bitext.glossaries.glossary import as_printed
from bitext.report.fonts import chinese_font, has_chinese_font
from bitext.report.marks import CHINESE
from bitext.report.plot_kinds import KINDS
from bitext.report.plot_words import in_chinese
from bitext.schema import ARTICLES, LANGUAGES, PROBLEMS, REMOVED

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@checked
def plot(table: pd.DataFrame, kind: str | None = None, **options: Any) -> "Figure":
    """Draw a table of bitext as a figure.

    Args:
        table: a table as a function of bitext returned it.
        kind: what to draw; None takes what the table is, by its run record. For a keyness table there are
            two: "keyness" (values with intervals, an arrow where a side has no bound) and "map" (rate in the
            target against rate in the reference).
        **options: ``top`` (terms to show, default 20), ``feature`` (for "stance": one feature), ``target``
            and ``reference`` (for a table of several comparisons), ``place`` and ``voice`` (for "naming"),
            ``title`` (default: what the figure shows), ``by`` (for tables of places: the column that is
            tallied), ``lang`` ("zh": titles, axes and names of concepts in Chinese),
            ``paths`` (True: letters in SVG are outlines, for machines without the font).

    Returns:
        A matplotlib Figure; ``figure.savefig("figure.svg")`` or ``.png`` writes it.

    Raises:
        BitextError: unknown *kind*, no table that can be drawn; matplotlib is missing, or the figure has
            Chinese words and no Chinese font is installed.
        TableError: nothing in the table can be drawn (all values are undefined, for example).

    Examples:
        >>> import bitext
        >>> tokens = bitext.tokenize(bitext.read("corpora/chips"))  # doctest: +SKIP
        >>> table = bitext.keyness(bitext.count(tokens, unit="concept"), target="远声网")  # doctest: +SKIP
        >>> bitext.plot(table).savefig("keyness.svg")  # doctest: +SKIP
    """
    lang = str(options.get("lang", "en"))
    if lang not in LANGUAGES:
        raise BitextError.unknown("lang", lang, LANGUAGES)
    chosen = kind or _kind_of(table)
    if chosen not in KINDS:
        raise BitextError.unknown("kind of plot", chosen, KINDS)
    if table.empty:
        raise TableError("the table is empty: there is nothing to draw")
    table = _as_printed(table)
    with _style(paths=bool(options.get("paths"))) as figure_class:
        figure: Figure = figure_class(layout="constrained")
        KINDS[chosen](figure, table, options)
        if len(figure.axes) == 1 and "title" not in options:  # over the whole width, where it has room
            options["title"] = figure.axes[0].get_title(loc="left")
            figure.axes[0].set_title("")
        if title := options.get("title"):
            figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
        if lang == "zh":
            for text in _texts(figure):
                text.set_text(in_chinese(text.get_text()))
            for axes in figure.axes:
                _ticks_in_chinese(axes)
        if any(CHINESE.search(text.get_text()) for text in _texts(figure)):
            chinese_font()
    return figure


#: Tables of a comparison that carry no run record, by their columns.
_BY_COLUMNS = {
    "findings": ("en", "zh", "strength"),
    "problems": PROBLEMS,
    "removed": REMOVED,
    "articles": ARTICLES[:6],
}


def _as_printed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its words, names and sources as their outlets print them, where it says so."""
    if "printed" not in table:
        return table
    column = next((name for name in ("term", "zh", "source") if name in table), None)
    if column is None:
        return table
    forms = map(as_printed, table["zh"], table["printed"]) if column == "zh" else table["printed"]
    shown = table.assign(**{column: list(forms)})
    shown.attrs = table.attrs
    return shown


def _ticks_in_chinese(axes: Any) -> None:
    """Say in Chinese what fixed ticks are named; numbers stay."""
    from matplotlib.ticker import FixedFormatter

    for axis in (axes.xaxis, axes.yaxis):
        formatter = axis.get_major_formatter()
        if isinstance(formatter, FixedFormatter):
            axis.set_major_formatter(FixedFormatter([in_chinese(str(text)) for text in formatter.seq]))


def _texts(figure: "Figure") -> list[Any]:
    from matplotlib.text import Text

    return figure.findobj(Text)


def _kind_of(table: pd.DataFrame) -> str:
    record = table.attrs.get("run") or {}
    if "step" not in record:
        record = next((part for part in record.values() if isinstance(part, dict) and "step" in part), {})
    if "step" not in record:
        for kind, columns in _BY_COLUMNS.items():
            if set(columns) <= set(table.columns):
                return kind
        raise TableError(
            "the table has no run record that tells its kind; pass a table as bitext returned it, "
            f"or say kind= (one of {sorted(KINDS)})"
        )
    return str(record["step"])


@contextmanager
def _style(*, paths: bool) -> Iterator[Any]:
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise BitextError.extra("a plot", "plot") from error
    settings = {
        "font.family": ["DejaVu Sans", *([chinese_font()] if has_chinese_font() else [])],
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
        "svg.fonttype": "path" if paths else "none",
        "pdf.fonttype": 42,
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
