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
from bitext.text.encoder import Encoder, resolve  # noqa: E402
from measure.statements import labelled, translated  # noqa: E402

WITHIN = ("overlap", "contained", "covered", "letters", "concepts", "conflict", "alone")
ACROSS = (
    *(
        "overlap",
        "contained",
        "covered",
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
    lines: list[str] = []
    for encoder in (None, resolve("default")):
        lines += both(encoder)
    options.o.write_text("\n".join(["pair\tfeature\tcoefficient", *lines]) + "\n", encoding="utf-8")


def both(encoder: Encoder | None) -> list[str]:
    """Return the lines of the regressions within and across languages, with or without an encoder."""
    plus, more = ("", ()) if encoder is None else ("+encoder", ("encoder",))
    pairs = labelled("built", encoder)
    kept = pairs.candidate
    label = np.isin(pairs.label[kept], ("same", "carries"))
    lines = fitted(f"within{plus}", (*WITHIN, *more), pairs.features[kept], label)
    found = [one for gaps in (False, True) for one in translated("built", gaps=gaps, encoder=encoder)]
    features = np.concatenate([one.pairs.features[one.pairs.across] for one in found])
    label = np.concatenate([one.true[one.pairs.across] for one in found])
    return lines + fitted(f"across{plus}", (*ACROSS, *more), features, label)


if __name__ == "__main__":
    main()
