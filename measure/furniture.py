"""Furniture: what bodies keep that is no text of the article, and what of the text they lose."""

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from bitext.reading.cleaning import recurring
from bitext.reading.documents import Document, Options, Record
from bitext.reading.parse import parse
from measure.figure import Figure
from tests.shared import article_key
from tests.shared import jsonl as rows

CASES = Path(__file__).parents[1] / "tests" / "cases" / "furniture.tsv"
#: `data` of a case -> the file that its article is in.
FILES = {"other": "news_other_outlets.jsonl.gz", "known": "news_multi_outlet.jsonl.gz"}
#: Of a piece of furniture so many letters are kept: less is a mark beside it.
FEWEST = 2
_NO_TEXT = re.compile(r"<!--.*?-->|<[^<>]*>|&\w+;|[\W_]+", re.DOTALL)


@cache
def cases() -> tuple[dict[str, str], ...]:
    """Return the annotated articles: data, half, article (key of its path), furniture (offsets)."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t"))


@cache
def read(data: str) -> dict[str, tuple[str, Record]]:
    """Return by its key each article's text without its head, which tells the outlet, and what is read of it.

    The outlet is noted beside it, for what recurs in an outlet's articles.
    """
    found = {}
    for row in rows(FILES[data]):
        raw = row["raw"].split("---", 2)[2].lstrip("\n") if row["raw"].count("---") > 1 else row["raw"]
        record = parse(Document("a", "a", raw), Options())
        record.outlet = parse(Document(row["path"], row["path"], row["raw"]), Options()).outlet
        found[article_key(row["path"])] = raw, record
    return found


def counted(data: str, half: str, *, together: bool = False) -> tuple[int, int, int, int]:
    """Return bodies, those with furniture, letters of text in the documents, and those that were removed.

    Args:
        data: "other" or "known".
        half: "built" or "reported".
        together: what recurs in the file's other articles of the outlet is taken out, too, as `bitext.read`
            does; else each article is read as if it were the only one.
    """
    wanted = {case["article"]: case for case in cases() if case["data"] == data and case["half"] == half}
    every = read(data)
    known = recurring.furniture(recurring.sample(record for _, record in every.values())) if together else {}
    bodies = left = letters = lost = 0
    for key, (raw, alone) in every.items():
        case = wanted.get(key)
        if not case:
            continue
        record = replace(alone, removed=list(alone.removed))
        recurring.strip(record, known)
        spans = [
            (int(a), int(b)) for a, _, b in (s.partition("-") for s in case["furniture"].split(";") if s)
        ]
        furniture = _marked(len(raw), spans)
        body = _marked(len(raw), _kept(record))
        removed = _marked(len(raw), [(piece.start, piece.end) for piece in record.removed])
        text = bytearray(b"\1" * len(raw))
        for gap in _NO_TEXT.finditer(raw):
            text[gap.start() : gap.end()] = bytes(gap.end() - gap.start())
        bodies += 1
        left += sum(map(all, zip(furniture, body, text, strict=True))) >= FEWEST
        prose = [kept and not other for kept, other in zip(text, furniture, strict=True)]
        letters += sum(prose)
        lost += sum(
            is_text and out and not kept for is_text, out, kept in zip(prose, removed, body, strict=True)
        )
    return bodies, left, letters, lost


def _kept(record: Record) -> list[tuple[int, int]]:
    """Return where the body stands in the document, without what was cut out of its paragraphs."""
    found = []
    cuts = sorted((piece.start, piece.end) for piece in record.removed)
    for paragraph in record.paragraphs:
        position = paragraph.start
        for start, end in cuts:
            if position < end and start < paragraph.end and start >= paragraph.start:
                found.append((position, start))
                position = max(position, end)
        found.append((position, paragraph.end))
    return [(start, end) for start, end in found if start < end]


def _marked(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    marks = bytearray(length)
    for start, end in spans:
        marks[start:end] = b"\1" * (min(end, length) - start)
    return marks


#: What was measured when the articles were first seen, before rules for what was seen in them were added.
FIRST = {
    "other": "as the last version reads them 51 of 61 (.84), with grammars first 49. The "
    "two kinds of line behind nearly all (a reporter's house and name alone, a template with a Chinese "
    "site) have had rules since: this is no longer blind. Lists of links have no body and do not count",
    "known": "11 of 99 (.11) as the last version reads them; datelines with a dash and some credits "
    "have had rules since they were seen here",
}


def figures() -> Iterable[Figure]:
    """Yield the figures of furniture."""
    for data, outlets, aim in (
        ("other", "outlets of the other half", 0.03),
        ("known", "known outlets", 0.01),
    ):
        bodies, left, letters, lost = counted(data, "reported")
        yield Figure(
            f"bodies with furniture, {outlets}", FILES[data], "reported", bodies, left / max(bodies, 1),
            0.01, "lower", aim, note=FIRST[data],
        )  # fmt: skip
        yield Figure(
            f"letters of the text that are removed, {outlets}", FILES[data], "reported", letters,
            lost / max(letters, 1), 0.001, "lower", 0.002, digits=4,
            note="annotated by address, by one who read what this version keeps and removes (what it "
            "removes in pieces under nine characters, and part of the known outlets', only by sample): it "
            "shows what a later version loses, and says little of this one",
        )  # fmt: skip
