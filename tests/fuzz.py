"""Hostile input by structure: every format that is read, with the faults that files have."""

import gzip
import json
import random
from collections.abc import Callable

WORDS = [
    "The",
    "plant",
    "opened",
    "“chips”",
    "said",
    "工厂",
    "周一",
    "开工",
    "（ASML）",
    "\ud83d",
    "\0",
    "\u202e",
    "=1+1",
    '"',
    "'",
]  # A plant begins work on Monday.
ODD_BYTES = [
    b"\0",
    b'"',
    b"<",
    b"[" * 2000,
    b"\xff\xfe",
    b"\\ud83d",
    b"\r",
    b"\n",
    b",",
    b"\xef\xbb\xbf",
    b"&#0;",
    b"\x1b[31m",
]


def text(draw: random.Random) -> str:
    """Return a text of some words, some of them odd."""
    return " ".join(draw.choices(WORDS, k=draw.randint(0, 40)))


def value(draw: random.Random, depth: int = 0) -> object:
    """Return a JSON value of any shape."""
    kinds: list[Callable[[], object]] = [
        lambda: text(draw),
        lambda: draw.choice([None, True, -1, 2**70, 1e308, float("nan")]),
        lambda: [value(draw, depth + 1) for _ in range(draw.randint(0, 3))],
        lambda: {text(draw)[:9]: value(draw, depth + 1) for _ in range(draw.randint(0, 3))},
    ]
    return draw.choice(kinds if depth < 4 else kinds[:2])()


def row(draw: random.Random) -> dict[str, object]:
    """Return the cells of an article, some of another type than they should be."""
    names = ["text", "title", "date", "outlet", "url", "author", text(draw)[:6]]
    return {
        name: value(draw, 3) if draw.random() < 0.3 else text(draw)
        for name in draw.sample(names, draw.randint(1, 6))
    }


def markup(draw: random.Random) -> str:
    """Return a page whose elements may not close, with what its head says."""
    tags = ["p", "div", "article", "a", "script", "style", "h1", "table", "td", "blockquote", "meta", "br"]
    data = json.dumps(
        draw.choice([{"@graph": value(draw)}, value(draw), {"@type": "NewsArticle", "author": value(draw)}])
    )
    parts = [
        f"<html><head><title>{text(draw)}</title>",
        f'<script type="application/ld+json">{data}</script></head><body>',
    ]
    for _ in range(draw.randint(1, 30)):
        tag = draw.choice(tags)
        parts.append(
            f"<{tag} class='{text(draw)[:5]}'>{text(draw)}" + draw.choice([f"</{tag}>", "", "<!--", "</"])
        )
    return "".join(parts)


def markdown(draw: random.Random) -> str:
    """Return a page of a mirror or a feed, with a head that may be broken."""
    head = draw.choice(
        ["", "---\ntitle: {}\ndate: {}\n---\n", "# {}\n\n{}\n", "---\n{}: [{}\n", "Title: {}\nDate: {}\n\n"]
    )
    lines = [
        draw.choice(["", "- ", "> ", "![", "[a](", "# ", "| "]) + text(draw)
        for _ in range(draw.randint(0, 20))
    ]
    return head.format(text(draw), text(draw)) + "\n".join(lines)


def table(draw: random.Random) -> str:
    """Return a table whose rows may have too few or too many cells, and open quotation marks."""
    mark = draw.choice([",", ";", "\t", "|"])
    rows = [[text(draw) for _ in range(draw.choice([3, 3, 3, 2, 5]))] for _ in range(draw.randint(0, 12))]
    quoted = [mark.join(draw.choice(['"{}"', "{}", '"{}']).format(cell) for cell in cells) for cells in rows]
    return "\n".join([mark.join(["title", "text", "date"]), *quoted])


FORMATS: dict[str, Callable[[random.Random], str]] = {
    ".json": lambda draw: json.dumps(draw.choice([value(draw), [row(draw) for _ in range(4)]])),
    ".jsonl": lambda draw: "\n".join(json.dumps(draw.choice([row(draw), value(draw)])) for _ in range(6)),
    ".csv": table,
    ".tsv": table,
    ".html": markup,
    ".md": markdown,
    ".txt": lambda draw: "\n".join(text(draw) for _ in range(draw.randint(0, 12))),
}
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "cp1252"]


def hostile(seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a file."""
    draw = random.Random(seed)
    ending = draw.choice(list(FORMATS))
    content = FORMATS[draw.choice(list(FORMATS)) if draw.random() < 0.1 else ending](draw)
    data = bytearray(content.encode(draw.choice(ENCODINGS), "replace"))
    for _ in range(draw.choice([0, 0, 1, 3, 20])):
        place = draw.randrange(len(data) + 1)
        data[place : place + draw.randint(0, 4)] = draw.choice([*ODD_BYTES, draw.randbytes(2)])
    if draw.random() < 0.1:
        data = data[: draw.randrange(len(data) + 1)]
    if draw.random() < 0.1:
        data, ending = bytearray(gzip.compress(bytes(data), mtime=0)), ending + ".gz"
        if draw.random() < 0.5:
            data = data[: draw.randrange(len(data))]
    return f"{seed}{ending}", bytes(data)
