"""Published values of dispersion measures."""

import numpy as np
import pytest

import bitext
from bitext import GroupedCounts, LanguageError
from bitext.comparison.keyness.dispersion import from_articles, from_sums
from tests.builders import counts_of

# Letters of the example in Gries (2008), in the form of scattertext's test_Dispersion.py
PARTS = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]
# term: range, D, S, DP, DPnorm, KL
SCATTERTEXT = {
    "b": (5, 0.968, 0.999, 0.02, 0.024, 0.003),
    "i": (1, 0, 0.18, 0.82, 1, 2.474),
    "q": (1, 0, 0.2, 0.8, 0.976, 2.322),
    "x": (1, 0, 0.22, 0.78, 0.951, 2.184),
}


@pytest.mark.parametrize("term", SCATTERTEXT)
def test_scattertext_values(term: str) -> None:
    letters = sorted(set("".join(PARTS)))
    table = [[part.count(letter) for letter in letters] for part in PARTS]
    counts = counts_of(table, "AAAAA", lengths=[len(part) for part in PARTS], terms=letters)
    row = bitext.dispersion(counts).set_index("term").loc[term]
    found = row[["articles", "juilland_d", "rosengren_s", "dp", "dp_norm", "kl"]].astype(float).round(3)
    assert tuple(found) == SCATTERTEXT[term]


def of_parts(hits: list[int]) -> dict[str, float]:
    """All measures of one term over parts of equal length."""
    counts = counts_of(np.array(hits)[:, None], "A" * len(hits), lengths=[1000] * len(hits))
    grouped = GroupedCounts.of(counts)
    found = from_sums(grouped.of_group(0), len(hits)) | from_articles(counts.matrix, counts.lengths)
    return {name: float(value[0]) for name, value in found.items()}


def test_published_values() -> None:
    # gathered by the tests of Wordless from Carroll (1970), Juilland, Rosengren (1971), Lijffijt & Gries
    assert round(of_parts([2, 1, 1, 1, 0])["carroll_d2"], 4) == 0.8277
    assert round(of_parts([0, 4, 3, 2, 1])["juilland_d"], 4) == 0.6464
    assert round(of_parts([1, 2, 3, 4, 5])["rosengren_s"], 3) == 0.937
    assert round(of_parts([2, 1, 0])["dp_norm"], 3) == 0.5


def test_even_and_clumped_are_the_ends_of_the_scales() -> None:
    even, clumped = of_parts([3, 3, 3, 3]), of_parts([12, 0, 0, 0])
    assert {name: even[name] for name in ("dp", "dp_norm", "kl")} == {"dp": 0, "dp_norm": 0, "kl": 0}
    for name in ("juilland_d", "carroll_d2", "rosengren_s", "range"):
        assert even[name] == pytest.approx(1), name
    assert (clumped["dp_norm"], clumped["juilland_d"], clumped["carroll_d2"]) == (1, 0, 0)
    assert clumped["range"] == 0.25


def test_groups_have_their_own_rows_and_sums_leave_nan() -> None:
    counts = counts_of([[1, 0], [2, 0], [0, 3]], "AAB")
    table = bitext.dispersion(counts, by="outlet")
    assert table[["outlet", "term", "n"]].values.tolist() == [["A", "t00000", 3], ["B", "t00001", 3]]
    summed = bitext.dispersion(GroupedCounts.of(counts), by="outlet")
    assert summed["dp"].isna().all()
    assert summed["juilland_d"].equals(table["juilland_d"])


def test_one_article_has_no_dispersion() -> None:
    row = bitext.dispersion(counts_of([[3]], "A")).iloc[0]
    assert row[["dp_norm", "juilland_d", "carroll_d2"]].isna().all()


def test_no_articles_and_mixed_languages() -> None:
    assert len(bitext.dispersion(counts_of(np.zeros((0, 2)), ""))) == 0
    counts = counts_of([[1], [1]], "AB")
    counts.articles["lang"] = ["zh", "en"]
    with pytest.raises(LanguageError):
        bitext.dispersion(counts)
