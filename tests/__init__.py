"""Tests of bitext, in the folders of the package."""

from pathlib import Path

#: The sample corpus.
CHIPS = Path(__file__).parents[1] / "corpora" / "chips"
