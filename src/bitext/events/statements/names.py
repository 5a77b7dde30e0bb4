"""Sentences → the names in each as they stand, with what the other language calls them where that is known.

Who or what is named is known from three things: the concept table; the texts of a story themselves, which
give a name in the other language (朝雾材料（Asagiri Materials）) or say who speaks; and capitals.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.attribution.annotations import Annotations
from bitext.attribution.chinese.nouns import is_persons_name
from bitext.concepts.concept_names import certain, concept_names
from bitext.concepts.row_forms import BEFORE_SHORT
from bitext.concepts.table import NAMED, ConceptTable
from bitext.events.statements.capitals import capital_runs
from bitext.events.statements.units.sentences import Sentences
from bitext.glossaries.rows import parentheses
from bitext.lexicons.wordlists import words
from bitext.text.scripts.convert import to_simplified
from bitext.words.lists import known_words

#: What stands between names in a cell.
BETWEEN = " · "
#: Rules by which both edges of a Chinese name before a parenthesis are certain; by others one may be torn.
_CERTAIN = ("inside", "quoted", "dotted")
#: Other rules give a name from this confidence on.
_SURE = 0.9
_SURNAMES = words("zh", "surnames")
#: A Chinese name has at most so many characters behind the surname.
_GIVEN = (1, 2)


@dataclass(frozen=True)
class _Name:
    """A name at offsets of an article; *key* is the same for all names of one thing in a story."""

    start: int
    end: int
    key: str
    other: str = ""

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Longer names first; of equals those with a translation."""
        return (self.start - self.end, not self.other, self.start)


@dataclass
class _Told:
    """The names that the articles of one story give: simplified Chinese ones and what they are in Latin."""

    latin: dict[str, str] = field(default_factory=dict)
    chinese: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, bool]], persons: Iterable[str]) -> "_Told":
        """Take pairs of a Chinese and a Latin name, each with whether its edges are certain, and persons.

        Where of two Chinese names for one Latin one the longer ends in the shorter (大厂朝雾, 朝雾) the
        certain one counts, then the more frequent one.
        """
        counted = Counter(pairs)
        order = sorted(counted, key=lambda pair: (-pair[2], -counted[pair], len(pair[0]), pair))
        told = cls()
        for chinese, latin, _ in order:
            others = [known for known, name in told.latin.items() if name == latin]
            if not any(_torn(chinese, known) or _torn(known, chinese) for known in others):
                told.chinese.setdefault(latin.casefold(), chinese)
                told.latin.setdefault(chinese, latin)
        for person in sorted(set(persons)):
            told.latin.setdefault(person, "")
        return told

    def find(self, text: str) -> Iterator[_Name]:
        """Yield where the Chinese names stand in simplified *text*."""
        if self.latin:
            longest = sorted(self.latin, key=lambda name: (-len(name), name))
            for found in re.finditer("|".join(map(re.escape, longest)), text):
                other = self.latin[found[0]]
                yield _Name(*found.span(), (other or found[0]).casefold(), other)


def _torn(part: str, whole: str) -> bool:
    """Say whether one name is what is left of the other, 微电子 of 北辰微电子; a surname is none."""
    return whole.endswith(part) and not whole.removesuffix(part).endswith("·")


def names_in(reading: Annotations, sentences: Sentences, story: Ints) -> list[str]:
    """Return for each sentence its names: "荷兰 (Netherlands) · 沈若谷", in the order in which they stand.

    Args:
        reading: the articles.
        sentences: of these articles.
        story: of each article; names that one article of a story explains are known in all of it.
    """
    told = _told(reading, story)
    named: dict[int, list[_Name]] = {}
    for row, name in _of_table(reading):
        named.setdefault(row, []).append(name)
    capital = capital_runs(reading.view.tokens, *_kinds_of_words(reading))
    cells: dict[int, list[_Name]] = {}
    for row in np.unique(sentences.article).tolist():
        known, text = told[int(story[row])], reading.view.texts[row]
        found = [*named.get(row, ()), *known.find(reading.view.simplified[row])]
        for start, end in capital.get(row, ()):
            latin = text[start:end].casefold()
            found.append(_Name(start, end, latin, known.chinese.get(latin, "")))
        cells[row] = _apart(found, len(text))
    spans = zip(sentences.article.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    return [_cell(reading.view.texts[row], cells[row], start, end) for row, start, end in spans]


def _apart(names: list[_Name], size: int) -> list[_Name]:
    """Return the names that are part of no longer one, in order; *size* is that of their article."""
    kept: list[_Name] = []
    taken = bytearray(size)
    for name in sorted(names, key=lambda name: name.rank):
        if not any(taken[name.start : name.end]):
            kept.append(name)
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
    return sorted(kept, key=lambda name: name.start)


def _cell(text: str, names: list[_Name], start: int, end: int) -> str:
    """Return each of the names from *start* to *end* once."""
    once: dict[str, str] = {}
    low = bisect_left(names, start, key=lambda name: name.start)
    for name in names[low : bisect_left(names, end, key=lambda name: name.start)]:
        own = text[name.start : name.end]
        once.setdefault(name.key, f"{own} ({name.other})" if name.other else own)
    return BETWEEN.join(once.values())


def _told(reading: Annotations, story: Ints) -> dict[int, _Told]:
    """Return what the articles of each story say themselves about names."""
    pairs: dict[int, list[tuple[str, str, bool]]] = {}
    persons: dict[int, list[str]] = {}
    table = parentheses(reading.view.tokens)
    certain = table["rule"].isin(_CERTAIN)
    kept = certain | (table["confidence"] >= _SURE)
    rows = table["row"] - reading.view.tokens.first
    columns = (column[kept].tolist() for column in (rows, table["zh"], table["en"], certain))
    for row, zh, en, sure in zip(*columns, strict=True):
        pairs.setdefault(int(story[row]), []).append((zh, en, sure))
    for event, source in zip(reading.voices.events, reading.sources, strict=True):
        if source.kind == "named" and _is_person(name := to_simplified(source.name)):
            persons.setdefault(int(story[event.row]), []).append(name)
    return {
        number: _Told.of(pairs.get(number, ()), persons.get(number, ()))
        for number in np.unique(story).tolist()
    }


def _is_person(name: str) -> bool:
    """Say whether a source is a Chinese name: a surname and a given name, and no word (任期)."""
    if is_persons_name(name):
        return True
    return name not in known_words() and any(name[:-size] in _SURNAMES for size in _GIVEN)


def _of_table(reading: Annotations) -> Iterator[tuple[int, _Name]]:
    """Yield the names of the concept table: article, and name; 中日 names two, 访美 (visits America) one."""
    hits, view, forms = reading.concepts, reading.view, ConceptTable.default().forms
    sure = np.array([label in certain() for label in hits.labels.tolist()], dtype=bool)
    at = np.flatnonzero(sure[hits.concept])
    labels = hits.labels[hits.concept[at]].tolist()
    names = concept_names(sorted(set(labels)))
    columns = (
        hits.form[at],
        view.article[hits.first[at]],
        view.tokens.start[hits.first[at]],
        view.tokens.end[hits.last[at]],
    )
    places = zip(*(column.tolist() for column in columns), strict=True)
    for (form, row, start, end), group in groupby(zip(places, labels, strict=True), key=itemgetter(0)):
        called = [label for _, label in group]
        own = view.text(row, start, end)
        if own[0] in BEFORE_SHORT and forms[form].text[1:] in _shorts():
            start += 1
        end -= len(own) - len(own.removesuffix("'s").removesuffix("’s"))
        others = [names[label][not own.isascii()] for label in called]
        yield row, _Name(start, end, " ".join(called), ", ".join(filter(None, others)))


@cache
def _shorts() -> frozenset[str]:
    """Return the forms that stand only behind another or one of `BEFORE_SHORT`: 美."""
    cells = (cell for row in ConceptTable.default().rows for cell in row["zh"].split("|"))
    return frozenset(cell.split("@")[0] for cell in cells if "s" in cell.split("@")[1:])


def _kinds_of_words(reading: Annotations) -> tuple[Bools, Bools]:
    """Mark the tokens in concepts that name nobody (government), and those that are a role (president)."""
    hits, found = reading.concepts, reading.found
    kinds = np.array(ConceptTable.default().kinds, dtype=object)[hits.concept]
    size = len(reading.view.tokens)
    common = ~np.isin(kinds, sorted(NAMED))
    roles = np.array([cue.feature == "role" for cue in found.facts.cues], dtype=bool)[found.sources.cue]
    return (
        _within(hits.first[common], hits.last[common], size),
        _within(found.sources.first[roles], found.sources.last[roles], size),
    )


def _within(first: Ints, last: Ints, size: int) -> Bools:
    """Mark the tokens from each of *first* to each of *last*."""
    change = np.bincount(first, minlength=size + 1) - np.bincount(last + 1, minlength=size + 1)
    return np.asarray(np.cumsum(change)[:-1] > 0)
