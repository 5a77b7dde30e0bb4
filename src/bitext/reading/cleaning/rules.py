"""The rules of the lexicon `boilerplate`, ready to be tried on paragraphs."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation

from bitext.errors import LexiconError
from bitext.lexicons import loader
from bitext.reading.cleaning import credits, datelines

PLACES = ("element", "line", "rest", "list", "start", "end", "inside", "title-start")


#: A credit at the end of a paragraph is no longer, a line of furniture neither; longer ones are not tried,
#: which also bounds the time that a pattern can take on hostile text.
_LONGEST_END = 500
_LONGEST_LINE = 2000
#: No paragraph begins or ends with more pieces of furniture than this.
_MOST_PIECES = 8
#: A dateline's cue stands at most so far from the beginning of its paragraph.
_NEAR = 60
#: Kinds of lines that may hold such a sentence.
_QUOTING = ("caption", "disclaimer", "header", "feed", "link")
#: Somebody says something, or it is said of something: a sentence of the story, whatever words it holds.
_TELLS = re.compile(
    r"""
    ^[^，。：]{1,14}(?:说|說|表示|称|稱|指出|认为|認為)[，：,:].*[。！？”」]$             # 1 该公司说，…
  | [，,][^，。]{1,12}(?:说|說|表示|称道|指出)[。]$                                    # 2 …，她说。
  | \b(?:he|she|they|[A-Z]\w+|officials?)\ (?:said|says|told|added|wrote)\b.*[.!?”"]$    # 3 …, he said.
    """,
    re.VERBOSE,
)


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


#: What the grammars find is a hit like that of a rule: a line of credits, one that also says where it is from
#: or when it was printed, a dateline, the line of a reporter.
_GRAMMARS = {
    name: Rule(name, where, frozenset(), re.compile(""))
    for name, where in (("credit", "line"), ("header", "line"), ("dateline", "start"), ("byline", "start"))
}
#: Stand for the cues of the two grammars, which are many.
_LABEL, _FILED = "\0label", "\0filed"


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
        if where == "end":
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
        labelled: it may be a line of credits.
        filed: it may begin with a dateline.
    """

    lines: tuple[Rule, ...] = ()
    starts: tuple[Rule, ...] = ()
    ends: tuple[Rule, ...] = ()
    insides: tuple[Rule, ...] = ()
    labelled: bool = False
    filed: bool = False

    def whole(self, text: str) -> Hit | None:
        """Return the first rule that takes all of *text*: places "rest", "list" and "line"."""
        return next(self.wholes(text), None)

    def wholes(self, text: str) -> Iterator[Hit]:
        """Yield the rules that take all of *text*, in order: the first may not fit where the text stands."""
        if self.labelled and (said := credits.read(text)) is not None:
            kind = "header" if said.keys() & {"outlet", "date", "url"} else "credit"
            yield Hit(_GRAMMARS[kind], 0, len(text), said)
        if self.filed and len(text) <= _NEAR and (line := datelines.read(text)) and line.end == len(text):
            yield Hit(_GRAMMARS[line.kind], 0, len(text), line.fields)
        if len(text) <= _LONGEST_LINE:
            for rule in self.lines:
                if match := rule.pattern.fullmatch(text):
                    if _TELLS.search(text) and rule.kind not in _QUOTING:
                        return
                    yield _hit(rule, match)

    def parts(self, text: str) -> Iterator[Hit]:
        """Yield what to take off the beginning, the end and the inside of *text*, without overlaps."""
        start, end = 0, len(text)
        pieces, found = 0, True
        while found and start < end and pieces < _MOST_PIECES:
            pieces, found = pieces + 1, False
            if self.filed and start < _NEAR and (line := datelines.read(text, start)):
                yield Hit(_GRAMMARS[line.kind], start, line.end, line.fields)
                start = line.end + len(text[line.end :]) - len(text[line.end :].lstrip())
                found = True
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
    found = {cue for place in places for rule in rules()[place] for cue in rule.cues}
    cues = sorted(found | credits.cues() | datelines.CUES)
    return cues, AhoCorasick(cues, implementation=Implementation.DFA)


@cache
def _stands_for() -> dict[str, tuple[str, ...]]:
    """Return for each cue what it makes worth trying: itself, for rules; the mark of a grammar."""
    own = {cue for group in rules().values() for rule in group for cue in rule.cues}
    return {
        cue: (*([cue] if cue in own else []), *([_LABEL] if cue in credits.cues() else []),
              *([_FILED] if cue in datelines.CUES else []))
        for cue in _cues()[0]
    }  # fmt: skip


@cache
def _signs() -> list[tuple[str, bool, bool]]:
    """Return for each cue itself where it is one of rules, and whether it is one of either grammar."""
    meaning = _stands_for()
    return [
        (cue if cue in meaning[cue] else "", _LABEL in meaning[cue], _FILED in meaning[cue])
        for cue in _cues()[0]
    ]


@cache
def uncued() -> Candidates:
    """Return the rules without a cue: what to try on a text in which no cue stands."""
    return _candidates(frozenset())


@lru_cache(maxsize=4096)
def _candidates(cues: frozenset[str]) -> Candidates:
    """Return the rules with one of these cues or with none."""

    def chosen(*places: str) -> tuple[Rule, ...]:
        return tuple(rule for place in places for rule in rules()[place] if not rule.cues or rule.cues & cues)

    return Candidates(
        chosen("rest", "list", "line"), chosen("start"), chosen("end"), chosen("inside"),
        labelled=_LABEL in cues, filed=_FILED in cues,
    )  # fmt: skip


def candidates(texts: list[str]) -> list[Candidates]:
    """Return the rules to try on each text: those of which a cue stands in it.

    One pass finds the cues of all rules in all texts. Most texts hold none, and few rules are ever tried.
    """
    cues, automaton = _cues()
    meaning = _stands_for()
    try:
        matches = automaton.find_matches_as_indexes("\n".join(texts), overlapping=True)
    except UnicodeEncodeError:  # lone surrogates, which the automaton cannot take
        return [
            _candidates(frozenset(c for cue in cues if cue in text for c in meaning[cue])) for text in texts
        ]
    found = [uncued()] * len(texts)
    if matches:
        ends = list(accumulate(len(text) + 1 for text in texts))
        signs = _signs()
        held: dict[int, set[str]] = {}
        index, begins, end = -1, 0, -1
        for number, start, stop in sorted(matches, key=itemgetter(2)):
            if stop > end:  # in another text than the match before
                index = bisect_left(ends, stop, index + 1)
                end = ends[index]
                begins = end - len(texts[index]) - 1
                short = end - 1 - begins <= credits.LONGEST
            own, labelled, filed = signs[number]
            if own:
                held.setdefault(index, set()).add(own)
            if labelled and short:
                held.setdefault(index, set()).add(_LABEL)
            if filed and start - begins <= _NEAR:
                held.setdefault(index, set()).add(_FILED)
        for index, some in held.items():
            found[index] = _candidates(frozenset(some))
    return found


def _hit(rule: Rule, match: re.Match[str]) -> Hit:
    fields = {name: value.strip() for name, value in match.groupdict().items() if value and value.strip()}
    part = "cut" if fields.pop("cut", "") else 0
    return Hit(rule, match.start(part), match.end(part), fields)
