"""New words from a sample of the articles: the same sample wherever they are read."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.tokenizing import tokenize as module
from tests.reading.articles import articles, write


def test_a_sample_gives_the_same_words_in_memory_and_batch_by_batch(tmp_path: Path) -> None:
    path = write(articles(120), tmp_path / "news.jsonl")
    corpus, scan = bitext.read(path), bitext.scan(path, size=4000)
    whole, some = (bitext.new_words(corpus, min_count=1, max_articles=n) for n in (None, 40))
    assert len(some) < len(whole) or whole.empty
    pd.testing.assert_frame_equal(some, bitext.new_words(scan, min_count=1, max_articles=40))
    pd.testing.assert_frame_equal(
        some, bitext.new_words(bitext.tokenize(corpus), min_count=1, max_articles=40)
    )


def test_a_corpus_below_the_bound_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    corpus = bitext.read(write(articles(30), tmp_path / "news.jsonl"))
    pd.testing.assert_frame_equal(bitext.new_words(corpus), bitext.new_words(corpus, max_articles=30))


def test_words_learnt_from_a_sample_are_known_in_all_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    # The legislator Guo Jiaqi says; Guo Jiaqi was present.
    texts = ["议员郭家麒表示不满。", "郭家麒说，会议改期。", "他认识郭家麒。"] * 20
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))
    monkeypatch.setattr(module, "LEARNT", 20)
    tokens = bitext.tokenize(corpus, learn=True)
    assert "郭家麒" in tokens.run["parameters"]["learnt"]
    assert int((tokens.types[tokens.term] == "郭家麒").sum()) == 60
