"""Which texts go into the page in full, and which sentences of the others: both within a budget of bytes."""

from dataclasses import dataclass

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.tokens.tokens import Tokens

#: Bytes for texts in full, and for single sentences of the texts that are too long for that.
WHOLE_BYTES = 560_000
SENTENCE_BYTES = 950_000


@dataclass
class Texts:
    """The texts of the page.

    Attributes:
        texts: all texts.
        whole: which articles are there in full.
        limit: longest text (in characters) that is there in full; None if all are.
        keys, starts, ends: every sentence: article << 32 | sentence number, and its offsets.
        taken: which sentences of the other articles are there.
        left: bytes left for further sentences.
    """

    texts: list[str]
    whole: Bools
    limit: int | None
    keys: Ints
    starts: Ints
    ends: Ints
    taken: Bools
    left: int

    @classmethod
    def of(
        cls, tokens: Tokens, whole_bytes: int = WHOLE_BYTES, sentence_bytes: int = SENTENCE_BYTES
    ) -> "Texts":
        """Take as many texts in full as fit, short ones first."""
        texts = [str(text) for text in tokens.articles[tokens.field]]
        whole, limit = _whole(texts, whole_bytes)
        keys, first = np.unique(tokens.sentence_keys(), return_index=True)
        last = np.concatenate((first[1:], [len(tokens)])) - 1 if len(keys) else first
        starts, ends = tokens.start[first].astype(np.int64), tokens.end[last].astype(np.int64)
        return cls(texts, whole, limit, keys, starts, ends, np.zeros(len(keys), bool), sentence_bytes)

    def place(self, article: Ints, sentence: Ints) -> Ints:
        """Return the number of each sentence."""
        return np.searchsorted(self.keys, (article << 32) | sentence)

    def take(self, places: Ints) -> Bools:
        """Take the sentences *places*, first come first served; say which are in the page now."""
        article = self.keys[places] >> 32
        found = self.whole[article] | self.taken[places]
        for i in np.flatnonzero(~found):
            place = int(places[i])
            if not self.taken[place]:
                text = self.texts[int(article[i])][int(self.starts[place]) : int(self.ends[place])]
                size = len(text.encode("utf-8", "replace")) + 12
                if size > self.left:
                    continue
                self.left -= size
                self.taken[place] = True
            found[i] = True
        return np.asarray(found, dtype=bool)

    def hold(self, article: int, start: int, end: int) -> bool:
        """Take the sentences of *article* from *start* to *end*; say whether all are in the page now."""
        low, high = np.searchsorted(self.keys, (article << 32, (article + 1) << 32))
        first = low + int(np.searchsorted(self.starts[low:high], start, side="right")) - 1
        last = low + int(np.searchsorted(self.starts[low:high], end, side="left"))
        places = np.arange(max(first, int(low)), min(last, int(high)), dtype=np.int64)
        return bool(len(places)) and bool(self.take(places).all())

    def full(self) -> list[str | None]:
        """Return each text, None where it is not in the page in full."""
        return [text if whole else None for text, whole in zip(self.texts, self.whole, strict=True)]

    def parts(self) -> dict[str, list[int | str]]:
        """Return the sentences taken: article -> [offset, sentence, offset, sentence, ...]."""
        parts: dict[str, list[int | str]] = {}
        for place in np.flatnonzero(self.taken):
            article = int(self.keys[place] >> 32)
            start, end = int(self.starts[place]), int(self.ends[place])
            parts.setdefault(str(article), []).extend((start, self.texts[article][start:end]))
        return parts


def _whole(texts: list[str], budget: int) -> tuple[Bools, int | None]:
    """Return which texts fit, and the greatest length at which all texts do; None if every text fits."""
    sizes = np.array([len(text.encode("utf-8", "replace")) for text in texts], dtype=np.int64)
    if sizes.sum() <= budget:
        return np.ones(len(texts), bool), None
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    order = np.argsort(lengths, kind="stable")
    total = np.cumsum(sizes[order])
    fits = int(np.searchsorted(total, budget, side="right"))
    # Texts of equal length share their fate, so that one number tells which are there.
    limit = int(lengths[order[fits]]) - 1
    return lengths <= limit, limit
