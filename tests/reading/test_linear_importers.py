"""Recognising a format takes no more than the length of a text explains, whatever is repeated in it."""

import time
from contextlib import suppress

import pytest

from bitext.reading import importers
from bitext.reading.problems import RecordError

#: What stands again and again, and what the text begins with.
UNITS = [
    "\n", " \n", "<b>", "<article>", "<doc><a>", "<br>", "<script", "<!--", "【标题】a\n", "Title: a\n",
    "## a\n", "# a\nDate: 2024-05-13\n", "End of Document\n", "Document 1 of 2\n", "1 of 2 DOCUMENTS\n",
    "12 words\n", "HD a\n", "文件 ABCD0020310305en350000c\n", "Client/Matter: a\n", "a\tb\n", "[",
    '{"a":', "_" * 30 + "\n", "TY  - NEWS\nER  -\n", "<nitf>", "<?xml?>",
    "00:00:01,000 --> 00:00:02,000\na\n",
]  # fmt: skip
BEGINNINGS = [
    "",
    "<article>",
    "<html><p>文章編號: 2024051300123\n",
    "【标题】a\n【日期】b\n",
    "Document 1 of 2\nFull text:",
    "TY  - NEWS\n",
    "<nitf>",
]


def recognise(text: str) -> None:
    for begin in BEGINNINGS:
        with suppress(RecordError):
            if found := importers.text(begin + text, []):
                for item in found.found:
                    if isinstance(item, importers.Rows):
                        list(item.rows)


def seconds(unit: str, size: int) -> float:
    text = unit * (size // len(unit))
    began = time.process_time()
    recognise(text)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_no_more_than_eight_times_the_time(unit: str) -> None:
    took = seconds(unit, 120_000)
    if took > 1.5:
        assert min(took, seconds(unit, 120_000)) < 8 * max(seconds(unit, 30_000), 0.02)
