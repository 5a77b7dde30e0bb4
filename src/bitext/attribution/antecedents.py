"""Whom he and she stand for: the person named last before them."""

import re

import numpy as np

from bitext.tokens.clauses import View

#: Characters in which the name has to stand.
_REACH = 400
#: Foreign names in Chinese are known by their dot.
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·‧•・][\u4e00-\u9fff]{1,8})+")
#: What ends the name of a body, not of a person.
_BODIES = re.compile(
    r"(?:社|报|報|部|局|会|會|院|府|司|行|厅|廳|署|处|處|团|團|党|黨|国|國|方|校|组织|組織|集团|中心|法院|警方|基金|银行|网|網)$"
    r"|\b(?:[Tt]he|[Mm]inistry|[Dd]epartment|[Cc]ommittee|[Cc]ourt|[Cc]ouncil|[Pp]olice|[Uu]niversity|[Gg]overnment|"
    r"[Cc]ampaign|[Cc]ompany|[Oo]ffice|[Bb]ank|[Pp]arty|[Uu]nion|[Hh]ouse|[Ss]enate|[Cc]ongress|[Tt]imes|[Pp]ost)\b"
)


class Antecedents:
    """The persons that are known in each article, and where they were named last."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names: dict[int, set[str]] = {}

    def add(self, row: int, name: str) -> None:
        """Note a source; bodies are no persons."""
        if _BODIES.search(name) is None:
            self._names.setdefault(row, set()).add(name)

    def _word_start(self, row: int, start: int, end: int) -> int:
        """Return where the word before the first dot begins: what stands before it is a title."""
        text = self._view.texts[row]
        dot = next(place for place in range(start, end) if text[place] in "·‧•・")
        token = int(self._view.token_ending(np.array([row]), np.array([dot]))[0])
        begin = max(start, int(self._view.tokens.start[token]))
        # 部长|吉娜: the segmenter may cut inside the title.
        return begin + 1 if begin > 0 and text[begin] in "长長" and text[begin - 1].isalpha() else begin

    def before(self, row: int, place: int) -> str:
        """Return the person named last before offset *place*; "" where there is none near."""
        low = max(0, place - _REACH)
        piece = self._view.texts[row][low:place]
        best, found = -1, ""
        for name in sorted(self._names.get(row, ())):
            short = name.split()[-1] if name.isascii() else name
            at = piece.rfind(short)
            if at > best:
                best, found = at, name
        for match in _DOTTED.finditer(piece):
            if match.start() > best and match.end() > best + len(found):
                start = self._word_start(row, low + match.start(), low + match.end())
                best, found = start - low, self._view.texts[row][start : low + match.end()]
        return found
