"""Findings with what opens beneath each: the rows of its table, and places in the articles of the page."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from bitext.report.page.texts import Texts
from bitext.report.terminal import cell_text
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.grouping import group_values

#: Rows and places that open beneath a finding.
ROWS, PLACES = 24, 60
#: Columns that a reader wants of each table, beside the one that names the groups.
_SHOWN = {
    "coverage": "outlet n expected outlets note",
    "stories": "outlet date precision title first",
    "naming": "label n of share surfaces",
    "sources": "source attributions articles group_size variants",
    "actors": "actor share others attributions articles group_size",
    "omissions": "outlet zh en peers peers_total carried_by nearest",
    "omission_rates": "outlet statements omitted rate expected note",
    "duplicates": "outlet date title relation agency hours",
    "keyness": "target term n_target n_reference articles_target articles_reference note",
}

Place = tuple[int, int, int]


def findings(
    tables: Mapping[str, pd.DataFrame], articles: pd.DataFrame, by: str, texts: Texts
) -> list[dict[str, Any]]:
    """Return the findings as the page shows them; `places` are article, start, end (0, 0: the whole)."""
    place = {name: i for i, name in enumerate(articles["article"])}
    group = group_values(articles, by)[by].astype(str).tolist()
    found = []
    for row in tables["findings"].itertuples(index=False):
        table = tables[str(row.table)]
        numbers = [int(number) for number in str(row.rows).split()]
        behind = table.iloc[numbers]
        names = [name for name in (by, *_SHOWN.get(str(row.table), "").split()) if name in table]
        shown = behind[list(dict.fromkeys(names))].head(ROWS)
        places = list(dict.fromkeys(_places(tables, str(row.table), behind, place, group, by, texts)))
        found.append(
            {
                **{name: getattr(row, name) for name in ("kind", "group", "en", "zh", "strength", "table")},
                "note": row.note,
                "head": list(shown.columns),
                "rows": [[cell_text(cell) for cell in line] for line in shown.itertuples(index=False)],
                "of": len(behind),
                "places": places[:PLACES],
                "all": len(places),
            }
        )
    return found


def _places(
    tables: Mapping[str, pd.DataFrame],
    name: str,
    behind: pd.DataFrame,
    place: Mapping[str, int],
    group: list[str],
    by: str,
    texts: Texts,
) -> Iterator[Place]:
    """Give the places in the articles that the rows stand for, as far as the page holds them."""
    if name in ("stories", "duplicates"):
        yield from ((place[key], 0, 0) for key in behind["article"] if key in place)
    elif name == "coverage":
        stories = tables["stories"]
        chosen = stories[stories["story"].isin(behind["story"]) & stories["outlet"].isin(behind["outlet"])]
        yield from ((place[key], 0, 0) for key in chosen["article"] if key in place)
    elif name == "omissions":
        row: Any
        one: Any
        for row in behind.itertuples(index=False):
            said = tables["statements"]
            said = said[(said["statement"] == row.statement) & (said["outlet"] != row.outlet)]
            for one in said.itertuples(index=False):
                if one.article in place:
                    yield place[one.article], int(one.start), int(one.end)
            if row.nearest_article in place:
                yield place[row.nearest_article], int(row.nearest_start), int(row.nearest_end)
    elif name in ("naming", "sources", "keyness") and len(behind):
        row = behind.iloc[0]
        forms, who = _forms(name, row), str(row["target"] if name == "keyness" else row[by])
        pattern = re.compile("|".join(re.escape(form) for form in forms), re.IGNORECASE)
        for i, text in enumerate(texts.full() if forms else []):
            if text is None or group[i] != who:
                continue
            plain = to_simplified(text)
            # Offsets hold only where simplifying changed no length.
            searched = plain if name == "keyness" and len(plain) == len(text) else text
            yield from ((i, found.start(), found.end()) for found in pattern.finditer(searched))


def _forms(name: str, row: pd.Series) -> list[str]:
    """Return the forms to look for, the longest first."""
    if name == "keyness":
        return [str(row["term"])]
    if name == "sources":
        forms = [str(row["source"]), *(form.strip() for form in str(row["variants"]).split(";"))]
    else:
        forms = [form.rsplit(" ", 1)[0] for form in str(row["surfaces"]).split(" · ")]
    return sorted((form for form in forms if form), key=len, reverse=True)
