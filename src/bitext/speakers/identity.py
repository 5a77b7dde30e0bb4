"""Which names in an article stand for the same source: 布林肯 and 国务卿布林肯, Mr Lee and John Lee."""

import re
from collections.abc import Sequence
from functools import cache

from bitext.lexicons import loader
from bitext.lexicons.wordlists import words

#: The dot of foreign names in Chinese, in the forms that it has in print.
_DOTS = re.compile(r"[·‧•・]")
_BODIES = words("en", "bodies")
_TITLE_EN = re.compile(r"^(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|prof|professor)\.?\s+", re.IGNORECASE)


def bare_name(name: str) -> str:
    """Return an English name without what precedes and follows it: its title, an apposition.

    Examples:
        >>> bare_name("Foreign Minister Wang Yi"), bare_name("Mr Lee"), bare_name("John Lee, a professor")
        ('Wang Yi', 'Lee', 'John Lee')
        >>> bare_name("the State Department")
        'the State Department'
    """
    head = name.split(",")[0].strip()
    if name.isascii() and not head.isascii():
        return name
    short = _TITLE_EN.sub("", head)
    parts = short.split()
    for place in range(len(parts) - 1, 0, -1):
        before = parts[place - 1].lower().strip(".")
        tail = parts[place:]
        if before in _titles() and len(tail) <= 4 and all(word[:1].isupper() for word in tail):
            if not any(word.lower().strip(".") in _titles() | _BODIES for word in tail):
                return " ".join(tail)
            break
    return short


def bare_chinese(name: str, title_end: int) -> str:
    """Return a Chinese name without its title, which ends at *title_end*, if a person's name is left.

    Examples:
        >>> bare_chinese("行政院长苏贞昌", 4), bare_chinese("外交部发言人", 3)
        ('苏贞昌', '外交部发言人')
    """
    rest = name[title_end:]
    han = 2 <= len(rest) <= 3 and rest[0] in words("zh", "surnames")
    return rest if title_end and (han or _DOTS.search(rest)) else name


def full_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each name the longest name of the article that it is short for; itself where there is none.

    A short name is the last word of an English name or what follows the last dot of a Chinese one. Where two
    longer names end in it, it stays alone.

    Examples:
        >>> full_names(["John Lee", "Lee", "安东尼·布林肯", "布林肯", "Ann Fox", "Bob Fox", "Fox"])["Fox"]
        'Fox'
        >>> full_names(["安东尼·布林肯", "布林肯"])
        {'安东尼·布林肯': '安东尼·布林肯', '布林肯': '安东尼·布林肯'}
    """
    ends: dict[str, set[str]] = {}
    for name in names:
        parts = name.split() if name.isascii() else _DOTS.split(name)
        if len(parts) > 1 and parts[-1][:1].isupper() | (not name.isascii()):
            ends.setdefault(parts[-1].lower(), set()).add(name)
    found = {}
    for name in names:
        longer = ends.get(name.lower(), set()) - {name}
        found[name] = longer.pop() if len(longer) == 1 else name
    return found


def key(name: str) -> str:
    """Return what equal names have in common, whatever their case and dots: "the " is no part of a name."""
    return _DOTS.sub("·", name).lower().removeprefix("the ").strip()


@cache
def _titles() -> frozenset[str]:
    """Return the last words of English titles: minister, spokesman."""
    roles = (row["cue"] for row in loader.rows("cues") if (row["lang"], row["feature"]) == ("en", "role"))
    return frozenset(role.lower().split()[-1].strip(".") for role in roles) | words("en", "titles")
