"""A page of real size: 12 outlets × 300 articles of the shared news."""

import time
from pathlib import Path

import pytest

import bitext
from tests.report.browser import Watched, chromium
from tests.shared import DATA, needs_shared

pytestmark = [pytest.mark.slow, needs_shared]

#: Bytes, and seconds for writing, opening and one interaction.
LARGEST, WRITTEN, OPENED, ANSWERED = 5_000_000, 15.0, 2.0, 0.1

#: Runs an action and waits until its result is on the screen; milliseconds.
TIMED = """async (act) => {
  const start = performance.now();
  new Function(act)();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
ACTIONS = {
    "sort": "document.querySelector('#keyness thead th:nth-child(3) button').click()",
    "filter": """const box = document.querySelector('#keyness input');
        box.value = '中'; box.dispatchEvent(new Event('input'))""",
    "term": "document.querySelector('#map .side .term').click()",
    "search": """const box = document.getElementById('find');
        box.value = '国'; box.dispatchEvent(new Event('input'))""",
    "zoom": "document.querySelector('.zoom button').click()",
    "swap": "document.querySelector('.versus > button').click()",
    # After "swap" the word on show may have no line in the page; a dot of the timeline opens an article, too.
    "article": """(document.querySelector('#term .lines button.plain') ||
        document.querySelector('.timeline button.dot')).click()""",
}


def test_large_page_is_small_and_quick(tmp_path: Path) -> None:
    corpus = bitext.read(DATA / "news_multi_outlet.jsonl.gz")
    outlets = sorted(corpus.articles["outlet"].unique())[:12]
    result = bitext.compare(corpus.select(corpus.articles["outlet"].isin(outlets)))
    path = tmp_path / "report.html"
    start = time.perf_counter()
    result.to_html(path)
    written = time.perf_counter() - start
    with chromium() as browser:
        start = time.perf_counter()
        found = Watched(browser, path, viewport={"width": 1280, "height": 900})
        found.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        opened = time.perf_counter() - start
        took = dict.fromkeys(ACTIONS, float("inf"))
        for _ in range(3):  # the best of three: other work on the machine is not the page's
            for name, action in ACTIONS.items():
                took[name] = min(took[name], found.page.evaluate(TIMED, action) / 1000)
            found.page.evaluate("document.getElementById('reader').close()")
        found.assert_quiet()
    size = path.stat().st_size
    print(f"{size:,} bytes, written {written:.1f} s, opened {opened:.2f} s, {took}")
    assert size <= LARGEST
    assert written <= WRITTEN
    assert opened <= OPENED
    assert max(took.values()) <= ANSWERED, took
