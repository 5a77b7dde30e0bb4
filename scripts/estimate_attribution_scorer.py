"""Estimate the coefficients that say whether the source of an English cue is right; writes the lexicon.

    python scripts/estimate_attribution_scorer.py [-o src/bitext/lexicons/attribution_scorer.tsv]

From the half "built" of the annotated English articles: of every source that the rules find, whether it
is the whole source of an annotated attribution. Sources inside annotated content are left out: there the
annotation has none. Prints what five folds (whole articles) leave out right and wrong. Needs ../shared/data.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bitext.attribution.annotations import Annotations  # noqa: E402
from bitext.attribution.english import rules, scorer  # noqa: E402
from bitext.attribution.sentence import CueContext, Event  # noqa: E402
from bitext.stances.from_texts import tokens_of  # noqa: E402
from measure.stance import english, is_whole  # noqa: E402

STRENGTH = 0.3
#: Coefficients nearer to 0 than this are left out.
SMALLEST = 0.05


def collected() -> tuple[list[dict[str, float]], np.ndarray, np.ndarray]:
    """Return the features of each cue, whether its source is annotated and whole, and its article."""
    gold = english("built")
    seen: dict[tuple[int, int, int], list[str]] = {}

    def note(a: CueContext, event: Event) -> bool:
        seen[event.row, event.first, event.last] = scorer.described(a, event)
        return True

    rules.is_source = note
    reading = Annotations.of(tokens_of([one.text for one in gold], lang="en"))
    features, right, article = [], [], []
    for event, source in zip(reading.voices.events, reading.sources, strict=True):
        names = seen.get((event.row, event.first, event.last))
        one = gold[event.row]
        inside = any(low <= source.start < high for part in one.contents for low, high in part)
        if names is None or source.start < 0 or inside:
            continue
        span = event.phrase or (source.start, source.end)
        theirs = ((part[0][0], part[-1][1]) for part in one.sources)
        over = ((min(span[1], high) - max(span[0], low), (low, high)) for low, high in theirs)
        size, best = max(over, default=(0, (0, 0)))
        features.append(dict.fromkeys(names, 1.0))
        right.append(size > 0 and is_whole(one.text, span, best))
        article.append(event.row)
    return features, np.array(right), np.array(article)


def main() -> None:
    """Estimate and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    out = ROOT / "src" / "bitext" / "lexicons" / f"{scorer.LEXICON}.tsv"
    parser.add_argument("-o", "--output", type=Path, default=out)
    path = parser.parse_args().output
    features, right, article = collected()
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(features)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    left = np.zeros(len(right), dtype=bool)
    for train, test in GroupKFold(5).split(table, right, article):
        left[test] = ~model.fit(table[train], right[train]).predict(table[test])
    print(f"{len(right)} sources, {right.mean():.4f} right; regressions of other articles leave out ", end="")
    print(f"{right[left].sum()} right, {(~right[left]).sum()} wrong; then {right[~left].mean():.4f} right")
    model.fit(table, right)
    rows = [("bias", float(model.intercept_[0]))]
    rows += zip(vectorizer.get_feature_names_out(), model.coef_[0].tolist(), strict=True)
    kept = [(name, value) for name, value in rows if abs(value) >= SMALLEST]
    lines = [f"en\t{name}\t{value:.3f}" for name, value in sorted(kept)]
    path.write_text("\n".join(["lang\tfeature\tcoefficient", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
