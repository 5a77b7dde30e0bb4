"""From quotations and cues to events of attribution, and to the voice of every token."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bitext.features.stance import chinese, english
from bitext.features.stance.cues import REPORTING
from bitext.features.stance.quotes import Quote, find_quotes
from bitext.features.stance.scan import Scan
from bitext.features.stance.sentence import Candidate, Event, Sentence, Span
from bitext.features.stance.view import Bools, Ints, View

#: A quotation of so many words is somebody's words even where no cue says whose.
LONG_QUOTE = {"en": 4, "zh": 6}
#: Acts that stand for themselves, without words that are reported.
CONTENTLESS = frozenset(("no_comment", "deny", "say_conceding", "directive"))
#: Titles have at most so many words of more than three letters.
_LONGEST_TITLE = 8
_END_MARKS = frozenset("。！？.!?…")


@dataclass(frozen=True)
class Voices:
    """Who speaks where.

    Attributes:
        events: the events of attribution, in order of their first token.
        quotes: article row and quotation, in order.
        speech: for each quotation whether it is somebody's speech (else a name, a title or a scare quote).
        direct: for each quotation whether a reporting cue or a colon introduces it.
        owner: for each token the number of the event in whose content it stands (the innermost), or -1.
        depth: for each token how many events lie around it: 0 is the outlet's own voice.
    """

    events: list[Event]
    quotes: list[tuple[int, Quote]]
    speech: Bools
    direct: Bools
    owner: Ints
    depth: Ints


def voices(view: View, found: Scan) -> Voices:
    """Find quotations, events of attribution, and the voice of every token."""
    quotes = [(row, quote) for row, text in enumerate(view.texts) for quote in find_quotes(text)]
    first, last = _quote_tokens(view, quotes)
    inside = np.full(len(view.tokens), -1, dtype=np.int64)
    for number, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        inside[low : high + 1] = number
    events = _cue_events(view, found, inside)
    events = [_behind_quote(event, quotes, last, view) for event in events]
    events = [event for event in events if event.contents or _stands_alone(view, event)]
    events = [_with_whole_quotes(event, quotes, inside, view) for event in events]
    direct = _covered(view, events, first) | _behind_colon(view, quotes)
    speech, events = _quote_events(view, quotes, first, last, events)
    events.sort(key=lambda event: (event.first, event.last))
    owner, depth = _paint(view, events)
    return Voices(events, quotes, speech, speech & direct, owner, depth)


def _quote_tokens(view: View, quotes: Sequence[tuple[int, Quote]]) -> tuple[Ints, Ints]:
    """Return the first and last token inside each quotation."""
    rows = np.fromiter((row for row, _ in quotes), np.int64, len(quotes))
    start = np.fromiter((quote.inner_start for _, quote in quotes), np.int64, len(quotes))
    end = np.fromiter((quote.inner_end for _, quote in quotes), np.int64, len(quotes))
    return view.token_at(rows, start), view.token_ending(rows, end)


def _reports(note: str, feature: str) -> bool:
    """Say whether a cue can make an event: reporting verbs, frames, and what a list marks as attributing."""
    if feature in REPORTING or note == "attributes":
        return True
    return (feature == "named_evidential" and note in ("frame", "document")) or (
        feature == "anon_source" and note == "hearsay"
    )


def _cue_events(view: View, found: Scan, inside: Ints) -> list[Event]:
    """Let the rules of each language look at every sentence that holds a reporting cue."""
    reports = np.fromiter((_reports(cue.note, cue.feature) for cue in found.cues), bool, len(found.cues))
    wanted = np.flatnonzero(reports[found.main.cue])
    numbers = view.sentence[found.main.first[wanted]]
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    ends = [*starts.tolist(), len(wanted)][1:]
    cue, first, last = (column[wanted].tolist() for column in found.main)
    events: list[Event] = []
    for low, high in zip(starts.tolist(), ends, strict=True):
        number = int(numbers[low])
        begin, end = int(view.first[number]), int(view.first[number + 1])
        sentence = Sentence(view, number, inside[begin:end].tolist())
        candidates = [
            Candidate(
                first[hit] - begin,
                last[hit] - begin,
                found.cues[cue[hit]].feature,
                found.cues[cue[hit]].form,
                found.cues[cue[hit]].note,
                found.cues[cue[hit]].rule,
            )
            for hit in range(low, high)
        ]
        rules = chinese if view.lang[sentence.row] == "zh" else english
        events.extend(rules.events(sentence, candidates))
    return events


def _behind_quote(event: Event, quotes: Sequence[tuple[int, Quote]], last: Ints, view: View) -> Event:
    """Give an event without content the quotation that ended just before its sentence: “C。”X说道。"""
    if event.contents or not quotes:
        return event
    begin = int(view.first[view.sentence[event.first]])
    place = int(np.searchsorted(last, begin)) - 1
    if place < 0 or quotes[place][0] != event.row or event.first - begin > _NEAR:
        return event
    quote = quotes[place][1]
    between = view.text(event.row, quote.end, int(view.tokens.start[begin]))
    if between.strip(" \u3000") or not quote.closed:
        return event
    return event._replace(contents=((quote.start, quote.end),))


def _stands_alone(view: View, event: Event) -> bool:
    """Say whether an event without content is one; Chinese verbs of speech without any are mostly nouns."""
    return event.feature in CONTENTLESS or view.lang[event.row] != "zh"


#: A reporting verb so many tokens into its sentence may still report the quotation before it.
_NEAR = 12


def _with_whole_quotes(event: Event, quotes: Sequence[tuple[int, Quote]], inside: Ints, view: View) -> Event:
    """Let a content that touches a quotation hold all of it: “One. Two,” she said."""
    contents = []
    base = event.row << 32
    own = int(inside[event.first])
    for start, end in event.contents:
        low = int(np.searchsorted(view.key, base | start))
        high = int(np.searchsorted(view.key, base | (end - 1), side="right")) - 1
        for place in {low, high}:
            number = int(inside[place]) if place < len(inside) else -1
            if number >= 0 and number != own and quotes[number][0] == event.row:
                quote = quotes[number][1]
                if own < 0 or quote.depth > quotes[own][1].depth:
                    start, end = min(start, quote.start), max(end, quote.end)
        contents.append((start, end))
    return event._replace(contents=tuple(_joined(contents)))


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _quote_events(
    view: View, quotes: Sequence[tuple[int, Quote]], first: Ints, last: Ints, events: list[Event]
) -> tuple[Bools, list[Event]]:
    """Decide of each quotation whether it is speech; speech that no cue covers makes an event of its own."""
    covered = _covered(view, events, first)
    speech = np.zeros(len(quotes), dtype=bool)
    extra: list[Event] = []
    words = np.concatenate(([0], np.cumsum(view.words)))
    for number, (row, quote) in enumerate(quotes):
        low, high = int(first[number]), int(last[number])
        if low > high:
            continue
        if covered[number]:
            speech[number] = True
        elif quote.depth == 0 and _is_speech(view, row, quote, int(words[high + 1] - words[low])):
            speech[number] = True
            span = (quote.start, quote.end)
            extra.append(Event(row, low, low, "quote", None, (span,), "quotation", inherited=True))
    return speech, events + extra


def _covered(view: View, events: Sequence[Event], first: Ints) -> Bools:
    """Say for each quotation whether its first token stands in the content of an event from outside."""
    covered = np.zeros(len(view.tokens) + 1, dtype=bool)
    for event in events:
        for start, end in event.contents:
            low, high = np.searchsorted(view.key, (event.row << 32 | start, event.row << 32 | end))
            covered[int(low) : int(high)] = True
    return covered[np.minimum(first, len(view.tokens))]


def _behind_colon(view: View, quotes: Sequence[tuple[int, Quote]]) -> Bools:
    before = (view.texts[row][max(0, quote.start - 2) : quote.start].rstrip() for row, quote in quotes)
    return np.fromiter((text.endswith((":", "：")) for text in before), bool, len(quotes))


def _is_speech(view: View, row: int, quote: Quote, words: int) -> bool:
    text = view.texts[row]
    inner = text[quote.inner_start : quote.inner_end]
    before = text[max(0, quote.start - 2) : quote.start].rstrip()
    if view.lang[row] == "zh":
        long = sum("\u3400" <= character <= "\u9fff" for character in inner) >= LONG_QUOTE["zh"]
        ends = inner[-1:] in _END_MARKS or text[quote.end : quote.end + 1] in ("", "\n")
        return long and (ends or before.endswith(("：", ":", "，")) or not quote.closed)
    return words >= LONG_QUOTE["en"] and not _is_title(inner)


def _is_title(inner: str) -> bool:
    """Say whether a quotation is a name: a show, a song, a slogan on a hat.

    Examples:
        >>> _is_title("The Long Road Home"), _is_title("We will rebuild the Road")
        (True, False)
    """
    words = [word for word in inner.strip(" .,!?").split() if len(word) > 3]
    return len(words) <= _LONGEST_TITLE and bool(words) and all(word[0].isupper() for word in words)


def _paint(view: View, events: Sequence[Event]) -> tuple[Ints, Ints]:
    """Write the number of the event over the tokens of its contents, the widest first."""
    owner = np.full(len(view.tokens), -1, dtype=np.int64)
    depth = np.zeros(len(view.tokens), dtype=np.int64)
    spans = [
        (end - start, number, event.row, start, end)
        for number, event in enumerate(events)
        for start, end in event.contents
    ]
    spans.sort(key=lambda span: (-span[0], span[1]))
    rows = np.array([span[2] for span in spans], dtype=np.int64)
    low = view.token_at(rows, np.array([span[3] for span in spans], dtype=np.int64))
    high = view.token_at(rows, np.array([span[4] for span in spans], dtype=np.int64))
    for (_, number, *_), begin, end in zip(spans, low.tolist(), high.tolist(), strict=True):
        owner[begin:end] = number
        depth[begin:end] += 1
    return owner, depth
