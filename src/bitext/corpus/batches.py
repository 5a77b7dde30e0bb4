"""One batch of articles: portion → parsed batch → corpus. What workers do before the real work.

Two steps, because what is furniture depends on all articles: `parse` reads a portion and notes its short
lines; once all notes are merged, `corpus` takes the furniture off. Between the two a batch lies on disk.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.corpus.assemble import (
    Foreign,
    fields,
    foreign,
    identifiers,
    removals,
    removed_table,
    table,
    unnamed,
)
from bitext.corpus.corpus import Corpus
from bitext.corpus.first_pass import FirstPass, Known, PortionIndex, later, renumbered
from bitext.engines import store
from bitext.errors import CorpusError
from bitext.reading.cleaning import learned_clocks, outlets, recurring
from bitext.reading.parse import attempted, body
from bitext.reading.problems import Problem
from bitext.reading.splits import Portion, ReadOptions, content, digest, documents
from bitext.record import fingerprint, versions


@dataclass(frozen=True, slots=True)
class Batch:
    """Parsed articles, column by column, with nothing that depends on other batches.

    Attributes:
        columns: the columns of `schema.ARTICLES` except language and script.
        problems: what could not be read.
        notes: short lines, see `recurring`.
        removed: (article, kind, start, end, text) of what cleaning took out.
        bounds: articles + 1: the paragraphs of article i are those from bounds[i] to bounds[i + 1].
        lines: key of every paragraph, see `recurring.line_key`, article after article.
        spans: start and end in the raw document of every paragraph.
        titles: where the title of every article stands in its raw document; -1 for nowhere.
        foreign: articles in neither language, see `assemble.foreign`.
    """

    columns: Mapping[str, list[Any]]
    problems: list[Problem]
    notes: recurring.Notes
    removed: list[tuple[str, str, int, int, str]]
    bounds: npt.NDArray[np.int64]
    lines: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int32]
    titles: npt.NDArray[np.int32]
    foreign: Foreign = field(default_factory=dict)


def read_batch(portion: Portion, reading: ReadOptions) -> Batch:
    """Read and parse a portion."""
    found, problems = documents(portion, reading)
    records = []
    for document in found:
        record = attempted(document, reading.options)
        if isinstance(record, Problem):
            problems.append(record)
        else:
            records.append(record)
    names = identifiers(records, problems)
    for name, record in zip(names, records, strict=True):
        problems += [Problem(name, *problem) for problem in record.problems]
    problems += unnamed(records)
    columns = {
        "article": names,
        "text": [body(record.paragraphs) for record in records],
        **fields(records),
    }
    found_lines = [recurring.keys(record) for record in records]
    pieces = [piece for record in records for piece in record.paragraphs]
    spans = np.empty((len(pieces), 2), dtype=np.int32)
    spans[:, 0] = [piece.start for piece in pieces]
    spans[:, 1] = [piece.end for piece in pieces]
    return Batch(
        columns,
        problems,
        recurring.sample(records, found_lines),
        removals(names, records),
        np.cumsum([0, *map(len, found_lines)], dtype=np.int64),
        np.fromiter(chain.from_iterable(found_lines), np.int64, len(pieces)),
        spans,
        np.fromiter((record.title_start for record in records), np.int32, len(records)),
        {} if reading.options.lang else foreign(names, records),
    )


def index_portion(
    reading: ReadOptions, folder: Path | None, lasting: bool, item: tuple[int, Portion]
) -> FirstPass:
    """Read a portion, keep its batch in *folder*, and return what all batches together must know.

    A *lasting* folder is a cache: files are named by content and settings, and used again if undamaged.
    """
    number, given = item
    portion, lines = given, 0
    if given.end:  # a piece of a file is fetched once: for its hash, its lines and its articles
        data = content(given)
        portion, lines = replace(given, content=data), data.count(b"\n") + (data[-1:] not in (b"", b"\n"))
    key, file, damaged = "", None, frozenset[str]()
    batch: Batch | None = None
    if lasting and folder:
        key = fingerprint([digest(portion), settings(reading)])
        file = folder / f"articles-{key}.bitext"
        batch, damaged = recall(file)
    elif folder:
        file = folder / f"{number:08d}.bitext"
    if batch is None:
        batch = read_batch(portion, reading)
        if file:
            store.write(file, batch)
    size = len(batch.columns["article"])
    if file:
        given = Portion(given.files, given.columns, given.start, given.end, given.first)
    further = tuple(dict.fromkeys(name for cells in batch.columns["more"] for name in cells))
    numbers = dict(Counter(batch.columns["outlet"]))
    hosts = outlets.hosts(zip(batch.columns["outlet"], batch.columns["url"], strict=True))
    said = ("outlet", "zone", "date_source", "date_printed", "date_feed")
    clocks = learned_clocks.pairs(zip(*(batch.columns[name] for name in said), strict=True))
    place = PortionIndex(
        given,
        size,
        file,
        key,
        outlets=numbers,
        hosts=hosts,
        clocks=clocks,
        further=further,
        foreign=batch.foreign,
        lines=lines,
    )
    return FirstPass(batch.notes, {number: place}, {number: batch.problems}, damaged)


def recall(file: Path) -> tuple[Any, frozenset[str]]:
    """Return what a file of the cache holds, None where there is none; and its name if it is damaged."""
    try:
        found = store.read(file), frozenset[str]()
        store.used(file)
        return found
    except FileNotFoundError:
        return None, frozenset()
    except store.DamagedError as error:
        file.unlink(missing_ok=True)
        return None, frozenset({str(error)})


def settings(reading: ReadOptions) -> str:
    """Return all that decides how a portion is read, as text."""
    from bitext import __version__

    options = reading.options
    return repr(
        (
            __version__,
            sorted(versions().items()),
            reading.asked,
            sorted(options.hosts.items()),
            options.lang,
            options.html,
        )
    )


def load(place: PortionIndex, reading: ReadOptions) -> Batch:
    """Return the batch that was kept, or read the portion again; rows have their numbers in the file."""
    if place.file is None:
        batch = read_batch(place.portion, reading)
    else:
        try:
            batch = store.read(place.file)
        except FileNotFoundError:
            raise CorpusError(f"{place.file} was removed while it was in use") from None
    if not place.shift:
        return batch
    columns = {
        **batch.columns,
        "article": [later(name, place.shift) for name in batch.columns["article"]],
    }
    return replace(
        batch,
        columns=columns,
        problems=renumbered(batch.problems, place.shift),
        removed=[(later(row[0], place.shift), *row[1:]) for row in batch.removed],
    )


def corpus(batch: Batch, known: Known, lang: str = "", only: str = "", first: int = 0) -> Corpus:
    """Return the corpus of a batch: no furniture, *lang* set for all, *only* articles in one language."""
    furniture = known.furniture
    columns = dict(batch.columns)
    if known.spellings:
        columns["outlet"] = known.spelled(columns["outlet"])
    if known.clocks:
        columns |= _on_clocks(columns, known.clocks)
    removed = list(batch.removed)
    texts = list(columns["text"])
    titles = list(columns["title"])
    held = recurring.places(batch.lines, furniture)
    touched = set((np.searchsorted(batch.bounds, held, side="right") - 1).tolist())
    for row, name in enumerate(columns["article"]):
        lines = furniture.get(columns["outlet"][row])
        if not lines:
            continue
        titles[row], _, pieces = recurring.titled(titles[row], int(batch.titles[row]), lines)
        if pieces:
            removed += [(name, piece.kind, piece.start, piece.end, piece.text) for piece in pieces]
            lines |= {recurring.line_key(titles[row])}
        if pieces or row in touched:
            texts[row], cut = recurring.divided(texts[row], lines)
            at = batch.spans[batch.bounds[row] :]
            removed += [
                (name, recurring.kind_of(line, titles[row]), int(at[i, 0]), int(at[i, 1]), line)
                for i, line in cut
            ]
    columns["text"], columns["title"] = texts, titles
    articles = table(columns, lang, known.further)
    if only:
        articles = articles[articles["lang"] == only].reset_index(drop=True)
        names = set(articles["article"])
        removed = [row for row in removed if row[0] in names]
    problems = pd.DataFrame(batch.problems, columns=list(schema.PROBLEMS))
    return Corpus(articles, removed_table(removed), problems, first=first)


def _on_clocks(columns: Mapping[str, list[Any]], clocks: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return the columns of time, of outlets with a learned clock by that."""
    names = learned_clocks.Clocked._fields
    rows = []
    for outlet, *values in zip(columns["outlet"], *(columns[name] for name in names), strict=True):
        known, zone = learned_clocks.Clocked(*values), clocks.get(outlet)
        rows.append(learned_clocks.on_clock(known, zone) if zone else known)
    return {name: [getattr(row, name) for row in rows] for name in names}


def some(batch: Batch, rows: npt.NDArray[np.int64]) -> Batch:
    """Return the batch of the articles in these *rows*, without what was removed from them."""
    columns = {name: [values[row] for row in rows] for name, values in batch.columns.items()}
    sizes = np.diff(batch.bounds)[rows]
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    taken = np.repeat(batch.bounds[rows] - bounds[:-1], sizes) + np.arange(bounds[-1])
    return Batch(columns, [], {}, [], bounds, batch.lines[taken], batch.spans[taken], batch.titles[rows])
