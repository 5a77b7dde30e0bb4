"""What is kept of articles to find copies among them: arrays by batch, never the texts.

A batch gives two partial results, each a mapping from the place of its first article to a block of arrays, so
that joining batches is joining mappings, and order is found at the end.

- `sketch`: what candidates need, of all articles: about 1 kB each.
- `detail`: what similarities, kinds and relations need, of the articles asked for: 8 bytes per shingle, of
  which there is about one per character.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.arrays import Hashes, Ints
from bitext.copies.credits import credits
from bitext.copies.frames import HEAD
from bitext.copies.minhash import Sketches
from bitext.copies.shingles import ShingleSets, batches, fold, shingle_sets
from bitext.corpus.clock import Clock

B = TypeVar("B")

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: Columns that the table of duplicates needs of articles.
SHOWN = ("article", "outlet", "date", "title")


class HasArticles(Protocol):
    """A Corpus, or Tokens made of one."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article, with its text."""

    @property
    def removed(self) -> pd.DataFrame:
        """What cleaning took out of them: there agencies are credited."""

    @property
    def first(self) -> int:
        """Articles before these, where these are a batch."""


@dataclass(frozen=True)
class Sketch:
    """What candidates are found by.

    Attributes:
        place: of each article in the whole.
        time: the middle of the times it can have, in UTC; the largest number where there is none.
        sketches: of its text.
    """

    place: Ints
    time: Ints
    sketches: Sketches

    @classmethod
    def joined(cls, blocks: Mapping[int, "Sketch"]) -> "Sketch":
        """Put blocks together, in order of time."""
        parts = [blocks[first] for first in sorted(blocks)]
        place = np.concatenate([part.place for part in parts])
        time = np.concatenate([part.time for part in parts])
        order = np.lexsort((place, time))
        sketches = Sketches.joined([part.sketches for part in parts]).ordered(order)
        return cls(place[order], time[order], sketches)


@dataclass(frozen=True)
class Detail:
    """What pairs are measured and named by.

    Attributes:
        place: of each article in the whole.
        articles: columns `SHOWN`, and ``agency`` and ``printed``: which agency it credits, and whether the
            text is the agency's own.
        clock: when each was published.
        sets: shingles.
        folded: a hash of the whole folded text.
        numbers: the distinct numbers in the first half of the text, where the news is, as one text.
        heads: the beginning of the text.
    """

    place: Ints
    articles: pd.DataFrame
    clock: Clock
    sets: ShingleSets
    folded: Hashes
    numbers: npt.NDArray[np.object_]
    heads: npt.NDArray[np.object_]

    @classmethod
    def joined(cls, blocks: Mapping[int, "Detail"]) -> "Detail":
        """Put blocks together, in order of time."""
        parts = [blocks[first] for first in sorted(blocks)]
        place = np.concatenate([part.place for part in parts])
        articles = pd.concat([part.articles for part in parts], ignore_index=True)
        clock = Clock.joined([part.clock for part in parts])
        order = np.lexsort((place, clock.middle))
        sizes = np.concatenate([part.sets.sizes for part in parts])
        bounds = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        sets = ShingleSets(np.concatenate([part.sets.values for part in parts]), bounds)
        return cls(
            place[order],
            articles.iloc[order].reset_index(drop=True),
            clock.take(order),
            sets if np.array_equal(order, np.arange(len(order))) else sets.take(order),
            np.concatenate([part.folded for part in parts])[order],
            np.concatenate([part.numbers for part in parts])[order],
            np.concatenate([part.heads for part in parts])[order],
        )


def sketch(batch: HasArticles) -> dict[int, Sketch]:
    """Return what candidates need of each article of a batch."""
    articles = _checked(batch)
    place = batch.first + np.arange(len(articles), dtype=np.int64)
    block = Sketch(place, Clock.of(articles).middle, Sketches.of(articles["text"].tolist()))
    return {batch.first: block}


def detail(places: Ints | None, batch: HasArticles) -> dict[int, Detail]:
    """Return what measuring needs of the articles at *places*; None is all."""
    articles = _checked(batch)
    place = batch.first + np.arange(len(articles), dtype=np.int64)
    if places is not None:
        wanted = np.isin(place, places)
        articles, place = articles[wanted].reset_index(drop=True), place[wanted]
    texts = articles["text"].tolist()
    agencies = credits(articles, batch.removed)
    block = Detail(
        place,
        articles[list(SHOWN)].assign(
            agency=pd.array([found.agency for found in agencies], dtype=object),
            printed=np.array([found.printed for found in agencies], dtype=bool),
        ),
        Clock.of(articles),
        shingle_sets(texts),
        np.array([key for some in batches(texts) for key in _keys(some)], dtype=np.uint64),
        np.array([_numbers(text) for text in texts], dtype=object),
        np.array([text[:HEAD] for text in texts], dtype=object),
    )
    return {batch.first: block}


def _checked(batch: HasArticles) -> pd.DataFrame:
    schema.require(batch.articles, (*SHOWN, "text"), "the table of articles")
    known = [name for name in ("instant", "precision") if name in batch.articles]
    articles = batch.articles[[*SHOWN, *known, "text"]].reset_index(drop=True)
    return articles.assign(date=pd.to_datetime(articles["date"]))


def _keys(texts: Sequence[str]) -> Iterator[int]:
    codes, _, bounds = fold(texts)
    for start, end in pairwise(bounds.tolist()):
        yield int.from_bytes(blake2b(codes[start:end].tobytes(), digest_size=8).digest(), "little")


def _numbers(text: str) -> str:
    return " ".join(sorted(set(_NUMBER.findall(text[: len(text) // 2]))))
