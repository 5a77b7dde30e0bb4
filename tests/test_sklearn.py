"""TermVectorizer behaves as a scikit-learn transformer."""

import pickle
import warnings
from typing import Any

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
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import parametrize_with_checks

from bitext.errors import BitextError, TableError
from bitext.sklearn import ConceptVectorizer, TermVectorizer

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


def test_output_is_a_frame_where_asked_and_a_global_setting_changes_nothing() -> None:
    with sklearn.config_context(transform_output="pandas"):
        assert sparse.issparse(TermVectorizer().fit_transform(TEXTS))
    frame = TermVectorizer().fit(TEXTS).to_frame(TEXTS)
    assert frame["芯片"].tolist() == [1, 0, 0, 0, 2]
    asked = TermVectorizer().set_output(transform="pandas")
    assert asked.fit_transform(TEXTS).equals(frame)
    assert clone(asked).fit_transform(TEXTS).equals(frame)
    assert sparse.issparse(asked.set_output(transform="default").transform(TEXTS))
    with pytest.raises(BitextError, match="'pandas'"):
        asked.set_output(transform="polars")


def test_a_vocabulary_may_be_given_and_rows_read_back() -> None:
    given = TermVectorizer(vocabulary=["chips", "芯片"], dtype=np.float32)
    table = given.fit_transform(TEXTS)
    assert table.toarray().tolist() == [[0, 1], [0, 0], [1, 0], [0, 0], [1, 2]]
    assert table.dtype == np.float32
    assert [terms.tolist() for terms in given.inverse_transform(table)][-1] == ["chips", "芯片"]
    turned = TermVectorizer(vocabulary={"chips": 1, "芯片": 0}).fit(TEXTS)
    assert turned.get_feature_names_out().tolist() == ["芯片", "chips"]
    with pytest.raises(BitextError, match="has 3 columns"):
        given.inverse_transform(np.ones((1, 3)))


def test_terms_of_most_texts_may_be_left_out() -> None:
    texts = ["chips act", "chips ban", "chips"]
    assert list(TermVectorizer(max_df=0.5).fit(texts).vocabulary_) == ["act", "ban"]
    assert list(TermVectorizer(max_df=2).fit(texts).vocabulary_) == ["act", "ban"]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"min_articles": 0.1},
        {"min_articles": 0},
        {"max_features": -1},
        {"max_features": 0},
        {"max_df": 0.0},
        {"max_df": 1.5},
        {"max_df": True},
        {"vocabulary": []},
        {"vocabulary": ["a", "a"]},
        {"vocabulary": {"a": 3}},
        {"vocabulary": "chips"},
    ],
)
def test_nonsense_is_refused_by_name(nonsense: dict[str, object]) -> None:
    with pytest.raises(BitextError, match=next(iter(nonsense))):
        TermVectorizer(**nonsense).fit(TEXTS)


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says that it leaves out what needs numbers
    checked = parametrize_with_checks([TermVectorizer(), ConceptVectorizer()])


@checked
def test_it_passes_what_scikit_learn_checks_of_transformers_of_texts(estimator: Any, check: Any) -> None:
    check(estimator)


#: Checks that need no numbers; parametrize_with_checks leaves them out for whatever does not take tables.
#: Not among them, since they feed numbers: all that call fit or transform on their own X.
CHECKS = (
    "check_do_not_raise_errors_in_init_or_set_param",
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_estimator_sparse_tag",
    "check_estimator_tags_renamed",
    "check_estimators_unfitted",
    "check_get_params_invariance",
    "check_mixin_order",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_set_params",
    "check_transformers_unfitted",
    "check_valid_tag_types",
)


@pytest.mark.parametrize("name", CHECKS)
def test_it_passes_the_checks_of_estimators_that_need_no_numbers(name: str) -> None:
    check = getattr(estimator_checks, name, None)
    if check is None:
        pytest.skip(f"this scikit-learn has no {name}")
    check("TermVectorizer", TermVectorizer())


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(BitextError, match="not one str"):
        TermVectorizer().fit("芯片")
    with pytest.raises(BitextError, match="one column of texts"):
        TermVectorizer().fit(pd.DataFrame({"text": TEXTS}))
    with pytest.raises(BitextError, match="row 1 is None"):
        TermVectorizer().fit(["芯片", None])
    with pytest.raises(TableError, match="no term is left"):
        TermVectorizer().fit(["", "，"])
    with pytest.raises(NotFittedError):
        TermVectorizer().transform(TEXTS)
