"""A page of real size: 12 outlets × 300 articles of the shared news."""

import time
from pathlib import Path
from typing import Any

import pytest

import bitext
from tests.report.browser import Watched
from tests.report.page_run import (
    STOPS,
    cells_of,
    findings_of,
    opened,
    seconds_of_actions,
    seconds_to_open,
    violations,
)
from tests.shared import DATA, needs_shared

pytestmark = [pytest.mark.slow, needs_shared]

#: Bytes, seconds for writing, opening and one interaction, and steps of the tabulator to any section.
LARGEST, WRITTEN, OPENED, ANSWERED, MOST_STOPS = 5_000_000, 15.0, 1.5, 0.1, 60


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
    opens = seconds_to_open(browser, path)
    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    assert found.page.evaluate(STOPS) <= MOST_STOPS  # before the actions, which open rows
    took = seconds_of_actions(found.page)
    found.assert_quiet()
    found.close()
    text = path.read_text(encoding="utf-8")
    print(f"{path.stat().st_size:,} bytes, written {written:.1f} s, opened {opens:.2f} s, {took}")
    assert path.stat().st_size <= LARGEST
    assert not [name for name in (str(DATA), str(Path.home()), str(path.parent)) if name in text]
    assert written <= WRITTEN
    assert opens <= OPENED
    assert max(took.values()) <= ANSWERED, took


def test_findings_rows_and_cells_of_a_large_page_open_their_sentences(
    made: tuple[bitext.Comparison, Path, float], browser: Any
) -> None:
    result, path, _ = made
    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    page = found.page
    told = opened(page, findings_of(page))
    assert len(told) == len(result.findings)
    assert [address for address, place, _ in told if not place] == []
    drawn = opened(page, cells_of(page))
    assert [address for address, place, _ in drawn if not place] == []
    assert [address for address, _, sentence in (*told, *drawn) if not sentence] == []
    for address, *_ in drawn[:: max(len(drawn) // 60, 1)]:
        page.evaluate("(there) => { location.hash = there; }", address)
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        name, number = address.split("/")[1].split(".")
        row = result[name].iloc[int(number)]
        owner = str(row.get("target", row.get("outlet", "")))
        assert owner in page.locator(".behind tbody").inner_text(), address
    found.assert_quiet()
    found.close()


@pytest.mark.parametrize(("width", "lang", "theme"), [(390, "zh", "dark"), (1280, "en", "light")])
def test_axe_finds_no_violation_on_a_large_page(
    made: tuple[bitext.Comparison, Path, float], browser: Any, width: int, lang: str, theme: str
) -> None:
    pytest.importorskip("axe_playwright_python.sync_playwright")
    assert violations(browser, made[1], width, lang, theme) == []
