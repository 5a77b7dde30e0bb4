import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from bitext import Counts, LanguageError
from bitext.counting.counts import alphabetical, require_one_language


def small(langs: list[str], unit: str = "term", lengths: list[int] | None = None) -> Counts:
    n = len(langs)
    articles = pd.DataFrame({"article": [str(i) for i in range(n)], "lang": langs})
    table = sparse.csr_array(np.arange(2 * n, dtype=np.int32).reshape(n, 2))
    return Counts(table, articles, np.array(["a", "b"], dtype=object), np.array(lengths or [50] * n), unit)


def test_select_keeps_all_terms_and_renumbers_the_articles() -> None:
    part = small(["zh", "en", "zh"]).select(lang="zh")
    assert part.matrix.toarray().tolist() == [[0, 1], [4, 5]]
    assert part.articles["article"].tolist() == ["0", "2"]
    assert part.articles.index.tolist() == [0, 1]
    assert part.lengths.tolist() == [50, 50]


def test_select_takes_rows_and_language_together() -> None:
    assert small(["zh", "en", "zh"]).select([False, True, True], lang="zh").articles["article"].tolist() == [
        "2"
    ]


def test_select_names_the_languages_it_knows() -> None:
    with pytest.raises(LanguageError, match=r"unknown language 'de'; use one of \['zh', 'en'\]"):
        small(["zh"]).select(lang="de")


def test_terms_of_two_languages_are_refused_with_the_way_out() -> None:
    with pytest.raises(LanguageError, match=r"en and zh.*counts\.select\(lang='zh'\).*unit='concept'"):
        require_one_language(small(["zh", "en"]))


@pytest.mark.parametrize(
    "counts",
    [
        small(["zh", "zh"]),
        small(["zh", "undecided"]),
        small(["zh", "en"], unit="concept"),
        small(["zh", "en"], lengths=[50, 0]),
    ],
)
def test_one_language_or_concepts_pass(counts: Counts) -> None:
    require_one_language(counts)


def test_labels_are_ordered_as_python_orders_them() -> None:
    words = [
        "",
        "b",
        "a",
        "alphabet",
        "alphabetic",
        "alphabe",
        "alphabets",
        "芯片",
        "芯",
        "\U0001f600",
        "alphabet",
    ]
    labels = np.array(words, dtype=object)
    assert alphabetical(labels).tolist() == sorted(range(len(words)), key=words.__getitem__)
    assert alphabetical(labels[:0]).tolist() == []
