"""The concept table: what look-up relies on and what no reader would notice by eye."""

import re
from collections import defaultdict

import opencc
import pytest

from bitext.lexicons import loader
from bitext.lexicons.inflection import plural, verb_forms

ROWS = loader.rows("concepts")
ZH_MARKS = {"", "tw", "hk", "sg", "s"}
EN_MARKS = {"", "v", "x", "c"}


def _cut(cell: str) -> list[tuple[str, str]]:
    """Return (form, mark) for every form of a cell."""
    return [(form, mark) for form, _, mark in (item.partition("@") for item in cell.split("|"))]


def _inflected(form: str, mark: str) -> tuple[str, ...]:
    """Return the forms that code makes of a listed one, without the listed one itself."""
    if mark == "v":
        return verb_forms(form)
    return plural(form) if not mark and form == form.lower() else ()


def test_ids_are_unique_slugs_in_order() -> None:
    ids = [row["concept"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert [concept for concept in ids if not re.fullmatch(r"[a-z0-9]+([_+][a-z0-9]+)*", concept)] == []


def test_only_pairs_join_two_ids_and_both_exist() -> None:
    ids = {row["concept"] for row in ROWS}
    pairs = {row["concept"] for row in ROWS if row["kind"] == "pair"}
    assert pairs == {concept for concept in ids if "+" in concept}
    assert {part for concept in pairs for part in concept.split("+")} <= ids


def test_every_row_has_forms_in_both_languages_with_known_marks() -> None:
    wrong = [
        (row["concept"], form, mark)
        for row in ROWS
        for column, marks in (("zh", ZH_MARKS), ("en", EN_MARKS))
        for form, mark in _cut(row[column])
        if not form.strip() or form != form.strip() or not set(mark.split("@")) <= marks
    ]
    assert wrong == []


def test_chinese_forms_are_simplified() -> None:
    convert = opencc.OpenCC("t2s").convert
    forms = [form for row in ROWS for form, _ in _cut(row["zh"])]
    assert [form for form in forms if convert(form) != form] == []


@pytest.mark.parametrize("column", ["zh", "en"])
def test_a_form_stands_in_one_concept_only(column: str) -> None:
    home: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for form, _ in _cut(row[column]):
            home[form].add(row["concept"])
    assert {form: sorted(ids) for form, ids in home.items() if len(ids) > 1} == {}


def test_an_inflected_form_is_made_by_one_concept_or_listed_by_one() -> None:
    """`building` is made of build and listed as a noun: the listed one wins; two makers: a toss-up."""
    listed = {form for row in ROWS for form, _ in _cut(row["en"])}
    makers: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for form, mark in _cut(row["en"]):
            for made in _inflected(form, mark):
                makers[made].add(row["concept"])
    assert {form: sorted(ids) for form, ids in makers.items() if len(ids) > 1 and form not in listed} == {}


REGIONAL = {
    "tw": "钓鱼台 程式 外送 幼稚园 计程车 捷运 软体 塞普勒斯 矽 影片 资讯 简讯 萤幕 便当 泡面 鲔鱼 冷气",
    "hk": "的士 警署 巴士 雪柜 洗黑钱 楼价 公屋 外佣 港铁 记招会 长者",
    "sg": "德士 组屋 巴刹 客工 冠病 令吉 面簿",
}


@pytest.mark.parametrize("region", REGIONAL)
def test_words_of_taiwan_hong_kong_and_singapore_have_a_concept(region: str) -> None:
    forms = {form for row in ROWS for form, _ in _cut(row["zh"])}
    assert [word for word in REGIONAL[region].split() if word not in forms] == []


@pytest.mark.parametrize("name", ["Uygur", "Xizang"])
def test_spellings_of_mainland_media_have_a_concept(name: str) -> None:
    assert name in {form for row in ROWS for form, _ in _cut(row["en"])}
