"""What sentences are held against in the texts: names within copies, renderings, characters of a word."""

import pandas as pd

import bitext
from bitext.pipeline.findings.findings_of_copies import same_text
from bitext.pipeline.findings.findings_of_names import renderings
from bitext.pipeline.text_facts import with_text_facts
from bitext.tokens.tokens import Tokens


def tokens_of(rows: list[tuple[str, str]]) -> Tokens:
    frame = pd.DataFrame(rows, columns=["outlet", "text"])
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


def test_an_agency_in_the_middle_of_a_copy_is_named_and_the_outlets_own_is_not() -> None:
    """据路透社报道: Reuters reports; UPS holds no agency of the name UP."""
    text = "官员周一到访。据路透社報道，双方会谈。UPS 也在。"
    tokens = tokens_of([("甲报", text), ("路透", "路透社说，会谈。")])
    table = pd.DataFrame({"article": tokens.articles["article"], "outlet": ["甲报", "路透"]})
    found = with_text_facts({"duplicates": table}, tokens, "outlet")["duplicates"]
    assert found["names"].tolist() == ["路透", ""]


def test_a_copy_that_names_whom_it_has_it_from_is_told_so() -> None:
    row = {"cluster": 0, "title": "会谈", "agency": "", "relation": "unknown", "sure": False, "hours": 1.0,
           "date": pd.Timestamp("2024-05-14"), "kept": 0.9, "new": 0.1, "containment": 0.9}  # fmt: skip
    table = pd.DataFrame(
        [
            {**row, "article": "a", "outlet": "路透", "nearest": None, "names": "", "relation": "origin"},
            {**row, "article": "b", "outlet": "甲报", "nearest": "a", "names": "Reuters"},
        ]
    )
    (finding,) = same_text({"duplicates": table})
    assert finding.en.endswith("It names Reuters.")
    assert finding.zh.endswith("文中提到Reuters。")
    # Where the text of which more stands in the other is told of, the other one may name whom it has it from.
    table["kept"] = 0.95
    (finding,) = same_text({"duplicates": table})
    assert finding.en.endswith("The text in 甲报 names Reuters.")


def test_a_text_that_shares_little_with_a_wire_did_not_run_in_both() -> None:
    row = {"cluster": 0, "title": "会谈", "agency": "AFP", "sure": True, "hours": 5.0, "new": 0.75,
           "kept": 0.5, "date": pd.Timestamp("2024-05-14")}  # fmt: skip
    for share, told in ((0.5, 0), (0.9, 1)):
        table = pd.DataFrame(
            [
                {**row, "article": "a", "outlet": "A", "nearest": None, "relation": "origin"},
                {
                    **row,
                    "article": "b",
                    "outlet": "B",
                    "nearest": "a",
                    "relation": "wire",
                    "containment": share,
                },
            ]
        )
        assert len(list(same_text({"duplicates": table}))) == told


def glossary_of(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["zh", "given_by", "printed_by"])
    return table.assign(en="Donald Trump", kind="transliteration", n=3, confidence=0.98, printed=table["zh"])


def test_renderings_are_told_where_outlets_print_them_and_not_where_they_print_another() -> None:
    """川普 and 特朗普 are Trump: an outlet that explains the one and prints the other is told of neither."""
    told = glossary_of([("川普", "甲报", "甲报 9"), ("唐纳德·特朗普", "乙报", "乙报 8")])
    assert len(list(renderings({"glossary": told}))) == 1
    wrong = glossary_of([("川普", "甲报", "甲报 9"), ("唐纳德·特朗普", "乙报", "甲报 20 · 乙报 8")])
    assert not list(renderings({"glossary": wrong}))
    cut = glossary_of([("和特朗普", "甲报", ""), ("唐纳德·特朗普", "乙报", "")])  # 和: and
    assert not list(renderings({"glossary": cut}))
    titled = glossary_of([("州务卿川普", "甲报", ""), ("唐纳德·特朗普", "乙报", "")])
    assert not list(renderings({"glossary": titled}))


def test_how_often_each_outlet_prints_a_rendering_is_counted_in_both_scripts() -> None:
    tokens = tokens_of([("甲报", "川普來了。特朗普走了。"), ("乙报", "特朗普说，唐纳德·特朗普不去。")])
    table = pd.DataFrame({"zh": ["川普", "唐纳德·特朗普"], "en": "Donald Trump", "kind": "transliteration",
                          "confidence": 0.98})  # fmt: skip
    found = with_text_facts({"glossary": table}, tokens, "outlet")["glossary"]
    assert found["printed_by"].tolist() == ["甲报 1", "乙报 2 · 甲报 1"]


def test_a_word_whose_characters_others_print_within_longer_words_is_known() -> None:
    """冠病 (Covid, in Singapore) stands in 新冠病毒 (the new coronavirus) of others."""
    tokens = tokens_of([("甲报", "冠病又来了。"), ("乙报", "新冠病毒又来了。")])
    table = pd.DataFrame({"target": "甲报", "reference": "(rest)", "term": ["冠病", "又来"], "n_reference": 0,
                          "n_target": [1, 0], "q": 0.01, "g2": 5.0})  # fmt: skip
    found = with_text_facts({"keyness": table}, tokens, "outlet")["keyness"]
    assert found["inside"].tolist() == [True, True]
    assert found["printed_more"].tolist() == [False, True]
    alone = with_text_facts({"keyness": table.assign(term="新冠", target="乙报")}, tokens, "outlet")[
        "keyness"
    ]
    assert alone["inside"].tolist() == [False, False]
