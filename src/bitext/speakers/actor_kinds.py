"""From the words that name a source to the kind of actor it is; "" where they do not say."""

import re
from functools import cache
from typing import NamedTuple

from bitext.lexicons import loader

#: Kinds of actors, in the order of the tables; "" is one that is not decided.
ACTORS = (
    "government",
    "legislature",
    "party",
    "military",
    "justice",
    "company",
    "expert",
    "media",
    "international",
    "organisation",
    "citizen",
    "anonymous",
    "",
)
#: What a source is that consists of a concept of this kind.
_OF_CONCEPT = {
    "country": "government",
    "government": "government",
    "party": "party",
    "military": "military",
    "company": "company",
    "media": "media",
    "organisation": "organisation",
}
#: Where the head of an English phrase ends, and what it belongs to begins.
_BELONGS = re.compile(r",|\b(?:of|at|for|with|from|in|who|which|that|to|on)\b")


class Actor(NamedTuple):
    """A kind of actor, and the concept id of the country it belongs to; "" is not decided."""

    kind: str
    country: str


UNKNOWN = Actor("", "")


def actor_of(phrase: str, lang: str) -> Actor:
    """Return what the words of *phrase* (simplified) say of the actor that they name.

    Examples:
        >>> actor_of("美国国务院发言人普赖斯", "zh").kind, actor_of("a spokesman for the Pentagon", "en")
        ('government', Actor(kind='military', country='united_states'))
        >>> actor_of("李明", "zh")
        Actor(kind='', country='')
    """
    pattern, known = _forms("zh" if lang == "zh" else "en")
    if (whole := f"={phrase.lower()}") in known:
        return known[whole]
    if lang == "zh":
        found = pattern.findall(phrase)
        return known[found[-1]] if found else UNKNOWN
    lowered = phrase.lower()
    head, *rest = _BELONGS.split(lowered, maxsplit=1)
    for part in (head, *rest):
        found = pattern.findall(part)
        if found:
            return known[found[-1]]
    return UNKNOWN


def title_ends(piece: str, lang: str) -> bool:
    """Say whether the words before a name end in a title: 国务卿, of 国务卿 | 布林肯."""
    pattern, _ = _forms("zh" if lang == "zh" else "en")
    text = piece.strip().lower()
    return any(match.end() == len(text) for match in pattern.finditer(text))


def title_end(name: str) -> int:
    """Return where the last title or body in a Chinese name (simplified) ends, 0 without one."""
    pattern, _ = _forms("zh")
    return max((match.end() for match in pattern.finditer(name) if match.end() < len(name)), default=0)


def actor_of_concept(kind: str) -> str:
    """Return the kind of actor that a concept of this *kind* is, "" for persons and places."""
    return _OF_CONCEPT.get(kind, "")


@cache
def _forms(lang: str) -> tuple[re.Pattern[str], dict[str, Actor]]:
    known = {
        row["form"]: Actor(row["actor"], row["country"])
        for row in loader.rows("actors")
        if row["lang"] == lang
    }
    longest_first = sorted((form for form in known if form[0] != "="), key=lambda form: (-len(form), form))
    either = "|".join(map(re.escape, longest_first))
    return re.compile(either if lang == "zh" else rf"(?<!\w)(?:{either})(?!\w)"), known
