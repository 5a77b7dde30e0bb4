"""Stop words of Chinese (both scripts) and English, written for bitext."""

from functools import cache

from bitext.checked import checked
from bitext.errors import BitextError
from bitext.lexicons.loader import rows

SCRIPTS = ("Hans", "Hant")


@cache
def stop_words(lang: str | None = None, script: str = "Hans") -> frozenset[str]:
    """Return the same as `stopwords`, for code that asks word by word: without a check of the arguments."""
    column = "traditional" if script == "Hant" else "word"
    return frozenset(
        row[column] or row["word"] for row in rows("stopwords") if lang is None or row["lang"] == lang
    )


@checked
def stopwords(lang: str | None = None, script: str = "Hans") -> frozenset[str]:
    """Return the stop words of one language, or of both.

    The vocabulary of Tokens is simplified, so "Hans" is right for terms in either script; "Hant" is for
    people who work on traditional surface forms.

    Args:
        lang: "zh", "en", or None for both.
        script: "Hans" or "Hant".

    Returns:
        The words, lower case.

    Raises:
        BitextError: *lang* or *script* is not one of these.

    Examples:
        >>> "the" in stopwords("en"), "这个" in stopwords("zh"), "這個" in stopwords("zh", "Hant")
        (True, True, True)
    """
    if lang not in (None, "zh", "en"):
        raise BitextError.unknown("language", lang, ("zh", "en"))
    if script not in SCRIPTS:
        raise BitextError.unknown("script", script, SCRIPTS)
    return stop_words(lang, script)
