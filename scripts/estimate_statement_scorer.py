"""Estimate the coefficients that say whether two sentences state the same thing; writes the lexicon.

    python scripts/estimate_statement_scorer.py [-o src/bitext/lexicons/statement_scorer.tsv]

Within a language from the labelled pairs of tests/cases/statement_pairs.tsv, half "built"; across languages
from the parallel texts of the half "built", complete and with gaps (measure/statements.py). Needs
../shared/data.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bitext.events.statements.pairs import FEATURES  # noqa: E402
from measure.statements import labelled, translated  # noqa: E402

WITHIN = ("overlap", "contained", "covered", "letters", "conflict", "alone")
ACROSS = (
    *(
        "overlap",
        "contained",
        "covered",
        "names",
        "figures",
        "conflict",
        "alone",
        "length",
        "quoted",
        "breadth",
    ),
    "bare",
)
#: Little shrinkage: the features are few and between 0 and 1.
STRENGTH = 10.0


def fitted(kind: str, names: tuple[str, ...], features: np.ndarray, label: np.ndarray) -> list[str]:
    """Return the lines of one regression."""
    columns = [FEATURES.index(name) for name in names]
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(features[:, columns], label)
    values = [("bias", model.intercept_[0]), *zip(names, model.coef_[0], strict=True)]
    return [f"{kind}\t{name}\t{value:.3f}" for name, value in values]


def main() -> None:
    """Fit both and write the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "-o", default=ROOT / "src" / "bitext" / "lexicons" / "statement_scorer.tsv", type=Path
    )
    options = parser.parse_args()
    pairs = labelled("built")
    kept = pairs.candidate
    lines = fitted("within", WITHIN, pairs.features[kept], np.isin(pairs.label[kept], ("same", "carries")))
    found = [one for gaps in (False, True) for one in translated("built", gaps=gaps)]
    features = np.concatenate([one.pairs.features[one.pairs.across] for one in found])
    label = np.concatenate([one.true[one.pairs.across] for one in found])
    lines += fitted("across", ACROSS, features, label)
    options.o.write_text("\n".join(["pair\tfeature\tcoefficient", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
