"""From the words that name a source to the kind of actor it is; "" where they do not say."""

import re
from functools import cache
from typing import NamedTuple

from bitext.lexicons import loader
from bitext.lexicons.wordlists import words

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
#: Characters of the longest Chinese title.
_LONGEST_TITLE = 20
#: Where the head of an English phrase ends, and what it belongs to begins.
_BELONGS = re.compile(r",|\b(?:of|at|for|with|from|in|who|which|that|to|on)\b")
#: A ministry or an office that is not in the list: 贸易部, 经济产业省, 气象局; but not 总部, 俱乐部.
_MINISTRY = re.compile(
    r"[一-鿿]{2}(?<![总分团队乐辑学本全内外东南西北中上下结邮])(?<!事业)(?<!营业)(?:部|省|署|厅|局)$"
    r"|[一-鿿]{2}(?<![承举主协民校外开兴创包])办$|[一-鿿]{2}(?<![常政编评候])委$"
)
#: Who speaks for a country, and not for what it is sent to: 常驻联合国代表.
_ENVOY = re.compile(r"常驻.{1,30}代表|驻(?!军).{1,30}(?:大使|公使|使节)")
#: Posts in companies, but in other bodies as well: what body it is says more, 民意研究所副行政总裁.
_ANY_BODY = ("总裁", "执行官", "董事长", "经理", "总监", "董事")


class Actor(NamedTuple):
    """A kind of actor, and the concept id of the country it belongs to; "" is not decided."""

    kind: str
    country: str


UNKNOWN = Actor("", "")

#: A committee of a parliament: House Commerce Committee, the Senate's intelligence panel.
_CONGRESS = re.compile(r"\b(?:house|senate)\b[^,;]* (?:sub)?committee\b")


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
        if _ENVOY.search(phrase) or (not found and _MINISTRY.search(phrase)):
            return Actor("government", "")
        if len(found) > 1 and found[-1].endswith(_ANY_BODY):
            found = [name for name in found if known[name].kind != "company"][-1:] or found
        return known[found[-1]] if found else UNKNOWN
    lowered = phrase.lower()
    if _CONGRESS.search(lowered):
        return Actor("legislature", "")
    head, *rest = _BELONGS.split(lowered, maxsplit=1)
    for part in (head, *rest):
        actors: list[Actor] = [known[name] for name in pattern.findall(part)]
        if actors:
            # WikiLeaks founder: whoever founds or leads a body is of its kind.
            led = [actor for actor in actors if actor.kind != "company"]
            return led[-1] if actors[-1].kind == "company" and not actors[-1].country and led else actors[-1]
    return UNKNOWN


def title_ends(piece: str, lang: str) -> bool:
    """Say whether the words before a name end in a title: 国务卿, of 国务卿 | 布林肯."""
    return bool(last_title(piece, lang))


def last_title(piece: str, lang: str) -> str:
    """Return the title that words end in, "" for none; Chinese ones are simplified.

    Examples:
        >>> last_title("美国国务卿", "zh"), last_title("Foreign Minister ", "en"), last_title("the", "en")
        ('国务卿', 'foreign minister', '')
    """
    text = piece.strip().lower()
    if lang == "zh":
        starts = range(max(0, len(text) - _LONGEST_TITLE), len(text))
        return next((text[at:] for at in starts if text[at:] in _titles_zh()), "")
    found = (match[0] for match in _forms("en")[0].finditer(text) if match.end() == len(text))
    return next(found, "")


def is_title(text: str) -> bool:
    """Say whether Chinese words are a title, and nothing else."""
    return text in _titles_zh()


def title_end(name: str) -> int:
    """Return where the last title or body in a Chinese name (simplified) ends, 0 without one."""
    # Titles overlap: 商务部 and 部长 in 商务部长.
    return max((end for end in range(1, len(name)) if last_title(name[:end], "zh")), default=0)


def actor_of_concept(kind: str) -> str:
    """Return the kind of actor that a concept of this *kind* is, "" for persons and places."""
    return _OF_CONCEPT.get(kind, "")


@cache
def persons() -> dict[str, Actor]:
    """Return what kind of actor the persons of the concept table are, by concept id."""
    return {row["concept"]: Actor(row["actor"], row["country"]) for row in loader.rows("persons")}


@cache
def _titles_zh() -> frozenset[str]:
    """Return what may stand right before a name: kinds of actors, and posts that say nothing of the kind."""
    return frozenset(form.removeprefix("=") for form in _forms("zh")[1]) | words("zh", "posts")


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
