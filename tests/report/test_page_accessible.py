"""The page for people who do not see it, or not well: axe-core finds no violation."""

from pathlib import Path
from typing import Any

import pytest

from tests.report.browser import Watched

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")

VIEWS = ["", "f=0", "open=left/omissions.0", "of=0&pair=0,1"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation(browser: Any, file: Path, width: int, lang: str, theme: str) -> None:
    found = Watched(browser, file, viewport={"width": width, "height": 844})
    page = found.page
    for view in VIEWS if (width, theme) == (390, "dark") else VIEWS[:1]:
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#lang={lang}&theme={theme}&{view}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        violations = axe.Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in violations] == [], view
    found.assert_quiet()
    found.close()
