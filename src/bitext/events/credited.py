"""Articles → those that say at their head that they have the news from another outlet among them."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from ahocorasick_rs import AhoCorasick

from bitext.arrays import Bools
from bitext.copies.credits import forms_of
from bitext.reading.cleaning.outlets import aliases_of
from bitext.text.scripts.convert import to_simplified

#: Characters at the head of a text within which it says where it has its news from.
_HEAD = 160
#: Letters that a name must have to be looked for: CNN, 路透.
_LATIN, _HAN = 3, 2


def credits_another(articles: pd.DataFrame) -> Bools:
    """Say which articles name another outlet of *articles* as the source of their news, at their head.

    Who writes “《晨报》周一报道” was not first with it, whatever the clocks say: the other's own article may
    be missing, or bear a later stamp.

    Args:
        articles: the table of articles: ``outlet``, ``title``, ``text``.

    Examples:
        >>> table = pd.DataFrame({"outlet": ["Ledger", "Gazette", "Gazette"], "title": ["Mill shuts"] * 3,
        ...     "text": ["The mill shuts.", "The mill shuts, the Ledger reported on Monday.",
        ...              "The ledger of the mill shows a loss."]})
        >>> credits_another(table).tolist()
        [False, True, False]
    """
    outlets = articles["outlet"].fillna("").astype(str)
    names = {outlet: _names(outlet) for outlet in sorted(set(outlets) - {""})}
    found = np.zeros(len(articles), dtype=bool)
    if len(names) < 2:
        return found
    owner: dict[str, set[str]] = {}  # two outlets may go by one name: Reuters and 路透
    for outlet, of in names.items():
        for name in of:
            owner.setdefault(to_simplified(name), set()).add(outlet)
    pattern = _pattern(sorted(owner, key=lambda name: (-len(name), name)))
    # Most heads name nobody, and the automaton says so in a fifth of the time.
    anybody = AhoCorasick(sorted({name for of in names.values() for name in of} | set(owner)))
    rows = zip(outlets, articles["title"].fillna(""), articles["text"].fillna(""), strict=True)
    for row, (outlet, title, text) in enumerate(rows):
        head = f"{str(title)[:_HEAD]}\n{str(text)[:_HEAD]}".encode("utf-8", "ignore").decode("utf-8")
        if anybody.find_matches_as_indexes(head):
            named = (next(filter(None, match.groups())) for match in pattern.finditer(to_simplified(head)))
            found[row] = any(outlet not in owner[name] for name in named)
    return found


def _names(outlet: str) -> set[str]:
    """Return the names of an outlet that are long enough to be told from words."""
    names = (outlet, *aliases_of(outlet), *forms_of(outlet))
    return {name for name in names if len(name) >= (_LATIN if name.isascii() else _HAN)}


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Return what credits one of *names*; the group that matched is the name."""
    either = "|".join(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" for name in names)
    return re.compile(
        rf"""
        # 1 据《晨报》报道, 《晨报》引述消息人士说: from it, or what it does with news
        (?: [据引] [述用]? | 援引 | 根据 ) [^。\n]{{0,4}}? ({either})
      | ({either}) 》? [^。，,\n]{{0,10}}? (?: 报道 | 消息 | 获悉 | 披露 | 独家 | 援引 | 引述 | 专访 )
        # 2 at the head of a headline: 晨报：…
      | ^ 《? ({either}) 》? [:：]
        # 3 the Ledger reported, according to the Ledger, told the Ledger
      | ({either}) \s (?: has\s|have\s|first\s )? (?: report(?:s|ed)? | said\sin\sa\sreport | revealed )\b
      | \b (?: [Aa]ccording\sto | told | by | in )\s(?:the\s)? ({either}) \s? (?: ,|\.|reports?\b|on\b )
        """,
        re.VERBOSE | re.MULTILINE,
    )
