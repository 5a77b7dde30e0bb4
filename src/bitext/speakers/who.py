"""Names of the sources of one article → who each is: whole name, concept, kind of actor."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from bitext.attribution.annotations import Annotations
from bitext.concepts.concept_names import certain
from bitext.concepts.table import ConceptTable
from bitext.lexicons.wordlists import words as listed
from bitext.speakers.actor_kinds import (
    UNKNOWN,
    Actor,
    actor_of,
    actor_of_concept,
    is_title,
    last_title,
    persons,
    title_end,
    title_ends,
)
from bitext.speakers.identity import GLOSS, bare_chinese, bare_name, full_names, key, role_key
from bitext.text.scripts.convert import to_simplified

#: Characters before and behind a name in which its title or its work is looked for.
_BEFORE, _BEHIND = 40, 90
#: Where the words before a name begin, in English and in Chinese.
_ENDS = (',.;:“”"()\n', "，。；：“”「」！？、\n")
#: Names come again from article to article: so many are remembered.
_NAMES = 8192
#: A source as an article names it: its name, kind and concept, and the words that stand for it there.
Mention = tuple[str, str, str, str]
#: Of a name in an article: key, whole name, bare name, concept, title, what it is.
Who = tuple[str, str, str, str, str, Actor]


def who_is(reading: Annotations, row: int, mentions: Sequence[Mention]) -> dict[str, Who]:
    """Return for each name in an article its key, whole name, bare name, concept, title, and what it is."""
    view = reading.view
    lang = str(view.lang[row])
    text = view.simplified[row] if lang == "zh" else view.texts[row]
    kind_of = _kinds()
    kinds: dict[str, str] = {}
    for name, kind, _, _ in mentions:
        kinds[name] = "named" if "named" in (kind, kinds.get(name)) else kinds.get(name, kind)
    bare = {name: short_name(name, kind, lang) for name, kind in kinds.items()}
    full = full_names(list(dict.fromkeys(bare.values())))
    concept: dict[str, str] = {}
    actor: dict[str, Actor] = {}
    title: dict[str, str] = {}
    for name, _, label, words in mentions:
        whole = full[bare[name]]
        if not title.get(whole):
            title[whole] = _title(text, name, bare[name] if kinds[name] == "named" else "", lang)
        if label and not concept.get(whole):
            concept[whole] = label
        own = _better(_actor(name, lang), _actor(words, lang) if words else UNKNOWN)
        actor[whole] = _better(actor.get(whole, UNKNOWN), own)
    outlets = {name for name, kind, _, _ in mentions if kind == "outlet"}
    found: dict[str, Who] = {}
    for name, short in bare.items():
        whole = full[short]
        label = concept.get(whole, "")
        what = actor[whole]
        if not what.kind and name in outlets:
            what = Actor("media", "")
        if not what.kind and label:
            what = Actor(actor_of_concept(kind_of.get(label, "")), what.country)
        if not what.kind and kind_of.get(label, "person") == "person":
            what = _introduced(text, short, lang)
        known = persons().get(label, UNKNOWN)
        if not what.kind or (what.kind == "government" and not what.country):
            what = known if known.kind else what  # a minister of no country may be one of the Union
        if what.kind and not what.country and kind_of.get(label) == "country":
            what = Actor(what.kind, label)
        if what.kind == "international":
            what = Actor(what.kind, "")
        same = label or key(to_simplified(whole) if lang == "zh" else whole)
        found[name] = (same, whole, short, label, title.get(whole, ""), what)
    return found


def _title(text: str, name: str, bare: str, lang: str) -> str:
    """Return the title of a person: within a name, or before its first use in *text*; "" for none.

    Of what is no name (*bare* is empty) only 王市长 has one: a surname, and a title.
    """
    said, short = (to_simplified(name), to_simplified(bare)) if lang == "zh" else (name, bare)
    if lang == "zh" and said[:1] in listed("zh", "surnames") and is_title(said[1:]):
        return said[1:]
    if not short:
        return ""
    if found := last_title(said[: max(0, said.find(short))], lang):
        return found
    place = text.find(short)
    return last_title(_last_piece(text[max(0, place - _BEFORE) : max(0, place)], _ENDS[lang == "zh"]), lang)


@lru_cache(maxsize=_NAMES)
def short_name(name: str, kind: str, lang: str) -> str:
    """Return a name as sources have it: without title and gloss, a role without what counts it."""
    if kind not in ("named", "outlet"):
        return role_key(name, lang)
    if lang != "zh":
        return bare_name(name)
    simplified = to_simplified(name)
    return bare_chinese(name, simplified, title_end(GLOSS.sub("", simplified)))


def _better(one: Actor, other: Actor) -> Actor:
    """Join what two mentions of a source say: the first that says anything."""
    return Actor(one.kind or other.kind, one.country or other.country)


@lru_cache(maxsize=_NAMES)
def _actor(name: str, lang: str) -> Actor:
    found = actor_of(to_simplified(name) if lang == "zh" else name, lang)
    return found if found.country or not found.kind else Actor(found.kind, _country(name, lang))


def _country(name: str, lang: str) -> str:
    """Return the country whose name the words of a source hold: the first one, whose body it is."""
    forms = _countries(lang)
    simplified = to_simplified(name) if lang == "zh" else name
    places = [(simplified.find(form), -len(form), label) for form, label in forms if form in simplified]
    return min(places)[2] if places else ""


@cache
def _countries(lang: str) -> list[tuple[str, str]]:
    """Return the forms of all countries in one language, with their ids; no abbreviations but two."""
    kinds, least = _kinds(), 2 if lang == "zh" else 4
    found = []
    for form in ConceptTable.default().forms:
        label = ConceptTable.default().labels[form.concepts[0]]
        single = len(form.concepts) == 1 and kinds[label] == "country" and label in certain()
        long = len(form.text) >= least or form.text in ("US", "UK")
        if single and long and form.text.isascii() == (lang != "zh"):
            found.append((form.text, label))
    return found


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kind of each concept."""
    table = ConceptTable.default()
    return dict(zip(table.labels, table.kinds, strict=True))


def _introduced(text: str, name: str, lang: str) -> Actor:
    """Return what stands before or behind a name where it is first used: its title, an apposition."""
    place = -1
    for _ in range(3):
        place = text.find(name, place + 1)
        if place < 0:
            break
        before = text[max(0, place - _BEFORE) : place]
        behind = text[place + len(name) : place + len(name) + _BEHIND]
        pieces = [_last_piece(before, _ENDS[lang == "zh"])]
        if lang == "zh":
            if behind[:1] in "（(":
                pieces.append(behind[1:].split("）")[0].split(")")[0])
        else:
            if behind[:2] == ", ":
                pieces.append(_first_piece(behind[2:], ",.;—\n"))
        for number, piece in enumerate(pieces):
            found = actor_of(piece, lang) if number or title_ends(piece, lang) else UNKNOWN
            if found.kind:
                return found if found.country else Actor(found.kind, _country(piece, lang))
    return UNKNOWN


def _last_piece(text: str, marks: str) -> str:
    cut = max(text.rfind(mark) for mark in marks)
    return text[cut + 1 :]


def _first_piece(text: str, marks: str) -> str:
    cuts = [place for place in map(text.find, marks) if place >= 0]
    return text[: min(cuts)] if cuts else text
