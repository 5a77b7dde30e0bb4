"""The small word lists of the attribution rules, from their lexicon."""

from functools import cache

from bitext.errors import LexiconError
from bitext.lexicons import loader


@cache
def words(lang: str, name: str) -> frozenset[str]:
    """Return the list *name* of one language.

    Examples:
        >>> "据" in words("zh", "frames")
        True
    """
    found = frozenset(
        row["word"] for row in loader.rows("attribution") if (row["lang"], row["list"]) == (lang, name)
    )
    if not found:
        known = sorted({row["list"] for row in loader.rows("attribution") if row["lang"] == lang})
        raise LexiconError.unknown(f"{lang} word list", name, known)
    return found
