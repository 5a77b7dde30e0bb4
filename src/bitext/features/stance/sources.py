"""Who the sources are: named, in a role, another outlet, unnamed, or nobody in particular."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bitext.features.stance.scan import Scan
from bitext.features.stance.sentence import Event
from bitext.features.stance.view import View
from bitext.features.stance.wordlists import words

#: Kinds of sources; "" is a source that is not stated.
KINDS = ("named", "role", "outlet", "anonymous", "hearsay", "")

_PRONOUNS = words("en", "source_pronouns") | words("zh", "source_pronouns")
#: A Chinese name has at least so many characters.
_SHORTEST_NAME = 2
#: What surrounds a name without being part of it.
_AROUND = " \u3000\n（）()《》〈〉,，"
_GENERIC_ZH = words("zh", "generic")
_GENERIC_EN = words("en", "generic")


@dataclass(frozen=True)
class Source:
    """The source of an event.

    Attributes:
        name: the words that name it; for a pronoun those of the name it stands for, "" if nobody is named.
        kind: one of `KINDS`.
        start, end: offsets of the words in the text, -1 where there are none.
    """

    name: str
    kind: str
    start: int = -1
    end: int = -1


NOBODY = Source("", "")


def sources(view: View, found: Scan, events: Sequence[Event]) -> list[Source]:
    """Return the source of each event; pronouns and what follows on take the source before them."""
    marks = _Marks(view, found)
    result: list[Source] = []
    last = NOBODY
    place = (-1, -1)
    for event in events:
        row, sentence = event.row, int(view.sentence[event.first])
        if row != place[0]:
            last = NOBODY
        if event.source is None:
            near = row == place[0] and sentence - place[1] <= 1 and event.inherited
            own = marks.hearsay(event)
            source = Source("", "hearsay") if own else Source(last.name, last.kind) if near else NOBODY
        else:
            source = _named(view, marks, event, last)
        result.append(source)
        if source.name:
            last = source
        place = (row, sentence)
    return result


def _named(view: View, marks: "_Marks", event: Event, last: Source) -> Source:
    assert event.source is not None
    start, end = event.source
    name = _trimmed(view.text(event.row, start, end))
    if name.lower() in _PRONOUNS:
        return Source(last.name, last.kind, start, end)
    if marks.hearsay(event):
        return Source("", "hearsay", start, end)
    kind = marks.kind(event.row, start, end, name)
    if kind == "named":
        name = marks.without_role(event.row, start, end) or name
    return Source(marks.outlet(event.row, start, end) if kind == "outlet" else name, kind, start, end)


def _trimmed(name: str) -> str:
    """Return *name* without what surrounds it, but with the bracket that closes one inside it."""
    bare = name.strip(_AROUND)
    for opened, closed in ("（）", "()"):
        if bare.count(opened) > bare.count(closed):
            return bare + closed
    return bare


class _Marks:
    """Which roles, outlets and unnamed sources stand where."""

    def __init__(self, view: View, found: Scan) -> None:
        self.view = view
        self.found = found
        self.starts = found.sources.first
        self.notes = [cue.note for cue in found.cues]
        self.unnamed = np.array([cue.feature == "anon_source" for cue in found.cues])

    def hearsay(self, event: Event) -> bool:
        """Say whether the cue itself is hearsay: 据悉, it is understood."""
        at = int(np.searchsorted(self.found.main.first, event.first))
        if at >= len(self.found.main.first) or self.found.main.first[at] != event.first:
            return False
        cue = self.found.cues[int(self.found.main.cue[at])]
        return cue.feature == "anon_source" and cue.note == "hearsay"

    def outlet(self, row: int, start: int, end: int) -> str:
        """Return the name of the outlet in a source: Reuters of a Reuters report on Tuesday."""
        view = self.view
        low, high = np.searchsorted(view.key, (row << 32 | start, row << 32 | end))
        a, b = np.searchsorted(self.starts, (low, high))
        for place in range(int(a), int(b)):
            if self.found.cues[int(self.found.sources.cue[place])].feature == "outlet_source":
                first, last = int(self.starts[place]), int(self.found.sources.last[place])
                return view.text(row, int(view.tokens.start[first]), int(view.tokens.end[last]))
        return ""

    def without_role(self, row: int, start: int, end: int) -> str:
        """Return the name behind a role in Chinese: 赵安 of 村长赵安; "" where there is none."""
        view = self.view
        if view.lang[row] != "zh":
            return ""
        low, high = np.searchsorted(view.key, (row << 32 | start, row << 32 | end))
        a, b = np.searchsorted(self.starts, (low, high))
        if a == b:
            return ""
        after = int(self.found.sources.last[b - 1]) + 1
        if after >= high or not view.words[after]:
            return ""
        name = view.text(row, int(view.tokens.start[after]), end)
        return name if len(name) >= _SHORTEST_NAME else ""

    def kind(self, row: int, start: int, end: int, name: str) -> str:
        view = self.view
        low, high = np.searchsorted(view.key, (row << 32 | start, row << 32 | end))
        main = self.found.main
        a, b = np.searchsorted(main.first, (low, high))
        notes = {self.notes[cue] for cue in main.cue[a:b].tolist() if self.unnamed[cue]}
        if "secret" in notes:
            return "anonymous"
        if "hearsay" in notes:
            return "hearsay"
        a, b = np.searchsorted(self.starts, (low, high))
        cues = [self.found.cues[cue] for cue in self.found.sources.cue[a:b].tolist()]
        if any(cue.feature == "outlet_source" for cue in cues):
            return "outlet"
        roles = [int(last) for last in self.found.sources.last[a:b].tolist()]
        if view.lang[row] == "zh":
            return self._chinese(int(low), int(high), roles, name, role=bool(cues) or "role" in notes)
        return self._english(int(low), int(high), row, role=bool(cues) or "role" in notes)

    def _chinese(self, low: int, high: int, roles: list[int], name: str, *, role: bool) -> str:
        if role:
            after = roles[-1] + 1 if roles else high
            behind = [self._word(i) for i in range(after, high) if self.view.words[i]]
            person = (
                bool(behind) and behind[0] not in _GENERIC_ZH and behind[0] not in ("的", "们", "等", "之一")
            )
            foreign = any(character in name for character in "·‧•・") or any(
                c.isascii() and c.isalpha() for c in name
            )
            return "named" if person or foreign else "role"
        words = [self._word(i) for i in range(low, high) if self.view.words[i]]
        if not words or words[-1] in _GENERIC_ZH or words[-1] == "们":
            return "role"
        if name.endswith(("人士", "者", "人", "们", "员", "方面", "观点", "意见")):
            return "role"
        return "named"

    def _english(self, low: int, high: int, row: int, *, role: bool) -> str:
        text = self.view.texts[row]
        capital = [
            text[int(self.view.tokens.start[i])].isupper()
            for i in range(low, high)
            if self.view.words[i] and self._word(i) not in _GENERIC_EN
        ]
        # The first word of a sentence is capital anyway; a role that begins one is still a role.
        if role and sum(capital) <= 1 and high - low <= 3:
            return "named" if len(capital) > 1 and capital[-1] else "role"
        return "named" if any(capital[1:]) or (capital and capital[0] and len(capital) == 1) else "role"

    def _word(self, place: int) -> str:
        return str(self.view.tokens.types[self.view.tokens.term[place]])
