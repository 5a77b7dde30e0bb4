"""Which words the tokenizer knows beside jieba's: from a file, a list, a table."""

import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from bitext import schema
from bitext.concepts.lookup import ConceptTable
from bitext.errors import LexiconError
from bitext.text.chinese import userdict
from bitext.text.chinese.cutter import Entry

#: What *dictionary* may be.
Dictionary = str | Path | Sequence[str | tuple[str, float | str | None]] | pd.DataFrame

#: Mixed words that jieba's dictionary lacks. Facts of the language, listed by this project.
_OWN = (
    "卡拉OK",
    "5G网络",
    "4G网络",
    "6G网络",
    "3D打印",
    "APP店",
    "IT业",
    "IT行业",
    "Q弹",
    "P图",
    "AI芯片",
    "Mate 60",
)

#: Words of jieba's dictionary that are pieces of longer ones: 冠病|疫苗 is cut, and not 冠|病疫苗.
_NONE = ("病疫苗", "病疫情")


class WithLearnt(list[Entry]):
    """The words given, and those found in the articles: the run record of what is cut with them lists these.

    Attributes:
        learnt: the words that were found.
    """

    def __init__(self, given: Dictionary, found: Iterable[Entry]) -> None:
        found = list(found)
        super().__init__([*entries_of(given), *found])
        self.learnt = [*getattr(given, "learnt", ()), *(word for word, _ in found)]


def resolve(dictionary: Dictionary, words: Dictionary = ()) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return the entries that *dictionary* and *words* name, and the problems met in them.

    Problems are also issued as one warning, so that a bad line is seen; the good lines all count.
    """
    entries: list[Entry] = []
    problems: list[str] = []
    if not is_jiebas(dictionary):
        entries.extend(_names())
    for source in (dictionary, words):
        if isinstance(source, str) and source in ("default", "jieba"):
            continue
        found = _read(source)
        entries.extend(found.entries)
        problems.extend(found.problems)
    if problems:
        warnings.warn("dictionary: " + "; ".join(problems), UserWarning, stacklevel=3)
    return tuple(dict(entries).items()), tuple(problems)


def is_jiebas(dictionary: Dictionary) -> bool:
    """Say whether jieba's dictionary is asked for alone, and what it makes of a text, to the bit."""
    return isinstance(dictionary, str) and dictionary == "jieba"


def entries_of(words: Dictionary) -> tuple[Entry, ...]:
    """Return the good entries of one source of words."""
    return () if isinstance(words, str) and words in ("default", "jieba") else _read(words).entries


@cache
def _names() -> tuple[Entry, ...]:
    names = ((word, None) for word in (*_OWN, *ConceptTable.default().names))
    return (*((word, 0) for word in _NONE), *names)


def _read(source: Dictionary) -> userdict.UserDictionary:
    if isinstance(source, str | Path):
        return userdict.read(source)
    if isinstance(source, pd.DataFrame):
        return _read_table(source)
    if isinstance(source, Iterable):
        rows = [(item, None) if not isinstance(item, tuple) else (item[0], item[1]) for item in source]
        return userdict.check((f"list:{n}", word, count) for n, (word, count) in enumerate(rows, 1))
    raise LexiconError(
        f"dictionary must be 'default', 'jieba', a path, a list of words or a DataFrame, not {source!r}"
    )


def _read_table(table: pd.DataFrame) -> userdict.UserDictionary:
    column = "term" if "term" in table.columns and "word" not in table.columns else "word"
    schema.require(table, [column], "the dictionary table")
    counts = (
        table["frequency"]
        if "frequency" in table.columns
        else pd.Series(None, index=table.index, dtype=object)
    )
    rows = zip(table.index, table[column], counts, strict=True)
    return userdict.check(
        (f"row {label}", word, None if pd.isna(count) else count) for label, word, count in rows
    )
