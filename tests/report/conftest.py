"""What the tests of the report share."""

from pathlib import Path

import pytest

import bitext

CHIPS = Path(__file__).parents[2] / "corpora" / "chips"


@pytest.fixture(scope="session")
def chips() -> bitext.Comparison:
    """The comparison of the sample corpus: made once, shown by many tests."""
    return bitext.compare(bitext.read(CHIPS))
