"""The id of a referent or concept → what a sentence calls it, in English and in Chinese."""

from functools import cache

from bitext.concepts.table import ConceptTable
from bitext.lexicons.loader import card


@cache
def called(thing: str) -> tuple[str, str]:
    """Return the English and the Chinese name of a thing; its id in words where no list has it.

    Examples:
        >>> called("china"), called("pandemic"), called("of_ones_own")
        (('China', '中国'), ('the pandemic', '疫情'), ('of ones own', 'of ones own'))
    """
    listed = card("referents")["things"].get(thing)
    if listed:
        en, zh = listed.split("|")
        return en, zh
    for row in ConceptTable.default().rows:
        if row["concept"] == thing:
            en, zh = (row[lang].split("|")[0] for lang in ("en", "zh"))
            return en or zh, zh or en
    plain = thing.replace("_", " ")
    return plain, plain
