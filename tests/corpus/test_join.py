"""Two corpora become one, and nothing of either is lost or counted twice."""

import pandas as pd
import pytest

import bitext
from tests import CHIPS


def corpus(*outlets: str, **columns: list[object]) -> bitext.Corpus:
    texts = [f"Plant {number} of {outlet} opened on Monday." for number, outlet in enumerate(outlets)]
    return bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": outlets, **columns}))


def test_articles_problems_and_what_was_removed_are_those_of_both() -> None:
    folders = sorted(path for path in CHIPS.iterdir() if path.is_dir())
    parts = [bitext.read(folder) for folder in folders]
    whole = bitext.Corpus.join(*parts)
    assert len(whole) == sum(map(len, parts))
    assert len(whole.removed) == sum(len(part.removed) for part in parts)
    assert set(whole.removed["article"]) <= set(whole.articles["article"])
    assert whole.articles["date"].dtype == parts[0].articles["date"].dtype
    assert len(bitext.keywords(bitext.count(bitext.tokenize(whole), unit="concept"))) > 0


def test_identifiers_are_kept_apart_and_that_is_said() -> None:
    both = corpus("A", "A").join(corpus("B", "B"))
    assert both.articles["article"].tolist() == ["0", "1", "0~2", "1~2"]
    assert both.problems["kind"].tolist() == ["renamed", "renamed"]


def test_columns_are_united_and_groups_work() -> None:
    both = corpus("A", frame=["threat"]).join(corpus("B", coder=["Ann"]), corpus("C"))
    assert both.articles["frame"].tolist() == ["threat", "", ""]
    assert both.articles["coder"].tolist() == ["", "Ann", ""]
    groups = bitext.count(bitext.tokenize(both)).group("frame")
    assert sorted(key[0] for key in groups.keys) == ["(none)", "threat"]


def test_spellings_across_corpora_are_one() -> None:
    both = corpus("BBC News", "BBC News").join(corpus("BBC NEWS"))
    assert set(both.articles["outlet"]) == {"BBC News"}
    assert "merged" in both.problems["kind"].tolist()


def test_the_same_articles_twice_are_refused() -> None:
    one = corpus("A", "B")
    with pytest.raises(bitext.CorpusError, match="joined, each would count twice; leave it out"):
        one.join(one)
    with pytest.raises(bitext.CorpusError, match="nothing to join: give another corpus"):
        one.join()
    with pytest.raises(bitext.BitextError, match="others takes a Corpus, not a DataFrame"):
        one.join(one.articles)  # type: ignore[arg-type]


def test_an_empty_corpus_adds_nothing() -> None:
    one = corpus("A", "B")
    assert len(one.join(one.select([False, False]))) == 2
