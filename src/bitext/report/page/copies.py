"""Copied texts, passage by passage: what each outlet kept, cut, changed and added."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from bitext.copies.passages import passages
from bitext.report.page.columns import columns

if TYPE_CHECKING:
    from bitext.corpus.corpus import Corpus

#: Copies that are shown passage by passage, and bytes for them.
PAIRS = 60
PAIR_BYTES = 150_000

_SHOWN = ["cluster", "kind", "relation", "hours", "containment", "kept", "new"]
_FEW = 1500


def copies(corpus: "Corpus", table: pd.DataFrame) -> dict[str, Any]:
    """Return the table of copies, articles as row numbers, with the passages of the closest pairs.

    ``passages`` holds for each row of the table None or, flat: kind, text before, text after; ...
    """
    place = {name: i for i, name in enumerate(corpus.articles["article"])}
    table = table[table["article"].isin(place)].head(_FEW)
    found: dict[str, Any] = columns(table, _SHOWN)
    found["article"] = [place[name] for name in table["article"]]
    found["nearest"] = [place.get(name, -1) for name in table["nearest"]]
    found["passages"] = _passages(corpus, table)
    return found


def _passages(corpus: "Corpus", table: pd.DataFrame) -> list[list[str] | None]:
    """Copies across outlets come first: who prints whose words is what people ask."""
    shown: list[list[str] | None] = [None] * len(table)
    left = PAIR_BYTES
    here = set(corpus.articles["article"])
    pairs = table["nearest"].isin(here).to_numpy().nonzero()[0]
    across = table["relation"].isin(("copy", "wire", "unknown")).to_numpy()
    order = sorted(pairs.tolist(), key=lambda row: (not across[row], row))
    for row in order[:PAIRS]:
        one = table.iloc[row]
        found = passages(corpus, str(one["nearest"]), str(one["article"]))
        flat = [str(cell) for cell in found[["kind", "text_a", "text_b"]].to_numpy().ravel()]
        size = sum(len(cell.encode("utf-8", "replace")) for cell in flat)
        if size <= left:
            left -= size
            shown[row] = flat
    return shown
