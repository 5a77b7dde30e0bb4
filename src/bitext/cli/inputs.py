"""From arguments to the objects that commands work on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bitext.cli.output import progress, say, say_problems
from bitext.errors import BitextError, CorpusError

if TYPE_CHECKING:
    import pandas as pd

    from bitext.corpus.corpus import Corpus
    from bitext.corpus.scan import Scan
    from bitext.counting.counts import Counts
    from bitext.counting.grouped_counts import GroupedCounts
    from bitext.tokens.tokens import Tokens

TWO_LANGUAGES = (
    "articles in two languages: terms are compared within each; --unit concept compares across them"
)

#: A column of so many different short cells at most may be the one of the outlets.
_MOST_NAMES, _LONGEST_NAME = 40, 40
#: Bytes of input from which keyness is counted in batches.
LARGE = 200_000_000


def read_corpus(args: argparse.Namespace) -> Corpus:
    """Read what the arguments name; problems go to standard error."""
    import bitext

    with progress("reading") as report:
        corpus: Corpus = bitext.read(*args.paths, **_reading(args), progress=report)
    say_problems(corpus.problems)
    if len(corpus) and not corpus.articles["outlet"].any():
        say(_no_outlet(corpus.articles))
    if args.lang:
        corpus = corpus.select(lang=args.lang)
    if not len(corpus):
        raise CorpusError(f"no article left to work on{f' in language {args.lang!r}' if args.lang else ''}")
    if getattr(args, "by", None):
        _say_small_groups(corpus.articles, args.by)
    return corpus


def _no_outlet(articles: pd.DataFrame) -> str:
    """Return what is said where no article names its outlet: the way out, and columns that may hold it."""
    from bitext.schema import ARTICLES, CLOCK

    said = "no article names its outlet, and all are one group; say --outlet folder, file, a column or a name"
    for name in articles.columns.difference([*ARTICLES, *CLOCK], sort=False):
        cells = articles[name].astype(str).str.strip()
        kinds = cells[cells.ne("")].unique()
        few = 1 < len(kinds) <= min(_MOST_NAMES, len(articles) - 1)
        if few and max(map(len, kinds)) <= _LONGEST_NAME and not any(map(str.isdigit, "".join(kinds))):
            return f"{said} (such as --outlet {name}, which holds {', '.join(sorted(kinds)[:3])})"
    return said


def _say_small_groups(articles: pd.DataFrame, by: str | Sequence[str]) -> None:
    """Say the way out where most groups are one article, of which nothing can be told beyond chance."""
    from bitext.tokens.grouping import group_codes, group_names

    groups = len(group_codes(articles, by)[0])
    if groups > 1 and len(articles) < 2 * groups:
        named = ", ".join(group_names(by))
        say(
            f"{len(articles):,} articles are {groups:,} groups by {named}: of one article nothing can be "
            "beyond chance; add articles, or group by what several share (--by outlet, lang, week, a column)"
        )


def _reading(args: argparse.Namespace) -> dict[str, Any]:
    """Return what `bitext.read` and `bitext.scan` are told alike."""
    names = ("text", "outlet", "title", "date", "day_first", "encoding", "workers")
    return {name: getattr(args, name) for name in names}


def explained(args: argparse.Namespace) -> pd.DataFrame:
    """Say what is recognised in what the arguments name."""
    import bitext

    options = {name: value for name, value in _reading(args).items() if name != "workers"}
    with progress("reading") as report:
        table: pd.DataFrame = bitext.explain(*args.paths, **options, progress=report)
    return table


def read_tokens(args: argparse.Namespace) -> Tokens:
    """Read and tokenise what the arguments name."""
    import bitext

    corpus = read_corpus(args)
    tokens: Tokens = bitext.tokenize(corpus, workers=args.workers, **cutting(args))
    return tokens


def cutting(args: argparse.Namespace, learn: bool = True) -> dict[str, Any]:
    """Return what `bitext.tokenize` and `bitext.compare` are told of words; *learn* where none is said."""
    settings: dict[str, Any] = {"dictionary": args.dictionary}
    if getattr(args, "words", None):
        settings["words"] = Path(args.words)
    if "learn" in args:
        settings["learn"] = learn and args.dictionary != "jieba" if args.learn is None else args.learn
    return settings


def stop_words(args: argparse.Namespace) -> tuple[str, ...]:
    """Return the words of --stopwords."""
    if not getattr(args, "stopwords", None):
        return ()
    return tuple(Path(args.stopwords).read_text(encoding="utf-8-sig").split())


@contextmanager
def scanned(args: argparse.Namespace, label: str) -> Iterator[tuple[Scan, Callable[[int], None]]]:
    """Yield what the arguments name, to be read in batches, and whom to tell of progress.

    Problems go to standard error at the end; the engine serves all that is done in the block.
    """
    import bitext

    scan: Scan = bitext.scan(*args.paths, **_reading(args), engine=args.engine, cache=args.cache)
    try:
        with (
            progress(label) as report,
            (scan.select(lang=args.lang) if args.lang else scan).started() as running,
        ):
            yield running, report
    finally:
        say_problems(scan.problems)


@contextmanager
def scanned_tokens(args: argparse.Namespace, label: str) -> Iterator[tuple[Scan, Callable[[int], None]]]:
    """Yield the tokens of what the arguments name, to be read in batches, and whom to tell of progress."""
    import bitext

    with scanned(args, label) as (scan, report):
        yield bitext.tokenize(scan, **cutting(args, learn=False)), report


@contextmanager
def clustered_tokens(
    args: argparse.Namespace, label: str
) -> Iterator[tuple[Scan | Tokens, Callable[[int], None] | None]]:
    """Yield tokens, and whom to tell of progress; where stories are looked for, in memory if they fit."""
    if args.cluster == "story" and not is_large(args):
        yield read_tokens(args), None
    else:
        with scanned_tokens(args, label) as (scan, report):
            yield scan, report


def sums_by_language(
    args: argparse.Namespace, needs: Sequence[str | None] = ()
) -> Iterator[tuple[str, GroupedCounts]]:
    """Count batch by batch, holding the sums of the groups; terms of each language apart."""
    import bitext

    with scanned_tokens(args, "reading and counting") as (tokens, report):
        counts = bitext.count(tokens, **_counting(args))
        sums: GroupedCounts = counts.group(["lang", args.by], progress=report)
    languages = [lang for lang in ("zh", "en") if any(key[0] == lang for key in sums.keys)]
    if sums.unit == "concept" or len(languages) <= 1:
        yield "", sums.regroup([args.by])
        return
    say(TWO_LANGUAGES)
    for lang in languages:
        part = sums.of_language(lang)
        if all((name,) in part.keys for name in needs if name):
            yield {"zh": "Chinese", "en": "English"}[lang], part


def _counting(args: argparse.Namespace) -> dict[str, Any]:
    """Return what `bitext.count` is told of texts in memory and in batches alike."""
    return {
        "unit": args.unit or "term",
        "ngrams": (1, args.ngrams),
        "min_articles": args.min_articles,
        "stopwords": None if args.keep_stopwords else stop_words(args),
        "copies": args.copies,
        "title_weight": args.title_weight or 0,
    }


def in_batches(args: argparse.Namespace) -> bool:
    """Whether sums of groups are enough: single articles need all articles at once."""
    asked = args.engine is not None or args.cache is not None
    enough = args.by not in ("article", "lang")
    if asked and not enough:
        raise BitextError(f"--engine and --cache count in batches, which --by {args.by} cannot")
    return enough


def is_large(args: argparse.Namespace) -> bool:
    """Whether there is so much input that columns which need single articles are given up."""
    from bitext.reading import paths, remote

    if args.engine is not None or args.cache is not None:
        return True
    found = paths.collect(tuple(args.paths))
    return sum(remote.size(path) or 0 for path, _ in found.files) > LARGE


def counts_by_language(
    args: argparse.Namespace, needs: Sequence[str | None] = (), tokens: Tokens | None = None
) -> Iterator[tuple[str, Counts]]:
    """Count; terms of each language apart, because their rates have no common measure."""
    import bitext

    tokens = read_tokens(args) if tokens is None else tokens
    counts = bitext.count(
        tokens,
        prominence=getattr(args, "weighting", None) == "article",
        **_counting(args),
    )
    if getattr(args, "cluster", None) == "story" and "story" not in counts.articles:
        found = bitext.stories(tokens)
        story = dict(zip(found["article"], found["story"].astype(str), strict=True))
        names = [story.get(name, "") for name in counts.articles["article"]]
        counts = replace(counts, articles=counts.articles.assign(story=names))
    if counts.unit == "concept":
        yield "", counts
        return
    languages = [lang for lang in ("zh", "en") if (counts.articles["lang"] == lang).any()]
    if len(languages) <= 1:
        yield "", counts
        return
    say(TWO_LANGUAGES)
    from bitext.tokens.grouping import group_values

    values = group_values(counts.articles, args.by)[args.by].astype(str)
    for name in needs:
        if name and name not in set(values):
            raise BitextError.unknown(args.by, name, sorted(set(values)))
    for lang in languages:
        part = counts.select(lang=lang)
        groups = set(part.articles[args.by].astype(str)) if args.by in part.articles else set()
        if groups and any(name not in groups for name in needs if name):
            continue
        yield {"zh": "Chinese", "en": "English"}[lang], part.supported(1)
