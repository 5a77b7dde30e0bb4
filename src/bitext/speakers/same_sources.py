"""Sources of all articles → which are one: by names that the texts themselves pair, by title and surname.

布雷顿（Breton） in one article says who Breton is in another; so does Commissioner Breton, if one
Commissioner Thierry Breton speaks elsewhere. What the concept table knows to be two is never joined.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pandas as pd

from bitext.lexicons.wordlists import words
from bitext.speakers.actor_kinds import title_end
from bitext.speakers.identity import key
from bitext.text.scripts.convert import to_simplified

#: Confidence from which on a pair of the glossary is one name.
LEAST = 0.75
#: What anybody may be called by.
_NO_OFFICES = frozenset(("先生", "女士", "老师", "同学", "作者", "博主", "学者", "professor", "resident"))
#: A Chinese surname before a title: 王市长.
_BEFORE_TITLE = re.compile(r"([一-鿿])([一-鿿]{2,6})$")
#: A name behind a title has at least so many characters: not 研究|中国.
_SHORTEST = 3
_NAMES = 8192


def same_sources(rows: pd.DataFrame, pairs: pd.DataFrame | None) -> dict[str, str]:
    """Return key → the key that it goes under, of those that are one source with another.

    Args:
        rows: sources in articles, see `bitext.speakers.speech.Speech`.
        pairs: the table of `bitext.glossary`, or None.

    Examples:
        >>> names = ["布雷顿", "Thierry Breton", "王芳"]
        >>> rows = pd.DataFrame({"key": [key(name) for name in names], "source": names, "title": ""})
        >>> rows = rows.assign(concept="", kind="named", country="", attributions=[2, 1, 1])
        >>> pairs = pd.DataFrame({"zh": ["布雷顿"], "en": ["Breton"], "confidence": [1.0]})
        >>> same_sources(rows, pairs.assign(kind="transliteration", articles=1))
        {'thierry breton': '布雷顿'}
    """
    own = rows[certain(rows)]
    if own.empty:
        return {}
    forms = _forms(own)
    joined = _Joined(own)
    for names in _paired(pairs, forms):
        joined.join(sorted({one for name in names for one in forms.get(name, ())}))
    for one, other in _titled(own):
        joined.join([one, other])
    return joined.renamed()


def certain(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Say of *rows* which are one certain person or body in every article; the president is another one."""
    stated = rows["kind"].isin(("named", "outlet")) | (rows["concept"] != "") | (rows["title"] != "")
    return stated & (rows["key"] != "")


class _Joined:
    """Keys in sets, each with at most one concept: a union-find over few names."""

    def __init__(self, own: pd.DataFrame) -> None:
        said = own.groupby("key", sort=True)["attributions"].sum()
        self._n: dict[str, int] = dict(zip(said.index.tolist(), said.tolist(), strict=True))
        labels = own.loc[own["concept"] != "", ["key", "concept"]].drop_duplicates("key")
        self._concept: dict[str, str] = dict(zip(labels["key"], labels["concept"], strict=True))
        self._parent: dict[str, str] = {}

    def _home(self, name: str) -> str:
        while (parent := self._parent.get(name, name)) != name:
            name = parent
        return name

    def join(self, names: list[str]) -> None:
        """Put *names* into one set, but for those that the concept table knows to be others."""
        homes = list(dict.fromkeys(map(self._home, names)))
        concepts = {self._concept.get(home, "") for home in homes} - {""}
        if len(homes) < 2 or len(concepts) > 1:
            return
        # A concept names the set; else who speaks most.
        first = min(homes, key=lambda home: (home not in self._concept, -self._n[home], home))
        self._parent.update(dict.fromkeys(homes, first))

    def renamed(self) -> dict[str, str]:
        """Return the keys that go under another one."""
        return {name: self._home(name) for name in self._parent if self._home(name) != name}


def _forms(own: pd.DataFrame) -> dict[str, set[str]]:
    """Return name → keys of the sources whose whole name it is."""
    found: dict[str, set[str]] = {}
    for name, source in own[["key", "source"]].drop_duplicates().itertuples(index=False):
        for form in _plain(source):
            found.setdefault(form, set()).add(name)
    return found


def _paired(pairs: pd.DataFrame | None, forms: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield names that the texts give for each other; none by which two persons are called."""
    if pairs is None or pairs.empty:
        return
    sure = pairs[pairs["confidence"] >= LEAST].sort_values("articles", ascending=False, kind="stable")
    latin: dict[str, set[str]] = {}
    for zh, en in zip(sure["zh"], sure["en"], strict=True):
        latin.setdefault(zh, set()).add(key(en))
    by_surname: dict[str, set[str]] = {}
    for name in forms:
        if name.isascii() and " " in name:
            by_surname.setdefault(name.split()[-1], set()).add(name)
    for zh, en, kind in zip(sure["zh"], sure["en"], sure["kind"], strict=True):
        if kind == "transliteration" and _several(latin[zh]):
            continue  # 史密斯 is Adam Smith in one article, and John Smith in another
        name = key(en)
        full = by_surname.get(name, set()) if kind == "transliteration" and " " not in name else set()
        yield [key(zh), name, *(full if len(full) == 1 else ())]


def _several(names: Iterable[str]) -> bool:
    """Say whether full names begin differently, though they are rendered alike."""
    full = [name.split() for name in names if " " in name]
    return len({(parts[0][0], parts[-1]) for parts in full}) > 1


def _titled(own: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield a short name and the one full name that it is short for, both with one title."""
    about = own.loc[
        ~own["title"].isin({"", *_NO_OFFICES}), ["key", "source", "title", "country"]
    ].drop_duplicates()
    short: list[tuple[str, str, str, str]] = []
    full: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for name, source, title, country in about.itertuples(index=False):
        latin = source.isascii()
        parts = source.split() if latin else source.split("·")
        if len(parts) > 1:
            full.setdefault((parts[-1].lower(), title), set()).add((name, country))
        else:
            short.append((name, source.lower(), title, country))
        if not latin and len(parts) == 1:
            full.setdefault((source[0], title), set()).add((name, country))
    for name, source, title, country in short:
        own_title = _BEFORE_TITLE.fullmatch(source)
        if own_title and own_title[1] in words("zh", "surnames") and own_title[2] == title:
            found = full.get((source[0], title), set()) - {(name, country)}
        else:
            found = full.get((source, title), set())
        others = {other for other, land in found if not (land and country and land != country)}
        if len(others) == 1:
            yield name, others.pop()


@lru_cache(maxsize=_NAMES)
def _plain(name: str) -> tuple[str, ...]:
    """Return what a name of a source and one of the glossary may have in common: 科技公司欧若拉, 欧若拉."""
    if name.isascii():
        return (key(name),)
    simplified = to_simplified(name)
    rest = simplified[title_end(simplified) :]
    return (key(simplified), key(rest)) if _SHORTEST <= len(rest) < len(simplified) else (key(simplified),)
