"""The glossary: pairs of names in parentheses, judged by a reader."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import bitext
from bitext.glossaries.edge import DOTS
from bitext.glossaries.parentheses import PARENTHESIS
from bitext.text.scripts.convert import to_simplified
from measure.figure import Figure
from tests.shared import DATA

#: A key is the hash of the 24 characters before a parenthesis and the parenthesis itself: no text is kept.
CASES = Path(__file__).parents[1] / "tests" / "cases" / "glossary.tsv"
#: Half of the cases -> file, half as figures name it, and what the reader should know.
SETS = {
    "test": ("news_multi_outlet", "reported", "drawn with those that the first rules were built on"),
    "fresh": ("news_november", "reported", "300 of two draws, judged when first seen: then .88 and .84"),
}


def figures() -> Iterator[Figure]:
    """Yield precision and recall of each set of judged parentheses."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for half, (name, part, note) in SETS.items():
        mine = {row["key"]: row for row in cases if row["half"] == half}
        answers = _answers(f"{name}.jsonl.gz", set(mine))
        given = [key for key, answer in answers.items() if answer]
        wanted = [key for key in answers if mine[key]["zh"] != "none"]
        right = [key for key in given if key in set(wanted) and _right(answers[key], mine[key])]
        for what, share, aim in (("precision", given, 0.95), ("recall", wanted, 0.9)):
            yield Figure(
                f"names in parentheses ({half}): {what}",
                name,
                part,
                len(answers),
                len(right) / max(len(share), 1),
                margin=0.02,
                aim=aim,
                label=f"bilingual names in parentheses of news not seen before: {what}"
                if half == "fresh"
                else "",
                note=note,
            )


def _answers(file: str, keys: set[str]) -> dict[str, tuple[str, str] | None]:
    """Return what the glossary gives at each of the parentheses that are found again."""
    corpus = bitext.read(DATA / file, text="raw")
    rows = bitext.glossary(bitext.tokenize(corpus), evidence=True)
    given = {(row.article, row.parenthesis): (row.zh, row.en) for row in rows.itertuples()}
    found: dict[str, tuple[str, str] | None] = {}
    for article, text in zip(corpus.articles["article"], corpus.articles["text"], strict=True):
        for match in PARENTHESIS.finditer(text):
            key = f"{text[max(0, match.start() - 24) : match.start()]}\0{match[0]}"
            digest = hashlib.sha256(key.encode()).hexdigest()[:16]
            if digest in keys:
                found[digest] = given.get((article, match.start()))
    return found


def _plain(name: str) -> str:
    return to_simplified(name.translate(DOTS).replace("－", "-"), "t2s").strip(" #.").casefold()


def _right(answer: tuple[str, str] | None, case: dict[str, str]) -> bool:
    names = {_plain(name) for name in case["zh"].split("|")}
    return answer is not None and _plain(answer[0]) in names and _plain(answer[1]) == _plain(case["en"])
