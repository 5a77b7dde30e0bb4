"""The options of the command line, in the groups that commands share."""

import argparse
from collections.abc import Callable


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


def input_options(parser: argparse.ArgumentParser) -> None:
    """What to read, and how."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns or tables")
    group = parser.add_argument_group("input")
    group.add_argument("--text", metavar="COLUMN", help="column of tables that holds the text (or raw pages)")
    group.add_argument(
        "--outlet",
        metavar="COLUMN",
        help="column of tables that holds the outlet, or folder, or file, or a name",
    )
    group.add_argument("--title", metavar="COLUMN", help="column of tables that holds the title")
    group.add_argument("--date", metavar="COLUMN", help="column of tables that holds the date")
    group.add_argument(
        "--day-first",
        action=argparse.BooleanOptionalAction,
        help="03/04/2025 in tables is 3 April (default: told from all cells of the column)",
    )
    group.add_argument("--encoding", help="encoding of the files, where the guess is wrong (e.g. big5hkscs)")
    group.add_argument("--lang", choices=("zh", "en"), help="only the articles in this language")
    group.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes (default 1)")


def output_options(parser: argparse.ArgumentParser) -> None:
    """Where the tables go, and in which form."""
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
        "--spreadsheet",
        action=argparse.BooleanOptionalAction,
        help="guard cells that begin with = + - @ against spreadsheets (default: in CSV files)",
    )


def token_options(parser: argparse.ArgumentParser) -> None:
    """How text is cut into words."""
    parser.add_argument(
        "--dictionary",
        default="default",
        metavar="FILE",
        help="user dictionary in jieba's format, or 'jieba'",
    )


def more_words_option(parser: argparse.ArgumentParser) -> None:
    """Which words the segmenter knows besides."""
    parser.add_argument(
        "--words", metavar="FILE", help="further words, in jieba's format; frequency 0 forbids a word"
    )


def word_options(parser: argparse.ArgumentParser) -> None:
    """Which words the segmenter knows besides, and whether it learns some."""
    more_words_option(parser)
    parser.add_argument(
        "--learn",
        action=argparse.BooleanOptionalAction,
        help="first look for words that the articles have and the dictionary lacks (default: yes, unless it "
        "is 'jieba'; in batches, where it is another pass, only compare does so unasked)",
    )


def stopword_option(parser: argparse.ArgumentParser) -> None:
    """Which words are not counted."""
    parser.add_argument("--stopwords", metavar="FILE", help="more words to leave out, one a line")


def group_option(parser: argparse.ArgumentParser) -> None:
    """Which column makes the groups."""
    parser.add_argument("--by", default="outlet", metavar="COLUMN", help="outlet (default), month, ...")


def count_options(parser: argparse.ArgumentParser) -> None:
    """What is counted."""
    group = parser.add_argument_group("counting")
    group.add_argument(
        "--unit",
        choices=("term", "phrase", "concept"),
        help="term (default); phrase: words and runs of words that hold together; concept joins zh and en",
    )
    group.add_argument(
        "--ngrams", type=_positive, default=1, metavar="N", help="runs of up to N words (default 1)"
    )
    group.add_argument(
        "--title-weight",
        type=int,
        metavar="N",
        help="count the title N times (default 0; 3 for keywords --by article)",
    )
    group.add_argument("--min-articles", type=_positive, default=1, metavar="N", help="ignore rarer terms")
    group.add_argument(
        "--copies",
        choices=("keep", "weight", "collapse"),
        default="keep",
        help="texts printed several times: count all, share one among all, or one per outlet",
    )
    group.add_argument("--keep-stopwords", action="store_true", help="count function words, too")


def batch_options(parser: argparse.ArgumentParser) -> None:
    """Where and how batches run."""
    group = parser.add_argument_group("batches")
    group.add_argument(
        "--engine", choices=("serial", "processes", "dask"), help="where batches run (default: by --workers)"
    )
    group.add_argument(
        "--cache",
        metavar="DIR",
        help="keep parsed batches and partial results there: another run, or one after a crash, does only "
        "what has changed",
    )


def keyword_options(parser: argparse.ArgumentParser) -> None:
    """Which weights, and whether outlets' own names are shown."""
    weighting_option(parser)
    own_names_option(parser)


def weighting_option(parser: argparse.ArgumentParser) -> None:
    """Which weights of keywords."""
    parser.add_argument(
        "--weighting",
        choices=("contrast", "smooth", "class", "article"),
        help="contrast (default): what sets groups apart; smooth, class: TF-IDF by the formulas of these "
        "names; article (default of --by article): position and title count",
    )


def own_names_option(parser: argparse.ArgumentParser) -> None:
    """What to do with names of outlets, agencies and authors."""
    parser.add_argument(
        "--own-names",
        choices=("mark", "drop", "keep"),
        default="drop",
        help="names of outlets, agencies and authors: a column says so, leave them out, or neither",
    )


def keyness_options(parser: argparse.ArgumentParser) -> None:
    """What is compared with what, how it is tested and ordered."""
    own_names_option(parser)
    parser.add_argument(
        "--order",
        choices=("support", "g2", "log_ratio", "lrc", "p"),
        default="support",
        help="what the rows are ordered by; support: in 3%% of the articles and q < .05, by the near end of "
        "the interval of the log ratio times the square root of that share",
    )
    parser.add_argument("--target", metavar="GROUP", help="default: each group in turn")
    parser.add_argument("--reference", metavar="GROUP", help="default: all other groups together")
    parser.add_argument(
        "--test",
        choices=("linearised", "bootstrap", "permutation"),
        default="linearised",
        help="over articles",
    )


def cluster_option(parser: argparse.ArgumentParser) -> None:
    """What is one unit of intervals and p."""
    parser.add_argument(
        "--cluster",
        metavar="day|week|story|COLUMN",
        help="what hangs together and is one unit of p and interval, in place of the article",
    )


def seed_option(parser: argparse.ArgumentParser) -> None:
    """Where chance starts."""
    parser.add_argument("--seed", type=_natural, default=0, help="for everything drawn at random (default 0)")


def kwic_options(parser: argparse.ArgumentParser) -> None:
    """What to look for."""
    parser.add_argument("--pattern", help="e.g. '芯片|chip*|supply chain'; or the last word: kwic PATH WORD")
    parser.add_argument(
        "--window", type=_natural, default=8, metavar="N", help="words on each side (default 8)"
    )


def read_options(parser: argparse.ArgumentParser) -> None:
    """What of the corpus to show."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--removed", action="store_true", help="show what cleaning took out instead")
    group.add_argument(
        "--explain",
        action="store_true",
        help="say what was recognised in the files, and why",
    )


def toward_option(parser: argparse.ArgumentParser) -> None:
    """Toward whom."""
    parser.add_argument("--toward", metavar="NAME", help="a concept id or a name: 中国, china, ...")


def referent_option(parser: argparse.ArgumentParser) -> None:
    """Names of one's own."""
    parser.add_argument(
        "--referents", metavar="FILE", help="more names: TSV with referent, label, lang, form, note"
    )


def feature_option(parser: argparse.ArgumentParser) -> None:
    """Which feature of stance."""
    parser.add_argument("--feature", help="only this feature, e.g. hedge")


def finding_options(parser: argparse.ArgumentParser) -> None:
    """Of which comparison, and which of its findings."""
    parser.add_argument("folder", metavar="FOLDER", help="what compare -o wrote")
    parser.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="the rows behind this one")


def duplicate_options(parser: argparse.ArgumentParser) -> None:
    """What counts as a copy."""
    parser.add_argument(
        "--threshold", type=float, default=0.5, help="least share of the smaller text in the larger (.5)"
    )


def story_options(parser: argparse.ArgumentParser) -> None:
    """How far apart reports of one story may be."""
    parser.add_argument(
        "--days", type=float, default=6.0, metavar="N", help="at most so many days apart (default 6)"
    )


def statement_options(parser: argparse.ArgumentParser) -> None:
    """Which statements, and how they are shown."""
    parser.add_argument(
        "--min-carriers", type=_natural, default=2, metavar="N", help="independent carriers (default 2)"
    )
    parser.add_argument("--rows", action="store_true", help="one row per sentence, not per statement")


def encoder_option(parser: argparse.ArgumentParser) -> None:
    """Whether an encoder joins the comparison of sentences."""
    help_ = "compare sentences by the packaged multilingual encoder, too (extra embed)"
    parser.add_argument("--encoder", nargs="?", const="default", choices=("default",), help=help_)


def omission_options(parser: argparse.ArgumentParser) -> None:
    """Whose omissions."""
    parser.add_argument("--lacking", metavar="OUTLET", help="only what this outlet leaves out")
    parser.add_argument(
        "--min-peers", type=_natural, default=2, metavar="N", help="other outlets that carry it (default 2)"
    )


def compare_options(parser: argparse.ArgumentParser) -> None:
    """What is counted, and what is done beside it."""
    parser.add_argument(
        "--extend",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="let names that the texts give in both languages join the dictionary and the concepts",
    )
    parser.add_argument(
        "--unit",
        choices=("term", "phrase"),
        default="term",
        help="phrase: words and runs of words that hold together",
    )
    parser.add_argument(
        "--ngrams", type=_positive, default=1, metavar="N", help="runs of up to N words (default 1)"
    )
    parser.add_argument(
        "--copies",
        choices=("collapse", "keep"),
        default="collapse",
        help="texts that an outlet printed several times: count once, or all",
    )
    weighting_option(parser)
    parser.add_argument(
        "--stories",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="find stories across outlets, and what is stated in them",
    )
    parser.add_argument(
        "--batches",
        action=argparse.BooleanOptionalAction,
        help="read batch by batch and hold sums; done with --no-stories, --engine or --cache, and where the "
        "input is larger than 200 MB. Stories are then found in windows of time",
    )
