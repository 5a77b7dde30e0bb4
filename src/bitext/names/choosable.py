"""Which forms of a concept are names between which somebody chooses, and which are one word in two shapes."""

import re
from functools import lru_cache

from bitext.concepts.lookup import ConceptTable
from bitext.lexicons.inflection import plural

#: Ends of adjectives and names of people: American, Chinese, French. The first name of a row is none (Japan).
_ADJECTIVE = re.compile(r"(?:ans?|ese|ish|ch|i|is|ic|ern)$")
_PLACES = frozenset({"country", "region", "city"})
#: Ends of Chinese words for people and members, which are no other name of their country or party.
_PEOPLE = "人籍裔民"
#: What is written or not at will: Mr. and Mr, G-20 and G20.
_MARKS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4)
def names_to_choose(table: ConceptTable) -> frozenset[str]:
    """Return the listed forms, in lower case, that name what their concept is: Burma, no Burmese.

    Of an English name the forms without a capital are none (to tweet, of Twitter), nor is what rules made.

    Examples:
        >>> names = names_to_choose(ConceptTable.default())
        >>> [word in names for word in ("burma", "burmese", "japan", "twitter", "tweets", "缅甸")]
        [True, False, True, True, False, True]
    """
    found: set[str] = set()
    for row in table.rows:
        found.update(cell.partition("@")[0] for cell in row["zh"].split("|"))
        english = [cell.partition("@")[0] for cell in row["en"].split("|")]
        proper = any(text != text.lower() for text in english)
        for number, text in enumerate(english):
            if proper and text == text.lower():
                continue
            adjective = row["kind"] in _PLACES and " " not in text and _ADJECTIVE.search(text)
            if not (number and adjective):
                found.add(text.casefold())
    return frozenset(found - {""})


def same_word(one: str, other: str) -> bool:
    """Say whether one name is part of the other, its plural, or written with other marks: no choice.

    Examples:
        >>> [same_word(*pair) for pair in (("g20", "g-20"), ("junta", "juntas"), ("burma", "myanmar"))]
        [True, True, False]
    """
    one, other = (_MARKS.sub("", name) for name in (one, other))
    if one in other or other in one or one in plural(other) or other in plural(one):
        return True
    return one[-1:] in _PEOPLE or other[-1:] in _PEOPLE or (one.isascii() and other.startswith(one[:4]))
