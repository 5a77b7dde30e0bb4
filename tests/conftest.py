"""What tests of several folders share."""

import pytest

import bitext
from tests import CHIPS


@pytest.fixture(scope="session")
def chips() -> bitext.Comparison:
    """The comparison of the sample corpus: made once, shown by many tests."""
    return bitext.compare(bitext.read(CHIPS))
