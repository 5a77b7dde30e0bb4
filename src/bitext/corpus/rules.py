"""The rules of the lexicon `boilerplate`, ready to be tried on paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

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
    """One row of the lexicon: try *pattern* where a paragraph holds *cue*."""

    kind: str
    where: str
    cue: str
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
        found[where].append(Rule(row["kind"], where, row["cue"], compiled))
    return {place: tuple(group) for place, group in found.items()}


@cache
def _cues() -> tuple[list[str], AhoCorasick]:
    cues = sorted({rule.cue for group in rules().values() for rule in group})
    return cues, AhoCorasick([cue for cue in cues if cue])


def _present(document: str) -> set[str]:
    """Return the cues that occur in a document: one pass over it for all of them."""
    cues, automaton = _cues()
    try:
        found = automaton.find_matches_as_strings(document, overlapping=True)
    except UnicodeEncodeError:  # lone surrogates, which the automaton cannot take
        return {cue for cue in cues if cue in document}
    return {"", *found}


class Active:
    """The rules whose cue occurs in a document at all: few of them, so that most are never tried."""

    def __init__(self, document: str) -> None:
        present = _present(document)
        self._rules = {
            place: [rule for rule in group if rule.cue in present] for place, group in rules().items()
        }

    def whole(self, text: str) -> Hit | None:
        """Return the rule that takes all of *text*: places "rest", "list" and "line"."""
        if len(text) > _LONGEST_LINE:
            return None
        for place in ("rest", "list", "line"):
            for rule in self._rules[place]:
                if rule.cue in text and (match := rule.pattern.fullmatch(text)):
                    return _hit(rule, match)
        return None

    def parts(self, text: str) -> Iterator[Hit]:
        """Yield what to take off the beginning, the end and the inside of *text*, without overlaps."""
        start, end = 0, len(text)
        pieces, found = 0, True
        while found and start < end and pieces < _MOST_PIECES:
            pieces, found = pieces + 1, False
            for rule in self._rules["start"]:
                if (
                    rule.cue in text
                    and (match := rule.pattern.match(text, start, end))
                    and match.end() > start
                ):
                    yield _hit(rule, match)
                    start = match.end()
                    start += len(text[start:end]) - len(text[start:end].lstrip())
                    found = True
        pieces, found = 0, True
        while found and start < end and pieces < _MOST_PIECES:
            pieces, found = pieces + 1, False
            for rule in self._rules["end"]:
                if (
                    rule.cue in text
                    and (match := rule.pattern.search(text, start, end))
                    and match.end() > match.start()
                ):
                    yield _hit(rule, match)
                    end = match.start()
                    end = start + len(text[start:end].rstrip())
                    found = True
        for rule in self._rules["inside"]:
            if rule.cue in text:
                for match in rule.pattern.finditer(text, start, end):
                    yield _hit(rule, match)

    def title(self, text: str) -> Iterator[Hit]:
        """Yield what to take off a title: a section in brackets, the name of the site."""
        for rule in rules()["title-start"]:
            if rule.cue in text and (match := rule.pattern.match(text)) and match.end() < len(text):
                yield _hit(rule, match)
        for rule in rules()["title-end"]:
            if rule.cue in text and (match := rule.pattern.search(text)) and match.start() > 0:
                yield _hit(rule, match)
                return


def _hit(rule: Rule, match: re.Match[str]) -> Hit:
    fields = {name: value.strip() for name, value in match.groupdict().items() if value and value.strip()}
    return Hit(rule, match.start(), match.end(), fields)
