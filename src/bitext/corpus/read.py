"""`bitext.read`: files, folders, globs and tables → Corpus."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.corpus.assemble import assemble, merged
from bitext.corpus.corpus import Corpus
from bitext.engines import pool
from bitext.errors import BitextError, CorpusError
from bitext.reading import importers, inputs, remote
from bitext.reading import paths as files
from bitext.reading.cleaning import learned_clocks, outlets, recurring
from bitext.reading.documents import FIELDS, Asked, Document, Options, Record
from bitext.reading.encoding import check
from bitext.reading.parse import attempted
from bitext.reading.problems import Problem, summary
from bitext.reading.tables import columns as tables
from bitext.record import run_record, shareable

EXTRACTORS = ("own", "trafilatura")
_BATCH = 64

Progress = Callable[[int], None]


@checked
def read(
    *paths: str | Path,
    text: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    author: str | None = None,
    day_first: bool | None = None,
    encoding: str | None = None,
    lang: str | None = None,
    html: str = "own",
    workers: int = 1,
    progress: Progress | None = None,
) -> Corpus:
    """Read articles from files, folders (with all below them), globs and tables.

    Every document's format is told from its content: pages of a Markdown mirror, feeds dumped to Markdown
    with or without YAML front matter, HTML pages, plain text. Tables are CSV, TSV, JSON, JSON Lines (all
    also .gz), Parquet and spreadsheets; their columns are found by the usual names and by their cells, or
    named here, and those that are no field stay in `Corpus.articles`. A cell may hold a raw page. Feeds,
    exports of news databases, archives and crawls give all articles that they hold. Title, outlet, date,
    author, editor, caption and address are lifted from where each format keeps them; what is not the
    article goes to `Corpus.removed`, what cannot be read to `Corpus.problems`. `bitext.explain` says what
    was recognised.

    A file named ``outlets.tsv`` (``host``, ``outlet``) in a folder that is read says which outlet publishes
    under which host.

    Args:
        *paths: what to read; also addresses such as s3://… or https://… (extra ``remote``).
        text: column of tables that holds the body or the raw page.
        outlet: column of tables that holds the outlet; where no table has such a column, the outlet's name.
            With "folder" each folder below the one given is an outlet, with "file" each file.
        title: column of tables that holds the title.
        date: column of tables that holds the date.
        url: column of tables that holds the address.
        author: column of tables that holds the author.
        day_first: whether 03/04/2025 in a table is 3 April; by default told from all cells of the column.
        encoding: encoding of all files; by default told from each: byte order mark, UTF-8, GB18030, Big5.
        lang: "zh" or "en" for all articles; by default told from each text.
        html: who finds the article in an HTML page: "own", or "trafilatura" (extra ``html``).
        workers: processes that parse; 1 parses in this one.
        progress: called with the number of articles parsed since the last call.

    Returns:
        A Corpus, articles in the order of the paths, files within folders by name. The identifier of an
        article is its path below the folder that was given, with ``#row`` for rows of a table.

    Raises:
        CorpusError: a path does not exist, or nothing at all could be read; the message says why (a table
            without the named column says which columns it has).

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "a.txt").write_text("Chips\\n\\nBy Jane Roe\\n\\nThe plant opened.\\n")
        ...     corpus = read(folder)
        >>> corpus.articles[["article", "title", "author", "text"]].values.tolist()
        [['a.txt', 'Chips', 'Jane Roe', 'The plant opened.']]
    """
    columns = {"text": text, "outlet": outlet, "title": title, "date": date, "url": url, "author": author}
    options = checked_options(lang, html, workers, encoding)
    found = files.collect(paths)
    options.hosts = found.hosts
    asked = Asked(columns, encoding, outlet or "", day_first, found.flat)
    documents = inputs.documents(found, asked)
    records = list(parsed(documents, options, workers, found.problems, progress))
    if not records:
        raise nothing_read(found.problems)
    found.problems += one_spelling(records)
    found.problems += one_clock(records)
    strip_recurring(records)
    run = run_record(
        "read",
        paths=[shareable(remote.redacted(path)) for path in paths],
        encoding=encoding,
        lang=lang,
        html=html,
    )
    return assemble(records, found.problems, run, options.lang)


def checked_options(lang: str | None, html: str, workers: int, encoding: str | None = None) -> Options:
    """Return the options of a run, or say which value is not accepted."""
    if lang is not None and lang not in schema.LANGUAGES:
        raise BitextError.unknown("language", lang, schema.LANGUAGES)
    if html not in EXTRACTORS:
        raise BitextError.unknown("html extractor", html, EXTRACTORS)
    if workers < 1:
        raise BitextError(f"workers is {workers}; it has to be 1 or more")
    if encoding is not None:
        check(encoding)
    return Options(lang=lang or "", html=html)


def nothing_read(problems: Iterable[Sequence[str]]) -> CorpusError:
    """Build the error for a call in which not one article could be read."""
    lines = summary(problems)
    if not lines:
        return CorpusError(
            "no article found; files that are read end in "
            f"{sorted(files.PAGES - {''})} or {sorted(files.TABLES | importers.ENDINGS)}"
        )
    return CorpusError("nothing could be read: " + "\n".join(lines))


def parsed(
    documents: Iterable[Document],
    options: Options,
    workers: int,
    problems: list[Problem],
    progress: Progress | None = None,
) -> Iterator[Record]:
    """Parse documents in this process or in a pool; the order stays; what cannot be goes to *problems*."""
    job = partial(parse_batch, options=options)
    for records in pool.run(job, batches(documents), workers):
        if progress:
            progress(len(records))
        for record in records:
            if isinstance(record, Problem):
                problems.append(record)
            else:
                yield record


def one_spelling(records: list[Record]) -> list[Problem]:
    """Give outlets that are obviously one the same name, in *records*, which are all there are; say which."""
    numbers = Counter(record.outlet for record in records if record.outlet)
    spellings = outlets.spellings(numbers, outlets.hosts((record.outlet, record.url) for record in records))
    for record in records if spellings else ():
        if record.outlet in spellings:
            record.outlet, record.named_by = spellings[record.outlet], "spelling"
    return merged(numbers, spellings)


def one_clock(records: list[Record]) -> list[Problem]:
    """Put *records*, all there are, on the clocks that outlets without a known zone show; say which."""
    found = learned_clocks.pairs(
        (record.outlet, dated.zone, dated.date_source, dated.date_printed, dated.date_feed)
        for record in records
        for dated in (record.dated,)
    )
    zones = learned_clocks.learned(found)
    for record in records if zones else ():
        if zone := zones.get(record.outlet):
            dated = record.dated
            known = learned_clocks.Clocked(dated.date, dated.instant, dated.precision, dated.zone)
            record.dated = replace(dated, **learned_clocks.on_clock(known, zone)._asdict())
    return [Problem(*row) for row in learned_clocks.told(zones, found)]


def strip_recurring(records: list[Record]) -> None:
    """Take the lines that recur in an outlet's articles out of *records*, which are all there are."""
    furniture = recurring.furniture(recurring.sample(records))
    for record in records:
        recurring.strip(record, furniture)


def parse_batch(documents: list[Document], options: Options) -> list[Record | Problem]:
    """Parse some documents; a module-level function, so that a pool can be given it."""
    return [attempted(document, options) for document in documents]


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield the documents in lists of `_BATCH`."""
    source = iter(documents)
    while batch := list(islice(source, _BATCH)):
        yield batch


def from_frame(frame: pd.DataFrame, **columns: Any) -> Corpus:
    """Read the articles of a DataFrame; see `Corpus.from_frame`."""
    accepted = ["text", "lang", "day_first", *FIELDS]
    unknown = [name for name in columns if name not in accepted]
    if unknown:
        raise BitextError.unknown("column argument", unknown[0], accepted)
    lang, day_first = columns.pop("lang", None), columns.pop("day_first", None)
    asked = Asked(columns, None, columns.get("outlet") or "", day_first)
    rows = [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
    sample = rows[: tables.SAMPLE] or [dict.fromkeys(map(str, frame.columns), "")]
    told = tables.recognise(sample, asked, "the DataFrame", lambda: rows)
    faults = list(told.faults)
    names: Iterable[object] = frame.index
    if "article" in told.further and frame["article"].nunique() * 2 >= len(frame):
        # The caller's own identifiers; one that comes twice gets a suffix and a row in `problems`.
        names = frame["article"].where(frame["article"].notna(), frame.index.to_series(index=frame.index))
        told = replace(told, names={**told.names, "article": "article"})
    documents = inputs.of_rows(zip(names, rows, strict=True), "DataFrame", "", asked, faults, told)
    options = checked_options(lang, "own", 1)
    problems: list[Problem] = []
    records = list(parsed(documents, options, 1, problems))
    problems = [Problem("DataFrame", *row) for row in faults] + problems + one_spelling(records)
    problems += one_clock(records)
    strip_recurring(records)
    return assemble(records, problems, run_record("from_frame", columns=dict(told.names)), options.lang)
