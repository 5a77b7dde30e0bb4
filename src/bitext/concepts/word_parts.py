"""Chinese words that consist of listed ones: 国际事务 counts for *international* and *affairs*.

What the segmenter keeps whole is a matter of its dictionary (技术创新 is one word there, 科技创新 two), not
of what is said. A word that is no form itself counts for its parts where it divides without a rest into

1. listed forms of two characters or more, and stop words (今年夏天): 进口|关税, 交流|活动, 病毒|感染; or
2. the name of a country, region or city and one character of those that go with names: 中国|队, 圣保罗|州.

Words of the run (names that were learnt, a user's own list) are wholes and stay so.
"""

from collections.abc import Iterable

import numpy as np

from bitext.arrays import Bools
from bitext.concepts.table import ConceptTable
from bitext.lexicons.stopwords import stopwords
from bitext.text.kinds import WORD, ZH
from bitext.tokens.phrases import PhraseHits, Phrases
from bitext.tokens.tokens import Tokens

#: Shorter words have no two parts of two characters; longer ones are seldom words.
_SHORTEST, _LONGEST = 4, 8
_PLACES = frozenset({"country", "region", "city"})
#: What a name of a place may carry: a team, a province, a port, somebody's origin.
_SUFFIXES = frozenset("队州省市县港岛籍裔")
_STOP = -2


def find_in_words(phrases: Phrases, tokens: Tokens, table: ConceptTable, free: Bools) -> PhraseHits:
    """Return the forms that the *free* tokens divide into, in order of these tokens."""
    seen = np.zeros(len(tokens.types), bool)
    seen[tokens.term[free & (tokens.kind == WORD) & (tokens.lang == ZH)]] = True
    own = {word for word, _ in tokens.tokenizer.words}
    words = [
        (term, word)
        for term in np.flatnonzero(seen).tolist()
        if 2 < len(word := str(tokens.types[term])) <= _LONGEST and word not in own
    ]
    number = _numbers(phrases, table, {part for _, word in words for part in _candidates(word)})
    size = np.zeros(len(tokens.types), np.int64)
    parts: list[int] = []
    for term, word in words:
        found = _divided(word, number, table)
        size[term] = len(found)
        parts += found
    start = np.cumsum(size) - size
    at = np.flatnonzero(free & (size[tokens.term] > 0))
    repeat = size[tokens.term[at]]
    step = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    places = np.repeat(at, repeat)
    return PhraseHits(
        np.array(parts, np.int64)[np.repeat(start[tokens.term[at]], repeat) + step], places, places
    )


def _candidates(word: str) -> Iterable[str]:
    """Return what may be a part: runs of two characters or more that leave none alone."""
    if len(word) < _SHORTEST or word[-1] in _SUFFIXES:
        yield word[:-1]
    for start in range(len(word) - 1):
        for end in range(start + 2, len(word) + 1):
            if start != 1 and end != len(word) - 1 and end - start < len(word):
                yield word[start:end]


def _numbers(phrases: Phrases, table: ConceptTable, texts: set[str]) -> dict[str, int]:
    """Return the number of each text that is a form of one concept (no 美中 in 美中不足) or a stop word."""
    stop = stopwords()
    listed = sorted(texts)
    found: dict[str, int] = {}
    for text, number in zip(listed, phrases.numbers(listed).tolist(), strict=True):
        if number >= 0 and len(table.forms[number].concepts) == 1:
            found[text] = number
        elif text in stop:
            found[text] = _STOP
    return found


def _divided(word: str, number: dict[str, int], table: ConceptTable) -> list[int]:
    """Return the forms that the word consists of; of several ways that with the longest first part."""
    name = number.get(word[:-1], _STOP)
    if word[-1] in _SUFFIXES and name >= 0 and table.kinds[table.forms[name].concepts[0]] in _PLACES:
        return [name]
    ways: list[list[int] | None] = [None] * len(word) + [[]]
    for start in range(len(word) - 2, -1, -1):
        for end in range(len(word), start + 1, -1):
            part, rest = number.get(word[start:end]), ways[end]
            if part is not None and rest is not None:
                ways[start] = [part, *rest]
                break
    return [part for part in ways[0] or () if part >= 0]
