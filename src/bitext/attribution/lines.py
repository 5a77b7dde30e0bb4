"""Lines with a colon: a pattern of labels, Name：C, is tried on these and on no others."""

import re
from collections.abc import Iterator


def labelled(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` does, for a *pattern* that begins a line and needs a colon.

    Beside the lines with a colon, those with EXCLUSIVE are tried: the label may stand on the next.

    Examples:
        >>> label = re.compile(r"^(\\w+):", re.MULTILINE)
        >>> [match.group(1) for match in labelled(label, "A line.\\nLee: no deal.\\n\\nPoe: none")]
        ['Lee', 'Poe']
    """
    start = reach = 0
    for line in text.split("\n"):
        if start >= reach and (":" in line or "：" in line or "EXCLUSIVE" in line):
            match = pattern.match(text, start)
            if match:
                reach = match.end()
                yield match
        start += len(line) + 1
