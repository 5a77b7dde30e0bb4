"""Names that the texts give in both languages are words and concepts of the run."""

import pandas as pd
import pytest

import bitext
from bitext.cli import main
from bitext.events.vectors import vectors
from bitext.pipeline.found_names import Pairs, table_with, words_of_run

#: "Langu Technology (Langu Technology) expands production", "Langu Technology replied", and in English.
TEXTS = [
    "岚谷科技（Langu Technology）扩大生产。",
    "记者说，岚谷科技（Langu Technology）已作回应。岚谷科技表示欢迎。",
    "Langu Technology expands. Langu Technology hires.",
]


def corpus() -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame({"text": TEXTS, "outlet": ["A", "A", "B"]}))


def test_a_pair_that_two_articles_give_is_a_concept_of_both_languages() -> None:
    result = bitext.compare(corpus(), min_articles=1)
    row = result["keyness_concepts"].set_index(["target", "term"]).loc[("A", "mined:langu_technology")]
    assert (row["n_target"], row["n_reference"]) == (3 + 2, 2), "the parentheses count, too"
    assert result.run["pairs"] == ["岚谷科技 = Langu Technology"]
    assert "岚谷科技" in result.tokens.types, "it is a word of its own"


def test_titles_of_stories_hold_the_concepts_of_the_run() -> None:
    """The texts name nobody; the Chinese title ("Langu Technology expands production") and the English do."""
    titles = ["岚谷科技扩大生产", "Langu Technology hires"]
    frame = pd.DataFrame({"text": ["工人到了。", "They came."], "title": titles, "outlet": ["A", "B"]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame), words=["岚谷科技"])

    def alike(pairs: Pairs) -> float:
        found = vectors(tokens, None, table=table_with(pairs))
        return float((found.shared[[0]] @ found.shared[[1]].T).sum())

    assert alike((("岚谷科技", "Langu Technology"),)) > 0
    assert alike(()) == 0


def test_switched_off_nothing_is_added() -> None:
    result = bitext.compare(corpus(), min_articles=1, extend=False)
    assert not result["keyness_concepts"]["term"].str.startswith("mined:").any()
    assert "pairs" not in result.run


def test_the_page_is_made_with_concepts_of_the_run(tmp_path) -> None:
    page = tmp_path / "page.html"
    bitext.compare(corpus(), min_articles=1).to_html(page)
    assert "mined:langu_technology" in page.read_text(encoding="utf-8")


def test_a_scan_gives_the_same_concepts(tmp_path) -> None:
    corpus().articles[["text", "outlet"]].to_csv(tmp_path / "articles.csv", index=False)
    whole = bitext.compare(bitext.read(tmp_path), min_articles=1)
    scanned = bitext.compare(bitext.scan(tmp_path), min_articles=1)
    pd.testing.assert_frame_equal(whole["keyness_concepts"], scanned["keyness_concepts"])
    assert whole.run["pairs"] == scanned.run["pairs"] != []


def test_the_command_can_switch_it_off(tmp_path, capsys) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert (
        main(["compare", str(tmp_path), "-o", str(out), "--no-extend", "--no-stories", "--by", "lang"]) == 0
    )
    assert "mined:" not in (out / "keyness_concepts.csv").read_text(encoding="utf-8-sig")


def test_a_name_of_an_outlet_that_is_no_word_is_not_taught(recwarn: pytest.WarningsRecorder) -> None:
    articles = pd.DataFrame({"text": TEXTS, "outlet": ["���", "———", "晨报"]})
    assert words_of_run({}, ["���", "———", "晨报"]) == [("晨报", None)]  # morning paper
    bitext.compare(bitext.Corpus.from_frame(articles), min_articles=1)
    assert not [one for one in recwarn if "dictionary" in str(one.message)]
