"""Terms that say who printed a text, not what it is about: names of outlets, agencies, authors; 本台."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.concepts.lookup import ConceptTable
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import BitextError
from bitext.lexicons.loader import rows
from bitext.schema import NO_GROUP
from bitext.text.matcher import has_han
from bitext.text.scripts.convert import to_simplified
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.grouping import group_codes
from bitext.tokens.phrases import join

#: What to do with such terms.
MODES = ("mark", "drop", "keep")


def check(mode: str) -> None:
    """Raise BitextError if *mode* is not one of `MODES`."""
    if mode not in MODES:
        raise BitextError.unknown("treatment of own names", mode, MODES)


@dataclass(frozen=True)
class OwnNames:
    """What is known of the groups that are compared.

    Attributes:
        everywhere: term -> kind, in whichever group it stands: whole names of the outlets, agencies, words of
            the press.
        here: for each group, term -> kind: parts of its own names and of its authors'.
        inside: names of outlets and agencies, and words such as 本台, that make a phrase with them one, too.
    """

    everywhere: dict[str, str]
    here: tuple[dict[str, str], ...]
    inside: re.Pattern[str] | None = None

    @classmethod
    def of(cls, groups: pd.DataFrame, articles: pd.DataFrame | None, unit: str) -> "OwnNames":
        """Collect the names of *groups* (one row each) and of the authors of *articles*, grouped alike.

        Where *unit* is "concept" these are the concepts that stand for outlets and agencies.
        """
        outlets = [name if name != NO_GROUP else "" for name in groups.get("outlet", [""] * len(groups))]
        known = set(outlets)
        if articles is not None and "outlet" in articles:
            known |= set(articles["outlet"])
        names = {form for outlet in known if outlet for form in _forms(outlet)}
        if unit == "concept":
            return cls(_concepts(names), ({},) * len(groups))
        everywhere = dict.fromkeys(map(_whole, (name for name in names if len(name) > 1)), "outlet")
        everywhere |= _of_the_press()
        authors = _authors(groups, articles)
        here = tuple(_parts(outlet) | authors[row] for row, outlet in enumerate(outlets))
        return cls(everywhere, here, _inside(everywhere))

    @classmethod
    def of_keys(cls, grouped: GroupedCounts, articles: pd.DataFrame | None) -> "OwnNames":
        """Collect the names for the groups of *grouped*."""
        groups = pd.DataFrame(list(grouped.keys), columns=list(grouped.by), dtype=object)
        if not len(groups.columns):
            return cls({}, ({},) * len(grouped.keys))
        return cls.of(groups, articles, grouped.unit)

    def of_sides(
        self,
        terms: Sequence[str] | npt.NDArray[np.object_],
        target: npt.NDArray[np.bool_],
        reference: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.object_]:
        """Return the kind of each term where *target* (groups where true) is set against *reference*.

        The parts of a name count for the target, and for a reference that is one group.
        """
        sides = target | reference if reference.sum() == 1 else target
        here: dict[str, str] = {}
        for row in np.flatnonzero(sides).tolist():
            here |= self.here[row]
        found = np.empty(len(terms), dtype=object)
        found[:] = [self._kind(term, here) for term in map(str.lower, terms)]
        return found

    def mark(
        self, terms: Sequence[str] | npt.NDArray[np.object_], group: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.object_]:
        """Return the kind of each term in its group: "outlet", "agency", "byline", "press" or ""."""
        found = np.empty(len(terms), dtype=object)
        for place, (term, row) in enumerate(zip(map(str.lower, terms), group.tolist(), strict=True)):
            found[place] = self._kind(term, self.here[row])
        return found

    def _kind(self, term: str, here: dict[str, str]) -> str:
        """Return the kind of a term: what it is itself, or the name that it holds (接受德国之声采访)."""
        kind = self.everywhere.get(term) or here.get(term, "")
        if kind or self.inside is None:
            return kind
        name = self.inside.search(term)
        return self.everywhere[name.group()] if name else ""


#: Of names in Chinese, so short ones are looked for in phrases: 本台, but not 编辑, of 基因编辑.
_SELF, _LONG = "本", 3


def _inside(names: dict[str, str]) -> re.Pattern[str] | None:
    """Return what finds the names of outlets and agencies in a phrase.

    Examples:
        >>> found = _inside({"德国之声": "outlet", "bbc": "outlet", "编辑": "press", "本台": "press"})
        >>> [bool(found.search(term)) for term in ("接受德国之声采访", "接受本台", "bbc中文", "基因编辑")]
        [True, True, True, False]
    """
    han = [name for name in names if has_han(name) and (len(name) >= _LONG or name.startswith(_SELF))]
    latin = [name for name, kind in names.items() if not has_han(name) and kind == "outlet"]
    listed = [map(re.escape, sorted(names, key=len, reverse=True)) for names in (latin, han)]
    parts = [rf"(?<![a-z0-9])(?:{'|'.join(listed[0])})(?![a-z0-9])"] if latin else []
    parts += listed[1]
    return re.compile("|".join(parts)) if parts else None


#: What a database adds to the name of an outlet: Fox Online News, CNN (Web News), Newsmax - Opinion.
_ADDED = re.compile(
    r"""
      \s*[（(][^)）]*[)）]                                     # 1. in parentheses
    | \s+[-–—|]\s+(?:news|opinion|online|editorial|web)\b.*  # 2. the section, behind a dash
    | \b(?:online|web|digital|opinion|website)\b             # 3. the way it appears
    """,
    re.VERBOSE | re.IGNORECASE,
)


#: A word in capitals.
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")


@lru_cache(maxsize=1 << 12)
def _forms(outlet: str) -> tuple[str, ...]:
    """Return all names of an outlet.

    Examples:
        >>> _forms("Fox Online News")[:2], _forms("The Flip Side - Opinion")[1:]
        (('Fox Online News', 'Fox News'), ('The Flip Side', 'Flip Side'))
    """
    plain = " ".join(_ADDED.sub(" ", outlet).split())
    names = [outlet, plain]
    if re.fullmatch(r"[A-Z]{2,5} News", plain):
        names.append(plain.removesuffix(" News"))  # NPR of NPR News, but not Fox of Fox News
    if plain.startswith("The ") and plain.count(" ") > 1:
        names.append(plain.removeprefix("The "))
    names = [form for name in names for form in (name, *_aliases().get(name, ()))]
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("outlets"):
        names = (row["outlet"], *(alias for alias in row["aliases"].split("|") if alias))
        for name in names:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *names)))
    return found


def _concepts(names: Iterable[str]) -> dict[str, str]:
    """Return the media among the concepts that *names* of outlets, or of agencies, stand for.

    Examples:
        >>> found = _concepts(["BBC News", "法廣", "Time"])
        >>> found["bbc"], found["radio_france_internationale"], found["reuters"], "time" in found
        ('outlet', 'outlet', 'agency', False)
    """
    media = _media()
    agencies = (row["form"] for row in rows("agencies"))
    marks = dict.fromkeys((id_ for form in agencies for id_ in media.get(form, ())), "agency")
    return marks | {id_: "outlet" for name in names for id_ in media.get(to_simplified(name), ())}


@cache
def _media() -> dict[str, tuple[str, ...]]:
    """Return the forms of concepts that are media, and the ids of these."""
    table = ConceptTable.default()
    ids = {number: table.labels[number] for number, kind in enumerate(table.kinds) if kind == "media"}
    found = {form.text: tuple(ids[one] for one in form.concepts if one in ids) for form in table.forms}
    return {form: concepts for form, concepts in found.items() if concepts}


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    """Return a name as the words of the vocabulary: simplified, in lower case."""
    batch = Tokenizer().batch([name])
    return tuple(batch.types[number] for number in batch.term)


def _whole(name: str) -> str:
    return join(_words(name))


@cache
def _of_the_press() -> dict[str, str]:
    found = {_whole(row["form"]): "agency" for row in rows("agencies") if len(row["form"]) > 1}
    return found | {_whole(row["word"]): "press" for row in rows("press_words")}


def _parts(outlet: str) -> dict[str, str]:
    """Return the words of an outlet's names that are no concept: 时报 of 纽约时报, but not 纽约.

    Single characters are among them where the dictionary tears a name: 网 of 远声|网. Though they be a
    concept, so are words in capitals (USA of USA TODAY), names of media (Breitbart of Breitbart News), and
    what an outlet in Latin letters calls itself for short, its last word (Monitor), unless that is a name.
    """
    concepts = concept_forms() - _media().keys()
    words = {word for form in _forms(outlet) if outlet for word in _words(form)}
    # A name that is one word is shortened to its end, too: 时报 of 纽约时报, 早报 of 联合早报.
    words |= {whole[-2:] for whole in map(_whole, _forms(outlet)) if outlet and has_han(whole[-2:])}
    kept = {word for word in words if (len(word) > 1 or has_han(word)) and word not in concepts}
    kept |= {part.lower() for form in _forms(outlet) for part in _CAPITALS.findall(form)}
    latin = [form.lower().split() for form in _forms(outlet) if form.isascii() and " " in form]
    kept |= {form[-1] for form in latin} - _names()
    return dict.fromkeys(kept, "outlet")


@cache
def _names() -> frozenset[str]:
    """Return the forms of concepts that are proper names, in lower case: america, of Voice of America."""
    table = ConceptTable.default()
    return frozenset(form.text.lower() for form in table.forms if any(table.named[i] for i in form.concepts))


@cache
def concept_forms() -> frozenset[str]:
    """Return the forms of the table of concepts, in lower case."""
    return frozenset(form.text.lower() for form in ConceptTable.default().forms)


def _authors(groups: pd.DataFrame, articles: pd.DataFrame | None) -> list[dict[str, str]]:
    """Return for each group the words of its authors' and editors' names."""
    found: list[dict[str, str]] = [{} for _ in range(len(groups))]
    if articles is None:
        return found
    _, codes = group_codes(articles, list(groups.columns))
    for column in ("author", "editor"):
        if column in articles:
            named = pd.DataFrame({"group": codes, "name": articles[column].astype(str)}).drop_duplicates()
            for group, name in named.itertuples(index=False):
                found[group] |= dict.fromkeys(_of_person(name), "byline")
    return found


def _of_person(names: str) -> Iterable[str]:
    for name in names.replace("、", ",").replace(";", ",").split(","):
        words = _words(name.strip())
        if words and len(name) > 1:
            yield join(words)
            # Parts of a Latin name are said of other people, too; those of a Chinese one are a torn name.
            yield from (w for w in words if len(w) > 1 and has_han(w) and w not in concept_forms())
