"""Commands about events: copies, stories, statements, omissions."""

from __future__ import annotations

import argparse

from bitext.cli.inputs import is_large, read_tokens, scanned, scanned_tokens
from bitext.cli.output import Titled, say


def duplicates(args: argparse.Namespace) -> Titled:
    """Return copies within and across outlets."""
    import bitext

    with scanned(args, "reading and looking for copies") as (scan, report):
        table = bitext.duplicates(scan, threshold=args.threshold, progress=report)
    if args.output:
        return [("", table)]
    shown = table.drop(columns=["origin", "nearest"])
    if args.format == "table" and table["outlet"].nunique() > 1:
        shown.attrs["note"] = "dates are those of each outlet's own clock; hours are between the moments"
    return [("", shown)]


def stories(args: argparse.Namespace) -> Titled:
    """Return the articles of each event."""
    import bitext

    if not is_large(args):
        table = bitext.stories(read_tokens(args), days=args.days)
    else:
        from bitext.events.windows import MOST

        say(f"read in batches: articles are compared in windows of time, {MOST:,} at once")
        with scanned_tokens(args, "reading and looking for stories") as (tokens, report):
            table = bitext.stories(tokens, days=args.days, progress=report)
    if args.output or args.format != "table":
        return [("", table)]
    from bitext.pipeline.overview import with_zones

    return [("", with_zones(table))]


def statements(args: argparse.Namespace) -> Titled:
    """Return what several articles of a story state; with --rows each sentence that states it."""
    import bitext

    tokens = read_tokens(args)
    found = bitext.stories(tokens, days=args.days)
    rows = bitext.statements(tokens, found, min_carriers=args.min_carriers, encoder=args.encoder)
    if args.rows:
        return [("", rows)]
    table = bitext.statement_summary(rows)
    if args.output or args.format != "table":
        return [("", table)]
    carried_by = dict(zip(table["statement"], table["carried_by"], strict=True))
    repeats = table["within"].map(carried_by) == table["carried_by"]
    if repeats.any():
        say(f"{repeats.sum():,} left out that are part of another one of the same outlets; -o has all")
    table = table[~repeats].copy()
    table["statement"] = table["zh"].where(table["zh"] != "", table["en"])
    shown = [
        "story",
        "statement",
        "outlets",
        "carriers",
        "carried_by",
        "first_outlet",
        "voice",
        "figures",
        "names",
        "disagreement",
    ]
    return [("", table[shown])]


def omissions(args: argparse.Namespace) -> Titled:
    """Return what peers carry and an outlet does not, and rates of leaving out beside chance."""
    import bitext

    tokens = read_tokens(args)
    rows = bitext.statements(tokens, bitext.stories(tokens, days=args.days), encoder=args.encoder)
    table = bitext.omissions(rows, outlet=args.lacking, min_peers=args.min_peers)
    if args.output or args.format != "table":
        return [("", table)]
    rates = bitext.omission_rates(rows, min_peers=args.min_peers, seed=args.seed)
    parts = set(zip(table["outlet"], table["within"], strict=True))
    whole = [place in parts for place in zip(table["outlet"], table["statement"], strict=True)]
    if any(whole):
        say(f"{sum(whole):,} left out of which the outlet lacks a part that is listed; -o has all")
    table = table.loc[[not place for place in whole]].copy()
    table["statement"] = table["zh"].where(table["zh"] != "", table["en"])
    shown = ["story", "outlet", "verdict", "statement", "peers", "peers_total", "carried_by", "nearest"]
    return [
        ("What peers carry and an outlet does not", table[shown]),
        ("Share of their peers' statements that outlets leave out, and by chance", rates),
    ]
