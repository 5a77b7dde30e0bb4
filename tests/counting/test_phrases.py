"""Phrases: which runs of words hold together, and what unit="phrase" counts."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError

TALKS = (
    "The White House spoke of NATO. Export controls hit chips, a White House aide said.",
    "A chip maker told the White House that an export control hurts; Tokyo and NATO said so.",
    "In the White House, talks on chips and export controls went on. NATO waits.",
    "The export controls of the White House hit chips.",
)


def tokens(*texts: str, **columns: list[str]) -> bitext.Tokens:
    return bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": list(texts), **columns})))


def test_a_phrase_has_its_test_and_the_articles_that_use_it() -> None:
    row = bitext.phrases(tokens(*TALKS)).set_index("phrase").loc["white house"]
    assert (row["n"], row["articles"], row["words"]) == (5, 4, 2)
    assert row["npmi"] > 0.4
    assert row["q"] < 0.05


def test_a_run_that_is_always_part_of_a_longer_one_is_no_phrase() -> None:
    texts = [f"The New York Times {verb} a story." for verb in ("printed", "ran", "held", "killed")]
    assert bitext.phrases(tokens(*texts))["phrase"].tolist() == ["new york times"]


def test_phrases_are_shown_as_they_are_written_and_inflections_are_one_row() -> None:
    counts = bitext.count(tokens(*TALKS), unit="phrase")
    sums = dict(zip(counts.terms, counts.matrix.sum(axis=0).tolist(), strict=True))
    assert sums["White House"] == 5
    assert sums["chips"] == 4
    assert sums["NATO"] == 3
    assert "white" not in sums
    assert "chip" not in sums


def test_all_forms_of_a_word_count_where_one_of_them_stands_in_a_phrase_alone() -> None:
    texts = ["The chip maker met Apple.", "Chips fell today, chips rose.", "A chip maker sued."]
    counts = bitext.count(tokens(*texts, "The chip maker lost; phones and chips won."), unit="phrase")
    sums = dict(zip(counts.terms, counts.matrix.sum(axis=0).tolist(), strict=True))
    assert sums["chip maker"] == 3
    assert max(sums.get("chip", 0), sums.get("chips", 0)) == 6  # three in the phrase, three alone
    assert "maker" not in sums


def test_a_name_with_a_capital_is_not_joined_with_the_word_it_looks_like() -> None:
    text = "We saw Gates. Later Bill Gates left by a gate. Another gate."
    counts = bitext.count(tokens(text), unit="phrase")
    assert {"Gates", "gate"} <= set(counts.terms)


def test_chinese_words_that_stand_together_are_counted_whole() -> None:
    # the authorities hold to the zero-Covid policy; people criticise it; it affects the economy
    texts = [
        "当局坚持清零政策。",
        "民众批评清零政策，政策有变。",
        "清零政策影响经济。",
    ]
    counts = bitext.count(tokens(*texts), unit="phrase")
    assert "清零政策" in counts.terms
    assert "政策" in counts.terms  # policy also stands alone


def test_a_scan_counts_the_same_phrases_as_a_corpus(tmp_path: Path) -> None:
    for number, text in enumerate(TALKS):
        (tmp_path / f"{number}.md").write_text(f"# Talks {number}\n\n{text * 3}\n", encoding="utf-8")
    held = bitext.count(bitext.tokenize(bitext.read(tmp_path)), unit="phrase").group("outlet")
    lazy = bitext.count(bitext.tokenize(bitext.scan(tmp_path, size=200)), unit="phrase").group("outlet")
    assert lazy == held
    assert "White House" in lazy.terms


def test_keywords_of_an_article_know_position_and_title() -> None:
    # chips first, the weather and tourism between, fisheries last
    between = "会议讨论天气和旅游。代表们认为天气多变。旅游业希望天气转好。有人问起旅游。"
    body = "半导体出口受限。" + between + "官员也提到渔业。"
    other = "旅游业复苏，游客增加，天气转好。"
    counts = bitext.count(
        tokens(body, other, title=["半导体出口受限", "旅游"]), unit="phrase", title_weight=3, prominence=True
    )
    table = bitext.keywords(counts, by="article", weighting="article")
    first = table[table["article"] == counts.articles["article"].iloc[0]]["term"].tolist()
    assert first[0] == "半导体"
    assert "渔业" not in first


def test_weighting_by_article_says_what_to_write() -> None:
    counts = bitext.count(tokens(*TALKS))
    with pytest.raises(BitextError, match=r"prominence=True"):
        bitext.keywords(counts, by="article", weighting="article")


def test_compare_takes_phrases_and_keeps_copies_if_asked() -> None:
    corpus = bitext.Corpus.from_frame(
        pd.DataFrame({"text": [*TALKS, *TALKS], "outlet": ["A", "A", "B", "B", "A", "A", "B", "B"]})
    )
    kept = bitext.compare(corpus, unit="phrase", copies="keep", min_articles=1)["keyness"]
    once = bitext.compare(corpus, unit="phrase", min_articles=1)["keyness"]
    whole = [table.set_index("term").loc["White House", "n_target"].max() for table in (kept, once)]
    assert whole == [6, 3]
    with pytest.raises(BitextError, match="concept"):
        bitext.compare(corpus, unit="concept")
