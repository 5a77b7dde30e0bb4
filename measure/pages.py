"""Figures → measure/results/AREA.tsv, kept from run to run; from them docs/measurements.md and README."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path

from measure.figure import Figure

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "measure" / "results"
PAGE = ROOT / "docs" / "measurements.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

HEAD = """# Measurements

Written by `make measure`; nothing here is typed by hand. *Half*: rules and coefficients were made on the half
"built" of each file (by hash of what must not be torn: the article, the document, for reading the whole
outlet); "reported" is the other half, "whole" is material on which nothing was built. *Margin*: a run of
`make measure` fails where a figure is worse than here by more. ✗ marks an aim that is not reached.
"""


def read(folder: Path = RESULTS) -> dict[str, list[Figure]]:
    """Return the figures of the last runs: area -> figures."""
    kinds = {field.name: str(field.type) for field in fields(Figure)}
    found: dict[str, list[Figure]] = {}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t")
            found[path.stem] = [
                Figure(**{name: _value(kinds[name], text) for name, text in row.items()})  # type: ignore[arg-type]
                for row in rows
            ]
    return found


def _value(kind: str, text: str) -> object:
    if "float" in kind:
        return None if text == "" else float(text)
    return int(text) if "int" in kind else text


def keep(area: str, figures: Iterable[Figure], folder: Path = RESULTS) -> None:
    """Write the figures of one area, to be compared with by the next run."""
    folder.mkdir(exist_ok=True)
    with (folder / f"{area}.tsv").open("w", encoding="utf-8", newline="") as lines:
        names = [field.name for field in fields(Figure)]
        writer = csv.DictWriter(lines, names, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_cells(figure) for figure in figures)


def write(areas: Mapping[str, Iterable[Figure]]) -> None:
    """Write the page, and the figures that the README quotes."""
    PAGE.write_text(page(areas), encoding="utf-8")
    README.write_text(quoted(README.read_text(encoding="utf-8"), areas), encoding="utf-8")


def _cells(figure: Figure) -> dict[str, object]:
    return {name: "" if value is None else value for name, value in asdict(figure).items()}


def page(areas: Mapping[str, Iterable[Figure]]) -> str:
    """Return docs/measurements.md."""
    blocks = [HEAD]
    for area, figures in areas.items():
        rows = ["| what | data, half | n | figure | aim | margin | peer |", "|---|---|---|---|---|---|---|"]
        notes = []
        for figure in figures:
            aim = (
                "" if figure.aim is None else _number(figure.aim, figure) + ("" if figure.reached() else " ✗")
            )
            peer = "" if figure.peer_value is None else f"{figure.peer} {_number(figure.peer_value, figure)}"
            sign = "≥" if figure.better == "higher" else "≤"
            rows.append(
                f"| {figure.what} | `{figure.data}`, {figure.half} | {figure.n:,} "
                f"| {_number(figure.value, figure)} | {sign + ' ' + aim if aim else ''} "
                f"| {figure.margin:g} | {peer} |"
            )
            if figure.note:
                notes.append(f"* *{figure.what}*: {figure.note}")
        blocks.append("\n".join([f"## {area}", "", *rows, *(["", *notes] if notes else [])]) + "\n")
    return "\n".join(blocks)


def quoted(readme: str, areas: Mapping[str, Iterable[Figure]]) -> str:
    """Return the README with its table of figures renewed, between the two marks."""
    if BEGIN not in readme:
        return readme
    rows = ["", "| measured | figure | aim |", "|---|---|---|"]
    for figures in areas.values():
        for figure in figures:
            if figure.label:
                aim = "" if figure.aim is None else _number(figure.aim, figure)
                rows.append(f"| {figure.label} | {_number(figure.value, figure)} | {aim} |")
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    return before + "\n".join([BEGIN, *rows, "", END]) + after


def _number(value: float, figure: Figure) -> str:
    return f"{value:.{figure.digits}f}"
