"""Counts of articles → the weight of each term in its article, and which terms are listed."""

import re

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Bools, Floats
from bitext.comparison.own_names import concept_forms
from bitext.counting.counts import Counts
from bitext.lexicons.loader import regression
from bitext.text.chinese import jieba_files
from bitext.text.matcher import has_han
from bitext.words.lists import word_list

#: What weighs less than this share of the article's first term is left out: of chances, of the formula.
_LEAST, _LEAST_BY_FORMULA = 0.27, 0.2
#: Weight of one Han character, of two; of a form of the concept table; of a person's name; of a sum.
_ONE, _TWO, _CONCEPT, _NAME, _SUM = 0.1, 0.6, 1.5, 1.5, 0.3
#: What occurrences count: ln(1 + n) to this power.
_COUNT = 1.2
#: Terms of an article that are looked at for terms inside longer ones.
_LOOKED_AT = 60
#: A term goes when so many of its occurrences may stand in a longer term that is listed.
_SUBSUMED = 0.8


#: What the chance of a term to be a tag is estimated from: see `features`.
FEATURES = (
    *("formula", "rare", "verb", "function", "name", "role", "han", "two", "concept"),
    *("n", "prominence", "idf"),
)
#: Words of the dictionary that are rarer count as of this frequency, and so do all other terms.
_SELDOM, _ALL, _USUAL = 100, 60_000_000, 12.0
#: Terms that weigh less than this share of the first by the formula alone are not looked at.
_CANDIDATE = 0.04


def weights(counts: Counts, codes: npt.NDArray[np.int64], table: pd.DataFrame, idf: Floats) -> Floats:
    """Return the weight of each row of *table* (columns group, term, n); *codes* are the articles' groups."""
    ones = np.ones(len(codes), np.int8)
    member = sparse.csr_array(
        (ones, (codes, np.arange(len(codes)))), shape=(int(codes.max(initial=-1)) + 1, len(codes))
    )
    prominence = sparse.csr_array(member @ counts.prominence)
    group, term = table["group"].to_numpy(), table["term"].to_numpy()
    held = np.asarray(prominence[group, term]).ravel()
    values, candidate = features(counts.terms, group, term, table["n"].to_numpy(np.float64), idf, held)
    if not _estimated(counts):
        return np.asarray(np.where(candidate, np.exp(values[:, FEATURES.index("formula")]), 0.0))
    bias, slope = regression("keyword_scorer", "article", FEATURES)
    chance = 1 / (1 + np.exp(-(values @ slope + bias)))
    return np.asarray(np.where(candidate, np.sqrt(chance), 0.0))


def _estimated(counts: Counts) -> bool:
    """Say whether the articles are Chinese, as those were from which chances are estimated."""
    return "lang" not in counts.articles or bool((counts.articles["lang"] == "zh").any())


def features(
    terms: npt.NDArray[np.object_],
    group: npt.NDArray[np.int64],
    term: npt.NDArray[np.int64],
    n: Floats,
    idf: Floats,
    held: Floats,
) -> tuple[Floats, Bools]:
    """Return `FEATURES` of each row, and whether it is looked at at all; *held* is its prominence.

    formula: ln of ln(1 + n)^1.2 · (idf + 1) · prominence · form; rare: ln of how rare the word is in Chinese
    at large; verb, function, name: what jieba's dictionary tags it as; role: a word such as 主席 (chairman).
    """
    names = terms.tolist()
    known = jieba_files.entries(frozenset(names))
    forms, roles = concept_forms(), word_list("before")

    def of_term(name: str) -> tuple[float, ...]:
        n, tag = known.get(name, (0, ""))
        han = has_han(name)
        rare = np.log(_ALL / max(n, _SELDOM)) if han else _USUAL
        kinds = (tag[:1] == "v", tag[:1] != "" and tag[:1] in _FUNCTION, tag[:2] in _PROPER, name in roles)
        return (_form(name), rare, *kinds, han, han and len(name) == 2, name.lower() in forms)

    fixed = np.array([of_term(name) for name in names], np.float64).reshape(-1, 9)[term]
    weight = np.log1p(n) ** _COUNT * (idf + 1) * held * fixed[:, 0]
    first = np.zeros(int(group.max(initial=-1)) + 1)
    np.maximum.at(first, group, weight)
    candidate = (weight > 0) & (weight >= _CANDIDATE * first[group])
    fixed[:, 0] = np.log(np.where(candidate, weight, 1.0))
    rest = (np.log(np.maximum(n, 1.0)), np.log(held + 1e-3), idf)
    return np.column_stack((fixed, *rest)), candidate


#: Tags of words that say how and how many, and of proper names.
_FUNCTION, _PROPER = frozenset("adrcpfmqt"), ("nr", "ns", "nt", "nz")
#: What remains of a sum of money or people when its figure is off.
_AMOUNT = re.compile(
    r"""
    [十百千万亿兆]+                                    # 1. a Chinese unit of ten or more
    (?: [美日欧加澳港台新]?元 | 美金 | 英镑 | 人民币   # 2. of money
      | 人 | 名 | 人次 | 吨 | 公里 | 剂 | 股 )?        # 3. or of people and things
    """,
    re.VERBOSE,
)


def _form(term: str) -> float:
    """Return the weight of a term by its form.

    Examples:
        >>> _form("菜"), _form("泡菜"), _form("泡菜坛"), _form("pickle"), _form("张竹君"), _form("万美元")
        (0.1, 0.6, 1.0, 1.0, 1.5, 0.3)
    """
    if _AMOUNT.fullmatch(term):
        return _SUM
    value = 1.0
    if has_han(term):
        value = {1: _ONE, 2: _TWO}.get(len(term), 1.0)
        if "·" in term or (len(term) == 3 and term[0] in word_list("surname")):
            value = _NAME
    return value * (_CONCEPT if term.lower() in concept_forms() else 1.0)


def listed(table: pd.DataFrame, counts: Counts, top: int | None) -> pd.DataFrame:
    """Return the rows that stand in the lists: no mere part of another, none of little weight."""
    terms, least = counts.terms, _LEAST if _estimated(counts) else _LEAST_BY_FORMULA
    order = np.lexsort((table["term"], -table["tfidf"].round(12), table["group"]))
    ranked = table.iloc[order]
    first = ranked.groupby("group")["tfidf"].transform("first")
    return without_parts(ranked[(ranked["tfidf"] >= least * first) & (ranked["tfidf"] > 0)], terms, top)


def without_parts(ranked: pd.DataFrame, terms: npt.NDArray[np.object_], top: int | None) -> pd.DataFrame:
    """Return the first *top* rows of each group that are no mere part of one before them, nor hold one.

    *ranked* has the rows by group, the best first: 俗称 goes behind 俗称武汉肺炎 if it hardly stands without.
    """
    kept: list[int] = []
    rows = zip(ranked["group"].tolist(), terms[ranked["term"]].tolist(), ranked["n"].tolist(), strict=True)
    group, here = -1, list[tuple[str, float]]()
    for place, (number, term, n) in enumerate(rows):
        if number != group:
            group, here = number, []
        if len(here) < (top or _LOOKED_AT) and not any(_same(term, n, *other) for other in here):
            here.append((term, n))
            kept.append(place)
    return ranked.iloc[kept]


def _same(term: str, n: float, other: str, n_other: float) -> bool:
    """Say whether one of two terms is part of the other, and hardly stands without it.

    Examples:
        >>> _same("fox", 4, "Fox News", 4), _same("news", 9, "Fox News", 4), _same("ox", 4, "Fox News", 4)
        (True, False, False)
    """
    (short, n_short), (long, n_long) = sorted(
        ((term.lower(), n), (other.lower(), n_other)), key=lambda x: len(x[0])
    )
    inside = short in long if has_han(short) else f" {short} " in f" {long} "
    return inside and n_long >= _SUBSUMED * n_short
