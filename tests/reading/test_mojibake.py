"""Text that was read in the wrong encoding before it came here is mended, and that is said."""

from pathlib import Path

import pandas as pd
import pytest

import bitext

ZH = "新厂开工\n\n新厂周一正式开工，官员说，这是三年来的第一次。“我们很高兴。”她说，工程是三年前开始的。\n"
EN = (
    "The mayor’s plan\n\n“It’s a first,” the mayor said on Monday — the café opens in May, officials added.\n"
)


def read(tmp_path: Path, text: str) -> bitext.Corpus:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return bitext.read(tmp_path)


@pytest.mark.parametrize("text", [ZH, EN])
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_utf8_that_was_read_as_latin_1_is_mended_and_said(tmp_path: Path, text: str, wrong: str) -> None:
    try:
        broken = text.encode().decode(wrong)
    except UnicodeDecodeError:
        broken = text.encode().decode("latin-1")
    corpus, whole = read(tmp_path, broken), read(tmp_path, text)
    assert corpus.problems["kind"].tolist() == ["mended"]
    assert "encoding='utf-8'" in corpus.problems["problem"][0]
    assert corpus.articles["text"].tolist() != [broken]
    corpus = read(tmp_path, broken)
    for name in ("title", "text", "lang"):
        assert corpus.articles[name].tolist() == whole.articles[name].tolist()


def test_utf8_that_was_read_as_gbk_is_mended_but_for_what_was_lost(tmp_path: Path) -> None:
    corpus = read(tmp_path, ZH.encode().decode("gb18030", "replace"))
    row = corpus.articles.iloc[0]
    assert row["text"].startswith("新厂周一正式")
    assert corpus.problems["kind"].tolist() == ["mended", "damaged"]


def test_cells_of_tables_are_mended_too(tmp_path: Path) -> None:
    frame = pd.DataFrame({"title": ["新厂开工"], "outlet": ["寰岳时报"], "text": [ZH.split("\n")[2]]})
    broken = frame.map(lambda cell: cell.encode().decode("latin-1"))
    fixed = bitext.Corpus.from_frame(broken).articles.iloc[0]
    assert (fixed["title"], fixed["outlet"], fixed["lang"]) == ("新厂开工", "寰岳时报", "zh")


def test_what_cannot_be_had_back_is_said(tmp_path: Path) -> None:
    corpus = read(tmp_path, ZH.replace("正式", "锟斤拷"))
    assert corpus.problems["kind"].tolist() == ["damaged"]


@pytest.mark.parametrize(
    "text",
    [
        "Le Café\n\nÀ São Paulo, la fête a commencé; Ångström, naïve, coöperate, Übermut – très bien.\n",
        "一把锛子\n\n木匠用锛子和鈥字各一个，官员说，这是三年来的第一次。\n",  # rare characters
        ZH,
        EN,
    ],
)
def test_text_that_is_right_stays_as_it_is(tmp_path: Path, text: str) -> None:
    corpus = read(tmp_path, text)
    assert corpus.articles["text"].tolist() == [text.split("\n")[2]]
    assert not len(corpus.problems)
