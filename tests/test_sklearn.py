"""TermVectorizer behaves as a scikit-learn transformer."""

import pickle

import numpy as np
import pandas as pd
import pytest
import sklearn
from scipy import sparse
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from bitext.errors import BitextError, TableError
from bitext.sklearn import TermVectorizer

TEXTS = ["欧盟批准芯片法案", "歐盟的晶片法案", "The EU passes a chips act", "", "芯片芯片 chips"]


def test_fit_transform_is_fit_then_transform() -> None:
    together = TermVectorizer().fit_transform(TEXTS)
    apart = TermVectorizer().fit(TEXTS).transform(TEXTS)
    assert (together != apart).nnz == 0
    assert together.dtype == np.int64
    assert sparse.issparse(together)
    assert together.format == "csr"
    assert together.shape[0] == len(TEXTS)


def test_columns_are_sorted_and_named() -> None:
    vectorizer = TermVectorizer().fit(TEXTS)
    names = vectorizer.get_feature_names_out()
    assert names.dtype == object
    assert names.tolist() == sorted(names)
    column = vectorizer.vocabulary_["芯片"]
    assert names[column] == "芯片"
    assert vectorizer.transform(TEXTS)[:, column].toarray().ravel().tolist() == [1, 0, 0, 0, 2]


def test_unseen_terms_are_left_out() -> None:
    vectorizer = TermVectorizer().fit(["芯片"])
    assert vectorizer.transform(["光刻机", "芯片光刻机", ""]).toarray().tolist() == [[0], [1], [0]]
    assert vectorizer.transform([]).shape == (0, 1)


def test_options_reach_the_counts() -> None:
    texts = ["chips chips act", "chips 5"]
    assert TermVectorizer(ngrams=(2, 2)).fit(texts).vocabulary_ == {"chips act": 0, "chips chips": 1}
    assert list(TermVectorizer(min_articles=2).fit(texts).vocabulary_) == ["chips"]
    assert list(TermVectorizer(max_features=1).fit(texts).vocabulary_) == ["chips"]
    assert "5" in TermVectorizer(numbers=True).fit(texts).vocabulary_
    assert TermVectorizer(binary=True).fit_transform(texts).max() == 1
    assert list(TermVectorizer(dictionary=["芯片法案"]).fit(["芯片法案"]).vocabulary_) == ["芯片法案"]


def test_clone_parameters_and_pickle() -> None:
    vectorizer = TermVectorizer(min_articles=2, hmm=False)
    assert clone(vectorizer).get_params() == vectorizer.get_params()
    assert clone(vectorizer).set_params(hmm=True).hmm is True
    fitted = pickle.loads(pickle.dumps(vectorizer.fit(TEXTS)))
    assert (fitted.transform(TEXTS) != vectorizer.transform(TEXTS)).nnz == 0


def test_it_works_in_pipelines_and_column_transformers() -> None:
    labels = [0, 0, 1, 1, 0]
    pipeline = make_pipeline(TermVectorizer(), TfidfTransformer(), LinearSVC())
    assert pipeline.fit(TEXTS, labels).predict(["芯片", "the EU act"]).tolist() == [0, 1]
    frame = pd.DataFrame({"text": TEXTS, "size": range(5)})
    columns = ColumnTransformer([("terms", TermVectorizer(), "text"), ("size", "passthrough", ["size"])])
    table = columns.fit_transform(frame)
    assert table.shape == (5, len(columns.named_transformers_["terms"].vocabulary_) + 1)
    assert "terms__芯片" in columns.get_feature_names_out()


def test_there_is_no_set_output_and_a_global_setting_changes_nothing() -> None:
    assert not hasattr(TermVectorizer(), "set_output")
    with sklearn.config_context(transform_output="pandas"):
        assert sparse.issparse(TermVectorizer().fit_transform(TEXTS))
    frame = TermVectorizer().fit(TEXTS).to_frame(TEXTS)
    assert frame["芯片"].tolist() == [1, 0, 0, 0, 2]


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(BitextError, match="not one str"):
        TermVectorizer().fit("芯片")
    with pytest.raises(BitextError, match="row 1 is None"):
        TermVectorizer().fit(["芯片", None])
    with pytest.raises(TableError, match="no term is left"):
        TermVectorizer().fit(["", "，"])
    with pytest.raises(NotFittedError):
        TermVectorizer().transform(TEXTS)
