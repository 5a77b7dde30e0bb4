"""What stance tables are made from: some whole numbers per article, packed, that join over batches.

Intervals draw articles, so the numbers of every article are kept: some seventy of them are not zero, 8 bytes
each; with the names a kilobyte. A hundred thousand articles are 100 MB.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.stances.article_counts import SIZES, Sums
from bitext.statistics.clusters import Cluster, cluster_codes
from bitext.tokens.grouping import group_codes, group_values
from bitext.tokens.tokens import Tokens

#: Column of the articles that is always there.
ABOUT = ("article", "outlet", "lang", "date")

#: What a column counts: a field of `Sums`, the feature (or cited outlet), the number of the voice or kind.
Label = tuple[str, str, int]


@dataclass(frozen=True)
class Articles:
    """Who wrote what when, one row per article in reading order.

    Attributes:
        places: see `Tokens.places`.
        about: the columns `ABOUT`.
        groups: one column of text for each name that groups or clusters are made of.
    """

    places: Ints
    about: pd.DataFrame
    groups: pd.DataFrame

    @classmethod
    def of(cls, tokens: Tokens, names: Sequence[str]) -> "Articles":
        """Take what is needed of the articles of *tokens*."""
        groups = (
            group_values(tokens.articles, names) if names else pd.DataFrame(index=range(len(tokens.articles)))
        )
        about = tokens.articles[list(ABOUT)]
        return cls(tokens.places(), about.reset_index(drop=True), groups.reset_index(drop=True))

    @classmethod
    def merge(cls, parts: Sequence["Articles"]) -> tuple["Articles", Ints]:
        """Join the articles of several batches; also return the order in which their rows now stand."""
        places = np.concatenate([part.places for part in parts])
        order = np.argsort(places, kind="stable")
        tables = (
            pd.concat([getattr(part, name) for part in parts], ignore_index=True)
            .iloc[order]
            .reset_index(drop=True)
            for name in ("about", "groups")
        )
        return cls(places[order], *tables), order

    def __len__(self) -> int:
        return len(self.places)

    def clusters(self, cluster: Cluster) -> Ints:
        """Return the number of each article's cluster; see `bitext.statistics.clusters.cluster_codes`."""
        about = self.about
        if isinstance(cluster, str) and cluster in self.groups:
            about = about.assign(**{cluster: self.groups[cluster].to_numpy()})
        return cluster_codes(about, cluster)

    def members(self, names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Ints]]:
        """Yield each group and the rows of its articles, in order of their identifiers.

        What is drawn at random from them then depends neither on files nor on batches.
        """
        groups, codes = group_codes(self.groups, names)
        order = np.argsort(self.about["article"].astype(str).to_numpy(dtype=object), kind="stable")
        for number, group in enumerate(groups.itertuples(index=False)):
            yield tuple(map(str, group)), order[codes[order] == number]


@dataclass(frozen=True)
class PackedRows:
    """The sums of stance, article by article; `merge` is associative and commutative.

    Attributes:
        articles: who wrote what when.
        names: the features, see `Sums`.
        labels: what the columns count, sorted; what occurs nowhere has no column.
        counts: int32, articles × labels.
        run: the run record of the tokens.
    """

    articles: Articles
    names: tuple[str, ...]
    labels: tuple[Label, ...]
    counts: sparse.csr_array
    run: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, sums: Sums, tokens: Tokens, names: Sequence[str] = ()) -> "PackedRows":
        """Pack the *sums* of *tokens*; *names* are the columns of groups and clusters."""
        tables = list(_tables(sums))
        labels = [label for found, _ in tables for label in found]
        whole = sparse.csc_array(sparse.hstack([sparse.csc_array(values) for _, values in tables]))
        used = np.flatnonzero(np.diff(whole.indptr)).tolist()
        used.sort(key=labels.__getitem__)
        counts = sparse.csr_array(whole[:, used]).astype(np.int32)
        return cls(Articles.of(tokens, names), sums.names, tuple(labels[i] for i in used), counts, tokens.run)

    @classmethod
    def merge(cls, parts: Iterable["PackedRows"]) -> "PackedRows":
        """Join the rows of several batches, in reading order."""
        found = list(parts)
        labels = sorted(set().union(*(part.labels for part in found)))
        place = {label: i for i, label in enumerate(labels)}
        spread = []
        for part in found:
            column = np.array([place[label] for label in part.labels], dtype=np.int32)
            counts = (part.counts.data, column[part.counts.indices], part.counts.indptr)
            spread.append(sparse.csr_array(counts, shape=(len(part.articles), len(labels))))
        articles, order = Articles.merge([part.articles for part in found])
        counts = sparse.csr_array(sparse.vstack(spread, format="csr"))[order]
        return cls(articles, found[0].names, tuple(labels), counts, found[0].run)

    def sums(self, rows: Ints | slice = slice(None)) -> Sums:
        """Return the sums of some articles, unpacked."""
        names = self.names
        chosen = self.counts[rows].tocsc()
        size = chosen.shape[0]
        cited = [i for i, label in enumerate(self.labels) if label[0] == "cited"]
        shapes: dict[str, tuple[int, ...]] = {
            "hits": (size, len(names), 2),
            "sentences": (size, len(names), 2),
            "whole": (size, len(names)),
        }
        shapes |= {kind: (size, width) if width > 1 else (size,) for kind, width in SIZES.items()}
        tables = {kind: np.zeros(shape) for kind, shape in shapes.items()}
        number = {name: i for i, name in enumerate(names)}
        for i, (kind, name, k) in enumerate(self.labels):
            if kind == "cited":
                continue
            table = tables[kind]
            target = table if table.ndim == 1 else table[:, number[name] if name else k]
            column = slice(chosen.indptr[i], chosen.indptr[i + 1])
            (target[:, k] if target.ndim > 1 else target)[chosen.indices[column]] = chosen.data[column]
        return Sums(
            names=names,
            outlets=tuple(self.labels[i][1] for i in cited),
            cited=sparse.csr_array(chosen[:, cited].astype(np.float64)),
            **tables,
        )


def _tables(sums: Sums) -> Iterator[tuple[list[Label], npt.NDArray[np.float64] | sparse.csr_array]]:
    """Yield labels and columns of every field of *sums*."""
    size = len(sums.words)
    for kind in ("hits", "sentences"):
        labels: list[Label] = [(kind, name, voice) for name in sums.names for voice in (0, 1)]
        yield labels, getattr(sums, kind).reshape(size, len(labels))
    yield [("whole", name, 0) for name in sums.names], sums.whole
    for kind, width in SIZES.items():
        yield [(kind, "", k) for k in range(width)], getattr(sums, kind).reshape(size, width)
    yield [("cited", name, 0) for name in sums.outlets], sums.cited
