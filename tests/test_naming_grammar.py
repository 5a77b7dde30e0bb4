"""docs/naming_grammar.md is the grammar: the same word means the same thing in every signature and table."""

import inspect
import re
from collections import defaultdict
from pathlib import Path

import pytest

import bitext
from bitext.checked import _names
from tests.tables import public_tables

PAGE = (Path(__file__).parents[1] / "docs" / "naming_grammar.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<word>\w+)` \| (?P<meaning>[^|]+) \| (?P<kinds>[^|]+) \|$", re.MULTILINE)
ARGUMENTS, COLUMNS = (
    {row["word"]: set(row["kinds"].strip().split("; ")) for row in ROW.finditer(part)}
    for part in PAGE.split("## Columns")
)
ENDINGS = ("_target", "_reference", "_low", "_high", "_zh", "_en", "_a", "_b", "_peers", "_left", "_right")
KINDS = {
    "O": "text",
    "i": "whole number",
    "u": "whole number",
    "f": "number",
    "b": "true or false",
    "M": "date",
}
FUNCTIONS = [name for name in bitext.__all__ if not inspect.isclass(getattr(bitext, name))]
#: Words that the grammar has replaced, and by what.
REPLACED = {
    "k": "top",
    "method": "test",
    "confidence": "alpha or min_confidence",
    "trim": "min_articles",
    "least": "min_...",
}


def stem(column: str) -> str:
    """Return a column's word without the ending that says which side it is of."""
    for ending in ENDINGS:
        if column.endswith(ending) and column.removesuffix(ending) in COLUMNS:
            return column.removesuffix(ending)
    return column


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arguments_are_words_of_the_grammar_and_take_what_it_says(name: str) -> None:
    for word, parameter in inspect.signature(getattr(bitext, name)).parameters.items():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            continue
        assert word not in REPLACED, f"write {REPLACED[word]}"
        assert word in ARGUMENTS, f"{name}({word}=): not in docs/naming_grammar.md"
        more = set(_names(parameter.annotation)) - ARGUMENTS[word]
        assert not more, f"{name}({word}=) takes {more}, elsewhere {ARGUMENTS[word]}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_options_are_keywords(name: str) -> None:
    function = getattr(bitext, name)
    options = [
        word
        for word, parameter in inspect.signature(function).parameters.items()
        if parameter.default is not inspect.Parameter.empty
        and parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    ]
    assert not options or name in ("stopwords", "plot"), f"{name}: {options} should be keyword-only"


def test_columns_are_words_of_the_grammar_and_hold_what_it_says() -> None:
    wrong = []
    for name, table in public_tables().items():
        for column in table.columns if len(table) else ():
            kinds = COLUMNS.get(stem(column))
            kind = KINDS[table[column].dtype.kind]
            if kinds is None or kind not in kinds:
                wrong.append(f"{name}.{column} is {kind}; the grammar says {kinds}")
    assert not wrong, "\n".join(wrong)


def test_a_column_is_of_one_kind_wherever_it_stands() -> None:
    assert not {word for word, kinds in COLUMNS.items() if len(kinds) > 1}


def test_no_word_of_the_grammar_is_left_over() -> None:
    used = {word for name in FUNCTIONS for word in inspect.signature(getattr(bitext, name)).parameters}
    assert set(ARGUMENTS) <= used
    columns: dict[str, list[str]] = defaultdict(list)
    for name, table in public_tables().items():
        for column in table.columns:
            columns[stem(column)].append(name)
    assert set(COLUMNS) <= set(columns)
