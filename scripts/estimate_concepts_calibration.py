"""Estimate how unevenly bitext's concepts are found in Chinese and English of the same content.

    python scripts/estimate_concepts_calibration.py

Writes ``src/bitext/lexicons/concepts_calibration.tsv`` and the prior in the card beside it, by
`bitext.calibrate` on the half "built" of the shared parallel files. Run it after the concept table
has changed.
"""

import re
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bitext.comparison.across_languages.calibration import calibrate  # noqa: E402
from bitext.concepts.table import ConceptTable  # noqa: E402
from scripts.repair_concepts import pairs  # noqa: E402
from tests.shared import DATA  # noqa: E402

TARGET = ROOT / "src" / "bitext" / "lexicons" / "concepts_calibration.tsv"
FILES = [DATA / "parallel_zh_en.tsv.gz", DATA / "parallel_zh_en_more.tsv.gz"]


def main() -> None:
    """Write the table and the prior."""
    found = calibrate(pd.DataFrame(pairs(FILES, "built"), columns=["zh", "en"]))
    seen = (found["n_zh"] + found["n_en"]) > 0
    named = pd.Series(ConceptTable.default().named)
    table = found[seen].sort_values("concept")
    shown = ["concept", "n_zh", "n_en", "k", "error", "partner_zh", "partner_en", "tier"]
    table[shown].round(3).to_csv(TARGET, sep="\t", index=False, lineterminator="\n")
    text = TARGET.with_suffix(".toml").read_text(encoding="utf-8")
    for kind, chosen in (("name", named), ("word", ~named)):
        k, error = found.loc[~seen & chosen, ["k", "error"]].iloc[0]
        # The card has a name of its own at its head.
        text = re.sub(rf"(?m)^{kind} = \[.*$", f"{kind} = [{k:.3f}, {error:.3f}]", text)
    TARGET.with_suffix(".toml").write_text(text, encoding="utf-8")
    partners = found.attrs["run"]["parameters"]["partners"]
    print(f"{len(table)} concepts; partners {partners}\n{table['tier'].value_counts().to_string()}")


if __name__ == "__main__":
    main()
