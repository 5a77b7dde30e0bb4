"""Sentences of translated documents find each other, by content or by an encoder."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import bitext
from bitext.comparison.across_languages import best_path

#: "The EU approved the law. It rained. Japan and South Korea agree. The bank raised rates by 5%."
ZH = "欧盟批准芯片法案。昨天下雨。日本和韩国同意出口管制。央行加息5%。"
EN = (
    "The EU approved the Chips Act. Japan agrees. South Korea agrees to export controls. "
    "The central bank raised rates by 5%."
)


class Letters:
    """An encoder that knows two topics."""

    name = "letters"

    def encode(self, sentences: list[str]) -> np.ndarray:
        return np.array([[("EU" in text or "欧盟" in text) + 0.01, 1.0] for text in sentences])


def test_sentences_are_paired_in_order_and_what_has_no_partner_is_left_out() -> None:
    table = bitext.align(pd.DataFrame({"zh": [ZH], "en": [EN], "document": ["a"]}))
    assert table[["sentences_zh", "sentences_en"]].to_numpy().tolist() == [[1, 1], [1, 2], [1, 1]]
    assert "昨天下雨。" not in table["zh"].tolist(), "it rained: only one side says so"
    for row in table.itertuples():
        assert ZH[row.start_zh : row.end_zh] == row.zh
        assert EN[row.start_en : row.end_en] == row.en
    assert table["similarity"].between(0, 1).all()


def test_the_run_record_says_which_encoder_compared() -> None:
    texts = pd.DataFrame({"zh": [ZH], "en": [EN]})
    assert bitext.align(texts).attrs["run"]["parameters"]["encoder"] is None
    assert bitext.align(texts, encoder=Letters()).attrs["run"]["parameters"]["encoder"] == "letters"


def test_the_table_can_be_calibrated_on() -> None:
    pairs = bitext.align(pd.DataFrame({"zh": [ZH, ZH], "en": [EN, EN], "document": ["a", "b"]}))
    found = bitext.calibrate(pairs).set_index("concept")
    assert found.loc["japan", ["n_zh", "n_en"]].tolist() == [2, 2]


def test_a_document_without_text_and_a_lacking_column_are_refused() -> None:
    with pytest.raises(bitext.TableError, match="'en'"):
        bitext.align(pd.DataFrame({"zh": [ZH]}))


@pytest.fixture(scope="module")
def tokens() -> bitext.Tokens:
    frame = pd.DataFrame(
        {
            "title": ["欧盟通过法案", "EU passes law", "Rain again"],
            "text": ["欧盟通过了法案。", "The EU passed the law.", "It rained in Harbin."],
            "outlet": ["A", "B", "C"],
        }
    )
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


def test_similar_articles_take_an_encoder_with_the_texts(tokens: bitext.Tokens) -> None:
    counts = bitext.count(tokens, unit="concept")
    corpus = bitext.Corpus(tokens.articles)
    plain = bitext.similar_articles(counts, max_share=1)
    near = bitext.similar_articles(counts, max_share=1, encoder=Letters(), corpus=corpus)
    assert near.attrs["run"]["parameters"]["encoder"] == "letters"
    assert plain.attrs["run"]["parameters"]["encoder"] is None
    assert not near["cosine"].equals(plain["cosine"])
    with pytest.raises(bitext.BitextError, match="corpus="):
        bitext.similar_articles(counts, encoder=Letters())


def test_stories_say_which_encoder_they_used(tokens: bitext.Tokens) -> None:
    assert bitext.stories(tokens, encoder=Letters()).attrs["run"]["parameters"]["encoder"] == "letters"
    with pytest.raises(bitext.BitextError, match="encoder must be"):
        bitext.stories(tokens, encoder="word2vec")


def test_places_are_those_of_the_text_with_its_dateline() -> None:
    # "Reuters Brussels, 28 September - The EU approved the Chips Act. Japan agrees."
    zh = "路透布鲁塞尔9月28日 - 欧盟批准芯片法案。\n日本同意出口管制。"
    en = "BRUSSELS, Sept 28 (Reuters) - The EU approved the Chips Act.\nJapan agrees to export controls."
    table = bitext.align(pd.DataFrame({"zh": [zh], "en": [en]}))
    for row in table.itertuples():
        assert (row.zh, row.en) == (zh[row.start_zh : row.end_zh], en[row.start_en : row.end_en])
    assert table["zh"].tolist()[-1] == "日本同意出口管制。"


def test_of_long_documents_the_band_along_the_diagonal_gives_what_all_pairs_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = np.random.default_rng(3)
    rows = (draw.random((130, 40)) < 0.1).astype(float)
    left, right = sparse.csr_array(rows), sparse.csr_array(np.delete(rows, [10, 11, 70], axis=0))
    lengths = draw.integers(20, 200, 130).astype(float)
    other = np.delete(lengths, [10, 11, 70])
    whole = best_path.best_path(left, right, lengths, other)
    assert len(whole) > 100
    monkeypatch.setattr(best_path, "REACH", 12)
    assert best_path.best_path(left, right, lengths, other) == whole
    assert best_path.best_path(left[:2], right, lengths[:2], other)  # one side is far longer
    assert best_path.best_path(left[:0], right, lengths[:0], other) == []
