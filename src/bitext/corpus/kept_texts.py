"""Scan → the texts of its articles in files, to be read again one by one: by time, by story."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bitext.arrays import Ints
from bitext.corpus.corpus import Corpus
from bitext.corpus.scan import Progress, Scan
from bitext.engines import scratch
from bitext.engines.reduction import Reduction, by_place


class Piece(NamedTuple):
    """Where a text stands: bytes *start* to *end* of a file."""

    file: str
    start: int
    end: int


class KeptTexts:
    """The texts of all articles of a scan, in a temporary folder that goes with this object."""

    def __init__(self, scan: Scan, progress: Progress | None = None) -> None:
        self._folder = scratch.folder(self)
        # No key: what is kept here goes at the end, and a cache would think that it is still there.
        keep: Reduction[Corpus, dict[int, Ints], dict[int, Ints]]
        keep = Reduction(partial(_keep, self._folder), by_place)
        sizes = scan.reduce(keep, progress=progress)
        self._first = np.array(sorted(sizes), dtype=np.int64)
        parts = [sizes[first] for first in self._first.tolist()]
        self._bounds = np.cumsum([0, *map(len, parts)], dtype=np.int64)
        self._end = np.concatenate([np.cumsum(part) for part in parts])
        self._size = np.concatenate(parts)

    def pieces(self, rows: Sequence[int] | Ints) -> list[Piece]:
        """Return where the texts of these articles stand; *rows* are in reading order."""
        which = np.searchsorted(self._bounds, rows, side="right") - 1
        end, size = self._end[rows], self._size[rows]
        return [
            Piece(str(_file(self._folder, int(self._first[batch]))), int(stop - length), int(stop))
            for batch, stop, length in zip(which, end, size, strict=True)
        ]


def texts(pieces: Sequence[Piece]) -> list[str]:
    """Return the texts that stand there."""
    found: dict[int, str] = {}
    order = sorted(range(len(pieces)), key=pieces.__getitem__)
    at = 0
    while at < len(order):
        name = pieces[order[at]].file
        with Path(name).open("rb") as file:
            while at < len(order) and pieces[order[at]].file == name:
                _, start, end = pieces[order[at]]
                file.seek(start)
                found[order[at]] = file.read(end - start).decode("utf-8", "surrogatepass")
                at += 1
    return [found[number] for number in range(len(pieces))]


def _keep(folder: Path, corpus: Corpus) -> dict[int, Ints]:
    """Write the texts of a batch to a file of its own and return their sizes in bytes."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in corpus.articles["text"].tolist()]
    _file(folder, corpus.first).write_bytes(b"".join(encoded))
    return {corpus.first: np.fromiter(map(len, encoded), np.int64, len(encoded))}


def _file(folder: Path, first: int) -> Path:
    return folder / f"texts-{first:010d}"
