"""A cue in its English sentence, as far as the quotation reaches that it stands in."""

from collections.abc import Sequence

from bitext.attribution.sentence import Candidate, Sentence
from bitext.tokens.clauses import QUOTE, STOP


class Around:
    """A cue and the words before and behind it.

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
        self.cue = cue
        self.low, self.high = sentence.region(cue.first)
        self.level = sentence.quoted[cue.first]
        self.floor = max(self.low, floor)  # a subject does not begin before the verb of the event before
        self.following = [other for other in following if other.first < self.high]

    def word(self, place: int) -> str:
        """Return token *place*, "" outside of the bounds."""
        return self.s.words[place] if self.low <= place < self.high else ""

    def mark(self, place: int) -> int:
        """Return the class of token *place*; outside of the bounds the sentence has ended."""
        return self.s.marks[place] if self.low <= place < self.high else STOP

    def deeper(self, place: int) -> bool:
        """Say whether token *place* stands in a quotation inside this one."""
        return self.low <= place < self.high and self.s.quoted[place] > self.level

    def closes_quote(self, place: int) -> bool:
        """Say whether token *place* is the closing mark of a quotation."""
        return self.mark(place) == QUOTE and self.deeper(place - 1)

    def opens_quote(self, place: int) -> bool:
        """Say whether token *place* is the opening mark of a quotation."""
        return self.mark(place) == QUOTE and self.deeper(place + 1)

    def last_word(self) -> int:
        """Return the last token of the region that is no final mark."""
        place = self.high - 1
        while place > self.cue.last and self.mark(place) in (STOP, QUOTE) and not self.closes_quote(place):
            place -= 1
        return place
