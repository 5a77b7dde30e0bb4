"""The page: whether all it tells opens, how large and quick it is, for whom; in Chromium.

Two pages: the sample corpus, and twelve outlets of 300 articles each of the shared news.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import bitext
from measure.figure import Figure
from tests.report.browser import Watched, chromium
from tests.report.page_run import (
    STOPS,
    cells_of,
    findings_of,
    opened,
    seconds_of_actions,
    seconds_to_open,
    violations,
)
from tests.shared import DATA

SHARED, SAMPLE = "news_multi_outlet.jsonl.gz", "corpora/chips"
#: Sentences drawn by seed and held by hand against the articles: how many, and how many were true. Those of
#: the sample corpus were read before its last changes; the others are the two draws of tests/cases.
TRACED = {SAMPLE: (14, 14)}
TRACED_NOTE = {
    SAMPLE: "14 by hand, before the last changes; sentences checked against tables only are not counted",
}
READ = Path(__file__).parents[1] / "tests" / "cases" / "findings_read.tsv"
#: What is untrue in each draw of READ, and what became of it.
DRAWS = {
    "3": "two firsts told by a headline that says more than their article (now told by their own headline), "
    "a word that others write within longer ones (no longer told). Draws before: 19 and 18 of 20",
    "4": "material that nobody looked at: all 10 of a month of six outlets, of outlets new to the rules 5 of "
    "10. Two events joined by an undated article (twice), an hour that is not believed called absent, "
    "believers counted as their church: mended by kind; a first whose other article is on another side of "
    "an affair: not mended",
    "5": "before the texts were held against the sentences: a shorter rendering, a title within a name, an "
    "agency named in the middle of a copy, a text that only reports a wire, a story without a headline, a "
    "part of an outlet's own name; all mended by kind",
    "6": "after that: minutes told of two dates without hours (mended), a first whose other article tells of "
    "the same meeting and not of what the headline says (not mended)",
    "7": "other sentences of the corpora of draw 6: a word whose characters others write within a longer one "
    "(told as a word of its own since)",
}


@cache
def compared(data: str) -> bitext.Comparison:
    """Return the comparison of the sample corpus, or of twelve outlets of the shared news."""
    if data == SAMPLE:
        return bitext.compare(bitext.read(Path(__file__).parents[1] / SAMPLE))
    corpus = bitext.read(DATA / SHARED)
    outlets = sorted(corpus.articles["outlet"].unique())[:12]
    return bitext.compare(corpus.select(corpus.articles["outlet"].isin(outlets)))


def figures() -> Iterator[Figure]:
    """Yield the figures of both pages, and those of sentences read against the articles."""
    yield from _read()
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for data, label in (
            (SAMPLE, "the page of the sample corpus"),
            (SHARED, "a page of 12 outlets × 300"),
        ):
            path = Path(folder) / f"{len(data)}.html"
            compared(data).to_html(path)
            yield from _page(browser, path, data, label)


def _page(browser: Any, path: Path, data: str, label: str) -> Iterator[Figure]:
    def figure(what: str, n: int, value: float, aim: float | None = None, **more: Any) -> Figure:
        more = {"margin": 0.0, "better": "lower", "digits": 0, **more}
        return Figure(f"{label}: {what}", data, "whole", n, value, aim=aim, **more)

    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    yield figure(
        "stops of the tabulator to the farthest section", 1, found.page.evaluate(STOPS), 60, margin=5.0
    )
    for what, addresses in (
        ("findings", findings_of(found.page)),
        ("drawn rows and cells", cells_of(found.page)),
    ):
        places = opened(found.page, addresses)
        n = len(places)
        yield figure(f"{what} that open no place", n, sum(not place for _, place, _ in places), 0)
        said = sum(sentence for *_, sentence in places) / n
        yield figure(f"{what} that open a sentence, not its address alone", n, said, 1.0,
                     better="higher", digits=3)  # fmt: skip
    took = max(seconds_of_actions(found.page).values())
    yield figure("slowest of seven interactions (ms)", 7, 1000 * took, 100, margin=50.0)
    asked = [url for url in found.requests if url.split("#")[0] != found.page.url.split("#")[0]]
    yield figure("console errors and requests", 1, len(found.complaints) + len(asked), 0)
    found.close()
    yield figure("seconds to open", 3, seconds_to_open(browser, path), 1.5, margin=0.7, digits=2)
    yield figure("size (MB)", 1, path.stat().st_size / 1e6, 5, margin=0.3, digits=2)
    text = path.read_text(encoding="utf-8")
    paths = sum(text.count(name) for name in (str(Path.home()), str(DATA), str(Path(__file__).parents[1])))
    yield figure("local paths", 1, paths, 0)
    with contextlib.suppress(ImportError):
        views = [(width, lang, theme) for width in (390, 1280) for lang in ("en", "zh")
                 for theme in ("light", "dark")]  # fmt: skip
        wrong = sum(len(violations(browser, path, *view)) for view in views)
        yield figure(
            "axe-core violations, both languages, light and dark, phone and desktop", len(views), wrong, 0
        )
    if data in TRACED:
        n, true = TRACED[data]
        yield figure("sentences traced by hand to the articles, that are true", n, true / n, 1,
                     better="higher", digits=2, note=TRACED_NOTE[data])  # fmt: skip


def _read() -> Iterator[Figure]:
    """Yield how many of the sentences of READ are true, a figure a draw."""
    table = pd.read_csv(READ, sep="\t", dtype=str, keep_default_na=False)
    for draw, rows in table.groupby("draw"):
        yield Figure(
            f"sentences drawn by seed and traced by hand to the articles, that are true: draw {draw}",
            "tests/cases/findings_read.tsv", "reported", len(rows), float((rows["true"] == "yes").mean()),
            aim=1, margin=0.0, better="higher", digits=2, note=DRAWS[str(draw)],
        )  # fmt: skip
