"""What tables of a comparison say of articles that repeat one of the same outlet."""

import pandas as pd

import bitext
from bitext.copies.repeats import repeats, say_repeats

TEXT = "工程师在桥墩发现裂缝后，青川大桥周一封闭，估计修复需要四十五天，费用两亿三千万元，市长说。"


def of_outlets(outlets: str) -> bitext.Corpus:
    rows = [(name, f"2031-03-0{day}", f"青川大桥封闭 {day}", TEXT) for day, name in enumerate(outlets, 1)]
    return bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "date", "title", "text"]))


def test_an_outlets_second_print_of_a_text_is_a_repeat_and_anothers_is_not() -> None:
    found = repeats(bitext.duplicates(of_outlets("AAB")))
    assert len(found) == 1


def test_tables_with_and_without_repeats_say_so_in_one_voice() -> None:
    tables = {name: pd.DataFrame() for name in ("keyness", "naming", "glossary")}
    tables["naming"].attrs["note"] = "nothing found"
    assert "--copies keep" in say_repeats(tables, 2)
    assert tables["keyness"].attrs["note"] == (
        "counts words without 2 articles that repeat one of the same outlet"
    )
    assert tables["naming"].attrs["note"] == (
        "nothing found; counts also 2 articles that repeat one of the same outlet"
    )
    assert "note" not in tables["glossary"].attrs


def test_nothing_is_said_where_nothing_repeats() -> None:
    tables = {"keyness": pd.DataFrame()}
    assert say_repeats(tables, 0) == ""
    assert "note" not in tables["keyness"].attrs
