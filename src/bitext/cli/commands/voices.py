"""Commands about voices: stance and its evidence, sources, kinds of actors."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bitext.cli.inputs import clustered_tokens, scanned_tokens
from bitext.cli.output import Titled, say
from bitext.errors import BitextError

if TYPE_CHECKING:
    import pandas as pd


def stance(args: argparse.Namespace) -> Titled:
    """Return rates of stance, or with --toward polarity; on a terminal a table a feature."""
    import bitext

    if args.toward and args.cluster:
        raise BitextError("--cluster is not for --toward: polarity takes articles as its units")
    with clustered_tokens(args, "reading and looking for stance") as (tokens, report):
        settings = {"by": args.by, "seed": args.seed, "progress": report}
        if args.toward:
            table = bitext.polarity(tokens, toward=args.toward, **settings)
        else:
            table = bitext.stance(tokens, cluster=args.cluster, **settings)
    if args.output or args.format != "table":
        return [("", table)]
    if args.toward:
        return [(f"Polarity toward {args.toward}", table)]
    from bitext.stances.calibration import SHOWN
    from bitext.stances.calibration import shown as precise

    hidden = sorted(set(table.loc[~precise(table), "feature"]))
    if hidden:
        say(
            f"left out, under {SHOWN:.0%} of their hits right in a language: {', '.join(hidden)} (-o has all)"
        )
    shown = table[(table["voice"] != "source") & (table["hits"] > 0) & precise(table)]
    both = ["calibrated", "tier"] if shown["lang"].nunique() > 1 else []  # on a scale that languages share
    columns = ["lang", "voice", "value", "low", "high", *both, "hits", "articles", "stable", "note"]
    return [
        (f"{feature} ({'; '.join([part['unit'].iloc[0], *_read(part)])})", part[[args.by, *columns]])
        for feature, part in shown.groupby("feature", sort=False)
    ]


def _read(part: pd.DataFrame) -> list[str]:
    """Say how many of the hits of a feature were right when they were read, by language."""
    rows = part[part["hits_read"] > 0].drop_duplicates("lang")
    shares = [
        f"{row.lang} {row.hit_precision:.2f} of {row.hits_read}" for row in rows.itertuples(index=False)
    ]
    return ["hits right when read: " + ", ".join(shares)] if shares else []


def evidence(args: argparse.Namespace) -> Titled:
    """Return the spans behind the numbers of stance."""
    import bitext

    with scanned_tokens(args, "reading and looking for stance") as (tokens, report):
        table = bitext.evidence(
            tokens,
            toward=args.toward,
            feature=args.feature,
            progress=report,
        )
    return [("", table if args.output else table.drop(columns=["rule"]))]


def sources(args: argparse.Namespace) -> Titled:
    """Return who is quoted or paraphrased; on a terminal a table a group."""
    import bitext

    with clustered_tokens(args, "reading and looking for sources") as (tokens, report):
        table = bitext.sources(tokens, by=args.by, cluster=args.cluster, progress=report)
    if args.output or args.format != "table":
        return [("", table)]
    columns = ["source", "kind", "actor", "country", "attributions", "articles", "words", "share"]
    columns += ["low", "high", "variants"]
    stated = table[table["source"] != ""].copy()
    stated["source"] = stated["printed"]
    stated["variants"] = [
        "; ".join(name for name in names.split("; ") if name != shown)
        for names, shown in zip(stated["variants"], stated["source"], strict=True)
    ]
    parts = [
        (f"{name} (articles: {part['group_size'].iloc[0]})", part[columns].head(args.top))
        for name, part in stated.groupby(args.by, sort=False)
    ]
    return parts or [("nobody who is named is quoted or paraphrased", stated[columns])]


def actors(args: argparse.Namespace) -> Titled:
    """Return which kinds of actors get to speak."""
    import bitext

    with clustered_tokens(args, "reading and looking for sources") as (tokens, report):
        table = bitext.actors(tokens, by=args.by, cluster=args.cluster, progress=report)
    if args.output or args.format != "table":
        return [("", table)]
    return [("", table.drop(columns=["group_size", "others", "difference_low", "difference_high", "p"]))]
