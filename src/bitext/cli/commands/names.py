"""Commands about names: which name for the same thing, pairs of names in two languages."""

from __future__ import annotations

import argparse

from bitext.cli.inputs import clustered_tokens, scanned_tokens
from bitext.cli.output import Titled


def naming(args: argparse.Namespace) -> Titled:
    """Return by which name each group calls the same thing; on a terminal a table a referent."""
    import bitext

    with clustered_tokens(args, "reading and looking for names") as (tokens, report):
        table = bitext.naming(
            tokens,
            by=args.by,
            cluster=args.cluster,
            referents=args.referents,
            voice=bool(args.output),
            progress=report,
        )
    if args.output or args.format != "table":
        return [("", table)]
    shown = table[(table["voice"] == "all") & (table["n"] > 0)]
    columns = [args.by, "place", "label", "n", "of", "share", "low", "high", "articles", "surfaces", "note"]
    # china/party beneath "china" is "party".
    shown = shown.assign(label=shown["label"].str.split("/").str[-1])
    parts = [(str(name), part[columns]) for name, part in shown.groupby("referent", sort=False)]
    return parts or [("nothing on the list of names is named", shown.reindex(columns=columns))]


def glossary(args: argparse.Namespace) -> Titled:
    """Return pairs of Chinese and English names."""
    import bitext

    with scanned_tokens(args, "reading and looking for names") as (tokens, report):
        table = bitext.glossary(tokens, progress=report)
    if args.output or args.format != "table":
        return [("", table)]
    from bitext.glossaries.glossary import as_printed

    table = table.head(args.top)
    forms = list(map(as_printed, table["zh"], table["printed"]))
    return [("", table.assign(zh=forms).drop(columns="printed"))]
