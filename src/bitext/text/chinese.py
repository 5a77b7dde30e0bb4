"""Chinese words: the only file that knows jieba and rjieba.

Both cut a run of Han characters into the same words; rjieba is about twenty times faster. They get nothing
but Han runs: everything else, dictionary words with Latin letters included, is found by other means.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from bitext.errors import BitextError

ENGINES = ("rjieba", "jieba")
#: What the engines know as Han; other ideographs are single characters for them.
HAN_FIRST, HAN_LAST = 0x4E00, 0x9FD5
#: Divides runs: neither engine joins it to anything, and `cut` tests in tests/text hold it to that.
SEPARATOR = "\n"
#: Chinese marks that are a token each wherever they stand; the engines hand them back one by one.
MARKS = "，。、；：“”‘「」『』（）《》〈〉【】〔〕·"

#: A word and its frequency; None asks the engine for one that makes the word win.
Entry = tuple[str, int | None]

_LOCK = threading.Lock()


def default_engine() -> str:
    """Return "rjieba" where it is installed, otherwise "jieba"."""
    return "rjieba" if find_spec("rjieba") else "jieba"


def cutter(
    words: Sequence[Entry] = (), *, hmm: bool = True, engine: str | None = None
) -> Callable[[str], list[str]]:
    """Return a function that cuts Han runs, divided by `SEPARATOR`, into words.

    The function is safe to use from several threads; build it anew in each process.

    Args:
        words: further dictionary words, Han characters only.
        hmm: guess words that the dictionary lacks from their characters.
        engine: "rjieba" or "jieba"; by default the first that is installed.

    Examples:
        >>> cutter()("欧盟批准芯片法案")
        ['欧盟', '批准', '芯片', '法案']
        >>> cutter([("芯片法案", None)])("欧盟批准芯片法案")
        ['欧盟', '批准', '芯片法案']
    """
    name = engine or default_engine()
    if name not in ENGINES:
        raise BitextError.unknown("engine", name, ENGINES)
    with _LOCK:  # the cache must not build the same segmenter twice
        segmenter = _segmenter(name, tuple(words))
    if name == "rjieba":
        return lambda text: segmenter.cut(text, hmm)
    return lambda text: segmenter.lcut(text, HMM=hmm)


@cache
def _segmenter(engine: str, words: tuple[Entry, ...]) -> Any:
    return (_rjieba if engine == "rjieba" else _jieba)(words)


def _rjieba(words: Iterable[Entry]) -> Any:
    import rjieba

    segmenter = rjieba.Jieba()
    for word, frequency in words:
        segmenter.add_word(word, frequency, None)
    return segmenter


def _jieba(words: Iterable[Entry]) -> Any:
    """Build an instance of our own; initialised by hand, it writes no cache to a shared folder."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    for word, frequency in words:
        segmenter.add_word(word, frequency)
    return segmenter


@cache
def mixed_words() -> tuple[str, ...]:
    """Return the words of jieba's dictionary that are not Han throughout: T恤, B超, AA制, ..."""
    import jieba

    with jieba.get_module_res("dict.txt") as file:
        words = (line.decode("utf-8").split(" ", 1)[0] for line in file)
        return tuple(word for word in words if not is_han(word))


def is_han(word: str) -> bool:
    """Say whether the engines see *word* as one run of Han characters.

    Examples:
        >>> is_han("芯片"), is_han("T恤"), is_han("")
        (True, False, False)
    """
    return bool(word) and all(HAN_FIRST <= ord(character) <= HAN_LAST for character in word)
