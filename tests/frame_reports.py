"""Invented short reports in one frame of words around other names and numbers (cases/frame_reports.tsv).

Of each kind every report is an event of its own but the last, a later report on the first: other numbers, the
same names.
"""

import csv
from pathlib import Path
from typing import NamedTuple


class Reports(NamedTuple):
    """Title and text of a report on each event, and of a later one on the first."""

    events: list[tuple[str, str]]
    later: tuple[str, str]


def reports() -> dict[str, Reports]:
    """Return the reports of each kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    with (Path(__file__).parent / "cases" / "frame_reports.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["kind"], []).append((row["title"], row["text"]))
    return {kind: Reports(rows[:-1], rows[-1]) for kind, rows in found.items()}


REPORTS = reports()
