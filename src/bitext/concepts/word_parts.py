"""Chinese words that consist of listed ones: 国际事务 counts for *international* and *affairs*.

What the segmenter keeps whole is a matter of its dictionary (技术创新 is one word there, 科技创新 two), not
of what is said. A word that is no form itself counts for its parts where it divides without a rest into

1. listed forms of two characters or more, and stop words (今年夏天): 进口|关税, 交流|活动, 病毒|感染; or
2. the name of a country, region or city and one character of those that go with names: 中国|队, 圣保罗|州.

Words of the run (names that were learnt, a user's own list) are wholes and stay so.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bitext.arrays import Bools, Ints, Points
from bitext.concepts.table import ConceptTable
from bitext.lexicons.stopwords import stopwords
from bitext.text.kinds import WORD, ZH
from bitext.text.scripts.detect import code_points
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.phrases import HashIndex, PhraseHits, Phrases, hash_all
from bitext.tokens.tokens import Tokens

try:
    from bitext.text._native import divide_words
except ImportError:  # no compiler when bitext was installed
    divide_words = None  # type: ignore[assignment]

#: Shorter words have no two parts of two characters; longer ones are seldom words.
_SHORTEST, _LONGEST = 4, 8
_PLACES = frozenset({"country", "region", "city"})
#: What a name of a place may carry: a team, a province, a port, somebody's origin.
_SUFFIXES = frozenset("队州省市县港岛籍裔")
_STOP = -2


def find_in_words(tokens: Tokens, table: ConceptTable, free: Bools) -> PhraseHits:
    """Return the forms that the *free* tokens divide into, in order of these tokens."""
    seen = np.zeros(len(tokens.types), bool)
    seen[tokens.term[free & (tokens.kind == WORD) & (tokens.lang == ZH)]] = True
    lengths = np.fromiter(map(len, tokens.types), np.int64, len(tokens.types))
    own = {word for word, _ in tokens.tokenizer.words}
    maybe = np.flatnonzero(seen & (lengths > 2) & (lengths <= _LONGEST))
    words = [(term, word) for term in maybe.tolist() if (word := str(tokens.types[term])) not in own]
    sizes, parts = parts_of([word for _, word in words], table, tokens.tokenizer)
    size = np.zeros(len(tokens.types), np.int64)
    size[[term for term, _ in words]] = sizes
    start = np.cumsum(size) - size
    at = np.flatnonzero(free & (size[tokens.term] > 0))
    repeat = size[tokens.term[at]]
    step = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    places = np.repeat(at, repeat)
    return PhraseHits(parts[np.repeat(start[tokens.term[at]], repeat) + step], places, places)


def parts_of(words: Sequence[str], table: ConceptTable, tokenizer: Tokenizer) -> tuple[Ints, Ints]:
    """Return how many forms each of *words* divides into, and these forms, word after word."""
    if divide_words is None or not words:
        texts = {part for word in words for part in _candidates(word)}
        number = _numbers(table.phrases(tokenizer), table, texts)
        found = [_divided(word, number, table) for word in words]
        parts = [part for one in found for part in one]
        return np.array([*map(len, found)], np.int64), np.array(parts, np.int64)
    known = _known(table, tokenizer)
    points = code_points("".join(words))
    bounds = np.zeros(len(words) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, words), np.int64, len(words)), out=bounds[1:])
    sizes, room = np.zeros(len(words), np.int64), np.empty(len(points), np.int64)
    written = divide_words(*known.listed, known.places, known.suffixes, points, bounds, sizes, room)
    return sizes, room[:written]


class _Known(NamedTuple):
    """What a part may be: the forms of one concept and the stop words; which forms name places; suffixes."""

    listed: HashIndex
    places: Bools
    suffixes: Points


@lru_cache(maxsize=4)
def _known(table: ConceptTable, tokenizer: Tokenizer) -> _Known:
    forms = table.phrases(tokenizer).index
    single = np.array([len(form.concepts) == 1 for form in table.forms], bool)
    places = [table.kinds[form.concepts[0]] in _PLACES for form in table.forms]
    stop = np.unique(hash_all(sorted(stopwords())))
    keys = np.union1d(forms.keys, stop)
    number = np.full(len(keys), -1)
    number[np.searchsorted(keys, stop)] = _STOP
    one = (forms.number >= 0) & single[forms.number]
    number[np.searchsorted(keys, forms.keys[one])] = forms.number[one]
    suffixes = code_points("".join(sorted(_SUFFIXES)))
    return _Known(HashIndex.of(keys, number), np.array(places, bool), suffixes)


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
            if part is not None and rest is not None and end - start < len(word):
                ways[start] = [part, *rest]
                break
    return [part for part in ways[0] or () if part >= 0]
