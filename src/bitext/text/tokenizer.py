"""Text to arrays: one tokenizer for Chinese, English and what stands between them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bitext.errors import BitextError, LanguageError
from bitext.text.chinese import cutter as chinese
from bitext.text.kinds import (
    EN,
    HANDLE,
    KIND_NAMES,
    LANG_NAMES,
    NONE,
    NUMBER,
    OTHER,
    PUNCTUATION,
    SYMBOL,
    URL,
    WORD,
    ZH,
)
from bitext.text.latin import english
from bitext.text.scripts.convert import CONFIGS
from bitext.text.scripts.detect import code_points
from bitext.text.scripts.normalise import plain_points
from bitext.text.segmenter import Columns as TokenBatch
from bitext.text.segmenter import Segmenter

__all__ = [
    "EN",
    "HANDLE",
    "KIND_NAMES",
    "LANG_NAMES",
    "NONE",
    "NUMBER",
    "OTHER",
    "PUNCTUATION",
    "SYMBOL",
    "URL",
    "WORD",
    "ZH",
    "TokenBatch",
    "Tokenizer",
    "tokenize_batch",
]

#: "whole": don't is one token. "split": do and n't are two.
CONTRACTIONS = ("split", "whole")


@dataclass(frozen=True)
class Tokenizer:
    """The settings of a tokenizer; equal settings give equal tokens. Pickles, and is safe in threads.

    Attributes:
        words: dictionary words beside jieba's own, with a frequency or None. Han words go to the Chinese
            engine; words with Latin letters, digits or spaces are found as they are, in any case.
        hmm: guess Chinese words that are in no dictionary.
        segmenter: "native" (jieba's algorithm in C), "rjieba", "jieba", or None for the first that is
            installed. All give the same words, but for ties that rjieba rounds.
        conversion: "t2s", "tw2s", "hk2s", or None to leave traditional characters as they are.
        contractions: "whole" (don't) or "split" (do, n't); possessives alike.
        figures: keep figures in characters whole, which jieba tears: 三点六五, 百分之二十七.

    Examples:
        >>> batch = Tokenizer().batch(["歐盟批准Chips Act。"])
        >>> [batch.types[i] for i in batch.term]
        ['欧盟', '批准', 'chips', 'act', '。']
        >>> batch.start.tolist(), batch.end.tolist()
        ([0, 2, 4, 10, 13], [2, 4, 9, 13, 14])
    """

    words: tuple[chinese.Entry, ...] = ()
    hmm: bool = True
    segmenter: str | None = None
    conversion: str | None = "t2s"
    contractions: str = "whole"
    figures: bool = False

    def __post_init__(self) -> None:
        if self.segmenter is not None and self.segmenter not in chinese.SEGMENTERS:
            raise BitextError.unknown("segmenter", self.segmenter, chinese.SEGMENTERS)
        if self.conversion is not None and self.conversion not in CONFIGS:
            raise LanguageError.unknown("conversion", self.conversion, [None, *CONFIGS])
        if self.contractions not in CONTRACTIONS:
            raise BitextError.unknown("contractions", self.contractions, CONTRACTIONS)

    def batch(self, texts: Sequence[str]) -> TokenBatch:
        """Tokenise *texts*, each on its own.

        The vocabulary `types` is in order of first occurrence, so that batches merged in order give the
        vocabulary of the whole, wherever it was divided.

        Raises:
            BitextError: *texts* is one str.
        """
        if isinstance(texts, str):
            raise BitextError(f"texts must be a sequence of str, not one str: {texts[:40]!r}")
        return _segmenter(self).run(list(texts))


def tokenize_batch(tokenizer: Tokenizer, texts: Sequence[str]) -> TokenBatch:
    """Tokenise a batch: the work of one process, in the layer that loads in no time (no pandas)."""
    return tokenizer.batch(texts)


class Lexicon(NamedTuple):
    """Dictionary words in plain form: for the Chinese engine, and for the matcher."""

    han: tuple[chinese.Entry, ...]
    mixed: tuple[str, ...]


@lru_cache(maxsize=16)
def lexicon(words: tuple[chinese.Entry, ...], conversion: str | None) -> Lexicon:
    """Divide dictionary words between engine and matcher; jieba's own mixed words are added.

    Words that the pattern keeps whole anyway are left out: as an entry, `learn` would add nothing.
    """
    points = plain_points(code_points("\n".join(word for word, _ in words)), conversion)
    plain = points.tobytes().decode("utf-32-le", "surrogatepass").split("\n") if words else []
    han: list[chinese.Entry] = []
    mixed: dict[str, str] = {}
    for word, (_, frequency) in zip(plain, words, strict=True):
        if chinese.is_han(word):
            han.append((word, frequency))
        elif not _whole(word):
            mixed.setdefault(word.lower(), word)
    for word in chinese.MIXED_WORDS:
        if not _whole(word):
            mixed.setdefault(word.lower(), word)
    return Lexicon(tuple(han), tuple(mixed.values()))


@lru_cache(maxsize=1 << 14)
def _whole(word: str) -> bool:
    """Say whether the pattern keeps the word whole; the same words are asked for each tokenizer."""
    return english.PATTERN.findall(word) == [word]


_LOCAL = threading.local()
#: Segmenters that a thread keeps: one holds some 24 MB, and what it has learnt.
_KEPT = 3


def _segmenter(settings: Tokenizer) -> Segmenter:
    """Return this thread's segmenter for these settings."""
    known: dict[Tokenizer, Segmenter] = _LOCAL.__dict__.setdefault("segmenters", {})
    segmenter = known.pop(settings, None)
    if segmenter is None:
        while len(known) >= _KEPT:
            del known[next(iter(known))]  # not used for longest
        han, mixed = lexicon(settings.words, settings.conversion)
        segmenter = Segmenter(settings, han, mixed)
    known[settings] = segmenter
    return segmenter
