"""Estimate what each kind of deed says of agent and patient, on the half of the passages to build on.

Prints the rows of lexicons/deeds.tsv without their forms, and for each language the two values between which
a clause says nothing of its target. Of a linear model of three classes, balanced, a value is half the
difference between the weights for "positive" and for "negative".

    python -m scripts.estimate_deeds
"""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from bitext.stances.target.judging_words import judging_words, kinds
from bitext.stances.target.sides import sides
from measure.polarity import Judged, judged, read

#: Strength of the fit, and at most so many words of one kind.
STRENGTH, MOST = 0.3, 3.0
#: Values by which a bound is searched for.
STEPS = np.arange(-1.5, 1.51, 0.05)


def counts(rows: list[Judged], lang: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return how much of each kind stands on each side of every mention, its label, and its passage."""
    reading, article, first, last = read(rows, lang)
    ones = np.ones((len(kinds()), 2))
    words = judging_words(reading, (ones, ones))
    found = sides(reading, words, first, last)
    size = len(kinds())
    code = found.mention * 2 * size + found.patient * size + words.kind[found.word]
    amount = np.maximum(words.agent[found.word], 0) * np.maximum(found.weight, 0)
    table = np.bincount(code, weights=amount, minlength=2 * size * len(rows)).reshape(len(rows), 2 * size)
    return np.minimum(table, MOST), np.array([row.polarity for row in rows]), article


def bounds(score: np.ndarray, gold: np.ndarray) -> tuple[float, float, float]:
    """Return the best macro-F1, and the values below and above which a score is a judgement."""
    tried = (
        (f1_score(gold, (score > high).astype(int) - (score < low), average="macro"), low, high)
        for low in STEPS
        for high in STEPS[low <= STEPS]
    )
    return max(tried)


def lines(lang: str) -> Iterator[str]:
    """Yield the rows of one language, and how well they do within the half."""
    table, gold, passage = counts(judged("built")[lang], lang)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    value = _values(model.fit(table, gold).coef_)
    size = len(kinds())
    for kind, number in kinds().items():
        sign = -1 if kind == "bad" else 1
        yield f"{kind}\t{lang}\t{sign * value[number]:.1f}\t{sign * value[size + number]:.1f}"
    best, low, high = bounds(table @ value, gold)
    yield f"# {lang}: macro-F1 {best:.3f} within, judgement below {low:.2f} and above {high:.2f}"
    apart = cross_val_predict(model, table, gold, groups=passage, cv=GroupKFold(5))
    value = f1_score(gold, apart, average="macro")
    yield f"# {lang}: the model of three classes, passages apart, {value:.3f}"


def _values(weights: np.ndarray) -> np.ndarray:
    return np.asarray((weights[2] - weights[0]) / 2).round(1)


if __name__ == "__main__":
    for language in ("zh", "en"):
        print("\n".join(lines(language)), flush=True)
