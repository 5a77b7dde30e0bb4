"""The Counts object: how often each article uses each term."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext import schema
from bitext.checked import checked
from bitext.errors import LanguageError, TableError

if TYPE_CHECKING:
    from bitext import GroupedCounts

#: Weights of articles are multiples of one over this number, the least that 1 to 10 divide.
WEIGHT_UNITS = 2520


@dataclass(frozen=True)
class Counts:
    """A sparse table of counts, articles by terms (or concepts).

    Attributes:
        matrix: scipy CSR array of int32, one row per article, one column per term.
        articles: the row table: `Corpus.articles` without `text`.
        terms: object array of str, the column labels, sorted.
        lengths: int64, tokens counted in each article, rare terms included: the denominator of rates.
            (After `weighted`, hits and lengths are float64.)
        unit: "term" or "concept".
        run: the run record.
        prominence: for `count(prominence=True)`, a CSR array of the same cells: (1 - share of the article's
            tokens before the term's first occurrence)**2, half as much again for a term of the title.
        coverage: for concepts, `content_words` and `mapped_words` of each article (see ConceptHits.coverage).
    """

    matrix: sparse.csr_array
    articles: pd.DataFrame
    terms: npt.NDArray[np.object_]
    lengths: npt.NDArray[np.int64]
    unit: str = "term"
    run: Mapping[str, Any] = field(default_factory=dict)
    coverage: pd.DataFrame | None = None
    prominence: sparse.csr_array | None = None

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        facts = [f"{len(self.terms):,} {self.unit}s", f"{int(self.matrix.sum()):,} counted"]
        return schema.describe("Counts", facts + schema.describe_articles(self.articles))

    def _repr_html_(self) -> str:
        totals = pd.DataFrame(
            {
                self.unit: self.terms,
                "n": np.asarray(self.matrix.sum(axis=0)).ravel(),
                "articles": np.bincount(self.matrix.indices, minlength=len(self.terms)),
            }
        )
        return schema.as_html(repr(self), totals.sort_values("n", ascending=False, kind="stable"))

    def binary(self) -> sparse.csr_array:
        """Return the matrix with 1 for every count: in which articles a term stands."""
        return sparse.csr_array(
            (np.ones_like(self.matrix.data), self.matrix.indices, self.matrix.indptr), shape=self.matrix.shape
        )

    def sorted(self) -> Self:
        """Return the same counts with the columns in order of their labels (code points)."""
        order = alphabetical(self.terms)
        return self.only(order)

    def only(self, chosen: npt.NDArray[np.int64]) -> Self:
        """Return the counts of these columns alone; lengths stay those of the whole articles."""
        held = self.prominence
        return replace(
            self,
            matrix=sparse.csr_array(self.matrix[:, chosen]),
            terms=self.terms[chosen],
            prominence=None if held is None else sparse.csr_array(held[:, chosen]),
        )

    @checked
    def supported(self, min_articles: int) -> Self:
        """Return the counts of the terms that stand in at least *min_articles* articles."""
        df = np.bincount(self.matrix.indices, minlength=self.matrix.shape[1])
        keep = np.flatnonzero(df >= min_articles)
        if len(keep) == len(df):
            return self
        return self.only(keep)

    def group(self, by: str | Sequence[str] = "outlet") -> "GroupedCounts":
        """Return the sums over the articles of each group; what a table needs, and no more.

        Args:
            by: column(s) of the articles, or "day", "week", "month", "quarter", "year".
        """
        from bitext.counting.grouped_counts import GroupedCounts

        return GroupedCounts.of(self, by)

    def to_frame(self) -> pd.DataFrame:
        """Return a sparse DataFrame, articles by terms, indexed by article identifier."""
        index = pd.Index(self.articles["article"], name="article")
        frame: pd.DataFrame = pd.DataFrame.sparse.from_spmatrix(  # type: ignore[attr-defined]
            self.matrix, index=index, columns=pd.Index(self.terms)
        )
        return frame

    @checked
    def select(self, rows: npt.ArrayLike | None = None, *, lang: str | None = None) -> Self:
        """Return the counts of some articles; all terms stay, so that tables of parts can be compared.

        Args:
            rows: boolean, one value per article; all of them where it is left out.
            lang: keep only the articles of this language, "en" or "zh".

        Examples:
            >>> import numpy as np, pandas as pd
            >>> from scipy import sparse
            >>> articles = pd.DataFrame({"article": ["1", "2"], "lang": ["zh", "en"]})
            >>> table = sparse.csr_array(np.eye(2, dtype=np.int32))
            >>> counts = Counts(table, articles, np.array(["改革", "reform"], dtype=object), np.array([9, 8]))
            >>> counts.select(lang="en").articles["article"].tolist()
            ['2']
        """
        keep = schema.chosen(self.articles, rows, lang)
        articles = self.articles.loc[keep].reset_index(drop=True)
        coverage = None if self.coverage is None else self.coverage.loc[keep].reset_index(drop=True)
        return replace(
            self,
            matrix=self.matrix[keep],
            articles=articles,
            lengths=self.lengths[keep],
            coverage=coverage,
            prominence=None if self.prominence is None else self.prominence[keep],
        )

    @checked
    def weighted(self, weights: npt.ArrayLike) -> Self:
        """Return the counts with each article's hits and length multiplied by its weight.

        For texts that were printed several times: `bitext.copies.duplicates.weights` gives 1/k to each of k
        versions. Weights are rounded to multiples of 1/2520 (exact for k up to 10), which keeps sums exact;
        articles of weight 0 are left out. Unless all others weigh 1, counts and lengths are then float64.

        Raises:
            TableError: a weight is below 0, above 1 or missing.

        Examples:
            >>> import numpy as np, pandas as pd
            >>> from scipy import sparse
            >>> table = sparse.csr_array(np.array([[4], [4], [7]]))
            >>> articles = pd.DataFrame({"article": ["1", "2", "3"]})
            >>> counts = Counts(table, articles, np.array(["ban"], dtype=object), np.array([50, 50, 60]))
            >>> counts.weighted([0.5, 0.5, 1]).matrix.sum().item()
            11.0
        """
        weight = np.asarray(weights, dtype=np.float64)
        if weight.shape != (len(self),) or not np.all((weight >= 0) & (weight <= 1)):
            raise TableError(f"weights must be {len(self)} numbers from 0 to 1, one for each article")
        exact = np.rint(weight * WEIGHT_UNITS) / WEIGHT_UNITS
        part = self.select(exact > 0)
        kept = exact[exact > 0]
        if np.all(kept == 1):
            return part
        matrix = sparse.csr_array(part.matrix, dtype=np.float64, copy=True)
        matrix.data *= np.repeat(kept, np.diff(matrix.indptr))
        lengths: Any = part.lengths * kept  # float64, as the class says
        return replace(part, matrix=matrix, lengths=lengths)


def alphabetical(labels: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """Return the order of *labels* by their code points, as Python sorts them; a label may be of any length.

    Examples:
        >>> alphabetical(np.array(["b", "芯片", "a"], dtype=object)).tolist()
        [2, 0, 1]
    """
    heads = labels.astype("U6").view(np.uint32).reshape(-1, 2, 3).astype(np.int64)
    keys = heads[:, :, 0] << 42 | heads[:, :, 1] << 21 | heads[:, :, 2]
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    # Those that begin alike are few, and stand together now.
    alike = np.zeros(len(order) + 1, dtype=np.bool_)
    alike[1:-1] = (keys[order[1:]] == keys[order[:-1]]).all(axis=1)
    for low, high in zip(
        np.flatnonzero(~alike[:-1] & alike[1:]).tolist(),
        np.flatnonzero(alike[:-1] & ~alike[1:]).tolist(),
        strict=True,
    ):
        group = slice(low, high + 1)
        order[group] = sorted(order[group].tolist(), key=labels.__getitem__)
    return order


def require_one_language(counts: Counts) -> None:
    """Raise LanguageError if *counts* holds terms of more than one language.

    A rate of 改革 beside a rate of "reform" has no common denominator; concepts have. Articles without a
    counted token and articles of undecided language do not make a mix.
    """
    if counts.unit == "concept" or "lang" not in counts.articles:
        return
    refuse_mixed_languages(counts.articles.loc[counts.lengths > 0, "lang"].unique())


def refuse_mixed_languages(langs: Iterable[str]) -> None:
    """Raise LanguageError if *langs* names more than one language."""
    found = sorted(set(langs) & set(schema.LANGUAGES))
    if len(found) > 1:
        raise LanguageError(
            f"the articles are in {' and '.join(found)}, and rates of terms of different languages cannot be "
            f"compared; pass counts.select(lang={found[-1]!r}) for one language, or count concepts: "
            "bitext.count(tokens, unit='concept')"
        )
