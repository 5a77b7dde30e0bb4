"""bitext's steps as scikit-learn transformers and classifiers."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from bitext.concepts.lookup import ConceptTable
from bitext.corpus.corpus import Corpus
from bitext.counting.count import count
from bitext.counting.counts import Counts
from bitext.errors import BitextError, TableError
from bitext.schema import ARTICLES
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


class TermVectorizer(TransformerMixin, BaseEstimator, auto_wrap_output_keys=None):  # type: ignore[misc, call-arg]
    """Turn texts in Chinese and English into a sparse table of term counts.

    Takes the place of `CountVectorizer`, which makes one word of a whole Chinese clause. In a `Pipeline`,
    `TfidfTransformer`, `LinearSVC` or a `ColumnTransformer` (on one column of text) follow as usual. The
    output is always a CSR matrix; there is no `set_output`, because a sparse table is no DataFrame: use
    `to_frame`.

    Args:
        dictionary: as in `bitext.tokenize`: "default", "jieba", a file, a list or a DataFrame.
        hmm: let the Chinese engine guess words that are in no dictionary.
        conversion: "t2s", "tw2s", "hk2s" or None, as in `bitext.tokenize`.
        ngrams: shortest and longest run of words to count.
        stopwords: words to leave out beside bitext's own lists; None keeps every word.
        numbers: count figures too.
        min_articles: leave out terms that stand in fewer texts of those given to `fit`.
        max_features: keep only so many terms, the most frequent (ties in order of the term); None keeps all.
        binary: record only whether a term occurs.
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
        max_features: int | None = None,
        binary: bool = False,
        workers: int = 1,
    ) -> None:
        self.dictionary = dictionary
        self.hmm = hmm
        self.conversion = conversion
        self.ngrams = ngrams
        self.stopwords = stopwords
        self.numbers = numbers
        self.min_articles = min_articles
        self.max_features = max_features
        self.binary = binary
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

    def fit_transform(self, X: Sequence[str], y: object = None) -> sparse.csr_matrix:  # noqa: ARG002, N803
        """Learn the vocabulary of the texts *X* and return their counts.

        Raises:
            BitextError: *X* is one str, or holds something else than str.
            TableError: no term is left.
        """
        counts = self._count(X, self.min_articles)
        terms, matrix = counts.terms, counts.matrix
        if len(terms) == 0:
            raise TableError(
                f"no term is left: the {len(counts.articles)} texts hold none, or min_articles="
                f"{self.min_articles} and the stop words leave none"
            )
        if self.max_features is not None and len(terms) > self.max_features:
            totals = np.asarray(matrix.sum(axis=0)).ravel()
            chosen = np.sort(np.argsort(-totals, kind="stable")[: self.max_features])
            terms, matrix = terms[chosen], matrix[:, chosen]
        self.vocabulary_: dict[str, int] = {term: column for column, term in enumerate(terms)}
        return self._finish(matrix)

    def transform(self, X: Sequence[str]) -> sparse.csr_matrix:  # noqa: N803
        """Return the counts of the texts *X*: int64, one row per text, one column per term of the fit.

        Terms that `fit` has not seen are left out.
        """
        check_is_fitted(self, "vocabulary_")
        counts = self._count(X, 1)
        table = counts.matrix.tocoo()
        columns = np.array([self.vocabulary_.get(term, -1) for term in counts.terms], dtype=np.int64)
        column = columns[table.col] if len(columns) else np.zeros(0, dtype=np.int64)
        known = column >= 0
        entries = (table.data[known], (table.row[known], column[known]))
        return self._finish(sparse.csr_array(entries, shape=(table.shape[0], len(self.vocabulary_))))

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the terms in the order of the columns."""
        check_is_fitted(self, "vocabulary_")
        return np.array(list(self.vocabulary_), dtype=object)

    def to_frame(self, X: Sequence[str]) -> pd.DataFrame:  # noqa: N803
        """Return `transform` of *X* as a DataFrame of sparse columns named by the terms."""
        names = self.get_feature_names_out()
        frame: pd.DataFrame = pd.DataFrame.sparse.from_spmatrix(  # type: ignore[attr-defined]
            self.transform(X), columns=names
        )
        return frame

    def _count(self, texts: Sequence[str], min_articles: int) -> Counts:
        tokens = tokenize(
            _corpus(texts),
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
        done = sparse.csr_matrix(matrix, dtype=np.int64)
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
        _corpus(X)
        self.concepts_ = self.concepts or ConceptTable.default()
        return self

    def transform(self, X: Sequence[str]) -> sparse.csr_matrix:  # noqa: N803
        """Return the counts of the texts *X*: int64, one row per text, one column per concept.

        Raises:
            BitextError: *X* is one str, or holds something else than str.
        """
        table = self.concepts or ConceptTable.default()
        counts = count(tokenize(_corpus(X), workers=self.workers), unit="concept", concepts=table)
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


def _corpus(texts: Sequence[str]) -> Corpus:
    if isinstance(texts, str):
        raise BitextError(f"X must be a sequence of texts, not one str: {texts[:40]!r}")
    column = list(texts)
    for row, text in enumerate(column):
        if not isinstance(text, str):
            raise BitextError(f"X must hold str; row {row} is {text!r}")
    articles = pd.DataFrame({name: [""] * len(column) for name in ARTICLES})
    articles["article"] = [str(row) for row in range(len(column))]
    articles["text"] = pd.Series(column, dtype=object)  # lone surrogates included
    return Corpus(articles)
