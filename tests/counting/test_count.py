"""Counts agree with scikit-learn's over the same tokens, and options do what they say."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

import bitext
from bitext.errors import BitextError, TableError

TEXTS = [
    "Export controls matter. The export controls of 2024 bite, export control is law.",
    "欧盟批准芯片法案。欧盟委员会批准。",  # the EU approves the chips act; the commission approves
    "芯片 chips 晶片",  # chip, thrice
]


@pytest.fixture(scope="module")
def tokens() -> bitext.Tokens:
    frame = pd.DataFrame({"text": TEXTS, "outlet": ["A", "B", "A"]})
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


def words(tokens: bitext.Tokens, row: int) -> list[str]:
    span = slice(int(tokens.bounds[row]), int(tokens.bounds[row + 1]))
    kept = tokens.kind[span] == 0
    return [tokens.types[term] for term in tokens.term[span][kept]]


def test_counts_equal_those_of_scikit_learn(tokens: bitext.Tokens) -> None:
    counts = bitext.count(tokens, stopwords=None)
    rows = range(len(TEXTS))
    peer = CountVectorizer(analyzer=lambda row: words(tokens, row)).fit(rows)
    assert counts.terms.tolist() == sorted(peer.get_feature_names_out())
    expected = peer.transform(rows)[:, np.argsort(peer.get_feature_names_out())]
    assert (counts.matrix != expected).nnz == 0
    assert counts.lengths.tolist() == [len(words(tokens, row)) for row in rows]


def test_ngrams_stay_within_sentences_and_between_marks(tokens: bitext.Tokens) -> None:
    counts = bitext.count(tokens, ngrams=(2, 2), stopwords=None)
    n = dict(zip(counts.terms, np.asarray(counts.matrix.sum(axis=0)).ravel(), strict=True))
    assert n["export controls"] == 2
    assert "matter the" not in n  # a full stop stands between
    assert "bite export" not in n  # a comma
    assert "of 2024" not in n  # a figure is no word
    assert n["芯片 chips"] == 1


def test_an_ngram_does_not_begin_or_end_with_a_stop_word(tokens: bitext.Tokens) -> None:
    terms = set(bitext.count(tokens, ngrams=(1, 3)).terms)
    assert "the export" not in terms
    assert "the" not in terms
    assert "control is law" in terms


def test_rates_do_not_depend_on_the_choice_of_columns(tokens: bitext.Tokens) -> None:
    full = bitext.count(tokens, stopwords=None)
    cut = bitext.count(tokens, stopwords=["export"], min_articles=2)
    assert full.lengths.tolist() == cut.lengths.tolist()
    assert "export" not in set(cut.terms)
    assert cut.terms.tolist() == ["芯片"]


def test_figures_are_counted_on_request(tokens: bitext.Tokens) -> None:
    assert "2024" not in set(bitext.count(tokens).terms)
    assert "2024" in set(bitext.count(tokens, numbers=True).terms)


def test_concepts_join_languages_scripts_and_regional_words(tokens: bitext.Tokens) -> None:
    counts = bitext.count(tokens, unit="concept")
    column = counts.terms.tolist().index("chip")
    assert counts.matrix[[2], [column]].item() == 3
    assert counts.coverage is not None
    assert counts.coverage["mapped_words"].tolist()[2] == 3


def test_copies_are_shared_or_counted_once() -> None:
    text = "The council said on Monday that the plant will open in May, and that nobody had objected."
    frame = pd.DataFrame({"text": [text, text, text, "Rain."], "outlet": ["A", "A", "B", "B"]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    found = {
        mode: bitext.count(tokens, copies=mode).matrix.sum(axis=0)[
            bitext.count(tokens, copies=mode).terms.tolist().index("plant")
        ]
        for mode in ("keep", "weight", "collapse")
    }
    assert found == {"keep": 3, "weight": 1, "collapse": 2}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "word"}, "unknown unit 'word'; use one of"),
        ({"ngrams": (2, 1)}, r"ngrams=\(2, 1\); use a pair"),
        ({"unit": "concept", "ngrams": (1, 2)}, "concepts are counted singly"),
        ({"copies": "drop"}, "unknown treatment of copies 'drop'"),
    ],
)
def test_wrong_options_name_what_is_accepted(
    tokens: bitext.Tokens, options: dict[str, object], message: str
) -> None:
    with pytest.raises(BitextError, match=message):
        bitext.count(tokens, **options)


def test_one_string_is_no_list_of_stop_words(tokens: bitext.Tokens) -> None:
    with pytest.raises(TableError, match="a list of str or None, not the str 'the'"):
        bitext.count(tokens, stopwords="the")


def test_stop_words_may_be_written_in_either_script_and_any_case() -> None:
    # 協議 / 协议 (agreement)
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["雙方簽署協議。", "双方签署协议。Chips Act"]}))
    terms = bitext.count(bitext.tokenize(corpus), stopwords=["協議", "CHIPS"]).terms.tolist()
    assert "签署" in terms
    assert not {"协议", "chips"} & set(terms)


def test_titles_count_as_often_as_is_asked_in_memory_and_in_batches(tmp_path: Path) -> None:
    rows = {
        "title": ["Chips ban", "No title word"],
        "text": ["chips sell", "trade talks"],
        "outlet": ["A", "B"],
    }
    corpus = bitext.Corpus.from_frame(pd.DataFrame(rows))
    counts = bitext.count(bitext.tokenize(corpus), title_weight=3)
    found = dict(zip(counts.terms, counts.matrix.toarray()[0].tolist(), strict=True))
    assert (found["chips"], found["ban"], found["sell"]) == (4, 3, 1)
    assert counts.lengths.tolist() == [2 + 3 * 2, 2 + 3 * 3]
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    scan = bitext.tokenize(bitext.scan(tmp_path / "a.csv"))
    assert bitext.count(scan, title_weight=3).group("outlet") == counts.group("outlet")
    with pytest.raises(BitextError, match="title_weight=-1"):
        bitext.count(bitext.tokenize(corpus), title_weight=-1)
