"""Types of the C extension; its sources are in `native/`."""

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

class Cutter:
    """jieba's segmentation of Han text. Does not change once made: any number of threads may use it.

    Args:
        dictionary: a file in jieba's format, UTF-8.
        start: log-probabilities of the places B, E, M and S (in this order) of a first character: 4 float64.
        transition: of one place after another: 4 x 4 float64, by place, next place.
        emission: of characters, given the place: float64, U+4E00 to U+9FD5 by 4 places.
        words: further words of Han characters with their frequencies, added in this order. None: a frequency
            that makes the word win; 0: the word is never made.

    Raises:
        ValueError: a line of the dictionary, a table or a word is not as described.
        OverflowError: more than 16 million beginnings of words, or frequencies that add up to 2**62.
    """

    def __new__(
        cls,
        dictionary: bytes,
        start: npt.NDArray[np.float64],
        transition: npt.NDArray[np.float64],
        emission: npt.NDArray[np.float64],
        words: Iterable[tuple[str, int | None]],
    ) -> Cutter: ...
    def cut(self, points: npt.NDArray[np.uint32], hmm: bool) -> bytearray:
        """Return the ends of the pieces of a text of code points (uint32), as int64.

        Runs of Han characters are cut into words, every other code point is a piece of its own.
        """

    def extended(self, words: Iterable[tuple[str, int | None]]) -> Cutter:
        """Return a cutter that knows *words* besides, as if they had been given behind the others.

        It takes a copy of 24 MB in place of reading the dictionary anew.
        """

class Interner:
    def __init__(self) -> None: ...
    def __len__(self) -> int: ...
    def number(
        self,
        points: npt.NDArray[np.uint32],
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
        ids: npt.NDArray[np.int32],
    ) -> None: ...
    def slices(self, first: int) -> tuple[bytes, bytes]: ...

def plain_words(
    points: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    left: npt.NDArray[np.bool_],
) -> int: ...
def gain(values: npt.NDArray[np.float64], word: bytes, costs: npt.NDArray[np.float64]) -> float:
    """Return the best sum over divisions of *word* (at most 64 letters a to z) into one stretch a character.

    Args:
        values: characters by 26 letters: what a stretch that begins with the letter is worth.
        word: the letters.
        costs: what stretches of one letter and more cost.
    """

def blocks(
    document: str,
    start: int,
    end: int,
    markdown: bool,
    classes: bytes,
    kinds: dict[str, int],
    role: Callable[[str, str, str, str], str],
    unescape: Callable[[str], str],
) -> list[tuple[str, int, int, str, str, float]] | None:
    """Return what `bitext.reading.formats.html.markup.blocks` does, as the arguments of its blocks.

    None where only the patterns can tell what a tag is: its name is long or not ASCII, or the document holds
    one of four letters that equal an ASCII letter where case does not matter.

    Args:
        document: HTML, or Markdown with HTML inside.
        start: where to begin; what stands before is looked at, but not read.
        end: where to stop, as if the document ended there.
        markdown: Markdown's marks count, too.
        classes: a byte for each of the first 0x40000 code points, see `native/markup.h`.
        kinds: 1 for names of elements without an end tag, 2 for those that end a paragraph.
        role: of name, attributes, role outside and name of the parent: the role inside.
        unescape: resolves entities.
    """

def number_sentences(
    form: npt.NDArray[np.uint8],
    start: npt.NDArray[np.int32],
    end: npt.NDArray[np.int32],
    newlines: npt.NDArray[np.int64],
    bounds: npt.NDArray[np.int64],
    sentence: npt.NDArray[np.int32],
) -> None:
    """Write of each token the number of its sentence, as `bitext.text.sentences.number` says."""

def hash_texts(
    points: npt.NDArray[np.uint32],
    bounds: npt.NDArray[np.int64],
    hashes: npt.NDArray[np.uint64],
    powers: npt.NDArray[np.uint64],
    edges: npt.NDArray[np.uint8],
) -> None:
    """Write of each text `points[bounds[i]:bounds[i + 1]]` what `bitext.tokens.phrases` keeps of a type."""

def find_phrases(
    keys: npt.NDArray[np.uint64],
    number: npt.NDArray[np.int64],
    buckets: npt.NDArray[np.int32],
    hashes: npt.NDArray[np.uint64],
    powers: npt.NDArray[np.uint64],
    edges: npt.NDArray[np.uint8],
    term: npt.NDArray[np.int32],
    sentence: npt.NDArray[np.int32],
    bounds: npt.NDArray[np.int64],
    longest: int,
) -> bytes:
    """Return rows of int64 (phrase, first token, last token), by first and then by last token.

    Args:
        keys, number, buckets: a `bitext.tokens.phrases.HashIndex`.
        hashes, powers, edges: of each type.
        term, sentence: of each token; *bounds*: of the articles.
        longest: tokens in a phrase at most.
    """

def longest_spans(
    first: npt.NDArray[np.int64], last: npt.NDArray[np.int64], keep: npt.NDArray[np.bool_]
) -> None:
    """Mark, from left to right, the longest span at each place that overlaps none marked; *first* rises."""

def divide_words(
    keys: npt.NDArray[np.uint64],
    number: npt.NDArray[np.int64],
    buckets: npt.NDArray[np.int32],
    places: npt.NDArray[np.bool_],
    suffixes: npt.NDArray[np.uint32],
    points: npt.NDArray[np.uint32],
    bounds: npt.NDArray[np.int64],
    sizes: npt.NDArray[np.int64],
    found: npt.NDArray[np.int64],
) -> int:
    """Write how many listed parts each word has, and the parts; return how many there are in all."""

def count_cues(
    place: npt.NDArray[np.int64],
    concept: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    of: npt.NDArray[np.int64],
    hit: npt.NDArray[np.int64],
    sense: npt.NDArray[np.int64],
    votes: npt.NDArray[np.int64],
    senses: int,
    weight: int,
) -> None:
    """Add to each line (a hit and a sense) *weight* for each concept of its place that speaks for the sense.

    Args:
        place: of each hit its article or sentence, never falling.
        concept: of each hit, -1 where it does not speak.
        start, of: concept c speaks for the senses `of[start[c]:start[c + 1]]`.
        hit, sense: of each line; *hit* never falls.
        votes: of each line, what is added to.
        senses: how many there are.
        weight: what one concept counts.
    """
