"""A list of texts → a corpus, and a vocabulary that was given → its columns: what vectorizers are handed."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from bitext.corpus.corpus import Corpus
from bitext.errors import BitextError
from bitext.schema import ARTICLES


def corpus_of(texts: Sequence[str]) -> Corpus:
    """Return a corpus of one article a text, numbered from 0."""
    if isinstance(texts, str):
        raise BitextError(f"X must be a sequence of texts, not one str: {texts[:40]!r}")
    if isinstance(texts, pd.DataFrame):
        raise BitextError(
            f"X must be one column of texts, not a table with columns {list(texts.columns)[:5]}"
        )
    column = list(texts)
    for row, text in enumerate(column):
        if not isinstance(text, str):
            raise BitextError(f"X must hold str; row {row} is {text!r}")
    articles = pd.DataFrame({name: [""] * len(column) for name in ARTICLES})
    articles["article"] = [str(row) for row in range(len(column))]
    articles["text"] = pd.Series(column, dtype=object)  # lone surrogates included
    return Corpus(articles)


def listed(vocabulary: Iterable[str] | Mapping[str, int]) -> dict[str, int]:
    """Return a vocabulary that was given as term -> column."""
    if isinstance(vocabulary, str):
        raise BitextError(f"vocabulary must be a list of terms, not one str: {vocabulary[:40]!r}")
    if isinstance(vocabulary, Mapping):
        found = dict(vocabulary)
        if sorted(found.values()) != list(range(len(found))):
            raise BitextError(f"vocabulary must number its {len(found)} terms from 0, each number once")
    else:
        terms = list(vocabulary)
        found = {term: column for column, term in enumerate(terms)}
        if len(found) < len(terms):
            twice = next(term for term in terms if terms.count(term) > 1)
            raise BitextError(f"vocabulary names {twice!r} twice; give each term once")
    if not found:
        raise BitextError("vocabulary is empty; give terms, or None to learn them")
    return found
