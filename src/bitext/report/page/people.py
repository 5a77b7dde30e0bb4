"""Rows of sources → which are of one person or body, and whom another group quotes, too."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.names.romanised import with_romanised
from bitext.pipeline.findings.findings_of_voices import also_elsewhere
from bitext.text.scripts.convert import to_simplified

Tables = Mapping[str, pd.DataFrame]

#: Confidence from which on a pair of the glossary is one name.
_SAME = 0.9


def people(found: Tables, rows: Sequence[int], by: str) -> tuple[list[int], list[bool]]:
    """Return for *rows* of `sources` a number that rows of one person or body share, and who is elsewhere.

    Two rows are one where they share a form, in either script or romanised (Zhou Yanbo, 周彦博), or a pair of
    names that the texts themselves give: 索爾海姆（Ingrid Sollheim）. Elsewhere is who stands in a name of
    another group's source, or around one, too: Asagiri Materials, 日本朝霧材料.
    """
    table = found.get("sources")
    if table is None or table.empty:
        return [], []
    row: Any
    known: dict[str, int] = {}
    same: list[tuple[int, int]] = []

    def join(names: Sequence[str]) -> int:
        numbers = [known.setdefault(name, len(known)) for name in names]
        same.extend((numbers[0], other) for other in numbers[1:])
        return numbers[0]

    pairs = found.get("glossary")
    if pairs is not None and len(pairs):
        for row in pairs[pairs["confidence"] >= _SAME].itertuples():
            join([_plain(row.zh), _plain(row.en)])
    keys = []
    named = with_romanised(
        [
            [form for text in (str(row.source), *str(row.variants or "").split(";")) for form in _forms(text)]
            if row.kind == "named"
            else []
            for row in table.itertuples()
        ]
    )
    for row, forms in zip(table.itertuples(), named, strict=True):
        keys.append(join(forms if row.kind == "named" and forms else [f"\0{row.Index}"]))
    one, other = np.array(same, dtype=np.int64).reshape(-1, 2).T
    graph = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(len(known), len(known)))
    person = sparse.csgraph.connected_components(graph, directed=False)[1]
    number: dict[int, int] = {}
    ids = [number.setdefault(int(person[keys[row]]), len(number)) for row in rows]
    return ids, _elsewhere(found, named, table[by].astype(str).tolist(), rows)


def _elsewhere(
    found: Tables, named: Sequence[Sequence[str]], groups: list[str], rows: Sequence[int]
) -> list[bool]:
    partner: dict[str, set[str]] = {}
    pairs = found.get("glossary")
    if pairs is not None and len(pairs):
        for zh, en in pairs.loc[pairs["confidence"] >= _SAME, ["zh", "en"]].itertuples(index=False):
            for one, other in ((_plain(zh), _plain(en)), (_plain(en), _plain(zh))):
                partner.setdefault(one, set()).add(other)
    forms = [[*own, *(other for name in own for other in sorted(partner.get(name, ())))] for own in named]
    asked = np.zeros(len(forms), bool)
    asked[list(rows)] = True
    told = iter(also_elsewhere(forms, groups, asked))
    by_row = {row: next(told) for row in np.flatnonzero(asked).tolist()}
    return [by_row[row] for row in rows]


def _forms(text: str) -> list[str]:
    """Return the names in a source as printed.

    Examples:
        >>> _forms("索爾海姆（Ingrid Sollheim）")
        ['索尔海姆', 'ingrid sollheim']
    """
    return [form for part in re.split(r"[（()）]", str(text)) if (form := _plain(part))]


def _plain(name: str) -> str:
    return to_simplified(str(name)).strip().lower()
