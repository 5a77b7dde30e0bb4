"""Every quality figure: python -m measure [AREA ...] [--accept | --pages]. An area is a file of this folder.

An area's file has `figures()`, which yields `measure.figure.Figure`. They are compared with those of the last
run (measure/results/AREA.tsv). Where none is worse by more than its margin they are kept there; else nothing
of the area is kept, the run says which fell, and ends with 1. --accept keeps them all the same: for a figure
that is honestly lower, e.g. on fresh material. A run of all areas, or --pages alone, then writes
docs/measurements.md and the README's table from what is kept.
"""

import argparse
import importlib
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import pages
from measure.figure import Figure
from tests.shared import DATA

HELPERS = {"__init__", "__main__", "figure", "pages"}
AREAS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in HELPERS)


def main() -> int:
    """Measure, compare, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"all, or some of: {' '.join(AREAS)}")
    parser.add_argument("--accept", action="store_true", help="keep figures that fell, too")
    parser.add_argument(
        "--pages", action="store_true", help="measure nothing, write the pages from what is kept"
    )
    options = parser.parse_args()
    if unknown := sorted(set(options.areas) - set(AREAS)):
        parser.error(f"no area {unknown[0]!r}; there are {AREAS}")
    if not options.pages and not DATA.is_dir():
        sys.exit(
            f"the figures need the shared data at {DATA} (set BITEXT_SHARED to the folder that holds data/)"
        )
    before = pages.read()
    fallen: list[str] = []
    for area in () if options.pages else options.areas or AREAS:
        start = time.perf_counter()
        figures = list(importlib.import_module(f"measure.{area}").figures())
        print(f"{area} ({time.perf_counter() - start:.0f} s)")
        worse = [f"{area}: {line}" for line in _compared(figures, before.get(area, []))]
        fallen += worse
        if options.accept or not worse:
            pages.keep(area, figures)
    if not options.areas:
        pages.write(pages.read())
    if fallen and not options.accept:
        print("\nworse than in measure/results by more than the margin, not kept:", *fallen, sep="\n  ")
        return 1
    return 0


def _compared(figures: list[Figure], before: list[Figure]) -> list[str]:
    """Print the figures; return which are worse than *before* by more than their margin, or missing."""
    last = {figure.what: figure.value for figure in before}
    fallen: list[str] = []
    for figure in figures:
        mark = {None: " ", True: "✓", False: "✗"}[figure.reached()]
        print(
            f"  {mark} {figure.value:.{figure.digits}f}  {figure.what} ({figure.half}, n={figure.n})",
            flush=True,
        )
        if figure.what in last and figure.fallen(last[figure.what]):
            fallen.append(f"{figure.what} was {last[figure.what]:g}, is {figure.value:g}")
    gone = sorted(set(last) - {figure.what for figure in figures})
    return [*fallen, *(f"{what} is not measured any more" for what in gone)]


if __name__ == "__main__":
    sys.exit(main())
