"""Quotations that open anew in every paragraph → each paragraph with the event of who says them."""

from collections.abc import Sequence
from itertools import pairwise

from bitext.attribution.quotes import Quote
from bitext.attribution.sentence import Event
from bitext.tokens.clauses import View


def with_paragraphs(view: View, quotes: Sequence[tuple[int, Quote]], events: list[Event]) -> list[Event]:
    """Give events the paragraphs of a quotation that opens anew in each, and that nobody else has said."""
    of_row: dict[int, list[int]] = {}
    for number, event in enumerate(events):
        of_row.setdefault(event.row, []).append(number)
    for pieces in _chains(view, quotes):
        spans = [(quote.start, quote.end) for _, quote in pieces]
        near = of_row.get(pieces[0][0], [])
        owner = [
            next((n for n in near if any(a <= start < b for a, b in events[n].contents)), -1)
            for start, _ in spans
        ]
        # Those before the first owner are the first's, those behind one are its own.
        teller = next((number for number in owner if number >= 0), -1)
        for span, number in zip(spans, owner, strict=True):
            teller = number if number >= 0 else teller
            if number < 0 <= teller:
                contents = sorted((*events[teller].contents, span))
                events[teller] = events[teller]._replace(contents=tuple(contents))
    return events


def _chains(view: View, quotes: Sequence[tuple[int, Quote]]) -> list[list[tuple[int, Quote]]]:
    """Return quotations over several paragraphs: a piece each, all but the last without a closing mark."""
    chains: list[list[tuple[int, Quote]]] = []
    for before, after in pairwise(quote for quote in quotes if quote[1].depth == 0):
        if not before[1].continued or before[0] != after[0]:
            continue
        if view.text(before[0], before[1].end, after[1].start).strip():
            continue
        if chains and chains[-1][-1] == before:
            chains[-1].append(after)
        else:
            chains.append([before, after])
    return chains
