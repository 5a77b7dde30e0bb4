"""Take out of a text what tells who published it, before a classifier learns from it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bitext.cues.cues import cue_table
from bitext.lexicons import loader

_BYLINES = re.compile(
    r"[（(【\[][^（()）【】\[\]\n]{0,40}(?:记者|記者|编辑|編輯|报道|報導|报导|综合|綜合|讯|訊|電|电)[^（()）【】\[\]\n]{0,30}[)）】\]]"
    r"|^(?:责任编辑|責任編輯|编辑|編輯|记者|記者|作者|撰文)[：: ][^\n]*$"
    r"|^By [A-Z][^\n]{0,80}$|^[A-Z][A-Za-z ,.]{0,40}\((?:Reuters|AP|AFP|Bloomberg)\)\s*[-—–]",
    re.MULTILINE,
)


def mask(texts: Sequence[str], names: Iterable[str] = (), *, keep: str = "") -> list[str]:
    """Blank out bylines and the names of outlets, bitext's own list and *names*; *keep* stays.

    Offsets stay what they were: each character becomes a space.

    Examples:
        >>> mask(["（路透社记者）北京说。", "The Daily Planet reports."], ["The Daily Planet"])
        ['        北京说。', '                 reports.']
    """
    pattern = _names(tuple(sorted(set(names))))

    def blank(match: re.Match[str]) -> str:
        kept = keep and (keep in match.group() or match.group() in keep)
        return match.group() if kept else " " * len(match.group())

    return [pattern.sub(blank, _BYLINES.sub(lambda match: " " * len(match.group()), text)) for text in texts]


@lru_cache(maxsize=16)
def _names(more: tuple[str, ...]) -> re.Pattern[str]:
    known = {cue.form for cue in cue_table().cues if cue.feature == "outlet_source"}
    known |= {row["outlet"] for row in loader.rows("outlets")}
    known |= {alias for row in loader.rows("outlets") for alias in row["aliases"].split("|")}
    # Names of two letters (RT) and such as Fox or Time are words of their own too often.
    kept = {name for name in known if len(name) > 3 or (len(name) > 1 and not name.isascii())} | set(more)
    ordered = sorted(filter(None, kept), key=lambda name: (-len(name), name))
    return re.compile(
        "|".join(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in ordered)
    )
