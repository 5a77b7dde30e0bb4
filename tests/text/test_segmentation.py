"""The cases of tests/cases/segmentation.tsv: what a reader would call the words, and where sentences end.

Columns: ``group`` (hans, hant, en, mixed), ``text``, ``tokens`` (surfaces divided by | and, where a sentence
ends, by ‖), ``terms`` (normalised; empty in known failures), ``gloss`` (what the text means, or what is
tried), ``fails`` (why it is known to fail; then the test must fail).
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from bitext.text.tokenizer import Tokenizer
from bitext.tokenizing.dictionary import resolve

CASES = Path(__file__).parents[1] / "cases" / "segmentation.tsv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def parameters() -> list[object]:
    return [
        pytest.param(
            case, id=case["text"], marks=[pytest.mark.xfail(reason=case["fails"])] if case["fails"] else []
        )
        for case in cases()
    ]


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer(words=resolve("default")[0])


@pytest.mark.parametrize("case", parameters())
def test_words_and_sentences_are_those_a_reader_sees(case: dict[str, str]) -> None:
    text = case["text"]
    batch = tokenizer().batch([text])
    spans = zip(batch.start.tolist(), batch.end.tolist(), strict=True)
    shown = ""
    for i, (start, end) in enumerate(spans):
        ends = i and batch.sentence[i] != batch.sentence[i - 1]
        shown += ("‖" if ends else "|" if i else "") + text[start:end]
    assert shown == case["tokens"]
    assert "|".join(batch.types[term] for term in batch.term) == case["terms"]


def test_there_are_cases_of_every_group() -> None:
    groups = [case["group"] for case in cases()]
    assert len(groups) >= 150
    assert all(groups.count(group) >= 30 for group in ("hans", "hant", "en", "mixed"))
    assert all(case["gloss"] for case in cases())
