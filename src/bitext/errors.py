"""What can go wrong, as the user sees it.

Every message says what was given and what is accepted; none of them is a traceback's business.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self

#: What Corpus, Tokens and Counts have and a Scan, which holds no article, has not.
_OF_ALL = frozenset(
    ("article", "kwic", "lengths", "matrix", "removed", "surfaces", "term", "terms", "tokenizer")
)


class BitextError(ValueError):
    """Base of all errors that bitext raises on purpose."""

    __module__ = "bitext"

    @classmethod
    def unknown(cls, what: str, given: object, accepted: Iterable[object]) -> Self:
        """Build the message for a value that is not one of the accepted ones.

        Examples:
            >>> print(BitextError.unknown("language", "de", ["en", "zh"]))
            unknown language 'de'; use one of ['en', 'zh']
        """
        options = list(accepted)
        near = get_close_matches(str(given), [str(option) for option in options], n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return cls(f"unknown {what} {given!r}; use one of {options}{hint}")

    @classmethod
    def extra(cls, what: str, extra: str) -> Self:
        """Build the message for a step that needs packages which were not installed.

        Examples:
            >>> print(BitextError.extra("a plot", "plot"))
            a plot needs the extra 'plot'; in your clone of bitext: pip install -e '.[plot]'
        """
        return cls(f"{what} needs the extra {extra!r}; in your clone of bitext: pip install -e '.[{extra}]'")


class CorpusError(BitextError):
    """The input cannot be read, or nothing in it can."""

    __module__ = "bitext"


class LanguageError(BitextError):
    """A step that is meaningless for this language or for this mix of languages."""

    __module__ = "bitext"


class LexiconError(BitextError):
    """A word list, dictionary or table of cues is malformed."""

    __module__ = "bitext"


class TableError(BitextError):
    """A table lacks a column or a value, or a number asked of it is undefined."""

    __module__ = "bitext"


class WorkerError(BitextError):
    """A worker process died, or its function raised; the message names the item it was working on."""

    __module__ = "bitext"


class ArgumentError(TableError, TypeError):
    """A function was given something of another type than it takes; the message says what to write."""

    __module__ = "bitext"


class ScanError(TableError, AttributeError):
    """A `Scan` was given to a step that needs all articles, or their sums."""

    __module__ = "bitext"

    @classmethod
    def lacking(cls, name: str, known: Iterable[str]) -> Self:
        """Build the message for an attribute that a `Scan` does not have: unknown, or of all articles.

        Examples:
            >>> "did you mean 'tokenizing'?" in str(ScanError.lacking("tokenizin", ["tokenizing", "run"]))
            True
        """
        if name in _OF_ALL:
            return cls.missing(name)
        return cls.unknown("attribute of a Scan", name, sorted(one for one in known if one[0] != "_"))

    @classmethod
    def missing(cls, name: str) -> Self:
        """Build the message for something that a `Scan` does not hold.

        Examples:
            >>> "needs 'tokenizer'" in str(ScanError.missing("tokenizer"))
            True
        """
        return cls(
            f"a Scan reads articles in batches; this step needs {name!r}, of all of them at once. "
            "Give it bitext.tokenize(bitext.read(...)), or, where it takes counts, bitext.count(scan)"
        )
