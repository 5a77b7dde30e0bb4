"""The surfaces a tokenizer has met, numbered, with all that is known of each as arrays."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.text import chinese, english, sentences
from bitext.text.kinds import EN, NONE, NUMBER, WORD, ZH
from bitext.text.matcher import has_han

#: The kind of what is no token: white space and placeholders.
GAP = 255
#: Before a word that the matcher found, to tell it from the same letters found otherwise. No piece of the
#: pattern begins so: \0 is a gap, which goes on with white space only.
LISTED = "\0\1"


class Numbers(dict[str, int]):
    """String -> number, in order of appearance."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class _Row(NamedTuple):
    """What is known of one surface."""

    term: int  # number of its normalised form; -1 for gaps
    length: int  # characters of the piece, with the blank or placeholder that may follow the token
    width: int  # characters of the token alone
    kind: int
    lang: int
    form: int  # see `sentences.flags`
    head: int  # where a contraction divides, 0 for anything else


class Surfaces:
    """Numbers pieces of text and keeps their properties in arrays indexed by that number."""

    def __init__(self, *, split: bool) -> None:
        self.numbers = Numbers()
        self.terms = Numbers()
        self._split = split
        self.term = np.zeros(0, dtype=np.int32)
        self.length = np.zeros(0, dtype=np.int64)
        self.width = np.zeros(0, dtype=np.int64)
        self.kind = np.zeros(0, dtype=np.uint8)
        self.lang = np.zeros(0, dtype=np.uint8)
        self.form = np.zeros(0, dtype=np.uint8)
        self.head = np.zeros(0, dtype=np.int64)

    def number(self, pieces: list[str]) -> npt.NDArray[np.int64]:
        """Return the numbers of *pieces*, having learnt those that are new."""
        found = np.fromiter(map(self.numbers.__getitem__, pieces), np.int64, len(pieces))
        known = len(self.term)
        if len(self.numbers) > known:
            self._learn(list(self.numbers)[known:])
        return found

    def _learn(self, fresh: list[str]) -> None:
        columns = zip(*map(self._describe, fresh), strict=True)
        for name, values in zip(_Row._fields, columns, strict=True):
            old = getattr(self, name)
            setattr(self, name, np.append(old, np.array(values, dtype=old.dtype)))

    def _describe(self, piece: str) -> _Row:
        length = len(piece)
        if chinese.is_han(piece):
            return _Row(self.terms[piece], length, length, WORD, ZH, 0, 0)
        if piece.startswith(LISTED):
            word = piece.removeprefix(LISTED)
            lang = ZH if has_han(word) else EN
            return _Row(self.terms[word], len(word), len(word), WORD, lang, 0, 0)
        token = piece.rstrip(english.TRAILING)
        if not token or english.is_gap(token):
            return _Row(-1, length, length, GAP, NONE, 0, 0)
        kind, lang = english.classify(token)
        term = english.fold(token) if kind in (WORD, NUMBER) else token
        head = len(english.split_contraction(token)[0]) % len(token) if self._split and lang == EN else 0
        return _Row(self.terms[term], length, len(token), kind, lang, sentences.flags(token), head)
