"""Words of the tables → how the articles print them, and how much of that is a formula.

Tables count words in simplified characters and small letters: 台湾, usa. A reader looks for what was printed:
台灣, USA. And a word that stands in the same words in most of its articles (You can unsubscribe at any time)
tells nothing of how an outlet writes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Ints
from bitext.pipeline.findings.finding import ALPHA
from bitext.text.kinds import WORD
from bitext.tokens.grouping import group_values
from bitext.tokens.tokens import Tokens

#: Places of a word in one group that are looked at.
_PLACES = 16
#: Characters before a word, within its line, that make a formula with it if they are always the same.
_BEFORE = 24
#: Articles in which the same words must stand before they are a formula.
_LEAST = 3
#: Share of its articles in which a word stands in the same words, from which on it is part of a formula.
_FORMULA = 0.5
_POSSESSIVE = re.compile("[’']s?$")
#: Share of its places at which the same character stands beside a word, from which on it is a part of one.
_TORN = 0.9
_HAN = re.compile("[\u4e00-\u9fff]")
#: Characters of a word that is looked for within longer ones.
_LONGEST = 6
_LATIN, _DIGIT = re.compile("[a-z]"), re.compile("[0-9]")

Word = tuple[str, str]


def with_printed(tables: Mapping[str, pd.DataFrame], tokens: Tokens, by: str) -> dict[str, pd.DataFrame]:
    """Return the *tables* with the columns ``printed`` and ``formula`` in those of words.

    ``printed``: the form that most places of the group have, else most of all; the word itself where
    *tokens* have none. ``formula`` (0 to 1; only in ``keyness``): the share of the group's articles with the
    word in which the line up to the word reads the same, of those looked at, and 1 for a part of a longer
    word, here or in another group; NaN for words that are not beyond chance.
    """
    named = {name: tables[name] for name in ("keyness", "keywords") if "term" in tables.get(name, ())}
    groups = {"keyness": "target", "keywords": by}
    keys = {
        name: list(zip(table[groups[name]].astype(str), table["term"].astype(str), strict=True))
        for name, table in named.items()
    }
    tested: set[Word] = set()
    if "keyness" in named:
        sure = (named["keyness"]["q"] < ALPHA) & (named["keyness"]["g2"] > 0)
        tested = {key for key, one in zip(keys["keyness"], sure, strict=True) if one}
    wanted = {key for part in keys.values() for key in part}
    forms, formulas = _looked_up(tokens, by, wanted, tested)
    found = dict(tables)
    for name, table in named.items():
        printed = [_form(key, forms) for key in keys[name]]
        columns: dict[str, list[str] | list[float]] = {"printed": printed}
        if name == "keyness":
            formulas |= dict.fromkeys(_within_longer(tokens, by, table, tested), 1.0)
            columns["formula"] = [formulas.get(key, float("nan")) for key in keys[name]]
        found[name] = table.assign(**columns)
        found[name].attrs = table.attrs
    return found


def as_printed(tokens: Tokens, by: str, groups: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return each of the *words* as the group beside it prints it most; as it is where that never occurs."""
    keys = list(zip(map(str, groups), map(str, words), strict=True))
    forms, _ = _looked_up(tokens, by, set(keys), set())
    return [_form(key, forms) for key in keys]


def telling(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of keyness that tell how a group writes: neither own names nor parts of a formula."""
    table = table[table["own_name"] == ""] if "own_name" in table else table
    return table[~(table["formula"] >= _FORMULA)] if "formula" in table else table


def _within_longer(tokens: Tokens, by: str, table: pd.DataFrame, tested: AbstractSet[Word]) -> set[Word]:
    """Return words whose surplus is one of cutting: other groups have them within longer words.

    财政 in 财政部长, of a word that no other group has alone; 美元 in 亿美元 where, with the words that begin
    or end with it counted, the ratio falls below its interval. 冠病 within 新冠病毒 is another word.
    """
    wanted = ["target", "term", "n_target", "n_reference", "log_ratio", "log_ratio_low"]
    rows: list[Any] = [
        row
        for row in table.reindex(columns=wanted).itertuples(index=False)
        if _HAN.match(str(row.term)) and (str(row.target), str(row.term)) in tested
    ]
    alone = {str(row.term) for row in rows if row.n_reference == 0}
    longer = _longer(
        tokens.types.tolist(), alone, {str(row.term) for row in rows if len(str(row.term)) > 1} - alone
    )
    numbers = sorted({number for found in longer.values() for number in found})
    if not numbers:
        return set()
    values = group_values(tokens.articles, by)[by].to_numpy(dtype=str)
    names, group = np.unique(values, return_inverse=True)
    at = np.full(len(tokens.types), -1, np.int64)
    at[numbers] = np.arange(len(numbers))
    places = np.flatnonzero(at[tokens.term] >= 0)
    key = at[tokens.term[places]] * len(names) + group[tokens.article()[places]]
    sizes = np.bincount(key, minlength=len(numbers) * len(names)).reshape(len(numbers), len(names))
    column = {str(name): i for i, name in enumerate(names)}
    found = set()
    for row in rows:
        within = sizes[at[longer.get(str(row.term), [])]].sum(axis=0)
        mine = int(within[column[str(row.target)]]) if str(row.target) in column else 0
        others = int(within.sum()) - mine
        if row.n_reference == 0:
            cut_only = others > 0
        else:
            more = (row.n_target + mine) / row.n_target / ((row.n_reference + others) / row.n_reference)
            cut_only = row.log_ratio + np.log2(more) < row.log_ratio_low
        if cut_only:
            found.add((str(row.target), str(row.term)))
    return found


def _longer(types: Sequence[str], inside: AbstractSet[str], beside: AbstractSet[str]) -> dict[str, list[int]]:
    """Return the numbers of the types that hold a word of *inside*, or begin or end with one of *beside*."""
    found: dict[str, list[int]] = {}
    for number, kind in enumerate(types):
        size = len(kind)
        parts = {
            kind[start:end]
            for start in range(size)
            for end in range(start + 1, min(size, start + _LONGEST) + 1)
            if end - start < size
        }
        for part in parts & inside:
            found.setdefault(part, []).append(number)
        for part in {part for part in parts & beside if kind.startswith(part) or kind.endswith(part)}:
            found.setdefault(part, []).append(number)
    return found


def _form(key: Word, forms: Mapping[Word, str]) -> str:
    """Return a word, or the words of a phrase, as the group prints them, else as most do."""
    group, term = key
    if whole := forms.get(key) or forms.get(("", term)):
        return whole
    return " ".join(forms.get((group, one)) or forms.get(("", one), one) for one in term.split(" "))


def _looked_up(
    tokens: Tokens, by: str, wanted: AbstractSet[Word], tested: AbstractSet[Word]
) -> tuple[dict[Word, str], dict[Word, float]]:
    """Return the form of each word in each group ("" for all groups), and the share that is a formula."""
    found, article, group, names = _places(tokens, by, wanted, tested)
    texts = [str(text) for text in tokens.articles[tokens.field]]
    opens = _opens_sentence(tokens)[found].tolist()
    terms = tokens.types[tokens.term[found]].tolist()
    spans = (tokens.start[found].tolist(), tokens.end[found].tolist())
    counted: dict[Word, Counter[str]] = defaultdict(Counter)
    lines: dict[Word, dict[str, set[int]]] = {}
    beside: dict[Word, tuple[Counter[str], Counter[str]]] = {}
    for row, owner, first, term, start, end in zip(
        article.tolist(), group.tolist(), opens, terms, *spans, strict=True
    ):
        text, word = texts[row], (names[owner], term)
        form = _POSSESSIVE.sub("", text[start:end])
        # At the head of a sentence, and in a line of capitals, every word has them.
        loud = first or (form.isupper() and text[max(0, start - 6) : start].isupper())
        for place in (word, ("", term)):
            counted[place][form] += 1 if loud else 3
        if word in tested:
            before = text[text.rfind("\n", 0, start) + 1 : start][-_BEFORE:]
            around = beside.setdefault(word, (Counter(), Counter()))
            around[0][text[start - 1 : start]] += 1
            around[1][text[end : end + 1]] += 1
            lines.setdefault(word, {}).setdefault(_DIGIT.sub("0", before), set()).add(row)
    forms = {word: min(sizes, key=lambda form: (-sizes[form], form)) for word, sizes in counted.items()}
    formulas = {}
    for word, rows in lines.items():
        most, all_rows = max(map(len, rows.values())), set().union(*rows.values())
        formulas[word] = most / len(all_rows) if most >= _LEAST else 0.0
        if any(_torn(characters) for characters in beside[word]):
            formulas[word] = 1.0
    return forms, formulas


def _torn(beside: Counter[str]) -> bool:
    """Say whether the same Chinese character stands beside a word nearly everywhere: 病疫情 behind 冠."""
    character, count = beside.most_common(1)[0]
    return bool(_HAN.match(character)) and count >= _TORN * beside.total() and count > _LEAST


def _places(
    tokens: Tokens, by: str, wanted: AbstractSet[Word], tested: AbstractSet[Word]
) -> tuple[Ints, Ints, Ints, list[str]]:
    """Return tokens whose form is worth a look, their articles, and their groups with the names of these."""
    values = group_values(tokens.articles, by)[by].to_numpy(dtype=str)
    names, group = np.unique(values, return_inverse=True)
    place, width = {name: i for i, name in enumerate(names.tolist())}, max(len(names), 1)
    number = {term: i for i, term in enumerate(tokens.types.tolist())}
    parts = ({(name, part) for name, term in wanted for part in (term, *term.split(" "))}, tested)
    asked, surely = (
        np.array(
            [number[term] * width + place[name] for name, term in words if term in number and name in place],
            dtype=np.int64,
        )
        for words in parts
    )
    article = tokens.article()
    key = tokens.term.astype(np.int64) * width + group[article]
    # Where all groups write simplified characters, a Chinese word is printed as it is counted.
    latin = np.fromiter((bool(_LATIN.search(term)) for term in number), bool, len(number))
    changes = latin[tokens.term] | bool((tokens.articles["script"] == "Hant").any())
    found = np.flatnonzero((tokens.kind == WORD) & ((changes & np.isin(key, asked)) | np.isin(key, surely)))
    found = _some(found, article[found], key[found])
    return found, article[found], group[article[found]], names.tolist()


def _some(found: Ints, article: Ints, key: Ints) -> Ints:
    """Return of each word in each group some places: those of different articles first."""
    order = np.lexsort((found, article, key))
    again = _rank(key[order] * (int(article.max(initial=0)) + 1) + article[order])
    order = order[np.lexsort((found[order], again, key[order]))]
    return found[np.sort(order[_rank(key[order]) < _PLACES])]


def _rank(key: Ints) -> Ints:
    """Return for each item how many equal ones stand before it; equal ones are neighbours."""
    if not len(key):
        return np.zeros(0, np.int64)
    new = np.concatenate(([True], key[1:] != key[:-1]))
    return np.arange(len(key)) - np.maximum.accumulate(np.where(new, np.arange(len(key)), 0))


def _opens_sentence(tokens: Tokens) -> npt.NDArray[np.bool_]:
    keys = tokens.sentence_keys()
    return np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, bool)
