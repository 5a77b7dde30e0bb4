"""What parentheses give, counted: sums that need no text, and add up over batches of articles."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import pandas as pd

from bitext.glossaries.edge import DOTS

#: The rule of parentheses that hold the Chinese name.
INSIDE = "inside"
#: The Latin name and the Chinese name.
Names = tuple[str, str]
#: The Chinese names that one article gives for a Latin one, and whether one such place can be believed.
Given = tuple[tuple[str, bool], ...]


class NamePair(NamedTuple):
    """Parentheses, articles and outlets that give a pair, and the confidence of the best parenthesis."""

    n: int
    articles: int
    outlets: int
    given_by: str
    printed: str
    confidence: float


@dataclass(frozen=True)
class Mined:
    """Counts of names.

    Which of two Chinese names is right is only known at the end, and then articles that give both must count
    once. So articles are counted by all that they give for a Latin name.

    Attributes:
        places: names -> parentheses that can be believed, and the best confidence among them.
        articles: (Latin name, outlet, what the article gives for it) -> articles.
        whole: names of which a parenthesis held the Chinese one, as in Polaris Micro（北辰微电子）.
        printed: (Latin name, Chinese name, outlet, the Chinese name as it stands there) -> parentheses.

    Examples:
        >>> rows = [(0, "A", 0.9, "北約"), (0, "A", 0.6, "北約"), (1, "B", 0.9, "北约")]
        >>> table = pd.DataFrame(rows, columns=["row", "outlet", "confidence", "surface"])
        >>> table = table.assign(en="NATO", zh="北约", rule="table")
        >>> whole = Mined.of(table, 0.5)
        >>> settled(whole)  # doctest: +NORMALIZE_WHITESPACE
        {('北约', 'NATO'): NamePair(n=3, articles=2, outlets=2, given_by='A · B',
                                  printed='北約 · 北约', confidence=0.9)}
        >>> Mined.merge([Mined.of(table[2:], 0.5), Mined.of(table[:2], 0.5)]) == whole
        True
    """

    places: Mapping[Names, tuple[int, float]]
    articles: Mapping[tuple[str, str, Given], int]
    whole: frozenset[Names] = frozenset()
    printed: Mapping[tuple[str, str, str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: pd.DataFrame, confidence: float) -> Self:
        """Count the rows of `parentheses`; those below *confidence* only help to choose between names."""
        places: dict[Names, tuple[int, float]] = {}
        given: dict[tuple[int, str, str], dict[str, bool]] = {}
        printed: Counter[tuple[str, str, str, str]] = Counter()
        columns = (rows[name] for name in ("row", "outlet", "en", "zh", "confidence", "surface"))
        for row, outlet, en, zh, value, surface in zip(*columns, strict=True):
            names = given.setdefault((row, en, outlet), {})
            names[zh] = names.get(zh, False) or bool(value >= confidence)
            if value >= confidence:
                n, best = places.get((en, zh), (0, 0.0))
                places[en, zh] = n + 1, max(best, float(value))
                printed[en, zh, outlet, "".join(surface.split()).translate(DOTS)] += 1
        articles: dict[tuple[str, str, Given], int] = {}
        for (_, en, outlet), names in given.items():
            key = (en, outlet, tuple(sorted(names.items())))
            articles[key] = articles.get(key, 0) + 1
        inside = rows[rows["rule"] == INSIDE]
        return cls(places, articles, frozenset(zip(inside["en"], inside["zh"], strict=True)), dict(printed))

    @classmethod
    def merge(cls, parts: Iterable[Self]) -> Self:
        """Add parts up; the order does not matter."""
        parts = list(parts)
        places: dict[Names, tuple[int, float]] = {}
        articles: dict[tuple[str, str, Given], int] = {}
        for part in parts:
            for names, (n, confidence) in part.places.items():
                before, best = places.get(names, (0, 0.0))
                places[names] = before + n, max(best, confidence)
            for key, count in part.articles.items():
                articles[key] = articles.get(key, 0) + count
        printed: Counter[tuple[str, str, str, str]] = Counter()
        for part in parts:
            printed.update(part.printed)
        return cls(places, articles, frozenset().union(*(part.whole for part in parts)), dict(printed))


def better(mined: Mined) -> dict[Names, str]:
    """Choose where one Chinese name ends in the other: 巨头阿斯麦, 阿斯麦.

    One that two articles give, in a parenthesis that held it whole, is the name; else the more frequent edge
    decides.
    """
    by_latin: dict[str, dict[str, int]] = {}
    for (en, _, given), articles in mined.articles.items():
        names = by_latin.setdefault(en, {})
        for zh, _ in given:
            names[zh] = names.get(zh, 0) + articles
    best: dict[Names, str] = {}
    for en, names in by_latin.items():
        sure = {name for name in names if (en, name) in mined.whole and names[name] > 1 and "·" not in name}
        for name, articles in names.items():
            if name in sure:
                continue
            longer = sorted((other for other in sure if other.endswith(name)), key=len)
            if longer:
                best[en, name] = longer[0]
                continue
            # 布雷顿 is a name of its own beside 蒂埃里·布雷顿: only what no dot divides is an error.
            rivals = [
                other
                for other, more in names.items()
                if more > articles
                and (other.endswith(name) or name.endswith(other))
                and "·" not in other + name
            ]
            if rivals:
                best[en, name] = max(rivals, key=lambda other: (names[other], other))
    return best


def settled(mined: Mined) -> dict[tuple[str, str], NamePair]:
    """Return (Chinese name, Latin name) -> counts, each under the name that was decided for."""
    best = better(mined)
    n: dict[Names, int] = {}
    confidence: dict[Names, float] = {}
    for (en, zh), (places, value) in mined.places.items():
        names = (best.get((en, zh), zh), en)
        n[names] = n.get(names, 0) + places
        confidence[names] = max(confidence.get(names, 0.0), value)
    articles: dict[Names, int] = {}
    outlets: dict[Names, set[str]] = {}
    for (en, outlet, given), count in mined.articles.items():
        for zh in {best.get((en, zh), zh) for zh, believed in given if believed}:
            articles[zh, en] = articles.get((zh, en), 0) + count
            outlets.setdefault((zh, en), set()).add(outlet)
    forms = _forms(mined)
    given_by = {names: sorted(outlets[names] - {""}) for names in n}
    return {
        names: NamePair(
            n[names],
            articles[names],
            len(outlets[names]),
            " · ".join(given_by[names]),
            " · ".join(forms.get((*names, outlet), names[0]) for outlet in given_by[names]),
            confidence[names],
        )
        for names in n
    }


def _forms(mined: Mined) -> dict[tuple[str, str, str], str]:
    """Return (Chinese name, Latin name, outlet) -> the Chinese name as that outlet prints it most."""
    sizes: dict[tuple[str, str, str], Counter[str]] = {}
    best = better(mined)
    for (en, zh, outlet, form), count in mined.printed.items():
        name = best.get((en, zh), zh)
        if name != zh:
            # The same characters, as far as the name decided for is a part of what stands there.
            at = zh.find(name)
            if at < 0 or len(form) != len(zh):
                continue
            form = form[at : at + len(name)]
        sizes.setdefault((name, en, outlet), Counter())[form] += count
    return {key: min(counts, key=lambda form: (-counts[form], form)) for key, counts in sizes.items()}
