"""Two versions of a text side by side: what the later one kept, moved, changed, cut and added."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.copies.fingerprints import HasArticles
from bitext.copies.shingles import SIZE, Codes, Folded, fold, rolling_hashes
from bitext.errors import TableError
from bitext.record import run_record

#: Columns of `passages`.
PASSAGES = ("kind", "start_a", "end_a", "start_b", "end_b", "text_a", "text_b")

#: Code points below this are letters and digits that make words between spaces.
_LATIN = 0x250


class EqualRun(NamedTuple):
    """A run of equal folded characters: `length` of them from `a` in the first text and `b` in the second."""

    a: int
    b: int
    length: int


class _Passage(NamedTuple):
    """A piece of both folded texts (half-open ranges); either may be empty."""

    kind: str
    a: tuple[int, int]
    b: tuple[int, int]


@checked
def passages(corpus: HasArticles, a: str, b: str) -> pd.DataFrame:
    """Align two articles and say what became of each passage of the first in the second.

    Texts are compared as in `duplicates`: letters, digits and Han only, in lower case and simplified script.
    Eight such characters or more in a row, found once on both sides, are the same passage (four at the
    beginning or end of both texts). Those that stand in the same order are "kept" (of all such chains the
    longest in characters), the others "moved".

    Args:
        corpus: a Corpus (or Tokens).
        a: identifier of the earlier article.
        b: identifier of the later one.

    Returns:
        One row per passage, in the order of *a*; additions stand where they were added:

        - ``kind``: "kept", "moved", "changed" (other words in the same place), "cut" or "added"
        - ``start_a``, ``end_a``: offsets into the text of *a*; equal where the passage was added. Passages of
          *a* follow one another without a gap: punctuation belongs to the passage before it
        - ``start_b``, ``end_b``: the same for *b*; equal where the passage was cut
        - ``text_a``, ``text_b``: the passage as each article has it

    Raises:
        TableError: *a* or *b* is not an article of the corpus.

    Examples:
        >>> import bitext, bitext.schema, pandas as pd
        >>> frame = pd.DataFrame({"article": ["a", "b"], "text": [
        ...     "The plant opens in May, the minister said. Unions object.",
        ...     "The plant opens in June, the minister said."]})
        >>> corpus = bitext.Corpus(frame.reindex(columns=bitext.schema.ARTICLES, fill_value=""))
        >>> passages(corpus, "a", "b")[["kind", "text_a", "text_b"]]
              kind               text_a               text_b
        0     kept  The plant opens in   The plant opens in
        1  changed                May,                 June,
        2     kept   the minister said.    the minister said.
        3      cut       Unions object.
    """
    texts = [_text(corpus.articles, name) for name in (a, b)]
    folded = fold(texts)
    left, right = _Side.of(folded, 0, texts[0]), _Side.of(folded, 1, texts[1])
    rows = [_row(passage, left, right) for passage in _aligned(left, right)]
    table = pd.DataFrame(rows, columns=list(PASSAGES))
    table.attrs["run"] = run_record("passages", a=a, b=b, shingle=SIZE)
    return table


class _Side(NamedTuple):
    """One of the two texts: folded codes, their places, and the text itself."""

    codes: Codes
    place: npt.NDArray[np.int64]
    text: str

    @classmethod
    def of(cls, folded: Folded, number: int, text: str) -> "_Side":
        part = slice(folded.bounds[number], folded.bounds[number + 1])
        return cls(folded.codes[part], folded.place[part], text)

    def offset(self, at: int) -> int:
        """Return where the folded character *at* starts; 0 for the first, so that nothing is left over."""
        if at == 0:
            return 0
        return int(self.place[at]) if at < len(self.place) else len(self.text)

    def splits_word(self, at: int) -> bool:
        """Is there a Latin word or a number across the border before the folded character *at*?"""
        if not 0 < at < len(self.codes) or max(self.codes[at - 1], self.codes[at]) >= _LATIN:
            return False
        between = self.text[self.place[at - 1] + 1 : self.place[at]]
        return between == "" or (between in {".", ","} and 0x30 <= self.codes[at] <= 0x39)


def _text(articles: pd.DataFrame, name: str) -> str:
    schema.require(articles, ("article", "text"), "the table of articles")
    found = articles.loc[articles["article"] == name, "text"]
    if found.empty:
        known = articles["article"].tolist()
        raise TableError.unknown("article", name, known if len(known) <= 10 else [*known[:10], "..."])
    return str(found.iloc[0])


def _row(passage: _Passage, left: _Side, right: _Side) -> tuple[str, int, int, int, int, str, str]:
    start_a, end_a = (left.offset(at) for at in passage.a)
    start_b, end_b = (right.offset(at) for at in passage.b)
    if passage.a[0] == passage.a[1]:
        start_a = end_a
    if passage.b[0] == passage.b[1]:
        start_b = end_b
    texts = left.text[start_a:end_a], right.text[start_b:end_b]
    return passage.kind, start_a, end_a, start_b, end_b, *texts


def _aligned(left: _Side, right: _Side) -> list[_Passage]:
    """Return the passages of both sides, in the order of the left."""
    whole = (0, len(left.codes), 0, len(right.codes))
    chain, moved = _match(left, right, whole)
    found: list[_Passage] = []
    a = b = 0
    for block in [*chain, EqualRun(len(left.codes), len(right.codes), 0)]:
        found += _between(a, block.a, b, block.b, moved)
        if block.length:
            found.append(_whole("kept", block))
        a, b = block.a + block.length, block.b + block.length
    return found


def _whole(kind: str, block: EqualRun) -> _Passage:
    return _Passage(kind, (block.a, block.a + block.length), (block.b, block.b + block.length))


def _between(a0: int, a1: int, b0: int, b1: int, moved: list[EqualRun]) -> Iterator[_Passage]:
    """Yield what lies between two kept blocks: moved blocks stand out, the rest was changed, cut or added."""
    here = [block for block in moved if a0 <= block.a < a1]
    holes_a = _holes(a0, a1, [(block.a, block.length) for block in here])
    holes_b = _holes(b0, b1, [(block.b, block.length) for block in moved if b0 <= block.b < b1])
    if len(holes_a) == len(holes_b) == 1 and not here:
        yield _Passage("changed", holes_a[0], holes_b[0])
        return
    pieces = [_Passage("cut", hole, (b0, b0)) for hole in holes_a] + [
        _whole("moved", block) for block in here
    ]
    yield from sorted(pieces, key=lambda piece: piece.a)
    yield from (_Passage("added", (a1, a1), hole) for hole in holes_b)


def _holes(start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges within start..end that are not taken."""
    holes = []
    for at, length in sorted(taken):
        if at > start:
            holes.append((start, at))
        start = at + length
    if end > start:
        holes.append((start, end))
    return holes


def _match(
    left: _Side, right: _Side, ranges: tuple[int, int, int, int]
) -> tuple[list[EqualRun], list[EqualRun]]:
    """Return the kept blocks of a range, in order, and the moved ones; look again in every gap."""
    a0, a1, b0, b1 = ranges
    blocks = _common(left, right, ranges)
    if not blocks:
        return [], []
    chain = _heaviest_chain(blocks)
    moved = [block for block in blocks if block not in chain]
    kept: list[EqualRun] = []
    a, b = a0, b0
    for block in [*chain, EqualRun(a1, b1, 0)]:
        inner, inner_moved = (
            _match(left, right, (a, block.a, b, block.b)) if block.length or chain else ([], [])
        )
        kept += inner
        moved += [m for m in inner_moved if not any(_overlap(m, other) for other in moved)]
        if block.length:
            kept.append(block)
        a, b = block.a + block.length, block.b + block.length
    moved = [m for m in moved if not any(_overlap(m, block) for block in kept)]
    return kept, moved


def _overlap(one: EqualRun, other: EqualRun) -> bool:
    in_a = one.a < other.a + other.length and other.a < one.a + one.length
    in_b = one.b < other.b + other.length and other.b < one.b + one.length
    return in_a or in_b


def _common(left: _Side, right: _Side, ranges: tuple[int, int, int, int]) -> list[EqualRun]:
    """Return maximal equal runs that contain a shingle found once on each side of the range."""
    a0, a1, b0, b1 = ranges
    hashes = rolling_hashes(left.codes[a0:a1]), rolling_hashes(right.codes[b0:b1])
    (once_a, at_a), (once_b, at_b) = (_once(values) for values in hashes)
    _, in_a, in_b = np.intersect1d(once_a, once_b, assume_unique=True, return_indices=True)
    order = np.argsort(at_a[in_a])
    a, b = at_a[in_a][order] + a0, at_b[in_b][order] + b0
    breaks = np.flatnonzero((np.diff(a) != 1) | (np.diff(b) != 1)) + 1
    runs = [run for run in np.split(np.arange(len(a)), breaks) if len(run)]
    seeds = [EqualRun(int(a[run[0]]), int(b[run[0]]), len(run) + SIZE - 1) for run in runs]
    seeds += [
        EqualRun(a0, b0, 0),
        EqualRun(a1, b1, 0),
    ]  # a common beginning or end may be shorter than a shingle
    found: list[EqualRun] = []
    for seed in seeds:
        block = _to_words(_extended(seed, left.codes, right.codes, ranges), left, right)
        if block.length >= SIZE // 2 and not any(_overlap(block, other) for other in found):
            found.append(block)
    return found


def _once(values: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    distinct, first, count = np.unique(values, return_index=True, return_counts=True)
    return distinct[count == 1], first[count == 1].astype(np.int64)


def _extended(block: EqualRun, left: Codes, right: Codes, ranges: tuple[int, int, int, int]) -> EqualRun:
    """Grow a block to both sides while the characters agree."""
    a0, a1, b0, b1 = ranges
    a, b = block.a, block.b
    while a > a0 and b > b0 and left[a - 1] == right[b - 1]:
        a, b = a - 1, b - 1
    end_a, end_b = block.a + block.length, block.b + block.length
    while end_a < a1 and end_b < b1 and left[end_a] == right[end_b]:
        end_a, end_b = end_a + 1, end_b + 1
    return EqualRun(a, b, end_a - a)


def _to_words(block: EqualRun, left: _Side, right: _Side) -> EqualRun:
    """Shrink a block whose border cuts through a Latin word: Tues|day and Wednes|day are different."""
    a, b, length = block
    while length and (left.splits_word(a) or right.splits_word(b)):
        a, b, length = a + 1, b + 1, length - 1
    while length and (left.splits_word(a + length) or right.splits_word(b + length)):
        length -= 1
    return EqualRun(a, b, length)


def _heaviest_chain(blocks: list[EqualRun]) -> list[EqualRun]:
    """Return the blocks, rising on both sides, that have the most characters in all."""
    blocks = sorted(blocks)
    starts, ends = (
        np.array([block.b for block in blocks]),
        np.array([block.b + block.length for block in blocks]),
    )
    best = np.array([block.length for block in blocks], dtype=np.int64)
    before = np.full(len(blocks), -1)
    for i in range(1, len(blocks)):
        allowed = np.where(ends[:i] <= starts[i], best[:i], -1)
        j = int(np.argmax(allowed))
        if allowed[j] >= 0:
            best[i] += best[j]
            before[i] = j
    chain = []
    i = int(np.argmax(best))
    while i >= 0:
        chain.append(blocks[i])
        i = int(before[i])
    return chain[::-1]
