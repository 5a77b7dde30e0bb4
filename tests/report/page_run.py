"""A page run through in Chromium: what opens, how large, how quick, how many steps of the tabulator."""

import time
from pathlib import Path
from typing import Any

from tests.report.browser import Watched

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
#: Opens addresses one after the other: the address, places opened, sentences among them.
OPENED = """async (addresses) => {
  const found = [];
  for (const address of addresses) {
    location.hash = address;
    await new Promise((done) => setTimeout(done));
    const behind = [...document.querySelectorAll('.behind')];
    const places = behind.flatMap((one) => [...one.querySelectorAll('.ev')]);
    const said = behind.length === 1 && 'explained' in behind[0].dataset;
    found.push([address, behind.length === 1 && (places.length > 0 || said) ? 1 : 0,
                places.filter((one) => !one.querySelector('.away')).length || said ? 1 : 0]);
  }
  return found;
}"""
#: Stops of the tabulator before the section that is farthest.
STOPS = """() => {
  const stops = 'a[href], button, select, input, summary, [tabindex]';
  const folded = 'details:not([open]) > :not(summary)';
  const all = [...document.querySelectorAll(stops)].filter(
    (one) => one.tabIndex >= 0 && one.checkVisibility() && !one.closest(folded));
  return Math.max(...[...document.querySelectorAll('.sec h2')].map(
    (head) => all.filter((one) => head.compareDocumentPosition(one) & 2).length));
}"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def findings_of(page: Any) -> list[str]:
    """Return the address of every finding on the page."""
    count = page.evaluate("JSON.parse(document.getElementById('data').textContent).findings.en.length")
    return [f"f={i}" for i in range(count)]


def cells_of(page: Any) -> list[str]:
    """Return the address of everything drawn that opens."""
    page.evaluate("location.hash = ''")
    keys = page.evaluate(
        """[...document.querySelectorAll('.hit')].map(
          (one) => [one.closest('.card, .sec').id, one.dataset.open])"""
    )
    return [f"open={where}/{key}" for where, key in dict.fromkeys((a, b) for a, b in keys)]


def opened(page: Any, addresses: list[str]) -> list[tuple[str, int, int]]:
    """Open *addresses*; return with each whether a place opens, and whether it is a sentence."""
    return [(str(a), int(b), int(c)) for a, b, c in page.evaluate(OPENED, addresses)]


def seconds_to_open(browser: Any, path: Path, times: int = 3) -> float:
    """Return the best of several: other work on the machine is not the page's."""
    least = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        found = Watched(browser, path, viewport={"width": 1280, "height": 900})
        found.page.evaluate(SETTLED)
        least = min(least, time.perf_counter() - start)
        found.close()
    return least


def seconds_of_actions(page: Any, times: int = 4) -> dict[str, float]:
    """Return the best time of each action of a reader."""
    took = dict.fromkeys(ACTIONS, float("inf"))
    for _ in range(times):
        for name, action in ACTIONS.items():
            took[name] = min(took[name], page.evaluate(TIMED, action) / 1000)
    return took


def violations(browser: Any, path: Path, width: int, lang: str, theme: str, view: str = "f=0") -> list[Any]:
    """Return what axe-core finds."""
    from axe_playwright_python.sync_playwright import Axe

    found = Watched(browser, path, viewport={"width": width, "height": 844})
    found.page.goto("about:blank")
    found.page.goto(f"{path.as_uri()}#lang={lang}&theme={theme}&{view}")
    result = Axe().run(found.page).response["violations"]
    found.assert_quiet()
    found.close()
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in result]
