"""Labels of pairs of sentences that were read twice: what they settle to, and how far both readings agree."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from measure.figure import Figure

#: What a label claims, from the least to the most.
LABELS = ("different", "figures differ", "in part", "carries", "same")
RELATED = ("same", "carries", "in part")
STRICT = ("same", "carries")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of cases."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def settled(row: Mapping[str, str]) -> str:
    """Return the label of a pair: of two readings the one that claims less, or the only one.

    Examples:
        >>> settled({"label": "same", "second": "in part"}), settled({"label": "carries", "second": ""})
        ('in part', 'carries')
    """
    read = [label for label in (row["label"], row["second"]) if label]
    return min(read, key=LABELS.index)


def agreement(kind: str, data: str, rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    """Yield how far both readings agree beyond chance: on all labels, and on what scorers are fitted to."""
    twice = [row for row in rows if row["second"]]
    first, second = ([row[column] for row in twice] for column in ("label", "second"))
    for what, kinds in (("five labels", None), ("the same, or one holds the other", STRICT)):
        one, other = (
            read if kinds is None else [label in kinds for label in read] for read in (first, second)
        )
        equal = sum(a == b for a, b in zip(one, other, strict=True)) / len(twice)
        yield Figure(
            f"{kind}: agreement of two readings beyond chance (kappa), {what}",
            data,
            "whole",
            len(twice),
            float(cohen_kappa_score(one, other)),
            margin=0.05,
            note=f"{equal:.2f} of the pairs alike; the second reading saw neither labels nor scores",
        )
