"""What the first pass over the input brings: where articles are, problems, what batches owe each other."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bitext.corpus.assemble import Foreign, in_other_languages, merged, nameless
from bitext.engines.reduction import by_place
from bitext.reading.cleaning import learned_clocks, outlets, recurring
from bitext.reading.problems import Problem
from bitext.reading.splits import Portion


@dataclass(frozen=True, slots=True)
class PortionIndex:
    """Where the articles of a portion can be had again.

    Attributes:
        portion: the portion; without the data itself where the batch was kept.
        articles: number of its articles.
        file: the kept batch; None: read the portion again.
        key: hash of its content and of how it was read; "" where nobody asked.
        first: articles in the portions before it.
        outlets: outlet -> number of its articles, as they are spelled there.
        hosts: registered domain -> outlet -> number of its articles.
        clocks: printed times beside instants, see `learned_clocks`.
        further: columns beside the usual ones.
        foreign: articles in neither language, see `assemble.foreign`.
        lines: number of its lines, where those before it had not been counted when it was read.
        shift: lines before it, for such a piece.
    """

    portion: Portion
    articles: int
    file: Path | None = None
    key: str = ""
    first: int = 0
    outlets: Mapping[str, int] = field(default_factory=dict)
    hosts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    clocks: learned_clocks.Pairs = field(default_factory=dict)
    further: tuple[str, ...] = ()
    foreign: Foreign = field(default_factory=dict)
    lines: int = 0
    shift: int = 0

    def __repr__(self) -> str:
        return repr(self.portion)


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What a first pass over batches brings; `merge` is associative and commutative.

    Attributes:
        notes: short lines of all batches.
        places: number of the portion -> where its articles are.
        problems: number of the portion -> its problems.
        damaged: files of a cache that were damaged and made anew.
    """

    notes: recurring.Notes = field(default_factory=dict)
    places: Mapping[int, PortionIndex] = field(default_factory=dict)
    problems: Mapping[int, list[Problem]] = field(default_factory=dict)
    damaged: frozenset[str] = frozenset()

    @classmethod
    def merge(cls, parts: Iterable["FirstPass"]) -> "FirstPass":
        """Join what several passes brought."""
        found = list(parts)
        return cls(
            recurring.merge(part.notes for part in found),
            by_place(part.places for part in found),
            by_place(part.problems for part in found),
            frozenset().union(*(part.damaged for part in found)),
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus of one batch owes to all the others.

    Attributes:
        furniture: of each outlet, the lines that are furniture.
        spellings: spelling of an outlet -> the usual one.
        further: columns beside the usual ones that articles anywhere have.
        numbers: outlet -> number of articles, as they are spelled.
        clocks: outlet -> the zone that its articles show, where none was known.
        told: what there is to say of these.
    """

    furniture: Mapping[str, frozenset[int]] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)
    further: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    clocks: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, learnt: FirstPass) -> "Known":
        """Return what a whole first pass has brought."""
        places = [learnt.places[number] for number in sorted(learnt.places)]
        numbers: Counter[str] = Counter()
        for place in places:
            numbers.update(place.outlets)
        del numbers[""]
        hosts: dict[str, Counter[str]] = {}
        for place in places:
            for name, of in place.hosts.items():
                hosts.setdefault(name, Counter()).update(of)
        spellings = outlets.spellings(numbers, hosts)
        furniture = recurring.furniture(recurring.renamed(learnt.notes, spellings))
        further = tuple(dict.fromkeys(name for place in places for name in place.further))
        pairs = learned_clocks.merged((place.clocks for place in places), spellings)
        clocks = learned_clocks.learned(pairs)
        told = tuple(Problem(*row) for row in learned_clocks.told(clocks, pairs))
        return cls(furniture, spellings, further, dict(numbers), clocks, told)

    def spelled(self, names: Iterable[str]) -> list[str]:
        """Return the outlets as they are usually spelled."""
        return [self.spellings.get(name, name) for name in names]


def in_input_order(learnt: FirstPass) -> list[PortionIndex]:
    """Return the places in the order of the input, each with what stands before it."""
    found: list[PortionIndex] = []
    lines: dict[str, int] = {}
    first = 0
    for number in sorted(learnt.places):
        place = learnt.places[number]
        shift = 0
        if place.lines:
            stem = place.portion.files[0][1]
            shift = lines.get(stem, 0)
            lines[stem] = shift + place.lines
        key = f"{place.key} {shift}" if place.key else ""
        found.append(replace(place, first=first, shift=shift, key=key))
        first += place.articles
    return found


def all_problems(learnt: FirstPass) -> list[Problem]:
    """Return the problems of all portions, in the order of the input; outlets without a name at the end."""
    numbers = sorted(learnt.places)
    shifts = {number: place.shift for number, place in zip(numbers, in_input_order(learnt), strict=True)}
    rows = [
        row
        for number in sorted(learnt.problems)
        for row in renumbered(learnt.problems[number], shifts.get(number, 0))
    ]
    known = Known.of(learnt)
    alike = {row for row in rows if row.kind == "unnamed" and row.file not in known.spellings}
    return (
        [row for row in rows if row.kind != "unnamed"]
        + merged(known.numbers, known.spellings)
        + list(known.told)
        + sorted(alike)
        + nameless(
            sum(place.outlets.get("", 0) for place in learnt.places.values()),
            sum(place.articles for place in learnt.places.values()),
        )
        + in_other_languages(
            {
                name: (number, later(first, place.shift) if place.shift else first)
                for name, (number, first) in place.foreign.items()
            }
            for place in in_input_order(learnt)
        )
    )


def later(name: str, shift: int) -> str:
    """Return the identifier of a row so many lines later.

    Examples:
        >>> later("a.jsonl#2", 10)
        'a.jsonl#12'
    """
    stem, _, number = name.rpartition("#")
    return f"{stem}#{int(number) + shift}"


def renumbered(rows: list[Problem], shift: int) -> list[Problem]:
    """Move the problems of a piece: those that name a row of the file, and those of articles.

    Examples:
        >>> rows = [("a.jsonl", "broken", "line 2 is not JSON"), ("a.jsonl#3", "damaged", "2 characters")]
        >>> [(row.file, row.problem) for row in renumbered([Problem(*row) for row in rows], 10)]
        [('a.jsonl', 'line 12 is not JSON'), ('a.jsonl#13', '2 characters')]
    """
    if not shift:
        return rows
    moved = []
    for source, kind, text in rows:
        if re.search(r"#\d+$", source):
            moved.append(Problem(later(source, shift), kind, text))
        else:
            number = re.match(r"(line|row) (\d+)", text)
            place = f"{number[1]} {int(number[2]) + shift}" if number else ""
            moved.append(Problem(source, kind, place + text[number.end() if number else 0 :]))
    return moved
