"""Chinese words: the only file that knows the engines native, rjieba and jieba.

jieba is the reference. "native" is its algorithm and its arithmetic in C: equal on every run of Han, some
70 times faster. Where the package was installed without a C compiler there is rjieba, fourteen times faster
than jieba. It rounds probabilities, so that of two readings as good as equal it may take the other: in one of
some 450,000 runs of news, and for some of the names that bitext adds without a frequency, which makes one
token in 7,500 another. All get nothing but Han runs: everything else, dictionary words with Latin letters
included, is found by other means.
"""

import logging
import threading
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.arrays import Points
from bitext.errors import BitextError
from bitext.text.chinese import jieba_files
from bitext.text.scripts.detect import string

Ends = npt.NDArray[np.int64]
#: From the code points of a text to the ends of its pieces, in order.
Cut = Callable[[Points], Ends]

#: Name of an engine -> the module that it needs.
_MODULES = {"native": "bitext.text._native", "rjieba": "rjieba", "jieba": "jieba"}
#: Fastest first.
SEGMENTERS = tuple(_MODULES)
HAN_FIRST, HAN_LAST = jieba_files.HAN_FIRST, jieba_files.HAN_LAST
#: Divides runs: neither engine joins it to anything, and `cut` tests in tests/text hold it to that.
SEPARATOR = "\n"
#: Chinese marks that are a token each wherever they stand; the engines hand them back one by one.
MARKS = "，。、；：“”‘「」『』（）《》〈〉【】〔〕·"

_MIXED = """
    AT&T B超 c# C# c++ C++ T恤 A座 A股 A型 A轮 AA制 AB型 B座 B股 B型 B超 B轮 BB机 BP机 C盘
    C座 C语言 CD盒 CD机 CALL机 D盘 D座 D版 E盘 E座 E化 E通 F盘 F座 G盘 H盘 H股 I盘 IC卡 IP卡
    IP电话 IP地址 K党 K歌之王 N年 O型 PC机 PH值 SIM卡 U盘 VISA卡 Z盘 Q版 QQ号 RSS订阅 T盘 X光
    X光线 X射线 γ射线 T恤衫 T型台 T台 4S店 4s店 江南style 江南Style 1号店 小S 大S 阿Q
"""
#: The words of jieba's dictionary that are not Han throughout. Listed, so that no process has to read the
#: dictionary's 350,000 lines for them; a test compares.
MIXED_WORDS = tuple(_MIXED.split())

#: A word and its frequency; None asks the engine for one that makes the word win.
Entry = tuple[str, int | None]

_LOCK = threading.Lock()


def default_segmenter() -> str:
    """Return the name of the first engine that is installed."""
    return next(name for name in SEGMENTERS if find_spec(_MODULES[name]) or name == SEGMENTERS[-1])


def cutter(words: Sequence[Entry] = (), *, hmm: bool = True, segmenter: str | None = None) -> Cut:
    """Return a function that cuts Han runs, divided by `SEPARATOR`, into words: code points -> ends of words.

    The pieces leave nothing out: each begins where the one before it ends. The function is safe to use from
    several threads; build it anew in each process.

    Args:
        words: further dictionary words, Han characters only.
        hmm: guess words that the dictionary lacks from their characters.
        segmenter: one of `SEGMENTERS`; by default the first that is installed.

    Raises:
        BitextError: *segmenter* is unknown or not installed.

    Examples:
        >>> from bitext.text.scripts.detect import code_points
        >>> cutter()(code_points("欧盟批准芯片法案")).tolist()
        [2, 4, 6, 8]
        >>> cutter([("芯片法案", None)])(code_points("欧盟批准芯片法案")).tolist()
        [2, 4, 8]
    """
    name = segmenter or default_segmenter()
    if name not in SEGMENTERS:
        raise BitextError.unknown("segmenter", name, SEGMENTERS)
    if not find_spec(_MODULES[name]):
        raise BitextError(
            f"segmenter {name!r} is not installed; use {default_segmenter()!r}, or None for the fastest"
        )
    with _LOCK:  # the cache must not build the same segmenter twice
        cutting = _segmenter(name, tuple(words))
    if name == "native":
        return lambda points: np.frombuffer(cutting.cut(points, hmm), dtype=np.int64)
    if name == "rjieba":
        return lambda points: _ends(cutting.cut(string(points), hmm))
    return lambda points: _ends(cutting.lcut(string(points), HMM=hmm))


def _ends(pieces: list[str]) -> Ends:
    return np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))


@lru_cache(maxsize=4)  # one holds 24 MB
def _segmenter(segmenter: str, words: tuple[Entry, ...]) -> Any:
    return {"native": _native, "rjieba": _rjieba, "jieba": _jieba}[segmenter](words)


#: Native segmenters without learnt words, by their words: those with more begin with a copy of one.
_BASES: dict[tuple[Entry, ...], Any] = {}
_MOST_BASES = 2


def _native(words: tuple[Entry, ...]) -> Any:
    from bitext.text._native import Cutter

    for known, base in _BASES.items():
        if known == words[: len(known)] and hasattr(base, "extended"):
            return base.extended(words[len(known) :])
    tables = jieba_files.tables()
    made = Cutter(jieba_files.dictionary(), tables.start, tables.transition, tables.emission, words)
    while len(_BASES) >= _MOST_BASES:
        del _BASES[next(iter(_BASES))]
    _BASES[words] = made
    return made


def _rjieba(words: Iterable[Entry]) -> Any:
    import rjieba

    segmenter = rjieba.Jieba()
    for word, frequency in words:
        segmenter.add_word(word, frequency, None)
    return segmenter


def _jieba(words: Iterable[Entry]) -> Any:
    """Build an instance of our own; initialised by hand, it writes no cache to a shared folder."""
    jieba = _reference()
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    for word, frequency in words:
        segmenter.add_word(word, frequency)
    return segmenter


def _reference() -> Any:
    """Import jieba without the warnings that newer Pythons give about it (escapes of 2020, pkg_resources)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    return jieba


def is_han(word: str) -> bool:
    """Say whether the engines see *word* as one run of Han characters.

    Examples:
        >>> is_han("芯片"), is_han("T恤"), is_han("")
        (True, False, False)
    """
    return bool(word) and all(HAN_FIRST <= ord(character) <= HAN_LAST for character in word)
