"""The surfaces a tokenizer has met, numbered, with all that is known of each as arrays."""

from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.text import chinese, english, sentences
from bitext.text.kinds import EN, NONE, NUMBER, WORD, ZH
from bitext.text.matcher import has_han
from bitext.text.wordtable import WIDTH, WordTable, pack

#: The kind of what is no token: white space and placeholders.
GAP = 255
#: Before a word that the matcher found, to tell it from the same letters found otherwise. No piece of the
#: pattern begins so: \0 is a gap, which goes on with white space only.
LISTED = "\0\1"

Ints = npt.NDArray[np.int64]


class Numbers(dict[str, int]):
    """String -> number, in order of appearance."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


#: What is known of one surface: columns of `Surfaces`, in this order. Plain tuples, not named ones: Python's
#: garbage collector stops looking at plain tuples of numbers, and there are a hundred thousand of them.
#: term: number of its normalised form, -1 for gaps. length: characters of the piece, with the blank or
#: placeholder that may follow the token. width: characters of the token alone. form: see `sentences.flags`.
#: head: where a contraction divides, 0 for anything else.
_COLUMNS = ("term", "length", "width", "kind", "lang", "form", "head")
_Row = tuple[int, int, int, int, int, int, int]


class Surfaces:
    """Numbers pieces of text and keeps their properties in arrays indexed by that number."""

    def __init__(self, *, split: bool) -> None:
        self.terms = Numbers()
        self._split = split
        self._numbers: dict[str, int] = {}  # of pieces, but short Chinese words
        self._tokens: dict[str, _Row] = {}  # a token comes in three pieces: alone, before a blank, before Han
        self._words = WordTable()  # of short Chinese words
        self.term = np.zeros(0, dtype=np.int32)
        self.length = np.zeros(0, dtype=np.int64)
        self.width = np.zeros(0, dtype=np.int64)
        self.kind = np.zeros(0, dtype=np.uint8)
        self.lang = np.zeros(0, dtype=np.uint8)
        self.form = np.zeros(0, dtype=np.uint8)
        self.head = np.zeros(0, dtype=np.int64)
        self._marks = {mark: self._describe(mark) for mark in (chinese.SEPARATOR, *chinese.MARKS)}

    def __len__(self) -> int:
        return len(self.term)

    def number(self, pieces: list[str]) -> Ints:
        """Return the numbers of *pieces*, having learnt those that are new."""
        fresh = list(dict.fromkeys(pieces).keys() - self._numbers.keys()) if pieces else []
        if fresh:
            self._numbers.update(zip(fresh, range(len(self), len(self) + len(fresh)), strict=True))
            self._append(*zip(*map(self._describe, fresh), strict=True))
        return np.fromiter(map(self._numbers.__getitem__, pieces), np.int64, len(pieces))

    def number_words(self, end: Ints, points: npt.NDArray[np.uint32]) -> Ints:
        """Return the numbers of consecutive words, marks and separators, which end at *end* in *points*."""
        length = np.diff(end, prepend=0)
        start = end - length
        keys = pack(points, start, np.minimum(length, WIDTH))
        found = self._words.find(keys).astype(np.int64)
        long = np.flatnonzero(length > WIDTH)
        found[long] = self.number(_cut(points, start[long], end[long]))
        missing = np.flatnonzero(found < 0)
        if len(missing):
            fresh, first = np.unique(keys[missing], return_index=True)
            rows = missing[first]
            self._learn_words(_cut(points, start[rows], end[rows]), fresh)
            found[missing] = self._words.find(keys[missing])
        return found

    def _learn_words(self, words: list[str], keys: npt.NDArray[np.uint64]) -> None:
        """Learn short words, nearly all of them Han: no look at each, but at the few marks."""
        first = len(self)
        length = np.fromiter(map(len, words), np.int64, len(words))
        marks = [i for i, word in enumerate(words) if word in self._marks]
        nothing = np.zeros(len(words), dtype=np.uint8)
        terms = _number(self.terms, words)
        self._append(terms, length, length, nothing + WORD, nothing + ZH, nothing, nothing)
        for i in marks:
            row = self._marks[words[i]]
            self.term[first + i] = row[0]
            self.kind[first + i], self.lang[first + i], self.form[first + i] = row[3:6]
        self._words.insert(keys, np.arange(first, first + len(words)))

    def _append(self, *columns: Any) -> None:
        for name, values in zip(_COLUMNS, columns, strict=True):
            old = getattr(self, name)
            setattr(self, name, np.append(old, np.asarray(values, dtype=old.dtype)))

    def _describe(self, piece: str) -> _Row:
        length = len(piece)
        if piece.startswith(LISTED):
            word = piece.removeprefix(LISTED)
            return self.terms[word], len(word), len(word), WORD, ZH if has_han(word) else EN, 0, 0
        token = piece.rstrip(english.TRAILING)
        row = self._tokens.get(token)
        if row is None:
            plain = token.isascii() and token.isalnum()
            if not plain and (not token or english.is_gap(token)):
                return -1, length, length, GAP, NONE, 0, 0
            row = self._tokens[token] = self._describe_token(token)
        return row[0], length, *row[2:]

    def _describe_token(self, token: str) -> _Row:
        width = len(token)
        if token.isascii() and token.isalpha():  # the short ways: most of what is not Chinese
            number = self.terms[token if token in english.CASED else token.lower()]
            return number, width, width, WORD, EN, sentences.flags(token), 0
        if token.isascii() and token.isdecimal():
            return self.terms[token], width, width, NUMBER, NONE, 0, 0
        if not token.isascii() and chinese.is_han(token):
            return self.terms[token], width, width, WORD, ZH, 0, 0
        kind, lang = english.classify(token)
        term = english.fold(token) if kind in (WORD, NUMBER) else token
        head = len(english.split_contraction(token)[0]) % width if self._split and lang == EN else 0
        return self.terms[term], width, width, kind, lang, sentences.flags(token), head


def _cut(points: npt.NDArray[np.uint32], start: Ints, end: Ints) -> list[str]:
    """Return the words of a text given by code points that begin at *start* and end at *end*."""
    text = points.tobytes().decode("utf-32-le", "surrogatepass")
    return [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]


def _number(numbers: dict[str, int], words: list[str]) -> Ints:
    """Return the numbers of different *words*, giving the next ones to those that have none."""
    fresh = [word for word in words if word not in numbers]
    numbers.update(zip(fresh, range(len(numbers), len(numbers) + len(fresh)), strict=True))
    return np.fromiter(map(numbers.__getitem__, words), np.int64, len(words))
