"""Files → what `bitext.read` recognises in them: formats, encodings, columns, order of dates, and why."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from bitext.checked import checked
from bitext.corpus.assemble import Foreign, foreign, in_other_languages, nameless, unnamed
from bitext.corpus.read import checked_options, nothing_read, one_clock, one_spelling, parsed
from bitext.reading import inputs
from bitext.reading import paths as files
from bitext.reading.documents import Asked, Record
from bitext.reading.problems import Problem
from bitext.reading.tables import rows
from bitext.reading.tables.columns import Columns

#: Columns of the table.
COLUMNS = ("file", "files", "aspect", "found", "column", "articles", "reason")
#: So many outlets, or kinds of what was removed, are named.
_NAMED = 5
#: `Record.named_by` -> why the outlet is called so.
_OUTLET = {
    "given": "the format gives it",
    "host": "the host of the address is known",
    "said": "the article says so itself",
    "byline": "the byline names its reporters' house",
    "file": "the file or a folder is called after a known outlet",
    "folder": "the folder that was given is called so",
    "domain": "the registered domain of the address; nothing else says it",
    "": "nothing says it",
}
#: `Dated.date_source` -> who says the date.
_DATE = {
    "given": "the format gives it",
    "printed": "printed in the article",
    "page": "the head of the page says it",
    "feed": "the feed, or the head of the dump, says it",
    "address": "the address, or the name of the file, holds it",
    "": "nothing says it",
}
_CLOCK = {
    "precision": "how exactly the dates are said",
    "zone": "by the outlet's clock, or what is said behind the time",
}
_UNKNOWN, _NO_CLOCK = "not known", "nothing says the outlet's clock; outlets.tsv can"
#: Fields that are counted where no column holds them.
_FIELDS = ("title", "author", "editor", "caption", "url")
#: Dates that were seen -> what says the date where it is the one that was taken: a page's head is its feed.
_SEEN = {"date_printed": ("printed",), "date_feed": ("feed", "page"), "date_crawled": ("crawled",)}


@dataclass(slots=True)
class _Alike:
    """Files in which the same was recognised."""

    format: str
    encoding: str
    columns: Columns | None
    said: str = ""
    files: dict[str, None] = field(default_factory=dict)
    articles: int = 0
    outlets: dict[str, Counter[str]] = field(default_factory=dict)
    dates: dict[str, list[Any]] = field(default_factory=dict)
    filled: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    further: Counter[str] = field(default_factory=Counter)
    clock: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Count an article."""
        self.files[record.table or record.file] = None
        self.articles += 1
        self.outlets.setdefault(record.named_by, Counter())[record.outlet] += 1
        self.dates.setdefault(record.dated.date_source, []).append(record.dated.date)
        self.filled.update(name for name in _FIELDS if getattr(record, name))
        self.further.update(name for name, cell in record.more.items() if cell)
        if record.dated.date is not None:
            for name in ("precision", "zone"):
                self.clock.setdefault(name, Counter())[getattr(record.dated, name) or _UNKNOWN] += 1
        for name, sources in _SEEN.items():
            if getattr(record.dated, name) and record.dated.date_source not in sources:
                self.filled[name] += 1
        self.removed.update(piece.kind for piece in record.removed)

    def rows(self) -> Iterator[tuple[str, str, str, int, str]]:
        """Yield aspect, found, column, articles and reason."""
        by = "its ending" if self.format.startswith("table (") else "its content"
        yield "format", self.format, "", self.articles, by
        bytes_say = "its bytes" if self.encoding else "its content"
        yield "encoding", self.encoding or "as the format says", "", self.articles, bytes_say
        told = self.columns or Columns()
        outlets, dates = dict(self._outlets()), dict(self._dates())
        for name, column in told.names.items():
            spread = {"outlet": outlets, "date": dates}.get(name, {}).pop("given", None)
            found, number = spread or ("", self.filled[name] if name in _FIELDS else self.articles)
            yield name, found, column, number, told.reasons.get(name, "")
        if told.order.reason:
            own = "; ".join(f"{outlet}: {order}" for outlet, order in sorted(told.order.outlets.items()))
            found = told.order.order or own or "undecided"
            yield "date_order", found, told.names["date"], self.articles, told.order.reason
        seen = [name for name in _FIELDS if name not in told.names and self.filled[name]]
        if seen:
            numbers = ", ".join(f"{name} {self.filled[name]:,}" for name in seen)
            yield "fields", numbers, "", self.articles, "the document says them"
        for source, (found, number) in outlets.items():
            yield "outlet", found, "", number, (self.said if source == "given" else "") or _OUTLET[source]
        for source, (found, number) in dates.items():
            yield "date", found, "", number, _DATE[source]
        for name, told_by in self.clock.items():
            kinds = ", ".join(f"{kind} {number:,}" for kind, number in told_by.most_common(_NAMED))
            unknown = list(told_by) == [_UNKNOWN]
            yield name, kinds, "", told_by.total(), _NO_CLOCK if unknown else _CLOCK[name]
        for name in _SEEN:
            if self.filled[name]:
                yield name, "", "", self.filled[name], "seen, and not taken for the date; a column of its own"
        for column in told.further or self.further:
            yield "further", "", column, self.further[column], "no field of an article; a column of its own"
        if self.removed:
            kinds = ", ".join(f"{kind} {number:,}" for kind, number in self.removed.most_common(_NAMED))
            yield "removed", kinds, "", self.articles, "not the article; see Corpus.removed"

    def _outlets(self) -> Iterator[tuple[str, tuple[str, int]]]:
        for source, numbers in self.outlets.items():
            names = [name for name, _ in numbers.most_common(_NAMED)]
            more = f" and {len(numbers) - len(names):,} more" if len(numbers) > len(names) else ""
            yield source, (", ".join(names) + more, numbers.total())

    def _dates(self) -> Iterator[tuple[str, tuple[str, int]]]:
        for source, days in self.dates.items():
            known = [day for day in days if day is not None]
            span = list(dict.fromkeys(f"{day:%Y-%m-%d}" for day in (min(known), max(known)))) if known else []
            yield source, (" to ".join(span), len(days))


@checked
def explain(
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
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Say what `bitext.read` recognises in files, and why: formats, encodings, columns, outlets and dates.

    Args:
        *paths: as for `bitext.read`, as are all other arguments.
        text: column of tables that holds the body or the raw page.
        outlet: column, or the outlet of all, or "folder" or "file".
        title: column.
        date: column.
        url: column.
        author: column.
        day_first: whether 03/04/2025 in a table is 3 April.
        encoding: encoding of all files.
        lang: "zh" or "en" for all articles.
        html: who finds the article in an HTML page.
        progress: called with the number of articles parsed since the last call.

    Returns:
        One row per thing said of files that are alike, in the order of the files: ``file`` (the first of
        them), ``files`` (how many), ``aspect`` ("format", "encoding", a field, "fields", "date_order",
        "precision" and "zone" of the dates, "further" for a column that is no field, "removed", "problem"),
        ``found`` (what it is), ``column`` (of a table), ``articles`` (of how many that is true; of a problem,
        how many rows), ``reason``.

    Raises:
        CorpusError: a path does not exist, or nothing in it ends like a file of articles.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "a.csv").write_text("kop,body,date\\nChips,It opened.,05/13/2031\\n")
        ...     table = explain(folder, title="kop")
        >>> table[["aspect", "found", "column"]].values.tolist()[2:6]
        [['title', '', 'kop'], ['text', '', 'body'], ['date', '2031-05-13', 'date'],
         ['date_order', 'month first', 'date']]
    """
    columns = {"text": text, "outlet": outlet, "title": title, "date": date, "url": url, "author": author}
    options = checked_options(lang, html, 1, encoding)
    found = files.collect(paths)
    options.hosts = found.hosts
    asked = Asked(columns, encoding, outlet or "", day_first, found.flat)
    places = {str(path): path for path, _ in found.files}
    said = f"outlet={outlet!r}" if outlet else ""
    encodings: dict[str, str] = {}
    alike: dict[str, _Alike] = {}
    kept: list[Record] = []
    languages: list[Foreign] = []
    for record in parsed(inputs.documents(found, asked), options, 1, found.problems, progress):
        told = found.columns.get(record.table)
        if record.table and rows.suffix(places[record.file]) in files.TABLES:
            if record.file not in encodings:
                encodings[record.file] = rows.encoding_of(places[record.file], encoding)
            record.encoding = encodings[record.file]
        key = repr((record.format, record.encoding, told))
        group = alike.setdefault(key, _Alike(record.format, record.encoding, told, said))
        group.add(record)
        found.problems += [Problem(record.article, *problem) for problem in record.problems]
        languages += [] if lang else [foreign([record.article], [record])]
        said_of = ("outlet", "named_by", "url", "dated")
        kept.append(Record("", "", **{name: getattr(record, name) for name in said_of}))
    if not kept and not found.problems:
        raise nothing_read(found.problems)
    problems = found.problems + one_spelling(kept) + one_clock(kept) + unnamed(kept)
    problems += in_other_languages(languages)
    problems += nameless(sum(not record.outlet for record in kept), len(kept))
    told_rows = [
        (next(iter(group.files)), len(group.files), *row) for group in alike.values() for row in group.rows()
    ]
    return pd.DataFrame([*told_rows, *_problems(problems)], columns=list(COLUMNS))


def _problems(problems: list[Problem]) -> Iterator[tuple[str, int, str, str, str, int, str]]:
    """Yield one row for each kind of problem, with its first; what is said of all files is one."""
    numbers = Counter((problem.kind, not problem.file) for problem in problems)
    seen = set[tuple[str, bool]]()
    for problem in problems:
        kind = problem.kind, not problem.file
        if kind not in seen:
            seen.add(kind)
            among = len({one.file for one in problems if (one.kind, not one.file) == kind})
            yield problem.file, among, "problem", problem.kind, "", numbers[kind], problem.problem
