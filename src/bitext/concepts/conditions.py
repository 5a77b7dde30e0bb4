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
``lang: en``          the article is in this language (``en``, ``zh``)
``country: a|b``      the story is set in one of the countries, concept ids: of those that the article names
                      the one it names most often
====================  =====================================================================================

A word in braces is a concept, however it is written: ``before: {united_states}``; ``{kind:city}`` is any of a
kind. Concepts stand before, after, in the sentence and in the article; those of several senses do not
count, nor what is part of the form. ``<trade>`` stands for a list of words in the card of the referents;
``<given>``, before a form, for a given name (Denzel Washington); ``<capital>``, beside a form or for the form
itself, for any word with a capital, ``<digit>`` for a number. A ``not`` that fails says that the form means
something else. A clause without ``not`` that fails decides nothing: the mention is left out and counted as
undecided.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints
from bitext.concepts.given_names import given_names
from bitext.concepts.surroundings import COUNTRY, Mention, Surroundings
from bitext.errors import LexiconError
from bitext.lexicons.loader import card, rows
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

PLACES = ("before", "form", "after", "sentence", "article", "lang", COUNTRY)
#: Where concepts may be asked for, in braces.
_OF_CONCEPTS = ("before", "after", "sentence", "article")
_LANGUAGES = ("en", "zh")
#: What was decided of a mention.
NAMES, OTHER, UNDECIDED = range(3)
#: What may stand in the place of a word: one with a capital, whatever the case of the others, or a number.
_SHAPES = {"<capital>": r"(?-i:[A-Z][\w'’-]*)", "<digit>": r"\d[\d,.]*"}
#: So many characters before and after a form are looked at.
_NEAR = 24


class Choice(NamedTuple):
    """What may stand at a place: words that a pattern matches (None: no word will do), or concepts."""

    place: str
    pattern: re.Pattern[str] | None
    concepts: frozenset[str] = frozenset()


class Clause(NamedTuple):
    """One demand: one of the choices stands, or with *negated* does not stand, at its place."""

    negated: bool
    choices: tuple[Choice, ...]


Condition = tuple[Clause, ...]


@cache
def condition(cell: str, where: str, ids: frozenset[str] | None = None) -> Condition:
    """Compile a cell; *where* it stands is named in errors. *ids*: concepts of another table than bitext's.

    Raises:
        LexiconError: a clause has another place, no words, names a list that the card does not hold, or a
            concept that bitext's table does not.

    Examples:
        >>> found = condition("after: 说; not sentence: virus; country: japan", "x.tsv")
        >>> [(clause.negated, clause.choices[0].place) for clause in found]
        [(False, 'after'), (True, 'sentence'), (False, 'country')]
    """
    clauses = []
    for text in filter(None, (part.strip() for part in cell.split(";"))):
        negated = text.startswith("not ")
        choices = text.removeprefix("not ").split(" or ")
        clauses.append(Clause(negated, tuple(_choice(choice.strip(), where, ids) for choice in choices)))
    return tuple(clauses)


def _choice(text: str, where: str, ids: frozenset[str] | None) -> Choice:
    place, _, cell = (part.strip() for part in text.partition(":"))
    if place not in PLACES or not cell:
        raise LexiconError(
            f"{where}: {text!r} is no condition; write 'place: word|word' or 'not place: word|word', "
            f"place one of {list(PLACES)}"
        )
    words = [word for word in map(str.strip, cell.split("|")) if word]
    if place == COUNTRY:
        return Choice(place, None, _known([word.strip("{}") for word in words], where, ids))
    if place == "lang":
        other = next((word for word in words if word not in _LANGUAGES), None)
        if other is not None:
            raise LexiconError(f"{where}: lang is {other!r}; use one of {list(_LANGUAGES)}")
        return Choice(place, re.compile("|".join(words)))
    braced = [word[1:-1] for word in words if word.startswith("{") and word.endswith("}")]
    if braced and place not in _OF_CONCEPTS:
        raise LexiconError(f"{where}: {text!r} asks for a concept; write it with one of {list(_OF_CONCEPTS)}")
    rest = [word for word in words if word[1:-1] not in braced]
    pattern = re.compile(_pattern(_words(rest, where), place), re.IGNORECASE) if rest else None
    return Choice(place, pattern, _known(braced, where, ids))


def _known(names: Sequence[str], where: str, ids: frozenset[str] | None) -> frozenset[str]:
    """Return the concepts, or ``kind:...``; raise LexiconError for one that is not in the table."""
    if names and ids is None:
        ids = _default_ids()
    for name in names:
        if ids is not None and name not in ids:
            near = get_close_matches(name, sorted(ids), n=3)
            raise LexiconError(f"{where}: there is no concept {name!r}; near it: {near}")
    return frozenset(names)


@cache
def _default_ids() -> frozenset[str]:
    return frozenset(name for row in rows("concepts") for name in (row["concept"], f"kind:{row['kind']}"))


def _words(words: Sequence[str], where: str) -> list[str]:
    """Put the lists that a clause names in among its words."""
    lists: Mapping[str, str] = card("referents")["words"]
    found = []
    for word in words:
        if not (word.startswith("<") and word.endswith(">")):
            found.append(word)
        elif word in _SHAPES:
            found.append(_SHAPES[word])
        elif word == "<given>":
            found += sorted(given_names(rows("concepts")))
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
    tokens: Tokens,
    texts: list[str],
    conditions: Sequence[Condition],
    first: Ints,
    last: Ints,
    around: Callable[[], Surroundings],
) -> npt.NDArray[np.int8]:
    """Return `NAMES`, `OTHER` or `UNDECIDED` for each mention from token *first* to *last*.

    *texts* are those of the articles of *tokens*. Only mentions that have a condition are looked at, a few in
    an article. *around* makes the concepts of the tokens; it is called where a condition asks for concepts.
    """
    decided = np.full(len(first), NAMES, np.int8)
    asking = np.flatnonzero([bool(one) for one in conditions])
    if not len(asking):
        return decided
    scene = _Scene(tokens, texts, cache(around))
    rows = tokens.article()[first[asking]].tolist()
    sentence = tokens.sentence_keys()
    begin, end = (np.searchsorted(sentence, sentence[first[asking]], side=side) for side in ("left", "right"))
    # Flat lists: a pair of numbers for each mention would be thousands of objects to be collected.
    places = (tokens.start[begin], tokens.start[first[asking]], tokens.end[last[asking]], tokens.end[end - 1])
    spans = (first[asking], last[asking], begin, end - 1)
    flat = (one.tolist() for one in (*places, *spans))
    for number, row, low, start, stop, high, *span in zip(asking.tolist(), rows, *flat, strict=True):
        decided[number] = scene.decision(conditions[number], row, (low, start, stop, high), span)
    return decided


class _Scene:
    """The articles in which mentions are decided; each article is asked once for all its mentions."""

    def __init__(self, tokens: Tokens, texts: list[str], around: Callable[[], Surroundings]) -> None:
        self._texts, self._around = texts, around
        self._plain = _plain(tokens)
        self._langs = tokens.articles["lang"].tolist() if "lang" in tokens.articles else [""] * len(texts)
        self._whole: dict[tuple[int, Choice], bool] = {}

    def decision(self, clauses: Condition, row: int, place: Sequence[int], span: Sequence[int]) -> int:
        """Decide one mention of article *row*.

        Args:
            clauses: its condition.
            row: number of the article.
            place: characters: where the sentence begins, the mention begins and ends, the sentence ends.
            span: tokens: first and last of the mention, first and last of the sentence.
        """
        missing = False
        for negated, choices in clauses:
            found = any(self._found(choice, row, place, span) for choice in choices)
            if negated and found:
                return OTHER
            missing |= not negated and not found
        return UNDECIDED if missing else NAMES

    def _found(self, choice: Choice, row: int, place: Sequence[int], span: Sequence[int]) -> bool:
        if choice.pattern is not None and self._written(choice, choice.pattern, row, place):
            return True
        return bool(choice.concepts) and self._around().holds(
            choice.place, choice.concepts, Mention(row, *span)
        )

    def _written(self, choice: Choice, pattern: re.Pattern[str], row: int, place: Sequence[int]) -> bool:
        if choice.place not in ("article", "lang"):
            part = _beside(choice.place, self._texts[row], self._plain[row], *place)
            return pattern.search(part) is not None
        if (row, choice) not in self._whole:
            simple, text = self._plain[row], self._texts[row]
            if choice.place == "lang":
                text = str(self._langs[row])
            elif simple:
                text = simple(text)
            self._whole[row, choice] = pattern.search(text) is not None
        return self._whole[row, choice]


def _plain(tokens: Tokens) -> list[Callable[[str], str] | None]:
    """Return for each article how its text becomes simplified; None: it is, as most are."""
    convert = lru_cache(maxsize=64)(to_simplified)  # sentences and articles are asked several times
    if "script" not in tokens.articles:
        return [convert] * len(tokens.articles)
    return [None if script in ("Hans", "") else convert for script in tokens.articles["script"].tolist()]


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
