"""Who the sources are: named, in a role, another outlet, unnamed, or nobody in particular."""

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from bitext.arrays import Ints
from bitext.attribution.antecedents import Antecedents, follows_on
from bitext.attribution.chinese.nouns import is_persons_name
from bitext.attribution.chinese.persons import is_name
from bitext.attribution.sentence import DOTS, Event, each
from bitext.concepts.table import ConceptTable
from bitext.cues.matching import CueMatches
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import View

#: Kinds of sources; "" is a source that is not stated.
KINDS = ("named", "role", "outlet", "anonymous", "hearsay", "")

_PRONOUNS = words("en", "source_pronouns") | words("zh", "source_pronouns")
_CONTRACTED = words("en", "subject_pronouns")
#: What surrounds a name without being part of it.
_AROUND = " \u3000\n（）()《》〈〉,，"
_PERSON = words("en", "person_pronouns") | words("zh", "person_pronouns")
_FIRST_PERSON = words("en", "first_person") | words("zh", "first_person")
_GROUP = words("en", "group_pronouns") | words("zh", "group_pronouns")
_PLURAL = frozenset(("they", "them", "their", "他们", "她们", "他們", "她們"))
_BODIES_EN = words("en", "no_persons")
_BODIES_ZH = tuple(sorted(words("zh", "no_persons")))
_DOCUMENTS_ZH = tuple(sorted(words("zh", "documents") | {"意见稿", "草案", "手册", "指南"}))
_ROLES_ZH = (*_DOCUMENTS_ZH, "人士", "者", "人", "们", "员", "方面", "观点", "意见")
_GENERIC_ZH = words("zh", "generic")
_GENERIC_EN = words("en", "generic")
#: What opens a phrase that names nobody: a fund.
_INDEFINITE = frozenset(("一个", "一家", "一份", "一项", "一些", "一名", "一位", "一所", "一支", "一群"))
#: A Chinese name has so many characters, and begins with one of these.
_SHORTEST_NAME, _LONGEST_CHINESE = 2, 3
_SURNAMES_ZH = words("zh", "surnames")
#: Data are no persons: 官方統計.
_DATA_ZH = ("统计", "統計", "资料", "資料", "数据", "數據", "消息")
_AND = frozenset(("和", "与", "及"))
#: Between a role and where it is.
_WHERE = frozenset(("in", "at", "from", "across", "near"))
#: A pronoun that the segmenter left in one word with an adverb: 我会, 他也.
_GLUED_PRONOUN = re.compile(r"([我他她][们們]?)[会會要想能也就便曾都还還才只又将將敢]")
#: A title in its marks with a gloss behind it: 《X》（Y）.
_TITLE = re.compile(r"《([^《》]+)》\s*[（(][^（）()]*[）)]?")
#: What is told of a person in brackets behind the name: 陈刚（42岁）, 陈刚（左）和…; not within one.
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\s?[（(][^（）()《》]*[）)](?=$|[、和与與及以])")
#: What joins the names of outlets that are quoted together.
_JOINS = frozenset(("、", "和", "与", "及", "以及", "and", ",", "&", "《", "》", "the"))


class Source(NamedTuple):
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
_SPEAKER = Source("I", "")  # who says "I", until it is known


def sources(
    view: View, found: CueMatches, events: Sequence[Event], owner: Ints, people: Antecedents
) -> list[Source]:
    """Return the source of each event; pronouns stand for persons, what follows on takes the one before.

    Args:
        view: the tokens.
        found: the cues in them.
        events: the events of attribution, in order.
        owner: for each token the event in whose content it stands, or -1.
        people: whom pronouns can mean.
    """
    marks = _Marks(view, found, events)
    ends = np.array([event.contents[-1][1] if event.contents else 0 for event in events], dtype=np.int64)
    told = np.maximum(view.token_ending(each(events, "row"), ends), 0)
    sentences = view.sentence[each(events, "first")].tolist()
    said = np.where(ends > 0, np.maximum(view.sentence[told], sentences), sentences).tolist()
    result: list[Source] = []
    waiting: list[int] = []
    last = NOBODY
    place = (-1, -1)
    for number, (event, sentence) in enumerate(zip(events, sentences, strict=True)):
        row = event.row
        if row != place[0]:
            last = NOBODY
        if event.source is None:
            before = Source(*last[:2]) if follows_on(view, event, sentence - place[1]) else NOBODY
            source = Source("", "hearsay") if marks.hearsay[number] else before
        else:
            source = _named(view, marks, number, event, last, people)
            if source is _SPEAKER:
                waiting.append(number)
                source = Source("", "", *event.source)
        result.append(source)
        if source.name:
            last = source
            if event.source is not None and source.kind == "named":
                people.add(row, source.name)
        place = (row, said[number])
    for number in waiting:
        around = int(owner[events[number].first])
        if around >= 0 and around != number:
            mine, theirs = result[number], result[around]
            result[number] = Source(theirs.name, theirs.kind, mine.start, mine.end)
    return result


def _named(
    view: View, marks: "_Marks", number: int, event: Event, last: Source, people: Antecedents
) -> Source:
    assert event.source is not None
    start, end = event.source
    name = _trimmed(view.text(event.row, start, end))
    if ("'" in name or "’" in name) and name.lower().partition("'")[0].partition("’")[0] in _CONTRACTED:
        name = name.partition("'")[0].partition("’")[0]  # he's, I’ve
        end = start + len(name)
    if name[:1] in "我他她" and (glued := _GLUED_PRONOUN.fullmatch(name)):
        name, end = glued.group(1), start + glued.end(1)  # 我会|说
    if name[-2:] in ("的他", "的她"):
        name = name[-1]  # 住在国外的他
    lowered = name.lower()
    if lowered in _FIRST_PERSON:
        return _SPEAKER
    if lowered in _PERSON:
        found = people.before(event.row, start, lowered)
        if found:
            return Source(found, "named", start, end)
        other = _is_body(last.name) or (last.kind == "role" and _is_plural(last.name))
        return Source("", "", start, end) if other else Source(last.name, last.kind, start, end)
    if lowered in _PLURAL and last.kind == "named" and not _is_body(last.name):
        return Source("", "", start, end)  # they are not the one person who spoke last
    if lowered in _PRONOUNS:
        return Source(last.name, last.kind, start, end)
    if lowered in _GROUP:
        return Source("", "", start, end)
    if marks.hearsay[number]:
        return Source("", "hearsay", start, end)
    kind = marks.kind(number, name)
    if kind == "named":
        name = marks.person(number, end) or name
        name = name if "《" in name else _GLOSS.sub("", name)
    return Source(marks.outlet(number) if kind == "outlet" else name, kind, start, end)


def _is_plural(name: str) -> bool:
    """Say whether a role is that of several people, so that "he" cannot stand for it: officials, 官员们."""
    return name.lower().endswith("s") if name.isascii() else name.endswith("们")


def _is_body(name: str) -> bool:
    """Say whether a source is no person, so that "he" cannot stand for it: the town, 基金会."""
    if name.isascii():
        return not _BODIES_EN.isdisjoint(name.lower().split())
    return name.endswith(_BODIES_ZH) and not is_name(name)


def _trimmed(name: str) -> str:
    """Return *name* without what surrounds it, but with the bracket that closes one inside it."""
    titled = _TITLE.fullmatch(name.strip()) if "《" in name else None
    bare = titled.group(1) if titled else name.strip(_AROUND)
    for opened, closed in ("（）", "()"):
        if opened in bare and bare.count(opened) > bare.count(closed):
            return bare + closed
    return bare


class _Marks:
    """Which roles, outlets and unnamed sources stand in the source of each event."""

    def __init__(self, view: View, found: CueMatches, events: Sequence[Event]) -> None:
        self.view, self.word = view, view.word
        self.cues = found.facts.cues
        row = each(events, "row")
        spans = [event.source or (0, 0) for event in events]
        ends = [max(event.phrase or (0, 0), event.source or (0, 0))[1] for event in events]
        offsets = np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans)).reshape(-1, 2)
        low, high = view.token_at(row, offsets[:, 0]), view.token_at(row, offsets[:, 1])
        behind = np.maximum(high, view.token_at(row, np.array(ends, dtype=np.int64)))
        self.rows, self.low, self.high = row.tolist(), low.tolist(), high.tolist()
        unnamed = found.facts.unnamed[found.main.cue]
        self.unnamed = _between(found.main.first[unnamed], low, high)
        self.whole = _between(found.main.first[unnamed], low, behind)
        self.note = [self.cues[cue].note for cue in found.main.cue[unnamed].tolist()]
        self.outlets = [cue.feature == "outlet_source" for cue in self.cues]
        self.listed = _between(found.sources.first, low, high)
        self.cue, self.first, self.last = (column.tolist() for column in found.sources)
        # Cues that are hearsay themselves: 据悉, it is understood.
        heard = found.main.first[found.facts.hearsay[found.main.cue]]
        self.hearsay: list[bool] = np.isin(each(events, "first"), heard).tolist()
        self.words = view.words.data

    def outlet(self, event: int) -> str:
        """Return the outlet in a source, or those joined: Reuters of a Reuters report, 路透社、法新社."""
        tokens = self.view.tokens
        places = self._outlets(event)
        if not places:
            return ""
        low = high = places[0]
        for place in places[1:]:
            if _JOINS.issuperset(self.view.words_at(slice(self.last[high] + 1, self.first[place]))):
                high = place
        start, end = int(tokens.start[self.first[low]]), int(tokens.end[self.last[high]])
        return self.view.text(self.rows[event], start, end)

    def person(self, event: int, end: int) -> str:
        """Return the person in a source, behind an office or an outlet; "" where it is all one name."""
        return self.employee(event, end) if self._outlets(event) else self.without_role(event, end)

    def _outlets(self, event: int) -> list[int]:
        """Return which hits in a source are outlets, and no surnames: Fox of Ann Fox."""
        places = [i for i in range(*self.listed[event]) if self.outlets[self.cue[i]]]
        if not places:
            return places
        given = ConceptTable.default().given_names
        low = self.low[event]
        return [i for i in places if self.first[i] == low or self.word(self.first[i] - 1) not in given]

    def employee(self, event: int, end: int = -1) -> str:
        """Return the person, up to offset *end*, who works for an outlet: host | Ann Lee, 新华社记者|李明."""
        view, row = self.view, self.rows[event]
        place, b = self._outlets(event)[0], self.listed[event][1]
        low, high = self.last[place] + 1, self.high[event]
        if view.lang[row] == "zh":
            titles = [i for i in range(place + 1, b) if self.cues[self.cue[i]].feature == "role"]
            low = self.last[titles[-1]] + 1 if titles else low
            known = bool(titles) and low < high and self.word(low) not in _GENERIC_ZH
            foreign = any(self.word(i) in DOTS for i in range(low, high))
            if not (known or foreign) or not self.words[low]:
                return ""
            return view.text(row, int(view.tokens.start[low]), max(end, int(view.tokens.start[low]) + 1))
        starts = view.tokens.start
        capital = [self.words[i] and view.texts[row][starts[i]].isupper() for i in range(low, high)]
        tail = next((n for n, big in enumerate(reversed(capital)) if not big), 0)
        person = tail > 1 and not any(capital[: len(capital) - tail])
        return view.text(row, int(starts[high - tail]), int(view.tokens.end[high - 1])) if person else ""

    def without_role(self, event: int, end: int) -> str:
        """Return the name behind a role in Chinese: 赵安 of 村长赵安; "" where there is none."""
        view, row = self.view, self.rows[event]
        a, b = self.listed[event]
        if view.lang[row] != "zh" or a == b:
            return ""
        after = self.last[b - 1] + 1
        if after >= self.high[event] or not self.words[after]:
            return ""
        name = view.text(row, int(view.tokens.start[after]), end)
        # 特朗普和候选人拜登: two, of whom the second has a title.
        inner = range(self.low[event] + 1, self.last[b - 1])
        several = any(self.word(i) in _AND and is_persons_name(self.word(i - 1)) for i in inner)
        body = name.endswith(_BODIES_ZH + _DATA_ZH) or "的" in name or name[0] in "、及和与" or several
        return "" if body or len(name) < _SHORTEST_NAME else name

    def kind(self, event: int, name: str) -> str:
        """Return the kind of the source of an event."""
        # Who wants no name says so behind it: an official who asked not to be named.
        if "secret" in self.note[slice(*self.whole[event])]:
            return "anonymous"
        notes = self.note[slice(*self.unnamed[event])]
        if "hearsay" in notes:
            return "hearsay"
        a, b = self.listed[event]
        if self._outlets(event):
            return "named" if self.employee(event) else "outlet"
        role = a < b or "role" in notes
        low, high = self.low[event], self.high[event]
        if self.view.lang[self.rows[event]] == "zh":
            return self._chinese(low, high, self.last[b - 1] + 1 if a < b else high, name, role=role)
        return self._english(low, high, self.rows[event], role=role)

    def _chinese(self, low: int, high: int, after: int, name: str, *, role: bool) -> str:
        if self.word(low) in _INDEFINITE and not DOTS & set(name):
            return "role"  # 一个由政府支持的基金
        if role:
            behind = [self.word(i) for i in range(after, high) if self.words[i]]
            person = (
                bool(behind) and behind[0] not in _GENERIC_ZH and behind[0] not in ("的", "们", "等", "之一")
            )
            foreign = any(mark in name for mark in DOTS) or any(c.isascii() and c.isalpha() for c in name)
            return "named" if person or foreign else "role"
        end = high - 1
        while end >= low and not self.words[end]:
            end -= 1
        if end < low or self.word(end) in _GENERIC_ZH or self.word(end) == "们":
            return "role"
        person = len(name) == _LONGEST_CHINESE and name[0] in _SURNAMES_ZH and name.endswith("人")
        if person and name[1:] not in _GENERIC_ZH:
            return "named"  # 李卓人
        return "role" if name.endswith(_ROLES_ZH) else "named"

    def _english(self, low: int, high: int, row: int, *, role: bool) -> str:
        text, start = self.view.texts[row], self.view.tokens.start
        # Where a role is does not name anybody: farmers | in the north of Orland.
        high = next((i for i in range(low + 1, high) if role and self.word(i) in _WHERE), high)
        inner = (i for i in range(low, high) if self.words[i] and self.word(i) not in _GENERIC_EN)
        capital = [text[start[i]].isupper() for i in inner]
        # The first word of a sentence is capital anyway; a role that begins one is still a role.
        if role and sum(capital) <= 1 and high - low <= 3:
            return "named" if len(capital) > 1 and capital[-1] else "role"
        return "named" if any(capital[1:]) or (capital and capital[0] and len(capital) == 1) else "role"


def _between(sorted_places: Ints, low: Ints, high: Ints) -> list[tuple[int, int]]:
    """Return which entries of *sorted_places* lie from *low* to before *high*."""
    first, stop = np.searchsorted(sorted_places, low), np.searchsorted(sorted_places, high)
    return list(zip(first.tolist(), np.maximum(first, stop).tolist(), strict=True))
