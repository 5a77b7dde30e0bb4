"""The two halves of the concept table: what look-up relies on and what no reader would notice by eye."""

import re
from collections import defaultdict

import opencc
import pytest

from bitext.lexicons import loader
from bitext.lexicons.inflection import plural, verb_forms

HALVES = ("concepts_names", "concepts_terms")
ROWS = [row for half in HALVES for row in loader.rows(half)]
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


@pytest.mark.parametrize("half", HALVES)
def test_ids_are_slugs_in_order(half: str) -> None:
    ids = [row["concept"] for row in loader.rows(half)]
    assert ids == sorted(ids)
    assert [concept for concept in ids if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", concept)] == []


def test_ids_are_unique_over_both_halves() -> None:
    ids = [row["concept"] for row in ROWS]
    assert sorted(concept for concept in set(ids) if ids.count(concept) > 1) == []


@pytest.mark.parametrize("half", HALVES)
def test_every_row_has_forms_in_both_languages_with_known_marks(half: str) -> None:
    wrong = [
        (row["concept"], form, mark)
        for row in loader.rows(half)
        for column, marks in (("zh", ZH_MARKS), ("en", EN_MARKS))
        for form, mark in _cut(row[column])
        if not form.strip() or form != form.strip() or mark not in marks
    ]
    assert wrong == []


@pytest.mark.parametrize("half", HALVES)
def test_chinese_forms_are_simplified(half: str) -> None:
    convert = opencc.OpenCC("t2s").convert
    forms = [form for row in loader.rows(half) for form, _ in _cut(row["zh"])]
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
    listed = {form for row in loader.rows("concepts_terms") for form, _ in _cut(row["en"])}
    makers: dict[str, set[str]] = defaultdict(set)
    for row in loader.rows("concepts_terms"):
        for form, mark in _cut(row["en"]):
            for made in _inflected(form, mark):
                makers[made].add(row["concept"])
    assert {form: sorted(ids) for form, ids in makers.items() if len(ids) > 1 and form not in listed} == {}
