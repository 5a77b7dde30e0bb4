"""Where a form of several senses names its referent: conditions on the words around it, and their decision.

A condition is a cell of clauses joined by ``;``, each of which has to hold:

====================  =====================================================================================
``sentence: a|b``     the sentence holds one of the words (Chinese anywhere, English at the start of a word)
``article: a|b``      the article does
``before: a|b``       one of the words stands directly before the form
``after: a|b``        one of the words stands directly after the form
``not before: a|b``   and so on: none of them does
``... or ...``        one of the two does: ``sentence: trade or article: tariff``
====================  =====================================================================================

``<trade>`` stands for a list of words in the card of the referents; ``<given>``, before a form, for a given
name (Denzel Washington). A ``not`` that fails says that the form means something else. A clause without
``not`` that fails decides nothing: the mention is left out and counted as undecided.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.concepts.table import ConceptTable
from bitext.errors import LexiconError
from bitext.lexicons.loader import card
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

PLACES = ("before", "after", "sentence", "article")
#: What was decided of a mention.
NAMES, OTHER, UNDECIDED = range(3)
#: So many characters before and after a form are looked at.
_NEAR = 24

Ints = npt.NDArray[np.int64]


class Clause(NamedTuple):
    """One demand: one of the patterns stands, or with *negated* does not stand, at its place."""

    negated: bool
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


Condition = tuple[Clause, ...]


class _Context(NamedTuple):
    """The text around a mention, simplified."""

    before: str
    after: str
    sentence: str
    article: str


@cache
def condition(cell: str, where: str) -> Condition:
    """Compile a cell; *where* it stands is named in errors.

    Raises:
        LexiconError: a clause has another place, no words, or names a list that the card does not hold.

    Examples:
        >>> found = condition("after: 说; not sentence: virus", "x.tsv")
        >>> [(clause.negated, clause.patterns[0][0]) for clause in found]
        [(False, 'after'), (True, 'sentence')]
    """
    clauses = []
    for text in filter(None, (part.strip() for part in cell.split(";"))):
        negated = text.startswith("not ")
        choices = text.removeprefix("not ").split(" or ")
        clauses.append(Clause(negated, tuple(_choice(choice.strip(), where) for choice in choices)))
    return tuple(clauses)


def _choice(text: str, where: str) -> tuple[str, re.Pattern[str]]:
    place, _, words = (part.strip() for part in text.partition(":"))
    if place not in PLACES or not words:
        raise LexiconError(
            f"{where}: {text!r} is no condition; write 'place: word|word' or 'not place: word|word', "
            f"place one of {list(PLACES)}"
        )
    return place, re.compile(_pattern(_words(words, where), place), re.IGNORECASE)


def _words(cell: str, where: str) -> list[str]:
    """Split the words of a clause and put in the lists that it names."""
    lists: Mapping[str, str] = card("referents")["words"]
    found = []
    for word in filter(None, map(str.strip, cell.split("|"))):
        if not (word.startswith("<") and word.endswith(">")):
            found.append(word)
        elif word == "<given>":
            found += sorted(ConceptTable.default().given_names)
        elif word[1:-1] in lists:
            found += lists[word[1:-1]].split("|")
        else:
            raise LexiconError(f"{where}: there is no list {word}; there are {['given', *lists]}")
    return found


def _pattern(words: Sequence[str], place: str) -> str:
    """Write the words as one expression; English ones begin where a word does, beside a form whole."""
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    han = "|".join(re.escape(word) for word in words if not word.isascii())
    if place == "before":
        shapes = rf"(?<![A-Za-z])(?:{latin})\s+(?:the\s+)?$", f"(?:{han})$"
    elif place == "after":
        shapes = rf"^[\s-]*(?:{latin})(?![A-Za-z])", f"^(?:{han})"
    else:
        shapes = rf"(?<![A-Za-z])(?:{latin})", f"(?:{han})"
    return "|".join(shape for words, shape in zip((latin, han), shapes, strict=True) if words)


def decide(tokens: Tokens, conditions: Sequence[Condition], first: Ints, last: Ints) -> npt.NDArray[np.int8]:
    """Return `NAMES`, `OTHER` or `UNDECIDED` for each mention from token *first* to *last*.

    Only mentions that have a condition are looked at, a few in an article.
    """
    decided = np.full(len(first), NAMES, np.int8)
    asking = [number for number, one in enumerate(conditions) if one]
    if not asking:
        return decided
    texts = tokens.articles[tokens.field].tolist()
    simplified = cache(lambda row, start, end: to_simplified(texts[row][start:end]))
    rows = tokens.article()
    begins = np.flatnonzero(np.diff(tokens.sentence_keys(), prepend=-1))
    for number in asking:
        token, row = int(first[number]), int(rows[first[number]])
        at = int(np.searchsorted(begins, token, side="right")) - 1
        final = int(begins[at + 1]) - 1 if at + 1 < len(begins) else len(tokens) - 1
        bounds = int(tokens.start[begins[at]]), int(tokens.end[final])
        start, end = int(tokens.start[token]), int(tokens.end[last[number]])
        context = _Context(
            to_simplified(texts[row][max(start - _NEAR, bounds[0]) : start]),
            to_simplified(texts[row][end : min(end + _NEAR, bounds[1])]),
            simplified(row, *bounds),
            simplified(row, 0, None) if _asks_article(conditions[number]) else "",
        )
        decided[number] = _decision(conditions[number], context)
    return decided


def _asks_article(clauses: Condition) -> bool:
    return any(place == "article" for clause in clauses for place, _ in clause.patterns)


def _decision(clauses: Condition, context: _Context) -> int:
    missing = False
    for negated, patterns in clauses:
        found = any(pattern.search(getattr(context, place)) for place, pattern in patterns)
        if negated and found:
            return OTHER
        missing |= not negated and not found
    return UNDECIDED if missing else NAMES
