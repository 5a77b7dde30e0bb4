"""What each command does: read, call the function of the same name, return titled tables."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bitext.cli.inputs import (
    counts_by_language,
    in_batches,
    is_large,
    read_corpus,
    read_tokens,
    scanned,
    sums_by_language,
)
from bitext.cli.options import (
    batch_options,
    compare_options,
    count_options,
    duplicate_options,
    feature_option,
    group_option,
    keyness_options,
    keyword_options,
    kwic_options,
    omission_options,
    read_options,
    referent_option,
    seed_option,
    statement_options,
    story_options,
    token_options,
    toward_option,
)
from bitext.cli.output import progress, say
from bitext.errors import BitextError

if TYPE_CHECKING:
    import pandas as pd

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


@dataclass(frozen=True)
class Command:
    """One word of the command line: what it says of itself, its own options, and what it does."""

    help: str
    run: Callable[[argparse.Namespace], list[tuple[str, pd.DataFrame]]]
    options: tuple[Callable[[argparse.ArgumentParser], None], ...] = ()


def _read(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    corpus = read_corpus(args)
    columns = ["article", "outlet", "lang", "script", "date", "title", "author", "editor", "url"]
    if args.output:
        from bitext.record import shareable

        articles = corpus.articles.assign(source=corpus.articles["source"].map(shareable))
        return [("", corpus.removed if args.removed else articles)]
    if args.removed:
        return [("removed", corpus.removed)]
    return [("", corpus.articles[columns])]


def _tokens(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    return [("", read_tokens(args).to_frame())]


def _keywords(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    found = sums_by_language(args) if in_batches(args) else counts_by_language(args)
    settings = {"by": args.by, "top": args.top, "weighting": args.weighting, "own_names": args.own_names}
    return [(title, bitext.keywords(counts, **settings)) for title, counts in found]


def _new_words(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for words") as (scan, report):
        table = bitext.new_words(bitext.tokenize(scan, dictionary=args.dictionary), progress=report)
    return [("", table)]


def _keyness(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    needs = [args.target, args.reference]
    batches = in_batches(args) and is_large(args) and args.test == "linearised" and args.cluster is None
    if batches:
        say("counted in batches: columns that need single articles (dp, dispersion) stay empty")
    tables = []
    for title, counts in sums_by_language(args, needs) if batches else counts_by_language(args, needs):
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
        table = strongest(table, args.top)
        if args.output or args.format != "table":
            tables.append((title, table))
        else:
            tables += [
                (f"{title} {target} against {reference}".strip(), part[list(KEYNESS_SHOWN)])
                for (target, reference), part in table.groupby(["target", "reference"], sort=False)
            ]
    return tables


def _kwic(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    if args.pattern is None:
        if len(args.paths) < 2 or Path(args.paths[-1]).exists():
            raise BitextError("no word to look for: write `bitext kwic PATH WORD`, or --pattern WORD")
        args.pattern = args.paths.pop()
    table = bitext.kwic(read_tokens(args), args.pattern, window=args.window)
    return [("", table if args.output else table.drop(columns=["sentence", "start", "end", "date"]))]


def _stance(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for stance") as (scan, report):
        tokens = bitext.tokenize(scan, dictionary=args.dictionary)
        settings = {"by": args.by, "seed": args.seed, "progress": report}
        if args.toward:
            table = bitext.polarity(tokens, toward=args.toward, **settings)
        else:
            table = bitext.stance(tokens, **settings)
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
    columns = ["lang", "voice", "value", "low", "high", "hits", "articles", "stable", "note"]
    return [
        (f"{feature} ({part['unit'].iloc[0]})", part[[args.by, *columns]])
        for feature, part in shown.groupby("feature", sort=False)
    ]


def _evidence(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for stance") as (scan, report):
        table = bitext.evidence(
            bitext.tokenize(scan, dictionary=args.dictionary),
            toward=args.toward,
            feature=args.feature,
            progress=report,
        )
    return [("", table if args.output else table.drop(columns=["rule"]))]


def _sources(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for sources") as (scan, report):
        table = bitext.sources(bitext.tokenize(scan, dictionary=args.dictionary), by=args.by, progress=report)
    if args.output or args.format != "table":
        return [("", table)]
    columns = ["source", "kind", "actor", "country", "attributions", "articles", "words", "share"]
    columns += ["low", "high", "variants"]
    stated = table[table["source"] != ""]
    return [
        (f"{name} ({part['group_size'].iloc[0]} articles)", part[columns].head(args.top))
        for name, part in stated.groupby(args.by, sort=False)
    ]


def _actors(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for sources") as (scan, report):
        table = bitext.actors(bitext.tokenize(scan, dictionary=args.dictionary), by=args.by, progress=report)
    if args.output or args.format != "table":
        return [("", table)]
    return [("", table.drop(columns=["group_size", "others", "difference_low", "difference_high", "p"]))]


def _naming(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for names") as (scan, report):
        table = bitext.naming(
            bitext.tokenize(scan, dictionary=args.dictionary),
            by=args.by,
            referents=args.referents,
            voice=bool(args.output),
            progress=report,
        )
    if args.output or args.format != "table":
        return [("", table)]
    shown = table[(table["voice"] == "all") & (table["n"] > 0)]
    columns = [args.by, "place", "label", "n", "of", "share", "low", "high", "articles", "surfaces", "note"]
    return [(str(name), part[columns]) for name, part in shown.groupby("referent", sort=False)]


def _glossary(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for names") as (scan, report):
        table = bitext.glossary(bitext.tokenize(scan, dictionary=args.dictionary), progress=report)
    shown = table if args.output or args.format != "table" else table.head(args.top)
    return [("", shown)]


def _duplicates(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    with scanned(args, "reading and looking for copies") as (scan, report):
        table = bitext.duplicates(scan, threshold=args.threshold, progress=report)
    return [("", table if args.output else table.drop(columns=["origin", "nearest"]))]


def _stories(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.stories(read_tokens(args), days=args.days)
    return [("", table)]


def _statements(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    tokens = read_tokens(args)
    rows = bitext.statements(tokens, bitext.stories(tokens, days=args.days), min_carriers=args.min_carriers)
    if args.rows:
        return [("", rows)]
    table = bitext.statement_summary(rows)
    if args.output or args.format != "table":
        return [("", table)]
    table["statement"] = table["zh"].where(table["zh"] != "", table["en"])
    shown = ["story", "statement", "outlets", "carriers", "carried_by", "first", "voice", "difference"]
    return [("", table[shown])]


def _omissions(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    tokens = read_tokens(args)
    rows = bitext.statements(tokens, bitext.stories(tokens, days=args.days))
    table = bitext.omissions(rows, outlet=args.lacking, min_peers=args.min_peers)
    if args.output or args.format != "table":
        return [("", table)]
    rates = bitext.omission_rates(rows, min_peers=args.min_peers, seed=args.seed)
    table["statement"] = table["zh"].where(table["zh"] != "", table["en"])
    shown = ["story", "outlet", "verdict", "statement", "peers", "peers_total", "carried_by", "nearest"]
    return [
        ("What peers carry and an outlet does not", table[shown]),
        ("Share of their peers' statements that outlets leave out, and by chance", rates),
    ]


def _compare(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    if args.stories and (args.engine or args.cache):
        raise BitextError("--engine and --cache work in batches, which stories cannot: add --no-stories")
    settings = {"by": args.by, "find_stories": args.stories, "seed": args.seed, "learn": args.learn}
    settings |= {"dictionary": args.dictionary, "weighting": args.weighting, "ngrams": (1, args.ngrams)}
    if args.words:
        settings["words"] = Path(args.words)
    if args.stopwords:
        settings["stopwords"] = Path(args.stopwords).read_text(encoding="utf-8-sig").split("\n")
    if args.stories:
        corpus = read_corpus(args)
        with progress("comparing") as report:
            result = bitext.compare(corpus, workers=args.workers, progress=report, **settings)
    else:
        with scanned(args, "reading and comparing") as (scan, report):
            result = bitext.compare(scan, progress=report, **settings)
    if args.output:
        from bitext.report.write import whole_folder

        page = Path(args.output).resolve() / "report.html"
        with whole_folder(args.output) as draft:
            result.save(draft, spreadsheet=args.spreadsheet is not False)
            result.to_html(draft / page.name)
        # Said at the end, below the tables, where it is still on the screen.
        args.closing = f"tables and run record in {page.parent}\nbitext: the page to look at: {page}"
        args.output = None
    args.findings = result.findings
    overview: list[tuple[str, pd.DataFrame]] = result.overview(top=args.top)
    return overview


def strongest(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the *top* strongest rows of each target and reference."""
    keys = [key for key in ("target", "reference") if key in table]
    return (table.groupby(keys, sort=False).head(top) if keys else table.head(top)).reset_index(drop=True)


COMMANDS: dict[str, Command] = {
    "read": Command("read files and list the articles", _read, (read_options,)),
    "tokens": Command("one row per token", _tokens, (token_options,)),
    "keywords": Command(
        "the words that weigh most in each group (TF-IDF)",
        _keywords,
        (
            token_options,
            group_option,
            count_options,
            batch_options,
            keyword_options,
        ),
    ),
    "new-words": Command(
        "names and terms that the articles have and the dictionary lacks",
        _new_words,
        (token_options, batch_options),
    ),
    "keyness": Command(
        "words one group uses more than another, with intervals and tests over articles",
        _keyness,
        (
            token_options,
            group_option,
            count_options,
            batch_options,
            keyness_options,
            seed_option,
        ),
    ),
    "kwic": Command("every occurrence of a word, in its context", _kwic, (token_options, kwic_options)),
    "stance": Command(
        "whose words, how sure, toward whom: rates of each group with intervals",
        _stance,
        (token_options, group_option, toward_option, seed_option, batch_options),
    ),
    "evidence": Command(
        "the spans behind the numbers of stance",
        _evidence,
        (token_options, toward_option, feature_option, batch_options),
    ),
    "sources": Command(
        "who is quoted or paraphrased in each group: how often, how much, with which verbs",
        _sources,
        (token_options, group_option, batch_options),
    ),
    "actors": Command(
        "which kinds of actors get to speak in each group: shares, diversity, differences",
        _actors,
        (token_options, group_option, batch_options),
    ),
    "naming": Command(
        "by which name each group calls the same thing",
        _naming,
        (token_options, group_option, referent_option, batch_options),
    ),
    "glossary": Command(
        "pairs of Chinese and English names that the texts give in parentheses",
        _glossary,
        (token_options, batch_options),
    ),
    "duplicates": Command(
        "copies within and across outlets", _duplicates, (duplicate_options, batch_options)
    ),
    "stories": Command(
        "articles on one event, across outlets and languages",
        _stories,
        (token_options, story_options),
    ),
    "statements": Command(
        "what several articles of a story state, who carries it, who was first, what differs",
        _statements,
        (token_options, story_options, statement_options),
    ),
    "omissions": Command(
        "statements that other outlets carry and one does not, with its nearest sentence",
        _omissions,
        (token_options, story_options, omission_options, seed_option),
    ),
    "compare": Command(
        "everything at once: tables, and with -o a folder of them and a page",
        _compare,
        (token_options, group_option, compare_options, batch_options, seed_option),
    ),
}
