"""How deeply elements of a page are nested: parsers of HTML take the square of it."""

import re

from bitext.reading.problems import RecordError

#: No page that people read nests more elements in each other; the parser takes .1 s for so many.
DEEPEST = 5000
#: Elements that need no end: they close each other, or hold nothing.
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[rdh]|tbody|option|br|hr|img|input|meta|link|source|col|wbr)\b)[a-z]",
    re.IGNORECASE,
)


def check_depth(raw: str) -> None:
    """Raise `RecordError` where elements are nested too deeply to be read in reasonable time.

    Examples:
        >>> check_depth("<div>" * 6000)
        Traceback (most recent call last):
        bitext.RecordError: more than 5,000 elements nested in each other
    """
    if raw.count("<") <= DEEPEST:
        return
    depth = 0
    for tag in _TAG.finditer(raw):
        depth = depth + 1 if not tag[1] else max(depth - 1, 0)
        if depth > DEEPEST:
            raise RecordError(f"more than {DEEPEST:,} elements nested in each other", "too deep")
