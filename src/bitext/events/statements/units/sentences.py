"""Tokens → sentences, long ones divided at semicolons, with what they are compared by, and their clauses."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Bools, Ints
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import find_concepts
from bitext.events.statements.units.clauses import Clauses, divided
from bitext.events.statements.units.compared import Characters, Compared, compare_by
from bitext.events.statements.units.letters import is_han, is_letter
from bitext.events.statements.units.meanings import meanings
from bitext.events.statements.units.sounds import Spelt, possible_names
from bitext.lexicons.inflection import verb_forms
from bitext.lexicons.loader import rows as rows_of
from bitext.lexicons.stopwords import stopwords
from bitext.text.kinds import NUMBER, PUNCTUATION, WORD
from bitext.tokens.clauses import BRACKET, COMMA, DASH, QUOTE, SEMICOLON, STOP, View
from bitext.tokens.tokens import Tokens

#: Shorter sentences state nothing that could be told from another: letters, of Chinese characters a third.
_SHORTEST = 18
#: ... and so many words that are no stop words: "the minister said in a statement" states nothing.
_FEWEST_WORDS = 3
_HAN_LETTERS = 3
#: Of shorter ones such as have so many may tell something that a longer one states: nobody was hurt there.
_FEWEST_BRIEF = 2
#: A semicolon divides a sentence where so many words that are no stop words stand on both sides.
_PART_WORDS = 4
#: A sentence with one of these states more than who spoke.
_QUOTES = frozenset('“”「」『』"')
_STATES_MORE = _QUOTES | frozenset("，,：:")
#: Marks in which a sentence ends: a line without them is a heading.
_ENDS = (STOP, QUOTE, BRACKET, SEMICOLON, COMMA, DASH)
#: So many blanks, and of these characters, may stand before a line and behind it.
_MARGIN, _BLANKS = 20, " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
#: What may follow a verb of saying: in the answer that he gave.
_WHEN = frozenset(("时", "后", "中"))
#: Commas of lists from which on a clause only lists.
_LISTED = 2


@dataclass(frozen=True)
class Sentences(Compared):
    """Sentences (long ones divided at semicolons), in reading order.

    Attributes:
        sentence: number of each within its article.
        lang: language of its article.
        meanings: sentences × concepts and stems of other words, 0 to 1: see `meanings`.
        labels: of the meanings.
        without: content words of each that have no meaning.
        spelt: terms that may be a name in English, or may spell one in Chinese: see `sounds`.
        clauses: the clauses of all of them.
        states: whether each is a statement in an article: no heading, no question that nobody asks.
        brief: whether each is too short to be told from another one.
    """

    sentence: Ints
    lang: npt.NDArray[np.object_]
    meanings: sparse.csr_array
    labels: npt.NDArray[np.object_]
    without: Ints
    spelt: Spelt
    clauses: Clauses
    states: Bools
    brief: Bools

    @classmethod
    def without_rows(cls) -> tuple[str, ...]:
        """Return the attributes that have no row for each sentence."""
        return ("labels", "spelt", "clauses")

    def take(self, rows: Ints) -> Self:
        """Return these sentences, whose numbers rise, and their clauses."""
        return replace(super().take(rows), clauses=self.clauses.of_sentences(rows, len(self)))

    @classmethod
    def of(cls, read: Tokens | Annotations, *, brief: bool = False) -> "Sentences":
        """Divide the articles of *read* into sentences that are long enough to state something.

        With *brief* shorter ones are kept, too, which state nothing.
        """
        reading = read if isinstance(read, Annotations) else None
        tokens = read.view.tokens if isinstance(read, Annotations) else read
        view = reading.view if reading else View.of(tokens)
        hits = reading.concepts if reading else find_concepts(tokens)
        content = _content(tokens)
        unit, first = _units(tokens, content)
        opens = divided(view, content, first)
        text = Characters.of(tokens, first, opens)
        sentences, clauses = compare_by(tokens, hits, content, text, (first, opens))
        shared, labels, without = meanings(tokens, hits, content, unit, len(first))
        made = cls(
            **vars(sentences),
            sentence=tokens.sentence[first].astype(np.int64),
            lang=tokens.articles["lang"].to_numpy(dtype=object)[sentences.article],
            meanings=shared,
            labels=labels,
            without=without,
            spelt=possible_names(tokens, hits, content),
            states=np.ones(len(first), dtype=bool),
            brief=np.zeros(len(first), dtype=bool),
            clauses=Clauses(
                **vars(clauses),
                sentence=np.searchsorted(first, opens, side="right") - 1,
                states=~(_ends_in_saying(tokens, opens) | _lists(tokens, opens)),
            ),
        )
        weights = np.where(is_han(text.points), _HAN_LETTERS, is_letter(text.points))
        letters = np.bincount(text.line, weights=weights, minlength=len(first))
        short = (letters < _SHORTEST) | (made.length < _FEWEST_WORDS)
        made = replace(made, states=~(_asks(tokens, first) | _headings(view, made) | short), brief=short)
        told = (made.length >= _FEWEST_BRIEF) if brief else ~short
        return made.take(np.flatnonzero(told & ~_says_who(tokens, first)))


def _content(tokens: Tokens) -> Bools:
    """Mark the words that are no stop words, and the numbers."""
    stop = stopwords()
    wanted = np.fromiter((word not in stop for word in tokens.types), bool, len(tokens.types))
    return np.asarray(np.isin(tokens.kind, (WORD, NUMBER)) & wanted[tokens.term])


def _headings(view: View, sentences: Compared) -> Bools:
    """Mark the lines that end without a mark, or in a colon: headings, and what opens a list.

    Not in an article of which most is such lines: it is written without marks.
    """
    lone = ~np.isin(view.mark[sentences.last], _ENDS)
    for row in np.flatnonzero(lone).tolist():
        text, start, end = view.texts[sentences.article[row]], sentences.start[row], sentences.end[row]
        before = text[max(start - _MARGIN, 0) : start].rstrip(_BLANKS)
        after = text[end : end + _MARGIN].lstrip(_BLANKS)
        lone[row] = before[-1:] in ("", "\n") and after[:1] in ("", "\n")
    size = len(view.texts)
    lines = np.bincount(sentences.article[lone], minlength=size)
    few = lines * 2 <= np.bincount(sentences.article, minlength=size)
    return np.asarray(lone & few[sentences.article])


def _says_who(tokens: Tokens, first: Ints) -> Bools:
    """Mark the sentences that only tell who said what stands before: 蓬佩奥在声明中说。"""
    return np.asarray(_ends_in_saying(tokens, first) & (_marks(tokens, first, _STATES_MORE) == 0))


def _asks(tokens: Tokens, first: Ints) -> Bools:
    """Mark the questions that nobody is said to have asked: what the weekend will bring is not stated."""
    mark = np.where(np.isin(tokens.kind, (WORD, NUMBER, PUNCTUATION)), np.arange(len(tokens)), -1)
    last = np.maximum.reduceat(mark, first) if len(first) else first
    asks = np.fromiter((term in "？?" for term in tokens.types), bool, len(tokens.types))
    told = _marks(tokens, first, _QUOTES | _verbs_of_saying("zh") | _verbs_of_saying("en")) > 0
    return np.asarray(asks[tokens.term[last]] & ~told)


def _ends_in_saying(tokens: Tokens, first: Ints) -> Bools:
    """Mark the stretches whose last word is a verb of saying; 时 (when) may follow it."""
    verbs = _verbs_of_saying("zh")
    says, when = (
        np.fromiter((term in words for term in tokens.types), bool, len(tokens.types))
        for words in (verbs, _WHEN)
    )
    word = np.where(tokens.kind == WORD, np.arange(len(tokens)), -1)
    last = np.maximum.reduceat(word, first) if len(first) else first
    last = np.where((last > first) & when[tokens.term[last]], last - 1, last)
    return np.asarray(says[tokens.term[last]] & (last >= 0))


def _lists(tokens: Tokens, first: Ints) -> Bools:
    """Mark the stretches that list who or what: 包括杨岳、郭明、梁昌。"""
    return np.asarray(_marks(tokens, first, frozenset("、")) >= _LISTED)


def _marks(tokens: Tokens, first: Ints, marks: frozenset[str]) -> Ints:
    """Return how many of *marks* stand in each stretch."""
    among = np.fromiter((term in marks for term in tokens.types), bool, len(tokens.types))
    return np.add.reduceat(among[tokens.term].astype(np.int64), first) if len(first) else first


@cache
def _verbs_of_saying(lang: str) -> frozenset[str]:
    """Return the verbs that report and do not judge."""
    return frozenset(
        form
        for row in rows_of("cues")
        if (row["lang"], row["feature"]) == (lang, "say_neutral") and row["type"] in ("literal", "verb")
        for form in (row["cue"], *(verb_forms(row["cue"]) if row["type"] == "verb" else ()))
    )


def _units(tokens: Tokens, content: Bools) -> tuple[Ints, Ints]:
    """Return the unit of each token, and the first token of each unit: sentences, divided at semicolons."""
    opens = np.diff(tokens.sentence_keys(), prepend=-1) != 0
    sentence = np.cumsum(opens) - 1
    marks = np.fromiter((term in "；;" for term in tokens.types), bool, len(tokens.types))
    at = np.flatnonzero(marks[tokens.term][:-1]) + 1 if len(tokens) else np.zeros(0, dtype=np.int64)
    at = at[sentence[at] == sentence[at - 1]]
    before = np.append(0, np.cumsum(content))
    edges = np.union1d(np.flatnonzero(opens), at)
    sizes = np.diff(before[np.append(edges, len(tokens))])
    inner = np.isin(edges, at)
    enough = sizes >= _PART_WORDS
    keep = ~inner | (enough & np.append(True, enough[:-1]))
    first = edges[keep]
    return np.searchsorted(first, np.arange(len(tokens)), side="right") - 1, first
