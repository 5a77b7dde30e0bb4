"""What could not be read, or only in part: one row each, of a stated kind; and the boundary around a record.

No record ends a run. Whatever happens while one is read, be it an exception that nobody expected, becomes a
row that names the record, and the others are read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bitext.errors import BitextError, CorpusError
from bitext.reading import packed
from bitext.reading.remote import redacted

#: Kinds of problems, and what each says.
KINDS = {
    "not read": "a file that cannot be opened, or is of no known kind",
    "broken": "not what its format asks for: the record, or the rest of the file, is lost",
    "empty": "no text, before or after cleaning",
    "left out": "a table without articles beside others that hold some",
    "too large": "more characters, or bytes after unpacking, than a record may have",
    "too deep": "nested more deeply than a record may be",
    "too slow": "more time of the processor than a record may take",
    "failed": "an error that nobody expected; please report it",
    "undated": "read, but what stands in its date is no date that can be told",
    "cut": "read, but the provider gave only the beginning of the text",
    "unnamed": "read, but the outlet is known by the domain of its address or its file only, or not at all",
    "merged": "read, but an outlet was written in several ways, which are one now",
    "language": 'read, but in neither language: `lang` is "undecided", and no table of words counts it',
    "assumed": "read, but by an assumption that the caller can replace",
    "damaged": "read, but characters were lost before or in decoding",
    "mended": "read, but its characters had been read in a wrong encoding before; they are mended",
    "renamed": "read under another identifier: the first one was taken",
    "counted": "too many to list; only their number is kept",
    "sampled": "so many articles that some tables are made of a sample of them",
}

#: Kind and text of a problem whose source is known to the caller.
Fault = tuple[str, str]

#: Half of a character beyond U+FFFF: no text, and no file can hold it.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Characters that move the cursor, colour a terminal, or turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Problem(NamedTuple):
    """A row of `schema.PROBLEMS`."""

    file: str
    kind: str
    problem: str


class RecordError(CorpusError):
    """A record, or the rest of a file, cannot be read; *kind* is one of `KINDS`."""

    __module__ = "bitext"

    def __init__(self, problem: str, kind: str = "broken") -> None:
        super().__init__(problem)
        self.kind = kind

    def __reduce__(self) -> tuple[type["RecordError"], tuple[str, str]]:
        return RecordError, (str(self), self.kind)


def fault(error: Exception) -> Fault:
    """Return kind and text of what was raised.

    Examples:
        >>> fault(RecursionError("maximum recursion depth exceeded"))
        ('too deep', 'nested too deeply to be read')
        >>> fault(KeyError("@graph"))
        ('failed', "KeyError: '@graph'")
    """
    if isinstance(error, RecordError):
        return error.kind, str(error)
    if isinstance(error, BitextError):
        return "broken", str(error)
    if isinstance(error, RecursionError):
        return "too deep", "nested too deeply to be read"
    if isinstance(error, MemoryError):
        return "too large", "does not fit into memory"
    if isinstance(error, packed.ERRORS):
        return "broken", f"broken packed file: {error}"
    if isinstance(error, OSError):
        return "not read", f"cannot be read: {error.strerror or error}"
    text = redacted(f"{type(error).__name__}: {error}".strip(": "))
    return "failed", text if len(text) <= 300 else text[:299] + "…"


def whole(text: str) -> str:
    """Return *text* with U+FFFD for every half of a character.

    Examples:
        >>> whole("Breaking \\ud83d") == "Breaking \\N{REPLACEMENT CHARACTER}"
        True
    """
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def printable(text: object) -> str:
    """Return *text* for a terminal: control characters are spelled out, so that no file's name acts.

    Examples:
        >>> print(printable("a\\x1b[31m\\nb"))
        a\\x1b[31m\\nb
    """
    return _CONTROLS.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), whole(str(text)))


def summary(problems: Iterable[Sequence[str]]) -> list[str]:
    """Return a line for each kind of problem: how many, and the first of them.

    Examples:
        >>> rows = [("a", "empty", "no text"), ("b", "broken", "not JSON"), ("c", "empty", "no text")]
        >>> summary(rows)
        ['2 empty: a: no text; and 1 more', '1 broken: b: not JSON']
    """
    found = [Problem(*row) for row in problems]
    number = Counter(problem.kind for problem in found)
    first: dict[str, Problem] = {}
    for problem in found:
        first.setdefault(problem.kind, problem)
    lines = []
    for kind, one in first.items():
        more = f"; and {number[kind] - 1:,} more" if number[kind] > 1 else ""
        place = f"{printable(one.file)}: " if one.file else ""  # what is said of all has none
        lines.append(f"{number[kind]:,} {kind}: {place}{printable(one.problem)}{more}")
    return lines
