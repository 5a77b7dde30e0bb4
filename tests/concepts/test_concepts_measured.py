"""How good the concept table is, measured: translations found, words mapped, pairs judged."""

import csv
from pathlib import Path

import numpy as np
import opencc
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

import bitext
from bitext.lexicons.loader import rows
from bitext.sklearn import ConceptVectorizer
from tests.shared import DATA, needs_shared, tsv

PAIRS = Path(__file__).parents[1] / "cases" / "concept_pairs.tsv"


def test_pairs_judged_right_stand_in_the_table_and_wrong_ones_do_not() -> None:
    """300 pairs drawn by seed from the table of its day, each judged.

    A concept that was taken out since has its reason in the decisions.
    """
    table = {row["concept"]: row for row in rows("concepts")}
    gone = {row["concept"] for row in rows("concepts_decisions") if row["decision"].startswith("taken out")}
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        for case in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if case["concept"] not in table:
                assert case["concept"] in gone, case
                continue
            row = table[case["concept"]]
            if case["verdict"] == "right":
                assert case["zh"] in row["zh"].split("|"), case
                assert case["en"] in row["en"].split("|"), case
            else:
                both = case["zh"] in row["zh"].split("|") and case["en"] in row["en"].split("|")
                assert case["reason"], case
                assert not both, case


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize(("size", "least"), [(20, 0.97), (5, 0.85)])
@pytest.mark.parametrize("script", ["Hans", "Hant"])
def test_the_right_translation_is_ranked_first(size: int, least: float, script: str) -> None:
    """Documents of *size* consecutive pairs; cosine of TF-IDF weighted concept vectors, both ways."""
    pairs = list(tsv("parallel_zh_en.tsv.gz"))
    documents = [pairs[at : at + size] for at in range(0, len(pairs) - size + 1, size)]
    zh = ["\n".join(pair["zh"] for pair in document) for document in documents]
    en = ["\n".join(pair["en"] for pair in document) for document in documents]
    if script == "Hant":
        zh = [opencc.OpenCC("s2t").convert(text) for text in zh]
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(ConceptVectorizer().fit_transform(zh + en))
    alike = (weighted[: len(zh)] @ weighted[len(zh) :].T).toarray()
    right = np.arange(len(zh))
    forth, back = (alike.argmax(axis=1) == right).mean(), (alike.argmax(axis=0) == right).mean()
    print(f"{size} pairs, {script}: zh to en {forth:.3f}, en to zh {back:.3f}, {len(zh)} documents")
    assert min(forth, back) >= least


@needs_shared
@pytest.mark.slow
def test_content_words_are_mapped() -> None:
    coverage = []
    for name, column in (("news_multi_outlet.jsonl.gz", "raw"), ("news_english.jsonl.gz", None)):
        corpus = bitext.read(DATA / name, text=column)
        counts = bitext.count(bitext.tokenize(corpus), unit="concept")
        assert counts.coverage is not None
        coverage.append(counts.coverage.assign(lang=counts.articles["lang"].to_numpy()))
    sums = pd.concat(coverage).groupby("lang").sum()
    shares = sums["mapped_words"] / sums["content_words"]
    print(f"content words mapped: zh {shares['zh']:.3f}, en {shares['en']:.3f}")
    assert shares["zh"] >= 0.45
    assert shares["en"] >= 0.50


def test_vectorizer_has_one_column_per_concept_for_both_languages() -> None:
    vectorizer = ConceptVectorizer(binary=True)
    table = vectorizer.fit(["x"]).transform(["芯片、芯片", "chips", ""])
    assert sparse.issparse(table)
    assert table.shape == (3, len(vectorizer.get_feature_names_out()))
    assert (table[0] != table[1]).nnz == 0
    assert table[0].sum() == 1


def test_surfaces_show_the_words_behind_a_concept_by_group() -> None:
    frame = pd.DataFrame({"text": ["晶片、晶片、芯片", "Chips and a chip."], "outlet": ["B", "A"]})
    table = bitext.concept_forms(bitext.tokenize(bitext.Corpus.from_frame(frame)), by="outlet")
    shown = table[["outlet", "concept", "n", "zh", "n_zh", "en", "n_en"]].to_numpy().tolist()
    assert shown == [["A", "chip", 2, "", 0, "Chips", 2 - 0], ["B", "chip", 3, "晶片", 3, "", 0]]
