"""Whom he and she stand for: the person named last who can be meant; and whether who spoke before goes on."""

import re
from functools import cache, lru_cache
from string import ascii_uppercase
from typing import NamedTuple

from bitext.attribution.chinese.persons import is_name, opening_sentence
from bitext.attribution.dotted_names import DottedNames
from bitext.attribution.sentence import Event
from bitext.concepts.table import ConceptTable
from bitext.lexicons.wordlists import words
from bitext.tokens.clauses import View

#: Characters in which the name has to stand, and those in which one that is no source yet is looked for.
_REACH, _NEAR = 400, 250
#: What ends the name of a body, not of a person.
_BODIES = re.compile(
    r"(?:社|报|報|部|局|会|會|院|府|司|行|厅|廳|署|处|處|团|團|党|黨|国|國|方|校|组织|組織|集团|中心|法院|警方|基金|银行|网|網)$"
    r"|\b(?:[Tt]he|[Mm]inistry|[Dd]epartment|[Cc]ommittee|[Cc]ourt|[Cc]ouncil|[Pp]olice|[Uu]niversity|[Gg]overnment|"
    r"[Cc]ampaign|[Cc]ompany|[Oo]ffice|[Bb]ank|[Pp]arty|[Uu]nion|[Hh]ouse|[Ss]enate|[Cc]ongress|[Tt]imes|[Pp]ost)\b"
)
#: A person in English: a given name and a surname, Ann Lee, John F. Poe; or a form of address.
_PERSON = re.compile(
    r"""\b (?: (?P<address> Mr | Mrs | Ms | Miss ) \.? \s | (?P<given> [A-Z][\w’'-]+ ) \s (?: [A-Z]\. \s )? )
    (?P<surname> (?: Mc | De | O[’'] )? [A-Z][\w-]+ )""",
    re.VERBOSE,
)
_WOMEN, _MEN = words("en", "women"), words("en", "men")
_ENDS_OF_WOMEN, _ENDS_OF_MEN = tuple(sorted(words("zh", "women"))), tuple(sorted(words("zh", "men")))
_OF_WOMEN = frozenset(("she", "her", "hers", "她"))
#: A person's name has at most so many Chinese characters, without what stands in brackets behind it.
_LONGEST_NAME, _GLOSS = 16, re.compile(r"\s*[（(].*$")
_HE_OR_SHE = frozenset(("he", "his", "him", "他")) | _OF_WOMEN
#: Words with a capital that are no surname: of bodies, of times.
_NO_SURNAMES = words("en", "no_persons") | words("en", "times")


#: The surnames that `_PERSON` finds begin with these.
_CAPITALS = frozenset(ascii_uppercase)


#: Rules of English verbs whose subject, if they have one, was not read.
_OTHER_SUBJECT = ("none;", "infinitive;")
#: The letter of who asks or answers, before its colon.
_ASKS = re.compile(r"[问答問]\s*[：:]")


#: What opens an English sentence with a capital, before a word without one: Breton | arrived.
_OPENER = re.compile(r"(?:^|[.!?]\s+|\n)([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)(?= [a-z])")


class _Person(NamedTuple):
    """Somebody named in a text: where, and whether a woman (None: not known)."""

    place: int
    name: str
    woman: bool | None


class Antecedents:
    """The persons that are known in each article, and where they were named last."""

    def __init__(self, view: View, dotted: DottedNames) -> None:
        self._view = view
        self._dotted = dotted
        #: The names of each article, each with what is looked for and whether it is a woman's.
        self._names: dict[int, dict[str, tuple[str, bool | None]]] = {}
        self._genders: dict[int, dict[str, bool | None]] = {}

    def add(self, row: int, name: str) -> None:
        """Note a source; bodies are no persons, and no name of a person is long."""
        person = _person(name)
        if person is not None:
            self._names.setdefault(row, {})[name] = person

    def _is_woman(self, row: int, surname: str, before: bool | None) -> bool | None:
        """Say whether an article's given names and addresses make somebody a woman, else what was known."""
        return self._known(row).get(surname, before) if surname[:1] in _CAPITALS else before

    def _known(self, row: int) -> dict[str, bool | None]:
        """Return by surname whether the persons that an article names in English are women."""
        if row not in self._genders:
            told: dict[str, bool | None] = {}
            for person in _persons(self._view.texts[row]):
                surname = person.name.rpartition(" ")[2]
                told[surname] = person.woman if told.get(surname) is None else told[surname]
            self._genders[row] = told
        return self._genders[row]

    def before(self, row: int, place: int, pronoun: str) -> str:
        """Return the person named last before offset *place* whom *pronoun* can mean; "" where none is near.

        Who spoke before comes first; where nobody did who can be meant, somebody else who is named: Officials
        warned Mary Poe. She said ….
        """
        low = max(0, place - _REACH)
        piece = self._view.texts[row][low:place]
        asked = pronoun in _OF_WOMEN if pronoun in _HE_OR_SHE else None
        best, found = -1, ""
        for name, (short, told) in self._names.get(row, {}).items():
            at = piece.rfind(short)
            if at < best or at < 0 or (at == best and name > found):
                continue
            woman = None if asked is None else self._is_woman(row, short, told)
            if woman is None or woman == asked:
                best, found = at, name
        unsure = (
            asked is True and found.isascii() and self._is_woman(row, found.rpartition(" ")[2], None) is None
        )
        if asked is not None and (not found or unsure):
            near = [one for one in _persons(piece[-_NEAR:]) if one.woman == asked]
            found = near[-1].name if near else found
        foreign = self._dotted.last_person(row, low, place)
        if foreign and foreign[0] - low > best and foreign[1] - low > best + len(found):
            found = self._view.text(row, *foreign)
        return found or (self._opening(row, low, place, asked) if asked is not None else "")

    def _opening(self, row: int, low: int, place: int, asked: bool) -> str:
        """Return who opens a sentence before *place* and has not spoken: Breton arrived. He said …."""
        if self._view.lang[row] == "zh":
            span = opening_sentence(self._view, row, low, place)
            name = self._view.text(row, *span) if span else ""
            return name if _woman(name) in (None, asked) else ""
        piece = self._view.texts[row][max(low, place - _NEAR) : place]
        openers = [name for name in _OPENER.findall(piece) if name in _known_persons()]
        return openers[-1] if openers and _woman(openers[-1]) in (None, asked) else ""


@lru_cache(maxsize=10_000)  # the same persons speak in many articles
def _person(name: str) -> tuple[str, bool | None] | None:
    """Return by what a source is called in short, and whether it is a woman; None if it is no person."""
    latin = name.isascii()
    long = not latin and len(_GLOSS.sub("", name)) > _LONGEST_NAME
    if long or (_BODIES.search(name) is not None and not is_name(name)):
        return None
    return name.rpartition(" ")[2] if latin else name, _woman(name)


def _woman(name: str) -> bool | None:
    """Say whether the given name that a name opens with is one of women; None where it does not tell."""
    first = name.split(" ", 1)[0].strip(".").lower()
    if not name.isascii():
        woman, man = name.endswith(_ENDS_OF_WOMEN), name.endswith(_ENDS_OF_MEN)
        return woman if woman or man else None
    if " " not in name:
        return None
    woman, man = first in _WOMEN or first in ("mrs", "ms", "miss"), first in _MEN or first == "mr"
    return woman if woman or man else None


@cache
def _known_persons() -> frozenset[str]:
    """Return the English forms of the persons of the concept table."""
    table = ConceptTable.default()
    return frozenset(
        form.text
        for form in table.forms
        if form.text.isascii() and all(table.kinds[number] == "person" for number in form.concepts)
    )


def _persons(piece: str) -> list[_Person]:
    """Return the persons that an English text names with a given name or a form of address, in order."""
    given = ConceptTable.default().given_names
    found = []
    for match in _PERSON.finditer(piece):
        surname = match["surname"]
        if surname.lower() in _NO_SURNAMES or not (match["address"] or match["given"].lower() in given):
            continue
        found.append(_Person(match.start(), match.group(), _woman(match.group())))
    return found


def follows_on(view: View, event: Event, sentences: int) -> bool:
    """Say whether *event* takes the source of the one whose content ends so many *sentences* before.

    In a new sentence not where its verb has a subject that could not be read (A study published in Nature
    found …), where an infinitive names an act (To claim this would be wrong), or a letter asks (问：…).
    """
    if not event.inherited or sentences > 1:
        return False
    if sentences < 1:
        return True
    if view.lang[event.row] != "zh":
        return not event.rule.startswith(_OTHER_SUBJECT)
    start = view.starts[event.first]
    line = view.texts[event.row][:start].rpartition("\n")[2].strip()
    return bool(line) or not _ASKS.match(view.texts[event.row], start)
