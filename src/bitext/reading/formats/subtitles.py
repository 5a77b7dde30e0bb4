"""Subtitles (.srt, .vtt) → the text that was spoken, without numbers and times."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, joined, numbered

_TIMES = re.compile(
    r"^[ \t]*(?:\d+:)?\d\d:\d\d[.,]\d{3}[ \t]*-->[ \t]*(?:\d+:)?\d\d:\d\d[.,]\d{3}.*$", re.MULTILINE
)
#: A caption closes a sentence with one of these; a pause of the speaker is no end of a line.
_ENDS = re.compile(r"""[.!?。！？…]["'”’」』]?$""")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>|\{\\[^{}]{0,80}\}")
_FEWEST = 2


def is_subtitles(text: str) -> bool:
    """Say whether a text is a list of captions with their times."""
    return "-->" in text[:2000] and len(_TIMES.findall(text[:20_000])) >= _FEWEST


def read(text: str) -> Iterator[Item]:
    """Yield one article: captions joined to sentences, what two captions repeat only once.

    Examples:
        >>> captions = "1\\n00:00:01,000 --> 00:00:03,000\\nDock workers walked\\n\\n"
        >>> next(read(captions + "2\\n00:00:03,000 --> 00:00:05,000\\nout again.\\n")).text
        'Dock workers walked out again.'
    """
    parts = _TIMES.split(text)
    lines: list[str] = []
    for place, part in enumerate(parts[1:], start=1):
        rows = [_TAG.sub("", row).strip() for row in part.strip("\n").split("\n")]
        if place < len(parts) - 1 and rows and re.fullmatch(r"\d+", rows[-1]):
            rows.pop()  # the number of the next caption
        lines += [row for row in rows if row and row not in lines[-2:]]
    sentences: list[list[str]] = [[]]
    for line in lines:
        sentences[-1].append(line)
        if _ENDS.search(line):
            sentences.append([])
    yield from numbered([Item("\n".join(joined(sentence) for sentence in sentences if sentence))])
