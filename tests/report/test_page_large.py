"""A page of real size: 12 outlets × 300 articles of the shared news."""

import time
from pathlib import Path
from typing import Any

import pytest

import bitext
from tests.report.browser import Watched
from tests.shared import DATA, needs_shared

pytestmark = [pytest.mark.slow, needs_shared]

#: Bytes, and seconds for writing, opening and one interaction.
LARGEST, WRITTEN, OPENED, ANSWERED = 5_000_000, 15.0, 1.5, 0.1

#: Runs an action and waits until its result is on the screen; milliseconds.
TIMED = """async (act) => {
  const start = performance.now();
  new Function(act)();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
ACTIONS = {
    "finding": "location.hash = 'f=' + (location.hash === '#f=0' ? 1 : 0)",
    "cell": "document.querySelector('#stories .hit').dispatchEvent(new MouseEvent('click', {bubbles: true}))",
    "statement": """(document.querySelector('#left .hit') ||
        document.querySelector('#names .hit')).dispatchEvent(new MouseEvent('click', {bubbles: true}))""",
    "hide": "document.querySelector('.key').click()",
    "sort": """const box = document.querySelector('#voices details select');
        box.value = box.options[box.selectedIndex === 3 ? 4 : 3].value;
        box.dispatchEvent(new Event('change'))""",
    "outlet": """const box = document.getElementById('side-a');
        box.value = box.value === '1' ? '2' : '1'; box.dispatchEvent(new Event('change'))""",
    "close": "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bitext.Comparison, Path, float]:
    corpus = bitext.read(DATA / "news_multi_outlet.jsonl.gz")
    outlets = sorted(corpus.articles["outlet"].unique())[:12]
    result = bitext.compare(corpus.select(corpus.articles["outlet"].isin(outlets)))
    path = tmp_path_factory.mktemp("large") / "report.html"
    start = time.perf_counter()
    result.to_html(path)
    return result, path, time.perf_counter() - start


def test_large_page_is_small_and_quick(made: tuple[bitext.Comparison, Path, float], browser: Any) -> None:
    _, path, written = made
    opened = float("inf")
    for _ in range(3):  # the best of three: other work on the machine is not the page's
        start = time.perf_counter()
        found = Watched(browser, path, viewport={"width": 1280, "height": 900})
        found.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        opened = min(opened, time.perf_counter() - start)
        if _ < 2:
            found.close()
    took = dict.fromkeys(ACTIONS, float("inf"))
    for _ in range(4):
        for name, action in ACTIONS.items():
            took[name] = min(took[name], found.page.evaluate(TIMED, action) / 1000)
    found.assert_quiet()
    size = path.stat().st_size
    print(f"{size:,} bytes, written {written:.1f} s, opened {opened:.2f} s, {took}")
    assert size <= LARGEST
    assert written <= WRITTEN
    assert opened <= OPENED
    assert max(took.values()) <= ANSWERED, took


def test_findings_rows_and_cells_of_a_large_page_open(
    made: tuple[bitext.Comparison, Path, float], browser: Any
) -> None:
    result, path, _ = made
    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    page = found.page
    keys = page.evaluate(
        """[...document.querySelectorAll('.hit')].map(
             (one) => [one.closest('.card, .sec').id, one.dataset.open])"""
    )
    for number in range(min(len(result.findings), 60)):
        page.evaluate("(i) => { location.hash = 'f=' + i; }", number)
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        assert page.locator(".behind").count() == 1, number
    empty = 0
    for where, key in keys[:: max(len(keys) // 150, 1)]:
        page.evaluate("(there) => { location.hash = there; }", f"open={where}/{key}")
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        assert page.locator(".behind").count() == 1, key
        name, number = key.split(".")
        row = result[name].iloc[int(number)]
        owner = str(row.get("target", row.get("outlet", "")))
        assert owner in page.locator(".behind tbody").inner_text(), key
        empty += page.locator(".behind .ev").count() == 0
    assert empty <= len(keys) // 20, empty
    found.assert_quiet()
    found.close()


def test_axe_finds_no_violation_on_a_large_page(
    made: tuple[bitext.Comparison, Path, float], browser: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width, lang, theme in ((390, "zh", "dark"), (1280, "en", "light")):
        found = Watched(browser, made[1], viewport={"width": width, "height": 844})
        found.page.goto("about:blank")
        found.page.goto(f"{made[1].as_uri()}#lang={lang}&theme={theme}&f=0")
        violations = axe.Axe().run(found.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in violations] == []
        found.assert_quiet()
        found.close()
