"""The rules of the lexicon `boilerplate`, ready to be tried on paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

from bitext.errors import LexiconError
from bitext.lexicons import loader

PLACES = ("element", "line", "rest", "list", "start", "end", "inside", "title-start", "title-end")


#: A credit at the end of a paragraph is no longer, a line of furniture neither; longer ones are not tried,
#: which also bounds the time that a pattern can take on hostile text.
_LONGEST_END = 500
_LONGEST_LINE = 2000
#: No paragraph begins or ends with more pieces of furniture than this.
_MOST_PIECES = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the lexicon: try *pattern* where a paragraph holds one of *cues*, or always without any."""

    kind: str
    where: str
    cues: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fitted: from *start* to *end* of the paragraph; *fields* are its named groups."""

    rule: Rule
    start: int
    end: int
    fields: dict[str, str]


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules by the place that they apply to.

    Raises:
        LexiconError: a place is unknown or a pattern is no regular expression.
    """
    found: dict[str, list[Rule]] = {place: [] for place in PLACES}
    for row in loader.rows("boilerplate"):
        where, pattern = row["where"], row["pattern"]
        if where not in found:
            raise LexiconError.unknown("place in boilerplate.tsv", where, PLACES)
        if where in ("end", "title-end"):
            pattern = rf"(?:{pattern})\s*\Z"
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise LexiconError(f"boilerplate.tsv: {pattern!r} is no regular expression: {error}") from error
        cues = frozenset(row["cue"].split("||")) - {""}
        found[where].append(Rule(row["kind"], where, cues, compiled))
    return {place: tuple(group) for place, group in found.items()}


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rules that may fit a text, by place, each tuple in the lexicon's order.

    Attributes:
        lines: rules that take a whole paragraph: "rest", then "list", then "line".
        starts: rules for its beginning.
        ends: rules for its end.
        insides: rules for its inside.
    """

    lines: tuple[Rule, ...] = ()
    starts: tuple[Rule, ...] = ()
    ends: tuple[Rule, ...] = ()
    insides: tuple[Rule, ...] = ()

    def whole(self, text: str) -> Hit | None:
        """Return the rule that takes all of *text*: places "rest", "list" and "line"."""
        if len(text) <= _LONGEST_LINE:
            for rule in self.lines:
                if match := rule.pattern.fullmatch(text):
                    return _hit(rule, match)
        return None

    def parts(self, text: str) -> Iterator[Hit]:
        """Yield what to take off the beginning, the end and the inside of *text*, without overlaps."""
        start, end = 0, len(text)
        pieces, found = 0, True
        while found and start < end and pieces < _MOST_PIECES:
            pieces, found = pieces + 1, False
            for rule in self.starts:
                if (match := rule.pattern.match(text, start, end)) and match.end() > start:
                    yield _hit(rule, match)
                    start = match.end()
                    start += len(text[start:end]) - len(text[start:end].lstrip())
                    found = True
        pieces, found = 0, True
        while found and start < end and pieces < _MOST_PIECES:
            pieces, found = pieces + 1, False
            for rule in self.ends:
                if (match := rule.pattern.search(text, start, end)) and match.end() > match.start():
                    yield _hit(rule, match)
                    end = match.start()
                    end = start + len(text[start:end].rstrip())
                    found = True
        for rule in self.insides:
            for match in rule.pattern.finditer(text, start, end):
                yield _hit(rule, match)


@cache
def _cues() -> tuple[list[str], AhoCorasick]:
    places = ("rest", "list", "line", "start", "end", "inside")
    cues = sorted({cue for place in places for rule in rules()[place] for cue in rule.cues})
    return cues, AhoCorasick(cues, implementation=Implementation.DFA)


@cache
def uncued() -> Candidates:
    """Return the rules without a cue: what to try on a text in which no cue stands."""
    return _candidates(frozenset())


@lru_cache(maxsize=4096)
def _candidates(cues: frozenset[str]) -> Candidates:
    """Return the rules with one of these cues or with none."""

    def chosen(*places: str) -> tuple[Rule, ...]:
        return tuple(rule for place in places for rule in rules()[place] if not rule.cues or rule.cues & cues)

    return Candidates(chosen("rest", "list", "line"), chosen("start"), chosen("end"), chosen("inside"))


def candidates(texts: list[str], document: str) -> list[Candidates]:
    """Return the rules to try on each text: those of which a cue stands in it, and in the document as it is.

    One pass finds the cues of all rules in all texts. Most texts hold none, and few rules are ever tried.
    """
    cues, automaton = _cues()
    try:
        matches = automaton.find_matches_as_indexes("\n".join(texts), overlapping=True)
    except UnicodeEncodeError:  # lone surrogates, which the automaton cannot take
        there = {cue for cue in cues if cue in document}
        return [_candidates(frozenset(cue for cue in there if cue in text)) for text in texts]
    found = [uncued()] * len(texts)
    if matches:
        ends = list(accumulate(len(text) + 1 for text in texts))
        known = {number: cues[number] in document for number in {match[0] for match in matches}}
        held: dict[int, set[str]] = {}
        for number, _, stop in matches:
            if known[number]:
                held.setdefault(bisect_left(ends, stop), set()).add(cues[number])
        for index, some in held.items():
            found[index] = _candidates(frozenset(some))
    return found


def affixes(text: str) -> Iterator[Hit]:
    """Yield what to take off a title: a section in brackets, the name of the site."""
    for rule in rules()["title-start"]:
        if _held(rule, text) and (match := rule.pattern.match(text)) and match.end() < len(text):
            yield _hit(rule, match)
    for rule in rules()["title-end"]:
        if _held(rule, text) and (match := rule.pattern.search(text)) and match.start() > 0:
            yield _hit(rule, match)
            return


def _held(rule: Rule, text: str) -> bool:
    return not rule.cues or any(cue in text for cue in rule.cues)


def _hit(rule: Rule, match: re.Match[str]) -> Hit:
    fields = {name: value.strip() for name, value in match.groupdict().items() if value and value.strip()}
    return Hit(rule, match.start(), match.end(), fields)
