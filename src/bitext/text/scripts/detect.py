"""Which script a character belongs to, and which language and script a text is in, by counting."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from math import ceil

import numpy as np
import numpy.typing as npt

from bitext.text.scripts.languages import foreign
from bitext.text.scripts.opencc_files import entries

#: Classes of characters (uint8), the rows of `classes`.
NEITHER, HAN, LATIN, KANA, HANGUL, LETTER = range(6)

#: Code points of Han characters, inclusive: the iteration mark 々 and 〇, the ideographs with all their
#: extensions (A to J), and the compatibility ideographs. Radicals and strokes (2E80-2FDF) are symbols.
HAN_RANGES = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFD),
)
#: Latin letters, accented ones included; full-width Latin counts as Latin. × and ÷ are not letters.
LATIN_RANGES = (
    (0x41, 0x5A),
    (0x61, 0x7A),
    (0xAA, 0xAA),
    (0xBA, 0xBA),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x24F),
    (0x250, 0x2AF),
    (0x1E00, 0x1EFF),
    (0x2C60, 0x2C7F),
    (0xA722, 0xA7FF),
    (0xFB00, 0xFB06),
    (0xFF21, 0xFF3A),
    (0xFF41, 0xFF5A),
)
#: Hiragana and Katakana, half-width included, without the middle dot ・ (a name dot in Chinese too).
KANA_RANGES = ((0x3041, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
HANGUL_RANGES = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
#: Greek, Cyrillic, Armenian, Hebrew, Arabic, Indic scripts, Thai, Tibetan: letters of other languages.
_OTHER_LETTERS = ((0x370, 0x1FFF), (0xA980, 0xABFF), (0xFB13, 0xFDFF), (0xFE70, 0xFEFC), (0x10000, 0x1CFFF))

#: A Han character says about as much as three Latin letters (half a word).
HAN_WEIGHT = 3

#: Words that English prose cannot do without; no other language that uses Latin letters shares them.
_FUNCTION_WORDS = re.compile(
    r"\b(?:the|of|and|to|is|are|was|for|that|with|by|from|this|have|has|it|which|not)\b", re.IGNORECASE
)
#: Latin texts of fewer words are English unless they look like another language: a headline may hold no
#: function word at all.
_JUDGED_WORDS = 40
#: English news has 20-30 function words of this list in 100; Spanish, French or German has 0-2.
_FUNCTION_SHARE = 0.05
#: What is quoted in a text.
_QUOTED = re.compile("“[^”]*”|「[^」]*」|『[^』]*』|（[^）]*）")
#: Hiragana but の; a Japanese sentence without one in so many kanji is a list of names.
_HIRAGANA = re.compile("[ぁ-ねは-ゖ]")
_PARTICLES = 12


@cache
def classes() -> npt.NDArray[np.uint8]:
    """Return the class of every code point: an array of uint8 to index with code points."""
    table = np.zeros(0x110000, dtype=np.uint8)
    for ranges, value in (
        (_OTHER_LETTERS, LETTER),
        (HAN_RANGES, HAN),
        (LATIN_RANGES, LATIN),
        (KANA_RANGES, KANA),
        (HANGUL_RANGES, HANGUL),
    ):
        for first, last in ranges:
            table[first : last + 1] = value
    table.setflags(write=False)
    return table


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of *text*, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def string(points: npt.NDArray[np.uint32]) -> str:
    """Return the text with these code points: the way back from `code_points`."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def character_class(ranges: tuple[tuple[int, int], ...]) -> str:
    """Return *ranges* as the inside of a regular expression's [...].

    Examples:
        >>> character_class(((0x3005, 0x3005), (0x4E00, 0x9FFF)))
        '々-々一-鿿'
    """
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def language(text: str) -> str:
    """Return "zh", "en" or "undecided".

    Chinese: three times the Han characters outweigh the Latin letters, and they are not the kanji of a
    Japanese text (kana or hangul more than half as frequent as Han, or hiragana other than の, which Chinese
    borrows, a twelfth). English: Latin letters prevail and, from 40 words on, five words in a hundred are
    English function words, which French, Spanish, Malay or pinyin lack; a shorter text is English unless the
    commonest words of another language prevail in it. Japanese written without kana (a name in a headline)
    counts as Chinese. `languages.guess` says what an undecided text may be.

    Examples:
        >>> language("欧盟批准Chips Act"), language("The EU approves its Chips Act"), language("2023-07-03")
        ('zh', 'en', 'undecided')
        >>> language("首相が補正予算案を閣議決定"), language("El gobierno aprueba la reforma de la ley")
        ('undecided', 'undecided')
    """
    counts = np.bincount(classes()[code_points(text)], minlength=6)
    han, latin, kana, hangul, other = (int(n) for n in counts[1:6])
    return _language(han, latin, kana + hangul, other, text)


def _language(han: int, latin: int, syllables: int, other: int, text: str) -> str:
    """Decide by the numbers of Han, Latin, kana and hangul, and other letters in *text*."""
    if max(syllables, other / HAN_WEIGHT) * 2 > han and syllables + other > latin:
        return "undecided"
    if han and han * HAN_WEIGHT >= latin:
        japanese = syllables * 2 > han or (
            syllables and len(_HIRAGANA.findall(_QUOTED.sub("", text))) * _PARTICLES > han
        )
        return "undecided" if japanese else "zh"
    if latin and _is_english(text):
        return "en"
    return "undecided"


def _is_english(text: str) -> bool:
    words = text.count(" ") + text.count("\n") + 1
    if words < _JUDGED_WORDS:
        return not foreign(text)
    enough = ceil(_FUNCTION_SHARE * words)
    return sum(1 for _ in islice(_FUNCTION_WORDS.finditer(text), enough)) == enough


@cache
def _script_signs() -> npt.NDArray[np.int8]:
    """Return +1 for simplified-only and -1 for traditional-only characters, 0 for all others.

    A character is traditional-only where t2s changes it, simplified-only where s2t does: in neither case
    does it stand among its own values. 后, 里, 干 live in both scripts and say nothing.
    """
    signs = np.zeros(0x110000, dtype=np.int8)
    for name, sign in (("STCharacters", 1), ("TSCharacters", -1)):
        for key, values in entries(name).items():
            if key not in values:
                signs[ord(key)] += sign
    signs.setflags(write=False)
    return signs


def script(text: str) -> str:
    """Return "Hans", "Hant" or "" (no Han, only characters that both scripts share, or a tie).

    Examples:
        >>> script("芯片补贴"), script("晶片補貼"), script("中文"), script("chips")
        ('Hans', 'Hant', '', '')
    """
    signs = _script_signs()[code_points(text)]
    return _script(int(np.count_nonzero(signs > 0)), int(np.count_nonzero(signs < 0)))


def _script(simplified: int, traditional: int) -> str:
    if simplified == traditional:
        return ""
    return "Hans" if simplified > traditional else "Hant"


def judge(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return `language` and `script` of each text, counted for all texts in one go.

    Examples:
        >>> judge(["芯片补贴", "chips", "", "晶片補貼"])
        (['zh', 'en', 'undecided', 'zh'], ['Hans', '', '', 'Hant'])
    """
    counts = _counts(texts).tolist()
    languages = [
        _language(row[0], row[1], row[2], row[3], text) for row, text in zip(counts, texts, strict=True)
    ]
    return languages, [_script(row[4], row[5]) for row in counts]


#: One byte for each count in `_lanes` can hold so much.
_MOST = 255


@cache
def _lanes() -> npt.NDArray[np.uint64]:
    """Return eight counts of one byte each for every code point, as one number that adds up in one go.

    They count: Han, Latin, kana and hangul, other letters, simplified-only, traditional-only; two are free.
    """
    lanes = np.zeros((0x110000, 8), dtype=np.uint8)
    known, signs = classes(), _script_signs()
    for lane, held in enumerate((known == HAN, known == LATIN, (known == KANA) | (known == HANGUL))):
        lanes[held, lane] = 1
    lanes[known == LETTER, 3] = 1
    lanes[signs > 0, 4] = 1
    lanes[signs < 0, 5] = 1
    table: npt.NDArray[np.uint64] = lanes.view(np.uint64)[:, 0]
    table.setflags(write=False)
    return table


def _counts(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the counts of `_lanes` for each text: texts × 8."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    pieces = -(-sizes // _MOST)  # no sum over a piece runs over
    held = np.flatnonzero(sizes)
    total = np.zeros((len(texts), 8), dtype=np.int64)
    if not len(held):
        return total
    last = np.cumsum(pieces)
    number = np.arange(last[-1]) - np.repeat(last - pieces, pieces)
    starts = np.repeat(np.cumsum(sizes) - sizes, pieces) + _MOST * number
    sums = np.add.reduceat(_lanes()[code_points("".join(texts))], starts)
    total[held] = np.add.reduceat(sums.view(np.uint8).reshape(-1, 8), (last - pieces)[held], dtype=np.int64)
    return total
