"""Keyword weights equal the published formulas."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

import bitext
from bitext.errors import BitextError, LanguageError


def counts_of(table: list[list[int]], outlets: list[str], langs: list[str] | None = None) -> bitext.Counts:
    matrix = sparse.csr_array(np.array(table, dtype=np.int32))
    articles = pd.DataFrame(
        {
            "article": [str(number) for number in range(len(table))],
            "outlet": outlets,
            "lang": langs or ["en"] * len(table),
        }
    )
    terms = np.array([chr(ord("a") + column) for column in range(len(table[0]))], dtype=object)
    return bitext.Counts(matrix, articles, terms, np.asarray(matrix.sum(axis=1)).ravel().astype(np.int64))


def test_by_article_it_is_scikit_learns_transformer() -> None:
    # The example of scikit-learn's user guide; its rows 1, 5 and 6 are published there.
    table = [[3, 0, 1], [2, 0, 0], [3, 0, 0], [4, 0, 0], [3, 2, 0], [3, 0, 2]]
    found = bitext.keywords(counts_of(table, ["A"] * 6), by="article", weighting="smooth", top=None)
    grid = found.pivot(index="article", columns="term", values="tfidf").fillna(0).to_numpy()
    assert np.allclose(grid[0], [0.85151335, 0, 0.52433293])
    assert np.allclose(grid[4], [0.55422893, 0.83236428, 0])
    assert np.allclose(grid, TfidfTransformer().fit_transform(np.array(table)).toarray())


def test_by_outlet_idf_counts_articles() -> None:
    found = bitext.keywords(
        counts_of([[2, 1], [2, 0], [0, 3]], ["A", "A", "B"]), weighting="smooth", top=None
    )
    row = found[(found["outlet"] == "A") & (found["term"] == "a")].iloc[0]
    assert (row["n"], row["articles"]) == (4, 2)
    assert row["tf"] == pytest.approx(4 / 5)
    assert row["idf"] == pytest.approx(np.log(4 / 3) + 1)


def test_class_weighting_is_the_published_formula() -> None:
    found = bitext.keywords(counts_of([[4, 1], [0, 5]], ["A", "B"]), weighting="class", top=None)
    row = found[(found["outlet"] == "A") & (found["term"] == "b")].iloc[0]
    # tf / N * ln(1 + A / f): 1 of 5 tokens, 5 tokens a group on average, 6 occurrences in all
    assert row["tfidf"] == pytest.approx(1 / 5 * np.log(1 + 5 / 6))


def test_ties_are_in_order_of_the_term_and_ranks_have_no_gap() -> None:
    found = bitext.keywords(counts_of([[1, 1, 1]], ["A"]), top=2)
    assert found["term"].tolist() == ["a", "b"]
    assert found["rank"].tolist() == [1, 2]


def test_mixed_languages_are_refused_with_the_way_out() -> None:
    with pytest.raises(LanguageError, match=r"counts\.select\(lang='zh'\).*unit='concept'"):
        bitext.keywords(counts_of([[1], [1]], ["A", "B"], ["zh", "en"]))


@pytest.mark.parametrize("options", [{"weighting": "bm25"}, {"top": 0}, {"by": "paper"}])
def test_wrong_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(BitextError, match="use"):
        bitext.keywords(counts_of([[1]], ["A"]), **options)


def test_what_all_groups_use_alike_weighs_nothing_and_what_one_uses_leads() -> None:
    table = [[1, 1, 0], [1, 0, 0], [1, 0, 2], [1, 0, 1]]
    found = bitext.keywords(counts_of(table, ["A", "A", "B", "B"]), top=None)
    weight = found.set_index(["outlet", "term"])["tfidf"]
    assert weight["A", "a"] == weight["B", "a"] == 0
    # c: all articles of B, none of A: one user of two, 3 of 5 tokens
    assert weight["B", "c"] == pytest.approx(np.sqrt(3 / 5 * 1) * np.log(2) ** 2)


def test_a_group_that_uses_a_term_half_as_widely_counts_half() -> None:
    table = [[1, 0], [1, 0], [1, 0], [0, 1]]
    found = bitext.keywords(counts_of(table, ["A", "A", "B", "B"]), top=None, min_articles=1).set_index(
        ["term", "outlet"]
    )
    assert found.loc["a", "idf"].to_dict() == {"A": pytest.approx(np.log(2 / 1.5)), "B": 0}


def test_a_burst_of_one_article_is_below_the_floor_of_articles() -> None:
    table = [[50, 1]] + [[0, 1]] * 11 + [[0, 0]] * 12
    found = bitext.keywords(counts_of(table, ["A"] * 12 + ["B"] * 12), top=None)
    assert found["term"].tolist() == ["b"]
    assert len(bitext.keywords(counts_of(table, ["A"] * 12 + ["B"] * 12), min_articles=1, top=None)) == 2


def test_of_a_single_group_the_smooth_weights_are_returned_and_named() -> None:
    found = bitext.keywords(counts_of([[2, 1]], ["A"]))
    assert found.attrs["run"]["parameters"]["weighting"] == "smooth"
    assert found["tfidf"].gt(0).all()


def test_in_a_single_group_its_articles_are_set_against_each_other() -> None:
    # a: in all twenty articles; b: in ten; c: fifty times in one, below the floor.
    table = [[3, 2, 50]] + [[3, 2, 0]] * 9 + [[3, 0, 0]] * 10
    found = bitext.keywords(counts_of(table, ["A"] * 20), top=None)
    assert found["term"].tolist() == ["b", "a"]
    assert found["idf"].round(4).tolist() == [0.6931, 0.0]
    assert found.attrs["run"]["parameters"]["contrast"] == "articles"


def test_what_an_outlet_calls_itself_is_its_own_name() -> None:
    counts = counts_of([[1, 1, 1]] * 3 + [[0, 0, 1]] * 3, ["Science Monitor"] * 3 + ["Voice of Asia"] * 3)
    counts = replace(counts, terms=np.array(["breitbart", "monitor", "asia"], dtype=object))
    found = bitext.keywords(counts, min_articles=1).set_index(["outlet", "term"])["own_name"]
    assert found["Science Monitor", "monitor"] == "outlet"
    assert found["Voice of Asia", "asia"] == ""


def test_of_phrases_those_with_an_own_name_are_own_and_mere_parts_of_others_go() -> None:
    # in an interview with DW; gene editing; called; called Wuhan pneumonia
    terms = ["俗称", "俗称武汉肺炎", "基因编辑", "接受德国之声采访"]
    counts = counts_of([[9, 8, 2, 2]] * 3 + [[0, 0, 0, 0]] * 3, ["德国之声"] * 3 + ["乙报"] * 3, ["zh"] * 6)
    counts = replace(counts, terms=np.array(terms, dtype=object), run={"parameters": {"unit": "phrase"}})
    found = bitext.keywords(counts, min_articles=1)
    assert found["term"].tolist() == ["俗称", "基因编辑", "接受德国之声采访"]
    assert found["own_name"].tolist() == ["", "", "outlet"]
    assert set(bitext.keywords(counts, min_articles=1, top=None)["term"]) == set(terms)


def test_own_names_are_marked_or_dropped_before_ranks() -> None:
    # 自由亚洲电台 (Radio Free Asia), 本台 (this station), 法新社 (AFP), 维权 (rights defence)
    texts = ["自由亚洲电台：本台据法新社报道，维权。"] * 2 + ["今天下雨。"]
    corpus = bitext.Corpus.from_frame(
        pd.DataFrame({"text": texts, "outlet": ["自由亚洲电台"] * 2 + ["路透"], "author": ""})
    )
    counts = bitext.count(bitext.tokenize(corpus))
    marked = bitext.keywords(counts).set_index("term")["own_name"]
    assert marked[["自由亚洲电台", "本台", "法新社", "维权"]].tolist() == ["outlet", "press", "agency", ""]
    dropped = bitext.keywords(counts, own_names="drop")
    assert not {"自由亚洲电台", "本台", "法新社"} & set(dropped["term"])
    assert dropped.loc[dropped["outlet"] == "自由亚洲电台", "rank"].tolist()[0] == 1
    assert "own_name" not in bitext.keywords(counts, own_names="keep")


def test_the_agency_of_hong_kong_is_one() -> None:
    # China News Agency reports (中通社); the harbour reopens
    texts = ["据香港中通社报道，港口重开。", "据中通社报道，港口重开。", "港口关闭。"]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["甲报", "甲报", "乙报"]}))
    marked = bitext.keywords(bitext.count(bitext.tokenize(corpus))).set_index("term")["own_name"]
    assert marked["中通社"] == "agency"


def test_own_names_among_concepts_are_those_of_media() -> None:
    # 美国之音 is Voice of America, 法新社 AFP, 选举 an election
    texts = ["美国之音和法新社报道了选举。"] * 2 + ["The Guardian and AFP reported rain."]
    outlets = ["美国之音"] * 2 + ["The Guardian"]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": outlets}))
    counts = bitext.count(bitext.tokenize(corpus), unit="concept")
    marked = bitext.keywords(counts, min_articles=1, top=None).groupby("term")["own_name"].agg(set)
    assert marked["voice_of_america"] == marked["guardian"] == {"outlet"}
    assert (marked["afp"], marked["election"]) == ({"agency"}, {""})
    table = bitext.keyness(counts, target="美国之音", own_names="drop")
    assert "election" in set(table["term"])
    assert not {"voice_of_america", "afp"} & set(table["term"])


def test_articles_without_words_do_not_make_a_group_large() -> None:
    # B has one article with words; its nine others are pages of links
    counts = counts_of([[2, 1]] * 6 + [[0, 3]] + [[0, 0]] * 9, ["A"] * 6 + ["B"] * 10)
    for given in (counts, counts.group("outlet")):
        table = bitext.keyness(given, target="B")
        assert table["note"].str.contains("of 1 and 6 articles").all()
        assert table["p"].isna().all()


def test_sums_over_batches_give_the_same_keywords() -> None:
    counts = counts_of([[3, 1, 0], [1, 0, 2], [0, 4, 1], [2, 2, 2]], ["A", "A", "B", "C"])
    pd.testing.assert_frame_equal(bitext.keywords(counts), bitext.keywords(counts.group("outlet")))


def test_what_a_database_adds_to_an_outlets_name_does_not_hide_its_short_name() -> None:
    texts = ["Fox News said Biden met NPR News, NPR reported."] * 2 + [
        "Fox News was told of rain by Newsmax."
    ]
    outlets = ["Fox Online News"] * 2 + ["Newsmax - Opinion"]
    table = pd.DataFrame({"text": texts, "outlet": outlets, "author": ""})
    table.loc[3] = ["It rained on Monday.", "NPR Online News", ""]
    counts = bitext.count(bitext.tokenize(bitext.Corpus.from_frame(table)), ngrams=(1, 2))
    marked = bitext.keywords(counts, top=200).groupby("term")["own_name"].agg(set)
    for name in ("fox news", "npr news", "npr", "newsmax"):
        assert marked[name] == {"outlet"}, name
    assert marked["biden"] == {""}


def test_a_word_of_one_of_two_articles_is_no_key_word() -> None:
    texts = ["Rice and solar panels.", "Rice and a bridge.", "A harbour.", "The harbour."]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": list("AABB")}))
    table = bitext.keywords(bitext.count(bitext.tokenize(corpus)))
    assert table["term"].tolist() == ["rice", "harbour"]


def test_pieces_of_a_torn_name_and_capitals_of_an_outlet_are_its_own() -> None:
    # 远声网 (an invented outlet) is torn 远声|网 where nothing was learnt; USA is of USA TODAY.
    texts = ["远声网报道。网络畅通。", "远声网记者说。", "USA TODAY asked.", "USA TODAY wrote."]
    outlets = ["远声网", "远声网", "USA TODAY", "USA TODAY"]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": outlets}))
    for lang, own in (("zh", {"远声", "网"}), ("en", {"usa", "today"})):
        counts = bitext.count(bitext.tokenize(corpus).select(lang=lang), stopwords=None)
        table = bitext.keywords(counts, weighting="smooth")
        assert own <= set(table.loc[table["own_name"] == "outlet", "term"])
        assert not own & set(bitext.keywords(counts, weighting="smooth", own_names="drop")["term"])
