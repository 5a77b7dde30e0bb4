"""Tables and dictionaries of one's own: they add, and what was there before holds afterwards."""

from pathlib import Path

import pandas as pd

import bitext
from bitext.concepts.lookup import find_concepts
from bitext.concepts.own_rows import add_dictionary
from bitext.concepts.table import ConceptTable

BASE = [
    {"concept": "economy", "kind": "economy", "zh": "经济", "en": "economy", "note": ""},
    {"concept": "chip", "kind": "product", "zh": "芯片", "en": "chip|microchip", "note": ""},
]


def entry(zh: str, *en: str) -> dict[str, str]:
    return {"concept": f"cedict:{zh}", "kind": "cedict", "zh": zh, "en": "|".join(en), "note": ""}


def rows(*entries: dict[str, str]) -> dict[str, dict[str, str]]:
    return {row["concept"]: dict(row) for row in add_dictionary(entries, BASE).rows}


def test_a_word_of_a_dictionary_joins_the_concept_that_all_its_glosses_know() -> None:
    """晶元 (wafer, here: chip, microchip) becomes a form of chip."""
    found = rows(entry("晶元", "chip", "microchip"))
    assert found["chip"]["zh"] == "芯片|晶元"
    assert "cedict:晶元" not in found


def test_glosses_that_disagree_leave_the_table_as_it_is() -> None:
    """A word glossed as chip and as economy."""
    assert rows(entry("某词", "chip", "economy")) == {row["concept"]: row for row in BASE}


def test_a_known_word_takes_names_and_longer_glosses_only_where_one_agrees() -> None:
    found = rows(entry("芯片", "chip", "integrated circuit", "crisp"))
    assert found["chip"]["en"] == "chip|microchip|integrated circuit"
    assert rows(entry("芯片", "crisp", "thin slice"))["chip"]["en"] == "chip|microchip"


def test_a_new_word_that_holds_a_known_one_is_left_out() -> None:
    """经济舱, economy class: 经济 would be lost in it; 光刻机, lithography machine, is new."""
    found = add_dictionary([entry("经济舱", "coach class"), entry("光刻机", "lithography machine")], BASE)
    assert {row["concept"] for row in found.rows} == {"economy", "chip", "cedict:光刻机"}
    assert (found.concepts, found.left_out) == (1, 1)


def test_a_known_id_adds_its_forms_and_loses_none(tmp_path: Path) -> None:
    """芯粒, a chiplet, for the user a chip."""
    file = tmp_path / "mine.tsv"
    file.write_text("concept\tkind\tzh\ten\tnote\nchip\t\t芯粒\tchiplet\t\n", encoding="utf-8")
    table = ConceptTable.read(file)
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["芯粒和芯片。", "Chiplets and chips."]}))
    hits = find_concepts(bitext.tokenize(corpus, words=["芯粒"]), table)
    assert [str(hits.labels[number]) for number in hits.concept] == ["chip"] * 4
    assert table.added == {"forms": 2, "concepts": 0, "moved": 0, "left_out": 0}
