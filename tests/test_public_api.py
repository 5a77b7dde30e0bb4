"""The public names: what checkers see, what is documented, and what happens on little or no input."""

import ast
import inspect
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext import schema

SOURCE = Path(bitext.__file__).parent
DOCS = SOURCE.parents[1] / "docs"


def test_type_checkers_see_the_names_loaded_on_first_use() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    seen = {
        name.asname: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert seen == bitext._HOMES, "write the new name into both places of __init__.py"


@pytest.mark.parametrize("name", bitext.__all__)
def test_every_public_name_says_what_goes_in_what_comes_out_and_shows_it(name: str) -> None:
    value = getattr(bitext, name)
    text = inspect.getdoc(value)
    assert text
    if inspect.isclass(value):
        return
    parts = {part.split(":")[0]: part for part in re.split(r"\n(?=[A-Z]\w+:\n)", text)}
    said = re.findall(r"^    (\**\w[\w, *]*):", parts["Args"], re.MULTILINE)
    names = {word.strip(" *") for words in said for word in words.split(",")}
    assert set(inspect.signature(value).parameters) == names
    assert {"Returns", "Yields"} & set(parts)
    assert ">>>" in parts["Examples"]


def articles(*rows: tuple[str, str]) -> bitext.Corpus:
    """Make a corpus of (outlet, text)."""
    frame = pd.DataFrame(rows, columns=["outlet", "text"])
    return bitext.Corpus.from_frame(frame)


def nothing() -> bitext.Corpus:
    return bitext.Corpus(schema.empty(schema.ARTICLES))


ZH = "工厂上周开始试产，工程师说设备运转正常。"  # the plant began trial production; the engineer said it runs
EN = "The plant began trial production last week, engineers said."
CORPORA = {
    "nothing": nothing,
    "one article": lambda: articles(("甲", ZH)),
    "one outlet": lambda: articles(("甲", ZH), ("甲", ZH + "公司没有答复。")),
    "mixed languages, no dates": lambda: articles(("甲", ZH), ("A", EN)),
    "undecided": lambda: articles(("甲", "1 2 3")),
}
STEPS = {
    "tokenize": lambda corpus: bitext.tokenize(corpus).to_frame(),
    "count": lambda corpus: bitext.count(bitext.tokenize(corpus)).to_frame(),
    "keywords": lambda corpus: bitext.keywords(bitext.count(bitext.tokenize(corpus)), by="outlet"),
    "keyness": lambda corpus: bitext.keyness(bitext.count(bitext.tokenize(corpus)), by="outlet"),
    "kwic": lambda corpus: bitext.kwic(bitext.tokenize(corpus), "unseen|沒有"),
    "stance_by_article": lambda corpus: bitext.stance_by_article(bitext.tokenize(corpus)),
    "stance": lambda corpus: bitext.stance(bitext.tokenize(corpus), by="outlet"),
    "evidence": lambda corpus: bitext.evidence(bitext.tokenize(corpus)),
    "duplicates": lambda corpus: bitext.duplicates(corpus),
    "stories": lambda corpus: bitext.stories(bitext.tokenize(corpus)),
    "timeline": lambda corpus: bitext.timeline(bitext.count(bitext.tokenize(corpus))),
    "similarity": lambda corpus: bitext.similarity(bitext.count(bitext.tokenize(corpus)), by="outlet"),
    "dispersion": lambda corpus: bitext.dispersion(bitext.count(bitext.tokenize(corpus))),
    "compare": lambda corpus: bitext.compare(corpus).tables["groups"],
}


ONE_GROUP = "needs two groups or more; by outlet there is"
TWO_LANGUAGES = "of different languages cannot be compared"
NO_DATE = "no article has a date; a timeline needs the column date"
FEATURES = 110
#: Rows of the table, or what the refusal says, for each corpus in the order of CORPORA.
EXPECTED: dict[str, tuple[int | str, ...]] = {
    "tokenize": (0, 11, 26, 22, 3),
    "count": (0, 1, 2, 2, 1),
    "keywords": (0, 6, 8, TWO_LANGUAGES, 0),
    "keyness": (
        f"{ONE_GROUP} none",
        f"{ONE_GROUP} ['甲']",
        f"{ONE_GROUP} ['甲']",
        TWO_LANGUAGES,
        f"{ONE_GROUP} none",
    ),
    "kwic": (0, 0, 1, 0, 0),
    "stance_by_article": (0, 1, 2, 2, 1),
    "stance": (0, FEATURES, FEATURES, 2 * FEATURES, FEATURES),
    "evidence": (0, 2, 5, 4, 0),
    "duplicates": (0, 0, 2, 0, 0),
    "stories": (0, 0, 2, 0, 0),
    "timeline": (NO_DATE,) * 5,
    "similarity": (
        f"{ONE_GROUP} none",
        f"{ONE_GROUP} ['甲']",
        f"{ONE_GROUP} ['甲']",
        TWO_LANGUAGES,
        ONE_GROUP,
    ),
    "dispersion": (0, 6, 8, TWO_LANGUAGES, 0),
    "compare": ("the corpus holds no article: there is nothing to compare", 1, 1, 2, 1),
}


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("step", STEPS)
def test_little_input_gives_so_many_rows_or_a_refusal_that_says_why(step: str, corpus: str) -> None:
    expected = EXPECTED[step][list(CORPORA).index(corpus)]
    if isinstance(expected, str):
        with pytest.raises(bitext.BitextError, match=re.escape(expected)):
            STEPS[step](CORPORA[corpus]())
    else:
        assert len(STEPS[step](CORPORA[corpus]())) == expected


def test_objects_show_hostile_text_as_text() -> None:
    hostile = "<script>alert(1)</script>"
    corpus = bitext.Corpus.from_frame(
        pd.DataFrame({"outlet": [hostile], "title": [hostile], "text": [f"{ZH}他写道“{hostile}”。"]})
    )
    tokens = bitext.tokenize(corpus)
    for shown in (corpus, tokens, bitext.count(tokens), bitext.compare(corpus)):
        assert "<script" not in shown._repr_html_()


def test_a_notebook_shows_findings_first_and_columns_beyond_ten_on_request() -> None:
    corpus = articles(("甲", ZH), ("乙", ZH))  # outlets "A" and "B"
    shown = corpus._repr_html_()
    first, rest = shown.split("<details>")
    assert 8 <= first.count("<th>") <= 10
    assert "<th>title</th>" in first
    assert "<th>caption</th>" not in first
    assert "<th>caption</th>" in rest
    assert "<th>text</th>" not in shown
    result = bitext.compare(corpus)
    found = pd.DataFrame({"en": ["A & B differ."], "zh": ["两家不同。"], "strength": ["counted"]})
    told = replace(result, tables={**result.tables, "findings": found})._repr_html_()
    assert told.startswith(
        '<ol><li>A &amp; B differ. <em>(counted)</em><br><span lang="zh">两家不同。</span></li>'
    )


def test_a_seed_is_a_whole_number() -> None:
    counts = bitext.count(bitext.tokenize(articles(("甲", ZH), ("甲", ZH), ("乙", ZH), ("乙", ZH))))
    with pytest.raises(bitext.BitextError, match="whole number from 0"):
        bitext.keyness(counts, by="outlet", test="bootstrap", seed=-1)


def test_columns_that_a_frame_lacks_are_named() -> None:
    with pytest.raises(bitext.TableError, match="'nocol'"):
        bitext.Corpus.from_frame(pd.DataFrame({"text": [ZH]}), date="nocol")


def test_no_message_sends_anybody_to_a_name_on_the_index_that_is_not_ours() -> None:
    for path in SOURCE.rglob("*.py"):
        assert not re.search(r"pip install '?bitext", path.read_text(encoding="utf-8")), path
