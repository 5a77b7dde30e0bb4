"""Tables to the terminal or into a file, messages to standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bitext.cli.spoken import spoken
from bitext.errors import BitextError

if TYPE_CHECKING:
    import pandas as pd

#: What a command returns: tables, each with the title that a terminal prints above it.
Titled: TypeAlias = "list[tuple[str, pd.DataFrame]]"

#: Options of the command that runs.
_OPTIONS: list[str] = []
#: So many problems are named one by one.
_FEW_PROBLEMS = 10
#: Endings of output files, which name their formats.
ENDINGS = (".csv", ".jsonl", ".parquet")


def check_output(args: argparse.Namespace) -> None:
    """Refuse an output that cannot be, before the work and not after it."""
    if args.output is None:
        if args.format == "parquet":
            raise BitextError("format 'parquet' cannot be written to the terminal; name a file with -o")
        return
    path = Path(args.output)
    if args.command == "compare":
        if args.format != "table":
            raise BitextError(f"compare -o writes CSV files into a folder; no --format {args.format!r}")
        file = path.suffix in ENDINGS and not path.is_dir()
        if not args.output or file or (path.exists() and not path.is_dir()):
            raise BitextError(
                f"-o {args.output!r} has to name a folder, new or old, for all tables; e.g. -o out"
            )
    elif not path.name or path.is_dir():
        raise BitextError(f"-o {args.output!r} has to name a file that ends in {list(ENDINGS)}")
    elif args.format == "table" and path.suffix not in ENDINGS:
        raise BitextError.unknown("ending of the output file", path.suffix, ENDINGS)


#: What it means that the tables of a command have no row.
_NOTHING = {
    "duplicates": "no article has a text that another one has",
    "stories": "no two articles report one event",
    "statements": "no story has two carriers that state the same",
    "omissions": "no outlet on a story lacks what so many others state (--min-peers)",
}


def put_out(tables: Titled, args: argparse.Namespace) -> None:
    """Show the tables, or write them to the file asked for."""
    from bitext.report import terminal, write

    if not tables:
        raise BitextError(
            "the groups asked for write in different languages, and terms of two languages have no common "
            "measure; compare them with --unit concept"
        )
    if args.command in _NOTHING and all(table.empty for _, table in tables):
        say(_NOTHING[args.command])
    if args.output:
        table = stacked(tables)
        kind = None if args.format == "table" else args.format
        write.write_table(table, args.output, format=kind, spreadsheet=args.spreadsheet)
        say(f"{len(table)} rows in {args.output}")
        say_notes(tables)
    elif args.format == "table":
        findings: pd.DataFrame | None = getattr(args, "findings", None)
        if findings is not None and len(findings):
            terminal.show_findings(findings)
        for title, table in tables:
            terminal.show(table, title=title)
        say_notes(tables)
        if closing := getattr(args, "closing", ""):
            say(closing)
    else:
        table = stacked(tables)
        # Standard output is for programs: only the user knows whether one of them is a spreadsheet.
        write.dump(write.without_formulas(table) if args.spreadsheet else table, sys.stdout, args.format)
        say_notes(tables)


def stacked(tables: Titled) -> pd.DataFrame:
    """Put the tables of several languages under each other; the column `part` says which is which."""
    import pandas as pd

    if len(tables) == 1:
        return tables[0][1]
    parts = []
    for title, table in tables:
        part = table.copy()
        part.insert(0, "part", title)
        parts.append(part)
    attrs = parts[0].attrs
    for part in parts:
        part.attrs = {}
    stacked = pd.concat(parts, ignore_index=True)
    stacked.attrs = attrs
    return stacked


def speak_of(options: Iterable[str]) -> None:
    """Let all that is said from here on name these *options* of the command, not arguments of Python."""
    _OPTIONS[:] = options


def say(message: str) -> None:
    """Tell the user something that is no table; no name in it acts on the terminal."""
    from bitext.reading.problems import printable
    from bitext.report.terminal import message_lines

    plain = "\n".join(map(printable, spoken(message, _OPTIONS).split("\n")))
    for line in message_lines(f"bitext: {plain}", sys.stderr):
        print(line, file=sys.stderr)


def say_notes(tables: Titled) -> None:
    """Tell what the tables have to say beside their rows: that nothing was found, for example."""
    for note in dict.fromkeys(table.attrs.get("note") for _, table in tables):
        if note:
            say(note)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int], None]]:
    """Give a callback that counts on, shown where standard error is a terminal."""
    from bitext.report import terminal

    with terminal.progress(label) as report:
        yield report


def say_problems(problems: pd.DataFrame) -> None:
    """Name the inputs that could not be read; of many, count those of each kind and name the first."""
    from bitext.reading.problems import summary

    few = len(problems) <= _FEW_PROBLEMS
    for row in problems.itertuples() if few else ():
        say(f"{row.file!s}: {row.problem!s}" if row.file else str(row.problem))
    for line in () if few else summary(problems.itertuples(index=False, name=None)):
        say(line)
    if not few:
        say(f"{len(problems):,} problems; the table `problems` (compare -o, Corpus.problems) lists them all")
