"""Lines that begin with a source and a colon → what it says: Johnson: no deal is near; 蓬佩奥：谈判继续."""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from bitext.attribution.sentence import Event
from bitext.tokens.clauses import View

#: A line, its label and what stands behind the colon.
_HEADED = re.compile(
    r"""^ [ \t\u3000]* (?: EXCLUSIVE \W{1,4} )?
    (?P<label> [^\W\d_] [^\n：:，,。；;“”"「」？?!]{0,40} )  # 1. the label
    [：:] [ \t\u3000]* (?! // )                        # 2. the colon, of no address
    (?P<said> [^\n]{4,300} ) $                         # 3. what is said
    """,
    re.MULTILINE | re.VERBOSE,
)


def headed(view: View, events: Sequence[Event]) -> list[Event]:
    """Return an event for each line that opens with a name to which its article attributes words elsewhere.

    So "Blinken: talks go on" is Blinken's where the article reports what he said, and "Sudan: what next" is
    nobody's.
    """
    lines = [(row, match) for row, text in enumerate(view.texts) for match in _HEADED.finditer(text)]
    if not lines:
        return []
    named: dict[int, set[str]] = defaultdict(set)
    taken = {(event.row, event.source[0]) for event in events if event.source}
    for event in events:
        if event.source:
            named[event.row].add(view.text(event.row, *event.source).lower())
    found = []
    for row, match in lines:
        label, span = match["label"].strip().lower(), match.span("label")
        if (row, span[0]) in taken or not _is_named(label, named[row]):
            continue
        place = int(view.token_at(np.array([row]), np.array([match.start("said")]))[0])
        if place < len(view.tokens):
            found.append(Event(row, place, place, "quote", span, (match.span("said"),), "heading"))
    return found


def _is_named(label: str, names: set[str]) -> bool:
    """Say whether a label is one of the *names* of an article, or begins or ends one."""
    if label.isascii():
        last = label.split()[-1]
        return len(last) > 2 and any(last == name.split()[-1] for name in names if name)
    return len(label) > 1 and any(
        name.endswith(label) or label.endswith(name) for name in names if len(name) > 1
    )
