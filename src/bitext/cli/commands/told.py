"""The command that shows what a finding of an earlier `bitext compare -o FOLDER` is made of."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli.output import Titled, say
from bitext.errors import BitextError, CorpusError

if TYPE_CHECKING:
    import pandas as pd


def findings(args: argparse.Namespace) -> Titled:
    """Return the findings of a folder, numbered, or the rows that one of them is made of."""
    folder = Path(args.folder)
    if not (folder / "findings.csv").is_file():
        raise CorpusError(
            f"{args.folder}: no findings.csv in it; name a folder that `bitext compare -o` wrote"
        )
    table = _table(folder, "findings")
    if args.number is None:
        table.insert(0, "number", [str(number) for number in range(1, len(table) + 1)])
        shown = ["number", "kind", "strength", "en", "zh", "note"]
        return [("", table if args.output or args.format != "table" else table[shown])]
    if not 1 <= args.number <= len(table):
        raise BitextError(f"finding {args.number}: there are {len(table)}, numbered from 1")
    row = table.iloc[args.number - 1]
    say(f"{row['en']} ({row['strength']}; rows of {row['table']}.csv)")
    behind = _table(folder, row["table"]).iloc[[int(number) for number in row["rows"].split()]]
    empty = [name for name in behind if (behind[name] == "").all()]
    return [("", behind if args.output else behind.drop(columns=empty).apply(_numbers))]


def _numbers(column: pd.Series) -> pd.Series:
    """Return a column of numbers as numbers, and any other as it is."""
    import pandas as pd

    numbers = pd.to_numeric(column, errors="coerce")
    return numbers if (numbers.notna() == (column != "")).all() else column


def _table(folder: Path, name: str) -> pd.DataFrame:
    """Return a table of the folder as texts, without what guards its cells against spreadsheets."""
    import pandas as pd

    from bitext.report.write import unguarded

    table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    return table.map(unguarded).rename(columns=unguarded)
