"""Groups too small to be compared are put together and named."""

import numpy as np
import pandas as pd
from scipy import sparse

import bitext
from bitext.counting.counts import Counts


def counts(outlets: str) -> Counts:
    """Make counts of two terms, one article a letter."""
    articles = pd.DataFrame(
        {"article": [str(i) for i in range(len(outlets))], "outlet": [*outlets], "lang": "en"}
    )
    hits = np.array([[1 + (name == "A"), 1 + (name == "B")] for name in outlets])
    terms = np.array(["ban", "chip"], dtype=object)
    return Counts(sparse.csr_array(hits), articles, terms, np.full(len(outlets), 10))


def test_small_groups_of_keywords_are_one_group_and_the_run_record_names_them() -> None:
    table = bitext.keywords(counts("AAAABBBBCDE"), weighting="smooth")
    assert set(table["outlet"]) == {"A", "B", "(3 others)"}
    assert table.attrs["run"]["parameters"]["pooled"] == ["C", "D", "E"]


def test_sums_are_put_together_like_counts() -> None:
    whole = counts("AAAABBBBCDE")
    held, sums = bitext.keywords(whole), bitext.keywords(whole.group("outlet"))
    pd.testing.assert_frame_equal(held, sums)


def test_keyness_describes_them_together_unless_a_group_is_named() -> None:
    whole = counts("AAAAABBBBBCDE")
    assert set(bitext.keyness(whole)["target"]) == {"A", "B", "(3 others)"}
    assert set(bitext.keyness(whole, target="C")["target"]) == {"C"}


def test_one_small_group_stays_and_so_do_articles() -> None:
    assert set(bitext.keywords(counts("AAABBBC"), weighting="smooth")["outlet"]) == {"A", "B", "C"}
    assert bitext.keywords(counts("AABC"), by="article", weighting="smooth")["article"].nunique() == 4
