"""Learning stance from labels."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from bitext import TableError
from bitext.sklearn import StanceClassifier, StanceVectorizer
from bitext.stances.target.classifier import _segmented, cross_validated, scores
from bitext.stances.target.masking import mask
from tests import shared

PAIRS = [
    (f"{text} {number}", "idea")
    for number in range(40)
    for text in ("I love this idea", "what a stupid idea", "the idea exists")
]
LABELS = ["FAVOR", "AGAINST", "NONE"] * 40


def test_learns_and_gives_probabilities() -> None:
    model = StanceClassifier().fit(PAIRS, LABELS)
    assert model.predict([("love love love", "idea"), ("stupid!", "idea")]).tolist() == ["FAVOR", "AGAINST"]
    chances = model.predict_proba([("love love love", "idea")])
    assert chances.shape == (1, 3)
    assert chances.sum() == pytest.approx(1)
    assert model.classes_[chances.argmax()] == "FAVOR"


def test_takes_tables_and_chinese() -> None:
    frame = pd.DataFrame({"text": ["坚决支持放开", "坚决反对放开"] * 50, "target": "放开"})
    model = StanceClassifier(calibrate=False).fit(frame, ["支持", "反对"] * 50)
    assert model.predict([("我支持", "放开")]).tolist() == ["支持"]


def test_refuses_few_labels_one_label_and_unknown_targets() -> None:
    with pytest.raises(TableError, match=r"too few labelled texts: \{'idea': 99\}; at least 100"):
        StanceClassifier().fit(PAIRS[:99], LABELS[:99])
    with pytest.raises(TableError, match="one label only"):
        StanceClassifier(calibrate=False).fit(PAIRS, ["FAVOR"] * 120)
    with pytest.raises(TableError, match="2 different texts"):
        StanceClassifier().fit(PAIRS[:2] * 60, ["FAVOR", "AGAINST"] * 60)
    model = StanceClassifier(calibrate=False).fit(PAIRS, LABELS)
    with pytest.raises(TableError, match=r"unknown target 'plan'; use one of \['idea'\]"):
        model.predict([("x", "plan")])
    with pytest.raises(TableError, match="calibrate=False"):
        model.predict_proba(PAIRS[:1])
    with pytest.raises(TableError, match="120 texts and 3 labels"):
        StanceClassifier().fit(PAIRS, LABELS[:3])
    with pytest.raises(TableError, match="unknown mode 'both'"):
        StanceClassifier(mode="both").fit(PAIRS, LABELS)


def test_masked_mode_serves_targets_it_never_saw() -> None:
    names = [f"公司{letter}" for letter in "甲乙丙丁"]
    pairs = [(f"{name}取得成功。", name) for name in names] * 15
    pairs += [(f"{name}遭到失败。", name) for name in names] * 15
    model = StanceClassifier(mode="masked", calibrate=False).fit(pairs, ["1"] * 60 + ["-1"] * 60)
    assert model.predict([("戊集团取得成功。", "戊集团"), ("戊集团遭到失败。", "戊集团")]).tolist() == [
        "1",
        "-1",
    ]


def test_a_start_says_which_mention_is_meant() -> None:
    text = "工会取得成功，市长说工会遭到失败。"  # the union had success, the mayor says the union failed
    pairs = [(text, "工会", 0), (text, "工会", text.rindex("工会"))] * 60
    model = StanceClassifier(mode="masked", calibrate=False).fit(pairs, [1, -1] * 60)
    assert model.predict(pairs[:2]).tolist() == [1, -1]
    frame = pd.DataFrame(pairs[:2], columns=["text", "target", "start"])
    assert model.predict(frame).tolist() == [1, -1]


def test_an_encoder_sees_what_surrounds_the_masked_target() -> None:
    class Lengths:
        def encode(self, sentences: list[str]) -> np.ndarray:
            self.seen = sentences
            return np.array([[len(sentence), 1.0] for sentence in sentences])

    encoder = Lengths()
    model = StanceClassifier(mode="masked", calibrate=False, encoder=encoder)
    model.fit([("Acme won.", "Acme"), ("Acme failed badly.", "Acme")] * 60, ["1", "-1"] * 60)
    assert model.predict([("Bolt won.", "Bolt")]).tolist() == ["1"]
    assert "X won." in encoder.seen
    with pytest.raises(TableError, match="takes no encoder"):
        StanceClassifier(encoder=encoder).fit(PAIRS, LABELS)


def test_is_a_scikit_learn_estimator() -> None:
    model = clone(StanceClassifier(mode="masked", C=0.5, mask=["X"]))
    assert model.get_params() == StanceClassifier(mode="masked", C=0.5, mask=["X"]).get_params()


def test_outlets_and_bylines_are_masked_before_learning() -> None:
    """An outlet that goes with a label teaches nothing."""
    text = "（新华社记者张三北京电）计划公布。责任编辑：李四"
    assert "新华社" not in mask([text])[0]
    assert "计划公布" in mask([text])[0]
    assert mask(["By Jane Doe\nThe plan failed."])[0].strip() == "The plan failed."
    assert mask(["Daily Bugle says no."], ["Daily Bugle"])[0].strip() == "says no."
    assert mask(["路透社失实"], keep="路透社") == ["路透社失实"]


def test_cross_validation_keeps_groups_together() -> None:
    """Every text stands twice: a fold that saw its twin would be right about labels drawn at random."""
    rng = np.random.default_rng(1)
    texts = [("word" + " word".join(map(str, rng.integers(0, 500, 12))), "t") for _ in range(150)]
    labels = rng.choice(["a", "b"], 150)
    groups = list(range(150)) * 2
    predicted = cross_validated(StanceClassifier(min_labels=50), texts * 2, [*labels, *labels], groups=groups)
    assert scores([*labels, *labels], predicted) < 0.65


def test_vectorizer() -> None:
    vectorizer = StanceVectorizer(voices=["outlet"])
    rows = vectorizer.fit_transform(["It may fail.", "He said: “It may fail.”", ""])
    names = vectorizer.get_feature_names_out().tolist()
    assert rows.shape == (3, len(names))
    assert rows[:, names.index("hedge_outlet")].tolist() == [1000 / 3, 0, 0]
    assert not any(name.endswith("_source") for name in names)
    assert "quote_share" in names
    with pytest.raises(TableError, match="unknown voice 'mine'"):
        StanceVectorizer(voices=["mine"]).fit()


# --- measured on real data ---


def plain(rows: list[dict[str, str]], labels: np.ndarray, folds: object) -> np.ndarray:
    """Predict by a linear SVM over single words, one per target."""
    targets = np.array([row["target"] for row in rows])
    found = np.empty(len(rows), dtype=object)
    for train, test in folds:
        for target in sorted(set(targets)):
            here, there = train[targets[train] == target], test[targets[test] == target]
            words = CountVectorizer(token_pattern=r"\S+", lowercase=False)
            model = make_pipeline(
                FunctionTransformer(_segmented), words, LinearSVC(max_iter=50_000, random_state=0)
            )
            model.fit([rows[row]["text"] for row in here], labels[here])
            found[there] = model.predict([rows[row]["text"] for row in there])
    return found


@pytest.mark.slow
@shared.needs_shared
@pytest.mark.filterwarnings("ignore:Liblinear failed to converge")
@pytest.mark.parametrize("name", ["stance_tweets_en_train", "stance_weibo_zh_train"])
def test_not_below_a_plain_svm(name: str) -> None:
    rows = list(shared.tsv(f"{name}.tsv.gz"))
    labels = np.array([row["stance"] for row in rows])
    texts = [row["text"] for row in rows]
    pairs = [(row["text"], row["target"]) for row in rows]
    predicted = cross_validated(StanceClassifier(), pairs, labels, groups=texts)
    folds = list(GroupKFold(5).split(texts, labels, texts))
    sides = ["FAVOR", "AGAINST"]
    ours, theirs = (
        scores(labels, predicted, labels=sides),
        scores(labels, plain(rows, labels, folds), labels=sides),
    )
    print(f"\n{name}: F_avg {ours:.3f}, plain word SVM {theirs:.3f}")
    assert ours >= theirs


@pytest.mark.slow
@shared.needs_shared
def test_targets_in_chinese_news() -> None:
    rows = list(shared.tsv("stance_target_zh_news.tsv.gz"))
    labels = np.array([row["polarity"] for row in rows])
    passages = np.array([row["text"] for row in rows])
    pairs = [(row["text"], row["target"]) for row in rows]
    predicted = cross_validated(StanceClassifier(mode="masked"), pairs, labels, groups=passages)
    words = np.empty(len(rows), dtype=object)
    for train, test in GroupKFold(5).split(pairs, labels, passages):
        tfidf = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True, lowercase=False)
        svm = LinearSVC(class_weight="balanced", random_state=0)
        model = make_pipeline(FunctionTransformer(_segmented), tfidf, svm).fit(passages[train], labels[train])
        words[test] = model.predict(passages[test])
    ours = scores(labels, predicted)
    print(
        f"\nmacro-F1 of targeted polarity: masked classifier {ours:.3f}, TF-IDF over words "
        f"{scores(labels, words):.3f}, majority {scores(labels, ['0'] * len(labels)):.3f}; "
        "a window-feature linear SVM was measured at .48"
    )
    assert ours >= 0.52
