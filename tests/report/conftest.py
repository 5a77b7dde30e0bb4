"""What the tests of the report share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bitext
from tests.report.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def file(chips: bitext.Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the sample corpus."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    chips.to_html(path)
    return path
