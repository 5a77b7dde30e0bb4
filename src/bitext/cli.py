"""The command `bitext`: the functions of the library, with files in and tables out.

Tables go to standard output, progress and messages to standard error. Exit status: 0 done, 1 nothing usable
in the input, 2 wrong use. Nothing heavy is imported before a command is known to be well formed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bitext import __version__
from bitext.errors import BitextError, CorpusError

if TYPE_CHECKING:
    import pandas as pd

    from bitext.corpus.corpus import Corpus
    from bitext.tokens.counts import Counts
    from bitext.tokens.moments import Moments
    from bitext.tokens.tokens import Tokens


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


TWO_LANGUAGES = (
    "articles in two languages: terms are compared within each; --unit concept compares across them"
)

#: Bytes of input from which keyness is counted in batches.
LARGE = 200_000_000

#: Endings of output files, which name their formats.
ENDINGS = (".csv", ".jsonl", ".parquet")


@dataclass(frozen=True)
class Command:
    """One word of the command line: what it says of itself, its own options, and what it does."""

    help: str
    run: Callable[[argparse.Namespace], list[tuple[str, pd.DataFrame]]]
    options: tuple[Callable[[argparse.ArgumentParser], None], ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    args = _parser().parse_args(arguments)
    try:
        _check_output(args)
        tables = COMMANDS[args.command].run(args)
        _put_out(tables, args)
    except CorpusError as error:
        return _complain(error, 1)
    except BitextError as error:
        return _complain(error, 2)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has seen enough.
        sys.stderr.close()
        return 0
    except OSError as error:
        return _complain(error.strerror if error.filename is None and error.strerror else error, 1)
    except KeyboardInterrupt:
        return _complain("stopped", 130)
    return 0


def _check_output(args: argparse.Namespace) -> None:
    """Refuse an output that cannot be, before the work and not after it."""
    if args.output is None:
        if args.format == "parquet":
            raise BitextError("format 'parquet' cannot be written to the terminal; name a file with -o")
        return
    path = Path(args.output)
    if args.command == "compare":
        if args.format != "table":
            raise BitextError(f"compare -o writes CSV files into a folder; no --format {args.format!r}")
        if not args.output or (path.exists() and not path.is_dir()):
            raise BitextError(f"-o {args.output!r} has to name a folder, new or old")
    elif not path.name or path.is_dir():
        raise BitextError(f"-o {args.output!r} has to name a file that ends in {list(ENDINGS)}")
    elif args.format == "table" and path.suffix not in ENDINGS:
        raise BitextError.unknown("ending of the output file", path.suffix, ENDINGS)


def _complain(error: object, status: int) -> int:
    print(f"bitext: {error}", file=sys.stderr)
    return status


# --- the commands ----------------------------------------------------------------------------------------


def _read(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    corpus = _corpus(args)
    columns = ["article", "outlet", "lang", "script", "date", "title", "author", "editor", "url"]
    if args.output:
        return [("", corpus.removed if args.removed else corpus.articles)]
    if args.removed:
        return [("removed", corpus.removed)]
    return [("", corpus.articles[columns])]


def _tokens(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    return [("", _tokenized(args).table())]


def _keywords(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    found = _scanned(args) if _in_batches(args) else _counted(args)
    return [
        (title, bitext.keywords(counts, by=args.by, top=args.top, weighting=args.weighting))
        for title, counts in found
    ]


def _keyness(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    needs = [args.target, args.reference]
    batches = _in_batches(args) and _large(args) and args.test == "linearised"
    if batches:
        _say("counted in batches: columns that need single articles (dp, dispersion) stay empty")
    tables = []
    for title, counts in _scanned(args, needs) if batches else _counted(args, needs):
        table = bitext.keyness(
            counts, target=args.target, reference=args.reference, by=args.by, test=args.test, seed=args.seed
        )
        table = _top(table, args.top)
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

    table = bitext.kwic(_tokenized(args), args.pattern, window=args.window)
    return [("", table if args.output else table.drop(columns=["sentence", "start", "end", "date"]))]


def _stance(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.stance(_tokenized(args), by=args.by, target=args.target, seed=args.seed)
    if args.output or args.format != "table":
        return [("", table)]
    if args.target:
        return [(f"Polarity toward {args.target}", table)]
    shown = table[(table["voice"] != "source") & (table["hits"] > 0)]
    columns = ["lang", "voice", "value", "low", "high", "hits", "articles", "stable", "note"]
    return [
        (f"{feature} ({part['unit'].iloc[0]})", part[[args.by, *columns]])
        for feature, part in shown.groupby("feature", sort=False)
    ]


def _evidence(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.evidence(_tokenized(args), target=args.target)
    if args.feature:
        known = sorted(table["feature"].unique())
        if args.feature not in known:
            raise BitextError.unknown("feature", args.feature, known)
        table = table[table["feature"] == args.feature].reset_index(drop=True)
    return [("", table if args.output else table.drop(columns=["rule"]))]


def _naming(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.naming(_tokenized(args), by=args.by, referents=args.referents, voice=bool(args.output))
    if args.output or args.format != "table":
        return [("", table)]
    shown = table[(table["voice"] == "all") & (table["n"] > 0)]
    columns = [args.by, "place", "label", "n", "of", "share", "low", "high", "articles", "surface", "note"]
    return [(str(name), part[columns]) for name, part in shown.groupby("referent", sort=False)]


def _glossary(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.glossary(_tokenized(args))
    shown = table if args.output or args.format != "table" else table.head(args.top)
    return [("", shown)]


def _duplicates(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.duplicates(_corpus(args), threshold=args.threshold)
    return [("", table if args.output else table.drop(columns=["origin", "nearest"]))]


def _stories(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    table = bitext.stories(_tokenized(args), window=args.window)
    return [("", table)]


def _compare(args: argparse.Namespace) -> list[tuple[str, pd.DataFrame]]:
    import bitext

    corpus = _corpus(args)
    with _progress("comparing") as report:
        result = bitext.compare(
            corpus,
            by=args.by,
            find_stories=args.stories,
            workers=args.workers,
            seed=args.seed,
            progress=report,
        )
    if args.output:
        result.save(args.output, spreadsheet=args.spreadsheet)
        page = Path(args.output).resolve() / "report.html"
        result.to_html(page)
        _say(f"tables and run record in {page.parent}")
        _say(f"the page to look at: {page}")
        args.output = None
    overview: list[tuple[str, pd.DataFrame]] = result.overview(top=args.top)
    return overview


# --- from arguments to objects ---------------------------------------------------------------------------


def _corpus(args: argparse.Namespace) -> Corpus:
    import bitext

    with _progress("reading") as report:
        corpus: Corpus = bitext.read(
            *args.paths,
            text=args.text,
            outlet=args.outlet,
            title=args.title,
            date=args.date,
            encoding=args.encoding,
            workers=args.workers,
            progress=report,
        )
    _say_problems(corpus.problems)
    if args.lang:
        corpus = corpus.select((corpus.articles["lang"] == args.lang).to_numpy())
    if not len(corpus):
        raise CorpusError(f"no article left to work on{f' in language {args.lang!r}' if args.lang else ''}")
    return corpus


def _say_problems(problems: pd.DataFrame) -> None:
    for row in problems.head(20).itertuples():
        _say(f"{row.source}: {row.problem}")
    if len(problems) > 20:
        _say(f"... and {len(problems) - 20} more problems (Corpus.problems has them all)")


def _tokenized(args: argparse.Namespace) -> Tokens:
    import bitext

    corpus = _corpus(args)
    tokens: Tokens = bitext.tokenize(corpus, dictionary=args.dictionary, workers=args.workers)
    return tokens


def _scanned(args: argparse.Namespace, needs: Sequence[str | None] = ()) -> Iterator[tuple[str, Moments]]:
    """Count batch by batch, holding the sums of the groups; terms of each language apart."""
    import bitext

    scan = bitext.scan(
        *args.paths,
        text=args.text,
        outlet=args.outlet,
        title=args.title,
        date=args.date,
        encoding=args.encoding,
        engine=args.engine,
        workers=args.workers,
        cache=args.cache,
    )
    scan = bitext.tokenize(scan.select(lang=args.lang) if args.lang else scan, dictionary=args.dictionary)
    try:
        with _progress("reading and counting") as report:
            sums: Moments = bitext.count(
                scan,
                by=["lang", args.by],
                unit=args.unit,
                ngrams=(1, args.ngrams),
                min_articles=args.min_articles,
                stopwords=None if args.keep_stopwords else (),
                progress=report,
            )
    finally:
        _say_problems(scan.problems)
    languages = [lang for lang in ("zh", "en") if any(key[0] == lang for key in sums.keys)]
    if sums.unit == "concept" or len(languages) <= 1:
        yield "", sums.regroup([args.by])
        return
    _say(TWO_LANGUAGES)
    for lang in languages:
        part = sums.of_language(lang)
        if all((name,) in part.keys for name in needs if name):
            yield {"zh": "Chinese", "en": "English"}[lang], part


def _in_batches(args: argparse.Namespace) -> bool:
    """Whether sums of groups are enough: whole copies and single articles need all articles at once."""
    asked = args.engine is not None or args.cache is not None
    enough = args.copies == "keep" and args.by not in ("article", "lang")
    if asked and not enough:
        raise BitextError("--engine and --cache count in batches, which --copies and --by article cannot")
    return enough


def _large(args: argparse.Namespace) -> bool:
    """Whether there is so much input that columns which need single articles are given up."""
    from bitext.corpus import inputs

    if args.engine is not None or args.cache is not None:
        return True
    found = inputs.collect(tuple(args.paths))
    return sum(path.stat().st_size for path, _ in found.files if path.exists()) > LARGE


def _counted(args: argparse.Namespace, needs: Sequence[str | None] = ()) -> Iterator[tuple[str, Counts]]:
    """Count; terms of each language apart, because their rates have no common measure."""
    import bitext

    tokens = _tokenized(args)
    counts = bitext.count(
        tokens,
        unit=args.unit,
        ngrams=(1, args.ngrams),
        min_articles=args.min_articles,
        stopwords=None if args.keep_stopwords else (),
        copies=args.copies,
    )
    if counts.unit == "concept":
        yield "", counts
        return
    languages = [lang for lang in ("zh", "en") if (counts.articles["lang"] == lang).any()]
    if len(languages) <= 1:
        yield "", counts
        return
    _say(TWO_LANGUAGES)
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


def _top(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the *top* strongest rows of each target and reference."""
    keys = [key for key in ("target", "reference") if key in table]
    return (table.groupby(keys, sort=False).head(top) if keys else table.head(top)).reset_index(drop=True)


# --- output ----------------------------------------------------------------------------------------------


def _put_out(tables: list[tuple[str, pd.DataFrame]], args: argparse.Namespace) -> None:
    from bitext.report import terminal, write

    if not tables:
        raise BitextError(
            "the groups asked for write in different languages, and terms of two languages have no common "
            "measure; compare them with --unit concept"
        )
    if args.output:
        table = _stacked(tables)
        kind = None if args.format == "table" else args.format
        write.write_table(table, args.output, format=kind, spreadsheet=args.spreadsheet)
        _say(f"{len(table)} rows in {args.output}")
    elif args.format == "table":
        for title, table in tables:
            terminal.show(table, title=title)
            if note := table.attrs.get("note"):
                _say(note)
    else:
        table = _stacked(tables)
        write.dump(write.without_formulas(table) if args.spreadsheet else table, sys.stdout, args.format)


def _stacked(tables: list[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
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


def _say(message: str) -> None:
    print(f"bitext: {message}", file=sys.stderr)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int], None]]:
    from bitext.report.terminal import progress

    with progress(label) as report:
        yield report


# --- arguments -------------------------------------------------------------------------------------------


def _at_least(least: int) -> Callable[[str], int]:
    """Return a type of argument: whole numbers from *least*."""

    def number(given: str) -> int:
        try:
            value = int(given)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(f"{given!r}; use a whole number from {least}")
        return value

    return number


_natural, _positive = _at_least(0), _at_least(1)


def _input_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns or tables")
    group = parser.add_argument_group("input")
    group.add_argument("--text", metavar="COLUMN", help="column of tables that holds the text (or raw pages)")
    group.add_argument("--outlet", metavar="COLUMN", help="column of tables that holds the outlet")
    group.add_argument("--title", metavar="COLUMN", help="column of tables that holds the title")
    group.add_argument("--date", metavar="COLUMN", help="column of tables that holds the date")
    group.add_argument("--encoding", help="encoding of the files, where the guess is wrong (e.g. big5hkscs)")
    group.add_argument("--lang", choices=("zh", "en"), help="only the articles in this language")
    group.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes (default 1)")


def _output_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    group.add_argument(
        "-o", "--output", metavar="FILE", help="write there (.csv, .jsonl, .parquet), whole or not at all"
    )
    group.add_argument(
        "--format", choices=("table", "csv", "jsonl", "parquet"), default="table", help="default: table"
    )
    group.add_argument(
        "--top", type=_positive, default=20, metavar="N", help="rows of each group (default 20)"
    )
    group.add_argument(
        "--spreadsheet", action="store_true", help="guard cells that begin with = + - @ against spreadsheets"
    )


def _token_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dictionary",
        default="default",
        metavar="FILE",
        help="user dictionary in jieba's format, or 'jieba'",
    )


def _group_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default="outlet", metavar="COLUMN", help="outlet (default), month, ...")


def _count_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("counting")
    group.add_argument("--unit", choices=("term", "concept"), default="term", help="concept joins zh and en")
    group.add_argument(
        "--ngrams", type=_positive, default=1, metavar="N", help="runs of up to N words (default 1)"
    )
    group.add_argument("--min-articles", type=_positive, default=1, metavar="N", help="ignore rarer terms")
    group.add_argument(
        "--copies",
        choices=("keep", "weight", "collapse"),
        default="keep",
        help="texts printed several times: count all, share one among all, or one per outlet",
    )
    group.add_argument("--keep-stopwords", action="store_true", help="count function words, too")


def _batch_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("batches")
    group.add_argument(
        "--engine", choices=("serial", "processes", "dask"), help="where batches run (default: by --workers)"
    )
    group.add_argument(
        "--cache", metavar="DIR", help="keep parsed batches there: another run reads only what has changed"
    )


def _keyword_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weighting", choices=("smooth", "class"), default="smooth", help="TF-IDF formula")


def _keyness_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", metavar="GROUP", help="default: each group in turn")
    parser.add_argument("--reference", metavar="GROUP", help="default: all other groups together")
    parser.add_argument(
        "--test",
        choices=("linearised", "bootstrap", "permutation"),
        default="linearised",
        help="over articles",
    )


def _seed_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=_natural, default=0, help="for everything drawn at random (default 0)")


def _kwic_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pattern", required=True, help="e.g. '芯片|chip*|supply chain'")
    parser.add_argument(
        "--window", type=_natural, default=8, metavar="N", help="words on each side (default 8)"
    )


def _read_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--removed", action="store_true", help="show what cleaning took out instead")


def _target_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", metavar="NAME", help="a concept id or a name: 中国, china, ...")


def _referent_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--referents", metavar="FILE", help="more names: TSV with referent, label, lang, form, note"
    )


def _feature_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--feature", help="only this feature, e.g. hedge")


def _duplicate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--threshold", type=float, default=0.5, help="least share of the smaller text in the larger (.5)"
    )


def _story_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--window", type=float, default=3.0, metavar="DAYS", help="default 3")


def _compare_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stories", action=argparse.BooleanOptionalAction, default=True, help="find stories across outlets"
    )


COMMANDS: dict[str, Command] = {
    "read": Command("read files and list the articles", _read, (_read_options,)),
    "tokens": Command("one row per token", _tokens, (_token_options,)),
    "keywords": Command(
        "the words that weigh most in each group (TF-IDF)",
        _keywords,
        (_token_options, _group_option, _count_options, _batch_options, _keyword_options),
    ),
    "keyness": Command(
        "words one group uses more than another, with intervals and tests over articles",
        _keyness,
        (_token_options, _group_option, _count_options, _batch_options, _keyness_options, _seed_option),
    ),
    "kwic": Command("every occurrence of a word, in its context", _kwic, (_token_options, _kwic_options)),
    "stance": Command(
        "whose words, how sure, toward whom: rates of each group with intervals",
        _stance,
        (_token_options, _group_option, _target_option, _seed_option),
    ),
    "evidence": Command(
        "the spans behind the numbers of stance", _evidence, (_token_options, _target_option, _feature_option)
    ),
    "naming": Command(
        "by which name each group calls the same thing",
        _naming,
        (_token_options, _group_option, _referent_option),
    ),
    "glossary": Command(
        "pairs of Chinese and English names that the texts give in parentheses", _glossary, (_token_options,)
    ),
    "duplicates": Command("copies within and across outlets", _duplicates, (_duplicate_options,)),
    "stories": Command(
        "articles on one event, across outlets and languages", _stories, (_token_options, _story_options)
    ),
    "compare": Command(
        "everything at once: tables, and with -o a folder of them and a page",
        _compare,
        (_group_option, _compare_options, _seed_option),
    ),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bitext", description="Compare how Chinese and English news outlets cover a story."
    )
    parser.add_argument("--version", action="version", version=f"bitext {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help)
        _input_options(sub)
        for add in command.options:
            add(sub)
        _output_options(sub)
    return parser
