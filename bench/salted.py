"""The shared news, repeated with salted vocabulary: as many articles as wanted, growing as real text grows.

A plain repetition has no new words, and everything that depends on the vocabulary looks better than it is.
The types of N tokens of one kind of text follow Heaps' law, V = K N^b; b is fitted on parts of the news. In
copy c, as many rare types as that law says are new get other characters, chosen by a hash of type and copy.
"""

import gzip
import json
import sys
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import bitext
from tests.shared import DATA

#: Characters of invented Chinese and English words.
HAN = "".join(chr(code) for code in range(0x5000, 0x8000, 7))
LATIN = "abcdefghijklmnopqrstuvwxyz"
#: Types in so many articles at most may be salted.
RARE = 2


def base(limit: int | None = None) -> "bitext.Tokens":
    """Return the tokens of the shared news, cleaned; every so manieth article where *limit* is given."""
    corpus = bitext.read(DATA / "news_multi_outlet.jsonl.gz")
    if limit:
        corpus = corpus.select(np.arange(len(corpus)) % max(len(corpus) // limit, 1) == 0)
    return bitext.tokenize(corpus)


def exponent(tokens: "bitext.Tokens") -> float:
    """Fit b of Heaps' law on an eighth, a quarter, half and all of the articles."""
    sizes, types = [], []
    article = tokens.article()
    for step in (8, 4, 2, 1):
        part = tokens.term[article % step == 0]
        sizes.append(np.log(len(part)))
        types.append(np.log(len(np.unique(part))))
    return float(np.polyfit(sizes, types, 1)[0])


def pages(tokens: "bitext.Tokens") -> list[str]:
    """Return the raw page of each article: what was read, with everything around the text."""
    with gzip.open(DATA / "news_multi_outlet.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw = [json.loads(line)["raw"] for line in lines]
    return [raw[int(name.rpartition("#")[2]) - 1] for name in tokens.articles["article"]]


def write(
    tokens: "bitext.Tokens", copies: int, path: Path, power: float, raw: Sequence[str] | None = None
) -> int:
    """Write the articles *copies* times as JSON Lines, as clean text or as *raw* pages; return the bytes."""
    article = tokens.article()
    pairs = np.unique(np.stack([tokens.term, article]), axis=1)
    df = np.bincount(pairs[0], minlength=len(tokens.types))
    rare = np.flatnonzero((df <= RARE) & [word.isalpha() for word in tokens.types])
    places = np.flatnonzero(np.isin(tokens.term, rare))
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for i in places.tolist():
        spans.setdefault(int(article[i]), []).append(
            (int(tokens.start[i]), int(tokens.end[i]), int(tokens.term[i]))
        )
    rows = tokens.articles[["outlet", "title", "date", "text"]].assign(
        date=tokens.articles["date"].dt.strftime("%Y-%m-%d").fillna("")
    )
    records = rows.to_dict("records")
    with path.open("w", encoding="utf-8") as file:
        for copy in range(copies):
            new = len(tokens.types) * ((copy + 1) ** power - copy**power) if copy else 0
            share = min(new / len(rare), 1)
            changed = {
                int(number): other
                for number in rare
                if copy and (other := _other(str(tokens.types[number]), copy, share))
            }
            for number, record in enumerate(records):
                text = _salted(record["text"], spans.get(number, []), changed) if changed else record["text"]
                page = None if raw is None else _in_page(raw[number], record["text"], text)
                row = {**record, "text": text} if page is None else {"raw": page}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path.stat().st_size


def _in_page(page: str, before: str, after: str) -> str:
    """Return the page with the changed lines of its article."""
    if before != after:
        for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
            if old != new:
                page = page.replace(old, new, 1)
    return page


def _other(word: str, copy: int, share: float) -> str:
    """Return another word in place of *word* in this copy, "" where it stays."""
    digest = blake2b(f"{copy} {word}".encode(), digest_size=16).digest()
    if int.from_bytes(digest[:4], "big") >= share * 2**32:
        return ""
    letters = LATIN if word.isascii() else HAN
    return "".join(letters[byte * 131 % len(letters)] for byte in digest[4 : 4 + max(len(word), 2)])


def _salted(text: str, spans: list[tuple[int, int, int]], changed: dict[int, str]) -> str:
    parts, done = [], 0
    for start, end, term in spans:
        if term in changed:
            parts += [text[done:start], changed[term]]
            done = end
    return "".join([*parts, text[done:]])
