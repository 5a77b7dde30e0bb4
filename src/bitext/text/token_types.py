"""The surfaces a tokenizer has met, numbered, with all that is known of each as arrays."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints, Points
from bitext.text import sentences
from bitext.text.chinese import cutter as chinese
from bitext.text.chinese import figures
from bitext.text.interner import Ids, interner, texts
from bitext.text.kinds import EN, NONE, NUMBER, WORD, ZH
from bitext.text.latin import english
from bitext.text.matcher import has_han
from bitext.text.scripts.detect import code_points

#: The kind of what is no token: white space and placeholders.
GAP = 255
#: Before a word that the matcher found, to tell it from the same letters found otherwise. No token begins so.
LISTED = "\0\1"
#: Words of letters about which there is more to say than that they are.
_SPECIAL = sorted(english.CASED | sentences.STARTING)

#: What is known of one surface: columns of `Surfaces`, in this order, and their types.
#: term: number of its normalised form, -1 for gaps. form: see `sentences.flags`. head: where a contraction
#: divides, 0 for anything else.
_COLUMNS = {"term": np.int32, "kind": np.uint8, "lang": np.uint8, "form": np.uint8, "head": np.int32}


class Surfaces:
    """Numbers the tokens of a text and keeps their properties in arrays indexed by that number."""

    def __init__(self, *, split: bool) -> None:
        #: The normalised forms, by their numbers.
        self.names: list[str] = []
        self._split = split
        self._tokens = interner()
        self._terms = interner()
        self.term: Ids = np.zeros(0, dtype=np.int32)
        self.kind = np.zeros(0, dtype=np.uint8)
        self.lang = np.zeros(0, dtype=np.uint8)
        self.form = np.zeros(0, dtype=np.uint8)
        self.head = np.zeros(0, dtype=np.int32)
        self._tokens.number(*_laid_out(_SPECIAL))
        self._append(self._described(_SPECIAL))

    def __len__(self) -> int:
        return len(self.term)

    def number(self, points: Points, starts: Ints, ends: Ints) -> Ids:
        """Return the numbers of tokens of a text, none of them empty, having learnt those that are new."""
        ids = self._tokens.number(points, starts, ends)
        if len(self._tokens) > len(self):
            self._learn(*self._tokens.slices(len(self)))
        return ids

    def number_listed(self, words: Sequence[str]) -> Ids:
        """Return the numbers of words that the matcher found, and of figures in characters."""
        return self.number(*_laid_out([LISTED + word for word in words]))

    def _learn(self, points: Points, bounds: Ints) -> None:
        """Describe new tokens; those of Han, of letters and of digits alone, nearly all, together."""
        starts, ends = bounds[:-1], bounds[1:]
        letter = (points | 0x20) - np.uint32(ord("a")) < 26
        letters = np.logical_and.reduceat(letter, starts)
        digits = np.logical_and.reduceat(points - np.uint32(ord("0")) < 10, starts)
        han = np.logical_and.reduceat(
            points - np.uint32(chinese.HAN_FIRST) <= chinese.HAN_LAST - chinese.HAN_FIRST, starts
        )
        table = np.zeros((len(starts), len(_COLUMNS)), dtype=np.int32)
        table[:, 1] = np.where(digits, NUMBER, WORD)
        table[:, 2] = np.where(letters, EN, np.where(han, ZH, NONE))
        table[:, 3] = np.where(letters & (points[starts] >= ord("a")), sentences.LOWER, 0)
        easy = letters | digits | han
        folded = np.where(letter & np.repeat(letters, ends - starts), points | 0x20, points)
        table[easy, 0] = self._terms.number(folded, starts[easy], ends[easy])
        hard = np.flatnonzero(~easy)
        if len(hard):
            words = texts(points, bounds)
            table[hard] = self._described([words[i] for i in hard.tolist()])
        self._append(table)

    def _append(self, table: npt.NDArray[np.int32]) -> None:
        self.names.extend(texts(*self._terms.slices(len(self.names))))
        for column, (name, dtype) in zip(table.T, _COLUMNS.items(), strict=True):
            setattr(self, name, np.append(getattr(self, name), column.astype(dtype)))

    def _described(self, tokens: Sequence[str]) -> npt.NDArray[np.int32]:
        """Describe tokens one by one: what may need a closer look."""
        terms, values = zip(*map(self._describe, tokens), strict=True)
        table = np.zeros((len(tokens), len(_COLUMNS)), dtype=np.int32)
        table[:, 1:] = values
        table[:, 0] = self._terms.number(*_laid_out(terms))
        table[table[:, 1] == GAP, 0] = -1
        return table

    def _describe(self, token: str) -> tuple[str, tuple[int, int, int, int]]:
        """Return the normalised form of a token, and its kind, language, form and head."""
        if token.startswith(LISTED):
            word = token.removeprefix(LISTED)
            if figures.is_figure(word):
                return word, (NUMBER, ZH, 0, 0)
            return word, (WORD, ZH if has_han(word) else EN, 0, 0)
        if english.is_gap(token):
            return "", (GAP, NONE, 0, 0)
        kind, lang = english.classify(token)
        term = english.fold(token) if kind in (WORD, NUMBER) else token
        split = self._split and lang == EN
        head = len(english.split_contraction(token)[0]) % len(token) if split else 0
        return term, (kind, lang, sentences.flags(token), head)


def _laid_out(words: Sequence[str]) -> tuple[Points, Ints, Ints]:
    """Return *words* end to end as code points, with their starts and ends."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(lengths)
    return code_points("".join(words)), ends - lengths, ends
