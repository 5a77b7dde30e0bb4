"""From quotations and cues to events of attribution, and to the voice of every token."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from operator import attrgetter

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.attribution.chinese import rules as chinese
from bitext.attribution.chinese.glued import glued
from bitext.attribution.dotted_names import DottedNames
from bitext.attribution.english import rules as english
from bitext.attribution.headings import headed, printed
from bitext.attribution.labels import beside_quote, interview
from bitext.attribution.paragraphs import with_paragraphs
from bitext.attribution.quotes import Quote, find_quotes
from bitext.attribution.sentence import Candidate, Event, Sentence, Span, each
from bitext.attribution.speech import is_speech
from bitext.cues.cues import ATTITUDE
from bitext.cues.matching import CueMatches
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import COLON, QUOTE, View

#: Acts that stand for themselves, without words that are reported.
CONTENTLESS = frozenset(("no_comment", "deny", "say_conceding", "directive"))
_PRONOUNS = words("zh", "source_pronouns")
_STOPPERS = frozenset(word for word in words("zh", "stoppers") if len(word) > 1)


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

    @cached_property
    def row(self) -> Ints:
        """The row of each event's article."""
        return each(self.events, "row")

    @cached_property
    def first(self) -> Ints:
        """The first token of each event's cue."""
        return each(self.events, "first")


#: Marks that open a quotation.
_OPENING = frozenset("“「『\"‘'«")
#: What a verb is that stands in one word with a name: feature, form, note, rule.
_SAID = ("say_neutral", "说", "", "glued:说")


def voices(view: View, found: CueMatches, dotted: DottedNames) -> Voices:
    """Find quotations, events of attribution, and the voice of every token."""
    quotes = [(row, quote) for row, text in enumerate(view.texts) for quote in find_quotes(text)]
    first, last = _quote_tokens(view, quotes)
    inside = np.full(len(view.tokens), -1, dtype=np.int64)
    for number, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        inside[low : high + 1] = number
    _double_marks(view, quotes, inside, first, last)
    events = _cue_events(view, found, inside)
    ends = last.tolist()
    told = {(event.row, end) for event in events for _, end in event.contents}
    events = [_behind_quote(event, quotes, ends, view, told) for event in events]
    events = [event if event.contents else _before_quote(event, quotes, first, view) for event in events]
    events = [event for event in events if event.contents or _stands_alone(view, event)]
    events = with_paragraphs(view, quotes, _with_whole_quotes(view, quotes, inside, events))
    covered = _covered(view, events, first)
    direct = covered | _behind_colon(view, quotes)
    speech, extra = _quote_events(view, quotes, first, last, covered)
    events = _interviews(view, events + extra)
    events += [*headed(view, events), *printed(view, events)]
    events = dotted.in_sources(events)
    events.sort(key=lambda event: (event.first, event.last))
    owner, depth = _paint(view, events)
    return Voices(events, quotes, speech, speech & direct, owner, depth)


def _quote_tokens(view: View, quotes: Sequence[tuple[int, Quote]]) -> tuple[Ints, Ints]:
    """Return the first and last token inside each quotation."""
    rows = np.fromiter((row for row, _ in quotes), np.int64, len(quotes))
    marks = [quote for _, quote in quotes]
    start, end = each(marks, "inner_start"), each(marks, "inner_end")
    return view.token_at(rows, start), view.token_ending(rows, end)


def _double_marks(
    view: View, quotes: Sequence[tuple[int, Quote]], inside: Ints, first: Ints, last: Ints
) -> None:
    """Count the inner one of two marks that open or close together, ''C'', to the quotation."""
    size = len(view.tokens)
    for number, (_, quote) in enumerate(quotes):
        low, high = int(first[number]), int(last[number])
        if quote.inner_start - quote.start == len("''") and low > 0 and view.mark[low - 1] == QUOTE:
            inside[low - 1] = number
        if quote.end - quote.inner_end == len("''") and high + 1 < size and view.mark[high + 1] == QUOTE:
            inside[high + 1] = number


def _cue_events(view: View, found: CueMatches, inside: Ints) -> list[Event]:
    """Let the rules of each language look at every sentence that holds a reporting cue."""
    cue, first, last = found.reports
    extra, lengths = glued(view, first)
    ends = np.concatenate((np.zeros(len(cue), np.int64), lengths))
    cue = np.concatenate((cue, np.full(len(extra), -1)))
    first, last = np.concatenate((first, extra)), np.concatenate((last, extra))
    order = np.argsort(first, kind="stable")
    cue, first, last, ends = cue[order], first[order], last[order], ends[order]
    numbers, starts = np.unique(view.sentence[first], return_index=True)
    base = view.first[view.sentence[first]]
    about = [*found.facts.candidate, _SAID]  # the last is that of -1
    columns = ((first - base).tolist(), (last - base).tolist(), map(about.__getitem__, cue), ends.tolist())
    candidates = [Candidate(a, b, *what, glue) for a, b, what, glue in zip(*columns, strict=True)]
    bounds = [*starts.tolist(), len(first)]
    is_chinese: list[bool] = (view.lang == "zh").tolist()
    events: list[Event] = []
    for sentence, (low, high) in zip(Sentence.cut(view, numbers, inside), pairwise(bounds), strict=True):
        rules = chinese if is_chinese[sentence.row] else english
        events.extend(rules.events(sentence, candidates[low:high]))
    return events


def _behind_quote(
    event: Event, quotes: Sequence[tuple[int, Quote]], ends: list[int], view: View, told: set[Span]
) -> Event:
    """Give an event the quotation that ended just before its sentence: “C。”X说道。/ “C！”他补充道：“D。”

    One that somebody is said to have said already (*told*: where contents end) stays theirs; and an event
    that has content gets it only where that is a quotation, too.
    """
    if event.contents and view.texts[event.row][event.contents[0][0]] not in _OPENING:
        return event
    begin = int(view.first[view.sentence[event.first]])
    place = bisect_left(ends, begin) - 1
    if place < 0 or quotes[place][0] != event.row or event.first - begin > _NEAR:
        return event
    quote = quotes[place][1]
    between = view.text(event.row, quote.end, int(view.tokens.start[begin]))
    ends_at = {(event.row, quote.end), (event.row, quote.inner_end)}
    if between.strip(" \u3000") or not quote.closed or ends_at & told:
        return event
    return event._replace(contents=((quote.start, quote.end), *event.contents))


def _before_quote(event: Event, quotes: Sequence[tuple[int, Quote]], begins: Ints, view: View) -> Event:
    """Give an event that ends its line with a colon the quotation that opens the next: X写道：⏎“C。”"""
    stop = int(view.first[view.sentence[event.last] + 1])
    if stop >= len(view.tokens) or view.mark[stop - 1] != COLON or stop - event.last > _NEAR:
        return event
    place = int(np.searchsorted(begins, stop))
    while place < len(quotes) and quotes[place][1].depth:
        place += 1
    if place == len(quotes) or quotes[place][0] != event.row:
        return event
    quote = quotes[place][1]
    between = view.text(event.row, int(view.tokens.end[stop - 1]), quote.start)
    return event if between.strip(" \u3000\n") else event._replace(contents=((quote.start, quote.end),))


def _stands_alone(view: View, event: Event) -> bool:
    """Say whether an event without content is one; Chinese verbs of speech without any are mostly nouns."""
    return event.feature in CONTENTLESS or view.lang[event.row] != "zh"


#: A reporting verb so many tokens into its sentence may still report the quotation before it.
_NEAR = 12


def _with_whole_quotes(
    view: View, quotes: Sequence[tuple[int, Quote]], inside: Ints, events: Sequence[Event]
) -> list[Event]:
    """Let a content that touches a quotation hold all of it: “One. Two,” she said."""
    owner, first, last = _content_tokens(view, events)
    if not len(owner):
        return list(events)
    own = inside[each(events, "first")][owner]
    ends = np.stack((inside[first], inside[np.maximum(last, first)]))
    touched = np.unique(owner[((ends >= 0) & (ends != own)).any(axis=0)])
    grown = list(events)
    for number in touched.tolist():
        grown[number] = _grown(view, quotes, inside, events[number])
    return grown


def _grown(view: View, quotes: Sequence[tuple[int, Quote]], inside: Ints, event: Event) -> Event:
    contents = []
    own = int(inside[event.first])
    for start, end in event.contents:
        low, high = view.place_at(event.row, start), view.place_at(event.row, end) - 1
        for place in {low, high}:
            number = int(inside[place]) if place < len(inside) else -1
            if number >= 0 and number != own and quotes[number][0] == event.row:
                quote = quotes[number][1]
                if own < 0 or quote.depth > quotes[own][1].depth:
                    start, end = min(start, quote.start), max(end, quote.end)
        contents.append((start, end))
    return event._replace(contents=tuple(_joined(contents)))


def _content_tokens(view: View, events: Sequence[Event]) -> tuple[Ints, Ints, Ints]:
    """Return for each content the number of its event, its first token and its last."""
    contents = list(map(attrgetter("contents"), events))
    owner = np.repeat(np.arange(len(events)), list(map(len, contents)))
    row = each(events, "row")[owner]
    offsets = chain.from_iterable(chain.from_iterable(contents))
    start, end = np.fromiter(offsets, np.int64, 2 * len(owner)).reshape(-1, 2).T
    last = view.token_ending(row, end)
    return owner, np.minimum(view.token_at(row, start), max(len(view.tokens) - 1, 0)), last


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _quote_events(
    view: View, quotes: Sequence[tuple[int, Quote]], first: Ints, last: Ints, covered: Bools
) -> tuple[Bools, list[Event]]:
    """Decide of each quotation whether it is speech; speech that no cue covers makes an event of its own."""
    speech = np.zeros(len(quotes), dtype=bool)
    extra: list[Event] = []
    before = np.concatenate(([0], np.cumsum(view.words)))
    for number, (row, quote) in enumerate(quotes):
        low, high = int(first[number]), int(last[number])
        if low > high:
            continue
        if covered[number]:
            speech[number] = True
        elif quote.depth == 0 and is_speech(view, row, quote, int(before[high + 1] - before[low])):
            speech[number] = True
            span, source = (quote.start, quote.end), beside_quote(view.texts[row], quote)
            if source is not None:
                source = _before_act(view, row, source)
            rule = "quotation" if source is None else "quotation with a name"
            extra.append(Event(row, low, low, "quote", source, (span,), rule, inherited=source is None))
    return speech, extra


def _before_act(view: View, row: int, source: Span) -> Span:
    """Return a source without what it does before the colon: 网友|纷纷留言点赞."""
    start, end = source
    low, high = view.place_at(row, start), view.place_at(row, end)
    if low < high and view.word(low) in _PRONOUNS:
        return start, view.ends[low]  # 他|打个比喻
    stop = next((place for place in range(low + 1, high) if view.word(place) in _STOPPERS), None)
    return source if stop is None else (start, view.ends[stop - 1])


def _interviews(view: View, events: list[Event]) -> list[Event]:
    """Return *events* with the lines of interviews, Name：C, of which no verb is an event."""
    found = [(row, *line) for row, text in enumerate(view.texts) for line in interview(text)]
    if not found:
        return events
    rows = np.array([line[0] for line in found], dtype=np.int64)
    begins = np.array([(line[1][0], line[2][0]) for line in found], dtype=np.int64)
    label, said = view.token_at(rows, begins[:, 0]).tolist(), view.token_at(rows, begins[:, 1]).tolist()
    taken = {place for low, high in zip(label, said, strict=True) for place in range(low, high)}
    kept = [event for event in events if event.first not in taken]
    lines = [
        Event(row, place, place, "quote", span if named else None, (spoken,), "interview")
        for (row, span, spoken, named), place in zip(found, said, strict=True)
        if place < len(view.tokens)
    ]
    return kept + lines


def _covered(view: View, events: Sequence[Event], first: Ints) -> Bools:
    """Say for each quotation whether its first token stands in the content of an event from outside."""
    change = np.zeros(len(view.tokens) + 2, dtype=np.int64)
    _, low, high = _content_tokens(view, events)
    np.add.at(change, low, 1)
    np.add.at(change, np.maximum(high, low - 1) + 1, -1)
    covered: Bools = np.cumsum(change) > 0
    return covered[np.minimum(first, len(view.tokens))]


def _behind_colon(view: View, quotes: Sequence[tuple[int, Quote]]) -> Bools:
    before = (view.texts[row][max(0, quote.start - 2) : quote.start].rstrip() for row, quote in quotes)
    return np.fromiter((text.endswith((":", "：")) for text in before), bool, len(quotes))


def _paint(view: View, events: Sequence[Event]) -> tuple[Ints, Ints]:
    """Write the number of the event over its content, the widest first; attitudes are the outlet's words."""
    owner = np.full(len(view.tokens), -1, dtype=np.int64)
    number, low, high = _content_tokens(view, events)
    said = np.array([event.feature != ATTITUDE for event in events], dtype=bool)[number]
    number, low, high = number[said], low[said], high[said]
    high = np.maximum(high, low - 1) + 1
    change = np.zeros(len(view.tokens) + 2, dtype=np.int64)
    np.add.at(change, low, 1)
    np.add.at(change, high, -1)
    order = np.lexsort((number, low - high))
    for event, begin, end in zip(*(column[order].tolist() for column in (number, low, high)), strict=True):
        owner[begin:end] = event
    return owner, np.cumsum(change)[: len(view.tokens)]
