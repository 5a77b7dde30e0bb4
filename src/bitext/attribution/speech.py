"""Whether a quotation is somebody's words, or a name, a title, a scare quote."""

from bitext.attribution.quotes import Quote
from bitext.tokens.clauses import View

#: A quotation of so many words is somebody's words even where no cue says whose.
LONG_QUOTE = {"en": 4, "zh": 6}
#: Titles have at most so many words of more than three letters.
_LONGEST_TITLE = 8
_END_MARKS = frozenset("。！？.!?…")


def is_speech(view: View, row: int, quote: Quote, words: int) -> bool:
    """Say whether *quote* in article *row*, of so many *words*, is speech that no cue introduces."""
    text = view.texts[row]
    inner = text[quote.inner_start : quote.inner_end]
    before = text[max(0, quote.start - 2) : quote.start].rstrip()
    if view.lang[row] == "zh":
        long = sum("\u3400" <= character <= "\u9fff" for character in inner) >= LONG_QUOTE["zh"]
        ends = inner[-1:] in _END_MARKS or text[quote.end : quote.end + 1] in ("", "\n")
        return long and (ends or before.endswith(("：", ":", "，")) or not quote.closed)
    if words >= LONG_QUOTE["en"]:
        return not _is_title(inner)
    opens = text[: quote.start].rstrip(" ")[-1:] in ("", "\n", ".", "!", "?", "”", '"')
    return words > 1 and opens and inner[-1:] in (".", "!", "?") and quote.closed


def _is_title(inner: str) -> bool:
    """Say whether a quotation is a name: a show, a song, a slogan on a hat.

    Examples:
        >>> _is_title("The Long Road Home"), _is_title("We will rebuild the Road")
        (True, False)
    """
    words = [word for word in inner.strip(" .,!?").split() if len(word) > 3]
    return len(words) <= _LONGEST_TITLE and bool(words) and all(word[0].isupper() for word in words)
