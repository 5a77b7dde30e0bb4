"""What one batch says about names: those in a frame, those with a Latin name behind, those of authors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bitext.arrays import Bools
from bitext.glossaries.edge import find_edge
from bitext.glossaries.rows import kind
from bitext.text.chinese.cutter import is_han
from bitext.text.kinds import WORD, ZH
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens
from bitext.words.framed import KINDS, framed
from bitext.words.lists import word_list
from bitext.words.vocabulary import FORM, KNOWN, Vocabulary, among

#: Characters of text shown on either side of an example.
AROUND = 12
#: A name of the glossary counts from this confidence.
_CONFIDENT = 0.8
#: A Latin name in a parenthesis; a Chinese one before it.
_LATIN = re.compile(r"[（(]\s*([A-ZÀ-Þ][A-Za-zÀ-ɏ'’.\- ]*?[a-zß-ɏ])\s*[),，）]")
_NAME = re.compile(r"[^的了是在和与及一\W][^的了是在和与及\W]*(?:·[^的了是在和与及\W]+)*")
#: Characters of an outlet's name at most.
_OUTLET = 8
#: Place of the first article, offset there, its name, and text around the word.
First = tuple[int, int, str, str]


@dataclass(frozen=True)
class NameEvidence:
    """Evidence for names: additive.

    Attributes:
        n: (name, kind) -> occurrences; kinds are those of `bitext.words.framed.KINDS`, "glossary", "byline",
            "outlet".
        articles: name -> articles.
        torn: name -> occurrences in a frame that the segmenter tears.
        first: name -> where it stands first.
    """

    n: Mapping[tuple[str, str], int] = field(default_factory=dict)
    articles: Mapping[str, int] = field(default_factory=dict)
    torn: Mapping[str, int] = field(default_factory=dict)
    first: Mapping[str, First] = field(default_factory=dict)

    @classmethod
    def merge(cls, parts: Sequence["NameEvidence"]) -> "NameEvidence":
        """Add parts up."""
        n: dict[tuple[str, str], int] = {}
        articles: dict[str, int] = {}
        torn: dict[str, int] = {}
        first: dict[str, First] = {}
        for part in parts:
            for key, count in part.n.items():
                n[key] = n.get(key, 0) + count
            for name, count in part.articles.items():
                articles[name] = articles.get(name, 0) + count
            for name, count in part.torn.items():
                torn[name] = torn.get(name, 0) + count
            for name, place in part.first.items():
                if name not in first or place < first[name]:
                    first[name] = place
        return cls(n, articles, torn, first)


def of_names(tokens: Tokens, near: Bools, words: Vocabulary) -> NameEvidence:
    """Count the names of one batch."""
    texts, labels = tokens.articles[tokens.field].tolist(), tokens.articles["article"].tolist()
    n: dict[tuple[str, str], int] = {}
    where: dict[str, set[int]] = {}
    first: dict[str, tuple[int, int, int]] = {}
    torn: dict[str, int] = {}
    for name, how, row, start, end in (
        *_framed(tokens, near, words, torn),
        *_paired(tokens, words),
        *_authors(tokens),
    ):
        n[name, how] = n.get((name, how), 0) + 1
        where.setdefault(name, set()).add(row)
        if name not in first or (row, start, end) < first[name]:
            first[name] = (row, start, end)
    shown = {}
    for name, (row, start, end) in first.items():
        around = texts[row][max(start - AROUND, 0) : end + AROUND] if end else labels[row]
        shown[name] = (tokens.first + row, start, labels[row], " ".join(around.split()))
    return NameEvidence(n, {name: len(rows) for name, rows in where.items()}, torn, shown)


_Row = tuple[str, str, int, int, int]


def _framed(tokens: Tokens, near: Bools, words: Vocabulary, torn: dict[str, int]) -> Iterator[_Row]:
    """Yield the names in frames; *torn* counts those of them that are no token."""
    text, found = framed(tokens, near, words)
    here = (text.token[found.start], text.token[found.end - 1])
    first, last = text.kept[here[0]], text.kept[here[1]]
    row = tokens.bounds.searchsorted(first, side="right") - 1
    start = tokens.start[first] + (found.start - text.first[here[0]])
    end = tokens.start[last] + (found.end - text.first[here[1]])
    whole = (start == tokens.start[first]) & (end == tokens.end[first])
    columns = (found.start, found.end, found.kind, row, start, end, whole)
    for a, b, number, article, low, high, one in zip(*(np.asarray(c).tolist() for c in columns), strict=True):
        name = text.text(a, b)
        torn[name] = torn.get(name, 0) + (not one)
        yield name, KINDS[number], article, low, high


def _paired(tokens: Tokens, words: Vocabulary) -> Iterator[_Row]:
    """Yield Chinese names before their Latin spelling in parentheses: 毕|尔德（Carl Bildt）."""
    spelling = among(words.points, "".join(word_list("spells")))
    loose = ~words.has(FORM) & (~words.has(KNOWN) | words.all(spelling))
    opening = np.isin(words.points[words.start], (ord("（"), ord("("))) & (words.size == 1)
    at = np.flatnonzero(opening[tokens.term])
    at = at[at > 0]
    before = at - 1
    at = at[(tokens.kind[before] == WORD) & (tokens.lang[before] == ZH) & loose[tokens.term[before]]]
    rows = tokens.bounds.searchsorted(at, side="right") - 1
    texts = tokens.articles[tokens.field].tolist()
    for place, row in zip(at.tolist(), rows.tolist(), strict=True):
        start = int(tokens.start[place])
        latin = _LATIN.match(texts[row], start)
        if latin is None:
            continue
        edge = find_edge(tokens, texts, row, start, latin[1])
        if edge is None or edge.confidence < _CONFIDENT or not _NAME.fullmatch(edge.han):
            continue
        first = place - 1
        while tokens.start[first] > edge.start:
            first -= 1
        if not (loose[tokens.term[first:place]] | (tokens.lang[first:place] != ZH)).all():
            continue  # 所长维勒, 法国布雷杜
        if kind(edge.han, latin[1]) == "transliteration":
            yield edge.han, "glossary", row, edge.start, edge.end


def _authors(tokens: Tokens) -> Iterator[_Row]:
    """Yield the names of outlets, and of authors that have the form of a Chinese name."""
    surnames = word_list("surname")
    for column in sorted({"outlet", "author", "editor"} & set(tokens.articles.columns)):
        for row, cell in enumerate(tokens.articles[column].tolist()):
            if not isinstance(cell, str) or not cell:
                continue
            if column == "outlet":
                if is_han(cell) and 3 <= len(cell) <= _OUTLET:
                    yield to_simplified(cell), "outlet", row, 0, 0
                continue
            for name in re.split(r"[\s,，、;；/|&]+", to_simplified(cell)):
                double = name[:2] in surnames
                fits = 3 <= len(name) <= 4 if double else 2 <= len(name) <= 3 and name[:1] in surnames
                if fits and is_han(name):
                    yield name, "byline", row, 0, 0
