"""Counts of articles → the weight of each term in its article, and which terms are listed."""

import re

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Floats
from bitext.comparison.own_names import concept_forms
from bitext.counting.counts import Counts
from bitext.text.matcher import has_han
from bitext.words.lists import word_list

#: What weighs less than this share of the article's first term is left out.
_LEAST = 0.2
#: Weight of one Han character, of two; of a form of the concept table; of a person's name; of a sum.
_ONE, _TWO, _CONCEPT, _NAME, _SUM = 0.1, 0.6, 1.5, 1.5, 0.3
#: What occurrences count: ln(1 + n) to this power.
_COUNT = 1.2
#: Terms of an article that are looked at for terms inside longer ones.
_LOOKED_AT = 60
#: A term goes when so many of its occurrences may stand in a longer term that is listed.
_SUBSUMED = 0.8


def weights(counts: Counts, codes: npt.NDArray[np.int64], table: pd.DataFrame, idf: Floats) -> Floats:
    """Return the weight of each row of *table* (columns group, term, n); *codes* are the articles' groups."""
    ones = np.ones(len(codes), np.int8)
    member = sparse.csr_array(
        (ones, (codes, np.arange(len(codes)))), shape=(int(codes.max(initial=-1)) + 1, len(codes))
    )
    prominence = sparse.csr_array(member @ counts.prominence)
    held = np.asarray(prominence[table["group"].to_numpy(), table["term"].to_numpy()]).ravel()
    form = np.array([_form(term) for term in counts.terms.tolist()], dtype=np.float64)
    weight = np.log1p(table["n"].to_numpy(dtype=np.float64)) ** _COUNT * (idf + 1) * held
    return np.asarray(weight * form[table["term"].to_numpy()])


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


def listed(table: pd.DataFrame, terms: npt.NDArray[np.object_], top: int | None) -> pd.DataFrame:
    """Return the rows that stand in the lists: no mere part of another, none of little weight."""
    order = np.lexsort((table["term"], -table["tfidf"].round(12), table["group"]))
    ranked = table.iloc[order]
    first = ranked.groupby("group")["tfidf"].transform("first")
    ranked = ranked[(ranked["tfidf"] >= _LEAST * first) & (ranked["tfidf"] > 0)]
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
