"""What all figures share: colours, values with intervals, labels that do not lie on each other."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#7A7A7A"
PALETTE = (BLUE, ORANGE, "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#000000")
#: A label is cut, with an ellipsis, at this width; a Chinese character is two wide.
LABEL_WIDTH = 44
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")


def label(text: object, width: int = LABEL_WIDTH) -> str:
    """Return a text for an axis: at most *width* wide, with an ellipsis where it was cut.

    Examples:
        >>> label("Netherlands to require licences", 12)
        'Netherlands…'
        >>> label("southeast_asia")
        'southeast asia'
    """
    plain = str(text).replace("_", " ")
    room = width
    for place, letter in enumerate(plain):
        room -= 2 if CHINESE.match(letter) else 1
        if room < 1 and place + 1 < len(plain):
            return plain[:place].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    return plain


def edges(*values: pd.Series, zero: bool = True) -> tuple[float, float]:
    """Return the ends of an axis that holds all finite numbers of *values*, with room for arrows."""
    numbers = np.concatenate([series.to_numpy(float) for series in values])
    numbers = numbers[np.isfinite(numbers)]
    if zero:
        numbers = np.append(numbers, 0.0)
    if not len(numbers):
        return -1.0, 1.0
    room = (numbers.max() - numbers.min() or 1.0) * 0.08
    return float(numbers.min() - room), float(numbers.max() + room)


def intervals(
    axes: "Axes",
    value: pd.Series,
    low: pd.Series,
    high: pd.Series,
    place: npt.NDArray[Any],
    ends: tuple[float, float],
    *,
    color: str = BLUE,
    name: str | None = None,
) -> None:
    """Draw values along x with their intervals.

    A side without a bound runs to the end of the axis (*ends*) and ends in an arrow; a value without an
    interval is a hollow mark.
    """
    middle, left, right = (series.to_numpy(float) for series in (value, low, high))
    known = np.isfinite(left) | np.isfinite(right)
    for at, (begin, stop) in ((place[i], (left[i], right[i])) for i in np.flatnonzero(known)):
        drawn = (begin if np.isfinite(begin) else ends[0], stop if np.isfinite(stop) else ends[1])
        axes.plot(drawn, (at, at), "-", color=color, lw=1.6, alpha=0.6, solid_capstyle="butt", zorder=2)
        for end, open_side, marker in ((drawn[0], begin, "<"), (drawn[1], stop, ">")):
            if not np.isfinite(open_side):
                axes.plot(end, at, marker, color=color, ms=5, clip_on=False, zorder=2)
    axes.plot(middle[known], place[known], "o", color=color, ms=4.5, label=name, zorder=3)
    axes.plot(middle[~known], place[~known], "o", mfc="white", mec=color, ms=4.5, zorder=3)


def rows(figure: "Figure", labels: Sequence[object], width: float = 6.3) -> tuple["Axes", npt.NDArray[Any]]:
    """Return axes with one named line for each of *labels*, the first on top, and where the lines are."""
    place = np.arange(len(labels))[::-1]
    figure.set_size_inches(width, 0.24 * len(labels) + 1.3)
    axes = figure.add_subplot()
    axes.set_yticks(place, [label(text) for text in labels])
    axes.set_ylim(-0.7, len(labels) - 0.3)
    axes.grid(axis="y", visible=False)
    return axes, place


def name_points(axes: "Axes", points: Sequence[tuple[float, float, str]]) -> int:
    """Write names beside points, the first ones first, each where it lies on no other; return how many fit.

    Eight places around the point are tried, near ones first; a name that fits nowhere is left out.
    """
    figure: Any = axes.get_figure()
    figure.draw_without_rendering()  # places of the axes and sizes of letters are known from here on
    taken: list[Any] = []
    inside = axes.get_window_extent()
    for x, y, text in points:
        for dx, dy in ((5, 0), (-5, 0), (0, 7), (0, -7), (5, 8), (-5, 8), (5, -8), (-5, -8)):
            note = axes.annotate(
                text,
                (x, y),
                xytext=(dx, dy),
                textcoords="offset points",
                fontsize=8,
                ha="left" if dx > 0 else "right" if dx < 0 else "center",
                va="bottom" if dy > 0 else "top" if dy < 0 else "center",
            )
            box = note.get_window_extent()
            fits = inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)
            if fits and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            note.remove()
    return len(taken)
