"""Which sense a form of several senses has in a place: conditions on the words around it, and their decision.

Both the concept table and the referents of `bitext.naming` use them.

A condition is a cell of clauses joined by ``;``, each of which has to hold:

====================  =====================================================================================
``sentence: a|b``     the sentence holds one of the words (Chinese anywhere, English at the start of a word)
``article: a|b``      the article does
``before: a|b``       one of the words stands directly before the form
``form: <capital>``   the form itself is written so
``after: a|b``        one of the words stands directly after the form
``not before: a|b``   and so on: none of them does
``... or ...``        one of the two does: ``sentence: trade or article: tariff``
====================  =====================================================================================

``<trade>`` stands for a list of words in the card of the referents; ``<given>``, before a form, for a given
name (Denzel Washington); ``<capital>``, beside a form or for the form itself, for any word with a capital,
``<digit>`` for a number. A ``not`` that fails says that the form means something else. A clause without
``not`` that fails decides nothing: the mention is left out and counted as undecided.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints
from bitext.concepts.table import ConceptTable
from bitext.errors import LexiconError
from bitext.lexicons.loader import card
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

PLACES = ("before", "form", "after", "sentence", "article")
#: What was decided of a mention.
NAMES, OTHER, UNDECIDED = range(3)
#: What may stand in the place of a word: one with a capital, whatever the case of the others, or a number.
_SHAPES = {"<capital>": r"(?-i:[A-Z][\w'’-]*)", "<digit>": r"\d[\d,.]*"}
#: So many characters before and after a form are looked at.
_NEAR = 24


class Clause(NamedTuple):
    """One demand: one of the patterns stands, or with *negated* does not stand, at its place."""

    negated: bool
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


Condition = tuple[Clause, ...]


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
        elif word in _SHAPES:
            found.append(_SHAPES[word])
        elif word == "<given>":
            found += sorted(ConceptTable.default().given_names)
        elif word[1:-1] in lists:
            found += lists[word[1:-1]].split("|")
        else:
            known = ["given", *(shape.strip("<>") for shape in _SHAPES), *lists]
            raise LexiconError(f"{where}: there is no list {word}; there are {known}")
    return found


def _pattern(words: Sequence[str], place: str) -> str:
    """Write the words as one expression; English ones begin where a word does, beside a form whole."""
    shapes_of = set(_SHAPES.values())
    latin = "|".join(word if word in shapes_of else re.escape(word) for word in words if _latin(word))
    han = "|".join(re.escape(word) for word in words if not _latin(word))
    if place == "before":
        shapes = rf"(?<![A-Za-z])(?:{latin})\s+(?:the\s+)?$", f"(?:{han})$"
    elif place == "after":
        shapes = rf"^[\s-]*(?:{latin})(?![A-Za-z])", f"^(?:{han})"
    elif place == "form":
        shapes = f"^(?:{latin})", f"^(?:{han})"
    else:
        shapes = rf"(?<![A-Za-z])(?:{latin})", f"(?:{han})"
    return "|".join(shape for words, shape in zip((latin, han), shapes, strict=True) if words)


def _latin(word: str) -> bool:
    return word in _SHAPES.values() or (word.isascii() and any(map(str.isalnum, word)))


def decide(
    tokens: Tokens, texts: list[str], conditions: Sequence[Condition], first: Ints, last: Ints
) -> npt.NDArray[np.int8]:
    """Return `NAMES`, `OTHER` or `UNDECIDED` for each mention from token *first* to *last*.

    *texts* are those of the articles of *tokens*. Only mentions that have a condition are looked at, a few in
    an article.
    """
    decided = np.full(len(first), NAMES, np.int8)
    asking = np.flatnonzero([bool(one) for one in conditions])
    if not len(asking):
        return decided
    plain = _plain(tokens)
    rows = tokens.article()[first[asking]].tolist()
    sentence = tokens.sentence_keys()
    begin, end = (np.searchsorted(sentence, sentence[first[asking]], side=side) for side in ("left", "right"))
    # Flat lists: a pair of numbers for each mention would be thousands of objects to be collected.
    places = (tokens.start[begin], tokens.start[first[asking]], tokens.end[last[asking]], tokens.end[end - 1])
    whole: dict[tuple[int, re.Pattern[str]], bool] = {}  # an article is asked once for all its mentions
    for number, row, *place in zip(asking.tolist(), rows, *(one.tolist() for one in places), strict=True):
        decided[number] = _decision(conditions[number], texts[row], plain[row], row, place, whole)
    return decided


def _plain(tokens: Tokens) -> list[Callable[[str], str] | None]:
    """Return for each article how its text becomes simplified; None: it is, as most are."""
    convert = lru_cache(maxsize=64)(to_simplified)  # sentences and articles are asked several times
    if "script" not in tokens.articles:
        return [convert] * len(tokens.articles)
    return [None if script in ("Hans", "") else convert for script in tokens.articles["script"].tolist()]


def _decision(
    clauses: Condition,
    text: str,
    simple: Callable[[str], str] | None,
    row: int,
    place: Sequence[int],
    whole: dict[tuple[int, re.Pattern[str]], bool],
) -> int:
    """Decide one mention, from *place*[1] to [2] in a sentence from *place*[0] to [3] of article *row*.

    *whole* remembers what was found in articles.
    """
    missing = False
    for negated, patterns in clauses:
        found = False
        for where, pattern in patterns:
            if where != "article":
                found = pattern.search(_beside(where, text, simple, *place)) is not None
            elif (row, pattern) in whole:
                found = whole[row, pattern]
            else:
                found = pattern.search(simple(text) if simple else text) is not None
                whole[row, pattern] = found
            if found:
                break
        if negated and found:
            return OTHER
        missing |= not negated and not found
    return UNDECIDED if missing else NAMES


def _beside(
    where: str, text: str, simple: Callable[[str], str] | None, low: int, start: int, end: int, high: int
) -> str:
    """Return the simplified text at a place of `PLACES` but the article; the form stands as it is."""
    if where == "before":
        part = text[max(start - _NEAR, low) : start]
    elif where == "after":
        part = text[end : min(end + _NEAR, high)]
    elif where == "form":
        return text[start:end]
    else:
        part = text[low:high]
    return simple(part) if simple else part
