"""Articles in batches: for corpora that do not fit into memory."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import pandas as pd

from bitext import schema
from bitext.corpus import inputs, recurring
from bitext.corpus.assemble import assemble
from bitext.corpus.corpus import Corpus
from bitext.corpus.documents import Record
from bitext.corpus.read import checked, nothing_read, parsed
from bitext.errors import BitextError
from bitext.record import run_record

#: Articles that are read ahead to learn which lines recur: enough for dozens of each of some forty outlets.
LEARN = 2000


def iterate(
    *paths: str | Path,
    batch: int = 256,
    lines: pd.DataFrame | None = None,
    learn: int = LEARN,
    text: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
    author: str | None = None,
    encoding: str | None = None,
    lang: str | None = None,
    html: str = "own",
    workers: int = 1,
) -> Iterator[Corpus]:
    """Read articles as `bitext.read` does, but yield them in batches, each a Corpus of its own.

    `read` sees all articles before it says which lines recur in one outlet only. Here these lines are learned
    from the first *learn* articles, which are held until then; or they are given as *lines*, and nothing is
    held. Where there are no more than *learn* articles, the batches together are what `read` returns.

    Args:
        *paths: what to read.
        batch: articles in a batch; the last one may have fewer.
        lines: columns ``outlet line``, as `learned` makes them from a Corpus: furniture to remove. An empty
            table removes nothing but what the rules know.
        learn: number of articles to learn from, without *lines*.
        text, outlet, title, date, url, author, encoding, lang, html, workers: as in `bitext.read`.

    Yields:
        Corpora; identifiers are unique over all of them. Problems come with the batch in which they were met.

    Raises:
        CorpusError: a path does not exist, or nothing at all could be read.
        TableError: *lines* lacks a column.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "a.csv").write_text("title,text\\nA,One fish.\\nB,Two.\\nC,Red.\\n")
        ...     [len(corpus) for corpus in iterate(folder, batch=2)]
        [2, 1]
    """
    if batch < 1 or learn < 1:
        raise BitextError(f"batch is {batch} and learn is {learn}; both have to be 1 or more")
    options = checked(lang, html, workers, encoding)
    wanted = {"text": text, "outlet": outlet, "title": title, "date": date, "url": url, "author": author}
    found = inputs.collect(paths)
    options.hosts = found.hosts
    constant = {"outlet": outlet} if outlet else {}
    records = parsed(inputs.documents(found, wanted, encoding, constant), options, workers)
    furniture: Mapping[str, frozenset[int]]
    if lines is None:
        ahead = list(islice(records, learn))
        furniture = recurring.furniture(recurring.sample(ahead))
        records = _chain(ahead, records)
    else:
        furniture = _given(lines)
    run = run_record("iterate", paths=[str(path) for path in paths], encoding=encoding, lang=lang, html=html)
    taken: set[str] = set()
    told = 0
    while part := list(islice(records, batch)):
        for record in part:
            recurring.strip(record, furniture)
        problems, told = found.problems[told:], len(found.problems)
        yield assemble(part, problems, run, options.lang, taken)
    if not taken:
        raise nothing_read(found.problems)
    if told < len(found.problems):  # files after the last article
        yield assemble([], found.problems[told:], run, options.lang, taken)


def learned(corpus: Corpus) -> pd.DataFrame:
    """Return the recurring lines that were removed from *corpus*: ``outlet line``, sorted, for `iterate`."""
    found = corpus.removed[corpus.removed["kind"] == "recurring"]
    table = found.merge(corpus.articles[["article", "outlet"]], on="article")[["outlet", "text"]]
    table = table.rename(columns={"text": "line"}).drop_duplicates()
    return table.sort_values(["outlet", "line"], ignore_index=True)


def _given(lines: pd.DataFrame) -> Mapping[str, frozenset[int]]:
    schema.require(lines, ["outlet", "line"], "the table of recurring lines")
    return {
        str(outlet): frozenset(map(recurring.line_key, group["line"]))
        for outlet, group in lines.groupby("outlet")
    }


def _chain(ahead: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    """Yield what was read ahead, letting go of it, then the rest."""
    ahead.reverse()
    while ahead:
        yield ahead.pop()
    yield from rest
