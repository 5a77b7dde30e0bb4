"""Which sources each event of attribution names: who is meant, one by one, and the concept that each is."""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from bitext.arrays import Ints
from bitext.attribution.annotations import Annotations
from bitext.attribution.sentence import Span
from bitext.concepts.concept_names import certain
from bitext.concepts.table import NAMED, ConceptTable
from bitext.speakers.actor_kinds import title_end
from bitext.speakers.coordinated import concept_of, is_joined, is_of_part, parts
from bitext.speakers.introduced import Introduced
from bitext.speakers.resolved import Body, Said, points, resolved
from bitext.speakers.who import Mention

#: Behind a person's name: a gloss in brackets, an apposition, a Chinese title.
_BEHIND_PERSON = re.compile(
    r"\s*(?:[（(][^（()）]*[）)]?$|[,，]|(?:总统|總統|主席|总理|總理|首相|先生|女士|博士|教授|将军|將軍|上将|上將)?$)"
)
#: Who lives in a country is not its government: 美国人, Americans.
_PEOPLE = re.compile(r"人$|(?:ans|ese|ish|is|French|Dutch)$")
_PLACES = ("country", "city", "region")
_BODIES = ("government", "organisation", "party")
#: The first name before the surname that a concept is found by: 乔·|拜登, 迈克-|蓬佩奥.
_FIRST_NAME = re.compile(r"[一-鿿A-Za-z.]+[·‧•・-]$")
#: Whose surname is her husband's: 第一夫人|拜登.
_WIVES = ("夫人", "太太", "遗孀", "遺孀")


def mentions(reading: Annotations) -> tuple[Ints, list[Mention]]:
    """Return who is named by each event, the number of the event first: one mention or several."""
    events, sources = reading.voices.events, reading.sources
    name = [source.name for source in sources]
    kind = [source.kind for source in sources]
    words = [""] * len(name)
    concepts, short = _concepts(reading)
    # He of a later sentence is who is named so, too.
    shorter = {(events[place].row, name[place]): bare for place, bare in short.items()}
    for place, event in enumerate(events):
        if (event.row, name[place]) in shorter:
            words[place], name[place] = name[place], shorter[event.row, name[place]]
    wanted = _to_resolve(reading)
    bodies = _bodies(reading, wanted)
    for row, numbers in wanted.items():
        lang = str(reading.view.lang[row])
        said = [Said(name[i], kind[i], sources[i].start) for i in numbers]
        text = reading.view.simplified[row] if lang == "zh" else reading.view.texts[row]
        meant_by = resolved(text, lang, said, bodies[row], Introduced(reading.view, row))
        for i, meant in zip(numbers, meant_by, strict=True):
            if meant != name[i]:
                words[i], name[i], concepts[i], kind[i] = name[i], meant, "", "named"
    table = ConceptTable.default()
    kind_of = dict(zip(table.labels, table.kinds, strict=True))
    number: list[int] = []
    found: list[Mention] = []
    for place, whole in enumerate(name):
        lang = "zh" if reading.view.lang[events[place].row] == "zh" else "en"
        pieces = parts(whole, lang) if whole else ()
        if len(pieces) < 2:
            number.append(place)
            label = concepts[place]
            if kind_of.get(label) == "person" and is_joined(whole, lang):
                label = ""  # two who could not be told apart are none of them
            elif not label and kind[place] in ("named", "outlet"):
                label = concept_of(whole)
            found.append((whole, kind[place], label, words[place]))
        for begin, end in pieces if len(pieces) > 1 else ():
            number.append(place)
            piece = whole[begin:end]
            bare = piece[title_end(piece) :] if lang == "zh" else piece
            found.append((piece, kind[place], concept_of(piece) or concept_of(bare), words[place]))
    return np.array(number, dtype=np.int64), found


def _to_resolve(reading: Annotations) -> dict[int, list[int]]:
    """Return the events with a source of each article in which one may stand for another."""
    numbers: dict[int, list[int]] = {}
    wanted: set[int] = set()
    for place, (event, source) in enumerate(zip(reading.voices.events, reading.sources, strict=True)):
        if source.name:
            first = event.row not in numbers
            numbers.setdefault(event.row, []).append(place)
            if points(source.name, str(reading.view.lang[event.row]), first=first):
                wanted.add(event.row)
    return {row: numbers[row] for row in sorted(wanted)}


def _bodies(reading: Annotations, rows: Iterable[int]) -> dict[int, list[Body]]:
    """Return the bodies of the concept table that each of the articles *rows* names."""
    view, hits = reading.view, reading.concepts
    article = view.article[hits.first]
    kinds, sure = ConceptTable.default().kinds, certain()
    found: dict[int, list[Body]] = {}
    for row in rows:
        first, stop = np.searchsorted(article, (row, row + 1)).tolist()
        low, high = view.tokens.start[hits.first[first:stop]], view.tokens.end[hits.last[first:stop]]
        concepts = hits.concept[first:stop].tolist()
        found[row] = [
            Body(view.text(row, start, end), kinds[concept], start)
            for concept, start, end in zip(concepts, low.tolist(), high.tolist(), strict=True)
            if kinds[concept] in NAMED and hits.labels[concept] in sure
        ]
    return found


def _concepts(reading: Annotations) -> tuple[npt.NDArray[np.object_], dict[int, str]]:
    """Return the concept that the words of each source name: a person in them, or a body that ends them.

    And of those sources that are a person with Chinese words before it the name: 到场的拜登 → 拜登.
    """
    view, hits = reading.view, reading.concepts
    table = ConceptTable.default()
    kinds = np.array(
        [kind if label in certain() else "" for label, kind in zip(table.labels, table.kinds, strict=True)],
        dtype=object,
    )[hits.concept]
    rows = reading.voices.row
    start = np.array([max(source.start, 0) for source in reading.sources], dtype=np.int64)
    end = np.array([max(source.end, 0) for source in reading.sources], dtype=np.int64)
    low, high = view.token_at(rows, start), view.token_at(rows, end)
    first, stop = np.searchsorted(hits.first, low), np.searchsorted(hits.first, high)
    found = np.full(len(rows), "", dtype=object)
    short: dict[int, str] = {}
    for number in np.flatnonzero(stop > first).tolist():
        inside = range(int(first[number]), int(stop[number]))
        several = len({hits.concept[place] for place in inside if kinds[place] in _PLACES}) > 1  # 中美
        for place in range(int(stop[number]) - 1, int(first[number]) - 1, -1):
            kind, span = kinds[place], (int(start[number]), int(end[number]))
            tokens = int(hits.first[place]), int(hits.last[place])
            if several and kind in _PLACES:
                continue
            label = hits.labels[hits.concept[place]]
            if kind in NAMED and _closes(reading, int(rows[number]), *tokens, span, kind):
                found[number] = label
                bare = _bare(reading, number, tokens[0]) if kind in ("person", "party") else ""
                if bare and reading.sources[number].name.removesuffix(bare).endswith(_WIVES):
                    found[number] = "" if bare in _surnames().get(label, ()) else label
                elif bare:
                    short[number] = bare
                break
    return found, short


def _bare(reading: Annotations, number: int, first: int) -> str:
    """Return the name that begins at token *first* and ends a Chinese source; "" where it is all of it."""
    row, source = reading.voices.events[number].row, reading.sources[number]
    name = reading.view.text(row, int(reading.view.tokens.start[first]), source.end)
    if reading.view.lang[row] != "zh" or is_joined(source.name, "zh") or not source.name.endswith(name):
        return ""
    before = source.name.removesuffix(name)
    # 拜登 of 民主党人乔·拜登: where the first name begins is told by titles later.
    return "" if not before or _FIRST_NAME.search(before) else name


@cache
def _surnames() -> dict[str, set[str]]:
    """Return for each person of the concept table the Chinese surnames: what stands behind the last dot."""
    table = ConceptTable.default()
    found: dict[str, set[str]] = {}
    for form in table.forms:
        if "·" in form.text:
            found.setdefault(table.labels[form.concepts[0]], set()).add(form.text.rsplit("·", 1)[1])
    return found


def _closes(reading: Annotations, row: int, first: int, last: int, span: Span, kind: str) -> bool:
    """Say whether the concept in tokens *first* to *last* is what a name at offsets *span* stands for."""
    text, tokens = reading.view.texts[row], reading.view.tokens
    start, end = int(tokens.start[first]), int(tokens.end[last])
    article = len("the ") if reading.view.lang[row] != "zh" else 0
    if kind in _PLACES and (start > span[0] + article or _PEOPLE.search(text[start:end])):
        return False
    if kind in _PLACES and not concept_of(text[start:end]):
        return False  # 中 within 村中
    if kind in _BODIES and is_of_part(text[span[0] : start], text[start:end]):
        return False  # 福建省|卫健委
    rest = text[end : span[1]]
    return not rest.strip() or (kind == "person" and _BEHIND_PERSON.match(rest) is not None)
