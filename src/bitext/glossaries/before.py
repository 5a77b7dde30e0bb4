"""What stands before a parenthesis, and what of its words a name can begin with, or cannot reach across."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from bitext.concepts.lookup import ConceptTable
from bitext.glossaries.words import BEFORE
from bitext.lexicons.stopwords import stop_words
from bitext.tokens.tokens import Tokens

HAN = r"\u3400-\u9fff"
#: Characters that a name has at most.
LONGEST = 16
#: Longest part of a dotted name.
LONGEST_PART = 7
#: What a person is, which no name holds.
ROLES = tuple(word for word in BEFORE if len(word) > 1)

#: Characters from the parenthesis back to where the name begins, confidence, what decided; None if nothing.
Found = tuple[int, float, str] | None


class Before(NamedTuple):
    """What stands before a parenthesis: a run of text without marks, and the words in it.

    Attributes:
        text: the run, simplified; *start*: its offset.
        words: (begin, end, type) of its tokens, offsets into *text*.
    """

    text: str
    start: int
    words: list[tuple[int, int, str]]


def words_between(tokens: Tokens, row: int, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return begin, end and type of the tokens from *start* to *end*, offsets from *start*."""
    low, high = int(tokens.bounds[row]), int(tokens.bounds[row + 1])
    first = low + int(np.searchsorted(tokens.end[low:high], start, side="right"))
    last = low + int(np.searchsorted(tokens.start[low:high], end, side="left"))
    return [
        (max(int(tokens.start[i]) - start, 0), int(tokens.end[i]) - start, str(tokens.types[tokens.term[i]]))
        for i in range(first, last)
    ]


@cache
def by_form() -> dict[str, tuple[int, ...]]:
    """Concepts by form, in lower case."""
    found: dict[str, tuple[int, ...]] = {}
    for form in ConceptTable.default().forms:
        found.setdefault(form.text.lower(), form.concepts)
    return found


@lru_cache(maxsize=1 << 14)
def concepts_in(latin: str) -> frozenset[int]:
    """Return the concepts that words or short phrases of a Latin name are forms of."""
    table = by_form()
    words = latin.lower().replace("’", "'").split(" ")
    found: set[int] = set()
    for first in range(len(words)):
        for last in range(first + 1, min(first + 4, len(words)) + 1):
            phrase = " ".join(words[first:last])
            for form in (phrase, phrase.removesuffix("'s"), phrase.replace("'s", "")):
                found |= set(table.get(form, ()))
    return frozenset(found)


def concepts_of(word: str) -> set[int]:
    """Return the concepts that a word is a form of."""
    return set(by_form().get(word, ()))


@lru_cache(maxsize=1 << 16)
def is_role(word: str) -> bool:
    """Say whether a word is a role: minister, analyst."""
    table = ConceptTable.default()
    return any(table.kinds[number] == "role" for number in concepts_of(word))


@lru_cache(maxsize=1 << 16)
def is_place(word: str) -> bool:
    """Say whether a word names a country, a region or a city."""
    table = ConceptTable.default()
    return any(table.kinds[number] in ("country", "region", "city") for number in concepts_of(word))


@lru_cache(maxsize=1 << 16)
def is_country(word: str) -> bool:
    """Say whether a word names a country."""
    table = ConceptTable.default()
    return any(table.kinds[number] == "country" for number in concepts_of(word))


def wall(before: Before, place: int) -> int:
    """Return the end of the last word before *place* that is a role, an action or the like."""
    ends = [
        end
        for begin, end, word in before.words
        if end < place and end - begin > 1 and (stops_name(word) or word.endswith(ROLES))
    ]
    return max(ends, default=0)


#: Words that no name begins with, by their form: 飞入, 受到, 越过; 该股, 这种; 一架, 两名, 一度.
_NO_BEGINNING = re.compile(
    r"""
      [^收投]入 | .[到了着过往向至]             # 1. a verb with its direction or aspect
    | 该.{0,2} | 此.? | 这.? | 那[个些名位]? | 其 | 本[次月周年报地市省]? | [各每某].?   # 2. a pointing word
    | 是.{1,2} | 因为                         # 3. 是从, 是因为
    | [一二两三四五六七八九十几数多]+[架名位个项家艘辆支件份座所场次度种条]  # 4. number and measure
    """,
    re.VERBOSE,
)


def no_beginning(word: str) -> bool:
    """Say whether a word is of a form that no name begins with.

    Examples:
        >>> [no_beginning(word) for word in ("受到", "飞入", "该股", "一架", "收入", "消费者")]
        [True, True, True, True, False, False]
    """
    return _NO_BEGINNING.fullmatch(word) is not None


@lru_cache(maxsize=1 << 16)
def stops_name(word: str) -> bool:
    """Say whether a Chinese name cannot reach across this word."""
    if word in BEFORE or word in stop_words() or no_beginning(word):
        return True
    table = ConceptTable.default()
    kinds = {table.kinds[number] for number in by_form().get(word, ())}
    return bool(kinds & {"role", "action"}) or (len(word) > 2 and word[-1] in "家员长官师")
