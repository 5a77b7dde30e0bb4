"""The edge of a name that the Latin one spells in pinyin (贺庭远, He Tingyuan) or by its first word."""

import re
from functools import lru_cache

from bitext.glossaries.before import HAN, Before, Found
from bitext.glossaries.transliteration import plain

#: Two to four syllables as pinyin writes them: an initial, a final.
_PINYIN = re.compile(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[aeiouv]{1,3}(?:ng?|r)?){2,4}")
#: Letters of a spelling that does not happen by chance.
_LEAST = 5
#: Characters of a name of a person, or of the part that is spelled; and of what is translated behind it.
_SIZES, _BEHIND = (2, 3, 4), 6


def by_pinyin(before: Before, latin: str) -> Found:
    """Take what the Latin name, or its first word, spells in pinyin, and what stands behind it.

    Examples:
        >>> by_pinyin(Before("董事长贺庭远", 0, []), "He Tingyuan")
        (3, 0.95, 'sound')
        >>> by_pinyin(Before("电池企业珞璜锂能", 0, []), "Luohuang Lithium")
        (4, 0.9, 'sound')
    """
    words = [plain(word) for word in re.split(r"[ \-]", latin) if plain(word)]
    run = re.search(rf"[{HAN}]+$", before.text)
    if not words or not run or latin.isupper() or any(word[:1].islower() for word in latin.split(" ")):
        return None
    whole = "".join(words)
    orders = {whole, "".join((*words[1:], words[0]))} if len(words) < 4 else set()
    if len(whole) >= _LEAST and _PINYIN.fullmatch(whole):
        size = next((size for size in _SIZES if _spells(run[0][-size:], size, orders)), 0)
        if size:
            return size, 0.95, "sound"
    if len(words) < 2 or len(words[0]) < _LEAST or not _PINYIN.fullmatch(words[0]):
        return None
    for behind in range(1, _BEHIND + 1):
        stem = run[0][: len(run[0]) - behind]
        size = next((size for size in _SIZES if _spells(stem[-size:], size, {words[0]})), 0)
        if size:
            return size + behind, 0.9, "sound"
    return None


def _spells(han: str, size: int, letters: set[str]) -> bool:
    """Say whether so many characters have readings that make up one of the spellings."""
    if len(han) < size:
        return False
    left = letters
    for character in han:
        left = {rest[len(one) :] for rest in left for one in _readings(character) if rest.startswith(one)}
    return "" in left


@lru_cache(maxsize=4096)
def _readings(character: str) -> frozenset[str]:
    """Return the readings of a character in letters, without tones."""
    from pypinyin import Style, pinyin

    return frozenset(plain(one) for one in pinyin(character, style=Style.NORMAL, heteronym=True)[0])
