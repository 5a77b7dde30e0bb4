"""Articles → the words and the pairs of names that they give themselves: what a run knows beyond lexicons.

Both are found in one pass, before the words of the run are cut: words that the dictionary lacks
(`bitext.new_words`), and names that the texts give in both languages in parentheses (`bitext.glossary`). A
pair becomes a form of the concept that has one of its names, or a concept of that run
(`mined:langu_technology`).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pandas as pd

from bitext.concepts.lookup import ConceptTable
from bitext.corpus.scan import Progress, Scan
from bitext.engines.reduction import Reduction, together
from bitext.glossaries import glossary
from bitext.text.chinese.cutter import Entry
from bitext.tokenizing.dictionary import entries_of
from bitext.tokenizing.over_batches import reduced
from bitext.tokenizing.tokenize import LEARNT
from bitext.tokens.tokens import Tokens
from bitext.words import new_words

#: Pairs that feed a run: so many articles give them, with so much confidence.
_ARTICLES, _CONFIDENCE = 2, 0.75
#: 研究公司 is left out beside 凯斯特研究（Kestrel Research）, whose confidence is higher by .17.
_MUCH_SURER = 0.1

#: Chinese and Latin names.
Pairs = tuple[tuple[str, str], ...]
Each = Reduction[Tokens, dict[str, Any], dict[str, Any]]


class FoundNames(NamedTuple):
    """What the articles give.

    Attributes:
        words: words that the dictionary lacks, those of *pairs* among them, with their frequencies.
        pairs: names in both languages.
    """

    words: list[Entry]
    pairs: Pairs = ()


class _Gathered(NamedTuple):
    parts: dict[str, Any]
    run: Mapping[str, Any]


def found_names(
    source: Tokens | Scan, *, learn: bool, extend: bool, progress: Progress | None = None
) -> FoundNames:
    """Return what the articles give (of more than 20,000 a sample is looked at).

    Args:
        source: the articles, their words cut by the dictionary.
        learn: look for words.
        extend: look for pairs of names.
        progress: for a `Scan`.
    """
    wanted: dict[str, Reduction[Tokens, Any, Any]] = {}
    if learn:
        wanted["words"] = new_words.reduction(whole=not isinstance(source, Scan))
    if extend:
        wanted["pairs"] = glossary.reduction(min_articles=_ARTICLES, min_confidence=_CONFIDENCE)
    if not wanted:
        return FoundNames([])
    number = source.number(progress) if isinstance(source, Scan) else len(source.articles)
    each = together(wanted)
    task = Reduction(partial(_chunk, each), partial(_aggregate, each), _parts)
    parts, _ = reduced(source, task, progress, LEARNT / max(number, 1))
    tables = {name: wanted[name].finalize(part) for name, part in parts.items()}
    words = dict(new_words.entries(tables["words"])) if learn else {}
    pairs = _settled(tables["pairs"]) if extend else ()
    return FoundNames([*words.items(), *((zh, None) for zh, _ in pairs if zh not in words)], pairs)


@lru_cache(maxsize=2)
def table_with(pairs: Pairs) -> ConceptTable:
    """Return bitext's own concepts with the names of *pairs*."""
    if not pairs:
        return ConceptTable.default()
    return ConceptTable.default().extended(pd.DataFrame(list(pairs), columns=["zh", "en"]))


def _settled(table: pd.DataFrame) -> Pairs:
    """Return the pairs to be believed: not those for whose Latin name there is a much surer Chinese one."""
    sure = table["confidence"] >= table.groupby("en")["confidence"].transform("max") - _MUCH_SURER
    long = (table["zh"].str.len() > 1) & (table["en"].str.len() > 1)
    kept = table[sure & long]
    return tuple(sorted(zip(kept["zh"], kept["en"], strict=True)))


def _chunk(of: Each, tokens: Tokens) -> _Gathered:
    return _Gathered(of.chunk(tokens), tokens.run)


def _aggregate(of: Each, parts: Sequence[_Gathered]) -> _Gathered:
    return _Gathered(of.aggregate([part.parts for part in parts]), parts[0].run)


def _parts(found: _Gathered) -> dict[str, Any]:
    return found.parts


def own_names(outlets: Sequence[str]) -> list[str]:
    """Return the names of outlets that join the dictionary: torn in two, they would head every table.

    Examples:
        >>> own_names(["晨报", "The Post", "晨\\x00报"])
        ['晨报']
    """
    return sorted(name for name in set(outlets) if name.isprintable() and not name.isascii())


def words_of_run(tokenizing: Mapping[str, Any], outlets: Sequence[str]) -> list[Entry]:
    """Return the words given and the names of the outlets."""
    return [*entries_of(tokenizing.get("words", ())), *entries_of(own_names(outlets))]


def given(tokenizing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that say something: a scan's own stay where nothing was said."""
    nothing = {"dictionary": "default", "words": ()}
    return {
        name: value
        for name, value in tokenizing.items()
        if not (name in nothing and isinstance(value, str | tuple) and value == nothing[name])
    }
