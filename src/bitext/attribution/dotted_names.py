"""Foreign names with dots between their parts (米莱娜·尼科洛娃): where they stand, all parts whole."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from bitext.attribution.sentence import Event, Span
from bitext.tokens.clauses import View
from bitext.words.characters import Characters, neighbours
from bitext.words.dotted import dotted
from bitext.words.vocabulary import Vocabulary

_DOT = "·"
#: What makes a name that of a place, a body or a thing: 约翰·霍普金斯|大学, 卡尔·马克思|大道.
_THINGS = (
    *("大学", "学院", "学校", "中学", "研究所", "基金", "中心", "医院", "公司", "集团", "政府", "银行"),
    *("大道", "大街", "街", "路", "广场", "机场", "体育", "图书馆", "博物馆", "奖", "号", "法案", "事件"),
)


class DottedNames:
    """Where the dotted names of the Chinese articles of a batch stand."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def _rows(self) -> dict[int, list[Span]]:
        """Offsets of the names, in order, by row of their article."""
        found: dict[int, list[Span]] = {}
        dotted_types = np.array([_DOT in word for word in self._view.types], dtype=bool)
        if not dotted_types.any():
            return found
        whole = self._view.tokens
        wanted = np.zeros(len(whole.articles), dtype=bool)
        wanted[self._view.article[dotted_types[whole.term]]] = True
        held, tokens = np.flatnonzero(wanted), whole.select(wanted)
        text = Characters(tokens, neighbours(tokens), Vocabulary(tokens))
        token = text.kept[text.token]
        start = tokens.start[token] + np.arange(len(token)) - text.first[text.token]
        rows = held[tokens.article()[token]]
        for first, stop in dotted(text)[0]:
            span = int(start[first]), int(start[stop - 1]) + 1
            found.setdefault(int(rows[first]), []).append(span)
        return found

    def in_sources(self, events: Sequence[Event]) -> list[Event]:
        """Give sources all of the names that their edges cut, up to the verb: 莱娜·尼科洛|娃说."""
        return [self._in_source(event) if event.source else event for event in events]

    def _in_source(self, event: Event) -> Event:
        start, end = source = event.source or (0, 0)
        verb = int(self._view.tokens.start[event.first])
        for low, high in self._rows.get(event.row, ()):
            start = low if low < start < high else start
            end = min(high, verb) if low < end < min(high, verb) else end
        return event if (start, end) == source else event._replace(source=(start, end))

    def last_person(self, row: int, low: int, high: int) -> Span | None:
        """Return the last name of a person in a piece of an article; of no university, avenue or prize."""
        spans = self._rows.get(row, [])
        text = self._view.simplified[row]
        for start, end in reversed(spans[: bisect_right(spans, (high, high))]):
            if start < low:
                return None
            if end <= high and not text[start:end].endswith(_THINGS) and not text.startswith(_THINGS, end):
                return start, end
        return None
