"""Archives: metadata of known outlets, columns without names, orders of dates, characters read wrongly."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bitext.reading.cleaning import mojibake, outlets
from bitext.reading.cleaning.date_order import decide
from bitext.reading.documents import Asked, Document, Options
from bitext.reading.parse import parse
from bitext.reading.tables.columns import recognise
from measure.figure import Figure, half
from tests.shared import front_matter, jsonl

#: Every so many articles of the known outlets are read.
STEP = 3
#: Rows of a table whose columns have to be told.
ROWS = 40


def known_outlets() -> tuple[int, dict[str, float]]:
    """Return n and share right of title, day and outlet of the outlets that bitext knows."""
    right: Counter[str] = Counter()
    total = 0
    for number, row in enumerate(jsonl("news_multi_outlet.jsonl.gz")):
        if number % STEP or half(row["path"]) != "reported":
            continue
        record = parse(Document(row["path"], row["path"], row["raw"], Path(row["path"]).name), Options())
        said = front_matter(row["raw"])
        total += 1
        right["title"] += bool(record.title) and "".join(record.title.split()) in "".join(
            said["title"].split()
        )
        day = record.dated.date
        right["date"] += (
            day is not None and abs(day.toordinal() - date.fromisoformat(said["date"][:10]).toordinal()) <= 1
        )
        right["outlet"] += record.outlet == (outlets.canonical(said["author"]) or said["author"])
    return total, {name: right[name] / max(total, 1) for name in ("title", "date", "outlet")}


def english() -> list[dict[str, Any]]:
    """Return the articles of the reported half, outlet by outlet."""
    return [row for row in jsonl("news_english.jsonl.gz") if half(row["url"]) == "reported"]


def unnamed_columns(rows: list[dict[str, Any]]) -> tuple[int, float]:
    """Return n and the share of text, title, address and date that are told where no column has a name."""
    fields = {"text": "c4", "title": "c2", "url": "c3", "date": "c1"}
    told = total = 0
    for start in range(0, len(rows) - ROWS + 1, ROWS):
        sample = [
            {"c0": n, "c1": row["date"], "c2": row["title"], "c3": row["url"], "c4": row["text"], "c5": "x"}
            for n, row in enumerate(rows[start : start + ROWS])
        ]
        found = recognise(sample, Asked()).names
        told += sum(found.get(name) == column for name, column in fields.items())
        total += len(fields)
    return total, told / max(total, 1)


def orders(rows: list[dict[str, Any]], size: int = 6) -> tuple[int, float, int]:
    """Return columns of *size* dates, the share whose order is told, and how many are told wrongly."""
    days = [date.fromisoformat(row["date"][:10]) for row in rows if row["date"]]
    told = wrong = total = 0
    for start in range(0, len(days) - size + 1, size):
        for order, form in (("day first", "%d/%m/%Y"), ("month first", "%m/%d/%Y")):
            found = decide([(day.strftime(form), "", "") for day in days[start : start + size]], "date")
            sure = not found.faults
            told += sure and found.order == order
            wrong += sure and found.order != order
            total += 1
    return total, told / max(total, 1), wrong


def mended(rows: list[dict[str, Any]], wrong: str) -> tuple[int, float]:
    """Return n and the share of texts that are again what they were before they were read wrongly."""
    texts = [row["raw"] for row in rows if not row["raw"].isascii()]
    right = sum(mojibake.mend(text.encode().decode(wrong))[0] == text for text in texts)
    return len(texts), right / max(len(texts), 1)


def figures() -> Iterable[Figure]:
    """Yield the figures of archives."""
    total, shares = known_outlets()
    for name, share in shares.items():
        aim = {"title": 0.98, "date": 0.99, "outlet": 0.99}[name]
        yield Figure(
            f"{name} read right, known outlets", "news_multi_outlet.jsonl.gz", "reported", total, share, 0.01,
            aim=aim, note="dumps with a head; outlet: the very name; date: within a day",
        )  # fmt: skip
    rows = english()
    total, share = unnamed_columns(rows)
    yield Figure(
        "columns without names told by their cells", "news_english.jsonl.gz", "reported", total, share, 0.05,
        note=f"text, title, address and date of tables of {ROWS} rows",
    )  # fmt: skip
    total, share, wrong = orders(rows)
    yield Figure(
        "orders of dates told, columns of 6", "news_english.jsonl.gz", "reported", total, share, 0.05,
        note="the others are said to be undecided",
    )  # fmt: skip
    yield Figure(
        "orders of dates told wrongly",
        "news_english.jsonl.gz",
        "reported",
        total,
        wrong,
        0,
        "lower",
        0,
        digits=0,
    )
    slices = [
        row for number, row in enumerate(jsonl("news_multi_outlet.jsonl.gz"))
        if not number % 20 and half(row["path"]) == "reported"
    ]  # fmt: skip
    total, share = mended(slices, "latin-1")
    yield Figure(
        "UTF-8 read as Latin-1, again what it was", "news_multi_outlet.jsonl.gz", "reported", total, share,
        0.02, note="pages character by character; where any character differs, the page is not counted",
    )  # fmt: skip
