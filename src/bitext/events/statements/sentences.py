"""Tokens → sentences with what they are compared by: words, pairs of characters, concepts, names, figures."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Bools, Ints
from bitext.concepts.lookup import find_concepts
from bitext.events.statements.meanings import meanings
from bitext.events.statements.sounds import Spelt, possible_names
from bitext.lexicons.loader import rows as rows_of
from bitext.lexicons.stopwords import stopwords
from bitext.text.kinds import NUMBER, WORD
from bitext.text.quantities import Quantity, quantities
from bitext.text.scripts.detect import code_points
from bitext.text.scripts.normalise import plain_points
from bitext.tokens.tokens import Tokens

#: Shorter sentences state nothing that could be told from another: letters, of Chinese characters a third.
_SHORTEST = 18
#: ... and so many words that are no stop words: "the minister said in a statement" states nothing.
_FEWEST_WORDS = 3
_HAN_LETTERS = 3
#: A semicolon divides a sentence where so many words that are no stop words stand on both sides.
_CLAUSE_WORDS = 4
_HAN = (0x3400, 0x9FFF)
#: A sentence with one of these states more than who spoke.
_STATES_MORE = frozenset('“”「」『』"，,：:')


#: Attributes that are no array with a row for each sentence.
_NO_ROWS = ("figures", "labels", "spelt")


@dataclass(frozen=True)
class Sentences:
    """Sentences (long ones divided at semicolons) as parallel arrays, in reading order.

    Attributes:
        article: row of each sentence's article in the tokens.
        sentence: its number within the article.
        first, last: its first and last token (inclusive).
        start, end: offsets into the article's text, without white space around.
        lang: language of its article.
        length: words that are no stop words.
        figures: the figures in each; offsets are those of the article's text.
        words: sentences × terms, 0 or 1; words that are no stop words.
        letters: sentences × characters, 0 or 1; in English pairs of letters.
        pairs: sentences × runs, 0 or 1: two neighbouring characters; in English four letters.
        concepts: sentences × concepts, 0 or 1.
        meanings: sentences × concepts and stems of other words, 0 to 1: see `meanings`.
        labels: of the meanings.
        without: content words of each that have no meaning.
        spelt: terms that may be a name in English, or may spell one in Chinese: see `sounds`.
        latin: sentences × terms, 0 or 1: words in Latin letters that Chinese sentences use, mostly names.
    """

    article: Ints
    sentence: Ints
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    lang: npt.NDArray[np.object_]
    length: Ints
    figures: list[list[Quantity]]
    words: sparse.csr_array
    letters: sparse.csr_array
    pairs: sparse.csr_array
    concepts: sparse.csr_array
    meanings: sparse.csr_array
    labels: npt.NDArray[np.object_]
    without: Ints
    latin: sparse.csr_array
    spelt: Spelt

    def __len__(self) -> int:
        return len(self.article)

    def take(self, rows: Ints) -> "Sentences":
        """Return these sentences, in this order."""
        arrays = {
            name: getattr(self, name)[rows] for name in self.__dataclass_fields__ if name not in _NO_ROWS
        }
        return replace(self, **arrays, figures=[self.figures[row] for row in rows.tolist()])

    @classmethod
    def of(cls, tokens: Tokens) -> "Sentences":
        """Divide *tokens* into sentences that are long enough to state something."""
        article, content = tokens.article(), _content(tokens)
        unit, first = _units(tokens, content)
        last = np.append(first[1:], len(tokens)) - 1
        n = len(first)
        rows, start, end = (
            article[first],
            tokens.start[first].astype(np.int64),
            tokens.end[last].astype(np.int64),
        )
        texts = tokens.articles[tokens.field].tolist()
        lang = tokens.articles["lang"].to_numpy(dtype=object)[rows]
        spoken = [
            texts[row][a:b] for row, a, b in zip(rows.tolist(), start.tolist(), end.tolist(), strict=True)
        ]
        lines = "\n".join(text.replace("\n", " ") for text in spoken)
        points = plain_points(code_points(lines), tokens.tokenizer.conversion)
        line = np.cumsum(points == ord("\n"))
        han = (points >= _HAN[0]) & (points <= _HAN[1])
        letters = np.bincount(line, weights=np.where(han, _HAN_LETTERS, _is_letter(points)), minlength=n)
        words = _cells(unit[content], tokens.term[content].astype(np.int64), (n, len(tokens.types)))
        hits = find_concepts(tokens)
        shared, labels, without = meanings(tokens, hits, content, unit, n)
        made = cls(
            article=rows,
            sentence=tokens.sentence[first].astype(np.int64),
            first=first,
            last=last,
            start=start,
            end=end,
            lang=lang,
            length=np.bincount(unit[content], minlength=n).astype(np.int64),
            figures=_figures(texts, rows, start, end),
            words=words,
            letters=_runs(points, line, han, lang, (1, 2)),
            pairs=_runs(points, line, han, lang, (2, 4)),
            concepts=_cells(unit[hits.first], hits.concept, (n, len(hits.labels))),
            meanings=shared,
            labels=labels,
            without=without,
            latin=_latin(words, tokens, lang),
            spelt=possible_names(tokens, hits, content),
        )
        enough = (letters >= _SHORTEST) & (made.length >= _FEWEST_WORDS)
        return made.take(np.flatnonzero(enough & ~_says_who(tokens, first)))


def _content(tokens: Tokens) -> Bools:
    """Mark the words that are no stop words, and the numbers."""
    stop = stopwords()
    wanted = np.fromiter((word not in stop for word in tokens.types), bool, len(tokens.types))
    return np.asarray(np.isin(tokens.kind, (WORD, NUMBER)) & wanted[tokens.term])


def _says_who(tokens: Tokens, first: Ints) -> Bools:
    """Mark the sentences that only tell who said what stands before: 蓬佩奥在声明中说。"""
    verbs = _verbs_of_saying()
    says = np.fromiter((term in verbs for term in tokens.types), bool, len(tokens.types))
    more = np.fromiter((term in _STATES_MORE for term in tokens.types), bool, len(tokens.types))
    word = np.where(tokens.kind == WORD, np.arange(len(tokens)), -1)
    last_word = np.maximum.reduceat(word, first) if len(first) else first
    marks = np.add.reduceat(more[tokens.term].astype(np.int64), first) if len(first) else first
    return np.asarray(says[tokens.term[last_word]] & (last_word >= 0) & (marks == 0))


@cache
def _verbs_of_saying() -> frozenset[str]:
    """Return the Chinese verbs that report and do not judge."""
    return frozenset(
        row["cue"]
        for row in rows_of("cues")
        if (row["lang"], row["feature"], row["type"]) == ("zh", "say_neutral", "literal")
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
    enough = sizes >= _CLAUSE_WORDS
    keep = ~inner | (enough & np.append(True, enough[:-1]))
    first = edges[keep]
    return np.searchsorted(first, np.arange(len(tokens)), side="right") - 1, first


def _cells(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    """Return a CSR array with 1 in every cell that is named."""
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    table.data[:] = 1.0
    return table


def _is_letter(points: npt.NDArray[np.uint32]) -> Bools:
    lower = points | 0x20
    return ((lower >= ord("a")) & (lower <= ord("z"))) | ((points >= 0xC0) & (points < 0x250))


def _runs(
    points: npt.NDArray[np.uint32],
    line: Ints,
    han: Bools,
    lang: npt.NDArray[np.object_],
    widths: tuple[int, int],
) -> sparse.csr_array:
    """Return which runs of letters stand in each sentence: of the first width in Chinese, else the second."""
    small = _is_letter(points)
    digit = (points >= ord("0")) & (points <= ord("9"))
    english = (lang == "en")[line] if len(lang) else np.zeros(len(line), dtype=bool)
    # A name in Latin letters is one word of a Chinese sentence, however many letters it has.
    kept = np.flatnonzero(han | digit | (small & english))
    code, where, english = points[kept].astype(np.uint64), line[kept], english[kept]
    code = np.where(small[kept], code | np.uint64(0x20), code)
    rows: list[Ints] = []
    keys: list[npt.NDArray[np.uint64]] = []
    for width, wanted in zip(widths, (~english, english), strict=True):
        size = max(len(code) - width + 1, 0)
        key = np.zeros(size, dtype=np.uint64)
        for offset in range(width):
            key = key * np.uint64(0x1F123BB5) + code[offset : size + offset]
        inside = (where[width - 1 :] == where[:size]) & wanted[:size]
        rows.append(where[:size][inside])
        keys.append(key[inside])
    labels, columns = np.unique(np.concatenate(keys), return_inverse=True)
    return _cells(np.concatenate(rows), columns, (len(lang), max(len(labels), 1)))


def _latin(words: sparse.csr_array, tokens: Tokens, lang: npt.NDArray[np.object_]) -> sparse.csr_array:
    """Keep the Latin words that Chinese sentences use: nearly all are names, as in 阿斯麦（ASML）."""
    latin = np.fromiter(
        (term.isascii() and term[:1].isalpha() for term in tokens.types), bool, len(tokens.types)
    )
    used = np.zeros(words.shape[1], dtype=bool)
    used[words[np.flatnonzero(lang == "zh")].indices] = True
    return sparse.csr_array(words[:, np.flatnonzero(latin & used)])


def _figures(texts: list[str], rows: Ints, start: Ints, end: Ints) -> list[list[Quantity]]:
    """Return the figures of each sentence; dates and counts of one are among them."""
    found: list[list[Quantity]] = []
    known: list[Quantity] = []
    row_before = -1
    place = 0
    for row, low, high in zip(rows.tolist(), start.tolist(), end.tolist(), strict=True):
        if row != row_before:
            known, row_before, place = quantities(texts[row]), row, 0
        while place < len(known) and known[place].start < low:
            place += 1
        own = []
        while place < len(known) and known[place].start < high:
            own.append(known[place])
            place += 1
        found.append(own)
    return found
