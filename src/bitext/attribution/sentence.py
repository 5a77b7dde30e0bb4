"""One sentence as the attribution rules see it, a cue in it, and the event that they return."""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from bitext.arrays import Ints
from bitext.tokens.clauses import DASH, NOTHING, QUOTE, STOP, View

Span = tuple[int, int]

#: Marks between the parts of a foreign name: 乔·拜登.
DOTS = frozenset("·‧•・")

#: Tokens on either side of a cue that the rules look at. No sentence that people write is longer; text
#: without full stops is, and would take the square of its length.
REACH = 400


class Candidate(NamedTuple):
    """A cue in a sentence; positions are relative to the sentence's first token.

    *glued* is the number of characters of a verb that the segmenter left at the end of a name (刘健称).
    """

    first: int
    last: int
    feature: str
    form: str
    note: str
    rule: str
    glued: int = 0


class Event(NamedTuple):
    """Somebody is said to have said, thought or asked something.

    Attributes:
        row: row of the article.
        first: first token of the cue, a position in the Tokens arrays.
        last: its last token (inclusive).
        feature: the reporting feature, e.g. "say_neutral"; "quote" for a quotation without a cue.
        source: offsets of the words that name the source; None where nobody is named.
        contents: offsets of what is attributed, in order, none where only the act is told.
        rule: the rule and the cue that found it.
        inherited: True where the source is that of the event before (…, adding that …).
        phrase: offsets of the noun phrase that holds *source*, with what is added to the name.
    """

    row: int
    first: int
    last: int
    feature: str
    source: Span | None
    contents: tuple[Span, ...]
    rule: str
    inherited: bool = False
    phrase: Span | None = None


def each(records: Collection[NamedTuple], name: str) -> Ints:
    """Return one number of each event, source or quotation as an array."""
    return np.fromiter(map(attrgetter(name), records), np.int64, len(records))


class Sentence:
    """The tokens of one sentence as plain lists, cut out once."""

    __slots__ = ("_caps", "_ends", "_starts", "article_text", "base", "marks", "quoted", "row", "words")

    def __init__(
        self, view: View, row: int, base: int, words: list[str], marks: list[int], quoted: list[int]
    ) -> None:
        self._starts, self._ends = view.starts, view.ends
        self.row, self.base = row, base
        self.words, self.marks, self.quoted = words, marks, quoted
        self.article_text = view.texts[row]
        self._caps: list[bool] | None = None

    @classmethod
    def cut(cls, view: View, numbers: Ints, inside: Ints) -> "Iterator[Sentence]":
        """Yield the sentences *numbers*; *inside* tells in which quotation each token of the view stands."""
        first, size = view.first[numbers], np.diff(view.first)[numbers]
        stops = np.cumsum(size)
        places = np.arange(size.sum()) + np.repeat(first - stops + size, size)
        marks = view.mark[places]
        marks[_dashes(view, places, stops - size, stops)] = DASH
        words, classes, quoted = view.words_at(places), marks.tolist(), inside[places].tolist()
        rows = view.article[first].tolist()
        low = 0
        for row, base, high in zip(rows, first.tolist(), stops.tolist(), strict=True):
            yield cls(view, row, base, words[low:high], classes[low:high], quoted[low:high])
            low = high

    def __len__(self) -> int:
        return len(self.words)

    @property
    def caps(self) -> list[bool]:
        """Say of each token whether it begins with a capital."""
        if self._caps is None:
            text = self.article_text
            starts = self._starts[self.base : self.base + len(self.words)]
            self._caps = [text[start].isupper() for start in starts]
        return self._caps

    def region(self, place: int) -> Span:
        """Return the bounds (end exclusive) of the tokens that share the quotation of token *place*.

        Quotations inside it belong to the region; they count as one opaque piece.
        """
        mine = self.quoted[place]
        if mine < 0 and len(self.words) <= REACH:
            return 0, len(self.words)
        first, last = max(place - REACH, 0), min(place + REACH, len(self.words))
        if mine < 0:
            return first, last
        low = place
        while low > first and self.quoted[low - 1] >= mine:
            low -= 1
        high = place + 1
        while high < last and self.quoted[high] >= mine:
            high += 1
        return low, high

    def span(self, first: int, last: int) -> Span:
        """Return the offsets of the tokens *first* to *last* (inclusive)."""
        return self._starts[self.base + first], self._ends[self.base + last]

    def text(self, first: int, last: int) -> str:
        """Return the tokens *first* to *last* (inclusive) as they stand in the article."""
        start, end = self.span(first, last)
        return self.article_text[start:end]


def _dashes(view: View, places: Ints, first: Ints, stops: Ints) -> Ints:
    """Return which of *places* hold a hyphen between spaces, inside a sentence: it is a dash."""
    hyphen = view.tokens.types == "-"
    found = np.flatnonzero(hyphen[view.tokens.term[places]])
    found = np.setdiff1d(found, np.concatenate((first, stops - 1)))
    start, end, place = view.tokens.start, view.tokens.end, places[found]
    return found[(end[place - 1] < start[place]) & (end[place] < start[place + 1])]


class CueContext:
    """A cue in its English sentence, as far as the quotation reaches that it stands in.

    Attributes:
        s: the sentence.
        cue: the cue.
        low, high: bounds (end exclusive) of the tokens that share its quotation.
        level: number of that quotation, -1 for none.
        floor: first token that can be part of a subject.
        following: the cues behind it.
    """

    def __init__(
        self, sentence: Sentence, cue: Candidate, following: Sequence[Candidate], floor: int
    ) -> None:
        self.s = sentence
        self._words, self._marks = sentence.words, sentence.marks
        self.cue = cue
        self.low, self.high = sentence.region(cue.first)
        self.level = sentence.quoted[cue.first]
        self.floor = max(self.low, floor)  # a subject does not begin before the verb of the event before
        self.following = list(takewhile(lambda other: other.first < self.high, following))

    def word(self, place: int) -> str:
        """Return token *place*, "" outside of the bounds."""
        return self._words[place] if self.low <= place < self.high else ""

    def mark(self, place: int) -> int:
        """Return the class of token *place*; outside of the bounds the sentence has ended."""
        return self._marks[place] if self.low <= place < self.high else STOP

    def deeper(self, place: int) -> bool:
        """Say whether token *place* stands in a quotation inside this one."""
        return self.low <= place < self.high and self.s.quoted[place] > self.level

    def closes_quote(self, place: int) -> bool:
        """Say whether token *place* is the closing mark of a quotation."""
        return self.mark(place) == QUOTE and self.deeper(place - 1)

    def opens_quote(self, place: int) -> bool:
        """Say whether token *place* is the opening mark of a quotation."""
        return self.mark(place) == QUOTE and self.deeper(place + 1)

    def apostrophe(self, place: int) -> bool:
        """Say whether token *place* is the mark of a genitive: Sanders' manager."""
        mark = self.word(place) in ("'", "’") and place > self.low and self.mark(place - 1) == NOTHING
        return mark and not self.opens_quote(place) and not self.closes_quote(place)

    def last_word(self) -> int:
        """Return the last token of the region that is no final mark."""
        place = self.high - 1
        while place > self.cue.last and self.mark(place) in (STOP, QUOTE) and not self.closes_quote(place):
            place -= 1
        return place
