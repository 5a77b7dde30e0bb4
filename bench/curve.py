"""The figure of docs/performance.md: time per article and memory against the number of articles."""

from collections.abc import Sequence
from pathlib import Path

from bench.measure import Grown


def draw(grown: Sequence[Grown], path: Path) -> None:
    """Write the figure as SVG, the same bytes for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with plt.rc_context({"svg.hashsalt": "bitext", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = plt.subplots(1, 2, figsize=(7.2, 2.6), layout="constrained")
        for workers, style in ((1, "o-"), (2, "s--")):
            rows = [row for row in grown if row.workers == workers]
            name = f"{workers} worker{'s' if workers > 1 else ''}"
            articles = [row.articles for row in rows]
            times = [row.run.seconds / row.articles * 1e3 for row in rows]
            axes[0].plot(articles, times, style, label=name)
            axes[1].plot(articles, [row.run.peak / 1e3 for row in rows], style, label=name)
        for axis, title in zip(axes, ("ms per article, by the clock", "peak memory, GB"), strict=True):
            axis.set(xscale="log", xlabel="articles", title=title)
            axis.set_ylim(bottom=0)
            axis.spines[["top", "right"]].set_visible(False)
        axes[0].legend(frameon=False)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
