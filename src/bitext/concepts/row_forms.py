"""Rows of the concept table → forms: the ways to write a concept, with what each asks of its place."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from bitext.errors import LexiconError
from bitext.lexicons.inflection import plural, verb_forms

REGIONS = ("tw", "hk", "sg")
#: Kind of a row whose forms count for two concepts.
PAIR = "pair"
#: What a form asks of the capitals in the text, strictest first.
CASES = ("exact", "name", "any")
_MARKS = {"zh": {*REGIONS, "s"}, "en": {"v", "x", "c"}}
#: What a short form stands behind.
BEFORE_SHORT = "对访驻赴反亲在"
#: What only looks like a compound of short forms: to reflect, virtue, gorgeous, the town of Wuzhen, names.
_NO_COMPOUNDS = frozenset(
    {"反省", "美德", "华美", "乌镇", "中村", "中岛", "德岛", "德华", "英华", "法华", "核岛"}
)
CITY = "市"
DOT = "·"

Row = Mapping[str, str]


class Form(NamedTuple):
    """One way to write one or more concepts."""

    text: str
    concepts: tuple[int, ...]  # numbers into ConceptTable.labels
    lang: str  # "zh" or "en"
    case: str = "any"  # "any", "name" (begins with a capital) or "exact"
    regions: tuple[str, ...] = ()  # of "tw", "hk" and "sg" those where it is usual, and on the mainland not


def cells_of(row: Row, lang: str, source: str) -> Iterable[tuple[str, list[str]]]:
    """Return form and marks of each form of a row."""
    for cell in filter(None, row[lang].split("|")):
        text, *marks = cell.split("@")
        if set(marks) - _MARKS[lang] or not text.strip():
            accepted = sorted(_MARKS[lang])
            raise LexiconError(f"{source}, {row['concept']!r}: form {cell!r}; {lang} marks are {accepted}")
        yield text, marks


def members_of(row: Row, numbers: Mapping[str, int], source: str) -> tuple[int, ...]:
    """Return the numbers of the concepts that the forms of a row count for: one, of a pair two."""
    ids = row["concept"].split("+") if row["kind"] == PAIR else [row["concept"]]
    unknown = [concept for concept in ids if concept not in numbers]
    if unknown:
        raise LexiconError(f"{source}, {row['concept']!r}: there is no concept {unknown[0]!r} to pair")
    return tuple(numbers[concept] for concept in ids)


def forms_of(text: str, marks: Sequence[str], lang: str, concepts: tuple[int, ...]) -> list[Form]:
    """Return the form itself and behind it those that rules make of it."""
    if lang == "zh":
        regions = tuple(region for region in REGIONS if region in marks)
        dotless = [text.replace(DOT, "")] if DOT in text and text.replace(DOT, "").isalpha() else []
        return [Form(variant, concepts, lang, regions=regions) for variant in (text, *dotless)]
    if "c" in marks:
        return [Form(text, concepts, lang, "exact")]
    if text != text.lower():  # "war in Gaza" holds a name and does not begin with one
        return [Form(text, concepts, lang, "any" if text[0].islower() else "name")]
    variants: tuple[str, ...] = ()
    if "x" not in marks:
        variants = verb_forms(text) if "v" in marks else plural(text)
    return [Form(variant, concepts, lang) for variant in dict.fromkeys((text, *variants))]


def with_rank(form: Form) -> list[Form]:
    """Write the name of a city as official prose does: 宝鸡市, Baoji City, the city of Baoji.

    Examples:
        >>> [made.text for made in with_rank(Form("宝鸡", (0,), "zh"))]
        ['宝鸡市']
        >>> [made.text for made in with_rank(Form("Baoji", (0,), "en", "name"))]
        ['Baoji City', 'city of Baoji']
    """
    if form.lang == "zh":
        whole = len(form.text) > 1 and form.text[-1] not in "市县区州都"
        return [Form(form.text + CITY, form.concepts, "zh")] if whole else []
    if form.case != "name" or form.text.endswith("City"):
        return []
    return [
        Form(f"{form.text} City", form.concepts, "en", "name"),
        Form(f"city of {form.text}", form.concepts, "en"),
    ]


def compounds_of(shorts: Sequence[Form]) -> Iterable[Form]:
    """Write the compounds in which short forms count: 中美 (both), 对华 (one)."""
    for left, right in permutations(shorts, 2):
        if left.concepts != right.concepts and left.text + right.text not in _NO_COMPOUNDS:
            yield Form(left.text + right.text, left.concepts + right.concepts, "zh")
    for form in shorts:
        for before in BEFORE_SHORT:
            if before + form.text not in _NO_COMPOUNDS:
                yield Form(before + form.text, form.concepts, "zh")


def pairs_of(shorts: Sequence[Form], forms: Sequence[Form], rows: Sequence[Row]) -> Iterable[Form]:
    """Write the English pairs of the countries that have short forms: US-China, Sino-Japanese."""
    short = {form.concepts for form in shorts if rows[form.concepts[0]]["kind"] == "country"}
    names = [form for form in forms if form.concepts in short and form.lang == "en" and form.case != "any"]
    for left, right in permutations([form for form in names if form.text.isascii()], 2):
        if left.concepts != right.concepts and " " not in left.text + right.text:
            yield Form(f"{left.text}-{right.text}", left.concepts + right.concepts, "en", "name")
