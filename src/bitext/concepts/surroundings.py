"""Which concepts stand beside a mention, in its sentence and article, and the country where its story is set.

What conditions on concepts (`conditions`) look at. The country of a story is the country that its article
names most often; of several named equally often, the one named first. Hong Kong, Macau and Taiwan, which have
outlets and a press of their own, are asked for like countries.
"""

from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np

from bitext.arrays import Ints
from bitext.tokens.tokens import Tokens

COUNTRY = "country"
#: Words that may stand between a form and the concept before it: 美国的司法部, Britain, the Treasury.
_BETWEEN = frozenset({"的", "the"})


class Mention(NamedTuple):
    """First and last token (inclusive) of a mention, and those of its sentence."""

    article: int
    first: int
    last: int
    sentence_first: int
    sentence_last: int


class Surroundings:
    """Concepts found in tokens, to be asked what stands around a mention.

    Args:
        tokens: the tokens.
        concepts: ids and kinds of the concepts of a table.
        concept: numbers of the concepts found.
        first: first token of each, *last* its last (inclusive).
    """

    def __init__(
        self,
        tokens: Tokens,
        concepts: tuple[Sequence[str], Sequence[str]],
        concept: Ints,
        first: Ints,
        last: Ints,
    ) -> None:
        order = np.argsort(first, kind="stable")
        self._tokens = tokens
        self._labels, self._kinds = concepts
        self._concept, self._first, self._last = concept[order], first[order], last[order]
        self._article = tokens.article()[self._first]
        self._countries: dict[int, str] = {}

    def holds(self, place: str, wanted: Set[str], mention: Mention) -> bool:
        """Say whether one of the concepts *wanted* (ids, or ``kind:city``) stands at a place of a mention."""
        if place == COUNTRY:
            return self.country(mention.article) in wanted
        if place == "article":
            low, high = np.searchsorted(self._article, (mention.article, mention.article + 1)).tolist()
        else:
            ends = (mention.sentence_first, mention.sentence_last + 1)
            low, high = np.searchsorted(self._first, ends).tolist()
        first, last = self._first[low:high], self._last[low:high]
        if place == "before":
            there = last == self._neighbour(mention)
        elif place == "after":
            there = first == mention.last + 1
        else:
            there = (last < mention.first) | (first > mention.last)
        return any(self._is(number, wanted) for number in set(self._concept[low:high][there].tolist()))

    def country(self, article: int) -> str:
        """Return the id of the country in which the story of an article is set; "" where it names none."""
        if article not in self._countries:
            low, high = np.searchsorted(self._article, (article, article + 1))
            here = self._concept[low:high].tolist()
            named = [number for number in here if self._kinds[number] == COUNTRY]
            # max returns the first of equals, and a dict keeps the order in which the article names them.
            most = max(dict.fromkeys(named), key=named.count, default=None)
            self._countries[article] = "" if most is None else self._labels[most]
        return self._countries[article]

    def _neighbour(self, mention: Mention) -> int:
        """Return the token before a mention, or the one before that where a mere particle stands between."""
        before = mention.first - 1
        between = (
            before > mention.sentence_first and self._tokens.types[self._tokens.term[before]] in _BETWEEN
        )
        return before - 1 if between else before

    def _is(self, number: int, wanted: Set[str]) -> bool:
        return self._labels[number] in wanted or f"kind:{self._kinds[number]}" in wanted
