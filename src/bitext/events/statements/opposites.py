"""Two sentences that are otherwise alike → opposite acts that they tell: rose and fell, 通过 and 否决."""

import re
from functools import cache
from typing import NamedTuple

from bitext.lexicons.inflection import verb_forms
from bitext.lexicons.loader import rows
from bitext.text.scripts.convert import to_simplified


class Act(NamedTuple):
    """One of two acts that cannot both be what happened.

    Attributes:
        pair: what both are about.
        act: which of the two.
    """

    pair: str
    act: str


def opposite_acts(one: str, other: str) -> list[str]:
    """Return the opposite acts that two sentences of either language tell, as they stand.

    A sentence that tells both acts of a pair (opened higher, closed lower) is opposite to none.

    Examples:
        >>> opposite_acts("Shares of Halden fell 9% on Monday.", "Shares of Halden rose 9% on Monday.")
        ['fell / rose']
        >>> opposite_acts("收盘上涨。", "周一股价下跌。"), opposite_acts("股价上涨", "Shares fell")
        (['上涨 / 下跌'], ['上涨 / fell'])
        >>> opposite_acts("周一股价上涨，周二下跌。", "周一股价下跌。")
        []
    """
    mine, theirs = acts_of(one), acts_of(other)
    found = []
    for act, word in sorted(mine.items()):
        for contrary, their_word in sorted(theirs.items()):
            if act.pair == contrary.pair and act.act != contrary.act:
                both = contrary in mine or act in theirs
                found += [] if both else [f"{word} / {their_word}"]
    return found


def acts_of(text: str) -> dict[Act, str]:
    """Return the acts that a sentence tells, each with its first word for it."""
    known, pattern = _forms()
    found: dict[Act, str] = {}
    for word in pattern.finditer(to_simplified(text).lower()):
        for act in known[word[0]]:
            found.setdefault(act, text[word.start() : word.end()])
    return found


@cache
def _forms() -> tuple[dict[str, tuple[Act, ...]], re.Pattern[str]]:
    """Return the acts of each form, and what finds the forms."""
    known: dict[str, tuple[Act, ...]] = {}
    for row in rows("opposites"):
        for form in row["forms"].split("|"):
            for word in (form, *verb_forms(form)) if row["lang"] == "en" else (form,):
                known[word] = (*known.get(word, ()), Act(row["pair"], row["act"]))
    longest = sorted(known, key=lambda word: (-len(word), word))
    english = "|".join(re.escape(word) for word in longest if word.isascii())
    chinese = "|".join(re.escape(word) for word in longest if not word.isascii())
    return known, re.compile(rf"\b(?:{english})\b|{chinese}")
