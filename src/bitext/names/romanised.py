"""Names of people in both languages → the Chinese one that a romanised name spells: Zhou Yanbo is 周彦博.

Spelled in pinyin, surname first or last, with or without a hyphen; tones do not count. Where two Chinese
names sound alike, a romanised one says nothing.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product

from bitext.glossaries.transliteration import plain

#: Characters of a Chinese name of a person.
_SIZES = (2, 3, 4)
#: Readings of one name that are tried: characters have several.
_READINGS = 16
_HAN = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+){1,3}", re.IGNORECASE)


def with_romanised(names: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return lists of names, to each the Chinese name added that one of its romanised names spells.

    Args:
        names: the names that each of many is called by, Chinese ones in simplified characters.

    Examples:
        >>> with_romanised([["Zhou Yanbo"], ["周彦博"], ["Li Wei"], ["李伟"], ["李薇"], ["yan-bo zhou"]])
        [['Zhou Yanbo', '周彦博'], ['周彦博'], ['Li Wei'], ['李伟'], ['李薇'], ['yan-bo zhou', '周彦博']]
    """
    forms = {name for own in names for name in own}
    latin = {name for name in forms if _LATIN.fullmatch(name)}
    chinese = {name for name in forms if len(name) in _SIZES and _HAN.fullmatch(name)}
    if not latin or not chinese:
        return [list(own) for own in names]
    spelled = _spelled(chinese)
    found = {name: spelled.get(plain(name), set()) for name in latin}
    return [[*own, *(min(found[name]) for name in own if len(found.get(name, ())) == 1)] for own in names]


def _spelled(names: Iterable[str]) -> dict[str, set[str]]:
    """Return letters -> the names that are spelled so."""
    from pypinyin import Style, pinyin

    spelled: dict[str, set[str]] = {}
    for name in sorted(names):
        readings = [[plain(one) for one in cell] for cell in pinyin(name, style=Style.NORMAL, heteronym=True)]
        for number, syllables in enumerate(product(*readings)):
            if number == _READINGS:
                break
            for surname in (1, 2):  # 欧阳, 司马
                first, last = "".join(syllables[:surname]), "".join(syllables[surname:])
                for letters in (first + last, last + first):
                    spelled.setdefault(letters, set()).add(name)
    return spelled
