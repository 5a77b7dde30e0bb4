"""The real data beside the project, for measuring; tests that need it skip where it is absent."""

import csv
import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(os.environ.get("BITEXT_SHARED", Path(__file__).parents[1] / ".." / "shared")).resolve() / "data"

needs_shared = pytest.mark.skipif(
    not DATA.is_dir(),
    reason=f"the shared news data is not at {DATA} (set BITEXT_SHARED to the folder that holds data/)",
)


def article_key(path: str) -> str:
    """Name an article of the shared data by a hash of its path: paths hold headlines, which stay outside."""
    return hashlib.sha256(path.encode("utf-8")).hexdigest()[:12]


def jsonl(name: str) -> Iterator[dict[str, str]]:
    """Yield the records of one shared .jsonl.gz file."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def tsv(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one shared .tsv.gz file."""
    csv.field_size_limit(10**9)
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def front_matter(raw: str) -> dict[str, str]:
    """Return what the head of a dump says: title, date, author (the outlet), from (the address)."""
    pairs = (line.partition(":") for line in raw.split("---", 2)[1].strip().split("\n"))
    return {name.strip(): value.strip(" '\"[]") for name, _, value in pairs}
