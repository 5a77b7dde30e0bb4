"""The challenge cases: one sentence each in both languages, and what has to be found in it."""

import csv
from pathlib import Path

import pandas as pd
import pytest

import bitext

CASES = Path(__file__).parents[1] / "cases" / "stance.tsv"
#: Known failures: the reason is why we live with them.
FAILING = {
    ("said-inversion", "zh"): "a name behind 村长: the list of roles has no heads of villages",
}


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], pd.DataFrame]:
    """Return the evidence of each case; every case is an article of its own."""
    tables = {}
    for lang in ("zh", "en"):
        rows = [case for case in cases() if case["lang"] == lang]
        # In the table " \n " stands for a line break.
        texts = [row["text"].replace(" \\n ", "\n") for row in rows]
        corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts}), lang=lang)
        evidence = bitext.evidence(bitext.tokenize(corpus))
        for number, row in enumerate(rows):
            tables[row["id"], lang] = evidence[evidence["article"] == str(number)]
    return tables


def _parameters() -> list[object]:
    marked = []
    for case in cases():
        reason = FAILING.get((case["id"], case["lang"]))
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        marked.append(pytest.param(case, marks=marks, id=f"{case['id']}-{case['lang']}"))
    return marked


@pytest.mark.parametrize("case", _parameters())
def test_case(case: dict[str, str], found: dict[tuple[str, str], pd.DataFrame]) -> None:
    table = found[case["id"], case["lang"]]
    rows = table[table["feature"] == case["feature"]]
    assert rows["surface"].tolist() == [form for form in case["expected"].split("|") if form], case["text"]
    if case["voice"]:
        assert set(rows["voice"]) == {case["voice"]}
    if case["source"]:
        assert set(rows["source"]) == {case["source"]}


def test_there_are_enough_pairs_in_both_languages() -> None:
    pairs = {case["id"] for case in cases() if case["lang"] == "zh"} & {
        case["id"] for case in cases() if case["lang"] == "en"
    }
    assert len(pairs) >= 60
