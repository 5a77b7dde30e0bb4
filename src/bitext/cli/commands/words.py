"""Commands about words: keywords, new words, keyness, concordances."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bitext.cli.inputs import (
    counts_by_language,
    in_batches,
    is_large,
    read_tokens,
    scanned_tokens,
    sums_by_language,
)
from bitext.cli.output import Titled, say
from bitext.errors import BitextError

if TYPE_CHECKING:
    import pandas as pd

    from bitext.counting.counts import Counts
    from bitext.counting.grouped_counts import GroupedCounts
    from bitext.tokens.tokens import Tokens


def keywords(args: argparse.Namespace) -> Titled:
    """Return the words that weigh most in each group, a table a language."""
    import bitext

    if args.by == "article" and args.weighting is None and args.unit != "concept":
        args.weighting, args.unit = "article", args.unit or "phrase"
        args.title_weight = 3 if args.title_weight is None else args.title_weight
    weighting = args.weighting or "contrast"
    settings = {"by": args.by, "top": args.top, "weighting": weighting, "own_names": args.own_names}
    if in_batches(args) and is_large(args):
        say(AS_COUNTED)
        return [(title, bitext.keywords(counts, **settings)) for title, counts in sums_by_language(args)]
    tokens = read_tokens(args)
    found = counts_by_language(args, tokens=tokens)
    return [(title, printed(bitext.keywords(counts, **settings), tokens, args)) for title, counts in found]


#: Said of large input, of which no text is at hand when the tables are made.
AS_COUNTED = (
    "counted in batches: words are shown as they are counted, in simplified characters and lower case; "
    "--learn looks for new words first, in a pass of its own"
)


def printed(table: pd.DataFrame, tokens: Tokens, args: argparse.Namespace) -> pd.DataFrame:
    """Return a table of words with what each group prints: on a terminal for `term`, in a file beside it."""
    from bitext.pipeline.printed import as_printed

    if args.unit == "concept" or table.empty:
        return table
    group = table[args.by] if args.by in table else table["target"]
    forms = as_printed(tokens, args.by, group.tolist(), table["term"].tolist())
    shown, place = table.copy(), list(table.columns).index("term")
    shown.attrs = table.attrs
    if args.output or args.format != "table":
        shown.insert(place + 1, "printed", forms)
    else:
        shown["term"] = forms
    return shown


def new_words(args: argparse.Namespace) -> Titled:
    """Return words that the articles have and the dictionary lacks."""
    import bitext

    with scanned_tokens(args, "reading and looking for words") as (tokens, report):
        table = bitext.new_words(tokens, progress=report)
    return [("", table)]


#: What a terminal shows of the keyness table; a file holds all of it.
KEYNESS_SHOWN = (
    "term",
    "n_target",
    "n_reference",
    "articles_target",
    "articles_reference",
    "g2",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "p",
    "q",
    "note",
)


#: Said of a comparison in which nothing is.
CALM = ": no term differs beyond chance (q < .05)"


def keyness(args: argparse.Namespace) -> Titled:
    """Return words that one group uses more than another; on a terminal a table a pair."""
    import bitext
    from bitext.pipeline.findings.finding import ALPHA

    needs = [args.target, args.reference]
    batches = in_batches(args) and is_large(args) and args.test == "linearised" and args.cluster is None
    if batches:
        say("counted in batches: columns that need single articles (dp, dispersion) stay empty")
        say(AS_COUNTED)
    tables = []
    tokens = None if batches else read_tokens(args)
    found = sums_by_language(args, needs) if batches else counts_by_language(args, needs, tokens)
    for title, counts in _with_groups(found, args.by):
        table = bitext.keyness(
            counts,
            target=args.target,
            reference=args.reference,
            by=args.by,
            test=args.test,
            cluster=args.cluster,
            seed=args.seed,
            order=args.order,
            own_names=args.own_names,
        )
        units = table.attrs["run"]["parameters"].get("units", [])
        sides = ["target", "reference"]
        # What a reader of the rows cannot see of a table that is cut: that none of all terms differs.
        calm = {pair for pair, part in table.groupby(sides) if not (part["q"] < ALPHA).any()}
        table = strongest(table, args.top)
        if tokens is not None:
            table = printed(table, tokens, args)
        if args.output or args.format != "table":
            tables.append((title, table))
        else:
            shown = [*KEYNESS_SHOWN[:-1], *(["tier"] if "tier" in table else []), "note"]
            tables += [
                _told(f"{title} {target} against {reference}{CALM * (pair in calm)}".strip(), part[shown])
                for pair, part in table.groupby(sides, sort=False)
                for target, reference in [pair]
            ]
            _say_units(args.cluster, units)
    return tables


#: Rows from which on a note that stands in all of them is said once.
_SEVERAL = 2
#: Units of a side below which hardly any q can be small.
_FEW_UNITS = 10


def _told(title: str, table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return title and table; a note that stands in every row goes to the title, and is said once."""
    note = str(table["note"].iloc[0]) if len(table) else ""
    if len(table) < _SEVERAL or not note or not table["note"].eq(note).all():
        return title, table
    return f"{title} ({note})", table.drop(columns="note")


def _say_units(cluster: str | None, units: list[dict[str, Any]]) -> None:
    """Say how many clusters were compared, where there are few of them."""
    few = [one["clusters"] for one in units if one and min(one["clusters"][:2]) < _FEW_UNITS]
    if cluster is None or not few:
        return
    one, other, _ = min(few, key=lambda clusters: sorted(clusters[:2]))
    say(
        f"p and intervals take clusters ({cluster}) as units: {one} against {other} in the smallest "
        "comparison. Of so few a small q can hardly be had, and rows without one go by g2, which knows "
        "nothing of clusters; --cluster story has more units"
    )


def _with_groups(
    found: Iterable[tuple[str, Counts | GroupedCounts]], by: str
) -> Iterator[tuple[str, Counts | GroupedCounts]]:
    """Leave out languages that only one group writes, and say so; the only table asked for stays."""
    from bitext.counting.counts import Counts
    from bitext.tokens.grouping import group_values

    parts = list(found)
    for title, counts in parts:
        if isinstance(counts, Counts):
            names = sorted(set(group_values(counts.articles, by)[by].astype(str)))
        else:
            names = [name for (name,) in counts.regroup([by]).keys]
        if len(names) > 1 or len(parts) == 1:
            yield title, counts
        else:
            say(f"{title}: all by {', '.join(names)}, there is nothing to compare them with")


def kwic(args: argparse.Namespace) -> Titled:
    """Return every occurrence of a word; without --pattern the last argument is the word."""
    import bitext

    if args.pattern is None:
        if len(args.paths) < 2 or Path(args.paths[-1]).exists():
            raise BitextError("no word to look for: write `bitext kwic PATH WORD`, or --pattern WORD")
        args.pattern = args.paths.pop()
    table = bitext.kwic(read_tokens(args), args.pattern, window=args.window)
    return [("", table if args.output else table.drop(columns=["sentence", "start", "end", "date"]))]


def strongest(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the *top* strongest rows of each target and reference."""
    keys = [key for key in ("target", "reference") if key in table]
    return (table.groupby(keys, sort=False).head(top) if keys else table.head(top)).reset_index(drop=True)
