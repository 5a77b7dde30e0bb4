"""Findings about names: what one group calls a thing in most mentions, and no other group does."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from bitext.arrays import Floats, Ints
from bitext.concepts.table import ConceptTable
from bitext.pipeline.findings.finding import ALPHA, Finding
from bitext.statistics.multiple import false_discovery_rate

Tables = Mapping[str, pd.DataFrame]

#: Mentions that every group must have before names are compared.
_MENTIONS = 5
#: A form is a group's own at this share of its mentions, while no other group comes to the second.
_OWN, _OTHERS = 0.5, 0.1


def names(tables: Tables, by: str) -> Iterator[Finding]:
    """Say which name a group gives a thing in most mentions, and no other group does."""
    table = tables.get("naming")
    if table is None or table.empty:
        return
    table = table[(table["place"] == "body") & (table["voice"] == "all")]
    told: list[tuple[int, str, Any, pd.Series, pd.DataFrame]] = []
    dealt: list[tuple[int, int, int, int]] = []
    for referent, rows in table.groupby("referent", sort=False):
        sizes = rows.drop_duplicates(by).set_index(by)["of"]
        enough = sizes[sizes >= _MENTIONS].index
        if len(enough) < 2:
            continue
        rows = rows[rows[by].isin(enough)]
        labels, groups = rows["label"].tolist(), rows[by].tolist()
        share, articles = rows["share"].to_numpy(float), rows["articles"].to_numpy(np.int64)
        holders: dict[str, list[int]] = {}
        for place, label in enumerate(labels):
            holders.setdefault(label, []).append(place)
        for place, label in enumerate(labels):
            same = [other for other in holders[label] if groups[other] != groups[place]]
            if len(same) < len(enough) - 1:
                continue
            dealt.append(_dealt(share[[place, *same]], articles[[place, *same]]))
            if share[place] >= _OWN and not (share[same] >= _OTHERS).any():
                told.append(
                    (len(dealt) - 1, str(referent), rows.index[place], rows.iloc[place], rows.iloc[same])
                )
    q = false_discovery_rate(_as_high(dealt)) if dealt else np.zeros(0)
    for number, referent, index, row, rest in told:
        form = _form(row["surfaces"])
        other, mentions = int(rest["n"].sum()), int(rest["of"].sum())
        thing_en, thing_zh = _called(referent)
        none_en = f"no other does so once in {mentions}"
        none_zh = f"其余{mentions}次一次也没有"
        if other:
            none_en = f"all others together do so in {other} of {mentions}"
            none_zh = f"别家合计{mentions}次中{other}次"
        yield Finding(
            "names",
            row[by],
            f"{row[by]} calls {thing_en} {form} in {row['n']} of {row['of']} mentions; {none_en}.",
            f"{row[by]}{row['of']}次提到{thing_zh}，有{row['n']}次写作“{form}”；{none_zh}。",
            "beyond chance" if q[number] < ALPHA else "may be chance",
            "naming",
            [index, *rest.index],
            value=float(row["share"]),
            low=float(row["low"]),
            high=float(row["high"]),
            note="p by dealing articles, corrected over all names compared",
        )


def _dealt(share: Floats, articles: Ints) -> tuple[int, int, int, int]:
    """Return articles of one group (the first) that use a form, all that do, all there are, and the group's.

    The article is the unit: of the articles that name the thing, as many as the shares come to use the form.
    """
    mine, others = int(articles[0]), int(articles[1:].sum())
    using = round(float(share[0]) * mine)
    return using, using + round(float((share[1:] * articles[1:]).sum())), mine + others, mine


def _as_high(dealt: list[tuple[int, int, int, int]]) -> Floats:
    """Return how often articles dealt at random would give a group a share as high."""
    using, all_using, articles, mine = np.array(dealt, dtype=np.int64).T
    chance = hypergeom.sf(using - 1, articles, all_using, mine)
    return np.where((mine > 0) & (articles > mine), chance, 1.0)


@cache
def _called(referent: str) -> tuple[str, str]:
    """Return the English and the Chinese name of a thing.

    Examples:
        >>> _called("china"), _called("of_ones_own")
        (('China', '中国'), ('Of Ones Own', 'Of Ones Own'))
    """
    for row in ConceptTable.default().rows:
        if row["concept"] == referent:
            en, zh = (row[lang].split("|")[0] for lang in ("en", "zh"))
            return en or zh, zh or en
    plain = referent.replace("_", " ").title()
    return plain, plain


def _form(surfaces: str) -> str:
    """Return the form printed most, without its count.

    Examples:
        >>> _form("China 8 · China’s 3")
        'China'
    """
    return surfaces.split(" · ")[0].rsplit(" ", 1)[0]
