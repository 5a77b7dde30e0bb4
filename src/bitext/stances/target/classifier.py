"""Favour or against, learned from labelled texts: linear models, one for each target."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from bitext.arrays import Labels
from bitext.errors import TableError
from bitext.stances.target.masking import mask
from bitext.stances.target.target_vectorizer import Aim, AimedVectorizer
from bitext.text.scripts.detect import language
from bitext.text.tokenizer import Tokenizer

#: Fewer labelled texts of a target teach nothing that lasts.
MIN_LABELS = 100
#: Lengths of word and of character n-grams.
_GRAMS = {"zh": ((1, 2), (1, 3)), "en": ((1, 3), (2, 5))}
#: Folds for the calibration of probabilities.
_FOLDS = 5
MODES = ("per_target", "masked")


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learn the stance toward a target from labelled texts.

    With ``mode="per_target"`` every target has its own model: TF-IDF of words and characters, and a linear
    support vector machine with balanced classes. With ``mode="masked"`` one model serves all targets, those
    too that it never saw: the name of the target is masked, and the words around it are features with their
    place and their valence, as are the deeds of its sentence with its side in them (see
    `bitext.polarity`). Names of outlets and bylines are blanked out first, so that a model does not
    learn who published instead of what is said.

    Args:
        mode: "per_target" or "masked".
        C: strength of the fit; None takes 1 per target and 0.2 masked.
        mask: further names to blank out (outlets, authors).
        min_labels: refuse to learn from fewer labelled texts of a target (all together, masked).
        calibrate: learn probabilities by five-fold cross-validation; without it `predict_proba` is not
            available.
        seed: for the folds.
        encoder: masked only: adds what an encoder of sentences sees around the masked target. "default" takes
            the one of the extra ``embed`` (both languages, no download), else any object with ``encode``.

    *X* is a DataFrame with the columns ``text`` and ``target``, or a list of (text, target) pairs; a list of
    texts is one unnamed target (per target only). Where a target stands several times, a column ``start``, or
    a third place, can say by its offset which mention is meant (masked only); -1 means all together.

    Examples:
        >>> texts = [("I love it", "it"), ("I hate it", "it")] * 60
        >>> model = StanceClassifier(calibrate=False).fit(texts, ["FAVOR", "AGAINST"] * 60)
        >>> model.predict([("love love", "it")]).tolist()
        ['FAVOR']
    """

    def __init__(
        self,
        mode: str = "per_target",
        C: float | None = None,  # noqa: N803 - the name that scikit-learn uses
        mask: Sequence[str] = (),
        min_labels: int = MIN_LABELS,
        calibrate: bool = True,
        seed: int = 0,
        encoder: Any = None,
    ) -> None:
        self.mode = mode
        self.C = C
        self.mask = mask
        self.min_labels = min_labels
        self.calibrate = calibrate
        self.seed = seed
        self.encoder = encoder

    def fit(self, X: Any, y: Sequence[Any]) -> Self:  # noqa: N803
        """Learn from the labels *y* of *X*.

        Raises:
            TableError: a target has fewer than *min_labels* texts or only one label, or *X* is malformed.
        """
        if self.mode not in MODES:
            raise TableError.unknown("mode", self.mode, MODES)
        if self.encoder is not None and self.mode != "masked":
            raise TableError(f"mode={self.mode!r} takes no encoder; use mode='masked', or encoder=None")
        pairs = _pairs(X)
        labels = _labels(y)
        if len(labels) != len(pairs):
            raise TableError(f"{len(pairs)} texts and {len(labels)} labels; there must be as many")
        groups = self._groups(pairs)
        counts = Counter(groups.tolist())
        few = {name: count for name, count in counts.items() if count < self.min_labels}
        if few or not counts:
            raise TableError(
                f"too few labelled texts: {few}; at least {self.min_labels} are needed for each target "
                "(mode='masked' learns from all targets together)"
            )
        self.classes_ = np.unique(labels)
        self.models_, self.calibrated_ = {}, {}
        for name in sorted(counts):
            rows = np.flatnonzero(groups == name)
            if len(set(labels[rows])) < 2:
                raise TableError(f"target {name!r} has one label only: {labels[rows[0]]!r}")
            texts = [pairs[row] for row in rows]
            self.models_[name] = self._pipeline(texts).fit(texts, labels[rows])
            if self.calibrate:
                self.calibrated_[name] = self._calibrated(texts, labels[rows])
        return self

    def predict(self, X: Any) -> Labels:  # noqa: N803
        """Return the label of each text.

        Raises:
            TableError: a target was not learned.
        """
        pairs, groups = self._known(X)
        found = np.empty(len(pairs), dtype=object)
        for name in dict.fromkeys(groups.tolist()):
            rows = np.flatnonzero(groups == name)
            found[rows] = self.models_[name].predict([pairs[row] for row in rows])
        return found

    def predict_proba(self, X: Any) -> npt.NDArray[np.float64]:  # noqa: N803
        """Return calibrated probabilities, columns as in `classes_`.

        They follow the frequencies of the labels, which `predict` does not (its classes are balanced), so
        the likeliest label is not always the predicted one.
        """
        if not self.calibrate:
            raise TableError("calibrate=False; fit with calibrate=True to have probabilities")
        pairs, groups = self._known(X)
        found = np.zeros((len(pairs), len(self.classes_)))
        for name in dict.fromkeys(groups.tolist()):
            rows = np.flatnonzero(groups == name)
            model = self.calibrated_[name]
            columns = np.searchsorted(self.classes_, model.classes_)
            found[np.ix_(rows, columns)] = model.predict_proba([pairs[row] for row in rows])
        return found

    def _known(self, X: Any) -> tuple[list[Aim], Labels]:  # noqa: N803
        pairs = _pairs(X)
        groups = self._groups(pairs)
        unknown = sorted(set(groups.tolist()) - set(self.models_))
        if unknown:
            raise TableError.unknown("target", unknown[0], sorted(self.models_))
        return pairs, groups

    def _groups(self, pairs: Sequence[Aim]) -> Labels:
        names = [""] * len(pairs) if self.mode == "masked" else [target for _, target, _ in pairs]
        return np.array(names, dtype=object)

    def _pipeline(self, pairs: Sequence[Aim]) -> Pipeline:
        if self.mode == "masked":
            return make_pipeline(
                FunctionTransformer(_masked_pairs, kw_args={"names": tuple(self.mask)}),
                AimedVectorizer(encoder=self.encoder),
                _svm(0.2 if self.C is None else self.C),
            )
        lang = Counter(language(text) for text, _, _ in pairs).most_common(1)[0][0]
        words, characters = _GRAMS.get(lang, _GRAMS["en"])
        return make_pipeline(
            FunctionTransformer(_masked_texts, kw_args={"names": tuple(self.mask)}),
            FeatureUnion(
                [
                    ("words", make_pipeline(FunctionTransformer(_segmented), _tfidf(words))),
                    (
                        "characters",
                        TfidfVectorizer(analyzer="char", ngram_range=characters, sublinear_tf=True),
                    ),
                ]
            ),
            _svm(1.0 if self.C is None else self.C),
        )

    def _calibrated(self, pairs: list[Aim], labels: Labels) -> CalibratedClassifierCV:
        # The same text must not stand on both sides: it may have been labelled for several targets.
        codes = np.unique([text for text, _, _ in pairs], return_inverse=True)[1]
        if codes.max() + 1 < _FOLDS or min(Counter(labels.tolist()).values()) < _FOLDS:
            raise TableError(
                f"{codes.max() + 1} different texts, labels {dict(Counter(labels.tolist()))}; probabilities "
                f"need {_FOLDS} of each; use calibrate=False"
            )
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=self.seed)
        split = list(folds.split(np.zeros(len(pairs)), labels.astype(str), codes))
        whole = [(train, test) for train, test in split if len(set(labels[train])) == len(set(labels))]
        return CalibratedClassifierCV(self._pipeline(pairs), method="sigmoid", cv=whole).fit(pairs, labels)


def _svm(strength: float) -> LinearSVC:
    return LinearSVC(C=strength, class_weight="balanced", max_iter=10_000, random_state=0)


def _tfidf(grams: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(token_pattern=r"\S+", ngram_range=grams, sublinear_tf=True, lowercase=False)


def _masked_texts(pairs: Sequence[Aim], names: Sequence[str] = ()) -> list[str]:
    return mask([text for text, _, _ in pairs], names)


def _masked_pairs(pairs: Sequence[Aim], names: Sequence[str] = ()) -> list[Aim]:
    """Blank out bylines and outlets; a target that is an outlet stays, the features mask it."""
    return [(mask([text], names, keep=target)[0], target, start) for text, target, start in pairs]


def _segmented(texts: Sequence[str]) -> list[str]:
    """Return the texts with their words divided by spaces, punctuation included."""
    batch = Tokenizer().batch(list(texts))
    words = [batch.types[term].replace(" ", "_") for term in batch.term.tolist()]
    return [" ".join(words[low:high]) for low, high in zip(batch.bounds, batch.bounds[1:], strict=False)]


def _pairs(X: Any) -> list[Aim]:  # noqa: N803
    if isinstance(X, pd.DataFrame):
        missing = [column for column in ("text", "target") if column not in X.columns]
        if missing:
            raise TableError(f"X lacks the columns {missing}; it has {list(X.columns)}")
        start = X["start"].astype(int) if "start" in X.columns else [-1] * len(X)
        return list(zip(X["text"].astype(str), X["target"].astype(str), start, strict=True))
    if isinstance(X, str):
        raise TableError(f"X must be a table or a list, not one text: {X[:40]!r}")
    return [
        (item, "", -1) if isinstance(item, str) else (str(item[0]), str(item[1]), int((*item, -1)[2]))
        for item in X
    ]


def _labels(y: Sequence[Any]) -> Labels:
    """Return the labels as an array; scikit-learn does not take numbers that are objects."""
    labels = np.asarray(y)
    return labels.astype(object) if labels.dtype.kind in "OUS" else labels


def cross_validated(
    classifier: StanceClassifier,
    X: Any,  # noqa: N803
    y: Sequence[Any],
    *,
    groups: Sequence[Any],
    folds: int = 5,
) -> Labels:
    """Predict every text by a model that saw nothing of its group: no text, story or outlet on both sides.

    Args:
        classifier: settings; it is not changed.
        X: as for `StanceClassifier.fit`.
        y: the labels.
        groups: what must stay together: the text, the story, the outlet.
        folds: number of parts.

    Returns:
        The predicted labels, in the order of *X*.
    """
    pairs, labels = _pairs(X), _labels(y)
    found = np.empty(len(pairs), dtype=object)
    for train, test in GroupKFold(folds).split(pairs, labels.astype(str), np.asarray(groups)):
        model = clone(classifier).set_params(calibrate=False)
        model.fit([pairs[row] for row in train], labels[train])
        found[test] = model.predict([pairs[row] for row in test])
    return found


def scores(y: Sequence[Any], predicted: Sequence[Any], *, labels: Sequence[Any] | None = None) -> float:
    """Return the mean F1 over *labels* (all labels of *y* where it is left out).

    ``labels=["FAVOR", "AGAINST"]`` gives F_avg, the measure of the shared tasks on stance.

    Examples:
        >>> round(scores(["FAVOR", "AGAINST", "NONE"], ["FAVOR", "FAVOR", "NONE"]), 2)
        0.56
    """
    names = list(labels) if labels is not None else sorted(set(y))
    return float(f1_score(list(y), list(predicted), labels=names, average="macro", zero_division=0.0))
