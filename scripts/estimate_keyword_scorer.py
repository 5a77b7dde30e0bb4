"""Estimate the coefficients that say how likely a term is a tag of its article; writes the lexicon.

    python scripts/estimate_keyword_scorer.py [-o src/bitext/lexicons/keyword_scorer.tsv]

From the half "built" of the tagged pages of ../shared/data, which measure/words.py never reports.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bitext  # noqa: E402
from bitext.comparison.article_terms import FEATURES, features  # noqa: E402
from measure.words import read, tags_of  # noqa: E402
from tests.shared import jsonl  # noqa: E402

STRENGTH = 0.03


def main() -> None:
    """Fit the regression and write the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", default=ROOT / "src" / "bitext" / "lexicons" / "keyword_scorer.tsv", type=Path)
    options = parser.parse_args()
    tags = [tags_of(record["raw"]) for record in jsonl("epoch_tagged.jsonl.gz")]
    corpus = read("epoch_tagged", "built").select(lang="zh")
    counts = bitext.count(bitext.tokenize(corpus, learn=True), unit="phrase", title_weight=3, prominence=True)
    # the same idf, and all terms of an article
    table = bitext.keywords(counts, by="article", weighting="smooth", top=None, own_names="mark")
    table = table[table["own_name"] == ""]
    names = counts.articles["article"].tolist()
    row = table["article"].map({name: number for number, name in enumerate(names)}).to_numpy(np.int64)
    column = table["term"].map({term: number for number, term in enumerate(counts.terms)}).to_numpy(np.int64)
    held = np.asarray(counts.prominence[row, column]).ravel()
    values, candidate = features(
        counts.terms, row, column, table["n"].to_numpy(float), table["idf"].to_numpy(float), held
    )
    gold = [tags[int(Path(file).name[:5])] for file in corpus.articles["file"]]
    label = np.array([term.lower() in gold[r] for term, r in zip(table["term"], row, strict=True)])
    values, label = values[candidate], label[candidate]
    scale = StandardScaler().fit(values)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scale.transform(values), label)
    slope = model.coef_[0] / scale.scale_
    bias = model.intercept_[0] - slope @ scale.mean_
    print(f"{len(label)} terms of {len(names)} articles, {label.sum()} of them tags", file=sys.stderr)
    lines = [
        f"article\t{name}\t{value:.3f}"
        for name, value in (("bias", bias), *zip(FEATURES, slope, strict=True))
    ]
    options.o.write_text("\n".join(["unit\tfeature\tcoefficient", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
