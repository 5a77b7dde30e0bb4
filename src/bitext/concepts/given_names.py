"""Given names, which tell that a surname beside them is somebody else's: Lara Trump."""

from collections.abc import Iterable

from bitext.concepts.row_forms import Row, cells_of
from bitext.lexicons.loader import rows

#: First words of listed forms of people that are no given names.
_TITLES = frozenset(
    word
    for words in (
        ("chairman", "chancellor", "dalai", "dr", "dr.", "emperor", "general", "king", "lady", "lord"),
        ("mayor", "mr", "mr.", "mrs", "pope", "president", "prime", "prince", "princess", "queen"),
        ("secretary", "senator", "sheikh", "sir", "speaker", "the"),
    )
    for word in words
)


def given_names(table: Iterable[Row]) -> frozenset[str]:
    """Return in lower case a list of common given names and those of the people in a concept table.

    Examples:
        >>> row = {"concept": "x", "kind": "person", "zh": "", "en": "Xanthippa Doe|Doe", "note": ""}
        >>> "xanthippa" in given_names([row])
        True
    """
    found = {row["name"].lower() for row in rows("given_names")}
    for row in table:
        if row["kind"] != "person":
            continue
        known = {text for lang in ("zh", "en") for text, _ in cells_of(row, lang, "the concept table")}
        for text in known:
            given, _, surname = text.partition(" ")
            if surname in known:
                found.add(given.lower())
    return frozenset(found - _TITLES)
