"""bitext's steps as scikit-learn transformers and classifiers."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from bitext.concepts.lookup import ConceptTable
from bitext.counting.count import count
from bitext.counting.counts import Counts
from bitext.counting.texts import corpus_of, listed
from bitext.errors import BitextError, TableError
from bitext.stances.target.classifier import StanceClassifier, cross_validated, scores
from bitext.stances.vectorizer import StanceVectorizer
from bitext.tokenizing.tokenize import tokenize

__all__ = [
    "ConceptVectorizer",
    "StanceClassifier",
    "StanceVectorizer",
    "TermVectorizer",
    "cross_validated",
    "scores",
]


#: What `TermVectorizer.transform` may return.
_OUTPUTS = ("default", "pandas")


class TermVectorizer(TransformerMixin, BaseEstimator, auto_wrap_output_keys=None):  # type: ignore[misc, call-arg]
    """Turn texts in Chinese and English into a sparse table of term counts.

    Takes the place of `CountVectorizer`, which makes one word of a whole Chinese clause. In a `Pipeline`,
    `TfidfTransformer`, `LinearSVC` or a `ColumnTransformer` (on one column of text) follow as usual. The
    output is a CSR matrix, or after ``set_output(transform="pandas")`` a DataFrame of sparse columns.
    scikit-learn's own checks are passed, except those that feed numbers in the place of texts.

    Args:
        dictionary: as in `bitext.tokenize`: "default", "jieba", a file, a list or a DataFrame.
        hmm: let the Chinese engine guess words that are in no dictionary.
        conversion: "t2s", "tw2s", "hk2s" or None, as in `bitext.tokenize`.
        ngrams: shortest and longest run of words to count.
        stopwords: words to leave out beside bitext's own lists; None keeps every word.
        numbers: count figures too.
        min_articles: leave out terms that stand in fewer texts of those given to `fit`; a whole number.
        max_df: leave out terms that stand in more texts: a share (0.0 to 1.0, a float) or a whole number.
        max_features: keep only so many terms, the most frequent (ties in order of the term); None keeps all.
        vocabulary: the terms that are counted, in the order of their columns, or term -> column; None learns
            them from the texts. Terms are written as the vocabulary writes them: simplified, in lower case.
        binary: record only whether a term occurs.
        dtype: type of the counts.
        workers: processes for the tokenizer.

    Attributes:
        vocabulary_ (dict): term -> column.

    Examples:
        >>> vectorizer = TermVectorizer()
        >>> vectorizer.fit_transform(["欧盟批准芯片法案", "歐盟的晶片法案"]).toarray().tolist()
        [[1, 0, 1, 1, 1], [0, 1, 1, 1, 0]]
        >>> vectorizer.get_feature_names_out().tolist()
        ['批准', '晶片', '欧盟', '法案', '芯片']
    """

    def __init__(
        self,
        *,
        dictionary: Any = "default",
        hmm: bool = True,
        conversion: str | None = "t2s",
        ngrams: tuple[int, int] = (1, 1),
        stopwords: Iterable[str] | None = (),
        numbers: bool = False,
        min_articles: int = 1,
        max_df: float = 1.0,
        max_features: int | None = None,
        vocabulary: Iterable[str] | Mapping[str, int] | None = None,
        binary: bool = False,
        dtype: npt.DTypeLike = np.int64,
        workers: int = 1,
    ) -> None:
        self.dictionary = dictionary
        self.hmm = hmm
        self.conversion = conversion
        self.ngrams = ngrams
        self.stopwords = stopwords
        self.numbers = numbers
        self.min_articles = min_articles
        self.max_df = max_df
        self.max_features = max_features
        self.vocabulary = vocabulary
        self.binary = binary
        self.dtype = dtype
        self.workers = workers

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: ARG002, N803
        """Learn the vocabulary of the texts *X*."""
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Sequence[str], y: object = None) -> Any:  # noqa: ARG002, N803
        """Learn the vocabulary of the texts *X* and return their counts.

        Raises:
            BitextError: *X* is one str or a table, or holds something else than str; an argument of the
                vectorizer is not one of the accepted values.
            TableError: no term is left.
        """
        self._check()
        if self.vocabulary is not None:
            self.vocabulary_: dict[str, int] = listed(self.vocabulary)
            return self.transform(X)
        counts = self._count(X, self.min_articles)
        share = isinstance(self.max_df, float)
        most = self.max_df * len(counts.articles) if share else self.max_df
        found = np.bincount(counts.matrix.indices, minlength=len(counts.terms))
        counts = counts.only(np.flatnonzero(found <= most))
        terms, matrix = counts.terms, counts.matrix
        if len(terms) == 0:
            raise TableError(
                f"no term is left: the {len(counts.articles)} texts hold none, or min_articles="
                f"{self.min_articles}, max_df={self.max_df} and the stop words leave none"
            )
        if self.max_features is not None and len(terms) > self.max_features:
            totals = np.asarray(matrix.sum(axis=0)).ravel()
            chosen = np.sort(np.argsort(-totals, kind="stable")[: self.max_features])
            terms, matrix = terms[chosen], matrix[:, chosen]
        self.vocabulary_ = {term: column for column, term in enumerate(terms)}
        return self._shown(self._finish(matrix))

    def transform(self, X: Sequence[str]) -> Any:  # noqa: N803
        """Return the counts of the texts *X*: one row per text, one column per term of the fit.

        Terms that `fit` has not seen are left out.
        """
        check_is_fitted(self, "vocabulary_")
        counts = self._count(X, 1)
        table = counts.matrix.tocoo()
        columns = np.array([self.vocabulary_.get(term, -1) for term in counts.terms], dtype=np.int64)
        column = columns[table.col] if len(columns) else np.zeros(0, dtype=np.int64)
        known = column >= 0
        entries = (table.data[known], (table.row[known], column[known]))
        shape = (table.shape[0], len(self.vocabulary_))
        return self._shown(self._finish(sparse.csr_array(entries, shape=shape)))

    def inverse_transform(self, X: Any) -> list[npt.NDArray[np.object_]]:  # noqa: N803
        """Return for each row of a table of counts the terms that it has, in the order of the columns."""
        names = self.get_feature_names_out()
        table = sparse.csr_matrix(X)
        if table.shape[1] != len(names):
            raise BitextError(f"X has {table.shape[1]} columns; the vocabulary has {len(names)} terms")
        table.eliminate_zeros()
        table.sort_indices()
        return [names[table.indices[a:b]] for a, b in pairwise(table.indptr.tolist())]

    def set_output(self, *, transform: str | None = None) -> Self:
        """Choose what `transform` returns: "default" (a CSR matrix), or "pandas"; None changes nothing.

        Raises:
            BitextError: another value.
        """
        if transform not in (None, *_OUTPUTS):
            raise BitextError.unknown("output of transform", transform, _OUTPUTS)
        if transform is not None:
            self._sklearn_output_config = {"transform": transform}  # the name that clone copies
        return self

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the terms in the order of the columns."""
        check_is_fitted(self, "vocabulary_")
        return np.array(sorted(self.vocabulary_, key=self.vocabulary_.__getitem__), dtype=object)

    def to_frame(self, X: Sequence[str]) -> pd.DataFrame:  # noqa: N803
        """Return `transform` of *X* as a DataFrame of sparse columns named by the terms."""
        found = self.transform(X)
        return found if isinstance(found, pd.DataFrame) else self._framed(found)

    def _framed(self, matrix: sparse.csr_matrix) -> pd.DataFrame:
        frame: pd.DataFrame = pd.DataFrame.sparse.from_spmatrix(  # type: ignore[attr-defined]
            matrix, columns=self.get_feature_names_out()
        )
        return frame

    def _shown(self, matrix: sparse.csr_matrix) -> Any:
        asked = getattr(self, "_sklearn_output_config", {}).get("transform", "default")
        return self._framed(matrix) if asked == "pandas" else matrix

    def _check(self) -> None:
        """Refuse arguments that would do something else than they say."""
        for name in ("min_articles", "max_features"):
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
                raise BitextError(f"{name}={value!r}; use a whole number from 1")
        share = isinstance(self.max_df, float) and 0 < self.max_df <= 1
        whole = isinstance(self.max_df, int) and not isinstance(self.max_df, bool) and self.max_df >= 1
        if not (share or whole):
            raise BitextError(f"max_df={self.max_df!r}; use a share (0.0 to 1.0) or a whole number from 1")
        if not isinstance(self.binary, bool | np.bool_):
            raise BitextError(f"binary={self.binary!r}; use True or False")
        try:
            fits = np.dtype(self.dtype).kind in "iuf"
        except TypeError:
            fits = False
        if not fits:
            raise BitextError(f"dtype={self.dtype!r}; use a type of numbers, such as np.int64 or np.float32")

    def _count(self, texts: Sequence[str], min_articles: int) -> Counts:
        tokens = tokenize(
            corpus_of(texts),
            dictionary=self.dictionary,
            hmm=self.hmm,
            conversion=self.conversion,
            workers=self.workers,
        )
        return count(
            tokens,
            ngrams=self.ngrams,
            stopwords=self.stopwords,
            numbers=self.numbers,
            min_articles=min_articles,
        )

    def _finish(self, matrix: sparse.csr_array) -> sparse.csr_matrix:
        # A matrix, not an array: scikit-learn before 1.8 does not take sparse arrays everywhere.
        done = sparse.csr_matrix(matrix, dtype=self.dtype)
        done.sort_indices()
        if self.binary:
            done.data.fill(1)
        return done


class ConceptVectorizer(TransformerMixin, BaseEstimator, auto_wrap_output_keys=None):  # type: ignore[misc, call-arg]
    """Turn texts in Chinese and English into counts of concepts, whose columns both languages share.

    The columns are all concepts of the table, whatever the texts hold: nothing is learned, so that a
    classifier trained on one language can be used on the other.

    Args:
        concepts: the concept table; None is bitext's own.
        binary: record only whether a concept occurs.
        workers: processes for the tokenizer.

    Attributes:
        concepts_ (ConceptTable): the table in use.

    Examples:
        >>> vectorizer = ConceptVectorizer()
        >>> table = vectorizer.fit_transform(["半导体与出口管制", "Semiconductors and export controls"])
        >>> columns = vectorizer.get_feature_names_out()[table.getnnz(axis=0) == 2]
        >>> columns.tolist()
        ['export_control', 'semiconductor']
    """

    def __init__(
        self, *, concepts: ConceptTable | None = None, binary: bool = False, workers: int = 1
    ) -> None:
        self.concepts = concepts
        self.binary = binary
        self.workers = workers

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: ARG002, N803
        """Take the table; the texts *X* are only checked."""
        corpus_of(X)
        self.concepts_ = self.concepts or ConceptTable.default()
        return self

    def transform(self, X: Sequence[str]) -> sparse.csr_matrix:  # noqa: N803
        """Return the counts of the texts *X*: int64, one row per text, one column per concept.

        Raises:
            BitextError: *X* is one str, or holds something else than str.
        """
        table = self.concepts or ConceptTable.default()
        counts = count(tokenize(corpus_of(X), workers=self.workers), unit="concept", concepts=table)
        place = {label: column for column, label in enumerate(table.labels)}
        found = counts.matrix.tocoo()
        column = np.array([place[label] for label in counts.terms], np.int64)[found.col]
        shape = (len(counts.articles), len(table.labels))
        done = sparse.csr_matrix((found.data, (found.row, column)), shape=shape, dtype=np.int64)
        done.sort_indices()
        if self.binary:
            done.data.fill(1)
        return done

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the ids of the concepts in the order of the columns."""
        return np.array((self.concepts or ConceptTable.default()).labels, dtype=object)
