"""Estimate the coefficients that say whether two sentences state the same thing; writes the lexicon.

    python scripts/estimate_statement_scorer.py [-o src/bitext/lexicons/statement_scorer.tsv]

From the halves "built": for two Chinese sentences the labelled pairs of tests/cases/statement_pairs.tsv, for
two English ones those of statement_event_pairs.tsv; across languages parallel texts, complete and with gaps,
and all pairs of real events, which differ unless they were labelled (measure/statements.py). Needs
../shared/data.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bitext.events.statements.pairing.features import FEATURES  # noqa: E402
from bitext.text.encoder import Encoder, resolve  # noqa: E402
from measure.statements import events, labelled, translated  # noqa: E402

WITHIN = ("overlap", "contained", "covered", "letters", "concepts", "conflict", "alone")
ACROSS = (
    *("contained", "covered", "figures", "conflict", "alone", "length"),
    *("breadth", "held", "spelt", "telling", "told"),
)
#: Weights of translations, which real stories hardly have, and of the pairs of real events.
TRANSLATION, REAL = 0.3, 5.0
#: A pair that nobody read may state the same if an encoder finds it so near; it is left out.
MAYBE = 0.55
SAME = ("same", "carries")
#: So many translated documents, complete and with gaps, weigh more than enough.
DOCUMENTS = 80
#: Little shrinkage: the features are few and between 0 and 1.
STRENGTH = 10.0


def fitted(
    kind: str,
    names: tuple[str, ...],
    features: np.ndarray,
    label: np.ndarray,
    weight: np.ndarray | None = None,
) -> list[str]:
    """Return the lines of one regression."""
    columns = [FEATURES.index(name) for name in names]
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(
        features[:, columns], label, sample_weight=weight
    )
    values = [("bias", model.intercept_[0]), *zip(names, model.coef_[0], strict=True)]
    return [f"{kind}\t{name}\t{value:.3f}" for name, value in values]


def main() -> None:
    """Fit both and write the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "-o", default=ROOT / "src" / "bitext" / "lexicons" / "statement_scorer.tsv", type=Path
    )
    options = parser.parse_args()
    lines: list[str] = []
    for encoder in (None, resolve("default")):
        lines += regressions(encoder)
    options.o.write_text("\n".join(["pair\tfeature\tcoefficient", *lines]) + "\n", encoding="utf-8")


def regressions(encoder: Encoder | None) -> list[str]:
    """Return the lines of the three regressions, with or without an encoder."""
    plus, more = ("", ()) if encoder is None else ("+encoder", ("encoder",))
    pairs = labelled("built", encoder)
    kept = pairs.candidate
    lines = fitted(f"zh{plus}", (*WITHIN, *more), pairs.features[kept], np.isin(pairs.label[kept], SAME))
    real = list(events("built", encoder))
    rows = [(one.pairs.english & (one.label != ""), one) for one in real]
    features = np.concatenate([one.pairs.features[of] for of, one in rows])
    label = np.concatenate([np.isin(one.label[of], SAME) for of, one in rows])
    lines += fitted(f"en{plus}", (*WITHIN, *more), features, label)
    found = [
        one
        for gaps in (False, True)
        for one in translated("built", gaps=gaps, most=DOCUMENTS, encoder=encoder)
    ]
    read = [(one.pairs.across & (one.label != "in part"), one) for one in real]
    near = FEATURES.index("encoder")
    read = [(of & ((one.label != "") | (one.pairs.features[:, near] <= MAYBE)), one) for of, one in read]
    translations = np.concatenate([one.true[one.pairs.across] for one in found])
    retold = np.concatenate([np.isin(one.label[of], SAME) for of, one in read])
    features = np.concatenate(
        [one.pairs.features[one.pairs.across] for one in found] + [one.pairs.features[of] for of, one in read]
    )
    weight = np.concatenate([np.where(translations, TRANSLATION, 1.0), np.full(len(retold), REAL)])
    label = np.concatenate([translations, retold])
    return lines + fitted(f"zh-en{plus}", (*ACROSS, *more), features, label, weight)


if __name__ == "__main__":
    main()
